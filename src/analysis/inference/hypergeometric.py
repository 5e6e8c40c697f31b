"""Chances of two-by-two tables with given margins, to full precision at any size."""

import math
from typing import Any

import numpy as np

_LEAST_BLOCK, _GREATEST_BLOCK = 64, 1 << 16  # terms
_SERIES_FROM = 16
_NEGLIGIBLE = 1e-17
_FEW = np.array([math.lgamma(k + 1) - k * math.log(max(k, 1)) + k for k in range(17)])


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
    cells = _floats(k, n1 - k, chosen - k, n2 - chosen + k)
    off = np.stack([gap, -gap, -gap, gap])
    margins = _rest(_floats(n1, n2, chosen, total - chosen)).sum(axis=0)
    return margins - _rest(_floats(total))[0] - (_rest(cells) + _deviance(cells, off)).sum(axis=0)


def _any_length(value: Any, n1: Any, n2: Any) -> Any:
    """Return integers as Python's own, of any length, where products could overflow 64 bits."""
    if np.max(n1) + np.max(n2) < 2**31:
        return np.asarray(value, dtype=np.int64)
    return np.asarray(value, dtype=object)


def _floats(*counts: Any) -> np.ndarray:
    return np.array(np.broadcast_arrays(*counts), dtype=float)


def _deviance(cells: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """Return k log(k / e) - k + e of counts k whose distance from their expectation e is known."""
    off = -gaps / np.maximum(cells, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(cells > 0, cells * (off - np.log1p(off)), -gaps)


def _rest(counts: np.ndarray) -> np.ndarray:
    """Return the logarithm of factorials less k log k - k."""
    few, many = np.minimum(counts, _SERIES_FROM).astype(int), np.maximum(counts, _SERIES_FROM)
    square = many**-2
    series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / many
    stirling = np.log(2 * math.pi * many) / 2 + series
    return np.where(counts < _SERIES_FROM, _FEW[few], stirling)


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
        above = here * beyond(k, n1, n2, chosen)
        return max(0.0, 1 - above), min(1.0, here + above)
    # The first sample has at most k where the second has at least the rest.
    below = here * beyond(chosen - k, n2, n1, chosen)
    return min(1.0, here + below), max(0.0, 1 - below)


def beyond(k: int, n1: int, n2: int, chosen: int) -> float:
    """Return the chance of more than `k`, at or above the likeliest count, in chances of `k`.

    The arguments are those of `log_chance`.

    >>> beyond(3, 4, 4, 4)
    0.0625
    """
    found, term, block, last = 0.0, 1.0, _LEAST_BLOCK, min(n1, chosen)
    while k < last and term > _NEGLIGIBLE * found:
        x = np.arange(k, min(last, k + block), dtype=float)
        terms = term * np.cumprod((n1 - x) / (x + 1) * ((chosen - x) / (n2 - chosen + x + 1)))
        found, term, k = found + float(terms.sum()), float(terms[-1]), k + len(x)
        block = min(2 * block, _GREATEST_BLOCK)
    return found
