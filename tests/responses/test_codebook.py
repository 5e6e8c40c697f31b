"""A codebook as people edit it: every spreadsheet, every slip; and what an answer comes to."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.outputs.tables import guarded
from analysis.problems import TableError
from analysis.responses import codebook
from analysis.responses.answers import Responses
from analysis.responses.codebook import (
    HEADER,
    Codebook,
    Entry,
    joined,
    listed,
    number_of,
    read_codebook,
)
from analysis.responses.drafting.draft import draft

BOOK = Codebook(
    (
        Entry("went", ("Went abroad?",), "yes-no", options=("Иә", "Жоқ"), topics={"kk": "Шетел"}),
        Entry(
            "why",
            ("Why? [a]", "Why? [b | c]"),
            "multiple",
            options=("cost", "b | c"),
            other="b | c",
            base="went = Иә",
            labels={"ru": ("цена", "б | в")},
            sure="please check",
            guess='2 columns, "an option each"',
        ),
        Entry("scale", ("Rate",), "scale", options=("-1", "0", "1"), not_counted=("0",)),
        Entry(
            "crop",
            ("Crop\nof the year",),
            "multiple",
            separator=",",
            options=("apples", "pears -> late"),
            merge={"pears->late": "pears -> late", "aples": "apples"},
        ),
        Entry("note", ("=1+1",), "text"),
    )
)


def written(rows, delimiter=",", ending="\n"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def rows_of(book=BOOK):
    return list(csv.reader(io.StringIO(book.csv())))


def test_what_was_written_is_read_back_the_same(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text(BOOK.csv(), "utf-8")
    assert read_codebook(file) == BOOK


def test_no_cell_that_is_written_is_a_formula():
    cells = [cell for row in rows_of() for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    assert "'=1+1" in cells


@given(st.text("=+-@＝＋－＠;' \t\r\na1").filter(lambda text: text == text.strip()))
def test_a_cell_of_any_signs_is_guarded_like_other_tables_and_read_back(text):
    cell = codebook._safe(text)
    assert guarded(cell) == cell and codebook._unsafe(cell) == text


@pytest.mark.parametrize(
    "text", ["＝1+1", "＋x", "Q;=cmd|'/C calc'!A0", "a;'=1;''@b", "'=1", "b;-2"]
)
def test_what_a_spreadsheet_that_parts_at_semicolons_would_run_is_guarded(tmp_path, text):
    file = tmp_path / "codebook.csv"
    book = Codebook((Entry("crop", (text,), "single", options=(text, "b")),))
    file.write_text(book.csv(), "utf-8")
    cells = [part for row in rows_of(book) for cell in row for part in cell.split(";")]
    assert not [part for part in cells if part.strip().startswith(tuple("=+-@＝＋－＠"))]
    assert read_codebook(file) == book


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "kz1048"])
@pytest.mark.parametrize(("delimiter", "ending"), [(",", "\n"), (";", "\r\n"), ("\t", "\r\n")])
def test_a_codebook_saved_by_any_spreadsheet_is_read(tmp_path, encoding, delimiter, ending):
    file = tmp_path / "codebook.csv"
    rows = [*rows_of(), [""] * len(HEADER), [" "] * len(HEADER)]
    file.write_bytes(written(rows, delimiter, ending).encode(encoding))
    assert read_codebook(file) == BOOK


def test_a_codebook_in_cp1251_is_read(tmp_path):
    book = Codebook((Entry("sex", ("Пол",), "single", options=("мужской", "женский")),))
    file = tmp_path / "codebook.csv"
    file.write_bytes(written(rows_of(book), ";", "\r\n").encode("cp1251"))
    assert read_codebook(file) == book


def test_a_workbook_is_read_as_well(tmp_path):
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in rows_of():
        workbook.active.append(row)
    workbook.save(tmp_path / "codebook.xlsx")
    assert read_codebook(tmp_path / "codebook.xlsx") == BOOK


def test_columns_that_a_person_does_not_want_may_be_left_out(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text("options,question,kind,columns\na | b,q,Single ,Q1\n", "utf-8")
    (entry,) = read_codebook(file)
    assert entry == Entry("q", ("Q1",), "single", options=("a", "b"))


def test_options_may_stand_on_lines_of_their_own(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text('question,columns,kind,options\nq,Q1,single,"a\n b\n"\n', "utf-8")
    assert read_codebook(file).entry("q").options == ("a", "b")


@pytest.mark.parametrize("items", [("a",), ("a|b", "c\\"), ("x\ny", "\\n", "|"), ("a", "", "b")])
def test_any_list_can_be_written_into_a_cell(items):
    assert listed(joined(items)) == items


FAULTS = [
    ("Q,Q1,single,a | b", {}, "row 2, column question: 'Q': wanted small letters"),
    ("q,Q1,singel,a | b", {}, "row 2, column kind: 'singel': wanted one of single, multiple"),
    ("q,,single,a | b", {}, "row 2, column columns: is empty"),
    ("q,Q1,single,", {}, "row 2, column options: is empty"),
    ("q,Q1,single,a | A ", {}, "row 2, column options: names an option twice"),
    ("q,Q1 | Q2,multiple,a", {}, "has 1 for 2 columns; wanted one a column"),
    ("q,Q1 | Q2,single,a | b", {}, "has 2; a question of kind single has one"),
    ("q,Q1,single,a | b", {"other": "c"}, "column other: 'c' is none of the options"),
    ("q,Q1,single,a | b", {"other": "a | b"}, "column other: 'a | b': wanted one option"),
    ("q,Q1,single,a | b", {"not_counted": "x"}, "column not_counted: 'x' is none of the options"),
    ("q,Q1,single,a | b", {"merge": "x > a"}, "column merge: 'x > a': wanted spelling -> option"),
    ("q,Q1,single,a | b", {"base": "p = a"}, "column base: 'p = a': wanted question = option"),
    ("q,Q1,single,a | b", {"base": "q = a"}, "the question another one of this codebook"),
    ("q,Q1,single,a | b", {"labels_ru": "а"}, "column labels_ru: has 1 for 2 options"),
    ("q,Q1,single,a | b", {"sure": "maybe"}, "column sure: 'maybe': wanted one of sure, likely"),
    ("q,Q1 | Q1,multiple,a | b", {}, "column columns: 'Q1': stands twice"),
    ("q,Q1,scale,a | b", {"separator": "comma"}, "'comma': a question of kind scale has one"),
    ("q,Q1,single,a | b", {"merge": "x -> a | x -> b"}, "'x': stands for 'a' and 'b'"),
    ("q,Q1,single,a | b", {"merge": "a -> b"}, "column merge: 'a': is one of options itself"),
    ("q,Q1,single,a | b", {"labels_en": "yes | Yes"}, "column labels_en: 'Yes': names two"),
    ("q,Q1,single,a | b", {"not_counted": "b | a"}, "column not_counted: 'b | a': are all options"),
    ("q,Q1,multiple,a | b", {"separator": "comma or so"}, "column separator: 'comma or so'"),
]


@pytest.mark.parametrize(("row", "more", "said"), FAULTS, ids=[said for *_, said in FAULTS])
def test_a_slip_is_named_with_file_row_column_and_rule(tmp_path, row, more, said):
    file = tmp_path / "codebook.csv"
    header = ",".join(["question", "columns", "kind", "options", *more])
    file.write_text(f"{header}\n{','.join([row, *more.values()])}\n", "utf-8")
    with pytest.raises(TableError) as raised:
        read_codebook(file)
    assert said in str(raised.value) and "codebook.csv, row 2" in str(raised.value)


def test_a_base_must_name_an_option_of_a_question_with_options(tmp_path):
    file = tmp_path / "codebook.csv"
    rows = "went,W,single,yes | no,\nage,A,number,,\n"
    for base, said in (("went = maybe", "'maybe' is none of the options of went"),
                       ("age = 20", "age is of kind number")):  # fmt: skip
        file.write_text(f"question,columns,kind,options,base\n{rows}q,Q,text,,{base}\n", "utf-8")
        with pytest.raises(TableError, match=said):
            read_codebook(file)


def test_a_name_that_stands_twice_is_refused_with_the_first_row(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text("question,columns,kind\nq,Q1,text\n\nq,Q2,text\n", "utf-8")
    with pytest.raises(TableError, match=r"row 4, column question: 'q' is that of row 2 too"):
        read_codebook(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "is no header of a codebook"),
        ("question,columns,kind,colour\nq,Q,text,red\n", "'colour' is no column of a codebook"),
        ("question,columns\nq,Q\n", "column kind: is missing"),
        ('question,columns,kind\nq,"Q,text\n', "never closed"),
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path, text, said):
    file = tmp_path / "codebook.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(TableError, match=said):
        read_codebook(file)


@pytest.mark.parametrize(
    ("text", "number"),
    [("20", 20), ("20,5", 20.5), ("−3", -3), ("２０", 20), ("12 500", 12500), ("0,125", 0.125),
     ("12\u00a0500,5", 12500.5), ("1,250", None), ("1.250", 1.25), ("20 years", None), ("", None),
     ("1e5", None), ("nan", None)],
)  # fmt: skip
def test_a_number_is_read_or_left_where_it_could_be_two(text, number):
    assert number_of(text) == number


def test_labels_show_no_address_and_no_line_break():
    entry = Entry("q", ("Q\n1",), "single", options=("ask a@example.org", "a\nb"))
    assert entry.names("kk") == ["ask [withheld]", "a b"]
    assert entry.topic("ru") == "Q 1"


def test_a_question_is_not_named_as_a_column_of_the_counted_table(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text("question,columns,kind\npeople,People,number\n", encoding="utf-8")
    with pytest.raises(TableError, match="row 2, column question: 'people': is a word"):
        read_codebook(file)
    frame = pd.DataFrame({"People": [str(n) for n in range(20, 60)]})
    assert [entry.question for entry in draft(Responses(frame))] == ["people-2"]


HELPS = Entry(
    "helps",
    ("What helps? [Money]", "What helps? [Time]"),
    "multiple",
    options=("Money", "Time"),
)


@pytest.mark.parametrize(
    "cell", ["N/A", "0.0", "0,0", "-", "—", "#N/A", "Не выбрано", "Not checked", "нет ответа", " "]
)
def test_what_says_no_or_stands_for_a_blank_is_no_tick(cell):
    assert HELPS.answer([cell, "Yes"]) == HELPS.answer(["", "1.0"])
    assert HELPS.answer([cell, "Yes"]).chosen == (1,)


def test_a_tick_that_nobody_knows_is_told_and_one_that_names_its_option_is_not():
    assert HELPS.answer(["money", "maybe"]).strange == ("maybe",)
    assert Entry("q", ("a", "b"), "multiple", options=("x", "n/a")).answer(["", "N/A"]).chosen == (
        1,
    )


def test_a_list_is_cut_so_that_nothing_is_left_over_where_that_can_be():
    options = ("Money", "Money, time", "time", "time, work", "Other")
    entry = Entry("q", ("Q",), "multiple", ",", options, other="Other")
    assert entry.answer(["Money, time, work"]).chosen == (0, 3)
    assert entry.answer(["Money, time"]).chosen == (1,)
    assert entry.answer(["Money, time, time, , work"]).strange == ("work",)
    assert entry.answer([", ".join(["Money, time, work"] * 20_000)]).strange == ()


def test_what_is_raised_is_another_option_and_no_digit():
    entry = Entry("q", ("Q",), "single", options=("10²", "102"))
    assert [entry.answer([text]).chosen for text in ("10²", "１０２")] == [(0,), (1,)]
    assert number_of("5²") is None


def test_bases_in_a_circle_are_refused(tmp_path):
    file = tmp_path / "codebook.csv"
    rows = "w,W,single,Yes | No,x = a\nx,X,single,a | b,w = Yes\ny,Y,text,,w = No\n"
    file.write_text(f"question,columns,kind,options,base\n{rows}", "utf-8")
    with pytest.raises(
        TableError, match="row 2, column base: 'x = a': goes in a circle, w - x - w"
    ):
        read_codebook(file)
