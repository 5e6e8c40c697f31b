"""The power of a granularity check and the sums of rounded percentages."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.granularity import granularity_power, printed_sum_distribution
from analysis.counts.head_counts import possible_counts
from analysis.counts.rounding import RULES


def test_whole_percentages_of_109_people_cannot_fail():
    assert granularity_power("20", 109) == 0.0
    assert granularity_power("20", 100) == 0.0


@pytest.mark.parametrize(
    ("printed", "n", "expected"),
    [
        ("5", 28, 72 / 101),  # Brown & Heathers (2017): about (100 - 28) / 100
        ("5.0", 109, 891 / 1001),
        ("5", 1, 99 / 101),  # nothing but 0 and 100
        ("5", 8, 88 / 101),  # 0, 12, 13, 25, 37, 38, 50, 62, 63, 75, 87, 88, 100
    ],
)
def test_power_agrees_with_hand_computed_cases(printed, n, expected):
    assert granularity_power(printed, n) == pytest.approx(expected, abs=1e-15)


@settings(max_examples=40, deadline=None)
@given(n=st.integers(1, 120), decimals=st.sampled_from([0, 0, 0, 1]))
def test_power_is_the_share_of_values_without_a_count(n, decimals):
    scale = 10**decimals
    texts = [f"{v // scale}" + f".{v % scale}" * decimals for v in range(100 * scale + 1)]
    failing = sum(not possible_counts(text, n) for text in texts)
    assert granularity_power(texts[0], n) == pytest.approx(failing / len(texts), abs=1e-12)


def test_99_from_two_options_of_109_people_is_impossible():
    sums = printed_sum_distribution(2, 109)
    assert sums == {100: 1.0}
    assert sums[99] == 0


def test_101_from_three_options_of_109_people_is_ordinary():
    assert printed_sum_distribution(3, 109)[101] > 0.1


@pytest.mark.parametrize(
    ("k", "n", "rounding", "expected"),
    [
        # (3,0,0) and (2,1,0) print 100, (1,1,1) prints 99: 3, 6 and 1 of 10 ways
        (3, 3, "half-up", {99: 1 / 10, 100: 9 / 10}),
        (3, 3, "truncate", {99: 7 / 10, 100: 3 / 10}),
        # 1/8 and 7/8 are 12.5 and 87.5, 3/8 and 5/8 are 37.5 and 62.5: 4 of 9 ways
        (2, 8, "half-up", {100: 5 / 9, 101: 4 / 9}),
        (2, 8, "half-down", {99: 4 / 9, 100: 5 / 9}),
        (2, 8, "half-even", {100: 1.0}),
        (1, 7, "ceiling", {100: 1.0}),
    ],
)
def test_sums_agree_with_hand_computed_cases(k, n, rounding, expected):
    assert printed_sum_distribution(k, n, rounding) == pytest.approx(expected)


@pytest.mark.parametrize(("k", "chance"), [(2, 1), (3, 3 / 4), (4, 2 / 3), (5, 115 / 192)])
def test_large_bases_reach_the_limits_of_mosteller_youtz_and_zahn(k, chance):
    # Three categories: three quarters; four: two thirds (1967, p. 850); five by their method.
    # With an even n, 2 options can fall on two fives, hence an odd one.
    assert printed_sum_distribution(k, 1_000_003)[100] == pytest.approx(chance, abs=2e-3)


@settings(max_examples=40, deadline=None)
@given(
    k=st.integers(1, 4),
    n=st.integers(1, 24),
    rounding=st.sampled_from([rule for rule in RULES if rule != "half-any"]),
)
def test_sums_are_those_of_every_way_to_share_people_out(k, n, rounding):
    printed = {}
    for percent in range(101):
        for count in possible_counts(str(percent), n, rounding):
            printed[count] = percent
    sums = Counter()
    for bars in combinations(range(n + k - 1), k - 1):
        edges = [-1, *bars, n + k - 1]
        sums[sum(printed[b - a - 1] for a, b in pairwise(edges))] += 1
    expected = {total: ways / sums.total() for total, ways in sums.items()}
    assert printed_sum_distribution(k, n, rounding) == pytest.approx(expected)


def test_a_rule_that_decides_no_five_is_refused():
    with pytest.raises(ValueError, match=r"^rounding: wanted a rule that decides every 5"):
        printed_sum_distribution(2, 109, "half-any")
    with pytest.raises(ValueError, match=r"^rounding: wanted one of"):
        printed_sum_distribution(2, 109, "bankers")
    with pytest.raises(TypeError, match=r"^k: wanted a whole number"):
        printed_sum_distribution(2.0, 109)


@pytest.mark.parametrize("printed", ["150", "100.1"])
def test_what_no_count_can_print_has_no_power(printed):
    with pytest.raises(ValueError, match=r"^printed: wanted a percentage up to 100; got"):
        granularity_power(printed, 10)
    assert granularity_power("100", 10) == granularity_power("10", 10)
