"""Which rows below the header are respondents, and why the others are none."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from statistics import fmean, median
from typing import NamedTuple

from analysis.problems import BrokenFileError, Problem
from analysis.responses.files.cells import NUMBER, as_number, column_kind, kind_of
from analysis.responses.files.grid import Grid, filled
from analysis.responses.options import plain

PASTED = 100  # rows at the end of a file among which summaries are looked for
SAMPLE = 2000
TYPED = ("number", "date")
WORDS = (  # of summary rows in English, Russian and Kazakh, at the beginning of the first cell
    *(
        "total",
        "totals",
        "total number",
        "grand total",
        "subtotal",
        "sum",
        "average",
        "mean",
        "median",
        "count",
    ),
    *("number of", "standard deviation", "stdev", "st. dev", "std. dev", "std", "sd", "variance"),
    *("мин", "макс", "ст. отклонение", "станд. отклонение", "отклонение", "дисперсия"),
    *(
        "ең аз",
        "ең көп",
        "ең кіші",
        "ең үлкен",
        "ең төменгі",
        "ең жоғары",
        "жауаптар саны",
        "ауытқу",
        "дисперсиясы",
    ),
    *("respondents", "опрошено", "опрошенных", "респондентов", "респонденттер", "сұралғандар"),
    *("min", "max", "minimum", "maximum", "mode", "n", "%", "percent", "share", "sample size"),
    *("итого", "итог", "всего", "сумма", "среднее", "средняя", "средний", "в среднем", "медиана"),
    *("количество", "кол-во", "стандартное отклонение", "минимум", "максимум", "общее", "общий"),
    *("мода", "доля", "процент", "число", "стандартты ауытқу", "үлесі", "пайызы"),
    *("барлығы", "жиыны", "жиынтығы", "қорытынды", "жалпы", "орташа", "орта есеппен", "саны"),
)
SUMMARY = re.compile(
    rf"(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?:\s[^\d\W]+){{0,2}}"
    r"\s?[:=.,]?\s?(?P<number>[0-9][0-9\s.,%]*)?|©.*",
    re.IGNORECASE,
)
FORMULA = re.compile(  # or what a formula that fails leaves; #N/A stands for a blank cell too
    r"=[A-ZА-ЯӘҒҚҢӨҰҮҺІ.]+\(.*|#(REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)"
    r"|#(ССЫЛКА!|ДЕЛ/0!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!|ПУСТО!)",
    re.IGNORECASE | re.S,
)


class LeftOut(NamedTuple):
    """Places of rows that are no respondents."""

    headers: list[int]
    summaries: list[int]


def no_respondents(
    grid: Grid, header: Sequence[Sequence[str]], blank: Sequence[int] = ()
) -> LeftOut:
    """Return which rows of a grid are none: the header once more, and summaries.

    grid : Grid
        The rows below the header, without blank ones.
    header : sequence of sequence of str
        The header as the file has it: its rows.
    blank : sequence of int
        The rows of the file that are blank.

    A summary says so in its first cell, or stands behind a blank row with far fewer cells than any
    respondent, or holds the counts of its columns; what could be a respondent is one. Raises
    BrokenFileError for another header in the middle.

    >>> rows = [["Ash", "20"], ["Birch", "30"], ["Mean", "25"]]
    >>> no_respondents(Grid(rows, [2, 3, 4]), [["name", "age"]])
    LeftOut(headers=[], summaries=[2])
    """
    again = list(_header_again(grid, header))
    _refuse_another_file(grid)
    starts, ends = [0, *(at + 1 for at in again)], [*again, len(grid.rows)]
    summaries = []
    for start, end in zip(starts, ends, strict=True):
        part = Part(grid.taking(range(start, end)), frozenset(blank))
        summaries += [start + at for at in part.summaries()]
    return LeftOut(again, summaries)


def _header_again(grid: Grid, header: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield the places of the header's rows; refuse a row that names the columns in another way."""
    if not header:
        return
    keys = [at for at in filled(header[0]) if not _is_tick(grid, at, header[0][at].strip())]
    cells = [*map(_name, header[0])]
    names = {cells[at] for at in keys}
    if len(keys) == 1 and sum(row[keys[0] : keys[0] + 1] == [*names] for row in grid.rows) > 2:
        return  # an answer of several
    for at, row in enumerate(grid.rows):
        if names.isdisjoint(map(_name, row[:3])):
            continue
        own = [*map(_name, row)]
        if all(at < len(own) and own[at] == cells[at] for at in keys):
            yield at
            if grid.rows[at + 1 : at + len(header)] == list(header[1:]):
                yield from range(at + 1, at + len(header))
        elif sum(cell in names for cell in own) >= max(2, len(filled(row)) / 2):
            text = "names the columns once more, in another order; are these two files joined?"
            raise BrokenFileError(Problem(grid.lines[at], "", text))


