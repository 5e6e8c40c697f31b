"""Which drawing a question gets, what it says, and that it says it in other languages too."""

import pandas as pd
import pytest

from analysis.language.current import speaking
from analysis.language.sentences import retold
from analysis.outputs import labels_of, write_figure
from analysis.responses.answers import Responses
from analysis.responses.codebook import Codebook, Entry
from analysis.survey import (
    comparison_picture,
    cross_picture,
    overlap_picture,
    picture,
    read_survey,
    scale_picture,
)
from analysis.survey.own import Answers, survey_of
from analysis.survey.pictures import classes
from tests.figures.test_drawings import drawn, said
from tests.survey.test_questions import folder  # noqa: F401

TASTE = ("1", "2", "3", "not sure")
TASTES = {
    "en": ("bad", "fair", "good", "not sure"),
    "ru": ("плохо", "средне", "хорошо", "не знаю"),
    "kk": ("нашар", "орташа", "жақсы", "білмеймін"),
}


def scale(name, column):
    """Return the entry of a scale from bad to good."""
    topics = {"en": name, "kk": f"{name} туралы"}
    return Entry(
        name, (column,), "scale", options=TASTE, not_counted=TASTE[3:], topics=topics, labels=TASTES
    )


BOOK = Codebook(
    (
        Entry(
            "crop",
            ("crop",),
            "multiple",
            ";",
            options=("apples", "pears", "plums"),
            topics={"en": "what grows here", "ru": "что здесь растёт", "kk": "мұнда не өседі"},
            labels={"ru": ("яблоки", "груши", "сливы"), "kk": ("алма", "алмұрт", "өрік")},
        ),
        Entry("sort", ("sort",), "single", options=("early", "late")),
        scale("apples", "a"),
        scale("pears", "p"),
        Entry("age", ("age",), "number"),
        Entry("notes", ("notes",), "text"),
    )
)
# 8 people: 5 apples (2 with pears), 4 pears, nobody plums, one fig, one no answer
ROWS = pd.DataFrame(
    {
        "crop": ["apples", "apples", "apples", "apples;pears", "pears; apples", "pears", "fig", ""],
        "sort": ["early", "early", "early", "late", "late", "late", "late", ""],
        "a": ["1", "2", "2", "3", "3", "3", "not sure", ""],
        "p": ["1", "1", "1", "1", "2", "not sure", "not sure", "not sure"],
        "age": ["20", "21", "21", "34", "", "", "?", "-2"],
        "notes": ["x"] * 8,
        "w": ["1", "1", "1", "1", "1", "5", "1", "1"],
    }
)


def own(rows=ROWS, **about):
    """Return the survey of some answers."""
    return survey_of(Answers(Responses(rows, "answers.csv"), BOOK, **about))


def subtitle(axes):
    return " ".join(axes.figure.said["subtitle"].split())


def title(axes):
    return " ".join(axes.figure.said["title"].split())


def test_a_multiple_choice_question_is_drawn_from_the_most_frequent_option_on():
    axes = picture(own().question("crop"))
    # base 7: the fig counts, the empty answer does not; 5 of 7 are 71 %, 3 are 43 %, 1 is 14 %
    assert said(axes, "text") == [
        "71 % (5 people)",
        "43 % (3 people)",
        "0 % (0 people)",
        "14 % (1 person)",
    ]
    values = [mark.get_xdata()[0] for mark in drawn(axes, "value")]
    assert values == pytest.approx([500 / 7, 300 / 7, 0, 100 / 7])
    assert [text.get_text() for text in axes.get_yticklabels()][3] == "matches no option"
    assert title(axes) == "Most often: apples, 71 % of respondents"
    assert subtitle(axes) == (
        "What grows here; % of respondents, n = 7, several options each; lines: Wilson intervals, "
        "95 %; outside the base: no answer 1"
    )
    assert axes.figure.said["source"] == "Source: own survey, answers.csv; n = 8"


def test_options_with_the_same_share_lead_together():
    axes = picture(own(ROWS[1:]).question("sort"))
    assert title(axes) == "Most often: late, 67 % of respondents"
    axes = picture(own(ROWS[1:5]).question("sort"))
    assert title(axes) == "Most often: early and late, 50 % of respondents"


