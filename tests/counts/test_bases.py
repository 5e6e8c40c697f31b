"""Bases and wholes, against hand calculation and brute force."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.counts.bases import NEAR, no_base, possible_bases, possible_totals
from analysis.counts.ranges import bases_that_fit
from analysis.counts.rounding import printed_intervals
from tests.counts.test_head_counts import questions, rules, scanned_counts
from tests.counts.test_rounding import prints_as


def test_bases_of_one_third_are_the_multiples_of_three():
    assert possible_bases(["33", "67"], 10) == [3, 6, 9]
    # Digits past 64 bits: only exact thirds are left.
    assert possible_bases(["33." + "3" * 18], 10) == [3, 6, 9]
    assert possible_bases(["101"], 500) == []


def test_adding_up_excludes_bases_that_each_share_allows():
    # Of 6, 50 and 33 percent are 3 and 2: possible one by one, one person short together.
    assert 6 in possible_bases(["50", "33"], 6)
    assert possible_bases(["50", "33"], 6, exhaustive=True) == []


@settings(max_examples=30, deadline=None)
@given(question=questions(40, 4), exhaustive=st.booleans(), rounding=rules)
def test_bases_are_those_that_brute_force_finds(question, exhaustive, rounding):
    _, texts = question
    expected = []
    for n in range(1, 41):
        sets = [scanned_counts(text, n, rounding) for text in texts]
        sums = {sum(counts) for counts in product(*sets)}
        if all(sets) and (not exhaustive or n in sums):
            expected.append(n)
    assert possible_bases(texts, 40, exhaustive, rounding) == expected


def test_from_one_hundred_on_every_whole_percentage_has_a_base():
    bases = possible_bases(["45", "28", "22", "4"], 100_000)
    assert bases[-99_901:] == list(range(100, 100_001))


def test_four_projects_that_are_eight_percent_allow_six_totals():
    # 4 / 0.085 = 47.06 and 4 / 0.075 = 53.33
    assert possible_totals(4, "8") == [48, 49, 50, 51, 52, 53]
    assert possible_totals(4, "8.0") == [50]


def test_which_way_a_five_goes_decides_about_a_total_at_the_edge():
    # 3 of 40 is 7.5 percent
    assert 40 in possible_totals(3, "8", "half-up")
    assert 40 not in possible_totals(3, "8", "half-down")


@settings(max_examples=40, deadline=None)
@given(count=st.integers(1, 30), percent=st.integers(1, 101), rounding=rules)
def test_totals_are_those_that_brute_force_finds(count, percent, rounding):
    text = str(percent)
    expected = [
        n
        for n in range(count, 100 * count * 2 + 1)
        if text in prints_as(Fraction(100 * count, n), 0, rounding)
    ]
    if not (percent == 1 and rounding == "ceiling"):
        assert possible_totals(count, text, rounding) == expected


def test_a_share_that_can_be_zero_has_no_greatest_total_and_is_refused():
    with pytest.raises(ValueError, match="printed: wanted a share that cannot be zero; got '0'"):
        possible_totals(3, "0")
    with pytest.raises(ValueError, match="count: wanted a whole number, 1 or more; got 0"):
        possible_totals(0, "8")


def test_bases_and_totals_up_to_a_trillion_are_found_from_the_small_ones():
    assert possible_bases(["33"], 10**12)[-1] == 10**12
    # Whoever is not among 33 % is among 67 %.
    missing = [n for n in range(1, 300) if not scanned_counts("33", n, "half-any")]
    found = possible_bases(["33", "67"], 10**12, exhaustive=True)
    assert len(found) == 10**12 - len(missing)
    halves = possible_bases(["50", "50"], 10**12, True, "truncate")
    assert (halves[0], halves[-1], len(halves)) == (2, 10**12, 5 * 10**11)
    totals = possible_totals(10**12, "8")
    assert (totals[0], totals[-1]) == (11_764_705_882_353, 13_333_333_333_333)
    assert no_base(["101"], 10**12).shares == ("101",)


def test_bases_of_so_many_decimals_that_they_must_be_tried_one_by_one_are_refused():
    with pytest.raises(ValueError, match=r"^n_max: wanted at most 10,000,000 bases"):
        possible_bases(["33.333333333"], 10**8)


whole = st.integers(0, 101).map(str)
with_tenths = st.integers(0, 1010).map(lambda tenths: f"{tenths // 10}.{tenths % 10}")
# Their lower, or upper, ends add up to 100 under one rule or another.
at_the_edge = st.sampled_from(
    [["50", "50"], ["50", "25", "12.5", "12.5"], ["49", "50"], ["50", "49.5"], ["20", "79.0", "1"]]
)


@settings(max_examples=150, deadline=None)
@example(texts=["0"], exhaustive=False, rounding="ceiling")  # nobody: any base
@example(texts=["0"], exhaustive=True, rounding="ceiling")
@example(texts=["100"], exhaustive=True, rounding="truncate")
@example(texts=["100", "0"], exhaustive=True, rounding="ceiling")
@given(
    texts=st.one_of(st.lists(st.one_of(whole, with_tenths), min_size=1, max_size=4), at_the_edge),
    exhaustive=st.booleans(),
    rounding=rules,
)
def test_large_bases_are_those_found_by_trying_each(texts, exhaustive, rounding):
    intervals = printed_intervals(texts, rounding)
    fits = bases_that_fit(intervals, np.arange(1, 8001), True if exhaustive else None)
    tried = [int(base) for base in np.flatnonzero(fits) + 1]
    assert possible_bases(texts, 8000, exhaustive, rounding) == tried


def test_shares_that_miss_100_have_no_base_at_all():
    # 44.5 to 45.5, 27.5 to 28.5 and 19.5 to 20.5
    found = no_base(["45", "28", "20"], 500, exhaustive=True)
    assert found.total == (Fraction(183, 2), Fraction(189, 2))
    # 49.5 + 50.5 is 100 only where both ends count
    assert no_base(["50", "49.5"], 500, exhaustive=True, rounding="half-up") is None
    assert no_base(["49", "50"], 40, exhaustive=True, rounding="half-up").total is not None


def test_the_share_without_a_base_and_the_next_base_are_named():
    # One of three and one of two; together only of six.
    found = no_base(["33.3", "50"], 5)
    assert (found.shares, found.next_base) == ((), 6)
    # 33.35 to 33.45 %
    found = no_base(["33.4", "50"], 200)
    assert found.shares == ("33.4",)
    assert found.next_base == next(b for b in possible_bases(["33.4", "50"], NEAR) if b > 200)
    assert no_base(["50"], 5) is None
