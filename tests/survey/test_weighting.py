"""Weights from a column and raked ones: against margins, a plain loop, and by hand."""

import importlib
import math
import sys

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.survey.growers import growers

joint = importlib.import_module("analysis.responses.joint")

PEOPLE = {
    "sex": ["Man"] * 6 + ["Woman"] * 4,
    "region": ["north", "north", "north", "south", "south", "south"] + ["north", "south"] * 2,
    "crop": ["apples", "pears"] * 5,
}
MARGINS = {"sex": {"men": 0.3, "women": 0.7}, "region": {"north": 0.5, "south": 0.5}}


def weighted(survey, question):
    table = survey.question(question).table()
    options = table[table["row"] == "option"]
    return dict(zip(options["option"], options["weighted"], strict=True))


def test_raked_margins_hit_their_targets():
    raked = growers(PEOPLE).rake(MARGINS)
    assert weighted(raked, "sex") == pytest.approx({"men": 30, "women": 70})
    assert weighted(raked, "region") == pytest.approx({"north": 50, "south": 50})


def test_one_margin_is_post_stratification_with_a_design_effect_by_hand():
    # 6 men weigh 3 together, 4 women 7: squares 6 / 4 + 4 * 49 / 16 = 13.75; 10 * 13.75 / 100
    table = growers(PEOPLE).rake({"sex": {"men": 0.3, "women": 0.7}}).question("sex").table()
    assert table.attrs["design_effect"] == pytest.approx(1.375)
    assert table.attrs["effective_n"] == pytest.approx(100 / 13.75)


def test_raked_weights_are_those_of_a_plain_loop_over_respondents():
    weights = np.ones(10)
    columns = [np.array(PEOPLE[name]) for name in ("sex", "region")]
    shares = [{"Man": 0.3, "Woman": 0.7}, {"north": 0.5, "south": 0.5}]
    for _ in range(200):
        for column, wanted in zip(columns, shares, strict=True):
            for option, share in wanted.items():
                weights[column == option] *= 10 * share / weights[column == option].sum()
    expected = 100 * weights[np.array(PEOPLE["crop"]) == "apples"].sum() / weights.sum()
    raked = growers(PEOPLE).rake(MARGINS)
    assert weighted(raked, "crop")["apples"] == pytest.approx(expected, rel=1e-6)
    table = raked.question("crop").table()
    squares = (weights**2).sum()
    assert table.attrs["effective_n"] == pytest.approx(100 / squares, rel=1e-6)


def test_everybody_twice_is_the_same_but_for_the_effective_number():
    twice = {name: cells * 2 for name, cells in PEOPLE.items()}
    one, two = (growers(each).rake(MARGINS).question("crop").table() for each in (PEOPLE, twice))
    np.testing.assert_allclose(one["weighted"], two["weighted"])
    assert two.attrs["effective_n"] == pytest.approx(2 * one.attrs["effective_n"])
    assert two.attrs["design_effect"] == pytest.approx(one.attrs["design_effect"])


OPTIONS = st.tuples(st.sampled_from(["Man", "Woman"]), st.sampled_from(["north", "south"]))


