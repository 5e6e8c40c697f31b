"""Subgroups of a total, by hand and against every split."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.head_counts import possible_counts
from analysis.counts.rounding import RULES
from analysis.counts.splits import possible_splits


def test_a_fifth_of_girls_and_half_of_the_boys_by_hand():
    # 12 of 30: of 10 girls 2 and of 20 boys 10; 20 and 50 % of other splits are no whole people,
    # or not 12, such as 4 and 5 of 20 and 10.
    assert possible_splits("40", 30, ["20", "50"]) == [[10], [20]]
    # A whole below both its parts
    assert possible_splits("10", 30, ["20", "50"]) == [[], []]


def test_three_groups_by_hand():
    # a + b + c = 12 and a / 2 + b = 6, so b = c = 6 - a / 2, and a is even.
    sizes = possible_splits("50", 12, ["50", "100", "0"])
    assert sizes == [[2, 4, 6, 8, 10], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]


def by_trying(whole, n, groups, rounding):
    """Return the sizes of each group over every split and every count."""
    together = set(possible_counts(whole, n, rounding))
    found = [set() for _ in groups]
    for sizes in product(range(1, n), repeat=len(groups) - 1):
        sizes = (*sizes, n - sum(sizes))
        if sizes[-1] < 1:
            continue
        counts = [possible_counts(g, s, rounding) for g, s in zip(groups, sizes, strict=True)]
        if together & {sum(each) for each in product(*counts)}:
            for size, sets in zip(sizes, found, strict=True):
                sets.add(size)
    return [sorted(sizes) for sizes in found]


@pytest.mark.parametrize(("groups", "most"), [(2, 60), (3, 24), (4, 13)])
@settings(max_examples=30, deadline=None)
@given(data=st.data(), rounding=st.sampled_from(RULES))
def test_splits_are_those_that_some_counts_give(groups, most, data, rounding):
    n = data.draw(st.integers(groups, most))
    whole, *shares = (str(data.draw(st.integers(0, 101))) for _ in range(groups + 1))
    assert possible_splits(whole, n, shares, rounding) == by_trying(whole, n, shares, rounding)


@pytest.mark.parametrize(
    ("n", "groups", "message"),
    [
        (30, ["20"], "groups: wanted the shares of two groups or more; got 1"),
        (1, ["20", "50"], "n: wanted a whole number, 2 or more; got 1"),
        (30, ["20", "5o"], "groups[1]: wanted plain digits"),
        (10**12, ["20", "50"], "n: wanted at most 10,000,000 people in 2 groups"),
        (5000, ["20", "50", "60"], "n: wanted at most 1,000 people in 3 groups; got 5,000"),
    ],
)
def test_what_cannot_be_split_is_refused(n, groups, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        possible_splits("40", n, groups)
