"""Intervals and tests of shares against published worked examples."""

import re
import time
from fractions import Fraction
from math import comb, erf, factorial, prod, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.arguments import MethodWarning
from analysis.inference.differences import (
    dependent_difference_interval,
    difference_interval,
    difference_test,
    p_values,
)
from analysis.inference.intervals import METHODS, multinomial_interval, proportion_interval
from analysis.inference.sample_sizes import krejcie_morgan, sample_size
from analysis.inference.sison_glaz import cover, sison_glaz

# Newcombe (1998), Statistics in Medicine 17:857-872, Table I, methods 3, 4 and 5.
NEWCOMBE_ONE_SHARE = [
    ("wilson", 81, 263, 0.2553, 0.3662),
    ("wilson", 15, 148, 0.0624, 0.1605),
    ("wilson", 0, 20, 0.0, 0.1611),
    ("wilson", 1, 29, 0.0061, 0.1718),
    ("wilson-cc", 81, 263, 0.2535, 0.3682),
    ("wilson-cc", 15, 148, 0.0598, 0.1644),
    ("wilson-cc", 0, 20, 0.0, 0.2005),
    ("wilson-cc", 1, 29, 0.0018, 0.1963),
    ("clopper-pearson", 81, 263, 0.2527, 0.3676),
    ("clopper-pearson", 15, 148, 0.0578, 0.1617),
    ("clopper-pearson", 0, 20, 0.0, 0.1684),
    ("clopper-pearson", 1, 29, 0.0009, 0.1776),
    ("wald", 81, 263, 0.2522, 0.3638),  # method 1
    ("wald", 15, 148, 0.0527, 0.1500),
]

# 13 of 16 (Ligarden et al. 2010) in Fagerland, Lydersen & Laake (2017), Statistical Analysis
# of Contingency Tables, section 2.4, as printed by the book's own R package.
FAGERLAND_ONE_SHARE = [
    ("wilson", 13, 16, 0.5699, 0.9341),
    ("wilson-cc", 13, 16, 0.5369, 0.9503),
    ("clopper-pearson", 13, 16, 0.5435, 0.9595),
    ("jeffreys", 13, 16, 0.5792, 0.9442),
]

# Newcombe (1998), Statistics in Medicine 17:873-890, Table II, method 10, examples (a) to (h).
NEWCOMBE_TWO_SHARES = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0)),
    ((10, 10, 0, 10), (0.6075, 1.0)),
]


@pytest.mark.parametrize(
    ("method", "count", "n", "low", "high"), NEWCOMBE_ONE_SHARE + FAGERLAND_ONE_SHARE
)
def test_one_share_agrees_with_published_tables(method, count, n, low, high):
    assert proportion_interval(count, n, method=method) == pytest.approx((low, high), abs=5.1e-5)


def test_agresti_coull_is_wald_after_adding_z_squared():
    # By hand at z = 1.959964: 13 + 1.920729 of 16 + 3.841459 is 0.751998, and
    # 1.959964 * sqrt(0.751998 * 0.248002 / 19.841459) is 0.190019.
    limits = proportion_interval(13, 16, method="agresti-coull")
    assert limits == pytest.approx((0.561979, 0.942017), abs=2e-6)


def test_jeffreys_is_pulled_to_the_ends_as_its_authors_say():
    # Brown, Cai & DasGupta (2001), section 4.1.2: lower limit 0 at count 0, upper 1 at count n.
    assert proportion_interval(0, 20, method="jeffreys")[0] == 0
    assert proportion_interval(20, 20, method="jeffreys")[1] == 1


@pytest.mark.parametrize("method", METHODS)
def test_limits_of_the_complement_are_mirrored(method):
    low, high = proportion_interval(21, 109, method=method)
    assert proportion_interval(88, 109, method=method) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.filterwarnings("ignore::analysis.arguments.MethodWarning")
@pytest.mark.parametrize("population", [None, 45, 41])
def test_limits_grow_with_the_count_and_enclose_the_share(method, population):
    limits = [proportion_interval(k, 40, 0.95, method, population) for k in range(41)]
    lows, highs = np.array(limits).T
    assert (np.diff(lows) >= -1e-12).all()
    assert (np.diff(highs) >= -1e-12).all()
    shares = np.arange(41) / 40
    assert (lows <= shares + 1e-12).all()
    assert (highs >= shares - 1e-12).all()


