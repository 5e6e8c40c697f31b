"""What all figures have in common: frame, colours, text that fits."""

import functools
import textwrap
from collections import ChainMap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.arguments import check_positive, check_text
from analysis.figures import typeface

# Okabe and Ito's colours, told apart by colour-blind readers; they differ in grey too.
VALUE = "#0072B2"
REFERENCE = "#D55E00"
SKY = "#A6D3EE"
UNKNOWN = "#8C8C8C"
INK = "#222222"
PALE = "#E8EEF3"
COLOURS = (VALUE, REFERENCE, "#009E73", "#CC79A7")


@dataclass(frozen=True)
class Mark:
    """How a status looks, in colour and in grey.

    colour, edge : str
        Of the inside and of the outline.
    marker : str
        matplotlib's name of the shape.
    hatch : str
        Of a piece or a box of this status.
    ring : bool
        A ring around the mark: what does not hold looks broken.
    """

    colour: str
    edge: str
    marker: str
    hatch: str = ""
    ring: bool = False


STATUS = {  # from what holds to what cannot be known; the colours are those of the pages
    "holds": Mark("#005a8f", "#005a8f", "o"),
    "may hold": Mark("#a6d3ee", "#10222e", "s", "...."),
    "holds only if": Mark("#f0d58c", "#2b2100", "^", "////"),
    "does not hold": Mark("#a63c00", "#a63c00", "X", "xxxx", ring=True),
    "unknown": Mark("white", UNKNOWN, "o"),
}
STATUS_OF = {  # a verdict has the mark of the status that it comes to
    "reproduced": "holds",
    "consistent": "may hold",
    "conditional": "holds only if",
    "inconsistent": "does not hold",
    "not checkable": "unknown",
}
PLAIN = Mark(VALUE, VALUE, "o")
UNJUDGED = Mark(UNKNOWN, UNKNOWN, "o")  # beside marks of statuses

HOUSE = {
    "font.family": typeface.TYPEFACES,
    "text.color": INK,
    "axes.edgecolor": "#999999",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "hatch.linewidth": 0.6,
    "ytick.alignment": "center",  # at the height of what stands beside it
    "svg.fonttype": "none",  # text is text: to be found, read aloud, changed
    "pdf.fonttype": 42,  # many journals refuse type 3
    "ps.fonttype": 42,
    "text.hinting": "none",  # a letter is as wide on every screen as it is on paper
    "text.parse_math": False,  # a label is text, also with two dollar signs
}
typeface.register()


def house_style() -> dict[str, Any]:
    """Return the settings of matplotlib for a figure: the house's, but for those of the reader.

    What somebody has set in `matplotlib.rcParams`, such as a journal's typeface, stays.

    >>> house_style()["axes.spines.top"]
    False
    """
    changed = _changed()
    if "font.sans-serif" in changed:  # that is what the family is of, unless it is set too
        changed.add("font.family")
    kept = {name: value for name, value in HOUSE.items() if name not in changed}
    return kept | {"font.size": layout().size}


def _changed() -> set[str]:
    """Return the settings of matplotlib that somebody has changed and that a figure heeds."""
    names = [*HOUSE, "font.sans-serif", "font.size", "figure.figsize"]
    return {name for name in names if mpl.rcParams[name] != mpl.rcParamsDefault[name]}


@dataclass(frozen=True)
class Layout:
    """The size in which figures are drawn; every other size follows from it.

    width : float
        Of the whole figure, in inches.
    size : float
        Of the text, in points; at 170 mm, the width of a printed page, the default is 9.
    titles : bool
        Write title, subtitle and source into the figure, and not only into its description.
    """

    width: float = 8.0
    size: float = 10.8
    titles: bool = True

    @property
    def heading(self) -> float:
        """Size of a title, in points."""
        return 1.25 * self.size

    @property
    def line(self) -> float:
        """Height of a line of text, in inches."""
        return 0.02 * self.size

    @property
    def names(self) -> float:
        """Width that the name of a line may take, in inches."""
        return 0.35 * self.width


_LAYOUT: ContextVar[Layout | None] = ContextVar("layout", default=None)


def layout() -> Layout:
    """Return the size in which a figure is drawn now.

    Where nobody asked for one by `laid_out`, `font.size` and the width of `figure.figsize` in
    `matplotlib.rcParams` hold, if somebody has changed them.

    >>> layout().size
    10.8
    """
    return _LAYOUT.get() or _layout_of_settings()


def _layout_of_settings() -> Layout:
    changed, now = _changed(), Layout()
    if "font.size" in changed:
        now = replace(now, size=float(mpl.rcParams["font.size"]))
    if "figure.figsize" in changed:
        now = replace(now, width=float(mpl.rcParams["figure.figsize"][0]))
    return now


@contextmanager
def laid_out(**changes: Any) -> Iterator[None]:
    """Draw in another size within a `with` block; the names are those of `Layout`.

    >>> with laid_out(width=3.3, size=8):
    ...     layout().width
    3.3
    """
    before = _LAYOUT.set(replace(layout(), **changes))
    try:
        yield
    finally:
        _LAYOUT.reset(before)


