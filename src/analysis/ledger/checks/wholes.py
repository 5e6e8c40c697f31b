"""Checks of parts and wholes: of how many people a share is, and whether a part fits in."""

import math
from fractions import Fraction

from analysis.counts.rounding import Interval
from analysis.counts.runs import Runs
from analysis.language.current import ntr, tr
from analysis.language.sentences import listed, span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.checks.shares import head_counts, no_people, of_base, people
from analysis.ledger.claims import Base, Claim, ClaimError, Claims, parted


@check("base-detection", required="up-to", optional="with", equal="with up-to")
def base_detection(claims: Claims, claim: Claim) -> list[Reading]:
    """Of how many people can shares be, if they answered a question asked of some only?

    Of the printed base, those who answered cannot be more than the limit. The text allows that one
    person gave several of the answers, and that they are shares of an unprinted number of people.
    """
    limit = claim.inputs.one("up-to")
    most = next(iter(claims.people(limit)[-1:]), 0)
    shares = [claim.claim, *claim.inputs.get("with", ())]
    found = []
    if claim.base:
        base = claims.base(claim)
        if not base.sizes:
            return [no_people(base)]
        ways = (sum, max) if len(shares) > 1 else (sum,)
        found = [_of_printed_base(claims, shares, base, limit, most, way) for way in ways]
    return [*found, _of_unprinted_base(claims, shares, limit, most)]


def _of_printed_base(claims, shares, base: Base, limit: str, most: int, together) -> Reading:
    n = base.sizes[0]
    counts = [claims.share_counts(each, n) for each in shares]
    least = together(each[0] for each in counts) if all(counts) else 0
    fits = all(counts) and least <= most
    parts = " + ".join(claims[each].amount for each in shares)
    asked = tr("{limit} are at most {people}", limit=claims[limit].amount, people=people(most))
    several = together is max
    given = head_counts([least]) if all(counts) else head_counts([])
    text = tr("{parts} of {n} are {given}", parts=parts, n=of_base(base), given=given)
    if several:
        text = tr("of {n} the largest is {given}", n=of_base(base), given=given)
    text += "; " + asked
    if least > most:
        text += tr(": {people} too many", people=people(least - most))
    way = tr("one person could give several of these answers") if several else ""
    stance = "allowed" if several else "stated"
    return Reading(way, bool(fits), given, text, least, least, stance)


def _of_unprinted_base(claims: Claims, shares: list[str], limit: str, most: int) -> Reading:
    bases = _possible_bases(claims, shares, most)
    sizes = tr(" or ").join(span(each[0], each[-1]) for each in bases.ranges) or tr("none")
    text = tr(
        "of at most {most} people ({limit}) {shares} are possible for: {sizes}",
        most=most,
        limit=claims[limit].amount,
        shares=listed(claims[each].amount for each in shares),
        sizes=sizes,
    )
    given = tr("a base of {sizes}", sizes=sizes)
    ends = (bases[0], bases[-1]) if bases else (None, None)
    way = tr("{sizes} people were asked", sizes=sizes)
    stance = "allowed" if claims[shares[0]].base else "stated"
    return Reading(way if stance == "allowed" else "", bool(bases), given, text, *ends, stance)


def _possible_bases(claims: Claims, shares: list[str], most: int) -> Runs:
    """Return the numbers of people, up to one, of which there are head-counts for all shares."""
    few, many = parted(range(1, most + 1), max(map(claims.sure_from, shares)))
    return Runs([*(range(n, n + 1) for n in few if _fit(claims, shares, n)), many])


def _fit(claims: Claims, shares: list[str], n: int) -> bool:
    return all(claims.share_counts(each, n) for each in shares)