def test_weighted_answers_are_drawn_weighted_and_say_their_effective_number():
    axes = picture(own(weight="w").question("sort"))
    # weights 3 early, 8 late: late 8 of 11; (11 * 11) / (6 * 1 + 25) = 3.9
    assert [mark.get_xdata()[0] for mark in drawn(axes, "value")] == pytest.approx(
        [300 / 11, 800 / 11]
    )
    assert "weighted % of respondents, n = 7, effective n = 4" in subtitle(axes)
    assert said(axes, "text") == ["27 % (3 people)", "73 % (4 people)"]


def test_a_population_is_named_where_the_intervals_are_for_it():
    axes = picture(own(population=400).question("sort"), level=0.9)
    assert "lines: Wilson intervals, 90 %, for a population of 400" in subtitle(axes)


def test_a_scale_is_one_bar_with_its_median_and_who_is_not_sure_beside():
    axes = picture(own().question("apples"))
    # 1 bad, 2 fair, 3 good of 6
    assert [piece.get_width() for piece in drawn(axes, "value")] == pytest.approx(
        [100 / 6, 200 / 6, 50]
    )
    assert said(axes, "key") == ["bad", "fair", "good"]
    assert said(axes, "text") == ["6", "1"] and said(axes, "head") == ["n", "not sure"]
    assert title(axes) == "Median: between “fair” and “good”"
    assert "n = 6; outside the base: not sure 1, no answer 1" in subtitle(axes)


def test_scales_with_the_same_points_stand_below_each_other():
    axes = scale_picture(own(), ["apples", "pears"])
    assert said(axes, "text") == ["6", "5", "1", "3"]
    assert title(axes) == "Most on the side of “good”: “Apples”, 50 % of respondents"
    assert subtitle(axes) == "Answers on a scale, 2 questions; % of respondents; n = 5 to 6"


def test_weights_move_the_pieces_of_a_scale_and_not_its_n():
    axes = picture(own(weight="w").question("apples"))
    # weights: bad 1, fair 2, good 1 + 1 + 5
    assert [piece.get_width() for piece in drawn(axes, "value")] == pytest.approx([10, 20, 70])
    assert said(axes, "text") == ["6", "1"] and title(axes) == "Median: “good”"


def test_scales_with_other_points_are_named():
    with pytest.raises(ValueError, match=r"^names: wanted questions with the same points; 'sort' "):
        scale_picture(own(), ["apples", "sort"])
    with pytest.raises(ValueError, match=r"^names: wanted the short name of a question or more"):
        scale_picture(own(), [])


def test_numbers_are_people_in_classes_of_equal_width():
    axes = picture(own().question("age"))
    found = dict(
        zip((t.get_text() for t in axes.get_yticklabels()), said(axes, "text"), strict=True)
    )
    # 36 years in 10 classes or more: 5 wide; -2 lies in -5 to -1
    assert list(found) == ["-5 to -1", "0 to 4", *(f"{n} to {n + 4}" for n in range(5, 35, 5))]
    assert [n for n in found.values() if n != "0"] == ["1", "3", "1"] and found["20 to 24"] == "3"
    assert title(axes) == "Median 21, mean 18.8"


@pytest.mark.parametrize(
    ("people", "labels"),
    [
        ({3: 4}, ["3"]),
        ({0.5: 1, 0.75: 2}, ["0.5 to less than 0.55", "0.75 to less than 0.8"]),
        ({1000: 1, 20000: 1}, ["0 to 1,999", "20,000 to 21,999"]),
    ],
)
def test_classes_are_round_and_hold_everybody(people, labels):
    table = classes(people)
    assert [table["label"].iloc[0], table["label"].iloc[-1]] == [labels[0], labels[-1]]
    assert table["number"].sum() == sum(people.values()) and len(table) <= 12


def test_a_question_without_options_has_no_picture():
    with pytest.raises(ValueError, match=r"^question: wanted one of crop, .*; got 'notes'"):
        picture(own().question("notes"))


def test_groups_stand_side_by_side_with_their_n_and_their_small_cells():
    survey = own()
    axes = cross_picture(survey.cross("crop", "sort"), survey)
    assert said(axes, "key")[:2] == ["early, n = 3", "late, n = 4"]
    assert said(axes, "key")[2] == "fewer than 5 people, counted or expected"
    # of the early 3 of 3 have apples and nobody pears; of the late 2 and 3 of 4
    assert said(axes, "text")[:4] == [
        *("100 % (3 people)", "50 % (2 people)"),
        *("0 % (0 people)", "75 % (3 people)"),
    ]
    assert "no option is shown to differ by “sort” (holm)" in title(axes).lower()
    assert "groups: Sort" in subtitle(axes) and "Wilson intervals, 95 %" in subtitle(axes)


