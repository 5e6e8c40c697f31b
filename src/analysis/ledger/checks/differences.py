"""The check of a stated difference: in percentage points, or in percent of the second share."""

import math
from fractions import Fraction

from analysis.counts.rounding import Interval
from analysis.language.current import tr
from analysis.language.sentences import span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.units import meet

PARTS = "part1 whole1 part2 whole2 value"


@check("difference", required="part1 part2", optional="whole1 whole2 value", equal=PARTS)
def difference(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a stated difference of two shares hold, in percentage points or in percent?

    A part without a whole is a share itself. Where `value` names the stated difference, the claim
    itself is the whole that is not named. The unit says which difference is stated: points, or
    percent of the second share; of a percentage the text allows that points are meant.
    """
    stated = claim.inputs.one("value") if "value" in claim.inputs else claim.claim
    pairs = [(claim.inputs.one(f"part{place}"), _whole_of(claim, place)) for place in (1, 2)]
    if not all(_whole(claims, whole).low for _, whole in pairs if whole):
        nothing = tr("a whole of nothing has no share")
        return [Reading("", False, tr("no whole"), nothing)]
    first, second = (_percent(claims, *pair) for pair in pairs)
    shares = tr(" and ").join(
        _share_text(claims, *pair, share)
        for pair, share in zip(pairs, (first, second), strict=True)
    )
    points = _closed(first.low - second.high, first.high - second.low)
    in_points = _stated(claims, stated, tr("{value} points", value=_span(points)), points, shares)
    if claims[stated].unit == "points" or not second.low or math.inf in (first.high, second.high):
        return [in_points]
    more = _closed(100 * first.low / second.high - 100, 100 * first.high / second.low - 100)
    text = tr("{value} % of the second", value=_span(more))
    meant = in_points.under("allowed", tr("percentage points are meant"))
    return [_stated(claims, stated, text, more, shares), meant]


def _whole_of(claim: Claim, place: int) -> str:
    """Return the whole of a part; the claim itself where it is that, nothing for a share."""
    role = f"whole{place}"
    if role in claim.inputs:
        return claim.inputs.one(role)
    return claim.claim if "value" in claim.inputs and place == 2 else ""


def _closed(low: Fraction, high: Fraction) -> Interval:
    return Interval(low, high, True, True)


def _span(interval: Interval) -> str:
    return span(float(interval.low), float(interval.high), digits=2)


def _whole(claims: Claims, reference: str) -> Interval:
    """Return a whole; 100 % is the whole itself, and not a rounded share."""
    if reference in claims and claims[reference].is_share and claims.number(reference) == 100:
        return _closed(Fraction(100), Fraction(100))
    return claims.interval(reference)


def _percent(claims: Claims, part: str, whole: str) -> Interval:
    if not whole:
        return claims.percent(part)
    own, of = claims.interval(part), _whole(claims, whole)
    return _closed(100 * own.low / of.high, 100 * own.high / of.low)


def _share_text(claims: Claims, part: str, whole: str, share: Interval) -> str:
    percent = tr("{share} %", share=_span(share))
    if not whole:
        return tr("{part} can be {percent}", part=claims.amount(part), percent=percent)
    names = {"part": claims.printed(part), "whole": claims.amount(whole)}
    return tr("{part} of {whole} is {percent}", **names, percent=percent)


def _stated(claims: Claims, stated: str, value: str, found: Interval, shares: str) -> Reading:
    printed = claims.interval(stated)
    text = tr(
        "{shares}: the difference is {value}; printed is {stated}",
        shares=shares,
        value=value,
        stated=claims[stated].amount,
    )
    # a difference of nothing may be a little less than nothing
    below = _closed(-printed.high, printed.high) if claims.number(stated) == 0 else printed
    return Reading("", meet(below, found), value, text, float(found.low), float(found.high))
