"""From a workbook (.xlsx) to rows of text, as a person sees its cells."""

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.problems import BrokenFileError, Problem
from analysis.responses.answers import Note
from analysis.responses.extras import need
from analysis.responses.files.grid import Grid, is_blank
from analysis.responses.files.sheets import Marks, marks_of
from analysis.responses.shown import shown as plainly

UNPACKED = 1_000_000_000  # bytes; a small archive can unpack to far more
SMALL = 50_000_000  # bytes that are unpacked whatever the size of the archive
RATIO = 100  # of what is unpacked to the archive; that of answers is below 30
ROWS = 1_048_576  # of a sheet
ANSWERS = re.compile(r"respons|answer|result|raw|data|ответ|данн|жауап|дерек", re.IGNORECASE)
PERCENT = re.compile(r"0(?:[.,](0+))?%")
FIXED = re.compile(r"0[.](0+)")
ESCAPED = re.compile(r"_x([0-9A-F]{4})_")


def read_workbook(file: Path, sheet: str = "") -> tuple[Grid, list[Note]]:
    """Return the rows of one sheet of a workbook as text, and which sheet that is.

    file : Path
        An .xlsx file.
    sheet : str
        The sheet to read; where none is named, the only one with a table, or the only one whose
        name speaks of answers.

    Formulas give the values that were last computed; dates come as 2024-05-01. Raises
    BrokenFileError for a file that is no workbook, for a sheet that is not there, for several
    sheets with tables, and for a formula that was never computed.
    """
    return read_marked(file, sheet)[:2]


def read_marked(file: Path, sheet: str = "") -> tuple[Grid, list[Note], Marks]:
    """Return what `read_workbook` does, and what the sheet says of its rows and cells.

    file, sheet
        As for `read_workbook`.
    """
    openpyxl = need("openpyxl")
    _check_size(file)
    try:
        with file.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            chosen, notes = _choose(book, sheet)
            grid, errors = Grid([], []), []
            for line, cells in _rows(chosen):
                grid.rows.append(_texts(cells))
                grid.lines.append(line)
                errors += _errors(openpyxl, line, cells)
            xml = book._archive.read(chosen._worksheet_path)
    except BrokenFileError:
        raise
    except Exception:  # openpyxl fails in many ways on a damaged file
        text = "is a workbook that cannot be read; open it in a spreadsheet and save it again"
        raise BrokenFileError(Problem(0, "", text)) from None
    marks = marks_of(xml, errors)
    if b"<f" in xml or b":f" in xml:
        _check_formulas(openpyxl, file, chosen.title, grid, marks)
    return _trimmed(grid), notes, marks


def _check_size(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        size = sum(each.file_size for each in archive.infolist())
    if size > UNPACKED or size > max(SMALL, RATIO * file.stat().st_size):
        raise BrokenFileError(
            Problem(0, "", f"unpacks to {size:,} bytes, far more than answers take")
        )


def _choose(book: Any, name: str) -> tuple[Any, list[Note]]:
    """Return the sheet with the answers, and a note where there are several."""
    sheets = {each.title: each for each in book.worksheets}
    if name:
        if name not in sheets:
            text = f"has no sheet {quoted(name)}; there are {_named(sheets)}"
            raise BrokenFileError(Problem(0, "", text))
        return sheets[name], []
    full = {title: each for title, each in sheets.items() if _has_table(each)}
    visible = {t: each for t, each in full.items() if each.sheet_state == "visible"} or full
    named = {title: each for title, each in visible.items() if ANSWERS.search(title)}
    (title, chosen), *more = (named if len(named) == 1 else visible).items() or [("", None)]
    if chosen is None:
        raise BrokenFileError(Problem(0, "", "is empty: no sheet has a header and rows below it"))
    if more:
        text = f"has several sheets with tables: {_named(visible)}; name one by sheet="
        raise BrokenFileError(Problem(0, "", text))
    others = [each for each in sheets if each != title]
    said = tr(
        "sheet {name} was read; not read: {others}",
        name=plainly(title),
        others=", ".join(map(plainly, others)),
    )
    return chosen, [Note("", said)] if others else []


def _named(titles: Iterable[str]) -> str:
    return ", ".join(repr(plainly(each)) for each in titles)


def _has_table(sheet: Any) -> bool:
    """Say whether a sheet has two rows or more."""
    found = 0
    for _, cells in _rows(sheet):
        found += not is_blank(_texts(cells))
        if found == 2:
            return True
    return False


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows of a sheet, each with its number."""
    sheet.reset_dimensions()  # some programs write wrong ones
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line > ROWS:
            raise BrokenFileError(Problem(0, "", f"has rows below the {ROWS:,} of a sheet"))
        yield line, cells


def _texts(cells: Sequence[Any]) -> list[str]:
    """Return a row as text, without blank cells at its end."""
    row = [shown(cell.value, getattr(cell, "number_format", "")) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return row


def _errors(openpyxl: Any, line: int, cells: Sequence[Any]) -> Iterator[Problem]:
    """Yield a problem for every cell of a row that holds an error of the spreadsheet."""
    for at, cell in enumerate(cells, start=1):
        if cell.value is not None and cell.data_type == "e":
            text = f"holds the error {quoted(cell.value)}; mend it or empty the cell"
            yield Problem(line, openpyxl.utils.get_column_letter(at), text)


def shown(value: Any, form: str = "General") -> str:
    """Return the value of a cell as a person sees it.

    value
        None, text, number, bool, date or time, as openpyxl has it.
    form : str
        The number format: percent and a fixed number of decimals are kept.

    >>> shown(5.0), shown(0.25, "0%"), shown(1.5, "0.00"), shown(datetime.date(2024, 5, 1))
    ('5', '25%', '1.50', '2024-05-01')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: float, form: str) -> str:
    exact = Decimal(repr(value))
    if percent := PERCENT.fullmatch(form):
        return _rounded(exact * 100, percent[1] or "") + "%"
    if fixed := FIXED.fullmatch(form):
        return _rounded(exact, fixed[1])
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _rounded(value: Decimal, places: str) -> str:
    """Return a number with so many decimals, halves away from zero as spreadsheets have it."""
    return str(value.quantize(Decimal(10) ** -len(places), ROUND_HALF_UP))


def _check_formulas(openpyxl: Any, file: Path, title: str, grid: Grid, marks: Marks) -> None:
    """Refuse a sheet with formulas that have no value; a program wrote them and computed none."""
    values = dict(zip(grid.lines, grid.rows, strict=True))
    problems = []
    with file.open("rb") as stream:
        sheet = openpyxl.load_workbook(stream, read_only=True)[title]
        for line, cells in _rows(sheet):
            for at, cell in enumerate(cells):
                if cell.data_type == "f" and not "".join(values.get(line, [])[at : at + 1]):
                    letter = openpyxl.utils.get_column_letter(at + 1)
                    if f"{letter}{line}" not in marks.no_text:
                        formula = getattr(cell.value, "text", cell.value)  # one of several cells
                        rule = "has no value; open and save it in a spreadsheet"
                        problems.append(Problem(line, letter, f"{quoted(formula)} {rule}"))
    if problems:
        raise BrokenFileError(*problems)


def _trimmed(grid: Grid) -> Grid:
    """Return rows of one length, without blank ones at the end."""
    end = len(grid.rows)
    while end and is_blank(grid.rows[end - 1]):
        end -= 1
    width = max(map(len, grid.rows[:end]), default=0)
    rows: Sequence[list[str]] = grid.rows[:end]
    return Grid([row + [""] * (width - len(row)) for row in rows], grid.lines[:end])
