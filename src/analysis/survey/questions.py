"""The survey's questions: each printed share with the people and the interval it allows."""

from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.counts.head_counts import number_of_vectors, possible_counts
from analysis.data.tables import read_table
from analysis.inference.intervals import proportion_interval
from analysis.language.current import current_language, label, tr
from analysis.language.sentences import counted, span

SUMS_UP = ("single", "unclear", "yes-no")  # kinds of question read as one answer a person
COLUMNS = ["option", "label", "printed", "unit", "share", "least", "most", "low", "high", "text"]


def respondents(folder: str | Path | None = None) -> int:
    """Return how many people answered the survey, as the questions' base states it."""
    return int(read_table("zhakyanova/questions", folder)["n"].max())


def base_readings(question: str, folder: str | Path | None = None) -> dict[str, list[int]]:
    """Return the admissible bases of a question: their name and possible numbers of people.

    question : str
        Short name in `zhakyanova/questions.csv`.

    Those who went abroad are the possible counts of the printed share of them. Where the
    article leaves the base open both readings are returned.

    >>> base_readings("prospects")
    {'all respondents': [103]}
    """
    questions = read_table("zhakyanova/questions", folder).set_index("question")
    tallies = read_table("zhakyanova/tallies", folder).set_index(["question", "option"])
    n = respondents(folder)
    readings = {
        "all respondents": [n],
        "those who went abroad": possible_counts(tallies.loc[("went-abroad", "yes"), "printed"], n),
    }
    base = questions.loc[question, "base"]
    if base == "unclear":
        return readings
    wanted = "all respondents" if base == "all" else "those who went abroad"
    return {wanted: readings[wanted]}


def share_table(
    question: str,
    n: int | None = None,
    level: float = 0.95,
    method: str = "wilson",
    rounding: str = "half-any",
    population: int | None = None,
    language: str | None = None,
    folder: str | Path | None = None,
) -> pd.DataFrame:
    """Return one row an option of a question: what is printed, and what that allows.

    question : str
        Short name in `zhakyanova/questions.csv`.
    n : int
        The base, in people; by default all respondents.
    level, method, population :
        Of the confidence interval, see `intervals.proportion_interval`.
    rounding : str
        How the authors rounded, see `rounding.RULES`.

    Columns: option, label, printed, unit, `share` (percent; missing where no number is
    printed), `least` and `most` (people), `low` and `high` (percent: the confidence limits,
    over every possible count; for an option without a number the range that the printed
    numbers of a single-choice question leave), `text` (the number as a figure shows it).
    """
    n = respondents(folder) if n is None else n
    kinds = read_table("zhakyanova/questions", folder).set_index("question")["kind"]
    if question not in kinds:
        raise ValueError(
            f"question: no tallies for {question!r}; wanted one of {', '.join(kinds.index)}"
        )
    kind, tallies = kinds[question], read_table("zhakyanova/tallies", folder)
    tallies = tallies[tallies["question"] == question]
    left = people_left(question, n, rounding, folder) if kind in SUMS_UP else (0, n)
    room = max(0, left[1]) if left else n
    rows = []
    for tally in tallies.itertuples():
        row = {name: getattr(tally, name) for name in ("option", "printed", "unit", "qualifier")}
        row["label"] = getattr(tally, f"label_{language or current_language()}")
        row |= _printed_row(tally, n, level, method, rounding, population)
        if not tally.printed:
            row |= {"least": 0, "most": room, "low": 0.0, "high": 100 * room / n}
        rows.append(row)
    table = pd.DataFrame(rows).astype(
        {"least": "Int64", "most": "Int64", "share": float, "low": float, "high": float}
    )
    table["text"] = [_shown(row) for row in table.itertuples()]
    return table[[*COLUMNS]]


def people_left(
    question: str, n: int, rounding: str = "half-any", folder: str | Path | None = None
) -> tuple[int, int] | None:
    """Return the least and greatest number of people whom no printed option accounts for.

    question : str
        A question of `zhakyanova/questions.csv`, read as one answer a person.
    n : int
        The base, in people.
    rounding : str
        How the authors rounded.

    Negative where the printed options take more people than there are; None where some
    printed share has no head-count.

    >>> people_left("prospects", 103)
    (1, 1)
    """
    tallies = read_table("zhakyanova/tallies", folder)
    printed = tallies[(tallies["question"] == question) & (tallies["printed"] != "")]
    ranges = [_people(row, n, rounding) for row in printed.itertuples()]
    if not all(ranges):
        return None
    return n - sum(counts[-1] for counts in ranges), n - sum(counts[0] for counts in ranges)


