"""The table of one question: people and shares by option, base, and who is not in it."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.inference.intervals import proportion_interval
from analysis.inference.weights import design_effect, effective_size, weighted_interval
from analysis.language.current import current_language, tr
from analysis.responses.codebook import Answer

if TYPE_CHECKING:
    from analysis.survey.own import Answers, Tally
    from analysis.survey.questions import Question

IN_BASE = ("option", "strange", "base")  # rows that have a share
NO_LIMITS = (math.nan, math.nan)


@dataclass(frozen=True)
class Line:
    """A row of the table before it is counted: what it is, and whose answers it counts."""

    row: str
    option: str
    label: str
    wanted: Callable[[Answer], bool]


def frequencies(question: "Question", level: float = 0.95, method: str = "wilson") -> pd.DataFrame:
    """Return the table of a question: people and shares by option, base, and all others.

    question : Question
        Of a survey of one's own or of a published one.
    level, method
        Of the confidence intervals, see `proportion_interval`.

    One row a line of the table, named by `row`: "option"; "strange" (answers that match no option;
    where the codebook counts them for an option they stand there and not here); "base" (people with
    an answer that is counted); "outside" (each option that is not counted; one row without a
    name if there is none); "missing" (asked, no answer); "not asked". All are there, with 0 too.

    Columns: `row`, `option` (short name, or ""), `label`, `people`, `share` (% of respondents in
    the base; missing for those outside it), of a multiple-choice question `of_answers` (% of all
    answers given by the base), `low`, `high` (percent). Of a weighted survey also `weighted` (% of
    the weight of the base), and the limits are of it; people, `share` and `of_answers` stay
    unweighted. `attrs`: kind, base, respondents, level, method; `population` where the finite
    population correction was made, which is for questions that everybody was asked; weighted:
    `effective_n` and `design_effect` of the base.

    Of a published survey also `printed`, `least`, `most` (people that the print allows); people is
    missing where they differ, and who gave no answer is not known. Raises TypeError or ValueError
    that names the argument.

    Methods: see `proportion_interval` and `weights.weighted_interval`.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook, Entry
    >>> from analysis.survey.own import Answers, survey_of
    >>> entry = Entry("crop", ("Crop",), "single", options=("apples", "pears"))
    >>> frame = pd.DataFrame({"Crop": ["apples", "pears", "Apples", ""]})
    >>> survey = survey_of(Answers(Responses(frame), Codebook((entry,))))
    >>> table = frequencies(survey.question("crop"))
    >>> table.loc[table["row"].isin(["option", "missing"]), ["option", "people"]].values.tolist()
    [['apples', 2], ['pears', 1], ['', 1]]
    """
    if question.survey.answers is None:
        return _published(question, level, method)
    answers = question.survey.answers
    return _own(answers, answers.tally(question.name), level, method)


def _own(answers: "Answers", tally: "Tally", level: float, method: str) -> pd.DataFrame:
    about = _about(answers, tally, level, method)
    lines = [*_lines(tally)]
    table = pd.DataFrame([_counted(line, tally, about) for line in lines])
    if tally.entry.kind == "multiple":
        given = table["people"].where(table["row"].isin(["option", "strange"]))
        table.insert(5, "of_answers", 100 * given / (given.sum() or math.nan))
    if answers.weighted:
        table.insert(table.columns.get_loc("low"), "weighted", _weighted(lines, tally))
    table = table.astype({"people": "Int64"})
    table.attrs = about
    return table


def _about(answers: "Answers", tally: "Tally", level: float, method: str) -> dict[str, Any]:
    """Return what belongs to the table as a whole."""
    about = {"kind": tally.entry.kind, "base": tally.base, "respondents": tally.respondents}
    about |= {"level": level, "method": method}
    if answers.population is not None and not tally.entry.base:
        about["population"] = answers.population
    return about | weighting(answers, tally)


def weighting(answers: "Answers", tally: "Tally") -> dict[str, float]:
    """Return effective number and design effect of the base of a question, if weighted.

    An empty dictionary where answers have no weights, or nobody with a weight answered.
    """
    weight, squares = (tally.total(tally.in_base, name) for name in ("weight", "squares"))
    if not answers.weighted or not weight:
        return {}
    return {
        "effective_n": effective_size(weight, squares),
        "design_effect": design_effect(tally.base, weight, squares),
    }


def _lines(tally: "Tally") -> Iterator[Line]:
    from analysis.survey.own import short_names

    entry = tally.entry
    names = [*zip(short_names(entry), entry.names(current_language()), strict=True)]
    for place in entry.counted:
        yield Line("option", *names[place], lambda a, p=place: p in a.chosen)
    yield Line("strange", "", tr("matches no option"), lambda a: _strange(tally, a))
    yield Line("base", "", tr("base: an answer that is counted"), tally.in_base)
    outside = [place for place in range(len(names)) if place not in entry.counted]
    for place in outside:
        yield Line("outside", *names[place], lambda a, p=place: p in a.chosen)
    if not outside:
        yield Line("outside", "", tr("outside the base"), lambda a: False)
    yield Line("missing", "", tr("asked, no answer"), lambda a: a.asked and not a.given)
    yield Line("not asked", "", tr("not asked"), lambda a: not a.asked)


def _strange(tally: "Tally", answer: Answer) -> bool:
    return bool(answer.strange) and not tally.entry.other and tally.in_base(answer)


def _counted(line: Line, tally: "Tally", about: dict[str, Any]) -> dict[str, Any]:
    """Return a row: people, share of respondents, limits."""
    people, base = int(tally.total(line.wanted)), about["base"]
    row = {"row": line.row, "option": line.option, "label": line.label, "people": people}
    has_share, limits = line.row in IN_BASE and base > 0, NO_LIMITS
    if has_share and line.row != "base":
        limits = _limits(people, _share(line, tally), about)
    share = 100 * people / base if has_share else math.nan
    return row | {"share": share, "low": limits[0], "high": limits[1]}


def _share(line: Line, tally: "Tally") -> float:
    return tally.total(line.wanted, "weight") / (tally.total(tally.in_base, "weight") or math.nan)


def _limits(people: int, share: float, about: dict[str, Any]) -> tuple[float, float]:
    population, base = about.get("population"), about["base"]
    if math.isnan(share):
        return NO_LIMITS
    if "effective_n" in about:
        effective = about["effective_n"]
        limits = weighted_interval(
            share, base, effective, about["level"], about["method"], population
        )
    else:
        limits = proportion_interval(people, base, about["level"], about["method"], population)
    return 100 * limits[0], 100 * limits[1]


def _weighted(lines: list[Line], tally: "Tally") -> list[float]:
    return [
        100 * _share(line, tally) if line.row in IN_BASE and tally.base else math.nan
        for line in lines
    ]


def _published(question: "Question", level: float, method: str) -> pd.DataFrame:
    """Return the table of a printed question; who is outside its base is not known."""
    shares, base = question.shares(level=level, method=method), question.n
    known = shares["least"].where(shares["least"] == shares["most"])
    table = shares[["option", "label", "printed", "least", "most", "share", "low", "high"]]
    table = table.assign(row="option", people=known.astype("Int64"))
    beside = {"strange": tr("matches no option"), "base": tr("base: an answer that is counted")}
    beside |= {"outside": tr("outside the base"), "missing": tr("asked, no answer")}
    beside |= {"not asked": tr("not asked")}
    rest = [{"row": row, "label": label} for row, label in beside.items()]
    lines = pd.DataFrame(rest).assign(option="", printed="")
    lines.loc[lines["row"] == "base", ["people", "share"]] = base, 100.0
    types = {"people": "Int64", "least": "Int64", "most": "Int64"}
    table = pd.concat([table, lines], ignore_index=True).astype(types)
    about = question.about
    if about["kind"] == "multiple":
        table["of_answers"] = _of_answers(table)
    names = ("row", "option", "label", "people", "share", "of_answers", "low", "high")
    order = [name for name in (*names, "printed", "least", "most") if name in table]
    table = table[order]
    table.attrs = {"kind": about["kind"], "base": base, "level": level, "method": method}
    return table


def _of_answers(table: pd.DataFrame) -> pd.Series:
    """Return the shares of all answers; missing where the people are not known exactly."""
    people = table["people"].where(table["row"] == "option").astype(float)
    exact = people[table["row"] == "option"].notna().all()
    return 100 * people / people.sum() if exact else people * math.nan
