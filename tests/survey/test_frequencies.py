"""The table of a question: every number worked by hand, or against scipy."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.survey import read_survey
from tests.survey.growers import growers

CROPS = ["apples"] * 5 + ["pears"] * 3 + ["figs", ""]
ROWS = ["strange", "base", "outside", "missing", "not asked"]


def rows(table):
    """Return people by row and option."""
    return dict(zip(zip(table["row"], table["option"], strict=True), table["people"], strict=True))


def test_a_table_has_every_option_and_everybody_who_is_not_in_one():
    table = growers({"crop": CROPS}).question("crop").table()
    assert rows(table) == {
        ("option", "apples"): 5,
        ("option", "pears"): 3,
        ("option", "plums"): 0,
        ("option", "cherries"): 0,
        ("strange", ""): 1,
        ("base", ""): 9,
        ("outside", ""): 0,
        ("missing", ""): 1,
        ("not asked", ""): 0,
    }
    shares = table.set_index("row")["share"]
    assert shares["option"].round(6).to_list() == [55.555556, 33.333333, 0, 0]
    assert shares["base"] == 100 and math.isnan(shares["missing"])


def test_its_limits_are_wilsons_of_scipy():
    table = growers({"crop": CROPS}).question("crop").table(level=0.9)
    limits = binomtest(5, 9).proportion_ci(0.9, "wilson")
    assert table.loc[0, ["low", "high"]].to_list() == pytest.approx([100 * x for x in limits])


def test_the_rows_beside_the_options_are_there_when_nobody_is_in_them():
    table = growers({"crop": ["apples"]}).question("crop").table()
    assert table["row"].to_list()[-5:] == ROWS
    assert table["people"].to_list()[-5:] == [0, 1, 0, 0, 0]


def test_an_option_that_is_not_counted_stands_outside_the_base():
    table = (
        growers({"taste": ["good", "bad", "not sure", "not sure", ""]}).question("taste").table()
    )
    outside = table[table["row"] == "outside"]
    assert outside["option"].to_list() == ["not-sure"] and outside["people"].to_list() == [2]
    assert outside["share"].isna().all() and table.attrs["base"] == 2
    assert rows(table)["missing", ""] == 1


def test_who_was_not_asked_is_no_missing_answer():
    survey = growers({"crop": ["apples", "apples", "pears"], "sold": ["yes", "", "yes"]})
    table = survey.question("sold").table()
    assert {row: rows(table)[row, ""] for row in ("base", "missing", "not asked")} == {
        "base": 1,
        "missing": 1,
        "not asked": 1,
    }


def test_a_multiple_choice_question_has_percent_of_respondents_and_of_answers():
    # three people, four answers: family 3, hands 1
    table = growers({"help": ["family;hands", "family", "family", ""]}).question("help").table()
    options = table[table["row"] == "option"].set_index("option")
    assert options["share"].round(4).to_dict() == {"family": 100, "hands": 33.3333, "nobody": 0}
    assert options["of_answers"].to_dict() == {"family": 75, "hands": 25, "nobody": 0}
    assert "of_answers" not in growers({"crop": CROPS}).question("crop").table()


def test_a_census_has_no_chance_and_a_filtered_question_no_correction():
    census = growers({"crop": ["apples", "pears"]}, population=2).question("crop").table()
    assert census.loc[0, ["low", "high"]].to_list() == [50, 50]
    columns = {"crop": ["apples"] * 2, "sold": ["yes", "no"]}
    filtered = growers(columns, population=2).question("sold").table()
    assert filtered.loc[0, "low"] < 50 and "population" not in filtered.attrs
    assert census.attrs["population"] == 2


def test_a_question_that_nobody_answered_among_the_asked_has_no_share():
    survey = growers({"trees": ["12", "12,5", "many", ""]})
    table = survey.question("trees").table()
    assert rows(table) == dict(zip([(r, "") for r in ROWS], [1, 3, 0, 1, 0], strict=True))


def test_everybody_is_in_exactly_one_of_base_outside_missing_and_not_asked():
    columns = {"taste": ["good", "not sure", "", "odd"]}
    table = growers(columns).question("taste").table()
    people = sum(rows(table)[key] for key in rows(table) if key[0] in ROWS[1:])
    assert people == table.attrs["respondents"] == 4


def test_weighted_shares_stand_beside_design_effect_and_effective_number():
    # weights 3, 1, 1, 1: apples 3/6; deff 4 * 12 / 36, effective 36 / 12
    survey = growers(
        {"crop": ["apples", "pears", "pears", "pears"], "w": ["3", "1", "1", "1"]}, "w"
    )
    table = survey.question("crop").table()
    assert table.loc[0, ["people", "share", "weighted"]].to_list() == [1, 25, 50]
    assert table.attrs["design_effect"] == pytest.approx(4 / 3)
    assert table.attrs["effective_n"] == pytest.approx(3)
    limits = _wilson(0.5, 3)
    assert table.loc[0, ["low", "high"]].to_list() == pytest.approx([100 * x for x in limits])


def _wilson(share, n, z=1.959963984540054):
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(["apples", "pears", "plums", "figs", ""]), min_size=1, max_size=12),
    st.sampled_from(["1", "0,5", "2.5"]),
    st.sampled_from([None, 40]),
)
def test_equal_weights_change_nothing(crops, weight, population):
    columns = {"crop": crops, "w": [weight] * len(crops)}
    if not any(crops):
        return
    plain = growers(columns, population=population).question("crop").table()
    weighted = growers(columns, "w", population).question("crop").table()
    same = ["row", "option", "people", "share", "low", "high"]
    for column in same:
        np.testing.assert_array_equal(plain[column].isna(), weighted[column].isna())
    numbers = ["share", "low", "high"]
    np.testing.assert_allclose(plain[numbers], weighted[numbers], atol=1e-9)
    np.testing.assert_allclose(weighted["weighted"], plain["share"], atol=1e-9)
    assert weighted.attrs["design_effect"] == pytest.approx(1)


@pytest.fixture
def published(tmp_path):
    """Return a printed survey of two hundred growers: whole percentages, and people."""
    texts = {
        "questions": "question,topic,kind,base\ncrop,crop,single,all\nhelp,help,multiple,all\n",
        "tallies": "question,option,label,printed,unit\ncrop,apples,apples,45,percent\n"
        "crop,pears,pears,30,percent\ncrop,plums,plums,,\n"
        "help,family,family,120,people\nhelp,hands,hands,40,people\n",
        "bases": "base,label,printed,unit,share,of,note\nall,all growers,200,people,,,\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_survey(tmp_path)


def test_a_printed_question_has_the_same_columns_and_what_the_print_allows(published):
    table = published.question("crop").table()
    own = growers({"crop": CROPS}).question("crop").table()
    assert list(table)[: len(own.columns)] == list(own)
    assert table["row"].to_list() == ["option"] * 3 + ROWS
    # 45 % of 200 in whole percent: 89 to 91 people
    assert table.loc[0, ["printed", "least", "most"]].to_list() == ["45", 89, 91]
    assert table["people"].isna().to_list() == [True] * 4 + [False] + [True] * 3
    assert table.set_index("row").loc["base", "people"] == 200


def test_people_printed_are_people_and_parts_of_all_answers(published):
    table = published.question("help").table()
    assert table.loc[:1, "people"].to_list() == [120, 40]
    assert table.loc[:1, "of_answers"].to_list() == [75, 25]


def test_wrong_method_and_level_are_named():
    question = growers({"crop": CROPS}).question("crop")
    with pytest.raises(ValueError, match="method: wanted one of"):
        question.table(method="guess")
    with pytest.raises(ValueError, match="level: wanted"):
        question.table(level=95)
