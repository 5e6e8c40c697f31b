"""A printed p-value or test statistic against the percentages that it goes with."""

import math
import re

import numpy as np
import pandas as pd
from scipy.stats import chi2

from analysis.arguments import check_text, check_whole
from analysis.counts.ranges import count_ranges
from analysis.counts.reasons import no_solution
from analysis.counts.rounding import parse_printed, printed_interval
from analysis.failures import quoted
from analysis.inference.differences import EQUALLY_LIKELY

_PRINTED = re.compile(
    r"\s*(?P<kind>p|z|(?:chi|χ|x)-?(?:2|²|square)(?:\s*\(1\))?)?\s*(?P<sign><=|>=|<|>|=|≤|≥)?"
    r"\s*(?P<minus>[-−])?\s*(?P<number>[0-9]*[.,]?[0-9]+)\s*",
    re.IGNORECASE,
)
_SAME = {"≤": "<=", "≥": ">=", None: "="}
_EQUAL = 1 + 1e-9
EXACT = ("fisher", "fisher-central", "mid-p", "mid-p-central")
ANY = "any of them"
_COLUMNS = ["test", "low", "high", "values", "fits", "nearest", "count1", "count2"]


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
        As printed: "p = .036", "p < 0.05", "chi2(1) = 4.28", "χ² = 4,28", "z = -2.07"; without a
        letter it is a p-value, without a sign "=". A number after "=" stands for all that round
        to it; the sign of z does not count.
    printed1, printed2 : str
        The percentages, without the sign.
    n1, n2 : int
        The bases: different people. At least 1.
    rounding : str
        How the percentages were rounded, one of `rounding.RULES`.
    limit : int
        The most pairs of counts to try.

    One row a test, and a last one for any of them:

    test
        Its name, or "any of them".
    low, high
        The ends over all possible counts; missing where the test has no such statistic.
    values
        All that it can give, rounded as the reported number is, such as "0.03, 0.05–0.07": the
        pairs of counts are tried one by one, since not everything between two ends is reached.
    fits
        "yes" if every pair of counts gives what is reported, "for some counts", or "no".
    nearest, count1, count2
        What comes nearest to it, unrounded, and a pair of counts that gives this.

    No row if a percentage has no count; `attrs["reason"]` then says why. Raises TypeError or
    ValueError that names the argument.

    The tests are two-sided: Pearson's chi-square, Yates' correction, N - 1, the likelihood
    ratio, z with the pooled and with separate variances, Fisher's exact test with all tables
    that are no more likely or twice the smaller tail, and the mid-p of both. See Fagerland,
    Lydersen & Laake (2017), Statistical Analysis of Contingency Tables, chapter 4.

    >>> table = reported_test("p = .045", "36", 50, "58", 50)
    >>> table.loc[table["fits"] != "no", "test"].tolist()
    ['yates', 'fisher', 'fisher-central', 'any of them']
    >>> table["values"].iloc[-1]
    '0.024, 0.027–0.028, 0.030, 0.037, 0.045'
    """
    kind, sign, number = _parse(reported)
    limit = check_whole(limit, "limit", 1)
    sides = ((printed1, "printed1", n1, "n1"), (printed2, "printed2", n2, "n2"))
    ranges, reasons = zip(*(_side(*side, rounding) for side in sides), strict=True)
    if any(reasons):
        empty = pd.DataFrame(columns=_COLUMNS)
        empty.attrs["reason"] = reasons[0] or reasons[1]
        return empty
    pairs = len(ranges[0]) * len(ranges[1])
    if pairs > limit:
        raise ValueError(f"limit: wanted at least {pairs:,}, the pairs of counts; got {limit:,}")
    a, b = (grid.ravel() for grid in np.meshgrid(*map(np.array, ranges), indexing="ij"))
    found = usual_tests(a, int(n1), b, int(n2), kind)
    found[ANY] = np.stack([values for values in found.values() if values is not None])
    rows = [[test, *_compared(values, sign, number, a, b)] for test, values in found.items()]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    numbers = dict.fromkeys(("low", "high", "nearest"), float)
    return table.astype(numbers | {"count1": "Int64", "count2": "Int64"})


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
    kind, number = (match["kind"] or "p").lower(), match["number"].replace(",", ".")
    number = f"0{number}" if number.startswith(".") else number
    if kind != "z" and match["minus"]:
        raise ValueError(f"reported: wanted 0 or more; got {quoted(reported)}")
    if kind == "p" and float(number) > 1:
        raise ValueError(f"reported: wanted a p-value up to 1; got {quoted(reported)}")
    return kind if kind in "pz" else "chi2", _SAME.get(match["sign"], match["sign"]), number


def _compared(values, sign: str, number: str, a: np.ndarray, b: np.ndarray) -> list:
    """Return what a test can give, whether that is what was reported, and what comes nearest.

    values : numpy.ndarray or None
        One for each pair of counts; with several rows each is a test of its own.
    """
    if values is None:
        return [np.nan, np.nan, "", "no", np.nan, pd.NA, pd.NA]
    rows = np.atleast_2d(values)
    fits = _agrees(rows, sign, number).any(axis=0)
    said = "yes" if fits.all() else "for some counts" if fits.any() else "no"
    away = {"=": np.abs(rows - float(number)), "<": rows, ">": -rows}[sign[0]]
    test, pair = np.unravel_index(np.argmin(away), rows.shape)
    nearest = [float(rows[test, pair]), int(a[pair]), int(b[pair])]
    shown = _shown(rows, len(number.partition(".")[2]))
    return [float(rows.min()), float(rows.max()), shown, said, *nearest]


def _shown(values: np.ndarray, decimals: int) -> str:
    """Return the values rounded, as text: unbroken runs by their ends."""
    steps = np.unique(np.floor(values[np.isfinite(values)] * 10.0**decimals + 0.5))
    runs = np.split(steps, np.flatnonzero(np.diff(steps) > 1) + 1)
    ends = [dict.fromkeys((run[0], run[-1])) for run in runs if len(run)]
    return ", ".join("–".join(f"{end / 10**decimals:.{decimals}f}" for end in run) for run in ends)


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


def usual_tests(
    a: np.ndarray, n1: int, b: np.ndarray, n2: int, kind: str
) -> dict[str, np.ndarray | None]:
    """Return what each usual test makes of tables with the same bases.

    a, b : numpy.ndarray of int
        The counts, one pair a table.
    kind : str
        "p", "chi2" or "z". The exact tests have a p-value only; they are None otherwise.

    >>> found = usual_tests(np.array([3]), 4, np.array([1]), 4, "p")
    >>> {test: round(float(p[0]), 3) for test, p in found.items()}["fisher"]
    0.486
    """
    table = (a.astype(float), float(n1), b.astype(float), float(n2))
    squares = {
        "pearson": _pooled(*table),
        "yates": _pooled(*table, less=1.0),
        "n-1": _pooled(*table, factor=1.0),
        "likelihood-ratio": _likelihood(*table),
        "wald-z": _separate(*table),
    }
    own = {"chi2": lambda square: square, "z": np.sqrt, "p": lambda square: chi2.sf(square, 1)}
    exact = _exact(a, n1, b, n2) if kind == "p" else [None] * len(EXACT)
    return {test: own[kind](square) for test, square in squares.items()} | dict(
        zip(EXACT, exact, strict=True)
    )


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


def _separate(a, n1, b, n2):
    p1, p2 = a / n1, b / n2
    spread = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p1 == p2, 0.0, (p1 - p2) ** 2 / spread)


def _exact(a: np.ndarray, n1: int, b: np.ndarray, n2: int) -> np.ndarray:
    """Return the p-values of the exact tests, a row a test; tables of one total share sums."""
    order = np.argsort(a + b, kind="stable")
    totals, starts = np.unique((a + b)[order], return_index=True)
    found = np.empty((len(EXACT), len(a)))
    for total, group in zip(totals.tolist(), np.split(order, starts[1:]), strict=True):
        lower, upper, rare, here = _tails(a[group], n1, n2, total)
        central = 2 * np.minimum(lower, upper)
        found[:, group] = rare, central, rare - here / 2, central - here
    return np.minimum(found, 1.0)


def _tails(a: np.ndarray, n1: int, n2: int, total: int) -> tuple[np.ndarray, ...]:
    """Return the chances of up to `a`, of `a` or more, of all no likelier than it, and of it.

    The chances stand in one array around the likeliest count; beyond 40 standard deviations they
    are less than a float can hold.
    """
    everybody, likeliest = n1 + n2, (total + 1) * (n1 + 1) // (n1 + n2 + 2)
    variance = total / everybody * (everybody - total) * n1 / everybody * n2 / everybody
    reach = 300 + 40 * math.ceil(math.sqrt(variance))
    first = max(0, total - n2, likeliest - reach)
    k = np.arange(first, min(n1, total, likeliest + reach), dtype=float)
    steps = np.log((n1 - k) * (total - k) / ((k + 1) * (n2 - total + k + 1)))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    chances = np.concatenate([[0.0], chances / chances.sum(), [0.0]])
    lower, upper = np.cumsum(chances), np.cumsum(chances[::-1])
    place = np.clip(a - first + 1, 0, len(chances) - 1)
    top, limit = np.argmax(chances) + 1, chances[place] * (1 + EQUALLY_LIKELY)
    rising = np.searchsorted(chances[:top], limit, "right") - 1
    falling = np.searchsorted(chances[top:][::-1], limit, "right") - 1
    return lower[place], upper[::-1][place], lower[rising] + upper[falling], chances[place]
