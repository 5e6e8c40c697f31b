"""Neighbours in the printed order: p-values by hand and over every joint solution."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inference.neighbours import holm, neighbour_tests
from tests.counts.test_head_counts import questions
from tests.counts.test_ranking import joint_solutions


def sign_test(a, b):
    """Return the two-sided p-value of heads a, tails b from a fair coin, by adding up."""
    low = min(a, b)
    return min(1.0, 2 * sum(comb(a + b, i) for i in range(low + 1)) / 2 ** (a + b))


def two_samples(a, b, n):
    """Return twice the smaller tail of Fisher's exact test for a of n against b of n."""
    ways = {i: comb(n, i) * comb(n, a + b - i) for i in range(min(n, a + b) + 1)}
    upper = sum(w for i, w in ways.items() if i >= a)
    lower = sum(w for i, w in ways.items() if i <= a)
    return min(1.0, 2 * min(upper, lower) / comb(2 * n, a + b))


def test_eight_against_two_of_ten_people_by_hand():
    one_question = neighbour_tests(["80", "20"], 10)
    assert one_question["p_low"].tolist() == pytest.approx([112 / 1024])
    assert one_question["p_high"].tolist() == pytest.approx([112 / 1024])
    assert one_question["differ"].tolist() == ["no"]
    # Two samples of ten: Fisher's exact test, 2 * (2025 + 100 + 1) / 184756
    two = neighbour_tests(["80", "20"], 10, same_people=False)
    assert two["p_low"].tolist() == pytest.approx([4252 / 184756])
    assert two["differ"].tolist() == ["yes"]


def test_an_unknown_overlap_widens_the_p_value():
    # 8 and 5 of 10: 3 to 5 people chose both, which leaves 5 against 2, or 3 against 0
    frame = neighbour_tests(["80", "50"], 10, exhaustive=None)
    assert frame["p_low"].tolist() == pytest.approx([2 / 8])
    assert frame["p_high"].tolist() == pytest.approx([58 / 128])
    # 60 and 50 of 100: at most 50 in both, 10 against 0; at least 10, 50 against 40
    wide = neighbour_tests(["60", "50"], 100, exhaustive=None)
    assert wide["p_low"].tolist() == pytest.approx([2 / 1024])
    assert wide["differ"].tolist() == ["depends on rounding or overlap"]


def test_33_against_32_percent_is_no_difference():
    # 34 and 33 of 109 people: one person apart
    frame = neighbour_tests(["33", "32"], 109, exhaustive=False)
    assert frame["p_low"].tolist() == frame["p_high"].tolist() == [1.0]
    assert frame["differ"].tolist() == ["no"]


def test_a_difference_can_depend_on_rounding():
    # 3 and 2 percent of 1,000 are 25 to 35 and 15 to 25 people
    frame = neighbour_tests(["3", "2"], 1000, exhaustive=False)
    assert frame["p_low"].tolist() == pytest.approx([sign_test(35, 15)])
    assert frame["p_high"].tolist() == [1.0]
    assert frame["differ"].tolist() == ["depends on rounding"]


def test_between_two_leads_of_opposite_sign_lies_a_tie():
    # 495 to 505 of 1,000 people: at most 505 against 495, at least 500 against 500
    frame = neighbour_tests(["50", "50"], 1000)
    assert frame["p_low"].tolist() == pytest.approx([sign_test(505, 495)])
    assert frame["p_high"].tolist() == [1.0]


def test_holm_multiplies_the_smallest_by_the_number_of_pairs():
    # 50, 30, 20 of 100: 50 against 30 is the smaller p-value, counted twice
    frame = neighbour_tests(["20", "50", "30"], 100, labels=["c", "a", "b"])
    assert frame[["first", "second"]].to_numpy().tolist() == [["a", "b"], ["b", "c"]]
    first, second = sign_test(50, 30), sign_test(30, 20)
    assert frame["holm_low"].tolist() == pytest.approx([2 * first, max(2 * first, second)])


def test_a_lower_level_finds_more_differences():
    assert neighbour_tests(["80", "20"], 10, level=0.85)["differ"].tolist() == ["yes"]


@settings(max_examples=25, deadline=None)
@given(
    question=questions(80, 3),
    exhaustive=st.sampled_from([True, False, None]),
    same_people=st.booleans(),
)
def test_p_values_are_those_of_every_solution_and_overlap(question, exhaustive, same_people):
    n, texts = question
    frame = neighbour_tests(texts, n, exhaustive=exhaustive, same_people=same_people)
    solutions = joint_solutions(texts, n, exhaustive if same_people else None)
    assert len(frame) == (len(texts) - 1 if solutions else 0)
    for row in frame.itertuples():
        p_values = []
        for a, b in {(counts[row.first], counts[row.second]) for counts in solutions}:
            if not same_people:
                p_values.append(two_samples(a, b, n))
            elif exhaustive is None:
                both = range(max(0, a + b - n), min(a, b) + 1)
                p_values += [sign_test(a - o, b - o) for o in both]
            else:
                p_values.append(sign_test(a, b))
        assert row.p_low == pytest.approx(min(p_values))
        assert row.p_high == pytest.approx(max(p_values))


def test_no_solution_or_one_option_leaves_no_neighbours():
    assert neighbour_tests(["45", "28", "22", "4"], 109).empty
    assert neighbour_tests(["100"], 109).empty
    columns = ["first", "second", "p_low", "p_high", "holm_low", "holm_high", "differ"]
    assert list(neighbour_tests(["100"], 109).columns) == columns


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_and_1_is_refused(level):
    with pytest.raises(ValueError, match=r"^level: wanted a number between 0 and 1"):
        neighbour_tests(["80", "20"], 10, level=level)


def test_holm_agrees_with_its_definition_worked_by_hand():
    # 3 * 0.01, then 2 * 0.03, and 0.04, which is no less than the one before; 1 at most
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_neighbours_without_a_joint_solution_say_why():
    # 49, 30 or 31, 24 and 4 of 109 people
    assert neighbour_tests(["45", "28", "22", "4"], 109).attrs["reason"].reason == "too few"
    apart = neighbour_tests(["60", "60", "33.5"], 109, same_people=False).attrs["reason"]
    assert [miss.option for miss in apart.misses] == [2]
    # Two samples need not share 100 %.
    assert len(neighbour_tests(["60", "60"], 10, same_people=False)) == 1
