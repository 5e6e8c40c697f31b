"""Bounds over rounding, against trying every possible count."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact, power_divergence

from analysis.counts.head_counts import possible_counts
from analysis.counts.rounding import RULES
from analysis.inference.differences import (
    dependent_difference_interval,
    difference_interval,
    p_values,
)
from analysis.inference.fit_bounds import FIT_TESTS, best_fit, improved, worst_fit
from analysis.inference.intervals import METHODS, multinomial_interval, proportion_interval
from analysis.inference.neighbours import neighbour_tests
from analysis.inference.sample_sizes import sample_size
from analysis.inference.share_bounds import (
    Bounds,
    dependent_difference_bounds,
    difference_bounds,
    goodness_of_fit_bounds,
    multinomial_bounds,
    proportion_bounds,
)

levels = st.sampled_from([0.5, 0.9, 0.95, 0.999])
rules = st.sampled_from(RULES)


@st.composite
def questions(draw, largest=60, most_options=5, least_options=2):
    """Draw a base, the whole percentages of a question, and a reference for each option."""
    n = draw(st.integers(1, largest))
    options = draw(st.integers(least_options, most_options))
    cuts = draw(st.lists(st.integers(0, n), min_size=options - 1, max_size=options - 1))
    counts = [high - low for low, high in pairwise([0, *sorted(cuts), n])]
    texts = [str((200 * count + n) // (2 * n)) for count in counts]
    if draw(st.booleans()):
        texts[0] = str(draw(st.integers(0, 101)))
    weights = draw(st.lists(st.integers(1, 20), min_size=options, max_size=options))
    return n, texts, [weight / sum(weights) for weight in weights]


def joint_solutions(texts, n, rounding, exhaustive=True):
    sets = [possible_counts(text, n, rounding) for text in texts]
    rows = [counts for counts in product(*sets) if sum(counts) <= n]
    if exhaustive:
        return [counts for counts in rows if sum(counts) == n]
    return [(*counts, n - sum(counts)) for counts in rows]


def is_empty(bounds):
    nothing = (bounds.low, bounds.high, bounds.counts_low, bounds.counts_high, bounds.robust)
    return nothing == (None,) * 5 and bounds.decisions == ()


# One share


@pytest.mark.filterwarnings("ignore::analysis.arguments.MethodWarning")
@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(1, 400),
    percent=st.integers(0, 101),
    level=levels,
    method=st.sampled_from([*METHODS, "hypergeometric"]),
    extra=st.one_of(st.none(), st.integers(0, 300)),
    rounding=rules,
)
def test_bounds_of_one_share_enclose_every_interval(n, percent, level, method, extra, rounding):
    population = n + (extra or 0) if extra is not None or method == "hypergeometric" else None
    found = proportion_bounds(str(percent), n, level, method, population, rounding)
    counts = possible_counts(str(percent), n, rounding)
    if not counts:
        assert is_empty(found)
        return
    limits = [proportion_interval(k, n, level, method, population) for k in counts]
    expected = min(low for low, _ in limits), max(high for _, high in limits)
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)
    decisions = {(low > 0.5, high < 0.5) for low, high in limits}
    assert found.robust == (len(decisions) == 1)
    assert proportion_interval(*found.counts_low, n, level, method, population)[0] == found.low
    assert proportion_interval(*found.counts_high, n, level, method, population)[1] == found.high


def test_seventeen_percent_of_109_is_18_or_19_people():
    # Wilson by hand at z = 1.959964: 18/109 gives 0.10709 to 0.24599, 19/109 up to 0.25627.
    found = proportion_bounds("17", 109)
    assert (found.low, found.high) == pytest.approx((0.10709, 0.25627), abs=5.1e-6)
    assert (found.counts_low, found.counts_high) == ((18,), (19,))
    assert found.robust is True
    assert str(found) == "95 % interval (wilson): 0.1071 to 0.2563; below 0.5"


def test_whether_half_of_a_million_is_a_majority_depends_on_rounding():
    found = proportion_bounds("50", 1_000_000)
    assert (found.counts_low, found.counts_high) == ((495_000,), (505_000,))
    assert found.robust is False
    assert found.decisions == ("below", "above")
    assert proportion_bounds("50", 1_000_000, reference=0.4).verdict == "above 0.4"


def test_what_no_head_count_gives_is_an_empty_answer():
    for found in [
        proportion_bounds("33.5", 109),
        proportion_bounds("101", 109, method="wald"),  # without a warning: there is no count
        difference_bounds("33.5", 109, "20", 109),
        difference_bounds("20", 109, "101", 109, test="fisher"),
        dependent_difference_bounds("60", "60", 109),
        goodness_of_fit_bounds(["20", "20"], 109, [0.5, 0.5]),
        goodness_of_fit_bounds(["33.5", "20", "40"], 109, [0.3, 0.3, 0.4]),
        *multinomial_bounds(["45", "28", "22", "4"], 109),
    ]:
        assert is_empty(found)
        assert found.code == "no solution"
        assert found.verdict == found.reason.why
        assert str(found).endswith(f": {found.verdict}")


# All shares of a question


@settings(max_examples=25, deadline=None)
@given(question=questions(), level=levels, exhaustive=st.booleans(), rounding=rules)
def test_bounds_of_all_shares_enclose_goodman_at_every_solution(
    question, level, exhaustive, rounding
):
    n, texts, _ = question
    found = multinomial_bounds(texts, n, level, rounding, exhaustive)
    solutions = joint_solutions(texts, n, rounding, exhaustive)
    assert len(found) == len(texts)
    if not solutions:
        assert all(is_empty(bounds) for bounds in found)
        return
    limits = np.array([multinomial_interval(counts, level) for counts in solutions])
    for option, bounds in enumerate(found):
        lows, highs = limits[:, option, 0], limits[:, option, 1]
        assert (bounds.low, bounds.high) == pytest.approx((lows.min(), highs.max()), abs=1e-12)
        assert bounds.robust == (len(set(zip(lows > 0.5, highs < 0.5, strict=True))) == 1)


def test_joint_solutions_narrow_what_each_option_allows():
    # 33 percent of 200 is 65, 66 or 67 people, but three options of 65 cannot make 200.
    first, *_ = multinomial_bounds(["33", "33", "33"], 200)
    assert (first.counts_low, first.counts_high) == ((66,), (67,))


# Two shares


@pytest.mark.parametrize("test", ["pearson", "n-1", "fisher"])
@settings(max_examples=30, deadline=None)
@given(
    n1=st.integers(1, 300),
    n2=st.integers(1, 300),
    percents=st.tuples(st.integers(0, 101), st.integers(0, 101)),
    close=st.booleans(),
    level=levels,
    rounding=rules,
)
def test_bounds_of_two_shares_are_those_of_all_tables(
    test, n1, n2, percents, close, level, rounding
):
    printed1, printed2 = (str(percents[0]), str(percents[0 if close else 1]))
    found = difference_bounds(printed1, n1, printed2, n2, test, level, rounding)
    sets = possible_counts(printed1, n1, rounding), possible_counts(printed2, n2, rounding)
    if not all(sets):
        assert is_empty(found)
        return
    pairs = np.array(list(product(*sets)))
    values = p_values(pairs[:, 0], n1, pairs[:, 1], n2, test)
    assert (found.low, found.high) == pytest.approx((values.min(), values.max()), rel=1e-9)
    differs = values <= (1 - level) * (1 + 1e-9)
    assert found.robust == (differs.all() or not differs.any())
    limits = [difference_interval(a, n1, b, n2, level) for a, b in pairs.tolist()]
    expected = min(low for low, _ in limits), max(high for _, high in limits)
    assert found.interval == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("printed", "n"), [(("12", "15"), 700), (("31", "33"), 450)])
def test_fisher_bounds_agree_with_scipy_at_every_table(printed, n):
    found = difference_bounds(printed[0], n, printed[1], n, test="fisher")
    values = [
        fisher_exact([[a, n - a], [b, n - b]]).pvalue
        for a in possible_counts(printed[0], n)
        for b in possible_counts(printed[1], n)
    ]
    assert (found.low, found.high) == pytest.approx((min(values), max(values)), rel=1e-9)


def test_33_against_32_percent_of_109_is_no_difference_in_either_reading():
    # 36 and 35 people: chi-square 218 (36 * 74 - 35 * 73)^2 / (109^2 * 71 * 147) is 0.02089.
    apart = difference_bounds("33", 109, "32", 109)
    assert apart.low == pytest.approx(0.88509, abs=5.1e-6)
    assert (apart.counts_low, apart.counts_high) == ((36, 35), (36, 35))
    assert apart.verdict == "does not differ at 95 %"
    # 37/111 - 36/111 -+ 1.959964 * sqrt((73/111 - (1/111)^2) / 111)
    together = dependent_difference_bounds("33", "32", 109)
    assert (together.low, together.high) == pytest.approx((-0.14185, 0.15986), abs=5.1e-6)
    assert together.robust is True


def test_a_decision_that_hangs_on_rounding_is_not_robust():
    # Of 1000, 20 and 24 percent can be 195 and 245 people, or 205 and 235: chi-square is
    # 2000 * 50^2 / (440 * 1560) = 7.28 or 2000 * 30^2 / (440 * 1560) = 2.62; 3.84 decides.
    found = difference_bounds("20", 1000, "24", 1000)
    assert found.counts_low == (195, 245)
    assert found.counts_high == (205, 235)
    assert found.verdict == "depends on rounding"
    assert found.robust is False


def test_small_expected_counts_are_noted():
    assert difference_bounds("20", 10, "10", 10).note == "rough: least expected count 1.5"
    assert difference_bounds("20", 10, "10", 10, test="fisher").note == ""
    assert goodness_of_fit_bounds(["20", "40", "40"], 10, [0.2, 0.4, 0.4]).note.startswith("rough")


@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(1, 300),
    percents=st.tuples(st.integers(0, 101), st.integers(0, 101)),
    level=st.sampled_from([0.5, 0.95, 0.999999]),
    rounding=rules,
)
def test_bounds_of_two_options_are_those_of_all_pairs(n, percents, level, rounding):
    printed = [str(percent) for percent in percents]
    found = dependent_difference_bounds(*printed, n, level, rounding)
    sets = [possible_counts(text, n, rounding) for text in printed]
    pairs = [(a, b) for a, b in product(*sets) if a + b <= n]
    if not pairs:
        assert is_empty(found)
        return
    limits = [dependent_difference_interval(a, b, n, level) for a, b in pairs]
    expected = min(low for low, _ in limits), max(high for _, high in limits)
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)
    assert found.robust == (len({(low > 0, high < 0) for low, high in limits}) == 1)


def test_the_lowest_limit_need_not_be_at_a_corner():
    # At a level this high, more people in the first option widen the interval faster than
    # they move it, but only at first: 0 to 5 of 1000 people each.
    found = dependent_difference_bounds("0", "0", 1000, level=1 - 1e-12)
    pairs = product(range(6), repeat=2)
    limits = [dependent_difference_interval(a, b, 1000, 1 - 1e-12) for a, b in pairs]
    assert found.low == pytest.approx(min(low for low, _ in limits), abs=1e-15)
    assert found.counts_low[1] == 5
    assert found.counts_low[0] > 0


# Several shares against a reference


def fit_p_values(solutions, n, shares, test):
    """Return scipy's p-value of each solution."""
    if test == "exact":
        return [binomtest(counts[0], n, shares[0]).pvalue for counts in solutions]
    kind = {"pearson": "pearson", "likelihood-ratio": "log-likelihood"}[test]
    expected = n * np.array(shares)
    return power_divergence(np.array(solutions), expected, axis=1, lambda_=kind).pvalue


