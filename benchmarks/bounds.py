"""Print how the time of the exact methods grows with the base n and the number of options k.

Run: python benchmarks/bounds.py. Seconds differ between machines; the ratios, taken within
one run, should not. The first case of each table is its baseline.
"""

import time
from itertools import product

import pandas as pd
from scipy.stats import chi2

from analysis.counts.head_counts import number_of_vectors, possible_counts
from analysis.counts.splits import possible_splits
from analysis.inference.cross_tables import cross_table_bounds
from analysis.inference.reported import reported_test
from analysis.inference.share_bounds import difference_bounds, goodness_of_fit_bounds
from analysis.survey.audit import audit

BASES = [10**exponent for exponent in range(2, 7)]
OPTIONS = range(2, 9)
MILLION = 1_000_000


def seconds(call, budget=0.2):
    """Return the least time of several calls within the budget, at least one."""
    best, spent = float("inf"), 0.0
    while spent < budget or not spent:
        start = time.perf_counter()
        call()
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return best


def print_growth(title, name, cases, call):
    """Print one row a case: its time, and that over the time of the first case."""
    print(f"\n{title}\n{name:>12} {'ms':>10} {'ratio':>8}")
    baseline = None
    for case in cases:
        took = seconds(lambda case=case: call(case))
        baseline = baseline or took
        print(f"{case:>12,} {1000 * took:>10.3f} {took / baseline:>8.1f}")


def question(k):
    """Return whole percentages of k options that add up to 100, nearly equal."""
    return [str(100 // k + (place < 100 % k)) for place in range(k)]


def fit(k, n):
    """Return the exact bounds of the fit to equal shares."""
    return goodness_of_fit_bounds(question(k), n, [1 / k] * k)


def rounded_fit(k, n):
    """Return the exact bounds of the fit to equal shares that are printed."""
    return goodness_of_fit_bounds(question(k), n, question(k), test="pearson")


def cross_table(groups, n):
    """Return the bounds of a table with three options, its groups a little apart."""
    shares = [[str(30 + group), "40", str(30 - group)] for group in range(groups)]
    return cross_table_bounds(shares, [n + group for group in range(groups)], limit=10**8)


def own_survey(questions):
    """Return the audit of so many questions with five options each."""
    rows = [(name, text) for name in range(questions) for text in question(5)]
    return audit(pd.DataFrame(rows, columns=["question", "printed"]), 200)


def brute_force(k, n):
    """Return the bounds of the chi-square p-value by trying every joint solution."""
    sets = [possible_counts(text, n) for text in question(k)]
    values = [
        sum((count - n / k) ** 2 / (n / k) for count in counts)
        for counts in product(*sets)
        if sum(counts) == n
    ]
    return chi2.sf(max(values), k - 1), chi2.sf(min(values), k - 1)


def print_against_brute_force():
    """Print how many times longer trying every solution takes, where that is feasible."""
    print("\ngoodness_of_fit_bounds against trying every solution")
    print(f"{'k':>3} {'n':>6} {'solutions':>10} {'exact ms':>9} {'brute ms':>9} {'ratio':>8}")
    for k, n in [(3, 1000), (4, 1000), (5, 500), (5, 1000)]:
        exact, brute = fit(k, n), brute_force(k, n)
        agree = all(
            abs(a - b) <= 1e-9 * b for a, b in zip((exact.low, exact.high), brute, strict=True)
        )
        if not agree:
            raise SystemExit(f"k={k}, n={n}: {exact} is not {brute}")
        fast = seconds(lambda k=k, n=n: fit(k, n))
        slow = seconds(lambda k=k, n=n: brute_force(k, n), budget=0)
        solutions = number_of_vectors(question(k), n)
        print(
            f"{k:>3} {n:>6,} {solutions:>10,} {1000 * fast:>9.2f} {1000 * slow:>9.1f} "
            f"{slow / fast:>8.0f}"
        )


def main():
    """Print every table."""
    print_growth("possible_counts, one share", "n", BASES, lambda n: possible_counts("33", n))
    print_growth(
        "number_of_vectors, 8 options", "n", BASES, lambda n: number_of_vectors(question(8), n)
    )
    print_growth(
        f"number_of_vectors, n = {MILLION:,}",
        "k",
        OPTIONS,
        lambda k: number_of_vectors(question(k), MILLION),
    )
    print_growth("goodness_of_fit_bounds, 8 options", "n", BASES, lambda n: fit(8, n))
    print_growth(
        f"goodness_of_fit_bounds, n = {MILLION:,} (k = 2 is the exact binomial)",
        "k",
        OPTIONS,
        lambda k: fit(k, MILLION),
    )
    for test in ("pearson", "fisher"):
        print_growth(
            f"difference_bounds, {test}",
            "n",
            BASES,
            lambda n, test=test: difference_bounds("33", n, "35", n, test),
        )
    print_growth(
        "goodness_of_fit_bounds, n = 100, printed reference",
        "k",
        range(2, 9),
        lambda k: rounded_fit(k, 100),
    )
    print_growth(
        "reported_test, all tests",
        "n",
        BASES[:3],
        lambda n: reported_test("p=.04", "36", n, "38", n),
    )
    print_growth(
        "cross_table_bounds, 3 groups of 3", "n", [100, 300, 500], lambda n: cross_table(3, n)
    )
    print_growth(
        "possible_splits, 3 groups",
        "n",
        [100, 300, 1000],
        lambda n: possible_splits("40", n, ["20", "50", "70"]),
    )
    print_growth("audit, questions of 5 options", "questions", [1, 10, 100], own_survey)
    print_against_brute_force()


if __name__ == "__main__":
    main()
