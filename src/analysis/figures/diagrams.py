"""Drawings without a numeric axis: an order, a diagram of elements, a matrix."""

import itertools
import textwrap
from collections.abc import Mapping, Sequence

import matplotlib as mpl
import pandas as pd
import seaborn
from matplotlib.axes import Axes

from analysis.arguments import (
    check_flag,
    check_sequence,
    check_text,
    check_texts,
    check_whole_table,
    kind_of,
)
from analysis.figures.room import (
    edge,
    fitted,
    fix_axes,
    names_width,
    stack_rows,
    text_height,
    text_width,
    write,
)
from analysis.figures.style import (
    INK,
    PALE,
    UNKNOWN,
    VALUE,
    canvas,
    check_colours,
    describe,
    drawing,
    house_style,
    layout,
    name_rows,
    piece_looks,
    row_height,
    wrapped,
)
from analysis.figures.units import column_heads, heads_height, write_heads
from analysis.language.current import label, localized_text, tr


@drawing
def plot_order(labels: list[str], title: str, subtitle: str, source: str) -> Axes:
    """Draw options in their printed order as a numbered list: the order, and no lengths.

    labels : list of str
        The options, the first named first.

    Raises TypeError or ValueError that names the argument.

    >>> axes = plot_order(["content", "country"], "Content first", "Reasons", "Source: article")
    >>> axes.figure.get_label()
    'Content first. Reasons. 1: content; 2: country.'
    """
    labels = check_texts(labels, "labels")
    side = text_width(f"{len(labels)}.", weight="bold") + 0.12
    names = [fitted(text, layout().width - 2 * edge() - side) for text in labels]
    tops = [0.0, *itertools.accumulate(text_height(name) + 0.1 for name in names)]
    _, axes = canvas(title, subtitle, source, height=tops[-1] + 0.05)
    fix_axes(axes)
    axes.set(ylim=(tops[-1] + 0.05, 0))
    axes.set_axis_off()
    for place, (name, top) in enumerate(zip(names, tops, strict=False), start=1):
        number = {"ha": "right", "fontweight": "bold", "color": VALUE, "gid": "place"}
        write(axes, side - 0.12, top + 0.05, f"{place}.", va="top", **number)
        write(axes, side, top + 0.05, name, va="top", gid="name")
    describe(axes, [f"{place}: {text}" for place, text in enumerate(labels, start=1)])
    axes.figure.drawn = pd.DataFrame({"place": range(1, len(labels) + 1), "label": labels})
    return axes


@drawing
def plot_diagram(
    root: str, branches: dict[str, list[str]], title: str, subtitle: str, source: str
) -> Axes:
    """Draw one element on top and others below it, in columns with a heading.

    root : str
        What the others follow from.
    branches : dict of str to list of str
        Heading and elements of each column, from left to right.

    Raises TypeError or ValueError that names the argument.

    >>> branches = {"at home": ["people stay"], "abroad": ["funds", "students"]}
    >>> axes = plot_diagram("reputation", branches, "What follows", "Elements", "Source: article")
    >>> axes.figure.get_label()
    'What follows. Elements. reputation; at home: people stay; abroad: funds, students.'
    """
    check_text(root, "root")
    columns = [
        (localized_text(name), list(map(localized_text, names)))
        for name, names in _branches(branches).items()
    ]
    wide = layout().width - 2 * edge()
    beside = len(columns) if wide / len(columns) >= 1.5 else 1
    step = wide / beside
    blocks = [_block(name, names, step - 0.3) for name, names in columns]
    rows = [blocks[k : k + beside] for k in range(0, len(blocks), beside)]
    tops = [0.0, *itertools.accumulate(max(map(_block_height, row)) + 0.22 for row in rows)]
    name = fitted(root, wide - 0.4, weight="bold")
    start = text_height(name) + 0.55
    _, axes = canvas(title, subtitle, source, height=start + tops[-1])
    fix_axes(axes)
    axes.set(xlim=(0, wide), ylim=(start + tops[-1], 0))
    axes.set_axis_off()
    box = {"boxstyle": "round,pad=0.45", "facecolor": PALE, "edgecolor": VALUE}
    centre = wide / 2 if beside > 1 else text_width(name, weight="bold") / 2 + 0.1
    style = {"ha": "center", "fontweight": "bold", "bbox": box}
    write(axes, centre, 0.1 + text_height(name) / 2, name, **style)
    places = [
        (step * k, start + top, block)
        for row, top in zip(rows, tops, strict=False)
        for k, block in enumerate(row)
    ]
    _draw_tree(axes, centre, text_height(name) + 0.18, [(x + 0.1, top) for x, top, _ in places])
    for left, top, block in places:
        _write_block(axes, left + 0.2, top, block)
    said = [f"{heading}: {', '.join(names)}" for heading, names in columns]
    describe(axes, [root, *said])
    pairs = [(heading, name) for heading, names in columns for name in names]
    axes.figure.drawn = pd.DataFrame(pairs, columns=["heading", "element"])
    return axes