@pytest.mark.parametrize("test", [None, *FIT_TESTS])
@settings(max_examples=30, deadline=None)
@given(data=st.data(), level=levels, exhaustive=st.booleans(), rounding=rules)
def test_fit_bounds_are_those_of_all_solutions(test, data, level, exhaustive, rounding):
    most = (2 if exhaustive else 1) if test == "exact" else 5
    n, texts, expected = data.draw(questions(most_options=most, least_options=min(2, most)))
    shares = expected if exhaustive else [share / 2 for share in expected]
    found = goodness_of_fit_bounds(texts, n, shares, level, rounding, exhaustive, test)
    solutions = joint_solutions(texts, n, rounding, exhaustive)
    if not solutions:
        assert is_empty(found)
        return
    shares = shares if exhaustive else [*shares, 0.5]
    values = fit_p_values(
        solutions, n, shares, test or ("exact" if len(shares) == 2 else "pearson")
    )
    assert (found.low, found.high) == pytest.approx((min(values), max(values)), rel=1e-7, abs=1e-12)
    differs = np.array(values) <= (1 - level) * (1 + 1e-9)
    assert found.robust == (differs.all() or not differs.any())
    assert found.counts_low in solutions
    assert found.counts_high in solutions


def pearson(counts, n, shares):
    pairs = zip(counts, shares, strict=True)
    return sum((count - n * share) ** 2 / (n * share) for count, share in pairs)


