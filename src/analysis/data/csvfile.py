"""From the bytes of a CSV file to rows of text, or to clear problems; nothing is guessed."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from analysis.problems import BrokenFileError, Problem
from analysis.textfile import FOREIGN, MARK, PAGE, SAVE, plain_text, read_bytes

CELL_LIMIT = 10_000  # letters


class Sheet(NamedTuple):
    """A header, the rows below it, and for each row the line of the file on which it begins."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]


def parse(text: str) -> Sheet:
    """Return the rows of a CSV text (RFC 4180), without the blank lines at its end."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, start = [], [], 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        wording = {
            "unexpected end of data": 'a quote (") is opened here and never closed',
            "',' expected after '\"'": 'text follows a closing quote; inside quotes write "" for "',
        }
        known = wording.get(str(error), f'a cell is too long; is a quote (") unclosed? ({error})')
        raise BrokenFileError(Problem(start, "", known)) from None
    while rows and not rows[-1]:
        rows.pop()
        lines.pop()
    found = []
    for row, line in zip(rows, lines, strict=True):
        if not row:
            found.append(Problem(line, "", "the line is empty; delete it"))
        elif len(row) != len(rows[0]):
            count = f"{len(row)} fields where the header has {len(rows[0])}"
            found.append(Problem(line, "", f"{count}; put a cell that holds a comma in quotes"))
        elif sum(map(len, row)) > CELL_LIMIT and len(max(row, key=len)) > CELL_LIMIT:
            found.append(Problem(line, "", f"a cell has more than {CELL_LIMIT:,} letters"))
    if found:
        raise BrokenFileError(*found)
    return Sheet(rows[0], rows[1:], lines[1:]) if rows else Sheet([], [], [])


def read_sheet(file: Path) -> Sheet:
    """Return the header and the rows of a CSV file as text, every cell exactly as written.

    file : Path
        Comma-separated UTF-8, with or without a byte order mark, lines ended by LF or CR LF.

    Raises BrokenFileError for anything else: a workbook, another encoding, unseen letters, rows of
    unequal length.
    """
    data = read_bytes(file)
    begun = data.removeprefix(MARK)
    if not begun.strip():
        raise BrokenFileError(Problem(0, "", "is empty; the first line names the columns"))
    kinds = [kind for magic, kind in FOREIGN.items() if begun.startswith(magic)]
    if kinds or PAGE.match(begun):
        raise BrokenFileError(Problem(0, "", f"is {(*kinds, 'a web page')[0]}, not CSV; {SAVE}"))
    return parse(plain_text(data))