@check("implied-total", optional="count share", equal="count share")
def implied_total(claims: Claims, claim: Claim) -> list[Reading]:
    """Is there a whole of which the printed count is the printed share?"""
    if ("share" in claim.inputs) == ("count" in claim.inputs):
        raise ClaimError("wanted either the role count or the role share")
    is_count = "share" in claim.inputs
    counts = claim if is_count else claims[claim.inputs.one("count")]
    part = claims[claim.inputs.one("share")] if is_count else claim
    low, high = _totals(claims.whole_number(counts.claim), claims.percent(part.claim))
    whole = tr("no whole")
    if low:
        whole = span(low, high) if high else tr("at least {bound}", bound=low)
    text = tr(
        "{count} are {share} of {whole} {unit}",
        count=counts.amount,
        share=part.amount,
        whole=whole,
        unit=ntr(counts.unit, counts.unit, high or low or 2, "unit"),
    )
    given = tr("a total of {whole}", whole=whole)
    return [Reading("", low is not None, given, text, low, high)]


def _totals(count: int, share: Interval) -> tuple[int | None, int | None]:
    """Return the least and the greatest whole; a share that can be 0 has no greatest."""
    if count < 1 or share.high == 0:
        return None, None
    least = max(count, math.ceil(100 * count / share.high))
    least += Fraction(100 * count, least) not in share and share.low > 0
    if share.low == 0:
        return least, None
    most = math.floor(100 * count / share.low)
    most -= Fraction(100 * count, most) not in share if most else 0
    return (least, most) if least <= most else (None, None)


@check("part", optional="whole least shares", words="shares", equal="whole least")
def part(claims: Claims, claim: Claim) -> list[Reading]:
    """Is a part no larger than its whole (`whole`), or a number at least as large as `least`?

    Shares of different bases, and those marked with `shares`, are compared in people.
    """
    if "least" in claim.inputs:
        return [_at_least(claims, claim, claim.inputs.one("least"))]
    whole = claim.inputs.one("whole")
    if "shares" in claim.inputs or _of_other_base(claims, claim, whole):
        return [_people_among(claims, claim, whole)]
    return [_part_of(claims, claim, whole)]


def _of_other_base(claims: Claims, claim: Claim, whole: str) -> bool:
    bases = [claim.base, claims[whole].base] if whole in claims else []
    return claim.is_share and all(bases) and claims[whole].is_share and bases[0] != bases[1]


def _at_least(claims: Claims, claim: Claim, least: str) -> Reading:
    bound = claims.interval(least).low
    text = tr(
        "{claim} against at least {least} ({what})",
        claim=claim.amount,
        least=claims.amount(least),
        what=claims.name(least),
    )
    fits = claims.interval(claim.claim).high >= bound
    return Reading("", fits, tr("at least {bound}", bound=claims.amount(least)), text, float(bound))


def _part_of(claims: Claims, claim: Claim, whole: str) -> Reading:
    own, most = claims.interval(claim.claim), claims.interval(whole)
    fits = own.low <= most.high
    text = tr("{claim} of {whole}", claim=claim.amount, whole=claims.amount(whole))
    if not fits:
        surplus = float(own.low - most.high)
        text += tr(": {surplus:g} more than the whole", surplus=surplus)
    bound = None if most.high == math.inf else float(most.high)
    given = tr("at most {bound}", bound=claims.amount(whole))
    return Reading("", fits, given, text, 0.0, bound)


def _people_among(claims: Claims, claim: Claim, whole: str) -> Reading:
    counts = claims.people(whole)
    if not counts:
        return no_people(Base(claims.name(whole), []))
    own, most = claims.people(claim.claim), counts[-1]
    fits = bool(own) and own[0] <= most
    text = tr(
        "{first}; the whole is at most {people} ({what}: {whole})",
        first=_in_people(claims, claim, own),
        people=people(most),
        whole=claims.amount(whole),
        what=claims.name(whole),
    )
    if own and not fits:
        text += tr(": {people} too many", people=people(own[0] - most))
    given = tr("{people} of at most {most}", people=head_counts(own), most=most)
    return Reading("", fits, given, text, 0, most)


def _in_people(claims: Claims, claim: Claim, own: list[int]) -> str:
    if not claim.is_share:
        return tr("{claim} ({what})", claim=claim.amount, what=claim.short)
    base = claims.base(claim)
    if not base.sizes:
        return claim.amount
    return tr(
        "{printed} of {out_of} is {people}",
        printed=claim.amount,
        out_of=of_base(base),
        people=head_counts(own),
    )
