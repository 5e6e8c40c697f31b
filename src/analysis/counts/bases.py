"""Percentages back to bases: out of how many people, or things, a print is possible."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from analysis.arguments import check_flag, check_whole
from analysis.counts.head_counts import first_and_last
from analysis.counts.rounding import printed_interval, printed_intervals


def possible_bases(
    printed: Sequence[str], n_max: int, exhaustive: bool = False, rounding: str = "half-any"
) -> list[int]:
    """Return every base up to `n_max` people that makes all printed percentages possible.

    printed : sequence of str
        The percentages of one question, without the sign.
    n_max : int
        The largest base to try, in people. At least 1.
    exhaustive : bool
        False: each percentage has a count of its own. True: those counts can also add up
        to the base, as in a single-choice question.
    rounding : str
        One of `rounding.RULES`.

    Rising; empty if no base does. A joint solution exists if and only if the least counts
    add up to at most n and the greatest to at least n, since each set is an interval.

    >>> possible_bases(["33", "67"], n_max=10)
    [3, 6, 9]
    """
    n_max = check_whole(n_max, "n_max", 1)
    exhaustive = check_flag(exhaustive, "exhaustive")
    intervals = printed_intervals(printed, rounding)
    ends = [end for interval in intervals for end in (interval.low, interval.high)]
    widest = max(max(end.numerator, 100 * end.denominator) for end in ends) * n_max
    # Python's own integers, of any length, where 64 bits could overflow.
    bases = np.arange(1, n_max + 1).astype(np.int64 if widest < 2**60 else object)
    fits = np.ones(n_max, dtype=bool)
    least, greatest = bases * 0, bases * 0
    for interval in intervals:
        first, last = first_and_last(interval, bases)
        last = np.minimum(last, bases)
        fits &= (first <= last).astype(bool)
        least, greatest = least + first, greatest + last
    if exhaustive:
        fits &= ((least <= bases) & (bases <= greatest)).astype(bool)
    return [int(base) for base in bases[fits]]


def possible_totals(count: int, printed: str, rounding: str = "half-any") -> list[int]:
    """Return every whole of which `count` things are the printed percentage.

    count : int
        How many things are printed beside their share. At least 1.
    printed : str
        Their share of the whole in percent, as on the page, without the sign.
    rounding : str
        One of `rounding.RULES`.

    Rising; empty if no whole does. Raises ValueError for a share that can be as small as
    zero, for which any large whole would do.
    Method: the counts of Brown & Heathers (2017), doi:10.1177/1948550616673876, solved for n.

    >>> possible_totals(4, "8")
    [48, 49, 50, 51, 52, 53]
    """
    count = check_whole(count, "count", 1)
    share = printed_interval(printed, rounding)
    if share.low <= 0:
        raise ValueError(f"printed: wanted a share that cannot be zero; got {printed!r}")
    least = max(count, math.floor(100 * count / share.high))
    most = math.ceil(100 * count / share.low)
    return [n for n in range(least, most + 1) if Fraction(100 * count, n) in share]
