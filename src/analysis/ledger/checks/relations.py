"""Checks of comparisons, differences, repeated numbers, lists and numbering."""

from collections.abc import Callable
from fractions import Fraction

from analysis.counts.rounding import Interval
from analysis.language.current import localized_text, tr
from analysis.language.sentences import counted, listed, span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, ClaimError, Claims
from analysis.ledger.units import as_percent, same_number

NEAR = Fraction(1, 10)  # "almost": within a tenth of the larger number


def near(first: Fraction, second: Fraction) -> bool:
    """Say whether two numbers are almost the same: within a tenth of the larger.

    >>> near(Fraction(18), Fraction(20)), near(Fraction(17), Fraction(20))
    (True, False)
    """
    return abs(first - second) <= NEAR * max(abs(first), abs(second))


@check(
    "comparison",
    required="relation left",
    optional="right left-of right-of",
    words="relation",
    varied="left",
)
def comparison(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a comparison in words hold for the numbers it compares?

    `relation` is one of RELATIONS: "most" and "almost-same" need `right`; "stable" needs `right`,
    `left-of` and `right-of`.
    """
    relation = claim.inputs.one("relation")
    if relation not in RELATIONS:
        raise ClaimError(f"there is no relation {relation!r}; there are {', '.join(RELATIONS)}")
    return RELATIONS[relation](claims, claim)


def _majority(claims: Claims, claim: Claim) -> list[Reading]:
    left = claim.inputs.one("left")
    wanted = tr("more than 50 %")
    return [
        Reading(
            name="majority",
            agrees=_percent_of(claims, left) > 50,
            recomputed=wanted,
            arithmetic=tr("{shown}; {words} wanted", shown=claims[left].amount, words=wanted),
            low=50.0,
        )
    ]


def _almost_half(claims: Claims, claim: Claim) -> list[Reading]:
    left = claim.inputs.one("left")
    low, wanted = 50 * (1 - NEAR), tr("45 to 50 %")
    return [
        Reading(
            name="almost-half",
            agrees=low <= _percent_of(claims, left) <= 50,
            recomputed=wanted,
            arithmetic=tr("{shown}; {words} wanted", shown=claims[left].amount, words=wanted),
            low=float(low),
            high=50.0,
        )
    ]


def _percent_of(claims: Claims, reference: str) -> Fraction:
    """Return a share in percent, as printed; a head-count as a share of its base."""
    claim = claims[reference]
    if claim.is_share:
        claims.number(reference)
        return Fraction(as_percent(claim.printed, claim.unit))
    if not claim.base:
        raise ClaimError(f"{reference} is neither a share nor a count with a base")
    sizes = claims.people(claim.base[0])
    if not sizes or not sizes[-1]:
        raise ClaimError(f"{claim.base[0]} is nobody")
    return 100 * claims.number(reference) / sizes[-1]


def _most(claims: Claims, claim: Claim) -> list[Reading]:
    left, others = claim.inputs.one("left"), _right(claim)
    bound = max(claims.number(other) for other in others)
    text = tr(
        "{shown} against {others}",
        shown=claims[left].amount,
        others=listed(claims[other].amount for other in others),
    )
    return [
        Reading(
            name="largest of the printed",
            agrees=claims.number(left) > bound,
            recomputed=tr("more than {bound}", bound=bound),
            arithmetic=text,
            low=float(bound),
        )
    ]


def _right(claim: Claim) -> tuple[str, ...]:
    if not claim.inputs.get("right"):
        raise ClaimError(f"{claim.inputs.one('relation')} needs the role 'right'")
    return claim.inputs["right"]


def _almost_same(claims: Claims, claim: Claim) -> list[Reading]:
    left = claim.inputs.one("left")
    return [_beside(claims, left, right) for right in _right(claim)]


def _beside(claims: Claims, left: str, right: str) -> Reading:
    first, second = claims.number(left), claims.number(right)
    apart = float(abs(first - second))
    text = tr(
        "{first} and {second} are {points:g} apart",
        first=claims[left].amount,
        second=claims[right].amount,
        points=apart,
    )
    return Reading(
        name=f"beside: {claims.name(right)}",
        agrees=near(first, second),
        recomputed=tr("{points:g} apart", points=apart),
        arithmetic=text,
        low=apart,
        high=apart,
    )


def _stable(claims: Claims, claim: Claim) -> list[Reading]:
    roles = ("left", "left-of", "right", "right-of")
    first, first_of, second, second_of = (claims.number(claim.inputs.one(role)) for role in roles)
    if not (first_of and second_of):
        raise ClaimError("a place in a list of none")
    shares = [first / first_of, second / second_of]
    points = 100 * abs(shares[0] - shares[1])
    text = tr(
        "{first} of {first_of} is {first_share} down the list, {second} of {second_of} is "
        "{second_share}: {points:.0f} points apart",
        first=first,
        first_of=first_of,
        first_share=tr("{share:.0f} %", share=float(100 * shares[0])),
        second=second,
        second_of=second_of,
        second_share=tr("{share:.0f} %", share=float(100 * shares[1])),
        points=float(points),
    )
    relative = Reading(
        name="the place relative to the number of countries",
        agrees=near(*shares),
        recomputed=tr("{points:.0f} points", points=float(points)),
        arithmetic=text,
        low=float(points),
        high=float(points),
    )
    return [relative, _places_apart(first, second)]


def _places_apart(first: Fraction, second: Fraction) -> Reading:
    apart = float(abs(second - first))
    text = tr(
        "place {first} and place {second}: {places:g} places apart",
        first=first,
        second=second,
        places=apart,
    )
    return Reading(
        name="the place itself",
        agrees=near(first, second),
        recomputed=tr("{places:g} places", places=apart),
        arithmetic=text,
        low=apart,
        high=apart,
    )


RELATIONS: dict[str, Callable[[Claims, Claim], list[Reading]]] = {
    "most": _most,
    "majority": _majority,
    "almost-half": _almost_half,
    "almost-same": _almost_same,
    "stable": _stable,
}


@check("difference", required="part1 whole1 part2", optional="whole2 value")
def difference(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a stated difference of two shares hold, in percentage points or in percent?

    Without `whole2` the claim itself is that whole, and `value` names the stated difference.
    """
    stated = claim.inputs.one("value") if "value" in claim.inputs else claim.claim
    whole2 = claim.inputs.one("whole2") if "whole2" in claim.inputs else claim.claim
    pairs = [
        (claim.inputs.one("part1"), claim.inputs.one("whole1")),
        (claim.inputs.one("part2"), whole2),
    ]
    if not all(_whole(claims, whole).low for _, whole in pairs):
        return [
            Reading(
                name="shares",
                agrees=False,
                recomputed=tr("no whole"),
                arithmetic=tr("a whole of nothing has no share"),
            )
        ]
    first, second = (_percent(claims, part, whole) for part, whole in pairs)
    shares = tr(
        "{part} of {whole} is {share} %, {other_part} of {other_whole} is {other_share} %",
        part=claims.printed(pairs[0][0]),
        whole=claims.printed(pairs[0][1]),
        share=_span(first),
        other_part=claims.printed(pairs[1][0]),
        other_whole=claims.printed(whole2),
        other_share=_span(second),
    )
    points = _closed(first.low - second.high, first.high - second.low)
    found = [_stated(claims, stated, "in percentage points", "points", points, shares)]
    if second.low:
        more = _closed(100 * first.low / second.high - 100, 100 * first.high / second.low - 100)
        found.append(_stated(claims, stated, "in percent of the second", "%", more, shares))
    return found


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
    part, whole = claims.interval(part), _whole(claims, whole)
    return _closed(100 * part.low / whole.high, 100 * part.high / whole.low)


def _stated(
    claims: Claims, stated: str, name: str, unit: str, value: Interval, shares: str
) -> Reading:
    printed = claims.number(stated)
    room = claims.interval(stated).high - printed  # also below 0, for a difference of nothing
    text = tr(
        "{shares}: {value} {unit} more; printed is {stated}",
        shares=shares,
        value=_span(value),
        unit=unit,
        stated=claims[stated].amount,
    )
    return Reading(
        name=name,
        agrees=printed - room <= value.high and value.low <= printed + room,
        recomputed=tr("{value} {unit}", value=_span(value), unit=unit),
        arithmetic=text,
        low=float(value.low),
        high=float(value.high),
    )


@check("same", required="as")
def same(claims: Claims, claim: Claim) -> list[Reading]:
    """Is a quantity that is printed more than once the same each time?

    As far as both are printed: 66.7 and 67 are, and so are a year and a month of it.
    """
    others = {other: claims.printed(other) for other in claim.inputs["as"]}
    for other in (name for name, printed in others.items() if not printed):
        raise ClaimError(f"{other} prints no number")
    values = list(dict.fromkeys(others.values()))
    places = "; ".join(
        f"{localized_text(value)} ({claims.name(other)})" for other, value in others.items()
    )
    numbers = [float(value) for value in values if value.replace(".", "", 1).isdigit()]
    return [
        Reading(
            name="printed more than once",
            agrees=all(same_number(value, claim.printed) for value in values),
            recomputed=listed(values),
            arithmetic=tr(
                "printed here as {printed}, elsewhere as {places}",
                printed=claim.printed,
                places=places,
            ),
            low=min(numbers, default=None),
            high=max(numbers, default=None),
        )
    ]


@check("list", required="items", optional="before", words="before")
def listing(claims: Claims, claim: Claim) -> list[Reading]:
    """Are as many things named as are stated? A rank counts those named `before` it, and itself."""
    items = claim.inputs["items"]
    if items[0] == "table":
        number = claims.cells.length(" ".join(items[1:]))
        names = tr("rows of {table}", table=items[1])
    else:
        number, names = len(items), listed(f'"{item}"' for item in items)
    if "before" in claim.inputs:
        wanted, text = number + 1, _before(names, number)
    else:
        wanted, text = number, _named(names, number, claim.printed)
    apart = abs(claims.whole_number(claim.claim) - wanted)
    return [
        Reading(
            name="things named in the text",
            agrees=not apart,
            recomputed=str(wanted),
            arithmetic=text + tr(": {apart} apart", apart=apart) if apart else text,
            low=wanted,
            high=wanted,
        )
    ]


def _before(names: str, number: int) -> str:
    return tr(
        "{names}: {number} before it, so {expected} is expected",
        names=names,
        number=number,
        expected=number + 1,
    )


def _named(names: str, number: int, printed: str) -> str:
    return tr(
        "{things} named: {names}; printed is {printed}",
        things=counted(number, "thing"),
        names=names,
        printed=printed,
    )


@check("numbering", optional="previous")
def numbering(claims: Claims, claim: Claim) -> list[Reading]:
    """Does the number of a figure follow that of the figure before it? The first is 1."""
    wanted, after = 1, tr("the first is 1")
    if "previous" in claim.inputs:
        previous = claim.inputs.one("previous")
        wanted = claims.whole_number(previous) + 1
        after = tr(
            "after {previous} comes {wanted}", previous=claims.printed(previous), wanted=wanted
        )
    return [
        Reading(
            name="numbered in order",
            agrees=claims.whole_number(claim.claim) == wanted,
            recomputed=str(wanted),
            arithmetic=tr("{after}; printed is {printed}", after=after, printed=claim.printed),
            low=wanted,
            high=wanted,
        )
    ]


@check("bands", optional="next previous")
def bands(claims: Claims, claim: Claim) -> list[Reading]:
    """Does an age band begin where the one before it ends, neither overlapping nor with a gap?"""
    is_lower = "next" in claim.inputs
    other = claim.inputs.one("next" if is_lower else "previous")
    lower, upper = (claim.claim, other) if is_lower else (other, claim.claim)
    end, start = _ages(claims, lower)[-1], _ages(claims, upper)[0]
    wanted = start - 1 if is_lower else end + 1
    text = tr("one band ends with {end}, the next begins with {start}", end=end, start=start)
    return [
        Reading(
            name="ages in whole years",
            agrees=start == end + 1,
            recomputed=str(wanted),
            arithmetic=text + _misfit(end, start),
            low=wanted,
            high=wanted,
        )
    ]


def _ages(claims: Claims, reference: str) -> list[int]:
    printed = claims.printed(reference)
    try:
        return [int(age) for age in printed.split("-")]
    except ValueError:
        said = f"prints {printed}, which is no age band" if printed else "prints no number"
        raise ClaimError(f"{reference} {said}") from None


def _misfit(end: int, start: int) -> str:
    if start == end + 1:
        return ""
    if start <= end:
        return tr(": they share {years}", years=abs(start - end) or end)
    return tr(": a gap of {years}", years=abs(start - end))
