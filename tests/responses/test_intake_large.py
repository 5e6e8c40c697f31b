"""Files above the limit: their layout, and the other end of an engine that reads them."""

import sys
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.problems import TableError
from analysis.responses.files import intake, large
from analysis.responses.files.layout import Layout

HEADER = "id;Қала;age\n"


@pytest.fixture
def opened(monkeypatch):
    """Return what an engine was asked for: the text of the file and its layout."""
    asked = []

    def open_large(file, layout):
        asked.append((file.read_text("utf-8"), layout))
        return pd.DataFrame({"id": ["1", "2"]}), ()

    engines = SimpleNamespace(open_large=open_large)
    monkeypatch.setitem(sys.modules, "analysis.responses.engines", engines)
    monkeypatch.setattr(intake, "LARGE", 100_000)
    monkeypatch.setattr(large, "END", 20_000)
    return asked


def body(people=20_000):
    return "".join(f'{at};"Алматы\nқала";{20 + at % 9}\n' for at in range(people))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_an_engine_gets_utf8_and_the_layout(opened, tmp_path, encoding):
    file = tmp_path / "a.csv"
    file.write_bytes((HEADER + body()).encode(encoding))
    notes = "\n".join(map(str, intake.read_file(file).notes))
    (text, layout), *_ = opened
    assert text.removeprefix("\ufeff") == HEADER + body()
    assert layout == Layout("utf-8", ";", ("id", "Қала", "age"), first=2)
    assert "separator found: ';'" in notes
    assert "respondents read: 2, columns: 3" in notes
    assert ("encoding found" in notes) == (encoding in ("utf-16", "kz1048"))


def test_lines_above_the_header_and_summaries_below_are_told(opened, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("My survey\n\n" + HEADER + body() + "\nTotal;;480000\n", "utf-8")
    read = intake.read_file(file)
    (_, layout), *_ = opened
    assert (layout.first, layout.last) == (4, 3 + 2 * 20_000)
    assert "rows below row 40003: left out: a summary or a note, no respondent" in map(
        str, read.notes
    )


def test_a_large_file_without_a_header_keeps_its_first_respondent(opened, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(body(), "utf-8")
    intake.read_file(file)
    (_, layout), *_ = opened
    assert (layout.header, layout.first) == (False, 1)
    assert layout.columns == ("column 1", "column 2", "column 3")


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("7;Алматы", "row 40002: has 2 cells where the header has 3; was the file cut off"),
        ('7;"Алматы', "row 40002: .*never closed"),
    ],
)
def test_a_large_file_that_was_cut_off_is_refused_with_its_row(opened, tmp_path, end, message):
    file = tmp_path / "a.csv"
    file.write_text(HEADER + body() + end, "utf-8")
    with pytest.raises(TableError, match=message):
        intake.read_file(file)


def test_what_the_engine_refuses_names_the_file_and_no_copy(opened, monkeypatch, tmp_path):
    def refuse(file, layout):
        raise TableError([f"{file.as_posix()}, row 9: too long"])

    monkeypatch.setattr(sys.modules["analysis.responses.engines"], "open_large", refuse)
    file = tmp_path / "a.csv"
    file.write_bytes((HEADER + body()).encode("utf-16"))
    with pytest.raises(TableError, match=f"^{file}, row 9: too long$"):
        intake.read_file(file)
