"""A survey written up: tables, figures and what was done, as a document, a workbook or a page."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.arguments import check_level, check_texts, check_whole, kind_of
from analysis.failures import quoted
from analysis.language.current import current_language, label, speaking, tr
from analysis.survey import report_tables
from analysis.survey.methods import Done, methods
from analysis.survey.own import in_language_in_use
from analysis.survey.withheld import (
    Withheld,
    withheld_crosses,
    withheld_rows,
    without_weights,
)
from analysis.writing.blocks import Block, Figure, Heading, Paragraph
from analysis.writing.page import write_html
from analysis.writing.pictures import ready
from analysis.writing.word import write_docx
from analysis.writing.workbook import write_xlsx

if TYPE_CHECKING:
    from analysis.survey.crossing import CrossTable
    from analysis.survey.questions import Question
    from analysis.survey.surveys import Survey

WRITERS = {".docx": write_docx, ".xlsx": write_xlsx, ".html": write_html}
PICTURES = {".docx": "png", ".html": "svg"}  # a workbook has none
Tick = Callable[[], object]


def write_report(
    survey: "Survey",
    file: str | Path,
    language: str = "",
    by: Sequence[str] = (),
    against: "Survey | None" = None,
    level: float = 0.95,
    small: int = 0,
) -> Path:
    """Write a survey up and return the file.

    survey : Survey
        Of one's own, or a published one.
    file : str or Path
        Its ending decides: .docx for Word, .xlsx for a spreadsheet, .html for a page.
    language : str
        One of "en", "ru", "kk"; by default the one in use.
    by : str or sequence of str
        Short names of questions with one option a person: every other question is given by their
        options too, with a test.
    against : Survey or None
        Another survey to compare with, published or one's own.
    level : float
        Of all intervals, as a fraction.
    small : int
        5 withholds cells of 1 to 4 people, and others from which they could be computed; figures
        and tests that would tell such cells are left out. 0 withholds nothing.

    Contents: what was done; a table and a figure a question (scales with the same points in one
    figure); means and medians; tables by groups; the comparison; notes on the answers. The same
    survey gives the same bytes. Raises ValueError that names the argument, also for another ending.
    """
    place = _place(file)
    language, by = language or current_language(), _names(by)
    check_whole(small, "small", 0)
    with speaking(language), _bar() as tick:
        shown = in_language_in_use(survey)
        work = Work(shown, by, against, check_level(level), small, tick)
        blocks = [*work.blocks(PICTURES.get(place.suffix.lower(), ""))]
    return WRITERS[place.suffix.lower()](blocks, place, language)


def _place(file: str | Path) -> Path:
    if not isinstance(file, str | Path):
        raise TypeError(f"file: wanted the name of a file; got {kind_of(file)}")
    if Path(file).suffix.lower() not in WRITERS:
        wanted = "a name that ends in .docx, .xlsx or .html"
        raise ValueError(f"file: wanted {wanted}; got {quoted(str(file))}")
    return Path(file)


def _names(by: str | Sequence[str]) -> list[str]:
    by = [by] if isinstance(by, str) else list(by)
    return list(dict.fromkeys(check_texts(by, "by"))) if by else []


@contextmanager
def _bar() -> Iterator[Tick]:
    """Count tables and figures on a terminal, if tqdm is there."""
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        yield lambda: None
        return
    with tqdm(disable=None, unit=" tables and figures", leave=False) as bar:
        yield bar.update


@dataclass
class Work:
    """All that one report computes, each thing once."""

    survey: "Survey"
    by: Sequence[str]
    against: "Survey | None"
    level: float
    small: int
    tick: Tick = field(default=lambda: None)

    def __post_init__(self) -> None:
        """Compute the tables, in the language in use."""
        self.questions = [*self.survey, *self._numbers()]
        self.tables = {each.name: self._table(each) for each in self.questions}
        answers = self.survey.answers
        self.withheld = withheld_rows(self.tables, answers, self.small)
        self.crosses = [cross for name in self.by for cross in self._crosses(name)]
        self.hidden = withheld_crosses(self.crosses, self.tables, self.withheld, answers)
        self.unweighted = self._unweighted()
        for name in self.unweighted:
            self.tables[name] = without_weights(self.tables[name])
        self.means = self._means()
        self.comparison, self.other = None, Withheld()
        if self.against is not None:
            self.comparison = self.survey.compare(self.against, level=self.level)
            self.other = self._withheld_there()

    def _numbers(self) -> "list[Question]":
        answers = self.survey.answers
        return [self.survey.question(name) for name in answers.numbers] if answers else []

    def _table(self, question: "Question") -> pd.DataFrame:
        self.tick()
        return question.table(self.level)

    def _crosses(self, by: str) -> "list[CrossTable]":
        from analysis.survey.crossing import crosses

        kept = [q.name for q in self.survey if q.name != by and not self._is_withheld(q.name)]
        return crosses(self.survey, kept, by, self.level) if kept else []

    def _unweighted(self) -> set[str]:
        """Return the questions whose weighted shares would tell a hidden cell of a cross-table.

        Where all of a group weigh the same, they are sums over the groups that can be solved.
        """
        if self.survey.answers is None or not self.survey.answers.weighted:
            return set()
        pairs = zip(self.crosses, self.hidden, strict=True)
        return {name for each, hidden in pairs if hidden for name in (each.question, each.by)}

    def _is_shown_whole(self, question: str) -> bool:
        """Say whether figures, means and comparisons of a question tell nothing withheld."""
        return question not in self.unweighted and not self.withheld.touches(question)

    def _is_withheld(self, question: str) -> bool:
        return question in self.withheld.questions

    def _means(self) -> pd.DataFrame:
        from analysis.survey.scales import scales

        if self.survey.answers is None:
            return pd.DataFrame()
        found = scales(self.survey, self.level)
        if found.empty:
            return found
        found = found[[self._is_shown_whole(name) for name in found["question"]]]
        return report_tables.without_own_numbers(found, self.survey.answers, self.small)

    def _withheld_there(self) -> Withheld:
        """Return what is withheld of the other survey, whose answers may be known too."""
        if self.against.answers is None:
            return Withheld()
        names = {*self.comparison["question"]}
        tables = {q.name: q.table(self.level) for q in self.against if q.name in names}
        return withheld_rows(tables, self.against.answers, self.small)

    @property
    def _told(self) -> dict[str, pd.DataFrame]:
        """The tables as they are shown: without the numbers that are withheld."""
        return {name: self.withheld.told(name, table) for name, table in self.tables.items()}

    @property
    def done(self) -> Done:
        """What the methods section is computed from."""
        rows = sum(map(len, self.withheld.rows.values()))
        cells = sum(len(each.cells) for each in self.hidden)
        return Done(
            self.survey,
            self.level,
            self._told,
            self.means,
            self.crosses,
            self.comparison,
            self.against,
            self.small,
            rows + cells,
        )

    def blocks(self, kind: str) -> Iterator[Block]:
        """Yield the whole report.

        kind : str
            Of its figures: "png", "svg", or "" for none.
        """
        parts = (
            self._head(),
            self._results(kind),
            self._groups(),
            self._compared(kind),
            self._end(),
        )
        for part in parts:
            for block in part:
                if kind or not isinstance(block, Figure):
                    self.tick()
                    yield ready(block, kind)

    def _head(self) -> Iterator[Block]:
        document, own = self.survey.document, self.survey.answers is not None
        name = document.about["citation"] if own else label(document.dated)
        yield Heading(tr("Survey: {name}", name=name), 1)
        yield Heading(tr("What was done"))
        yield from map(Paragraph, methods(self.done))

    def _results(self, kind: str) -> Iterator[Block]:
        yield Heading(tr("Answers"))
        together = self._scales_together()
        for question in self.questions:
            yield from self._question(question)
            if kind:
                yield from self._figure(question, together)
        if len(self.means):
            yield report_tables.means_table(self.means, self.level)

    def _question(self, question: "Question") -> Iterator[Block]:
        if self._is_withheld(question.name):
            topic = report_tables.first_up(question.topic)
            said = tr("{topic}: withheld, fewer than {n} answers.", topic=topic, n=self.small)
            yield Paragraph(said)
        else:
            table = self.tables[question.name]
            yield report_tables.question_table(question, table, self.withheld)

    def _figure(self, question: "Question", together: dict[str, list[str]]) -> Iterator[Block]:
        from analysis.survey.pictures import picture, scale_picture

        names = together.get(question.name, [question.name])
        if not self._is_shown_whole(question.name) or question.name != names[-1]:
            return
        about = self.tables[question.name].attrs
        if not about["base"] or (self.small > 1 and about["kind"] == "number"):
            return
        if len(names) > 1:
            yield Figure(scale_picture(self.survey, names))
        else:
            yield Figure(picture(question, self.level))

    def _scales_together(self) -> dict[str, list[str]]:
        """Return for each scale those that have the same points and can be shown."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for question in self.questions:
            table = self.tables[question.name]
            if table.attrs["kind"] == "scale" and self._is_shown_whole(question.name):
                points = tuple(table.loc[table["row"] == "option", "label"])
                groups.setdefault(points, []).append(question.name)
        return {name: names for names in groups.values() for name in names}

    def _groups(self) -> Iterator[Block]:
        if self.crosses:
            yield Heading(tr("Answers by groups"))
        for cross, hidden in zip(self.crosses, self.hidden, strict=True):
            yield from report_tables.cross_tables(cross, hidden, self.small)

    def _compared(self, kind: str) -> Iterator[Block]:
        if self.comparison is None:
            return
        yield Heading(tr("Comparison with another survey"))
        yield from map(Paragraph, report_tables.alone_said(self.comparison))
        for name, rows in self.comparison.groupby("question", sort=False):
            told = not self._is_withheld(name) and name not in self.unweighted
            if told and name not in self.other.questions:
                yield from self._side_by_side(name, rows, kind)

    def _side_by_side(self, name: str, rows: pd.DataFrame, kind: str) -> Iterator[Block]:
        from analysis.survey.pictures import comparison_picture

        rows = rows.reset_index(drop=True)
        rows.attrs = self.comparison.attrs
        hidden, own = self.withheld.options(name, self.tables[name]), self.against.answers
        if own is not None:
            hidden |= self.other.options(name, self.against.question(name).table(self.level))
        topic, both = self.survey.question(name).topic, own is not None
        yield report_tables.comparison_table(rows, topic, hidden, self.small, both)
        if kind and not hidden:
            yield Figure(comparison_picture(rows, self.survey, self.against))

    def _end(self) -> Iterator[Block]:
        answers = self.survey.answers
        if answers is None:
            return
        notes = answers.responses.notes if self.small > 1 else answers.notes
        if notes:
            yield Heading(tr("Notes"))
            yield report_tables.notes_table(notes)
