"""What rounding does to a table of several groups: chi-square and the strength of association."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import chi2

from analysis.arguments import check_level, check_sequence, check_whole
from analysis.counts.head_counts import number_of_vectors, possible_vectors
from analysis.counts.reasons import no_solution
from analysis.counts.rounding import printed_intervals
from analysis.inference.bounds import Bounds, BoundsList, p_value_bounds

_AT_ONCE = 50_000  # tables
_QUANTITIES = {"chi-square": "pearson", "p-value": "pearson", "Cramer's V": ""}


def cross_table_bounds(
    groups: Sequence[Sequence[str]],
    sizes: Sequence[int],
    level: float = 0.95,
    rounding: str = "half-any",
    limit: int = 1_000_000,
) -> list[Bounds]:
    """Return the bounds of chi-square, its p-value and Cramer's V for a table of several groups.

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

    Three `Bounds` over every table of whole people: Pearson's chi-square, its p-value, and as
    effect size Cramer's V (0: the groups answer alike, 1: the group says the answer). Counts are
    those of the first group, then of the second, and so on. All are empty if a group has no joint
    solution. An option that nobody chose in any group is left out of a table. Raises TypeError or
    ValueError that names the argument.
    Method: Pearson's chi-square with (r - 1)(c - 1) degrees of freedom; Cramer (1946),
    Mathematical Methods of Statistics, section 21.9.

    >>> for bounds in cross_table_bounds([["60", "40"], ["30", "70"]], [40, 50]):
    ...     print(bounds)
    chi-square: 8.145
    p-value (pearson): 0.004318; differs at 95 %
    Cramer's V: 0.3008
    """
    level, limit = check_level(level), check_whole(limit, "limit", 1)
    groups, sizes = _checked(groups, sizes, rounding)
    questions = [(printed, n, True, rounding) for printed, n in zip(groups, sizes, strict=True)]
    why = next(filter(None, (no_solution(*question) for question in questions)), None)
    if why:
        empty = _QUANTITIES.items()
        return BoundsList(Bounds(q, level, method=method, reason=why) for q, method in empty)
    tables = math.prod(number_of_vectors(*question) for question in questions)
    if tables > limit:
        raise ValueError(f"limit: wanted at least {tables:,}, the possible tables; got {limit:,}")
    found = list(_extremes([possible_vectors(*each, limit).to_numpy() for each in questions]))
    ends = {name: _ends(found, name) for name in ("statistic", "p_value", "strength")}
    least = min(each.least_expected for each in found)
    p_value = p_value_bounds(
        level, *ends["p_value"], "pearson", least_expected=least if least < 5 else None
    )
    (low, at_low), (high, at_high) = ends["statistic"]
    statistic = Bounds("chi-square", level, low, high, at_low, at_high, method="pearson")
    (low, at_low), (high, at_high) = ends["strength"]
    strength = Bounds("Cramer's V", level, low, high, at_low, at_high)
    return BoundsList([statistic, p_value, strength])


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
        options = len(printed_intervals(printed, rounding, f"groups[{place}]"))
        if options < 2 or options != len(groups[0]):
            raise ValueError(
                f"groups[{place}]: wanted two options or more, the same in each group; "
                f"got {options}"
            )
    return [list(printed) for printed in groups], sizes


class _Table(NamedTuple):
    """A possible table; `fewer` is one less than its rows or columns, whichever are fewer."""

    statistic: float
    freedom: int
    fewer: int
    least_expected: float
    counts: tuple[int, ...]

    @property
    def p_value(self) -> float:
        return float(chi2.sf(self.statistic, self.freedom)) if self.freedom else 1.0

    @property
    def strength(self) -> float:
        most = sum(self.counts) * self.fewer
        return min(1.0, math.sqrt(self.statistic / most)) if most else 0.0


def _ends(tables: list[_Table], name: str) -> list[tuple[float, tuple[int, ...]]]:
    """Return the lowest and highest value of a property, each with the counts of its table."""
    values = [(getattr(table, name), table.counts) for table in tables]
    return [which(values, key=lambda each: each[0]) for which in (min, max)]


def _extremes(rows: list[np.ndarray]) -> Iterator[_Table]:
    """Yield tables of the least and greatest chi-square, for each number of options chosen.

    rows : list of numpy.ndarray
        The possible counts of each group, one row a solution. Every combination is tried, since
        the least chi-square of whole people need not lie next to that of fractions.
    """
    shape = [len(each) for each in rows]
    for start in range(0, math.prod(shape), _AT_ONCE):
        numbers = np.arange(start, min(start + _AT_ONCE, math.prod(shape)))
        places = np.unravel_index(numbers, shape)
        tables = np.stack([r[place] for r, place in zip(rows, places, strict=True)], axis=1)
        statistics, columns, least = _chi_squares(tables)
        for chosen in np.unique(columns).tolist():
            here = np.flatnonzero(columns == chosen)
            fewer, freedom = min(len(rows), chosen) - 1, (len(rows) - 1) * (chosen - 1)
            for which in (np.argmin, np.argmax):
                place = here[which(statistics[here])]
                counts = tuple(tables[place].ravel().tolist())
                yield _Table(float(statistics[place]), freedom, fewer, least, counts)


def _chi_squares(tables: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return chi-square and the options chosen of each table, and the least expected count."""
    groups, options = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    expected = groups * (options / groups.sum(axis=1, keepdims=True))
    shares = (tables - expected) ** 2 / np.where(expected > 0, expected, 1)
    chosen = (options > 0).sum(axis=(1, 2))
    return shares.sum(axis=(1, 2)), chosen, float(expected[expected > 0].min())
