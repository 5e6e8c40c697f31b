"""Words that limit a printed number: which true values "about 70" or "more than 90" allow."""

import math
from fractions import Fraction

from analysis.counts.rounding import Interval

SAME_WORD = {
    "some": "about",
    "nearly": "almost",
    "over": "more than",
    "at most": "up to",
    "under": "less than",
}
ROUGH = ("about", "almost")
BOUNDS = ("more than", "at least", "up to", "less than")
QUALIFIERS = (*ROUGH, *BOUNDS, *SAME_WORD)


def meaning(qualifier: str) -> str:
    """Return the word that stands for a qualifier and its like.

    >>> meaning("nearly"), meaning("over"), meaning("since")
    ('almost', 'more than', 'since')
    """
    return SAME_WORD.get(qualifier, qualifier)


def qualified(
    bare: Interval,
    ends: tuple[Fraction, Fraction],
    qualifier: str,
    rooms: tuple[Fraction, Fraction],
    top: Fraction | float = math.inf,
) -> Interval:
    """Return the true values of a number under the word that limits it.

    bare : Interval
        What the number can stand for without a word: what rounds to it.
    ends : tuple of Fraction
        The number itself, or both ends of a range.
    qualifier : str
        One of QUALIFIERS; any other word leaves the number as it is.
    rooms : tuple of Fraction
        How far a rough word reaches below and above.
    top : Fraction
        The greatest value there can be, such as 100 percent.

    "about" leaves room to both sides, "almost" below; "more than" and "at least" give the lower
    end, "up to" and "less than" the upper one.

    >>> seventy, five = Fraction(70), Fraction(5)
    >>> bare = Interval(Fraction("69.5"), Fraction("70.5"), True, True)
    >>> found = qualified(bare, (seventy, seventy), "nearly", (five, five))
    >>> int(found.low), int(found.high)
    (65, 70)
    """
    least, most = ends
    match meaning(qualifier):
        case "about":
            return Interval(max(Fraction(0), least - rooms[0]), most + rooms[1], True, True)
        case "almost":
            return Interval(max(Fraction(0), least - rooms[0]), most, True, True)
        case "more than":
            return Interval(least, top, False, True)
        case "at least":
            return Interval(bare.low, top, bare.closed_low, True)
        case "up to":
            return Interval(Fraction(0), bare.high, True, bare.closed_high)
        case "less than":
            return Interval(Fraction(0), most, True, False)
    return bare
