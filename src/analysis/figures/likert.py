"""The drawing of answers on a scale: one bar an item, to both sides of the middle of the scale."""

from collections.abc import Iterator, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from analysis.arguments import check_choice, check_sequence, check_whole_table
from analysis.figures.room import GAP, NOTE, fitted, small, text_height, text_width, write
from analysis.figures.rows import Chart, open_chart, tick_step
from analysis.figures.style import INK, UNKNOWN, describe, drawing, ink_on, layout
from analysis.language.current import label, number, tr

MIDDLE = "#EDEDED"  # neither one side nor the other
SIDES = {  # from dark to light
    "left": ["#3A1200", "#A63C00", "#E58A4B", "#FDEBDD"],
    "right": ["#00233F", "#005A8F", "#5BA3D0", "#E3F1FA"],
}
DARK, LIGHT = 26.0, 80.0  # lightness (CIELAB) of the outermost and of the innermost pieces


@drawing
def plot_likert(
    points: pd.DataFrame, title: str, subtitle: str, source: str, outside: Sequence[str] = ()
) -> Axes:
    """Draw one bar an item, made of one piece a point of its scale, around the middle of the scale.

    The middle point of an odd scale lies half on either side. A piece with room has its percentage.

    points : DataFrame
        How many people chose each point (or sums of their weights): the index names the items, the
        columns the points, two or more, from one end of the scale to the other.
    outside : sequence of str
        Columns that are no point of the scale, such as "not sure": they belong to no base and to no
        bar; how many people they are stands at the right.

    The base of an item is who chose one of its points. Raises TypeError or ValueError that names
    the argument, the column and the row.

    >>> points = pd.DataFrame(
    ...     {"rarely": [10, 0], "often": [30, 25], "not sure": [2, 0]}, ["books", "papers"]
    ... )
    >>> words = "Most read", "What is read", "Source: own survey"
    >>> axes = plot_likert(points, *words, outside=["not sure"])
    >>> axes.figure.get_label()
    'Most read. What is read. books, n = 40: rarely 25 %, often 75 %, not sure 2; papers, n = 25: rarely 0 %, often 100 %, not sure 0.'
    """  # noqa: E501
    points = check_whole_table(points, "points", whole=False)
    names, apart = _parted(points, outside)
    others = points.loc[:, apart]
    shares, bases = _shares(points.loc[:, ~apart])
    looks = piece_looks(len(names))
    columns = _columns(bases, others)
    key = list(zip(map(label, names), looks, strict=True))
    axis = _axis_name(len(names))
    chart = _chart(points, key, (title, subtitle, source), columns, axis)
    _axis(chart, _ends(shares), axis)
    for place, row in zip(chart.rows.marks, shares, strict=True):
        _bar(chart, place, row, looks)
    _write_columns(chart, columns)
    chart.axes.figure.drawn = points
    describe(chart.axes, list(_said(names, shares, bases, others)))
    return chart.axes


def _parted(points: pd.DataFrame, outside: Any) -> tuple[list[str], np.ndarray]:
    """Return the points of the scale, and which columns stand outside the base."""
    others = check_sequence(outside, "outside", 'texts, such as ["not sure"]')
    for name in others:
        check_choice(name, "outside", list(points.columns))
    apart = points.columns.isin(others)
    names = list(points.columns[~apart])
    if len(names) < 2:
        got = ", ".join(names) or "none"
        raise ValueError(f"points: wanted two points of a scale or more; got {got}")
    return names, apart


def _shares(points: pd.DataFrame) -> tuple[np.ndarray, list[float]]:
    """Return the percentages of each item, 0 where nobody answered, and its base."""
    counts = points.to_numpy(dtype=float)
    bases = counts.sum(axis=1)
    return 100 * counts / np.where(bases > 0, bases, 1)[:, None], bases.tolist()


def diverging(points: int) -> list[str]:
    """Return colours for the points of a scale, from one end over the middle to the other.

    Orange and blue, which colour-blind readers tell apart, dark at the ends; no two points have the
    same lightness, so that they differ in grey too.

    >>> diverging(3)[1], len(set(diverging(11)))
    ('#EDEDED', 11)
    """
    half = points // 2
    apart = 20.0 if half == 1 else min(10.0, (LIGHT - DARK) / (2 * half - 1))
    right = np.linspace(DARK, LIGHT - apart, half) if half > 1 else [DARK + 10]
    left = [_shade("left", lightness + apart) for lightness in right]
    middle = [MIDDLE] if points % 2 else []
    return [*left, *middle, *reversed([_shade("right", each) for each in right])]


def _shade(side: str, lightness: float) -> str:
    """Return the colour of a side that has a lightness."""
    shades = mpl.colors.LinearSegmentedColormap.from_list("", SIDES[side])
    places = np.linspace(0, 1, 101)
    place = np.interp(lightness, [_lightness(shades(each)) for each in places], places)
    return mpl.colors.to_hex(shades(place))


def _lightness(colour: Any) -> float:
    """Return the lightness of a colour in CIELAB, from 0 to 100."""
    rgb = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return 116 * np.cbrt(linear @ (0.2126, 0.7152, 0.0722)) - 16


def piece_looks(points: int) -> list[dict[str, str]]:
    """Return how the pieces of a scale are drawn."""
    return [{"facecolor": colour, "edgecolor": "white"} for colour in diverging(points)]


