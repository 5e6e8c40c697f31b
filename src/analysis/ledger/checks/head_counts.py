"""Checks of percentages and head-counts: what can stand for them, and what they add up to."""

import math
from decimal import Decimal
from fractions import Fraction

from analysis.counts.bases import possible_bases, possible_totals
from analysis.counts.head_counts import possible_counts
from analysis.counts.rounding import Interval, printed_interval
from analysis.inference.share_bounds import goodness_of_fit_bounds
from analysis.language.current import tr
from analysis.language.sentences import counted, listed, span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Base, Claim, ClaimError, Claims, share_counts
from analysis.ledger.units import as_percent

LEVEL = 0.05  # a p-value at or below it is a difference


def people(number: int) -> str:
    """Return a number of people as a sentence shows it."""
    return counted(number, "person", "people")


def head_counts(counts: list[int]) -> str:
    """Return possible head-counts in words.

    >>> head_counts([17, 18]), head_counts([])
    ('17 to 18 people', 'no whole number of people')
    """
    if not counts:
        return tr("no whole number of people")
    if counts[0] == counts[-1]:
        return people(counts[0])
    return tr("{least:,} to {most:,} people", least=counts[0], most=counts[-1])


def _no_people(name: str, what: str) -> Reading:
    nobody = tr("no whole number of people")
    return Reading(name=name, agrees=False, recomputed=nobody, arithmetic=f"{what}: {nobody}")


@check("share")
def share(claims: Claims, claim: Claim) -> list[Reading]:
    """Is there a head-count that prints as this share of the base? (GRIM)

    Source: Brown & Heathers 2017, doi:10.1177/1948550616673876.
    """
    return [_share_of(claim, base) for base in claims.bases(claim)]


def _share_of(claim: Claim, base: Base) -> Reading:
    if not base.sizes:
        return _no_people(f"base: {base.name}", base.name)
    counts = sorted({count for n in base.sizes for count in share_counts(claim, n)})
    fits = [n for n in base.sizes if share_counts(claim, n)]
    text = tr(
        "{printed} % of {out_of} ({base}) is {people}",
        printed=as_percent(claim.printed, claim.unit),
        out_of=span(min(base.sizes), max(base.sizes)),
        base=base.name,
        people=head_counts(counts),
    )
    if 0 < len(fits) < len(base.sizes):
        text += tr(
            ", for {fitting} of the {all} possible bases", fitting=len(fits), all=len(base.sizes)
        )
    return Reading(
        name=f"base: {base.name}",
        agrees=bool(counts),
        recomputed=head_counts(counts),
        arithmetic=text,
        low=min(counts, default=None),
        high=max(counts, default=None),
    )


@check("sum", required="others", optional="open", words="open")
def options_sum(claims: Claims, claim: Claim) -> list[Reading]:
    """Do the options of a question add up to the whole?

    First as if every option were printed (the share follows from the others), then with room
    for options or people who are not printed. With `open` only the second is admissible.
    """
    others = [claims[reference] for reference in claim.inputs["others"]]
    if not claim.base:
        return [_percent_sum(claim, others)]
    found = []
    for base in claims.bases(claim):
        found += [] if base.sizes else [_no_people(f"base: {base.name}", base.name)]
        for n in base.sizes:
            found += _people_sum(claim, others, base.name, n)
    strict = [reading for reading in found if reading.name.startswith("every")]
    return strict + [reading for reading in found if reading not in strict]


def _counts_of(claim: Claim, n: int) -> list[int]:
    return share_counts(claim, n) if claim.is_share else [int(claim.printed)]


def _people_sum(claim: Claim, others: list[Claim], base: str, n: int) -> list[Reading]:
    own, rest = _counts_of(claim, n), [_counts_of(each, n) for each in others]
    if not own or not all(rest):
        wrong = [each.amount for each in (claim, *others) if not _counts_of(each, n)]
        return [_no_such_shares(wrong, base, n)]
    low = n - sum(counts[-1] for counts in rest)
    high = n - sum(counts[0] for counts in rest)
    start = tr(
        "{n} people ({base}) without {parts} are {left}; {claim} is {mine}",
        n=n,
        base=base,
        parts=" + ".join(each.amount for each in others),
        left=tr("{range} people", range=span(low, high)),
        claim=claim.amount,
        mine=head_counts(own),
    )
    room = _room_for_others(own, low, high, base, start)
    return [room] if "open" in claim.inputs else [_whole_sum(own, low, high, base, start), room]


