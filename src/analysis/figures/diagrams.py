"""Drawings without a numeric axis: an order, a diagram of elements, a matrix."""

import itertools
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.arguments import check_text, check_texts, check_whole_table, kind_of
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
    PALE,
    UNKNOWN,
    VALUE,
    canvas,
    describe,
    drawing,
    layout,
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
    import seaborn

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
