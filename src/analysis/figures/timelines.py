"""Drawings of events and periods."""

import itertools
import re

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.arguments import check_flag, check_table, check_text, quoted
from analysis.figures.style import (
    canvas,
    describe,
    drawing,
    house_style,
    kind_colours,
    layout,
    legend_columns,
    wrapped,
)
from analysis.language import current
from analysis.language.current import localized_text, tr

MOMENT = 0.3  # years below which a period is drawn as a dot
ISO_DATE = re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def decimal_year(date: str, end: bool = False) -> float:
    """Return a date of the tables as a decimal year.

    date : str
        Year, month or day in ISO 8601, such as "2010", "2010-03" or "1994-04-06".
    end : bool
        The last moment of that year, month or day instead of the first.

    Raises TypeError for anything but text, ValueError for a text that is no date.

    >>> decimal_year("2010-07")
    2010.5
    >>> decimal_year("2010", end=True)
    2011.0
    """
    check_flag(end, "end")
    return _decimal_year(check_text(date, "date"), end, "date")


def _decimal_year(date: str, end: bool, name: str) -> float:
    period = _period(date, name)
    moment = (period + 1 if end else period).start_time
    days = 366 if moment.is_leap_year else 365
    if period.freqstr.startswith("M"):
        return round(moment.year + (moment.month - 1) / 12, 4)
    return round(moment.year + (moment.day_of_year - 1) / days, 4)


def _period(date: str, name: str) -> pd.Period:
    """Return a date as the year, month or day that it names; an error says what was wanted."""
    try:
        if ISO_DATE.fullmatch(date):
            return pd.Period(date)
    except ValueError:  # a month 13, a day 31 of February
        pass
    wanted = "a year, month or day in ISO 8601, such as 2010, 2010-03 or 1994-04-06"
    raise ValueError(f"{name}: wanted {wanted}; got {quoted(date)}")


@drawing
def plot_timeline(events: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one line an event: a dot for a date, a bar for a period.

    events : DataFrame
        One row an event, in the order of drawing: `label`, `start` (ISO 8601); optional `end`
        (empty for a date) and `lane` (what is told apart by colour: a country, an organization).

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> events = pd.DataFrame({"label": ["agreement", "strategy"], "start": ["2004", "2012-03"]})
    >>> axes = plot_timeline(events, "Two steps", "Dated events; n = 2", "Source: report, p. 3")
    >>> axes.figure.get_label()
    'Two steps. Dated events; n = 2. 2004: agreement; 2012-03: strategy.'
    """
    columns = ["label", "lane", "start", "end"]
    events = _with_years(check_table(events, "events", columns, optional=["lane", "end"]))
    lanes = list(dict.fromkeys(events["lane"]))
    colours = dict(zip(lanes, kind_colours(len(lanes)), strict=True))
    named = [
        wrapped(_name(event), layout().width / 2, layout().size) for event in events.itertuples()
    ]
    edges = [
        0.0,
        *itertools.accumulate(layout().line * (name.count("\n") + 1) + 0.09 for name in named),
    ]
    places = [(top + bottom) / 2 for top, bottom in itertools.pairwise(edges)]  # inches
    _, axes = canvas(title, subtitle, source, height=edges[-1] + 0.9)
    with mpl.rc_context(house_style()):
        for place, event in zip(places, events.itertuples(), strict=True):
            _draw_event(axes, place, event, colours[event.lane])
        if len(lanes) > 1:
            _name_lanes(axes, colours)
        axes.set_yticks(places, named)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="both", labelsize=layout().size)
        axes.set_ylim(edges[-1] + 0.05, -0.05)
        _year_axis(axes, events["first"].min(), events["last"].max())
    describe(axes, [_said(event) for event in events.itertuples()])
    return axes


def _with_years(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events with their first and last moment as decimal years."""
    spans = []
    for row, event in enumerate(events.itertuples()):
        first = _decimal_year(event.start, False, f"events, column start, row {row}")
        last = _decimal_year(event.end or event.start, True, f"events, column end, row {row}")
        if last <= first:
            wanted = f"an end that is not before the start {event.start}"
            raise ValueError(
                f"events, column end, row {row}: wanted {wanted}; got {quoted(event.end)}"
            )
        spans.append((first, last))
    first, last = zip(*spans, strict=True)
    return events.assign(first=first, last=last)


def _name(event) -> str:
    """Return the name of an event's line: its dates and its label, in the language."""
    dates = [current.date(date) for date in (event.start, event.end) if date]
    return f"{'–'.join(dates)}  {localized_text(event.label)}"


def _said(event) -> str:
    """Return what an event says in the alternative text."""
    begins, ends = current.date(event.start), current.date(event.end)
    when = tr("{begins} to {ends}", begins=begins, ends=ends) if ends else begins
    lane = f"{localized_text(event.lane)}, " if event.lane else ""
    return f"{lane}{when}: {localized_text(event.label)}"


def _draw_event(axes: Axes, place: float, event, colour: str) -> None:
    """Draw a period as a bar; a date, or what is too short for a bar, as a dot."""
    width = event.last - event.first
    if event.end and width > MOMENT:
        axes.barh(place, width, left=event.first, height=0.16, color=colour, gid="period")
    else:
        axes.plot(event.first, place, "o", color=colour, markersize=7, gid="moment")


def _name_lanes(axes: Axes, colours: dict[str, str]) -> None:
    """Name the lanes by their colours, above the drawing."""
    names = [localized_text(lane) for lane in colours]
    for name, colour in zip(names, colours.values(), strict=True):
        axes.plot([], [], "o", color=colour, label=name)
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=legend_columns(names, most=3),
        frameon=False,
        fontsize=layout().size,
    )


def _year_axis(axes: Axes, first: float, last: float) -> None:
    margin = max(1, 0.03 * (last - first))
    axes.set_xlim(first - margin, last + margin)
    axes.grid(color="#E3E3E3")
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")