def _no_such_shares(wrong: list[str], base: str, n: int) -> Reading:
    text = tr(
        "of {n} ({base}): no whole number of people is {shares}",
        n=n,
        base=base,
        shares=tr(" or ").join(wrong),
    )
    return Reading(
        name=f"base: {base}",
        agrees=False,
        recomputed=tr("no whole number of people"),
        arithmetic=text,
    )


def _whole_sum(own: list[int], low: int, high: int, base: str, start: str) -> Reading:
    fits = own[0] <= high and low <= own[-1]
    gap = "" if fits else tr(": {people} do not fit", people=max(low - own[-1], own[0] - high))
    return Reading(
        name=f"every option is printed, base: {base}",
        agrees=fits,
        recomputed=tr("{range} people", range=span(low, high)),
        arithmetic=start + gap,
        low=low,
        high=high,
    )


def _room_for_others(own: list[int], low: int, high: int, base: str, start: str) -> Reading:
    fits = own[0] <= high
    if fits:
        left = span(max(0, low - own[-1]), high - own[0])
        end = "; " + tr("for other answers or none: {range}", range=left)
    else:
        end = tr(": {people} too many", people=own[0] - high)
    return Reading(
        name=f"other answers are possible, base: {base}",
        agrees=fits,
        recomputed=tr("{range} people", range=span(0, high)),
        arithmetic=start + end,
        low=0,
        high=high,
    )


def _percent_sum(claim: Claim, others: list[Claim]) -> Reading:
    """Add up shares without a base: each is all that prints so."""
    own, *given = [_percent(each) for each in (claim, *others)]
    is_open = "open" in claim.inputs
    low = Fraction(0) if is_open else 100 - sum(each.high for each in given)
    high = 100 - sum(each.low for each in given)
    text = tr(
        "100 % without {parts} is {low:g} to {high:g} %; printed is {printed} %",
        parts=" + ".join(each.amount for each in others),
        low=float(low),
        high=float(high),
        printed=claim.printed,
    )
    name = "other answers are possible" if is_open else "every option is printed"
    return Reading(
        name=f"{name}, base not stated",
        agrees=own.low <= high and low <= own.high,
        recomputed=tr("{low:g} to {high:g} %", low=float(low), high=float(high)),
        arithmetic=text,
        low=float(low),
        high=float(high),
    )


def _percent(claim: Claim) -> Interval:
    if not claim.is_share or not claim.printed:
        raise ClaimError(f"{claim.claim} is no share, and there is no base")
    return printed_interval(as_percent(claim.printed, claim.unit))


@check("base-detection", required="with up-to")
def base_detection(claims: Claims, claim: Claim) -> list[Reading]:
    """Of how many people can shares be, if they answered a question asked of some only?

    First of the printed base: then those who answered cannot be more than the limit. Then of an
    unstated number of people up to the limit, which both shares must allow.
    """
    limit = claim.inputs.one("up-to")
    most = max(claims.people(limit), default=0)
    shares = [claim, *(claims[reference] for reference in claim.inputs["with"])]
    found = [_of_base(claims, shares, base, limit, most) for base in claims.bases(claim)]
    return [*found, _of_unstated_base(claims, shares, limit, most)]


def _of_base(claims: Claims, shares: list[Claim], base: Base, limit: str, most: int) -> Reading:
    if not base.sizes:
        return _no_people(f"base: {base.name}", base.name)
    n = base.sizes[0]
    counts = [share_counts(each, n) for each in shares]
    least = sum(each[0] for each in counts) if all(counts) else 0
    fits = all(counts) and least <= most
    text = tr(
        "of {n} ({base}): {sums} = {least} people; {limit}: {most_people}",
        n=n,
        base=base.name,
        sums=" + ".join(str(each[0]) if each else "?" for each in counts),
        least=least,
        limit=claims.name(limit),
        most_people=people(most),
    )
    return Reading(
        name=f"base: {base.name}",
        agrees=fits,
        recomputed=people(least),
        arithmetic=text if fits else text + tr(": {people} too many", people=least - most),
        low=least,
        high=least,
    )


