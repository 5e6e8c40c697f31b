"""The rows of `claims.csv`, complete: a claim that repeats a cell takes number and place from it.

A fact is typed once. What a table prints stands there; the claim says where (`cell`), and what is
claimed. A question of a survey to which no claim points claims its answers by itself.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.codebook import standard_tables
from analysis.data.collection import Document, documents
from analysis.failures import quoted
from analysis.language.current import tr
from analysis.ledger.cells import Cells

CELL = re.compile(r"([a-z0-9_]+):([^:]+)(?::([a-z0-9_]+))?")
INPUT_CELL = re.compile(r"(^|[= ])([a-z0-9_]+)(:[^:; ]+:[a-z0-9_]+)")
INPUT_TABLE = re.compile(r"(=table )([a-z0-9_]+)()")
COLLECTED = {"papers"}  # tables of no single document
UNCLEAR = "unclear"  # base of a question that the text leaves open
ONE_ANSWER = {"single", "yes-no", "scale"}  # kinds of question with one answer a person
BLANK = {field["name"]: "" for field in standard_tables()["claims"]["schema"]["fields"]}
BLANK |= {"bearing": "detail"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Tables:
    """The tables of one document among those of its folder."""

    document: Document
    cells: Cells

    def __contains__(self, table: str) -> bool:
        return table in self.document.tables

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of a table, all cells as text; none if there is no such table."""
        return self.cells.records(f"{self.document.slug}/{table}") if table in self else []

    def row(self, table: str, keys: str) -> Mapping[str, str]:
        """Return the row of a table that a key names; raise LookupError if there is none."""
        return self.cells.row(f"{self.document.slug}/{table}", keys)

    def find(self, cell: str) -> tuple[Mapping[str, str], str]:
        """Return the row and the column of a cell, `table:key` or `table:key:column`."""
        found = CELL.fullmatch(cell)
        if not found:
            raise LookupError("wanted table:key or table:key:column")
        row, column = self.row(found[1], found[2]), found[3] or "printed"
        if column not in row:
            raise LookupError(f"{found[1]} has no column {quoted(column)}")
        return row, column


def filled(claim: Mapping[str, str], tables: Tables) -> dict[str, str]:
    """Return a claim with what its cell prints: number, and where it has none, unit and place.

    Raises LookupError for a cell that is not there, ValueError for a claim that prints a number of
    its own beside a cell.
    """
    if not claim["cell"]:
        return dict(claim)
    row, column = tables.find(claim["cell"])
    if claim["printed"]:
        raise ValueError(f"the number stands in {claim['cell']}; leave printed empty")
    given = {"printed": row[column], "section": row["section"], "anchor": row["anchor"]}
    if column == "printed":
        given["unit"] = row.get("unit", "")
    if column in {"printed", "start"}:
        given["qualifier"] = row.get("qualifier", "")
    return dict(claim) | {name: claim[name] or text for name, text in given.items()}


def complete_claims(document: Document, cells: Cells) -> Iterator[tuple[Row, str]]:
    """Yield the claims of a document, complete, each with what is wrong with its cell, or nothing.

    document : Document
        Its `claims.csv` may be missing; then only questions of a survey claim their answers.
    cells : Cells
        Of the folder that the document lies in.

    Base and other options of an answer follow from its question, where the claim names none.
    """
    tables = Tables(document, cells)
    rows = [{"paper": document.slug} | row for row in tables.rows("claims")]
    rows += list(unclaimed(tables, {row["cell"] for row in rows}))
    claimed_by = {row["cell"]: row["claim"] for row in rows if row["cell"]}
    for row in rows:
        try:
            yield qualified(with_question(filled(row, tables), tables, claimed_by)), ""
        except (LookupError, ValueError) as error:
            yield qualified(row), f"column cell: {error.args[0]}"


