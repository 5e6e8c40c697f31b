"""Tables as CSV: quoted where needed, guarded against being run."""

import re
from pathlib import Path

import pandas as pd

from analysis.arguments import kind_of
from analysis.language.current import labelled
from analysis.language.signs import shown
from analysis.outputs.files import check_name, check_place, in_folder

SIGNED_NUMBER = re.compile(r"[-+]([0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?(/[0-9]+)?|inf) ?%?")
PART = re.compile(r"[^;\t\r\n]+")  # of a cell, wherever a spreadsheet may part it
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def cell_text(value: object) -> str:
    """Return a cell as CSV holds it: guarded against being run, unless it is a signed number.

    Where the decimal sign is a comma, spreadsheets part a line at semicolons, quoted or not: what
    would be a formula after one is guarded too.

    >>> cell_text("=1+1"), cell_text(-0.5), cell_text("a, b"), cell_text("a;=1+1;-2")
    ("'=1+1", '-0.5', '"a, b"', "a;'=1+1;-2")
    """
    text = f"{value:.12g}" if isinstance(value, float) else shown(str(value))
    text = guarded(text)
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def guarded(text: str) -> str:
    """Return a text of which no spreadsheet takes a part for a formula.

    >>> guarded("-x"), guarded("-5 %"), guarded("a;@b")
    ("'-x", '-5 %', "a;'@b")
    """
    held = PART.sub(lambda part: _held(part[0]), text)
    return "'" + held if held.startswith(("\t", "\n")) else held


def _held(text: str) -> str:
    runs = FORMULA.match(text) and not SIGNED_NUMBER.fullmatch(text.strip())
    return "'" + text if runs else text


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV: quoted where needed, guarded, a line feed after each row.

    >>> csv_text(pd.DataFrame({"option": ["yes", None], "share": [28.5, 4.0]}))
    'option,share\\nyes,28.5\\n,4\\n'
    """
    heads = [" ".join(map(str, head if isinstance(head, tuple) else (head,))) for head in frame]
    cells = frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
    rows = [[head.strip() for head in heads], *cells]
    return "".join((",".join(map(cell_text, row)) or '""') + "\n" for row in rows)


def table_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as the CSV of an output: in the language, with its names of rows.

    >>> table_csv(pd.DataFrame({"people": [9, 31]}, index=["yes", "no"]))
    b'index,people\\nyes,9\\nno,31\\n'
    """
    numbered = frame.index.names == [None] and pd.api.types.is_integer_dtype(frame.index)
    full = labelled(frame)
    return csv_text(full if numbered else full.reset_index(allow_duplicates=True)).encode("utf-8")


def write_table(frame: pd.DataFrame, name: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Save a table as CSV, and return it, so that a cell can end with it.

    frame : DataFrame
        An index with a name or with text is written as the first columns.
    name : str
        Short name of the file: small letters, digits and hyphens.
    folder : str or Path
        Where to write it. Without one it goes to the report that is being made, to
        `outputs/tables` below the current folder in JupyterLab, and nowhere in a plain script.

    Headings and labels are in the language in use; numbers have at most 12 digits: the
    last bit of a result must not change the file. Raises TypeError for anything but a table,
    ValueError for another name.

    >>> import tempfile
    >>> answers = pd.DataFrame({"option": ["yes", "no"], "people": [9, 31]})
    >>> write_table(answers, "own-answers")
      option  people
    0    yes       9
    1     no      31
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_table(answers, "own-answers", folder)  # doctest: +ELLIPSIS
    Written to ...: own-answers.csv
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"frame: wanted a table; got {kind_of(frame)}")
    file = f"{check_name(name)}.csv"
    in_folder("tables", {file: table_csv(frame)}, check_place(folder))
    return frame
