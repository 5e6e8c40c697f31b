"""Percentages back to people, against hand calculation, published cases and brute force."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.head_counts import (
    count_ranges,
    number_of_vectors,
    possible_counts,
    possible_vectors,
)
from analysis.counts.rounding import RULES
from tests.counts.test_rounding import prints_as

rules = st.sampled_from(RULES)


def scanned_counts(printed, n, rounding):
    """Return what `possible_counts` should, by printing every count."""
    decimals = len(printed.partition(".")[2])
    return [
        k for k in range(n + 1) if printed in prints_as(Fraction(100 * k, n), decimals, rounding)
    ]


@st.composite
def questions(draw, largest=60, most_options=5, smallest=1):
    """Draw a base and the rounded whole percentages of counts that add up to it, or nearly."""
    n = draw(st.integers(smallest, largest))
    cuts = draw(st.lists(st.integers(0, n), min_size=0, max_size=most_options - 1))
    edges = [0, *sorted(cuts), n]
    counts = [high - low for low, high in pairwise(edges)]
    texts = [str((Decimal(100 * c) / n).quantize(Decimal(1), ROUND_HALF_UP)) for c in counts]
    if draw(st.booleans()):
        texts[0] = str(draw(st.integers(0, 101)))
    return n, texts


@pytest.mark.parametrize(
    ("printed", "n", "expected"),
    [
        ("17", 109, [18, 19]),  # 16.514 and 17.431
        ("33.5", 109, []),  # 33.028, then 33.945
        ("20", 109, [22]),  # 19.266, 20.183, 21.101
        ("80", 109, [87]),
        ("19", 28, []),  # Brown & Heathers (2017): a mean of 5.19 from 28 people
        ("18", 28, [5]),  # and 5.18, which is possible
        ("0", 109, [0]),
        ("100", 109, [109]),
        ("101", 109, []),
        ("0", 300, [0, 1]),
        ("50", 1, []),
    ],
)
def test_counts_agree_with_published_and_hand_computed_cases(printed, n, expected):
    assert possible_counts(printed, n) == expected


@pytest.mark.parametrize(
    ("rounding", "twelve", "thirteen"),
    [
        ("half-up", [], [1]),
        ("half-even", [1], []),
        ("half-down", [1], []),
        ("truncate", [1], []),
        ("ceiling", [], [1]),
        ("half-any", [1], [1]),
    ],
)
def test_one_in_eight_prints_as_the_rule_says(rounding, twelve, thirteen):
    assert possible_counts("12", 8, rounding) == twelve
    assert possible_counts("13", 8, rounding) == thirteen


@pytest.mark.parametrize("rounding", RULES)
@settings(max_examples=20, deadline=None)
@given(n=st.integers(1, 400), share=st.fractions(0, 1), decimals=st.integers(0, 2), data=st.data())
def test_counts_are_those_that_print_so(rounding, n, share, decimals, data):
    text = min(prints_as(Fraction(100 * round(share * n), n), decimals, rounding))
    if data.draw(st.booleans()):  # a value that nobody rounded
        text = f"{data.draw(st.integers(0, 101)):d}" + ("." + "5" * decimals if decimals else "")
    assert possible_counts(text, n, rounding) == scanned_counts(text, n, rounding)


def test_a_third_of_a_million_people_are_ten_thousand_and_one_counts():
    counts = possible_counts("33", 1_000_000)
    assert (counts[0], counts[-1], len(counts)) == (325_000, 335_000, 10_001)


@pytest.mark.parametrize("n", [109.0, "109", True, None, np.float64(109), np.array([109, 110])])
def test_a_base_that_is_no_whole_number_is_refused(n):
    with pytest.raises(TypeError, match=r"^n: wanted a whole number, 1 or more; got"):
        possible_counts("20", n)


@pytest.mark.parametrize("n", [0, -109])
def test_a_base_below_one_is_refused(n):
    with pytest.raises(ValueError, match=rf"^n: wanted a whole number, 1 or more; got {n}$"):
        possible_counts("20", n)


def test_numpy_integers_are_whole_numbers():
    assert possible_counts("20", np.uint8(109)) == [22]
    assert possible_vectors(["20", "80"], np.int64(109)).to_numpy().tolist() == [[22, 87]]


def test_percentages_that_add_up_to_99_can_leave_one_or_two_of_109_people_without_an_answer():
    printed = ["45", "28", "22", "4"]
    assert possible_vectors(printed, 109).empty
    missing = possible_vectors(printed, 109, exhaustive=False)
    assert missing.to_numpy().tolist() == [[49, 30, 24, 4], [49, 31, 24, 4]]


def test_three_thirds_of_200_are_66_67_and_67_in_any_order():
    solutions = possible_vectors(["33", "33", "33"], 200)
    assert solutions.to_numpy().tolist() == [[66, 67, 67], [67, 66, 67], [67, 67, 66]]
    assert list(solutions.columns) == [0, 1, 2]


def test_columns_carry_the_labels_even_without_a_solution():
    empty = possible_vectors(["20", "20"], 109, labels=["men", "women"])
    assert list(empty.columns) == ["men", "women"]
    assert empty.empty
    assert set(empty.dtypes) == {np.dtype("int64")}
    with pytest.raises(ValueError, match=r"^labels: wanted 2 distinct names"):
        possible_vectors(["20", "80"], 109, labels=["men", "men"])


def test_a_column_of_a_table_will_do_whatever_its_index():
    printed = pd.Series(["20", "80"], index=[7, 3])
    assert possible_vectors(printed, 109).to_numpy().tolist() == [[22, 87]]


def test_too_many_solutions_are_refused_with_a_way_out():
    # 495,000 to 505,000 people print as 50; each leaves one count for the other option.
    with pytest.raises(ValueError, match=r"10,001 .* limit=10,000; number_of_vectors"):
        possible_vectors(["50", "50"], 1_000_000, limit=10_000)
    assert len(possible_vectors(["50", "50"], 1_000_000, limit=10_001)) == 10_001


@settings(max_examples=50, deadline=None)
@given(question=questions(), exhaustive=st.booleans(), rounding=rules)
def test_vectors_are_those_that_brute_force_finds(question, exhaustive, rounding):
    n, texts = question
    sets = [scanned_counts(text, n, rounding) for text in texts]
    expected = [
        list(counts)
        for counts in product(*sets)
        if sum(counts) == n or (not exhaustive and sum(counts) < n)
    ]
    assert possible_vectors(texts, n, exhaustive, rounding).to_numpy().tolist() == expected
    assert number_of_vectors(texts, n, exhaustive, rounding) == len(expected)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(200, 400), data=st.data(), exhaustive=st.booleans(), rounding=rules)
def test_wide_sets_are_counted_and_listed_alike(n, data, exhaustive, rounding):
    percents = data.draw(st.lists(st.integers(0, 50), min_size=1, max_size=4))
    texts = [str(percent) for percent in [*percents, max(0, 100 - sum(percents))]]
    sets = [scanned_counts(text, n, rounding) for text in texts]
    sums = [sum(counts) for counts in product(*sets)]
    expected = sum(total <= n for total in sums) if not exhaustive else sums.count(n)
    assert number_of_vectors(texts, n, exhaustive, rounding) == expected
    assert len(possible_vectors(texts, n, exhaustive, rounding)) == expected


def test_eight_options_of_a_million_people_are_counted_exactly():
    # 12.5 percent is 124,500 to 125,500 people: share 4,000 out in eight parts of 0 to 1,000,
    # counted by adding one part after another.
    ways = [1]
    for _ in range(8):
        running = list(accumulate(ways + [0] * 1000))
        ways = [
            total - (running[place - 1001] if place > 1000 else 0)
            for place, total in enumerate(running)
        ]
    assert number_of_vectors(["12.5"] * 8, 1_000_000) == ways[4000]
    assert number_of_vectors(["12.5"] * 8, 1_000_000, exhaustive=False) == sum(ways[:4001])


def test_an_option_alone_is_everybody_or_has_no_solution():
    assert number_of_vectors(["100"], 109) == 1
    assert number_of_vectors(["99"], 109) == 0
    assert number_of_vectors(["99"], 109, exhaustive=False) == 1


def test_count_ranges_keep_the_order_of_the_options():
    assert count_ranges(["17", "33.5", "101"], 109)[0] == range(18, 20)
    assert [len(r) for r in count_ranges(["17", "33.5", "101"], 109)] == [2, 0, 0]


def test_the_counts_of_a_trillion_people_are_as_good_as_a_list():
    counts = possible_counts("17", 10**12)
    assert (counts[0], counts[-1], len(counts)) == (165 * 10**9, 175 * 10**9, 10**10 + 1)
    assert (counts[5], counts[-2]) == (165 * 10**9 + 5, 175 * 10**9 - 1)
    assert 17 * 10**10 in counts
    assert 176 * 10**9 not in counts
    assert counts == possible_counts("17", 10**12)
    assert counts != possible_counts("17", 10**12 + 1000)
    assert repr(counts) == "[165000000000, 165000000001, ..., 175000000000]"
    assert possible_counts("17", 10**30)[-1] == 175 * 10**27
    assert number_of_vectors(["17", "83"], 10**30) == 10**28 + 1


@pytest.mark.parametrize("exhaustive", ["no", None, 0])
def test_whether_counts_add_up_is_true_or_false(exhaustive):
    with pytest.raises(TypeError, match=r"^exhaustive: wanted True or False"):
        possible_vectors(["20", "80"], 109, exhaustive=exhaustive)


def test_a_generator_is_refused_by_name_before_it_is_used_up():
    with pytest.raises(TypeError, match=r"^printed: wanted a sequence of texts"):
        possible_vectors((text for text in ["20", "80"]), 109)
