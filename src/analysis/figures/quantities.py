"""Drawings of counts, of ranges, and of many values of one quantity."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from analysis.arguments import check_flag, check_number, check_table, check_text
from analysis.failures import quoted
from analysis.figures.room import RULE, fitted, text_width
from analysis.figures.rows import Chart, open_chart, tick_step
from analysis.figures.statuses import (
    draw_mark,
    draw_ring,
    filled,
    look_of,
    said_status,
    status_key,
    with_statuses,
)
from analysis.figures.style import (
    INK,
    REFERENCE,
    SKY,
    STATUS,
    VALUE,
    Mark,
    describe,
    drawing,
    layout,
    write_beside,
)
from analysis.language.current import localized_text, number, tr

AT_LEAST = frozenset({"more than", "at least"})
TEXTS = ["label", "text", "status", "note", "group"]
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
PRINTED = Mark(INK, INK, "D")


@drawing
def plot_counts(
    counts: pd.DataFrame, title: str, subtitle: str, source: str, log: bool = False
) -> Axes:
    """Draw one bar a count; an open arrow at the end where the text says "more than".

    counts : DataFrame
        One row a count: `label`, `number`; optional `text` (as shown; else the number itself),
        `qualifier` (such as "more than"; empty for an exact number), `status` (one of
        style.STATUS, or empty: its mark stands at the end of the bar), `note` and `group`.
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
    chart, column = _count_chart(counts, (title, subtitle, source), log)
    most = _count_axis(chart, counts, log, column)
    chart.finish(most, least=counts["number"].min() / 2 if log else 0, rule=log)
    for place, text, row in zip(chart.rows.marks, chart.texts, counts.itertuples(), strict=True):
        _draw_count(chart.axes, place, row, look_of(row.status, counts["status"]), log)
        if not column:
            style = {"gid": "text", "bbox": WHITE if log else None}
            write_beside(chart.axes, row.number, place, text, _points(row, log), **style)
    if column:
        chart.write_column()
    chart.axes.figure.drawn = filled(counts)
    describe(chart.axes, [_said(row) for row in counts.itertuples()])
    return chart.axes


def _counts(counts: pd.DataFrame, log: bool) -> pd.DataFrame:
    """Return the table of counts checked, with the number as text where no text is given."""
    texts = [*TEXTS, "qualifier"]
    told = isinstance(counts, pd.DataFrame) and "text" in counts
    counts = check_table(counts, "counts", texts, ["number"], optional=texts[1:])
    for row, value in enumerate(counts["number"]):
        if not (value > 0 if log else value >= 0):
            wanted = "more than 0 on a logarithmic axis" if log else "0 or more"
            raise ValueError(f"counts, column number: wanted {wanted}; got {value:g} at {row}")
    counts = with_statuses(counts, "counts")
    return counts if told else counts.assign(text=[number(n, ".12g") for n in counts["number"]])


def _count_chart(
    counts: pd.DataFrame, words: tuple[str, str, str], log: bool
) -> tuple[Chart, bool]:
    """Return a chart, and whether the texts stand in a column: where they are long beside it."""
    key = status_key(counts["status"] if log else filter(None, counts["status"]))
    chart = open_chart(counts, key, words, column=False)
    if max(_taken(chart, counts, log, False)) < 0.45 * chart.width:
        return chart, False
    return open_chart(counts, key, words), True


def _taken(chart: Chart, counts: pd.DataFrame, log: bool, column: bool) -> list[float]:
    """Return the room that each row needs right of its number, in inches."""
    beside = [0.1 if column else text_width(text) + 0.05 for text in chart.texts]
    return [
        _points(row, log) / 72 + width
        for width, row in zip(beside, counts.itertuples(), strict=True)
    ]


def _points(row, log: bool) -> int:
    """Return how far the text stands from the end of a bar or from a dot, in points."""
    marked = 8 if log or row.status else 5
    return marked + (13 if row.qualifier in AT_LEAST else 0) + (4 if row.status else 0)


