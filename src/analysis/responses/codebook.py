"""The codebook of a survey: which columns a question has, and what can stand in them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

from slugify import slugify

from analysis.arguments import nearest_advice
from analysis.failures import quoted
from analysis.problems import BrokenFileError, Problem, table_error
from analysis.responses.files.contents import kind_of_file
from analysis.responses.files.delimited import split, unequal
from analysis.responses.files.encoding import decoded
from analysis.responses.files.grid import Grid, is_blank
from analysis.responses.options import Options, plain, wide
from analysis.responses.shown import shown
from analysis.textfile import read_bytes

KINDS = ("single", "multiple", "yes-no", "scale", "number", "text", "ignore")
CHOICES = ("single", "multiple", "yes-no", "scale")  # kinds with options
TAKEN = ("people", "weight", "squares")  # columns of counted combinations: see joint
SURE = ("sure", "likely", "please check")
SEPARATORS = {"semicolon": ";", "comma": ",", "line break": "\n", "bar": "|", "slash": "/"}
NO = frozenset(
    map(
        plain,
        (
            *("0", "no", "false", "n", "off", "нет", "жоқ", "ложь"),
            *("unchecked", "not checked", "unselected", "not selected", "not ticked", "unticked"),
            *("not quoted", "not mentioned", "not chosen", "не выбрано", "не отмечено"),
            *("не выбран", "не отмечен", "таңдалмады", "таңдалмаған", "белгіленбеген"),
        ),
    )
)
UNSAID = frozenset(  # what stands for a blank
    map(
        plain,
        (
            *("-", "--", "–", "—", "\u2212", ".", "n/a", "#n/a", "na", "nan", "null", "none"),
            *("<na>", "nil", "missing", "no answer", "not applicable", "not asked", "нет ответа"),
            *("без ответа", "нет данных", "не применимо", "жауап жоқ", "қолданылмайды"),
        ),
    )
)
UNTICKED = NO | UNSAID
TICKS = frozenset(
    map(
        plain,
        (
            *("1", "yes", "y", "true", "on", "x", "х", "✓", "✔", "✅", "☑", "+", "v", "*"),
            *("checked", "selected", "ticked", "quoted", "mentioned", "chosen", "да", "иә", "ия"),
            *("выбрано", "выбран", "отмечено", "отмечен", "истина", "таңдалды", "белгіленді"),
        ),
    )
)
NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?")  # 12 500
UNCLEAR = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")  # 1,250 may be 1250 or 1.25
KAZAKH = [*zip("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "AaGgQqNnOoUuUuHhIi", strict=True)]  # not known to slugify
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGES = ("en", "ru", "kk")
FORMULA = re.compile(  # where a spreadsheet may begin to read one; see outputs.tables.guarded
    r"\A(?='*[\t\r\n])|(?:\A|(?<=[;\t\r\n]))(?='*[^\S\t\r\n]*[=+\-@＝＋－＠])"
)
SAFE = re.compile(rf"(?:{FORMULA.pattern})'")  # as `csv` writes what would be a formula
LISTS = (
    "columns",
    "options",
    "other",
    "not_counted",
    "merge",
    "labels_en",
    "labels_ru",
    "labels_kk",
)
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

    @property
    def base_options(self) -> tuple[str, ...]:
        """The answers to that question of those who were asked."""
        return listed(self.base.partition("=")[2])

    def was_asked(self, other: "Entry", cells: Sequence[str]) -> bool:
        """Say whether people whose cells of the deciding question are these were asked."""
        places = {other.matcher.places.get(plain(each)) for each in self.base_options}
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
        ticks = [place for place, cell in enumerate(cells) if self._is_tick(place, cell)]
        strange = [cells[p].strip() for p in ticks if not self._is_known(p, cells[p])]
        return Answer(tuple(ticks), strange=tuple(dict.fromkeys(strange)))

    def _is_tick(self, place: int, cell: str) -> bool:
        """Say whether a cell chooses the option of its column; that of "n/a" may hold just that."""
        return not is_unticked(cell) or (
            plain(cell) in UNSAID and plain(cell) == plain(self.options[place])
        )

    def _is_known(self, place: int, cell: str) -> bool:
        """Say whether a tick is a usual one, names its option, or is in one's own words."""
        said, option = plain(cell), plain(self.options[place])
        return (
            said in TICKS
            or number_of(cell) is not None
            or option == plain(self.other)
            or self.matcher.places.get(said) == place
            or said in plain(self.columns[place])
        )

    def topic(self, language: str) -> str:
        """What was asked, in a language; where it is not translated, as the file has it."""
        return shown(self.topics.get(language) or self.topics.get("en") or self.columns[0])

    def names(self, language: str) -> list[str]:
        """The options in a language; where they are not translated, as the file has them."""
        labels = self.labels.get(language) or self.labels.get("en") or self.options
        texts = zip(labels, self.options, strict=True)
        return [shown(label) or shown(text) or "..." for label, text in texts]