def claims_table(folder: str | Path | None = None, papers: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the claims of a folder, complete: with what their cells and their questions say.

    papers : tuple of str
        Short names of the documents that are read; of all, if it names none.

    Columns: paper, then those of `claims.csv`.
    """
    cells = Cells(paths.as_folder(folder), papers)
    found = [each for each in documents(cells.folder) if not papers or each.slug in papers]
    rows = [row for each in found for row, _ in complete_claims(each, cells)]
    return pd.DataFrame(rows, columns=["paper", *BLANK])


def unclaimed(tables: Tables, claimed: set[str]) -> Iterator[Row]:
    """Yield a claim for each base, and each answer of a question, to which no claim points."""
    slug = tables.document.slug
    for row in tables.rows("bases"):
        if row["printed"] and f"bases:{row['base']}" not in claimed:
            yield BLANK | {
                "claim": f"{slug}-{row['base']}",
                "paper": slug,
                "cell": f"bases:{row['base']}",
                "statement": row["label"],
                "kind": "alone",
            }
    asked = {cell.split(":")[1].split(",")[0] for cell in claimed if cell.startswith("tallies:")}
    for question in tables.rows("questions"):
        if question["question"] not in asked:
            yield from _answers(tables, question)


def _answers(tables: Tables, question: Mapping[str, str]) -> Iterator[Row]:
    slug, name = tables.document.slug, question["question"]
    printed = [row for row in tables.rows("tallies") if row["question"] == name and row["printed"]]
    together = question["kind"] in ONE_ANSWER and len(printed) > 1
    for row in printed:
        yield BLANK | {
            "claim": f"{slug}-{name}-{row['option']}",
            "paper": slug,
            "cell": f"tallies:{name},{row['option']}",
            "statement": tr("{topic}: {option}", topic=question["topic"], option=row["label"]),
            "kind": "sum" if together else "alone" if row["unit"] == "people" else "share",
            "bearing": "conclusion",
        }


def with_question(claim: Row, tables: Tables, claimed_by: Mapping[str, str]) -> Row:
    """Return a claim of an answer with the base and the other options of its question.

    claimed_by : mapping
        The claim for each cell to which one points.
    """
    table, _, key = claim["cell"].partition(":")
    if table != "tallies" or "questions" not in tables:
        return claim
    name, _, option = key.partition(",")
    given = {"base": claim["base"] or " ".join(base_claims(name, tables, claimed_by))}
    if claim["kind"] == "sum" and "others=" not in claim["inputs"]:
        options = [r["option"] for r in tables.rows("tallies") if r["question"] == name]
        cells = [f"tallies:{name},{each}" for each in options if each != option]
        others = " ".join(claimed_by[cell] for cell in cells if cell in claimed_by)
        parts = [f"others={others}" if others else "", claim["inputs"]]
        given["inputs"] = "; ".join(filter(None, parts))
    return claim | given


def base_claims(question: str, tables: Tables, claimed_by: Mapping[str, str]) -> list[str]:
    """Return the claims that print the base of a question; of an unclear one those of each base."""
    asked = tables.row("questions", question)["base"]
    cells = [
        f"tallies:{row['share']}" if row["share"] else f"bases:{row['base']}"
        for row in tables.rows("bases")
        if asked in {row["base"], UNCLEAR}
    ]
    return [claimed_by[cell] for cell in cells if cell in claimed_by]


def qualified(claim: Row) -> Row:
    """Return a claim whose inputs name tables in full, with the document: hostel/tallies."""
    return claim | {"inputs": in_full(claim["inputs"], claim["paper"])}


def in_full(inputs: str, paper: str) -> str:
    """Return inputs that name tables in full, with the document.

    >>> in_full("before=papers:hostel:year; after=events:built:start", "hostel")
    'before=papers:hostel:year; after=hostel/events:built:start'
    """

    def whole(found: re.Match[str]) -> str:
        named = found[2] if found[2] in COLLECTED else f"{paper}/{found[2]}"
        return found[1] + named + found[3]

    return INPUT_TABLE.sub(whole, INPUT_CELL.sub(whole, inputs))
