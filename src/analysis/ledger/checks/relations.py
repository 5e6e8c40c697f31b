"""Checks of comparisons, differences, repeated numbers, lists and numbering."""

from fractions import Fraction

from analysis.language.current import localized_text, tr
from analysis.language.sentences import counted, listed
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Book, Claim

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
def comparison(book: Book, claim: Claim) -> list[Reading]:
    """Does a comparison in words hold for the numbers it compares?

    `relation` is one of most, majority, almost-half, almost-same, stable.
    """
    (relation,) = claim.inputs["relation"]
    (left,) = claim.inputs["left"]
    right = claim.inputs.get("right", ())
    value, amount = book.number(left), book[left].amount
    if relation == "stable":
        return _stable(book, claim)
    if relation == "almost-same":
        return [_almost_same(book, left, other) for other in right]
    if relation == "most":
        others = [book.number(other) for other in right]
        fits, bound = value > max(others), max(others)
        text = tr(
            "{shown} against {others}",
            shown=amount,
            others=listed(book[other].amount for other in right),
        )
        return [
            Reading(
                "largest of the printed",
                fits,
                tr("more than {bound}", bound=bound),
                float(bound),
                None,
                text,
            )
        ]
    low, high, words = {
        "majority": (Fraction(50), None, tr("more than 50 %")),
        "almost-half": (50 * (1 - NEAR), Fraction(50), tr("45 to 50 %")),
    }[relation]
    fits = low < value if high is None else low <= value <= high
    limits = (float(low), None if high is None else float(high))
    return [
        Reading(
            relation, fits, words, *limits, tr("{shown}; {words} wanted", shown=amount, words=words)
        )
    ]


def _almost_same(book: Book, left: str, right: str) -> Reading:
    fits = near(book.number(left), book.number(right))
    apart = abs(book.number(left) - book.number(right))
    text = tr(
        "{first} and {second} are {points:g} apart",
        first=book[left].amount,
        second=book[right].amount,
        points=float(apart),
    )
    name = f"beside: {book.name(right)}"
    return Reading(
        name, fits, tr("{points:g} apart", points=float(apart)), float(apart), float(apart), text
    )


def _stable(book: Book, claim: Claim) -> list[Reading]:
    left, left_of, right, right_of = (
        claim.inputs[role][0] for role in ("left", "left-of", "right", "right-of")
    )
    first, second = book.number(left), book.number(right)
    shares = [first / book.number(left_of), second / book.number(right_of)]
    percent = [tr("{share:.0f} %", share=float(100 * share)) for share in shares]
    points = abs(shares[0] - shares[1])
    ranks = tr(
        "place {first} and place {second}: {places:g} places apart",
        first=first,
        second=second,
        places=float(abs(second - first)),
    )
    wholes = tr(
        "{first} of {first_of} is {first_share} down the list, {second} of {second_of} is "
        "{second_share}: {points:.0f} points apart",
        first=first,
        first_of=book.number(left_of),
        first_share=percent[0],
        second=second,
        second_of=book.number(right_of),
        second_share=percent[1],
        points=float(100 * points),
    )
    rank_text, share_text = (
        tr("{places:g} places", places=float(abs(second - first))),
        tr("{points:.0f} points", points=float(100 * points)),
    )
    apart = float(abs(second - first))
    return [
        Reading(
            "the place relative to the number of countries",
            *(near(*shares), share_text, float(100 * points), float(100 * points), wholes),
        ),
        Reading("the place itself", near(first, second), rank_text, apart, apart, ranks),
    ]


