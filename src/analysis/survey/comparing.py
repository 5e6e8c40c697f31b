"""Two surveys side by side: differences of shares, over every count that a print can stand for."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.arguments import check_level
from analysis.counts.ranges import count_ranges
from analysis.failures import quoted
from analysis.inference.difference_bounds import bounds_of_counts
from analysis.inference.differences import least_expected, p_values
from analysis.inference.neighbours import holm
from analysis.inference.weights import effective_size, weighted_interval
from analysis.language.current import LANGUAGES, current_language, speaking
from analysis.responses.options import plain
from analysis.survey.crossing import by_group
from analysis.survey.needed import answers_of
from analysis.survey.own import short_names

if TYPE_CHECKING:
    from analysis.survey.own import Tally
    from analysis.survey.questions import Question
    from analysis.survey.surveys import Survey

METHOD = "Newcombe's interval; Pearson's test, Fisher's where an expected count may be below 5"

Names = dict[str, set[str]]  # of an option all that it is called


@dataclass(frozen=True)
class Share:
    """What one side says of one option.

    counts : dict of int to range
        For each possible base the possible counts of people; empty where none is printed, or
        where the print has no head-count.
    option, label, printed : str
        Short name, label, and the text that is printed ("" of one's own).
    weighted : tuple of float or None
        Share, and effective number of people, where answers are weighted.
    """

    counts: dict[int, range]
    option: str
    label: str
    printed: str
    weighted: tuple[float, float] | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest share that is possible, in percent."""
        if self.weighted:
            return 100 * self.weighted[0], 100 * self.weighted[0]
        lows = [100 * people[0] / n for n, people in self.counts.items()]
        highs = [100 * people[-1] / n for n, people in self.counts.items()]
        return min(lows, default=math.nan), max(highs, default=math.nan)


def compare(
    mine: "Survey",
    other: "Survey",
    questions: Mapping[str, str] | None = None,
    level: float = 0.95,
    rounding: str = "half-any",
) -> pd.DataFrame:
    """Return the shares of two surveys side by side, with the bounds that rounding leaves.

    mine, other : Survey
        Each one's own or published; a table of a population, as a folder, is one too. Different
        people in each.
    questions : mapping of str to str
        From questions of `mine` to those of `other`; by default those with the same short name.
    level : float
        Of intervals and decisions.
    rounding : str
        How printed numbers were rounded, see `RULES`.

    One row an option that both have, matched by short name, then by label in any language.
    Columns: question, option, label; people, base (of mine; missing where they are not known
    exactly), share (weighted, if weights are given), low, high (its Wilson limits), all of mine;
    printed (the text of the other side), other_least, other_most (percent: the shares that
    it can stand for), other_base (people; its greatest size where the text leaves several open);
    difference_low, difference_high (percentage points, mine minus other: the interval over all
    counts and bases that the print can stand for); test, p_low, p_high (its p-values over all of
    them), holm_low, holm_high (adjusted for the number of rows), decision: "differs", "does not
    differ" or "depends on rounding", from p_low and p_high, not adjusted; "" where nothing can
    be tested: a print has no head-count, or there is none. `attrs`: level, method, and what was not
    matched: only_mine, only_other (short names of questions, and question: option).

    The test is Pearson's chi-square, or Fisher's exact where an expected count may be below 5
    ("n-1", Pearson's with N - 1, where a print allows too many tables for it); of weighted answers
    Pearson's, with the effective number of people (Kish) on that side. No finite population
    correction is made. Raises ValueError for a question that is not there, and where no question
    is shared.
    Methods: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Fagerland, Lydersen &
    Laake (2017), Statistical Analysis of Contingency Tables, chapter 4; Holm (1979),
    Scandinavian Journal of Statistics 6, 65-70.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook, Entry
    >>> from analysis.survey.own import Answers, survey_of
    >>> entry = Entry("crop", ("Crop",), "yes-no", options=("yes", "no"))
    >>> def survey(yes, no):
    ...     frame = pd.DataFrame({"Crop": ["yes"] * yes + ["no"] * no})
    ...     return survey_of(Answers(Responses(frame), Codebook((entry,))))
    >>> compare(survey(20, 10), survey(10, 20))["decision"].to_list()
    ['differs', 'differs']
    """
    level = check_level(level)
    pairs = _questions(mine, other, questions)
    alone: dict[str, list[str]] = {"only_mine": [], "only_other": []}
    if questions is None:
        alone["only_mine"] += [each.name for each in mine if each.name not in pairs]
        alone["only_other"] += [each.name for each in other if each.name not in pairs]
    rows = []
    for own, theirs in pairs.items():
        both, left = _matched(mine.question(own), other.question(theirs), rounding)
        rows += [_row(own, first, second, level) for first, second in both]
        alone["only_mine"] += [f"{own}: {each.option}" for each in left[0]]
        alone["only_other"] += [f"{theirs}: {each.option}" for each in left[1]]
    table = _adjusted(pd.DataFrame(rows, columns=[*COLUMNS]), level)
    table.attrs = {"level": level, "method": METHOD, **alone}
    return table


def compare_groups(
    survey: "Survey",
    by: str,
    first: str,
    second: str,
    questions: Sequence[str] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the shares of two groups of one survey side by side, as `compare` does.

    survey : Survey
        Of one's own.
    by : str
        The question whose options are the groups: one option a person.
    first, second : str
        Short names of two of its options; they stand for `mine` and `other`.
    questions : sequence of str or None
        Short names; None for all with options but `by`.
    level : float
        Of intervals and decisions.

    Raises ValueError for a published survey, for a group that is none, and as `cross` does.
    """
    answers, level = answers_of(survey, "compare_groups"), check_level(level)
    rows = []
    for name in questions or [each.name for each in survey if each.name != by]:
        parts = by_group(answers, name, by)
        sides = [_group(parts, group, answers.weighted) for group in (first, second)]
        rows += [_row(name, *pair, level) for pair in zip(*sides, strict=False)]
    table = _adjusted(pd.DataFrame(rows, columns=[*COLUMNS]), level)
    table.attrs = {"level": level, "method": METHOD, "only_mine": [], "only_other": []}
    return table


def _group(parts: Mapping[str | None, "Tally"], group: str, weighted: bool) -> list[Share]:
    if group not in parts or group is None:
        known = ", ".join(name for name in parts if name is not None)
        raise ValueError(f"group: wanted one of {known}; got {quoted(group)}")
    return [*_counted(parts[group], weighted)]


COLUMNS = (
    *("question", "option", "label", "people", "base", "share", "low", "high"),
    *("printed", "other_least", "other_most", "other_base", "difference_low", "difference_high"),
    *("test", "p_low", "p_high"),
)


def _questions(mine: "Survey", other: "Survey", questions) -> dict[str, str]:
    if questions is not None:
        return dict(questions)
    theirs = {each.name for each in other}
    shared = {each.name: each.name for each in mine if each.name in theirs}
    if not shared:
        raise ValueError(
            "questions: no short name is in both surveys; write questions={...}, from "
            f"{', '.join(each.name for each in mine)} to {', '.join(sorted(theirs))}"
        )
    return shared


def _shares(question: "Question", rounding: str) -> list[Share]:
    """Return what a survey says of each option of a question."""
    answers = question.survey.answers
    if answers is None:
        return [*_printed(question, rounding)]
    return [*_counted(answers.tally(question.name), answers.weighted)]


def _counted(tally: "Tally", weighted: bool) -> Iterator[Share]:
    """Yield what the answers to a question say of each option that is counted."""
    entry, names, base = tally.entry, short_names(tally.entry), tally.base
    labels = entry.names(current_language())
    for place in entry.counted:
        people = int(tally.people(place))
        weights = _weights(tally, place) if weighted else None
        known = base and (weights or not weighted)
        counts = {base: range(people, people + 1)} if known else {}
        yield Share(counts, names[place], labels[place], "", weights)


def _weights(tally: "Tally", place: int) -> tuple[float, float] | None:
    """Return weighted share and effective number, None where nobody has a weight."""
    weight, squares = (tally.total(tally.in_base, name) for name in ("weight", "squares"))
    if not weight:
        return None
    return tally.people(place, "weight") / weight, effective_size(weight, squares)


def _printed(question: "Question", rounding: str) -> Iterator[Share]:
    bases = question.bases(rounding) or {"": [question.n]}
    sizes = sorted({n for each in bases.values() for n in each})
    for row in question.tallies.itertuples():
        ranges = {n: _range(row, n, rounding) for n in sizes} if row.printed else {}
        counts = {n: people for n, people in ranges.items() if people}
        yield Share(counts, row.option, row.label, row.printed)


def _range(row: Any, n: int, rounding: str) -> range:
    if row.unit == "people":
        return range(int(row.printed), min(int(row.printed), n) + 1)
    return count_ranges([row.printed], n, rounding)[0]


Pairs = list[tuple[Share, Share]]


def _matched(mine: "Question", other: "Question", rounding: str) -> tuple[Pairs, list[list[Share]]]:
    """Pair the options of two questions, by short name and then by label; return who is left."""
    first, second = ({each.option: each for each in _shares(q, rounding)} for q in (mine, other))
    pairs = {name: name for name in first if name in second}
    rest = [name for name in first if name not in pairs]
    if rest and len(pairs) < len(second):
        pairs |= _by_label(rest, _called(mine), _called(other), set(pairs.values()))
    both = [(first[name], second[pairs[name]]) for name in first if name in pairs]
    taken = set(pairs.values())
    left = [[first[name] for name in first if name not in pairs]]
    return both, [*left, [second[name] for name in second if name not in taken]]


def _by_label(rest: list[str], mine: Names, other: Names, taken: set[str]) -> dict[str, str]:
    """Return the options that some label in any language has in common, each once."""
    pairs: dict[str, str] = {}
    for name in rest:
        for theirs, names in other.items():
            if theirs not in {*taken, *pairs.values()} and mine[name] & names:
                pairs[name] = theirs
                break
    return pairs


def _called(question: "Question") -> Names:
    """Return all that each option is called: short name, labels in every language, as written."""
    survey = question.survey
    if survey.answers is not None:
        entry = survey.answers.codebook.entry(question.name)
        every = [short_names(entry), entry.options, *map(entry.names, entry.labels)]
        return {each[0]: {*map(plain, each)} for each in zip(*every, strict=True)}
    called: Names = {}
    for tallies in _in_every_language(question):
        for option, label in zip(tallies["option"], tallies["label"], strict=True):
            called.setdefault(option, {plain(option)}).add(plain(label))
    return called


def _in_every_language(question: "Question") -> Iterator[pd.DataFrame]:
    from analysis.survey.surveys import read_survey

    yield question.tallies
    for language in LANGUAGES:
        with speaking(language):
            tallies = read_survey(question.survey.document.folder).question(question.name).tallies
        yield tallies


def _row(question: str, mine: Share, other: Share, level: float) -> dict[str, Any]:
    least, most = other.ends
    row = {"question": question, "option": mine.option, "label": mine.label, **_own(mine, level)}
    row |= {"printed": other.printed or _people(other), "other_least": least, "other_most": most}
    row["other_base"] = max(other.counts, default=None)
    return row | _difference(mine, other, level)


def _people(share: Share) -> str:
    """Return the count of people of a side that prints none."""
    return str(next(iter(share.counts.values()))[0]) if share.counts else ""


def _own(mine: Share, level: float) -> dict[str, Any]:
    """Return people, base, share and limits of one side, as far as they are known exactly."""
    exact = len(mine.counts) == 1 and len(next(iter(mine.counts.values()))) == 1
    sides = [_side(mine, n, people, level) for n, people in _corners(mine)]
    row = {"people": None, "base": max(mine.counts, default=None)}
    if exact:
        row["people"] = next(iter(mine.counts.values()))[0]
    low, high = mine.ends
    row["share"] = low if low == high else _number(mine.printed)
    row["low"] = 100 * min((side.low for side in sides), default=math.nan)
    return row | {"high": 100 * max((side.high for side in sides), default=math.nan)}


def _number(printed: str) -> float:
    return float(printed) if printed else math.nan


def _corners(share: Share) -> Iterator[tuple[int, int]]:
    """Yield every base with its least and its greatest count."""
    for n, people in share.counts.items():
        yield from ((n, each) for each in dict.fromkeys((people[0], people[-1])))


@dataclass(frozen=True)
class _Side:
    """A share as a fraction with its Wilson limits, and the people that it counts for."""

    share: float
    low: float
    high: float
    n: float


def _side(share: Share, n: int, people: int, level: float) -> _Side:
    value, effective = share.weighted or (people / n, float(n))
    return _Side(value, *weighted_interval(value, n, effective, level), effective)


def _difference(mine: Share, other: Share, level: float) -> dict[str, Any]:
    """Return interval and p-values over every base and count of both sides."""
    sides = [[_side(s, n, k, level) for n, k in _corners(s)] for s in (mine, other)]
    pairs = [(one, two) for one in sides[0] for two in sides[1]]
    if not pairs:
        names = ("difference_low", "difference_high", "p_low", "p_high")
        return dict.fromkeys(names, math.nan) | {"test": ""}
    limits = [_newcombe(one, two) for one, two in pairs]
    test, p_low, p_high = _tested(mine, other, level)
    return {
        "difference_low": 100 * min(low for low, _ in limits),
        "difference_high": 100 * max(high for _, high in limits),
        "test": test,
        "p_low": p_low,
        "p_high": p_high,
    }


def _tested(mine: Share, other: Share, level: float) -> tuple[str, float, float]:
    """Return the test, and the ends of its p-value over every base and count.

    Where Fisher's test would have to try too many tables it is Pearson's, with N - 1.
    """
    test = _test(mine, other)
    bases = [(n1, n2) for n1 in mine.counts for n2 in other.counts]
    try:
        found = [_p_ends(mine, other, *each, test, level) for each in bases]
    except ValueError:
        test = "n-1"
        found = [_p_ends(mine, other, *each, test, level) for each in bases]
    return test, min(low for low, _ in found), max(high for _, high in found)


def _newcombe(one: _Side, two: _Side) -> tuple[float, float]:
    gap = one.share - two.share
    low = gap - math.hypot(one.share - one.low, two.high - two.share)
    return max(-1.0, low), min(1.0, gap + math.hypot(one.high - one.share, two.share - two.low))


def _test(mine: Share, other: Share) -> str:
    """Return "fisher" where a possible table has an expected count below 5, else "pearson"."""
    if mine.weighted or other.weighted:
        return "pearson"
    least = min(
        least_expected(one, n1, two, n2)
        for n1, one in _corners(mine)
        for n2, two in _corners(other)
    )
    return "fisher" if least < 5 else "pearson"


def _p_ends(
    mine: Share, other: Share, n1: int, n2: int, test: str, level: float
) -> tuple[float, float]:
    """Return the lowest and the highest p-value for one pair of bases."""
    first, second = mine.counts[n1], other.counts[n2]
    if not (mine.weighted or other.weighted):
        bounds = bounds_of_counts(first, n1, second, n2, test, level)
        return bounds.low, bounds.high
    sides = [mine.weighted, other.weighted]
    bases = [each[1] if each else n for each, n in zip(sides, (n1, n2), strict=True)]
    counts = [
        np.array([each[0] * each[1]]) if each else np.array(people, dtype=float)
        for each, people in zip(sides, (first, second), strict=True)
    ]
    grid = [axis.ravel() for axis in np.meshgrid(*counts)]
    found = p_values(grid[0], bases[0], grid[1], bases[1], "pearson")
    return float(found.min()), float(found.max())


def _adjusted(table: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return the table with Holm's correction and the decisions."""
    tested = table["p_low"].notna()
    for end in ("low", "high"):
        table[f"holm_{end}"] = pd.Series(math.nan, table.index)
        table.loc[tested, f"holm_{end}"] = holm(table.loc[tested, f"p_{end}"].to_list())
    ends = zip(table["p_low"], table["p_high"], strict=True)
    table["decision"] = pd.Series([_decision(*each, level) for each in ends], dtype=object)
    return table.astype({"people": "Int64", "base": "Int64", "other_base": "Int64"})


def _decision(low: float, high: float, level: float) -> str:
    if math.isnan(low):
        return ""
    if high <= (1 - level) * (1 + 1e-9):
        return "differs"
    return "does not differ" if low > (1 - level) * (1 + 1e-9) else "depends on rounding"
