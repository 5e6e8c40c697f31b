"""One question by the options of another: shares by group, a test, an effect size."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.arguments import check_level, check_sequence
from analysis.inference.association import association, expected_counts
from analysis.inference.intervals import proportion_interval
from analysis.inference.neighbours import holm
from analysis.inference.weights import effective_size, weighted_interval
from analysis.language.current import current_language, tr
from analysis.responses.codebook import CHOICES, Entry
from analysis.responses.joint import SUMS
from analysis.survey.needed import ONE_OPTION, answers_of, check_kind
from analysis.survey.own import Tally, short_names

if TYPE_CHECKING:
    from analysis.survey.own import Answers
    from analysis.survey.surveys import Survey

SMALL = 5  # people, or expected people, below which a cell is said to be small
TESTS = ("option", "test", "rule", "statistic", "df", "p", "holm", "v", "v_low", "v_high")


@dataclass(frozen=True)
class CrossTable:
    """A question by the options of another one.

    question, by : str
        Short names.
    level : float
        Of all intervals.
    counts : DataFrame
        People: one row an option, one column a group, by short names.
    bases : Series
        People of each group who gave an answer that is counted.
    shares, low, high : DataFrame
        % of the respondents of each group, with Wilson's limits; like `counts`. Weighted: % of
        the weight. Of a group without people they are missing.
    tests : DataFrame
        One row for the table of a single-choice question (`option` is ""), one an option of a
        multiple-choice question: option, test ("pearson", "fisher", or "" where nothing can be
        tested), rule (why that one), statistic, df, p, holm (p adjusted for all tests of
        the set), v, v_low, v_high (Cramer's V).
    small : list of (option, group)
        Cells with fewer than 5 people, or fewer than 5 expected.
    notes : tuple of str
        Options and groups that are left out of the tests, in the language in use.
    left_out : tuple of str
        How many people are left out of them; not to be shown where small cells are withheld.
    topic, by_topic : str
        What was asked.
    labels, group_labels : mapping
        From short names of options and of groups to labels in the language in use.
    effective_n : Series or None
        Weighted: the effective number of people of each group (Kish).
    design_effect : float or None
        Weighted: of all groups together (Kish).
    """

    question: str
    by: str
    level: float
    counts: pd.DataFrame
    bases: pd.Series
    shares: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    tests: pd.DataFrame
    small: list[tuple[str, str]] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    topic: str = ""
    by_topic: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    group_labels: Mapping[str, str] = field(default_factory=dict)
    effective_n: pd.Series | None = None
    design_effect: float | None = None

    def table(self) -> pd.DataFrame:
        """Return one row an option and group: labels, people, base, share, limits, small."""
        rows = [
            {
                "option": option,
                "label": self.labels[option],
                "group": group,
                "group_label": self.group_labels[group],
                "people": int(self.counts.loc[option, group]),
                "base": int(self.bases[group]),
                "share": self.shares.loc[option, group],
                "low": self.low.loc[option, group],
                "high": self.high.loc[option, group],
                "small": (option, group) in self.small,
            }
            for option in self.counts.index
            for group in self.counts.columns
        ]
        return pd.DataFrame(rows)


def cross(survey: "Survey", question: str, by: str, level: float = 0.95) -> CrossTable:
    """Return a question by the options of another one, tested.

    survey : Survey
        Of one's own.
    question : str
        With options, of any kind.
    by : str
        The question whose options are the groups: one option a person.
    level : float
        Of the intervals.

    The people of a group are those whose answer to both questions is counted. A single-choice
    question is tested once, options by groups; of a multiple-choice question every option by
    itself, chosen or not by groups, with Holm's correction over the options. The rule which test is
    `association`'s. Options and groups that nobody chose, and answers that match no option,
    are left out of the test and named in `notes` and `left_out`; the latter stay in the bases.
    Intervals make no finite population correction, as the size of a group in the population is not
    known.

    Raises ValueError for a published survey, for a question by itself, and where `by` has several
    options a person.
    Methods: see `association.association`; Holm (1979), Scandinavian Journal of Statistics 6,
    65-70.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook
    >>> from analysis.survey.own import Answers, survey_of
    >>> sex = Entry("sex", ("Sex",), "single", options=("man", "woman"))
    >>> crop = Entry("crop", ("Crop",), "single", options=("apples", "pears"))
    >>> frame = pd.DataFrame({"Sex": ["man", "woman"] * 20, "Crop": ["apples", "pears"] * 20})
    >>> survey = survey_of(Answers(Responses(frame), Codebook((sex, crop))))
    >>> found = cross(survey, "crop", by="sex")
    >>> found.counts.to_numpy().tolist(), found.tests["test"].to_list(), found.tests["v"].to_list()
    ([[20, 0], [0, 20]], ['pearson'], [1.0])
    """
    return _with_holm([_cross(answers_of(survey, "cross"), question, by, check_level(level))])[0]


def crosses(
    survey: "Survey", questions: Sequence[str] | None, by: str, level: float = 0.95
) -> list[CrossTable]:
    """Return several questions by the options of another one, as `cross` does.

    survey, by, level
        As for `cross`.
    questions : sequence of str or None
        Short names; None for all with options but `by`.

    Holm's correction is made over all tests of all tables. Raises as `cross` does.
    """
    answers, level = answers_of(survey, "crosses"), check_level(level)
    if questions is None:
        questions = [each.name for each in survey if each.name != by]
    names = check_sequence(questions, "questions", 'short names, such as ["crop", "help"]')
    return _with_holm([_cross(answers, name, by, level) for name in names])


def _with_holm(tables: list[CrossTable]) -> list[CrossTable]:
    """Return the tables with p-values adjusted for the number of all their tests."""
    p_values = [p for table in tables for p in table.tests["p"] if not math.isnan(p)]
    adjusted = iter(holm(p_values))
    return [
        replace(table, tests=table.tests.assign(holm=_spread(table.tests["p"], adjusted)))
        for table in tables
    ]


def _spread(p_values: pd.Series, adjusted: Iterator[float]) -> list[float]:
    return [math.nan if math.isnan(p) else next(adjusted) for p in p_values]


def by_group(answers: "Answers", question: str, by: str) -> dict[str | None, Tally]:
    """Return what a question got in each group: short name of the group, tally.

    answers : Answers
    question, by : str
        As for `cross`.

    Under None stand those who are in no group. Raises as `cross` does.
    """
    entry, groups = answers.codebook.entry(question), answers.codebook.entry(by)
    why = "so that people stand in several of its groups, or in none"
    check_kind(groups, "by", ONE_OPTION, why)
    check_kind(entry, "question", CHOICES, "which has no options")
    if question == by:
        raise ValueError(f"by: wanted another question than {question!r}")
    table = answers.joint(question, by).rename(columns={question: "answer"})
    place = [_group(answer.chosen, groups.counted) for answer in table[by]]
    names = dict(enumerate(short_names(groups)))
    return {
        names.get(group): Tally(entry, table.loc[[p == group for p in place], ["answer", *SUMS]])
        for group in (*groups.counted, None)
    }


def _cross(answers: "Answers", question: str, by: str, level: float) -> CrossTable:
    parts = by_group(answers, question, by)
    rest, entry, groups = parts.pop(None), *map(answers.codebook.entry, (question, by))
    found, multiple = _Parts(parts, answers.weighted), entry.kind == "multiple"
    labels, group_labels = _labels(entry), _labels(groups)
    language = current_language()
    return CrossTable(
        question,
        by,
        level,
        found.people,
        found.bases,
        *found.shares(level),
        _tests(found, multiple, level),
        _small(found, multiple),
        tuple(_notes(found, labels, group_labels)),
        tuple(_left_out(found, rest)),
        entry.topic(language),
        groups.topic(language),
        labels,
        group_labels,
        found.effective if answers.weighted else None,
        found.design_effect if answers.weighted else None,
    )


def _labels(entry: Entry) -> dict[str, str]:
    """Return the counted options in the language in use, by short name."""
    names, labels = short_names(entry), entry.names(current_language())
    return {names[place]: labels[place] for place in entry.counted}


def _group(chosen: tuple[int, ...], counted: tuple[int, ...]) -> int | None:
    places = [place for place in chosen if place in counted]
    return places[0] if places else None


class _Parts:
    """What a question got in each group, in people and in weight."""

    def __init__(self, parts: Mapping[str, Tally], weighted: bool) -> None:
        self.parts, self.is_weighted = parts, weighted
        self.people = self._by_option("people").astype("int64")
        self.weights = self._by_option("weight") if weighted else self.people
        self.bases = self._of_base("people").astype("int64")
        self.base_weights, self.squares = self._of_base("weight"), self._of_base("squares")

    def _by_option(self, column: str) -> pd.DataFrame:
        entry = next(iter(self.parts.values())).entry
        names = short_names(entry)
        found = {
            group: {names[place]: tally.people(place, column) for place in entry.counted}
            for group, tally in self.parts.items()
        }
        return pd.DataFrame(found, index=[names[place] for place in entry.counted])

    def _of_base(self, column: str) -> pd.Series:
        parts = self.parts.items()
        return pd.Series({group: tally.total(tally.in_base, column) for group, tally in parts})

    @property
    def effective(self) -> pd.Series:
        """The effective number of people of each group, 0 of an empty one."""
        return (self.base_weights**2 / self.squares.where(self.squares > 0)).fillna(0.0)

    @property
    def effective_all(self) -> float | None:
        """The effective number of all groups together, None without weights or people."""
        if not self.is_weighted or not self.base_weights.sum():
            return None
        return effective_size(self.base_weights.sum(), self.squares.sum())

    @property
    def design_effect(self) -> float | None:
        """The design effect of all groups together."""
        effective = self.effective_all
        return None if effective is None else self.bases.sum() / effective

    def shares(self, level: float) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return shares, lower and upper limits in percent."""
        totals = self.base_weights if self.is_weighted else self.bases
        shares = 100 * self.weights / totals.where(totals > 0)
        ends = [shares.copy(), shares.copy()]
        for group in self.people:
            for option in self.people.index:
                limits = self._limits(option, group, shares.loc[option, group] / 100, level)
                for end, limit in zip(ends, limits, strict=True):
                    end.loc[option, group] = 100 * limit
        return shares, *ends

    def _limits(self, option: str, group: str, share: float, level: float) -> tuple[float, float]:
        n = int(self.bases[group])
        if math.isnan(share):
            return math.nan, math.nan
        if self.is_weighted:
            return weighted_interval(share, n, float(self.effective[group]), level)
        return proportion_interval(int(self.people.loc[option, group]), n, level)

    def tables(self, multiple: bool, people: bool = False) -> dict[str, np.ndarray]:
        """Return what is tested: one table, or chosen and not chosen for each option."""
        whole = self.people if people or not self.is_weighted else self.weights
        bases = self.bases if people or not self.is_weighted else self.base_weights
        if not multiple:
            return {"": whole.to_numpy(dtype=float)}
        return {
            option: np.stack([row, np.maximum(bases - row, 0)])
            for option, row in whole.astype(float).iterrows()
        }


def _tests(found: _Parts, multiple: bool, level: float) -> pd.DataFrame:
    rows = []
    for option, table in found.tables(multiple).items():
        result = association(table, level, found.effective_all)
        rows.append({"option": option, "holm": math.nan} | vars(result))
    return pd.DataFrame(rows)[[*TESTS]]


def _small(found: _Parts, multiple: bool) -> list[tuple[str, str]]:
    """Return the cells with few people, or few expected in the table that is tested."""
    tables = found.tables(multiple, people=True)
    expected = [expected_counts(table) for table in tables.values()]
    least = np.stack([each.min(axis=0) for each in expected]) if multiple else expected[0]
    small = (found.people.to_numpy() < SMALL) | (least < SMALL)
    return [
        (option, group)
        for option, row in zip(found.people.index, small, strict=True)
        for group, few in zip(found.people.columns, row, strict=True)
        if few
    ]


def _notes(found: _Parts, labels: Mapping, group_labels: Mapping) -> Iterator[str]:
    """Yield the options and groups that are left out of the tests, in the language in use."""
    for option in found.people.index[found.people.sum(axis=1) == 0]:
        yield tr("left out of the test: {option}, which nobody chose", option=labels[option])
    for group in found.bases.index[found.bases == 0]:
        yield tr(
            "left out of the test: {group}, a group without answers", group=group_labels[group]
        )


def _left_out(found: _Parts, rest: Tally) -> Iterator[str]:
    """Yield how many people are left out of the tests, in the language in use."""
    if rest.base:
        yield tr("in no group, and left out: {people:,} who answered", people=rest.base)
    strange = sum(int(tally.total(_only_strange)) for tally in found.parts.values())
    if strange:
        yield tr("left out of the test: {people:,} whose answer matches no option", people=strange)


def _only_strange(answer) -> bool:
    return bool(answer.strange) and not answer.chosen
