"""Drawings of one line a row: a name at the left, a mark on an axis, a text and a note."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.room import (
    GAP,
    RULE,
    Rows,
    amount,
    draw_rows,
    edge,
    fitted,
    fix_axes,
    names_width,
    small,
    stack_rows,
    text_width,
    write,
)
from analysis.figures.statuses import Look, draw_key, key_height
from analysis.figures.style import REFERENCE, canvas, layout


@dataclass(frozen=True)
class Chart:
    """Axes with rows; their y axis is in inches from the top.

    width : float
        Of the axes, in inches.
    names : float
        Of the names at their left, in inches.
    texts : list of str
        Of the rows, on lines.
    right : float
        What is left free right of the axes, in inches.
    """

    axes: Axes
    rows: Rows
    width: float
    names: float
    texts: list[str]
    right: float

    def finish(self, most: float, least: float = 0.0, rule: bool = True) -> None:
        """Set the ends of the x axis, write names and notes, and draw a light line a row."""
        self.axes.set_xlim(least, most)
        for place in self.rows.marks if rule else ():
            self.axes.plot([least, most], [place, place], color=RULE, linewidth=0.8, zorder=0)
        draw_rows(self.axes, self.rows, self.names, layout().width - 2 * edge() - self.names)
        self.axes.tick_params(axis="x", labelsize=layout().size, length=3, color="#999999")

    def draw_reference(self, value: float, text: str) -> None:
        """Draw one line for all rows, with its name above them, within the drawing."""
        style = {"color": REFERENCE, "linewidth": 1.2, "linestyle": (0, (4, 2)), "zorder": 1}
        self.axes.axvline(value, gid="reference", **style)
        name = fitted(text, layout().width - 2 * edge(), small())
        least, most = self.axes.get_xlim()
        centre, half = self.width * (value - least) / (most - least), text_width(name, small()) / 2
        ends = half - self.names, layout().width - 2 * edge() - self.names - half
        style = {"ha": "center", "va": "bottom", "fontsize": small(), "color": REFERENCE}
        write(self.axes, min(max(centre, ends[0]), ends[1]), -0.03, name, gid="reference", **style)

    def write_column(self) -> None:
        """Write the texts of the rows one below the other, right of the axes."""
        for place, text in zip(self.rows.marks, self.texts, strict=True):
            write(self.axes, self.width + GAP, place, text, gid="text")


def open_chart(
    table: pd.DataFrame,
    key: Sequence[tuple[str, Look]],
    words: tuple[str, str, str],
    column: bool = True,
    below: float = 1.5,
    head: float = 0.0,
    last_tick: str = "100 %",
    tall: float = 1.9,
    right: float = 0.0,
) -> Chart:
    """Return a chart for the rows of a table, with the key above it.

    table : DataFrame
        Columns `label`, `text`, `note`, `group`.
    column : bool
        Leave room for the texts right of the axes.
    below, head : float
        Room below and above the axes, in lines of text.
    tall : float
        Least height of a row, in lines of text.
    last_tick : str
        The widest name of a tick: half of it may stand right of the axes.
    right : float
        Least room right of the axes, in inches.
    """
    texts = [amount(text, 0.24 * layout().width) for text in table["text"]]
    beside = (max(map(text_width, texts)) + GAP) * column
    wide, nothing = layout().width - 2 * edge(), [""] * len(table)
    names = names_width(stack_rows(table["label"], nothing, nothing, nothing, wide))
    columns = (table["label"], table["note"], texts, table["group"])
    rows = stack_rows(*columns, wide - names, least=tall * layout().line)
    above, foot = key_height(key) + head * layout().line, below * layout().line
    _, axes = canvas(*words, height=above + rows.height + foot)
    right = max(beside, right, 0.5 * text_width(last_tick))
    width = fix_axes(axes, names, right, above, foot)
    axes.set_ylim(rows.height, 0)
    draw_key(axes, key, names, -above)
    return Chart(axes, rows, width, names, texts, right)


def tick_step(steps: Sequence[float], width: float, span: float, widest: str) -> float:
    """Return the first step between ticks at which their names have room, else the last.

    width : float
        Of the axis, in inches.
    span : float
        From end to end, in the axis' unit.
    widest : str
        The widest name of a tick.

    >>> tick_step([20, 50], 5, 100, "100 %"), tick_step([20, 50], 1.5, 100, "100 %")
    (20, 50)
    """
    room = text_width(widest) + 0.14
    return next((step for step in steps if width * step / span >= room), steps[-1])
