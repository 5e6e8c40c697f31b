"""A workbook for Excel: a sheet a table, numbers as numbers, no formula; by XlsxWriter."""

import io
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from analysis.language.current import speaking, tr
from analysis.outputs.whole import write_whole
from analysis.responses.extras import need
from analysis.writing.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
    numbered,
    shown,
    title_of,
)
from analysis.writing.packages import moment

LONGEST = 32_767  # UTF-16 units in a cell
ROWS, COLUMNS = 1_048_576, 16_384
NAME = 31  # UTF-16 units in the name of a sheet
FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]+")
RESERVED = {"history"}
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TOP = 2  # rows above the headings of a table: its title, and a blank one


def write_xlsx(blocks: Iterable[Block], file: str | Path, language: str = "en") -> Path:
    """Write a workbook and return where it is.

    blocks : iterable of Heading, Paragraph, Table, Figure
        Tables become a sheet each; headings and paragraphs stand on the first sheet, below the list
        of tables. Figures are left out.
    file : str or Path
    language : str
        One of "en", "ru", "kk".

    A cell longer than Excel can hold is cut, and a note below the table says so. The same blocks
    give the same bytes. Raises ValueError for a table of more rows or columns than a sheet has.

    >>> import pandas as pd, tempfile
    >>> table = Table(pd.DataFrame({"answer": ["yes"], "people": [4]}), "Crop")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_xlsx([table], f"{folder}/orchards.xlsx").name
    'orchards.xlsx'
    """
    with speaking(language):
        content = _workbook(list(blocks))
    write_whole(Path(file), content)
    return Path(file)


def _workbook(blocks: list[Block]) -> bytes:
    out = io.BytesIO()
    book = need("xlsxwriter").Workbook(out, {**SAFE, "in_memory": True})
    book.set_properties({"title": cut(title_of(blocks), 255), "created": moment()})
    tables = [(each, n) for each, n in numbered(blocks) if isinstance(each, Table)]
    contents = tr("Contents")
    names = sheet_names([contents, *(each.name or each.title for each, _ in tables)])
    _contents(book, book.add_worksheet(names[0]), blocks, names[1:])
    for (table, number), name in zip(tables, names[1:], strict=True):
        _sheet(book, book.add_worksheet(name), table, number)
    book.close()
    return out.getvalue()


