"""Checks of shares: what head-counts can stand for them, and whether options are the whole."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain

from analysis.counts.rounding import Interval
from analysis.language.current import tr
from analysis.language.sentences import counted, span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import MANY, Base, Claim, ClaimError, Claims
from analysis.ledger.units import meet


def people(number: int) -> str:
    """Return a number of people as a sentence shows it."""
    return counted(number, "person", "people")


def head_counts(counts: Sequence[int]) -> str:
    """Return possible head-counts in words.

    >>> head_counts([17, 18]), head_counts([])
    ('17 to 18 people', 'no whole number of people')
    """
    if not counts:
        return tr("no whole number of people")
    if counts[0] == counts[-1]:
        return people(counts[0])
    return tr("{least:,} to {most:,} people", least=counts[0], most=counts[-1])


def of_base(base: Base) -> str:
    """Return a base in words, with its possible sizes."""
    return tr("{size} people", size=span(base.sizes[0], base.sizes[-1]))


def no_people(base: Base) -> Reading:
    """Return the reading of a share of nobody."""
    nobody = tr("no whole number of people")
    return Reading("", False, nobody, tr("{base}: {nobody}", base=base.name, nobody=nobody))


@check("share")
def share(claims: Claims, claim: Claim) -> list[Reading]:
    """Is there a head-count that prints as this share of the base? (GRIM)

    Source: Brown & Heathers 2017, doi:10.1177/1948550616673876.
    """
    base = claims.base(claim)
    if not base.sizes:
        return [no_people(base)]
    fitting = claims.sizes_that_fit(claim.claim, base.sizes)
    counts = claims.counts_of_sizes(claim.claim, base.sizes)
    text = tr(
        "{printed} of {out_of} is {people}",
        printed=claim.amount,
        out_of=of_base(base),
        people=head_counts(counts),
    )
    if 0 < fitting < len(base.sizes):
        text += tr(
            ", for {fitting} of the {all} possible bases", fitting=fitting, all=len(base.sizes)
        )
    low, high = (counts[0], counts[-1]) if counts else (None, None)
    return [Reading("", bool(counts), head_counts(counts), text, low, high)]


@check("sum", required="others", optional="open", words="open", equal="others")
def options_sum(claims: Claims, claim: Claim) -> list[Reading]:
    """Do the options of a question add up to the whole?

    As if every option were printed and everybody had answered (the number follows from the others);
    of a base of people the text also allows some without one of these answers. With `open` it
    states that there are options it does not print.
    """
    options = [claim.claim, *claim.inputs["others"]]
    is_open = "open" in claim.inputs
    if not claim.base:
        return [_percent_sum(claims, options, is_open)]
    base = claims.base(claim)
    if not base.sizes:
        return [no_people(base)]
    if is_open:
        return [_people_sum(claims, options, base, is_open)]
    whole, room = (_people_sum(claims, options, base, is_open) for is_open in (False, True))
    return [whole, room.under("allowed", tr("not everybody gave one of the printed answers"))]


def _people_sum(claims: Claims, options: list[str], base: Base, is_open: bool) -> Reading:
    """Add up head-counts of each possible size of the base; the first that fits is shown."""
    tried = (
        _of_people(claims, options, n, is_open) for n in chain(*map(_telling, base.sizes.ranges))
    )
    first = next(tried)
    return next((each for each in chain([first], tried) if each.agrees), first)


def _telling(sizes: range) -> Iterable[int]:
    """Return the sizes to try: of very many the ends, and those of which bounds are whole people.

    What is between comes to the same: 49.5 % of a multiple of 200 is a whole number of people, with
    a decimal more it is of a multiple of 2,000.
    """
    if len(sizes) <= MANY:
        return sizes
    even = (-(-sizes.start // step) * step for step in (200, 2_000, 20_000, 200_000, 2_000_000))
    return chain(sizes[: MANY // 2], (n for n in even if n in sizes), sizes[-MANY // 2 :])


def _of_people(claims: Claims, options: list[str], n: int, is_open: bool) -> Reading:
    own, *rest = [_counts_of(claims, option, n) for option in options]
    if not own or not all(rest):
        wrong = [option for option in options if not _counts_of(claims, option, n)]
        return _no_such_shares(claims, wrong, n)
    low = n - sum(counts[-1] for counts in rest)
    high = n - sum(counts[0] for counts in rest)
    parts = " + ".join(claims[option].amount for option in options[1:])
    text = tr(
        "{n} people without {parts} are {left}; {claim} is {mine}",
        n=n,
        parts=parts,
        left=tr("{range} people", range=span(low, high)),
        claim=claims[options[0]].amount,
        mine=head_counts(own),
    )
    fits = own[0] <= high and (is_open or low <= own[-1])
    text += _gap(own, low, high, is_open)
    least = 0 if is_open else low
    given = tr("{range} people", range=span(least, high))
    return Reading("", fits, given, text, least, high)


def _counts_of(claims: Claims, option: str, n: int) -> range:
    """Return the head-counts of an option: those of its share of n, or the printed count."""
    if claims[option].is_share:
        return claims.share_counts(option, n)
    values = claims.interval(option)
    least = 0 if values.low <= 0 else math.ceil(values.low)
    most = n if values.high == math.inf else min(n, math.floor(values.high))
    return range(least + (least not in values), most + (most in values))


def _gap(own: Sequence[int], low: int, high: int, is_open: bool) -> str:
    """Return what is left over, missing or left for others."""
    if own[0] > high:
        return tr(": {people} too many", people=people(own[0] - high))
    if is_open:
        left = span(max(0, low - own[-1]), high - own[0])
        return tr("; for other answers or none that leaves {range}", range=left)
    if low > own[-1]:
        return tr(": {people} without an answer", people=people(low - own[-1]))
    return ""


def _no_such_shares(claims: Claims, wrong: list[str], n: int) -> Reading:
    shares = tr(" or ").join(claims[option].amount for option in wrong)
    nobody = tr("no whole number of people")
    text = tr("of {n} people {shares} is {nobody}", n=n, shares=shares, nobody=nobody)
    return Reading("", False, nobody, text)


def _percent_sum(claims: Claims, options: list[str], is_open: bool) -> Reading:
    """Add up shares without a base: each is all that prints so."""
    own, *given = [_percent(claims, option) for option in options]
    low = Fraction(0) if is_open else max(Fraction(0), 100 - sum(each.high for each in given))
    high = 100 - sum(each.low for each in given)
    ends = is_open or all(each.closed_high for each in given), all(e.closed_low for e in given)
    given_text = tr("{low:g} to {high:g} %", low=float(low), high=float(high))
    text = tr(
        "100 % without {parts} is {left}; printed is {printed}",
        parts=" + ".join(claims[option].amount for option in options[1:]),
        left=given_text,
        printed=claims[options[0]].amount,
    )
    fits = low <= high and meet(own, Interval(low, high, *ends))
    return Reading("", fits, given_text, text, float(low), float(high))


def _percent(claims: Claims, option: str) -> Interval:
    try:
        return claims.percent(option)
    except ClaimError:
        raise ClaimError(f"{option} is no share, and there is no base") from None
