"""From a file that a person has to answers: read right, or refused with one message."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.problems import BrokenFileError, Problem, table_error
from analysis.responses.answers import Note, Responses
from analysis.responses.files.contents import kind_of_file
from analysis.responses.files.delimited import split, unequal
from analysis.responses.files.doubtful import doubtful
from analysis.responses.files.encoding import SAMPLE, WORD, decoded
from analysis.responses.files.grid import Grid, rows_said, size_note
from analysis.responses.files.headers import Header, read_header
from analysis.responses.files.large import read_large
from analysis.responses.files.layout import LARGE
from analysis.responses.files.respondents import no_respondents
from analysis.responses.files.spss import read_spss
from analysis.responses.files.workbooks import read_marked

LOST = re.compile("[\ufffd\x80-\x84\x86-\x9f]")  # what wrong conversions leave
SAID = {
    "cp1251": "Windows-1251 (cp1251)",
    "kz1048": "KZ-1048 (Kazakh Windows)",
    "koi8_r": "KOI8-R",
    "cp866": "DOS (cp866)",
    "mac_cyrillic": "Mac Cyrillic",
    "cp1252": "Windows-1252 (Western)",
    "cp1254": "Windows-1254 (Turkish)",
}


def read_file(file: str | Path, sheet: str = "") -> Responses:
    """Return the answers of a file, one row a respondent, cells as written.

    file : str or Path
        Text parted by comma, semicolon, tab or bar, in UTF-8, UTF-16 or an old encoding; a workbook
        (.xlsx); an SPSS file (.sav). What it is is told from its content, not from its name.
    sheet : str
        Of a workbook: which sheet.

    Index: the row of the file on which a respondent begins. Empty cells are "". Nothing is left out
    in silence: `notes` says how many respondents were read, which rows are none and why, which
    names were changed, and in what encoding and with what separator the file was read.

    Raises TableError with file, row, column and rule for a file that cannot be read right.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "hostel.csv")
    >>> _ = file.write_text("crop;height\\napples;1,75\\n\\npears;1,80\\n", "utf-8")
    >>> read_file(file).frame.to_dict("index")
    {2: {'crop': 'apples', 'height': '1,75'}, 4: {'crop': 'pears', 'height': '1,80'}}
    """
    file = Path(file)
    try:
        kind = kind_of_file(file)
        if sheet and kind != "workbook":
            raise BrokenFileError(
                Problem(0, "", "is no workbook and has no sheets; leave sheet out")
            )
        return READERS[kind](file, sheet)
    except BrokenFileError as error:
        raise table_error(file, in_one_line(error.problems)) from None


def in_one_line(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first of several faults, with the number of the others.

    >>> in_one_line([Problem(3, "", "has 1 cell"), Problem(8, "", "has 1 cell")])
    [Problem(row=3, column='', text='has 1 cell; and 1 more row like it')]
    """
    first, *more = problems
    rows = f"; and {len(more)} more row{'s' * (len(more) > 1)} like it" if more else ""
    return [first._replace(text=first.text + rows)]


def _read_text(file: Path, sheet: str) -> Responses:
    if file.stat().st_size > LARGE:
        found, encoding, delimiter = read_large(file)
        return found.noting(*_how(encoding, delimiter, found))
    text, encoding = decoded(file.read_bytes())
    grid, delimiter, notes = split(text)
    found = answers_of(grid, file.name).noting(*notes)
    sign = delimiter if delimiter in text else ""
    return found.noting(*_how(encoding, sign, found), *_lost(text))


def _read_sheet(file: Path, sheet: str) -> Responses:
    grid, notes, marks = read_marked(file, sheet)
    if file.suffix.lower() not in (".xlsx", ".xlsm", ".xltx"):
        notes.insert(0, Note("", tr("the file is a workbook, whatever its name says")))
    found = answers_of(grid, file.name)
    people = found.frame.index.tolist()
    marks.check(grid, people)
    return found.noting(*notes, *marks.notes(people))