def likelihood_ratio(counts, n, shares):
    pairs = zip(counts, shares, strict=True)
    return sum(count * np.log(count / (n * share)) for count, share in pairs if count)


@settings(max_examples=60, deadline=None)
@given(
    box=st.lists(
        st.tuples(st.integers(0, 25), st.integers(0, 7), st.integers(1, 9)), min_size=2, max_size=5
    ),
    data=st.data(),
)
def test_best_and_worst_fit_are_found_in_any_box(box, data):
    lows, highs = [low for low, _, _ in box], [low + width for low, width, _ in box]
    n = data.draw(st.integers(max(1, sum(lows)), max(1, sum(highs))))
    shares = [weight / sum(weight for _, _, weight in box) for _, _, weight in box]
    ranges = [range(low, high + 1) for low, high in zip(lows, highs, strict=True)]
    solutions = [list(counts) for counts in product(*ranges) if sum(counts) == n]
    if not solutions:
        return
    for statistic, which, found in (
        (pearson, min, best_fit(lows, highs, n, shares)),
        (pearson, max, worst_fit(lows, highs, n, shares)),
        (likelihood_ratio, max, worst_fit(lows, highs, n, shares, "likelihood-ratio")),
        (likelihood_ratio, min, improved(solutions[-1], lows, highs, shares)),
    ):
        end = which(statistic(counts, n, shares) for counts in solutions)
        assert found in solutions
        assert statistic(found, n, shares) == pytest.approx(end, rel=1e-9, abs=1e-9)


