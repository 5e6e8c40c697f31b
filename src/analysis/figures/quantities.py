"""Drawings of counts and of ranges."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import (
    INK,
    PALE,
    RC,
    REFERENCE,
    SKY,
    SMALL,
    VALUE,
    beside,
    canvas,
    describe,
    name_rows,
    row_height,
)
from analysis.language.current import label, localized_text, number


def plot_counts(
    counts: pd.DataFrame, title: str, subtitle: str, source: str, log: bool = False
) -> Axes:
    """Draw one bar a count; an open arrow at the end where the text says "more than".

    counts : DataFrame
        One row a count: `label`, `text` (as shown), `number`, `qualifier` (as in the tables of
        `data/raw`; empty for an exact number).
    log : bool
        Draw on a logarithmic axis, for counts that differ by orders of magnitude. Dots then
        take the place of bars, whose lengths would mean nothing.
    """
    _, axes = canvas(
        title, subtitle, source, height=row_height(counts["label"]) * len(counts) + 0.5
    )
    most = float(counts["number"].max())
    with mpl.rc_context(RC):
        for place, row in enumerate(counts.itertuples()):
            if log:
                axes.plot(row.number, place, "o", color=VALUE, markersize=9, gid="value")
            else:
                axes.barh(place, row.number, height=0.62, color=VALUE, gid="value")
            if row.qualifier in {"more than", "at least"}:
                beside(axes, row.number, place, "→", 3, color=REFERENCE, fontsize=13, gid="open")
            beside(axes, row.number, place, localized_text(row.text), 20 if row.qualifier else 6)
        name_rows(axes, counts["label"])
        if log:
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter(lambda value, _: number(value, ",.0f"))
            axes.xaxis.set_minor_formatter(mpl.ticker.NullFormatter())
            axes.grid(axis="x", color="#DDDDDD")
            axes.set_axisbelow(True)
            axes.set_xlim(float(counts["number"].min()) / 2, most * 12)
        else:
            axes.set_xlim(0, max(most, 1) * 1.25)
    describe(
        axes,
        [f"{localized_text(row.label)}: {localized_text(row.text)}" for row in counts.itertuples()],
    )
    return axes


def plot_ranges(ranges: pd.DataFrame, title: str, subtitle: str, source: str, unit: str) -> Axes:
    """Draw one box a quantity, from its least to its greatest value.

    ranges : DataFrame
        One row a quantity: `label`, `text`, `low`, `high`; optional `value`, drawn as a mark
        (a number that stands in the document).
    unit : str
        What the axis counts.
    """
    _, axes = canvas(
        title, subtitle, source, height=row_height(ranges["label"], 0.46) * len(ranges) + 0.8
    )
    with mpl.rc_context(RC):
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
            value = getattr(row, "value", float("nan"))
            if not pd.isna(value):
                axes.plot(value, place, "D", color=REFERENCE, markersize=7, gid="value")
            end = row.high if pd.isna(value) else max(row.high, value)
            beside(axes, end, place, localized_text(row.text), 9)
        name_rows(axes, ranges["label"])
        axes.set_xlabel(unit, fontsize=SMALL, color=INK)
        axes.set_xlim(0, 1.3 * ranges["high"].max())
    describe(
        axes,
        [f"{localized_text(row.label)}: {localized_text(row.text)}" for row in ranges.itertuples()],
    )
    return axes


def plot_stacked(counts: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one bar a row, made of one piece a column, each piece with its number.

    counts : DataFrame
        Whole numbers; the index labels the bars, the columns the pieces, at most four.
    """
    counts = counts.rename(index=label, columns=label)
    _, axes = canvas(title, subtitle, source, height=0.5 * len(counts) + 1.0)
    looks = [(VALUE, "white", ""), (SKY, INK, ""), (REFERENCE, "white", ""), (PALE, INK, "////")]
    with mpl.rc_context(RC):
        start = pd.Series(0, index=counts.index)
        for (name, numbers), (colour, ink, hatch) in zip(counts.items(), looks, strict=False):
            bars = axes.barh(
                range(len(counts)), numbers, left=start, height=0.62, color=colour, label=name
            )
            for bar, number in zip(bars, numbers, strict=True):
                bar.set(hatch=hatch, edgecolor="white", linewidth=0.8)
                middle = bar.get_x() + bar.get_width() / 2
                narrow = number < 0.03 * counts.sum(axis=1).max()
                look = {"fontsize": SMALL, "color": INK} if narrow else {"color": ink}
                if number:
                    place = bar.get_y() - 0.1 if narrow else bar.get_y() + bar.get_height() / 2
                    text = axes.text(middle, place, str(number), ha="center", va="center", **look)
                    text.set_bbox(None if narrow else {"facecolor": colour, "lw": 0, "pad": 1.2})
            start = start + numbers
        name_rows(axes, counts.index)
        axes.set_xlim(0, max(1, int(start.max())) * 1.02)
        axes.legend(
            loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=4, frameon=False, fontsize=SMALL
        )
    describe(
        axes,
        [
            f"{label}: " + ", ".join(f"{row[name]} {name}" for name in counts.columns)
            for label, row in counts.iterrows()
        ],
    )
    return axes
