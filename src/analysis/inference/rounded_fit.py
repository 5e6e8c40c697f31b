"""The fit of a sample to a reference that is itself printed in rounded shares."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.arguments import check_fraction
from analysis.counts.head_counts import number_of_vectors, possible_vectors
from analysis.counts.rounding import printed_intervals
from analysis.failures import quoted

MOST_OPTIONS = 10
MOST_SOLUTIONS = 200_000
_AT_ONCE = 10_000  # solutions
NEARLY = Fraction(1, 10**8)  # shares that miss 1 by no more add up to it
_EQUAL = 1e-12


def reference_box(
    expected: Sequence, exhaustive: bool, rounding: str
) -> tuple[list[Fraction], list[Fraction]]:
    """Return the least and the greatest share that each part of a reference can stand for.

    expected : sequence of str, or of numbers
        Printed percentages, or fractions of 1. Fractions that miss 1 by less than their last
        decimals allow count as rounded to the decimals of the longest; else they are exact.
    exhaustive : bool
        Whether they add up to the whole; otherwise the rest is one more part.
    rounding : str
        How percentages were rounded, one of `rounding.RULES`.

    Raises TypeError or ValueError that names the part, counted from 0, as in `expected[2]`.

    >>> lows, highs = reference_box([0.333] * 3, exhaustive=True, rounding="half-any")
    >>> lows[0], highs[0]
    (Fraction(133, 400), Fraction(667, 2000))
    """
    if isinstance(expected[0], str):
        shares = printed_intervals(expected, rounding, "expected")
        lows, highs = [s.low / 100 for s in shares], [s.high / 100 for s in shares]
    else:
        lows, highs = _around(expected, exhaustive)
    if not exhaustive:
        lows, highs = [*lows, 1 - sum(highs)], [*highs, 1 - sum(lows)]
        if lows[-1] < NEARLY:
            raise ValueError(
                f"expected: wanted shares that leave a rest below 1; got {float(1 - lows[-1]):.10g}"
            )
    for place, low in enumerate(lows):
        if low <= 0:
            raise ValueError(
                f"expected[{place}]: wanted a share that cannot be zero; got {expected[place]!r}"
            )
    return lows, highs


def _around(expected: Sequence, exhaustive: bool) -> tuple[list[Fraction], list[Fraction]]:
    """Return the ends of fractions: themselves, or what rounds to them."""
    for place, share in enumerate(expected):
        check_fraction(share, f"expected[{place}]", "0.4 for 40 %")
    shares = [Fraction(share) for share in expected]
    missing = 1 - sum(shares)
    if not exhaustive or abs(missing) <= NEARLY:
        return shares, shares
    texts = [Decimal(str(float(share))) for share in expected]
    half = Fraction(1, 2) / 10 ** max(-text.as_tuple().exponent for text in texts)
    if abs(1 - sum(map(Fraction, texts))) >= half * len(texts):
        return shares, shares
    return [Fraction(t) - half for t in texts], [Fraction(t) + half for t in texts]


def rounded_ends(
    printed: Sequence[str],
    n: int,
    exhaustive: bool,
    rounding: str,
    box: tuple[list[int], list[int]],
    reference: tuple[list[Fraction], list[Fraction]],
    test: str,
) -> list[tuple[float, tuple[int, ...]]]:
    """Return the least and the greatest statistic, each with its counts.

    printed, n, exhaustive, rounding
        As for `goodness_of_fit_bounds`; there is a joint solution.
    box, reference : tuple of lists
        The least and the greatest count, and share, of each option.
    test : str
        "pearson" or "likelihood-ratio".

    Both statistics are convex in counts and shares together, so the greatest value stands where
    all counts but one and all shares but one are at an end. For the least every solution is
    tried, unless one lies within the reference: of given counts, the best shares are in
    proportion to them as far as their ends allow.

    >>> half = [Fraction(99, 200)] * 2, [Fraction(101, 200)] * 2
    >>> rounded_ends(["30", "70"], 10, True, "half-any", ([3, 7], [3, 7]), half, "pearson")[0]
    (1.5211521152115215, (3, 7))
    """
    if len(box[0]) > MOST_OPTIONS:
        raise ValueError(
            f"expected: wanted at most {MOST_OPTIONS} rounded shares, the rest among them; "
            f"got {len(box[0])}"
        )
    lows, highs = (np.array([float(end) for end in ends]) for ends in reference)
    least = _within(box, reference, n)
    if least is None:
        least = _least(_solutions(printed, n, exhaustive, rounding), n, lows, highs, test)
    counts = vertices(*(np.array(ends, dtype=float) for ends in box), n)
    shares = vertices(lows, highs, 1)
    if test == "pearson":
        values = counts**2 / n @ (1 / shares).T - n
    else:
        values = 2 * (_entropy(counts, n).sum(axis=1)[:, None] - counts @ np.log(shares).T)
    place = np.unravel_index(np.argmax(values), values.shape)
    worst = counts[place[0]]
    greatest = float(statistics(worst, n * shares[place[1]], test))
    return [least, (greatest, tuple(int(count) for count in worst))]


def statistics(counts: np.ndarray, expected: np.ndarray, test: str) -> np.ndarray:
    """Return the statistic of counts and expected counts, one option a column.

    >>> float(statistics(np.array([3, 7]), np.array([5, 5]), "pearson"))
    1.6
    """
    if test == "pearson":
        return ((counts - expected) ** 2 / expected).sum(axis=-1)
    ratio = np.where(counts > 0, counts, 1) / np.where(counts > 0, expected, 1)
    return np.maximum(0.0, 2 * (counts * np.log(ratio)).sum(axis=-1))


def vertices(lows: np.ndarray, highs: np.ndarray, total: float) -> np.ndarray:
    """Return the points between `lows` and `highs` with a given sum and all but one at an end.

    >>> vertices(np.array([1.0, 1.0]), np.array([4.0, 4.0]), 5).tolist()
    [[4.0, 1.0], [1.0, 4.0]]
    """
    options = len(lows)
    high = (np.arange(2**options)[:, None] >> np.arange(options)) % 2 == 1
    corners, found = np.where(high, highs, lows), []
    for free in range(options):
        points = corners[~high[:, free]].copy()
        points[:, free] += total - points.sum(axis=1)
        inside = (points[:, free] >= lows[free] - _EQUAL) & (
            points[:, free] <= highs[free] + _EQUAL
        )
        found.append(points[inside])
    return np.unique(np.concatenate(found), axis=0)[::-1]


def nearest_shares(counts: np.ndarray, lows: np.ndarray, highs: np.ndarray) -> np.ndarray:
    """Return the shares between two ends that fit counts best, for each row of counts.

    They are in proportion to the counts but for those at an end. Between the values of the factor
    at which a share reaches an end, their sum is a straight line.

    >>> nearest_shares(np.array([[3, 7]]), np.array([0.4, 0.4]), np.array([0.6, 0.6])).tolist()
    [[0.4, 0.6]]
    """
    counts = np.maximum(counts, 1e-9)  # nobody leaves the share free: it takes what is left
    factors = np.sort(np.concatenate([lows / counts, highs / counts], axis=1), axis=1)
    sums = np.clip(factors[:, :, None] * counts[:, None, :], lows, highs).sum(axis=2)
    last = np.clip((sums <= 1).sum(axis=1) - 1, 0, factors.shape[1] - 2)
    rows = np.arange(len(counts))
    start, end = factors[rows, last], factors[rows, last + 1]
    rise = sums[rows, last + 1] - sums[rows, last]
    step = np.where(rise > 0, (1 - sums[rows, last]) / np.where(rise > 0, rise, 1), 0)
    factor = start + np.clip(step, 0, 1) * (end - start)
    return np.clip(factor[:, None] * counts, lows, highs)


def _within(box, reference, n: int) -> tuple[float, tuple[int, ...]] | None:
    """Return counts whose shares the reference allows, which fit perfectly; None without any."""
    lows = [max(c, math.ceil(n * s)) for c, s in zip(box[0], reference[0], strict=True)]
    highs = [min(c, math.floor(n * s)) for c, s in zip(box[1], reference[1], strict=True)]
    spare = n - sum(lows)
    if any(low > high for low, high in zip(lows, highs, strict=True)):
        return None
    if not 0 <= spare <= sum(highs) - sum(lows):
        return None
    counts = []
    for low, high in zip(lows, highs, strict=True):
        counts.append(min(high, low + spare))
        spare -= counts[-1] - low
    return 0.0, tuple(counts)


def _solutions(printed: Sequence[str], n: int, exhaustive: bool, rounding: str) -> np.ndarray:
    """Return every joint solution, the rest as one more option, or raise ValueError."""
    total = number_of_vectors(printed, n, exhaustive, rounding)
    if total > MOST_SOLUTIONS:
        raise ValueError(
            f"expected: wanted exact shares for {total:,} joint solutions of printed="
            f"{quoted(list(printed))}; rounded ones are compared with {MOST_SOLUTIONS:,} at most"
        )
    table = possible_vectors(printed, n, exhaustive, rounding, MOST_SOLUTIONS)
    rest = pd.DataFrame({"rest": [] if exhaustive else n - table.sum(axis=1)})
    return (table if exhaustive else pd.concat([table, rest], axis=1)).to_numpy()


def _least(
    solutions: np.ndarray, n: int, lows: np.ndarray, highs: np.ndarray, test: str
) -> tuple[float, tuple[int, ...]]:
    best = math.inf, ()
    for start in range(0, len(solutions), _AT_ONCE):
        counts = solutions[start : start + _AT_ONCE]
        values = statistics(counts, n * nearest_shares(counts, lows, highs), test)
        place = int(np.argmin(values))
        best = min(best, (float(values[place]), tuple(counts[place].tolist())))
    return best


def _entropy(counts: np.ndarray, n: int) -> np.ndarray:
    return counts * np.log(np.where(counts > 0, counts, 1) / n)
