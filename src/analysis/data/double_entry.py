"""Two independent transcriptions against the settled tables: how many cells were wrong."""

from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data.tables import read_descriptor, read_table

FOLDER = paths.RAW / "double-entry"
READERS = ("first", "second")
WORDING = ("label_", "topic_", "statement_", "title_")  # our words, not facts of the page
# Our own reading of the page, or one of several right places: two readers may differ.
JUDGED = {
    *("note", "anchor", "source", "label", "title", "kazakhstan", "azerbaijan"),
    *("organization", "area", "agreement", "kind", "base", "role"),
}
CHOSEN = {"zharylkap/comparison", "zhakyanova/soft_power"}  # each reader chose which rows to make
APART = {"claims"}  # compared by place and number, see `ledger.readers`


def fact_columns(resource: dict) -> list[str]:
    """Return the columns of a table that repeat what the page says, keys included."""
    names = [field["name"] for field in resource["schema"]["fields"]]
    return [name for name in names if not name.startswith(WORDING) and name not in JUDGED]


def compare_entries(
    settled: pd.DataFrame, entry: pd.DataFrame, key: list[str], both: bool = False
) -> tuple[int, list[dict[str, str]]]:
    """Return how many cells a transcription was checked in, and every cell that was wrong.

    settled, entry : DataFrame
        The settled table and one transcription of it, all columns text, with the same columns.
    key : list of str
        The columns that name a row.
    both : bool
        Compare only the rows that both have.

    A row that one of the two lacks counts as one wrong cell for each column outside the key.
    """
    facts = [name for name in settled.columns if name not in key] or key
    left, right = settled.set_index(key, drop=False), entry.set_index(key, drop=False)
    rows = left.index.union(right.index, sort=False)
    if both:
        rows = left.index.intersection(right.index, sort=False)
    wrong = []
    for row in rows:
        for name in facts:
            want = left.loc[row, name] if row in left.index else "(no such row)"
            got = right.loc[row, name] if row in right.index else "(row missing)"
            if want != got:
                named = " ".join(row) if isinstance(row, tuple) else row
                wrong.append({"row": named, "column": name, "entry": got, "settled": want})
    return len(rows) * len(facts), wrong


def entry_differences(
    folder: str | Path | None = None, raw: str | Path | None = None
) -> pd.DataFrame:
    """Return one row a cell in which a transcription differs from the settled table.

    Columns: document, table, reader, row, column, entry, settled. The number of cells that were
    compared stands in `attrs["cells"]`, by document.
    """
    folder, raw = paths.as_folder(folder, FOLDER), paths.as_folder(raw)
    found, cells = [], {}
    for resource in read_descriptor(raw)["resources"]:
        table = resource["path"].removesuffix(".csv")
        document = table.split("/")[0] if "/" in table else "reference lists"
        settled = read_table(table, raw).astype("string").fillna("")
        columns = [name for name in fact_columns(resource) if name in settled]
        for reader in READERS:
            file = folder / reader / resource["path"]
            if table not in APART and file.exists():
                entry = pd.read_csv(file, dtype=str, keep_default_na=False)
                same = [name for name in columns if name in entry]
                key = resource["schema"]["primaryKey"]
                number, wrong = compare_entries(
                    settled[same], entry[same], key, both=table in CHOSEN
                )
                cells[document] = cells.get(document, 0) + number
                found += [
                    {"document": document, "table": table, "reader": reader, **cell}
                    for cell in wrong
                ]
    names = ["document", "table", "reader", "row", "column", "entry", "settled"]
    frame = pd.DataFrame(found, columns=names)
    frame.attrs["cells"] = cells
    return frame


def error_rates(differences: pd.DataFrame) -> pd.DataFrame:
    """Return one row a document: cells compared, wrong cells of each reader, error rate in percent.

    differences : DataFrame
        What `entry_differences` returned.
    """
    rows = []
    for document, cells in differences.attrs["cells"].items():
        mine = differences[differences["document"] == document]
        wrong = [int((mine["reader"] == reader).sum()) for reader in READERS]
        rows.append([document, cells, *wrong, round(100 * sum(wrong) / cells, 2)])
    names = [
        "document",
        "cells compared, both readers",
        "wrong, first",
        "wrong, second",
        "error rate, percent",
    ]
    return pd.DataFrame(rows, columns=names)
