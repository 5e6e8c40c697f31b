"""Small cells: which counts of a table are withheld so that nobody can be told from it."""

from collections.abc import Sequence


def withheld_cells(counts: Sequence[int], small: int, whole: bool = True) -> list[bool]:
    """Return for each count whether it is withheld.

    counts : sequence of int
        People in each cell of one question.
    small : int
        A cell of 1 to small - 1 people is withheld; 0 or 1 withholds nothing.
    whole : bool
        Whether the cells add up to a base that is printed too. Then more cells are withheld, the
        smallest first, until the withheld ones cannot be computed from the base and the others.

    >>> withheld_cells([30, 2, 12], small=5), withheld_cells([30, 2, 12], small=5, whole=False)
    ([False, True, True], [False, True, False])
    >>> withheld_cells([3, 3, 20], small=5), withheld_cells([1, 1, 20], small=5)
    ([True, True, False], [True, True, True])
    """
    found = [0 < count < small for count in counts]
    if not whole or not any(found):
        return found
    order = sorted(range(len(counts)), key=lambda place: (counts[place] == 0, counts[place]))
    for place in order:
        if not _told([count for count, hidden in zip(counts, found, strict=True) if hidden], small):
            break
        found[place] = True
    return found


def _told(hidden: Sequence[int], small: int) -> bool:
    """Say whether the sum of the withheld cells tells each of them."""
    least, most = len(hidden), len(hidden) * (small - 1)
    return len(hidden) == 1 or (sum(hidden) in (least, most) and max(hidden) < small)