def test_wald_with_a_population_has_the_survey_variance():
    # Cochran (1977), section 3.3, by hand: p = 0.3, n = 100, N = 400, so that the variance is
    # (1 - 0.25) * 0.21 / 99 and 1.959964 times its root is 0.078175.
    limits = proportion_interval(30, 100, method="wald", population=400)
    assert limits == pytest.approx((0.3 - 0.078175, 0.3 + 0.078175), abs=1e-6)
    # The other formula, (400 - 100)/(400 - 1) * 0.21 / 100, would give 0.077882.
    assert limits[1] - 0.3 != pytest.approx(0.077882, abs=1e-4)


def test_wilson_with_a_population_uses_the_effective_sample_size():
    # n = 109, N = 2500: the effective size is 108 * 2500 / 2391 = 112.923463; p = 21/109.
    size, p, z = 112.923463, 21 / 109, 1.959964
    middle = (p + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z * sqrt(p * (1 - p) / size + z**2 / (4 * size**2)) / (1 + z**2 / size)
    expected = (middle - half, middle + half)
    assert proportion_interval(21, 109, population=2500) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("method", [*METHODS, "hypergeometric"])
def test_a_census_leaves_nothing_open(method):
    assert proportion_interval(21, 109, method=method, population=109) == (21 / 109, 21 / 109)


def test_one_person_shows_no_variance():
    assert proportion_interval(1, 1, population=10) == (0, 1)


@pytest.mark.parametrize(
    ("count", "n", "population", "low", "high"),
    [
        # Sums of binomial coefficients; samplingbook's README shows (110, 161), from a version
        # that stopped one too far on each side. 111 and 160 are the ends by its own vignette.
        (45, 100, 300, 111, 160),
        (2, 100, 300, 2, 18),
        (3, 10, 50, 5, 31),
        (1, 1, 20, 1, 20),  # by hand: a total of 1 has the tail 1/20, more than 0.025
    ],
)
def test_hypergeometric_limits_are_those_that_counting_gives(count, n, population, low, high):
    def tail(total, counts):
        ways = sum(comb(total, k) * comb(population - total, n - k) for k in counts)
        return Fraction(ways, comb(population, n))

    inside = [
        total
        for total in range(count, population - n + count + 1)
        if min(tail(total, range(count, n + 1)), tail(total, range(count + 1))) > Fraction(25, 1000)
    ]
    assert (inside[0], inside[-1]) == (low, high)
    limits = proportion_interval(count, n, 0.95, "hypergeometric", population)
    assert limits == (inside[0] / population, inside[-1] / population)


def test_a_hypergeometric_tail_of_exactly_half_alpha_is_outside():
    # One of 20 drawn: with a total of 1 the chance is 1/20, all of the tail at level 0.9.
    assert proportion_interval(1, 1, 0.9, "hypergeometric", 20) == (2 / 20, 1)


@pytest.mark.parametrize(("count", "n"), [(0, 109), (109, 109), (4, 109), (105, 109)])
def test_wald_warns_by_name_near_the_ends(count, n):
    with pytest.warns(MethodWarning, match=f"^wald: not valid for {count} of {n}"):
        proportion_interval(count, n, method="wald")


def test_goodman_agrees_with_a_calculation_by_hand_for_220_people():
    # Goodman (1965), formula worked by hand for 91, 49, 37 and 43 of 220, with the upper
    # 1.25 % point of chi-square, 6.2385: (182 + 6.2385 -+ sqrt(6.2385 (6.2385 + 4*91*129/220)))
    # / (2 * 226.2385), that is (188.2385 -+ 37.0196) / 452.477.
    limits = multinomial_interval([91, 49, 37, 43])
    expected = [[0.334, 0.498], [0.161, 0.300], [0.115, 0.240], [0.137, 0.270]]
    assert limits.shape == (4, 2)
    assert limits == pytest.approx(np.array(expected), abs=5e-4)
    # Wald-like limits would be symmetric about 91/220.
    assert sum(limits[0]) != pytest.approx(2 * 91 / 220, abs=1e-3)


def test_goodman_agrees_with_the_genotypes_of_fagerland():
    # Fagerland, Lydersen & Laake (2017), section 3.4: 276, 380 and 118 patients.
    assert multinomial_interval([276, 380, 118])[2] == pytest.approx((0.1241, 0.1859), abs=5.1e-5)


SISON_GLAZ_COUNTS = [56, 72, 73, 59, 62, 87, 58]


def test_goodman_agrees_with_the_first_example_of_sison_and_glaz():
    # Sison & Glaz (1995), Table 1, three decimals.
    expected = [0.085, 0.166, 0.115, 0.204, 0.116, 0.207, 0.091, 0.173]
    limits = multinomial_interval(SISON_GLAZ_COUNTS).ravel()[:8]
    assert limits.tolist() == pytest.approx(expected, abs=1e-3)


def test_sison_glaz_agrees_with_the_authors_of_its_r_package():
    # Sison & Glaz (1995), example 1, as computed by R's MultinomialCI.
    limits = multinomial_interval(SISON_GLAZ_COUNTS, method="sison-glaz")
    assert limits[0] == pytest.approx((0.07922912, 0.1643361), abs=1e-4)
    assert limits[5] == pytest.approx((0.14561028, 0.2307172), abs=1e-4)


def test_sison_glaz_warns_by_name_below_seven_options():
    with pytest.warns(MethodWarning, match="^sison-glaz: not valid for 3 options"):
        multinomial_interval([34, 33, 36], method="sison-glaz")


def test_sison_glaz_is_silent_about_an_empty_option():
    limits = multinomial_interval([300, 0] + [200] * 6, method="sison-glaz")
    assert (limits[:, 0] <= limits[:, 1]).all()


@pytest.mark.parametrize(("table", "limits"), NEWCOMBE_TWO_SHARES)
def test_two_shares_agree_with_newcombes_examples(table, limits):
    assert difference_interval(*table) == pytest.approx(limits, abs=5.1e-5)


def test_two_shares_agree_with_fagerland_2015():
    # Fagerland, Lydersen & Laake (2015), doi:10.1177/0962280211415469: 7/34 and 1/34; four
    # decimals in the book of 2017, section 4.5.
    assert difference_interval(7, 34, 1, 34) == pytest.approx((0.0189, 0.3404), abs=5.1e-5)


def test_options_of_one_question_agree_with_bonetts_example():
    # 125, 82 and 92 people: ci.pairs.prop1 in the manual of Bonett's R package statpsych.
    expected = [(0.05011508, 0.23559920), (0.01407230, 0.20519680), (-0.11952594, 0.05308076)]
    pairs = [(125, 82), (125, 92), (82, 92)]
    limits = [dependent_difference_interval(a, b, 299) for a, b in pairs]
    assert np.array(limits) == pytest.approx(np.array(expected), abs=1e-7)


def test_the_same_people_are_not_two_samples():
    # 60 against 40 of the same 100: the multinomial variance is twice the binomial one.
    same = dependent_difference_interval(60, 40, 100)
    apart = difference_interval(60, 100, 40, 100)
    assert (same[1] - same[0]) / (apart[1] - apart[0]) == pytest.approx(sqrt(2), abs=0.1)


@pytest.mark.parametrize(
    ("table", "test", "p_value"),
    [
        # Fagerland, Lydersen & Laake (2017), chapter 4, by the book's R package.
        ((0, 16, 15, 72), "fisher", 0.06287),
        ((3, 4, 1, 4), "pearson", 0.15730),
        # Fisher's lady tasting tea: 34 of 70 tables, The Design of Experiments (1935), chapter 2.
        ((3, 4, 1, 4), "fisher", 34 / 70),
        # N - 1: T is 2 * 7/8, and the chance beyond sqrt(1.75) is 0.18588.
        ((3, 4, 1, 4), "n-1", 1 - erf(sqrt(1.75 / 2))),
        # Nothing speaks against equal shares.
        ((0, 10, 0, 20), "pearson", 1.0),
        ((10, 10, 20, 20), "n-1", 1.0),
        ((0, 10, 0, 20), "fisher", 1.0),
    ],
)
@pytest.mark.filterwarnings("ignore::analysis.arguments.MethodWarning")
def test_tests_of_two_shares_agree_with_published_values(table, test, p_value):
    assert difference_test(*table, test=test) == pytest.approx(p_value, abs=5.1e-6)


def test_tests_warn_by_name_where_expected_counts_are_small():
    with pytest.warns(MethodWarning, match="^pearson: .* expected count is 4;"):
        difference_test(7, 34, 1, 34)
    with pytest.warns(MethodWarning, match="^n-1: .* expected count is 0.5;"):
        difference_test(1, 10, 0, 10, test="n-1")


@settings(max_examples=40, deadline=None)
@given(data=st.data(), n1=st.integers(1, 40), n2=st.integers(1, 40))
def test_fisher_is_the_sum_over_all_tables_that_are_no_more_likely(data, n1, n2):
    count1, count2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    chosen = count1 + count2
    ways = {k: comb(n1, k) * comb(n2, chosen - k) for k in range(chosen + 1) if chosen - k <= n2}
    as_rare = sum(way for way in ways.values() if way <= ways[count1])
    expected = as_rare / comb(n1 + n2, chosen)
    found = p_values(np.array([count1]), n1, np.array([count2]), n2, "fisher")[0]
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("population", "size"),
    # Krejcie & Morgan (1970), the table; 15 to 14 shows that it rounds to the nearest. Its last
    # row is 1,000,000; copies that print 100,000 there do not follow the formula (382.6).
    [
        (10, 10), (15, 14), (20, 19), (100, 80), (220, 140), (500, 217), (1000, 278),
        (1200, 291), (2600, 335), (2800, 338), (10_000, 370), (50_000, 381), (75_000, 382),
        (1_000_000, 384), (100_000, 383),
    ],
)  # fmt: skip
def test_krejcie_morgan_agrees_with_their_table(population, size):
    assert krejcie_morgan(population) == size


