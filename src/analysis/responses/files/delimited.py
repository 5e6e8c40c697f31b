"""From the text of a delimited file to rows of cells: CSV with any of four separators."""

import contextlib
import csv
import gc
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from analysis.language.current import tr
from analysis.problems import BrokenFileError, Problem
from analysis.responses.answers import Note
from analysis.responses.files.grid import Grid, is_blank

SEPARATORS = ("\t", ";", "|", ",")  # the last are likelier to stand in a text as well
NOWHERE = "\x1f"  # separates the cells of a file with one column
ELSEWHERE = (r"\^", "~", ":", " {2,}")  # signs that part columns in few files
PARTED = "wanted a comma, semicolon, tab or bar"
SPACED = re.compile(' +"')  # a quoted cell behind a separator and a blank
TRIED = 1000  # records from which the separator is told
LONGEST = 100_000_000  # letters of a cell
NEARLY_ALL = 0.9  # of the rows
TOLD = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # a line that Excel writes and reads
FIRST_END = re.compile(r'(?:[^"\r\n]+|"[^"]*")*(\r?)(\n?)')
ERRORS = {
    "unexpected end of data": 'a quote (") is opened in this row and never closed; was the file '
    "cut off?",
    "expected after": 'text follows a closing quote; inside quotes write "" for "',
    "new-line character": "a carriage return stands in a cell without quotes, or ends this row "
    "alone",
    "field larger": f"a cell has more than {LONGEST:,} letters",
}


def split(text: str) -> tuple[Grid, str, list[Note]]:
    """Return the rows of a delimited text, its separator, and what was unusual about its quotes.

    text : str
        RFC 4180, cells parted by comma, semicolon, tab or bar; rows ended by LF, CR LF or CR.

    Cells stay as written. Raises BrokenFileError, with the row, where quotes do not fit.

    >>> split("age;height\\n20;1,75")
    (Grid(rows=[['age', 'height'], ['20', '1,75']], lines=[1, 2]), ';', [])
    """
    told = TOLD.match(text)
    body = text[told.end() :] if told else text
    delimiter = told[1] if told else separator_of(body)
    grid, fault = rows_of(body, delimiter)
    notes = []
    if any(SPACED.match(cell) for row in grid.rows[:TRIED] for cell in row):
        grid, fault = rows_of(body, delimiter, spaced=True)
        notes.append(Note("", tr("blanks behind separators were left out")))
    if fault:
        raise BrokenFileError(fault._replace(row=fault.row + bool(told)))
    if max(map(len, grid.rows), default=0) == 1 and (inner := _unwrapped(grid)):
        grid, delimiter = inner
        notes.append(Note("", tr("each row stood in quotes as one cell: parted once more")))
    return Grid(grid.rows, [line + bool(told) for line in grid.lines]), delimiter, notes


def _unwrapped(grid: Grid) -> tuple[Grid, str] | None:
    """Return the rows of a file each of whose lines was taken for one cell and put in quotes.

    Refuses one with columns that another sign parts.
    """
    cells = [row[0] for row in grid.rows if row]
    for sign in SEPARATORS:
        with contextlib.suppress(csv.Error):
            rows = list(csv.reader(cells, delimiter=sign, strict=True))
            if len(rows) == len(cells) and len({len(row) for row in rows}) == 1 < len(rows[0]):
                full = iter(rows)
                return Grid([next(full) if row else row for row in grid.rows], grid.lines), sign
    for sign in ELSEWHERE:
        counts = {len(re.findall(sign, cell.strip())) for cell in cells if cell.strip()}
        if len(counts) == 1 < len(cells) and counts != {0}:
            raise BrokenFileError(Problem(0, "", f"columns seem parted by {sign!r}; {PARTED}"))
    return None


def separator_of(text: str) -> str:
    """Return the separator that gives the same number of cells in most rows.

    NOWHERE, or a separator that does not occur, where there is one column. Of equals that one is
    taken that no blank follows, then a tab, a semicolon, a bar, and the comma last.

    >>> separator_of("a,b\\n1;2,3\\n4,5"), separator_of("opinion\\ngood, but slow\\nfine")
    (',', '\\t')
    """
    fits = {sign: _fit(text, sign) for sign in SEPARATORS}
    usable = [sign for sign in SEPARATORS if fits[sign].splits]
    if usable:
        return max(usable, key=lambda sign: fits[sign].rank)
    return next((sign for sign in SEPARATORS if sign not in text), NOWHERE)


