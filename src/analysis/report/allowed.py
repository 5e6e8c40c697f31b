"""Which values a parameter of a notebook may have: one name means one thing in every notebook."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.arguments import nearest_level
from analysis.counts.rounding import RULES
from analysis.inference.intervals import METHODS
from analysis.ledger.multiverse import READINGS

YEARS = 1800, 2100
MOST = 1_000_000  # people, or rows: what is more takes minutes, and is a slip of the hand


@dataclass(frozen=True)
class Between:
    """Numbers of a range.

    low, high : int or float
        Its ends, which belong to it but for those of an open range.
    """

    low: float
    high: float
    is_open: bool = False

    def nearest(self, value: Any) -> float | None:
        """Return the nearest allowed number to one that is not; None for one that is.

        >>> Between(0, 100).nearest(120), Between(0, 100).nearest(7), Between(1, 9).nearest("x")
        (100, None, 1)
        >>> Between(0, 1, is_open=True).nearest(95), Between(0, 1, is_open=True).nearest(0)
        (0.95, 0.01)
        """
        if isinstance(value, str | bool):
            return self.low
        inside = self.low < value < self.high if self.is_open else self.low <= value <= self.high
        if inside:
            return None
        if not self.is_open:
            return self.low if value < self.low else self.high
        if (self.low, self.high) == (0, 1):
            return nearest_level(value)
        step = (self.high - self.low) / 100
        return self.low + step if value <= self.low else self.high - step

    def __str__(self) -> str:
        ends = ", both left out" if self.is_open else ""
        return f"a number from {self.low:,} to {self.high:,}{ends}"


@dataclass(frozen=True)
class OneOf:
    """Words of a list."""

    words: Sequence[str]

    def nearest(self, value: Any) -> str | None:
        """Return the allowed word that looks most like one that is not; None for one that is.

        >>> OneOf(["half-up", "truncate"]).nearest("trunc"), OneOf(["a"]).nearest("a")
        ('truncate', None)
        """
        if value in self.words:
            return None
        close = difflib.get_close_matches(str(value).lower(), self.words, n=1, cutoff=0)
        return close[0]

    def __str__(self) -> str:
        return f"one of {', '.join(self.words)}"


ALLOWED: dict[str, Between | OneOf] = {
    "level": Between(0, 1, is_open=True),
    "n": Between(1, MOST),
    "population": Between(1, 10**10),
    "students": Between(1, 10**10),
    "method": OneOf(METHODS),
    "rounding": OneOf(RULES),
    "tolerance": Between(0, 100),
    "slack": Between(0, 10),
    "since": Between(*YEARS),
    "ects_low": Between(1, 100),
    "ects_high": Between(1, 100),
    "year_credits": Between(1, 1000),
    "most": Between(1, MOST),
    "coding": OneOf(("settled", "first", "second")),
    "reading": OneOf(READINGS),
}


def check_allowed(name: str, value: Any) -> Any:
    """Return the value of a parameter if it may have it.

    Raises ValueError, in one line with the nearest allowed value, if not. A parameter that is not
    listed, and the value None, may be what they are: the notebook itself knows more of them.

    >>> check_allowed("level", 95)
    Traceback (most recent call last):
    ValueError: parameter level: 95 is not a number from 0 to 1, both left out; the nearest is 0.95
    """
    rule = ALLOWED.get(name)
    nearest = rule.nearest(value) if rule and value is not None else None
    if nearest is None:
        return value
    said = ascii(value)[:40]
    raise ValueError(f"parameter {name}: {said} is not {rule}; the nearest is {nearest}")
