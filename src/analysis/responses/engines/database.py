"""Answers that DuckDB reads once, keeps on the disk and counts there."""

import contextlib
import csv
import os
import shutil
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from analysis.language.current import tr
from analysis.problems import Problem, problem_line, table_error
from analysis.responses.answers import Note
from analysis.responses.extras import need
from analysis.responses.files.layout import Layout

PREFIX = "survey-answers-"  # of folders with temporary files
YOUNG = 60  # seconds that a folder is left alone, be it locked or not
MEMORY = 900  # MB that DuckDB may take
GROUP = 122_880  # rows that DuckDB compresses together at most, and a multiple of 2,048
LONGEST = 8_000_000  # bytes of one row
SAMPLE = 1_000_000  # bytes that tell how long rows are
DIRECT = {"utf-8", "utf-8-sig", "ascii"}  # encodings that DuckDB reads as they are
TABLE = "answers.main.responses"
OWN = f"FROM duckdb_databases() WHERE database_name = 'answers' AND path LIKE '%{PREFIX}%'"
REJECTED = """
    SELECT line_byte_position, column_name, error_type, error_message FROM reject_errors
    QUALIFY row_number() OVER (PARTITION BY line_byte_position ORDER BY byte_position) = 1
    ORDER BY line_byte_position
"""
STATE = "The CSV Parser state machine reached an invalid state"
FAULTS = {
    "UNQUOTED VALUE": "a quotation mark opens and is not closed, or text follows a closed one",
    "INVALID ENCODING": "holds bytes that are no UTF-8",
    "LINE SIZE OVER MAXIMUM": f"is longer than {LONGEST // 1_000_000} MB",
    STATE: "holds line breaks of more than one kind, or a quotation mark out of place",
}


def open_large(file: str | Path, layout: Layout) -> tuple[Any, tuple[Note, ...]]:
    """Return the answers of a CSV file of any size as a DuckDB relation, and notes.

    file : str or Path
        The file is read once, into a compressed database in the folder for temporary files; that
        is removed with the last frame made from the answers, at the end of Python, or, where
        Python was killed, by the next call of anybody.
    layout : Layout
        How the file is written, see `responses.layout`.

    All columns are text; an empty cell is null. Rows without any answer are left out, and a note
    counts them. DuckDB takes 900 MB of memory at most. Raises TableError for rows of another
    length than the header, quotation marks that are not closed and bytes that are not of the
    encoding, with their rows, and OSError where the disk is full.
    """
    file = Path(file)
    _check_names(file, layout.columns)
    folder, lock = _own_folder()
    try:
        connection = _database(folder, lock, *_room(file, len(layout.columns)))
        source, skipped = _source(file, layout, folder)
        _load(connection, source, file, layout, skipped)
        blank = _without_blank_rows(connection, layout.columns)
    except BaseException:
        _remove(folder, lock, os.getpid())
        raise
    return connection.table(TABLE), blank_note(blank)


def kept(relation: Any) -> Any | None:
    """Return the rows of a DuckDB relation from a table, computed once; None if it cannot be made.

    The table lies beside the answers that `open_large` has read, else it is a temporary one; it
    goes with the relation that comes back.

    >>> kept(need("duckdb").sql("SELECT 1 + 1 AS trees")).fetchall()
    [(2,)]
    """
    import duckdb

    name = f"kept_{uuid4().hex}"
    place = f"answers.main.{name}" if relation.query("v", OWN).fetchall() else f"temp.main.{name}"
    kind = "TABLE" if place.startswith("answers") else "TEMP TABLE"
    try:
        relation.query("v", f"CREATE {kind} {place} AS FROM v").fetchall()
    except duckdb.Error:
        return None
    found = relation.query("v", f"FROM {place}")
    weakref.finalize(found, _drop, relation, place).atexit = False
    return found


def _drop(relation: Any, place: str) -> None:
    """Remove a table, unless its connection is closed already."""
    import duckdb

    with contextlib.suppress(duckdb.Error):
        relation.query("v", f"DROP TABLE IF EXISTS {place}").fetchall()


