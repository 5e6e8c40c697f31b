"""Sentences that are computed: a notebook states its answer with them, never by hand."""

import html
import textwrap
from collections.abc import Iterable


class Sentence(str):
    """Text that a notebook shows as a paragraph; markup in it is shown, never rendered.

    >>> Sentence("The shares add up to 99 %.")
    The shares add up to 99 %.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return textwrap.fill(str(self), 100)

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self)}</p>"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> counted(1, "combination"), counted(1200, "person", "people")
    ('1 combination', '1,200 people')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence; "none" if there are none.

    >>> listed(["gender", "age", "prospects"])
    'gender, age and prospects'
    """
    *most, last = list(names) or ["none"]
    return f"{', '.join(most)} and {last}" if most else last


def span(least: float, most: float, digits: int = 0) -> str:
    """Return a range, or the one number where both ends are the same.

    >>> span(17, 18), span(72, 72), span(1.5, 1.8, digits=1)
    ('17 to 18', '72', '1.5 to 1.8')
    """
    low, high = f"{least:,.{digits}f}", f"{most:,.{digits}f}"
    return low if low == high else f"{low} to {high}"
