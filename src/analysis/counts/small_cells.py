"""Cells that are too small to be shown, and others from which they could be computed back."""

from collections.abc import Iterable, Sequence

import numpy as np

from analysis.arguments import check_whole


def hidden_cells(
    counts: Sequence[int],
    sums: Iterable[Sequence[int]],
    small: int,
    harmless: Iterable[int] = (),
) -> set[int]:
    """Return the places of the cells that must not be shown.

    counts : sequence of int
        People in each cell.
    sums : iterable of sequences of int
        Places of cells whose sum a reader knows.
    small : int
        Cells of fewer people, but for those of none, are hidden: 5 hides 1 to 4. 0 hides nothing.
    harmless : iterable of int
        Places that are hidden for the sake of others only.

    With a small cell as many others are hidden, the smallest first, as it takes so that no sums,
    nor several together, give its number, and that those hidden in one sum are `small` people or
    more. They should all be shown by the same sign: which one is small is then not known either.

    >>> sorted(hidden_cells([3, 40, 12, 0], [[0, 1, 2, 3]], small=5))
    [0, 2]
    >>> hidden_cells([3, 40, 12, 0], [], small=0)
    set()
    """
    check_whole(small, "small", 0)
    groups, spared = [list(each) for each in sums], set(harmless)
    first = {place for place, n in enumerate(counts) if 0 < n < small and place not in spared}
    hidden = set(first)
    while (more := _more(counts, groups, small, hidden, first)) is not None:
        hidden.add(more)
    return hidden


def _more(
    counts: Sequence[int], groups: list[list[int]], small: int, hidden: set[int], first: set[int]
) -> int | None:
    """Return the next cell to hide; None where it is enough, or where none is left."""

    def smallest(places: Iterable[int]) -> int | None:
        left = set(places) - hidden
        return min(left, key=lambda place: (counts[place] == 0, counts[place], place), default=None)

    for group in groups:
        if first & set(group) and _few(counts, group, small, hidden) and set(group) - hidden:
            return smallest(group)
    known = _known(groups, hidden, len(counts)) & first
    near = {place for each in groups if hidden & set(each) for place in each}
    frees = (p for p in near - hidden if known - _known(groups, hidden | {p}, len(counts)))
    if not known:
        return None
    return next((each for each in (smallest(frees), smallest(near)) if each is not None), None)


def _few(counts: Sequence[int], group: list[int], small: int, hidden: set[int]) -> bool:
    inside = hidden & set(group)
    return len(inside) < 2 or sum(counts[place] for place in inside) < small


def _known(groups: list[list[int]], hidden: set[int], cells: int) -> set[int]:
    """Return the hidden cells whose number follows from the sums."""
    if not hidden or not groups:
        return set()
    sums = np.zeros((len(groups), cells))
    for row, group in enumerate(groups):
        sums[row, group] = 1
    places = sorted(hidden)
    _, values, vectors = np.linalg.svd(sums[:, places])
    rank = int((values > 1e-9).sum())
    free = np.abs(vectors[rank:]).max(axis=0, initial=0)
    return {place for place, freedom in zip(places, free, strict=True) if freedom < 1e-9}
