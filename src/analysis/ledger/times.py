"""Checks of dates, durations and units."""

import datetime
import math
from fractions import Fraction

from analysis.sentences import listed, span

from .claims import Book, Claim
from .reading import Reading

PARTS = {"early": (0, 4), "mid": (3, 7), "late": (5, 9), "": (0, 9)}  # years of a decade
WEEKS = {"weeks": Fraction(1), "months": Fraction(365, 84), "years": Fraction(365, 7)}
ALMOST = Fraction(9, 10)  # "almost ten years": at least nine
Span = tuple[datetime.date, datetime.date]


def dates(printed: str, unit: str = "", qualifier: str = "") -> Span:
    """Return the first and the last day that a printed date can stand for.

    printed : str
        A year, a month or a day, such as 2021, 2021-03 or 2021-03-15.
    unit, qualifier : str
        With the unit "decade" the qualifier is early, mid, late or nothing.

    >>> [str(day) for day in dates("1990", "decade", "early")]
    ['1990-01-01', '1994-12-31']
    """
    year, *rest = map(int, printed.split("-"))
    if unit == "decade":
        first, last = PARTS.get(qualifier, PARTS[""])
        start = year - year % 10
        return datetime.date(start + first, 1, 1), datetime.date(start + last, 12, 31)
    if not rest:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    month = datetime.date(year, rest[0], 1)
    if len(rest) == 2:
        return month.replace(day=rest[1]), month.replace(day=rest[1])
    following = (month + datetime.timedelta(days=31)).replace(day=1)
    return month, following - datetime.timedelta(days=1)


def when(book: Book, reference: str) -> Span:
    """Return the first and the last day of what a reference prints."""
    if ":" in reference:
        return dates(book.cell(reference))
    claim = book[reference]
    return dates(claim.printed, claim.unit, claim.qualifier)


def in_words(book: Book, reference: str) -> str:
    """Return a date as a sentence shows it."""
    if ":" in reference:
        return book.cell(reference)
    claim = book[reference]
    if claim.unit == "decade":
        part = claim.qualifier if claim.qualifier in PARTS else ""
        return f"{part} {claim.printed[:3]}0s".strip()
    return claim.printed


def chronology(book: Book, claim: Claim) -> list[Reading]:
    """Can a date lie where others of the text put it: not after `before`, not before `after`?"""
    start, end = when(book, claim.claim)
    texts, fits, low, high = [], True, None, None
    for role in ("after", "before"):
        for reference in claim.inputs.get(role, ()):
            first, last = when(book, reference)
            if role == "after":
                ok, low = end >= first, max(first.year, low or first.year)
            else:
                ok, high = start <= last, min(last.year, high or last.year)
            fits &= ok
            wanted = "before" if role == "after" else "after"
            side = f"not {wanted}" if ok else wanted
            texts.append(f"{side} {in_words(book, reference)} ({book.name(reference)})")
    text = f"{in_words(book, claim.claim)} is {', '.join(texts)}"
    ends = " and ".join(
        f"{word} {year}" for word, year in (("from", low), ("to", high)) if year is not None
    )
    return [Reading("order of the dates", fits, ends, low, high, text)]


def duration(book: Book, claim: Claim) -> list[Reading]:
    """Can a stated length be that between dates of the text? One reading a beginning.

    "almost" n is nine tenths of it to n, "last" n is at most n, else n itself, in whole years.
    """
    n = int(claim.printed) * (10 if claim.unit == "decades" else 1)
    (end,) = claim.inputs["to"]
    found = []
    for start in claim.inputs["from"]:
        (first, last), (until, final) = when(book, start), when(book, end)
        low, high = until.year - last.year, final.year - first.year
        least = {"almost": math.ceil(ALMOST * n), "last": 0}.get(claim.qualifier, n)
        fits = low <= n and high >= least
        begun = f"{in_words(book, start)} ({book.name(start)})"
        text = (
            f"from {begun} to {in_words(book, end)}: {span(low, high)} years; {claim.shown} stated"
        )
        years = f"{span(low, high)} years"
        found.append(Reading(f"from {begun}", fits, years, low, high, text))
    return found


def conversion(book: Book, claim: Claim) -> list[Reading]:
    """Does a quantity agree with another one in another unit?

    `year`: the century of a year. `at-most`, `at-least`: weeks, months and years against each
    other. `national`, `low`, `high`: hours of national credits against those of a European one.
    """
    if "year" in claim.inputs:
        year = when(book, claim.inputs["year"][0])[0].year
        century = -(-year // 100)
        text = f"{year} lies in century {century}; printed is {claim.printed}"
        fits = int(claim.printed) == century
        return [Reading("year to century", fits, str(century), century, century, text)]
    if "national" in claim.inputs:
        return [_credits(book, claim)]
    role = "at-most" if "at-most" in claim.inputs else "at-least"
    other = book[claim.inputs[role][0]]
    own, bound = (Fraction(each.printed) * WEEKS[each.unit] for each in (claim, other))
    fits = own <= bound if role == "at-most" else own >= bound
    text = f"{claim.shown} is {float(own):.1f} weeks, {other.shown} is {float(bound):.1f} weeks"
    limits = (None, float(bound)) if role == "at-most" else (float(bound), None)
    words = f"{role.replace('-', ' ')} {float(bound):.1f} weeks"
    return [Reading("in weeks", fits, words, *limits, text)]


def _credits(book: Book, claim: Claim) -> Reading:
    low, high = book.number(claim.inputs["low"][0]), book.number(claim.inputs["high"][0])
    texts, fits, factors = [], True, []
    for reference in claim.inputs["national"]:
        hours = book.number(reference)
        fits &= not low <= hours <= high
        ends = (float(hours / high), float(hours / low)) if low and high else (0.0, 0.0)
        factors += ends
        texts.append(f"{hours} hours are {span(*ends, digits=2)} ECTS credits")
    text = f"an ECTS credit is {low} to {high} hours: {listed(texts)}"
    ends = (min(factors), max(factors))
    return Reading("hours to ECTS credits", fits, span(*ends, digits=2), *ends, text)