def _refuse_another_file(grid: Grid) -> None:
    """Refuse rows below which the columns hold other things: another file, with its header."""
    typed = [at for at in range(len(grid.rows[0])) if Body(grid.rows[:50]).kind(at) in TYPED]
    full = len(grid.rows[0]) > 1 and len(filled(grid.rows[0])) > 1
    heads = (at for at, row in enumerate(grid.rows) if at > 2 and _is_worded(row, typed))
    for at in islice(heads if typed and full else (), 20):
        if _is_another(grid.rows[:at], grid.rows[at:]):
            text = "names other columns than the header; are these two files joined?"
            raise BrokenFileError(Problem(grid.lines[at], "", text))


def _is_worded(row: Sequence[str], typed: Sequence[int]) -> bool:
    """Say whether a row has words alone, one or more in columns of numbers or dates."""
    words = any(at < len(row) and kind_of(row[at]) == "text" for at in typed)
    return words and all(kind_of(cell) == "text" for cell in row)


def _is_another(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> bool:
    """Say whether two columns or more, or one of dates, have nothing in common with those below."""
    if len(below) < 2:
        return False
    body, rest = Body(above), Body(below)
    apart = [at for at in range(len(below[0])) if _is_apart(body, rest, at)]
    if len(apart) < 2 and not any(body.kind(at) == "date" for at in apart):
        return False
    return not any(body.has(at, cell) for at, cell in enumerate(below[0]))


def _is_apart(above: "Body", below: "Body", at: int) -> bool:
    """Say whether cells are of another kind than those above, or none of a few answers there."""
    kind = above.kind(at)
    if kind in TYPED:
        return all(kind_of(cell) not in (kind, "") for cell in below.cells(at))
    some = set(map(plain, Body(above.sample).cells(at)))
    if not some.isdisjoint(map(plain, Body(below.sample).cells(at))):
        return False
    cells = above.column(at)
    answers = set(map(plain, cells))
    return 0 < len(answers) <= len(cells) / 2 and answers.isdisjoint(map(plain, below.cells(at)))


def _name(cell: str) -> str:
    """Return a name as headers are compared."""
    return cell.strip("\ufeff \t\r\n\N{NO-BREAK SPACE}").casefold()


def _is_tick(grid: Grid, at: int, name: str) -> bool:
    """Say whether those who chose an option have its name in their cells."""
    cells = [row[at].strip() for row in grid.rows[:SAMPLE] if at < len(row) and row[at].strip()]
    return bool(cells) and cells.count(name) * 2 > len(cells)


@dataclass(frozen=True)
class Body:
    """Respondents above a row that may be none."""

    rows: Sequence[Sequence[str]]

    @cached_property
    def sample(self) -> list[Sequence[str]]:
        """Some of them, of the whole file."""
        return [*self.rows[:: len(self.rows) // SAMPLE + 1]]

    @cached_property
    def sizes(self) -> list[int]:
        """How many cells each has filled."""
        return [len(filled(row)) for row in self.sample] or [0]

    def cells(self, at: int) -> Iterator[str]:
        """Yield what a column holds."""
        return (cell for row in self.rows if at < len(row) and (cell := row[at].strip()))

    def column(self, at: int) -> list[str]:
        """Return what a column holds."""
        return list(self.cells(at))

    def kind(self, at: int) -> str:
        """Return what kind of cells a column holds."""
        return column_kind(row[at] for row in self.sample if at < len(row))

    def has(self, at: int, cell: str) -> bool:
        """Say whether somebody gave this answer in this column."""
        return plain(cell) in set(map(plain, set(self.column(at))))

    def is_foreign(self, at: int, cell: str) -> bool:
        """Say whether a cell is of another kind than its column: a number among texts, a fraction
        or percent among whole numbers, a text among numbers or dates."""
        own, usual = kind_of(cell), self.kind(at)
        if self.has(at, cell):
            return False
        if own == usual == "number":
            numbers = [as_number(row[at]) for row in self.sample if at < len(row)]
            whole = all(each.is_integer() for each in numbers if each is not None)
            parts = not any(row[at].rstrip().endswith("%") for row in self.sample if at < len(row))
            return whole and (not as_number(cell).is_integer() or (parts and "%" in cell))
        return bool(own and usual) and own != usual

    def computes(self, at: int, cell: str) -> bool:
        """Say whether a number is the count, sum or mean of its column."""
        number, cells = as_number(cell), self.column(at)
        if number is None or len(cells) < 2:
            return False
        values = [value for each in cells if (value := as_number(each)) is not None]
        sums = [sum(values), fmean(values)] if values else []
        digits = len(cell.strip(" %").replace(",", ".").partition(".")[2])
        return number in (len(cells), len(self.rows)) or number in [round(x, digits) for x in sums]

    def exceeds(self, at: int, cell: str) -> bool:
        """Say whether a number is more than any in its column."""
        numbers = [*map(as_number, filter(NUMBER.fullmatch, self.column(at)))]
        return bool(numbers) and as_number(cell) > max(numbers)

    def goes_on(self, at: int, cell: str) -> bool:
        """Say whether a cell is what the next respondent has: the next number, or a time."""
        near = Body(self.rows[-SAMPLE:])
        cells, number = near.column(at), as_number(cell)
        if len(cells) < len(near.rows) or len(cells) < 2:
            return False
        if number is None:
            return kind_of(cell) == self.kind(at) == "date"
        numbers = [as_number(each) for each in cells]
        if None in numbers or any(low >= high for low, high in pairwise(numbers)):
            return False
        widest = max(high - low for low, high in pairwise(numbers))
        return 0 < number - numbers[-1] <= 2 * widest

    def is_table(self, table: Mapping[str, dict[int, str]]) -> bool:
        """Say whether a table has every answer of a column with its people or its share."""
        for cells in table.values():
            if not (self.is_foreign(*[*cells.items()][1]) or _is_sparse(cells, self)):
                return False
        return any(self.is_counted(at, table) for at in range(max(map(len, self.sample))))

    def is_counted(self, at: int, table: Mapping[str, dict[int, str]]) -> bool:
        """Say whether a table has every answer of one column."""
        if not set(map(plain, Body(self.sample).cells(at))) <= table.keys():
            return False
        times = Counter(map(plain, self.cells(at)))
        bases = (sum(times.values()), len(self.rows))
        return times.keys() == table.keys() and all(
            _is_count([*table[label].values()][1], people, bases) for label, people in times.items()
        )

    def counts(self, label: str, cell: str) -> bool:
        """Say whether a number is that of the people who gave an answer."""
        times = sum(plain(label) in map(plain, row) for row in self.rows)
        return times > 0 and as_number(cell) == times


@dataclass(frozen=True)
class Part:
    """Rows below one header; `blank` are the blank lines of the file."""

    grid: Grid
    blank: frozenset[int]

    def summaries(self) -> list[int]:
        """Return the places of summaries: rows at the end, up to the last respondent."""
        end = len(self.grid.rows)
        while end > self.window.start:
            rows = 1 if self.is_summary(end - 1) else self.counted(end)
            if not rows:
                break
            end -= rows
        return list(range(end, len(self.grid.rows)))

    def counted(self, end: int) -> int:
        """Return how many rows above a place are a table of a column: every answer, how often.

        Rows with an answer and a number and nothing else, where numbers do not stand else.
        """
        table: dict[str, dict[int, str]] = {}
        for at in range(end - 1, self.window.start - 1, -1):
            cells = {place: self.grid.rows[at][place] for place in filled(self.grid.rows[at])}
            label, *number = cells.values()
            if len(number) != 1 or as_number(number[0]) is None or plain(label) in table:
                return 0
            table[plain(label)] = cells
            body = Body(self.grid.rows[:at])
            if len(table) > 1 and body.is_table(table):
                return len(table)
        return 0

    @property
    def window(self) -> range:
        """Places of the rows that are looked at."""
        end = len(self.grid.rows)
        return range(max(1, end - PASTED), end)

    @cached_property
    def worded(self) -> set[int]:
        """Rows whose first cell says, once, that they are summaries."""
        heads = {at: self.grid.rows[at][min(filled(self.grid.rows[at]))] for at in self.window}
        times = Counter(map(plain, heads.values()))
        return {at for at, head in heads.items() if times[plain(head)] == 1 and is_said(head)}

    def gap_above(self, at: int) -> int | None:
        """Return the nearest row in the last half, up to this one, with a blank line above."""
        least = max(self.window.start, len(self.grid.rows) // 2)
        rows = (up for up in range(at, least - 1, -1) if self.grid.lines[up] - 1 in self.blank)
        return next(rows, None)

    def is_summary(self, at: int) -> bool:
        """Say whether a row is none of a respondent."""
        gap = self.gap_above(at)
        above = range(at if gap is None else gap)
        body = Body([self.grid.rows[up] for up in above if up not in self.worded])
        cells = {place: self.grid.rows[at][place] for place in filled(self.grid.rows[at])}
        if not body.rows or any(body.goes_on(place, cell) for place, cell in cells.items()):
            return False
        if gap == at < len(self.grid.rows) - 1 and _is_head(cells, body):
            return True
        if at in self.worded:
            return _says_so(cells, body, gap is not None)
        whole = len(self.grid.rows[at]) >= len(self.grid.rows[0])
        return _is_pasted(cells, body, gap is not None, whole)


def _is_count(cell: str, people: int, bases: Sequence[int]) -> bool:
    """Say whether a cell holds so many people, or their share of a base in percent."""
    number = as_number(cell)
    if "%" not in cell:
        return number == people
    digits = len(cell.strip(" %").replace(",", ".").partition(".")[2])
    return any(number == round(100 * people / base, digits) for base in bases)


def _is_head(cells: dict[int, str], body: Body) -> bool:
    """Say whether a row below a blank one, with nothing but summaries below it, is their header."""
    words = all(kind_of(cell) == "text" for cell in cells.values())
    new = not any(body.has(at, cell) for at, cell in cells.items())
    return words and new and any(body.is_foreign(at, cell) for at, cell in cells.items())


def is_said(cell: str) -> bool:
    """Say whether a cell is the head of a summary.

    >>> is_said("Total"), is_said("Барлығы:"), is_said("average marks, and proud of it, always")
    (True, True, False)
    """
    return bool(SUMMARY.fullmatch(cell.strip()))


def _says_so(cells: dict[int, str], body: Body, gap: bool) -> bool:
    """Say whether a row with the head of a summary bears it out."""
    (first, head), *rest = cells.items()
    if body.has(first, head):
        return False
    if max(map(len, body.sample)) == 1:
        return gap or bool(SUMMARY.fullmatch(head.strip())["number"])
    if not all(as_number(c) is not None or FORMULA.match(c) or is_said(c) for _, c in rest):
        return False
    signs = [FORMULA.match(c) or body.is_foreign(at, c) or body.computes(at, c) for at, c in rest]
    borne_out = sum(map(bool, signs)) * 2 >= len(rest) > 0
    return borne_out or body.is_foreign(first, head) or _is_sparse(cells, body)


def _is_pasted(cells: dict[int, str], body: Body, gap: bool, whole: bool) -> bool:
    """Say whether a row without such a head was pasted below the answers all the same.

    One with too few separators may be a respondent's that was cut off: `whole` is false.
    """
    if max(map(len, body.sample)) > 1 and _is_computed(cells, body):
        return True
    if all(body.is_foreign(at, c) for at, c in cells.items()) and (
        len(cells) > 1 or (whole and _is_sparse(cells, body) and kind_of(*cells.values()) == "text")
    ):
        return True
    numbers = [at for at, c in cells.items() if as_number(c) is not None]
    if numbers and len(numbers) == len(cells):
        foreign = {at for at in numbers if body.is_foreign(at, cells[at])}
        computed = {at for at in numbers if body.computes(at, cells[at])}
        far = computed == set(numbers) and any(body.exceeds(at, cells[at]) for at in numbers)
        borne_out = foreign <= computed and len(computed) * 2 >= len(numbers)
        return (bool(foreign) and borne_out) or (far and _is_sparse(cells, body))
    if not gap or len(body.rows) < 3 or all(map(body.has, cells, cells.values())):
        return False
    counted = any(body.counts(label, cells[at]) for label in cells.values() for at in numbers)
    foreign = any(body.is_foreign(at, c) for at, c in cells.items())
    if counted and (len(cells) == 2 or foreign):
        return True
    alone = len(cells) == 1 and kind_of(cells.get(0, "")) == "text"
    return (alone or foreign) and _is_sparse(cells, body)


def _is_computed(cells: dict[int, str], body: Body) -> bool:
    """Say whether a row has formulas alone, or what several of them leave, and their numbers."""
    formulas = {at for at, cell in cells.items() if FORMULA.match(cell)}
    sure = len(cells) > 1 or any(cell.startswith("=") for cell in cells.values())
    return (
        bool(formulas)
        and sure
        and all(body.computes(at, cells[at]) for at in cells.keys() - formulas)
    )


def _is_sparse(cells: dict[int, str], body: Body) -> bool:
    """Say whether a row has far fewer cells than any respondent."""
    return len(cells) < min(body.sizes) and len(cells) * 2 <= median(body.sizes)