def blank_note(rows: int) -> tuple[Note, ...]:
    """Return the note that counts blank rows, if there are any.

    >>> print(*blank_note(3))
    blank rows left out: 3
    """
    return (Note("", tr("blank rows left out: {rows}", rows=rows)),) if rows else ()


def _check_names(file: Path, columns: Sequence[str]) -> None:
    known: dict[str, str] = {}
    for name in columns:
        if (first := known.setdefault(name.casefold(), name)) is not name:
            text = f"is the name of another column ({first!r}) but for capital letters"
            raise table_error(file, [Problem(1, name, text)])


# -- the folder of a database, and what becomes of it


def _own_folder() -> tuple[Path, Any]:
    """Return a new folder for temporary files, and the open file that says it is in use."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = (folder / "lock").open("wb")
    _take(lock)
    return folder, lock


def _take(lock: Any) -> bool:
    """Lock a file if nobody has; on a system without locks nobody has."""
    with contextlib.suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def sweep() -> None:
    """Remove the temporary folders of processes that were killed.

    >>> sweep()
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # of another person, or gone meanwhile
            if time.time() - folder.stat().st_mtime > YOUNG:
                with (folder / "lock").open("ab") as lock:
                    if _take(lock):
                        shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path, lock: Any, process: int) -> None:
    """Remove a folder, unless this is a fork of the process that made it."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _database(folder: Path, lock: Any, threads: int, rows: int) -> Any:
    """Return a connection to a new database in a folder that goes when the connection does."""
    settings = {"memory_limit": f"{MEMORY}MB", "threads": threads, "temp_directory": str(folder)}
    connection = need("duckdb").connect(config={**settings, "preserve_insertion_order": "false"})
    weakref.finalize(connection, _remove, folder, lock, os.getpid())
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    place = _text(str(folder / "answers.duckdb"))
    connection.execute(f"ATTACH {place} AS answers (ROW_GROUP_SIZE {rows})")
    return connection


def _room(file: Path, columns: int) -> tuple[int, int]:
    """Return how many threads may read a file, and how many rows each may hold in memory."""
    with file.open("rb") as opened:
        sample = opened.read(SAMPLE)
    row = len(sample) / (sample.count(b"\n") + 1) + 32 * columns
    rows = int(MEMORY * 1_000_000 / 4 / row)
    threads = max(1, min(os.cpu_count() or 1, 4, rows // 8192))
    return threads, max(2048, min(GROUP, rows // threads) // 2048 * 2048)


# -- reading


def _source(file: Path, layout: Layout, folder: Path) -> tuple[Path, int]:
    """Return what DuckDB is to read, and how many rows above the respondents it is to skip.

    That is the file itself, or a copy in UTF-8 of the part that holds respondents.
    """
    if layout.encoding in DIRECT and layout.last is None:
        return file, _rows_above(file, layout)
    copy = folder / "respondents.csv"
    try:
        with (
            file.open(encoding=layout.encoding) as lines,
            copy.open("w", encoding="utf-8", newline="\n") as out,
        ):
            out.writelines(islice(lines, layout.first - 1, layout.last))
    except UnicodeError as error:
        raise table_error(file, [Problem(0, "", f"is not {layout.encoding}: {error}")]) from None
    return copy, 0


def _rows_above(file: Path, layout: Layout) -> int:
    """Return how many rows stand above the first respondent; one may take several lines."""
    with file.open(encoding=layout.encoding, errors="replace", newline="") as lines:
        above = islice(lines, layout.first - 1)
        return sum(1 for _ in csv.reader(above, delimiter=layout.delimiter))


def _load(connection: Any, source: Path, file: Path, layout: Layout, skipped: int) -> None:
    """Read a file into the database, or raise TableError."""
    import duckdb

    reader = _reader(source, layout, skipped)
    try:
        _watched(connection, f"CREATE TABLE {TABLE} AS FROM {reader}", file)
    except duckdb.InvalidInputException as error:
        above = layout.first - 1 if source != file else 0
        problems = _problems(connection, source, _reader(source, layout, skipped, True), above)
        raise table_error(file, [*problems] or [Problem(0, "", _said(error))]) from None
    except duckdb.Error as error:
        text = f"cannot be read: {_said(error)}; its temporary files lie in {tempfile.gettempdir()}"
        raise OSError(problem_line(file, Problem(0, "", text))) from None
    if source != file:
        source.unlink()


def _said(error: Exception) -> str:
    """Return what DuckDB says, in words of ours where there are some."""
    line = str(error).partition("\n")[0]
    return next((text for kind, text in FAULTS.items() if kind in line), line)


def _reader(source: Path, layout: Layout, skipped: int, rejects: bool = False) -> str:
    """Return the call of DuckDB's reader of CSV that is strict, or that lists what it refuses."""
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in layout.columns)
    words = {
        **{"auto_detect": "false", "header": "false", "skip": skipped, "null_padding": "false"},
        **{"delim": _text(layout.delimiter), "quote": "'\"'", "escape": "'\"'"},
        **{"strict_mode": "true", "max_line_size": LONGEST, "buffer_size": 4 * LONGEST},
        **({"store_rejects": "true", "rejects_limit": 20} if rejects else {}),
    }
    options = ", ".join(f"{name} = {value}" for name, value in words.items())
    return f"read_csv({_text(str(source))}, {options}, columns = {{{columns}}})"


