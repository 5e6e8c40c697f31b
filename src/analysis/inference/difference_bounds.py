"""What rounding does to the difference of two shares: its test and its interval."""

import math

import numpy as np
from scipy.stats import norm

from analysis.arguments import check_level, check_whole
from analysis.counts.ranges import count_ranges
from analysis.counts.reasons import NoSolution, no_solution
from analysis.counts.rounding import parse_printed
from analysis.inference.bounds import EQUAL, Bounds, p_value_bounds
from analysis.inference.differences import (
    LEAST_EXPECTED,
    check_test,
    dependent_limits,
    difference_interval,
    least_expected,
    p_values,
)
from analysis.inference.fisher_bounds import fisher_ends
from analysis.inference.nearest_shares import nearest_pairs


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
    second share. Empty bounds mean that no whole numbers of people give the percentages;
    `reason` says why. Raises TypeError or ValueError that names the argument.

    Not every pair of counts is tried. The signed root of chi-square grows with the first
    count and falls with the second, so two corners have its ends; where they differ in sign,
    the counts nearest to equal shares are found as in `nearest_shares.nearest_pairs`.
    For Fisher's test see `fisher_bounds.fisher_ends`; where too many tables would have to be
    tried, it is refused.
    Newcombe's limits grow with the first count and fall with the second.

    >>> difference_bounds("33", 109, "32", 109)
    Bounds(p-value (pearson): 0.8851; does not differ at 95 %)
    """
    check_test(test)
    level = check_level(level)
    first, why1 = _possible(printed1, "printed1", n1, "n1", rounding)
    second, why2 = _possible(printed2, "printed2", n2, "n2", rounding)
    if why1 or why2:
        return Bounds("p-value", level, method=test, reason=why1 or why2)
    return bounds_of_counts(first, n1, second, n2, test, level)


def bounds_of_counts(
    first: range, n1: int, second: range, n2: int, test: str, level: float
) -> Bounds:
    """Return the bounds of a difference between two samples whose counts lie in two ranges.

    first, second : range
        The possible counts of people, one or more each; a known count is a range of one.
    n1, n2, test, level
        As for `difference_bounds`, checked before.

    >>> bounds_of_counts(range(40, 41), 100, range(49, 52), 100, "pearson", 0.95)
    Bounds(p-value (pearson): 0.1183 to 0.2003; does not differ at 95 %)
    """
    if test == "fisher":
        low, high = fisher_ends(first, n1, second, n2)
    else:
        low, high = _chi_square_ends(first, n1, second, n2, test)
    # The expected counts are least where the total is at one of its ends.
    totals = [(first[0], second[0]), (first[-1], second[-1])]
    least = min(least_expected(a, n1, b, n2) for a, b in totals)
    return p_value_bounds(
        level,
        low,
        high,
        test,
        interval=(
            difference_interval(first[0], n1, second[-1], n2, level)[0],
            difference_interval(first[-1], n1, second[0], n2, level)[1],
        ),
        least_expected=least if least < LEAST_EXPECTED[test] else None,
        interval_disagrees=any(_disagree(*end, n1, n2, level) for end in (low, high)),
    )


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
    out 0. Empty bounds mean that no whole numbers of people give the percentages; `reason` says
    why. Raises TypeError or ValueError that names the argument.

    The lower limit is a convex function of the counts. For each first count its least
    value over the second count is found by halving; its greatest is at a corner of the
    possible counts. From 18 z^2 people on it rises with the first count, so no more of those
    are tried (below, the interval may widen faster than it moves). The upper limit is the
    lower one with the options swapped.

    >>> dependent_difference_bounds("33", "32", n=109)
    Bounds(95 % interval of the difference (bonett-price): -0.1418 to 0.1599; does not differ)
    """
    level = check_level(level)
    quantity, method = "interval of the difference", "bonett-price"
    first, why1 = _possible(printed1, "printed1", n, "n", rounding)
    second, why2 = _possible(printed2, "printed2", n, "n", rounding)
    why = why1 or why2 or no_solution([printed1, printed2], n, False, rounding)
    if why:
        return Bounds(quantity, level, method=method, reason=why)
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
        tuple(code for code, occurs in decisions.items() if occurs),
        method=method,
    )


