"""Which drawing fits which question, and tables of a survey as drawings take them."""

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.failures import quoted
from analysis.figures import (
    plot_against,
    plot_comparison,
    plot_counts,
    plot_overlap,
    plot_shares,
)
from analysis.language.current import tr
from analysis.language.sentences import Phrase, span
from analysis.responses.codebook import CHOICES, Entry
from analysis.survey import captions
from analysis.survey.captions import option_label, place_label, told, topic_of
from analysis.survey.needed import check_kind
from analysis.survey.overlaps import overlap
from analysis.survey.scale_pictures import scale_picture

if TYPE_CHECKING:
    from analysis.survey.crossing import CrossTable
    from analysis.survey.questions import Question
    from analysis.survey.surveys import Survey

BESIDE = ["share", "low", "high", "other_least", "other_most", "decision"]
STEPS = (1, 2, 5, 10)  # a class is one of them wide, times a power of ten


def picture(question: "Question", level: float = 0.95, method: str = "wilson") -> Axes:
    """Draw a question as fits its kind; the title is its finding.

    question : Question
        Of one's own survey or of a published one. With options: shares with intervals; those of
        a multiple-choice question from the most frequent on. A scale: one bar around its middle. A
        number: how many people gave numbers of each class.
    level, method
        Of the intervals, see `proportion_interval`.

    Weighted answers are drawn weighted, with the effective n in the subtitle. Raises ValueError for
    a question of another kind.
    """
    survey = question.survey
    if survey.answers is None:
        return _printed(question, level, method)
    entry = survey.answers.codebook.entry(question.name)
    check_kind(entry, "question", (*CHOICES, "number"), "which has nothing to draw")
    if entry.kind == "number":
        return _numbers(question, entry)
    if entry.kind == "scale" and len(entry.counted) > 1:
        return scale_picture(survey, [question.name])
    return _shares(question, entry, level, method)


def _printed(question: "Question", level: float, method: str) -> Axes:
    """Draw the shares of a published question."""
    shares = question.shares(level=level, method=method)
    title = _most_often(shares["label"].tolist(), shares["share"], ".12g")
    return plot_shares(shares, title, *question.captions(level=level, method=method))


def _most_often(names: list[str], shares: pd.Series, spec: str) -> Phrase:
    most = shares.max()
    leading = [name for name, share in zip(names, shares, strict=True) if share == most]
    return captions.most_often(leading, float(most), spec)


def _shares(question: "Question", entry: Entry, level: float, method: str) -> Axes:
    """Draw the shares of a question of one's own."""
    table = question.table(level, method)
    rows = _rows(table, entry.kind == "multiple")
    drawn = _drawn(rows, entry, table.attrs["base"])
    own = drawn[(rows["row"] == "option").to_numpy()]
    title = _most_often(own["label"].tolist(), own["share"], ".0f")
    facts = captions.facts_of(entry, table) | {"level": level, "method": method}
    return plot_shares(drawn, title, captions.subtitle(facts), captions.source(question.survey))


def _rows(table: pd.DataFrame, multiple: bool) -> pd.DataFrame:
    """Return options and answers that match none, with `shown`: the share, weighted if it is."""
    table = table.assign(shown=table.get("weighted", table["share"]).astype(float))
    rows = table[table["row"] == "option"]
    if multiple:
        rows = rows.sort_values("shown", ascending=False, kind="stable")
    return pd.concat([rows, table[(table["row"] == "strange") & (table["people"] > 0)]])


def _drawn(rows: pd.DataFrame, entry: Entry, base: int) -> pd.DataFrame:
    """Return rows of a table of shares as `plot_shares` takes them."""
    people = zip(rows["shown"], rows["people"], strict=True)
    texts = [captions.amount(share, int(each), base) for share, each in people]
    drawn = rows[["low", "high"]].reset_index(drop=True).astype(float)
    names = told(_row_label(row, entry) for row in rows.itertuples())
    return drawn.assign(label=names, text=told(texts), share=rows["shown"].tolist())


def _row_label(row: Any, entry: Entry) -> str:
    if row.row == "strange":
        return Phrase(_strange)
    return option_label(entry, row.option, row.label)


def _strange() -> str:
    return tr("matches no option")


def _numbers(question: "Question", entry: Entry) -> Axes:
    """Draw how many people gave numbers of each class."""
    answers, table = question.survey.answers, question.table()
    found = answers.tally(question.name).table
    people: Counter = Counter()
    for answer, each in zip(found["answer"], found["people"], strict=True):
        if answer.number is not None:
            people[answer.number] += int(each)
    facts = captions.facts_of(entry, table) | {"unit": "people", "effective": None}
    facts["more"] = [Phrase(_weighted_centres)] if answers.weighted else []
    words = captions.of_numbers(question.scale()), captions.subtitle(facts)
    words = (*words, captions.source(question.survey))
    return plot_counts(classes(people), *words)


def _weighted_centres() -> str:
    return tr("median and mean are weighted, people are not")


def classes(people: Counter) -> pd.DataFrame:
    """Return how many people gave numbers of each class: label, number.

    people : Counter
        From a number to people. At most 12 classes, all equally wide, those of nobody among them.

    >>> classes(Counter({18: 30, 19: 12, 21: 5}))["number"].tolist()
    [30, 12, 0, 5]
    """
    least, most = min(people), max(people)
    whole = all(float(value).is_integer() for value in people)
    step = _step((most - least) / 10, whole)
    first, last = math.floor(least / step), math.floor(most / step)
    places = Counter()
    for value, each in people.items():
        places[math.floor(value / step)] += each
    labels = [Phrase(_class, place * step, step, whole) for place in range(first, last + 1)]
    numbers = [places[place] for place in range(first, last + 1)]
    return pd.DataFrame({"label": told(labels), "number": numbers})


