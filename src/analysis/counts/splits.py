"""Subgroups of a total: how many people each can have, given its share and that of everybody."""

from collections.abc import Sequence
from functools import partial, reduce

import numpy as np

from analysis.arguments import check_whole
from analysis.counts.ranges import count_range, first_and_last
from analysis.counts.rounding import Interval, parse_printed, printed_interval, printed_intervals

LARGEST = 10_000_000  # people in two groups
LARGEST_OF_MORE = 1000  # people in more groups, where the time grows with their square


def possible_splits(
    printed: str, n: int, groups: Sequence[str], rounding: str = "half-any"
) -> list[list[int]]:
    """Return every size that each group can have, given its share and the share of everybody.

    printed : str
        The share of everybody in percent, as on the page, without the sign.
    n : int
        How many people there are, in all groups together; how they are split is not known.
        At most 10 million, or 1,000 for more than two groups.
    groups : sequence of str
        The share of each group, likewise; two groups at least. Everybody is in one of them.
    rounding : str
        One of `rounding.RULES`.

    One list a group, rising: each size in it goes with some sizes of the others, a person at
    least in each, that make all shares possible at once. All are empty if no split does: then
    the shares cannot all be of these people. Raises TypeError or ValueError that names the
    argument.

    Exact: of each group every count between two ends is possible, so of two groups together
    every one between the sums of the ends. Each size is looked at, since those that do may have
    gaps: the time grows with `n`. For more groups the sums that the others can have
    are listed for every number of people.

    >>> possible_splits("40", 30, ["20", "50"])
    [[10], [20]]
    >>> possible_splits("40", 30, ["20", "50", "100"])[2]
    [3, 6]
    """
    parse_printed(printed)
    shares = printed_intervals(groups, rounding, "groups")
    if len(shares) < 2:
        raise ValueError(f"groups: wanted the shares of two groups or more; got {len(shares)}")
    n, most = check_whole(n, "n", len(shares)), LARGEST if len(shares) == 2 else LARGEST_OF_MORE
    if n > most:
        raise ValueError(f"n: wanted at most {most:,} people in {len(shares)} groups; got {n:,}")
    total = count_range(printed_interval(printed, rounding), n)
    if not total:
        return [[] for _ in shares]
    if len(shares) == 2:
        sizes = _sizes_of_two(shares, n, total)
        return [sizes, [n - size for size in reversed(sizes)]]
    return _sizes_of_more(shares, n, total)


def _sizes_of_two(shares: list[Interval], n: int, total: range) -> list[int]:
    """Return every size of the first of two groups."""
    sizes = np.arange(1, n)
    if max(max(s.high.numerator, 100 * s.high.denominator) for s in shares) * n >= 2**60:
        sizes = sizes.astype(object)  # Python's own integers, where 64 bits could overflow
    (low1, high1), (low2, high2) = (
        _ends(share, size) for share, size in zip(shares, (sizes, n - sizes), strict=True)
    )
    fits = (low1 <= high1) & (low2 <= high2)
    fits &= (low1 + low2 < total.stop) & (high1 + high2 >= total.start)
    return [int(size) for size in sizes[fits.astype(bool)]]


def _ends(share: Interval, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first, last = first_and_last(share, size)
    return first, np.minimum(last, size)


def _sizes_of_more(shares: list[Interval], n: int, total: range) -> list[list[int]]:
    """Return every size of each group. A set of counts is one integer, a bit a count."""
    ranges = [{size: r for size in range(1, n) if (r := count_range(s, size))} for s in shares]
    wanted = (1 << total.stop) - (1 << total.start)
    found = []
    for place, own in enumerate(ranges):
        others = reduce(partial(_joined, n - 1), ranges[:place] + ranges[place + 1 :], {0: 1})
        found.append(
            [s for s in own if n - s in others and _spread(others[n - s], own[s]) & wanted]
        )
    return found


def _joined(most: int, before: dict[int, int], group: dict[int, range]) -> dict[int, int]:
    """Return, for each number of people up to `most`, the sums of counts with one more group."""
    together: dict[int, int] = {}
    for people, counts in before.items():
        for size, own in group.items():
            if people + size > most:
                break
            together[people + size] = together.get(people + size, 0) | _spread(counts, own)
    return together


def _spread(counts: int, more: range) -> int:
    """Return every sum of one of `counts` and one of `more`."""
    width, done = len(more), 1
    while 2 * done <= width:
        counts |= counts << done
        done *= 2
    return (counts | counts << (width - done)) << more.start
