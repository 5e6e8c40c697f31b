"""A survey in a folder of its own: a table, a figure, a verdict; every number worked by hand."""

import pandas as pd
import pytest
from scipy.stats import binomtest

from analysis import paths, plot_shares
from analysis.data.tables import TableError, read_table
from analysis.ledger.table import ledger_table
from analysis.survey import left_in_words, read_survey

QUESTIONS = """question,topic,kind,base
crop,main crop,single,all
help,who helps in the orchard,multiple,all
exported,harvest sold abroad,yes-no,sellers
market,where it is sold,single,unclear
"""
TALLIES = """question,option,label,printed,unit
crop,apples,apples,45,percent
crop,pears,pears,30,percent
crop,plums,plums,,
help,family,family,85,percent
help,hands,hired hands,40,percent
exported,yes,sold abroad,25,percent
exported,no,sold at home,75,percent
market,bazaar,at the bazaar,12,people
market,shop,in a shop,20,people
"""
BASES = """base,label,printed,unit,share,of,note
all,all growers,40,people,,,
sellers,those who sell,,people,"crop,apples",all,
"""


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a survey of forty growers; nothing says more of it than its tables."""
    place = tmp_path / "Two orchards"
    place.mkdir()
    for name, text in {"questions": QUESTIONS, "tallies": TALLIES, "bases": BASES}.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def survey(folder):
    return read_survey(folder)


def test_a_folder_with_questions_and_tallies_is_a_survey(survey, folder):
    assert survey.n == 40 and survey.document.slug == "two-orchards"
    assert [question.name for question in survey] == ["crop", "help", "exported", "market"]
    assert read_survey(str(folder)).question("crop").topic == "main crop"


def test_its_shares_are_people_with_intervals(survey):
    # 45 % of 40 is 18, 30 % is 12; Wilson, 18 of 40: (0.45 + 0.04802) / 1.09604 = 0.45438,
    # half width 1.95996 * sqrt(0.45 * 0.55 / 40 + 0.00060) / 1.09604 = 0.14732
    shares = survey.question("crop").shares().set_index("option")
    assert shares.loc[["apples", "pears"], "least"].to_list() == [18, 12]
    assert shares.loc["apples", ["low", "high"]].to_list() == pytest.approx(
        [30.71, 60.17], abs=0.01
    )
    assert shares.loc["apples", "text"] == "45 % (18 people)"


def test_an_option_without_a_number_has_the_room_that_is_left(survey):
    # 18 + 12 = 30 of 40 leave 10 people: 25 %.
    plums = survey.question("crop").shares().set_index("option").loc["plums"]
    assert pd.isna(plums["share"]) and (plums["most"], plums["high"]) == (10, 25)
    assert survey.question("crop").people_left() == (10, 10)


def test_several_answers_a_person_leave_everybody_room(survey):
    silent = survey.question("help").shares()
    assert silent["least"].to_list() == [34, 16]


def test_counts_that_are_printed_as_people_are_taken_as_they_are(survey):
    market = survey.question("market")
    assert market.shares()["least"].to_list() == [12, 20]
    assert market.people_left(35) == (3, 3) and market.people_left(30) == (-2, -2)
    assert left_in_words(market.people_left(30)) == "2 too many"


def test_the_sum_of_the_options_is_checked(survey):
    check = survey.question("exported").check(18)
    # 25 % of 18 would be 4.41 to 4.59 people.
    assert check["printed sum"] == "100" and check["joint solutions"] == 0
    assert survey.question("exported").people_left(18) is None
    assert survey.question("exported").check(20)["joint solutions"] == 1


def test_a_base_may_be_a_share_of_another_and_an_unclear_one_is_each(survey):
    assert survey.question("exported").bases() == {"sellers": [18]}
    assert survey.question("market").bases() == {"all": [40], "sellers": [18]}
    assert survey.base_label("sellers") == "those who sell"


def test_a_question_may_say_how_many_answered_it(folder):
    rows = QUESTIONS.splitlines()
    text = "\n".join(
        [rows[0] + ",n", *(f"{row},{n}" for row, n in zip(rows[1:], [38, 40, 18, 32], strict=True))]
    )
    (folder / "questions.csv").write_text(text + "\n", encoding="utf-8")
    (folder / "bases.csv").unlink()
    survey = read_survey(folder)
    assert survey.n == 40 and survey.question("crop").bases() == {"answered": [38]}
    # 45 % of 38 is 17 people, 30 % of 38 would be 11.21 to 11.59.
    assert survey.question("crop").shares()["text"].to_list()[:2] == [
        "45 % (17 people)",
        "30 % (no whole number of people)",
    ]


def test_a_question_is_set_beside_a_population(survey):
    # 25 % of 20 is 5 people; 40 % of 1000 is 395 to 405.
    found = survey.question("exported").against({"yes": "40", "no": "60"}, 1000, n=20)
    ends = [binomtest(5, 20, k / 1000).pvalue for k in (395, 405)]
    assert (found["p_low"], found["p_high"]) == pytest.approx((min(ends), max(ends)))
    with pytest.raises(ValueError, match="the two options of 'exported'"):
        survey.question("exported").against({"yes": "40"}, 1000)


def test_it_gives_a_figure_and_verdicts(survey, folder):
    question = survey.question("crop")
    axes = plot_shares(question.shares(), "Most growers have apples", *question.captions())
    assert "n = 40" in axes.figure.get_label() and "Two orchards" in question.source
    ledger = ledger_table(folder).set_index("claim")
    assert ledger.loc["two-orchards-crop-apples", "verdict"] == "conditional"
    assert ledger.loc["two-orchards-all", "printed"] == "40"


def test_a_number_that_is_too_large_is_found_out(folder):
    file = folder / "tallies.csv"
    file.write_text(TALLIES.replace("apples,apples,45", "apples,apples,75"), encoding="utf-8")
    ledger = ledger_table(folder).set_index("claim")
    assert ledger.loc["two-orchards-crop-pears", "verdict"] == "inconsistent"


def test_an_unknown_survey_or_question_is_refused_by_name(survey, tmp_path):
    with pytest.raises(ValueError, match="wanted one of crop, help, exported, market; got 'crops'"):
        survey.question("crops")
    with pytest.raises(ValueError, match="there is no document or folder 'nowhere'"):
        read_survey("nowhere")
    with pytest.raises(TableError, match=r"is no survey: questions.csv and tallies.csv missing"):
        read_survey(tmp_path)


def test_every_survey_of_the_collection_can_be_read_by_its_name():
    for slug in read_table("questions")["paper"].unique():
        survey = read_survey(slug)
        assert survey.n and all(len(question.tallies) for question in survey), paths.RAW / slug


def test_parts_are_the_least_possible_people_and_none_where_nothing_is_printed(survey):
    parts = survey.question("crop").parts().set_index("option")
    assert parts.loc[["apples", "pears"], "number"].to_list() == [18, 12]
    assert pd.isna(parts.loc["plums", "number"]) and set(parts["bar"]) == {"Main crop"}


def test_a_share_that_no_number_of_people_gives_is_a_part_of_the_number_next_to_it(survey):
    # 45 % of 7 are 3.15 people; 3 are 43 % and 4 are 57 %
    parts = survey.question("crop").parts(7).set_index("option")
    assert parts.loc["apples", "number"] == 3


def test_the_printed_options_together_are_one_share_and_its_people(survey):
    # 45 % and 30 % of 40 are 18 and 12 people; of 7 people 45 % is nobody's share
    together = survey.question("crop").together()
    assert together.to_list() == ["75", 30, 30, "75 % (30 people)"]
    assert survey.question("market").together()["text"] == "32 people"
    assert survey.question("crop").together(7)["text"] == "75 % (no whole number of people)"


def test_a_subtitle_names_intervals_only_where_they_are_drawn(survey):
    crop = survey.question("crop")
    assert crop.captions(level=None)[0] == "Main crop; n = 40, one option each"
    assert crop.captions(level=0.9)[0].endswith("lines: Wilson intervals, 90 %")