def _step(least: float, whole: bool) -> float:
    """Return the width of a class: a round number, 1 or more where all numbers are whole."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    step = next(each * power for each in STEPS if each * power >= least * (1 - 1e-9))
    return max(step, 1.0) if whole else step


def _class(low: float, step: float, whole: bool) -> str:
    if whole:
        return span(low, low + step - 1)
    ends = {"low": low, "high": low + step}
    return tr("{low:.6g} to less than {high:.6g}", **ends)


def cross_picture(cross: "CrossTable", survey: "Survey | None" = None) -> Axes:
    """Draw the shares of each group side by side; small cells are hollow.

    cross : CrossTable
        What `Survey.cross` returned.
    survey : Survey or None
        Whose it is: labels can then be told again in another language, and the source is named.
    """
    entry, by = captions.entry_of(survey, cross.question), captions.entry_of(survey, cross.by)
    table, least = cross.table(), int(cross.bases[cross.bases > 0].min())
    names = [option_label(entry, row.option, row.label) for row in table.itertuples()]
    groups = [option_label(by, row.group, row.group_label) for row in table.itertuples()]
    texts = [captions.amount(row.share, row.people, least) for row in table.itertuples()]
    drawn = table[["share", "low", "high", "base", "small"]]
    drawn = drawn.assign(label=told(names), series=told(groups), text=told(texts))
    by_topic = topic_of(by, cross.by_topic)
    title = captions.differing(cross.tests, by_topic, cross.level)
    facts = {"topic": topic_of(entry, cross.topic), "level": cross.level}
    facts |= {"method": "wilson", "more": [Phrase(_by, by_topic)], "effective": None}
    if cross.effective_n is not None:
        sizes = dict(zip(table["group"], groups, strict=True))
        facts["effective"] = [(sizes[name], n) for name, n in cross.effective_n.items()]
    return plot_comparison(drawn, title, captions.subtitle(facts), captions.source(survey))


def _by(topic: str) -> str:
    return tr("groups: {topic}", topic=topic)


def overlap_picture(survey: "Survey", question: str, most: int = 15) -> Axes:
    """Draw which options of a multiple-choice question were chosen together.

    survey : Survey
        Of one's own.
    question : str
        A multiple-choice question.
    most : int
        How many combinations are drawn at most.

    People are counted, not weighted. Raises ValueError as `overlap` does.
    """
    pairs = overlap(survey, question)
    entry = survey.answers.codebook.entry(question)
    tally = survey.answers.tally(question)
    found: Counter = Counter()
    for answer, people in zip(tally.table["answer"], tally.table["people"], strict=True):
        if chosen := frozenset(answer.chosen) & frozenset(entry.counted):
            found[chosen] += int(people)
    if not found:
        raise ValueError(f"question: nobody chose an option of {quoted(question)}")
    order = sorted(entry.counted, key=lambda place: -tally.people(place))
    combinations = pd.DataFrame(
        [[place in chosen for place in order] for chosen in found],
        columns=pd.Index(told(place_label(entry, place) for place in order)),
    )
    facts = captions.facts_of(entry, survey.question(question).table())
    words = captions.subtitle(facts | {"unit": "people", "effective": None, "population": None})
    title = _pair(pairs, entry)
    source = captions.source(survey)
    return plot_overlap(combinations, list(found.values()), title, words, source, most)


def _pair(pairs: pd.DataFrame, entry: Entry) -> Phrase:
    if pairs.empty:
        return captions.together("", "", 0)
    row = pairs.loc[pairs["people"].idxmax()]
    names = [option_label(entry, row[each], row[each]) for each in ("first", "second")]
    return captions.together(*names, int(row["people"]))


def comparison_picture(
    table: pd.DataFrame, survey: "Survey | None" = None, other: "Survey | None" = None
) -> Axes:
    """Draw one's own shares against those of another survey, with what is decided of each.

    table : DataFrame
        What `Survey.compare` returned.
    survey, other : Survey or None
        The two sides: labels can then be told again in another language, and the source is named.
    """
    rows = [*table.itertuples()]
    entries = {name: captions.entry_of(survey, name) for name in table["question"]}
    labels = [option_label(entries[row.question], row.option, row.label) for row in rows]
    texts = [captions.difference(row.difference_low, row.difference_high) for row in rows]
    drawn = table[BESIDE].reset_index(drop=True).assign(label=told(labels), text=told(texts))
    topics = [topic_of(entries[row.question], row.question) for row in rows]
    one = table["question"].nunique() == 1
    if not one:
        drawn["group"] = told(topics)
    facts = {"topic": topics[0] if one else Phrase(_compared), "level": table.attrs["level"]}
    facts |= {"method": "wilson", "more": [Phrase(_differences), Phrase(_unadjusted)]}
    title = captions.different(table["decision"])
    words = title, captions.subtitle(facts), captions.source(survey, other)
    return plot_against(drawn, *words, other=captions.name_of(other))


def _compared() -> str:
    return tr("Questions of both surveys")


def _differences() -> str:
    return tr("at the right: difference, Newcombe's interval")


def _unadjusted() -> str:
    return tr("marks: each share tested by itself, not adjusted for the number of tests")
