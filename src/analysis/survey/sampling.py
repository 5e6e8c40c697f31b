"""How large a survey is, beside the people it was drawn from."""

import math
from typing import TYPE_CHECKING

import pandas as pd
from scipy.stats import norm

from analysis.arguments import check_level
from analysis.inference.sample_sizes import krejcie_morgan, sample_size
from analysis.survey.needed import answers_of

if TYPE_CHECKING:
    from analysis.survey.surveys import Survey

MARGIN = 0.05  # for which the size that would have been needed is given


def sample(survey: "Survey", level: float = 0.95) -> pd.Series:
    """Return the size of a survey of one's own, what it is a part of, and its margin of error.

    survey : Survey
        Of one's own; what is about the population is missing where `population` was not given.
    level : float
        The confidence level.

    Entries: n (who answered the survey), population, fraction (% of the population that answered),
    margin (percentage points, of a share of 50 % without correction), margin_corrected (with the
    finite population correction), needed (people for a margin of 5 points, endless population),
    needed_corrected (from this population), krejcie_morgan (what their table says, at this level).
    The margins are those of a simple random sample; of any other nothing is promised.

    Raises ValueError for a published survey, for one without respondents and for a population
    smaller than the survey.
    Methods: Cochran (1977), Sampling Techniques, sections 3.3 and 4.4: z sqrt(1/4 / n), with the
    factor (1 - n/N) n / (n - 1) under the root; Krejcie & Morgan (1970),
    doi:10.1177/001316447003000308.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook, Entry
    >>> from analysis.survey.own import Answers, survey_of
    >>> entry = Entry("crop", ("Crop",), "single", options=("apples",))
    >>> answers = Answers(Responses(pd.DataFrame({"Crop": ["apples"] * 100})), Codebook((entry,)))
    >>> round(float(sample(survey_of(answers))["margin"]), 2)
    9.8
    """
    answers, level, n = answers_of(survey, "sample"), check_level(level), survey.n
    population = answers.population
    if not n or (population is not None and population < n):
        raise ValueError(
            f"population: wanted {n} or more, and someone who answered; got {population}"
        )
    z = float(norm.isf((1 - level) / 2))
    found = {"n": n, "population": math.nan, "fraction": math.nan}
    found |= {"margin": 50 * z / math.sqrt(n), "margin_corrected": math.nan}
    found |= {"needed": sample_size(MARGIN, level), "needed_corrected": math.nan}
    found["krejcie_morgan"] = math.nan
    if population is not None:
        found |= _corrected(n, population, level, z)
    series = pd.Series(found, name=survey.document.slug, dtype=float)
    series.attrs = {"level": level, "needed_for": MARGIN}
    return series


def _corrected(n: int, population: int, level: float, z: float) -> dict[str, float]:
    left = (1 - n / population) / max(n - 1, 1)
    return {
        "population": population,
        "fraction": 100 * n / population,
        "margin_corrected": 50 * z * math.sqrt(left),
        "needed_corrected": sample_size(MARGIN, level, population=population),
        "krejcie_morgan": krejcie_morgan(population, level),
    }
