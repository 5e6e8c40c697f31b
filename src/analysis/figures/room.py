"""Where things stand in a drawing, measured in inches: rows, their names, texts and notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation, Transform, blended_transform_factory

from analysis.figures.style import INK, layout, line_width, wrapped
from analysis.language.current import NO_BREAK, localized_text

NOTE = "#555555"
RULE = "#E3E3E3"
GAP = 0.1  # inches between a name and the drawing, and between the drawing and a text


def small() -> float:
    """Return the size of notes and keys, in points.

    >>> small() < layout().size
    True
    """
    return 0.9 * layout().size


def edge() -> float:
    """Return the distance of a drawing from the edge of its figure, in inches.

    >>> edge()
    0.08
    """
    return 0.01 * layout().width


def text_width(text: str, size: float | None = None, weight: str = "normal") -> float:
    """Return the width of a text of one line or more, in inches.

    >>> text_width("a longer line") > text_width("a line") > 0
    True
    """
    size = layout().size if size is None else size
    return max(line_width(line, size, weight) for line in text.split("\n")) * 1.04 / 72


def text_height(text: str, size: float | None = None) -> float:
    """Return the height of a text of one line or more, in inches; of no text 0.

    >>> text_height("two" + chr(10) + "lines") == 2 * text_height("one line")
    True
    """
    scale = 1.0 if size is None else size / layout().size
    return layout().line * scale * (text.count("\n") + 1) if text else 0.0


def fitted(text: str, width: float, size: float | None = None, weight: str = "normal") -> str:
    """Return a text in the language in use, on lines that fit a width in inches.

    >>> fitted("a finding " * 20, 3).count(chr(10)) > 1
    True
    """
    size = layout().size if size is None else size
    return wrapped(localized_text(str(text)), width, size, weight) if text else ""


def amount(text: str, width: float) -> str:
    """Return a number on lines that fit; what it has in brackets stays together if it can.

    >>> amount("45 % (46 people)", 0.85).split(chr(10))
    ['45 %', '(46\xa0people)']
    """
    whole = re.sub(r"\([^()]*\)", lambda part: part[0].replace(" ", NO_BREAK), localized_text(text))
    lines = fitted(whole, width)
    return lines if " ".join(lines.split("\n")) == whole else fitted(text, width)


def fix_axes(
    axes: Axes, left: float = 0.0, right: float = 0.0, above: float = 0.0, below: float = 0.0
) -> float:
    """Give the axes a fixed place in their figure, and return their width in inches.

    left, right, above, below : float
        Inches left free within the drawing.
    """
    figure = axes.figure
    _, low, _, share = figure.get_layout_engine().get()["rect"]
    with mpl.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine()  # none: a figure with one is drawn twice whenever it is saved
    wide, tall = figure.get_size_inches()
    width = wide - 2 * edge() - left - right
    height = share * tall - above - below
    axes.set_position([(edge() + left) / wide, low + below / tall, width / wide, height / tall])
    return width


@dataclass(frozen=True)
class Rows:
    """Rows from top to bottom; every place is in inches from the top.

    names, centres
        Their names, on lines, and where the middle of each stands.
    marks
        Where the mark of each stands.
    notes
        Text of each, and where it begins.
    headings
        Text of each heading above some of the rows, and where its middle stands.
    height
        Of all.
    """

    names: list[str]
    centres: list[float]
    marks: list[float]
    notes: list[tuple[str, float]]
    headings: list[tuple[str, float]]
    height: float


def stack_rows(
    labels: Sequence[str],
    notes: Sequence[str],
    texts: Sequence[str],
    groups: Sequence[str],
    room: float,
    least: float = 0.0,
) -> Rows:
    """Return where rows stand that are as high as their names, texts and notes ask for.

    labels, notes, texts, groups : sequence of str
        Of each row; texts are on lines already. A new group begins with a heading.
    room : float
        Width of the notes, in inches.
    least : float
        Height of a row, in inches.
    """
    names = [fitted(label, layout().names) for label in labels]
    centres, marks, told, headings = [], [], [], []
    top, before = 0.0, ""
    for name, note, text, group in zip(names, notes, texts, groups, strict=True):
        if group and group != before:
            top += 0.0 if not headings else 0.6 * layout().line
            heading = fitted(group, layout().width - 2 * edge(), weight="bold")
            headings.append((heading, top + 0.5 * text_height(heading)))
            top += text_height(heading) + 0.04
            before = group
        top, centre, mark, begins = _place_row(name, note, text, room, max(least, 0.0), top)
        centres.append(centre)
        marks.append(mark)
        told.append((fitted(note, room, small()), begins))
    return Rows(names, centres, marks, told, headings, top)


def _place_row(
    name: str, note: str, text: str, room: float, least: float, top: float
) -> tuple[float, float, float, float]:
    """Return where the next row starts, and where name, mark and note of this one stand."""
    pad, line = 0.62 * layout().line, text_height("x")
    beside = max(text_height(text), line) + (0.04 if note else 0.0)
    below = text_height(fitted(note, room, small()), small())
    content = max(text_height(name), beside + below, least - pad)
    if below:
        mark = top + pad / 2 + beside / 2
        centre = top + pad / 2 + max(text_height(name), beside) / 2
        return top + pad + content, centre, mark, mark + beside / 2
    middle = top + (pad + content) / 2
    return top + pad + content, middle, middle, middle


def names_width(rows: Rows) -> float:
    """Return the width of the names of rows with the gap behind them, in inches."""
    return max(text_width(name) if name else 0.0 for name in rows.names) + 1.5 * GAP


def draw_rows(axes: Axes, rows: Rows, names: float, room: float) -> None:
    """Write names, headings and notes of rows beside their axes, whose y axis is in inches.

    names, room : float
        Width of the names, and of what is right of them.
    """
    axes.set_ylim(rows.height, 0)
    axes.set_yticks(rows.centres, rows.names, ha="left")
    axes.tick_params(axis="y", length=0, pad=72 * names, labelsize=layout().size)
    axes.spines["left"].set_visible(False)
    for text, place in rows.headings:
        write(axes, -names, place, text, fontweight="bold", gid="heading")
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    look = {"fontsize": small(), "color": NOTE, "bbox": white, "zorder": 3.5}
    for text, place in rows.notes:
        if text:
            write(axes, 0, place, text, va="top", gid="note", **look)


def write(axes: Axes, x: float, y: float, text: str, **style) -> Text:
    """Write text at a distance in inches from the left end of the axes, at a height of its data."""
    look = {"va": "center", "color": INK, "fontsize": layout().size}
    return axes.text(x, y, text, transform=inches_across(axes), **(look | style))


def inches_across(axes: Axes) -> Transform:
    """Return a transform: x in inches from the left end of fixed axes, y as their data."""
    scale = axes.figure.dpi_scale_trans
    left = axes.get_position().x0 * axes.figure.get_size_inches()[0]
    across = scale + ScaledTranslation(left, 0, scale)
    return blended_transform_factory(across, axes.transData)
