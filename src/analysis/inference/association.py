"""Do groups answer alike? A test chosen by a stated rule, and Cramer's V with an interval."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2, fisher_exact, ncx2, norm, random_table

from analysis.arguments import (
    check_level,
    check_number,
    check_positive,
    check_sequence,
    check_whole,
    kind_of,
)
from analysis.inference.differences import EQUALLY_LIKELY
from analysis.language.current import tr

TABLES = 9_999  # random tables of Fisher's test beyond two by two
SEED = 1934  # of these, so that a run can be repeated
_LARGE = 10_000.0  # chi-square from which on its noncentral distribution is near enough to normal


@dataclass(frozen=True)
class Association:
    """What a table of options by groups says about their association.

    test : str
        "pearson", "fisher", or "" where nothing can be tested.
    rule : str
        Why that one, a sentence in the language in use.
    statistic, df : float
        Chi-square and its degrees of freedom; NaN for Fisher's test.
    p : float
        The p-value, NaN without a test.
    v, v_low, v_high : float
        Cramer's V and its interval.
    """

    test: str
    rule: str
    statistic: float = math.nan
    df: float = math.nan
    p: float = math.nan
    v: float = math.nan
    v_low: float = math.nan
    v_high: float = math.nan


def association(table, level: float = 0.95, effective: float | None = None) -> Association:
    """Return test and effect size of a table of options by groups.

    table : array-like
        People, one row an option, one column a group; with `effective` the sums of their weights.
        Rows and columns without anybody are left out.
    level : float
        Of the interval of Cramer's V.
    effective : float or None
        Of weighted answers the effective number of people, see `weights.effective_size`.

    The rule is Cochran's: Pearson's chi-square, without continuity correction, unless an expected
    count is below 1 or more than a fifth of them are below 5; then Fisher's exact test, of two by
    two all tables that are no more likely, of more TABLES random tables with the same margins,
    seed SEED, p = (1 + those no more likely) / (1 + TABLES). With weights chi-square of the
    weighted shares is divided by the design effect. Where fewer than two options or two groups
    have anybody nothing is tested. Raises TypeError or ValueError that names the argument.

    Methods: Cochran (1954), doi:10.2307/3001616; Fisher (1934), Statistical Methods for Research
    Workers, section 21.02; random tables: Patefield (1981), doi:10.2307/2346669; weights: Rao &
    Scott (1984), doi:10.1214/aos/1176346391, first order, with the design effect of Kish (1965).

    >>> found = association([[20, 10], [10, 20]])
    >>> found.test, round(found.statistic, 3), found.df, round(found.p, 4), round(found.v, 3)
    ('pearson', 6.667, 1, 0.0098, 0.333)
    """
    level, table = check_level(level), _checked(table, whole=effective is None)
    if effective is not None:
        effective = check_positive(effective, "effective", "people")
    table = _occupied(table)
    if min(table.shape) < 2:
        return Association("", tr("not tested: fewer than two options or two groups have anybody"))
    scale = 1.0 if effective is None else effective / table.sum()
    expected = _expected(table) * scale
    statistic, df = chi_square(table) * scale, (table.shape[0] - 1) * (table.shape[1] - 1)
    v = cramers_v(statistic, table.sum() * scale, table.shape, level)
    rough = expected.min() < 1 or (expected < 5).mean() > 0.2
    if rough and effective is None:
        rule, p = _fisher_rule(expected, table.shape), _fisher(table)
        return Association("fisher", rule, math.nan, math.nan, p, *v)
    rule = _weighted_rule(rough) if effective is not None else _pearson_rule()
    return Association("pearson", rule, statistic, df, float(chi2.sf(statistic, df)), *v)


def _checked(table, whole: bool) -> np.ndarray:
    """Return a table of counts, or of weights where they need not be whole, as floats."""
    kind = "whole numbers" if whole else "numbers"
    wanted = f"table: wanted rows of {kind}, 0 or more, such as [[20, 10], [10, 20]]"
    try:
        found = np.asarray(table, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"{wanted}; got {kind_of(table)}") from None
    if found.ndim != 2:
        raise TypeError(f"{wanted}; got {kind_of(table)}")
    if not (np.isfinite(found).all() and (found >= 0).all()) or (whole and (found % 1).any()):
        raise ValueError(f"{wanted}; got {kind_of(table)}")
    return found


def _occupied(table: np.ndarray) -> np.ndarray:
    table = table[table.sum(axis=1) > 0] if table.size else table.reshape(0, 0)
    return table[:, table.sum(axis=0) > 0]


def expected_counts(table) -> np.ndarray:
    """Return the counts that were to be expected if the groups answered alike.

    table : array-like
        People, one row an option, one column a group.

    >>> expected_counts([[3, 1], [1, 3]]).tolist()
    [[2.0, 2.0], [2.0, 2.0]]
    """
    return _expected(np.asarray(table, dtype=float))


def _expected(table: np.ndarray) -> np.ndarray:
    total = table.sum()
    return np.outer(table.sum(axis=1), table.sum(axis=0)) / total if total else table * 0


def chi_square(table: np.ndarray) -> float:
    """Return Pearson's chi-square of a table without empty rows and columns.

    >>> chi_square(np.array([[3.0, 1.0], [1.0, 3.0]]))
    2.0
    """
    expected = _expected(table)
    return float(((table - expected) ** 2 / expected).sum())


def _fisher(table: np.ndarray) -> float:
    counts = table.round().astype(int)
    if counts.shape == (2, 2):
        return float(fisher_exact(counts).pvalue)
    tables = random_table(counts.sum(axis=1), counts.sum(axis=0))
    drawn = tables.logpmf(tables.rvs(TABLES, random_state=np.random.default_rng(SEED)))
    as_likely = tables.logpmf(counts) + EQUALLY_LIKELY
    return float((1 + (drawn <= as_likely).sum()) / (1 + TABLES))


def _pearson_rule() -> str:
    return tr(
        "Pearson's chi-square: no expected count is below 1, at most a fifth are below 5 (Cochran)"
    )


def _fisher_rule(expected: np.ndarray, shape: tuple[int, int]) -> str:
    few, least = int((expected < 5).sum()), float(expected.min())
    about = {"few": few, "all": expected.size, "least": least}
    said = tr(
        "Fisher's exact test: {few} of {all} expected counts are below 5, the least {least:.1f} "
        "(Cochran)",
        **about,
    )
    return said if shape == (2, 2) else f"{said}; {_random_tables()}"


def _random_tables() -> str:
    return tr("by {tables:,} random tables, seed {seed}", tables=TABLES, seed=str(SEED))


def _weighted_rule(rough: bool) -> str:
    said = tr(
        "weighted: Pearson's chi-square divided by the design effect (Rao and Scott, first order)"
    )
    return f"{said}; {tr('rough, since expected counts are small')}" if rough else said


def cramers_v(
    statistic: float, n: float, shape: tuple[int, int], level: float = 0.95
) -> tuple[float, float, float]:
    """Return Cramer's V and the ends of its interval.

    statistic : float
        Pearson's chi-square.
    n : float
        People, or their effective number.
    shape : tuple of int
        Options and groups, without those that nobody chose; two or more each.
    level : float
        The confidence level, such as 0.95.

    0: the groups answer alike, 1: the group says the answer. With the limits x of the noncentrality
    parameter, those of V are sqrt((x + df) / (n (k - 1))), k the lesser number; the lower one is 0
    where x is 0, which is so for a p-value above (1 - level) / 2. V lies between them; it is not
    corrected for its upward bias. Raises TypeError or ValueError that names the argument.
    Methods: Cramer (1946), Mathematical Methods of Statistics, section 21.9; Smithson (2003),
    Confidence Intervals, chapter 4, with the 0 as in the R package confintr.

    >>> [round(each, 3) for each in cramers_v(20, 100, (2, 2))]
    [0.447, 0.27, 0.651]
    """
    level, statistic = check_level(level), check_number(statistic, "statistic")
    if statistic < 0:
        raise ValueError(f"statistic: wanted 0 or more; got {statistic!r}")
    options, groups = _checked_shape(shape)
    df = (options - 1) * (groups - 1)
    most = check_positive(n, "n", "people") * (min(options, groups) - 1)
    low, high = noncentrality_interval(statistic, df, level)
    ends = statistic, low + df if low else 0.0, high + df
    v, v_low, v_high = (min(1.0, math.sqrt(each / most)) for each in ends)
    return v, v_low, v_high


def _checked_shape(shape) -> list[int]:
    sizes = check_sequence(shape, "shape", "two whole numbers, such as (3, 2)")
    if len(sizes) != 2:
        raise ValueError(f"shape: wanted two whole numbers; got {len(sizes)}")
    return [check_whole(size, f"shape[{place}]", 2) for place, size in enumerate(sizes)]


def noncentrality_interval(statistic: float, df: int, level: float) -> tuple[float, float]:
    """Return the noncentrality parameters at which a chi-square lies at the edge of each tail.

    Where even 0 leaves it beyond the edge, the limit is 0. From a chi-square of 10,000 on the
    distribution counts as normal, with the mean df + x and the variance 2 df + 4 x.

    >>> [round(each, 3) for each in noncentrality_interval(20, 1, 0.95)]
    [6.311, 41.372]
    """
    tail = (1 - level) / 2
    return _noncentrality(statistic, df, 1 - tail), _noncentrality(statistic, df, tail)


def _noncentrality(statistic: float, df: int, below: float) -> float:
    """Return the parameter at which the chance to stay below the statistic is `below`."""
    if statistic > _LARGE:
        z = float(norm.ppf(below))
        # df + x + z sqrt(2 df + 4 x) = statistic, solved for sqrt(2 df + 4 x)
        root = math.sqrt(4 * z**2 + 4 * statistic - 2 * df) - 2 * z
        return max(0.0, (root**2 - 2 * df) / 4)
    if chi2.cdf(statistic, df) <= below:
        return 0.0
    above = statistic + 20 * math.sqrt(statistic + df) + 100
    return float(brentq(lambda x: ncx2.cdf(statistic, df, x) - below, 0, above, xtol=1e-10))