@settings(deadline=None, max_examples=20)
@given(st.lists(OPTIONS, max_size=30), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_any_margins_are_reached_where_every_combination_occurs(rows, men, north):
    every = [(sex, region) for sex in ("Man", "Woman") for region in ("north", "south")]
    columns = zip(*(rows + every), strict=True)
    survey = growers(dict(zip(("sex", "region"), map(list, columns), strict=True)))
    raked = survey.rake(
        {"sex": {"men": men, "women": 1 - men}, "region": {"north": north, "south": 1 - north}}
    )
    assert weighted(raked, "sex")["men"] == pytest.approx(100 * men, rel=1e-5)
    assert weighted(raked, "region")["north"] == pytest.approx(100 * north, rel=1e-5)


def test_margins_that_are_those_of_the_answers_change_nothing():
    survey = growers(PEOPLE)
    raked = survey.rake({"sex": {"men": 0.6, "women": 0.4}}).question("crop").table()
    assert raked.attrs["design_effect"] == pytest.approx(1)
    np.testing.assert_allclose(raked["weighted"], raked["share"])


def test_raking_starts_from_the_weights_that_there_are():
    columns = PEOPLE | {"w": ["2"] * 6 + ["1"] * 4}
    raked = growers(columns, "w").rake({"sex": {"men": 0.5, "women": 0.5}})
    # within each sex the weights are equal: 8 / 6 and 8 / 4 each
    assert raked.question("crop").table().attrs["effective_n"] == pytest.approx(
        256 / (6 * (8 / 6) ** 2 + 4 * 4)
    )


def test_whoever_has_no_place_in_the_margins_keeps_the_weight_and_is_said():
    columns = {"sex": ["Man", "Woman", "Woman", "", "No answer"], "crop": ["apples"] * 5}
    raked = growers(columns).rake({"sex": {"men": 0.5, "women": 0.5}})
    table = raked.answers.joint("sex").sort_values("weight")
    # three people with a place weigh three: 1.5, and 1.5 together; the others 1
    assert sorted(table["weight"]) == pytest.approx([1, 1, 1.5, 1.5])
    said = [note.text for note in raked.answers.notes]
    assert "2 without an answer in the margins keep their weight" in said


def test_options_are_named_in_any_way():
    for names in (["Man", "Woman"], ["мужчины", "женщины"], ["MEN", "women"]):
        raked = growers(PEOPLE).rake({"sex": dict(zip(names, [0.3, 0.7], strict=True))})
        assert weighted(raked, "sex")["men"] == pytest.approx(30)


def test_printed_margins_that_miss_one_by_rounding_are_mended_and_said():
    raked = growers(PEOPLE).rake({"sex": {"men": 0.333, "women": 0.666}})
    assert weighted(raked, "sex")["men"] == pytest.approx(100 / 3)
    assert any("0.999" in note.text for note in raked.answers.notes)


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ({"sex": {"men": 0.3, "women": 0.6}}, "margins, sex: the shares add up to 0.9; wanted 1"),
        ({"sex": {"men": 30, "women": 70}}, "add up to 100; wanted 1; write fractions, 0.29 for"),
        ({"sex": {"men": 0.3, "boys": 0.7}}, "margins, sex: wanted one of men, women; got 'boys'"),
        ({"sex": {"men": 0.5, "Man": 0.5}}, "margins, sex: an option is named twice"),
        ({"sex": {"men": 0, "women": 1}}, "margins, sex, men: wanted a share above 0; got 0"),
        ({"sex": {"men": "30", "women": 0.7}}, "margins, sex, men: wanted a share above 0"),
        ({"sex": {"men": math.nan, "women": 0.7}}, "margins, sex, men: wanted a share above 0"),
        ({"crop": {"apples": 0.5, "plums": 0.5}}, "margins, crop, plums: nobody who answered"),
        ({"help": {"family": 1}}, "margins: 'help' is a question of kind multiple, so that people"),
        ({"colour": {"red": 1}}, "question: wanted one of sex, region, crop, help; got 'colour'"),
    ],
)
def test_margins_that_cannot_be_are_named(margins, message):
    survey = growers(PEOPLE | {"help": ["family"] * 10})
    with pytest.raises(ValueError, match=message):
        survey.rake(margins)


def test_margins_that_contradict_each_other_are_refused():
    # men live in the north, women in the south: 30 % and 50 % cannot both be
    columns = {"sex": ["Man"] * 5 + ["Woman"] * 5, "region": ["north"] * 5 + ["south"] * 5}
    with pytest.raises(ValueError, match="not reached after"):
        growers(columns).rake(MARGINS)


def test_margins_of_another_shape_are_refused():
    with pytest.raises(TypeError, match="margins: wanted"):
        growers(PEOPLE).rake([("sex", 0.3)])
    with pytest.raises(TypeError, match="margins, sex: wanted"):
        growers(PEOPLE).rake({"sex": 0.3})


@pytest.mark.parametrize("cell", ["", "abc", "-1", "1 000"])
def test_a_weight_that_is_none_is_named(cell):
    columns = {"crop": ["apples", "pears"], "w": ["1", cell]}
    with pytest.raises(ValueError, match="column 'w': wanted a number of 0 or more"):
        growers(columns, "w")


def test_a_weight_of_nothing_counts_as_nobody_in_every_weighted_number():
    columns = {"sex": ["Man", "Man", "Woman"], "crop": ["apples", "pears", "pears"]}
    columns |= {"taste": ["bad", "good", "good"], "help": ["family", "hands", "hands"]}
    survey = growers(columns | {"w": ["1", "1", "0"]}, "w")
    table = survey.question("crop").table()
    assert weighted(survey, "crop")["apples"] == 50 and table.loc[0, "people"] == 1
    assert table.attrs["effective_n"] == 2
    assert survey.question("taste").scale()["mean"] == 2
    found = survey.cross("crop", "sex")
    assert found.shares["women"].isna().all() and found.shares.loc["apples", "men"] == 50
    assert survey.overlap("help")["of_all"].to_list()[0] == 50


