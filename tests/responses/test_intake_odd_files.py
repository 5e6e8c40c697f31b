"""Files with several faults at once: counted right, or refused with one line."""

import re
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.problems import TableError
from analysis.responses.answers import Responses
from analysis.responses.drafting.draft import draft
from analysis.responses.files.cells import ADDRESS, as_number, kind_of
from analysis.responses.files.encoding import WORD
from analysis.responses.files.intake import read_file
from analysis.responses.options import plain

HEADER = "Filled in,Crop,Yield,Opinion"
PEOPLE = [
    f"2026-04-{at:02d} 10:00:00,{('rye', 'oats')[at % 2]},{17 + at % 5},{('good', 'bad')[at % 2]}"
    for at in range(1, 13)
]


def read(tmp_path, *lines, encoding="utf-8"):
    file = tmp_path / "fields.csv"
    file.write_bytes("\n".join(lines).encode(encoding))
    return read_file(file)


def test_many_rows_with_the_same_fault_are_told_in_one_line(tmp_path):
    with pytest.raises(TableError) as error:
        read(tmp_path, "crop,age,yield", *["rye,20,3", "oats,21"] * 9)
    assert "row 3: has 2 cells" in str(error.value)
    assert str(error.value).endswith("and 8 more rows like it")
    assert "\n" not in str(error.value)


def test_a_note_on_an_old_encoding_shows_a_word_of_the_header_alone(tmp_path):
    for header, word in (("Crop,Région", "; is this a word: Région"), ("Crop,Ville", "")):
        found = read(tmp_path, header, "rye,Genève", "oats,Genève", encoding="cp1252")
        assert f"encoding found: Windows-1252 (Western){word}" in [n.text for n in found.notes]


@pytest.mark.parametrize("again", [HEADER.upper(), "\ufeff" + HEADER, HEADER])
def test_the_header_of_a_second_file_is_no_respondent(tmp_path, again):
    assert len(read(tmp_path, HEADER, *PEOPLE, again, *PEOPLE).frame) == 24


@pytest.mark.parametrize(
    "second",
    [
        ["Crop,Filled in,Yield,Opinion", "rye,2026-04-02 10:00:00,17,good"],
        ["School,Town,Teacher,Remark", "First,Semey,Ann,none so far", "Second,Aral,Tom,fine"],
    ],
)
def test_a_second_file_with_other_columns_is_refused(tmp_path, second):
    with pytest.raises(TableError, match=r"row 14: .*are these two files joined"):
        read(tmp_path, HEADER, *PEOPLE, *second)


def test_a_respondent_who_wrote_words_for_a_number_is_one(tmp_path):
    own = ["2026-04-13 10:00:00,wheat,a lot,so so", "2026-04-14 10:00:00,maize,little,fair"]
    assert len(read(tmp_path, HEADER, *PEOPLE, *own).frame) == 14


@pytest.mark.parametrize(
    "below",
    [
        [f",,{sum(int(row.split(',')[2]) for row in PEOPLE)},"],
        ["Made by the form on 1 May,,,"],
        [",,,", "Total,,12,100%", "rye,,6,50%", "oats,,6,50%"],
        ["Ең кіші,,17,", "Ең үлкен,,21,"],
        ["Мин,,17,", "Макс,,21,"],
        [",,,", "Crop,Rows,,", "rye,6,,", "oats,6,,", "Total,12,,"],
    ],
    ids=["a bare sum", "a footer", "shares", "Kazakh", "Russian", "a table with a header"],
)
def test_what_stands_below_the_answers_is_no_respondent(tmp_path, below):
    found = read(tmp_path, HEADER, *PEOPLE, *below)
    assert len(found.frame) == len(PEOPLE)
    assert any("left out: a summary" in note.text for note in found.notes)


@pytest.mark.parametrize("text", ["rye\u200b", "\ufeffrye", "rye\x07", "r\u00adye"])
def test_signs_that_cannot_be_seen_make_no_other_option(text):
    assert plain(text) == "rye"


def test_options_that_differ_by_a_full_stop_alone_are_to_be_checked():
    (entry,) = draft(Responses(pd.DataFrame({"Crop": ["rye", "rye.", "oats"] * 10})))
    assert entry.sure == "please check"
    assert "look alike but for signs: 'rye', 'rye.'" in entry.guess


def test_options_that_differ_by_a_word_are_not_questioned_for_their_signs():
    (entry,) = draft(Responses(pd.DataFrame({"Crop": ["rye, early", "rye, late", "oats."] * 10})))
    assert "look alike" not in entry.guess


def test_the_rows_of_a_grid_in_a_second_header_are_no_respondent_of_few(tmp_path):
    points = ["low", "so so", "high", "none", "top"]
    people = [f"{at},{points[at % 5]},{points[at * 2 % 5]},{points[at * 3 % 5]}" for at in range(6)]
    found = read(tmp_path, "No,How good is,,", ",rye,oats,wheat", *people)
    assert len(found.frame) == 6
    assert "How good is [rye]" in found.columns


def test_utf_16_without_a_mark_is_told_with_carriage_returns(tmp_path):
    text = "Культура;Мнение\rрожь;хорошо\rовёс;плохо\r"
    file = tmp_path / "fields.csv"
    file.write_bytes(text.encode("utf-16-le"))
    assert len(read_file(file).frame) == 2


def test_a_piece_of_a_web_page_is_refused(tmp_path):
    with pytest.raises(TableError, match="is a web page"):
        read(tmp_path, "<div>hello, you</div>", "<div>sign in, please</div>")


