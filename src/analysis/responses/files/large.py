"""A delimited file too large to be held: its layout from both ends, its rows by an engine."""

import codecs
import tempfile
from collections.abc import Iterator
from pathlib import Path

import narwhals as nw

from analysis.language.current import tr
from analysis.problems import BrokenFileError, Problem, TableError
from analysis.responses.answers import Note, Responses
from analysis.responses.files.delimited import rows_of, separator_of, unequal
from analysis.responses.files.encoding import encoding_of
from analysis.responses.files.grid import Grid, size_note
from analysis.responses.files.headers import Header, read_header
from analysis.responses.files.layout import Layout
from analysis.responses.files.respondents import no_respondents

END = 1_000_000  # bytes at either end that are looked at
STARTS = 50  # lines of the last of them on which a record may begin
CHUNK = 1 << 24


def read_large(file: Path) -> tuple[Responses, str, str]:
    """Return the answers of a delimited file of any size, its encoding and its separator.

    file : Path
        One in another encoding than UTF-8 is written anew, piece by piece, into a temporary file.

    The frame is DuckDB's. Raises BrokenFileError for what is no text, for a file that was cut off
    and for a header without respondents, TableError for what the engine finds.
    """
    encoding = encoding_of(_ends(file)).removesuffix("-sig")
    if encoding == "utf-8":
        return _opened(file, encoding)
    with tempfile.TemporaryDirectory(prefix="responses-") as folder:
        copy = _as_utf8(file, encoding, Path(folder))
        try:
            return _opened(copy, encoding)
        except TableError as error:
            named = [text.replace(copy.as_posix(), file.as_posix()) for text in error.problems]
            raise TableError(named) from None


def _opened(file: Path, encoding: str) -> tuple[Responses, str, str]:
    from analysis.responses.engines import open_large

    layout, header, notes = layout_of(file)
    frame, more = open_large(file, layout)
    people = nw.from_native(frame).lazy().select(nw.len()).collect().item()
    size = size_note(people, len(layout.columns))
    found = Responses(frame, file.name, (size, *notes, *more), header.labels)
    return found, encoding, layout.delimiter


def layout_of(file: Path) -> tuple[Layout, Header, list[Note]]:
    """Return the layout of a large UTF-8 file, its header, and what to note of both ends.

    file : Path
        Only its first and its last megabyte are looked at.

    Raises BrokenFileError as `read_large`.
    """
    with file.open("rb") as stream:
        text = _whole_lines(stream.read(END)).decode("utf-8-sig")
    delimiter = separator_of(text)
    grid, fault = rows_of(text, delimiter)
    grid = grid.without(grid.blank)
    header = read_header(grid) if grid.rows else None
    if not header or header.top >= len(grid.rows):
        raise BrokenFileError(fault or Problem(0, "", "has no respondents in its first megabyte"))
    last, notes = _last(file, delimiter, header)
    first = grid.lines[header.top]
    layout = Layout("utf-8", delimiter, header.names, first, last, bool(header.rows))
    return layout, header, [*header.notes, *header.said_of(()), *notes]


def _whole_lines(data: bytes) -> bytes:
    return data[: max(data.rfind(b"\n"), data.rfind(b"\r")) + 1]


def _ends(file: Path) -> bytes:
    """Return the lines at the beginning and the end of a file; of UTF-16 its beginning."""
    with file.open("rb") as stream:
        head = stream.read(END)
        if b"\0" in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return head
        stream.seek(-END, 2)
        return _whole_lines(head) + stream.read(END).partition(b"\n")[2]


def _last(file: Path, delimiter: str, header: Header) -> tuple[int | None, list[Note]]:
    """Return the row on which the last respondent ends, where others stand below, and a note."""
    width = len(header.names)
    tail = _tail(file, delimiter, width)
    blank = [tail.lines[at] for at in tail.blank]
    full = tail.without(tail.blank)
    found = no_respondents(full, header.rows, blank).summaries
    people = full.without(found)
    if problems := list(unequal(people, width))[-1:]:
        raise BrokenFileError(*problems)
    if not found:
        return None, []
    last = people.lines[-1] + "".join(people.rows[-1]).count("\n")
    return last, [
        Note(
            tr("rows below row {row}", row=last), tr("left out: a summary or a note, no respondent")
        )
    ]


def _tail(file: Path, delimiter: str, width: int) -> Grid:
    """Return the rows at the end of a file, numbered as in the file.

    The piece can begin inside a quoted cell: lines are tried until rows are as long as the header.
    """
    with file.open("rb") as stream:
        stream.seek(-END, 2)
        lines = stream.read().decode("utf-8", "ignore").split("\n")
    total = _count_lines(file)
    fault: Problem | None = None
    for start in range(1, min(STARTS, len(lines))):
        text = "\n".join(lines[start:])
        above = total - text.count("\n") - (not text.endswith("\n"))
        grid, broken = rows_of(text, delimiter)
        if not broken and all(len(row) == width for row in grid.rows[:5]):
            return Grid(grid.rows, [line + above for line in grid.lines])
        fault = fault or (broken and broken._replace(row=broken.row + above))
    rule = f"no row with {width} cells, as the header has, begins in the last megabyte"
    raise BrokenFileError(fault or Problem(0, "", rule))


def _count_lines(file: Path) -> int:
    """Return how many lines a file has, with one at its end that nothing ends."""
    count, piece = 0, b""
    for piece in _pieces(file):
        count += piece.count(b"\n")
    return count + (not piece.endswith(b"\n"))


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece


def _as_utf8(file: Path, encoding: str, folder: Path) -> Path:
    """Write the text of a file into a folder, in UTF-8, and return where."""
    decoder, row = codecs.getincrementaldecoder(encoding)(), 1
    copy = folder / file.name
    with copy.open("w", encoding="utf-8", newline="") as stream:
        try:
            for piece in _pieces(file):
                text = decoder.decode(piece)
                stream.write(text.removeprefix("\ufeff") if row == 1 else text)
                row += text.count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            text = f"is not {encoding.upper()} from about here on; was the file cut off?"
            raise BrokenFileError(Problem(row, "", text)) from None
    return copy
