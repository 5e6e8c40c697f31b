"""What a notebook has recorded at the points of a grid, as one tidy table."""

import csv
import io
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

TIDY = ["table", "row", "column", "value"]
Point = tuple[Mapping[str, Any], Mapping[str, Any]]  # its parameters, its results


def as_number(cell: str) -> float:
    """Return the number that a cell is, or what is no number.

    >>> as_number("4.5"), as_number("four")
    (4.5, nan)
    """
    try:
        return float(cell) if "_" not in cell else math.nan
    except ValueError:
        return math.nan


def recorded(points: Sequence[Point]) -> pd.DataFrame:
    """Return the tables and answers of all points: parameters, table, row, column, value.

    points : sequence of (mapping, mapping)
        Parameters of each, and its results: "tables", name to CSV, and "answers".

    A row is called by its first cells of text, as many as tell it from the others, or by its place
    where there are none; every other cell is a value, as it was written. Answers have no table.

    >>> first = {"tables": {"rain": "day,mm\\nMay 1,4\\nMay 2,0\\n"}, "answers": ["4 mm"]}
    >>> print(recorded([({"n": 9}, first)]).to_csv(index=False), end="")
    n,table,row,column,value
    9,,,answer,4 mm
    9,rain,May 1,mm,4
    9,rain,May 2,mm,0
    """
    rows = [
        [*params.values(), "", "", "answer" if number == 1 else f"answer {number}", text]
        for params, results in points
        for number, text in enumerate(results["answers"], 1)
    ]
    names = dict.fromkeys(name for _, results in points for name in results["tables"])
    for name in names:
        read = [
            (params, list(csv.reader(io.StringIO(results["tables"][name]))))
            for params, results in points
            if name in results["tables"]
        ]
        rows += ([*params.values(), name, *cell] for params, cell in _cells(read))
    return pd.DataFrame(rows, columns=[*(points[0][0] if points else ()), *TIDY])


def _cells(
    tables: Sequence[tuple[Mapping[str, Any], list[list[str]]]],
) -> Iterator[tuple[Mapping[str, Any], tuple[str, str, str]]]:
    """Yield each value of a table at all points: parameters; row, column, value."""
    known = _names_of_rows([rows for _, rows in tables])
    for params, (heads, *rows) in tables:
        places = [heads.index(head) for head in known if head in heads]
        called: dict[str, int] = {}
        for number, row in enumerate(rows, 1):
            name = ", ".join(row[place] for place in places) or str(number)
            called[name] = called.get(name, 0) + 1
            name = name if called[name] == 1 else f"{name}, {called[name]}"
            for place, head in enumerate(heads):
                if place not in places:
                    yield params, (name, head, row[place])


def _names_of_rows(tables: Sequence[list[list[str]]]) -> list[str]:
    """Return the first columns of text that tell the rows of a table apart at every point."""
    heads = dict.fromkeys(head for table in tables for head in table[0])
    texts = [head for head in heads if _is_text([_column(table, head) for table in tables])]
    for count in range(1, len(texts)):
        if all(_tells_apart(table, texts[:count]) for table in tables):
            return texts[:count]
    return texts


def _column(table: list[list[str]], head: str) -> list[str]:
    place = table[0].index(head) if head in table[0] else None
    return [] if place is None else [row[place] for row in table[1:]]


def _is_text(columns: Sequence[list[str]]) -> bool:
    """Say whether any cell of a column, at any point, is neither a number nor empty."""
    cells = set(itertools.chain.from_iterable(columns)) - {""}
    return any(math.isnan(as_number(cell)) and cell.lower() != "nan" for cell in cells)


def _tells_apart(table: list[list[str]], heads: Sequence[str]) -> bool:
    columns = [_column(table, head) for head in heads]
    return all(columns) and len(set(zip(*columns, strict=True))) == len(table) - 1