def sheet_names(texts: Sequence[str]) -> list[str]:
    """Return a name of a sheet for each text: short enough, without forbidden signs, each its own.

    >>> sheet_names(["a/b", "A?B", "'", "Қандай кедергілерге тап болдыңыз?"])
    ['a b', 'A B 2', 'Sheet', 'Қандай кедергілерге тап болдыңы']
    """
    names: list[str] = []
    for text in texts:
        taken = RESERVED | {name.casefold() for name in names}
        names.append(_free(FORBIDDEN.sub(" ", shown(text)).strip(" '") or "Sheet", taken))
    return names


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or the name with the first number that makes it another one."""
    found, number = cut(name, NAME).strip(" '"), 1
    while found.casefold() in taken:
        number += 1
        found = f"{cut(name, NAME - len(str(number)) - 1).strip()} {number}"
    return found


def cut(text: str, units: int) -> str:
    """Return the beginning of a text that has at most so many UTF-16 units.

    >>> cut("ab🍐", 3), cut("ab🍐", 4)
    ('ab', 'ab🍐')
    """
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _contents(book: Any, sheet: Any, blocks: list[Block], names: list[str]) -> None:
    """Write the first sheet: the title, the tables with links to them, the text."""
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    link = book.add_format({"font_color": "#0563C1", "underline": 1})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    row, left = 0, iter(names)
    for block, number in numbered(blocks):
        if isinstance(block, Heading):
            row += bool(row)
            sheet.write_string(row, 0, cut(shown(block.text), LONGEST), bold)
        elif isinstance(block, Table):
            place = "internal:'{}'!A1".format(next(left).replace("'", "''"))
            sheet.write_url(row, 0, place, link, _caption(block, number))
            sheet.write_string(row, 1, cut(shown(block.title), LONGEST))
        elif isinstance(block, Paragraph):
            sheet.write_string(row, 1, cut(shown(block.text), LONGEST), wrap)
        else:
            continue
        row += 1


def _caption(table: Table, number: int) -> str:
    return table.caption.replace("{number}", str(number))


def _sheet(book: Any, sheet: Any, table: Table, number: int) -> None:
    check_size(table)
    columns = table.columns
    bold, head = book.add_format({"bold": True}), {"bold": True, "text_wrap": True, "bottom": 1}
    title = f"{_caption(table, number)}. {shown(table.title)}"
    sheet.write_string(0, 0, cut(title, LONGEST), bold)
    sheet.freeze_panes(TOP + 1, 1)
    for place, column in enumerate(columns):
        aligned = book.add_format({**head, "align": "right" if column.right else "left"})
        sheet.write_string(TOP, place, cut(column.head, LONGEST), aligned)
        sheet.set_column(place, place, width_of(column))
        _cells(book, sheet, place, column)
    notes = [*map(shown, table.notes), *_cut_notes(columns)]
    for place, note in enumerate(notes):
        sheet.write_string(TOP + len(table.frame) + 2 + place, 0, cut(note, LONGEST))


def check_size(table: Table) -> None:
    """Raise ValueError for a table that no sheet can hold, with its title and size."""
    rows, columns = table.frame.shape
    if rows + TOP + len(table.notes) + 4 > ROWS or columns > COLUMNS:
        raise ValueError(
            f"table {table.title[:60]!a}: {rows:,} rows and {columns:,} columns; a sheet of Excel "
            f"holds {ROWS:,} and {COLUMNS:,}"
        )


def _cells(book: Any, sheet: Any, place: int, column: Column) -> None:
    number = book.add_format({"num_format": number_format(column)})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    right = book.add_format({"align": "right"})
    for row, value in enumerate(column.values, start=TOP + 1):
        if isinstance(value, str):
            sheet.write_string(row, place, _held(value), right if column.right else wrap)
        elif value is not None and math.isfinite(value):
            sheet.write_number(row, place, value, number)
        elif value is not None:
            sheet.write_string(row, place, "∞" if value > 0 else "−∞", right)


def number_format(column: Column) -> str:
    """Return the format of a column of numbers, with its decimals.

    >>> number_format(Column("share", [], [4.5], True, 1)), number_format(Column("", [], [], 1, 0))
    ('0.0', '0')
    """
    grouped = any(isinstance(each, int | float) and abs(each) >= 10_000 for each in column.values)
    return ("#,##0" if grouped else "0") + ("." + "0" * column.digits if column.digits else "")


def _held(text: str) -> str:
    return text if len(text.encode("utf-16-le")) <= 2 * LONGEST else cut(text, LONGEST - 1) + "…"


def _cut_notes(columns: Sequence[Column]) -> list[str]:
    """Return a sentence for every cell that is longer than a sheet can hold."""
    said = []
    for column in columns:
        for row, value in enumerate(column.values, start=1):
            if isinstance(value, str) and _held(value) != value:
                said.append(_cut_note(column.head, row, len(value)))
    return said


def _cut_note(head: str, row: int, letters: int) -> str:
    return tr(
        "Column “{column}”, row {row}: cut, its {n:,} characters do not fit in a cell.",
        column=head[:60],
        row=row,
        n=letters,
    )


def width_of(column: Column) -> float:
    """Return the width of a column, in letters.

    >>> width_of(Column("answer", ["yes", "no"], ["yes", "no"], False, 0))
    9
    """
    longest = max((len(line) for text in column.texts for line in text.split("\n")), default=0)
    word = max(map(len, column.head.split()), default=0)
    return min(max(longest, word, 7) + 2, 14 if column.right else 60)
