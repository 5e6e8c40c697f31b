"""What the ledger says, document by document: judged once for one state of its inputs, and kept."""

import functools
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data import kept
from analysis.data.collection import documents, judged_together
from analysis.language.current import current_language
from analysis.ledger.assumptions import assume, assumed_settings
from analysis.ledger.claims import Claims
from analysis.ledger.read import data_files, read_claims
from analysis.ledger.settings import Settings, parse_assumptions
from analysis.ledger.verdicts import Audit
from analysis.problems import TableError

Rows = list[dict[str, Any]]
Make = Callable[[Audit, list[str]], Rows]
Wanted = Callable[[Mapping[str, Any]], bool]


def everything(_: Mapping[str, Any]) -> bool:
    """Say yes to every claim."""
    return True


def rows_of(
    name: str,
    make: Make,
    folder: str | Path | None = None,
    *,
    assumed: Sequence[str] = (),
    papers: Container[str] | None = None,
    wanted: Wanted = everything,
    said: Sequence[str] = (),
) -> Rows:
    """Return what a function makes of the claims of a folder, kept for each of our documents.

    name : str
        What is made: letters of a file name.
    make : callable
        Takes an audit and names of claims, and returns rows, each with its `claim`; what JSON can
        hold. Nobody may change them.
    assumed : sequence of str
        See `assumptions.assume`; under an assumed number nothing is kept.
    papers : container of str
        Short names of the documents that are wanted; None for all.
    wanted : callable
        Says of a claim, its columns by name, whether it is wanted; rows that `make` returns have
        the columns that it asks for.
    said : sequence of str
        What else the rows depend on.
    """
    place, (_, numbers) = paths.as_folder(folder), parse_assumptions(assumed)
    if kept.is_kept(place) and not numbers:
        settings = assumed_settings(assumed)
        found = _kept_rows(name, make, place, settings, papers, said)
        return [row for row in found if wanted(row)]
    audit = audit_of(assume(read_claims(place), assumed))
    claims = audit.claims.values()
    mine = [each for each in claims if papers is None or each.paper in papers]
    return make(audit, [each.claim for each in mine if wanted(vars(each))])


def _kept_rows(
    name: str,
    make: Make,
    folder: Path,
    settings: Settings,
    papers: Container[str] | None,
    said: Sequence[str],
) -> Rows:
    """Return the rows of documents in reading order; TableError for all that is wrong in any."""
    found, problems = documents(folder), []
    group_of = {each.slug: group for group in judged_together(found) for each in group}
    rows: Rows = []
    for slug in (each.slug for each in found if papers is None or each.slug in papers):
        group = tuple(each.slug for each in group_of[slug])
        state = kept.state_of(data_files(folder, group), slug, *settings.texts, *said)
        entry = f"{name}-{slug}-{current_language()}"
        try:
            rows += kept.kept(entry, state, functools.partial(_made, make, slug, settings, folder))
        except TableError as error:
            problems += [each for each in error.problems if each not in problems]
    if problems:
        raise TableError(problems)
    return rows


def _made(make: Make, slug: str, settings: Settings, folder: Path) -> Rows:
    audit = audit_of(read_claims(folder, [slug]), settings)
    return make(audit, [each.claim for each in audit.claims.values() if each.paper == slug])


def audit_of(claims: Claims, settings: Settings | None = None) -> Audit:
    """Return the verdicts on claims; the same claims under the same settings are judged once."""
    chosen = claims.settings if settings is None else settings
    if chosen not in claims.judged:
        same = chosen is claims.settings
        claims.judged[chosen] = Audit(claims if same else claims.with_settings(chosen))
    return claims.judged[chosen]


def papers_of(names: Iterable[str], folder: str | Path | None = None) -> set[str]:
    """Return the documents that claims are of, as far as their names begin with a document's."""
    slugs = [each.slug for each in documents(paths.as_folder(folder))]
    fitting = [[slug for slug in slugs if f"{name}-".startswith(f"{slug}-")] for name in names]
    return {max(each, key=len) for each in fitting if each}


def rows_by_claim(
    name: str, make: Make, claims: Sequence[str], folder: str | Path | None = None
) -> dict[str, dict[str, Any]]:
    """Return `rows_of` for some claims, by claim; one that there is not is not there.

    Only the documents that their names begin with are judged, unless a claim is in none of them.
    """
    wanted = set(claims)

    def mine(papers: Container[str] | None) -> dict[str, dict[str, Any]]:
        rows = rows_of(name, make, folder, papers=papers, wanted=lambda row: row["claim"] in wanted)
        return {row["claim"]: row for row in rows}

    found = mine(papers_of(claims, folder))
    return found if wanted <= set(found) else mine(None)