def _draw_count(axes: Axes, place: float, row, look: Mark, log: bool) -> None:
    """Draw one bar or dot, its status, and an arrow where it is only a lower bound."""
    tall = 1.05 * layout().line
    if not log:
        bar = Rectangle((0, place - tall / 2), row.number, tall, color=VALUE, lw=0, gid="value")
        axes.add_patch(bar)
    if log or row.status:
        gid = "value" if log else "status"
        draw_mark(axes, row.number, place, look, gid=gid)
    if row.qualifier in AT_LEAST:
        points = 9 if row.status else 6 if log else 3
        style = {"color": REFERENCE, "fontsize": 1.35 * layout().size, "va": "center"}
        write_beside(axes, row.number, place, "→", points, gid="open", **style)


def _count_axis(chart: Chart, counts: pd.DataFrame, log: bool, column: bool) -> float:
    """Name the ticks of the axis; return its end, so far out that every text has room."""
    numbers = counts["number"].to_numpy()
    free = np.maximum(1 - np.array(_taken(chart, counts, log, column)) / chart.width, 0.15)
    if not log:
        chart.axes.xaxis.set_major_locator(MaxNLocator(_ticks(chart, numbers.max()), integer=True))
        chart.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, ",.0f")))
        return float(max((numbers / free).max(), 1))
    least = numbers.min() / 2
    chart.axes.set_xscale("log")
    chart.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, ",.0f")))
    chart.axes.xaxis.set_minor_formatter(NullFormatter())
    most = float((least * np.exp(np.log(numbers / least) / free)).max())
    decades = tick_step([1, 2, 3, 6], chart.width, np.log10(most / least), f"{most:,.0f}")
    powers = range(int(np.ceil(np.log10(least))), int(np.log10(most)) + 1, decades)
    chart.axes.set_xticks([10.0**power for power in powers if _has_room(chart, power, least, most)])
    return most


def _has_room(chart: Chart, power: int, least: float, most: float) -> bool:
    """Tell whether the name of a power of ten does not reach beyond the figure."""
    end = np.log(10.0**power / least) / np.log(most / least) * chart.width
    return end + text_width(f"{10**power:,}") / 2 <= chart.width + chart.right


def _ticks(chart: Chart, most: float) -> int:
    """Return how many ticks have room below a chart, named with numbers up to `most`."""
    return int(np.clip(chart.width / (text_width(f"{most:,.0f}") + 0.3), 1, 6))


def _said(row) -> str:
    """Return what one row says in the alternative text."""
    label, text = localized_text(row.label), localized_text(row.text)
    return f"{label}: {text}{said_status(row.status, row.note)}"


