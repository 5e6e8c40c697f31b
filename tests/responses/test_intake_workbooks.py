"""Workbooks and SPSS files are read as a person sees them."""

import datetime
import re
import zipfile

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from analysis.problems import TableError
from analysis.responses.files.intake import read_file

HEADER = ["id", "crop", "share"]


def book(folder, sheets, name="answers.xlsx"):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(folder / name)
    return folder / name


def rows(responses):
    return responses.frame.to_numpy().tolist()


def said(responses):
    return "\n".join(map(str, responses.notes))


def test_numbers_dates_and_texts_are_what_a_person_sees(tmp_path):
    cells = {
        "5": 5.0,
        "1.75": 1.75,
        "0.3": 0.1 + 0.2,
        "77011234567": 77011234567,
        "2024-05-01": datetime.date(2024, 5, 1),
        "2024-05-01 09:30:00": datetime.datetime(2024, 5, 1, 9, 30),
        "09:30:00": datetime.time(9, 30),
        "TRUE": True,
        "007": "007",
        "": None,
        "Иә, әрине": "Иә, әрине",
        "N/A": "N/A",
    }
    file = book(
        tmp_path, {"A": [["id", "q"], *([f"r{n}", v] for n, v in enumerate(cells.values()))]}
    )
    assert [row[1] for row in rows(read_file(file))] == list(cells)


def test_percent_and_fixed_decimals_are_kept(tmp_path):
    file = book(tmp_path, {"A": [["id", "a", "b"], ["x", 0.25, 1.5], ["y", 0.5, 2.005]]})
    made = openpyxl.load_workbook(file)
    for row in (2, 3):
        made["A"].cell(row, 2).number_format = "0%"
        made["A"].cell(row, 3).number_format = "0.00"
    made.save(file)
    assert rows(read_file(file)) == [["x", "25%", "1.50"], ["y", "50%", "2.01"]]


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    file = book(tmp_path, {"A": [["id", "q"], [1, "x"], [2, "y"]]})
    made = openpyxl.load_workbook(file)
    cell = made["A"]["B3"]
    cell.value, cell.data_type = "=1+1", "s"
    made.save(file)
    assert rows(read_file(file))[1] == ["2", "=1+1"]


def test_a_formula_without_a_value_is_refused_with_its_cell(tmp_path):
    file = book(tmp_path, {"A": [["id", "q"], [1, "=1+1"], [2, "y"]]})
    with pytest.raises(TableError, match=r"answers\.xlsx, row 2, column B: '=1\+1' has no value"):
        read_file(file)


def changed(file, title, change):
    made = openpyxl.load_workbook(file)
    change(made[title])
    made.save(file)
    return file


