"""The audit audited: every printed number is changed, to see whether the ledger notices."""

from pathlib import Path

import pandas as pd

from analysis.language.current import tr
from analysis.ledger import units
from analysis.ledger.checks import CHECKS
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.read import read_claims, readings_of


COLUMNS = ["claim", "paper", "kind", "change", "printed", "changed_to", "noticed_by", "reason"]


def users(claims: Claims) -> dict[str, set[str]]:
    """Return, for every claim, the claims whose check rests on it, directly or through others."""
    direct = {name: set() for name in claims}
    for claim in claims.values():
        if claim.kind in CHECKS:
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
    """Return one row a change: was it noticed, and by which claim?

    Columns: claim, paper, kind, change (see `units.CHANGES`), printed, changed_to, `noticed_by`
    (the first claim whose readings agree no longer, or now do, or whose recomputed value is
    another; empty if none), `reason` (why nothing noticed).
    """
    claims = read_claims(folder)
    resting = users(claims)
    before = {name: _found(readings_of(claims, name)) for name in claims if checked(claims[name])}
    rows = []
    for claim in (claims[name] for name in before if claims[name].printed):
        watched = [claim.claim, *sorted(resting[claim.claim] & set(before))]
        for change, other in units.changed_numbers(claim.printed, claim.unit):
            noticed = [
                each
                for each in watched
                if _found(readings_if(claims, each, other, claim.claim)) != before[each]
            ]
            rows.append(
                {
                    "claim": claim.claim,
                    "paper": claim.paper,
                    "kind": claim.kind,
                    "change": change,
                    "printed": claim.printed,
                    "changed_to": other,
                    "noticed_by": next(iter(noticed), ""),
                    "reason": "" if noticed else _why_not(readings_of(claims, claim.claim)),
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def checked(claim: Claim) -> bool:
    """Say whether a claim has a check that can be computed: a share needs its base."""
    return claim.kind in CHECKS and not (claim.kind == "share" and not claim.base)


def _found(readings: list[Reading]) -> list[tuple[bool, str]]:
    return [(reading.agrees, reading.recomputed) for reading in readings]


def _why_not(readings: list[Reading]) -> str:
    agreeing = [reading.recomputed for reading in readings if reading.agrees]
    if agreeing:
        return tr(
            "the other numbers ({numbers}) leave room for either, and no claim rests on it",
            numbers=agreeing[0],
        )
    return tr("neither number agrees with the others ({numbers})", numbers=readings[0].recomputed)