class Fit(NamedTuple):
    """How well a separator fits: cells of the first row, and of most rows.

    share, share_below : float
        Of rows that have as many, among all and among those below lines without the separator.
    tight : float
        Of cells that do not begin with a blank.
    """

    first: int
    most: int
    share: float
    share_below: float
    tight: float

    @property
    def splits(self) -> bool:
        """Whether rows have several cells; under a first row with one cell, nearly all of them."""
        return self.most > 1 and (self.first > 1 or self.share_below >= 0.9)

    @property
    def rank(self) -> tuple[float, float]:
        """What the best fit has most of."""
        return self.share, self.tight


def _fit(text: str, delimiter: str) -> Fit:
    found, fault = rows_of(text, delimiter, TRIED)
    records = [row for row in found.rows if not is_blank(row)] or found.rows or [[]]
    counts = list(map(len, records))
    titles = next((at for at, count in enumerate(counts) if count > 1), 0)
    most, times = Counter(counts[titles:]).most_common(1)[0]
    rows = len(counts) + bool(fault)
    loose = sum(cell.startswith(" ") for row in records for cell in row[1:])
    tight = 1 - loose / (sum(counts) or 1)
    return Fit(counts[0], most, times / rows, times / (rows - titles), tight)


@contextlib.contextmanager
def _long_cells() -> Iterator[None]:
    """Allow cells of any length, and spare the collector millions of texts that are no garbage."""
    usual, collects = csv.field_size_limit(LONGEST), gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        csv.field_size_limit(usual)
        if collects:
            gc.enable()


@_long_cells()
def rows_of(
    text: str, delimiter: str, most: int | None = None, spaced: bool = False
) -> tuple[Grid, Problem | None]:
    """Return the rows of a text up to the first fault, at most so many, and that fault.

    spaced : bool
        Blanks behind a separator belong to it.

    >>> rows_of('1,2\\n3,"4', ",")[0].rows
    [['1', '2']]
    """
    grid, start = Grid([], []), 1
    stream = io.StringIO(text, newline=_line_ends(text))
    reader = csv.reader(stream, delimiter=delimiter, strict=True, skipinitialspace=spaced)
    try:
        for row in islice(reader, most):
            grid.rows.append(row)
            grid.lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        known = (said for sign, said in ERRORS.items() if sign in str(error))
        return grid, Problem(start, "", next(known, str(error)))
    return grid, None


def _line_ends(text: str) -> str:
    """Return what ends a row: "" for a lone carriage return as well, as the first row has it."""
    end = FIRST_END.match(text)
    return "" if end and end[1] and not end[2] else "\n"


def unequal(grid: Grid, width: int, full: int = 0) -> Iterator[Problem]:
    """Yield a problem for every row with more or fewer cells than the header.

    full : int
        Cells of the header with those that name nothing.

    Blank surplus is allowed where nearly all rows have the same; in a single row it is the cell
    that an answer with a separator in it has pushed out.

    >>> grid = Grid([["20", "Almaty"], ["21"], ["22", "Astana", ""]], [2, 3, 4])
    >>> [(problem.row, problem.text[:35]) for problem in unequal(grid, 2)]
    [(3, 'has 1 cell where the header has 2; '), (4, 'has 3 cells where the header has 2;')]
    """
    usual, times = Counter(map(len, grid.rows)).most_common(1)[0] if grid.rows else (width, 0)
    sizes = {full, usual if times >= NEARLY_ALL * len(grid.rows) else width}
    longer = {size for size in sizes if size > width}
    for at, row in enumerate(grid.rows):
        if len(row) == width or (len(row) in longer and is_blank(row[width:])):
            continue
        count = f"has {len(row)} cell{'s' * (len(row) > 1)} where the header has {width}"
        cut = at == len(grid.rows) - 1 and len(row) < width
        advice = "was the file cut off?" if cut else "put a cell that holds the separator in quotes"
        yield Problem(grid.lines[at], "", f"{count}; {advice}")