def _read_labelled(file: Path, sheet: str) -> Responses:
    found = read_spss(file)
    return found.noting(size_note(len(found.frame), len(found.columns)))


READERS: dict[str, Callable[[Path, str], Responses]] = {
    "text": _read_text,
    "workbook": _read_sheet,
    "spss": _read_labelled,
}


def answers_of(grid: Grid, source: str) -> Responses:
    """Return the answers of a grid: its header read, what is no respondent left out and noted.

    grid : Grid
        All rows of the file.
    source : str
        What the answers come from.

    Raises BrokenFileError for rows of unequal length, for another header in the middle, and where
    there are no respondents.

    >>> answers_of(Grid([["age"], ["20"], ["21"]], [1, 2, 3]), "hostel.csv").notes
    (Note(place='', text='respondents read: 2, columns: 1'),)
    """
    empty = grid.blank
    blank = [grid.lines[at] for at in empty]
    grid = grid.without(empty)
    if not grid.rows:
        raise BrokenFileError(Problem(0, "", "is empty; the first row names the questions"))
    header = read_header(grid)
    below = grid.taking(range(header.top, len(grid.rows)))
    if not below.rows:
        raise BrokenFileError(Problem(0, "", "has a header and no respondents below it"))
    others = no_respondents(below, header.rows, blank)
    people = below.without((*others.headers, *others.summaries))
    idle = [at for at in header.unnamed if not any(_cells(people, at))]
    if problems := list(unequal(people, header.width(idle), len(header.names))):
        raise BrokenFileError(*problems)
    frame = _frame(people, header, idle)
    notes = [
        *_left_out(blank, tr("left out: blank")),
        *_left_out([below.lines[at] for at in others.headers], tr("left out: the header again")),
        *_left_out(
            [below.lines[at] for at in others.summaries],
            tr("left out: a summary or a note, no respondent"),
        ),
    ]
    size = size_note(len(frame), len(frame.columns))
    notes = (size, *header.notes, *header.said_of(idle), *notes, *doubtful(frame))
    return Responses(frame, source, notes, header.labels)


def _cells(people: Grid, at: int) -> Iterator[str]:
    return (row[at].strip() for row in people.rows if at < len(row))


def _frame(people: Grid, header: Header, idle: Sequence[int]) -> pd.DataFrame:
    left_out = set(idle)
    kept = [(at, name) for at, name in enumerate(header.names) if at not in left_out]
    columns = {name: [row[at] for row in people.rows] for at, name in kept}
    return pd.DataFrame(columns, index=people.lines, dtype="str")


def _left_out(lines: Sequence[int], said: str) -> list[Note]:
    return [Note(rows_said(lines), said)] if lines else []


def _how(encoding: str, delimiter: str, found: Responses) -> list[Note]:
    """Return notes on an encoding and a separator that are not the usual ones."""
    notes = []
    if encoding != "utf-8":
        name = SAID.get(encoding, encoding.upper())
        said = tr("encoding found: {name}", name=name)
        if word := _word(" ".join(found.columns)):  # of no answer: it may be a name
            said = tr("encoding found: {name}; is this a word: {word}", name=name, word=word)
        notes.append(Note("", said))
    if delimiter and delimiter != ",":
        notes.append(Note("", tr("separator found: {sign}", sign=quoted(delimiter))))
    return notes


def _word(text: str) -> str:
    """Return the most frequent word with a letter that is not English, the longest of equals."""
    times = Counter(WORD.findall(text[:SAMPLE]))
    return max(times, key=lambda word: (times[word], len(word)), default="")


def _lost(text: str) -> list[Note]:
    """Return a note on letters that an earlier conversion has lost."""
    first = LOST.search(text)
    if not first:
        return []
    row, number = text.count("\n", 0, first.start()) + 1, len(LOST.findall(text))
    said = tr("letters lost in an earlier conversion, in the whole file: {number}", number=number)
    return [Note(rows_said([row]), said)]
