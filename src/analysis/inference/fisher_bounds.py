"""The ends of Fisher's p-value over all tables that two rounded shares allow."""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np

from analysis.inference.differences import EQUALLY_LIKELY, p_values
from analysis.inference.hypergeometric import likeliest, tails

Pair = tuple[int, int]
MOST_TABLES = 50_000
_FEW = 30  # tables that are tried without looking which could be at an end
_MOST_TERMS = 200_000_000  # tables times the square root of the people: a few seconds


def fisher_ends(first: range, n1: int, second: range, n2: int) -> tuple[tuple, tuple]:
    """Return the lowest and the highest p-value, each with its counts.

    first, second : range
        The possible counts of both samples, one or more each.
    n1, n2 : int
        The sizes of the samples.

    A p-value is no less than the tail it adds up. That tail is monotone along each side of the
    rectangle of counts, since one more person who chose the answer adds 0 or 1 to either sample:
    so from the two corners farthest from equal shares only those tables are tried whose tail is
    no more than the least p-value of a corner. Of one total, the p-value falls with the distance
    from the likeliest count. Where the rectangle has a likeliest count, the highest is 1; else
    all tables lie to one side, and from the corner nearest to equal shares those are tried that
    may have more than it has: the other tail adds at most the chance of the table itself for
    each count there is. A corner whose p-value no float can tell from 0 is the end as it is.
    Raises ValueError for more tables than can be tried.

    >>> (low, _), (high, _) = fisher_ends(range(34, 36), 100, range(45, 47), 100)
    >>> round(low, 4), round(high, 4)
    (0.1121, 0.1938)
    """
    rectangle = first, n1, second, n2
    apart = [(first[-1], second[0]), (first[0], second[-1])]
    least = min(_p_value(*corner, n1, n2) for corner in apart) * (1 + 1e-9)
    far = [
        pair
        for side, corner in enumerate(apart)
        for pair in _from(corner, rectangle, lambda a, b, s=side: _tail(a, b, n1, n2, s) <= least)
    ]
    low = _extreme(far, n1, n2, np.argmin)
    equal = _likeliest_pair(*rectangle)
    if equal:
        return low, (1.0, equal)
    side = 0 if first[0] > likeliest(n1, n2, first[0] + second[0]) else 1
    corner = apart[1 - side]
    most, counts = _p_value(*corner, n1, n2), min(n1, n2) + 1
    near = _from(
        corner,
        rectangle,
        lambda a, b: _tail(a, b, n1, n2, side) * (1 + counts * (1 + 2 * EQUALLY_LIKELY)) >= most,
    )
    return low, _extreme(near, n1, n2, np.argmax)


def _tail(a: int, b: int, n1: int, n2: int, side: int) -> float:
    """Return the chance of a first count at least (side 0) or at most (1) as great."""
    return tails(a, n1, n2, a + b)[1 - side]


def _p_value(a: int, b: int, n1: int, n2: int) -> float:
    return float(p_values(np.array([a]), n1, np.array([b]), n2, "fisher")[0])


def _extreme(pairs: list[Pair], n1: int, n2: int, which: Callable) -> tuple[float, Pair]:
    first, second = np.array(sorted(set(pairs), key=sum)).T
    values = p_values(first, n1, second, n2, "fisher")
    place = which(values)
    return float(values[place]), (int(first[place]), int(second[place]))


def _from(corner: Pair, rectangle: tuple, fits: Callable[[int, int], bool]) -> list[Pair]:
    """Return the pairs on both sides from a corner as far as they fit, or raise ValueError."""
    first, n1, second, n2 = rectangle
    found = [corner]
    if not _p_value(*corner, n1, n2):
        return found
    for side in (_Side(first, corner, 0), _Side(second, corner, 1)):
        length = len(side)
        if length > _FEW:
            length = bisect_left(side, True, key=lambda pair: not fits(*pair))
        tables = len(found) + length
        if tables > MOST_TABLES or tables * math.isqrt(n1 + n2) > _MOST_TERMS:
            raise ValueError(
                f'test: wanted "pearson" or "n-1" for {n1:,} and {n2:,} people, which hardly '
                f'differ there; got "fisher", for which {tables:,} tables would have to be tried'
            )
        found += side[:length]
    return found


class _Side(Sequence):
    """The pairs from a corner on, of which one count (`place` 0 or 1) runs to its other end."""

    def __init__(self, counts: range, corner: Pair, place: int):
        self.counts = counts if counts[0] == corner[place] else counts[::-1]
        self.corner, self.place = corner, place

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, where):
        if isinstance(where, slice):
            return [self._pair(count) for count in self.counts[where]]
        return self._pair(self.counts[where])

    def _pair(self, count: int) -> Pair:
        return (count, self.corner[1]) if self.place == 0 else (self.corner[0], count)


def _likeliest_pair(first: range, n1: int, second: range, n2: int) -> Pair | None:
    """Return the first pair whose first count is the likeliest for its total, if there is one.

    From one total to the next the likeliest first or second count grows by one. So the first
    pair that reaches the least counts is within the rectangle, or none is.
    """

    def reached(total: int) -> bool:
        count = likeliest(n1, n2, total)
        return count >= first[0] and total - count >= second[0]

    start = first[0] + second[0]
    total = start + bisect_left(range(start, n1 + n2 + 1), True, key=reached)
    count = likeliest(n1, n2, total)
    return (count, total - count) if count in first and total - count in second else None
