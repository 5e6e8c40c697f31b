"""What is missing is said in one line."""

import sys

import pytest

from analysis.responses.extras import need
from analysis.responses.files.intake import read_file


def test_a_missing_library_is_named_with_what_to_install():
    line = (
        r'^rapidfuzzy is missing: pip install "kazakhstan-higher-education-compendium\[survey\]"$'
    )
    with pytest.raises(ModuleNotFoundError, match=line):
        need("rapidfuzzy.process")


def test_a_fault_inside_a_library_is_not_taken_for_its_absence(tmp_path, monkeypatch):
    (tmp_path / "broken_one.py").write_text("import not_there_at_all\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'not_there_at_all'$"):
        need("broken_one")


def test_text_is_read_without_any_optional_library(tmp_path, monkeypatch):
    for name in ("openpyxl", "pyreadstat", "charset_normalizer", "duckdb"):
        monkeypatch.setitem(sys.modules, name, None)
    file = tmp_path / "a.csv"
    file.write_bytes("Жасы;Қала\n20;Шымкент\n21;Орал\n".encode("kz1048"))
    assert read_file(file).frame["Қала"].tolist() == ["Шымкент", "Орал"]


def test_a_workbook_asks_for_its_library(tmp_path, monkeypatch):
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ModuleNotFoundError, match="openpyxl is missing: pip install"):
        read_file(tmp_path / "a.xlsx")
