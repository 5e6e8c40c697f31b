"""What printed shares leave open, against every way in which people can have answered."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.head_counts import possible_counts
from analysis.counts.overlaps import (
    answers_per_person_bounds,
    co_selection_bounds,
    none_of_them_bounds,
    unprinted_bounds,
)


def test_two_options_of_109_people_overlap_by_hand():
    assert co_selection_bounds(60, 70, 109) == (21, 60)
    assert co_selection_bounds(0, 109, 109) == (0, 0)


def test_no_option_is_chosen_by_more_people_than_there_are():
    with pytest.raises(ValueError, match=r"^b: wanted at most n=109 people; got 110"):
        co_selection_bounds(60, 110, 109)
    with pytest.raises(TypeError, match=r"^a: wanted a whole number, 0 or more; got 60.0"):
        co_selection_bounds(60.0, 70, 109)


def answers_of(n, options):
    """Yield for each way to answer: the counts, people in the first two, people in none."""
    tickings = list(product([0, 1], repeat=options))
    for people in product(tickings, repeat=n):
        counts = tuple(map(sum, zip(*people, strict=True)))
        yield counts, sum(p[0] and p[1] for p in people), sum(not any(p) for p in people)


def test_bounds_are_reached_and_never_passed():
    n = 4
    both, none = {}, {}
    for counts, in_both, in_none in answers_of(n, 3):
        both.setdefault(counts[:2], set()).add(in_both)
        none.setdefault(counts, set()).add(in_none)
    for (a, b), seen in both.items():
        assert co_selection_bounds(a, b, n) == (min(seen), max(seen))
    for counts, seen in none.items():
        printed = [str(25 * count) for count in counts]
        assert none_of_them_bounds(printed, n) == (min(seen), max(seen))


def test_answers_per_person_take_every_count_that_rounding_allows():
    # 17 percent of 109 is 18 or 19 people, 20 percent is 22
    assert answers_per_person_bounds(["17", "20"], 109) == (40 / 109, 41 / 109)
    assert none_of_them_bounds(["17", "20"], 109) == (109 - 41, 109 - 22)


def test_what_no_head_count_gives_has_no_bounds():
    assert answers_per_person_bounds(["33.5", "20"], 109) is None
    assert none_of_them_bounds(["101"], 109) is None
    assert unprinted_bounds(["60", "60"], 100, unprinted=2).empty
    assert unprinted_bounds(["33.5"], 109, unprinted=2).empty


def test_three_almost_equal_options_share_42_of_100():
    # 13 + 14 + 15 and 13 + 13 + 16 are 42; only the first stays within two people
    frame = unprinted_bounds(["31", "27"], 100, unprinted=3, tolerance=2)
    assert frame[["low", "high"]].to_numpy().tolist() == [[13, 15]] * 3
    assert frame["high_percent"].tolist() == [15.0] * 3
    alone = unprinted_bounds(["31", "27"], 100, unprinted=1)
    assert alone[["low", "high"]].to_numpy().tolist() == [[42, 42]]
    free = unprinted_bounds(["31", "27"], 100, unprinted=3)
    assert free[["low", "high"]].to_numpy().tolist() == [[0, 42]] * 3


def test_a_rest_that_cannot_be_split_evenly_has_no_solution_without_tolerance():
    assert unprinted_bounds(["31", "27"], 100, unprinted=4, tolerance=0).empty
    even = unprinted_bounds(["31", "27"], 100, unprinted=3, tolerance=0)
    assert even[["low", "high"]].to_numpy().tolist() == [[14, 14]] * 3


@settings(max_examples=50, deadline=None)
@given(
    n=st.integers(1, 30),
    printed=st.lists(st.integers(0, 70).map(str), min_size=1, max_size=2),
    unprinted=st.integers(1, 3),
    tolerance=st.none() | st.integers(0, 5),
)
def test_ranges_are_those_of_every_way_to_fill_the_rest(n, printed, unprinted, tolerance):
    sums = {sum(counts) for counts in product(*[possible_counts(p, n) for p in printed])}
    seen = {
        parts[0]
        for parts in product(range(n + 1), repeat=unprinted)
        if n - sum(parts) in sums and (tolerance is None or max(parts) - min(parts) <= tolerance)
    }
    frame = unprinted_bounds(printed, n, unprinted, tolerance)
    expected = [[min(seen), max(seen)]] * unprinted if seen else []
    assert frame[["low", "high"]].to_numpy().tolist() == expected


def test_tolerance_and_number_of_options_are_whole_numbers():
    with pytest.raises(TypeError, match=r"^tolerance: wanted a whole number, 0 or more"):
        unprinted_bounds(["31"], 100, unprinted=3, tolerance=1.5)
    with pytest.raises(ValueError, match=r"^unprinted: wanted a whole number, 1 or more; got 0"):
        unprinted_bounds(["31"], 100, unprinted=0)
    assert none_of_them_bounds(["60"], np.int64(10)) == (4, 4)
