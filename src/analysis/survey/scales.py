"""Means and medians of ratings and of numbers, with intervals."""

import math
from typing import TYPE_CHECKING

import pandas as pd

from analysis.arguments import check_level
from analysis.inference.centres import mean_interval, median_interval
from analysis.inference.weights import design_effect, effective_size
from analysis.language.current import current_language
from analysis.responses.codebook import NUMBER, Answer, Entry
from analysis.survey.needed import answers_of, check_kind

if TYPE_CHECKING:
    from analysis.survey.own import Answers
    from analysis.survey.questions import Question
    from analysis.survey.surveys import Survey

KINDS = ("scale", "number")
ENTRIES = ("n", "mean", "sd", "mean_low", "mean_high", "median", "median_low", "median_high")


def scale(question: "Question", level: float = 0.95) -> pd.Series:
    """Return mean and median of a scale or of a question for a number, with intervals.

    question : Question
        Of kind "scale" or "number".
    level : float
        The confidence level of both intervals.

    The options of a scale that are counted are scored 1 to k in the order of the codebook; if all
    of them are numbers, by these. What matches no option has no score and is left out.

    Entries: n (people with a score), mean, sd (standard deviation, n - 1), mean_low, mean_high
    (Student), median, median_low, median_high (order statistics; missing for fewer than 6 people at
    95 %), points (of the scale; missing for numbers); weighted also effective_n, design_effect
    (Kish), and mean, sd and median are weighted. `attrs`: level, kind, scores (of each option),
    unscored (people), the method of each interval, `population` where its correction is in
    the interval of the mean: where everybody was asked.

    A published survey has scales where each option is printed in people. Raises ValueError for any
    other kind, and where nobody has a score.
    Methods: see `centres.mean_interval` and `centres.median_interval`.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook
    >>> from analysis.survey.own import Answers, survey_of
    >>> entry = Entry("taste", ("Taste",), "scale", options=("bad", "fair", "good"))
    >>> frame = pd.DataFrame({"Taste": ["bad", "good", "good", "fair"]})
    >>> survey = survey_of(Answers(Responses(frame), Codebook((entry,))))
    >>> scale(survey.question("taste"))[["n", "mean", "median", "points"]].to_list()
    [4.0, 2.25, 2.5, 3.0]
    """
    level = check_level(level)
    if question.survey.answers is None:
        scored, about = _printed(question)
    else:
        answers = answers_of(question.survey, "scale")
        scored, about = _scored(answers, question.name)
    if scored.empty:
        raise ValueError(f"scale: nobody has a score in {question.name!r}")
    return _summary(question.name, scored, about, level)


def scales(survey: "Survey", level: float = 0.95) -> pd.DataFrame:
    """Return `scale` of every scale and number of a survey, one row a question.

    survey : Survey
        Of one's own.
    level : float
        The confidence level.

    Columns: question, topic, then the entries of `scale`. Raises ValueError for a published survey.
    """
    answers = answers_of(survey, "scales")
    names = {question.name for question in survey} | set(answers.numbers)
    rows = []
    for entry in answers.codebook.of(*KINDS):
        if entry.question in names:
            question = survey.question(entry.question)
            rows.append(
                {"question": entry.question, "topic": entry.topic(current_language())}
                | dict(scale(question, level))
            )
    return pd.DataFrame(rows)


def scores(entry: Entry) -> dict[int, float]:
    """Return the score of each option of a scale that is counted, by its number.

    >>> scores(Entry("taste", ("Taste",), "scale", options=("bad", "fair", "good")))
    {0: 1.0, 1: 2.0, 2: 3.0}
    """
    texts = [entry.options[place].strip() for place in entry.counted]
    if all(NUMBER.fullmatch(text) for text in texts):
        own = (float(text.replace(",", ".")) for text in texts)
        return dict(zip(entry.counted, own, strict=True))
    return {place: float(score) for score, place in enumerate(entry.counted, start=1)}


def _scored(answers: "Answers", name: str) -> tuple[pd.DataFrame, dict]:
    """Return the values with people, weight and squares, and what belongs to all of them."""
    tally = answers.tally(name)
    entry = check_kind(tally.entry, "scale", KINDS, "which has no mean")
    scored = scores(entry)
    table = tally.table.assign(value=[_value(answer, scored) for answer in tally.table["answer"]])
    kept = table[table["value"].notna()].groupby("value", as_index=False)
    found = kept[["people", "weight", "squares"]].sum()
    about = {"kind": entry.kind, "unscored": tally.base - int(found["people"].sum())}
    if entry.kind == "scale":
        about["scores"] = {entry.options[place]: score for place, score in scored.items()}
    if answers.population is not None and not entry.base:
        about["population"] = answers.population
    return found, about | ({"weighted": True} if answers.weighted else {})


def _value(answer: Answer, scored: dict[int, float]) -> float:
    if answer.number is not None:
        return answer.number
    places = [place for place in answer.chosen if place in scored]
    return scored[places[0]] if places else math.nan


def _printed(question: "Question") -> tuple[pd.DataFrame, dict]:
    """Return the scored values of a published scale whose options are printed in people."""
    tallies = question.tallies
    if question.about["kind"] != "scale" or not _in_people(tallies):
        raise ValueError(
            f"scale: {question.name!r} of {question.survey.document.slug} has no mean; wanted a "
            "question of kind scale with every option printed in people"
        )
    labels = tallies["label"].to_list()
    entry = Entry(question.name, (question.name,), "scale", options=tuple(labels))
    values, people = list(scores(entry).values()), tallies["printed"].astype(int).to_list()
    table = pd.DataFrame({"value": values, "people": people, "weight": people, "squares": people})
    about = {"kind": "scale", "unscored": 0, "scores": dict(zip(labels, values, strict=True))}
    return table[table["people"] > 0], about


def _in_people(tallies: pd.DataFrame) -> bool:
    return bool(((tallies["unit"] == "people") & (tallies["printed"] != "")).all())


def _summary(name: str, scored: pd.DataFrame, about: dict, level: float) -> pd.Series:
    columns = [scored[each].to_list() for each in ("value", "people", "weight", "squares")]
    mean, spread = mean_interval(*columns, level, about.get("population"))
    values = (int(scored["people"].sum()), mean.value, spread, *mean[1:])
    found = dict(zip(ENTRIES, (*values, *median_interval(*columns, level)), strict=True))
    found["points"] = len(about["scores"]) if about["kind"] == "scale" else math.nan
    if about.pop("weighted", False):
        found |= _kish(scored)
    series = pd.Series(found, name=name, dtype=float)
    series.attrs = {"level": level, **about, "mean": "Student", "median": "order statistics"}
    return series


def _kish(scored: pd.DataFrame) -> dict[str, float]:
    people, weight, squares = (scored[name].sum() for name in ("people", "weight", "squares"))
    return {
        "effective_n": effective_size(weight, squares),
        "design_effect": design_effect(int(people), weight, squares),
    }
