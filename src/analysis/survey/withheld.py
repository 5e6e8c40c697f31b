"""What of a survey's tables is not shown because so few people stand behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.counts.small_cells import hidden_cells

if TYPE_CHECKING:
    from analysis.survey.crossing import CrossTable
    from analysis.survey.own import Answers

NUMBERS = ("people", "share", "of_answers", "weighted", "low", "high")
KISH = ("effective_n", "design_effect")  # what is said of the weights of a base
BESIDE = ("outside", "missing", "not asked")  # rows that stand beside the base


@dataclass(frozen=True)
class Withheld:
    """What is withheld from the tables of questions.

    small : int
    rows : mapping of str to set of int
        For each question the rows of its table that are not shown.
    questions : set of str
        Questions with so few answers that nothing of them is shown.
    """

    small: int = 0
    rows: Mapping[str, set[int]] = field(default_factory=dict)
    questions: frozenset[str] = frozenset()

    def touches(self, question: str) -> bool:
        """Whether something of a question is withheld."""
        return question in self.questions or bool(self.rows.get(question))

    def options(self, question: str, table: pd.DataFrame) -> set[str]:
        """Return the short names of the options of a question that are withheld."""
        return {table["option"].iloc[place] for place in self.rows.get(question, ())} - {""}

    def told(self, question: str, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table of a question without the numbers that are withheld."""
        if question not in self.questions:
            return blanked(table, self.rows.get(question, set()))
        made = blanked(table, {*range(len(table))})
        return without_weights(made)


def withheld_rows(
    tables: Mapping[str, pd.DataFrame], answers: "Answers | None", small: int
) -> Withheld:
    """Return what to withhold so that no cell of 1 to small - 1 people can be told.

    tables : mapping of str to DataFrame
        `Question.table` by short name.
    answers : Answers or None
        They say whose base is an option of another question.
    """
    if small < 2:
        return Withheld()
    few = frozenset(name for name, table in tables.items() if 0 < _base(table) < small)
    rows = {name: _rows(t, small, _deciding(name, t, answers)) for name, t in tables.items()}
    for entry in answers.codebook if answers else ():
        told = entry.base_question
        if entry.question in rows and (told in few or rows.get(told)):
            table = tables[entry.question]  # who was not asked would tell an option
            rows[entry.question] |= {*_places(table, ("missing", "not asked"))}
    return Withheld(small, rows, few)


def _base(table: pd.DataFrame) -> int:
    return int(table.loc[table["row"] == "base", "people"].fillna(0).sum())


def _places(table: pd.DataFrame, rows: tuple[str, ...]) -> list[int]:
    return [place for place, row in enumerate(table["row"]) if row in rows]


def _deciding(question: str, table: pd.DataFrame, answers: "Answers | None") -> list[set[int]]:
    """Return the rows of a question that decide who was asked another one, a set each."""
    from analysis.survey.own import short_names

    if answers is None:
        return []
    names, shown = short_names(answers.codebook.entry(question)), list(table["option"])
    found = answers.codebook.deciding(question)
    return [{shown.index(names[place]) for place in places} for places in found]


def told_sums(
    groups: Iterable[Iterable[int]], deciding: Iterable[set[int]], counts: Sequence[int], small: int
) -> list[list[int]]:
    """Return the places of cells whose sums a reader knows.

    groups : iterable of iterables of int
        Those that add up to something shown.
    deciding : iterable of set of int
        Cells whose people were asked another question, so that its base tells how many they are
        and with it the rest of their groups. A base of fewer than `small` people is not shown.
    counts : sequence of int
        People in each cell.

    >>> told_sums([[0, 1, 2]], [{0}], [19, 1, 40], 5)
    [[1, 2], [0, 1, 2]]
    >>> told_sums([[0, 1], [2, 3]], [{0, 2}], [40, 55, 2, 3], 5)
    [[0, 2], [1, 3], [0, 1], [2, 3]]
    """
    groups = [list(group) for group in groups]
    told = [each for each in deciding if sum(counts[place] for place in each) >= small]
    sums = [those for each in told for those in _parted(each, groups)]
    return [*filter(None, sums), *groups]


