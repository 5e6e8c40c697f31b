"""Percentages back to people: which head-counts, joint solutions and bases a print allows."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.arguments import check_flag, check_labels, check_whole
from analysis.counts.rounding import Interval, printed_interval, printed_intervals


def possible_counts(printed: str, n: int, rounding: str = "half-any") -> list[int]:
    """Return every head-count out of `n` that prints as `printed` percent.

    printed : str
        The percentage exactly as on the page, without the sign. Text, because
        "33" and "33.0" promise different precision.
    n : int
        The base: how many people could have answered. At least 1.
    rounding : str
        How the author rounded, one of `rounding.RULES`; "half-any" admits every rule for a 5.

    An empty list means that no whole number of people gives this percentage.
    Raises TypeError for a float, whose trailing zeros are already lost, and ValueError for
    text that is not a plain number or a base below 1.
    Method: Brown & Heathers (2017), doi:10.1177/1948550616673876.

    >>> possible_counts("17", n=205)
    [34, 35]
    >>> possible_counts("33.5", n=205)
    []
    """
    return list(_count_range(printed_interval(printed, rounding), check_whole(n, "n", 1)))


def count_ranges(printed: Sequence[str], n: int, rounding: str = "half-any") -> list[range]:
    """Return the possible counts of each option of a question, each option by itself.

    printed : sequence of str
        The percentages of the options, without the sign; at least one.
    n : int
        The base of the question, in people. At least 1.
    rounding : str
        One of `rounding.RULES`.

    One `range` an option, empty where no whole number of people fits.

    >>> count_ranges(["17", "83"], n=205)
    [range(34, 36), range(170, 172)]
    """
    n = check_whole(n, "n", 1)
    return [_count_range(interval, n) for interval in printed_intervals(printed, rounding)]


def possible_vectors(
    printed: Sequence[str],
    n: int,
    exhaustive: bool = True,
    rounding: str = "half-any",
    limit: int = 100_000,
    labels: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return every joint solution of a single-choice question: counts that fit all options.

    printed : sequence of str
        The percentages of the options, without the sign.
    n : int
        The base of the question, in people. At least 1.
    exhaustive : bool
        True: the counts add up to `n`. False: to at most `n`, and options that were not
        printed, or people who did not answer, take the rest.
    rounding : str
        One of `rounding.RULES`.
    limit : int
        The most rows to list.
    labels : sequence of str
        Names for the columns; positions 0, 1, ... without it.

    One row a solution, in rising order, one integer column an option; no row if the
    percentages have no joint solution. Raises ValueError if there are more than `limit`.

    >>> possible_vectors(["20", "80"], n=44, labels=["men", "women"])
       men  women
    0    9     35
    """
    columns = check_labels(labels, len(printed_intervals(printed, rounding)))
    limit = check_whole(limit, "limit", 1)
    total = number_of_vectors(printed, n, exhaustive, rounding)
    if total > limit:
        raise ValueError(
            f"possible_vectors: {total:,} joint solutions are more than limit={limit:,}; "
            "number_of_vectors counts them without listing them"
        )
    if total == 0:
        return pd.DataFrame(columns=columns, dtype="int64")
    lows, highs = ends_of(count_ranges(printed, n, rounding))
    return pd.DataFrame(_solutions(lows, highs, int(n), exhaustive), columns=columns)


def number_of_vectors(
    printed: Sequence[str], n: int, exhaustive: bool = True, rounding: str = "half-any"
) -> int:
    """Return how many joint solutions a single-choice question has, without listing them.

    printed, n, exhaustive, rounding
        As for `possible_vectors`.

    Exact at any size; 0 if there is no joint solution.
    Method: inclusion and exclusion, Stanley (2012), Enumerative Combinatorics, vol. 1, ch. 2,
    on the coefficients of a product of geometric sums.

    >>> number_of_vectors(["33", "33", "33"], n=1_000_000)
    12507501
    """
    n = check_whole(n, "n", 1)
    exhaustive = check_flag(exhaustive, "exhaustive")
    ranges = count_ranges(printed, n, rounding)
    # People beyond the least counts, still to be shared out among the options.
    spare = n - sum(possible.start for possible in ranges)
    # The product of (1 - x^width), kept sparse: equal widths meet, so few powers remain.
    numerator = {0: 1}
    for width in map(len, ranges):
        product = Counter(numerator)
        for power, factor in numerator.items():
            product[power + width] -= factor
        numerator = {p: factor for p, factor in product.items() if factor and p <= spare}
    # With a rest, one more part takes what is left over.
    parts = len(ranges) - 1 if exhaustive else len(ranges)
    return sum(
        factor * math.comb(spare - power + parts, parts)
        for power, factor in numerator.items()
        if power <= spare
    )


def ends_of(ranges: Sequence[range]) -> tuple[list[int], list[int]]:
    """Return the least and the greatest counts of ranges none of which is empty.

    >>> ends_of([range(17, 19), range(85, 87)])
    ([17, 85], [18, 86])
    """
    return [possible[0] for possible in ranges], [possible[-1] for possible in ranges]


def _count_range(interval: Interval, n: int) -> range:
    first, last = first_and_last(interval, n)
    return range(first, min(last, n) + 1)


def first_and_last(interval: Interval, n: Any) -> tuple[Any, Any]:
    """Return the counts at both ends of an interval, in integers; `n` may be an array."""
    low, high = interval.low, interval.high
    scaled, whole = low.numerator * n, low.denominator * 100
    first = -(-scaled // whole) if interval.closed_low else scaled // whole + 1
    scaled, whole = high.numerator * n, high.denominator * 100
    last = scaled // whole if interval.closed_high else -(-scaled // whole) - 1
    return first, last


def _solutions(lows: list[int], highs: list[int], n: int, exhaustive: bool) -> np.ndarray:
    """Return every vector in the box that adds up, one a row, in rising order.

    Each option extends only those beginnings that the options after it can complete, so
    no row is ever built in vain.
    """
    rows, left = np.empty((1, 0), dtype=np.int64), np.array([n])
    for place, (low, high) in enumerate(zip(lows, highs, strict=True)):
        least = np.maximum(low, left - sum(highs[place + 1 :])) if exhaustive else left * 0 + low
        greatest = np.minimum(high, left - sum(lows[place + 1 :]))
        choices = greatest - least + 1
        parent = np.repeat(np.arange(len(rows)), choices)
        # 0, 1, 2, ... within each beginning
        step = np.arange(len(parent)) - np.repeat(np.cumsum(choices) - choices, choices)
        count = least[parent] + step
        rows, left = np.column_stack([rows[parent], count]), left[parent] - count
    return rows
