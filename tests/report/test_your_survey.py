"""The notebook for a survey of one's own takes any survey, and says what it skips."""

import re

import pytest

from analysis import paths, read_survey
from analysis.report.own_survey import NOTEBOOK, write_own_survey
from analysis.report.parameters import parameter_defaults
from tests.notebooks import read, run_cells

HEADER = "question,columns,kind,separator,options,other,not_counted,labels_kk\n"
CROP = "crop,Өнім,single,,Алма | Алмұрт,,,алма | алмұрт\n"
AREA = "area,Ауыл,single,,Ақсу | Көксу,,,\n"
NEED = 'need,Не жетпейді?,multiple,semicolon,"Су, жер | Ақша | Басқа",Басқа,,\n'
SOIL = "soil,Жер жақсы,scale,,1 | 2 | 3 | Білмеймін,,Білмеймін,жоқ | орташа | иә | білмеймін\n"
ROWS = [
    'Алма,Ақсу,"Су, жер;Ақша",1,1.5',
    "Алмұрт,Көксу,Ақша,3,0.5",
    "алма ,Ақсу,Ақша,2,1",
    "Алма,Көксу,трактор,Білмеймін,1",
    "Алмұрт,Ақсу,,3,1",
]
ANSWERS = "Өнім,Ауыл,Не жетпейді?,Жер жақсы,салмақ\n" + "\n".join(ROWS * 8) + "\n"


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Return a function that runs the notebook on growers and some of the questions put to them."""
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path / "out"))
    (file,) = paths.NOTEBOOKS.glob(f"*-{NOTEBOOK}.ipynb")
    (tmp_path / "жауап.csv").write_text(ANSWERS, encoding="utf-8")

    def run(*entries, **setting):
        codebook = tmp_path / "codebook.csv"
        codebook.write_text(HEADER + "".join(entries), encoding="utf-8")
        files = {"responses": str(tmp_path / "жауап.csv"), "codebook": str(codebook)}
        return run_cells(read(file), files | setting, monkeypatch)

    return run


def skipped(shown):
    """Return what was missing, in the order in which it is wanted."""
    found = [re.search(r"`(.*)`|(two surveys)", text) for text in shown.said if "Skipped" in text]
    return list(dict.fromkeys(each[1] or each[2] for each in found))


def names(shown):
    return [name.removeprefix("your-survey-") for name, _ in shown.figures]


def test_the_questions_of_another_file_are_found_by_their_kind(shown):
    found = shown(CROP, AREA, NEED, SOIL)
    assert found.answer == [
        "“Не жетпейді?”: of 32 respondents 75 % (58 to 87 %) chose “Ақша”, more than any other "
        "answer."
    ]
    assert skipped(found) == ["two surveys"]
    assert names(found) == ["main", "scales", "groups", "overlap"]
    assert "трактор" in "\n".join(found.tables)


def test_where_kinds_are_missing_it_says_so_and_goes_on(shown):
    assert skipped(shown(CROP, AREA)) == ["scale", "multiple", "two surveys"]
    assert skipped(shown(NEED)) == ["scale", "single", "two surveys"]
    assert names(shown(SOIL)) == ["main", "scales"]


@pytest.mark.parametrize("by", ["crop", "area"])
def test_any_question_can_make_the_groups_and_another_one_is_then_the_main_one(shown, by):
    assert "single" not in skipped(shown(CROP, AREA, by=by))


@pytest.mark.parametrize(
    ("entries", "by", "said"),
    [
        ((CROP, AREA, NEED), "need", "wanted one of crop, area; got 'need'; the nearest is "),
        ((CROP,), "crop", "there is no question besides crop; leave it out"),
        ((NEED,), "need", "no question makes groups; got 'need'"),
    ],
)
def test_a_question_that_makes_no_groups_is_refused_before_anything_runs(
    tmp_path, entries, by, said
):
    files = tmp_path / "answers.csv", tmp_path / "codebook.csv"
    files[0].write_text(ANSWERS, encoding="utf-8")
    files[1].write_text(HEADER + "".join(entries), encoding="utf-8")
    with pytest.raises(ValueError, match=f"parameter by: {said}"):
        write_own_survey(*files, tmp_path / "out", by=by)
    assert not (tmp_path / "out").exists()


def test_a_question_that_bears_a_published_name_and_shares_no_option_is_said_to_be_alone(shown):
    (file,) = paths.NOTEBOOKS.glob(f"*-{NOTEBOOK}.ipynb")
    published = read_survey(parameter_defaults(read(file))["published"])
    name = next(iter(published)).name
    found = shown(CROP.replace("crop,", f"{name},"), AREA)
    assert "two surveys" in skipped(found) and "comparison" not in names(found)


def test_groups_weights_and_margins_are_those_that_somebody_names(shown):
    margins = {"crop": {"алма": 0.5, "алмұрт": 0.5}}
    usual = shown(CROP, AREA, NEED)
    by_area = shown(CROP, AREA, NEED, by="area")
    weighted = shown(CROP, AREA, NEED, weights="салмақ", margins=margins, population=90)
    assert usual.tables != by_area.tables and usual.tables != weighted.tables
    with pytest.raises(AssertionError, match="wanted one of crop, area, need; got 'village'"):
        shown(CROP, AREA, NEED, by="village")