def test_a_fifth_of_men_is_not_plainly_unlike_28_percent():
    # 22 of 109 at 0.28, by exact sums of binomial terms: 0.07033.
    found = goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72])
    assert found.low == found.high == pytest.approx(0.07033, abs=5.1e-6)
    assert found.counts_low == (22, 87)
    assert found.verdict == "does not differ at 95 %"
    assert goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72], level=0.9).robust is True


def test_fit_agrees_with_fagerlands_genotypes():
    # Fagerland, Lydersen & Laake (2017), section 3.3: 276, 380 and 118 of 774 patients against
    # 0.402, 0.479 and 0.119. By hand: 276 - 311.148, 380 - 370.746 and 118 - 92.106 people give
    # 3.9704 + 0.2310 + 7.2796 = 11.481, the book's T, and exp(-11.481/2) = 0.00321, its P.
    found = goodness_of_fit_bounds(["35.66", "49.10", "15.25"], 774, [0.402, 0.479, 0.119])
    assert found.counts_low == found.counts_high == (276, 380, 118)
    assert found.low == pytest.approx(0.00321, abs=5.1e-6)


def test_eight_options_of_a_million_can_fit_well_or_not_at_all():
    printed = ["10", "11", "12", "13", "14", "15", "12", "13"]
    shares = [0.102, 0.113, 0.118, 0.131, 0.138, 0.149, 0.121, 0.128]
    found = goodness_of_fit_bounds(printed, 1_000_000, shares)
    assert found.low < 1e-300
    assert found.high == 1.0


def test_the_best_fit_of_a_large_box_is_no_better_after_any_swap():
    # A convex sum is at its minimum if and only if no move of one person improves it.
    lows, highs = [95_000, 105_000, 125_000, 640_000], [105_000, 115_000, 135_000, 670_000]
    shares, n = [0.11, 0.1, 0.13, 0.66], 1_000_000
    counts = best_fit(lows, highs, n, shares)
    assert sum(counts) == n
    for giver, taker in product(range(4), repeat=2):
        if giver != taker and counts[giver] > lows[giver] and counts[taker] < highs[taker]:
            saved = (2 * counts[giver] - 1) / shares[giver]
            assert saved <= (2 * counts[taker] + 1) / shares[taker]


