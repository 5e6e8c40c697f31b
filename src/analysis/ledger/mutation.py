"""The audit audited: every printed number is changed, to see which verdict changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.language.current import quiet, tr
from analysis.ledger import units
from analysis.ledger.checks import outcome
from analysis.ledger.claims import Claims
from analysis.ledger.equations import Equation, has_check
from analysis.ledger.judged import rows_of
from analysis.ledger.variants import readings_of
from analysis.ledger.verdicts import Audit

COLUMNS = ["claim", "paper", "kind", "change", "printed", "changed_to", "flips", "reason"]


def users(claims: Claims) -> dict[str, set[str]]:
    """Return, for every claim, the claims whose check rests on it, directly or through others."""
    direct: dict[str, set[str]] = {name: set() for name in claims}
    for claim in filter(has_check, claims.values()):
        for reference in claim.references & set(claims):
            direct[reference].add(claim.claim)
    return {name: _through_others(direct, name) for name in claims}


def _through_others(direct: dict[str, set[str]], start: str) -> set[str]:
    found, fresh = set(), {start}
    while fresh:
        found |= fresh
        fresh = set().union(*(direct[each] for each in fresh)) - found
    return found - {start}


def mutation_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a change of a number that has a verdict: whose verdict changes by it?

    Columns: claim, paper, kind (of the check that decides on it), change (see `units.CHANGES`),
    printed, changed_to, `flips` (the first claim whose check comes to something else: it agreed
    and now fails or needs a condition, or the other way round; empty if none), `reason` (why
    nothing changes).
    """
    return pd.DataFrame(rows_of("mutations", _mutations, folder), columns=COLUMNS)


def _mutations(audit: Audit, names: list[str]) -> list[dict[str, Any]]:
    claims, resting = audit.claims, users(audit.claims)
    rows: list[dict[str, str]] = []
    for name in names:
        if claims[name].printed and audit[name].verdict != "not checkable":
            rows += _changes(audit, name, resting[name])
    return rows


def _changes(audit: Audit, name: str, resting: set[str]) -> Iterator[dict[str, str]]:
    claims, claim = audit.claims, audit.claims[name]
    watched = dict.fromkeys(
        equation
        for each in (name, *sorted(resting, key=claims.place))
        for equation in audit.equations_of(each)
    )
    for change, other in units.changed_numbers(claim.printed, claim.unit):
        flipped = next((e.claim for e in watched if _flips(audit, e, name, other)), "")
        yield {
            "claim": name,
            "paper": claim.paper,
            "kind": claims[audit[name].of].kind,
            "change": change,
            "printed": claim.printed,
            "changed_to": other,
            "flips": flipped,
            "reason": "" if flipped else _why_not(audit, name),
        }


def _flips(audit: Audit, equation: Equation, name: str, other: str) -> bool:
    """Say whether the check of an equation comes to something else if a claim printed another."""
    changed = audit.claims.with_printed(name, other)
    try:
        with quiet():
            after = outcome(readings_of(changed, equation.claim))
    except (ArithmeticError, LookupError, ValueError):
        return False
    return after != outcome(audit.on(equation).readings)


def _why_not(audit: Audit, name: str) -> str:
    verdict = audit[name]
    numbers = verdict.deciding.recomputed if verdict.deciding else ""
    if verdict.verdict in {"reproduced", "consistent"}:
        return tr("the other numbers ({numbers}) leave room for either", numbers=numbers)
    return tr(
        "neither number agrees with the others as the text states them ({numbers})", numbers=numbers
    )
