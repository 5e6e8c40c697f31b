"""A claim beside what outside sources say: compared by number where they give one."""

from pathlib import Path

import pandas as pd

from analysis.ledger.claims import Book, Claim
from analysis.ledger.read import read_book

OUTCOMES = ("confirmed", "contradicted", "superseded", "not found")
ORDER = ("contradicted", "superseded", "confirmed", "not found")  # what is shown first


def compare(printed: str, qualifier: str, value: str) -> str:
    """Return whether a found value confirms a printed one.

    printed, qualifier : str
        The number or date of the claim, and the word that limits it.
    value : str
        What the outside source has: a number, a range `low..high`, or a date.

    A coarser value is compared at its own precision; "more than" and "at least" need a larger one.

    >>> compare("28.56", "", "28.6"), compare("27", "", "12..17")
    ('confirmed', 'contradicted')
    >>> compare("1000000", "more than", "1109324")
    'confirmed'
    """
    low, _, high = value.partition("..")
    if "-" in value or "-" in printed:
        fits = printed.startswith(value) or value.startswith(printed)
    elif high:
        fits = float(low) <= float(printed) <= float(high)
    elif qualifier in {"more than", "at least"}:
        fits = float(printed) <= float(low)
    else:
        decimals = min(len(part.partition(".")[2]) for part in (printed, low))
        fits = round(float(printed), decimals) == round(float(low), decimals)
    return "confirmed" if fits else "contradicted"


def outside_facts(book: Book) -> pd.DataFrame:
    """Return the outside facts with `outcome`: computed where `value` gives a number.

    The column `verdict` of the table is the judgement of who looked it up; it decides where no
    number can be compared, because a name or a meaning differs or nothing was found.
    """
    facts = book.table("external_facts").copy()
    outcomes = []
    for fact in facts.itertuples():
        claim = book.claims.get(fact.claim)
        if claim and fact.value:
            outcomes.append(compare(claim.printed, claim.qualifier, fact.value))
        else:
            outcomes.append(fact.verdict if fact.verdict in OUTCOMES else "")
    return facts.assign(outcome=outcomes)


def outside_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return `outside_facts` of a data folder."""
    return outside_facts(read_book(folder))


def outside_of(facts: pd.DataFrame, claim: Claim) -> tuple[str, str]:
    """Return the outcome and the address of the source for one claim; the gravest if several.

    facts : DataFrame
        What `outside_facts` returned.
    """
    facts = facts[(facts["claim"] == claim.claim) & (facts["outcome"] != "")]
    if facts.empty:
        return "", ""
    rank = facts["outcome"].map(ORDER.index)
    first = facts.loc[rank.sort_values(kind="stable").index[0]]
    return first["outcome"], first["source"]
