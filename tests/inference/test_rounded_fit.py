"""The fit to a reference in rounded shares, by hand and against a grid of all shares."""

import re
import time
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from analysis.inference.fit_bounds import goodness_of_fit_bounds
from analysis.inference.rounded_fit import nearest_shares, reference_box, statistics, vertices
from tests.inference.test_bounds import is_empty, joint_solutions

either_test = pytest.mark.parametrize("test", ["pearson", "likelihood-ratio"])


def test_three_thirds_count_as_rounded():
    # 36, 36 and 37 of 109, each a third of 100 but for half a unit: the reference can be the
    # sample's shares to within 0.0001, but not 37/109 = 0.3394.
    for shares in ([0.333] * 3, ["33.3"] * 3, [Fraction("0.333")] * 3):
        found = goodness_of_fit_bounds(["33", "33", "33.9"], 109, shares)
        assert found.high == pytest.approx(1, abs=0.01)
        assert found.code == "does not differ"
    exact = goodness_of_fit_bounds(["33", "33", "33.9"], 109, [Fraction(1, 3)] * 3)
    assert found.low < exact.low < found.high


def test_a_sample_within_the_reference_fits_perfectly():
    # 20 % of 50 is 10 people: 19.5 to 20.5 % among them.
    assert goodness_of_fit_bounds(["20", "30", "50"], 50, ["20", "30", "50"]).high == 1


def test_22_of_109_against_28_percent_by_hand():
    # 27.5 to 28.5 %: (22 - 29.975)^2 (1/29.975 + 1/79.025) = 2.9266, at 28.5 3.6996.
    found = goodness_of_fit_bounds(["20", "80"], 109, ["28", "72"])
    assert found.method == "pearson"
    assert found.high == pytest.approx(chi2.sf(2.9266, 1), rel=1e-4)
    assert found.low == pytest.approx(chi2.sf(3.6996, 1), rel=1e-4)


def corners(ends):
    """Return the triples of shares that add up to 1 with two of them at an end."""
    found = []
    for free in range(3):
        others = [pair for place, pair in enumerate(ends) if place != free]
        for two in product(*others):
            third = 1 - sum(two)
            if ends[free][0] <= third <= ends[free][1]:
                found.append([*two[:free], third, *two[free:]])
    return np.array(found, dtype=float)


@either_test
@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(5, 120),
    percents=st.lists(st.integers(1, 49), min_size=2, max_size=2),
    reference=st.lists(st.integers(2, 48), min_size=2, max_size=2),
    exhaustive=st.booleans(),
)
def test_bounds_are_those_of_all_counts_and_all_shares(test, n, percents, reference, exhaustive):
    lists = [[*pair, 100 - sum(pair)] if exhaustive else pair for pair in (percents, reference)]
    printed, expected = ([str(each) for each in numbers] for numbers in lists)
    solutions = joint_solutions(printed, n, "half-any", exhaustive)
    found = goodness_of_fit_bounds(printed, n, expected, exhaustive=exhaustive, test=test)
    if not solutions:
        assert is_empty(found)
        return
    lows, highs = reference_box(expected, exhaustive, "half-any")
    shares = corners(list(zip(lows, highs, strict=True)))
    greatest = max(statistics(np.array(c), n * shares, test).max() for c in solutions)
    assert found.low == pytest.approx(chi2.sf(greatest, 2), rel=1e-6, abs=1e-300)
    ends = (np.array(each, dtype=float) for each in (lows, highs))
    best = nearest_shares(np.array(solutions), *ends)
    least = statistics(np.array(solutions), n * best, test).min()
    assert found.high == pytest.approx(chi2.sf(least, 2), rel=1e-6)
    assert found.counts_low in solutions
    assert found.counts_high in solutions
    weights = np.random.default_rng(n).random((200, len(shares)))
    between = weights @ shares / weights.sum(axis=1, keepdims=True)
    for counts in solutions:
        values = statistics(np.array(counts), n * between, test)
        assert least - 1e-9 <= values.min() and values.max() <= greatest * (1 + 1e-9)


@either_test
@settings(max_examples=60, deadline=None)
@given(
    box=st.lists(
        st.tuples(st.integers(1, 30), st.integers(0, 9), st.integers(0, 40)),
        min_size=2,
        max_size=4,
    ),
    data=st.data(),
)
def test_no_exchange_between_two_shares_fits_better(test, box, data):
    widths = sum(width for _, width, _ in box)
    total = sum(low for low, _, _ in box) + data.draw(st.integers(0, widths))
    lows = np.array([low / total for low, _, _ in box])
    highs = np.array([(low + width) / total for low, width, _ in box])
    counts = np.array([[count for _, _, count in box]])
    if not counts.sum():
        return
    (shares,) = nearest_shares(counts, lows, highs)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= lows - 1e-12).all() and (shares <= highs + 1e-12).all()
    here, n = statistics(counts[0], shares * counts.sum(), test), counts.sum()
    for giver, taker in product(range(len(box)), repeat=2):
        other = shares.copy()
        other[giver], other[taker] = other[giver] - 1e-5, other[taker] + 1e-5
        if giver != taker and other[giver] >= lows[giver] and other[taker] <= highs[taker]:
            assert statistics(counts[0], other * n, test) >= here - 1e-9 * n


def test_all_but_one_share_stand_at_an_end():
    found = vertices(np.array([1.0, 2, 3]), np.array([3.0, 4, 5]), 9)
    assert {tuple(point) for point in found.tolist()} == {
        *((3, 3, 3), (1, 3, 5), (3, 2, 4), (2, 4, 3), (1, 4, 4), (2, 2, 5)),
    }


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        (["33.3", "33.3", "33.2"], "got 0.9965 to 0.9995 from 3"),
        ([0.333, 0.333, 0.3], "got 0.966 from 3"),
        (["0", "50", "50"], "expected[0]: wanted a share that cannot be zero; got '0'"),
        ([0.3, "30", 0.4], "expected[1]: wanted a number between 0 and 1"),
        (["30", 0.3, "40"], "expected[1]: wanted the percentage as text"),
    ],
)
def test_a_reference_that_cannot_be_one_is_refused(shares, message):
    with pytest.raises((TypeError, ValueError), match=re.escape(message)):
        goodness_of_fit_bounds(["33", "33", "34"], 109, shares)


def test_the_exact_test_is_refused_for_rounded_shares():
    with pytest.raises(ValueError, match=r'^test: wanted "pearson" or "likelihood-ratio"'):
        goodness_of_fit_bounds(["20", "80"], 109, ["28", "72"], test="exact")


def test_what_would_take_too_long_is_refused():
    options = ["10"] * 10
    with pytest.raises(ValueError, match=r"^expected: wanted exact shares for [0-9,]+ joint"):
        goodness_of_fit_bounds(options, 2000, ["9"] * 9 + ["19"])
    with pytest.raises(ValueError, match=r"^expected: wanted at most 10 rounded shares"):
        goodness_of_fit_bounds([*options, "0"], 2000, ["9"] * 9 + ["18", "1"])


def test_eight_options_take_less_than_two_seconds():
    printed = ["10", "11", "12", "13", "14", "15", "12", "13"]
    start = time.perf_counter()
    found = goodness_of_fit_bounds(printed, 150, printed, test="pearson")
    assert time.perf_counter() - start < 2
    assert found.high == 1


def test_fractions_stand_for_themselves_where_they_add_up():
    lows, highs = reference_box([0.25, 0.75], exhaustive=True, rounding="half-any")
    assert lows == highs
