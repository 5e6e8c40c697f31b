"""What the page "What if" is given: a survey's claims, and its checks as data.

The page computes the checks of COMPUTED itself, by the same rules as the ledger. Every other check
comes with its verdict, and with what it rests on: where that is changed, the page says nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.counts.qualifiers import ROUGH, meaning
from analysis.data.collection import Document, documents
from analysis.language.current import (
    LANGUAGES,
    current_language,
    label,
    localized_text,
    tr,
)
from analysis.ledger import units
from analysis.ledger.cells import is_cell
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.checks.repeats import repeated
from analysis.ledger.claims import Claim, ClaimError, Claims
from analysis.ledger.equations import Equation, has_check
from analysis.ledger.judged import audit_of
from analysis.ledger.outside import ELSEWHERE, evidence, outside_facts
from analysis.ledger.read import read_claims
from analysis.ledger.settings import DEFAULT, NAMES
from analysis.ledger.table import evidence_on, status
from analysis.ledger.variants import Variant, variants
from analysis.ledger.verdicts import Audit
from analysis.problems import TableError
from analysis.report.site.shown.what_if_words import words

COMPUTED = {
    "share",
    "sum",
    "part",
    "base-detection",
    "implied-total",
    "comparison",
    "coverage",
    "same",
}
OTHERS_UNKNOWN = units.TIMES | {"age band", "century"}  # the page lists no wrong numbers of these
ROUNDED = {"share", "amount"}
MOST = 2000  # people that the page lets a survey have
TAKEN = ("base", "inputs", "qualifier", "unit")  # of a claim, by a reading


def surveys(folder: str | Path | None = None) -> list[dict[str, Any]]:
    """Return what the page needs of each document whose claims have shares of a base of people.

    folder : str or Path
        A data folder.
    """
    place = paths.as_folder(folder)
    found = (survey(place, each) for each in documents(place))
    return [each for each in found if each]


def survey(folder: Path, about: Document) -> dict[str, Any]:
    """Return the claims and the checks of a document; nothing if it prints no share of people."""
    slug, audit = about.slug, audit_of(read_claims(folder, [about.slug]))
    mine = [claim for claim in audit.claims.values() if claim.paper == slug]
    shares = {each.claim: whole for each in mine if (whole := _whole(audit.claims, each))}
    if not shares:
        return {}
    base = max(dict.fromkeys(shares.values()), key=list(shares.values()).count)
    numbers = _equations_near(audit, mine)
    own = [name for name, whole in shares.items() if whole == base]
    rows = _rows(audit, mine, numbers)
    for name in own:
        rows[name]["share"] = True
    return {
        "paper": slug,
        "title": label(about.dated),
        "base": base,
        "usual": dict(zip(NAMES, map(str, _settings()), strict=True)),
        "shares": own,
        "mine": [each.claim for each in mine],
        "equations": [_check(audit, equation) for equation in numbers],
        "claims": rows,
        "questions": _questions(audit.claims, slug),
    }


def _settings() -> list[Any]:
    return [getattr(DEFAULT, name) for name in NAMES]


def _whole(claims: Claims, claim: Claim) -> str:
    """Return the people that a printed share is a share of; nothing if it is none."""
    if not (claim.is_share and claim.printed and claim.base):
        return ""
    try:
        whole = claims.whole_of(claim.claim)[-1]
    except ClaimError:
        return ""
    printed = claims[whole]
    return whole if units.head_count(printed.printed, printed.unit) is not None else ""


def _equations_near(audit: Audit, mine: Iterable[Claim]) -> list[Equation]:
    """Return the checks in which claims stand, and those of the numbers that repeat theirs."""
    found: dict[Equation, None] = {}
    for claim in mine:
        for equation in audit.equations_of(claim.claim):
            found[equation] = None
            if audit.claims[equation.claim].kind == "same":
                found |= {e: None for name in equation.members for e in audit.equations_of(name)}
    return list(found)


def _check(audit: Audit, equation: Equation) -> dict[str, Any]:
    """Return a check as the page computes it, or with its verdict if it does not."""
    claims, claim = audit.claims, audit.claims[equation.claim]
    tried = list(variants(claims, claim))
    varied = _varied(claims, equation)
    row = {"claim": claim.claim, "members": equation.members}
    if _is_computed(claims, claim, varied):
        taken = [_variant(claims, claim, each) for each in tried]
        return row | {"varied": varied, "variants": taken}
    found = audit.on(equation)
    kept = {"verdict": found.verdict, "reason": found.reason, "power": found.power}
    rests = sorted({name for each in tried for name in _rests_on(claims, each.claim or claim)})
    return row | {"kept": kept, "rests": rests, "uses": _uses(claims, claim, rests)}


def _varied(claims: Claims, equation: Equation) -> list[str]:
    """Return the claims whose numbers are varied to find the power of a check."""
    claim = claims[equation.claim]
    if claim.printed:
        return list(equation.members)
    roles = CHECKS[claim.kind].varied & set(claim.inputs)
    return [each for role in roles for each in claim.inputs[role] if each in claims]


def _is_computed(claims: Claims, claim: Claim, varied: Iterable[str]) -> bool:
    if claim.kind == "same":
        return True
    known = all(claims[name].unit not in OTHERS_UNKNOWN for name in varied)
    return known and claim.kind in COMPUTED


def _variant(claims: Claims, claim: Claim, variant: Variant) -> dict[str, Any]:
    """Return a reading as data: what it takes otherwise; `takes` is None where nothing binds it."""
    row = {"stance": variant.stance, "rounding": variant.rounding, "takes": None}
    if variant.claim is None:
        return row
    taken = {name: getattr(variant.claim, name) for name in TAKEN}
    taken["inputs"] = dict(variant.claim.inputs)
    if claim.kind == "same":
        taken["places"] = repeated(claims.with_claim(variant.claim), claim.claim)
    if taken["inputs"].get("left", [""])[0] == "table":
        taken["rows"] = [_rows_of_table(claims, taken["inputs"][r]) for r in ("left", "left-of")]
    return row | {"takes": taken}


def _rows_of_table(claims: Claims, reference: Iterable[str]) -> int:
    _, *named = reference
    return claims.cells.length(" ".join(named))


def _rests_on(claims: Claims, claim: Claim) -> set[str]:
    """Return the claims whose numbers a check may look at: those it names, and their bases."""
    found, fresh = {claim.claim}, claim.references & set(claims)
    while fresh:
        found |= fresh
        fresh = {base for name in fresh for base in claims[name].base} - found
    return found


def _uses(claims: Claims, claim: Claim, rests: Iterable[str]) -> list[str]:
    """Return the settings that a check may hang on: those of its own kind, and of its numbers."""
    found = set()
    for name in (claim.claim, *rests):
        row = claims[name]
        if meaning(row.qualifier) in ROUGH or "/" in row.printed:
            found |= {"tolerance", "near"}
        if units.kind_of(row.unit) in ROUNDED or "." in row.printed:
            found.add("rounding")
    return sorted(found | (set(NAMES) if claim.kind in {"comparison", "coverage"} else set()))


def _rows(audit: Audit, mine: list[Claim], numbers: list[Equation]) -> dict[str, Any]:
    """Return the claims by name: those of the document with words, others with numbers alone."""
    claims, places = audit.claims, {each: place for place, each in enumerate(numbers)}
    facts, compared = evidence(outside_facts(claims)), _compared(claims)
    found: dict[str, Any] = {}
    for name in _named(claims, mine, numbers):
        if is_cell(name):
            found[name] = _cell_row(claims, name)
            continue
        near = [places[each] for each in audit.equations_of(name) if each in places]
        found[name] = _number_row(claims[name]) | {
            "equations": near,
            "without": _without(claims[name]),
            "outside": facts[name].outcome if name in facts else "",
            "compared": name in compared,
        }
    for claim in mine:
        verdict, outside = audit[claim.claim].verdict, evidence_on(audit, facts, claim.claim)
        told = {"verdict": verdict, "status": status(verdict, outside.outcome)}
        found[claim.claim] |= told | _told(claims, claim)
    return found


def _told(claims: Claims, claim: Claim) -> dict[str, str]:
    """Return what a claim says, in words: statement, number, and of an answer its question."""
    table, _, key = claim.cell.partition(":")
    question, _, option = key.partition(",") if table == "tallies" else ("", "", "")
    words = {"statement": tr(claim.statement), "amount": claim.amount if claim.printed else ""}
    if question:
        answer = claims.cells.row(f"{claim.paper}/tallies", f"{question},{option}")
        words |= {"question": question, "option": localized_text(answer["label"])}
    return words


def _questions(claims: Claims, slug: str) -> dict[str, dict[str, str]]:
    """Return the questions of a document with their topics and figures; none without a table."""
    try:
        rows = claims.cells.records(f"{slug}/questions")
    except TableError:
        return {}
    return {
        row["question"]: {"topic": localized_text(row["topic"]), "figure": label(row["figure"])}
        for row in rows
    }


def _number_row(claim: Claim) -> dict[str, Any]:
    names = ("claim", "kind", "printed", "qualifier", "unit", "base")
    return {name: getattr(claim, name) for name in names} | {"inputs": dict(claim.inputs)}


def _cell_row(claims: Claims, reference: str) -> dict[str, Any]:
    return {"cell": True, "printed": claims.printed(reference), "unit": "", "qualifier": ""}


def _named(claims: Claims, mine: Iterable[Claim], numbers: Iterable[Equation]) -> Iterator[str]:
    """Yield the claims and cells that the checks can look up, each once."""
    fresh = [each.claim for each in mine] + [n for each in numbers for n in each.members]
    fresh += [each.claim for each in numbers]
    seen: dict[str, None] = {}
    while fresh:
        seen |= dict.fromkeys(fresh)
        known = [name for name in fresh if not is_cell(name)]
        named = {ref for name in known for ref in _looked_up(claims, name)}
        fresh = sorted(named - set(seen))
    yield from seen


def _looked_up(claims: Claims, name: str) -> set[str]:
    """Return the claims that any reading of a claim names, and the cells if the page reads them."""
    tried = variants(claims, claims[name]) if has_check(claims[name]) else ()
    references = {ref for each in tried if each.claim for ref in each.claim.references}
    every = references | claims[name].references
    reads = claims[name].kind in COMPUTED
    return {each for each in every if each in claims or (reads and is_cell(each))}


def _without(claim: Claim) -> str:
    """Return why the kind of a claim has no check, or nothing; see `verdicts.Audit`."""
    if claim.kind in NO_CHECK:
        return NO_CHECK[claim.kind]
    return "" if has_check(claim) else "base not stated"


def _compared(claims: Claims) -> set[str]:
    """Return the claims whose number is compared with an outside value."""
    facts = claims.cells.records("external_facts")
    return {f["claim"] for f in facts if f["value"] and f["verdict"] not in ELSEWHERE}


def script(found: Mapping[str, Any]) -> str:
    """Return the script that gives the page its data.

    found : mapping
        What `page_data` returned.
    """
    return f"globalThis.whatIfData = {json.dumps(found, ensure_ascii=False)};\n"


def page_data(folder: str | Path | None = None) -> dict[str, Any]:
    """Return all that the scripts of the page need, in the language in use."""
    signs = LANGUAGES[current_language()]
    return {
        "surveys": surveys(folder),
        "words": words(),
        "language": current_language(),
        "most": MOST,
        "signs": {"decimal": signs.decimal, "group": signs.group, "percent": signs.percent},
    }
