"""Percentages back to people: which head-counts, joint solutions and bases a print allows."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.arguments import check_flag, check_labels, check_whole
from analysis.counts.ranges import count_range, count_ranges, ends_of
from analysis.counts.reasons import with_reason
from analysis.counts.rounding import printed_interval, printed_intervals
from analysis.counts.runs import Runs


def possible_counts(printed: str, n: int, rounding: str = "half-any") -> Runs:
    """Return every head-count out of `n` that prints as `printed` percent.

    printed : str
        The percentage exactly as on the page, without the sign. Text, because
        "33" and "33.0" promise different precision.
    n : int
        The base: how many people could have answered. At least 1.
    rounding : str
        How the author rounded, one of `rounding.RULES`; "half-any" admits every rule for a 5.

    Rising, without a gap, and as good as a list: of a trillion people only the ends are kept,
    see `runs.Runs`. Empty where no whole number of people gives this percentage; `no_solution`
    says what would.
    Raises TypeError for a float, whose trailing zeros are already lost, and ValueError for
    text that is not a plain number or a base below 1.
    Method: Brown & Heathers (2017), doi:10.1177/1948550616673876.

    >>> possible_counts("17", n=205)
    [34, 35]
    >>> possible_counts("33.5", n=205)
    []
    """
    return Runs([count_range(printed_interval(printed, rounding), check_whole(n, "n", 1))])


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

    One row a solution, in rising order, one integer column an option. No row if the
    percentages have no joint solution; `attrs["reason"]` then says why, see `no_solution`.
    Raises TypeError or ValueError that names the argument, also if there are more than `limit`.

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
        empty = pd.DataFrame(columns=columns, dtype="int64")
        return with_reason(empty, printed, n, exhaustive, rounding)
    lows, highs = ends_of(count_ranges(printed, n, rounding))
    return pd.DataFrame(_solutions(lows, highs, int(n), exhaustive), columns=columns)


def number_of_vectors(
    printed: Sequence[str], n: int, exhaustive: bool = True, rounding: str = "half-any"
) -> int:
    """Return how many joint solutions a single-choice question has, without listing them.

    printed, n, exhaustive, rounding
        As for `possible_vectors`.

    Exact at any size; 0 if there is no joint solution. Raises TypeError or ValueError that names
    the argument.
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
    for width in (possible.stop - possible.start for possible in ranges):
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