def test_a_single_choice_question_has_one_test_in_its_title():
    survey = own(pd.concat([ROWS] * 40))
    table = survey.cross("apples", "sort")
    p = table.tests["holm"].iloc[0]
    assert p < 0.001
    assert title(cross_picture(table)) == "The answers differ by “Sort”: p < 0.001 (Pearson, Holm)"


def test_the_overlap_is_of_people_who_chose_exactly_these_options():
    axes = overlap_picture(own(), "crop")
    assert said(axes, "number") == ["3", "2", "1"] and said(axes, "text") == ["5", "3", "0"]
    assert title(axes) == "Most often together: apples and pears, 2 people"


def test_an_overlap_of_nobody_is_refused_by_name():
    survey = own(ROWS.assign(crop="fig"))
    with pytest.raises(ValueError, match=r"^question: nobody chose an option of 'crop'$"):
        overlap_picture(survey, "crop")


def test_a_group_of_nobody_stands_in_the_key_and_has_no_share():
    survey = own(ROWS.assign(sort="early"))
    axes = cross_picture(survey.cross("apples", "sort"), survey)
    assert said(axes, "key")[:2] == ["early, n = 6", "late, n = 0"]
    assert said(axes, "text") == [
        "17 % (1 person)",
        "",
        "33 % (2 people)",
        "",
        "50 % (3 people)",
        "",
    ]
    assert title(axes) == "Whether answers differ by “Sort” cannot be tested"


def test_a_comparison_says_how_many_shares_differ_and_names_both_sides():
    first, second = own(pd.concat([ROWS] * 40)), own(pd.concat([ROWS[3:7]] * 40))
    table = first.compare(second, questions={"sort": "sort"})
    axes = comparison_picture(table, first, second)
    assert title(axes) == "2 of 2 shares differ from the other survey"
    # 43 against 0 % and 57 against 100 %
    assert said(axes, "text")[0].startswith("+3") and said(axes, "text")[1].startswith("−")
    assert "not adjusted for the number of tests" in subtitle(axes)
    assert len(drawn(axes, "range")) == 2


def test_a_published_question_is_drawn_with_what_its_print_allows(folder):  # noqa: F811
    survey = read_survey(folder)
    for question in survey:
        axes = picture(question)
        assert subtitle(axes) == question.captions()[0]
        assert title(axes).startswith(("Most often: ", "No share is known"))
    with pytest.raises(ValueError, match=r"^scale_picture: needs the answers themselves"):
        scale_picture(survey, [question.name])


def pictures():
    """Return a picture of each kind."""
    survey, weighted = own(), own(weight="w")
    return {
        "multiple": picture(survey.question("crop")),
        "weighted": picture(weighted.question("crop")),
        "scale": picture(survey.question("apples")),
        "scales": scale_picture(weighted, ["apples", "pears"]),
        "number": picture(weighted.question("age")),
        "cross": cross_picture(survey.cross("crop", "sort"), survey),
        "overlap": overlap_picture(survey, "crop"),
        "comparison": comparison_picture(survey.compare(own(ROWS[1:])), survey, own(ROWS[1:])),
    }


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_labels_and_topics_of_the_codebook_are_told_again_in_another_language(language):
    words = {"ru": {"яблоки", "Что здесь растёт"}, "kk": {"алма", "Мұнда не өседі"}}[language]
    for name in ("multiple", "weighted", "cross", "overlap"):
        again = pictures()[name].figure.again
        with speaking(language):
            figure = again.func(*map(retold, again.args)).figure
        texts = " ".join(labels_of(figure)["texts"])
        assert all(word in texts for word in words), name
        assert "apples" not in texts and "grows" not in texts


@pytest.mark.parametrize("name", pictures())
def test_every_picture_has_room_in_a_column_and_leaves_its_table(name, tmp_path):
    axes = pictures()[name]
    write_figure(axes, name, folder=tmp_path, width_mm=84, font_size=8, language="kk")
    assert {file.name for file in tmp_path.iterdir()} == {
        f"{name}.{e}" for e in ("svg", "png", "csv")
    }
    assert labels_of(axes.figure)["clipped"] == []