def _block(name: str, names: list[str], room: float) -> tuple[str, list[str]]:
    """Return the heading of a column and its elements, on lines that fit the room."""
    return fitted(name, room, weight="bold"), [fitted(each, room - 0.12) for each in names]


def _block_height(block: tuple[str, list[str]]) -> float:
    """Return the height of a column, in inches."""
    heading, names = block
    return text_height(heading) + 0.06 + sum(text_height(name) + 0.05 for name in names)


def _write_block(axes: Axes, x: float, top: float, block: tuple[str, list[str]]) -> None:
    """Write the heading of a column and its elements below it."""
    heading, names = block
    write(axes, x, top, heading, va="top", fontweight="bold", gid="heading")
    top += text_height(heading) + 0.06
    for name in names:
        write(axes, x, top, "–", va="top", color=UNKNOWN, gid="dash")
        write(axes, x + 0.12, top, name, va="top", gid="element")
        top += text_height(name) + 0.05


def _draw_tree(axes: Axes, x: float, top: float, ends: list[tuple[float, float]]) -> None:
    """Draw lines from the root to the headings of the columns."""
    style = {"color": VALUE, "linewidth": 1.2, "solid_joinstyle": "miter", "zorder": 0}
    middle, line = top + 0.12, layout().line / 2
    axes.plot([x, x], [top - 0.05, middle], **style)
    axes.plot([min(x, ends[0][0]), max(x, *(end for end, _ in ends))], [middle, middle], **style)
    for end, height in ends:
        axes.plot([end, end, end + 0.06], [middle, height + line, height + line], **style)


def _branches(branches: dict[str, list[str]]) -> dict[str, list[str]]:
    if not isinstance(branches, Mapping):
        wanted = 'headings with their elements, such as {"at home": ["people stay"]}'
        raise TypeError(f"branches: wanted {wanted}; got {kind_of(branches)}")
    if not branches:
        raise ValueError("branches: wanted at least one heading; got none")
    return {
        check_text(heading, "branches"): check_texts(elements, f"branches[{heading!r}]")
        for heading, elements in branches.items()
    }


