"""Drawings of counts and of ranges."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from .style import INK, PALE, RC, REFERENCE, UNKNOWN, VALUE, canvas, describe


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
    _, axes = canvas(title, subtitle, source, height=0.42 * len(counts) + 0.5)
    most = float(counts["number"].max())
    with mpl.rc_context(RC):
        for place, row in enumerate(counts.itertuples()):
            if log:
                axes.plot(row.number, place, "o", color=VALUE, markersize=9, gid="value")
            else:
                axes.barh(place, row.number, height=0.62, color=VALUE, gid="value")
            if row.qualifier in {"more than", "at least"}:
                _beside(axes, row.number, place, "→", 3, color=REFERENCE, fontsize=13, gid="open")
            _beside(axes, row.number, place, row.text, 20 if row.qualifier else 6)
        axes.set_yticks(range(len(counts)), [str(label) for label in counts["label"]])
        axes.set_ylim(len(counts) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        if log:
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
            axes.xaxis.set_minor_formatter(mpl.ticker.NullFormatter())
            axes.grid(axis="x", color="#DDDDDD")
            axes.set_axisbelow(True)
            axes.set_xlim(float(counts["number"].min()) / 2, most * 12)
        else:
            axes.set_xlim(0, most * 1.25)
    describe(axes, [f"{row.label}: {row.text}" for row in counts.itertuples()])
    return axes


def plot_ranges(
    ranges: pd.DataFrame, title: str, subtitle: str, source: str, unit: str, zero: bool = True
) -> Axes:
    """Draw one box a quantity, from its least to its greatest value.

    ranges : DataFrame
        One row a quantity: `label`, `text`, `low`, `high`; optional `value`, drawn as a mark
        (a number that stands in the document).
    unit : str
        What the axis counts.
    zero : bool
        Start the axis at zero.
    """
    _, axes = canvas(title, subtitle, source, height=0.46 * len(ranges) + 0.8)
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
            end = max(row.high, row.high if pd.isna(value) else value)
            _beside(axes, end, place, row.text, 9)
        axes.set_yticks(range(len(ranges)), [str(label) for label in ranges["label"]])
        axes.set_ylim(len(ranges) - 0.4, -0.6)
        axes.set_xlabel(unit, fontsize=9, color=UNKNOWN)
        axes.tick_params(axis="y", length=0)
        low, high = ranges["low"].min(), ranges["high"].max()
        margin = (high - (0 if zero else low)) * 0.3
        axes.set_xlim(0 if zero else low - margin / 3, high + margin)
    describe(axes, [f"{row.label}: {row.text}" for row in ranges.itertuples()])
    return axes


def _beside(axes: Axes, x: float, place: float, text: str, points: int, **style) -> None:
    """Write text to the right of a place, at a distance in points."""
    axes.annotate(
        text,
        (x, place),
        xytext=(points, 0),
        textcoords="offset points",
        va="center",
        **{"fontsize": 9, "color": INK, **style},
    )
