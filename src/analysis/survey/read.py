"""From a reader's file and its codebook to a survey."""

from pathlib import Path
from typing import Any

import narwhals as nw

from analysis.arguments import check_choice, check_whole, kind_of
from analysis.responses.answers import Responses
from analysis.responses.codebook import Codebook, read_codebook
from analysis.responses.engines.moved import ENGINES, moved, read_on
from analysis.responses.fit import fitted, withheld
from analysis.survey.own import Answers, survey_of
from analysis.survey.surveys import Survey
from analysis.survey.weighting import check_weights


def read_responses(
    file: Any,
    codebook: str | Path | Codebook | None = None,
    weights: str = "",
    population: int | None = None,
    engine: str = "",
    sheet: str = "",
    master: str = "",
) -> Survey:
    """Return the survey that the answers in a file are.

    file : str, Path, frame or Responses
        .csv, .xlsx or .sav as a platform exports it; or a frame of pandas, Polars, DuckDB or
        PySpark, which is counted where it lies.
    codebook : str, Path or Codebook
        What the columns are: drafted by `python -m analysis codebook FILE`, then edited.
    weights : str
        The column of weights, numbers of 0 or more.
    population : int
        How many people the survey was drawn from, for the finite population correction; not fewer
        than answered.
    engine : str
        "pandas", "polars", "duckdb" or "spark"; by default pandas, and DuckDB for large files.
    sheet : str
        Of a workbook: the sheet with the answers.
    master : str
        Where Spark runs, such as "spark://HOST:PORT"; by default on two cores of this machine.

    Columns that look personal are left out whatever the codebook says; `survey.answers.notes`
    tells them, and everything else that was not taken as it stands. Raises ValueError that names
    the argument, TableError for a file or a codebook that cannot be followed.

    >>> import pandas as pd
    >>> from analysis.responses.codebook import Entry
    >>> crop = Entry("crop", ("Crop",), "single", options=("apples", "pears"))
    >>> mine = read_responses(pd.DataFrame({"Crop": ["pears", "", "pears"]}), Codebook((crop,)))
    >>> mine.tallies["printed"].tolist(), mine.n
    (['0', '2'], 3)
    """
    if engine:
        check_choice(engine, "engine", ENGINES)
    if population is not None:
        population = check_whole(population, "population", 1)
    book = _book(codebook, file)
    return survey_of(_answers(responses_of(file, engine, sheet, master), book, weights, population))


def _book(codebook: Any, file: Any) -> Codebook:
    if isinstance(codebook, Codebook):
        return codebook
    if codebook is None:
        name = file if isinstance(file, str | Path) else "FILE"
        raise ValueError(
            f"codebook: wanted the codebook of the answers; python -m analysis codebook {name} "
            "drafts one"
        )
    if not isinstance(codebook, str | Path):
        raise TypeError(f"codebook: wanted a file or a Codebook; got {kind_of(codebook)}")
    return read_codebook(codebook)


def responses_of(file: Any, engine: str = "", sheet: str = "", master: str = "") -> Responses:
    """Return the answers of a file or a frame; arguments as for `read_responses`."""
    if isinstance(file, str | Path):
        return read_on(file, sheet, engine, master)
    if not isinstance(file, Responses):
        try:
            nw.from_native(file)
        except TypeError:
            wanted = "file: wanted a file or a frame of answers"
            raise TypeError(f"{wanted}; got {kind_of(file)}") from None
        file = Responses(file)
    return moved(file, engine, master) if engine else file


def _answers(
    responses: Responses, codebook: Codebook, weights: str, population: int | None
) -> Answers:
    codebook, notes = fitted(codebook, responses, [weights] if weights else [])
    codebook, personal = withheld(codebook, responses)
    if weights:
        check_weights(responses, weights, "weights")
    answers = Answers(responses.noting(*personal, *notes), codebook, weights, population)
    if population is not None:
        check_whole(population, "population", answers.people)
    return answers
