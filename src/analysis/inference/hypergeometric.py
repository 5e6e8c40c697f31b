"""Chances of two-by-two tables with given margins, to full precision at any size."""

import math
from typing import Any

import numpy as np
from scipy.special import gammaln, xlogy

_LEAST_BLOCK, _GREATEST_BLOCK = 64, 1 << 16  # terms
_SERIES_FROM = 16
_NEGLIGIBLE = 1e-17


def log_chance(k: Any, n1: Any, n2: Any, chosen: Any) -> Any:
    """Return the logarithm of the chance that `k` of those chosen come from the first sample.

    k : int or numpy.ndarray of int
        People of the first sample who chose the answer, as many as can be.
    n1, n2 : int or numpy.ndarray of int
        The sizes of both samples.
    chosen : int or numpy.ndarray of int
        How many of both chose it.

    The factorials go by Stirling's formula with its remainder, and their large parts by the
    distance of each cell from its expected count, so that nothing large cancels.
    Method: Loader (2000), Fast and Accurate Computation of Binomial Probabilities.

    >>> round(math.exp(log_chance(3, 4, 4, 4)), 6)
    0.228571
    """
    k, n1, n2, chosen = (_any_length(value, n1, n2) for value in (k, n1, n2, chosen))
    total = n1 + n2
    gap = np.asarray((k * total - n1 * chosen) / total, dtype=float)
    cells = [(k, gap), (n1 - k, -gap), (chosen - k, -gap), (n2 - chosen + k, gap)]
    margins = (n1, n2, chosen, total - chosen)
    rests = sum(map(_rest, margins)) - _rest(total)
    return rests - sum(_deviance(cell, gap) + _rest(cell) for cell, gap in cells)


def _any_length(value: Any, n1: Any, n2: Any) -> Any:
    """Return integers as Python's own, of any length, where products could overflow 64 bits."""
    if np.max(n1) + np.max(n2) < 2**31:
        return np.asarray(value, dtype=np.int64)
    return np.asarray(value, dtype=object)


def _deviance(cell: Any, gap: Any) -> Any:
    """Return k log(k / e) - k + e of a count k whose distance from its expectation e is known."""
    cell = np.asarray(cell, dtype=float)
    off = -gap / np.maximum(cell, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(cell > 0, cell * (off - np.log1p(off)), -gap)


def _rest(count: Any) -> Any:
    """Return the logarithm of a factorial less k log k - k."""
    k = np.asarray(count, dtype=float)
    few, many = np.minimum(k, _SERIES_FROM), np.maximum(k, _SERIES_FROM)
    square = many**-2
    series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / many
    return np.where(
        k < _SERIES_FROM,
        gammaln(few + 1) - xlogy(few, few) + few,
        np.log(2 * math.pi * many) / 2 + series,
    )


def likeliest(n1: Any, n2: Any, chosen: Any) -> Any:
    """Return the likeliest number of the chosen who come from the first sample.

    >>> likeliest(4, 4, 4)
    2
    """
    return (chosen + 1) * (n1 + 1) // (n1 + n2 + 2)


def tails(k: int, n1: int, n2: int, chosen: int) -> tuple[float, float]:
    """Return the chances of at most `k` and of at least `k` from the first sample.

    The arguments are those of `log_chance`. The tail that leaves out the likeliest count is
    summed outwards until nothing is added: some multiple of the standard deviation.

    >>> [round(chance, 6) for chance in tails(3, 4, 4, 4)]
    [0.985714, 0.242857]
    """
    if k < max(0, chosen - n2):
        return 0.0, 1.0
    if k > min(n1, chosen):
        return 1.0, 0.0
    here = math.exp(log_chance(k, n1, n2, chosen))
    if k > likeliest(n1, n2, chosen):
        above = here * _beyond(k, n1, n2, chosen)
        return max(0.0, 1 - above), min(1.0, here + above)
    # The first sample has at most k where the second has at least the rest.
    below = here * _beyond(chosen - k, n2, n1, chosen)
    return min(1.0, here + below), max(0.0, 1 - below)


def _beyond(k: int, n1: int, n2: int, chosen: int) -> float:
    """Return the chance of more than `k` as a multiple of that of `k`."""
    found, term, block, last = 0.0, 1.0, _LEAST_BLOCK, min(n1, chosen)
    while k < last and term > _NEGLIGIBLE * found:
        x = np.arange(k, min(last, k + block), dtype=float)
        terms = term * np.cumprod((n1 - x) / (x + 1) * ((chosen - x) / (n2 - chosen + x + 1)))
        found, term, k = found + float(terms.sum()), float(terms[-1]), k + len(x)
        block = min(2 * block, _GREATEST_BLOCK)
    return found