def test_where_all_weights_are_nothing_there_are_no_shares():
    columns = {"sex": ["Man", "Woman"], "crop": ["apples", "pears"], "w": ["0", "0"]}
    survey = growers(columns, "w")
    table = survey.question("crop").table()
    assert table["weighted"].isna().all() and table["low"].isna().all()
    assert survey.cross("crop", "sex").tests["test"].to_list() == [""]
    assert set(survey.compare(survey)["decision"]) == {""}


def test_whoever_weighs_nothing_is_not_raked_into_something():
    columns = PEOPLE | {"w": ["0"] + ["1"] * 9}
    raked = growers(columns, "w").rake(MARGINS)
    assert weighted(raked, "sex") == pytest.approx({"men": 30, "women": 70})
    nobody = {"sex": ["Man", "Woman"], "crop": ["apples", "pears"], "w": ["0", "1"]}
    with pytest.raises(ValueError, match="margins, sex, men: nobody who answered"):
        growers(nobody, "w").rake({"sex": {"men": 0.3, "women": 0.7}})


@pytest.mark.parametrize("scale", [1e-14, 1e50])
def test_raking_does_not_depend_on_the_unit_of_the_weights(scale):
    survey = growers(PEOPLE | {"w": [f"{(place + 1) * scale:.1e}" for place in range(10)]}, "w")
    plain = growers(PEOPLE | {"w": [f"{place + 1}" for place in range(10)]}, "w")
    assert weighted(survey.rake(MARGINS), "crop") == pytest.approx(
        weighted(plain.rake(MARGINS), "crop")
    )


def test_without_what_rakes_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "svy", None)
    with pytest.raises(ModuleNotFoundError, match=r"^svy is missing: pip install .*\[survey\]"):
        growers(PEOPLE).rake(MARGINS)


def test_the_weights_of_a_survey_are_read_once_for_all_its_questions(monkeypatch):
    read = []
    real = joint._written
    monkeypatch.setattr(joint, "_written", lambda *about: read.append(about[1]) or real(*about))
    survey = growers(PEOPLE | {"w": ["1,5", "2"] * 5}, "w")
    for question in ("sex", "region", "crop"):
        survey.question(question).table()
    assert [kind for kind in read if not kind.is_numeric()] == [nw.String]


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"^column: .*'w'"):
        growers({"crop": ["apples"]}).weight("w")


def test_a_column_of_addresses_is_no_weight_and_stays_out_of_the_message():
    columns = {"crop": ["apples"] * 3, "w": [f"grower{n}@example.org" for n in range(3)]}
    with pytest.raises(ValueError, match="column 'w': wanted numbers") as error:
        growers(columns).weight("w")
    assert "grower1" not in str(error.value)


def test_weights_are_read_with_a_point_a_comma_or_an_exponent():
    survey = growers({"crop": ["apples", "pears", "pears"], "w": ["1,5", " 0.5", "1e0"]}, "w")
    assert weighted(survey, "crop")["apples"] == pytest.approx(50)


def _duck(table):
    return duckdb.from_df(pd.DataFrame(table))


@pytest.mark.parametrize(
    "frame", [pd.DataFrame, pl.DataFrame, _duck], ids=["pandas", "polars", "duckdb"]
)
def test_weights_and_raking_are_the_same_on_every_engine(frame):
    columns = PEOPLE | {"w": ["1,5", "2"] * 5}
    survey = growers(columns, frame=frame).weight("w").rake(MARGINS)
    expected = growers(columns, "w").rake(MARGINS)
    assert weighted(survey, "crop") == pytest.approx(weighted(expected, "crop"))
    with pytest.raises(ValueError, match="wanted a number of 0 or more"):
        growers(columns | {"w": ["x"] * 10}, frame=frame).weight("w")


def test_a_weight_column_replaces_raking():
    columns = PEOPLE | {"w": ["1"] * 10, "sex": ["Man", "", *PEOPLE["sex"][2:]]}
    survey = growers(columns).rake(MARGINS).weight("w")
    assert not survey.answers.notes
    assert survey.question("crop").table().attrs["design_effect"] == pytest.approx(1)


def test_an_address_among_weights_is_not_repeated():
    columns = PEOPLE | {"w": [*"123123123", "ana@example.org"]}
    with pytest.raises(ValueError, match=r"none: 1, such as '\[withheld\]'"):
        growers(columns, "w").question("crop").table()


def test_of_a_column_that_holds_no_number_nothing_is_repeated():
    columns = PEOPLE | {"w": [f"code {n}" for n in range(10)]}
    with pytest.raises(ValueError, match="'w': wanted a number of 0 or more") as error:
        growers(columns).weight("w")
    assert "code" not in str(error.value)
