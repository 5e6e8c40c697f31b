"""Drawings of counts and of ranges."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.arguments import (
    check_choice,
    check_flag,
    check_table,
    check_text,
    check_whole_table,
    quoted,
)
from analysis.figures.style import (
    INK,
    PALE,
    REFERENCE,
    UNKNOWN,
    VALUE,
    canvas,
    check_colours,
    describe,
    drawing,
    house_style,
    ink_on,
    layout,
    legend_columns,
    line_width,
    name_rows,
    piece_looks,
    ramp,
    row_height,
    said_rows,
    write_beside,
)
from analysis.language.current import label, localized_text, number

AT_LEAST = frozenset({"more than", "at least"})
NARROW = 0.03  # of the longest bar: a piece below it has no room for its number


@drawing
def plot_counts(
    counts: pd.DataFrame, title: str, subtitle: str, source: str, log: bool = False
) -> Axes:
    """Draw one bar a count; an open arrow at the end where the text says "more than".

    counts : DataFrame
        One row a count: `label`, `number`; optional `text` (as shown; else the number itself)
        and `qualifier` (such as "more than"; empty for an exact number).
    log : bool
        Draw on a logarithmic axis, for counts that differ by orders of magnitude. Dots then
        take the place of bars, whose lengths would mean nothing; every number is above 0.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> counts = pd.DataFrame({"label": ["grants", "projects"], "number": [4, 21]})
    >>> axes = plot_counts(counts, "21 projects", "Projects and grants", "Source: report, p. 3")
    >>> axes.figure.get_label()
    '21 projects. Projects and grants. grants: 4; projects: 21.'
    """
    counts = _counts(counts, check_flag(log, "log"))
    _, axes = canvas(
        title, subtitle, source, height=row_height(counts["label"]) * len(counts) + 0.5
    )
    with mpl.rc_context(house_style()):
        for place, row in enumerate(counts.itertuples()):
            if log:
                axes.plot(row.number, place, "o", color=VALUE, markersize=9, gid="value")
            else:
                axes.barh(place, row.number, height=0.62, color=VALUE, gid="value")
            if row.qualifier in AT_LEAST:
                write_beside(
                    axes, row.number, place, "→", 3, color=REFERENCE, fontsize=13, gid="open"
                )
            points = 20 if row.qualifier else 6
            write_beside(axes, row.number, place, localized_text(row.text), points)
        name_rows(axes, counts["label"])
        _count_axis(axes, counts["number"], log)
    describe(axes, said_rows(counts))
    return axes


def _counts(counts: pd.DataFrame, log: bool) -> pd.DataFrame:
    """Return the table of counts checked, with the number as text where no text is given."""
    texts = ["label", "text", "qualifier"]
    told = isinstance(counts, pd.DataFrame) and "text" in counts
    counts = check_table(counts, "counts", texts, ["number"], optional=["text", "qualifier"])
    for row, value in enumerate(counts["number"]):
        if not (value > 0 if log else value >= 0):
            wanted = "more than 0 on a logarithmic axis" if log else "0 or more"
            raise ValueError(f"counts, column number: wanted {wanted}; got {value:g} at {row}")
    return counts if told else counts.assign(text=[number(n, ".12g") for n in counts["number"]])


def _count_axis(axes: Axes, numbers: pd.Series, log: bool) -> None:
    if not log:
        axes.set_xlim(0, max(numbers.max(), 1) * 1.25)
        return
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: number(value, ",.0f"))
    axes.xaxis.set_minor_formatter(mpl.ticker.NullFormatter())
    axes.grid(axis="x", color="#DDDDDD")
    axes.set_axisbelow(True)
    axes.set_xlim(numbers.min() / 2, numbers.max() * 12)


@drawing
def plot_ranges(ranges: pd.DataFrame, title: str, subtitle: str, source: str, unit: str) -> Axes:
    """Draw one box a quantity, from its least to its greatest value.

    ranges : DataFrame
        One row a quantity: `label`, `low`, `high`; optional `text` (as shown; else both ends)
        and `value`, drawn as a mark (a number that stands in the document).
    unit : str
        What the axis counts.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> ranges = pd.DataFrame({"label": ["bachelor"], "low": [1.5], "high": [1.8]})
    >>> axes = plot_ranges(ranges, "1.5 to 1.8", "Credits", "Source: report", unit="credits")
    >>> axes.figure.get_label()
    '1.5 to 1.8. Credits. bachelor: 1.5–1.8.'
    """
    ranges = _ranges(ranges)
    check_text(unit, "unit")
    _, axes = canvas(
        title, subtitle, source, height=row_height(ranges["label"], 0.46) * len(ranges) + 0.8
    )
    with mpl.rc_context(house_style()):
        for place, row in enumerate(ranges.itertuples()):
            axes.barh(
                place,
                row.high - row.low,
                left=row.low,
                height=0.5,
                color=PALE,
                edgecolor=VALUE,
                linewidth=1.3,
                gid="range",
            )
            if not pd.isna(row.value):
                axes.plot(row.value, place, "D", color=REFERENCE, markersize=7, gid="value")
            end = row.high if pd.isna(row.value) else max(row.high, row.value)
            write_beside(axes, end, place, localized_text(row.text), 9)
        name_rows(axes, ranges["label"])
        axes.set_xlabel(unit, fontsize=layout().size, color=INK)
        axes.set_xlim(0, 1.3 * ranges["high"].max() or 1)
    describe(axes, said_rows(ranges))
    return axes


def _ranges(ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the table of ranges checked, with both ends as text where no text is given."""
    told = isinstance(ranges, pd.DataFrame) and "text" in ranges
    ranges = check_table(
        ranges, "ranges", ["label", "text"], ["low", "high", "value"], optional=["text", "value"]
    )
    for row in ranges.itertuples():
        if not row.low <= row.high:
            ends = f"{row.low:g}, {row.high:g}"
            raise ValueError(f"ranges: wanted low up to high; got {ends} for {quoted(row.label)}")
    ends = [f"{number(row.low, '.12g')}–{number(row.high, '.12g')}" for row in ranges.itertuples()]
    return ranges if told else ranges.assign(text=ends)


