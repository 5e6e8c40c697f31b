"""Small cells of a survey cannot be told from its tables, nor computed from them."""

from dataclasses import replace

from analysis.survey.crossing import cross
from analysis.survey.withheld import withheld_cross, withheld_rows
from tests.survey.growers import ENTRIES, counted, growers


def tables_of(survey):
    return {question.name: question.table() for question in survey}


def withheld_of(survey, small=5):
    return withheld_rows(tables_of(survey), survey.answers, small)


def test_nothing_is_withheld_unless_it_is_asked_for():
    survey = growers(counted("crop", apples=1, pears=20, plums=30))
    assert not withheld_of(survey, 0).touches("crop")


def test_a_second_option_is_withheld_with_the_only_small_one():
    survey = growers(counted("crop", apples=2, pears=20, plums=30))
    table = tables_of(survey)["crop"]
    assert withheld_of(survey).options("crop", table) == {"apples", "pears"}


def test_options_of_a_multiple_choice_question_follow_from_the_share_of_answers():
    survey = growers(counted("help", family=3, hands=20, nobody=30))
    assert withheld_of(survey).options("help", tables_of(survey)["help"]) == {"family", "hands"}


def test_who_gave_no_answer_is_shown_although_they_are_few():
    survey = growers({"crop": ["apples"] * 20 + ["pears"] * 20 + [""]})
    assert not withheld_of(survey).touches("crop")


def test_a_few_outside_the_base_are_withheld_with_those_who_gave_no_answer():
    survey = growers({"taste": ["good"] * 30 + ["bad"] * 10 + ["not sure"] * 3 + [""] * 2})
    table = tables_of(survey)["taste"]
    rows = {table["row"].iloc[place] for place in withheld_of(survey).rows["taste"]}
    assert rows == {"outside", "missing"}


def test_a_question_with_few_answers_is_withheld_as_a_whole():
    survey = growers({"crop": ["apples"] * 3 + [""] * 40})
    assert withheld_of(survey).questions == {"crop"}


def test_who_was_asked_does_not_tell_a_withheld_option_of_the_question_that_decides():
    survey = growers(
        {
            "crop": ["apples"] * 30 + ["pears"] * 2 + ["plums"] * 20,
            "sold": ["yes"] * 15 + ["no"] * 15 + [""] * 22,
        }
    )
    table = tables_of(survey)["sold"]
    rows = {table["row"].iloc[place] for place in withheld_of(survey).rows["sold"]}
    assert rows == {"missing", "not asked"}


def test_the_base_of_another_question_does_not_tell_an_option_that_few_chose():
    columns = {
        "crop": ["apples"] * 19 + ["pears"] + ["plums"] * 40,
        "sold": ["yes"] * 9 + ["no"] * 10 + [""] * 41,
    }
    survey = growers(columns)  # apples were asked: 19 are shown as the base of "sold"
    hidden = withheld_of(survey).options("crop", tables_of(survey)["crop"])
    assert hidden == {"pears", "plums"}


def test_a_base_does_not_tell_the_few_of_an_option_that_is_not_counted():
    taste = ["bad"] * 40 + ["good"] * 55 + ["not sure"] * 2 + [""] * 3
    where = ["north"] * 20 + ["south"] * 20 + [""] * 55 + ["north", "south"] + [""] * 3
    asked = replace(ENTRIES["region"], base="taste = bad | not sure")
    survey = growers({"taste": taste, "region": where}, entries=ENTRIES | {"region": asked})
    hidden = withheld_of(survey).options("taste", tables_of(survey)["taste"])
    assert hidden == {"bad", "good", "not-sure"}  # 42 were asked: with "bad" 40, or "good" 55


def test_a_cross_table_hides_what_its_questions_hide_and_its_own_small_cells():
    sexes, crops = [], []
    for crop, men, women in (("apples", 12, 9), ("pears", 3, 14), ("plums", 11, 8)):
        sexes += ["Man"] * men + ["Woman"] * women
        crops += [crop] * (men + women)
    survey = growers({"sex": sexes, "crop": crops})
    tables, withheld = tables_of(survey), withheld_of(survey)
    hidden = withheld_cross(cross(survey, "crop", "sex"), tables, withheld)
    assert (hidden.options, hidden.groups) == (set(), set())
    assert hidden.cells == {
        ("pears", "men"),
        ("pears", "women"),
        ("plums", "men"),
        ("plums", "women"),
    }


def test_a_group_of_few_people_is_left_out_with_another_one():
    survey = growers(
        {
            "region": ["north"] * 30 + ["south"] * 3,
            "crop": ["apples"] * 10 + ["pears"] * 20 + ["apples"] * 3,
        }
    )
    hidden = withheld_cross(cross(survey, "crop", "region"), tables_of(survey), withheld_of(survey))
    assert hidden.groups == {"north", "south"}
