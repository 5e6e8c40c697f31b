"""A survey of one's own: from its answers and its codebook to the tables that every survey has."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.collection import Document
from analysis.language.current import current_language, tr
from analysis.responses.answers import Note, Responses
from analysis.responses.codebook import CHOICES, Codebook, Entry, short_name
from analysis.responses.joint import SUMS, distinct, joint, weighed
from analysis.responses.options import plain
from analysis.responses.shown import shown
from analysis.survey.surveys import Survey

ALL = "all"  # the base of those who answered the survey
QUESTIONS = ("question", "section", "figure", "topic", "kind", "base", "n", "note")
TALLIES = (
    "question",
    "option",
    "label",
    "printed",
    "qualifier",
    "unit",
    "section",
    "anchor",
    "note",
)
NOTED = 10  # different answers of a question that notes repeat


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
        rows = [bool(wanted(answer)) for answer in self.table["answer"]]
        return self.table[column].to_numpy()[np.array(rows, dtype=bool)].sum()

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
    def given(self) -> int:
        """People who gave an answer, whatever it is."""
        return int(self.total(lambda answer: answer.given))

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
    notes : tuple of Note
        What was mended, and who keeps the weight that there was.
    """

    questions: tuple[str, ...]
    values: Mapping[tuple[tuple[int, ...], ...], float]
    notes: tuple[Note, ...] = ()

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
        frame, weight = self._weighed
        table = joint(frame, self.codebook, tuple(dict.fromkeys(asked)), weight)
        return self.factors.applied(table)[[*questions, *SUMS]] if self.factors else table

    @cached_property
    def _weighed(self) -> tuple[Any, str]:
        """The frame to count in, and the column of weights in it."""
        columns = [name for entry in self.codebook for name in entry.columns]
        frame = self.responses.frame
        return weighed(frame, columns, self.weight) if self.weight else (frame, "")

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

    @cached_property
    def people(self) -> int:
        """Respondents whose answers were read."""
        return int(distinct(self.responses.frame, [])["people"].sum())

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out or changed while reading and raking, then what matches no option."""
        raking = self.factors.notes if self.factors else ()
        return (*self.responses.notes, *raking, *self._unmatched())

    def notes_without(self, small: int) -> tuple[Note, ...]:
        """Return the notes as they may be shown where small cells are withheld.

        small : int
            As for `write_survey`; above 1 neither answers that match no option nor their numbers
            are shown, only that there are some.
        """
        return self.notes if small < 2 else (*self.responses.notes, *self._some_unmatched())

    def _some_unmatched(self) -> Iterator[Note]:
        for entry in self.codebook.of(*CHOICES, "number"):
            if self.tally(entry.question).strange:
                place = shown(", ".join(entry.columns), 100)
                yield Note(place, tr("some answers match no option"))

    def _unmatched(self) -> Iterator[Note]:
        for entry in self.codebook.of(*CHOICES, "number"):
            tally = self.tally(entry.question)
            place = shown(", ".join(entry.columns), 100)
            if not tally.given:
                yield Note(place, tr("nobody gave an answer"))
            yield from (Note(place, said) for said in _strange_said(tally))


def _strange_said(tally: Tally) -> Iterator[str]:
    """Yield what is to be said of answers that match no option, the most frequent first."""
    strange, other = tally.strange, tally.entry.other
    people = int(tally.total(lambda answer: bool(answer.strange)))
    if people and other:
        yield tr("{people} × own words, counted for “{other}”", people=people, other=shown(other))
    elif people > tally.given / 2:
        yield tr(
            "{people} of {all} answers match no option; are separator, options or kind wrong?",
            people=people,
            all=tally.given,
        )
    for text, number in strange.most_common(NOTED):
        yield tr("{people} × {text}: matches no option", people=number, text=shown(text, 60))
    if (more := len(strange) - NOTED) > 0:
        yield tr("and {more} other answers that match no option", more=more)


def survey_of(answers: Answers) -> Survey:
    """Return the survey that some answers are, its tables in the language in use.

    The questions with options and at least one answer are those of the tables; counts are exact,
    so their unit is people.
    """
    language = current_language()
    asked = [e for e in answers.codebook.of(*CHOICES) if answers.tally(e.question).base]
    questions = pd.DataFrame([question_row(answers, entry, language) for entry in asked])
    tallies = [row for entry in asked for row in _tally_rows(answers, entry, language)]
    table = pd.DataFrame(tallies, columns=list(TALLIES))
    return Survey(_document(answers), _typed(questions), table, _bases(answers, language), answers)


def _document(answers: Answers) -> Document:
    name = shown(answers.responses.source) or tr("own survey")
    slug = short_name(Path(name).stem) or "own-survey"
    return Document(slug, Path(), {"slug": slug, "citation": name, "kind": "survey"}, {})


def question_row(answers: Answers, entry: Entry, language: str) -> dict[str, Any]:
    """Return what `questions.csv` would have of a question."""
    base = base_names(answers.codebook).get(entry.base, ALL)
    row = {"question": entry.question, "section": "", "figure": "", "topic": entry.topic(language)}
    tally = answers.tally(entry.question)
    return row | {"kind": entry.kind, "base": base, "n": tally.base, "note": ""}


def _typed(questions: pd.DataFrame) -> pd.DataFrame:
    if questions.empty:
        questions = pd.DataFrame(columns=list(QUESTIONS))
    return questions.astype({"n": "Int64"})


def _tally_rows(answers: Answers, entry: Entry, language: str) -> Iterator[dict[str, str]]:
    tally, names, options = answers.tally(entry.question), entry.names(language), short_names(entry)
    for place in entry.counted:
        row = {"question": entry.question, "option": options[place], "label": names[place]}
        row |= {"printed": str(int(tally.people(place))), "qualifier": "", "unit": "people"}
        yield row | {"section": "", "anchor": "", "note": ""}


def short_names(entry: Entry) -> list[str]:
    """Return the short name of each option: its English label in Latin letters, made unique.

    >>> short_names(Entry("sex", ("Жыныс",), "single", options=("Ер", "Әйел")))
    ['er', 'aiel']
    """
    found: list[str] = []
    for number, label in enumerate(entry.names("en"), start=1):
        name = short_name(label) or f"option-{number}"
        while name in found:
            name = f"{name}-{number}"
        found.append(name)
    return found


def base_names(codebook: Codebook) -> dict[str, str]:
    """Return the short name of each base filter: that of its question, and more where it has two.

    >>> asked = [Entry(name, (name,), "text", base=f"went = {name}") for name in ("yes", "no")]
    >>> base_names(Codebook(tuple(asked)))
    {'went = yes': 'went-yes', 'went = no': 'went-no'}
    """
    filters = dict.fromkeys(entry.base for entry in codebook if entry.base)
    questions = Counter(base.partition("=")[0].strip() for base in filters)
    found = {"": ALL}
    for base in filters:
        question, _, options = (each.strip() for each in base.partition("="))
        name = question if questions[question] == 1 else f"{question}-{short_name(options)}"
        found[base] = name if name not in found.values() else f"{name}-{len(found)}"
    return {base: name for base, name in found.items() if base}


def _bases(answers: Answers, language: str) -> pd.DataFrame:
    rows = [{"base": ALL, "label": tr("all who answered"), "printed": str(answers.people)}]
    for base, name in base_names(answers.codebook).items():
        entries = [each for each in answers.codebook.of(*CHOICES, "number") if each.base == base]
        for entry in entries[:1]:
            asked = answers.people - answers.tally(entry.question).not_asked
            label = _base_label(answers.codebook, entry, language)
            rows.append({"base": name, "label": label, "printed": str(asked)})
    rest = {"unit": "people", "share": "", "of": "", "section": "", "anchor": "", "note": ""}
    return pd.DataFrame([row | rest for row in rows])


def _base_label(codebook: Codebook, entry: Entry, language: str) -> str:
    """Return who was asked, in words."""
    other = codebook.entry(entry.base_question)
    known, names = other.matcher.places, other.names(language)
    asked = [names[known[text]] for text in map(plain, entry.base_options) if text in known]
    return f"{other.topic(language)}: {', '.join(asked)}"


def in_language_in_use(survey: Survey) -> Survey:
    """Return a survey of one's own with its labels in the language in use."""
    return survey if survey.answers is None else survey_of(survey.answers)