@check("difference", required="part1 whole1 part2", optional="whole2 value")
def difference(book: Book, claim: Claim) -> list[Reading]:
    """Does a stated difference of two shares hold, in percentage points or in percent?

    Without `whole2` the claim itself is that whole, and `value` names the stated difference.
    """
    names = {role: references[0] for role, references in claim.inputs.items()}
    stated = names.get("value", claim.claim)
    whole2 = names.get("whole2", claim.claim)
    wholes = [book.number(names["whole1"]), book.number(whole2)]
    if not all(wholes):
        return [
            Reading(
                "shares", False, tr("no whole"), None, None, tr("a whole of nothing has no share")
            )
        ]
    first = 100 * book.number(names["part1"]) / wholes[0]
    second = 100 * book.number(names["part2"]) / wholes[1]
    shares = tr(
        "{part} of {whole} is {share:.2f} %, {other_part} of {other_whole} is {other_share:.2f} %",
        part=book.printed(names["part1"]),
        whole=wholes[0],
        share=float(first),
        other_part=book.printed(names["part2"]),
        other_whole=wholes[1],
        other_share=float(second),
    )
    found = []
    for name, value, unit in (
        ("in percentage points", first - second, "points"),
        ("in percent of the second", 100 * (first - second) / second if second else None, "%"),
    ):
        if value is not None:
            fits = abs(value - book.number(stated)) <= Fraction(1, 2)
            text = tr(
                "{shares}: {value:.2f} {unit} more; printed is {stated}",
                shares=shares,
                value=float(value),
                unit=unit,
                stated=book[stated].amount,
            )
            given = tr("{value:.2f} {unit}", value=float(value), unit=unit)
            found.append(Reading(name, fits, given, float(value), float(value), text))
    return found


@check("same", required="as")
def same(book: Book, claim: Claim) -> list[Reading]:
    """Is a quantity that is printed more than once the same each time?"""
    others = claim.inputs["as"]
    fits = all(book.printed(other) == claim.printed for other in others)
    values = list(dict.fromkeys(book.printed(other) for other in others))
    places = "; ".join(
        f"{localized_text(book.printed(other))} ({book.name(other)})" for other in others
    )
    text = tr(
        "printed here as {printed}, elsewhere as {places}", printed=claim.printed, places=places
    )
    numbers = [float(value) for value in values if value.replace(".", "", 1).isdigit()]
    limits = (min(numbers), max(numbers)) if numbers else (None, None)
    return [Reading("printed more than once", fits, listed(values), *limits, text)]


@check("list", required="items", optional="before", words="before")
def listing(book: Book, claim: Claim) -> list[Reading]:
    """Are as many things named as are stated? A rank counts those named `before` it, and itself."""
    items = claim.inputs["items"]
    if items[0] == "table":
        number, names = book.rows(" ".join(items[1:])), tr("rows of {table}", table=items[1])
    else:
        number, names = len(items), listed(f'"{item}"' for item in items)
    if "before" in claim.inputs:
        text = tr(
            "{names}: {number} before it, so {expected} is expected",
            names=names,
            number=number,
            expected=number + 1,
        )
        number += 1
    else:
        text = tr(
            "{things} named: {names}; printed is {printed}",
            things=counted(number, "thing"),
            names=names,
            printed=claim.printed,
        )
    fits = int(claim.printed) == number
    text += "" if fits else tr(": {apart} apart", apart=abs(int(claim.printed) - number))
    return [Reading("things named in the text", fits, str(number), number, number, text)]


@check("numbering", optional="previous")
def numbering(book: Book, claim: Claim) -> list[Reading]:
    """Does the number of a figure follow that of the figure before it? The first is 1."""
    previous = claim.inputs.get("previous")
    wanted = int(book.number(previous[0])) + 1 if previous else 1
    fits = int(claim.printed) == wanted
    after = (
        tr("after {previous} comes {wanted}", previous=book.printed(previous[0]), wanted=wanted)
        if previous
        else tr("the first is 1")
    )
    text = tr("{after}; printed is {printed}", after=after, printed=claim.printed)
    return [Reading("numbered in order", fits, str(wanted), wanted, wanted, text)]


@check("bands", optional="next previous")
def bands(book: Book, claim: Claim) -> list[Reading]:
    """Does an age band begin where the one before it ends, neither overlapping nor with a gap?"""
    role = "next" if "next" in claim.inputs else "previous"
    (other,) = claim.inputs[role]
    lower, upper = (claim.claim, other) if role == "next" else (other, claim.claim)
    end, start = int(book.printed(lower).split("-")[-1]), int(book.printed(upper).split("-")[0])
    fits = start == end + 1
    text = tr("one band ends with {end}, the next begins with {start}", end=end, start=start)
    text += (
        ""
        if fits
        else tr(": they share {years}", years=abs(start - end) or end)
        if start <= end
        else tr(": a gap of {years}", years=abs(start - end))
    )
    wanted = start - 1 if role == "next" else end + 1
    return [Reading("ages in whole years", fits, str(wanted), wanted, wanted, text)]
