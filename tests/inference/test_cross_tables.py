"""Tables of several groups: published examples, and every table of whole people."""

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association

from analysis.counts.head_counts import possible_vectors
from analysis.inference.cross_tables import cross_table_bounds


def test_two_groups_of_two_by_hand():
    # 24, 16 and 15, 35: 90 (24 * 35 - 16 * 15)^2 / (40 * 50 * 39 * 51) = 8.1448.
    chi_square, p_value, strength = cross_table_bounds([["60", "40"], ["30", "70"]], [40, 50])
    assert chi_square.low == chi_square.high == pytest.approx(8.1448, abs=5e-5)
    assert strength.low == strength.high == pytest.approx((8.1448 / 90) ** 0.5, abs=1e-5)
    assert p_value.counts_low == (24, 16, 15, 35)
    assert p_value.verdict == "differs at 95 %"


def test_hair_and_eyes_agree_with_the_textbook():
    # Snee (1974), The American Statistician 28, 9-12: chi-square 138.29 of 592 students with 9
    # degrees of freedom, V = 0.279.
    hair = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]
    sizes = [sum(row) for row in hair]
    shares = [[f"{100 * k / n:.3f}" for k in row] for row, n in zip(hair, sizes, strict=True)]
    chi_square, p_value, strength = cross_table_bounds(shares, sizes)
    assert chi_square.low == pytest.approx(138.29, abs=0.005)
    assert strength.high == pytest.approx(0.279, abs=5.1e-4)
    assert p_value.counts_low == tuple(k for row in hair for k in row)


@settings(max_examples=25, deadline=None)
@given(data=st.data(), groups=st.integers(2, 3), options=st.integers(2, 3))
def test_bounds_are_those_of_all_tables(data, groups, options):
    sizes = data.draw(st.lists(st.integers(5, 160), min_size=groups, max_size=groups))
    shares = []
    for n in sizes:
        cuts = sorted(data.draw(st.lists(st.integers(1, n), min_size=options - 1,
                                         max_size=options - 1)))  # fmt: skip
        counts = np.diff([0, *cuts, n])
        shares.append([str((200 * int(k) + n) // (2 * n)) for k in counts])
    found = cross_table_bounds(shares, sizes)
    rows = [
        possible_vectors(each, n).to_numpy().tolist() for each, n in zip(shares, sizes, strict=True)
    ]
    tables = [np.array(table) for table in product(*rows)]
    if not tables:
        assert all(bounds.low is None and bounds.reason for bounds in found)
        return
    kept = [table[:, table.sum(axis=0) > 0] for table in tables]
    if any(table.shape[1] < 2 for table in kept):
        return
    tests = [chi2_contingency(table, correction=False) for table in kept]
    by_trying = [
        [test.statistic for test in tests],
        [test.pvalue for test in tests],
        [association(table, method="cramer") for table in kept],
    ]
    for bounds, values in zip(found, by_trying, strict=True):
        ends = pytest.approx((min(values), max(values)), rel=1e-7, abs=1e-9)
        assert (bounds.low, bounds.high) == ends


def test_an_option_that_nobody_chose_may_be_left_out_of_some_tables_only():
    # "0" of 300 is nobody or one person: two options or three, with 1 or 2 degrees of freedom.
    chi_square, p_value, strength = cross_table_bounds([["50", "50", "0"]] * 2, [300, 300])
    assert chi_square.low == strength.low == 0
    assert p_value.high == 1
    assert p_value.note == "rough: least expected count 0.5"


def test_groups_that_all_choose_one_option_do_not_differ():
    chi_square, p_value, strength = cross_table_bounds([["100", "0"]] * 2, [40, 50])
    assert (chi_square.high, p_value.low, strength.high) == (0, 1, 0)


@pytest.mark.parametrize(
    ("groups", "sizes", "message"),
    [
        ([["60", "40"]], [40], "groups: wanted two groups or more"),
        ([["60", "40"], ["30", "30", "40"]], [40, 50], "groups[1]: wanted two options or more"),
        ([["60", "40"], ["30", "x"]], [40, 50], "groups[1][1]: wanted plain digits"),
    ],
)
def test_what_is_no_table_is_refused(groups, sizes, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        cross_table_bounds(groups, sizes)


def test_too_many_tables_are_refused_with_their_number():
    with pytest.raises(ValueError, match=r"^limit: wanted at least 10,201, the possible tables"):
        cross_table_bounds([["50", "50"], ["50", "50"]], [10_000, 10_000], limit=1000)
