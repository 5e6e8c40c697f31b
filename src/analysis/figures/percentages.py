"""Drawings of percentages: bars with intervals, and groups beside each other."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.style import (
    INK,
    RC,
    REFERENCE,
    SMALL,
    UNKNOWN,
    VALUE,
    beside,
    canvas,
    describe,
    name_rows,
    row_height,
)
from analysis.language.current import localized_text, tr

MARKS = (("o", VALUE), ("s", REFERENCE), ("^", "#009E73"), ("D", "#CC79A7"))


def plot_shares(shares: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one bar a printed share, with its interval, and one box a share not printed.

    shares : DataFrame
        One row an option: `label`; `text` (the number as localized_text, may be empty); `share`
        (percent, missing where nothing is printed); `low`, `high` (percent: the confidence
        interval of a printed share, or the range left for one that is not printed).

    A bar is drawn only for a printed share; what is not printed is a hatched box from the
    least to the greatest value that the other numbers leave.
    """
    _, axes = canvas(
        title, subtitle, source, height=row_height(shares["label"]) * len(shares) + 0.5
    )
    rows = []
    with mpl.rc_context(RC):
        for place, row in enumerate(shares.itertuples()):
            printed = not pd.isna(row.share)
            if printed:
                axes.barh(place, row.share, height=0.62, color=VALUE, gid="value")
                rows.append(f"{localized_text(row.label)}: {localized_text(row.text)}")
            if printed and not pd.isna(row.low):
                _interval(axes, place, row.low, row.high)
                rows[-1] += ", " + tr(
                    "interval {low:.0f} to {high:.0f} %", low=row.low, high=row.high
                )
            if not printed and not pd.isna(row.low):
                width = row.high - row.low
                axes.barh(
                    place,
                    width,
                    left=row.low,
                    height=0.62,
                    fill=False,
                    hatch="////",
                    edgecolor=UNKNOWN,
                    gid="unknown",
                )
                rows.append(
                    tr(
                        "{option}: not printed, {low:.0f} to {high:.0f} % possible",
                        option=row.label,
                        low=row.low,
                        high=row.high,
                    )
                )
            end = np.nanmax([row.share, row.high, 0])
            beside(axes, end, place, localized_text(row.text))
        name_rows(axes, shares["label"])
        axes.set_xlim(0, max(100, np.nanmax(shares[["share", "high"]].to_numpy(float), initial=0)))
        axes.xaxis.set_major_formatter(percent_sign)
    describe(axes, rows)
    return axes


def plot_comparison(shares: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw the shares of several series side by side, one line an option.

    shares : DataFrame
        One row an option and series: `label`, `series`, `text`, `share` (percent), `low`,
        `high` (percent; missing where the share is of a whole population).
    """
    labels, series = list(dict.fromkeys(shares["label"])), list(dict.fromkeys(shares["series"]))
    _, axes = canvas(title, subtitle, source, height=0.36 * len(shares) + 0.9)
    rows = []
    with mpl.rc_context(RC):
        for row in shares.itertuples():
            number = series.index(row.series)
            place = labels.index(row.label) + 0.32 * (number - (len(series) - 1) / 2)
            marker, colour = MARKS[number]
            if not pd.isna(row.low):
                _interval(axes, place, row.low, row.high, colour)
            axes.plot(row.share, place, marker, color=colour, markersize=8, gid="value")
            end = np.nanmax([row.share, row.high])
            beside(axes, end, place, localized_text(row.text), 8)
            rows.append(
                f"{localized_text(row.label)}, {localized_text(row.series)}: {localized_text(row.text)}"
            )
        for (marker, colour), name in zip(MARKS, series, strict=False):
            axes.plot([], [], marker, color=colour, markersize=8, label=localized_text(name))
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=SMALL)
        name_rows(axes, labels)
        axes.set_xlim(0, 108)
        axes.set_xticks(range(0, 101, 20))
        axes.xaxis.set_major_formatter(percent_sign)
    describe(axes, rows)
    return axes


def _interval(axes: Axes, place: float, low: float, high: float, colour: str = INK) -> None:
    """Draw an interval as a line with two ends."""
    axes.plot([low, high], [place, place], color=colour, linewidth=1.4, gid="interval")
    axes.plot([low, high], [place, place], "|", color=colour, markersize=8, gid="ends")


def percent_sign(value: float, _: int) -> str:
    """Name a tick of an axis in percent."""
    return tr("{share:.0f} %", share=value)
