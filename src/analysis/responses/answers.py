"""The answers of a survey: a frame of any engine, one row a respondent, cells as written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import narwhals as nw


class Note(NamedTuple):
    """What was not taken as it stands: where in the file, and what was done about it."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass(frozen=True)
class Responses:
    """Answers as they came: one row a respondent, one column a column of the file, all of it text.

    frame
        A frame of pandas, Polars, DuckDB or PySpark; a missing answer is "" or null. The index of
        a pandas frame is the row of the file, from 1, so that messages can name it.
    source : str
        What the answers come from, for messages and source lines: the name of a file.
    notes : tuple of Note
        Rows left out and why, headers that were changed, how the file was read.
    labels : mapping
        Of a file that has them (SPSS): for a column its question, under "", and for each value
        what it means, in the order of the values.
    """

    frame: Any = field(repr=False)  # a notebook keeps what it shows
    source: str = ""
    notes: tuple[Note, ...] = field(default=(), repr=False)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    @property
    def columns(self) -> list[str]:
        """The columns, in their order."""
        return nw.from_native(self.frame).lazy().collect_schema().names()

    def noting(self, *notes: Note) -> "Responses":
        """Return the same answers with more notes."""
        return replace(self, notes=(*self.notes, *notes))
