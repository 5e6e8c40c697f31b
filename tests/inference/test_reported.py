"""Printed statistics against percentages, by hand, by published cases and by whole fractions."""

import re
import time
from fractions import Fraction
from math import comb, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.head_counts import possible_counts
from analysis.inference.differences import p_values
from analysis.inference.reported import ANY, reported_test, usual_tests

TESTS = tuple(usual_tests(np.array([1]), 2, np.array([1]), 2, "p"))


def p_value(test, a, n1, b, n2):
    return float(usual_tests(np.array([a]), n1, np.array([b]), n2, "p")[test][0])


def statistic(test, a, n1, b, n2):
    return float(usual_tests(np.array([a]), n1, np.array([b]), n2, "chi2")[test][0])


def fitting(table):
    return set(table.loc[table["fits"] != "no", "test"]) - {ANY}


def test_eighteen_and_29_of_fifty_by_hand():
    # 18 * 21 - 32 * 29 = -550; 2500 * 47 * 53 = 6,227,500.
    table = (18, 50, 29, 50)
    assert statistic("pearson", *table) == pytest.approx(100 * 550**2 / 6_227_500)
    assert statistic("yates", *table) == pytest.approx(100 * 500**2 / 6_227_500)
    assert statistic("n-1", *table) == pytest.approx(99 * 550**2 / 6_227_500)
    parts = 18 * log(18 / 23.5) + 32 * log(32 / 26.5) + 29 * log(29 / 23.5) + 21 * log(21 / 26.5)
    assert statistic("likelihood-ratio", *table) == pytest.approx(2 * parts)
    z = 0.22 / sqrt((0.36 * 0.64 + 0.58 * 0.42) / 50)
    assert statistic("wald-z", *table) == pytest.approx(z**2)


def test_fishers_tests_agree_with_the_book_of_fagerland():
    # Chapter 4, by the book's R package; and the lady tasting tea, 34 of 70 tables.
    assert p_value("fisher", 0, 16, 15, 72) == pytest.approx(0.06287, abs=5.1e-6)
    assert p_value("fisher", 3, 4, 1, 4) == pytest.approx(34 / 70)
    # Of those, 16 have her own three cups: half of them less.
    assert p_value("mid-p", 3, 4, 1, 4) == pytest.approx(26 / 70)
    assert p_value("mid-p-central", 3, 4, 1, 4) == pytest.approx((2 * 17 - 16) / 70)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), n1=st.integers(1, 25), n2=st.integers(1, 25))
def test_exact_tests_are_sums_of_whole_fractions(data, n1, n2):
    a, b = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    ways = {k: comb(n1, k) * comb(n2, a + b - k) for k in range(n1 + 1) if 0 <= a + b - k <= n2}
    all_ways = comb(n1 + n2, a + b)
    lower = sum(way for k, way in ways.items() if k <= a)
    upper = sum(way for k, way in ways.items() if k >= a)
    as_rare = sum(way for way in ways.values() if way <= ways[a])
    expected = {
        "fisher": Fraction(as_rare, all_ways),
        "fisher-central": min(1, Fraction(2 * min(lower, upper), all_ways)),
        "mid-p": Fraction(2 * as_rare - ways[a], 2 * all_ways),
        "mid-p-central": min(1, Fraction(2 * min(lower, upper) - ways[a], all_ways)),
    }
    for test, fraction in expected.items():
        assert p_value(test, a, n1, b, n2) == pytest.approx(float(fraction), rel=1e-7), test


def test_a_printed_p_names_the_tests_that_give_it():
    assert fitting(reported_test("p = .045", "36", 50, "58", 50)) == {
        "yates",
        "fisher",
        "fisher-central",
    }
    assert fitting(reported_test("chi2 = 4.86", "36", 50, "58", 50)) == {"pearson"}
    for same in ("χ² = 4,86", "chi-square(1) = 4.86", "X2=4.86"):
        assert fitting(reported_test(same, "36", 50, "58", 50)) == {"pearson"}
    assert fitting(reported_test("z = 2,20", "36", 50, "58", 50)) == {"pearson"}
    assert fitting(reported_test("z = -2.20", "36", 50, "58", 50)) == {"pearson"}
    assert fitting(reported_test("p > .05", "36", 50, "58", 50)) == set()
    assert fitting(reported_test("p<.05", "36", 50, "58", 50)) == set(TESTS)


