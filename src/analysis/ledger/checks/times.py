"""Checks of dates, durations and units."""

import datetime
import math
from collections.abc import Callable
from fractions import Fraction

from analysis.language.current import date, tr
from analysis.language.sentences import listed, span
from analysis.ledger import units
from analysis.ledger.cells import is_cell
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, ClaimError, Claims

PARTS = {"early": (0, 4), "mid": (3, 7), "late": (5, 9), "": (0, 9)}  # years of a decade
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
    decade = f"{claims.printed(reference)[:3]}0"
    match claims[reference].qualifier:
        case "early":
            return tr("early {decade}s", decade=decade)
        case "mid":
            return tr("mid {decade}s", decade=decade)
        case "late":
            return tr("late {decade}s", decade=decade)
    return tr("{decade}s", decade=decade)


@check("chronology", optional="after before")
def chronology(claims: Claims, claim: Claim) -> list[Reading]:
    """Can a date lie where others of the text put it: not after `before`, not before `after`?"""
    if not claim.inputs:
        raise ClaimError("wanted the role after or before")
    start, end = when(claims, claim.claim)
    after, before = (claim.inputs.get(role, ()) for role in ("after", "before"))
    begun = [end >= when(claims, reference)[0] for reference in after]
    ended = [start <= when(claims, reference)[1] for reference in before]
    places = [_after(claims, *each) for each in zip(after, begun, strict=True)]
    places += [_before(claims, *each) for each in zip(before, ended, strict=True)]
    low = max((when(claims, reference)[0].year for reference in after), default=None)
    high = min((when(claims, reference)[1].year for reference in before), default=None)
    return [
        Reading(
            name="order of the dates",
            agrees=all(begun) and all(ended),
            recomputed=_from_to(low, high),
            arithmetic=tr(
                "{date} is {places}",
                date=in_words(claims, claim.claim),
                places=", ".join(places),
            ),
            low=low,
            high=high,
        )
    ]


def _after(claims: Claims, reference: str, fits: bool) -> str:
    names = {"date": in_words(claims, reference), "what": claims.name(reference)}
    if fits:
        return tr("not before {date} ({what})", **names)
    return tr("before {date} ({what})", **names)


def _before(claims: Claims, reference: str, fits: bool) -> str:
    names = {"date": in_words(claims, reference), "what": claims.name(reference)}
    if fits:
        return tr("not after {date} ({what})", **names)
    return tr("after {date} ({what})", **names)


def _from_to(low: int | None, high: int | None) -> str:
    ends = [] if low is None else [tr("from {year}", year=low)]
    ends += [] if high is None else [tr("to {year}", year=high)]
    return tr(" and ").join(ends)


@check("duration", required="from to")
def duration(claims: Claims, claim: Claim) -> list[Reading]:
    """Can a stated length be that between dates of the text? One reading a beginning.

    "almost" n is nine tenths of it to n, "last" n is at most n, else n itself, in whole years.
    """
    claims.whole_number(claim.claim)
    try:
        stated = units.years(claim.printed, claim.unit)
    except ValueError as error:
        raise ClaimError(str(error), "unit") from None
    end = claim.inputs.one("to")
    return [_between(claims, claim, stated, start, end) for start in claim.inputs["from"]]


def _between(claims: Claims, claim: Claim, stated: int, start: str, end: str) -> Reading:
    (first, last), (until, final) = when(claims, start), when(claims, end)
    low, high = until.year - last.year, final.year - first.year
    least = {"almost": math.ceil(ALMOST * stated), "last": 0}.get(claim.qualifier, stated)
    begun = f"{in_words(claims, start)} ({claims.name(start)})"
    text = tr(
        "from {begun} to {end}: {range} years; {claim} stated",
        begun=begun,
        end=in_words(claims, end),
        range=span(low, high),
        claim=claim.amount,
    )
    return Reading(
        name=f"from {begun}",
        agrees=low <= stated and high >= least,
        recomputed=tr("{range} years", range=span(low, high)),
        arithmetic=text,
        low=low,
        high=high,
    )


