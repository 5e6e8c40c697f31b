"""Rising whole numbers kept by the ends of their runs, however many there are."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import eq, index
from typing import Any

_SHOWN = 1000  # numbers; of more, the text has the first and the last


class Runs(Sequence):
    """Rising whole numbers, like a list that cannot be changed, equal to a list of the same.

    ranges : iterable of range
        The runs, rising, none overlapping the next. Empty ones are left out, and those that
        touch become one.

    It takes the room of its runs, not of its numbers, so that a trillion of them are as quick
    as ten: first and last, length, a place, whether a number is among them.

    >>> numbers = Runs([range(3, 6), range(10**12)[10:]])
    >>> numbers[:4], numbers[-1], 7 in numbers
    ([3, 4, 5, 10], 999999999999, False)
    >>> Runs([range(3, 6)]) == [3, 4, 5]
    True
    """

    __hash__ = None

    def __init__(self, ranges: Iterable[range]):
        self.ranges = tuple(_joined(filter(None, ranges)))
        self._ends = list(accumulate((r[-1] - r[0]) // r.step + 1 for r in self.ranges))

    @property
    def size(self) -> int:
        """Return how many numbers there are; `len` cannot tell more than 2**63 - 1."""
        return self._ends[-1] if self._ends else 0

    def __len__(self) -> int:
        return self.size

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(self.size)[place]]
        place = range(self.size)[index(place)]
        run = bisect_right(self._ends, place)
        return self.ranges[run][place - self._ends[run]]

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self.ranges)

    def __contains__(self, number: Any) -> bool:
        return any(number in each for each in self.ranges)

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, Runs) and self.ranges == other.ranges:
            return True
        if not isinstance(other, Runs | list | tuple | range):
            return NotImplemented
        return self.size == len(other) and all(map(eq, self, other))

    def __repr__(self) -> str:
        if self.size <= _SHOWN:
            return repr(list(self))
        return f"[{self[0]}, {self[1]}, ..., {self[-1]}]"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show itself in a notebook as a list does."""
        if self.size <= _SHOWN:
            printer.pretty(list(self))
        else:
            printer.text(repr(self))


def _joined(ranges: Iterable[range]) -> list[range]:
    joined: list[range] = []
    for each in ranges:
        if joined and joined[-1].step == each.step == 1 and joined[-1].stop == each.start:
            joined[-1] = range(joined[-1].start, each.stop)
        else:
            joined.append(each)
    return joined