def test_between_two_ends_not_every_value_is_reached():
    # 17 and 19 percent of 109 are 18 or 19, and 21 people: two tables.
    table = reported_test("p = .7000", "17", 109, "19", 109).set_index("test")
    assert table.loc["pearson", ["values", "fits"]].tolist() == ["0.5960, 0.7264", "no"]
    assert table.loc["pearson", ["count1", "count2"]].tolist() == [19, 21]


@settings(max_examples=40, deadline=None)
@given(
    percents=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    n=st.integers(60, 160),
    p=st.integers(0, 99),
)
def test_what_fits_and_what_is_nearest_are_found_among_all_pairs_of_counts(percents, n, p):
    one, two = map(str, percents)
    table = reported_test(f"p = .{p:02d}", one, n, two, n + 7).set_index("test")
    pairs = [(a, b) for a in possible_counts(one, n) for b in possible_counts(two, n + 7)]
    if not pairs:
        assert table.empty
        assert "reason" in table.attrs
        return
    given = {test: [p_value(test, a, n, b, n + 7) for a, b in pairs] for test in TESTS}
    hits = {t: [abs(v - p / 100) <= 0.005 + 1e-12 for v in given[t]] for t in TESTS}
    hits[ANY] = [any(each) for each in zip(*hits.values(), strict=True)]
    given[ANY] = [v for values in given.values() for v in values]
    for test, values in given.items():
        row = table.loc[test]
        said = "yes" if all(hits[test]) else "for some counts" if any(hits[test]) else "no"
        assert row["fits"] == said
        assert (row["low"], row["high"]) == (min(values), max(values))
        assert abs(row["nearest"] - p / 100) == min(abs(v - p / 100) for v in values)
        if test != ANY:
            assert p_value(test, row["count1"], n, row["count2"], n + 7) == row["nearest"]
        assert covered(row["values"]) == {int(np.floor(100 * v + 0.5)) for v in values}


def covered(text):
    """Return the hundredths in a list of runs."""
    runs = [[round(100 * float(end)) for end in run.split("–")] for run in text.split(", ")]
    return {step for run in runs for step in range(run[0], run[-1] + 1)}


def test_together_the_tests_give_what_each_gives_and_nothing_between():
    # z .0239, likelihood ratio .0269, Pearson .0275, n - 1 .0283, mid-p .0302 and .0374,
    # Fisher .0446, Yates .0451
    table = reported_test("p = .032", "36", 50, "58", 50).set_index("test")
    together = "0.024, 0.027–0.028, 0.030, 0.037, 0.045"
    assert table.loc[ANY, ["values", "fits"]].tolist() == [together, "no"]
    assert table.loc[ANY, "nearest"] == table.loc["mid-p-central", "nearest"]


@settings(max_examples=40, deadline=None)
@given(data=st.data(), n1=st.integers(1, 10**6), n2=st.integers(1, 3000))
def test_fishers_p_is_the_one_that_halving_the_range_finds(data, n1, n2):
    a, b = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    expected = p_values(np.array([a]), n1, np.array([b]), n2, "fisher")[0]
    assert p_value("fisher", a, n1, b, n2) == pytest.approx(expected, rel=1e-6, abs=1e-290)


def test_ten_thousand_tables_take_no_two_seconds():
    start = time.perf_counter()
    reported_test("p = .04", "36", 9900, "38", 9900)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("reported", "message"),
    [
        ("about .04", "reported: wanted a p-value or"),
        ("chi2(3) = 4.28", "reported: wanted a p-value or"),
        ("p = 4", "reported: wanted a p-value up"),
        ("chi2 = -4.28", "reported: wanted 0 or more"),
    ],
)
def test_what_is_no_statistic_is_refused(reported, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        reported_test(reported, "36", 50, "58", 50)


def test_too_many_pairs_are_refused_with_their_number():
    # 71,355 to 73,365 people, and 115,575 - 117,585
    with pytest.raises(ValueError, match=r"^limit: wanted at least 4,044,121"):
        reported_test("p < .05", "36", 201_000, "58", 201_000)
