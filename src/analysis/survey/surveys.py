"""A survey: a document, or any folder, with questions and their printed answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis import paths
from analysis.arguments import check_fraction, nearest_advice
from analysis.counts.granularity import FLOOR
from analysis.counts.head_counts import possible_counts
from analysis.counts.rounding import check_rule
from analysis.data.collection import Document, documents, is_document
from analysis.data.tables import read_table
from analysis.failures import quoted
from analysis.language.current import tr
from analysis.problems import Problem, TableError, problem_line
from analysis.survey.audit import audit_table
from analysis.survey.questions import Question

if TYPE_CHECKING:
    from analysis.survey.crossing import CrossTable
    from analysis.survey.own import Answers


@dataclass(frozen=True)
class Survey:
    """A survey: published, a document with `questions.csv` and `tallies.csv`; or one's own.

    document : Document
        What it is and where it lies.
    questions, tallies, bases : DataFrame
        Its tables, labels in the language that was in use when they were read.
    answers : Answers or None
        Of a survey of one's own: the answers that its tables were counted from.
    """

    document: Document
    questions: pd.DataFrame
    tallies: pd.DataFrame
    bases: pd.DataFrame
    answers: "Answers | None" = None

    def __repr__(self) -> str:
        """Name the survey and its questions; no answer, which a notebook would keep."""
        return f"Survey({self.document.slug!r}: {', '.join(self.questions['question'])})"

    def question(self, name: str) -> Question:
        """Return a question by its short name; ValueError names those that there are.

        Of a survey of one's own a question for a number too, which has a table and a scale only.

        >>> read_survey("no-such-survey")
        Traceback (most recent call last):
        ValueError: survey: there is no document or folder 'no-such-survey'
        """
        if name not in set(self.questions["question"]):
            numbers = [] if self.answers is None else self.answers.numbers
            if name not in numbers:
                names = [*self.questions["question"], *numbers]
                said = f"question: wanted one of {', '.join(names)}; got {quoted(name)}"
                raise ValueError(f"{said}{nearest_advice(name, names)}")
        return Question(self, name)

    def __iter__(self) -> Iterator[Question]:
        """Yield every question, in the order of the document."""
        return (Question(self, name) for name in self.questions["question"])

    def base_sizes(self, base: str, rounding: str = "half-any") -> list[int]:
        """Return the possible numbers of people in a base of `bases.csv`.

        A base that is itself a printed share has as many sizes as there are head-counts for it.
        Raises ValueError for a base that is not described.
        """
        rows = self.bases[self.bases["base"] == base]
        if rows.empty:
            raise ValueError(f"base: {quoted(base)} is not in bases.csv of {self.document.slug}")
        row = rows.iloc[0]
        if row["printed"]:
            return [int(row["printed"])]
        question, option = row["share"].split(",")
        printed = self.tallies.set_index(["question", "option"]).loc[(question, option), "printed"]
        wholes = self.base_sizes(row["of"], rounding)
        return sorted({k for n in wholes for k in possible_counts(printed, n, rounding)})

    def audit(self, rounding: str = "half-any", floor: float = FLOOR) -> pd.DataFrame:
        """Return one row an option of every question: see `survey.audit`.

        rounding, floor
            As for `survey.audit`.

        The bases are those that the text allows: of a question whose base is unclear all of the
        survey, and a number that fits only some of them is "conditional". Raises ValueError that
        names the argument.

        >>> from analysis.data.tables import read_table
        >>> survey = read_survey(read_table("questions")["paper"].iloc[0])
        >>> set(survey.audit()["question"]) == {question.name for question in survey}
        True
        """
        check_rule(rounding)
        questions = [question.asked(rounding) for question in self]
        return audit_table(questions, rounding, check_fraction(floor, "floor", "0.5"))

    def base_label(self, base: str) -> str:
        """Return who a base is, in the language in use."""
        labels = dict(zip(self.bases["base"], self.bases["label"], strict=True))
        return labels.get(base, tr("all who answered"))

    @property
    def n(self) -> int:
        """How many people answered the survey: the first base, or the most that a question had."""
        if len(self.bases):
            return self.base_sizes(self.bases["base"].iloc[0])[-1]
        if self.questions["n"].isna().all():
            raise ValueError(f"n: neither bases.csv nor a question of {self.document.slug} has it")
        return int(self.questions["n"].max())

    def cross(self, question: str, by: str, level: float = 0.95) -> "CrossTable":
        """Return a question by the options of another: see `survey.crossing.cross`."""
        from analysis.survey.crossing import cross

        return cross(self, question, by, level)

    def sample(self, level: float = 0.95) -> pd.Series:
        """Return size, sampling fraction, margin of error: see `survey.sampling.sample`."""
        from analysis.survey.sampling import sample

        return sample(self, level)

    def overlap(self, question: str) -> pd.DataFrame:
        """Return how often two options were chosen together: see `survey.overlaps.overlap`."""
        from analysis.survey.overlaps import overlap

        return overlap(self, question)

    def compare(self, other: "Survey", **choices) -> pd.DataFrame:
        """Return the shares of two surveys side by side: see `survey.comparing.compare`."""
        from analysis.survey.comparing import compare

        return compare(self, other, **choices)

    def weight(self, column: str) -> "Survey":
        """Return the survey weighted by a column of its answers: see `survey.weighting.weight`."""
        from analysis.survey.weighting import weight

        return weight(self, column)

    def rake(self, margins: Mapping[str, Mapping[str, float]]) -> "Survey":
        """Return the survey weighted to given margins: see `survey.weighting.rake`."""
        from analysis.survey.weighting import rake

        return rake(self, margins)

    def report(self, file: str | Path, language: str = "", **choices) -> Path:
        """Write the survey up, as .docx, .xlsx or .html: see `survey.report.write_report`."""
        from analysis.survey.report import write_report

        return write_report(self, file, language, **choices)


def read_survey(survey: str | Path) -> Survey:
    """Return a published survey.

    survey : str or Path
        The short name of a document, or any folder with `questions.csv` and `tallies.csv`.

    Raises ValueError if there is no such document or folder, TableError for tables that do not
    follow the codebook.

    >>> from analysis.data.tables import read_table
    >>> name = read_table("questions")["paper"].iloc[0]
    >>> read_survey(name).document.slug == name
    True
    """
    known = {document.slug: document for document in documents(paths.RAW)}
    folder = known[survey].folder if survey in known else Path(survey)
    if not folder.is_dir():
        said = f"survey: there is no document or folder {str(survey)!r}"
        raise ValueError(f"{said}{nearest_advice(survey, known)}")
    found = documents(folder) if is_document(folder) else []
    tables = set(found[0].tables) if found else set()
    if missing := [name for name in ("questions", "tallies") if name not in tables]:
        text = f"is no survey: {' and '.join(f'{name}.csv' for name in missing)} missing"
        raise TableError([problem_line(folder, Problem(0, "", text))])
    names = ("questions", "tallies", "bases")
    return Survey(found[0], *(read_table(name, folder) for name in names))