# Answers and errors


def test_bounds_cannot_be_changed_and_know_whether_they_are_robust():
    found = Bounds("p-value", 0.95, 0.01, 0.2, (3,), (4,), ("differs", "does not differ"))
    assert found.robust is False
    assert Bounds("p-value", 0.95).robust is None
    with pytest.raises(AttributeError):
        found.low = 0.5


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: proportion_bounds(20, 109), TypeError, "printed: wanted the percentage as text"),
        (lambda: proportion_bounds("33%", 109), ValueError, "printed: wanted plain digits"),
        (lambda: proportion_bounds("20", 0), ValueError, "n: wanted a whole number, 1 or more"),
        (lambda: proportion_bounds("101", 9, method="x"), ValueError, "method: wanted one of wils"),
        (
            lambda: proportion_bounds("20", 109, reference=50),
            ValueError,
            "reference: wanted a number between 0 and 1, such as 0.4 for 40 %; got 50",
        ),
        (
            lambda: sample_size(5),
            ValueError,
            "margin: wanted a number between 0 and 1, such as 0.05 for 5 percentage points; got 5",
        ),
        (
            lambda: sample_size(0.05, p=50),
            ValueError,
            "p: wanted a number between 0 and 1, such as 0.4 for 40 %; got 50",
        ),
        (
            lambda: sample_size(0.05, level=95),
            ValueError,
            "level: wanted a number between 0 and 1, such as 0.95; got 95",
        ),
        (lambda: proportion_bounds("20", 109, rounding="up"), ValueError, "rounding: wanted one"),
        (lambda: multinomial_bounds(["100"], 109), ValueError, "printed: wanted two options or"),
        (lambda: difference_bounds(20, 9, "20", 9), TypeError, "printed1: wanted the percentage"),
        (lambda: difference_bounds("20", 9, "", 9), ValueError, "printed2: wanted plain digits"),
        (lambda: difference_bounds("20", 9, "20", 9.0), TypeError, "n2: wanted a whole number"),
        (lambda: difference_bounds("20", 9, "20", 9, "t"), ValueError, "test: wanted one of pear"),
        (lambda: difference_bounds("20", 9, "2", 9, level=95), ValueError, "level: wanted a numb"),
        (
            lambda: goodness_of_fit_bounds(["20", "80"], 109, [29, 71]),
            ValueError,
            "expected[0]: wanted a number between 0 and 1, such as 0.4 for 40 %; got 29",
        ),
        (
            lambda: goodness_of_fit_bounds(["20", "80"], 109, [0.29, 0.7]),
            ValueError,
            "expected: wanted shares of 2 options or more that add up to 1; got 0.99",
        ),
        (
            lambda: goodness_of_fit_bounds(["20", "80"], 109, [0.29]),
            ValueError,
            "expected: wanted 2 shares, one an option; got 1",
        ),
        (
            lambda: goodness_of_fit_bounds(["20", "80"], 109, [0.3, 0.7], exhaustive=False),
            ValueError,
            "expected: wanted shares that leave a rest",
        ),
        (
            lambda: goodness_of_fit_bounds(["20", "80"], 109, "29"),
            TypeError,
            "expected: wanted a sequence of shares",
        ),
    ],
)
def test_arguments_are_named(call, error, message):
    with pytest.raises(error, match="^" + re.escape(message)):
        call()


def test_the_test_of_a_fit_is_the_one_asked_for():
    # 18 of 50 against one half: chi-square 4 * 7^2 / 50 = 3.92; exact 2 * P(X <= 18) = 0.0649.
    found = {
        test: goodness_of_fit_bounds(["36", "64"], 50, [0.5, 0.5], test=test)
        for test in ("pearson", "exact", None)
    }
    assert found["pearson"].low == pytest.approx(0.0477, abs=5.1e-5)
    assert found["exact"].low == pytest.approx(0.0649, abs=5.1e-5)
    assert [bounds.code for bounds in found.values()] == [
        "differs",
        "does not differ",
        "does not differ",
    ]
    methods = ["pearson", "exact binomial", "exact binomial"]
    assert [bounds.method for bounds in found.values()] == methods
    with pytest.raises(ValueError, match=r'^test: wanted "exact" for two options only'):
        goodness_of_fit_bounds(["20", "40", "40"], 50, [0.2, 0.4, 0.4], test="exact")


