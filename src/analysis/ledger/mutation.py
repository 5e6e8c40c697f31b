"""The audit audited: every printed number is changed, to see whether the ledger notices."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd

from analysis.language.current import tr
from analysis.ledger.checks import CHECKS
from analysis.ledger.claims import Book, Claim
from analysis.ledger.read import read_book
from analysis.ledger.verdicts import readings_of

CHANGES = ("one unit up", "one unit down", "a tenth up", "a tenth down")


def changed_numbers(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield each change of CHANGES with the number that a claim would print after it.

    A unit is one in the last printed digit; of a date the year changes, of an age band its end. A
    tenth that rounds to nothing is one unit. What falls below zero, or beyond the calendar, is
    left out.
    """
    head, number, tail = "", claim.printed, ""
    if claim.unit == "date":
        number, tail = claim.printed[:4], claim.printed[4:]
    elif "-" in claim.printed:
        head, number = claim.printed.rsplit("-", 1)
        head += "-"
    value = Decimal(number)
    unit = Decimal(1).scaleb(value.as_tuple().exponent)
    tenth = max(unit, (value / 10).quantize(unit, ROUND_HALF_UP))
    for change, step in zip(CHANGES, (unit, -unit, tenth, -tenth), strict=True):
        other = value + step
        if other >= 0 and not (other == 0 and claim.unit != "percent"):
            yield change, f"{head}{other:f}{tail}"


def users(book: Book) -> dict[str, set[str]]:
    """Return, for every claim, the claims whose check rests on it, directly or through others."""
    direct = {claim.claim: set() for claim in book}
    for claim in book:
        if claim.kind in CHECKS:
            references = {each for names in claim.inputs.values() for each in names}
            for reference in (references | set(claim.base)) & set(book.claims):
                direct[reference].add(claim.claim)
    closed = {}
    for claim in direct:
        found, fresh = set(), {claim}
        while fresh:
            found |= fresh
            fresh = set().union(*(direct[each] for each in fresh)) - found
        closed[claim] = found - {claim}
    return closed


def mutation_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a change: was it noticed, and by which claim?

    Columns: claim, paper, kind, change (see CHANGES), printed, changed_to, `noticed_by` (the
    first claim whose readings agree no longer, or now do, or whose recomputed value is another;
    empty if none), `reason` (why nothing noticed).
    """
    book = read_book(folder)
    resting = users(book)
    before = {claim.claim: _outcome(book, claim.claim) for claim in book if claim.kind in CHECKS}
    before = {claim: outcome for claim, outcome in before.items() if outcome}
    rows = []
    for claim in (each for each in book if each.claim in before and each.printed):
        for change, other in changed_numbers(claim):
            mutated = book.with_printed(claim.claim, other)
            watched = [claim.claim, *sorted(resting[claim.claim] & set(before))]
            noticed = [each for each in watched if _outcome(mutated, each) != before[each]]
            reason = "" if noticed else _why_not(before[claim.claim])
            names = (claim.claim, claim.paper, claim.kind, change, claim.printed, other)
            rows.append([*names, next(iter(noticed), ""), reason])
    columns = ["claim", "paper", "kind", "change", "printed", "changed_to", "noticed_by", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _why_not(outcome: tuple) -> str:
    agreeing = [recomputed for agrees, recomputed in outcome if agrees]
    if agreeing:
        return tr(
            "the other numbers ({numbers}) leave room for either, and no claim rests on it",
            numbers=agreeing[0],
        )
    return tr("neither number agrees with the others ({numbers})", numbers=outcome[0][1])


def _outcome(book: Book, claim: str) -> tuple | None:
    if book[claim].kind == "share" and not book[claim].base:
        return None
    try:
        return tuple((reading.agrees, reading.recomputed) for reading in readings_of(book, claim))
    except (ValueError, OverflowError):  # such a number, or such a year, does not exist
        return ("impossible",)
