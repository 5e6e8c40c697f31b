"""A survey of one's own: from its answers and its codebook to the tables that every survey has."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from slugify import slugify

from analysis.data.collection import Document
from analysis.language.current import current_language, tr
from analysis.responses.answers import Note, Responses
from analysis.responses.codebook import CHOICES, Codebook, Entry
from analysis.responses.joint import SUMS, joint
from analysis.survey.surveys import Survey

ALL = "all"  # the base of those who answered the survey
KAZAKH = [*zip("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "AaGgQqNnOoUuUuHhIi", strict=True)]  # not known to slugify


@dataclass(frozen=True)
class Tally:
    """What one question got: people by option, and those who stand beside the options.

    entry : Entry
    table : DataFrame
        One row a combination of answers: `answer`, `people`, `weight`, `squares`.
    """

    entry: Entry
    table: pd.DataFrame

    def total(self, wanted, column: str = "people") -> float:
        """Return the sum of a column over the combinations whose answer is `wanted`.

        wanted : callable
            From an `Answer` to a bool.
        """
        rows = [wanted(answer) for answer in self.table["answer"]]
        return self.table.loc[rows, column].sum()

    @property
    def respondents(self) -> int:
        """All who answered the survey."""
        return int(self.table["people"].sum())

    @property
    def not_asked(self) -> int:
        """People to whom the question was not put."""
        return int(self.total(lambda answer: not answer.asked))

    @property
    def missing(self) -> int:
        """People who were asked and gave no answer."""
        return int(self.total(lambda answer: answer.asked and not answer.given))

    @property
    def base(self) -> int:
        """People who gave an answer that is counted: the base of the shares."""
        return int(self.total(self.in_base))

    def in_base(self, answer) -> bool:
        """Say whether an answer is counted: given, and not only outside the base."""
        inside = bool(set(answer.chosen) & set(self.entry.counted))
        return inside or (bool(answer.strange) and not answer.chosen) or answer.number is not None

    def people(self, option: int, column: str = "people") -> float:
        """Return the people who chose an option, or the sum of another column over them."""
        return self.total(lambda answer: option in answer.chosen, column)

    @cached_property
    def strange(self) -> Counter:
        """What matches no option, as written, with the number of people who wrote it."""
        found: Counter = Counter()
        for answer, people in zip(self.table["answer"], self.table["people"], strict=True):
            found.update({text: int(people) for text in answer.strange})
        return found


@dataclass(frozen=True)
class Factors:
    """What raking multiplies weights by: a factor for each combination of answers.

    questions : tuple of str
        Those with a margin.
    values : mapping
        From the numbers of the options chosen, a tuple a question, to the factor; of combinations
        that it does not have the factor is 1.
    """

    questions: tuple[str, ...]
    values: Mapping[tuple[tuple[int, ...], ...], float]

    def applied(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return counted combinations with their weights and squares multiplied."""
        chosen = zip(*(table[name] for name in self.questions), strict=True)
        keys = [tuple(answer.chosen for answer in answers) for answers in chosen]
        factor = pd.Series([self.values.get(key, 1.0) for key in keys], table.index, dtype=float)
        weights = {"weight": table["weight"] * factor, "squares": table["squares"] * factor**2}
        return table.assign(**weights)


