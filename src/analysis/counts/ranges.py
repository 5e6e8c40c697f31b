"""The head-counts behind a print as a range: its ends, without listing what lies between."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.arguments import check_whole
from analysis.counts.rounding import Interval, printed_intervals


def count_ranges(printed: Sequence[str], n: int, rounding: str = "half-any") -> list[range]:
    """Return the possible counts of each option of a question, each option by itself.

    printed : sequence of str
        The percentages of the options, without the sign; at least one.
    n : int
        The base of the question, in people. At least 1.
    rounding : str
        One of `rounding.RULES`.

    One `range` an option, empty where no whole number of people fits. Raises TypeError or
    ValueError that names the argument.

    >>> count_ranges(["17", "83"], n=205)
    [range(34, 36), range(170, 172)]
    """
    n = check_whole(n, "n", 1)
    return [count_range(interval, n) for interval in printed_intervals(printed, rounding)]


def ends_of(ranges: Sequence[range]) -> tuple[list[int], list[int]]:
    """Return the least and the greatest counts of ranges none of which is empty.

    >>> ends_of([range(17, 19), range(85, 87)])
    ([17, 85], [18, 86])
    """
    return [possible[0] for possible in ranges], [possible[-1] for possible in ranges]


def count_range(interval: Interval, n: int) -> range:
    """Return the counts out of `n` whose percentage lies in an interval.

    >>> count_range(printed_intervals(["17"])[0], 205)
    range(34, 36)
    """
    first, last = first_and_last(interval, n)
    return range(first, max(first, min(last, n) + 1))


def first_and_last(interval: Interval, n: Any) -> tuple[Any, Any]:
    """Return the counts at both ends of an interval, in integers; `n` may be an array."""
    low, high = interval.low, interval.high
    scaled, whole = low.numerator * n, low.denominator * 100
    first = -(-scaled // whole) if interval.closed_low else scaled // whole + 1
    scaled, whole = high.numerator * n, high.denominator * 100
    last = scaled // whole if interval.closed_high else -(-scaled // whole) - 1
    return first, last


def bases_that_fit(
    intervals: Sequence[Interval], bases: np.ndarray, exhaustive: bool | None
) -> np.ndarray:
    """Return for each base whether every interval, and their sum, has head-counts.

    intervals : sequence of Interval
        The true percentages of the options.
    bases : numpy.ndarray of int
        In people.
    exhaustive : bool or None
        The counts add up to the base (True), to at most the base (False), or to anything (None).

    A joint solution exists if and only if the least counts add up to at most n and the
    greatest to at least n, since each set is an interval.

    >>> bases_that_fit(printed_intervals(["33", "67"]), np.array([8, 9]), True).tolist()
    [False, True]
    """
    ends = [end for interval in intervals for end in (interval.low, interval.high)]
    widest = max(max(end.numerator, 100 * end.denominator) for end in ends) * int(bases.max())
    # Python's own integers, of any length, where 64 bits could overflow.
    bases = bases.astype(np.int64 if widest < 2**60 else object)
    fits = np.ones(len(bases), dtype=bool)
    least, greatest = bases * 0, bases * 0
    for interval in intervals:
        first, last = first_and_last(interval, bases)
        last = np.minimum(last, bases)
        fits &= (first <= last).astype(bool)
        least, greatest = least + first, greatest + last
    if exhaustive is not None:
        fits &= (least <= bases).astype(bool)
    if exhaustive:
        fits &= (bases <= greatest).astype(bool)
    return fits
