"""Two independent transcriptions against the settled tables: how many cells were wrong."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data.collection import Document, documents
from analysis.data.tables import read_table

FOLDER = "double-entry"  # in the folder of each document
READERS = ("first", "second")
APART = {"claims"}  # compared by place and number, see `ledger.readers`


def read_entry(document: Document, reader: str, table: str) -> pd.DataFrame | None:
    """Return one reader's transcription of a table, all columns text; None if there is none."""
    file = document.folder / FOLDER / reader / f"{table}.csv"
    return pd.read_csv(file, dtype=str, keep_default_na=False) if file.exists() else None


def fact_columns(resource: dict) -> list[str]:
    """Return the columns of a table that repeat what the page says, keys included.

    Left out are our own words, and what the codebook calls judged: two readers may differ there.
    """
    fields = resource["schema"]["fields"]
    return [f["name"] for f in fields if not (f.get("judged") or f.get("translated"))]


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


def entry_differences(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a cell in which a transcription differs from the settled table.

    Columns: document, table, reader, row, column, entry, settled. The number of cells that were
    compared stands in `attrs["cells"]`, by document.
    """
    found, cells = [], {}
    for document in documents(paths.as_folder(folder)):
        for table, reader, number, wrong in _compared(document):
            cells[document.slug] = cells.get(document.slug, 0) + number
            place = {"document": document.slug, "table": table, "reader": reader}
            found += [place | cell for cell in wrong]
    names = ["document", "table", "reader", "row", "column", "entry", "settled"]
    frame = pd.DataFrame(found, columns=names)
    frame.attrs["cells"] = cells
    return frame


def _compared(document: Document) -> Iterator[tuple[str, str, int, list[dict[str, str]]]]:
    """Yield, for each table that a reader transcribed: table, reader, cells, wrong cells."""
    for table, resource in document.tables.items():
        for reader in READERS:
            entry = None if table in APART else read_entry(document, reader, table)
            if entry is not None:
                settled = read_table(table, document.folder).astype("string").fillna("")
                there = settled.columns[settled.ne("").any()]
                same = [name for name in fact_columns(resource) if name in entry and name in there]
                key = resource["schema"]["primaryKey"]
                both = resource.get("rows_chosen", False)
                yield table, reader, *compare_entries(settled[same], entry[same], key, both)


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