@dataclass(frozen=True)
class Answers:
    """The answers behind a survey of one's own.

    responses : Responses
    codebook : Codebook
    weight : str
        The column of weights, or "".
    population : int or None
        How many people the survey was drawn from, for the finite population correction.
    factors : Factors or None
        What raking multiplies weights by.
    """

    responses: Responses
    codebook: Codebook
    weight: str = ""
    population: int | None = None
    factors: "Factors | None" = None

    @property
    def weighted(self) -> bool:
        """Whether respondents have weights, from a column or by raking."""
        return bool(self.weight) or self.factors is not None

    @property
    def numbers(self) -> list[str]:
        """The questions for a number that somebody answered."""
        asked = (entry.question for entry in self.codebook.of("number"))
        return [question for question in asked if self.tally(question).base]

    def joint(self, *questions: str) -> pd.DataFrame:
        """Return the combinations of answers to some questions: see `responses.joint`."""
        asked = (*questions, *(self.factors.questions if self.factors else ()))
        frame, names = self.responses.frame, tuple(dict.fromkeys(asked))
        table = joint(frame, self.codebook, names, self.weight)
        return self.factors.applied(table)[[*questions, *SUMS]] if self.factors else table

    def tally(self, question: str) -> Tally:
        """Return what one question got; it is counted once."""
        if question not in self._tallies:
            table = self.joint(question).rename(columns={question: "answer"})
            entry = self.codebook.entry(question)
            self._tallies[question] = Tally(entry, table[["answer", *SUMS]])
        return self._tallies[question]

    @cached_property
    def _tallies(self) -> dict[str, Tally]:
        return {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out or changed while reading, then what matches no option."""
        return (*self.responses.notes, *self._strange())

    def _strange(self) -> Iterator[Note]:
        for entry in self.codebook.of(*CHOICES, "number"):
            for text, people in self.tally(entry.question).strange.most_common():
                said = tr("{people} × {text}: matches no option", people=people, text=text[:60])
                yield Note(", ".join(entry.columns), said)


def survey_of(answers: Answers) -> Survey:
    """Return the survey that some answers are, its tables in the language in use.

    The questions with options and at least one answer are those of the tables; counts are exact,
    so their unit is people.
    """
    language = current_language()
    asked = [e for e in answers.codebook.of(*CHOICES) if answers.tally(e.question).base]
    questions = pd.DataFrame([_question_row(answers, entry, language) for entry in asked])
    tallies = [row for entry in asked for row in _tally_rows(answers, entry, language)]
    return Survey(
        _document(answers), _typed(questions), pd.DataFrame(tallies), _bases(answers), answers
    )


def _document(answers: Answers) -> Document:
    name = answers.responses.source or tr("own survey")
    slug = slugify(Path(name).stem) or "own-survey"
    return Document(slug, Path(), {"slug": slug, "citation": name, "kind": "survey"}, {})


def _question_row(answers: Answers, entry: Entry, language: str) -> dict[str, Any]:
    base = entry.base_question or ALL
    row = {"question": entry.question, "section": "", "figure": "", "topic": entry.topic(language)}
    tally = answers.tally(entry.question)
    return row | {"kind": entry.kind, "base": base, "n": tally.base, "note": ""}


def _typed(questions: pd.DataFrame) -> pd.DataFrame:
    if questions.empty:
        names = ("question", "section", "figure", "topic", "kind", "base", "n", "note")
        questions = pd.DataFrame(columns=list(names))
    return questions.astype({"n": "Int64"})


def _tally_rows(answers: Answers, entry: Entry, language: str) -> Iterator[dict[str, str]]:
    tally, names = answers.tally(entry.question), entry.names(language)
    for place, option in enumerate(short_names(entry)):
        printed = str(int(tally.people(place))) if place in entry.counted else ""
        if place not in entry.counted:
            continue
        row = {"question": entry.question, "option": option, "label": names[place]}
        row |= {"printed": printed, "qualifier": "", "unit": "people"}
        yield row | {"section": "", "anchor": "", "note": ""}


def short_names(entry: Entry) -> list[str]:
    """Return the short name of each option: its English label in Latin letters, made unique.

    >>> short_names(Entry("sex", ("Жыныс",), "single", options=("Ер", "Әйел")))
    ['er', 'aiel']
    """
    found: list[str] = []
    for number, label in enumerate(entry.names("en"), start=1):
        name = (
            slugify(label, max_length=40, word_boundary=True, replacements=KAZAKH)
            or f"option-{number}"
        )
        found.append(f"{name}-{number}" if name in found else name)
    return found


def _bases(answers: Answers) -> pd.DataFrame:
    rows = [{"base": ALL, "label": tr("all who answered"), "printed": str(_people(answers))}]
    for name in dict.fromkeys(e.base_question for e in answers.codebook if e.base_question):
        entries = [e for e in answers.codebook if e.base_question == name]
        tally = answers.tally(entries[0].question)
        asked = tally.respondents - tally.not_asked
        rows.append({"base": name, "label": entries[0].base, "printed": str(asked)})
    rest = {"unit": "people", "share": "", "of": "", "section": "", "anchor": "", "note": ""}
    return pd.DataFrame([row | rest for row in rows])


def _people(answers: Answers) -> int:
    for entry in answers.codebook:
        return answers.tally(entry.question).respondents
    return 0


def in_language_in_use(survey: Survey) -> Survey:
    """Return a survey of one's own with its labels in the language in use."""
    return survey if survey.answers is None else survey_of(survey.answers)


def columns_asked(codebook: Codebook) -> Sequence[str]:
    """Return the columns of the file that the codebook takes, in its order, each once."""
    return list(dict.fromkeys(name for entry in codebook for name in entry.columns))
