"""Drawings of percentages: bars with intervals, and groups beside each other."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.arguments import check_table
from analysis.figures.style import (
    INK,
    UNKNOWN,
    VALUE,
    canvas,
    describe,
    drawing,
    house_style,
    kind_colours,
    layout,
    legend_columns,
    name_rows,
    row_height,
    write_beside,
)
from analysis.language.current import localized_text, tr

SHAPES = "os^Dv<>"  # seven beside four colours: the first 28 series look different
ENDS = ["share", "low", "high"]


@drawing
def plot_shares(shares: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one bar a printed share, with its interval, and one box a share not printed.

    shares : DataFrame
        One row an option: `label`, `share` (percent, missing where nothing is printed);
        optional `text` (the number as shown, may be empty; else the share itself) and `low`,
        `high` (percent: the confidence interval of a printed share, or the range left for one
        that is not printed).

    A bar is drawn only for a printed share; what is not printed is a hatched box from the
    least to the greatest value that the other numbers leave. Raises TypeError or ValueError
    that names the argument, the column and the row.

    >>> shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    >>> axes = plot_shares(shares, "Most are women", "Gender; n = 40", "Source: own survey")
    >>> axes.figure.get_label()
    'Most are women. Gender; n = 40. men: 20 %; women: 80 %.'
    """
    shares = _shares(shares, ["label", "text"])
    _, axes = canvas(
        title, subtitle, source, height=row_height(shares["label"]) * len(shares) + 0.5
    )
    with mpl.rc_context(house_style()):
        for place, row in enumerate(shares.itertuples()):
            if not pd.isna(row.share):
                axes.barh(place, row.share, height=0.62, color=VALUE, gid="value")
                _interval(axes, place, row.low, row.high)
            elif not pd.isna(row.low):
                _range_left(axes, place, row.low, row.high)
            end = np.nanmax([row.share, row.high, 0])
            write_beside(axes, end, place, localized_text(row.text))
        name_rows(axes, shares["label"])
        axes.set_xlim(0, max(100, np.nanmax(shares[["share", "high"]].to_numpy(), initial=0)))
        axes.xaxis.set_major_formatter(percent_sign)
    describe(axes, [said for row in shares.itertuples() if (said := _said(row))])
    return axes


@drawing
def plot_comparison(shares: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw the shares of several series side by side, one line an option.

    shares : DataFrame
        One row an option and series: `label`, `series`, `share` (percent); optional `text` (as
        shown; else the share itself) and `low`, `high` (percent; missing where the share is of
        a whole population). Any number of series.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> shares = pd.DataFrame(
    ...     {"label": ["men", "men"], "series": ["survey", "census"], "share": [20, 29.5]}
    ... )
    >>> axes = plot_comparison(shares, "Few men", "Gender; n = 40", "Source: own survey")
    >>> axes.figure.get_label()
    'Few men. Gender; n = 40. men, survey: 20 %; men, census: 29.5 %.'
    """
    shares = _shares(shares, ["label", "series", "text"])
    labels, series = list(dict.fromkeys(shares["label"])), list(dict.fromkeys(shares["series"]))
    colours, step = kind_colours(len(series)), min(0.32, 0.8 / len(series))
    names = [localized_text(name) for name in series]
    _, axes = canvas(title, subtitle, source, height=0.36 * len(shares) + 0.9)
    with mpl.rc_context(house_style()):
        for row in shares.itertuples():
            number = series.index(row.series)
            place = labels.index(row.label) + step * (number - (len(series) - 1) / 2)
            colour, shape = colours[number], SHAPES[number % len(SHAPES)]
            _interval(axes, place, row.low, row.high, colour)
            axes.plot(row.share, place, shape, color=colour, markersize=8, gid="value")
            end = np.nanmax([row.share, row.high, 0])
            write_beside(axes, end, place, localized_text(row.text), 8)
        for number, (name, colour) in enumerate(zip(names, colours, strict=True)):
            shape = SHAPES[number % len(SHAPES)]
            axes.plot([], [], shape, color=colour, markersize=8, label=name)
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=legend_columns(names, most=2),
            frameon=False,
            fontsize=layout().size,
        )
        name_rows(axes, labels)
        axes.set_xlim(0, 108)
        axes.set_xticks(range(0, 101, 20))
        axes.xaxis.set_major_formatter(percent_sign)
    describe(
        axes,
        [
            f"{localized_text(row.label)}, {localized_text(row.series)}: {localized_text(row.text)}"
            for row in shares.itertuples()
        ],
    )
    return axes


def _shares(shares: pd.DataFrame, texts: list[str]) -> pd.DataFrame:
    """Return the table of shares checked, with the share as text where no text is given."""
    told = isinstance(shares, pd.DataFrame) and "text" in shares
    shares = check_table(shares, "shares", texts, ENDS, optional=["text", "low", "high"])
    for column in ENDS:
        if (shares[column] < 0).any():
            raise ValueError(
                f"shares, column {column}: wanted percent, 0 or more; got {shares[column].min():g}"
            )
    if (shares["low"].isna() != shares["high"].isna()).any():
        raise ValueError("shares: wanted low and high together in each row; one is missing")
    shown = ["" if pd.isna(share) else f"{share:.12g} %" for share in shares["share"]]
    return shares if told else shares.assign(text=shown)


def _interval(axes: Axes, place: float, low: float, high: float, colour: str = INK) -> None:
    """Draw an interval as a line with two ends, where there is one."""
    if not pd.isna(low):
        axes.plot([low, high], [place, place], color=colour, linewidth=1.4, gid="interval")
        axes.plot([low, high], [place, place], "|", color=colour, markersize=8, gid="ends")


def _range_left(axes: Axes, place: float, low: float, high: float) -> None:
    """Draw the range left for a share that is not printed as a hatched box."""
    axes.barh(
        place,
        high - low,
        left=low,
        height=0.62,
        fill=False,
        hatch="////",
        edgecolor=UNKNOWN,
        gid="unknown",
    )


def _said(row) -> str:
    """Return what one bar or box says in the alternative text."""
    ends = {"low": row.low, "high": row.high}
    if not pd.isna(row.share):
        said = f"{localized_text(row.label)}: {localized_text(row.text)}"
        interval = tr("interval {low:.0f} to {high:.0f} %", **ends)
        return said if pd.isna(row.low) else f"{said}, {interval}"
    if pd.isna(row.low):
        return ""
    return tr("{option}: not printed, {low:.0f} to {high:.0f} % possible", option=row.label, **ends)


def percent_sign(value: float, _: int) -> str:
    """Name a tick of an axis in percent.

    >>> percent_sign(20.0, 0)
    '20 %'
    """
    return tr("{share:.0f} %", share=value)