def _text(value: str) -> str:
    """Return a text as SQL has it."""
    return "'" + value.replace("'", "''") + "'"


def _problems(connection: Any, source: Path, reader: str, above: int) -> Iterator[Problem]:
    """Yield what is wrong with the rows that DuckDB refuses, the first ones, one a row."""
    import duckdb

    try:  # of what is not asked for, DuckDB does not look at the letters
        connection.sql(f"SELECT max(COLUMNS(*)) FROM {reader}").fetchall()
        found = connection.sql(REJECTED).fetchall()
    except duckdb.Error:
        return
    lines = _lines(source, [place for place, *_ in found])
    for line, (_, column, kind, text) in zip(lines, found, strict=True):
        counted = kind in ("MISSING COLUMNS", "TOO MANY COLUMNS")
        rule = _counted(text) if counted else FAULTS.get(kind, text)
        yield Problem(above + line, "" if counted else column or "", rule)


def _counted(text: str) -> str:
    wanted, got = (word for word in text.split() if word.isdigit())
    return f"wanted {wanted} cells as in the header; got {got}"


def _lines(source: Path, places: Sequence[int]) -> Iterator[int]:
    """Yield the line, from 1, of each place in a file; places are bytes from 1, ascending."""
    line, before = 1, 0
    with source.open("rb") as opened:
        for place in places:
            while before < place - 1 and (chunk := opened.read(min(SAMPLE, place - 1 - before))):
                line, before = line + chunk.count(b"\n"), before + len(chunk)
            yield line


def _watched(connection: Any, statement: str, file: Path) -> None:
    """Execute a statement; where somebody watches, a bar tells how far it is."""
    with ThreadPoolExecutor(1) as pool, _bar(file) as tell:
        work = pool.submit(connection.execute, statement)
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    return work.result(0.2) and None
                tell(connection.query_progress())
        except KeyboardInterrupt:
            connection.interrupt()
            raise


@contextlib.contextmanager
def _bar(file: Path) -> Iterator[Any]:
    """Give a function that takes the percentage done and shows it, if there is a terminal."""
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        if sys.stderr.isatty():
            print(f"reading {file.name}", file=sys.stderr, flush=True)
        yield lambda done: None
        return
    shape = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}"
    with tqdm(total=100, desc=file.name, disable=None, bar_format=shape, leave=False) as bar:
        yield lambda done: bar.update(max(0, done - bar.n))


def _without_blank_rows(connection: Any, columns: Sequence[str]) -> int:
    """Remove rows without any answer; return how many there were."""
    cells = (f"coalesce(trim({_name(name)}), '') = ''" for name in columns)
    removed = connection.sql(f"DELETE FROM {TABLE} WHERE {' AND '.join(cells)} RETURNING 1")
    return len(removed.fetchall())


def _name(column: str) -> str:
    """Return a column as SQL has it."""
    return '"' + column.replace('"', '""') + '"'
