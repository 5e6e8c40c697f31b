"""Printed statistics against percentages, by hand, by published cases and by whole fractions."""

import re
from fractions import Fraction
from math import comb, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.head_counts import possible_counts
from analysis.inference.reported import VARIANTS, reported_test


def p_value(test, a, n1, b, n2):
    return float(VARIANTS[test](np.array([a]), n1, np.array([b]), n2, "p")[0])


def statistic(test, a, n1, b, n2):
    return float(VARIANTS[test](np.array([a]), n1, np.array([b]), n2, "chi2")[0])


def fitting(table):
    return set(table.loc[table["fits"] != "no", "test"])


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
    assert fitting(reported_test("z = 2,20", "36", 50, "58", 50)) == {"pearson"}
    assert fitting(reported_test("p > .05", "36", 50, "58", 50)) == set()
    assert fitting(reported_test("p<.05", "36", 50, "58", 50)) == set(VARIANTS)


def test_between_two_ends_not_every_value_is_reached():
    # 17 and 19 percent of 109 are 18 or 19 and 20, 21 people: few p-values, with gaps between.
    table = reported_test("p = .7000", "17", 109, "19", 109).set_index("test")
    assert table.loc["pearson", "low"] < 0.7 < table.loc["pearson", "high"]
    assert table.loc["pearson", "fits"] == "no"


@settings(max_examples=30, deadline=None)
@given(
    percents=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    n=st.integers(60, 160),
    p=st.integers(0, 99),
)
def test_a_fit_is_found_exactly_where_some_pair_of_counts_gives_it(percents, n, p):
    one, two = map(str, percents)
    table = reported_test(f"p = .{p:02d}", one, n, two, n + 7).set_index("test")
    pairs = [(a, b) for a in possible_counts(one, n) for b in possible_counts(two, n + 7)]
    if not pairs:
        assert table.empty
        assert "reason" in table.attrs
        return
    for test in ("pearson", "yates", "mid-p"):
        hits = [abs(p_value(test, a, n, b, n + 7) - p / 100) <= 0.005 + 1e-12 for a, b in pairs]
        said = "yes" if all(hits) else "for some counts" if any(hits) else "no"
        assert table.loc[test, "fits"] == said
        if any(hits):
            found = (table.loc[test, "count1"], table.loc[test, "count2"])
            assert found == pairs[hits.index(True)]


@pytest.mark.parametrize(
    ("reported", "message"),
    [("about .04", "reported: wanted a p-value or"), ("p = 4", "reported: wanted a p-value up")],
)
def test_what_is_no_statistic_is_refused(reported, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        reported_test(reported, "36", 50, "58", 50)


def test_too_many_pairs_are_refused_with_their_number():
    # 71,355 to 73,365 people, and 115,575 - 117,585
    with pytest.raises(ValueError, match=r"^limit: wanted at least 4,044,121"):
        reported_test("p < .05", "36", 201_000, "58", 201_000)
