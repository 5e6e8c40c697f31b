"""Checks of dates, durations and units."""

import datetime
import math
from fractions import Fraction

from analysis.language.current import date, tr
from analysis.language.sentences import listed, span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Book, Claim

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
        return date(book.cell(reference))
    claim = book[reference]
    if claim.unit == "decade":
        decade = f"{claim.printed[:3]}0"
        return {
            "early": tr("early {decade}s", decade=decade),
            "mid": tr("mid {decade}s", decade=decade),
            "late": tr("late {decade}s", decade=decade),
        }.get(claim.qualifier, tr("{decade}s", decade=decade))
    return date(claim.printed)


@check("chronology", optional="after before")
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
            names = {"date": in_words(book, reference), "what": book.name(reference)}
            texts.append(
                {
                    ("after", True): tr("not before {date} ({what})", **names),
                    ("after", False): tr("before {date} ({what})", **names),
                    ("before", True): tr("not after {date} ({what})", **names),
                    ("before", False): tr("after {date} ({what})", **names),
                }[role, ok]
            )
    text = tr("{date} is {places}", date=in_words(book, claim.claim), places=", ".join(texts))
    ends = [] if low is None else [tr("from {year}", year=low)]
    ends += [] if high is None else [tr("to {year}", year=high)]
    return [Reading("order of the dates", fits, tr(" and ").join(ends), low, high, text)]


@check("duration", required="from to")
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
        text = tr(
            "from {begun} to {end}: {range} years; {claim} stated",
            begun=begun,
            end=in_words(book, end),
            range=span(low, high),
            claim=claim.amount,
        )
        years = tr("{range} years", range=span(low, high))
        found.append(Reading(f"from {begun}", fits, years, low, high, text))
    return found


@check("conversion", optional="year at-most at-least national low high", varied="national")
def conversion(book: Book, claim: Claim) -> list[Reading]:
    """Does a quantity agree with another one in another unit?

    `year`: the century of a year. `at-most`, `at-least`: weeks, months and years against each
    other. `national`, `low`, `high`: hours of national credits against those of a European one.
    """
    if "year" in claim.inputs:
        year = when(book, claim.inputs["year"][0])[0].year
        century = -(-year // 100)
        text = tr(
            "{year} lies in century {century}; printed is {printed}",
            year=year,
            century=century,
            printed=claim.printed,
        )
        fits = int(claim.printed) == century
        return [Reading("year to century", fits, str(century), century, century, text)]
    if "national" in claim.inputs:
        return [_credits(book, claim)]
    role = "at-most" if "at-most" in claim.inputs else "at-least"
    other = book[claim.inputs[role][0]]
    own, bound = (Fraction(each.printed) * WEEKS[each.unit] for each in (claim, other))
    fits = own <= bound if role == "at-most" else own >= bound
    text = tr(
        "{claim} is {weeks:.1f} weeks, {other} is {other_weeks:.1f} weeks",
        claim=claim.amount,
        weeks=float(own),
        other=other.amount,
        other_weeks=float(bound),
    )
    limits = (None, float(bound)) if role == "at-most" else (float(bound), None)
    words = tr(
        "{limit} {other_weeks:.1f} weeks", limit=role.replace("-", " "), other_weeks=float(bound)
    )
    return [Reading("in weeks", fits, words, *limits, text)]


def _credits(book: Book, claim: Claim) -> Reading:
    low, high = book.number(claim.inputs["low"][0]), book.number(claim.inputs["high"][0])
    texts, fits, factors = [], True, []
    for reference in claim.inputs["national"]:
        hours = book.number(reference)
        fits &= not low <= hours <= high
        ends = (float(hours / high), float(hours / low)) if low and high else (0.0, 0.0)
        factors += ends
        texts.append(
            tr("{hours} hours are {range} ECTS credits", hours=hours, range=span(*ends, digits=2))
        )
    text = tr(
        "an ECTS credit is {low} to {high} hours: {conversions}",
        low=low,
        high=high,
        conversions=listed(texts),
    )
    ends = (min(factors), max(factors))
    return Reading("hours to ECTS credits", fits, span(*ends, digits=2), *ends, text)