@check("conversion", optional="year at-most at-least national low high", varied="national")
def conversion(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a quantity agree with another one in another unit?

    `year`: the century of a year. `at-most`, `at-least`: weeks, months and years against each
    other. `national`, `low`, `high`: hours of national credits against those of a European one.
    """
    for role, convert in CONVERSIONS.items():
        if role in claim.inputs:
            return [convert(claims, claim)]
    raise ClaimError(f"wanted one of the roles {', '.join(CONVERSIONS)}")


def _century(claims: Claims, claim: Claim) -> Reading:
    year = when(claims, claim.inputs.one("year"))[0].year
    century = -(-year // 100)
    text = tr(
        "{year} lies in century {century}; printed is {printed}",
        year=year,
        century=century,
        printed=claim.printed,
    )
    return Reading(
        name="year to century",
        agrees=claims.whole_number(claim.claim) == century,
        recomputed=str(century),
        arithmetic=text,
        low=century,
        high=century,
    )


def _at_most(claims: Claims, claim: Claim) -> Reading:
    own, other = _weeks(claims, claim.claim), _weeks(claims, claim.inputs.one("at-most"))
    return Reading(
        name="in weeks",
        agrees=own <= other,
        recomputed=tr("{limit} {other_weeks:.1f} weeks", limit="at most", other_weeks=float(other)),
        arithmetic=_in_weeks(claims, claim, claim.inputs.one("at-most")),
        high=float(other),
    )


def _at_least(claims: Claims, claim: Claim) -> Reading:
    own, other = _weeks(claims, claim.claim), _weeks(claims, claim.inputs.one("at-least"))
    return Reading(
        name="in weeks",
        agrees=own >= other,
        recomputed=tr(
            "{limit} {other_weeks:.1f} weeks", limit="at least", other_weeks=float(other)
        ),
        arithmetic=_in_weeks(claims, claim, claim.inputs.one("at-least")),
        low=float(other),
    )


def _weeks(claims: Claims, reference: str) -> Fraction:
    claims.number(reference)
    try:
        return units.weeks(claims[reference].printed, claims[reference].unit)
    except ValueError as error:
        raise ClaimError(f"{reference}: {error}") from None


def _in_weeks(claims: Claims, claim: Claim, other: str) -> str:
    return tr(
        "{claim} is {weeks:.1f} weeks, {other} is {other_weeks:.1f} weeks",
        claim=claim.amount,
        weeks=float(_weeks(claims, claim.claim)),
        other=claims[other].amount,
        other_weeks=float(_weeks(claims, other)),
    )


def _credits(claims: Claims, claim: Claim) -> Reading:
    low, high = (claims.number(claim.inputs.one(role)) for role in ("low", "high"))
    national = [claims.number(reference) for reference in claim.inputs["national"]]
    factors = [(hours / high, hours / low) if low and high else (0, 0) for hours in national]
    texts = [
        tr(
            "{hours} hours are {range} ECTS credits",
            hours=hours,
            range=span(float(least), float(most), digits=2),
        )
        for hours, (least, most) in zip(national, factors, strict=True)
    ]
    text = tr(
        "an ECTS credit is {low} to {high} hours: {conversions}",
        low=low,
        high=high,
        conversions=listed(texts),
    )
    least = float(min(factor for factor, _ in factors))
    most = float(max(factor for _, factor in factors))
    return Reading(
        name="hours to ECTS credits",
        agrees=not any(low <= hours <= high for hours in national),
        recomputed=span(least, most, digits=2),
        arithmetic=text,
        low=least,
        high=most,
    )


CONVERSIONS: dict[str, Callable[[Claims, Claim], Reading]] = {
    "year": _century,
    "national": _credits,
    "at-most": _at_most,
    "at-least": _at_least,
}
