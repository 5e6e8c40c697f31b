"""Workbooks, read back."""

import zipfile

import openpyxl
import pandas as pd
import pytest

from analysis.writing import Heading, Paragraph, Table, shown, write_xlsx
from analysis.writing.workbook import sheet_names
from tests.writing.hostile import TEXTS, blocks


@pytest.fixture
def written(tmp_path):
    """Return a function that writes blocks and reads the workbook back."""

    def write(content, language="en"):
        return openpyxl.load_workbook(write_xlsx(content, tmp_path / "made.xlsx", language))

    return write


def rows_of(sheet):
    return [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_hostile_texts_are_texts_and_no_cell_is_a_formula_or_a_link(written):
    book = written(blocks())
    sheet = book.worksheets[1]
    column = [sheet.cell(4 + place, 1).value for place in range(len(TEXTS))]
    assert column == [shown(text) for text in TEXTS]
    cells = [cell for each in book for row in each.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert [(link.target, bool(link.location)) for link in links] == [(None, True)]


def test_there_is_no_formula_in_the_file_itself(tmp_path):
    file = write_xlsx(blocks(), tmp_path / "made.xlsx")
    with zipfile.ZipFile(file) as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/")]
    assert sheets
    assert not any(b"<f" in each.replace(b"<formatCode", b"") for each in sheets)


def test_counts_are_integers_and_shares_numbers_with_a_format(written):
    frame = pd.DataFrame({"answer": ["a", "b"], "people": [4, 20000], "share": [1 / 3, None]})
    sheet = written([Table(frame, "Crop", digits={"share": 1})], "ru").worksheets[1]
    assert rows_of(sheet) == [["a", 4, pytest.approx(1 / 3)], ["b", 20000, None]]
    assert (sheet["B4"].number_format, sheet["C4"].number_format) == ("#,##0", "0.0")
    assert isinstance(sheet["B4"].value, int)


def test_headings_are_frozen_and_columns_wide_enough_for_their_texts(written):
    frame = pd.DataFrame({"answer": ["a rather long answer"], "people": [4]})
    sheet = written([Table(frame, "Crop")]).worksheets[1]
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["A"].width >= len("a rather long answer")


def test_the_first_sheet_lists_every_table_and_holds_the_text(written):
    frame = pd.DataFrame({"n": [1]})
    content = [Heading("Survey", 1), Paragraph("What was done."), Table(frame, "Crop", name="it's")]
    sheet = written(content).worksheets[0]
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert texts == ["Survey", "What was done.", "Table 1", "Crop"]
    assert sheet["A3"].hyperlink.location == "'it''s'!A1"


def test_names_of_sheets_are_short_and_different_whatever_the_titles_are():
    titles = [
        "Кедергілер " * 9,
        "Кедергілер " * 9,
        "a[b]:c*d?e/f\\g",
        "HISTORY",
        "",
        "''",
        "🍐" * 40,
    ]
    names = sheet_names(titles)
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\")
    assert len({name.casefold() for name in names}) == len(names)
    assert "history" not in {name.casefold() for name in names}
    assert not any(name.startswith("'") or name.endswith("'") for name in names)


def test_a_cell_too_long_for_excel_is_cut_and_a_note_says_so(written):
    frame = pd.DataFrame({"answer": ["short", "x" * 1_000_000, "🍐" * 20_000]})
    rows = rows_of(written([Table(frame, "Crop")]).worksheets[1])
    assert [len(row[0].encode("utf-16-le")) // 2 for row in rows[1:3]] == [32_767, 32_767]
    notes = [row[0] for row in rows[3:] if row[0]]
    assert notes == [
        "Column “answer”, row 2: cut, its 1,000,000 characters do not fit in a cell.",
        "Column “answer”, row 3: cut, its 20,000 characters do not fit in a cell.",
    ]


def test_infinite_numbers_are_signs(written):
    frame = pd.DataFrame({"v": [float("inf"), float("-inf"), float("nan"), 1.5]})
    assert rows_of(written([Table(frame, "V")]).worksheets[1])[:4] == [["∞"], ["−∞"], [None], [1.5]]


def test_a_table_longer_than_a_sheet_is_refused_with_its_size(tmp_path):
    frame = pd.DataFrame({"n": range(1_048_576)})
    with pytest.raises(ValueError, match="table 'Long': 1,048,576 rows and 1 columns"):
        write_xlsx([Table(frame, "Long")], tmp_path / "made.xlsx")


def test_the_same_blocks_give_the_same_bytes_at_another_time(tmp_path, monkeypatch):
    first = write_xlsx(blocks(), tmp_path / "a.xlsx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write_xlsx(blocks(), tmp_path / "b.xlsx").read_bytes() == first
