"""The claims of the documents, and what the checks of the ledger look up in them."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.counts.head_counts import possible_counts
from analysis.data.collection import is_document
from analysis.data.tables import read_descriptor, read_table
from analysis.language.current import label, tr, with_unit

CELL = re.compile(r"([^:]+):([^:]+):([^:]+)")  # table:key:column
AROUND = 5  # "some 70 per cent" can be anything up to so many points away
LOOSE = ("about", "almost")


@dataclass(frozen=True)
class Claim:
    """One row of `claims.csv`; `inputs` as roles, each with the references it names."""

    claim: str
    paper: str
    section: str
    statement: str
    printed: str
    qualifier: str
    unit: str
    base: tuple[str, ...]
    anchor: str
    kind: str
    inputs: Mapping[str, tuple[str, ...]]
    bearing: str
    notebook: str
    note: str

    @property
    def short(self) -> str:
        """The statement without its full stop, for use inside a sentence."""
        return tr(self.statement).removesuffix(".")

    @property
    def amount(self) -> str:
        """The number as a sentence shows it."""
        return with_unit(self.printed, self.unit, self.qualifier)


def parse_inputs(text: str) -> dict[str, tuple[str, ...]]:
    """Return the inputs of a claim by role.

    text : str
        `role=reference reference; role=reference`; the things of a list are parted by " / ".

    >>> parse_inputs("from=a b; to=c")
    {'from': ('a', 'b'), 'to': ('c',)}
    >>> parse_inputs("items=United States / Iran")
    {'items': ('United States', 'Iran')}
    """
    roles = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        role, equals, value = part.partition("=")
        if not (equals and role.strip() and value.strip()):
            raise ValueError(f"{part!r} is not role=reference")
        listed = value.split(" / ") if role == "items" and "table " not in value else value.split()
        roles[role.strip()] = tuple(item.strip() for item in listed)
    return roles


@dataclass(frozen=True)
class Book:
    """All claims, and the tables that they point to; `printed` overrides what a claim prints."""

    claims: Mapping[str, Claim]
    folder: Path
    tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    cells: dict[str, str] = field(default_factory=dict, repr=False)

    def __getitem__(self, claim: str) -> Claim:
        return self.claims[claim]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims.values())

    def with_printed(self, claim: str, printed: str) -> "Book":
        """Return the same book in which one claim prints another number."""
        changed = replace(self.claims[claim], printed=printed)
        return Book({**self.claims, claim: changed}, self.folder, self.tables, self.cells)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the data folder, read once."""
        if name not in self.tables:
            self.tables[name] = read_table(name, self.folder)
        return self.tables[name]

    def key(self, name: str) -> list[str]:
        """Return the columns that name a row of a table."""
        if name == "papers":
            return ["paper"]
        resources = read_descriptor(self.folder)["resources"]
        local = name.rpartition("/")[2] if is_document(self.folder) else name
        return next(each for each in resources if each["path"] == f"{local}.csv")["schema"][
            "primaryKey"
        ]

    def cell(self, reference: str) -> str:
        """Return a table cell as text; the reference is `table:key:column`, keys comma-parted."""
        if reference not in self.cells:
            name, keys, column = CELL.fullmatch(reference).groups()
            wanted = zip(self.key(name), keys.split(","), strict=True)
            rows = self.table(name).astype("string")
            for key, value in wanted:
                rows = rows[rows[key] == value]
            (cell,) = rows[column]
            self.cells[reference] = "" if cell is pd.NA else cell
        return self.cells[reference]

    def rows(self, reference: str) -> int:
        """Return how many rows `table column=value ...` has; remembered."""
        if reference not in self.cells:
            name, *conditions = reference.split()
            table = self.table(name)
            for condition in conditions:
                column, _, value = condition.partition("=")
                table = table[table[column] == value]
            self.cells[reference] = str(len(table))
        return int(self.cells[reference])

    def printed(self, reference: str) -> str:
        """Return what a claim, or a table cell, prints."""
        return self.cell(reference) if ":" in reference else self.claims[reference].printed

    def number(self, reference: str) -> Fraction:
        """Return a printed number exactly."""
        return Fraction(self.printed(reference))

    def name(self, reference: str) -> str:
        """Return what a reference is, for a sentence."""
        if ":" in reference:
            table, keys, column = CELL.fullmatch(reference).groups()
            row = " ".join(label(key) for key in keys.split(","))
            names = {"column": column.replace("_", " "), "row": row}
            return tr("{column} of {row} in {table}", table=table, **names)
        return self.claims[reference].short

    def people(self, reference: str, loose: bool = False) -> list[int]:
        """Return the head-counts that a claim allows: its count, or its share of its first base.

        loose : bool
            Take "some 70 per cent" as anything from 65 to 75.
        """
        claim = self.claims[reference]
        if claim.unit != "percent":
            return [int(claim.printed)]
        sizes = self.people(claim.base[0])
        return sorted({count for n in sizes for count in share_counts(claim, n, loose)})

    def bases(self, claim: Claim) -> list[tuple[str, list[int]]]:
        """Return the admissible bases of a share: what each is, and its possible sizes."""
        found = []
        for reference in claim.base:
            found.append((self.claims[reference].short, self.people(reference)))
            if self.claims[reference].qualifier in LOOSE:
                sizes = self.people(reference, loose=True)
                found.append(
                    (tr("{base}, taken roughly", base=self.claims[reference].short), sizes)
                )
        return found


@functools.cache
def cached_counts(printed: str, n: int) -> tuple[int, ...]:
    """Return `possible_counts`, remembered: the ledger asks for the same ones very often."""
    return tuple(possible_counts(printed, n))


def share_counts(claim: Claim, n: int, loose: bool = False) -> list[int]:
    """Return the head-counts of n that a claim's percentage allows."""
    if n < 1:
        return []
    if not loose:
        return list(cached_counts(claim.printed, n))
    low, high = Fraction(claim.printed) - AROUND, Fraction(claim.printed) + AROUND
    return [count for count in range(n + 1) if low <= Fraction(100 * count, n) <= high]
