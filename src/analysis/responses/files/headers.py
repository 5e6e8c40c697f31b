"""Which rows at the top of a file name its columns, and the names that they make."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.responses.answers import Note
from analysis.responses.codebook import UNTICKED
from analysis.responses.files.cells import as_number, column_kind, kind_of
from analysis.responses.files.grid import Grid, filled, ranges, rows_said
from analysis.responses.options import plain
from analysis.textfile import UNSEEN, UNSEEN_LETTERS

LOOKED_AT = 2000  # rows below a header from which it is told
FREE = re.compile(  # the second header of a question for which there is one column
    r"(open[- ]ended )?response|ответ( в свободной форме)?|свободный ответ|жауап|antwort|réponse",
    re.IGNORECASE,
)
OWN_WORDS = re.compile(r"\bother\b|\(please specify\)|друго[ей]|басқа|ImportId", re.IGNORECASE)
SIGNS = UNTICKED | set(map(plain, ("1", "x", "х", "✓", "✔", "+", "yes", "y", "true", "да", "иә")))
CODE = re.compile(r"\w[\w.\-\[\]]*")
QUESTION = re.compile(
    r".*[?:؟？]$|(q|в|с|question|вопрос|сұрақ)[ _.]?[0-9].*", re.IGNORECASE | re.DOTALL
)

ASKED_FOR = re.compile(  # what a second row says of how to answer
    r"(please )?(choose|select|pick|tick|mark|enter|write|type|indicate)\b.*"
    r"|(one|single|several|any) (answer|option|choice)s?|in (years|cm|kg|hours|tenge|roubles)"
    r"|(выберите|отметьте|укажите|впишите|введите|напишите)\b.*"
    r"|(один|несколько) (ответ|вариант)(ов)?|в (годах|см|кг|часах|тенге|рублях)"
    r"|.*\b(таңдаңыз|белгілеңіз|көрсетіңіз|жазыңыз|енгізіңіз)",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """The names of the columns, the rows at the top that are no respondents, and what to note.

    names : tuple of str
        One a column, none twice, without control characters.
    rows : list of list of str
        The header as the file has it: no row, one or several.
    top : int
        How many rows of the grid stand above the first respondent.
    unnamed : tuple of int
        The places of columns that the header does not name.
    labels : mapping
        Where one row has short names and another the questions: as `Responses.labels`.
    """

    names: tuple[str, ...]
    rows: list[list[str]]
    top: int
    notes: tuple[Note, ...] = ()
    unnamed: tuple[int, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def width(self, idle: Sequence[int]) -> int:
        """Return how many cells a row must have, where some columns hold nothing."""
        width, left_out = len(self.names), set(idle)
        while width - 1 in left_out:
            width -= 1
        return width

    def said_of(self, idle: Sequence[int]) -> list[Note]:
        """Return what to note of columns without a name: that they are left out, or their name."""
        left_out = set(idle)
        said = tr("left out: it has neither a name nor a cell")
        runs = ranges(at + 1 for at in left_out)
        notes = [Note(tr("column {number}", number=run), said) for run in runs]
        for at in self.unnamed:
            if at not in left_out:
                called = tr("has no name: called {name}", name=self.names[at])
                notes.append(Note(tr("column {number}", number=at + 1), called))
        return notes


def read_header(grid: Grid) -> Header:
    """Return the header of a grid without blank rows.

    The first row is the header unless it looks more like answers than like questions, by the
    columns below it; a second row belongs to it if the first leaves columns without a name or names
    them alike, and it looks like options.

    >>> grid = Grid([["crop", "", "age"], ["apples", "pears", ""], ["1", "0", "20"]], [1, 2, 3])
    >>> read_header(grid)[:3:2]
    (('crop [apples]', 'crop [pears]', 'age'), 2)
    """
    titles = _titles(grid)
    rows, lines = grid.rows[titles:], grid.lines[titles:]
    notes = [Note(rows_said([line]), tr("left out: a title")) for line in grid.lines[:titles]]
    width = len(rows[0])
    below = [row for row in rows[1 : LOOKED_AT + 1] if width == 1 or not _is_again(row, rows[0])]
    asks, answers = _votes(rows[0], below)
    if answers > asks:
        names = tuple(f"column {at}" for at in range(1, width + 1))
        said = tr("looks like answers: taken as a respondent; columns are named by number")
        return Header(names, [], titles, (*notes, Note(rows_said(lines[:1]), said)))
    depth = _depth(rows[0], below)
    raw, questions = list(rows[0]), []
    if depth > 1 and (codes := [row for row in rows[:2] if _is_coded(row)]):
        raw, questions = codes[0], rows[rows[0] == codes[0]]
        notes.append(
            Note(rows_said(lines[1:depth]), tr("a second header: short names and questions"))
        )
    elif depth > 1:
        raw = _joined(rows[0], rows[1])
        said = tr("a second header: joined to the first as question [option]")
        notes.append(Note(rows_said(lines[1:depth]), said))
    top = titles + depth
    if depth == 1 and len(below) > 2 and rows[1] == below[0] and _asks_for(below[0], below[1:]):
        notes.append(Note(rows_said(lines[1:2]), tr("left out: a title")))
        top += 1
    names, changes = named(raw)
    unnamed = tuple(at for at, cell in enumerate(raw) if not clean(cell))
    labels = {name: {"": clean(said)} for name, said in zip(names, questions, strict=False)}
    return Header(names, rows[:depth], top, (*notes, *changes), unnamed, labels)


def _is_again(row: Sequence[str], header: Sequence[str]) -> bool:
    """Say whether a row holds what the first one does, in any order; ticks alone do not tell."""
    own, cells = set(map(clean, row)), set(map(clean, header))
    return row == header or ({x.casefold() for x in own} == {x.casefold() for x in cells})


def _depth(first: Sequence[str], below: Sequence[Sequence[str]]) -> int:
    """Return how many rows the header has; Qualtrics ends its own with one of identifiers."""
    for at, row in enumerate(below[:2]):
        if sum("ImportId" in cell for cell in row) * 2 > len(row):
            return at + 2
    if below and _goes_on(first, below[0], [row for row in below[1:] if row != below[0]]):
        return 2
    return 1 + (len(below) > 2 and _is_above(first, below[0], below[1:]))


def _is_above(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether a full second row has words, two or more of them over numbers or dates."""
    columns = [[row[at] for row in below if at < len(row)] for at in range(len(first))]
    over = [at for at, cells in enumerate(columns) if column_kind(cells) in ("number", "date")]
    words = [at for at in range(len(second)) if kind_of(second[at]) == "text"]
    names = _is_coded(first) or _is_coded(second)
    return names and len(over) > 1 and len(words) == len(first) and not _votes(second, below)[1]