def test_several_in_a_cell_is_to_be_checked_where_whole_cells_are_as_few():
    cells = ["rye; oats", "wheat; maize"] * 3
    (entry,) = draft(Responses(pd.DataFrame({"Crop": cells})))
    assert entry.sure == "please check"


def test_a_last_row_cut_off_in_its_first_cell_is_no_note(tmp_path):
    with pytest.raises(TableError, match=r"row 14: .*was the file cut off"):
        read(tmp_path, HEADER, *PEOPLE, "202x")


def test_a_blank_cell_that_a_separator_in_an_answer_pushed_out_is_no_surplus(tmp_path):
    people = ["Almaty,170,Yes,good"] * 9
    with pytest.raises(TableError, match="row 11: has 5 cells where the header has 4"):
        read(tmp_path, "city,height,trip,comment", *people, "Astana,1,75,Yes,", "Aral,170,No,")


def test_blank_cells_behind_nearly_all_rows_are_surplus(tmp_path):
    found = read(tmp_path, "city,height", *["Almaty,170,,"] * 19, "Astana,175")
    assert list(found.frame["height"]) == ["170"] * 19 + ["175"]


@pytest.mark.parametrize(
    ("cell", "encoding"),
    [("a" * 200_000, "cp1251"), ("-" * 200_000, "utf-16"), (f"a@{'.' * 20_000}@", "utf-8")],
)
def test_a_cell_of_one_sign_many_times_takes_no_time(tmp_path, cell, encoding):
    start = time.process_time()
    found = read(
        tmp_path, "id;Город", *[f"{at};Астана" for at in range(20)], f"21;{cell}", encoding=encoding
    )
    assert len(found.frame) == 21
    assert time.process_time() - start < 3


def test_a_number_longer_than_any_is_a_text():
    assert kind_of("9" * 400) == "text"
    assert as_number("9" * 400) is None
    assert as_number("9" * 99) == pytest.approx(1e99)


@given(st.text("aя’'- .@\x7f"))
def test_words_and_addresses_are_what_they_were(text):
    words = re.compile(r"[A-Za-z’'-]*[^\x00-\x7f][A-Za-z’'\x80-\U0010ffff-]*")
    assert WORD.findall(text) == words.findall(text)
    address = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
    assert bool(ADDRESS.fullmatch(text)) == bool(address.fullmatch(text))


GROWERS = [f"{'Man' if at < 12 else 'Woman'},{'ab'[at % 2]},{20 + at % 5}" for at in range(20)]


@pytest.mark.parametrize(
    "below",
    [
        ["Man,12,", "Woman,8,"],
        ["Man,60%,", "Woman,40%,"],
        ["a,10,", "b,10,", "Total,20,"],
        ["Respondents: 20,,"],
        ["Respondents,20,22"],
        ["Опрошено: 20,,"],
        ["#REF!,#ССЫЛКА!,22"],
        ["© The Form,,"],
    ],
)
def test_counts_below_the_answers_are_no_respondents_without_a_blank_row(tmp_path, below):
    found = read(tmp_path, "Sex,Answer,Age", *GROWERS, *below)
    assert len(found.frame) == 20
    assert any("left out: a summary" in note.text for note in found.notes)


@pytest.mark.parametrize(
    "last",
    [
        ["Man,12,", "Woman,9,"],
        ["Man,12,"],
        ["Man,60%,", "Woman,a,"],
        ["#REF!,a,22"],
        ["#NAME?,,"],
        ["Respondents,a,22"],
    ],
)
def test_a_respondent_who_wrote_what_a_summary_could_hold_is_one(tmp_path, last):
    assert len(read(tmp_path, "Sex,Answer,Age", *GROWERS, *last).frame) == 20 + len(last)


def test_respondents_of_two_columns_are_no_table_of_counts(tmp_path):
    assert len(read(tmp_path, "crop,trees", "rye,1", "oats,1", "rye,1", "oats,1").frame) == 4


def test_respondents_who_are_in_the_file_twice_are_noted(tmp_path):
    found = read(tmp_path, HEADER, *PEOPLE, *PEOPLE[:3])
    assert len(found.frame) == 15
    assert "rows 14–16: the same time and answers" in "\n".join(map(str, found.notes))
    assert "same time" not in "\n".join(map(str, read(tmp_path, HEADER, *PEOPLE).notes))


def test_equal_answers_without_a_time_are_those_of_two_people(tmp_path):
    found = read(tmp_path, "crop,yield", *["rye,17", "oats,18"] * 5)
    assert not any("same time" in note.text for note in found.notes)


def test_trials_of_the_survey_are_noted(tmp_path):
    people = ["IP Address,rye"] * 8 + ["Survey Preview,oats"] * 2
    found = read(tmp_path, "Status,Which crop do you grow?", *people)
    assert "rows 10–11: a trial of the survey" in "\n".join(map(str, found.notes))


@pytest.mark.parametrize(
    "second",
    [
        "choose one,choose one,in years",
        "Выберите один,Выберите один,в годах",
        "біреуін таңдаңыз,таңдаңыз,жазыңыз",
    ],
)
def test_how_to_answer_is_no_respondent(tmp_path, second):
    found = read(tmp_path, "Sex,Answer,Age", second, *GROWERS)
    assert len(found.frame) == 20
    assert "row 2: left out: a title" in "\n".join(map(str, found.notes))


@pytest.mark.parametrize("second", ["Other,choose one,many", "Man,choose one,in years", "pick,,"])
def test_a_first_respondent_with_words_of_his_own_is_one(tmp_path, second):
    assert len(read(tmp_path, "Sex,Answer,Age", second, *GROWERS).frame) == 21
