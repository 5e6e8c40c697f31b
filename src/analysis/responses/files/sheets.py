"""What a sheet of a workbook says of its rows and cells beside what stands in them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.language.current import tr
from analysis.problems import BrokenFileError, Problem
from analysis.responses.answers import Note
from analysis.responses.files.grid import Grid, rows_said

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]+[0-9]{1,7})"')
ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>")
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
NUMBER = re.compile(rb'(?<![\w:])r="([0-9]{1,7})"')
PLACE = re.compile(r"([A-Z]+)([0-9]+):[A-Z]+([0-9]+)")
NO_TEXT = re.compile(  # a formula whose value is a text without letters
    rb'<(?:\w+:)?c\s([^<>]*\bt="str"[^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>)"
)
CELL = re.compile(rb'(?<![\w:])r="([A-Z]{1,3}[0-9]{1,7})"')


class Marks(NamedTuple):
    """What a sheet says of its rows and cells.

    merged : tuple of str
        Ranges of cells that are shown as one, such as B2:B5.
    hidden : tuple of int
        Rows that are not shown.
    no_text : frozenset of str
        Cells whose formula gave a text without letters.
    errors : tuple of Problem
        Cells that hold an error of the spreadsheet.
    """

    merged: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    no_text: frozenset[str] = frozenset()
    errors: tuple[Problem, ...] = ()

    def check(self, grid: Grid, people: Sequence[int]) -> None:
        """Raise BrokenFileError for what leaves it open what respondents have answered.

        grid : Grid
            All rows of the sheet.
        people : sequence of int
            The rows of respondents.
        """
        rows = set(people)
        if problems := [each for each in self.errors if each.row in rows]:
            raise BrokenFileError(*problems)
        if problems := list(_merged(self.merged, grid, people)):
            raise BrokenFileError(*problems)

    def notes(self, people: Sequence[int]) -> list[Note]:
        """Return a note on respondents whose rows are not shown."""
        hidden = sorted(set(self.hidden) & set(people))
        said = tr("hidden in the sheet, and read all the same")
        return [Note(rows_said(hidden), said)] if hidden else []


def _merged(ranges: Sequence[str], grid: Grid, people: Sequence[int]) -> Iterator[Problem]:
    """Yield a problem for every merged range with an answer that goes over several respondents."""
    rows = dict(zip(grid.lines, grid.rows, strict=True))
    for each in ranges:
        letters, top, bottom = PLACE.fullmatch(each).groups()
        at, first, last = place_of(letters), int(top), int(bottom)
        within = first < last and people and people[0] <= first <= people[-1]
        if within and "".join(rows.get(first, [])[at : at + 1]).strip():
            rule = "unmerge them and fill in every row that the answer is for"
            yield Problem(first, letters, f"the cells {each} are merged; {rule}")


def place_of(letters: str) -> int:
    """Return the place of a column, from 0, by its letters.

    >>> place_of("A"), place_of("XFD")
    (0, 16383)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def marks_of(xml: bytes, errors: Sequence[Problem] = ()) -> Marks:
    """Return what the XML of a sheet says of its rows and cells.

    >>> marks_of(b'<row r="2" hidden="1"/><mergeCell ref="B2:B5"/>')[:2]
    (('B2:B5',), (2,))
    """
    merged = tuple(found[1].decode() for found in MERGED.finditer(xml))
    no_text = (CELL.search(found[1]) for found in NO_TEXT.finditer(xml))
    empty = frozenset(found[1].decode() for found in no_text if found)
    return Marks(merged, tuple(_hidden(xml)), empty, tuple(errors))


def _hidden(xml: bytes) -> Iterator[int]:
    """Yield the rows that are not shown; one without a number follows the one before it."""
    line = 0
    for found in ROW.finditer(xml) if HIDDEN.search(xml) else ():
        number = NUMBER.search(found[1])
        line = int(number[1]) if number else line + 1
        if HIDDEN.search(found[1]):
            yield line
