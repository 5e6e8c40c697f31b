"""Drawings of events and periods."""

import itertools

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.figures.style import LINE, RC, REFERENCE, SMALL, VALUE, canvas, describe, wrapped
from analysis.language.current import date, localized_text, tr

MOMENT = 0.3  # years below which a period is drawn as a dot
NAME = 4  # inches that the name of an event may take
COLOURS = (VALUE, REFERENCE, "#009E73", "#CC79A7")


def decimal_year(date: str, end: bool = False) -> float:
    """Return a date of the tables as a decimal year.

    date : str
        Year, month or day in ISO 8601, such as "2010", "2010-03" or "1994-04-06".
    end : bool
        The last moment of that year, month or day instead of the first.

    >>> decimal_year("2010-07")
    2010.5
    >>> decimal_year("2010", end=True)
    2011.0
    """
    period = pd.Period(date)
    moment = (period + 1 if end else period).start_time
    days = 366 if moment.is_leap_year else 365
    if period.freqstr.startswith("M"):
        return round(moment.year + (moment.month - 1) / 12, 4)
    return round(moment.year + (moment.day_of_year - 1) / days, 4)


def plot_timeline(events: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one line an event: a dot for a date, a bar for a period.

    events : DataFrame
        One row an event: `label`, `lane` (what is told apart by colour: a country, an
        organization), `start`, `end` (ISO 8601; `end` empty for a date), in the order of drawing.
    """
    if events.empty:
        raise ValueError("events: wanted at least one event to draw; got none")
    lanes = list(dict.fromkeys(events["lane"]))
    dates = [(date(event.start), date(event.end)) for event in events.itertuples()]
    named = [
        wrapped(f"{'–'.join(filter(None, when))}  {localized_text(label)}", NAME, SMALL)
        for when, label in zip(dates, events["label"], strict=True)
    ]
    edges = [0.0, *itertools.accumulate(LINE * (name.count("\n") + 1) + 0.09 for name in named)]
    places = [(top + bottom) / 2 for top, bottom in itertools.pairwise(edges)]  # inches
    _, axes = canvas(title, subtitle, source, height=edges[-1] + 0.9)
    rows = []
    with mpl.rc_context(RC):
        for place, event, (begins, ends) in zip(places, events.itertuples(), dates, strict=True):
            colour = COLOURS[lanes.index(event.lane) % len(COLOURS)]
            start = decimal_year(event.start)
            when = tr("{begins} to {ends}", begins=begins, ends=ends) if ends else begins
            rows.append(f"{localized_text(event.lane)}, {when}: {event.label}")
            finish = decimal_year(event.end, end=True) if event.end else start
            if finish - start > MOMENT:
                look = {"height": 0.16, "color": colour, "gid": "period"}
                axes.barh(place, finish - start, left=start, **look)
            else:
                axes.plot(start, place, "o", color=colour, markersize=7, gid="moment")
        for number, lane in enumerate(lanes):
            colour = COLOURS[number % len(COLOURS)]
            axes.plot([], [], "o", color=colour, label=localized_text(lane))
        if len(lanes) > 1:
            look = {"frameon": False, "fontsize": SMALL}
            axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, **look)
        axes.set_yticks(places, named)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="both", labelsize=SMALL)
        axes.set_ylim(edges[-1] + 0.05, -0.05)
        axes.grid(color="#E3E3E3")
        axes.set_axisbelow(True)
        first = min(decimal_year(start) for start in events["start"])
        last = max(decimal_year(row.end or row.start, end=True) for row in events.itertuples())
        margin = max(1, 0.03 * (last - first))
        axes.set_xlim(first - margin, last + margin)
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")
    describe(axes, rows)
    return axes
