"""Respondents who are read and may be none: in the file twice, or a trial of the survey."""

from collections.abc import Iterator

import pandas as pd

from analysis.language.current import tr
from analysis.responses.answers import Note
from analysis.responses.files.cells import column_kind
from analysis.responses.files.grid import rows_said
from analysis.responses.options import plain

LOOKED_AT = 1000  # respondents from whom it is told which columns hold times
STATES = frozenset(("status", "response type"))  # columns of Qualtrics
TRIALS = frozenset(("survey preview", "survey test"))


def doubtful(people: pd.DataFrame) -> Iterator[Note]:
    """Yield notes on respondents who are counted and may be none.

    people : DataFrame
        Answers as text; the index is the row of the file.

    >>> row = {"when": "2024-05-01 10:00:00", "crop": "figs"}
    >>> print(*doubtful(pd.DataFrame([row, row], index=[2, 3])))
    row 3: the same time and answers as in a row above, counted once more
    """
    if any(_is_time(people[name].head(LOOKED_AT)) for name in people.columns):
        again = people.index[people.duplicated()].tolist()
        said = tr("the same time and answers as in a row above, counted once more")
        yield from [Note(rows_said(again), said)] if again else []
    for name in people.columns:
        if plain(name) in STATES:
            trials = people.index[people[name].map(plain).isin(TRIALS)].tolist()
            said = tr("a trial of the survey by its column {column}, counted", column=name)
            yield from [Note(rows_said(trials), said)] if trials else []


def _is_time(cells: pd.Series) -> bool:
    """Say whether cells are dates with the time of day."""
    return sum(":" in cell for cell in cells) * 2 > len(cells) and column_kind(cells) == "date"
