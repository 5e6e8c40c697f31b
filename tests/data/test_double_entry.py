"""The comparison of two transcriptions counts every wrong cell, and only those."""

import pandas as pd

from analysis import paths
from analysis.data.double_entry import READERS, compare_entries, entry_differences, error_rates
from analysis.data.tables import read_descriptor

SETTLED = pd.DataFrame({"option": ["a", "b"], "printed": ["45", "28"], "unit": ["percent"] * 2})


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


def test_every_transcribed_table_has_two_entries():
    single = {"zharylkap/ects.csv", "figures.csv", "liu/coding.csv", "papers.csv"}
    single |= {"external_facts.csv", "citations.csv", "glossary.csv"}
    for resource in read_descriptor(paths.RAW)["resources"]:
        for reader in READERS:
            file = paths.RAW / "double-entry" / reader / resource["path"]
            assert file.exists() or resource["path"] in single, file


def test_the_rate_is_wrong_cells_in_a_hundred():
    differences = entry_differences()
    rates = error_rates(differences)
    wrong = rates["wrong, first"].sum() + rates["wrong, second"].sum()
    assert wrong == len(differences)
    assert (rates["error rate, percent"] < 100).all() and (
        rates["cells compared, both readers"] > 0
    ).all()
