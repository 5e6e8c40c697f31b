"""The tables of a data folder, each read once, and the cells and rows that claims point to."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.data.tables import read_descriptor, read_table
from analysis.language.current import label, tr

CELL = re.compile(r"([^:]+):([^:]+):([^:]+)")  # table:key:column


def is_cell(reference: str) -> bool:
    """Say whether a reference is to a table cell, and not to a claim.

    >>> is_cell("papers:orchard:year"), is_cell("orchard-apples")
    (True, False)
    """
    return ":" in reference


def cell_name(reference: str) -> str:
    """Return what a cell is, for a sentence.

    >>> cell_name("orchard/harvest:apples,2020:tons")
    'tons of apples 2020 in orchard/harvest'
    """
    table, keys, column = CELL.fullmatch(reference).groups()
    row = " ".join(label(key) for key in keys.split(","))
    names = {"column": column.replace("_", " "), "row": row}
    return tr("{column} of {row} in {table}", table=table, **names)


@dataclass(frozen=True)
class Cells:
    """What stands in the tables of a folder; whatever was looked up is remembered."""

    folder: Path
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _keys: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _texts: dict[str, str] = field(default_factory=dict, repr=False)
    _lengths: dict[str, int] = field(default_factory=dict, repr=False)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the folder."""
        if name not in self._tables:
            self._tables[name] = read_table(name, self.folder)
        return self._tables[name]

    def text(self, reference: str) -> str:
        """Return a cell as text; the reference is `table:key:column`, keys parted by commas.

        Raises LookupError for a reference to no cell.
        """
        if reference not in self._texts:
            self._texts[reference] = self._looked_up(reference)
        return self._texts[reference]

    def length(self, reference: str) -> int:
        """Return how many rows `table column=value ...` has."""
        if reference not in self._lengths:
            name, *conditions = reference.split()
            self._lengths[reference] = len(self._rows(name, dict(map(_condition, conditions))))
        return self._lengths[reference]

    def _looked_up(self, reference: str) -> str:
        found = CELL.fullmatch(reference)
        try:
            name, keys, column = found.groups()
            rows = self._rows(name, dict(zip(self._key(name), keys.split(","), strict=True)))
            (cell,) = rows[column]
        except (AttributeError, LookupError, ValueError):
            raise LookupError(f"there is no cell {reference!r}") from None
        return "" if cell is pd.NA else cell

    def _rows(self, name: str, wanted: dict[str, str]) -> pd.DataFrame:
        rows = self.table(name).astype("string")
        for column, value in wanted.items():
            rows = rows[rows[column] == value]
        return rows

    def _key(self, name: str) -> list[str]:
        if not self._keys:
            for resource in read_descriptor(self.folder)["resources"]:
                path = resource["path"].removesuffix(".csv")
                key = resource["schema"].get("primaryKey", [])
                self._keys[path] = [key] if isinstance(key, str) else key
        ends = (key for path, key in self._keys.items() if path.endswith(f"/{name}"))
        return self._keys.get(name) or next(ends, [])


def _condition(text: str) -> tuple[str, str]:
    column, _, value = text.partition("=")
    return column, value
