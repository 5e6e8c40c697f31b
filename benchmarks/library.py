"""Print how long the exact functions take for large numbers of people, beside small ones.

Run: python benchmarks/library.py. Seconds differ between machines, so each row is a ratio: the
function against itself at a thousand people, or against another way to the same answer, both
measured in turn in the same run. Where a number of people is no matter the ratio is near 1.
"""

import functools
import time
import warnings
from collections.abc import Callable, Iterator
from itertools import product
from statistics import median
from typing import Any, NamedTuple

import pandas as pd
from scipy.stats import chi2, fisher_exact, hypergeom

from analysis import counts, inference
from analysis.survey.audit import audit

ROUNDS = 5
_SHORTEST = 0.02  # seconds of one measurement; a quicker call is repeated

FEW, MANY = 10**3, 10**12


class Row(NamedTuple):
    """One row: what is measured, and beside what; a row without `reference` has no ratio."""

    name: str
    call: Callable[[], Any]
    reference: Callable[[], Any] | None = None
    beside: str = ""


def question(options: int) -> list[str]:
    """Return whole percentages that add up to 100, nearly equal.

    >>> question(3)
    ['34', '33', '33']
    """
    return [str(100 // options + (place < 100 % options)) for place in range(options)]


BY_PEOPLE: dict[str, Callable[[int], Any]] = {
    "possible_counts": lambda n: counts.possible_counts("17", n),
    "possible_bases": lambda n: counts.possible_bases(["45", "28", "22", "4"], n),
    "possible_totals": lambda n: counts.possible_totals(n, "8"),
    "number_of_vectors, 8 options": lambda n: counts.number_of_vectors(question(8), n),
    "possible_ranks": lambda n: counts.possible_ranks(["33", "32", "35"], n),
    "unprinted_bounds": lambda n: counts.unprinted_bounds(["31", "27"], n, 3, 2),
    "printed_sum_distribution, 20 options": lambda n: counts.printed_sum_distribution(20, n),
    "no_solution": lambda n: counts.no_solution(["45", "28", "20"], n),
    "proportion_bounds": lambda n: inference.proportion_bounds("17", n),
    "proportion_interval, hypergeometric, 10 of n people": lambda n: inference.proportion_interval(
        1, 10, method="hypergeometric", population=n
    ),
    "multinomial_bounds, 8 options": lambda n: inference.multinomial_bounds(question(8), n),
    "multinomial_interval, Sison-Glaz, 8 options": lambda n: inference.multinomial_interval(
        [n // 8] * 8, method="sison-glaz"
    ),
    "goodness_of_fit_bounds, 8 options": lambda n: inference.goodness_of_fit_bounds(
        question(8), n, [1 / 8] * 8
    ),
    "neighbour_tests": lambda n: inference.neighbour_tests(["39", "25", "18", "18"], n),
    "neighbour_tests, two samples": lambda n: inference.neighbour_tests(
        ["39", "25", "18", "17"], n, same_people=False
    ),
    "dependent_difference_bounds": lambda n: inference.dependent_difference_bounds("33", "32", n),
    "difference_bounds, Pearson": lambda n: inference.difference_bounds("33", n, "33", n + 7),
    "difference_bounds, Fisher": lambda n: inference.difference_bounds(
        "33", n, "33", n + 7, test="fisher"
    ),
}


def rows() -> Iterator[Row]:
    """Yield every row: functions by the number of people, then beside other ways."""
    for name, call in BY_PEOPLE.items():
        at = {n: functools.partial(call, n) for n in (FEW, MANY)}
        yield Row(f"{name}, n = 10^12", at[MANY], at[FEW], "n = 10^3")
    yield Row("multinomial_interval, Sison-Glaz, n = 10^5", lambda: BY_PEOPLE[_SISON_GLAZ](10**5))
    yield from against_others()
    yield from growing()


_SISON_GLAZ = "multinomial_interval, Sison-Glaz, 8 options"


def against_others() -> Iterator[Row]:
    """Yield exact functions beside another way to the same answer, once both are seen to agree."""
    fit = functools.partial(inference.goodness_of_fit_bounds, question(5), 500, [1 / 5] * 5)
    agree(fit(), every_fit(5, 500))
    yield Row("goodness_of_fit_bounds, n = 500", fit, lambda: every_fit(5, 500), "every solution")
    bounds = functools.partial(inference.difference_bounds, "12", 700, "15", 700, "fisher")
    agree(bounds(), every_table("12", "15", 700))
    yield Row(
        "difference_bounds, Fisher, n = 700",
        bounds,
        lambda: every_table("12", "15", 700),
        "scipy's fisher_exact of every table",
    )
    yield Row(
        "difference_test, Fisher, n = 10^6",
        lambda: inference.difference_test(333_000, 10**6, 334_500, 10**6, "fisher"),
        lambda: fisher_exact([[333_000, 667_000], [334_500, 665_500]]),
        "scipy's fisher_exact",
    )
    yield Row(
        "proportion_interval, hypergeometric, 10 of 10^8",
        lambda: inference.proportion_interval(1, 10, method="hypergeometric", population=10**8),
        lambda: hypergeom.sf(0, 10**8, 10**7, 10),
        "one tail of scipy's hypergeom",
    )


def growing() -> Iterator[Row]:
    """Yield functions whose time grows with their input, beside a tenth of it."""
    for name, call, small, large in (
        ("possible_splits, 2 groups", splits, 10**4, 10**5),
        ("reported_test", reported, 100, 1000),
        ("cross_table_bounds, 3 groups of 3", cross_table, 100, 1000),
        ("audit, questions of 5 options", own_survey, 10, 100),
    ):
        yield Row(
            f"{name}, {large:,}",
            functools.partial(call, large),
            functools.partial(call, small),
            f"{small:,}",
        )


def splits(n: int) -> list:
    """Return how `n` people can split into two groups."""
    return counts.possible_splits("40", n, ["20", "50"])


def reported(n: int) -> pd.DataFrame:
    """Return which tests give a printed p-value for two samples of `n` people."""
    return inference.reported_test("p=.04", "36", n, "38", n)


def cross_table(n: int) -> list:
    """Return the bounds of a table with three options, its groups a little apart."""
    shares = [[str(30 + group), "40", str(30 - group)] for group in range(3)]
    return inference.cross_table_bounds(shares, [n // 10 + group for group in range(3)])


def own_survey(questions: int) -> pd.DataFrame:
    """Return the audit of so many questions with five options each."""
    options = [(name, text) for name in range(questions) for text in question(5)]
    return audit(pd.DataFrame(options, columns=["question", "printed"]), 200)


def every_fit(options: int, n: int) -> tuple[float, float]:
    """Return the bounds of the chi-square p-value by trying every joint solution."""
    sets = [counts.possible_counts(text, n) for text in question(options)]
    values = [
        sum((count - n / options) ** 2 / (n / options) for count in each)
        for each in product(*sets)
        if sum(each) == n
    ]
    return float(chi2.sf(max(values), options - 1)), float(chi2.sf(min(values), options - 1))


def every_table(printed1: str, printed2: str, n: int) -> tuple[float, float]:
    """Return the bounds of Fisher's p-value by asking scipy for every table."""
    sets = [counts.possible_counts(text, n) for text in (printed1, printed2)]
    values = [float(fisher_exact([[a, n - a], [b, n - b]]).pvalue) for a, b in product(*sets)]
    return min(values), max(values)


def agree(bounds: inference.Bounds, ends: tuple[float, float]) -> None:
    """Raise SystemExit unless bounds are the ends that were found another way."""
    for found, end in zip((bounds.low, bounds.high), ends, strict=True):
        if abs(found - end) > 1e-7 * end:
            raise SystemExit(f"{bounds} is not {ends}")


def seconds(call: Callable[[], Any]) -> float:
    """Return the CPU time of one call, the mean of as many as take a while together."""
    start, calls = time.process_time(), 0
    while not calls or time.process_time() - start < _SHORTEST:
        call()
        calls += 1
    return (time.process_time() - start) / calls


def measured(row: Row, rounds: int = ROUNDS) -> tuple[list[float], list[float]]:
    """Return the seconds of each round, and the ratios to the reference measured beside it."""
    times, ratios = [], []
    row.call()  # the first call imports
    for _ in range(rounds):
        times.append(seconds(row.call))
        if row.reference:
            ratios.append(times[-1] / seconds(row.reference))
    return times, ratios


def shown(row: Row, times: list[float], ratios: list[float]) -> str:
    """Return a row as a line of text: milliseconds, ratios, name, what it is beside."""
    ends = [f(ratios) for f in (min, median, max)] if ratios else []
    cells = "".join(f"{ratio:9.3g}" for ratio in ends) or " " * 27
    beside = f" (against {row.beside})" if row.beside else ""
    return f"{1000 * median(times):9.3f}{cells}  {row.name}{beside}"


def main() -> None:
    """Print every row."""
    warnings.simplefilter("ignore")
    print(f"{'ms':>9}{'min':>9}{'median':>9}{'max':>9}  ratio of")
    for row in rows():
        print(shown(row, *measured(row)), flush=True)


if __name__ == "__main__":
    main()
