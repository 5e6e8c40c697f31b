"""Checks of dates, durations and units."""

import datetime
import math

from analysis.language.current import date, tr
from analysis.language.sentences import span
from analysis.ledger import units
from analysis.ledger.cells import is_cell
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, ClaimError, Claims

PARTS = {"early": (0, 4), "mid": (3, 7), "late": (5, 9), "": (0, 9)}  # years of a decade
YEAR = 365.25  # days
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


def when(claims: Claims, reference: str) -> Span:
    """Return the first and the last day of what a reference prints."""
    printed = claims.printed(reference)
    try:
        if is_cell(reference):
            return dates(printed)
        return dates(printed, claims[reference].unit, claims[reference].qualifier)
    except (ValueError, OverflowError):
        said = f"prints {printed}, which is no date" if printed else "prints no date"
        raise ClaimError(f"{reference} {said}") from None


def in_words(claims: Claims, reference: str) -> str:
    """Return a date as a sentence shows it."""
    if is_cell(reference) or claims[reference].unit != "decade":
        return date(claims.printed(reference))
    return claims[reference].amount


def years_between(start: Span, end: Span) -> tuple[int, int]:
    """Return the least and the greatest number of years between two dates, in whole years.

    start, end : tuple of date
        The first and the last day that each can stand for; counted to the nearest whole year
        outward, so 2000 to 2012 is 11 to 13 years.

    >>> years_between(dates("2000"), dates("2012")), years_between(dates("2000"), dates("2000"))
    ((11, 13), (0, 1))
    """
    least, most = (end[0] - start[1]).days / YEAR, (end[1] - start[0]).days / YEAR
    return max(0, math.floor(least + 0.01)), math.ceil(most - 0.01)


@check("chronology", optional="after before", equal="after before")
def chronology(claims: Claims, claim: Claim) -> list[Reading]:
    """Can a date lie where others of the text put it: not after `before`, not before `after`?"""
    if not claim.inputs:
        raise ClaimError("wanted the role after or before")
    own = when(claims, claim.claim)
    after, before = (claim.inputs.get(role, ()) for role in ("after", "before"))
    places = [_place(claims, own, reference, is_after=True) for reference in after]
    places += [_place(claims, own, reference, is_after=False) for reference in before]
    low = max((when(claims, reference)[0].year for reference in after), default=None)
    high = min((when(claims, reference)[1].year for reference in before), default=None)
    text = tr(
        "{date} {places}",
        date=in_words(claims, claim.claim),
        places=", ".join(said for _, said in places),
    )
    fits = all(fits for fits, _ in places)
    return [Reading("", fits, _from_to(low, high), text, low, high)]


def _place(claims: Claims, own: Span, reference: str, is_after: bool) -> tuple[bool, str]:
    """Say whether a date can lie after, or before, another; and both in words."""
    other = when(claims, reference)
    fits = own[1] >= other[0] if is_after else own[0] <= other[1]
    names = {"date": in_words(claims, reference), "what": claims.name(reference)}
    if is_after and fits:
        return fits, tr("can lie after {date} ({what})", **names)
    if is_after:
        return fits, tr("lies before {date} ({what})", **names)
    if fits:
        return fits, tr("can lie before {date} ({what})", **names)
    return fits, tr("lies after {date} ({what})", **names)


def _from_to(low: int | None, high: int | None) -> str:
    ends = [] if low is None else [tr("from {year}", year=low)]
    ends += [] if high is None else [tr("to {year}", year=high)]
    return tr(" and ").join(ends)


@check("duration", required="from to")
def duration(claims: Claims, claim: Claim) -> list[Reading]:
    """Can a stated length be that between dates of the text?

    "last" n years is at most n. Where several beginnings are named, the text allows each.
    """
    stated = _stated_years(claims, claim)
    starts, end = claim.inputs["from"], claim.inputs.one("to")
    found = [_between(claims, claim, stated, start, end) for start in starts]
    if len(starts) == 1:
        return found
    ways = [tr("it is counted from {begun}", begun=_begun(claims, start)) for start in starts]
    return [each.under("allowed", way) for each, way in zip(found, ways, strict=True)]


def _stated_years(claims: Claims, claim: Claim) -> tuple[float, float]:
    """Return the least and the greatest number of years that a stated length can mean."""
    claims.whole_number(claim.claim)
    try:
        factor = units.years("1", claim.unit)
    except ValueError as error:
        raise ClaimError(str(error), "unit") from None
    values = claims.interval(claim.claim)
    low = 0 if claim.qualifier == "last" else values.low
    return float(factor * low), float(factor * values.high)


def _begun(claims: Claims, start: str) -> str:
    return tr("{date} ({what})", date=in_words(claims, start), what=claims.name(start))


def _between(claims: Claims, claim: Claim, stated, start: str, end: str) -> Reading:
    low, high = years_between(when(claims, start), when(claims, end))
    given = tr("{range} years", range=span(low, high))
    text = tr(
        "from {begun} to {end} it is {range}; {claim} stated",
        begun=_begun(claims, start),
        end=_begun(claims, end),
        range=given,
        claim=claim.amount,
    )
    return Reading("", low <= stated[1] and high >= stated[0], given, text, low, high)
