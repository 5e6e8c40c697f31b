"""Drawings of events and periods."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from .style import INK, RC, REFERENCE, VALUE, canvas, describe

MOMENT = 0.3  # years below which a period is drawn as a dot
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
    _, axes = canvas(title, subtitle, source, height=0.29 * len(events) + 0.9, width=9)
    rows = []
    with mpl.rc_context(RC):
        for place, event in enumerate(events.itertuples()):
            colour = COLOURS[lanes.index(event.lane) % len(COLOURS)]
            start = decimal_year(event.start)
            when = event.start + (f" to {event.end}" if event.end else "")
            rows.append(f"{event.lane}, {when}: {event.label}")
            finish_at = decimal_year(event.end, end=True) if event.end else start
            if finish_at - start > MOMENT:
                axes.barh(
                    place, finish_at - start, left=start, height=0.5, color=colour, gid="period"
                )
            else:
                axes.plot(start, place, "o", color=colour, markersize=7, gid="moment")
            axes.annotate(
                f"{when.replace(' to ', '–')}  {event.label}",
                (finish_at, place),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=8.5,
                color=INK,
            )
        for number, lane in enumerate(lanes):
            colour = COLOURS[number % len(COLOURS)]
            axes.plot([], [], "o", color=colour, label=lane)
        if len(lanes) > 1:
            axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=9)
        axes.set_yticks([])
        axes.set_ylim(len(events) - 0.3, -0.7)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color="#E3E3E3")
        axes.set_axisbelow(True)
        first = min(decimal_year(start) for start in events["start"])
        last = max(decimal_year(row.end or row.start, end=True) for row in events.itertuples())
        axes.set_xlim(first - 1, last + (last - first) * 0.6)
        axes.set_xticks([tick for tick in axes.get_xticks() if first - 1 <= tick <= last + 1])
    describe(axes, rows)
    return axes