def test_sample_size_agrees_with_cochrans_islanders():
    # Cochran (1977), sections 4.2 and 4.4: z = 2, margin 0.05 and p = 0.5 ask for 400 people,
    # and 400 / (1 + 399/3200) = 355.7 on an island of 3200.
    level = erf(2 / sqrt(2))
    assert sample_size(0.05, level) == 400
    assert sample_size(0.05, level, population=3200) == 356


def test_sample_size_keeps_the_margin_where_the_table_does_not():
    assert sample_size(0.05, population=15) == 15
    assert krejcie_morgan(15) == 14


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((110, 109), ValueError, "count: wanted at most n=109 people; got 110"),
        ((-1, 109), ValueError, "count: wanted a whole number, 0 or more; got -1"),
        ((20.0, 109), TypeError, "count: wanted a whole number, 0 or more; got 20.0 (float)"),
        ((True, 109), TypeError, "count: wanted a whole number, 0 or more; got True (bool)"),
        ((20, 0), ValueError, "n: wanted a whole number, 1 or more; got 0"),
        ((20, 109, 95), ValueError, "level: wanted a number between 0 and 1, such as 0.95; got 95"),
        ((20, 109, 1.0), ValueError, "level: wanted a number between 0 and 1"),
        ((20, 109, float("nan")), ValueError, "level: wanted a number between 0 and 1"),
        ((20, 109, "0.95"), TypeError, "level: wanted a number between 0 and 1"),
        ((20, 109, True), TypeError, "level: wanted a number between 0 and 1"),
        ((20, 109, 0.95, "wilsn"), ValueError, "method: wanted one of wilson, wilson-cc, clopper"),
        ((20, 109, 0.95, "hypergeometric"), ValueError, "population: wanted a whole number"),
        ((20, 109, 0.95, "wilson", 102), ValueError, "population: wanted a whole number, 109 or"),
        ((20, 109, 0.95, "wilson", 2e3), TypeError, "population: wanted a whole number, 109 or"),
    ],
)
def test_arguments_of_one_share_are_named(arguments, error, message):
    with pytest.raises(error, match="^" + re.escape(message)):
        proportion_interval(*arguments)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: multinomial_interval([5, -1]), ValueError, "counts[1]: wanted a whole number, 0"),
        (lambda: multinomial_interval([5, 2.5]), TypeError, "counts[1]: wanted a whole number, 0"),
        (lambda: multinomial_interval("55"), TypeError, "counts: wanted a sequence of whole"),
        (lambda: multinomial_interval([0, 0]), ValueError, "counts: wanted two options or more"),
        (lambda: multinomial_interval([109]), ValueError, "counts: wanted two options or more"),
        (lambda: multinomial_interval([5, 5], method="x"), ValueError, "method: wanted one of goo"),
        (lambda: difference_interval(5, 4, 1, 4), ValueError, "count1: wanted at most n1=4 people"),
        (lambda: difference_interval(1, 4, 5, 4), ValueError, "count2: wanted at most n2=4 people"),
        (lambda: difference_interval(1, 4, 1, 4, method="x"), ValueError, "method: wanted one of"),
        (lambda: difference_test(1, 4, 1, 4, "chi"), ValueError, "test: wanted one of pearson, fi"),
        (lambda: dependent_difference_interval(60, 50, 100), ValueError, "count2: wanted at most"),
        (lambda: sample_size(5), ValueError, "margin: wanted a number between 0 and 1"),
        (lambda: sample_size(0.05, p=0), ValueError, "p: wanted a number between 0 and 1"),
        (lambda: krejcie_morgan(0), ValueError, "population: wanted a whole number, 1 or more"),
    ],
)
def test_other_arguments_are_named(call, error, message):
    with pytest.raises(error, match="^" + re.escape(message)):
        call()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.filterwarnings("ignore::analysis.arguments.MethodWarning")