def _asks_for(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether a row tells how to answer: most cells do, and nobody below has any of them."""
    cells = {at: row[at].strip() for at in filled(row)}
    asked = sum(bool(ASKED_FOR.fullmatch(cell)) for cell in cells.values())
    words = all(kind_of(cell) == "text" for cell in cells.values())
    if len(cells) < 2 or asked * 2 <= len(cells) or not words:
        return False
    return not any(
        plain(cell) == plain(other[at])
        for other in below
        for at, cell in cells.items()
        if at < len(other)
    )


def _is_coded(row: Sequence[str]) -> bool:
    """Say whether a row has short names, without blanks, some of them with figures."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return all(CODE.fullmatch(cell) for cell in cells) and any(re.search("[0-9]", c) for c in cells)


def _titles(grid: Grid) -> int:
    """Return how many rows above the header hold a single cell of three or more."""
    width = max((len(filled(row)) for row in grid.rows[:20]), default=0)
    at = 0
    while width > 2 and at + 2 < len(grid.rows) and filled(grid.rows[at]) == [0]:
        title, below = grid.rows[at][0], grid.rows[at + 2 : at + 2 + LOOKED_AT]
        if _is_ticked(grid.rows[at + 1], below) or _vote(title, [row[0] for row in below]) < 0:
            break
        at += 1
    return at


def _is_ticked(options: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether most columns below a row hold ticks: the option itself, one sign, or 0 and 1."""
    columns = [{plain(r[at]) for r in below if at < len(r)} - {""} for at in filled(options)]
    return sum(len(ticks) == 1 or ticks == {"0", "1"} for ticks in columns) * 2 > len(columns)


def _votes(row: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return how much the cells of a row look like questions, and how much like answers."""
    votes = [_vote(cell, [r[at] for r in below if at < len(r)]) for at, cell in enumerate(row)]
    return sum(vote for vote in votes if vote > 0), -sum(vote for vote in votes if vote < 0)


def _vote(cell: str, column: Sequence[str]) -> int:
    """Return how much a cell looks like a question above these answers; below 0, like one of them.

    2 is plain to see, 1 a hint.
    """
    answers = [each for each in column if each.strip()]
    kind, common = kind_of(cell), column_kind(answers)
    if not kind or not common:
        return 0
    if kind != "text":
        return -2 if kind == common and (kind != "number" or _is_near(cell, answers)) else 0
    if common != "text" or QUESTION.fullmatch(cell.strip()):
        return 2
    spellings = {plain(each) for each in answers}
    if plain(cell) in spellings:
        return -2 if len(spellings) > 1 else 0
    return int(1 < len(spellings) <= len(answers) / 2)


def _is_near(cell: str, answers: Sequence[str]) -> bool:
    """Say whether a number is among others, or not farther off than they are from each other."""
    numbers = [number for each in answers if (number := as_number(each)) is not None]
    span = max(max(numbers) - min(numbers), 1)
    return min(numbers) - span <= as_number(cell) <= max(numbers) + span


def _goes_on(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether the second row goes on with the header."""
    groups = [at for at in range(len(second)) if _in_group(first, at) and second[at].strip()]
    if not below:
        return len(groups) > 1 and all(kind_of(cell) in ("", "text") for cell in second)
    options = [_option_vote(second[at], [r[at] for r in below if at < len(r)]) for at in groups]
    asks, answers = _votes(second, below)
    good = sum(vote for vote in options if vote > 0) + _are_items(
        second, _with_first(first, second, groups), below
    )
    return good > -sum(vote for vote in options if vote < 0) and max(asks, good) > answers


def _with_first(first: Sequence[str], second: Sequence[str], groups: list[int]) -> list[int]:
    """Return columns without a name of their own, and those that name the question of them."""
    heads = [at - 1 for at in groups if at and (at >= len(first) or not first[at].strip())]
    named = [at for at in heads if at not in groups and second[at].strip()]
    return sorted({*groups, *named})


def _are_items(
    second: Sequence[str], groups: Sequence[int], below: Sequence[Sequence[str]]
) -> bool:
    """Say whether columns share a few answers, to which their heads do not belong."""
    answers = [
        plain(row[at]) for row in below for at in groups if at < len(row) and row[at].strip()
    ]
    few = len(groups) > 1 and 1 < len(set(answers)) <= len(answers) / 3
    return few and not {plain(second[at]) for at in groups} & set(answers)


def _in_group(first: Sequence[str], at: int) -> bool:
    """Say whether a column has no name of its own, or the same as a neighbour."""
    here = first[at].strip() if at < len(first) else ""
    beside = [first[to].strip() for to in (at - 1, at + 1) if 0 <= to < len(first)]
    return not here or here in beside


def _option_vote(cell: str, column: Sequence[str]) -> int:
    """Return above 0 where a cell looks like an option above the ticks of those who chose it."""
    ticks = {plain(each) for each in column if each.strip()}
    if plain(cell) not in SIGNS and ticks and ticks <= SIGNS:
        return 2
    if ticks == {plain(cell)} or FREE.fullmatch(cell.strip()) or OWN_WORDS.search(cell):
        return 2
    return _vote(cell, column)


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return the names that two header rows make: question [option]."""
    names, question = [], ""
    for at in range(max(len(first), len(second))):
        own = first[at].strip() if at < len(first) else ""
        option = second[at].strip() if at < len(second) else ""
        question = own or (question if option else "")
        alone = FREE.fullmatch(option) and (at + 1 >= len(first) or first[at + 1].strip())
        both = question and option and not alone
        names.append(f"{question} [{option}]" if both else own or option)
    return names


def named(cells: Sequence[str]) -> tuple[tuple[str, ...], list[Note]]:
    """Return names for columns, none empty and none twice, and a note for each that was another.

    Blanks and line breaks become one blank; what cannot be seen goes. Names that differ in case
    alone count as equal, as they do in databases.

    >>> named(["Age", "", "age"])[0]
    ('Age', 'column 2', 'age (2)')
    """
    names: list[str] = []
    notes, used = [], set()
    given, numbers = {plain(clean(cell)) for cell in cells}, defaultdict(lambda: count(2))
    for at, cell in enumerate(cells, start=1):
        new = name = clean(cell) or f"column {at}"  # in every language: a codebook repeats it
        taken = plain(name) in used or (not clean(cell) and plain(name) in given)
        while taken:
            new = f"{name} ({next(numbers[plain(name)])})"
            taken = plain(new) in used or plain(new) in given
        used.add(plain(new))
        names.append(new)
        if said := _change(cell, name, new):
            notes.append(Note(tr("column {number}", number=at), said))
    return tuple(names), notes


def clean(cell: str) -> str:
    """Return a header as one line of letters that can be seen.

    >>> clean("Age,\\n in years\\u200b ")
    'Age, in years'
    """
    blanks = " ".join(cell.split())
    seen = (x for x in blanks if unicodedata.category(x) not in UNSEEN and x not in UNSEEN_LETTERS)
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def _change(cell: str, name: str, new: str) -> str:
    """Return what a note says about a name that is not that of the file."""
    if not clean(cell):
        return ""
    if new != name:
        return tr("{name} is there before: called {new}", name=quoted(name), new=quoted(new))
    if name != " ".join(cell.split()):
        return tr("written anew, without signs that cannot be seen: {name}", name=quoted(name))
    return ""