def test_bounds_of_a_trillion_people_need_only_the_ends():
    share = proportion_bounds("17", 10**12)
    same = difference_bounds("33", 10**9, "33", 10**9)
    apart = difference_bounds("33", 10**9, "35", 10**9 + 1, test="n-1")
    two = dependent_difference_bounds("33", "32", 10**12)
    assert share.counts_low == (165_000_000_000,)
    assert (same.low, same.high) == (0.0, 1.0)
    assert apart.counts_high == (335_000_000, 345_000_001)
    assert (two.counts_low, two.counts_high) == (
        (325 * 10**9, 325 * 10**9),
        (335 * 10**9, 315 * 10**9),
    )


def test_fisher_bounds_of_a_trillion_people_are_at_a_corner_or_at_equal_shares():
    # Shares of 32.5 and 33.5 % do not come by chance; shares of 33 and 33 % are equal.
    same = difference_bounds("33", 10**12, "33", 10**12 + 7, test="fisher")
    assert (same.low, same.high) == (0.0, 1.0)
    a, b = same.counts_high
    assert abs(a / 10**12 - b / (10**12 + 7)) < 1e-11
    # A count or two each, 10^5 people apart, half a standard error: as good as Pearson's test.
    near = difference_bounds("33.000000000", 10**11, "33.000100000", 10**11, test="fisher")
    rough = difference_bounds("33.000000000", 10**11, "33.000100000", 10**11)
    assert (near.low, near.high) == pytest.approx((rough.low, rough.high), rel=1e-4)


def test_fisher_is_refused_where_too_many_tables_could_be_at_an_end():
    with pytest.raises(ValueError, match=r'^test: wanted "pearson" or "n-1".*got "fisher", for'):
        difference_bounds("33.3333", 10**12, "33.3333", 10**12 + 1, test="fisher")


@settings(max_examples=30, deadline=None)
@given(n1=st.integers(900, 2500), n2=st.integers(900, 2500), percent=st.integers(0, 100))
def test_the_counts_nearest_to_equal_shares_are_found_in_large_samples(n1, n2, percent):
    found = difference_bounds(str(percent), n1, str(percent), n2)
    pairs = np.array(
        list(product(possible_counts(str(percent), n1), possible_counts(str(percent), n2)))
    )
    values = p_values(pairs[:, 0], n1, pairs[:, 1], n2, "pearson")
    assert (found.low, found.high) == pytest.approx((values.min(), values.max()), rel=1e-9)


@pytest.mark.parametrize("level", [Decimal("0.95"), Fraction(19, 20), np.float64(0.95)])
def test_a_level_of_any_number_type_is_the_same_level(level):
    assert proportion_bounds("17", 109, level).low == proportion_bounds("17", 109).low
    assert proportion_interval(17, 109, level, "jeffreys") == proportion_interval(
        17, 109, method="jeffreys"
    )
    assert (multinomial_interval([3, 5, 9], level) == multinomial_interval([3, 5, 9])).all()
    assert sample_size(Decimal("0.05"), level) == 385
    table, usual = (neighbour_tests(["80", "20"], 10, each) for each in (level, 0.95))
    assert table.equals(usual)


@pytest.mark.parametrize("level", [1e-300, 1 - 1e-16, 1e-13, Fraction(1, 10**400)])
def test_a_level_that_floats_cannot_tell_from_certainty_is_refused(level):
    for call in (
        lambda: multinomial_interval([3, 5, 9], level),
        lambda: proportion_interval(3, 9, level),
        lambda: sample_size(0.05, level),
        lambda: goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72], level),
        lambda: difference_bounds("20", 9, "20", 9, level=level),
    ):
        with pytest.raises(ValueError, match=r"^level: wanted a number between 0 and 1"):
            call()


def test_levels_near_certainty_still_have_finite_limits():
    # Goodman at 1e-12 / 3: chi-square 56.0 or more, so that 9 of 17 reach far but not beyond.
    limits = multinomial_interval([3, 5, 9], 1 - 1e-12)
    assert ((limits >= 0) & (limits <= 1)).all()
