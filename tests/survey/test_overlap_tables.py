"""Options chosen together: every number counted by hand."""

import math

import pytest

from tests.survey.growers import growers

# four people in the base: family with hands twice, family alone, hands alone; one says nothing
HELPS = ["family;hands", "hands;family", "family", "hands", ""]


@pytest.fixture
def table():
    return growers({"help": HELPS}).overlap("help")


def test_each_ordered_pair_has_its_people_and_its_part_of_the_first(table):
    pair = table.set_index(["first", "second"]).loc[("family", "hands")]
    assert (pair["people"], pair["expected"]) == (2, 3 * 3 / 4)
    assert pair["of_first"] == pytest.approx(200 / 3) and pair["of_all"] == 75
    assert len(table) == 6 and table.attrs["base"] == 4


def test_an_option_that_nobody_chose_has_no_part(table):
    pair = table.set_index(["first", "second"]).loc[("nobody", "family")]
    assert pair["people"] == 0 and math.isnan(pair["of_first"]) and pair["expected"] == 0


def test_the_most_frequent_combinations_come_first(table):
    combined = table.attrs["combinations"]
    assert combined["options"].to_list() == [("family", "hands"), ("family",), ("hands",)]
    assert combined["people"].to_list() == [2, 1, 1]
    assert combined["share"].to_list() == [50, 25, 25]


def test_combinations_beyond_the_most_frequent_are_counted():
    attrs = growers({"help": HELPS}).overlap("help").attrs
    assert attrs["different_combinations"] == 3
    from analysis.survey.overlaps import overlap

    cut = overlap(growers({"help": HELPS}), "help", most=1).attrs
    assert len(cut["combinations"]) == 1 and cut["different_combinations"] == 3


def test_weighted_parts_stand_beside_the_effective_number():
    columns = {"help": HELPS, "w": ["2", "1", "1", "1", "1"]}
    table = growers(columns, "w").overlap("help")
    pair = table.set_index(["first", "second"]).loc[("family", "hands")]
    assert pair["people"] == 2 and pair["of_first"] == 75 and pair["of_all"] == 80
    assert table.attrs["effective_n"] == pytest.approx(25 / 7)


def test_a_question_with_one_option_a_person_has_no_overlap():
    with pytest.raises(ValueError, match="question: 'crop' is a question of kind single"):
        growers({"crop": ["apples"]}).overlap("crop")
