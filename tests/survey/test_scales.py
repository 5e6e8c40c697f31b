"""Means and medians of scales and of numbers, worked by hand."""

import math

import pytest

from analysis.responses.codebook import Entry
from analysis.survey import read_survey, scales
from analysis.survey.scales import scores
from tests.survey.growers import growers

TASTES = ["bad", "fair", "good", "good", "not sure", ""]


def test_a_scale_in_words_is_scored_in_the_order_of_the_codebook():
    # 1, 2, 3, 3: mean 9/4, variance (25 + 1 + 9 + 9) / 16 / 3 = 11/12
    found = growers({"taste": TASTES}).question("taste").scale()
    assert found[["n", "mean", "median", "points"]].to_list() == [4, 2.25, 2.5, 3]
    assert found["sd"] == pytest.approx(math.sqrt(11 / 12))
    # Student's 97.5 % with 3 degrees of freedom is 3.18245
    half = 3.182446 * math.sqrt(11 / 12 / 4)
    assert found["mean_high"] == pytest.approx(2.25 + half)
    assert math.isnan(found["median_low"])
    assert found.attrs["scores"] == {"bad": 1, "fair": 2, "good": 3}


def test_a_scale_of_numbers_keeps_them_and_skips_what_is_not_counted():
    entry = Entry("q", ("Q",), "scale", options=("0", "don't know", "2,5", "10"),
                  not_counted=("don't know",))  # fmt: skip
    assert scores(entry) == {0: 0, 2: 2.5, 3: 10}
    mixed = Entry("q", ("Q",), "scale", options=("1 - bad", "2", "3 - good"))
    assert scores(mixed) == {0: 1, 1: 2, 2: 3}


@pytest.mark.parametrize("points", [2, 3, 5, 7, 10, 11])
def test_any_number_of_points(points):
    entry = Entry("rating", ("R",), "scale", options=tuple(f"step {n}" for n in range(points)))
    survey = growers({"rating": ["step 0", f"step {points - 1}"]}, entries={"rating": entry})
    found = survey.question("rating").scale()
    assert (found["points"], found["mean"]) == (points, (1 + points) / 2)


def test_a_question_for_a_number_has_a_mean_and_what_is_none_is_said():
    found = growers({"trees": ["10", "12,5", "many", ""]}).question("trees").scale()
    assert found[["n", "mean"]].to_list() == [2, 11.25] and math.isnan(found["points"])
    assert found.attrs["unscored"] == 1


def test_a_weighted_mean_stands_beside_its_effective_number():
    # weights 3, 1: (3 * 1 + 1 * 3) / 4 = 1.5; effective 16 / 10
    found = growers({"taste": ["bad", "good"], "w": ["3", "1"]}, "w").question("taste").scale()
    assert found["mean"] == 1.5 and found["effective_n"] == pytest.approx(1.6)
    assert found["design_effect"] == pytest.approx(2 / 1.6)
    # variance (3 * 0.25 + 2.25) / 4 = 0.75, times 1.6 / 0.6
    assert found["sd"] == pytest.approx(math.sqrt(2))


def test_all_scales_and_numbers_are_one_table():
    survey = growers(
        {"taste": TASTES, "trees": ["1", "2", "3", "", "", ""], "crop": ["apples"] * 6}
    )
    table = scales(survey)
    assert table["question"].to_list() == ["taste", "trees"]
    assert table["mean"].to_list() == [2.25, 2] and table["topic"].to_list() == ["Taste", "Trees"]


def test_a_question_of_another_kind_has_no_mean():
    survey = growers({"crop": ["apples"]})
    with pytest.raises(
        ValueError, match="scale: 'crop' is a question of kind single, which has no"
    ):
        survey.question("crop").scale()


def test_a_question_for_a_number_is_found_and_one_that_is_not_there_is_named():
    survey = growers({"trees": ["10"], "crop": ["apples"]})
    assert survey.question("trees").topic == "Trees"
    with pytest.raises(ValueError, match="question: wanted one of crop, trees; got 'taste'"):
        survey.question("taste")


def test_a_printed_scale_has_a_mean_where_people_are_printed(tmp_path):
    texts = {
        "questions": "question,topic,kind,base,n\n"
        "taste,taste,scale,all,4\nsmell,smell,scale,all,4\n",
        "tallies": "question,option,label,printed,unit\ntaste,bad,bad,1,people\n"
        "taste,fair,fair,1,people\ntaste,good,good,2,people\nsmell,bad,bad,50,percent\n",
        "bases": "base,label,printed,unit,share,of,note\nall,all,4,people,,,\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    survey = read_survey(tmp_path)
    own = growers({"taste": TASTES}).question("taste").scale()
    assert survey.question("taste").scale().to_dict() == pytest.approx(own.to_dict(), nan_ok=True)
    with pytest.raises(ValueError, match="wanted a question of kind scale with every option"):
        survey.question("smell").scale()
    with pytest.raises(ValueError, match="scales: needs the answers themselves"):
        scales(survey)
