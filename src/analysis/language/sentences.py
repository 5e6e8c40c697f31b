"""Sentences that are computed: a notebook states its answer with them, never by hand."""

import html
import textwrap
from collections.abc import Iterable
from typing import Any

from analysis.language.current import localized_text, ntr, number, tr


class Sentence(str):
    """Text that a notebook shows as a paragraph; markup in it is shown, never rendered.

    message : str
        In English, with `{names}`; shown in the language in use.
    values : any
        What the names stand for, as for `language.tr`.

    >>> Sentence("The shares add up to {total} %.", total=99)
    The shares add up to 99 %.
    """

    __slots__ = ()

    def __new__(cls, message: str, /, **values: Any) -> "Sentence":
        """Translate and fill the message."""
        return super().__new__(cls, tr(message, **values))

    def __repr__(self) -> str:
        return textwrap.fill(str(self), 100)

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self)}</p>"


def say(message: str, /, **values: Any) -> None:
    """Print a message in the language in use.

    >>> say("Of {n:,} students {share:.1f} %.", n=2694, share=3.82)
    Of 2,694 students 3.8 %.
    """
    print(tr(message, **values))


def counted(n: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> counted(1, "combination"), counted(1200, "person", "people")
    ('1 combination', '1,200 people')
    """
    return f"{number(n)} {ntr(noun, plural or noun + 's', n)}"


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence; "none" if there are none.

    >>> listed(["gender", "age", "prospects"])
    'gender, age and prospects'
    """
    *most, last = [localized_text(name) for name in names] or [tr("none")]
    return tr("{names} and {last}", names=", ".join(most), last=last) if most else last


def span(least: float, most: float, digits: int = 0) -> str:
    """Return a range, or the one number where both ends are the same.

    >>> span(17, 18), span(72, 72), span(1.5, 1.8, digits=1)
    ('17 to 18', '72', '1.5 to 1.8')
    """
    low, high = number(least, f",.{digits}f"), number(most, f",.{digits}f")
    return low if low == high else tr("{low} to {high}", low=low, high=high)
