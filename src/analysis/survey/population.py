"""A survey beside the population that it is set against, both printed as rounded shares."""

from pathlib import Path

import pandas as pd

from analysis.counts.head_counts import possible_counts
from analysis.data.tables import read_table
from analysis.inference.share_bounds import goodness_of_fit_bounds
from analysis.language.sentences import listed


def reference_test(
    question: str,
    reference: dict[str, str],
    n: int,
    population: int,
    level: float = 0.95,
    rounding: str = "half-any",
    folder: str | Path | None = None,
) -> pd.Series:
    """Return whether a two-option question agrees with a reference, whatever was rounded.

    question : str
        Short name in `zhakyanova/questions.csv`; a question with two printed options.
    reference : dict of str to str
        The printed percentage of each option in the reference population.
    n, population : int
        The bases of survey and reference, in people.
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
    tallies = read_table("zhakyanova/tallies", folder)
    printed = tallies[tallies["question"] == question].set_index("option")["printed"]
    if len(printed) != 2 or set(printed.index) != set(reference):
        raise ValueError(f"reference: wanted the two options of {question!r}; got {reference}")
    first = printed.index[0]
    counts = possible_counts(reference[first], population, rounding)
    bounds = []
    for count in (counts[0], counts[-1]):
        expected = [count / population, 1 - count / population]
        bounds.append(goodness_of_fit_bounds(list(printed), n, expected, level, rounding))
    if any(bound.low is None for bound in bounds):
        low, high, decision = float("nan"), float("nan"), "cannot be tested"
    else:
        low, high = min(bound.low for bound in bounds), max(bound.high for bound in bounds)
        decision = "depends on rounding"
    if high <= 1 - level:
        decision = "is rejected"
    elif low > 1 - level:
        decision = "is not rejected"
    return pd.Series(
        {
            "printed": listed(printed),
            "reference": listed(reference[option] for option in printed.index),
            "p_low": low,
            "p_high": high,
            "decision": decision,
        },
        name=question,
    )
