"""A printed number on a line, beside the range that other numbers or an outside source leave it.

What is drawn is said in words as well; where nothing bounds a number, nothing is drawn.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.language.current import number, tr, with_unit
from analysis.ledger.units import interval, is_share, kind_of
from analysis.ledger.verdicts import FAILED

PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
YEAR = re.compile("[0-9]{4}")
APART = ("base-detection", "implied-total", "conversion", "difference")  # of another unit
ROOM = 0.18  # of the line, on both sides of what is drawn
CLOSE = 16  # percent of the line within which two labels would touch
EDGE = 14  # percent of the line in which a label begins or ends at its place


@dataclass(frozen=True)
class Span:
    """A stretch of numbers; None where it goes on without end."""

    low: float | None
    high: float | None

    def times(self, factor: float) -> "Span":
        """Return the stretch with both ends multiplied.

        >>> Span(20.0, None).times(0.5)
        Span(low=10.0, high=None)
        """
        return Span(*(None if end is None else end * factor for end in (self.low, self.high)))

    @property
    def ends(self) -> list[float]:
        """Its ends, as far as it has any."""
        return [end for end in (self.low, self.high) if end is not None]


@dataclass(frozen=True)
class Line:
    """The numbers from left to right; places on it are percentages of its length."""

    least: float
    most: float

    def place(self, value: float | None, otherwise: float) -> float:
        """Return where a number lies; `otherwise` for an end that there is not.

        >>> Line(0, 50).place(20, 0), Line(0, 50).place(None, 100)
        (40.0, 100)
        """
        if value is None:
            return otherwise
        return round(100 * (value - self.least) / (self.most - self.least), 2)


def inside_bar(
    record: Mapping[str, Any], printed: Mapping[str, tuple[str, str]]
) -> dict[str, Any] | None:
    """Return what is drawn of a claim beside what the other printed numbers leave it, or None.

    record : mapping
        One of what `claim_records` returned.
    printed : mapping
        Number and unit that each claim prints, by name: a share is drawn as people of its base.
    """
    factor = _factor(record, printed)
    if factor is None:
        return None
    allowed, fits = Span(record["low"], record["high"]), record["verdict"] not in FAILED
    said = tr(
        "Printed: {number}. What the other numbers give: {range}.",
        number=record["number"],
        range=record["recomputed"],
    )
    return _drawn(record, factor, allowed, fits, said)


def outside_bar(record: Mapping[str, Any], value: str) -> dict[str, Any] | None:
    """Return what is drawn of a claim beside what an outside source has, or None.

    value : str
        As `external_facts.csv` has it: a number, or a range `low..high`.
    """
    ends = value.split("..")
    if not all(map(PLAIN.fullmatch, ends)):
        return None
    allowed, fits = Span(float(ends[0]), float(ends[-1])), record["outside"] != "contradicted"
    unit = "" if kind_of(record["unit"]) in {"time", "label"} else record["unit"]
    said = tr(
        "Printed: {number}. What the outside source has: {range}.",
        number=record["number"],
        range=with_unit("–".join(dict.fromkeys(ends)), unit),
    )
    return _drawn(record, 1.0, allowed, fits, said)


def _factor(record: Mapping[str, Any], printed: Mapping[str, tuple[str, str]]) -> float | None:
    """Return what the printed number is multiplied with to be in the unit of the range, or None."""
    if record["kind"] in APART:
        return None
    if not is_share(record["unit"]) or "%" in record["recomputed"]:
        return 1.0
    text, unit = printed.get(next(iter(record["base"].split()), ""), ("", ""))
    return int(text) / 100 if text.isdecimal() and unit == "people" else None


def _drawn(
    record: Mapping[str, Any], factor: float, allowed: Span, fits: bool, said: str
) -> dict[str, Any] | None:
    stated = printed_span(record)
    if stated is None:
        return None
    stated, mark = stated.times(factor), printed_mark(record, stated) * factor
    if not allowed.ends or _says_nothing(allowed, mark, fits, record["unit"]):
        return None
    line = _line([*stated.ends, *allowed.ends, mark], record["unit"])
    return {
        "said": said,
        "fits": fits,
        "mark": line.place(mark, 0),
        "printed": _label(line.place(mark, 0), record["number"]),
        "stated": _stretch(line, stated),
        "allowed": _stretch(line, allowed),
        "labels": _labels(line, allowed, record["unit"]),
    }


def printed_span(record: Mapping[str, Any]) -> Span | None:
    """Return the true values that the printed number of a claim can stand for; None for no number.

    A day, and what only names a thing (a figure, an age band), lies on no line.
    """
    kind, unit = kind_of(record["unit"]), record["unit"]
    if kind == "time":
        year = float(record["printed"]) if YEAR.fullmatch(record["printed"]) else None
        return Span(year, year) if year and unit == "year" else None
    plain = PLAIN.fullmatch(record["printed"]) or (record["printed"] and is_share(unit))
    if not plain or (kind == "label" and unit != "place"):
        return None
    found = interval(record["printed"], unit, record["qualifier"])
    ends = (float(each) for each in (found.low, found.high))
    return Span(*(None if math.isinf(each) else each for each in ends))


def printed_mark(record: Mapping[str, Any], stated: Span) -> float:
    """Return where the mark of a printed number stands: on the number, or amid a range."""
    if PLAIN.fullmatch(record["printed"]):
        return float(record["printed"])
    return sum(stated.ends) / len(stated.ends)


def _says_nothing(allowed: Span, mark: float, fits: bool, unit: str) -> bool:
    """Say whether a range is one point that the number fits, or every number that there can be."""
    if allowed.low == allowed.high:
        return fits
    return allowed.high is None and allowed.low == 0 and kind_of(unit) != "time"


def _line(values: list[float], unit: str) -> Line:
    least, most = min(values), max(values)
    room = ROOM * (most - least or max(1.0, abs(most) / 10))
    floor = -math.inf if kind_of(unit) == "time" else 0.0
    return Line(max(least - room, min(floor, least)), most + room)


def _stretch(line: Line, span: Span) -> dict[str, Any]:
    left, right = line.place(span.low, 0), line.place(span.high, 100)
    return {
        "left": left,
        "width": round(right - left, 2),
        "goes_on_below": span.low is None,
        "goes_on_above": span.high is None,
    }


def _labels(line: Line, span: Span, unit: str) -> list[dict[str, Any]]:
    """Return the ends of a range as labels below it; one where two would touch."""
    texts = list(dict.fromkeys(end_text(end, unit) for end in span.ends))
    places = [line.place(end, 0) for end in span.ends]
    if len(texts) == 1 or abs(places[-1] - places[0]) < CLOSE:
        return [_label(sum(places) / len(places), "–".join(texts))]
    return [_label(place, text) for place, text in zip(places, texts, strict=True)]


def end_text(value: float, unit: str) -> str:
    """Return the end of a range as a label; a year has no sign between its digits.

    >>> end_text(2017.0, "year"), end_text(6501.0, "posts"), end_text(28.46, "percent")
    ('2017', '6,501', '28.5')
    """
    if kind_of(unit) == "time":
        return str(int(value))
    return number(int(value)) if value == int(value) else number(value, ",.1f")


def _label(place: float, text: str) -> dict[str, Any]:
    anchor = "start" if place < EDGE else "end" if place > 100 - EDGE else "middle"
    return {"place": round(place, 2), "text": text, "anchor": anchor}
