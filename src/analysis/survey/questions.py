"""One question of a survey: each printed share with the people and the interval it allows."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.counts.head_counts import number_of_vectors, possible_counts
from analysis.inference.fit_bounds import goodness_of_fit_bounds
from analysis.inference.intervals import proportion_interval
from analysis.language.current import current_language, label, localized_text, tr, with_unit
from analysis.language.sentences import Phrase, counted, listed, span
from analysis.survey.asked import Asked, Printed

if TYPE_CHECKING:
    from analysis.survey.surveys import Survey

ONE_ANSWER = (
    "single",
    "unclear",
    "yes-no",
    "scale",
)  # kinds of question read as one answer a person
COLUMNS = ["option", "label", "printed", "unit", "share", "least", "most", "low", "high", "text"]
UNCLEAR = "unclear"  # base of a question where the text leaves it open


@dataclass(frozen=True)
class Question:
    """One question of a survey."""

    survey: "Survey" = field(repr=False)
    name: str

    @property
    def about(self) -> Mapping[str, Any]:
        """Its row of `questions.csv`: section, figure, topic, kind, base, n, note."""
        questions = self.survey.questions
        rows = questions[questions["question"] == self.name]
        return self._number_row() if rows.empty else rows.iloc[0].to_dict()

    def _number_row(self) -> dict[str, Any]:
        """Return the row of a question for a number, which is no part of the tables."""
        from analysis.survey.own import question_row

        answers = self.survey.answers
        return question_row(answers, answers.codebook.entry(self.name), current_language())

    @property
    def topic(self) -> str:
        """What was asked, in our words."""
        return self.about["topic"]

    @functools.cached_property
    def tallies(self) -> pd.DataFrame:
        """Its rows of `tallies.csv`: one an option that is named, with or without a number."""
        tallies = self.survey.tallies
        return tallies[tallies["question"] == self.name].reset_index(drop=True)

    @property
    def printed(self) -> pd.DataFrame:
        """The options with a number."""
        return self.tallies[self.tallies["printed"] != ""]

    def bases(self, rounding: str = "half-any") -> dict[str, list[int]]:
        """Return the admissible bases: the short name of each, and its possible numbers of people.

        Where the text leaves the base open every base of the survey is returned; `base_label` of
        the survey says who they are.
        """
        about, bases = self.about, self.survey.bases
        if not pd.isna(about["n"]):
            return {"answered": [int(about["n"])]}
        asked = bases if about["base"] == UNCLEAR else bases[bases["base"] == about["base"]]
        sizes = self.survey.base_sizes
        return {base: sizes(base, rounding) for base in asked["base"]}

    def asked(self, rounding: str = "half-any") -> Asked:
        """Return the question as `survey.audit` sees it, with every base that the text allows."""
        sizes = {n for sizes in self.bases(rounding).values() for n in sizes}
        numbers = [
            Printed(row.option, row.printed, row.unit or "percent", row.qualifier)
            for row in self.tallies.itertuples()
        ]
        return Asked(self.name, self.about["kind"], numbers, sorted(sizes) or [self._base(None)])

    @property
    def n(self) -> int:
        """The base, in people: its own, or all who answered."""
        return self._base(None)

    def _base(self, n: int | None) -> int:
        if n is not None:
            return n
        return self.survey.n if pd.isna(self.about["n"]) else int(self.about["n"])

    def table(self, level: float = 0.95, method: str = "wilson") -> pd.DataFrame:
        """Return people, shares, base and missing: see `survey.frequencies.frequencies`."""
        from analysis.survey.frequencies import frequencies

        return frequencies(self, level, method)

    def scale(self, level: float = 0.95) -> pd.Series:
        """Return mean and median with intervals: see `survey.scales.scale`."""
        from analysis.survey.scales import scale

        return scale(self, level)

    def shares(
        self,
        n: int | None = None,
        level: float = 0.95,
        method: str = "wilson",
        rounding: str = "half-any",
        population: int | None = None,
    ) -> pd.DataFrame:
        """Return one row an option: what is printed, and what that allows.

        n : int
            The base, in people; by default all who answered.
        level, method, population :
            Of the confidence interval, see `proportion_interval`.
        rounding : str
            How the authors rounded, see `RULES`.

        Columns: option, label, printed, unit, `share` (percent; missing where no number is
        printed), `least` and `most` (people), `low` and `high` (percent: the confidence limits,
        over every possible count; for an option without a number the range that the printed
        numbers of a single-choice question leave), `text` (the number as a figure shows it).
        """
        n = self._base(n)
        left = self.people_left(n, rounding) if self.about["kind"] in ONE_ANSWER else (0, n)
        room = max(0, left[1]) if left else n
        rows = []
        for tally in self.tallies.itertuples():
            row = {name: getattr(tally, name) for name in ("option", "label", "printed", "unit")}
            row["qualifier"] = tally.qualifier
            row |= _printed_row(tally, n, level, method, rounding, population)
            if not tally.printed:
                row |= {"least": 0, "most": room, "low": 0.0, "high": 100 * room / n}
            rows.append(row)
        table = pd.DataFrame(rows).astype(
            {"least": "Int64", "most": "Int64", "share": float, "low": float, "high": float}
        )
        told = [Phrase(_share_text, row) for row in table.itertuples()]
        table["text"] = pd.Series(told, dtype=object)
        return table[[*COLUMNS]]

    def parts(self, n: int | None = None, rounding: str = "half-any") -> pd.DataFrame:
        """Return the question as parts of everybody who was asked, as `plot_whole` draws it.

        n : int
            The base, in people; by default all who answered.
        rounding : str
            How the authors rounded.

        One row an option, in the order of the table: option, label, `number` (the least possible
        people; for a share that no number of people gives, the number next to it; missing where
        nothing is printed), text, `bar` (what was asked).
        """
        n, shares = self._base(n), self.shares(n, rounding=rounding)
        people = shares["least"].astype(float).fillna((shares["share"] * n / 100).round())
        number = people.where(shares["printed"] != "")
        asked = self.topic[0].upper() + self.topic[1:]
        return shares[["option", "label", "text"]].assign(number=number, bar=asked)

    def people_left(
        self, n: int | None = None, rounding: str = "half-any"
    ) -> tuple[int, int] | None:
        """Return the least and greatest number of people whom no printed option accounts for.

        n : int
            The base, in people; by default all who answered.
        rounding : str
            How the authors rounded.

        The question is read as one answer a person. Negative where the printed options take more
        people than there are; None where some printed share has no head-count.
        """
        n = self._base(n)
        ranges = [_people(row, n, rounding) for row in self.printed.itertuples()]
        if not all(ranges):
            return None
        return n - sum(counts[-1] for counts in ranges), n - sum(counts[0] for counts in ranges)

    def together(self, n: int | None = None, rounding: str = "half-any") -> pd.Series:
        """Return the options with a number taken as one, each person with one answer.

        n : int
            The base, in people; by default all who answered.
        rounding : str
            How the authors rounded.

        Entries: `printed` (the sum of what is printed), `least` and `most` (people; missing where
        some share has no head-count), `text` (both, as a figure shows them).
        """
        n, printed = self._base(n), self.printed
        left = self.people_left(n, rounding)
        least, most = (n - left[1], n - left[0]) if left else (pd.NA, pd.NA)
        total = str(sum(Fraction(number) for number in printed["printed"]))
        row = pd.Series({"printed": total, "least": least, "most": most}, dtype=object)
        unit = next(iter(printed["unit"]), "percent")
        shown = pd.concat([row, pd.Series({"unit": unit, "qualifier": ""}, dtype=object)])
        text = pd.Series({"text": Phrase(_share_text, shown)}, dtype=object)
        return pd.concat([row, text]).rename(self.name)

    def check(self, n: int | None = None, rounding: str = "half-any") -> pd.Series:
        """Return whether the printed options can make up the whole, one answer a person.

        n : int
            The base, in people; by default all who answered.
        rounding : str
            How the authors rounded.

        Entries: options (with a number, and without), printed sum (in the printed unit), solutions
        (how many joint counts add up to n exactly), people left, least and most (see
        `people_left`; missing where some share has no head-count).
        """
        n, printed = self._base(n), self.printed
        left = self.people_left(n, rounding)
        whole = left is not None and left[0] <= 0 <= left[1]
        percents = list(printed.loc[printed["unit"] == "percent", "printed"])
        solutions = number_of_vectors(percents, n, rounding=rounding) if percents else int(whole)
        return pd.Series(
            {
                "options with a number": len(printed),
                "options without": len(self.tallies) - len(printed),
                "printed sum": str(sum(Fraction(number) for number in printed["printed"])),
                "joint solutions": solutions,
                "people left, least": left[0] if left else pd.NA,
                "people left, most": left[1] if left else pd.NA,
            },
            name=self.name,
        )

    def against(
        self,
        reference: Mapping[str, str],
        population: int,
        n: int | None = None,
        level: float = 0.95,
        rounding: str = "half-any",
    ) -> pd.Series:
        """Return whether a question with two options agrees with a population, over all rounding.

        reference : mapping of str to str
            The printed percentage of each option in the population.
        population, n : int
            The bases of population and survey, in people.
        level : float
            1 minus the chance of rejecting a true agreement.
        rounding : str
            How both were rounded.

        Entries: `printed`, `reference` (as text), `p_low`, `p_high` (exact binomial p-values over
        all possible counts of the survey, and the smallest and largest share that the
        reference can stand for), `decision`: "is rejected", "is not rejected" or
        "depends on rounding"; "cannot be tested" where no head-counts print so. Raises ValueError
        for any other number of options.
        """
        printed = self.tallies.set_index("option")["printed"]
        if len(printed) != 2 or set(printed.index) != set(reference):
            raise ValueError(
                f"reference: wanted the two options of {self.name!r}; got {dict(reference)}"
            )
        first = printed.index[0]
        counts = possible_counts(reference[first], population, rounding)
        bounds = []
        for count in (counts[0], counts[-1]):
            expected = [count / population, 1 - count / population]
            test = goodness_of_fit_bounds(list(printed), self._base(n), expected, level, rounding)
            bounds.append(test)
        low, high, decision = _decision(bounds, level)
        return pd.Series(
            {
                "printed": listed(printed),
                "reference": listed(reference[option] for option in printed.index),
                "p_low": low,
                "p_high": high,
                "decision": decision,
            },
            name=self.name,
        )

    def subtitle(
        self, n: int | None = None, level: float | None = 0.95, method: str = "wilson"
    ) -> Phrase:
        """Return the subtitle of a figure of the question: topic, base, kind, intervals.

        level : float or None
            Of the intervals; None where the figure draws none.
        """
        return Phrase(self._subtitle, n, level, method)

    def _subtitle(self, n: int | None, level: float | None, method: str) -> str:
        topic = localized_text(self.topic)
        answers = {
            "single": tr("one option each"),
            "multiple": tr("several options each"),
            "yes-no": tr("yes or no"),
        }
        asked = {
            "topic": topic[0].upper() + topic[1:],
            "n": self._base(n),
            "kind": answers.get(self.about["kind"], tr("one option or several")),
        }
        if level is None:
            return tr("{topic}; n = {n}, {kind}", **asked)
        return tr(
            "{topic}; n = {n}, {kind}; lines: {method} intervals, {level:g} %",
            **asked,
            method=method.title(),
            level=100 * level,
        )

    @property
    def source(self) -> Phrase:
        """The source line of a figure of the question: the document and the place in it."""
        return Phrase(self._source)

    def _source(self) -> str:
        about, place = self.about, ""
        if about["section"]:
            place += ", " + tr("section “{section}”", section=about["section"])
        if about["figure"]:
            place += f", {label(about['figure'])}"
        return tr(
            "Source: {document}{place}", document=label(self.survey.document.dated), place=place
        )

    def captions(
        self, n: int | None = None, level: float | None = 0.95, method: str = "wilson"
    ) -> tuple[Phrase, Phrase]:
        """Return `subtitle` and `source`, in the order in which drawings take them."""
        return self.subtitle(n, level, method), self.source


def left_in_words(left: tuple[int, int] | None) -> str:
    """Return what `Question.people_left` found as a sentence has it.

    >>> left_in_words((0, 1)), left_in_words((-1, -1)), left_in_words(None)
    ('0 to 1', '1 too many', 'not countable, a share has no head-count')
    """
    if left is None:
        return tr("not countable, a share has no head-count")
    if left[1] < 0:
        return tr("{people} too many", people=span(-left[1], -left[0]))
    return span(max(0, left[0]), left[1])


def _decision(bounds: list, level: float) -> tuple[float, float, str]:
    """Return the ends of the p-values and what follows from them."""
    if any(bound.low is None for bound in bounds):
        return float("nan"), float("nan"), "cannot be tested"
    low, high = min(bound.low for bound in bounds), max(bound.high for bound in bounds)
    if high <= 1 - level:
        return low, high, "is rejected"
    return low, high, "is not rejected" if low > 1 - level else "depends on rounding"


def _people(tally: Any, n: int, rounding: str) -> list[int]:
    """Return the possible numbers of people behind a printed tally."""
    if tally.unit == "people":
        return [int(tally.printed)] if int(tally.printed) <= n else []
    return possible_counts(tally.printed, n, rounding)


def _printed_row(tally: Any, n: int, level, method, rounding, population) -> dict:
    """Return share, people and interval of a tally, missing where nothing is printed."""
    counts = _people(tally, n, rounding) if tally.printed else []
    if not counts:
        share = float(tally.printed) if tally.printed and tally.unit == "percent" else None
        return {"share": share, "least": None, "most": None, "low": None, "high": None}
    limits = [proportion_interval(k, n, level, method, population) for k in (counts[0], counts[-1])]
    share = float(tally.printed) if tally.unit == "percent" else 100 * counts[0] / n
    return {
        "share": share,
        "least": counts[0],
        "most": counts[-1],
        "low": 100 * limits[0][0],
        "high": 100 * limits[1][1],
    }


def _share_text(row: Any) -> str:
    """Return a share as a figure shows it: the number with its limits in people."""
    if not row.printed:
        return tr("not printed: {low:.0f} to {high:.0f} %", low=row.low, high=row.high)
    if row.unit == "people":
        return counted(int(row.printed), "person", "people")
    amount = with_unit(row.printed, "percent", row.qualifier)
    return tr("{share} ({people})", share=amount, people=_people_text(row))


def _people_text(row: Any) -> str:
    if row.least is pd.NA:
        return tr("no whole number of people")
    people = counted(row.most, "person", "people")
    if row.most == row.least:
        return people
    if row.most == row.least + 1:
        return tr("{least} or {people}", least=row.least, people=people)
    return tr("{least} to {people}", least=row.least, people=people)
