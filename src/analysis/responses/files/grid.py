"""Rows of text as a file has them, before it is known which of them are respondents."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analysis.language.current import tr
from analysis.responses.answers import Note

NAMED = 10  # rows that a note names before it says how many more


class Grid(NamedTuple):
    """Rows of cells as text, and for each the row of the file on which it begins, from 1.

    A row without any cell is a blank line.
    """

    rows: list[list[str]]
    lines: list[int]

    @property
    def blank(self) -> list[int]:
        """The places of rows without an answer."""
        return [at for at, row in enumerate(self.rows) if is_blank(row)]

    def taking(self, places: Iterable[int]) -> "Grid":
        """Return the rows in some places alone."""
        places = list(places)
        return Grid([self.rows[at] for at in places], [self.lines[at] for at in places])

    def without(self, places: Iterable[int]) -> "Grid":
        """Return the rows but for those in some places."""
        left_out = set(places)
        return self.taking(at for at in range(len(self.rows)) if at not in left_out)


def is_blank(row: Sequence[str]) -> bool:
    """Say whether no cell of a row holds more than blanks."""
    return all(not cell or cell.isspace() for cell in row)


def filled(row: Sequence[str]) -> list[int]:
    """Return the places of the cells that hold more than blanks.

    >>> filled(["20", " ", "", "Almaty"])
    [0, 3]
    """
    return [place for place, cell in enumerate(row) if cell.strip()]


def ranges(numbers: Iterable[int]) -> list[str]:
    """Return numbers as a note names them, neighbours as a range.

    >>> ranges([9, 4, 10, 11])
    ['4', '9–11']
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]


def rows_said(lines: Sequence[int]) -> str:
    """Return rows as a note names them, neighbours as a range.

    >>> rows_said([4]), rows_said([4, 9, 10, 11])
    ('row 4', 'rows 4, 9–11')
    """
    said = ranges(lines)
    listed = ", ".join(said[:NAMED]) + (", …" if len(said) > NAMED else "")
    return tr("row {row}", row=listed) if len(lines) == 1 else tr("rows {rows}", rows=listed)


def size_note(people: int, columns: int) -> Note:
    """Return the note that says how much was read.

    >>> print(size_note(20, 3))
    respondents read: 20, columns: 3
    """
    said = tr("respondents read: {people}, columns: {columns}", people=people, columns=columns)
    return Note("", said)
