"""Weights of a survey of one's own: from a column, or raked to known margins."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.arguments import check_text
from analysis.failures import quoted
from analysis.language.current import tr
from analysis.responses.answers import Note, Responses
from analysis.responses.codebook import Entry
from analysis.responses.extras import need
from analysis.responses.fit import no_column, personal_columns
from analysis.responses.joint import NUMBER
from analysis.responses.options import plain
from analysis.responses.seen import sample, seen
from analysis.survey.needed import ONE_OPTION, answers_of, check_kind
from analysis.survey.own import Factors, short_names, survey_of

if TYPE_CHECKING:
    from analysis.survey.own import Answers
    from analysis.survey.surveys import Survey

SLACK = 0.005  # by which printed margins may miss 1
REACHED = 1e-6  # by which a raked margin may miss its target, as a fraction
ROUNDS = 2_000


def weight(survey: "Survey", column: str) -> "Survey":
    """Return the survey weighted by a column of its answers.

    survey : Survey
        Of one's own.
    column : str
        A column of the file: numbers of 0 or more, with a point or a comma.

    Every table, scale and cross-table then has weighted shares, with intervals from the effective
    number of people (Kish). Weights need not add up to anything. Raises ValueError for a published
    survey, for a column that is not there, and for weights that are missing, negative or no number.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook
    >>> from analysis.survey.own import Answers
    >>> entry = Entry("crop", ("Crop",), "single", options=("apples", "pears"))
    >>> frame = pd.DataFrame({"Crop": ["apples", "pears"], "w": ["3", "1"]})
    >>> survey = survey_of(Answers(Responses(frame), Codebook((entry,))))
    >>> weight(survey, "w").question("crop").table()["weighted"].to_list()[:2]
    [75.0, 25.0]
    """
    answers = answers_of(survey, "weight")
    check_weights(answers.responses, check_text(column, "column"), "column")
    return survey_of(replace(answers, weight=column, factors=None))


def check_weights(responses: Responses, column: str, name: str) -> None:
    """Refuse a column that is not there, looks personal or has no number: none of it is repeated.

    name : str
        The argument to name in a message.

    Raises ValueError.
    """
    if column not in responses.columns:
        raise ValueError(f"{name}: {no_column(column, responses)}")
    if why := personal_columns(responses, [column]).get(column):
        raise ValueError(f"{name}: column {quoted(column)}: wanted numbers of 0 or more; {why}")
    (found,) = seen(sample(responses.frame, [column]))
    if found.cells and not any(re.search(NUMBER, cell.replace(",", ".")) for cell in found.cells):
        wanted = "wanted a number of 0 or more as the weight of every respondent"
        raise ValueError(f"{name}: column {quoted(column)}: {wanted}; it holds none")


def rake(survey: "Survey", margins: Mapping[str, Mapping[str, float]]) -> "Survey":
    """Return the survey weighted so that some questions have the shares of the population.

    survey : Survey
        Of one's own; a column of weights that it has is where raking starts.
    margins : mapping
        For each question with one option a person its options, by short name, by label in any
        language or as the file has them, with their shares as fractions that add up to 1:
        {"gender": {"men": 0.29, "women": 0.71}}. A sum that misses 1 by up to 0.005, as printed
        shares do, is mended in proportion and noted.

    Whoever did not answer one of these questions, or chose an option that is not counted or not in
    the margin, keeps the weight that there was: 1, or that of the column; a note says how many they
    are. The others weigh together what they weighed before. It is counted on combinations of
    answers, so that the number of people does not matter.

    Raises ValueError for a published survey; TypeError or ValueError with question, option and rule
    for margins that cannot be reached: an option that nobody chose, a share that is no number above
    0, a wrong sum, a question with several options a person, or margins that contradict each other.
    Method: Deming & Stephan (1940), doi:10.1214/aoms/1177731829, by svy; what it returns is held
    against the margins. Raises ModuleNotFoundError without the extra `survey`.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook
    >>> from analysis.survey.own import Answers
    >>> entry = Entry("sex", ("Sex",), "single", options=("men", "women"))
    >>> frame = pd.DataFrame({"Sex": ["men"] * 6 + ["women"] * 4})
    >>> survey = survey_of(Answers(Responses(frame), Codebook((entry,))))
    >>> table = rake(survey, {"sex": {"men": 0.3, "women": 0.7}}).question("sex").table()
    >>> table["weighted"].round(6).to_list()[:2], round(table.attrs["design_effect"], 3)
    ([30.0, 70.0], 1.375)
    """
    answers = answers_of(survey, "rake")
    targets, notes = _targets(answers, margins)
    cells = _cells(answers, tuple(targets))
    placed = cells[[_has_place(key, targets) for key in cells.index]]
    inside = placed[placed["weight"] > 0]
    for place, question in enumerate(targets):
        _check_reached(answers.codebook.entry(question), targets[question], inside, place)
    factors = dict(zip(inside.index, _raked(inside["weight"], targets), strict=True))
    if left := int(cells["people"].sum() - placed["people"].sum()):
        said = tr("{people:,} without an answer in the margins keep their weight", people=left)
        notes.append(Note(tr("raking"), said))
    raked = Factors(tuple(targets), factors, tuple(notes))
    return survey_of(replace(answers, factors=raked))


Targets = Mapping[str, Mapping[int, float]]
Key = tuple[tuple[int, ...], ...]


def _has_place(key: Key, targets: Targets) -> bool:
    """Say whether a combination has one option of each margin."""
    pairs = zip(key, targets.values(), strict=True)
    return all(chosen and set(chosen) <= set(options) for chosen, options in pairs)


def _cells(answers: "Answers", questions: tuple[str, ...]) -> pd.DataFrame:
    """Return people and weight of each combination of options, before raking."""
    table = replace(answers, factors=None).joint(*questions)
    chosen = zip(*(table[name] for name in questions), strict=True)
    keys = pd.Series([tuple(answer.chosen for answer in each) for each in chosen], dtype=object)
    return table[["people", "weight"]].groupby(keys.to_numpy()).sum()


def _targets(answers: "Answers", margins) -> tuple[dict[str, dict[int, float]], list[Note]]:
    """Return the share of each option by its number, and what was mended."""
    if not isinstance(margins, Mapping) or not margins:
        raise TypeError('margins: wanted {"question": {"option": 0.29, ...}}')
    found, notes = {}, []
    for question, shares in margins.items():
        given = _given(answers.codebook.entry(question), shares)
        total = math.fsum(given.values())
        if abs(total - 1) > 1e-9:
            said = tr("shares add up to {total:g}, and are taken in proportion", total=total)
            notes.append(Note(question, said))
        found[question] = {place: share / total for place, share in given.items()}
    return found, notes


def _given(entry: Entry, shares: Any) -> dict[int, float]:
    """Return the shares of one margin by the number of the option, as they were given."""
    check_kind(entry, "margins", ONE_OPTION, "so that people stand in several of its options")
    if not isinstance(shares, Mapping):
        raise TypeError(f'margins, {entry.question}: wanted {{"option": 0.29, ...}}')
    given = {_place(entry, name): _share(entry, name, each) for name, each in shares.items()}
    total, repeated = math.fsum(given.values()), len(given) < len(shares)
    if repeated or abs(total - 1) > SLACK + 1e-9:
        raise ValueError(_sum_message(entry.question, total, repeated))
    return given


def _sum_message(question: str, total: float, repeated: bool) -> str:
    if repeated:
        return f"margins, {question}: an option is named twice"
    percent = "; write fractions, 0.29 for 29 %" if abs(total - 100) < 1 else ""
    return f"margins, {question}: the shares add up to {total:g}; wanted 1{percent}"


def _place(entry: Entry, name: str) -> int:
    """Return the number of a counted option that is named in any way."""
    for names in (short_names(entry), entry.options, *map(entry.names, entry.labels)):
        for place in entry.counted:
            if plain(names[place]) == plain(str(name)):
                return place
    known = ", ".join(short_names(entry)[place] for place in entry.counted)
    raise ValueError(f"margins, {entry.question}: wanted one of {known}; got {quoted(name)}")


def _share(entry: Entry, name: str, share: Any) -> float:
    number = isinstance(share, int | float | np.number) and not isinstance(share, bool)
    if not number or not 0 < share < math.inf:
        raise ValueError(
            f"margins, {entry.question}, {name}: wanted a share above 0; got {quoted(share)}"
        )
    return float(share)


def _check_reached(
    entry: Entry, target: Mapping[int, float], inside: pd.DataFrame, place: int
) -> None:
    """Raise ValueError for an option with a share that nobody chose."""
    chosen = {key[place][0] for key in inside.index}
    if empty := sorted(set(target) - chosen):
        raise ValueError(
            f"margins, {entry.question}, {short_names(entry)[empty[0]]}: nobody who answered all "
            "of these questions chose it, so no weight reaches its share; leave it out, or merge "
            "it with another option"
        )


def _raked(weights: pd.Series, targets: Targets) -> np.ndarray:
    """Return the factor of each combination; ValueError where the margins are not reached."""
    before = weights.to_numpy(dtype=float)
    groups = [[key[place][0] for key in weights.index] for place in range(len(targets))]
    after = _by_svy(before / before.min(), groups, [*targets.values()])
    for group, (question, wanted) in zip(groups, targets.items(), strict=True):
        _check_margin(question, np.array(group), after / after.sum(), wanted)
    return after * (before.sum() / after.sum()) / before


def _by_svy(
    weights: np.ndarray, groups: Sequence[Sequence[int]], targets: Sequence[Mapping[int, float]]
) -> np.ndarray:
    """Return weights as svy rakes them, as near to the targets as it comes."""
    svy = need("svy")
    columns = {f"margin_{place}": group for place, group in enumerate(groups)}
    shares = {name: dict(target) for name, target in zip(columns, targets, strict=True)}
    frame = need("polars").DataFrame({"before": weights, **columns})
    goal = {"tol": REACHED / 10, "max_iter": ROUNDS, "on_nonconvergence": "ignore"}
    rake = svy.Sample(frame, svy.Design(wgt="before")).weighting.rake
    return rake(shares=shares, wgt_name="after", **goal).data["after"].to_numpy()


def _check_margin(
    question: str, group: np.ndarray, weights: np.ndarray, wanted: Mapping[str, float]
) -> None:
    """Raise ValueError unless every option has the weight that it should."""
    for option, weight in wanted.items():
        if not abs(weights[group == option].sum() - weight) <= REACHED * weight:
            raise ValueError(
                f"margins, {question}: not reached after {ROUNDS:,} rounds; "
                "the margins contradict each other for the combinations that occur"
            )