@drawing
def plot_ranges(
    ranges: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    unit: str,
    *,
    reference: float | None = None,
    reference_label: str = "",
    start: float = 0.0,
) -> Axes:
    """Draw what the other numbers give as a band a quantity, and what is printed as a mark.

    A printed number outside its band stands in a ring and is tied to the band.

    ranges : DataFrame
        One row a quantity: `label`, `low`, `high` (what the other numbers give; may be equal);
        optional `value` (what is printed), `text` (as shown; else both ends), `status` (one of
        style.STATUS, or empty: the mark of what is printed), `note` (such as the gap) and `group`.
    unit : str
        What the axis counts.
    reference : float or None
        One value for all rows, drawn as a line and named by `reference_label`.
    start : float
        Where the axis begins; for years, say, where 0 says nothing.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> ranges = pd.DataFrame({"label": ["bachelor"], "low": [1.5], "high": [1.8], "value": [2]})
    >>> axes = plot_ranges(ranges, "1.5 to 1.8", "Credits", "Source: report", unit="credits")
    >>> axes.figure.get_label()
    '1.5 to 1.8. Credits. bachelor: 1.5–1.8, printed 2.'
    """
    ranges, start = _ranges(ranges), check_number(start, "start")
    reference = None if reference is None else check_number(reference, "reference")
    check_text(unit, "unit"), check_text(reference_label, "reference_label")
    key = [*_range_key(ranges), *status_key(filter(None, ranges["status"]))]
    head = 1.2 if reference_label else 0.0
    axis = fitted(unit, 0.6 * layout().width)
    chart = open_chart(ranges, key, (title, subtitle, source), True, 2.7 + axis.count("\n"), head)
    ends = ranges[["low", "high", "value"]].assign(reference=reference)
    chart.finish(*_ends(ends.to_numpy(dtype=float), start))
    chart.write_column()
    chart.axes.set_xlabel(axis, fontsize=layout().size, color=INK)
    chart.axes.xaxis.set_major_locator(MaxNLocator(_ticks(chart, 1000)))
    chart.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, ".6g")))
    for place, row in zip(chart.rows.marks, ranges.itertuples(), strict=True):
        _draw_range(chart.axes, place, row)
    if reference is not None:
        chart.draw_reference(reference, reference_label)
    chart.axes.figure.drawn = filled(ranges)
    said = [_said_range(row) for row in ranges.itertuples()]
    describe(chart.axes, [*said, *([localized_text(reference_label)] if reference_label else [])])
    return chart.axes


def _ends(ends: np.ndarray, start: float) -> tuple[float, float]:
    """Return where an axis ends and where it begins."""
    most = float(np.nanmax(ends))
    return max(most + 0.06 * (most - start), start + 1e-9) if most > start else start + 1, start


def _range_key(ranges: pd.DataFrame) -> list:
    """Return what the key says of bands, and of what is printed without a status."""
    key = [(tr("what the other numbers give"), {"facecolor": SKY, "edgecolor": "none"})]
    plain = ranges["value"].notna() & (ranges["status"] == "")
    return [*key, (tr("printed"), PRINTED)] if plain.any() else key


def _draw_range(axes: Axes, place: float, row) -> None:
    """Draw the band of one row, its printed number, and what ties them where they clash."""
    tall = 0.95 * layout().line
    look = {"facecolor": SKY, "edgecolor": VALUE, "linewidth": 1.0, "zorder": 2}
    axes.add_patch(
        Rectangle((row.low, place - tall / 2), row.high - row.low, tall, gid="range", **look)
    )
    if pd.isna(row.value):
        return
    if not row.low <= row.value <= row.high:
        near = row.low if row.value < row.low else row.high
        colour = STATUS["does not hold"].colour
        axes.plot([near, row.value], [place, place], color=colour, lw=2.2, zorder=3, gid="gap")
        if row.status != "does not hold":
            draw_ring(axes, row.value, place, layout().size / 9.6)
    draw_mark(axes, row.value, place, STATUS.get(row.status, PRINTED))


def _said_range(row) -> str:
    """Return what one row of ranges says in the alternative text."""
    said, added = f"{localized_text(row.label)}: {localized_text(row.text)}", ""
    if not pd.isna(row.value):
        added = ", " + tr("printed {number}", number=number(row.value, ".12g"))
    return said + added + said_status(row.status, row.note)