def is_unticked(cell: str) -> bool:
    """Say whether a cell of a column of ticks chooses nothing: blank, no, 0, or "n/a".

    >>> [is_unticked(cell) for cell in ("", "0.0", "N/A", "1.0", "x")]
    [True, True, True, False, False]
    """
    return not cell.strip() or plain(cell) in UNTICKED or number_of(cell) == 0


def number_of(text: str) -> float | None:
    """Return the number that a cell is, with a decimal point or comma; None for any other text.

    Three digits behind a comma may be thousands or decimals, so that is no number.

    >>> number_of("20,5"), number_of("12 500"), number_of("1,250"), number_of("20 years")
    (20.5, 12500.0, None, None)
    """
    text = " ".join(wide(text).split()).replace("\u2212", "-")
    if GROUPED.fullmatch(text):
        text = text.replace(" ", "")
    elif UNCLEAR.fullmatch(text) or not NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", "."))


def _number(cell: str) -> Answer:
    number, text = number_of(cell), cell.strip()
    return Answer(number=number, strange=(text,) if text and number is None else ())


def short_name(text: str, most: int = 40) -> str:
    """Return a text as a short name: Latin letters, digits, hyphens; "" where none is left.

    most : int
        Letters at most.

    >>> short_name("Жасыңыз неше?"), short_name("How old are you, in years?", 12)
    ('zhasynyz-neshe', 'how-old-are')
    """
    return slugify(text, max_length=most, word_boundary=True, replacements=KAZAKH)


@dataclass(frozen=True)
class Codebook:
    """All questions of a survey, in the order of the codebook."""

    entries: tuple[Entry, ...]

    def entry(self, question: str) -> Entry:
        """Return the entry of a question; ValueError names those that there are."""
        for entry in self.entries:
            if entry.question == question:
                return entry
        names = [entry.question for entry in self.entries]
        advice = nearest_advice(question, names)
        raise ValueError(
            f"question: wanted one of {', '.join(names)}; got {quoted(question)}{advice}"
        )

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def of(self, *kinds: str) -> list[Entry]:
        """Return the entries of some kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    def deciding(self, question: str) -> list[set[int]]:
        """Return the options of a question that decide who was asked another one, a set each."""
        places = self.entry(question).matcher.places
        asked = [e for e in self.of(*CHOICES, "number") if e.base_question == question]
        return [{places[plain(o)] for o in e.base_options if plain(o) in places} for e in asked]

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
    cells["other"] = [entry.other] * bool(entry.other)
    return [_safe(joined(cells[name]) if name in LISTS else cells[name]) for name in HEADER]


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return FORMULA.sub("'", cell)


def _unsafe(cell: str) -> str:
    cell = cell.strip()
    return SAFE.sub("", cell)


def joined(items: Iterable[str]) -> str:
    r"""Return a list as one cell: parted by bars; a bar in an item is written "\|".

    >>> joined(["a", "b | c"])
    'a | b \\| c'
    """
    return " | ".join(_escaped(item) for item in items)


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def listed(cell: str) -> tuple[str, ...]:
    r"""Return the items of a cell that `joined` has written, or a person: by bars or lines.

    >>> listed("a | b \\| c"), listed("a\nb"), listed(" ")
    (('a', 'b | c'), ('a', 'b'), ())
    """
    items, item = [], ""
    for part in re.findall(r"\\.|[^\\]|\\$", cell.strip("\n"), re.DOTALL):
        if part in ("|", "\n"):
            items.append(item)
            item = ""
        else:
            item += {"\\n": "\n", "\\|": "|", "\\\\": "\\"}.get(part, part)
    return tuple(each.strip() for each in [*items, item]) if cell.strip() else ()


def read_codebook(file: str | Path) -> Codebook:
    """Return a codebook that was written by `Codebook.csv` and perhaps edited.

    file : str or Path
        A table with the columns HEADER; those after `kind` may be left out. Text in any encoding
        and with any separator that a spreadsheet writes, or a workbook; blank rows are passed over.

    Raises TableError with file, row, column, value and rule for what it may not say.
    """
    file = Path(file)
    try:
        header, rows = _table(_grid(file))
    except BrokenFileError as error:
        raise table_error(file, error.problems) from None
    if problems := [*_header_problems(header)] or [*_problems(rows)]:
        raise table_error(file, problems)
    return Codebook(tuple(_entry(row) for _, row in rows))


def _grid(file: Path) -> Grid:
    """Return the rows of a codebook that are not blank."""
    kind = kind_of_file(file)
    if kind == "spss":
        raise BrokenFileError(Problem(0, "", "is an SPSS file, no codebook; wanted .csv or .xlsx"))
    if kind == "workbook":
        from analysis.responses.files.workbooks import read_workbook

        grid = read_workbook(file, "")[0]
    else:
        grid = split(decoded(read_bytes(file))[0])[0]
    return grid.without(place for place, row in enumerate(grid.rows) if is_blank(row))


def _table(grid: Grid) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the header of a codebook, and its rows by column, each with its row in the file."""
    if not grid.rows:
        raise BrokenFileError(Problem(0, "", "is empty; wanted a codebook"))
    header = [name.strip().casefold() for name in grid.rows[0]]
    while header and not header[-1]:
        header.pop()
    if problems := list(unequal(grid.taking(range(1, len(grid.rows))), len(header))):
        raise BrokenFileError(*problems)
    empty = dict.fromkeys(HEADER, "")
    rows = [empty | _row(header, cells) for cells in grid.rows[1:]]
    return header, list(zip(grid.lines[1:], rows, strict=True))


