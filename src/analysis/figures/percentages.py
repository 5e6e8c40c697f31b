"""Drawings of percentages: a dot and an interval a share, alone or beside other series."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.arguments import check_table, kind_of
from analysis.figures.rows import Chart, open_chart, tick_step
from analysis.figures.statuses import (
    draw_mark,
    filled,
    look_of,
    said_status,
    status_key,
    with_statuses,
)
from analysis.figures.style import (
    INK,
    STATUS,
    UNKNOWN,
    Mark,
    describe,
    drawing,
    kind_colours,
)
from analysis.language.current import localized_text, message, tr

SHAPES = "os^Dv<>"  # seven beside four colours: the first 28 series look different
ENDS = ["share", "low", "high"]
WORDS = ["label", "text", "status", "note", "group"]
SMALL = message("fewer than 5 people, counted or expected")


@drawing
def plot_shares(shares: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one dot a printed share, with its interval, and one range a share not printed.

    shares : DataFrame
        One row an option: `label`, `share` (percent, missing where nothing is printed);
        optional `text` (the number as shown, may be empty; else the share itself), `low`, `high`
        (percent: the confidence interval of a printed share, or the range left for one that is
        not printed, which is hatched), `status` (one of style.STATUS, or empty: its mark takes the
        place of the dot), `note` (what a claim clashes with, or its condition) and `group` (rows
        of a group stand under its name; groups in the order in which they first occur).

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    >>> axes = plot_shares(shares, "Most are women", "Gender; n = 40", "Source: own survey")
    >>> axes.figure.get_label()
    'Most are women. Gender; n = 40. men: 20 %; women: 80 %.'
    """
    shares = _in_groups(_shares(shares, WORDS))
    key = status_key(shares["status"][shares["share"].notna()])
    chart = share_chart(shares, key, (title, subtitle, source))
    for place, row in zip(chart.rows.marks, shares.itertuples(), strict=True):
        if not pd.isna(row.share):
            draw_interval(chart.axes, place, row.low, row.high)
            draw_mark(chart.axes, row.share, place, look_of(row.status, shares["status"]))
        elif not pd.isna(row.low):
            _range_left(chart.axes, place, row.low, row.high)
    chart.axes.figure.drawn = filled(shares)
    describe(chart.axes, [said for row in shares.itertuples() if (said := _said(row))])
    return chart.axes


def share_chart(shares: pd.DataFrame, key: list, words: tuple[str, str, str]) -> Chart:
    """Return a chart of the rows with an axis from 0 to 100 %, or to the largest share.

    shares : DataFrame
        Columns `label`, `text`, `note`, `group`, `share`, `high`.
    """
    chart = open_chart(shares, key, words)
    most = max(100, np.nanmax(shares[["share", "high"]].to_numpy(), initial=0))
    chart.finish(most)
    chart.write_column()
    step = tick_step([20, 25, 50, 100], chart.width, most, "100 %")
    chart.axes.set_xticks(np.arange(0, most + 1e-9, step))
    chart.axes.xaxis.set_major_formatter(percent_sign)
    return chart


