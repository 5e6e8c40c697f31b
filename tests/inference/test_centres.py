"""Mean, median, effective numbers: against scipy, against all samples, and by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap, quantile_test, t

from analysis.inference.centres import mean_interval, median_interval
from analysis.inference.weights import design_effect, effective_size, weighted_interval

VALUES = st.lists(st.integers(-5, 5), min_size=2, max_size=40)


def counted(values):
    """Return each value once, and how often it occurs."""
    found, people = np.unique(values, return_counts=True)
    return found.tolist(), people.tolist()


@given(VALUES)
def test_the_mean_is_that_of_student(values):
    centre, spread = mean_interval(*counted(values))
    assert centre.value == pytest.approx(np.mean(values), abs=1e-12)
    assert spread == pytest.approx(np.std(values, ddof=1), abs=1e-12)
    if spread:
        low, high = t.interval(0.95, len(values) - 1, np.mean(values), spread / len(values) ** 0.5)
        assert (centre.low, centre.high) == pytest.approx((low, high))


@given(VALUES)
def test_the_median_is_numpys_and_its_interval_that_of_the_sign_test(values):
    centre = median_interval(*counted(values))
    assert centre.value == np.median(values)
    limits = quantile_test(values, q=0, p=0.5).confidence_interval(0.95)
    ours = (centre.low, centre.high)
    assert ours == pytest.approx((limits.low, limits.high), nan_ok=True)


def test_five_people_have_no_interval_of_the_median_and_six_have():
    # both extremes of n people miss the median with the chance 2 / 2^n
    assert math.isnan(median_interval([1, 2, 3, 4, 5], [1] * 5).low)
    assert median_interval([1, 2, 3, 4, 5, 6], [1] * 6)[1:] == (1, 6)


@pytest.mark.parametrize("n", range(6, 40))
def test_the_interval_of_the_median_keeps_its_level_and_no_narrower_one_does(n):
    # the r-th of n from below and from above leave out the median with the chance 2 P(B < r)
    rank = int(median_interval(list(range(1, n + 1)), [1] * n).low)

    def chance(r):
        return 2 * sum(math.comb(n, k) for k in range(r)) / 2**n

    assert chance(rank) <= 0.05 < chance(rank + 1)


def test_a_weight_of_two_moves_mean_and_median_as_two_people_do():
    twice = [1, 2, 3], [1, 1, 1], [1, 1, 2], [1, 1, 4]
    assert mean_interval(*twice)[0].value == mean_interval([1, 2, 3], [1, 1, 2])[0].value == 2.25
    assert median_interval(*twice).value == median_interval([1, 2, 3], [1, 1, 2]).value == 2.5


@given(VALUES, st.sampled_from([0.25, 1, 3]))
def test_equal_weights_change_neither_mean_nor_median(values, weight):
    found, people = counted(values)
    weights = [weight * each for each in people]
    squares = [weight**2 * each for each in people]
    plain, weighted = (mean_interval(found, people, *each) for each in ([], [weights, squares]))
    np.testing.assert_allclose([*plain[0], plain[1]], [*weighted[0], weighted[1]], atol=1e-9)
    plain, weighted = (median_interval(found, people, *each) for each in ([], [weights, squares]))
    np.testing.assert_array_equal(plain, weighted)


def test_a_census_has_a_mean_without_chance():
    centre, _ = mean_interval([1, 2], [5, 5], population=10)
    assert centre == (1.5, 1.5, 1.5)
    with pytest.raises(ValueError, match="population: wanted a whole number, 10 or more; got 9"):
        mean_interval([1, 2], [5, 5], population=9)


def test_the_correction_gives_the_variance_of_all_samples():
    # mean and variance of the mean over all 10 samples of 3 out of 5: S^2 / n (1 - n/N)
    everyone = [0, 1, 1, 4, 9]
    means = [np.mean(each) for each in itertools.combinations(everyone, 3)]
    spread = np.std(everyone, ddof=1)
    assert np.var(means) == pytest.approx(spread**2 / 3 * (1 - 3 / 5))
    values, people = counted(everyone)
    centre, _ = mean_interval(values, people, population=20)
    half = t.isf(0.025, 4) * spread * math.sqrt((1 - 5 / 20) / 5)
    assert centre.high - centre.value == pytest.approx(half)


def test_one_person_has_a_mean_and_no_interval():
    centre, spread = mean_interval([3], [1])
    assert centre.value == 3 and math.isnan(centre.low) and math.isnan(spread)


def test_nobody_has_no_mean():
    with pytest.raises(ValueError, match="people: wanted one person or more; got none"):
        mean_interval([1], [0])


def test_the_effective_number_is_worked_by_hand():
    # weights 1, 1, 2: (4)^2 / 6; 3 * 6 / 16
    assert effective_size(4, 6) == pytest.approx(16 / 6)
    assert design_effect(3, 4, 6) == pytest.approx(18 / 16)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=20))
def test_unequal_weights_never_tell_more_than_equal_ones(weights):
    sums = sum(weights), sum(w * w for w in weights)
    assert 1 - 1e-9 <= effective_size(*sums) <= len(weights) * (1 + 1e-9)
    assert design_effect(len(weights), *sums) >= 1 - 1e-9


def test_the_weighted_interval_is_wilsons_with_the_effective_number():
    # 0.25 of 80: (20 + 1.92073) / 83.84146 = 0.26146; half width 0.09335
    low, high = weighted_interval(0.25, 100, 80)
    assert (low + high) / 2 == pytest.approx(21.92073 / 83.84146, abs=1e-6)
    assert high - low == pytest.approx(0.18670, abs=1e-4)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nobody_and_everybody_have_closed_ends(share):
    low, high = weighted_interval(share, 10, 7.5)
    assert share in (low, high) and 0 <= low < high <= 1


def test_a_weighted_census_has_no_chance_and_a_share_beyond_one_is_refused():
    assert weighted_interval(0.3, 10, 7, population=10) == (0.3, 0.3)
    with pytest.raises(ValueError, match="share: wanted a number from 0 to 1; got"):
        weighted_interval(1.2, 10, 7)
    with pytest.raises(ValueError, match="population: wanted a whole number, 10 or more"):
        weighted_interval(0.3, 10, 7, population=9)


def test_the_interval_of_a_mean_lies_where_the_bootstrap_has_it():
    values = np.array([1] * 30 + [2] * 50 + [3] * 80 + [4] * 40)
    drawn = bootstrap((values,), np.mean, rng=np.random.default_rng(5), n_resamples=4000)
    centre, _ = mean_interval(*counted(values))
    assert (centre.low, centre.high) == pytest.approx(drawn.confidence_interval, abs=0.02)