def _of_unstated_base(claims: Claims, shares: list[Claim], limit: str, most: int) -> Reading:
    printed = [as_percent(each.printed, each.unit) for each in shares]
    bases = possible_bases(printed, most) if most else []
    sizes = ", ".join(map(str, bases)) or tr("none")
    text = tr(
        "bases up to {most} ({limit}) that allow {shares}: {sizes}",
        most=most,
        limit=claims.name(limit),
        shares=listed(each.amount for each in shares),
        sizes=sizes,
    )
    return Reading(
        name="base not stated, at most those asked",
        agrees=bool(bases),
        recomputed=tr("a base of {sizes}", sizes=sizes),
        arithmetic=text,
        low=min(bases, default=None),
        high=max(bases, default=None),
    )


@check("implied-total", optional="count share")
def implied_total(claims: Claims, claim: Claim) -> list[Reading]:
    """Is there a whole of which the printed count is the printed share?"""
    if ("share" in claim.inputs) == ("count" in claim.inputs):
        raise ClaimError("wanted either the role count or the role share")
    is_count = "share" in claim.inputs
    counts = claim if is_count else claims[claim.inputs.one("count")]
    part = claims[claim.inputs.one("share")] if is_count else claim
    low, high = _totals(claims.whole_number(counts.claim), as_percent(part.printed, part.unit))
    whole = tr("no whole")
    if low:
        whole = span(low, high) if high else tr("at least {bound}", bound=low)
    text = tr(
        "{count} are {share} of {whole} {unit}",
        count=counts.amount,
        share=part.amount,
        whole=whole,
        unit=counts.unit,
    )
    return [
        Reading(
            name="count and share are of the same whole",
            agrees=low is not None,
            recomputed=tr("a total of {whole}", whole=whole),
            arithmetic=text,
            low=low,
            high=high,
        )
    ]


def _totals(count: int, percent: str) -> tuple[int | None, int | None]:
    """Return the least and the greatest whole; a share that prints as 0 has no greatest."""
    share = printed_interval(percent)
    if count < 1 or share.high == 0:
        return None, None
    if share.low == 0:
        return max(count, math.ceil(100 * count / share.high)), None
    totals = possible_totals(count, percent)
    return (totals[0], totals[-1]) if totals else (None, None)


@check("part", optional="whole least shares", words="shares")
def part(claims: Claims, claim: Claim) -> list[Reading]:
    """Is a part no larger than its whole (`whole`), or a number at least as large as `least`?

    Shares of different bases, and those marked with `shares`, are compared in people.
    """
    if "least" in claim.inputs:
        return [_at_least(claims, claim, claim.inputs.one("least"))]
    whole = claim.inputs.one("whole")
    if "shares" in claim.inputs or _of_other_base(claims, claim, whole):
        return _people_of(claims, claim, whole)
    return [_part_of(claims, claim, whole)]


def _of_other_base(claims: Claims, claim: Claim, whole: str) -> bool:
    bases = [claim.base, claims[whole].base] if whole in claims else []
    return claim.is_share and all(bases) and claims[whole].is_share and bases[0] != bases[1]


def _at_least(claims: Claims, claim: Claim, least: str) -> Reading:
    bound = claims.number(least)
    text = tr(
        "{claim}; at least {least} ({what})",
        claim=claim.amount,
        least=claims[least].amount,
        what=claims.name(least),
    )
    return Reading(
        name="at least",
        agrees=claims.interval(claim.claim).high >= claims.interval(least).low,
        recomputed=tr("at least {bound}", bound=bound),
        arithmetic=text,
        low=float(bound),
    )