@pytest.mark.parametrize(("n", "population"), [(10, None), (49, None), (10, 37), (1, None)])
def test_limits_at_nobody_and_at_everybody_are_exact(method, n, population):
    assert proportion_interval(0, n, method=method, population=population)[0] == 0
    assert proportion_interval(n, n, method=method, population=population)[1] == 1


def test_ends_of_other_intervals_are_exact():
    for n in range(1, 60):
        limits = multinomial_interval([n, 0])
        assert (limits[0, 1], limits[1, 0]) == (1, 0)
        assert difference_interval(n, n, 0, 2 * n)[1] == 1


def test_clopper_pearson_says_that_it_is_not_exact_for_a_large_part_of_a_population():
    # None of 10 of 11 people: one of 11 gives it with chance 1/11, yet the upper limit is below.
    with pytest.warns(MethodWarning, match="^clopper-pearson: not exact for 10 of 11 people"):
        assert proportion_interval(0, 10, method="clopper-pearson", population=11)[1] < 1 / 11
    exact = proportion_interval(0, 10, method="hypergeometric", population=11)
    assert exact == (0, 1 / 11)
    proportion_interval(0, 10, method="clopper-pearson", population=100)


def test_sison_glaz_warns_where_people_are_few():
    with pytest.warns(MethodWarning, match="^sison-glaz: not valid for fewer than five answers an"):
        multinomial_interval([0, 1, 0, 0, 0, 0, 0], method="sison-glaz")


