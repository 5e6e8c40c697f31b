"""The counts nearest to equal shares, against trying all."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.inference.difference_bounds import difference_bounds
from analysis.inference.nearest_shares import first_within, nearest_pairs


@settings(max_examples=200, deadline=None)
@given(modulus=st.integers(1, 80), data=st.data())
def test_the_first_step_into_a_span_is_found(modulus, data):
    step, low = (data.draw(st.integers(0, modulus - 1)) for _ in range(2))
    high = data.draw(st.integers(low, modulus - 1))
    tried = (t for t in range(modulus) if low <= t * step % modulus <= high)
    assert first_within(step, modulus, low, high) == next(tried, None)


@st.composite
def part_of(draw, n, near):
    """Draw a range of counts out of `n`, beginning close to some count more often than not."""
    start = draw(st.one_of(st.integers(0, n), st.integers(max(0, near - 5), min(n, near + 1))))
    return range(start, min(n, start + draw(st.integers(0, 30))) + 1)


@settings(max_examples=200, deadline=None)
@given(n1=st.integers(1, 90), n2=st.integers(1, 90), data=st.data())
def test_no_pair_is_nearer_to_equal_shares(n1, n2, data):
    first = data.draw(part_of(n1, n1 // 2))
    second = data.draw(part_of(n2, min(n2, first[0] * n2 // n1)))
    pairs = list(product(first, second))
    gaps = [a * n2 - b * n1 for a, b in pairs]
    assume(min(gaps) < 0 < max(gaps))
    assume(0 not in gaps)

    def statistic(a, b):
        return Fraction((a * n2 - b * n1) ** 2, (a + b) * (n1 + n2 - a - b))

    found = nearest_pairs(first, n1, second, n2)
    assert set(found) <= set(pairs)
    assert min(statistic(*pair) for pair in found) == min(statistic(*pair) for pair in pairs)


@pytest.mark.parametrize(("n1", "n2"), [(999_983, 1_000_003), (650_001, 31_337), (999_999, 10**6)])
def test_of_a_million_people_the_nearest_are_those_of_every_count(n1, n2):
    first, second = range(n1 * 325 // 1000, n1 * 335 // 1000), range(n2 * 33 // 100, n2 * 34 // 100)
    a = np.array(first)
    pairs = np.concatenate([np.stack([a, a * n2 // n1 + more], 1) for more in (0, 1)])
    a, b = pairs[(pairs[:, 1] >= second[0]) & (pairs[:, 1] <= second[-1])].T

    def statistic(a, b):
        return (a * n2 - b * n1) ** 2 / ((a + b) * (n1 + n2 - a - b))

    found = min(statistic(*pair) for pair in nearest_pairs(first, n1, second, n2))
    assert found == pytest.approx(statistic(a, b).min(), rel=1e-12)


def test_close_shares_of_a_trillion_people_are_all_but_equal():
    # Some share of the one is less than a person away from one of the other.
    found = difference_bounds("33", 10**12, "33", 10**12 + 7)
    (a, b), n1, n2 = found.counts_high, 10**12, 10**12 + 7
    assert abs(a * n2 - b * n1) < 10**12
    assert found.high == pytest.approx(1, abs=1e-6)
    assert found.low == 0
    # Equal bases have equal counts.
    assert difference_bounds("33", 10**12, "33", 10**12).high == 1
