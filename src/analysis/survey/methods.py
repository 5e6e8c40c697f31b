"""What was done to a survey, said in sentences that are computed from it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

import analysis
from analysis.language.current import label, tr
from analysis.language.sentences import counted, listed, span
from analysis.responses.extras import DISTRIBUTION

if TYPE_CHECKING:
    from analysis.survey.crossing import CrossTable
    from analysis.survey.own import Answers
    from analysis.survey.surveys import Survey

NAMES = {
    "wilson": "Wilson",
    "wilson-cc": "Wilson (continuity corrected)",
    "clopper-pearson": "Clopper–Pearson",
    "jeffreys": "Jeffreys",
    "agresti-coull": "Agresti–Coull",
    "wald": "Wald",
}


def method_name(method: str) -> str:
    """Return the name of a method of intervals in the language in use.

    >>> method_name("clopper-pearson"), method_name("hypergeometric")
    ('Clopper–Pearson', 'hypergeometric')
    """
    said = label(method)
    return NAMES.get(method, method) if said == method else said


@dataclass(frozen=True)
class Done:
    """What a report has computed.

    survey : Survey
    level : float
        Of all intervals, as a fraction.
    tables : mapping of str to DataFrame
        `Question.table` by short name, without the numbers that are withheld.
    means : DataFrame
        What `scales` returned, without questions that are withheld; empty where there are none.
    crosses : sequence of CrossTable
    comparison : DataFrame or None
        What `compare` returned.
    against : Survey or None
    small : int
        Below so many people a cell is withheld; 0 withholds none.
    hidden : int
        How many cells are withheld.
    """

    survey: "Survey"
    level: float
    tables: Mapping[str, pd.DataFrame]
    means: pd.DataFrame = field(default_factory=pd.DataFrame)
    crosses: Sequence["CrossTable"] = ()
    comparison: pd.DataFrame | None = None
    against: "Survey | None" = None
    small: int = 0
    hidden: int = 0

    @property
    def percent(self) -> float:
        """The level in percent."""
        return 100 * self.level


def methods(done: Done) -> list[str]:
    """Return the methods section of a report as paragraphs, in the language in use.

    Every number and every name of a method in it is that of what was computed; what a report does
    not have is not mentioned.
    """
    parts = [_read(done), _shares(done), _tests(done), _withheld(done), [software()]]
    return [" ".join(part) for part in map(list, parts) if part]


def software() -> str:
    """Return which program computed a report, and how it is cited.

    >>> software()[:28]
    'Computed with version 0.1.0 '
    """
    return tr(
        "Computed with version {version} of {name} (Python); how to cite it stands in its file "
        "CITATION.cff.",
        version=analysis.__version__,
        name=DISTRIBUTION,
    )


def _read(done: Done) -> Iterator[str]:
    """Yield who was read and what was asked."""
    answers = done.survey.answers
    if answers is None:
        about = label(done.survey.document.dated)
        yield tr("The numbers are those that are printed in {document}.", document=about)
        return
    name = done.survey.document.about["citation"]
    people = counted(done.survey.n, "respondent", "respondents")
    yield tr("The answers of {people} were read from {file}.", people=people, file=name)
    yield tr(
        "When they were collected, and how the respondents were chosen, does not follow from the "
        "file and is to be added here."
    )
    if answers.responses.notes:
        notes = counted(len(answers.responses.notes), "note", "notes")
        yield tr(
            "What was left out, changed or withheld is listed at the end: {notes}.", notes=notes
        )
    else:
        yield tr("No row was left out.")
    yield tr("Questions of the codebook: {kinds}.", kinds=", ".join(_kinds(answers)))


def _kinds(answers: "Answers") -> Iterator[str]:
    found = Counter(entry.kind for entry in answers.codebook)
    said = {
        "single": tr("one option each ({n})", n=found["single"]),
        "multiple": tr("several options each ({n})", n=found["multiple"]),
        "yes-no": tr("yes or no ({n})", n=found["yes-no"]),
        "scale": tr("scales ({n})", n=found["scale"]),
        "number": tr("numbers ({n})", n=found["number"]),
        "text": tr("own words, not counted ({n})", n=found["text"]),
        "ignore": tr("columns left aside ({n})", n=found["ignore"]),
    }
    return (text for kind, text in said.items() if found[kind])


def _shares(done: Done) -> Iterator[str]:
    """Yield base, missing answers, intervals, weights."""
    if done.survey.answers is not None:
        yield from _bases(done)
    yield from _intervals(done)
    yield from _weights(done)


def _bases(done: Done) -> Iterator[str]:
    tables, entries = done.tables.values(), list(done.survey.answers.codebook)
    yield tr(
        "The base of the shares of a question are the respondents to whom it was put and who gave "
        "an answer that is counted."
    )
    filters = [entry.question for entry in entries if entry.base and entry.question in done.tables]
    if filters:
        n = counted(len(filters), "question", "questions")
        yield tr("Put to a part of the respondents only: {questions}.", questions=n)
    rows = [table.loc[table["row"] == "missing", "people"].dropna() for table in tables]
    missing = [int(row.sum()) for row in rows if len(row)]
    if missing:
        range_ = span(min(missing), max(missing))
        yield tr(
            "Missing answers are shown and are not in the base; a question has {range} of them.",
            range=range_,
        )
    if any(entry.not_counted for entry in entries):
        yield tr("Options such as “not sure” stand outside the base and are shown.")
    if any(_people(table, "strange") for table in tables):
        yield tr(
            "Answers that match no option are counted in the base and shown in a row of their own."
        )
    if any(table.attrs["kind"] == "multiple" for table in tables):
        yield tr(
            "Where several options could be chosen, the % of respondents add up to more than 100; "
            "the % of answers are of all options chosen."
        )


def _people(table: pd.DataFrame, row: str) -> int:
    return int(table.loc[table["row"] == row, "people"].fillna(0).sum())


def _intervals(done: Done) -> Iterator[str]:
    tables = [table for table in done.tables.values() if "low" in table]
    names = sorted({method_name(t.attrs["method"]) for t in tables})
    if names:
        said = {"level": done.percent, "method": listed(names)}
        yield tr(
            "Confidence intervals of shares ({level:g} %) are by the method of {method}.", **said
        )
    populations = sorted({t.attrs["population"] for t in tables if t.attrs.get("population")})
    if populations:
        yield tr(
            "They have the finite population correction for a population of {population:,}, in "
            "questions that were put to all.",
            population=populations[0],
        )
    if len(done.means):
        yield tr(
            "Means have Student's intervals and medians intervals by order statistics, both at "
            "{level:g} %; the points of a scale are scored 1, 2, 3 and so on, where they are no "
            "numbers themselves.",
            level=done.percent,
        )


def _weights(done: Done) -> Iterator[str]:
    answers = done.survey.answers
    if answers is None or not answers.weighted:
        return
    if answers.weight:
        column = answers.weight
        yield tr("Respondents are weighted by the column “{column}”.", column=column)
    if answers.factors is not None:
        topics = ", ".join(done.survey.question(q).topic for q in answers.factors.questions)
        yield tr(
            "The weights were raked (iterative proportional fitting) to given margins of: "
            "{questions}.",
            questions=topics,
        )
    about = [t.attrs for t in done.tables.values() if "effective_n" in t.attrs]
    if about:
        yield tr(
            "The design effect of the weights (Kish) is {effect}, the effective number of "
            "respondents {effective}; intervals are computed with it. Numbers of people are not "
            "weighted.",
            effect=_range([each["design_effect"] for each in about], 2),
            effective=_range([each["effective_n"] for each in about], 0),
        )


def _range(values: Sequence[float], digits: int) -> str:
    return span(min(values), max(values), digits)


def _tests(done: Done) -> Iterator[str]:
    """Yield tests, corrections, effect sizes, and the comparison."""
    tests = [row for cross in done.crosses for row in cross.tests.itertuples()]
    used = Counter(row.test for row in tests if row.test)
    if used and done.survey.answers.weighted:
        yield tr(
            "Whether groups differ is tested by Pearson's chi-squared statistic divided by the "
            "design effect of the weights (Rao and Scott, first order)."
        )
    elif used:
        yield tr(
            "Whether groups differ is tested by Pearson's chi-squared test, by Fisher's exact test "
            "where expected counts are too small for it; the rule stands below each table. "
            "Pearson: {pearson}, Fisher: {fisher}.",
            pearson=used["pearson"],
            fisher=used["fisher"],
        )
    if used:
        by = counted(len({cross.by for cross in done.crosses}), "grouping", "groupings")
        yield tr(
            "p-values are adjusted by Holm's method over all tests of a grouping ({groupings}); "
            "the effect size is Cramér's V with its {level:g} % interval.",
            groupings=by,
            level=done.percent,
        )
    if tests and not used:
        yield tr("No cross-table could be tested.")
    if done.comparison is not None and len(done.comparison) and done.against is not None:
        yield from _comparison(done)


def _comparison(done: Done) -> Iterator[str]:
    other = done.against
    own = other.answers is not None
    name = other.document.about["citation"] if own else label(other.document.dated)
    yield tr(
        "Shares are compared with those of {document}: {n}, by Newcombe's interval of the "
        "difference and Pearson's test, or Fisher's where an expected count may be below 5.",
        document=name,
        n=counted(len(done.comparison), "share", "shares"),
    )
    if not own:
        yield tr(
            "A printed number stands for every count of people that rounds to it: intervals and "
            "p-values are bounds over all of them, and a decision that depends on which one it was "
            "is called so."
        )


def _withheld(done: Done) -> Iterator[str]:
    if done.small > 1:
        yield tr(
            "Cells of fewer than {small} people are withheld, and others from which they could be "
            "computed: {n} in all.",
            small=done.small,
            n=counted(done.hidden, "cell", "cells"),
        )
