"""Drawings without a numeric axis: an order, a diagram of elements, a matrix."""

import itertools
import textwrap

import matplotlib as mpl
import pandas as pd
import seaborn
from matplotlib.axes import Axes

from analysis.figures.style import INK, LINE, PALE, RC, SMALL, VALUE, canvas, describe, wrapped
from analysis.language.current import label, localized_text, tr


def plot_order(labels: list[str], title: str, subtitle: str, source: str) -> Axes:
    """Draw options in their printed order as steps of equal size: the order, and no lengths.

    labels : list of str
        The options, the first named first.
    """
    _, axes = canvas(title, subtitle, source, height=0.6 * len(labels))
    with mpl.rc_context(RC):
        for place, text in enumerate(labels, start=1):
            _box(axes, 0.5, -place, f"{place}.  {text}", width=70)
            if place < len(labels):
                axes.annotate(
                    "",
                    (0.5, -place - 0.72),
                    (0.5, -place - 0.28),
                    arrowprops={"arrowstyle": "-|>", "color": INK},
                )
        axes.set(xlim=(0, 1), ylim=(-len(labels) - 0.5, -0.5))
        axes.set_axis_off()
    describe(axes, [f"{place}: {label}" for place, label in enumerate(labels, start=1)])
    return axes


def plot_diagram(
    root: str, branches: dict[str, list[str]], title: str, subtitle: str, source: str
) -> Axes:
    """Draw one element on top and others below it, in columns with a heading.

    root : str
        What the others follow from.
    branches : dict of str to list of str
        Heading and elements of each column, from left to right.
    """
    tallest = max(len(elements) for elements in branches.values())
    _, axes = canvas(title, subtitle, source, height=0.55 * tallest + 1.4)
    middle = (len(branches) - 1) / 2
    with mpl.rc_context(RC):
        _box(axes, middle, 1.5, root, width=40)
        for number, (heading, elements) in enumerate(branches.items()):
            axes.annotate(
                "",
                (number, 0.62),
                (middle, 1.22),
                arrowprops={"arrowstyle": "-|>", "color": INK},
            )
            axes.text(
                number, 0.3, localized_text(heading), ha="center", va="center", fontweight="bold"
            )
            for place, element in enumerate(elements):
                _box(axes, number, -place - 0.4, element, width=24)
        axes.set(xlim=(-0.55, len(branches) - 0.45), ylim=(-tallest, 1.9))
        axes.set_axis_off()
    describe(
        axes,
        [
            root,
            *(
                f"{localized_text(heading)}: {', '.join(names)}"
                for heading, names in branches.items()
            ),
        ],
    )
    return axes


def plot_matrix(matrix: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw a table of counts: the darker the cell, the larger the count; zero is empty.

    matrix : DataFrame
        Whole numbers; index and columns are the labels.
    """
    matrix = matrix.rename(index=label, columns=label)
    _, axes = canvas(title, subtitle, source, height=0.4 * len(matrix) + 1.1)
    with mpl.rc_context(RC):
        seaborn.heatmap(
            matrix,
            mask=matrix == 0,
            annot=True,
            fmt="d",
            cmap="Blues",
            vmin=-1,
            vmax=int(matrix.to_numpy().max()) + 1,
            cbar=False,
            linewidths=0.5,
            linecolor="#CCCCCC",
            ax=axes,
        )
        axes.set(xlabel="", ylabel="")
        axes.set_xticklabels([textwrap.fill(str(name), 14) for name in matrix.columns], rotation=0)
        axes.set_yticklabels([str(name) for name in matrix.index], rotation=0)
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelsize=SMALL)
    cells = [
        tr("{row} and {column}: {number}", row=row, column=column, number=matrix.loc[row, column])
        for row in matrix.index
        for column in matrix.columns
        if matrix.loc[row, column]
    ]
    describe(axes, cells)
    return axes


def plot_table(
    table: pd.DataFrame, title: str, subtitle: str, source: str, shaded: list[bool]
) -> Axes:
    """Draw a table of short texts, one line a row of the table.

    table : DataFrame
        Texts; index and columns are the headings. An empty text is drawn as a dash.
    shaded : list of bool
        Which lines to set off by a shade.
    """
    columns = len(table.columns) + 1
    wide = 8 / columns - 0.1  # inches
    names = [wrapped(str(name), wide, SMALL, "bold") for name in table.index]
    cells = [[wrapped(text or "–", wide, SMALL) for text in texts] for texts in table.to_numpy()]
    lines = [
        max(text.count("\n") + 1 for text in (name, *texts))
        for name, texts in zip(names, cells, strict=True)
    ]
    edges = [0.0, *itertools.accumulate(LINE * number + 0.12 for number in lines)]  # inches
    _, axes = canvas(title, subtitle, source, height=edges[-1] + 0.3)
    with mpl.rc_context(RC):
        for place, name in enumerate(names):
            top, bottom = edges[place : place + 2]
            if shaded[place]:
                axes.axhspan(top, bottom, color=PALE, gid="shade")
            axes.axhline(top, color="#DDDDDD", linewidth=0.6)
            look = {"va": "center", "fontsize": SMALL, "color": INK}
            axes.text(0, (top + bottom) / 2, name, fontweight="bold", **look)
            for column, text in enumerate(cells[place], start=1):
                axes.text(column, (top + bottom) / 2, text, **look)
        for column, heading in enumerate(table.columns, start=1):
            axes.text(
                column, -0.15, localized_text(heading), va="center", fontsize=10, fontweight="bold"
            )
        axes.set(xlim=(-0.02, columns), ylim=(edges[-1], -0.3))
        axes.set_axis_off()
    names = [localized_text(name) for name in table.columns]
    describe(
        axes,
        [
            f"{row}: "
            + ", ".join(
                f"{name}: {text or tr('nothing')}" for name, text in zip(names, texts, strict=True)
            )
            for row, texts in zip(table.index, table.to_numpy(), strict=True)
        ],
    )
    return axes


def _box(axes: Axes, x: float, y: float, text: str, width: int) -> None:
    """Write text into a box, broken into lines of at most `width` letters."""
    axes.text(
        x,
        y,
        textwrap.fill(text, width),
        ha="center",
        va="center",
        fontsize=SMALL,
        color=INK,
        bbox={"boxstyle": "round,pad=0.45", "facecolor": PALE, "edgecolor": VALUE},
    )