def _possible(
    printed: str, name: str, n: int, n_name: str, rounding: str
) -> tuple[range, NoSolution | None]:
    """Return the possible counts of one of two shares; errors name its own arguments."""
    parse_printed(printed, name)
    n = check_whole(n, n_name, 1)
    return count_ranges([printed], n, rounding)[0], no_solution(printed, n, rounding=rounding)


def _disagree(p_value: float, counts: tuple[int, int], n1: int, n2: int, level: float) -> bool:
    low, high = difference_interval(counts[0], n1, counts[1], n2, level)
    return (p_value <= (1 - level) * EQUAL) != (low > 0 or high < 0)


def _chi_square_ends(first: range, n1: int, second: range, n2: int, test: str) -> tuple:
    """Return the lowest and the highest p-value, each with its counts."""
    up, down = (first[-1], second[0]), (first[0], second[-1])
    low = _extreme(np.array([up, down]), n1, n2, test, np.argmin)
    if down[0] * n2 < down[1] * n1 and up[0] * n2 > up[1] * n1:
        near = _near_equality(first, n1, second, n2)
    else:
        near = np.array([up, down])
    return low, _extreme(near, n1, n2, test, np.argmax)


def _near_equality(first: range, n1: int, second: range, n2: int) -> np.ndarray:
    """Return pairs nearest to equal shares; those with the greater first share come first."""
    if len(first) > len(second):
        return _near_equality(second, n2, first, n1)[:, ::-1]
    step1, step2 = n1 // math.gcd(n1, n2), n2 // math.gcd(n1, n2)
    equal = max(-(-first[0] // step1), -(-second[0] // step2))
    if equal * step1 <= first[-1] and equal * step2 <= second[-1]:
        return np.array([[equal * step1, equal * step2]])
    pairs = nearest_pairs(first, n1, second, n2)
    return np.array(sorted(set(pairs), key=lambda pair: (pair[0] * n2 < pair[1] * n1, pair)))


def _extreme(pairs: np.ndarray, n1: int, n2: int, test: str, which) -> tuple:
    values = p_values(pairs[:, 0], n1, pairs[:, 1], n2, test)
    place = which(values)
    return float(values[place]), tuple(pairs[place].tolist())


def _lower_limits(first: range, second: range, n: int, level: float) -> tuple:
    """Return the least lower limit, its counts, and the greatest lower limit."""
    last = min(first[-1], n - second[0])
    ours = np.array(range(first[0], min(last, max(first[0], _narrowest(level))) + 1))
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
    # Three lines bound the counts above: the second at its greatest, all people, the first.
    bend = min(max(first[0], n - second[-1]), last)
    corners = [(a, b) for a in (first[0], bend, last) for b in (second[0], min(second[-1], n - a))]
    greatest = max(float(dependent_limits(*corner, n, level)[0]) for corner in corners)
    return float(limits[place]), (int(ours[place]), int(low[place])), greatest


def _narrowest(level: float) -> int:
    """Return the first count from which on the lower limit rises with it, whatever the second.

    With shares p and q, d = p - q and V = p + q - d^2, its slope has the sign of
    2 sqrt(V) - k (1 - 2d), k^2 = z^2 / (n + 2), which can be negative only where V < 9 k^2 / 4.
    As V >= (p + q)(1 - p - q) + 4 p q, then p + q < 9 k^2 / 2 or p < 9 k^2 / 4, both below
    18 z^2 people, or d > 1/2, where the slope is positive, provided that 18 k^2 <= 1; else there
    are no more people than that.
    """
    return math.ceil(18 * float(norm.isf((1 - level) / 2)) ** 2)