def _parted(asked: set[int], groups: list[list[int]]) -> list[list[int]]:
    """Return who was asked another question, if of several groups, and the rest of the groups."""
    reached = [{*group} for group in groups if asked & {*group}]
    rest = sorted(set().union(*reached) - asked)
    return [rest] if len(reached) < 2 else [sorted(asked), rest]


def _rows(table: pd.DataFrame, small: int, deciding: list[set[int]]) -> set[int]:
    """Return the rows of a question that are not shown.

    Options and what matches none add up: to the base, or to all answers given, which the % of
    answers tell. Whoever stands beside the base adds up to the rest of the respondents.
    """
    counts = [int(people) for people in table["people"].fillna(0)]
    groups = [_places(table, ("option", "strange")), _places(table, BESIDE)]
    sums = told_sums(groups, deciding, counts, small)
    harmless = _places(table, ("base", "missing", "not asked"))
    return hidden_cells(counts, sums, small, harmless)


def blanked(table: pd.DataFrame, rows: set[int]) -> pd.DataFrame:
    """Return the table of a question without the numbers of some rows."""
    made = table.copy()
    made.attrs = table.attrs
    for name in NUMBERS:
        if name in made:
            made.loc[made.index[sorted(rows)], name] = pd.NA
    return made


def without_weights(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of a question without what its weights give, if it has any."""
    if "weighted" not in table:
        return table
    made = table.drop(columns=["weighted", "low", "high"])
    made.attrs = {name: each for name, each in table.attrs.items() if name not in KISH}
    return made


@dataclass(frozen=True)
class CrossHidden:
    """What of a cross-table is not shown: whole options, whole groups, and single cells."""

    options: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    cells: set[tuple[str, str]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.options or self.groups or self.cells)


def withheld_crosses(
    crosses: "Sequence[CrossTable]",
    tables: Mapping[str, pd.DataFrame],
    withheld: Withheld,
    answers: "Answers | None",
) -> list[CrossHidden]:
    """Return what of each cross-table must not be shown.

    Whose base is the answer to another question tells how many of each group gave it: where the
    table of that one by the same groups hides something, the groups are hidden here too.
    """
    found = {(each.question, each.by): withheld_cross(each, tables, withheld) for each in crosses}
    names = {each.question: each.base_question for each in answers.codebook} if answers else {}

    def is_told(question: str, by: str) -> bool:
        asked = names.get(question, "")
        return bool(asked) and (bool(found.get((asked, by))) or is_told(asked, by))

    return [
        replace(found[each.question, each.by], groups={*each.bases.index})
        if is_told(each.question, each.by)
        else found[each.question, each.by]
        for each in crosses
    ]


def withheld_cross(
    cross: "CrossTable", tables: Mapping[str, pd.DataFrame], withheld: Withheld
) -> CrossHidden:
    """Return what of a cross-table must not be shown; what its questions hide it hides too."""
    small = withheld.small
    if small < 2:
        return CrossHidden()
    options = withheld.options(cross.question, tables[cross.question])
    by = tables.get(cross.by)  # None where nobody gave an answer
    groups = set() if by is None else withheld.options(cross.by, by)
    names = list(cross.bases.index)
    few = hidden_cells([int(n) for n in cross.bases], [range(len(names))], small)
    groups |= {names[place] for place in few}
    keys = [(option, group) for option in cross.counts.index for group in names]
    counts = [int(cross.counts.loc[key]) for key in keys]
    hidden = hidden_cells(counts, _sums(cross.counts.shape), small)
    cells = {keys[place] for place in hidden}
    kept = {key for key in cells if key[0] not in options and key[1] not in groups}
    return CrossHidden(options, groups, kept)


def _sums(shape: tuple[int, int]) -> list[list[int]]:
    """Return the places of the cells of each row and of each column."""
    rows, columns = shape
    across = [[row * columns + column for column in range(columns)] for row in range(rows)]
    return [*across, *map(list, zip(*across, strict=True))]