@drawing
def plot_stacked(
    counts: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    unknown: str | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one bar a row, made of one piece a column, each piece with its number.

    The number of a narrow piece stands above it, at the end of a line where there is no room.

    counts : DataFrame
        Whole numbers; the index labels the bars, the columns the pieces, however many, in
        their order: from dark to light.
    unknown : str or None
        The column that says nothing of the order ("not sure"): it is hatched.
    colours : mapping of str to str or None
        A colour a column, such as "#005a8f", instead of those from dark to light; each then has a
        hatch of its own, so that they differ in grey too.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> counts = pd.DataFrame({"yes": [40, 31], "no": [20, 29]}, index=["first", "second"])
    >>> axes = plot_stacked(counts, "Most say yes", "Answers; n = 60", "Source: own survey")
    >>> axes.figure.get_label()
    'Most say yes. Answers; n = 60. first: 40 yes, 20 no; second: 31 yes, 29 no.'
    """
    counts = check_whole_table(counts, "counts")
    if unknown is not None:
        check_choice(unknown, "unknown", list(counts.columns))
    looks = _piece_styles(list(counts.columns), unknown, colours)
    names, bars = [label(name) for name in counts.columns], [label(name) for name in counts.index]
    pieces = counts.to_numpy()
    columns = legend_columns(names)
    _, axes = canvas(
        title, subtitle, source, height=0.5 * len(bars) + 0.8 + 0.2 * -(-len(names) // columns)
    )
    with mpl.rc_context(house_style()):
        start, most = pieces[:, 0] * 0, max(1, int(pieces.sum(axis=1).max()))
        for name, numbers, style in zip(names, pieces.T, looks, strict=True):
            _draw_piece(axes, name, start, numbers, style, most)
            start = start + numbers
        name_rows(axes, counts.index)
        axes.set_xlim(0, most * 1.02)
        axes.legend(
            loc="upper center",
            bbox_to_anchor=(0.5, -0.25 / (0.5 * len(bars))),
            ncols=columns,
            frameon=False,
            fontsize=layout().size,
        )
        _number_narrow_pieces(axes, pieces, most)
    describe(
        axes,
        [
            f"{bar}: " + ", ".join(f"{n} {name}" for n, name in zip(row, names, strict=True))
            for bar, row in zip(bars, pieces, strict=True)
        ],
    )
    return axes


def _piece_styles(
    columns: list[str], unknown: str | None, colours: Mapping[str, str] | None
) -> list[dict]:
    """Return how each column is drawn: its own colour and hatch, or colours from one ramp."""
    if colours is not None:
        colours = check_colours(colours, columns, "counts")
        return piece_looks([colours[column] for column in columns])
    grounds = iter(ramp(len(columns) - (unknown in columns)))
    return [
        {"facecolor": "white", "edgecolor": UNKNOWN, "hatch": "////"}
        if column == unknown
        else {"facecolor": next(grounds), "edgecolor": "white"}
        for column in columns
    ]


def _draw_piece(axes: Axes, name: str, start, numbers, style: dict, most: int) -> None:
    """Draw one piece of every bar, with its number inside where it is wide enough."""
    places, ground = range(len(numbers)), style["facecolor"]
    bars = axes.barh(places, numbers, left=start, height=0.62, linewidth=0.8, label=name, **style)
    for bar, counted in zip(bars, numbers, strict=True):
        if counted >= NARROW * most:
            middle, centre = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
            text = axes.text(middle, centre, str(counted), ha="center", va="center")
            text.set(color=ink_on(ground), fontsize=layout().size)
            text.set_bbox({"facecolor": ground, "lw": 0, "pad": 1.2})


def _number_narrow_pieces(axes: Axes, pieces: np.ndarray, most: int) -> None:
    """Write the numbers of narrow pieces above their bars, side by side, each with a line to it."""
    axes.figure.draw_without_rendering()  # only then is the width of the axes known
    letter = (
        line_width("0", layout().size)
        * most
        * 1.02
        / (axes.get_window_extent().width * 72 / axes.figure.dpi)
    )
    for place, numbers in enumerate(pieces):
        ends = numbers.cumsum()
        narrow = [k for k, number in enumerate(numbers) if 0 < number < NARROW * most]
        middles = [float(ends[k] - numbers[k] / 2) for k in narrow]
        widths = [letter * (len(str(numbers[k])) + 1) for k in narrow]
        for k, middle, x in zip(narrow, middles, apart(middles, widths), strict=True):
            axes.plot([middle, x], [place - 0.31, place - 0.36], color=UNKNOWN, lw=0.7, gid="line")
            axes.text(
                x, place - 0.37, str(numbers[k]), ha="center", va="bottom", fontsize=layout().size
            )


def apart(middles: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Return where texts stand that shall not touch: each as near to its middle as it can be.

    middles, widths : sequence of float
        From left to right; none goes below 0.

    >>> apart([1, 2, 9], [2, 2, 2])
    [1.0, 3.0, 9.0]
    """
    places, free = [], 0.0
    for middle, width in zip(middles, widths, strict=True):
        places.append(max(float(middle), free + width / 2))
        free = places[-1] + width / 2
    return places
