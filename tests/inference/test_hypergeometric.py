"""Chances of two-by-two tables, against whole-number arithmetic."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.hypergeometric import likeliest, log_chance, tails


@st.composite
def tables(draw, largest=400):
    n1, n2 = (draw(st.integers(1, largest)) for _ in range(2))
    chosen = draw(st.integers(0, n1 + n2))
    return draw(st.integers(max(0, chosen - n2), min(n1, chosen))), n1, n2, chosen


def ways(k, n1, n2, chosen):
    return math.comb(n1, k) * math.comb(n2, chosen - k)


@settings(max_examples=100, deadline=None)
@given(table=tables())
def test_chance_and_tails_are_those_of_counted_ways(table):
    k, n1, n2, chosen = table
    total = math.comb(n1 + n2, chosen)
    possible = range(max(0, chosen - n2), min(n1, chosen) + 1)
    below = sum(ways(j, *table[1:]) for j in possible if j <= k)
    above = sum(ways(j, *table[1:]) for j in possible if j >= k)
    exact = Fraction(ways(*table), total)
    assert math.exp(log_chance(*table)) == pytest.approx(float(exact), rel=1e-11)
    assert tails(*table) == pytest.approx((below / total, above / total), rel=1e-11)
    assert ways(likeliest(*table[1:]), *table[1:]) == max(ways(j, *table[1:]) for j in possible)


def test_counts_that_cannot_be_have_everything_to_one_side():
    assert tails(-1, 4, 4, 4) == (0.0, 1.0)
    assert tails(5, 4, 4, 4) == (1.0, 0.0)
    assert tails(0, 4, 4, 5) == (0.0, 1.0)


@pytest.mark.parametrize("n", [10**6, 10**9, 10**12])
@pytest.mark.parametrize("sigmas", [0, 1, 3])
def test_of_a_trillion_people_both_tails_still_add_up(n, sigmas):
    n1, n2, chosen = n, n + 7, 2 * n // 3
    deviation = math.sqrt(chosen / (n1 + n2) * (n1 + n2 - chosen) / (n1 + n2) * n1 * n2 / (n1 + n2))
    k = likeliest(n1, n2, chosen) + round(sigmas * deviation)
    at_most, at_least = tails(k, n1, n2, chosen)
    from_below = tails(chosen - k, n2, n1, chosen)
    here = math.exp(log_chance(k, n1, n2, chosen))
    assert (at_most, at_least) == pytest.approx(from_below[::-1], rel=1e-9)
    assert at_most + at_least - here == pytest.approx(1, rel=1e-10)
    normal = math.erfc((k - chosen * n1 / (n1 + n2)) / deviation / math.sqrt(2)) / 2
    assert at_least - here / 2 == pytest.approx(normal, rel=1e-2)