def _in_groups(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with those of one group together, groups in the order of their first row."""
    groups = list(dict.fromkeys(shares["group"]))
    return shares.sort_values("group", key=lambda names: names.map(groups.index), kind="stable")


@drawing
def plot_comparison(shares: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw the shares of several series side by side, one line an option and series.

    shares : DataFrame
        One row an option and series: `label`, `series`, `share` (percent); optional `text` (as
        shown; else the share itself), `low`, `high` (percent; missing where the share is of a
        whole population), `status` (one of style.STATUS, or empty), `note`, `base` (people that a
        series is of; named in the key where it is the same in all rows) and `small` (True: of so
        few people that it says little; the mark is hollow). Any number of series.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> shares = pd.DataFrame(
    ...     {"label": ["men", "men"], "series": ["survey", "census"], "share": [20, 29.5]}
    ... )
    >>> axes = plot_comparison(shares, "Few men", "Gender; n = 40", "Source: own survey")
    >>> axes.figure.get_label()
    'Few men. Gender; n = 40. men, survey: 20 %; men, census: 29.5 %.'
    """
    checked = _shares(shares, ["label", "series", *WORDS[1:4]], ["base"])
    few = _flags(shares)
    shares = checked.assign(group="", small=few)
    looks = _series_marks(list(dict.fromkeys(shares["series"])))
    labels = list(dict.fromkeys(shares["label"]))
    shares = shares.sort_values("label", key=lambda names: names.map(labels.index), kind="stable")
    key = [(_series_name(name, shares), look) for name, look in looks.items()]
    key += status_key(filter(None, shares["status"]))
    key += [(tr(SMALL), Mark("white", INK, "o"))] if shares["small"].any() else []
    first = shares.assign(label=shares["label"].where(~shares["label"].duplicated(), ""))
    chart = share_chart(first, key, (title, subtitle, source))
    for place, row in zip(chart.rows.marks, shares.itertuples(), strict=True):
        draw_interval(chart.axes, place, row.low, row.high, looks[row.series].edge)
        look = looks[row.series]
        look = replace(look, colour="white") if row.small else look
        draw_mark(chart.axes, row.share, place, STATUS.get(row.status, look))
    chart.axes.figure.drawn = filled(shares if any(few) else shares.drop(columns="small"))
    describe(chart.axes, list(_said_pairs(shares)))
    return chart.axes


def _flags(shares: pd.DataFrame) -> list[bool]:
    """Return which shares are of few people, or raise ValueError that names the row."""
    given = shares["small"] if "small" in shares else [False] * len(shares)
    for row, flag in enumerate(given):
        if not isinstance(flag, bool | np.bool_):
            wanted = f"shares, column small, row {row}: wanted True or False"
            raise ValueError(f"{wanted}; got {kind_of(flag)}")
    return [*map(bool, given)]


def _series_name(name: str, shares: pd.DataFrame) -> str:
    """Return the name of a series as the key has it, with its n where it has one."""
    sizes = set(shares.loc[shares["series"] == name, "base"].dropna())
    if len(sizes) != 1:
        return localized_text(name)
    return tr("{series}, n = {n:,.0f}", series=name, n=sizes.pop())


def _series_marks(series: Sequence[str]) -> dict[str, Mark]:
    """Return a mark a series, all different."""
    colours = kind_colours(len(series))
    return {
        name: Mark(colour, colour, SHAPES[number % len(SHAPES)])
        for number, (name, colour) in enumerate(zip(series, colours, strict=True))
    }


def _said_pairs(shares: pd.DataFrame) -> Iterator[str]:
    """Give what each mark of a comparison says in the alternative text."""
    for row in shares.itertuples():
        words = [localized_text(word) for word in (row.label, row.series, row.text)]
        note = tr(SMALL) if row.small and not row.note else row.note
        yield "{}, {}: {}".format(*words) + said_status(row.status, note)


def _shares(shares: pd.DataFrame, texts: list[str], numbers: Sequence[str] = ()) -> pd.DataFrame:
    """Return the table of shares checked, with the share as text where no text is given."""
    told = isinstance(shares, pd.DataFrame) and "text" in shares
    optional = ["text", "low", "high", "status", "note", "group", *numbers]
    checked = check_table(shares, "shares", texts, [*ENDS, *numbers], optional)
    shares = with_statuses(checked, "shares")
    for column in ENDS:
        if (shares[column] < 0).any():
            raise ValueError(
                f"shares, column {column}: wanted percent, 0 or more; got {shares[column].min():g}"
            )
    if (shares["low"].isna() != shares["high"].isna()).any():
        raise ValueError("shares: wanted low and high together in each row; one is missing")
    shown = ["" if pd.isna(share) else f"{share:.12g} %" for share in shares["share"]]
    return shares if told else shares.assign(text=shown)


def draw_interval(axes: Axes, place: float, low: float, high: float, colour: str = INK) -> None:
    """Draw an interval as a line, where there is one."""
    if not pd.isna(low):
        axes.plot(
            [low, high], [place, place], color=colour, linewidth=1.6, zorder=3, gid="interval"
        )


def _range_left(axes: Axes, place: float, low: float, high: float) -> None:
    """Draw the range left for a share that is not printed as a thin hatched range."""
    tall = 0.09
    look = {"facecolor": "white", "edgecolor": UNKNOWN, "hatch": "//////", "linewidth": 0.8}
    box = Rectangle((low, place - tall / 2), high - low, tall, zorder=2, gid="unknown", **look)
    axes.add_patch(box)


def _said(row) -> str:
    """Return what one row says in the alternative text."""
    ends, added = {"low": row.low, "high": row.high}, said_status(row.status, row.note)
    if not pd.isna(row.share):
        said = f"{localized_text(row.label)}: {localized_text(row.text)}"
        interval = tr("interval {low:.0f} to {high:.0f} %", **ends)
        return (said if pd.isna(row.low) else f"{said}, {interval}") + added
    if pd.isna(row.low):
        return f"{localized_text(row.label)}{added}" if added else ""
    said = tr("{option}: not printed, {low:.0f} to {high:.0f} % possible", option=row.label, **ends)
    return said + added


def percent_sign(value: float, _: int) -> str:
    """Name a tick of an axis in percent.

    >>> percent_sign(20.0, 0)
    '20 %'
    """
    return tr("{share:.0f} %", share=value)