def test_sison_glaz_of_a_billion_people_takes_no_longer_than_of_a_hundred():
    start = time.perf_counter()
    limits = multinomial_interval([10**9] * 7, method="sison-glaz")
    assert time.perf_counter() - start < 1
    # Nearly independent normal counts: the width is that of a share of one seventh, with the
    # level's seventh root instead of the level.
    half = norm.isf((1 - 0.95 ** (1 / 7)) / 2) * sqrt(6 / 49 / (7 * 10**9))
    assert limits[0, 1] - 1 / 7 == pytest.approx(half, rel=0.03)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 120), min_size=2, max_size=10).filter(sum),
    level=st.sampled_from([0.8, 0.9, 0.95, 0.99]),
)
def test_sison_glaz_agrees_with_a_search_of_every_width(counts, level):
    widths = [0.0, *(cover(np.array(counts, dtype=float), c) for c in range(1, sum(counts) + 1))]
    least = next(c for c, chance in enumerate(widths) if chance > level) - 1
    gap = (level - widths[least]) / (widths[least + 1] - widths[least])
    shares = np.array(counts) / sum(counts)
    expected = [shares - least / sum(counts), shares + (least + 2 * gap) / sum(counts)]
    assert sison_glaz(counts, level) == pytest.approx(np.clip(np.array(expected).T, 0, 1))


def test_the_chance_of_a_box_is_nearly_the_sum_over_all_its_counts():
    # Multinomial(30; 1/3, 1/3, 1/3) within 4 of ten each, by whole fractions.
    inside = [(a, b, 30 - a - b) for a in range(6, 15) for b in range(6, 15)]
    ways = [factorial(30) // prod(map(factorial, k)) for k in inside if 6 <= k[2] <= 14]
    assert cover(np.array([10.0, 10.0, 10.0]), 4) == pytest.approx(sum(ways) / 3**30, abs=2e-3)


def test_a_margin_of_any_size_has_a_sample_size():
    # 1.959964^2 / 4 = 0.960365
    assert abs(sample_size(1e-200) // 10**388 - 960_364_000_000) < 2_000_000
