"""Two shares side by side: intervals and tests of their difference."""

import math
import warnings

import numpy as np
from scipy.stats import chi2, norm

from analysis.arguments import MethodWarning, check_choice, check_count, check_level, check_whole
from analysis.inference.hypergeometric import beyond, likeliest, log_chance
from analysis.inference.intervals import proportion_interval

TESTS = ("pearson", "fisher", "n-1")
# Where a cell's expected count is below these, the test is rough.
LEAST_EXPECTED = {"pearson": 5, "n-1": 1, "fisher": 0}

# Two tables are equally likely if their chances agree to this many digits, as in R.
EQUALLY_LIKELY = 1e-7


def difference_interval(
    count1: int,
    n1: int,
    count2: int,
    n2: int,
    level: float = 0.95,
    method: str = "newcombe",
) -> tuple[float, float]:
    """Return the confidence interval of the difference between shares of two samples.

    count1, count2 : int
        How many people of each sample chose the answer.
    n1, n2 : int
        The bases: different people. At least 1.
    level : float
        The confidence level, such as 0.95.
    method : str
        "newcombe".

    The limits of first minus second share, as fractions between -1 and 1. For two options
    of one question see `dependent_difference_interval`. Raises TypeError or ValueError that
    names the argument.
    Method: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    >>> low, high = difference_interval(56, 70, 48, 80)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    count1, n1, count2, n2 = _two_samples(count1, n1, count2, n2)
    level = check_level(level)
    check_choice(method, "method", ("newcombe",))
    low1, high1 = proportion_interval(count1, n1, level)
    low2, high2 = proportion_interval(count2, n2, level)
    p1, p2 = count1 / n1, count2 / n2
    low = p1 - p2 - math.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + math.hypot(high1 - p1, p2 - low2)
    return max(-1.0, low), min(1.0, high)


def dependent_difference_interval(
    count1: int, count2: int, n: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the confidence interval of the difference between two options of one question.

    count1, count2 : int
        How many of the same `n` people chose each option, one option a person.
    n : int
        The base of the question, in people. At least 1.
    level : float
        The confidence level, such as 0.95.

    The limits of first minus second share, as fractions between -1 and 1. Whoever chooses
    one option does not choose the other, so the variance is the multinomial
    (p1 + p2 - (p1 - p2)^2) / n. One person is added to each of the two options (two to the
    base), which keeps the interval from shrinking to a point at 0. Raises TypeError or
    ValueError that names the argument.
    Method: Bonett & Price (2012), doi:10.3102/1076998611411915.

    >>> low, high = dependent_difference_interval(125, 82, n=299)
    >>> round(low, 4), round(high, 4)
    (0.0501, 0.2356)
    """
    n = check_whole(n, "n", 1)
    count1 = check_count(count1, n, "count1", "n")
    count2 = check_count(count2, n - count1, "count2", "n-count1")
    level = check_level(level)
    low, high = dependent_limits(count1, count2, n, level)
    return float(low), float(high)


def difference_test(count1: int, n1: int, count2: int, n2: int, test: str = "pearson") -> float:
    """Return the two-sided p-value that shares of two samples are equal.

    count1, n1, count2, n2
        As for `difference_interval`.
    test : str
        One of TESTS: Pearson's chi-square without continuity correction, Fisher's exact test
        (all tables that are no more likely), or Pearson's with N - 1 in place of N.

    1 where nobody, or everybody, chose the answer. Raises TypeError or ValueError that names
    the argument; warns with MethodWarning where a cell's expected count is below 5
    ("pearson") or below 1 ("n-1").
    Methods: Fagerland, Lydersen & Laake (2017), Statistical Analysis of Contingency Tables,
    chapter 4; Campbell (2007), doi:10.1002/sim.2832.

    >>> round(difference_test(3, 4, 1, 4, test="fisher"), 4)
    0.4857
    """
    count1, n1, count2, n2 = _two_samples(count1, n1, count2, n2)
    check_test(test)
    least = least_expected(count1, n1, count2, n2)
    if least < LEAST_EXPECTED[test]:
        warnings.warn(
            f"{test}: not valid where a cell's expected count is {least:.2g}; use fisher",
            MethodWarning,
            stacklevel=2,
        )
    return float(p_values(np.array([count1]), n1, np.array([count2]), n2, test)[0])