def _ends(shares: np.ndarray) -> tuple[float, float]:
    """Return how far the bars reach to the left and to the right of the middle, in percent."""
    half = shares.shape[1] // 2
    middle = shares[:, half : shares.shape[1] - half].sum(axis=1) / 2
    left = (shares[:, :half].sum(axis=1) + middle).max()
    right = (shares[:, shares.shape[1] - half :].sum(axis=1) + middle).max()
    return (left, right) if left + right else (50.0, 50.0)


def _columns(bases: Sequence[float], others: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return the columns at the right: n, and how many people stand outside the base."""
    columns = [(tr("n"), [number(base, ",.0f") for base in bases])]
    if others.columns.empty:
        return columns
    people = [number(each, ",.0f") for each in others.sum(axis=1)]
    return [*columns, (", ".join(map(label, others.columns)), people)]


def _chart(
    points: pd.DataFrame, key: list, words: tuple[str, str, str], columns: list, axis: str
) -> Chart:
    """Return a chart of the items with room for the columns at the right and their heads."""
    rows = pd.DataFrame({"label": points.index, "text": "", "note": "", "group": ""})
    lines = sum(text_height(head, small()) for head in _heads(columns)) + 0.06
    room = GAP + sum(_widths(columns))
    head, below = lines / layout().line, 2.7 + axis.count("\n")
    return open_chart(rows, key, words, False, below, head, tall=2.3, right=room)


def _widths(columns: list[tuple[str, list[str]]]) -> list[float]:
    """Return the widths of the columns, in inches: those of their numbers, and of a short head."""
    most = 0.13 * layout().width
    widths = [max(text_width(text) for text in texts) for _, texts in columns]
    heads = [text_width(head, small()) for head, _ in columns]
    return [
        max(width, head if head <= most else 0) + 0.12 * bool(place)
        for place, (width, head) in enumerate(zip(widths, heads, strict=True))
    ]


def _heads(columns: list[tuple[str, list[str]]]) -> list[str]:
    """Return the lines of heads: a long one stands above the other, else they share one line."""
    (first, _), *others = columns
    wide = [head for head, _ in others if text_width(head, small()) > 0.13 * layout().width]
    return [*(fitted(head, 0.6 * layout().width, small()) for head in wide), first]


def _write_columns(chart: Chart, columns: list[tuple[str, list[str]]]) -> None:
    """Write the columns at the right of the bars, flush with their heads."""
    *above, _ = _heads(columns)
    right, low = chart.width + GAP, -0.03
    for place, ((head, texts), width) in enumerate(zip(columns, _widths(columns), strict=True)):
        right += width
        apart = bool(place and above)
        look = {"ha": "right", "va": "bottom", "fontsize": small(), "color": NOTE, "gid": "head"}
        lift = text_height("x", small()) * apart
        write(chart.axes, right, low - lift, above[0] if apart else head, **look)
        for mark, text in zip(chart.rows.marks, texts, strict=True):
            write(chart.axes, right, mark, text, ha="right", gid="text")


def _axis_name(points: int) -> str:
    """Return what the axis counts, on lines."""
    text = tr("% of respondents; the middle answer half on either side")
    return fitted(text if points % 2 else tr("% of respondents"), 0.6 * layout().width)


def _axis(chart: Chart, ends: tuple[float, float], axis: str) -> None:
    """Name the axis from the middle to both sides, and draw the line of the middle."""
    left, right = ends
    chart.finish(right, -left, rule=False)
    step = tick_step([10, 20, 25, 50, 100], chart.width, left + right, "100")
    first = -step * (left // step)
    chart.axes.set_xticks(np.arange(first, right + 1e-9, step))
    chart.axes.xaxis.set_major_formatter(FuncFormatter(lambda each, _: number(abs(each), ".0f")))
    chart.axes.set_xlabel(axis, fontsize=layout().size, color=INK)
    chart.axes.axvline(0, color=UNKNOWN, linewidth=0.8, zorder=0, gid="middle")


def _bar(chart: Chart, place: float, shares: np.ndarray, looks: list[dict]) -> None:
    """Draw the bar of one item: its pieces, with their percentages where there is room."""
    half, tall = len(shares) // 2, 1.3 * layout().line
    start = -shares[:half].sum() - shares[half : len(shares) - half].sum() / 2
    there = [(share, look) for share, look in zip(shares, looks, strict=True) if share]
    for share, look in there:
        style = {"linewidth": 0.8, "gid": "value", "clip_on": False} | look
        chart.axes.add_patch(Rectangle((start, place - tall / 2), share, tall, **style))
        _percentage(chart, start + share / 2, place, share, look["facecolor"])
        start += share


def _percentage(chart: Chart, middle: float, place: float, share: float, ground: str) -> None:
    """Write the percentage of a piece into it if it has room."""
    least, most = chart.axes.get_xlim()
    text, scale = number(share, ".0f"), chart.width / (most - least)
    if text_width(text) + 0.05 <= share * scale:
        style = {"ha": "center", "color": ink_on(ground), "gid": "number"}
        write(chart.axes, (middle - least) * scale, place, text, **style)


def _said(
    names: list[str], shares: np.ndarray, bases: list[float], others: pd.DataFrame
) -> Iterator[str]:
    """Give what each item says in the alternative text."""
    rows = zip(others.index, others.to_numpy(), shares, bases, strict=True)
    for item, people, percents, base in rows:
        said = zip(names, percents, strict=True)
        told = [tr("{point} {share:.0f} %", point=label(name), share=share) for name, share in said]
        told = told if base else [tr("no answer")]
        outside = zip(others.columns, people, strict=True)
        told += [f"{label(name)} {number(each, ',.0f')}" for name, each in outside]
        yield tr("{item}, n = {n:,.0f}", item=label(item), n=base) + ": " + ", ".join(told)
