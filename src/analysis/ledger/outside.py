"""A claim beside what outside sources say: compared by number where they give one."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.counts.rounding import printed_interval
from analysis.data.tables import TableError
from analysis.ledger import units
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.read import read_claims, row_places

OUTCOMES = ("confirmed", "contradicted", "superseded", "not found")
ORDER = ("contradicted", "superseded", "confirmed", "not found")  # what is shown first


def compare(printed: str, qualifier: str, value: str) -> str:
    """Return whether a found value confirms a printed one.

    printed, qualifier : str
        The number or date of the claim, and the word that limits it.
    value : str
        What the outside source has: a number, a range `low..high`, or a date.

    A coarser value is compared at its own precision; "more than" and "at least" need a larger one.
    Raises ValueError for what cannot be compared.

    >>> compare("28.56", "", "28.6"), compare("27", "", "12..17")
    ('confirmed', 'contradicted')
    >>> compare("1000000", "more than", "1109324")
    'confirmed'
    """
    if not printed:
        raise ValueError("printed: wanted a number or a date; got none")
    low, _, high = value.partition("..")
    if high:
        fits = _within(printed, Fraction(low), Fraction(high))
    elif qualifier in {"more than", "at least"} and "-" not in value + printed:
        fits = Fraction(printed) <= Fraction(low)
    else:
        fits = units.same_number(printed, value)
    return "confirmed" if fits else "contradicted"


def _within(printed: str, low: Fraction, high: Fraction) -> bool:
    if "." not in printed:
        return low <= Fraction(printed) <= high
    rounded = printed_interval(printed)
    return rounded.low <= high and low <= rounded.high


def outside_facts(claims: Claims) -> pd.DataFrame:
    """Return the outside facts with `printed`, the number of their claim, and `outcome`.

    The outcome is computed where `value` gives a number. The column `verdict` of the table is the
    judgement of who looked it up; it decides where no number can be compared, because a name or a
    meaning differs or nothing was found. Raises TableError for a value that cannot be compared.
    """
    if problems := outside_problems(claims):
        raise TableError(problems)
    facts = claims.cells.table("external_facts")
    outcomes = [_outcome(claims, fact) for fact in facts.itertuples()]
    printed = [claims[name].amount if name in claims else "" for name in facts["claim"]]
    texts = {"printed": printed, "outcome": outcomes}
    return facts.assign(
        **{name: pd.Series(said, facts.index, dtype=object) for name, said in texts.items()}
    )


def _outcome(claims: Claims, fact: tuple) -> str:
    if fact.claim in claims and fact.value:
        claim = claims[fact.claim]
        return compare(claim.printed, claim.qualifier, fact.value)
    return fact.verdict if fact.verdict in OUTCOMES else ""


def outside_problems(claims: Claims) -> list[str]:
    """Return a line for every outside value that cannot be compared with its claim."""
    return list(_value_problems(claims))


def _value_problems(claims: Claims) -> Iterator[str]:
    facts = claims.cells.table("external_facts")
    places = row_places(list(facts["paper"]), claims.cells.folder, "external_facts")
    for place, fact in zip(places, facts.itertuples(), strict=True):
        try:
            _outcome(claims, fact)
        except ValueError:
            printed = claims[fact.claim].printed or "no number"
            said = f"{fact.claim} prints {printed}, which {fact.value!r} cannot be compared with"
            yield f"{place}, column value: {said}"


def outside_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return `outside_facts` of a data folder."""
    return outside_facts(read_claims(folder))


@dataclass(frozen=True)
class Evidence:
    """What outside sources say of one claim: the outcome, in our words, source, grade and date."""

    outcome: str = ""
    found: str = ""
    source: str = ""
    grade: str = ""
    dated: str = ""


def outside_of(facts: pd.DataFrame, claim: Claim) -> Evidence:
    """Return the evidence on one claim; the gravest outcome if there are several.

    facts : DataFrame
        What `outside_facts` returned.
    """
    facts = facts[(facts["claim"] == claim.claim) & (facts["outcome"] != "")]
    if facts.empty:
        return Evidence()
    rank = facts["outcome"].map(ORDER.index)
    first = facts.loc[rank.sort_values(kind="stable").index[0]].fillna("")
    names = ("outcome", "found", "source", "grade", "dated")
    return Evidence(*(str(first.get(name, "")) for name in names))
