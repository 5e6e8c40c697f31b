"""The tables of a data folder, each read once, and the cells and rows that claims point to."""

import functools
import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.codebook import common
from analysis.data.tables import Collection, TableError
from analysis.failures import quoted
from analysis.language.current import current_language, tr

CELL = re.compile(r"([^:]+):([^:]+):([^:]+)")  # table:key:column
CONDITION = re.compile(r"(\w+)(>=|<=|=|>|<)(.*)")
COMPARED = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
BY_ITSELF = {"printed", "start", "end"}  # columns of which the label of the row says enough


def is_cell(reference: str) -> bool:
    """Say whether a reference is to a table cell, and not to a claim.

    >>> is_cell("papers:orchard:year"), is_cell("orchard-apples")
    (True, False)
    """
    return ":" in reference


@dataclass(frozen=True)
class Cells:
    """What stands in the tables of a folder; whatever was looked up is remembered.

    papers : tuple of str
        Short names of the documents whose tables are read; of all, if it names none.
    """

    folder: Path
    papers: tuple[str, ...] = ()
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _keys: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _texts: dict[str, str] = field(default_factory=dict, repr=False)
    _lengths: dict[str, int] = field(default_factory=dict, repr=False)
    _said: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    _names: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _strings: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _records: dict[str, list[dict[str, str]]] = field(default_factory=dict, repr=False)
    _rows: dict[str, dict[tuple[str, ...], list[dict[str, str]]]] = field(
        default_factory=dict, repr=False
    )

    @functools.cached_property
    def collection(self) -> Collection:
        """The documents, as they are when they are first asked for."""
        found = Collection.of(self.folder)
        return found.only(self.papers) if self.papers else found

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the folder."""
        if name not in self._tables:
            self._tables[name] = self.collection.table(name)
        return self._tables[name]

    def strings(self, name: str) -> pd.DataFrame:
        """Return a table of the folder with all cells as text."""
        if name not in self._strings:
            self._strings[name] = self.table(name).astype("string").fillna("").astype(object)
        return self._strings[name]

    def records(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table of the folder, all cells as text; nobody may change them."""
        if name not in self._records:
            self._records[name] = self.strings(name).to_dict("records")
        return self._records[name]

    def text(self, reference: str) -> str:
        """Return a cell as text; the reference is `table:key:column`, keys parted by commas.

        Raises LookupError for a reference to no cell.
        """
        if reference not in self._texts:
            self._texts[reference] = self._looked_up(reference)
        return self._texts[reference]

    def name(self, reference: str) -> str:
        """Return what a cell is, in words: what its column says, and the label of its row."""
        if (reference, current_language()) not in self._names:
            self._names[reference, current_language()] = self._named(reference)
        return self._names[reference, current_language()]

    def _named(self, reference: str) -> str:
        name, keys, column = CELL.fullmatch(reference).groups()
        what = tr(self._descriptions(name).get(column, column.replace("_", " ")))
        what = re.split(r"[;(]", what)[0].strip()
        row = self.row(name, keys)
        named = str(row.get("label") or row.get("citation") or "")
        if named and column in BY_ITSELF:
            return named
        return tr("{what}: {row}", what=what, row=named) if named else what

    def row(self, name: str, keys: str) -> Mapping[str, str]:
        """Return the row of a table that a key names, its values parted by commas.

        Raises LookupError, in words, if there is no such table or not one such row.
        """
        try:
            columns = self._key(name)
            rows = self._by_key(name, columns)
        except TableError:
            raise LookupError(f"there is no table {quoted(name)}") from None
        values = keys.split(",")
        if len(values) != len(columns):
            raise LookupError(f"{name} has the key {', '.join(columns)}; got {quoted(keys)}")
        found = rows.get(tuple(values), ())
        if len(found) != 1:
            raise LookupError(f"{name} has no row {quoted(keys)}")
        return found[0]

    def _by_key(self, name: str, columns: list[str]) -> dict[tuple[str, ...], list[dict[str, str]]]:
        """Return the rows of a table by their key; one row each, where the table is in order."""
        if name not in self._rows:
            found: dict[tuple[str, ...], list[dict[str, str]]] = {}
            for row in self.records(name):
                found.setdefault(tuple(row[column] for column in columns), []).append(row)
            self._rows[name] = found
        return self._rows[name]

    def length(self, reference: str) -> int:
        """Return how many rows `table column=value column>=number ...` has.

        Raises LookupError for a condition on no column.
        """
        if reference not in self._lengths:
            name, *conditions = reference.split()
            rows = self.strings(name)
            for condition in conditions:
                rows = rows[_fulfils(rows, condition)]
            self._lengths[reference] = len(rows)
        return self._lengths[reference]

    def _looked_up(self, reference: str) -> str:
        try:
            name, keys, column = CELL.fullmatch(reference).groups()
            return self.row(name, keys)[column]
        except (AttributeError, LookupError):
            raise LookupError(f"there is no cell {quoted(reference)}") from None

    def _descriptions(self, name: str) -> dict[str, str]:
        """Return what the codebook says of each column of a table."""
        if name not in self._said:
            self._said[name] = column_descriptions(name, self.collection.resources)
        return self._said[name]

    def _key(self, name: str) -> list[str]:
        if not self._keys:
            self._keys["papers"] = ["paper"]
            for resource in self.collection.resources:
                path = resource["path"].removesuffix(".csv")
                self._keys[path] = resource["schema"]["primaryKey"]
        local = name.rpartition("/")[2]  # in the folder of one document
        return self._keys.get(name) or self._keys.get(local, [])


def column_descriptions(name: str, resources: list[dict[str, Any]]) -> dict[str, str]:
    """Return what the codebook says of each column of a table; "papers" is what documents say."""
    if name == "papers":
        entries = (entry for entry in common()["document"] if isinstance(entry, dict))
        pairs = (next(iter(entry.items())) for entry in entries)
        found = {key: said if isinstance(said, str) else said["description"] for key, said in pairs}
        return found | {"year": tr("year of publication")}
    local = name.rpartition("/")[2]
    for resource in resources:
        if resource["path"].removesuffix(".csv") in {name, local}:
            fields = resource["schema"]["fields"]
            return {field["name"]: field.get("description", "") for field in fields}
    return {}


def _fulfils(rows: pd.DataFrame, condition: str) -> pd.Series:
    found = CONDITION.fullmatch(condition)
    if not found or found[1] not in rows:
        raise LookupError(f"{quoted(condition)} is no condition on a column")
    column, sign, value = found.groups()
    if sign == "=":
        return rows[column] == value
    numbers = pd.to_numeric(rows[column], errors="coerce")
    return COMPARED[sign](numbers, float(value))
