"""Two independent codings of the same passages: how far they agree beyond chance."""

import math
from collections.abc import Sequence

import pandas as pd
from scipy.stats import norm
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.arguments import check_level, check_sequence


def coding_agreement(first: Sequence[str], second: Sequence[str], level: float = 0.95) -> pd.Series:
    """Return raw agreement and Cohen's kappa of two codings, with an interval.

    first, second : sequence of str
        One code a passage, in the same order; an empty code counts as a code.
    level : float
        Confidence level of the interval of kappa.

    Entries: `equal` (share of passages with equal codes), `kappa`, `low`, `high`. The
    interval is the large-sample one, cut at 1; where all codes are equal it is [1, 1].
    Raises TypeError or ValueError that names the argument, also for codings of different length
    or without a passage.
    Method: Cohen (1960), doi:10.1177/001316446002000104; variance of Fleiss, Cohen & Everitt
    (1969), doi:10.1037/h0028106, as in statsmodels.

    >>> coding_agreement(["a", "a", "b", "b"], ["a", "a", "b", "a"]).round(2).to_list()[:2]
    [0.75, 0.5]
    """
    level = check_level(level)
    first = pd.Series(check_sequence(first, "first", 'codes, such as ["a", "b"]'), dtype=object)
    second = pd.Series(check_sequence(second, "second", 'codes, such as ["a", "b"]'), dtype=object)
    if first.empty:
        raise ValueError("first: wanted one code or more; got none")
    if len(first) != len(second):
        raise ValueError(f"second: wanted {len(first)} codes, as in first; got {len(second)}")
    equal = float((first == second).mean())
    if equal == 1:
        return pd.Series({"equal": 1.0, "kappa": 1.0, "low": 1.0, "high": 1.0})
    table = pd.crosstab(first, second)
    codes = table.index.union(table.columns)
    result = cohens_kappa(table.reindex(index=codes, columns=codes, fill_value=0).to_numpy())
    margin = norm.ppf(0.5 + level / 2) * math.sqrt(max(0.0, result.var_kappa))
    limits = {"low": result.kappa - margin, "high": min(1.0, result.kappa + margin)}
    return pd.Series({"equal": equal, "kappa": result.kappa} | limits)
