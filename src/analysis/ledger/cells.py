"""Claims beside the tables: a claim that repeats a cell takes number and place from it.

A fact is typed once. What a table prints stands there; the claim says where (`cell`), and what is
claimed. A question of a survey to which no claim points claims its answers by itself.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.data.collection import Document
from analysis.data.tables import read_table
from analysis.language.current import tr

CELL = re.compile(r"([a-z0-9_]+):([^:]+)(?::([a-z0-9_]+))?")
COLLECTED = {"papers"}  # tables of no single document
DEFAULTS = {"cell": "", "base": "", "inputs": "", "bearing": "detail", "notebook": "", "note": ""}


@dataclass(frozen=True)
class Cells:
    """The tables of one document, each read once."""

    document: Document
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the document as text; raise LookupError if there is none."""
        if name not in self.document.tables:
            raise LookupError(f"there is no table {name!r}")
        if name not in self.tables:
            frame = read_table(name, self.document.folder)
            self.tables[name] = frame.astype("string").fillna("")
        return self.tables[name]

    def row(self, table: str, keys: str) -> Mapping[str, str]:
        """Return the row of a table that a key names; raise LookupError if there is none."""
        rows = self.table(table)
        names = self.document.tables[table]["schema"]["primaryKey"]
        values = keys.split(",")
        if len(values) != len(names):
            raise LookupError(f"{table} has the key {', '.join(names)}; got {keys!r}")
        for name, value in zip(names, values, strict=True):
            rows = rows[rows[name] == value]
        if len(rows) != 1:
            raise LookupError(f"{table} has no row {keys!r}")
        return rows.iloc[0].to_dict()

    def find(self, cell: str) -> tuple[Mapping[str, str], str]:
        """Return the row and the column of a cell, `table:key` or `table:key:column`."""
        found = CELL.fullmatch(cell)
        if not found:
            raise LookupError("wanted table:key or table:key:column")
        table, keys, column = found[1], found[2], found[3] or "printed"
        row = self.row(table, keys)
        if column not in row:
            raise LookupError(f"{table} has no column {column!r}")
        return row, column


def filled(claim: Mapping[str, str], cells: Cells) -> dict[str, str]:
    """Return a claim with what its cell prints: number, and where it has none, unit and place.

    Raises LookupError for a cell that is not there, ValueError for a claim that prints a number of
    its own beside a cell.
    """
    if not claim["cell"]:
        return dict(claim)
    row, column = cells.find(claim["cell"])
    if claim["printed"]:
        raise ValueError(f"the number stands in {claim['cell']}; leave printed empty")
    given = {"printed": row[column], "section": row["section"], "anchor": row["anchor"]}
    if column == "printed":
        given["unit"] = row.get("unit", "")
    if column in {"printed", "start"}:
        given["qualifier"] = row.get("qualifier", "")
    return dict(claim) | {name: claim[name] or text for name, text in given.items()}


def complete_claims(document: Document) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Yield the claims of a document, complete: line of `claims.csv`, row, and what is wrong.

    document : Document
        Its `claims.csv` may be missing; then only questions of a survey claim their answers.

    Base and other options of an answer follow from its question, where the claim names none.
    """
    cells = Cells(document)
    rows = read_table("claims", document.folder).to_dict("records")
    claimed = {row["cell"] for row in rows}
    rows += list(answers_claimed(cells, claimed))
    answers = {row["cell"]: row["claim"] for row in rows if row["cell"]}
    for line, row in enumerate(rows, start=2):
        try:
            whole = filled(row, cells)
            problem = ""
        except (LookupError, ValueError) as error:
            whole, problem = row, f"column cell: {error.args[0]}"
        yield line, qualified(with_question(whole, cells, answers)), problem


def answers_claimed(cells: Cells, claimed: set[str]) -> Iterator[dict[str, str]]:
    """Yield a claim for each printed answer of every question to which no claim points."""
    blank = dict.fromkeys(("section", "printed", "qualifier", "unit", "anchor"), "") | DEFAULTS
    blank["paper"] = cells.document.slug
    if not {"questions", "tallies"} <= set(cells.document.tables):
        return
    for row in cells.table("bases").to_dict("records") if "bases" in cells.document.tables else ():
        cell = f"bases:{row['base']}"
        if row["printed"] and cell not in claimed:
            name = f"{cells.document.slug}-{row['base']}"
            yield blank | {"claim": name, "cell": cell, "statement": row["label"], "kind": "alone"}
    asked = {cell.split(":")[1].split(",")[0] for cell in claimed if cell.startswith("tallies:")}
    questions = cells.table("questions").set_index("question")
    for row in cells.table("tallies").to_dict("records"):
        if row["question"] in asked or not row["printed"]:
            continue
        question = questions.loc[row["question"]]
        alone = question["kind"] in {"multiple", "unclear"}
        yield blank | {
            "claim": f"{cells.document.slug}-{row['question']}-{row['option']}",
            "cell": f"tallies:{row['question']},{row['option']}",
            "statement": tr("{topic}: {option}", topic=question["topic"], option=row["label"]),
            "kind": "share" if alone else "sum",
            "bearing": "conclusion",
        }


def with_question(claim: dict[str, str], cells: Cells, answers: Mapping[str, str]) -> dict:
    """Return a claim of an answer with the base and the other options of its question.

    answers : mapping
        The claim for each cell that one points to.
    """
    table, _, key = claim["cell"].partition(":")
    if table != "tallies" or "questions" not in cells.document.tables:
        return claim
    name, _, option = key.partition(",")
    base = claim["base"] or " ".join(base_claims(name, cells, answers))
    inputs = claim["inputs"]
    if claim["kind"] == "sum" and "others=" not in inputs:
        rows = cells.table("tallies").query("question == @name")
        others = [
            answers.get(f"tallies:{name},{each}") for each in rows["option"] if each != option
        ]
        others = " ".join(filter(None, others))
        inputs = "; ".join(filter(None, [f"others={others}" if others else "", inputs]))
    return claim | {"base": base, "inputs": inputs}


def base_claims(question: str, cells: Cells, answers: Mapping[str, str]) -> list[str]:
    """Return the claims that print the base of a question; of an unclear one those of each base."""
    asked = cells.row("questions", question)["base"]
    bases = cells.table("bases") if "bases" in cells.document.tables else pd.DataFrame()
    found = []
    for row in bases.to_dict("records"):
        if asked in {row["base"], "unclear"}:
            cell = f"tallies:{row['share']}" if row["share"] else f"bases:{row['base']}"
            found += [answers[cell]] if cell in answers else []
    return found


def qualified(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a claim whose inputs name the tables of its document in full, such as hostel/tallies."""

    def whole(found: re.Match[str]) -> str:
        named = found[2] if found[2] in COLLECTED else f"{claim['paper']}/{found[2]}"
        return found[1] + named + found[3]

    cell = re.compile(r"(^|[= ])([a-z0-9_]+)(:[^:; ]+:[a-z0-9_]+)")
    table = re.compile(r"(=table )([a-z0-9_]+)()")
    return claim | {"inputs": table.sub(whole, cell.sub(whole, claim["inputs"]))}
