"""Rules for one value, which know the nearest value that they allow."""

import difflib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.arguments import nearest_level

READABLE = 200  # letters of a list of words
NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?|[+-]?inf|nan")


def number_in(value: Any) -> float | None:
    """Return the number that a value is, or that its text begins with; None where there is none.

    >>> number_in("0,9"), number_in("12x"), number_in(True), number_in("many")
    (0.9, 12.0, None, None)
    """
    if isinstance(value, str):
        found = NUMBER.match(value.strip().lower())
        return float(found[0].replace(",", ".")) if found else None
    return None if isinstance(value, bool) else value


@dataclass(frozen=True)
class Between:
    """Numbers of a range.

    low, high : int or float
        Its ends, which belong to it but for those of an open range.
    is_open : bool
        Whether the ends do not belong to it.
    whole : bool
        Whether its numbers are whole.
    unit : str
        What they count, to stand in a message.
    """

    low: float
    high: float
    is_open: bool = False
    whole: bool = False
    unit: str = ""

    def nearest(self, value: Any) -> float | None:
        """Return the nearest allowed number to one that is not; None for one that is.

        >>> Between(0, 100).nearest(120), Between(0, 100).nearest(7), Between(1, 9).nearest("x")
        (100, None, 1)
        >>> Between(0, 1, is_open=True).nearest(95), Between(0, 1, is_open=True).nearest(0)
        (0.95, 0.01)
        >>> Between(0, 1, is_open=True).nearest("0,9"), Between(1, 9, whole=True).nearest("2.6")
        (0.9, 3)
        >>> Between(1, 9).nearest(10**400)
        9
        """
        number = number_in(value)
        if number is None or number != number:  # isnan() takes no huge number
            return 0.95 if self._is_level else self._inside(self.low)
        if self._holds(number):
            exact = not isinstance(value, str) and (not self.whole or number == int(number))
            return None if exact else self._inside(number)
        return nearest_level(number) if self._is_level else self._inside(number)

    @property
    def _is_level(self) -> bool:
        return self.is_open and (self.low, self.high) == (0, 1)

    def _holds(self, value: float) -> bool:
        """Return whether a number lies in the range."""
        if self.is_open:
            return self.low < value < self.high
        return self.low <= value <= self.high

    def _inside(self, value: float) -> float:
        """Return the number of the range that is nearest to one."""
        step = (self.high - self.low) / 100 if self.is_open else 0
        inside = min(max(value, self.low + step), self.high - step)
        return round(inside) if self.whole else inside

    def __str__(self) -> str:
        ends = ", both left out" if self.is_open else ""
        kind = "a whole number" if self.whole else "a number"
        of = f" of {self.unit}" if self.unit else ""
        if self.high == math.inf:
            return f"{kind}{of}, {self.low:,} or more"
        return f"{kind}{of} from {self.low:,} to {self.high:,}{ends}"


@dataclass(frozen=True)
class OneOf:
    """Words of a list; `lead` stands before them in a message."""

    words: Sequence[str]
    lead: str = "one of "

    def nearest(self, value: Any) -> str | None:
        """Return the allowed word that looks most like one that is not; None for one that is.

        >>> OneOf(["half-up", "truncate"]).nearest("trunc"), OneOf(["a"]).nearest("a")
        ('truncate', None)
        """
        if value in self.words:
            return None
        close = difflib.get_close_matches(str(value)[:100].lower(), self.words, n=1, cutoff=0)
        return close[0]

    def __str__(self) -> str:
        return f"{self.lead}{', '.join(self.words)}"


@dataclass(frozen=True)
class Several:
    """Words of a list, with blanks between them."""

    words: Sequence[str]

    def nearest(self, value: Any) -> str | None:
        """Return the text with the nearest word for each that is not allowed; None for none.

        >>> Several(["rain", "snow"]).nearest("rain snw"), Several(["rain"]).nearest("rain")
        ('rain snow', None)
        """
        given = str(value).split() or [""]
        rule = OneOf(self.words)
        near = [rule.nearest(word) or word for word in given]
        return None if near == given else " ".join(dict.fromkeys(near))

    def __str__(self) -> str:
        said = ", ".join(self.words)
        if len(said) > READABLE:
            said = f"the {len(self.words)} words {said[:READABLE].rpartition(',')[0]} ..."
        return f"one or more of {said}, with blanks between them"


Rule = Between | OneOf | Several
