"""A printed number as an interval: which true values a rounded percentage can stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.arguments import check_choice, check_sequence, kind_of
from analysis.failures import quoted
from analysis.language.current import message, tr

RULES = ("half-up", "half-even", "half-down", "truncate", "ceiling", "half-any")
IN_WORDS = {
    "half-up": message("a half rounded up"),
    "half-even": message("a half rounded to the even digit"),
    "half-down": message("a half rounded down"),
    "truncate": message("further digits cut off"),
    "ceiling": message("always rounded up"),
    "half-any": message("a half rounded either way"),
}

_PLAIN_DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?")
_PERCENT = re.compile(r"\s*([0-9]+)(?:[.,]([0-9]+))?\s*(%|per ?cent)?\s*", re.IGNORECASE)
_LONGEST = 60  # characters; no page prints more, and int() refuses a few thousand digits


@dataclass(frozen=True, slots=True)
class Interval:
    """The true percentages between `low` and `high`, in percent, exact, ends open or closed.

    >>> Fraction("32.5") in printed_interval("33")
    True
    """

    low: Fraction
    high: Fraction
    closed_low: bool
    closed_high: bool

    def __contains__(self, percent: Fraction | int) -> bool:
        above = percent >= self.low if self.closed_low else percent > self.low
        below = percent <= self.high if self.closed_high else percent < self.high
        return above and below


def parse_printed(printed: str, name: str = "printed") -> tuple[int, int]:
    """Return the digits of a printed percentage as one integer, and how many are decimals.

    printed : str
        The percentage exactly as on the page, without the sign: ASCII digits and at most
        one point. Leading zeros are allowed.
    name : str
        The argument to name in a message.

    Raises TypeError for anything but text, ValueError for text that is not a plain number.

    >>> parse_printed("33.0")
    (330, 1)
    >>> parse_printed("28,5 %")
    Traceback (most recent call last):
    ValueError: printed: wanted plain digits with at most one point, such as "33" or "33.0"; \
got '28,5 %'; write "28.5"
    """
    if not isinstance(printed, str):
        raise TypeError(
            f'{name}: wanted the percentage as text, such as "33.0", because a number has '
            f"lost its trailing zeros; got {kind_of(printed)}"
        )
    if len(printed) > _LONGEST or not _PLAIN_DIGITS.fullmatch(printed):
        raise ValueError(
            f'{name}: wanted plain digits with at most one point, such as "33" or "33.0"; '
            f"got {quoted(printed)}{_advice(printed)}"
        )
    whole, _, decimals = printed.partition(".")
    return int(whole + decimals), len(decimals)


def _advice(printed: str) -> str:
    """Return what to write for a percentage with a decimal comma, a sign or blanks."""
    match = _PERCENT.fullmatch(printed) if len(printed) <= _LONGEST else None
    return f'; write "{".".join(filter(None, match.groups()[:2]))}"' if match else ""


def printed_interval(printed: str, rounding: str = "half-any") -> Interval:
    """Return the true percentages that print as `printed` under a rounding rule.

    printed : str
        The percentage exactly as on the page, without the sign.
    rounding : str
        One of RULES. "truncate" cuts digits off, "ceiling" rounds up whatever remains,
        "half-even" sends a 5 to the even last digit; "half-any" admits both ends, since
        papers seldom say which way a 5 goes.

    The ends are exact. A share is never negative, so the interval begins at 0 at the lowest;
    it may reach beyond 100, as a printed "101" does.
    Raises TypeError for a number, ValueError for other text or an unknown rule.

    >>> printed_interval("33.0", "half-up")
    Interval(low=Fraction(659, 20), high=Fraction(661, 20), closed_low=True, closed_high=False)
    """
    check_rule(rounding)
    digits, decimals = parse_printed(printed)
    return _interval(digits, decimals, rounding)


def printed_intervals(
    printed: Sequence[str], rounding: str = "half-any", name: str = "printed"
) -> list[Interval]:
    """Return the interval of each printed percentage of one question, in the order given.

    printed : sequence of str
        The percentages exactly as on the page, without the sign; at least one.
    rounding : str
        One of RULES.
    name : str
        The argument to name in a message.

    Raises TypeError or ValueError that names the entry, counted from 0, as in `printed[2]`.

    >>> [str(interval.low) for interval in printed_intervals(["20", "80"])]
    ['39/2', '159/2']
    """
    check_rule(rounding)
    texts = check_sequence(printed, name, 'texts, such as ["20", "80"]')
    parsed = [parse_printed(text, f"{name}[{place}]") for place, text in enumerate(texts)]
    if not parsed:
        raise ValueError(f"{name}: wanted at least one percentage; got an empty sequence")
    return [_interval(digits, decimals, rounding) for digits, decimals in parsed]


def check_rule(rounding: str) -> None:
    """Raise ValueError unless `rounding` is one of RULES.

    >>> check_rule("half-up")
    """
    check_choice(rounding, "rounding", RULES)


def rule_in_words(rounding: str) -> str:
    """Return what a rounding rule does, as a sentence or a figure says it.

    rounding : str
        One of RULES.

    Raises ValueError for another rule.

    >>> rule_in_words("half-any")
    'a half rounded either way'
    """
    check_rule(rounding)
    return tr(IN_WORDS[rounding])


def _interval(digits: int, decimals: int, rounding: str) -> Interval:
    scale = 10**decimals
    if rounding == "truncate":
        ends = Fraction(digits, scale), Fraction(digits + 1, scale)
    elif rounding == "ceiling":
        ends = Fraction(digits - 1, scale), Fraction(digits, scale)
    else:
        ends = Fraction(2 * digits - 1, 2 * scale), Fraction(2 * digits + 1, 2 * scale)
    is_even = digits % 2 == 0
    closed_low, closed_high = {
        "half-up": (True, False),
        "half-even": (is_even, is_even),
        "half-down": (False, True),
        "truncate": (True, False),
        "ceiling": (False, True),
        "half-any": (True, True),
    }[rounding]
    if ends[0] < 0:
        return Interval(Fraction(0), ends[1], True, closed_high)
    return Interval(*ends, closed_low, closed_high)


def rounded_text(percent: Fraction, decimals: int, rounding: str = "half-up") -> str:
    """Return what a true percentage prints as; under "half-any" a 5 goes up.

    percent : Fraction
        In percent, 0 or more.
    decimals : int
        How many digits after the point.
    rounding : str
        One of RULES.

    >>> rounded_text(Fraction(100, 8), 0, "half-even"), rounded_text(Fraction(100, 3), 2)
    ('12', '33.33')
    """
    scaled = percent * 10**decimals
    down, over = int(scaled), scaled - int(scaled)
    half = Fraction(1, 2)
    up = {
        "truncate": False,
        "ceiling": over > 0,
        "half-down": over > half,
        "half-even": over > half or (over == half and down % 2 == 1),
    }.get(rounding, over >= half)
    digits = str(down + up).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
