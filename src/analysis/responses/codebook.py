"""The codebook of a survey: which columns a question has, and what can stand in them."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

from analysis.arguments import quoted
from analysis.data.csvfile import Sheet, read_sheet
from analysis.data.problems import BrokenFileError, Problem, table_error
from analysis.responses.options import Options, plain

KINDS = ("single", "multiple", "yes-no", "scale", "number", "text", "ignore")
CHOICES = ("single", "multiple", "yes-no", "scale")  # kinds with options
SURE = ("sure", "likely", "please check")
SEPARATORS = {"semicolon": ";", "comma": ",", "line break": "\n", "bar": "|", "slash": "/"}
UNTICKED = frozenset(
    map(plain, ("0", "no", "false", "unchecked", "not selected", "n", "нет", "жоқ"))
)
NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGES = ("en", "ru", "kk")
LISTS = ("columns", "options", "not_counted", "merge", "labels_en", "labels_ru", "labels_kk")
HEADER = (
    *("question", "columns", "kind", "separator", "options", "other", "not_counted", "merge"),
    *("base", "topic_en", "topic_ru", "topic_kk", "labels_en", "labels_ru", "labels_kk"),
    *("sure", "guess"),
)


@dataclass(frozen=True)
class Answer:
    """What one combination of cells says to one question.

    chosen : tuple of int
        The numbers of the options, from 0, in the order of the codebook.
    number : float or None
        Of a question for a number.
    strange : tuple of str
        What matches no option, as written; of a question for a number what is none.
    asked : bool
        Whether the question was put to these people.
    """

    chosen: tuple[int, ...] = ()
    number: float | None = None
    strange: tuple[str, ...] = ()
    asked: bool = True

    @property
    def given(self) -> bool:
        """Whether there is an answer, be it one that matches nothing."""
        return bool(self.chosen or self.strange) or self.number is not None


@dataclass(frozen=True)
class Entry:
    """One question of a codebook.

    question : str
        Short name: small letters, digits, hyphens.
    columns : tuple of str
        Its columns of the file. Several of a multiple-choice question: one an option.
    kind : str
        One of KINDS.
    separator : str
        Between several options in one cell.
    options : tuple of str
        As the file has them, in the order of the question; of a scale from one end to the other.
    other : str
        The option that answers in one's own words count for.
    not_counted : tuple of str
        Options outside the base of the shares, such as "not sure" of a scale.
    merge : mapping of str to str
        Other spellings, each with its option.
    base : str
        Who was asked: "question = option | option"; empty for everybody.
    topics, labels : mapping
        What was asked, and the options, by language.
    sure, guess : str
        Of a drafted codebook: one of SURE, and what the draft rests on.
    """

    question: str
    columns: tuple[str, ...]
    kind: str
    separator: str = ""
    options: tuple[str, ...] = ()
    other: str = ""
    not_counted: tuple[str, ...] = ()
    merge: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    topics: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sure: str = ""
    guess: str = ""

    @cached_property
    def matcher(self) -> Options:
        """The options as answers are compared with them."""
        return Options(self.options, self.separator, self.merge, self.other)

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """The numbers of the options that belong to the base of the shares."""
        outside = {plain(each) for each in self.not_counted}
        return tuple(n for n, text in enumerate(self.options) if plain(text) not in outside)

    @property
    def not_asked(self) -> Answer:
        """The answer of those to whom the question was not put."""
        return Answer(asked=False)

    @property
    def base_question(self) -> str:
        """The question whose answer decides who was asked; "" if everybody was."""
        return self.base.partition("=")[0].strip()

    def was_asked(self, other: "Entry", cells: Sequence[str]) -> bool:
        """Say whether people whose cells of the deciding question are these were asked."""
        wanted = [each.strip() for each in self.base.partition("=")[2].split("|")]
        places = {other.matcher.places.get(plain(each)) for each in wanted}
        return bool(places & set(other.answer(cells).chosen))

    def answer(self, cells: Sequence[str]) -> Answer:
        """Return what the cells of one respondent say.

        cells : sequence of str
            In the order of `columns`.

        >>> Entry("age", ("Age",), "number").answer(["20,5"]).number
        20.5
        >>> ticks = Entry("fruit", ("a", "b"), "multiple", options=("apples", "pears"))
        >>> ticks.answer(["", "x"]).chosen
        (1,)
        """
        if self.kind == "number":
            return _number(cells[0])
        if self.kind not in CHOICES:
            return Answer(strange=tuple(cell for cell in cells if cell.strip()))
        if len(self.columns) > 1:
            return self._ticked(cells)
        chosen, strange = self.matcher.match(cells[0])
        return Answer(chosen, strange=strange)

    def _ticked(self, cells: Sequence[str]) -> Answer:
        ticks = [bool(cell.strip()) and plain(cell) not in UNTICKED for cell in cells]
        return Answer(tuple(place for place, tick in enumerate(ticks) if tick))

    def topic(self, language: str) -> str:
        """What was asked, in a language; where it is not translated, as the survey has it."""
        return self.topics.get(language) or self.topics.get("en") or self.columns[0]

    def names(self, language: str) -> list[str]:
        """The options in a language; where they are not translated, as the survey has them."""
        labels = self.labels.get(language) or self.labels.get("en") or self.options
        return [label or text for label, text in zip(labels, self.options, strict=True)]


def _number(cell: str) -> Answer:
    text = unicodedata.normalize("NFKC", cell).strip().replace("−", "-")
    if NUMBER.fullmatch(text):
        return Answer(number=float(text.replace(",", ".")))
    return Answer(strange=(text,)) if text else Answer()


@dataclass(frozen=True)
class Codebook:
    """All questions of a survey, in the order of the codebook."""

    entries: tuple[Entry, ...]

    def entry(self, question: str) -> Entry:
        """Return the entry of a question; ValueError names those that there are."""
        for entry in self.entries:
            if entry.question == question:
                return entry
        names = ", ".join(entry.question for entry in self.entries)
        raise ValueError(f"question: wanted one of {names}; got {question!r}")

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def of(self, *kinds: str) -> list[Entry]:
        """Return the entries of some kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    def csv(self) -> str:
        """Return the codebook as CSV, meant to be edited in a spreadsheet."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_written(entry) for entry in self.entries)
        return out.getvalue()


def _written(entry: Entry) -> list[str]:
    cells = {each.name: getattr(entry, each.name) for each in fields(entry)}
    cells |= {f"topic_{each}": entry.topics.get(each, "") for each in LANGUAGES}
    cells |= {f"labels_{each}": entry.labels.get(each, ()) for each in LANGUAGES}
    names = {sign: name for name, sign in SEPARATORS.items()}
    cells["separator"] = names.get(entry.separator, entry.separator)
    cells["merge"] = [f"{said} -> {option}" for said, option in entry.merge.items()]
    return [_joined(cells[name]) if name in LISTS else cells[name] for name in HEADER]


def _joined(items: Sequence[str]) -> str:
    """Return a list as one cell: parted by bars, or by line breaks where an item has a bar."""
    return ("\n" if any("|" in item for item in items) else " | ").join(items)


def _listed(cell: str) -> tuple[str, ...]:
    parts = cell.split("\n") if "\n" in cell else cell.split("|")
    return tuple(part.strip() for part in parts) if cell.strip() else ()


def read_codebook(file: str | Path) -> Codebook:
    """Return a codebook that was written by `Codebook.csv` and perhaps edited.

    file : str or Path
        CSV with the columns HEADER; those after `kind` may be left out.

    Raises TableError with file, row, column, value and rule for what it may not say.
    """
    file = Path(file)
    try:
        sheet = read_sheet(file)
    except BrokenFileError as error:
        raise table_error(file, error.problems) from None
    rows = list(_rows(sheet))
    problems = [*_header_problems(sheet.header)] or [*_problems(rows)]
    if problems:
        raise table_error(file, problems)
    return Codebook(tuple(_entry(row) for _, row in rows))


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        yield line, dict.fromkeys(HEADER, "") | dict(zip(sheet.header, cells, strict=True))


def _header_problems(header: Sequence[str]) -> Iterator[Problem]:
    for name in HEADER[:3]:
        if name not in header:
            yield Problem(1, name, "is missing; a codebook needs it")
    for name in header:
        if name not in HEADER:
            yield Problem(1, name, f"is no column of a codebook; there are {', '.join(HEADER)}")


def _problems(rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    names: dict[str, int] = {}
    for line, row in rows:
        for column, text in _row_faults(row):
            yield Problem(line, column, text)
        if (first := names.setdefault(row["question"], line)) != line:
            yield Problem(line, "question", f"{quoted(row['question'])} is that of row {first} too")
    for line, row in rows:
        question, equals, options = row["base"].partition("=")
        if row["base"].strip() and question.strip() not in names:
            rule = "wanted question = option, the question one of this codebook"
            yield Problem(line, "base", f"{quoted(row['base'])}: {rule}")
        elif row["base"].strip() and not (equals and options.strip()):
            yield Problem(line, "base", f"{quoted(row['base'])}: wanted question = option")


def _row_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield column and fault for everything that one row may not say by itself."""
    if not NAME.fullmatch(row["question"]):
        yield "question", f"{quoted(row['question'])}: wanted small letters, digits and hyphens"
    if row["kind"] not in KINDS:
        yield "kind", f"{quoted(row['kind'])}: wanted one of {', '.join(KINDS)}"
    columns, options = _listed(row["columns"]), _listed(row["options"])
    if not columns:
        yield "columns", "is empty; wanted the columns of the file that hold the answers"
    if row["kind"] in CHOICES and not options:
        yield "options", f"is empty; a question of kind {row['kind']} needs them, parted by |"
    if len(set(map(plain, options))) != len(options):
        yield "options", "names an option twice"
    if len(columns) > 1 and row["kind"] == "multiple" and len(options) != len(columns):
        yield "options", f"has {len(options)} for {len(columns)} columns; wanted one a column"
    if len(columns) > 1 and row["kind"] not in ("multiple", "text", "ignore"):
        yield "columns", f"has {len(columns)}; a question of kind {row['kind']} has one"
    known = set(map(plain, options))
    for name in ("other", "not_counted"):
        for each in _listed(row[name]):
            if plain(each) not in known:
                yield name, f"{quoted(each)} is none of the options"
    for each in _listed(row["merge"]):
        if plain(each.rpartition("->")[2]) not in known:
            yield "merge", f"{quoted(each)}: wanted spelling -> option, the option one of options"
    for language in LANGUAGES:
        if (number := len(_listed(row[f"labels_{language}"]))) not in (0, len(options)):
            rule = f"has {number} for {len(options)} options; wanted one an option, or none"
            yield f"labels_{language}", rule
    if row["sure"] not in ("", *SURE):
        yield "sure", f"{quoted(row['sure'])}: wanted one of {', '.join(SURE)}, or nothing"


def _entry(row: Mapping[str, str]) -> Entry:
    lists = {name: _listed(row[name]) for name in LISTS}
    merged = [each.rpartition("->") for each in lists["merge"]]
    return Entry(
        row["question"],
        lists["columns"],
        row["kind"],
        SEPARATORS.get(row["separator"].strip(), row["separator"].strip()),
        lists["options"],
        row["other"].strip(),
        lists["not_counted"],
        {said.strip(): option.strip() for said, _, option in merged},
        row["base"].strip(),
        {each: row[f"topic_{each}"] for each in LANGUAGES if row[f"topic_{each}"]},
        {each: lists[f"labels_{each}"] for each in LANGUAGES if lists[f"labels_{each}"]},
        row["sure"],
        row["guess"],
    )
