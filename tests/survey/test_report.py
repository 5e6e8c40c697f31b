"""A survey written up: read back from the files."""

from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from analysis.language.current import current_language, speaking
from analysis.responses.answers import Note
from analysis.survey.methods import methods
from analysis.survey.report import Work
from tests.survey.growers import ENTRIES, growers

COLUMNS = {
    "sex": ["Man"] * 30 + ["Woman"] * 30,
    "crop": ["apples"] * 20 + ["pears"] * 22 + ["plums"] * 8 + ["figs"] * 6 + [""] * 4,
    "help": ["family;hands"] * 25 + ["nobody"] * 20 + ["hands"] * 15,
    "taste": ["bad"] * 10 + ["good"] * 40 + ["not sure"] * 10,
    "trees": [str(n) for n in range(60)],
}


@pytest.fixture(scope="module")
def survey():
    return growers(COLUMNS)


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes a workbook of a survey and reads it back."""

    def write(survey, language="en", **choices):
        file = survey.report(tmp_path / "made.xlsx", language, **choices)
        return openpyxl.load_workbook(file)

    return write


def rows_of(sheet):
    return {row[0]: list(row[1:]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}


def texts_of(document):
    return [each.text for each in document.paragraphs]


def test_a_table_has_real_numbers_its_base_and_everybody_beside_it(workbook, survey):
    rows = rows_of(workbook(survey)["crop"])
    assert rows["apples"][:2] == [20, pytest.approx(100 * 20 / 56)]
    assert rows["matches no option"][0] == 6
    assert rows["base: an answer that is counted"][:2] == [56, 100]
    assert rows["asked, no answer"][:2] == [4, None]
    assert rows["not asked"][0] == 0


def test_a_multiple_choice_question_has_both_shares_under_their_names(workbook, survey):
    sheet = workbook(survey)["help"]
    heads = [cell.value for cell in sheet[3]]
    assert heads[:4] == ["answer", "people", "% of respondents", "% of answers"]
    assert rows_of(sheet)["hands"][:3] == [
        40,
        pytest.approx(100 * 40 / 60),
        pytest.approx(100 * 40 / 85),
    ]


def test_the_ending_decides_and_another_one_is_refused(survey, tmp_path):
    with pytest.raises(ValueError, match=r"\.docx, \.xlsx or \.html; got 'survey\.pdf'"):
        survey.report("survey.pdf")
    assert survey.report(tmp_path / "A.XLSX").is_file()


def test_every_question_has_a_table_and_a_figure_with_alternative_text(survey, tmp_path):
    document = docx.Document(str(survey.report(tmp_path / "made.docx")))
    figures = document.element.body.xpath(".//wp:docPr")
    assert len(figures) == len(COLUMNS)
    assert all(len(each.get("descr")) > 20 for each in figures)
    assert len(document.tables) >= len(COLUMNS)


def test_scales_with_the_same_points_share_one_figure(tmp_path):
    smell = replace(ENTRIES["taste"], question="smell", columns=("Smell",))
    entries = ENTRIES | {"smell": smell}
    columns = {"taste": ["bad", "good"] * 10, "smell": ["good", "fair"] * 10}
    document = docx.Document(str(growers(columns, entries=entries).report(tmp_path / "made.docx")))
    assert len(document.element.body.xpath(".//wp:docPr")) == 1


@pytest.mark.parametrize(("language", "label"), [("en", "pears"), ("ru", "груши")])
def test_labels_are_in_the_language_of_the_report_and_the_one_in_use_stays(
    workbook, survey, language, label
):
    assert label in rows_of(workbook(survey, language)["crop"])
    assert current_language() == "en"


def test_the_language_in_use_is_the_default(workbook, survey):
    with speaking("ru"):
        assert "груши" in rows_of(workbook(survey, "")["crop"])


def test_a_question_by_groups_has_its_test_in_the_note(workbook, survey):
    sheet = workbook(survey, by="sex")["crop × sex"]
    rows = rows_of(sheet)
    assert rows["apples"] == [20, pytest.approx(100 * 20 / 30), 0, 0]
    said = " ".join(map(str, rows))
    assert "p < 0.001" in said
    assert "Cramér's V = " in said
    assert "Holm" in said


def test_every_option_of_a_multiple_choice_question_has_its_own_test(workbook, survey):
    book = workbook(survey, by=["sex"])
    tests = rows_of(book["help × sex tests"])
    assert {"family", "hands", "nobody"} <= set(tests)
    assert isinstance(tests["family"][3], float)


def test_a_comparison_has_numbers_of_both_surveys(workbook, survey):
    other = growers({"crop": ["apples"] * 10 + ["pears"] * 30})
    rows = rows_of(workbook(survey, against=other)["crop compared"])
    assert rows["apples"][0] == pytest.approx(100 * 20 / 56)
    assert rows["apples"][4:6] == [25, 25]


def test_notes_on_the_answers_stand_at_the_end(workbook):
    survey = growers(COLUMNS)
    note = Note("row 12", "left out: repeats row 11")
    answers = replace(survey.answers, responses=survey.answers.responses.noting(note))
    noted = replace(survey, answers=answers)
    rows = rows_of(workbook(noted)["Notes"])
    assert rows["row 12"] == ["left out: repeats row 11"]
    assert rows["Crop"][0].startswith("6 × figs")


def test_small_cells_are_in_no_file_and_neither_is_a_figure_that_shows_them(tmp_path):
    columns = {"crop": ["apples"] * 37 + ["pears"] * 3 + ["plums"] * 29}
    survey = growers(columns)
    page = survey.report(tmp_path / "made.html", small=5).read_text("utf-8")
    assert "<img" not in page
    assert page.count("×</td>") == 2
    assert ">37<" in page
    assert ">29<" not in page


def test_a_workbook_withholds_small_cells_and_their_shares(workbook):
    survey = growers({"crop": ["apples"] * 37 + ["pears"] * 3 + ["plums"] * 29})
    rows = rows_of(workbook(survey, small=5)["crop"])
    assert rows["pears"] == ["×", None, None, None]
    assert rows["plums"] == ["×", None, None, None]
    assert rows["apples"][0] == 37


def test_a_test_that_would_tell_small_cells_is_left_out(workbook):
    columns = {"sex": ["Man"] * 30 + ["Woman"] * 30, "crop": ["apples"] * 27 + ["pears"] * 33}
    book = workbook(growers(columns), by="sex", small=5)
    rows = rows_of(book["crop × sex"])
    assert rows["pears"][0] == "×"
    assert "Cramér" not in " ".join(map(str, rows))


def test_a_published_survey_is_written_up_too(workbook):
    from analysis.data.tables import read_table
    from analysis.survey import read_survey

    name = read_table("questions")["paper"].iloc[0]
    survey = read_survey(name)
    book = workbook(survey)
    first = next(iter(survey))
    assert first.name in book.sheetnames
    assert "printed" in [cell.value for cell in book[first.name][3]]


def test_the_same_survey_gives_the_same_bytes(survey, tmp_path):
    for ending in ("xlsx", "html", "docx"):
        files = [survey.report(tmp_path / f"{n}.{ending}", by="sex") for n in "ab"]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_the_methods_say_what_was_done_and_nothing_else(survey):
    plain = " ".join(methods(Work(survey, [], None, 0.9, 0).done))
    assert "The answers of 60 respondents were read from growers.csv." in plain
    assert "one option each (2), several options each (1), scales (1), numbers (1)" in plain
    assert "Confidence intervals of shares (90 %) are by the method of Wilson." in plain
    assert "a question has 0 to 4 of them" in plain
    for word in ("Holm", "Newcombe", "weight", "population", "withheld, and"):
        assert word not in plain


def test_the_methods_name_tests_weights_population_and_what_is_withheld():
    columns = COLUMNS | {"w": ["1"] * 30 + ["2"] * 30}
    weighted = growers(columns, weight="w", population=500)
    other = growers({"crop": ["apples"] * 30 + ["pears"] * 30})
    said = " ".join(methods(Work(weighted, ["sex"], other, 0.95, 5).done))
    for words in (
        "weighted by the column “w”",
        "design effect of the weights (Kish) is ",
        "population of 500",
        "Rao and Scott",
        "Holm's method",
        "Newcombe's interval",
        "fewer than 5 people",
    ):
        assert words in said


def test_the_methods_name_the_questions_to_which_weights_are_raked():
    survey = growers(COLUMNS).rake({"sex": {"men": 0.4, "women": 0.6}})
    said = " ".join(methods(Work(survey, [], None, 0.95, 0).done))
    assert "margins of: Sex." in said


def test_a_survey_without_answers_is_written_up_as_one(tmp_path):
    file = growers({"crop": ["", ""]}).report(tmp_path / "made.docx")
    assert any("2 respondents" in text for text in texts_of(docx.Document(str(file))))


def test_a_heading_of_the_document_is_a_heading_for_word_too(survey, tmp_path):
    document = docx.Document(str(survey.report(tmp_path / "made.docx", "kk")))
    styles = {each.style.name for each in document.paragraphs}
    assert {"Title", "Heading 1", "Caption"} <= styles
    assert document.styles.element.xpath("w:docDefaults//w:lang")[0].get(qn("w:val")) == "kk-KZ"
    assert texts_of(document)[0].endswith("growers.csv")


def test_the_methods_do_not_tell_how_many_gave_no_answer_where_that_is_withheld():
    survey = growers({"taste": ["good"] * 30 + ["bad"] * 10 + ["not sure"] * 3 + [""] * 2})
    told = [" ".join(methods(Work(survey, (), None, 0.95, small).done)) for small in (0, 5)]
    assert ["has 2 of them" in each for each in told] == [True, False]


def test_nothing_is_said_of_people_beside_a_table_of_which_something_is_withheld(workbook):
    columns = {"sex": ["Man"] * 30 + ["Woman"] * 30, "crop": ["apples", "pears", "figs"] * 20}
    columns["crop"][:18] = ["apples"] * 18
    sheet = workbook(growers(columns), by="sex", small=5)["crop × sex"]
    said = " ".join(str(row[0]) for row in sheet.iter_rows(values_only=True)).casefold()
    assert "left out of the test" not in said and "in no group" not in said
    assert "fewer expected" not in said


def means_of(survey, small):
    return Work(survey, (), None, 0.95, small).means.set_index("question")


def test_a_median_and_its_interval_are_not_the_number_of_one_of_few_people():
    columns = ["median", "median_low", "median_high"]
    few = growers({"trees": ["11", "1503", "1701", "1907", "2309", "9876"] + [""] * 30})
    assert means_of(few, 5).loc["trees", columns].isna().all()
    assert list(means_of(few, 0).loc["trees", columns]) == [1804, 11, 9876]
    some, many = (growers({"trees": [str(each) for each in range(n)]}) for n in (15, 60))
    assert list(means_of(some, 5).loc["trees", columns].isna()) == [False, True, True]
    assert means_of(many, 5).loc["trees", columns].notna().all()


def test_the_weights_of_a_question_with_few_answers_are_not_told():
    columns = {"crop": ["apples"] * 3 + [""] * 57, "sex": ["Man", "Woman"] * 30}
    survey = growers(columns | {"w": [1] * 30 + [1.5] * 30}, weight="w")
    for small, told in ((0, "respondents 3 to 58"), (5, "respondents 58;")):
        assert told in " ".join(methods(Work(survey, (), None, 0.95, small).done))


def test_groups_of_a_question_that_nobody_answered_are_no_fault(workbook):
    columns = {"crop": ["apples"] * 30 + ["pears"] * 3, "sex": [""] * 33}
    assert "crop" in workbook(growers(columns), by="sex", small=5).sheetnames


def test_weighted_shares_tell_no_hidden_cell_where_all_of_a_group_weigh_the_same(workbook):
    columns = {"sex": ["Man"] * 30 + ["Woman"] * 30, "w": [1.3] * 30 + [0.9] * 30}
    columns["crop"] = ["apples"] * 2 + ["pears"] * 28 + ["apples"] * 20 + ["pears"] * 10
    survey = growers(columns | {"taste": ["good", "bad"] * 30}, weight="w")
    book = workbook(survey, by="sex", small=5)
    heads = {name: [cell.value for cell in book[name][3]] for name in ("sex", "crop", "taste")}
    assert heads["sex"][:3] == heads["crop"][:3] == ["answer", "people", "% of respondents"]
    assert not any("weighted" in str(each) for each in heads["sex"] + heads["crop"])
    assert "weighted % of respondents" in heads["taste"]
    cross = [cell.value for cell in book["crop × sex"][3]]
    assert not any("%" in str(each) for each in cross)
    alone = growers({name: columns[name] for name in ("sex", "crop", "w")}, weight="w")
    assert "Confidence" not in " ".join(methods(Work(alone, ["sex"], None, 0.95, 5).done))