def left_in_words(left: tuple[int, int] | None) -> str:
    """Return what `people_left` found as a sentence has it.

    >>> left_in_words((0, 1)), left_in_words((-1, -1)), left_in_words(None)
    ('0 to 1', '1 too many', 'not countable, a share has no head-count')
    """
    if left is None:
        return tr("not countable, a share has no head-count")
    if left[1] < 0:
        return tr("{people} too many", people=span(-left[1], -left[0]))
    return span(max(0, left[0]), left[1])


def check_question(
    question: str,
    n: int | None = None,
    rounding: str = "half-any",
    folder: str | Path | None = None,
) -> pd.Series:
    """Return whether the printed options of a single-choice question can make up the whole.

    question : str
        Short name in `zhakyanova/questions.csv`.
    n : int
        The base, in people; by default all respondents.
    rounding : str
        How the authors rounded.

    Entries: options (with a number, and without), printed sum (in the printed unit), solutions
    (how many joint counts add up to n exactly), people left, least and most (see `people_left`;
    missing where some share has no head-count).
    """
    n = respondents(folder) if n is None else n
    tallies = read_table("zhakyanova/tallies", folder)
    tallies = tallies[tallies["question"] == question]
    printed = tallies[tallies["printed"] != ""]
    left = people_left(question, n, rounding, folder)
    whole = left is not None and left[0] <= 0 <= left[1]
    percents = list(printed.loc[printed["unit"] == "percent", "printed"])
    solutions = number_of_vectors(percents, n, rounding=rounding) if percents else int(whole)
    return pd.Series(
        {
            "options with a number": len(printed),
            "options without": len(tallies) - len(printed),
            "printed sum": str(sum(Fraction(number) for number in printed["printed"])),
            "joint solutions": solutions,
            "people left, least": left[0] if left else pd.NA,
            "people left, most": left[1] if left else pd.NA,
        },
        name=question,
    )


def figure_lines(
    question: str,
    n: int,
    level: float = 0.95,
    method: str = "wilson",
    folder: str | Path | None = None,
) -> tuple[str, str]:
    """Return the subtitle and the source line of a figure of one question.

    question : str
        Short name in `zhakyanova/questions.csv`.
    n : int
        The base that the figure assumes, in people.
    level, method :
        Of the intervals in the figure.
    """
    asked = read_table("zhakyanova/questions", folder).set_index("question").loc[question]
    answers = {
        "single": tr("one option each"),
        "multiple": tr("several options each"),
        "yes-no": tr("yes or no"),
    }
    subtitle = tr(
        "{topic}; n = {n}, {kind}; lines: {method} intervals, {level:g} %",
        topic=asked["topic"][0].upper() + asked["topic"][1:],
        n=n,
        kind=answers.get(asked["kind"], tr("one option or several")),
        method=method.title(),
        level=100 * level,
    )
    place = tr("section “{section}”", section=asked["section"])
    if asked["figure"]:
        place += f", {label(asked['figure'])}"
    return subtitle, tr("Source: Zhakyanova & Askhat (2021), {place}", place=place)


def _people(tally, n: int, rounding: str) -> list[int]:
    """Return the possible numbers of people behind a printed tally."""
    if tally.unit == "respondents":
        return [int(tally.printed)] if int(tally.printed) <= n else []
    return possible_counts(tally.printed, n, rounding)


def _printed_row(tally, n, level, method, rounding, population) -> dict:
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


def _shown(row) -> str:
    """Return a share as a figure shows it: the number with its limits in people."""
    if not row.printed:
        return tr("not printed: {low:.0f} to {high:.0f} %", low=row.low, high=row.high)
    people = tr("no whole number of people")
    if row.least is not pd.NA:
        people = counted(row.most, "person", "people")
        if row.most == row.least + 1:
            people = tr("{least} or {people}", least=row.least, people=people)
        elif row.most != row.least:
            people = tr("{least} to {people}", least=row.least, people=people)
    if row.unit == "respondents":
        return counted(int(row.printed), "person", "people")
    amount = tr("{printed} % ({people})", printed=row.printed, people=people)
    return (
        tr("{qualifier} {amount}", qualifier=row.qualifier, amount=amount)
        if row.qualifier
        else amount
    )
