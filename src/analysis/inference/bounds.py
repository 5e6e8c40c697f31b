"""The ends of a statistic over all head-counts that a rounded print allows, as one answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.arguments import check_flag, check_whole
from analysis.counts.head_counts import count_ranges
from analysis.language.current import tr

# p-values that differ only by the rounding of the machine count as equal.
_EQUAL = 1 + 1e-9


@dataclass(frozen=True)
class Bounds:
    """The lowest and highest value of a statistic over all possible counts.

    quantity : str
        What is bounded, and by which method.
    level : float
        The level at which decisions were taken.
    low, high : float or None
        The ends; None if no head-counts give the printed percentages.
    counts_low, counts_high : tuple of int or None
        Counts of people that give each end, in the order of the percentages.
    decisions : tuple of str
        Every decision that some possible counts lead to.
    interval : tuple of float or None
        For a test of a difference: lowest and highest limit of the interval as well.
    note : str
        What speaks against the method at these counts; empty if nothing does.
    robust : bool or None
        Whether all possible counts lead to the same decision; None if there are none.

    >>> Bounds("p-value (pearson)", 0.95, 0.01, 0.2, (3,), (4,), ("differs", "does not differ"))
    Bounds(p-value (pearson): 0.01 to 0.2; depends on rounding)
    """

    quantity: str
    level: float
    low: float | None = None
    high: float | None = None
    counts_low: tuple[int, ...] | None = None
    counts_high: tuple[int, ...] | None = None
    decisions: tuple[str, ...] = ()
    interval: tuple[float, float] | None = None
    note: str = ""
    robust: bool | None = field(init=False)

    def __post_init__(self):
        robust = len(self.decisions) == 1 if self.decisions else None
        object.__setattr__(self, "robust", robust)

    @property
    def verdict(self) -> str:
        """Return the decision in words, or why there is none."""
        if self.robust is None:
            return "no head-count gives this"
        return self.decisions[0] if self.robust else "depends on rounding"

    def __str__(self) -> str:
        if self.low is None:
            return f"{self.quantity}: {self.verdict}"
        ends = f"{self.low:.4g}" if self.low == self.high else f"{self.low:.4g} to {self.high:.4g}"
        note = f" ({self.note})" if self.note else ""
        return f"{self.quantity}: {ends}; {self.verdict}{note}"

    def __repr__(self) -> str:
        return f"Bounds({self})"


def solution_box(
    printed: Sequence[str], n: int, exhaustive: bool, rounding: str
) -> tuple[list[int], list[int]] | None:
    """Return the least and greatest count of each option over all joint solutions.

    printed, n, exhaustive, rounding
        As for `multinomial_bounds`; if not exhaustive, the rest is one more option at the end.

    Each end belongs to a joint solution. None if there is none.

    >>> solution_box(["45", "28", "22", "4"], 109, exhaustive=False, rounding="half-any")
    ([49, 30, 24, 4, 1], [49, 31, 24, 4, 2])
    """
    n = check_whole(n, "n", 1)
    exhaustive = check_flag(exhaustive, "exhaustive")
    ranges = [*count_ranges(printed, n, rounding), *([] if exhaustive else [range(n + 1)])]
    if not all(ranges):
        return None
    lows, highs = np.array([(r[0], r[-1]) for r in ranges]).T
    if not lows.sum() <= n <= highs.sum():
        return None
    # An option takes no more than the others can leave, and no less than they must.
    least = np.maximum(lows, n - highs.sum() + highs)
    greatest = np.minimum(highs, n - lows.sum() + lows)
    return least.tolist(), greatest.tolist()


def p_value_bounds(
    quantity: str, level: float, low: tuple, high: tuple, interval=None, note: str = ""
) -> Bounds:
    """Return the bounds of a p-value, with the decisions whether there is a difference.

    low, high : tuple
        The lowest and the highest p-value, each with the counts that give it.

    >>> p_value_bounds("p-value", 0.95, (0.01, (3,)), (0.04, (4,))).robust
    True
    """
    differs = [p_value <= (1 - level) * _EQUAL for p_value, _ in (low, high)]
    words = {
        True: tr("differs at {level:g} %", level=100 * level),
        False: tr("does not differ at {level:g} %", level=100 * level),
    }
    decisions = tuple(words[d] for d in dict.fromkeys(differs))
    return Bounds(quantity, level, low[0], high[0], low[1], high[1], decisions, interval, note)
