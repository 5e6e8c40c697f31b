"""What rounding does to a table of several groups: chi-square and the strength of association."""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from scipy.stats import chi2

from analysis.arguments import check_level, check_sequence, check_whole
from analysis.counts.head_counts import number_of_vectors, possible_vectors
from analysis.counts.reasons import no_solution
from analysis.counts.rounding import printed_intervals
from analysis.inference.bounds import Bounds, BoundsList, p_value_bounds


def cross_table_bounds(
    groups: Sequence[Sequence[str]],
    sizes: Sequence[int],
    level: float = 0.95,
    rounding: str = "half-any",
    limit: int = 1_000_000,
) -> list[Bounds]:
    """Return the bounds of Pearson's p-value and of Cramer's V for a table of several groups.

    groups : sequence of sequences of str
        For each group the percentages of all options of a single-choice question, in the same
        order, without the sign; two groups and two options at least.
    sizes : sequence of int
        The base of each group, in people: different people in each.
    level : float
        The decision is "differs" for a p-value up to 1 - level.
    rounding : str
        One of `rounding.RULES`.
    limit : int
        The most tables to try.

    Two `Bounds` over every table of whole people: the p-value, then Cramer's V (0: the groups
    answer alike, 1: the group says the answer). Counts are those of the first group, then of
    the second, and so on. Both are empty if a group has no joint solution. An option that
    nobody chose in any group is left out of a table. Raises TypeError or ValueError that names the
    argument.
    Method: Pearson's chi-square with (r - 1)(c - 1) degrees of freedom; Cramer (1946),
    Mathematical Methods of Statistics, section 21.9.

    >>> for bounds in cross_table_bounds([["60", "40"], ["30", "70"]], [40, 50]):
    ...     print(bounds)
    p-value (pearson): 0.004318; differs at 95 %
    Cramer's V: 0.3008
    """
    level, limit = check_level(level), check_whole(limit, "limit", 1)
    groups, sizes = _checked(groups, sizes, rounding)
    for printed, n in zip(groups, sizes, strict=True):
        why = no_solution(printed, n, True, rounding)
        if why:
            empty = ("p-value", "pearson"), ("Cramer's V", "")
            return BoundsList(Bounds(q, level, method=m, reason=why) for q, m in empty)
    tables = math.prod(
        number_of_vectors(printed, n, True, rounding)
        for printed, n in zip(groups, sizes, strict=True)
    )
    if tables > limit:
        raise ValueError(f"limit: wanted at least {tables:,}, the possible tables; got {limit:,}")
    found = [
        _statistics(np.array(rows))
        for rows in product(
            *(
                possible_vectors(printed, n, True, rounding, limit).to_numpy()
                for printed, n in zip(groups, sizes, strict=True)
            )
        )
    ]
    p_low, p_high = (which(found, key=lambda each: each[0]) for which in (min, max))
    v_low, v_high = (which(found, key=lambda each: each[1]) for which in (min, max))
    least = min(each[2] for each in found)
    p_value = p_value_bounds(
        level,
        (p_low[0], p_low[3]),
        (p_high[0], p_high[3]),
        "pearson",
        least_expected=least if least < 5 else None,
    )
    strength = Bounds("Cramer's V", level, v_low[1], v_high[1], v_low[3], v_high[3])
    return BoundsList([p_value, strength])


def _checked(groups, sizes, rounding: str) -> tuple[list[list[str]], list[int]]:
    groups = check_sequence(groups, "groups", 'shares, such as [["60", "40"], ["30", "70"]]')
    sizes = check_sequence(sizes, "sizes", "whole numbers, such as [40, 50]")
    if len(groups) < 2 or len(groups) != len(sizes):
        raise ValueError(
            f"groups: wanted two groups or more, each with one of sizes; "
            f"got {len(groups)} and {len(sizes)}"
        )
    sizes = [check_whole(n, f"sizes[{place}]", 1) for place, n in enumerate(sizes)]
    for place, printed in enumerate(groups):
        try:
            options = len(printed_intervals(printed, rounding))
        except (TypeError, ValueError) as error:
            if str(error).startswith("printed"):
                message = str(error).replace("printed", f"groups[{place}]", 1)
                raise type(error)(message) from None
            raise
        if options < 2 or options != len(groups[0]):
            raise ValueError(
                f"groups[{place}]: wanted two options or more, the same in each group; "
                f"got {options}"
            )
    return [list(printed) for printed in groups], sizes


def _statistics(table: np.ndarray) -> tuple[float, float, float, tuple[int, ...]]:
    """Return p-value, Cramer's V, the least expected count and the counts of one table."""
    counts = tuple(map(int, table.ravel()))
    table = table[:, table.sum(axis=0) > 0]
    rows, columns = table.shape
    if columns < 2:
        return 1.0, 0.0, float(table.sum(axis=1).min()), counts
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    freedom, fewer = (rows - 1) * (columns - 1), min(rows, columns) - 1
    strength = min(1.0, math.sqrt(statistic / (table.sum() * fewer)))
    return float(chi2.sf(statistic, freedom)), strength, float(expected.min()), counts