def check_test(test: str) -> None:
    """Raise ValueError unless `test` is one of TESTS.

    >>> check_test("fisher")
    """
    check_choice(test, "test", TESTS)


def least_expected(count1: int, n1: int, count2: int, n2: int) -> float:
    """Return the least expected count of the two-by-two table, were the shares equal.

    >>> least_expected(7, 34, 1, 34)
    4.0
    """
    chosen = count1 + count2
    return min(n1, n2) * min(chosen, n1 + n2 - chosen) / (n1 + n2)


def p_values(counts1: np.ndarray, n1: int, counts2: np.ndarray, n2: int, test: str) -> np.ndarray:
    """Return the p-values of many tables with the same bases, see `difference_test`.

    counts1, counts2 : numpy.ndarray of int
        The counts, one pair a table.

    >>> p_values(np.array([3, 0]), 4, np.array([1, 0]), 4, "pearson").round(4).tolist()
    [0.1573, 1.0]
    """
    if test == "fisher":
        return _fisher(counts1, n1, counts2, n2)
    if (n1 + n2) ** 2 >= 2**62:  # Python's own integers, where 64 bits could overflow
        counts1, counts2 = counts1.astype(object), counts2.astype(object)
    total, chosen = n1 + n2, counts1 + counts2
    # Whole-number arithmetic until here; the rest may be rounded.
    gap = (counts1 * n2 - counts2 * n1).astype(float)
    spread = np.maximum(chosen * (total - chosen), 1).astype(float)
    factor = total if test == "pearson" else total - 1
    return chi2.sf(factor * gap**2 / (float(n1) * n2 * spread), 1)


def dependent_limits(count1, count2, n: int, level: float):
    """Return the limits of Bonett & Price; the counts may be arrays.

    >>> [round(float(limit), 3) for limit in dependent_limits(0, 0, 10, 0.95)]
    [-0.231, 0.231]
    """
    p1, p2 = (count1 + 1) / (n + 2), (count2 + 1) / (n + 2)
    half = norm.isf((1 - level) / 2) * np.sqrt((p1 + p2 - (p1 - p2) ** 2) / (n + 2))
    return np.maximum(p1 - p2 - half, -1.0), np.minimum(p1 - p2 + half, 1.0)


def _two_samples(count1: int, n1: int, count2: int, n2: int) -> tuple[int, int, int, int]:
    n1, n2 = check_whole(n1, "n1", 1), check_whole(n2, "n2", 1)
    return check_count(count1, n1, "count1", "n1"), n1, check_count(count2, n2, "count2", "n2"), n2


def _fisher(counts1: np.ndarray, n1: int, counts2: np.ndarray, n2: int) -> np.ndarray:
    """Return Fisher's exact p-values: one tail by its sum, the other from where it is as unlikely.

    Mirrored tables are swapped, so that the first share is never the smaller one.
    """
    if (n1 + n2) ** 2 >= 2**62:  # Python's own integers, where 64 bits could overflow
        counts1, counts2 = counts1.astype(object), counts2.astype(object)
    total, chosen = n1 + n2, counts1 + counts2
    swap = (counts1 * n2 < counts2 * n1).astype(bool)
    ours, size = np.where(swap, counts2, counts1), np.where(swap, n2, n1)
    table = size, total - size, chosen
    as_likely = log_chance(ours, *table) + EQUALLY_LIKELY
    # The chances rise up to the mode: halve the range below it for the last one that is as low.
    mode, least = likeliest(*table), np.maximum(0, chosen - (total - size))
    low, high = least - 1, mode - 1
    while (low < high).any():
        middle = (low + high + 1) // 2
        fits = log_chance(np.maximum(middle, least), *table) <= as_likely
        low, high = np.where(fits, middle, low), np.where(fits, high, middle - 1)
    chances = [np.exp(log_chance(np.maximum(count, least), *table)) for count in (ours, low)]
    columns = (np.asarray(column).tolist() for column in (ours, low, mode, *table, *chances))
    return np.array([_both_tails(*row) for row in zip(*columns, strict=True)])


def _both_tails(ours, low, mode, size, rest, chosen, here, there) -> float:
    if ours == mode:
        return 1.0
    p_value = here * (1 + beyond(ours, size, rest, chosen))
    if low >= max(0, chosen - rest):
        p_value += there * (1 + beyond(chosen - low, rest, size, chosen))
    return min(p_value, 1.0)
