"""Confidence intervals for one share and for all shares of a question, with the base in people."""

import warnings
from collections.abc import Sequence

import numpy as np
from scipy.stats import beta, chi2
from statsmodels.stats.proportion import proportion_confint

from analysis.arguments import (
    MethodWarning,
    check_choice,
    check_count,
    check_level,
    check_sequence,
    check_whole,
)
from analysis.failures import quoted
from analysis.inference.hypergeometric import tails
from analysis.inference.sison_glaz import sison_glaz

METHODS = ("wilson", "wilson-cc", "clopper-pearson", "jeffreys", "agresti-coull", "wald")
MULTINOMIAL_METHODS = ("goodman", "sison-glaz")

# Tails that differ only by the rounding of the machine count as equal.
_EQUAL = 1 + 1e-9


def proportion_interval(
    count: int,
    n: int,
    level: float = 0.95,
    method: str = "wilson",
    population: int | None = None,
) -> tuple[float, float]:
    """Return the confidence interval of a share, as fractions between 0 and 1.

    count : int
        How many people chose the answer.
    n : int
        The base: how many people were asked. At least 1.
    level : float
        The confidence level, such as 0.95.
    method : str
        One of METHODS, or "hypergeometric", which is exact for a sample without
        replacement and needs `population`.
    population : int
        How many people the sample was drawn from; without it, the population counts as
        endless. At least `n`.

    With a population every method uses the survey form of the finite population
    correction, the variance (1 - n/N) p (1 - p) / (n - 1). It enters through the effective
    sample size (n - 1) / (1 - n/N), which takes the place of `n`, while p = count/n stays:
    Wald's interval then has exactly that variance. (The other formula of this name, with
    (N - n)/(N - 1) and n, is for a share known in advance, as in `sample_size`.) The
    continuity correction stays half a person of the sample. A census has the limits (p, p);
    one person out of more has (0, 1), as one observation shows no variance.

    In every method the lower limit is 0 at count 0 and the upper limit 1 at count `n`. With a
    population no method is exact but "hypergeometric", "clopper-pearson" included: it keeps
    its level only where the sample is a small part of the population. Raises TypeError or
    ValueError that names the argument; warns with MethodWarning where Wald's interval has
    fewer than 5 people on one side, or where "clopper-pearson" has a sample of more than a
    tenth of its population.

    Methods: Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286; "wilson-cc" is method 4
    of Newcombe (1998), Statistics in Medicine 17, 857-872. Correction: Cochran (1977),
    Sampling Techniques, section 3.3; effective sample size: Korn & Graubard (1998), Survey
    Methodology 24, 193-201. Hypergeometric: Buonaccorsi (1987), The American
    Statistician 41, 215-218.

    >>> low, high = proportion_interval(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    level, population = check_method(n, level, method, population)
    count = check_count(count, n, "count", "n")
    if population == n:
        return count / n, count / n
    if method == "wald" and min(count, n - count) < 5:
        warnings.warn(
            f"wald: not valid for {count} of {n}, fewer than 5 on one side; use wilson",
            MethodWarning,
            stacklevel=2,
        )
    if method == "clopper-pearson" and population is not None and 10 * n > population:
        warnings.warn(
            f"clopper-pearson: not exact for {n} of {population} people, more than a tenth; "
            "use hypergeometric",
            MethodWarning,
            stacklevel=2,
        )
    if method == "hypergeometric":
        return _hypergeometric(count, n, level, population)
    if population is None:
        return _binomial(count, n, 1.0, level, method)
    if n == 1:
        return 0.0, 1.0
    return _binomial(count, n, _corrected(n, n, population) / n, level, method)


def limits_of_share(
    share: float, n: int, effective: float, level: float, method: str, population: int | None
) -> tuple[float, float]:
    """Return the limits of the share of `n` people who tell as much as an `effective` number.

    share : float
        From 0 to 1.
    effective : float
        People, above 0; no whole number is asked for.
    n, level, method, population
        As for `proportion_interval`, checked before.

    >>> limits_of_share(0.5, 50, 40.0, 0.95, "wilson", 50)
    (0.5, 0.5)
    """
    if population is None:
        return _binomial(share * effective, effective, 1.0, level, method)
    if population == n:
        return share, share
    if effective <= 1:
        return 0.0, 1.0
    scale = _corrected(effective, n, population) / effective
    return _binomial(share * effective, effective, scale, level, method)


def _corrected(effective: float, n: int, population: int) -> float:
    """Return the effective size after the finite population correction, see the docstring above.

    Exact up to one division: 1 - n/N would lose digits.
    """
    return (effective - 1) * population / (population - n)


def multinomial_interval(
    counts: Sequence[int], level: float = 0.95, method: str = "goodman"
) -> np.ndarray:
    """Return simultaneous confidence intervals for all shares of a single-choice question.

    counts : sequence of int
        How many people chose each option; at least two options, and all answers, so that
        the counts add up to the base.
    level : float
        The chance that all intervals together cover the true shares.
    method : str
        One of MULTINOMIAL_METHODS.

    One row an option: lower and upper limit, as fractions. Raises TypeError or ValueError
    that names the argument; warns with MethodWarning where Sison-Glaz has fewer than seven
    options, or fewer than five people an option.
    Methods: Goodman (1965), doi:10.1080/00401706.1965.10490252; Sison & Glaz (1995),
    doi:10.1080/01621459.1995.10476521.

    >>> multinomial_interval([91, 49, 37, 43]).round(3)[0].tolist()
    [0.334, 0.498]
    """
    counts = check_sequence(counts, "counts", "whole numbers, such as [91, 49]")
    people = [check_whole(count, f"counts[{place}]", 0) for place, count in enumerate(counts)]
    if len(people) < 2 or sum(people) == 0:
        raise ValueError(f"counts: wanted two options or more and an answer; got {quoted(people)}")
    level = check_level(level)
    check_choice(method, "method", MULTINOMIAL_METHODS)
    if method == "goodman":
        return _goodman(people, level)
    few = len(people) < 7
    if few or sum(people) < 5 * len(people):
        short = f"fewer than five answers an option ({sum(people)} for {len(people)})"
        why = f"{len(people)} options, fewer than seven" if few else short
        warnings.warn(f"sison-glaz: not valid for {why}; use goodman", MethodWarning, stacklevel=2)
    return sison_glaz(people, level)


def _goodman(people: list[int], level: float) -> np.ndarray:
    counts, n = np.array(people, dtype=float), float(sum(people))
    quantile = chi2.isf((1 - level) / len(people), 1)
    half = np.sqrt(quantile * (quantile + 4 * counts * (n - counts) / n))
    limits = np.stack([2 * counts + quantile - half, 2 * counts + quantile + half], axis=1)
    limits /= 2 * (n + quantile)
    limits[counts == 0, 0], limits[counts == n, 1] = 0, 1
    return np.clip(limits, 0, 1)


def check_method(
    n: int, level: float, method: str, population: int | None
) -> tuple[float, int | None]:
    """Return level and population as numbers, or raise an error that names the argument.

    The arguments are those of `proportion_interval`.

    >>> check_method(40, 0.95, "wilson", 2500)
    (0.95, 2500)
    """
    n = check_whole(n, "n", 1)
    level = check_level(level)
    check_choice(method, "method", (*METHODS, "hypergeometric"))
    if population is None and method == "hypergeometric":
        raise ValueError("population: wanted a whole number for hypergeometric; got None")
    return level, None if population is None else check_whole(population, "population", n)


def _binomial(
    count: float, n: float, scale: float, level: float, method: str
) -> tuple[float, float]:
    """Return the limits where each of `n` people counts for `scale` independent ones."""
    alpha, k, trials = 1 - level, count * scale, n * scale
    if method == "wilson-cc":
        half = scale / 2
        low = proportion_confint(k - half, trials, alpha, "wilson")[0] if count > 0 else 0.0
        high = proportion_confint(k + half, trials, alpha, "wilson")[1] if count < n else 1.0
    elif method == "clopper-pearson":
        low = beta.ppf(alpha / 2, k, trials - k + 1) if count > 0 else 0.0
        high = beta.isf(alpha / 2, k + 1, trials - k) if count < n else 1.0
    elif method == "jeffreys":
        low = beta.ppf(alpha / 2, k + 0.5, trials - k + 0.5) if count > 0 else 0.0
        high = beta.isf(alpha / 2, k + 0.5, trials - k + 0.5) if count < n else 1.0
    else:
        name = {"wald": "normal", "agresti-coull": "agresti_coull"}.get(method, method)
        low, high = proportion_confint(k, trials, alpha, name)
    return 0.0 if count == 0 else float(low), 1.0 if count == n else float(high)


def _hypergeometric(count: int, n: int, level: float, population: int) -> tuple[float, float]:
    """Return the least and greatest total in the population that the sample does not reject.

    Both tails are monotone in the total, so halving the range finds each end.
    """
    tail = (1 - level) / 2 * _EQUAL
    least, greatest = count, population - n + count

    low, above = least, greatest
    while low < above:
        total = (low + above) // 2
        if tails(count, total, population - total, n)[1] > tail:
            above = total
        else:
            low = total + 1
    high, below = greatest, least
    while below < high:
        total = (below + high + 1) // 2
        if tails(count, total, population - total, n)[0] > tail:
            below = total
        else:
            high = total - 1
    return low / population, high / population
