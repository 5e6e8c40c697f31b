"""Who was asked: questions that only those with one answer to an earlier question have answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.language.current import tr
from analysis.responses.codebook import Entry, joined

ONE = ("single", "yes-no", "scale")
LEAST = 5  # people on either side; fewer may be chance
NEARLY = 0.9  # share of those asked who answered, where some did not


def with_bases(entries: Sequence[Entry], table: pd.DataFrame) -> list[Entry]:
    """Return entries with the base that the blanks of each suggest, said in its guess.

    entries : sequence of Entry
        In the order of the file.
    table : DataFrame
        A sample of the answers, as text.

    A base is proposed where nobody with some answers to an earlier question answered, and all, or
    nearly all, with the others did.
    """
    chosen: dict[str, tuple[Entry, np.ndarray]] = {}
    found = []
    for entry in entries:
        cells = _cells(table, entry)
        if entry.kind != "ignore":
            entry = _with_base(entry, cells, chosen)
        if entry.kind in ONE and len(entry.options) > 1:
            chosen[entry.question] = entry, _places(entry, cells)
        found.append(entry)
    return found


def _cells(table: pd.DataFrame, entry: Entry) -> pd.DataFrame:
    return table.loc[:, list(entry.columns)]


def _places(entry: Entry, cells: pd.DataFrame) -> np.ndarray:
    """Return the number of the option that each person chose, -1 for none."""
    column = cells.iloc[:, 0]
    known = {text: next(iter(entry.answer([text]).chosen), -1) for text in column.unique()}
    return column.map(known).to_numpy()


def _given(entry: Entry, cells: pd.DataFrame) -> np.ndarray:
    """Return whether each person gave an answer; of ticks, a tick."""
    if len(cells.columns) == 1:
        return cells.iloc[:, 0].str.strip().ne("").to_numpy()
    known = {row: entry.answer(row).given for row in set(cells.itertuples(index=False, name=None))}
    return np.array([known[row] for row in cells.itertuples(index=False, name=None)], dtype=bool)


def _with_base(entry: Entry, cells: pd.DataFrame, chosen: Mapping) -> Entry:
    given = _given(entry, cells)
    if min(given.sum(), (~given).sum()) < LEAST:
        return entry
    ways = [
        (share, place, question, options)
        for place, (question, (other, places)) in enumerate(chosen.items())
        if (way := _asked(other, places, given)) and (share := way[0]) and (options := way[1])
    ]
    if not ways:
        return entry
    share, _, question, options = max(ways, key=lambda way: (way[0], way[1]))
    base = f"{question} = {joined(options)}"
    if share == 1:
        said, sure = tr("asked only if {base}: exactly they answered", base=base), "likely"
    else:
        said = tr(
            "asked only if {base}? {share:.0f} % of them answered, nobody else",
            base=base,
            share=100 * share,
        )
        sure = "please check"
    sure = min(entry.sure, sure, key=("please check", "likely", "sure").index)
    return replace(entry, base=base, sure=sure, guess=f"{entry.guess}; {said}")


def _asked(other: Entry, places: np.ndarray, given: np.ndarray) -> tuple[float, list[str]] | None:
    """Return the share of those asked who answered, and the options of those asked."""
    asked = sorted(set(places[given]))
    if -1 in asked or len(asked) == len(other.options):
        return None
    inside = np.isin(places, asked)
    answered_other = (places >= 0) & ~inside
    share = float(given[inside].mean())
    if share < NEARLY or answered_other.sum() < LEAST:
        return None
    return share, [other.options[place] for place in asked]