def rewritten(file, *pairs, part="xl/worksheets/sheet1.xml"):
    """Return a workbook with some pieces of its XML replaced."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in pairs:
        parts[part] = re.sub(old, new, parts[part])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


TEN = {"A": [HEADER, *([at, "figs", at % 3] for at in range(10))]}


def test_a_formula_that_gave_no_text_is_a_blank_cell(tmp_path):
    file = book(tmp_path, {"A": [["id", "q"], [1, '=IF(1,"","x")'], [2, "y"]]})
    empty = rb'<c t="str" \1><f>\2</f><v></v></c>'
    rewritten(file, (rb"<c (r=\"B2\"[^>]*)><f>(.*?)</f>.*?</c>", empty))
    assert rows(read_file(file)) == [["1", ""], ["2", "y"]]


def test_an_array_formula_without_a_value_is_shown_as_written(tmp_path):
    formula = ArrayFormula("B2:B3", "=A2:A3*2")
    with pytest.raises(TableError, match=r"column B: '=A2:A3\*2' has no value"):
        read_file(book(tmp_path, {"A": [["id", "q"], [1, formula], [2, "y"]]}))


def test_merged_answers_are_refused_and_merged_headers_are_not(tmp_path):
    file = changed(book(tmp_path, TEN), "A", lambda sheet: sheet.merge_cells("A1:A1"))
    assert len(read_file(file).frame) == 10
    changed(file, "A", lambda sheet: sheet.merge_cells("B2:B5"))
    with pytest.raises(TableError, match="row 2, column B: the cells B2:B5 are merged"):
        read_file(file)


def test_merged_cells_below_the_answers_are_passed_over(tmp_path):
    file = book(tmp_path, {"A": [*TEN["A"], [], ["Made by hand"]]})
    changed(file, "A", lambda sheet: sheet.merge_cells("A13:A15"))
    assert len(read_file(file).frame) == 10


def test_hidden_rows_are_read_and_noted(tmp_path):
    def hide(sheet):
        for row in (3, 4, 7):
            sheet.row_dimensions[row].hidden = True

    read = read_file(changed(book(tmp_path, TEN), "A", hide))
    assert len(read.frame) == 10
    assert "rows 3–4, 7: hidden in the sheet, and read all the same" in said(read)


def test_an_error_of_the_spreadsheet_is_no_answer(tmp_path):
    with pytest.raises(TableError, match="row 3, column B: holds the error '#N/A'; mend it"):
        read_file(book(tmp_path, {"A": [HEADER, [1, "figs", 2], [2, "#N/A", 3], [3, "pears", 1]]}))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"</sheetData>", b'<row r="99999999"/></sheetData>', "has rows below the 1,048,576"),
        (b'r="A3"', b'r="ZZZZZZ3"', "cannot be read; open it in a spreadsheet and save it again"),
        (b"</sheetData>", b"</sheetDat", "cannot be read; open it in a spreadsheet"),
        (b"</sheetData>", b"</sheetData>" + b" " * 60_000_000, "far more than answers take"),
    ],
)
def test_a_sheet_that_no_spreadsheet_writes_is_refused(tmp_path, old, new, message):
    with pytest.raises(TableError, match=message):
        read_file(rewritten(book(tmp_path, TEN), (old, new)))


def test_columns_that_nothing_stands_in_are_noted_together(tmp_path):
    file = changed(book(tmp_path, TEN), "A", lambda sheet: sheet.cell(2, 16384, "x"))
    read = read_file(file)
    assert len(read.columns) == 4
    assert "column 4–16383: left out: it has neither a name nor a cell" in said(read)
    assert len(read.notes) < 9


def test_rows_are_numbered_as_in_the_sheet_and_blank_ones_noted(tmp_path):
    file = book(tmp_path, {"A": [HEADER, [1, "figs", 2], [], [2, "pears", 3], [], []]})
    read = read_file(file)
    assert list(read.frame.index) == [2, 4]
    assert "row 3: left out: blank" in said(read)


def test_summary_rows_and_a_second_header_are_told_in_a_sheet_too(tmp_path):
    sheet = [
        *(["ID", "Crop", None, "Age"], [None, "Apples", "Pears", "Response"]),
        *([1, "Apples", None, 20], [2, None, "Pears", 22], [3, "Apples", "Pears", 24]),
        *([], ["Average", None, None, 22]),
    ]
    read = read_file(book(tmp_path, {"A": sheet}))
    assert read.columns == ["ID", "Crop [Apples]", "Crop [Pears]", "Age"]
    assert len(read.frame) == 3
    assert "row 7: left out: a summary or a note, no respondent" in said(read)


def test_the_sheet_that_speaks_of_answers_is_read_and_the_others_named(tmp_path):
    table = [HEADER, [1, "figs", 2], [2, "pears", 3]]
    file = book(tmp_path, {"Pivot": [["x", "y"], ["a", 1]], "Form Responses 1": table})
    read = read_file(file)
    assert rows(read)[0] == ["1", "figs", "2"]
    assert "not read: Pivot" in said(read)
    assert rows(read_file(file, sheet="Pivot")) == [["a", "1"]]


def test_of_several_sheets_one_must_be_named(tmp_path):
    table = [HEADER, [1, "figs", 2], [2, "pears", 3]]
    file = book(tmp_path, {"One": table, "Two": table})
    with pytest.raises(
        TableError, match="several sheets with tables: 'One', 'Two'; name one by sheet="
    ):
        read_file(file)
    with pytest.raises(TableError, match="has no sheet 'Three'; there are 'One', 'Two'"):
        read_file(file, sheet="Three")


def test_empty_sheets_are_passed_over(tmp_path):
    file = book(tmp_path, {"Empty": [], "B": [HEADER, [1, "figs", 2]], "Note": [["by hand"]]})
    assert rows(read_file(file)) == [["1", "figs", "2"]]


def test_a_workbook_is_one_whatever_its_name_says(tmp_path):
    file = book(tmp_path, {"A": [HEADER, [1, "figs", 2]]}, "answers.xlsx")
    read = read_file(file.rename(tmp_path / "answers.csv"))
    assert rows(read) == [["1", "figs", "2"]]
    assert "is a workbook" in said(read)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[: len(data) // 2], "damaged or cut off"),
        (
            lambda data: data.replace(b"xl/workbook.xml", b"xl/workbook.xmm"),
            "zip archive|cannot be",
        ),
        (lambda data: b"PK\x03\x04" + bytes(100), "damaged or cut off"),
    ],
)
def test_a_damaged_workbook_is_refused(tmp_path, change, message):
    file = book(tmp_path, {"A": [HEADER, [1, "figs", 2]]})
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(TableError, match=message):
        read_file(file)


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(TableError, match="is empty: no sheet has"):
        read_file(book(tmp_path, {"A": [], "B": [HEADER]}))


def spss(folder, frame, **more):
    file = folder / "answers.sav"
    pyreadstat.write_sav(frame, file, **more)
    return file


FRAME = pd.DataFrame(
    {"q1": [1.0, 2.0, 9.0, None], "age": [20.0, 21.5, 22.0, 23.0], "own": ["жоқ", "", "a", "b"]}
)


def test_cells_of_spss_are_labels_and_labels_are_kept_in_order(tmp_path):
    file = spss(
        tmp_path,
        FRAME,
        column_labels={"q1": "Оқығыңыз келе ме?", "age": "Age"},
        variable_value_labels={"q1": {2.0: "Жоқ", 1.0: "Иә", 9.0: "refused"}},
        missing_ranges={"q1": [9.0]},
    )
    read = read_file(file)
    assert rows(read) == [
        *(["Иә", "20", "жоқ"], ["Жоқ", "21.5", ""], ["", "22", "a"], ["", "23", "b"]),
    ]
    assert read.labels["q1"] == {"": "Оқығыңыз келе ме?", "1": "Иә", "2": "Жоқ", "9": "refused"}
    assert list(read.labels["q1"]) == ["", "1", "2", "9"]
    assert "q1: values that the file declares as missing were left empty: 1 × 'refused'" in said(
        read
    )
    assert "respondents read: 4, columns: 3" in said(read)


def test_a_range_of_missing_values_is_kept_out(tmp_path):
    read = read_file(spss(tmp_path, FRAME, missing_ranges={"age": [{"lo": 21, "hi": 22}]}))
    assert list(read.frame["age"]) == ["20", "", "", "23"]


def test_a_value_without_a_label_stays_and_equal_labels_are_told_apart(tmp_path):
    labels = {"q1": {1.0: "good", 2.0: "good"}}
    read = read_file(spss(tmp_path, FRAME, variable_value_labels=labels))
    assert list(read.frame["q1"]) == ["good", "good (2)", "9", ""]


def test_labels_that_differ_in_case_alone_are_told_apart(tmp_path):
    labels = {"q1": {1.0: "Yes", 2.0: "yes", 9.0: "No"}}
    read = read_file(spss(tmp_path, FRAME, variable_value_labels=labels))
    assert list(read.frame["q1"]) == ["Yes", "yes (2)", "No", ""]


def test_dates_of_spss_are_dates(tmp_path):
    frame = pd.DataFrame({"day": [datetime.date(2024, 5, 1), datetime.date(2024, 5, 2)]})
    assert list(read_file(spss(tmp_path, frame)).frame["day"]) == ["2024-05-01", "2024-05-02"]


def test_a_date_that_the_file_declares_as_missing_is_empty(tmp_path):
    days = [datetime.date(2024, 1, 1), datetime.date(2024, 1, 2), None]
    since = (days[0] - datetime.date(1582, 10, 14)).total_seconds()
    file = spss(tmp_path, pd.DataFrame({"day": days}), missing_ranges={"day": [since]})
    assert list(read_file(file).frame["day"]) == ["", "2024-01-02", ""]


def test_a_damaged_spss_file_is_refused(tmp_path):
    file = spss(tmp_path, FRAME)
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(TableError, match="SPSS file that is damaged or cut off"):
        read_file(file)


def test_an_spss_file_without_respondents_is_refused(tmp_path):
    with pytest.raises(TableError, match="no respondents"):
        read_file(spss(tmp_path, FRAME.iloc[:0]))