def _row(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {name: _unsafe(cell) for name, cell in zip(header, cells, strict=False)}
    return row | {name: row[name].casefold() for name in ("kind", "sure") if name in row}


def _header_problems(header: Sequence[str]) -> Iterator[Problem]:
    if not set(HEADER[:3]) & set(header):
        yield Problem(1, "", "is no header of a codebook; is this another file?")
        return
    for name in HEADER[:3]:
        if name not in header:
            yield Problem(1, name, "is missing; a codebook needs it")
    for name in header:
        if name not in HEADER:
            rule = f"is no column of a codebook; there are {', '.join(HEADER)}"
            yield Problem(1, "", f"{quoted(name)} {rule}")
    for name in set(header):
        if header.count(name) > 1:
            yield Problem(1, name, f"stands {header.count(name)} times")


def _problems(rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    names: dict[str, int] = {}
    for line, row in rows:
        for column, text in _row_faults(row):
            yield Problem(line, column, text)
        if (first := names.setdefault(row["question"], line)) != line:
            yield Problem(line, "question", f"{quoted(row['question'])} is that of row {first} too")
    by_name = {row["question"]: row for _, row in rows}
    for line, row in rows:
        if row["base"] and (said := _base_fault(row, by_name)):
            yield Problem(line, "base", f"{quoted(row['base'])}: {said}")
        elif circle := _circle(row["question"], by_name):
            said = f"goes in a circle, {' - '.join(circle)}; leave one of them empty"
            yield Problem(line, "base", f"{quoted(row['base'])}: {said}")


def _circle(question: str, rows: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the questions whose bases lead from one back to itself; [] if they do not."""
    path = {question: None}
    while (row := rows.get(question)) and row["base"]:
        question = row["base"].partition("=")[0].strip()
        if question in path:
            return [*path, question] if question == next(iter(path)) else []
        path[question] = None
    return []


def _base_fault(row: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> str:
    """Return why a row cannot say who was asked as it does, or ""."""
    question, equals, options = (each.strip() for each in row["base"].partition("="))
    other = rows.get(question)
    if not (equals and options):
        return "wanted question = option"
    if other is None or question == row["question"]:
        return "wanted question = option, the question another one of this codebook"
    if other["kind"] not in CHOICES:
        return f"{question} is of kind {other['kind']}; wanted one of {', '.join(CHOICES)}"
    known = set(map(plain, (*_items(other, "options"), *_merged(other))))
    if unknown := [each for each in listed(options) if plain(each) not in known]:
        return f"{quoted(unknown[0])} is none of the options of {question}"
    return ""


def _row_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield column and fault for everything that one row may not say by itself."""
    if not NAME.fullmatch(row["question"]):
        yield "question", f"{quoted(row['question'])}: wanted small letters, digits and hyphens"
    if row["question"] in TAKEN:
        yield "question", f"{quoted(row['question'])}: is a word of the tables; choose another"
    if row["kind"] not in KINDS:
        yield "kind", f"{quoted(row['kind'])}: wanted one of {', '.join(KINDS)}"
    columns, options = _items(row, "columns"), _items(row, "options")
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
    if twice := _twice(columns, str):
        yield "columns", f"{quoted(twice)}: stands twice; wanted each column once"
    known = set(map(plain, options))
    if options and known <= set(map(plain, _items(row, "not_counted"))):
        yield "not_counted", f"{quoted(row['not_counted'])}: are all options; none would be counted"
    for name in ("other", "not_counted"):
        for each in _items(row, name):
            if plain(each) not in known:
                yield name, f"{quoted(each)} is none of the options"
    if len(_items(row, "other")) > 1:
        yield "other", f"{quoted(row['other'])}: wanted one option, for all answers in own words"
    for each in _items(row, "merge"):
        if not _merge(each, known):
            yield "merge", f"{quoted(each)}: wanted spelling -> option, the option one of options"
    yield from _merge_faults(row, known)
    separator = row["separator"].strip()
    if separator and row["kind"] in CHOICES and row["kind"] != "multiple":
        rule = f"a question of kind {row['kind']} has one answer; write kind multiple, or nothing"
        yield "separator", f"{quoted(separator)}: {rule}"
    if separator not in SEPARATORS and re.search(r"\w", separator):
        rule = f"wanted one of {', '.join(SEPARATORS)}, or the sign itself"
        yield "separator", f"{quoted(separator)}: {rule}"
    for language in LANGUAGES:
        if (number := len(listed(row[f"labels_{language}"]))) not in (0, len(options)):
            rule = f"has {number} for {len(options)} options; wanted one an option, or none"
            yield f"labels_{language}", rule
        if twice := _twice(listed(row[f"labels_{language}"])):
            rule = "names two options; wanted a label of its own for each"
            yield f"labels_{language}", f"{quoted(twice)}: {rule}"
    if row["sure"] not in ("", *SURE):
        yield "sure", f"{quoted(row['sure'])}: wanted one of {', '.join(SURE)}, or nothing"


def _merge_faults(row: Mapping[str, str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what is merged although it is an option itself, or into two options."""
    given: dict[str, str] = {}
    for said, option in filter(None, (_merge(each, known) for each in _items(row, "merge"))):
        if plain(said) in known and plain(said) != plain(option):
            yield "merge", f"{quoted(said)}: is one of options itself; take it out of one of them"
        if (first := given.setdefault(plain(said), option)) and plain(first) != plain(option):
            two = f"{quoted(first)} and {quoted(option)}"
            yield "merge", f"{quoted(said)}: stands for {two}; wanted one of them"


def _twice(items: Iterable[str], key: Callable[[str], str] = plain) -> str:
    """Return the first text that stands twice in a list; "" if none does."""
    found: set[str] = set()
    for each in filter(None, items):
        if key(each) in found:
            return each
        found.add(key(each))
    return ""


def _items(row: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the items of a list of a row, without empty ones."""
    return tuple(filter(None, listed(row[name])))


def _merge(item: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Return spelling and option of "spelling -> option"; either may hold an arrow itself."""
    parts = item.split("->")
    for place in range(1, len(parts)):
        said, option = "->".join(parts[:place]).strip(), "->".join(parts[place:]).strip()
        if said and plain(option) in known:
            return said, option
    return None


def _merged(row: Mapping[str, str]) -> dict[str, str]:
    known = set(map(plain, _items(row, "options")))
    return dict(filter(None, (_merge(each, known) for each in _items(row, "merge"))))


def _entry(row: Mapping[str, str]) -> Entry:
    labels = {each: listed(row[f"labels_{each}"]) for each in LANGUAGES}
    return Entry(
        row["question"],
        _items(row, "columns"),
        row["kind"],
        SEPARATORS.get(row["separator"].strip(), row["separator"].strip()),
        _items(row, "options"),
        next(iter(_items(row, "other")), ""),
        _items(row, "not_counted"),
        _merged(row),
        row["base"],
        {each: row[f"topic_{each}"] for each in LANGUAGES if row[f"topic_{each}"]},
        {each: found for each, found in labels.items() if found},
        row["sure"],
        row["guess"],
    )
