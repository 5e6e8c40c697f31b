"""What the parameters of a notebook may be together, and what they name: files, questions."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.failures import quoted
from analysis.report.rules import OneOf

SURVEY = ("responses", "codebook", "by", "weights", "population", "published")


def check_together(values: Mapping[str, Any], given: Collection[str]) -> None:
    """Raise ValueError where parameters contradict each other, or name what there is not.

    values : mapping
        Every parameter of a notebook.
    given : collection of str
        Those that are not as they are in the notebook: nothing else can be wrong.

    >>> check_together({"ects_low": 30, "ects_high": 20}, ["ects_high"])
    Traceback (most recent call last):
    ValueError: parameter ects_high: 20 is less than ects_low, 30; the nearest is 30
    """
    if {"ects_low", "ects_high"} <= values.keys() and {"ects_low", "ects_high"} & set(given):
        _check_hours(values, "ects_low" if "ects_high" not in given else "ects_high")
    if set(SURVEY) <= values.keys() and set(SURVEY) & set(given):
        check_survey(values)


def _check_hours(values: Mapping[str, Any], named: str) -> None:
    """Raise ValueError if an ECTS credit has less hours at most than at least."""
    from analysis.documents.settings import hours_of_credit

    usual = dict(zip(("ects_low", "ects_high"), hours_of_credit(), strict=True))
    hours = {name: usual[name] if values[name] is None else values[name] for name in usual}
    if hours["ects_low"] > hours["ects_high"]:
        (other,) = hours.keys() - {named}
        compared = "less" if named == "ects_high" else "more"
        raise ValueError(
            f"parameter {named}: {hours[named]:g} is {compared} than {other}, {hours[other]:g}; "
            f"the nearest is {hours[other]:g}"
        )


def check_survey(values: Mapping[str, Any]) -> Any:
    """Return the survey that parameters name; ValueError for a file or question that is not there.

    values : mapping
        responses, codebook, weights, population, by and published.
    """
    from analysis.survey import read_responses

    files = [_there(name, paths.ROOT / values[name]) for name in ("responses", "codebook")]
    mine = read_responses(*files, values["weights"], values["population"])
    if values["by"]:
        _check_groups(values["by"], dict(mine.questions[["question", "kind"]].to_numpy()))
    _check_published(values["published"])
    return mine


def _check_groups(by: str, kinds: Mapping[str, str]) -> None:
    """Raise ValueError for a question whose answers are no groups, or groups of nothing else."""
    from analysis.survey.needed import ONE_OPTION

    names = [name for name, kind in kinds.items() if kind in ONE_OPTION]
    if by not in names:
        near = f"; the nearest is {OneOf(names).nearest(by)}" if names else ""
        wanted = f"wanted one of {', '.join(names)}" if names else "no question makes groups"
        raise ValueError(f"parameter by: {wanted}; got {quoted(by)}{near}")
    if len(kinds) == 1:
        raise ValueError(f"parameter by: there is no question besides {by}; leave it out")


def _there(name: str, file: Path) -> Path:
    if not file.is_file():
        raise ValueError(f"parameter {name}: there is no file {quoted(str(file))}")
    return file


def _check_published(name: str) -> None:
    """Raise ValueError for a survey that there is not."""
    from analysis.data.collection import documents
    from analysis.survey import read_survey

    try:
        read_survey(name)
    except ValueError as error:
        wanted = {"questions", "tallies"}
        there = [each.slug for each in documents(paths.RAW) if wanted <= set(each.tables)]
        near = f"; the nearest is {OneOf(there).nearest(name)}" if there else ""
        raise ValueError(f"parameter published: {error}{near}") from error
