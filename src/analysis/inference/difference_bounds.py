"""What rounding does to the difference of two shares: its test and its interval."""

import numpy as np

from analysis.arguments import check_fraction, check_whole
from analysis.counts.head_counts import count_ranges
from analysis.counts.rounding import parse_printed
from analysis.inference.bounds import Bounds, p_value_bounds
from analysis.inference.differences import (
    check_test,
    dependent_limits,
    difference_interval,
    least_expected,
    p_values,
)
from analysis.language.current import tr


def difference_bounds(
    printed1: str,
    n1: int,
    printed2: str,
    n2: int,
    test: str = "pearson",
    level: float = 0.95,
    rounding: str = "half-any",
) -> Bounds:
    """Return the lowest and highest p-value of a difference between shares of two samples.

    For two options of one question see `dependent_difference_bounds`.

    printed1, printed2 : str
        The percentages exactly as on the page, without the sign.
    n1, n2 : int
        The bases: different people. At least 1.
    test : str
        One of `differences.TESTS`.
    level : float
        The decision is "differs" for a p-value up to 1 - level.
    rounding : str
        One of `rounding.RULES`.

    `interval` holds the lowest and highest limit of Newcombe's interval of first minus
    second share. Empty bounds mean that no whole numbers of people give the percentages.

    Not every pair of counts is tried. Among those with the same total, the evidence grows
    with the distance from equal shares, so for each total it is enough to try both ends
    and the counts next to equality. Newcombe's limits grow with the first count and fall
    with the second.

    >>> difference_bounds("33", 109, "32", 109)
    Bounds(p-value (pearson): 0.8851; does not differ at 95 %)
    """
    check_test(test)
    check_fraction(level, "level")
    quantity = tr("p-value ({test})", test=test)
    first = _possible(printed1, "printed1", n1, "n1", rounding)
    second = _possible(printed2, "printed2", n2, "n2", rounding)
    if not first or not second:
        return Bounds(quantity, level)
    far, near = _by_total(first, n1, second, n2)
    low, high = _extreme(far, n1, n2, test, np.argmin), _extreme(near, n1, n2, test, np.argmax)
    interval = (
        difference_interval(first[0], n1, second[-1], n2, level)[0],
        difference_interval(first[-1], n1, second[0], n2, level)[1],
    )
    # The expected counts are least where the total is at one of its ends.
    totals = [(first[0], second[0]), (first[-1], second[-1])]
    least = min(least_expected(a, n1, b, n2) for a, b in totals)
    rough = least < {"pearson": 5, "n-1": 1, "fisher": 0}[test]
    note = tr("rough: least expected count {least:.2g}", least=least) if rough else ""
    return p_value_bounds(quantity, level, low, high, interval, note)


def dependent_difference_bounds(
    printed1: str, printed2: str, n: int, level: float = 0.95, rounding: str = "half-any"
) -> Bounds:
    """Return the lowest and highest limit of the difference of two options of one question.

    printed1, printed2 : str
        The percentages exactly as on the page, without the sign.
    n : int
        The base of the question, in people; each chose one option. At least 1.
    level : float
        The confidence level of `differences.dependent_difference_interval`.
    rounding : str
        One of `rounding.RULES`.

    The difference is first minus second share; the decision is whether the interval leaves
    out 0. Empty bounds mean that no whole numbers of people give the percentages.

    The lower limit is a convex function of the counts. For each first count its least
    value over the second count is found by halving; its greatest is at a corner of the
    possible counts. The upper limit is the lower one with the options swapped.

    >>> dependent_difference_bounds("33", "32", n=109)
    Bounds(95 % interval of the difference (bonett-price): -0.1418 to 0.1599; does not differ)
    """
    check_fraction(level, "level")
    quantity = tr("{level:g} % interval of the difference (bonett-price)", level=100 * level)
    first = _possible(printed1, "printed1", n, "n", rounding)
    second = _possible(printed2, "printed2", n, "n", rounding)
    if not first or not second or first[0] + second[0] > n:
        return Bounds(quantity, level)
    low, at_low, greatest_low = _lower_limits(first, second, n, level)
    minus_high, at_high, minus_least_high = _lower_limits(second, first, n, level)
    decisions = {
        "first is higher": greatest_low > 0,
        "second is higher": minus_least_high > 0,
        "does not differ": not (low > 0 or minus_high > 0),
    }
    return Bounds(
        quantity,
        level,
        low,
        -minus_high,
        at_low,
        at_high[::-1],
        tuple(words for words, occurs in decisions.items() if occurs),
    )


def _possible(printed: str, name: str, n: int, n_name: str, rounding: str) -> range:
    """Return the possible counts of one of two shares; errors name its own arguments."""
    parse_printed(printed, name)
    return count_ranges([printed], check_whole(n, n_name, 1), rounding)[0]


def _by_total(first: range, n1: int, second: range, n2: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs farthest from and nearest to equal shares, for each total of the counts."""
    totals = np.arange(first[0] + second[0], first[-1] + second[-1] + 1)
    least = np.maximum(first[0], totals - second[-1])
    greatest = np.minimum(first[-1], totals - second[0])
    equal = totals * n1 // (n1 + n2)
    # Pearson's nearest is one of the counts around equality, Fisher's the likeliest one.
    likeliest = (totals + 1) * (n1 + 1) // (n1 + n2 + 2)
    around = [np.clip(count, least, greatest) for count in (equal, equal + 1, likeliest)]
    far, near = (
        np.concatenate([np.stack([count, totals - count], axis=1) for count in counts])
        for counts in ([least, greatest], around)
    )
    return far, near


def _extreme(pairs: np.ndarray, n1: int, n2: int, test: str, which) -> tuple:
    values = p_values(pairs[:, 0], n1, pairs[:, 1], n2, test)
    place = which(values)
    return float(values[place]), tuple(pairs[place].tolist())


def _lower_limits(first: range, second: range, n: int, level: float) -> tuple:
    """Return the least lower limit, its counts, and the greatest lower limit."""
    ours = np.arange(first[0], min(first[-1], n - second[0]) + 1)
    most = np.minimum(second[-1], n - ours)
    low, high = np.full_like(ours, second[0]), most.copy()
    while (low < high).any():
        middle = (low + high) // 2
        here, beyond = (dependent_limits(ours, middle + step, n, level)[0] for step in (0, 1))
        rises = beyond >= here
        low = np.where(rises, low, np.minimum(middle + 1, high))
        high = np.where(rises, middle, high)
    limits = dependent_limits(ours, low, n, level)[0]
    place = int(np.argmin(limits))
    ends = [dependent_limits(ours, theirs, n, level)[0] for theirs in (second[0], most)]
    return float(limits[place]), (int(ours[place]), int(low[place])), float(np.max(ends))
