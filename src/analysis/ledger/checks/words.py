"""Checks of words about numbers: judged on every value that the printed numbers can stand for."""

import functools
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction

from analysis.counts.rounding import Interval
from analysis.failures import quoted
from analysis.inference.share_bounds import goodness_of_fit_bounds
from analysis.language.current import tr
from analysis.language.sentences import counted, listed, span
from analysis.ledger import units
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import MANY, Claim, ClaimError, Claims, counts_within

FRACTIONS = {"a-third": "1/3", "a-quarter": "1/4", "half": "1/2", "two-thirds": "2/3"}

ROUGH_RELATIONS = {"almost-half", "almost-same", "stable", "twice", "rest-alike", *FRACTIONS}
HALF = Fraction(1, 2)  # of a percent: the room of a whole percentage


def near(first: Fraction, second: Fraction, part: Fraction) -> bool:
    """Say whether two numbers are almost the same: no further apart than a part of the larger.

    >>> tenth = Fraction(1, 10)
    >>> near(Fraction(18), Fraction(20), tenth), near(Fraction(17), Fraction(20), tenth)
    (True, False)
    """
    return abs(first - second) <= part * max(abs(first), abs(second))


@check(
    "comparison",
    required="relation left",
    optional="right left-of right-of things",
    words="relation things",
    varied="left",
)
def comparison(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a comparison in words hold for the numbers it compares?

    `relation` is one of RELATIONS. Those between numbers need `right`; "stable" needs `right`,
    `left-of` and `right-of`; "rest-alike" needs `things`, how many share what the numbers of `left`
    leave of the whole. A share of the rows of a table is `left=table references year>=2020;
    left-of=table references`. It holds surely if it does for every value that the numbers can stand
    for, possibly if it does for some.
    """
    relation = claim.inputs.one("relation")
    if relation not in RELATIONS:
        raise ClaimError(
            f"there is no relation {quoted(relation)}; there are {', '.join(RELATIONS)}"
        )
    return RELATIONS[relation](claims, claim)


def share_values(claims: Claims, reference: str) -> Interval:
    """Return the least and greatest percentage that a share, or a count of a base, can stand for.

    With a base only those count that some number of people gives.
    """
    claim = claims[reference]
    sizes = claims.base(claim).sizes if claim.base else []
    if claim.base and not (sizes and sizes[-1]):
        raise ClaimError(f"{claim.base[0]} is nobody")
    if claim.is_share:
        whole = claims.percent(reference)
        if len(sizes) > MANY:
            return Interval(whole.low, whole.high, True, True)
        counts = ((n, counts_within(whole, n)) for n in sizes)
        found = [Fraction(100 * k, n) for n, each in counts for k in {*each[:1], *each[-1:]}]
        return Interval(min(found), max(found), True, True) if found else whole
    if not claim.base:
        raise ClaimError(f"{reference} is neither a share nor a count with a base")
    count = claims.number(reference)
    return Interval(100 * count / sizes[-1], 100 * count / max(sizes[0], 1), True, True)


def values(claims: Claims, reference: str) -> Interval:
    """Return the least and greatest value that a number can stand for; a share in percent."""
    if reference in claims and claims[reference].is_share:
        return share_values(claims, reference)
    return claims.interval(reference)


def _reading(may: bool, must: bool, wanted: str, text: str, low=None, high=None) -> Reading:
    text = tr("{shown}; {words} wanted", shown=text, words=wanted)
    return Reading("", may, wanted, text, low, high, sure=must)


def _shown(claims: Claims, reference: str) -> str:
    """Return a number with the percentages that it can stand for, where they are several."""
    claim = claims[reference]
    found = share_values(claims, reference)
    percent = tr("{range} %", range=span(float(found.low), float(found.high), digits=1))
    return tr("{printed} can be {percent}", printed=claim.amount, percent=percent)


def _left(claims: Claims, claim: Claim) -> tuple[Interval, str]:
    """Return what the left side can stand for, in percent, and the same in words."""
    if claim.inputs["left"][0] != "table":
        left = claim.inputs.one("left")
        return share_values(claims, left), _shown(claims, left)
    part, whole = (claims.cells.length(" ".join(claim.inputs[r][1:])) for r in ("left", "left-of"))
    if not whole:
        raise ClaimError("left-of counts no rows")
    share = Fraction(100 * part, whole)
    percent = tr("{range} %", range=span(float(share), float(share), digits=1))
    text = tr("{part} of {whole} is {percent}", part=part, whole=whole, percent=percent)
    return Interval(share, share, True, True), text


def _majority(claims: Claims, claim: Claim) -> list[Reading]:
    found, text = _left(claims, claim)
    wanted = tr("more than 50 %")
    return [_reading(found.high > 50, found.low > 50, wanted, text, 50.0)]


def _minority(claims: Claims, claim: Claim) -> list[Reading]:
    found, text = _left(claims, claim)
    wanted = tr("less than 50 %")
    return [_reading(found.low < 50, found.high < 50, wanted, text, None, 50.0)]


def _almost_half(claims: Claims, claim: Claim) -> list[Reading]:
    wanted = units.interval("50", "percent", "almost", claims.settings)
    return [_within(*_left(claims, claim), wanted)]


def _fraction(claims: Claims, claim: Claim) -> list[Reading]:
    printed = FRACTIONS[claim.inputs.one("relation")]
    wanted = units.interval(printed, "percent", "", claims.settings)
    return [_within(*_left(claims, claim), wanted)]


def _within(found: Interval, text: str, wanted: Interval) -> Reading:
    """Judge a rough share in words; what prints as its lower end, in whole percent, is in it."""
    low, high = float(wanted.low), float(wanted.high)
    given = tr("{range} %", range=span(low, high, digits=0 if low.is_integer() else 1))
    least = wanted.low - HALF
    may = found.low <= wanted.high and least <= found.high
    must = least <= found.low and found.high <= wanted.high
    return _reading(may, must, given, text, low, high)


def _right(claim: Claim) -> tuple[str, ...]:
    if not claim.inputs.get("right"):
        raise ClaimError(f"{claim.inputs.one('relation')} needs the role 'right'")
    return claim.inputs["right"]


def _beside(claims: Claims, claim: Claim) -> str:
    others = listed(claims.amount(other) for other in _right(claim))
    left = claims.amount(claim.inputs.one("left"))
    return tr("{shown} against {others}", shown=left, others=others)


def _most(claims: Claims, claim: Claim) -> list[Reading]:
    own = values(claims, claim.inputs.one("left"))
    others = [values(claims, other) for other in _right(claim)]
    may = all(own.high > each.low for each in others)
    must = all(own.low > each.high for each in others)
    bound = max(_right(claim), key=lambda other: values(claims, other).high)
    wanted = tr("more than {bound}", bound=claims.amount(bound))
    low = float(values(claims, bound).low)
    return [_reading(may, must, wanted, _beside(claims, claim), low)]


def _least(claims: Claims, claim: Claim) -> list[Reading]:
    own = values(claims, claim.inputs.one("left"))
    others = [values(claims, other) for other in _right(claim)]
    may = all(own.low < each.high for each in others)
    must = all(own.high < each.low for each in others)
    bound = min(_right(claim), key=lambda other: values(claims, other).low)
    wanted = tr("less than {bound}", bound=claims.amount(bound))
    high = float(values(claims, bound).high)
    return [_reading(may, must, wanted, _beside(claims, claim), None, high)]


def _twice(claims: Claims, claim: Claim) -> list[Reading]:
    own, other = values(claims, claim.inputs.one("left")), values(claims, _right(claim)[0])
    room = 2 * claims.settings.near
    ends = (2 - room) * other.low, (2 + room) * other.high
    may = own.low <= ends[1] and ends[0] <= own.high
    must = (2 - room) * other.high <= own.low and own.high <= (2 + room) * other.low
    wanted = tr("twice {other}", other=claims.amount(_right(claim)[0]))
    low, high = map(float, ends)
    return [_reading(may, must, wanted, _beside(claims, claim), low, high)]


def _almost_same(claims: Claims, claim: Claim) -> list[Reading]:
    """Is a number almost the same as one of the others?"""
    left = claim.inputs.one("left")
    apart = [_apart(claims, left, right) for right in _right(claim)]
    return [max(apart, key=lambda reading: (reading.agrees, -reading.low))]


def _apart(claims: Claims, left: str, right: str) -> Reading:
    part = claims.settings.near
    first, second = (values(claims, each) for each in (left, right))
    pairs = [(a, b) for a in (first.low, first.high) for b in (second.low, second.high)]
    close = [near(a, b, part) for a, b in pairs]
    apart = float(abs(_middle(first) - _middle(second)))
    text = tr(
        "{first} and {second} are {points:g} apart",
        first=claims.amount(left),
        second=claims.amount(right),
        points=apart,
    )
    given = tr("{points:g} apart", points=apart)
    return Reading("", any(close), given, text, apart, apart, sure=all(close))


def _middle(found: Interval) -> Fraction:
    return (found.low + found.high) / 2


def _rest_alike(claims: Claims, claim: Claim) -> list[Reading]:
    """Is what the printed shares leave, divided by the things that share it, almost the other?"""
    things = int(claim.inputs.one("things"))
    printed = [values(claims, each) for each in claim.inputs["left"]]
    other = values(claims, _right(claim)[0])
    each = (100 - sum(map(_middle, printed))) / things
    wanted = tr("almost {other}", other=claims.amount(_right(claim)[0]))
    text = tr(
        "100 % without {parts} leaves {rest:.0f} %, for {things} about {each:.1f} % each",
        parts=" + ".join(claims.amount(each) for each in claim.inputs["left"]),
        rest=float(each * things),
        things=counted(things, "thing"),
        each=float(each),
    )
    fits = near(each, _middle(other), claims.settings.near)
    return [_reading(fits, fits, wanted, text, float(other.low), float(other.high))]


def _stable(claims: Claims, claim: Claim) -> list[Reading]:
    """Is a place in a list almost the same in both, itself or relative to the list's length?"""
    roles = ("left", "left-of", "right", "right-of")
    first, first_of, second, second_of = (claims.number(claim.inputs.one(role)) for role in roles)
    if not (first_of and second_of):
        raise ClaimError("a place in a list of none")
    return [
        _relative_places(claims, first, first_of, second, second_of),
        _places(claims, first, second),
    ]


def _relative_places(claims: Claims, first, first_of, second, second_of) -> Reading:
    shares = [first / first_of, second / second_of]
    points = float(100 * abs(shares[0] - shares[1]))
    text = tr(
        "place {first} of {first_of} lies {above} % of the way down the list, place {second} of "
        "{second_of} {below} %: {points:.1f} points apart",
        first=first,
        first_of=first_of,
        above=span(float(100 * shares[0]), float(100 * shares[0]), digits=1),
        second=second,
        second_of=second_of,
        below=span(float(100 * shares[1]), float(100 * shares[1]), digits=1),
        points=points,
    )
    fits = near(*shares, claims.settings.near)
    given = tr("{points:.1f} points", points=points)
    way = tr("the place relative to the length of the list is meant")
    return Reading(way, fits, given, text, points, points, "allowed")


def _places(claims: Claims, first: Fraction, second: Fraction) -> Reading:
    apart = float(abs(second - first))
    text = tr(
        "place {first} and place {second} are {places:g} places apart",
        first=first,
        second=second,
        places=apart,
    )
    given, way = tr("{places:g} places", places=apart), tr("the place itself is meant")
    fits = near(first, second, claims.settings.near)
    return Reading(way, fits, given, text, apart, apart, "allowed")


RELATIONS: dict[str, Callable[[Claims, Claim], list[Reading]]] = {
    "most": _most,
    "largest": _most,
    "more-than": _most,
    "smallest": _least,
    "less-than": _least,
    "twice": _twice,
    "majority": _majority,
    "minority": _minority,
    "almost-half": _almost_half,
    **dict.fromkeys(FRACTIONS, _fraction),
    "almost-same": _almost_same,
    "rest-alike": _rest_alike,
    "stable": _stable,
}


@check("coverage", required="sample n population reference", varied="sample")
def coverage(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a share of the sample differ from that of the population? (exact test)

    The p-values are taken over every head-count that the printed shares allow. That a test does not
    reject is no proof of likeness: such a claim is never sure.
    """
    n = claims.whole_number(claim.inputs.one("n"))
    population = claims.whole_number(claim.inputs.one("population"))
    if n < 1 or population < 1:
        raise ClaimError("sample and population are of nobody")
    sample, reference = (claim.inputs.one(role) for role in ("sample", "reference"))
    low, high = _p_values(claims, sample, n, reference, population)
    level = float(claims.settings.level)
    given = tr("not defined") if low is None else tr("{low:.3f} to {high:.3f}", low=low, high=high)
    text = tr(
        "{n:,} of {population:,} people; {sample} in the sample, {reference} in the population: an "
        "exact test of no difference gives p = {value}, and a difference shows at p up to "
        "{level:g}; that none shows is no proof of likeness",
        n=n,
        population=population,
        sample=claims[sample].amount,
        reference=claims[reference].amount,
        value=given,
        level=level,
    )
    fits = low is not None and low > level
    return [Reading("", fits, f"p = {given}", text, low, high, sure=False)]


def _p_values(
    claims: Claims, sample: str, n: int, reference: str, population: int
) -> tuple[float | None, float | None]:
    printed = units.as_percent(claims[sample].printed, claims[sample].unit)
    shares = [printed, f"{max(Decimal(0), 100 - Decimal(printed)):f}"]
    counts = claims.share_counts(reference, population)
    return _ends(shares, n, population, {*counts[:1], *counts[-1:]} - {0, population})


def _ends(
    shares: list[str], n: int, population: int, counts: Iterable[int]
) -> tuple[float | None, float | None]:
    expected = [[count / population, 1 - count / population] for count in counts]
    bounds = [_fit(tuple(shares), n, tuple(each)) for each in expected]
    found = [bound for bound in bounds if bound.low is not None]
    low = min((bound.low for bound in found), default=None)
    return low, max((bound.high for bound in found), default=None)


_fit = functools.lru_cache(maxsize=10_000)(goodness_of_fit_bounds)
