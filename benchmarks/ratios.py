"""Rows of a benchmark: seconds, and ratios to what was measured in turn with them."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

FASTER, LONGER = "times faster than", "times as long as"
WIDTHS = {"what": 50, "seconds": 9, "min": 8, "median": 8, "max": 8}


class Aim(NamedTuple):
    """What a row is to reach: a limit of its median ratio, or of its median seconds."""

    limit: float
    of: str = "ratio"


class Row(NamedTuple):
    """One row: what is measured and beside what, by the names of the measurements.

    sense : str
        FASTER (the reference divided by it) or LONGER (it divided by the reference).
    """

    name: str
    what: str
    measured: str
    beside: str = ""
    sense: str = FASTER
    aim: Aim | None = None


class Line(NamedTuple):
    """A row with its numbers, as it is printed; `ratio` says of what, or why there is none."""

    what: str
    seconds: float | None = None
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    ratio: str = ""
    aim: str = ""


def ratios(times: Sequence[float], beside: Sequence[float], sense: str = FASTER) -> list[float]:
    """Return the ratio of each round that both were measured in.

    >>> ratios([2, 4], [6, 6, 9]), ratios([2, 4], [1, 1], LONGER)
    ([3.0, 1.5], [2.0, 4.0])
    """
    pairs = zip(times, beside, strict=False)
    return [b / a if sense == FASTER else a / b for a, b in pairs]


def verdict(aim: Aim | None, sense: str, seconds: float, ratio: float | None) -> str:
    """Return an aim in words, and whether it is met.

    >>> verdict(Aim(8), FASTER, 10, 7.5), verdict(Aim(1.5), LONGER, 10, 1.2)
    ('at least 8: not met', 'at most 1.5: met')
    >>> verdict(Aim(0.5, "seconds"), FASTER, 0.4, None)
    'at most 0.5 s: met'
    """
    value = seconds if aim and aim.of == "seconds" else ratio
    if aim is None or value is None:
        return ""
    more = aim.of == "ratio" and sense == FASTER
    met = value >= aim.limit if more else value <= aim.limit
    unit = " s" if aim.of == "seconds" else ""
    said = f"{'at least' if more else 'at most'} {aim.limit:g}{unit}"
    return f"{said}: {'met' if met else 'not met'}"


def line_of(row: Row, times: Mapping[str, Sequence[float]], failures: Mapping[str, str]) -> Line:
    """Return a row with its numbers.

    times : mapping
        Seconds of each round, by the name of the measurement.
    failures : mapping
        Why a measurement has no seconds, by its name.

    >>> row = Row("loop", "all of them", "ours", "a loop", aim=Aim(8))
    >>> line_of(row, {"ours": [1.0, 2.0, 1.0], "a loop": [9.0, 8.0, 10.0]}, {})[1:5]
    (1.0, 4.0, 9.0, 10.0)
    >>> line_of(row, {"ours": [1.0]}, {"a loop": "not installed"}).ratio
    'a loop: not installed'
    """
    for name in filter(None, (row.measured, row.beside)):
        if name in failures:
            return Line(row.what, ratio=f"{name}: {failures[name]}")
    found = ratios(times[row.measured], times.get(row.beside, ()), row.sense)
    if row.beside and not found:
        return Line(row.what, ratio="not measured")
    seconds, middle = median(times[row.measured]), median(found) if found else None
    ends = (min(found), middle, max(found)) if found else (None, None, None)
    of = f"{row.sense} {row.beside} ({median(times[row.beside]):.3g} s)" if found else ""
    return Line(row.what, seconds, *ends, of, verdict(row.aim, row.sense, seconds, middle))


def head() -> str:
    """Return the first line of a table."""
    first, *others = WIDTHS.items()
    cells = "".join(f"{name:>{width}}" for name, width in others)
    return f"{first[0]:{first[1]}}{cells}  ratio: so many ...; aim"


def shown(line: Line) -> str:
    """Return a line of a table as text.

    >>> shown(Line("some", 2.5, 1, 2, 3, "times as long as a loop", "at most 1: met")).split()[:5]
    ['some', '2.5', '1', '2', '3']
    """
    what, *widths = WIDTHS.values()
    numbers = zip(line[1:5], widths, strict=True)
    cells = "".join(f"{'' if n is None else f'{n:.3g}':>{width}}" for n, width in numbers)
    aim = f"aim {line.aim}" if line.aim else ""
    return f"{line.what:{what}}{cells}  {'; '.join(filter(None, (line.ratio, aim)))}".rstrip()


def write_csv(file: Path, lines: Sequence[Line]) -> None:
    """Write a table with its numbers in full."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow([*WIDTHS, "ratio", "aim"])
        writer.writerows(lines)
