"""Stated lengths of time beside the dates of the text between which they can be counted."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.failures import quoted
from analysis.ledger.checks.times import in_words, when, years_between
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.judged import papers_of
from analysis.ledger.read import read_claims

COLUMNS = [
    "claim",
    "stated",
    "least",
    "most",
    "start",
    "end",
    "counted from",
    "shortest",
    "longest",
]


def duration_table(names: Iterable[str], folder: str | Path | None = None) -> pd.DataFrame:
    """Return what the dates of a text leave of the lengths of time that it states.

    names : iterable of str
        Claims of the kind "duration", such as "orchard-lease".
    folder : str or Path
        A data folder.

    One row a beginning that the text allows. Columns: claim, stated (in words), `least` and `most`
    (years that these words can mean), start, end, counted from (what begins then), `shortest` and
    `longest` (whole years between the two dates, see `years_between`). Raises ValueError for a
    claim that there is not, or that states no length between dates.
    """
    wanted = list(names)
    claims = read_claims(folder, papers_of(wanted, folder))
    if not set(wanted) <= set(claims):
        claims = read_claims(folder)
    for name in wanted:
        if name not in claims or claims[name].kind != "duration":
            raise ValueError(f"names: there is no duration {quoted(name)}")
    rows = [row for name in wanted for row in _rows(claims, claims[name])]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(claims: Claims, claim: Claim) -> list[list]:
    stated, end = claims.interval(claim.claim), claim.inputs.one("to")
    said = [claim.claim, claim.amount, float(stated.low), float(stated.high)]
    return [
        [
            *said,
            *(in_words(claims, date) for date in (start, end)),
            claims.name(start),
            *years_between(when(claims, start), when(claims, end)),
        ]
        for start in claim.inputs["from"]
    ]
