"""Percentages back to bases: out of how many people, or things, a print is possible."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from analysis.arguments import check_flag, check_whole, quoted
from analysis.counts.ranges import bases_that_fit, count_range, first_and_last
from analysis.counts.rounding import parse_printed, printed_interval, printed_intervals

LARGEST_BASE = 10_000_000


def possible_bases(
    printed: Sequence[str], n_max: int, exhaustive: bool = False, rounding: str = "half-any"
) -> list[int]:
    """Return every base up to `n_max` people that makes all printed percentages possible.

    printed : sequence of str
        The percentages of one question, without the sign.
    n_max : int
        The largest base to try, in people. At least 1, at most 10 million.
    exhaustive : bool
        False: each percentage has a count of its own. True: those counts can also add up
        to the base, as in a single-choice question.
    rounding : str
        One of `rounding.RULES`.

    Rising; empty if no base does: `no_base` says why. Raises TypeError or ValueError that
    names the argument.

    >>> possible_bases(["33", "67"], n_max=10)
    [3, 6, 9]
    """
    n_max = check_whole(n_max, "n_max", 1)
    if n_max > LARGEST_BASE:
        raise ValueError(f"n_max: wanted at most {LARGEST_BASE:,} bases to try; got {n_max:,}")
    exhaustive = check_flag(exhaustive, "exhaustive")
    intervals = printed_intervals(printed, rounding)
    bases = np.arange(1, n_max + 1)
    fits = bases_that_fit(intervals, bases, True if exhaustive else None)
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
    if most - least > LARGEST_BASE:
        raise ValueError(
            f"count: wanted a count with at most {LARGEST_BASE:,} possible wholes; "
            f"got {quoted(count)}, with about {most - least:,}"
        )
    return [n for n in range(least, most + 1) if Fraction(100 * count, n) in share]


def possible_splits(
    printed: str, n: int, printed1: str, printed2: str, rounding: str = "half-any"
) -> list[int]:
    """Return every size of the first of two groups that makes three shares possible at once.

    printed : str
        The share of everybody in percent, as on the page, without the sign.
    n : int
        How many people there are, in both groups together. At least 2.
    printed1, printed2 : str
        The share of the first group and of the second, likewise.
    rounding : str
        One of `rounding.RULES`.

    Rising; the second group has the rest of `n`, and each has a person at least. Empty if no
    split does: then the three shares cannot all be of these people. Raises TypeError or
    ValueError that names the argument.

    >>> possible_splits("40", 30, "20", "50")
    [10]
    """
    n = check_whole(n, "n", 2)
    if n > LARGEST_BASE:
        raise ValueError(f"n: wanted at most {LARGEST_BASE:,} people to split; got {n:,}")
    texts = {"printed": printed, "printed1": printed1, "printed2": printed2}
    for name, text in texts.items():
        parse_printed(text, name)
    whole, one, two = (printed_interval(text, rounding) for text in texts.values())
    total = count_range(whole, n)
    sizes = np.arange(1, n).astype(object if len(max(texts.values(), key=len)) > 8 else np.int64)
    low1, high1 = first_and_last(one, sizes)
    low2, high2 = first_and_last(two, n - sizes)
    high1, high2 = np.minimum(high1, sizes), np.minimum(high2, n - sizes)
    fits = (low1 <= high1) & (low2 <= high2)
    # Each group can have any count between its ends, so their sum any between the sums.
    fits &= (low1 + low2 < total.stop) & (high1 + high2 >= total.start)
    return [int(size) for size in sizes[fits.astype(bool)]] if total else []
