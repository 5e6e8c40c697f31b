"""Simultaneous intervals of Sison and Glaz, whatever the number of people."""

import math

import numpy as np
from scipy.stats import norm, poisson

_ONE_BY_ONE = 100


def sison_glaz(people: list[int], level: float) -> np.ndarray:
    """Return simultaneous confidence intervals of all shares, one row an option.

    people : list of int
        How many chose each option; they add up to the base, 1 or more.
    level : float
        The chance that all intervals together cover the true shares.

    The least width c in people is wanted for which the box from c below to c above each count
    covers less than the level, and that of c + 1 more. The first hundred widths are tried one
    by one, since the series may waver where people are few; beyond, doubling and halving.
    Method: Sison & Glaz (1995), doi:10.1080/01621459.1995.10476521, formulas 1 and 7.

    >>> sison_glaz([56, 72, 73, 59, 62, 87, 58], 0.95).round(4)[0].tolist()
    [0.0792, 0.1644]
    """
    n, counts = sum(people), np.array(people, dtype=float)
    below, above = 0, 1
    while cover(counts, above) <= level:
        below, above = above, above + 1 if above < _ONE_BY_ONE else 2 * above
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (below, middle) if cover(counts, middle) > level else (middle, above)
    at, beyond = (cover(counts, below) if below else 0.0), cover(counts, above)
    rest = (level - at) / (beyond - at)
    limits = np.stack([counts - below, counts + below + 2 * rest], axis=1) / n
    return np.clip(limits, 0, 1)


def cover(counts: np.ndarray, width: int) -> float:
    """Return the chance, nearly, that every count lies within `width` people of the given ones.

    The counts of a multinomial are independent Poisson counts, given their sum; the sum of those
    cut to the box is nearly normal, with two terms of Edgeworth's series. A width for which
    the series fails covers nothing, one of all people everything.

    >>> cover(np.array([5.0, 5.0]), 10)
    1.0
    """
    n = counts.sum()
    if width >= n:
        return 1.0
    low, high = np.maximum(counts - width, 0), np.minimum(counts + width, n)
    inside = poisson.cdf(high, counts) - poisson.cdf(low - 1, counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        series = _edgeworth(*_moments(low, high, counts, inside))
        found = np.exp(np.log(inside).sum() + np.log(series) - _log_chance_of_the_mean(n))
    return float(found) if np.isfinite(found) else 0.0


def _moments(low: np.ndarray, high: np.ndarray, means: np.ndarray, inside: np.ndarray) -> tuple:
    """Return shift of the mean and second to fourth central moment of Poisson counts cut to a box.

    x times the chance of x is the mean times the chance of x - 1, so each moment about the old
    mean follows from those before it and from both ends, without large numbers that cancel.
    """
    a, b = low - means, high + 1 - means
    at_low = means * poisson.pmf(low - 1, means) / inside
    at_high = means * poisson.pmf(high, means) / inside
    first = at_low - at_high
    second = means + at_low * a - at_high * b
    third = means * (2 * first + 1) + at_low * a**2 - at_high * b**2
    fourth = means * (3 * second + 3 * first + 1) + at_low * a**3 - at_high * b**3
    return (
        first,
        second - first**2,
        third - 3 * first * second + 2 * first**3,
        fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4,
    )


def _edgeworth(shift, variance, third, fourth) -> float:
    spread = np.sqrt(variance.sum())
    skew = third.sum() / spread**3
    excess = (fourth.sum() - 3 * (variance**2).sum()) / spread**4
    x = -shift.sum() / spread
    hermite3, hermite4 = x**3 - 3 * x, x**4 - 6 * x**2 + 3
    hermite6 = x**6 - 15 * x**4 + 45 * x**2 - 15
    terms = 1 + skew * hermite3 / 6 + excess * hermite4 / 24 + skew**2 * hermite6 / 72
    return norm.pdf(x) * terms / spread


def _log_chance_of_the_mean(n: float) -> float:
    """Return the logarithm of the chance that a Poisson count equals its mean."""
    if n < 1000:
        return float(poisson.logpmf(n, n))
    return -math.log(2 * math.pi * n) / 2 - 1 / (12 * n)
