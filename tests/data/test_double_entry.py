"""The comparison of two transcriptions counts every wrong cell, and only those."""

import pandas as pd
import pytest

from analysis import paths
from analysis.data.collection import documents
from analysis.data.csvfile import read_sheet
from analysis.data.double_entry import (
    FOLDER,
    READERS,
    compare_entries,
    entry_differences,
    error_rates,
    read_entry,
)

SETTLED = pd.DataFrame({"option": ["a", "b"], "printed": ["45", "28"], "unit": ["percent"] * 2})

BOATS = """tables:
  boats:
    title: Boats
    description: One row a kind of boat.
    key: [boat]
    columns: [boat: short name, section]
"""
ONCE = "    single_entry: true\n"


def test_a_wrong_digit_is_one_wrong_cell():
    entry = SETTLED.assign(printed=["54", "28"])
    cells, wrong = compare_entries(SETTLED, entry, ["option"])
    assert cells == 4
    assert wrong == [{"row": "a", "column": "printed", "entry": "54", "settled": "45"}]


def test_a_row_left_out_is_wrong_in_every_cell_and_so_is_one_too_many():
    assert len(compare_entries(SETTLED, SETTLED.head(1), ["option"])[1]) == 2
    more = pd.concat([SETTLED, SETTLED.head(1).assign(option="c")])
    assert len(compare_entries(SETTLED, more, ["option"])[1]) == 2


def test_two_equal_tables_have_no_difference():
    assert compare_entries(SETTLED, SETTLED.copy(), ["option"]) == (4, [])


def lacking(folder):
    """Return every transcription that is missing where a document was transcribed twice.

    Meant are its tables that hold what it prints, with the section of each row; not those whose
    codebook says that they were made once.
    """
    return [
        (document.slug, name, reader)
        for document in documents(folder)
        if (document.folder / FOLDER).is_dir()
        for name in document.transcribed
        if "section" in read_sheet(document.folder / f"{name}.csv").header
        and not document.tables[name].get("single_entry")
        for reader in READERS
        if read_entry(document, reader, name) is None
    ]


def test_every_transcribed_table_has_two_entries():
    assert lacking(paths.RAW) == []


@pytest.mark.parametrize(("said", "missing"), [("", [("fleet", "boats", "second")]), (ONCE, [])])
def test_a_missing_entry_is_found_unless_the_codebook_says_that_there_is_one(
    tmp_path, said, missing
):
    first = tmp_path / "fleet" / FOLDER / "first"
    first.mkdir(parents=True)
    (tmp_path / "fleet" / "document.yml").write_text("citation: Fleet 2020", "utf-8")
    (tmp_path / "fleet" / "tables.yml").write_text(BOATS + said, "utf-8")
    for place in (tmp_path / "fleet", first):
        (place / "boats.csv").write_text("boat,section\nyawl,Fleet\n", "utf-8")
    assert lacking(tmp_path) == missing
    assert len(entry_differences(tmp_path)) == 0


def test_the_rate_is_wrong_cells_in_a_hundred():
    differences = entry_differences()
    rates = error_rates(differences)
    wrong = rates["wrong, first"].sum() + rates["wrong, second"].sum()
    assert wrong == len(differences)
    assert (rates["error rate, percent"] < 100).all() and (
        rates["cells compared, both readers"] > 0
    ).all()