def _ranges(ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the table of ranges checked, with both ends as text where no text is given."""
    told = isinstance(ranges, pd.DataFrame) and "text" in ranges
    optional = [*TEXTS[1:], "value"]
    ranges = check_table(ranges, "ranges", TEXTS, ["low", "high", "value"], optional)
    for row in ranges.itertuples():
        if not row.low <= row.high:
            ends = f"{row.low:g}, {row.high:g}"
            raise ValueError(f"ranges: wanted low up to high; got {ends} for {quoted(row.label)}")
    ranges = with_statuses(ranges, "ranges")
    ends = [_span(row.low, row.high) for row in ranges.itertuples()]
    return ranges if told else ranges.assign(text=ends)


def _span(low: float, high: float) -> str:
    ends = dict.fromkeys(number(end, ".12g") for end in (low, high))
    return "–".join(ends)


@drawing
def plot_strip(
    points: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    unit: str,
    *,
    line: float | None = None,
    line_label: str = "",
) -> Axes:
    """Draw every value of each category as a dot on one axis; equal ones stand side by side.

    points : DataFrame
        One row a value: `label` (its category), `value`; optional `status` (one of style.STATUS, or
        empty: its colour and shape).
    unit : str
        What the axis counts.
    line : float or None
        A threshold, drawn as a line and named by `line_label`.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> points = pd.DataFrame({"label": ["n = 39", "n = 40"], "value": [0.04, 0.06]})
    >>> axes = plot_strip(points, "Close", "p-values", "Source: survey", "p", line=0.05)
    >>> axes.figure.get_label()
    'Close. p-values. n = 39: 0.04; n = 40: 0.06.'
    """
    optional = ["status", "note", "group", "text"]
    points = check_table(points, "points", ["label", *optional], ["value"], optional)
    points = with_statuses(points, "points")
    line = None if line is None else check_number(line, "line")
    check_text(unit, "unit"), check_text(line_label, "line_label")
    names, kinds = (list(dict.fromkeys(points[column])) for column in ("label", "status"))
    rows = pd.DataFrame({"label": names, "text": "", "note": "", "group": ""})
    key, head = status_key(points["status"]), 1.2 if line_label else 0.0
    axis = fitted(unit, 0.6 * layout().width)
    words, below = (title, subtitle, source), 2.7 + axis.count("\n")
    chart = open_chart(rows, key, words, True, below, head, tall=0.9 + 1.1 * len(kinds))
    chart.finish(*_ends(points[["value"]].assign(line=line).to_numpy(dtype=float), 0.0), rule=False)
    _draw_points(chart, points, dict(zip(names, chart.rows.marks, strict=True)), kinds)
    chart.axes.set(xlabel="", ylabel="")
    chart.axes.set_xlabel(axis, fontsize=layout().size, color=INK)
    chart.axes.xaxis.set_major_locator(MaxNLocator(_ticks(chart, 1000)))
    chart.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, ".6g")))
    if line is not None:
        chart.draw_reference(line, line_label)
    chart.axes.figure.drawn = filled(points)
    said = [_said_points(name, points) for name in names]
    describe(chart.axes, [*said, *([localized_text(line_label)] if line_label else [])])
    return chart.axes


def _draw_points(chart: Chart, points: pd.DataFrame, places: dict, kinds: list[str]) -> None:
    """Draw the dots of each status by seaborn, along a line of its own within its category."""
    import seaborn

    ends, step = chart.axes.get_xlim(), 1.1 * layout().line
    for number_, status in enumerate(kinds):
        mark, those = look_of(status, kinds), points[points["status"] == status]
        shift = step * (number_ - (len(kinds) - 1) / 2)
        seaborn.swarmplot(
            x=those["value"],
            y=those["label"].map(places) + shift,
            marker=mark.marker,
            color=mark.colour,
            edgecolor=mark.edge,
            linewidth=0.8,
            size=0.6 * layout().size,
            orient="h",
            native_scale=True,
            warn_thresh=1,
            legend=False,
            ax=chart.axes,
        )
    for dots in chart.axes.collections:
        dots.set_clip_on(False)
    for place in places.values():
        chart.axes.axhline(place, color=RULE, linewidth=0.8, zorder=0)
    chart.axes.set(xlim=ends, ylim=(chart.rows.height, 0))


def _said_points(name: str, points: pd.DataFrame) -> str:
    """Return what the dots of one category say in the alternative text."""
    those = points[points["label"] == name]
    values = [
        number(row.value, ".4g") + said_status(row.status, row.note) for row in those.itertuples()
    ]
    return f"{localized_text(name)}: {', '.join(values)}"
