"""What a file holds, by its bytes and not by its name."""

import json
import re
import zipfile
from pathlib import Path

from analysis.problems import BrokenFileError, Problem
from analysis.textfile import read_start

HEAD = 1_000_000  # bytes that are looked at
ZIP, SPSS = b"PK\x03\x04", (b"$FL2", b"$FL3")
NO_TEXT = {
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls), or one with a password; save it as .xlsx without",
    b"\x1f\x8b": "compressed with gzip; unpack it",
    b"BZh": "compressed with bzip2; unpack it",
    b"\xfd7zXZ\x00": "compressed with xz; unpack it",
    b"\x28\xb5\x2f\xfd": "compressed with zstd; unpack it",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive; unpack it",
    b"Rar!": "a rar archive; unpack it",
    b"%PDF": "a PDF",
    b"%!PS": "a PostScript file",
    b"MIME-Version": "a web page or a letter",
    b"{\\rtf": "a text document (.rtf)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
    b"<stata_dta>": "a Stata file (.dta)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
ARCHIVES = {
    "word/document.xml": "a Word document",
    "xl/workbook.bin": "a binary workbook (.xlsb); save it as .xlsx",
    "content.xml": "an OpenDocument file; save it as .xlsx",
}
PAGE = re.compile(
    rb"\s*<(!doctype|!--|html|head|body|table|meta|div|script|style|svg|\?xml)", re.IGNORECASE
)
WANTED = "wanted the answers as .csv, .tsv, .txt, .xlsx or .sav"


def kind_of_file(file: Path) -> str:
    """Return what a file holds: "text", "workbook" or "spss".

    file : Path
        A folder or a pipe is never opened: reading a pipe would wait for ever.

    Raises BrokenFileError for a file that is empty, that cannot be read or that holds none of them.
    """
    head = _head(file)
    if head.startswith(ZIP):
        return _kind_of_archive(file)
    if head.startswith(SPSS):
        return "spss"
    for sign, what in NO_TEXT.items():
        if head.startswith(sign):
            raise BrokenFileError(Problem(0, "", f"is {what}; {WANTED}"))
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"")
    if PAGE.match(text):
        raise BrokenFileError(Problem(0, "", f"is a web page or XML, not a table; {WANTED}"))
    if _is_json(text):
        raise BrokenFileError(Problem(0, "", f"is JSON, not a table; {WANTED}"))
    return "text"


def _head(file: Path) -> bytes:
    head = read_start(file, HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BrokenFileError(Problem(0, "", "is empty; the first row names the questions"))
    return head


def _is_json(head: bytes) -> bool:
    if not re.match(rb'\s*(\{\s*"|\[\s*[\[{])', head):
        return False
    try:
        json.loads(head)
    except ValueError:
        return len(head) == HEAD or bool(re.match(rb'\s*(\{|\[\s*\{)\s*"[^"]*"\s*:', head))
    return True


def _kind_of_archive(file: Path) -> str:
    """Return "workbook", or say what another kind of zip archive is."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError) as error:
        text = f"is a workbook or an archive that is damaged or cut off ({error}); fetch it again"
        raise BrokenFileError(Problem(0, "", text)) from None
    if "xl/workbook.xml" in names:
        return "workbook"
    what = next((what for sign, what in ARCHIVES.items() if sign in names), "")
    tables = [name for name in names if name.lower().endswith((".csv", ".xlsx", ".sav"))]
    unpack = f"a zip archive; unpack it and take {', '.join(map(repr, tables[:3])) or 'a table'}"
    raise BrokenFileError(Problem(0, "", f"is {what or unpack}; {WANTED}"))
