"""Two independent codings of the same passages: how far they agree beyond chance."""

import math

import pandas as pd
from scipy.stats import norm
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.arguments import check_fraction


def coding_agreement(first: pd.Series, second: pd.Series, level: float = 0.95) -> pd.Series:
    """Return raw agreement and Cohen's kappa of two codings, with an interval.

    first, second : Series of str
        One code a passage, in the same order; an empty code counts as a code.
    level : float
        Confidence level of the interval of kappa.

    Entries: `equal` (share of passages with equal codes), `kappa`, `low`, `high`. The
    interval is the large-sample one, cut at 1; where all codes are equal it is [1, 1].
    Raises ValueError for codings of different length.
    Method: Cohen (1960), doi:10.1177/001316446002000104; variance of Fleiss, Cohen & Everitt
    (1969), doi:10.1037/h0028106, as in statsmodels.

    >>> coding_agreement(pd.Series(list("aabb")), pd.Series(list("aaba"))).round(2).to_list()[:2]
    [0.75, 0.5]
    """
    check_fraction(level, "level")
    if len(first) != len(second):
        raise ValueError(f"second: wanted {len(first)} codes, as in first; got {len(second)}")
    first, second = first.reset_index(drop=True), second.reset_index(drop=True)
    equal = float((first == second).mean())
    if equal == 1:
        return pd.Series({"equal": 1.0, "kappa": 1.0, "low": 1.0, "high": 1.0})
    table = pd.crosstab(first, second)
    codes = table.index.union(table.columns)
    result = cohens_kappa(table.reindex(index=codes, columns=codes, fill_value=0).to_numpy())
    margin = norm.ppf(0.5 + level / 2) * math.sqrt(max(0.0, result.var_kappa))
    limits = {"low": result.kappa - margin, "high": min(1.0, result.kappa + margin)}
    return pd.Series({"equal": equal, "kappa": result.kappa} | limits)
