"""A printed p-value or test statistic against the percentages that it goes with."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import chi2, hypergeom, norm

from analysis.arguments import check_text, check_whole, quoted
from analysis.counts.ranges import count_ranges
from analysis.counts.reasons import no_solution
from analysis.counts.rounding import parse_printed, printed_interval
from analysis.inference.differences import p_values

_PRINTED = re.compile(r"\s*(p|chi2|z)?\s*(<=|>=|<|>|=|≤|≥)?\s*([0-9]*[.,]?[0-9]+)\s*")
_SAME = {"≤": "<=", "≥": ">=", None: "="}
_EQUAL = 1 + 1e-9


def reported_test(
    reported: str,
    printed1: str,
    n1: int,
    printed2: str,
    n2: int,
    rounding: str = "half-any",
    limit: int = 1_000_000,
) -> pd.DataFrame:
    """Return which usual tests of two shares can give a printed p-value or test statistic.

    reported : str
        As printed: "p = .036", "p < 0.05", "chi2 = 4.28", "z = 2.07"; without a letter it is a
        p-value, without a sign "=". A number after "=" stands for all that round to it.
    printed1, printed2 : str
        The percentages, without the sign.
    n1, n2 : int
        The bases: different people. At least 1.
    rounding : str
        How the percentages were rounded, one of `rounding.RULES`.
    limit : int
        The most pairs of counts to try.

    One row a test: `test`; `low` and `high`, the ends over all possible counts of what was
    reported (missing where the test has no such statistic); `fits`: "yes" if every pair of counts
    gives the reported value, "for some counts", or "no"; `count1` and `count2`, a pair that gives
    it. Every pair is tried, since between two ends not every value is reached. No row if a
    percentage has no count; `attrs["reason"]` then says why. Raises TypeError or ValueError that
    names the argument.

    The tests are two-sided: Pearson's chi-square, Yates' correction, N - 1, the likelihood
    ratio, z with the pooled and with separate variances, Fisher's exact test with all tables
    that are no more likely or twice the smaller tail, and the mid-p of both. See Fagerland,
    Lydersen & Laake (2017), Statistical Analysis of Contingency Tables, chapter 4.

    >>> table = reported_test("p = .045", "36", 50, "58", 50)
    >>> table.loc[table["fits"] != "no", "test"].tolist()
    ['yates', 'fisher', 'fisher-central']
    """
    kind, sign, number = _parse(reported)
    limit = check_whole(limit, "limit", 1)
    sides = ((printed1, "printed1", n1, "n1"), (printed2, "printed2", n2, "n2"))
    ranges, reasons = zip(*(_side(*side, rounding) for side in sides), strict=True)
    columns = ["test", "low", "high", "fits", "count1", "count2"]
    if any(reasons):
        empty = pd.DataFrame(columns=columns)
        empty.attrs["reason"] = reasons[0] or reasons[1]
        return empty
    pairs = len(ranges[0]) * len(ranges[1])
    if pairs > limit:
        raise ValueError(f"limit: wanted at least {pairs:,}, the pairs of counts; got {limit:,}")
    a, b = (grid.ravel() for grid in np.meshgrid(*map(np.array, ranges), indexing="ij"))
    rows = [
        [test, *_compared(values(a, int(n1), b, int(n2), kind), sign, number, a, b)]
        for test, values in VARIANTS.items()
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"low": float, "high": float, "count1": "Int64", "count2": "Int64"})


def _side(printed: str, name: str, n: int, n_name: str, rounding: str) -> tuple:
    parse_printed(printed, name)
    n = check_whole(n, n_name, 1)
    return count_ranges([printed], n, rounding)[0], no_solution(printed, n, rounding=rounding)


def _parse(reported: str) -> tuple[str, str, str]:
    """Return what was reported, its sign and its number as text, with a point."""
    match = _PRINTED.fullmatch(check_text(reported, "reported")[:60])
    if not match:
        raise ValueError(
            'reported: wanted a p-value or statistic, such as "p = .036", "p < .05" or '
            f'"chi2 = 4.28"; got {quoted(reported)}'
        )
    kind, sign, number = match.groups()
    number = number.replace(",", ".")
    kind, number = kind or "p", f"0{number}" if number.startswith(".") else number
    if kind == "p" and float(number) > 1:
        raise ValueError(f"reported: wanted a p-value up to 1; got {quoted(reported)}")
    return kind, _SAME.get(sign, sign), number


def _compared(values, sign: str, number: str, a: np.ndarray, b: np.ndarray) -> list:
    """Return the ends of what a test gives, and whether and where it gives what was reported."""
    if values is None:
        return [np.nan, np.nan, "no", pd.NA, pd.NA]
    fits = _agrees(values, sign, number)
    where = int(np.argmax(fits))
    said = "yes" if fits.all() else "for some counts" if fits.any() else "no"
    pair = [int(a[where]), int(b[where])] if fits.any() else [pd.NA, pd.NA]
    return [float(values.min()), float(values.max()), said, *pair]


def _agrees(values: np.ndarray, sign: str, number: str) -> np.ndarray:
    limit = float(number)
    if sign == "=":
        around = printed_interval(number)
        low, high = float(around.low), float(around.high)
        return (values >= low / _EQUAL) & (values <= high * _EQUAL)
    return {
        "<": values < limit,
        "<=": values <= limit * _EQUAL,
        ">": values > limit,
        ">=": values >= limit / _EQUAL,
    }[sign]


def _from_chi_square(statistic: Callable) -> Callable:
    """Return a test that has chi-square, its root z and a p-value."""

    def values(a, n1, b, n2, kind):
        found = statistic(a.astype(float), float(n1), b.astype(float), float(n2))
        return {"chi2": found, "z": np.sqrt(found), "p": chi2.sf(found, 1)}[kind]

    return values


def _from_p(p_value: Callable) -> Callable:
    """Return a test that has a p-value only."""
    return lambda a, n1, b, n2, kind: p_value(a, n1, b, n2) if kind == "p" else None


def _pooled(a, n1, b, n2, less: float = 0.0, factor: float = 0.0):
    total, chosen = n1 + n2, a + b
    gap = np.maximum(0.0, np.abs(a * n2 - b * n1) - less * total / 2)
    return (total - factor) * gap**2 / (n1 * n2 * np.maximum(chosen * (total - chosen), 1))


def _likelihood(a, n1, b, n2):
    total, chosen = n1 + n2, a + b
    cells = [(a, n1, chosen), (n1 - a, n1, total - chosen)]
    cells += [(b, n2, chosen), (n2 - b, n2, total - chosen)]
    parts = [k * np.log(np.maximum(k, 1) * total / np.maximum(n * c, 1)) for k, n, c in cells]
    return np.maximum(0.0, 2 * sum(parts))


def _separate(a, n1, b, n2, kind):
    p1, p2 = a / n1, b / n2
    spread = np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    gap = np.abs(p1 - p2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(gap == 0, 0.0, gap / spread)
    return {"z": z, "chi2": z**2, "p": 2 * norm.sf(z)}[kind]


def _tails(a, n1, b, n2) -> tuple:
    given = hypergeom(n1 + n2, n1, a + b)
    return given.cdf(a), given.sf(a - 1), given.pmf(a)


def _central(a, n1, b, n2):
    lower, upper, _ = _tails(a, n1, b, n2)
    return np.minimum(1.0, 2 * np.minimum(lower, upper))


def _central_mid(a, n1, b, n2):
    lower, upper, here = _tails(a, n1, b, n2)
    return np.minimum(1.0, 2 * np.minimum(lower, upper) - here)


def _fisher(a, n1, b, n2):
    return p_values(a, n1, b, n2, "fisher")


def _fisher_mid(a, n1, b, n2):
    return _fisher(a, n1, b, n2) - _tails(a, n1, b, n2)[2] / 2


VARIANTS: dict[str, Callable] = {
    "pearson": _from_chi_square(_pooled),
    "yates": _from_chi_square(lambda *table: _pooled(*table, less=1.0)),
    "n-1": _from_chi_square(lambda *table: _pooled(*table, factor=1.0)),
    "likelihood-ratio": _from_chi_square(_likelihood),
    "wald-z": _separate,
    "fisher": _from_p(_fisher),
    "fisher-central": _from_p(_central),
    "mid-p": _from_p(_fisher_mid),
    "mid-p-central": _from_p(_central_mid),
}