def _part_of(claims: Claims, claim: Claim, whole: str) -> Reading:
    bound, value = claims.number(whole), claims.number(claim.claim)
    fits = claims.interval(claim.claim).low <= claims.interval(whole).high
    text = tr("{claim} of {whole}", claim=claim.amount, whole=claims[whole].amount)
    if value and bound:
        text += tr(", {share:.1f} %", share=float(100 * value / bound))
    if not fits:
        text += tr(": {surplus:g} too many", surplus=float(value - bound))
    percent = tr("{share:.1f} %", share=float(100 * value / bound)) if bound else tr("no whole")
    return Reading(
        name="part of a whole",
        agrees=fits,
        recomputed=percent,
        arithmetic=text,
        low=0.0,
        high=float(bound),
    )


def _people_of(claims: Claims, claim: Claim, whole: str) -> list[Reading]:
    found = [_people_among(claims, claim, whole, "as printed", claims.people(whole))]
    if qualifier := claims[whole].qualifier:
        rough = claims.people(whole, loose=True)
        found.append(_people_among(claims, claim, whole, f"{qualifier} taken roughly", rough))
    return found


def _people_among(
    claims: Claims, claim: Claim, whole: str, name: str, counts: list[int]
) -> Reading:
    if not counts:
        return _no_people(name, claims.name(whole))
    own, most = claims.people(claim.claim), max(counts)
    fits = bool(own) and own[0] <= most
    text = tr(
        "{first}; {people} can be among them ({whole})",
        first=_in_people(claims, claim, own),
        people=head_counts(counts),
        whole=claims.name(whole),
    )
    if own and not fits:
        text += tr(": {people} too many", people=own[0] - most)
    return Reading(
        name=name,
        agrees=fits,
        recomputed=tr("{people} of at most {most}", people=head_counts(own), most=most),
        arithmetic=text,
        low=0,
        high=most,
    )


def _in_people(claims: Claims, claim: Claim, own: list[int]) -> str:
    if not claim.is_share:
        return claim.amount
    sizes = claims.people(claim.base[0])
    base = tr(" of {base}", base=span(min(sizes), max(sizes))) if sizes else ""
    return tr("{claim}{base} is {people}", claim=claim.amount, base=base, people=head_counts(own))


@check("coverage", required="sample n population reference", varied="sample")
def coverage(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a share of the sample agree with that of the population? (exact test, level 0.95)

    The p-values are taken over every head-count that the printed shares allow.
    """
    n = claims.whole_number(claim.inputs.one("n"))
    population = claims.whole_number(claim.inputs.one("population"))
    if n < 1 or population < 1:
        raise ClaimError("sample and population are of nobody")
    sample = claims[claim.inputs.one("sample")]
    reference = claims[claim.inputs.one("reference")]
    low, high = _p_values(sample, n, reference, population)
    value = tr("not defined") if low is None else tr("{low:.3f} to {high:.3f}", low=low, high=high)
    text = tr(
        "{n:,} of {population:,} is {share:.1f} %; {sample} in the sample, {reference} in "
        "the population: exact p = {value}",
        n=n,
        population=population,
        share=100 * n / population,
        sample=sample.amount,
        reference=reference.amount,
        value=value,
    )
    return [
        Reading(
            name="the printed share only",
            agrees=low is not None and low > LEVEL,
            recomputed=f"p = {value}",
            arithmetic=text,
            low=low,
            high=high,
        )
    ]


def _p_values(
    sample: Claim, n: int, reference: Claim, population: int
) -> tuple[float | None, float | None]:
    printed = as_percent(sample.printed, sample.unit)
    shares = [printed, f"{max(Decimal(0), 100 - Decimal(printed)):f}"]
    counts = possible_counts(as_percent(reference.printed, reference.unit), population)
    lows, highs = [], []
    for count in {*counts[:1], *counts[-1:]} - {0, population}:
        bounds = goodness_of_fit_bounds(shares, n, [count / population, 1 - count / population])
        if bounds.low is not None:
            lows.append(bounds.low)
            highs.append(bounds.high)
    return min(lows, default=None), max(highs, default=None)