def drawing(plot: Callable[..., Axes]) -> Callable[..., Axes]:
    """Let a figure remember how it was drawn, so that it can be drawn in another size or language.

    The function without its arguments filled in is `figure.again`; the table that it draws, as it
    was checked, is `figure.drawn`, which a drawing may set itself.
    """

    @functools.wraps(plot)
    def drawn(*args: Any, **kwargs: Any) -> Axes:
        with mpl.rc_context(house_style()):
            axes = plot(*args, **kwargs)
        axes.figure.again = functools.partial(drawn, *args, **kwargs)
        if not hasattr(axes.figure, "drawn"):
            axes.figure.drawn = next(
                (each for each in (*args, *kwargs.values()) if isinstance(each, pd.DataFrame)),
                pd.DataFrame(),
            )
        return axes

    return drawn


def canvas(title: str, subtitle: str, source: str, *, height: float) -> tuple[Figure, Axes]:
    """Return a figure and its axes, with the finding above and the source below.

    title : str
        The finding, in a sentence.
    subtitle : str
        What is drawn, with base and n.
    source : str
        Document and place in it.
    height : float
        Of the drawing, in inches; titles are added to it. The width is that of the layout.

    Raises TypeError for a title, subtitle or source that is no text.

    >>> figure, axes = canvas("A finding", "What is drawn; n = 40", "Source", height=2)
    >>> figure.get_suptitle()
    'A finding'
    """
    for name, text in (("title", title), ("subtitle", subtitle), ("source", source)):
        check_text(text, name)
    height, now = check_positive(height, "height", "inches"), layout()
    said = {"title": title, "subtitle": subtitle, "source": source}
    title = wrapped(title, now.width, now.heading, "bold")
    subtitle, source = wrapped(subtitle, now.width, now.size), wrapped(source, now.width, now.size)
    first = 1.28 * now.line * (title.count("\n") + 1)
    above = first + now.line * (subtitle.count("\n") + 1) + 0.2 if now.titles else 0.02
    below = now.line * (source.count("\n") + 1) + 0.1 if now.titles else 0.02
    tall = height + above + below
    with mpl.rc_context(house_style()):
        figure = Figure(figsize=(now.width, tall), layout="constrained")
        figure.get_layout_engine().set(rect=(0, below / tall, 1, height / tall))
        axes = figure.add_subplot()
        figure.said = said
        if now.titles:
            top = {"ha": "left", "va": "top", "fontsize": now.heading, "fontweight": "bold"}
            figure.suptitle(title, x=0.01, y=1 - 0.08 / tall, **top).set_in_layout(False)
            down, small = 1 - (0.14 + first) / tall, {"fontsize": now.size}
            figure.text(0.01, down, subtitle, va="top", gid="subtitle", **small)
            figure.text(0.01, 0.06 / tall, source, va="bottom", color="#555555", **small)
    return figure, axes


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return a text on lines that fit the width of a figure.

    text : str
        Blanks and line ends count as one blank. A word too long for a line is broken.
    width : float
        Inches; the lines take 95 % of them: a drawn word is a little wider than a measured one.
    size : float
        Points.
    weight : str
        "normal" or "bold".

    >>> wrapped("a finding " * 30, 8, 12, "bold").count(chr(10)) > 1
    True
    """
    for letters in range(max(int(width * 18), 1), 0, -2):
        lines = textwrap.wrap(text, letters)
        if all(line_width(line, size, weight) <= 72 * 0.95 * width for line in lines):
            break
    return "\n".join(lines)


def line_width(line: str, size: float, weight: str = "normal") -> float:
    """Return the width of a line in points, from the ink of its first letter to that of its last.

    line : str
        Words with one blank between them; measured, not drawn.
    size, weight
        As for `wrapped`.

    >>> round(line_width("a line", 12), 1) > round(line_width("aline", 12), 1) > 0
    True
    """
    family = typeface.families(ChainMap(house_style(), mpl.rcParams))
    return typeface.line_width(line, family, size, weight)


def ramp(pieces: int) -> list[str]:
    """Return colours from dark to light for pieces in an order, told apart in grey too.

    >>> len(set(ramp(7)))
    7
    """
    colours = mpl.colormaps["cividis"]
    return [mpl.colors.to_hex(colours(place)) for place in np.linspace(0.02, 0.98, pieces)]


def kind_colours(kinds: int) -> list[str]:
    """Return one colour a kind, however many there are; the first four are the house's own.

    >>> kind_colours(2)
    ['#0072B2', '#D55E00']
    """
    return list(COLOURS[:kinds]) if kinds <= len(COLOURS) else ramp(kinds)


def ink_on(colour: str) -> str:
    """Return the colour of a text that can be read on a ground: white on a dark one.

    >>> ink_on("#0072B2"), ink_on("#E8EEF3")
    ('white', '#222222')
    """
    return "white" if np.dot(mpl.colors.to_rgb(colour), (0.2126, 0.7152, 0.0722)) < 0.5 else INK


def write_beside(axes: Axes, x: float, place: float, text: str, points: int = 6, **style) -> None:
    """Write text to the right of a place, at a distance in points."""
    style = {"fontsize": layout().size, "color": INK, "va": "center"} | style
    axes.annotate(text, (x, place), xytext=(points, 0), textcoords="offset points", **style)


def describe(axes: Axes, rows: list[str]) -> None:
    """Give the figure its alternative text: title, subtitle and what each row shows."""
    said = axes.figure.said
    parts = [said["title"], said["subtitle"], "; ".join(rows)]
    axes.figure.set_label(". ".join(" ".join(part.split()).rstrip(".") for part in parts) + ".")