@drawing
def plot_matrix(matrix: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw a table of counts: the darker the cell, the larger the count; zero is empty.

    matrix : DataFrame
        Whole numbers; index and columns are the labels.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> matrix = pd.DataFrame({"a": [0, 3], "b": [1, 0]}, index=["policy", "funds"])
    >>> axes = plot_matrix(matrix, "Policy once", "Mentions; n = 4", "Source: article")
    >>> axes.figure.get_label()
    'Policy once. Mentions; n = 4. policy and b: 1; funds and a: 3.'
    """
    matrix = check_whole_table(matrix, "matrix").rename(index=label, columns=label)
    numbers, wide = matrix.to_numpy(), layout().width - 2 * edge()
    blank = [""] * len(matrix)
    rows = stack_rows(matrix.index, blank, blank, blank, wide, least=1.9 * layout().line)
    side = names_width(rows)
    step = min((wide - side) / len(matrix.columns), 1.3)
    heads, turned = column_heads(matrix.columns, step)
    above = heads_height(heads, turned)
    _, axes = canvas(title, subtitle, source, height=above + rows.height + 0.05)
    fix_axes(axes, side, wide - side - step * len(matrix.columns), above, 0.05)
    seaborn.heatmap(
        matrix,
        mask=matrix == 0,
        annot=True,
        annot_kws={"fontsize": layout().size},
        fmt="d",
        cmap="Blues",
        vmin=-1,
        vmax=int(numbers.max()) + 1,
        cbar=False,
        linewidths=0.5,
        linecolor="#CCCCCC",
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0)
    write_heads(axes, heads, turned, step)
    axes.set_yticks(axes.get_yticks(), rows.names, rotation=0, ha="left")
    axes.tick_params(axis="y", pad=72 * side, labelsize=layout().size)
    cells = [
        tr("{row} and {column}: {number}", row=row, column=column, number=number)
        for row, counts in zip(matrix.index, numbers, strict=True)
        for column, number in zip(matrix.columns, counts, strict=True)
        if number
    ]
    describe(axes, cells)
    return axes


@drawing
def plot_grid(
    cells: pd.DataFrame, title: str, subtitle: str, source: str, colours: Mapping[str, str]
) -> Axes:
    """Draw a table of few words as coloured cells, one line a row; an empty text stays empty.

    cells : DataFrame
        Texts; index and columns are the labels.
    colours : mapping of str to str
        A colour a word, such as "#005a8f"; each has a hatch of its own, so that they differ in
        grey too.

    Raises TypeError or ValueError that names the argument.

    >>> cells = pd.DataFrame({"cut": ["yes", ""], "rounded": ["no", "yes"]}, index=["a", "b"])
    >>> colours = {"yes": "#005a8f", "no": "#f0d58c"}
    >>> axes = plot_grid(cells, "It depends", "Ways to round", "Source: article", colours)
    >>> axes.figure.get_label()
    'It depends. Ways to round. a: cut: yes, rounded: no; b: rounded: yes.'
    """
    rows, columns, texts = _texts(cells, "cells")
    colours = check_colours(colours, {text for line in texts for text in line} - {""}, "cells")
    looks = dict(zip(colours, piece_looks(list(colours.values())), strict=True))
    _, axes = canvas(title, subtitle, source, height=row_height(rows, 0.27) * len(rows) + 1.5)
    with mpl.rc_context(house_style()):
        for place, line in enumerate(texts):
            for column, text in enumerate(line):
                if text:
                    axes.barh(place, 0.94, left=column + 0.03, height=0.86, lw=0.6, **looks[text])
        name_rows(axes, rows)
        axes.set_xlim(0, len(columns))
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0, labelsize=layout().size)
        places = [column + 0.3 for column in range(len(columns))]
        axes.set_xticks(places, map(label, columns), rotation=30, ha="left")
        axes.spines[:].set_visible(False)
        marks = [mpl.patches.Patch(label=label(word), **look) for word, look in looks.items()]
        axes.legend(handles=marks, loc="upper left", bbox_to_anchor=(0, 0), ncols=4, frameon=False)
    describe(axes, [_said_line(*each, columns) for each in zip(rows, texts, strict=True)])
    return axes


def _said_line(row: str, line: Sequence[str], columns: Sequence[str]) -> str:
    """Return what one line of a grid says in the alternative text."""
    cells = zip(columns, line, strict=True)
    said = [f"{label(column)}: {label(text)}" for column, text in cells if text]
    return f"{label(row)}: {', '.join(said)}"


@drawing
def plot_table(
    table: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    shaded: Sequence[bool] | None = None,
) -> Axes:
    """Draw a table of short texts, one line a row of the table.

    table : DataFrame
        Texts; index and columns are the headings. An empty text is drawn as a dash.
    shaded : sequence of bool or None
        Which lines to set off by a shade, as many as there are; none without it.

    Raises TypeError or ValueError that names the argument.

    >>> table = pd.DataFrame({"before": ["two", ""], "after": ["three", "one"]}, index=["a", "b"])
    >>> axes = plot_table(table, "More after", "Points", "Source: article", shaded=[True, False])
    >>> axes.figure.get_label()
    'More after. Points. a: before: two, after: three; b: before: nothing, after: one.'
    """
    rows, columns, texts = _texts(table, "table")
    shaded = _shades(shaded, len(rows))
    wide = layout().width / (len(columns) + 1) - 0.1  # inches
    names = [wrapped(name, wide, layout().size, "bold") for name in rows]
    cells = [[wrapped(text or "–", wide, layout().size) for text in row] for row in texts]
    lines = [
        max(text.count("\n") + 1 for text in (name, *row))
        for name, row in zip(names, cells, strict=True)
    ]
    edges = [
        0.0,
        *itertools.accumulate(layout().line * number + 0.12 for number in lines),
    ]  # inches
    _, axes = canvas(title, subtitle, source, height=edges[-1] + 0.3)
    headings = [localized_text(name) for name in columns]
    with mpl.rc_context(house_style()):
        for place, (top, bottom) in enumerate(itertools.pairwise(edges)):
            if shaded[place]:
                axes.axhspan(top, bottom, color=PALE, gid="shade")
            axes.axhline(top, color="#DDDDDD", linewidth=0.6)
            _write_line(axes, (top + bottom) / 2, names[place], cells[place])
        for column, heading in enumerate(headings, start=1):
            axes.text(column, -0.15, heading, va="center", fontsize=10, fontweight="bold")
        axes.set(xlim=(-0.02, len(columns) + 1), ylim=(edges[-1], -0.3))
        axes.set_axis_off()
    said = [
        ", ".join(
            f"{name}: {text or tr('nothing')}" for name, text in zip(headings, row, strict=True)
        )
        for row in texts
    ]
    describe(axes, [f"{name}: {row}" for name, row in zip(rows, said, strict=True)])
    return axes


def _texts(table: pd.DataFrame, name: str) -> tuple[list[str], list[str], list[list[str]]]:
    """Return headings of the rows, of the columns, and the cells of a table, all as text."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name}: wanted a table of texts; got {kind_of(table)}")
    if table.empty:
        raise ValueError(f"{name}: wanted a table of texts; it has no cell")
    cells = table.to_numpy(dtype=object)
    texts = [["" if pd.isna(cell) else str(cell) for cell in row] for row in cells]
    return list(map(str, table.index)), list(map(str, table.columns)), texts


def _shades(shaded: Sequence[bool] | None, rows: int) -> list[bool]:
    shades = (
        [False] * rows if shaded is None else check_sequence(shaded, "shaded", "True and False")
    )
    if len(shades) != rows:
        raise ValueError(f"shaded: wanted {rows} values, one a row of table; got {len(shades)}")
    return [check_flag(shade, f"shaded[{place}]") for place, shade in enumerate(shades)]


def _write_line(axes: Axes, height: float, name: str, cells: list[str]) -> None:
    """Write one line of a table: its name in bold, then its cells."""
    for column, text in enumerate([name, *cells]):
        weight = "normal" if column else "bold"
        axes.text(
            column, height, text, va="center", fontsize=layout().size, color=INK, fontweight=weight
        )


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": INK})


def _box(axes: Axes, x: float, y: float, text: str, width: int) -> None:
    """Write text into a box, broken into lines of at most `width` letters."""
    axes.text(
        x,
        y,
        textwrap.fill(text, width),
        ha="center",
        va="center",
        fontsize=layout().size,
        color=INK,
        bbox={"boxstyle": "round,pad=0.45", "facecolor": PALE, "edgecolor": VALUE},
    )
