"""Orders and ranks that rounding leaves open, against every joint solution."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.head_counts import possible_counts
from analysis.counts.ranking import possible_orders, possible_ranks
from tests.counts.test_head_counts import questions


def joint_solutions(texts, n, exhaustive, rounding="half-any"):
    """Return every joint solution of a question by trying all combinations."""
    fits = {True: lambda s: s == n, False: lambda s: s <= n, None: lambda s: True}[exhaustive]
    sets = [possible_counts(text, n, rounding) for text in texts]
    return [counts for counts in product(*sets) if fits(sum(counts))]


def test_one_percent_more_is_certainly_above_at_109():
    frame = possible_orders(["33", "32", "35"], 109, labels=["b", "c", "a"])
    assert frame[["first", "second"]].to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert frame["order"].tolist() == ["above"] * 3
    # 38, 36 and 35 people
    assert frame["least_lead"].tolist() == frame["greatest_lead"].tolist() == [2, 3, 1]


def test_equal_percentages_of_many_people_are_undecided():
    # 50 percent of 1,000 is 495 to 505 people
    frame = possible_orders(["50", "50"], 1000)
    assert frame[["least_lead", "greatest_lead"]].to_numpy().tolist() == [[-10, 10]]
    assert frame["order"].tolist() == ["undecided"]


def test_equal_percentages_with_one_possible_count_are_a_tie():
    assert possible_orders(["50", "50"], 100)["order"].tolist() == ["tie"]


def test_the_sum_can_decide_what_single_ranges_do_not():
    # Of 1,000, 51 percent is 505 to 515 and 50 percent 495 to 505: only 505 + 495 add up
    full = possible_orders(["51", "50"], 1000)
    assert full["least_lead"].tolist() == full["greatest_lead"].tolist() == [10]
    assert full["order"].tolist() == ["above"]
    several_answers = possible_orders(["51", "50"], 1000, exhaustive=None)
    assert several_answers[["least_lead", "greatest_lead"]].to_numpy().tolist() == [[0, 20]]
    assert several_answers["order"].tolist() == ["undecided"]


def test_the_sum_can_force_an_option_up():
    # 49 and 50 percent of 1,000 reach 495 and 505 people at most: nothing else adds up
    assert possible_orders(["50", "49"], 1000)["greatest_lead"].tolist() == [10]
    # 49.9 percent is 499 people, so 50 percent is 501 and not one of 495 to 499
    assert possible_ranks(["50", "49.9"], 1000)["worst"].tolist() == [1, 2]
    # 50.1 percent is 501 people, so 50 percent is 499 and never level with them
    assert possible_ranks(["50.1", "50"], 1000)["best"].tolist() == [1, 2]
    several_answers = possible_ranks(["50", "49.9"], 1000, exhaustive=None)
    assert several_answers[["best", "worst"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def test_percentages_without_a_joint_solution_have_no_order_and_no_rank():
    assert possible_orders(["45", "28", "22", "4"], 109).empty
    assert possible_ranks(["45", "28", "22", "4"], 109).empty
    assert len(possible_orders(["45", "28", "22", "4"], 109, exhaustive=False)) == 6
    assert list(possible_ranks(["33.5"], 109).columns) == ["option", "printed", "best", "worst"]


def test_three_thirds_of_200_share_the_first_and_the_last_place():
    # 66, 67 and 67 people: the least has two above it, the others nobody
    frame = possible_ranks(["33", "33", "33"], 200)
    assert frame[["best", "worst"]].to_numpy().tolist() == [[1, 3]] * 3


def test_a_column_of_a_table_will_do_whatever_its_index():
    printed = pd.Series(["20", "80"], index=[7, 3])
    frame = possible_ranks(printed, np.int64(109), labels=pd.Series(["men", "women"]))
    assert frame.to_numpy().tolist() == [["women", "80", 1, 1], ["men", "20", 2, 2]]


@settings(max_examples=50, deadline=None)
@given(
    question=questions(60, 4) | questions(400, 3, 200),
    exhaustive=st.sampled_from([True, False, None]),
)
def test_leads_and_ranks_are_those_of_every_joint_solution(question, exhaustive):
    n, texts = question
    solutions = np.array(joint_solutions(texts, n, exhaustive))
    orders = possible_orders(texts, n, exhaustive)
    ranks = possible_ranks(texts, n, exhaustive).set_index("option")
    assert orders.empty == (len(solutions) == 0 or len(texts) == 1)
    assert ranks.empty == (len(solutions) == 0)
    for row in orders.itertuples():
        leads = solutions[:, row.first] - solutions[:, row.second]
        assert (row.least_lead, row.greatest_lead) == (leads.min(), leads.max())
    for option, row in ranks.iterrows():
        above = (solutions > solutions[:, [option]]).sum(axis=1) + 1
        assert (row["best"], row["worst"]) == (above.min(), above.max())


def test_a_bad_base_is_named():
    with pytest.raises(TypeError, match=r"^n: wanted a whole number"):
        possible_orders(["20", "80"], 109.0)
