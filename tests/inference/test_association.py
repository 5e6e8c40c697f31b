"""Tests of a table of options by groups: against scipy, R's documented results, and by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact, ncx2, random_table

from analysis.inference.association import association, cramers_v, noncentrality_interval
from analysis.language.current import speaking

JOBS = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]  # Agresti (2002), page 57


COUNTS = st.lists(st.integers(20, 60), min_size=3, max_size=3)


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_pearsons_test_is_that_of_scipy(table):
    expected = chi2_contingency(table, correction=False)
    found = association(table)
    assert found.test == "pearson" and found.df == expected.dof
    assert (found.statistic, found.p) == pytest.approx((expected.statistic, expected.pvalue))


def test_a_table_worked_by_hand():
    # expected 15 in each cell: 4 * 25 / 15
    found = association([[20, 10], [10, 20]])
    assert found.statistic == pytest.approx(100 / 15) and found.df == 1
    assert found.v == pytest.approx(math.sqrt(100 / 15 / 60))


def test_a_published_table_has_the_published_v():
    # the example of cramersV in the R package lsr (Navarro): 0.159
    assert association([[30, 35], [20, 30], [50, 35]]).v == pytest.approx(0.159, abs=5e-4)


def test_few_expected_people_of_two_by_two_have_fishers_exact_test():
    found = association([[3, 1], [1, 3]])
    assert found.test == "fisher" and found.p == pytest.approx(0.4857, abs=1e-4)
    assert found.p == pytest.approx(fisher_exact([[3, 1], [1, 3]]).pvalue)
    assert math.isnan(found.statistic) and found.v == pytest.approx(0.5)


def test_fishers_test_of_a_larger_table_is_near_that_of_r_and_the_same_each_time():
    # fisher.test(Job) of R's manual: 0.7827; four standard errors of 9,999 tables are 0.0165
    first, second = association(JOBS), association(JOBS)
    assert first.test == "fisher" and first.p == second.p
    assert first.p == pytest.approx(0.7827, abs=0.0165)
    assert "9,999" in first.rule and "1934" in first.rule


def test_fishers_test_of_a_larger_table_is_near_the_sum_over_all_tables():
    table = np.array([[3, 0, 1], [0, 2, 1]])
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    chance = random_table(rows, columns)
    every = [
        np.array([[a, b, rows[0] - a - b], columns - [a, b, rows[0] - a - b]])
        for a in range(columns[0] + 1)
        for b in range(columns[1] + 1)
        if 0 <= rows[0] - a - b <= columns[2]
    ]
    chances = [chance.pmf(each) for each in every]
    exact = sum(p for p in chances if p <= chance.pmf(table) * (1 + 1e-7))
    assert sum(chances) == pytest.approx(1)
    assert association(table).p == pytest.approx(exact, abs=4 * math.sqrt(exact / 9_999))


def test_fishers_test_holds_for_millions_of_people():
    found = association([[3, 1, 0], [4_000_000, 3_000_000, 2_000_000], [10_000, 20_000, 30_000]])
    assert found.test == "fisher" and found.p == pytest.approx(1 / 10_000)


@pytest.mark.parametrize(
    ("table", "test"),
    [
        ([[5, 5], [5, 5]], "pearson"),  # all expected counts are 5
        ([[4, 5], [5, 5]], "fisher"),  # 81/19 = 4.26, 1 of 4 is more than a fifth
        ([[1, 19, 19], [19, 19, 19]], "pearson"),  # least expected 6.8
        ([[1, 1, 200], [1, 1, 200]], "fisher"),  # 4 of 6 are 1
        ([[4, 40, 40, 40, 40], [5, 40, 40, 40, 40]], "pearson"),  # 2 of 10 are a fifth
        ([[0, 40, 40, 40, 40], [1, 40, 40, 40, 40]], "fisher"),  # least expected 0.5
    ],
)
def test_the_rule_is_cochrans(table, test):
    assert association(table).test == test


def test_rows_and_columns_without_anybody_are_left_out():
    small = association([[20, 10], [10, 20]])
    padded = association([[20, 0, 10], [0, 0, 0], [10, 0, 20]])
    assert (padded.statistic, padded.df, padded.v) == (small.statistic, small.df, small.v)


@pytest.mark.parametrize("table", [[[3, 4]], [[3], [4]], [[3, 4], [0, 0]], [[0, 0], [0, 0]]])
def test_one_option_or_one_group_is_not_tested_and_says_so(table):
    found = association(table)
    assert found.test == "" and math.isnan(found.p) and math.isnan(found.v)
    assert "fewer than two" in found.rule


def test_no_test_of_weighted_people_is_exact():
    # the weighted table is scaled to the effective number: chi-square halves with it
    plain = association([[20, 10], [10, 20]])
    weighted = association([[40, 20], [20, 40]], effective=30)
    assert weighted.statistic == pytest.approx(plain.statistic / 2)
    assert weighted.v == pytest.approx(plain.v) and weighted.test == "pearson"
    assert "design effect" in weighted.rule
    assert "rough" in association([[3, 1], [1, 3]], effective=6).rule


def test_an_effective_number_of_all_is_the_unweighted_test():
    plain = association([[20, 10], [10, 20]])
    weighted = association([[20, 10], [10, 20]], effective=60)
    assert (weighted.p, weighted.v_low, weighted.v_high) == pytest.approx(
        (plain.p, plain.v_low, plain.v_high)
    )


def test_the_noncentrality_is_that_of_smithson():
    # chi.noncentral.conf(6, 1, .95) of the R package Deducer, to its precision
    low, high = noncentrality_interval(6, 1, 0.95)
    assert (low, high) == pytest.approx((0.2089, 19.4443), abs=2e-3)


def test_the_limits_of_v_are_worked_by_hand():
    # one degree: the root of the noncentrality is 4.47214 -+ 1.95996, as of a normal deviate
    low, high = (math.sqrt((root**2 + 1) / 100) for root in (2.51218, 6.43210))
    assert cramers_v(20, 100, (2, 2)) == pytest.approx((math.sqrt(0.2), low, high), abs=1e-5)


@settings(max_examples=60)
@given(st.floats(0, 9_000), st.integers(1, 20), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_at_its_limits_the_noncentral_distribution_has_the_tails_that_it_should(x, df, level):
    low, high = noncentrality_interval(x, df, level)
    assert 0 <= low <= high
    tail = (1 - level) / 2
    if low:
        assert ncx2.sf(x, df, low) == pytest.approx(tail, rel=1e-4)
    if high:
        assert ncx2.cdf(x, df, high) == pytest.approx(tail, rel=1e-4)


@given(st.floats(0, 500), st.integers(2, 6), st.integers(2, 6))
def test_v_lies_between_its_limits(statistic, options, groups):
    v, low, high = cramers_v(statistic, 500, (options, groups))
    assert 0 <= low <= v <= high <= 1


def test_a_large_chi_square_has_limits_next_to_those_of_a_slightly_smaller_one():
    near, far = (noncentrality_interval(x, 4, 0.95) for x in (9_999.0, 10_001.0))
    np.testing.assert_allclose(near, far, rtol=1e-3)


def test_groups_that_say_everything_have_v_one():
    found = association([[50, 0], [0, 50]])
    assert found.v == pytest.approx(1) and found.v_high == 1


def test_a_level_that_is_none_is_named():
    with pytest.raises(ValueError, match="level: wanted a number between 0 and 1"):
        association([[20, 10], [10, 20]], level=95)


def test_the_rule_is_in_the_language_in_use():
    with speaking("ru"):
        assert association([[20, 10], [10, 20]]).rule
