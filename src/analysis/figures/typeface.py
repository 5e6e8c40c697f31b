"""The typeface of figures: Source Sans 3 (SIL Open Font License), and how wide its words are."""

import functools
from pathlib import Path
from typing import Any

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextPath, text_to_path

FONTS = Path(__file__).parent / "fonts"
TYPEFACES = ["Source Sans 3", "DejaVu Sans"]  # the second for signs that the first has not
GENERIC = ("serif", "sans-serif", "cursive", "fantasy", "monospace")


def register() -> None:
    """Let matplotlib know the typeface, before one of the same name that is installed."""
    known = {entry.fname for entry in fontManager.ttflist}
    files = [str(file) for file in sorted(FONTS.glob("*.ttf"))]
    entries = [font_manager.ttfFontProperty(FT2Font(file)) for file in files if file not in known]
    fontManager.ttflist[:0] = entries


def families(settings: Any) -> tuple[str, ...]:
    """Return the names of the typefaces of some settings of matplotlib, in their order.

    settings : mapping
        Such as `matplotlib.rcParams`; "sans-serif" stands for what `font.sans-serif` lists.

    >>> families({"font.family": ["sans-serif"], "font.sans-serif": ["Arial", "Arimo"]})
    ('Arial', 'Arimo')
    """
    named = [
        settings[f"font.{family}"] if family in GENERIC else [family]
        for family in settings["font.family"]
    ]
    return tuple(family for each in named for family in each)


def line_width(line: str, family: tuple[str, ...], size: float, weight: str = "normal") -> float:
    """Return the width of a line in points, from the ink of its first letter to that of its last.

    line : str
        Words with one blank between them; measured, not drawn.
    family : tuple of str
        Names of typefaces; a letter is of the first that has it.
    size : float
        Points.
    weight : str
        "normal" or "bold".

    >>> line_width("a line", ("DejaVu Sans",), 12) > line_width("aline", ("DejaVu Sans",), 12) > 0
    True
    """
    if not line:
        return 0.0
    words, look = line.split(" "), (family, size, weight)
    blanks = (len(words) - 1) * _advance(" ", *look)
    before, after = _margins(line[0], *look)[0], _margins(line[-1], *look)[1]
    return float(blanks + sum(_advance(word, *look) for word in words) - before - after)


@functools.cache
def _advance(word: str, family: tuple[str, ...], size: float, weight: str) -> float:
    """Return the distance in points from the start of a word to where the next one starts."""
    font = FontProperties(family=family, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(word, font, ismath=False)[0]


@functools.cache
def _margins(letter: str, family: tuple[str, ...], size: float, weight: str) -> tuple[float, float]:
    """Return the distance in points from a letter's ink to where it starts, and where it ends."""
    font = FontProperties(family=family, size=size, weight=weight)
    if not len(text_to_path.get_text_path(font, letter)[0]):
        return 0.0, 0.0  # a letter without ink, such as a no-break space
    ink = TextPath((0, 0), letter, prop=font).get_extents()
    return ink.x0, _advance(letter, family, size, weight) - ink.x1
