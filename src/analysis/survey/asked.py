"""Questions as an audit sees them: numbers with unit and qualifier, kind, possible bases."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.arguments import check_choice, check_whole, kind_of
from analysis.counts.qualifiers import QUALIFIERS, qualified
from analysis.counts.ranges import count_range
from analysis.counts.rounding import Interval, parse_printed, printed_interval
from analysis.failures import quoted

KINDS = ("single", "yes-no", "scale", "unclear", "multiple")
UNITS = ("percent", "people")
EXACT = ("", "only")


@dataclass(frozen=True)
class Printed:
    """A printed number of an option: text, unit, qualifier; the text is empty without one.

    >>> Printed("yes", "45").counts(40, "half-any")
    range(18, 19)
    """

    option: str
    text: str
    unit: str = "percent"
    qualifier: str = ""

    def counts(self, n: int, rounding: str) -> range:
        """Return the people out of `n` whom the number can stand for; anybody without one."""
        return count_range(self.interval(n, rounding), n) if self.text else range(n + 1)

    def interval(self, n: int, rounding: str) -> Interval:
        """Return the true percentages of `n` people that the number can stand for.

        "about" and "almost" leave 5 points of a share, a tenth of a head-count.
        """
        if self.unit == "people":
            share = Fraction(100 * int(self.text), n)
            bare, room = Interval(share, share, True, True), share / 10
        else:
            share, room = Fraction(self.text), Fraction(5)
            bare = printed_interval(self.text, rounding)
        return qualified(bare, (share, share), self.qualifier, (room, room), Fraction(100))

    @property
    def widened(self) -> bool:
        """Whether a word such as "about" lets it stand for more than what rounds to it."""
        return self.qualifier not in EXACT

    @property
    def plain(self) -> bool:
        """Whether it is a percentage that no word widens."""
        return self.unit == "percent" and not self.widened


@dataclass(frozen=True)
class Asked:
    """A question as an audit sees it: its numbers, the kind, and every base that it can have."""

    name: str
    kind: str
    numbers: Sequence[Printed]
    bases: Sequence[int]

    @property
    def given(self) -> list[Printed]:
        """The options with a number."""
        return [each for each in self.numbers if each.text]

    @property
    def whole(self) -> bool | None:
        """Whether the numbers add up to the base (True), to at most the base, or to anything."""
        if self.kind == "multiple" or len(self.given) < 2:
            return None
        return len(self.given) == len(self.numbers)


def questions_of(frame: pd.DataFrame, n: int | None) -> list[Asked]:
    """Return the questions of a table, in the order in which they begin.

    frame, n
        As for `audit`.

    Raises TypeError or ValueError that names the argument, its column and row.

    >>> questions_of(pd.DataFrame({"printed": ["45", "55"]}), 40)[0].bases
    [40]
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"frame: wanted a table with the column printed; got {kind_of(frame)}")
    if "printed" not in frame or frame.empty:
        raise ValueError("frame: wanted a table with the column printed, and a row or more")
    n = n if n is None else check_whole(n, "n", 1)
    groups: dict[str, list] = {}
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        known = {column: cell for column, cell in cells.items() if not pd.isna(cell)}
        groups.setdefault(str(known.get("question", "")), []).append((row, known))
    return [_asked(name, rows, n) for name, rows in groups.items()]


def _asked(name: str, rows: list[tuple[Any, dict]], n: int | None) -> Asked:
    kind, base = _same(rows, "kind", "single"), _same(rows, "n", n)
    check_choice(kind, f"frame, column kind, row {rows[0][0]}", KINDS)
    if base is None:
        raise ValueError("n: wanted a whole number, or a column n in frame; got None")
    # A column of whole numbers with a gap holds decimals.
    base = int(base) if isinstance(base, float) and base.is_integer() else base
    base = check_whole(base, f"frame, column n, row {rows[0][0]}", 1)
    return Asked(name, kind, [_printed(row, cells) for row, cells in rows], [base])


def _same(rows: list[tuple[Any, dict]], column: str, default: Any) -> Any:
    """Return the value that a column has in every row of a question."""
    first = rows[0][1].get(column, default)
    for row, cells in rows:
        if (value := cells.get(column, default)) != first:
            raise ValueError(
                f"frame, column {column}, row {row}: wanted {quoted(first)}, as in the first row "
                f"of the question; got {quoted(value)}"
            )
    return first


def _printed(row: Any, cells: dict) -> Printed:
    place, text = f"frame, column printed, row {row}", cells.get("printed", "")
    unit, qualifier = cells.get("unit") or "percent", cells.get("qualifier", "")
    check_choice(unit, f"frame, column unit, row {row}", UNITS)
    check_choice(qualifier, f"frame, column qualifier, row {row}", (*EXACT, *QUALIFIERS))
    if text != "" and parse_printed(text, place)[1] and unit == "people":
        raise ValueError(f"{place}: wanted a whole number of people; got {quoted(text)}")
    return Printed(str(cells.get("option", "")), text, unit, qualifier)
