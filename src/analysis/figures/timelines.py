"""Drawings of events and periods in lanes on one axis of time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from babel.dates import format_date, format_interval, format_skeleton
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis.arguments import check_flag, check_table, check_text
from analysis.failures import quoted
from analysis.figures.room import (
    NOTE,
    RULE,
    edge,
    fitted,
    fix_axes,
    small,
    text_height,
    text_width,
    write,
)
from analysis.figures.rows import tick_step
from analysis.figures.statuses import (
    draw_key,
    draw_mark,
    filled,
    key_height,
    look_of,
    said_status,
    status_key,
    with_statuses,
)
from analysis.figures.style import (
    STATUS,
    VALUE,
    Mark,
    canvas,
    describe,
    drawing,
    layout,
)
from analysis.language.current import NO_BREAK, current_language, localized_text, tr

MOMENT = 0.3  # years below which a period is drawn as a dot
BROKEN = STATUS["does not hold"].colour
COLUMNS = ["label", "lane", "start", "end", "text", "status", "note", "clash"]
LOCALES = {"en": "en_GB", "ru": "ru", "kk": "kk"}
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


def written_date(start: str, end: str = "") -> str:
    """Return a date or a period as people write it in the language in use.

    start, end : str
        Year, month or day in ISO 8601; the end may be empty.

    Raises TypeError for anything but text, ValueError for a text that is no date.

    >>> written_date("1994-04-06", "1994-04-09"), written_date("2012", "2020")
    ('6–9 April 1994', '2012–2020')
    """
    first = _period(check_text(start, "start"), "start")
    if not check_text(end, "end") or end == start:
        return _written(first)
    last = _period(end, "end")
    if first.freqstr == last.freqstr == "D":
        return _days(first, last)
    if first.year == last.year and first.freqstr.startswith("M") and last.freqstr.startswith("M"):
        days = first.start_time.date(), last.start_time.date()
        return _calm(format_interval(*days, "yMMMM", locale=LOCALES[current_language()]))
    between = "–" if first.freqstr[0] == last.freqstr[0] in {"Y", "A"} else " – "
    return between.join(map(_written, (first, last)))


def _written(period: pd.Period) -> str:
    """Return a year, month or day as people write it."""
    locale, day = LOCALES[current_language()], period.start_time.date()
    if period.freqstr == "D":
        return _calm(format_date(day, "long", locale=locale))
    if period.freqstr.startswith("M"):
        return _calm(format_skeleton("yMMMM", day, locale=locale))
    return str(period.year)


def _days(first: pd.Period, last: pd.Period) -> str:
    """Return a period of days; the month is written once where it is the same."""
    if (first.year, first.month) == (last.year, last.month):
        days = f"{first.day}–{last.day}"
        return re.sub(rf"\b{last.day}\b", days, _written(last), count=1)
    return f"{_written(first)} – {_written(last)}"


def _calm(text: str) -> str:
    """Return a date without the Russian sign of a year, and with blanks that every typeface has."""
    text = text.replace("\N{NARROW NO-BREAK SPACE}", NO_BREAK).replace("\N{THIN SPACE}", " ")
    return re.sub("\\sг\\.$", "", text)


@drawing
def plot_timeline(events: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw events and periods in lanes on one axis of time, each with its date and label beside it.

    events : DataFrame
        One row an event: `label`, `start` (ISO 8601); optional `end` (empty for a date), `lane`
        (a country, an organization; lanes in the order in which they first occur), `text` (the
        date as shown; else as people write it), `status` (one of style.STATUS, or empty: the mark;
        a date that does not hold is struck through), `note` (what stands against it) and `clash`
        (events with the same word in it are joined by a thick line, red if one does not hold).

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> events = pd.DataFrame({"label": ["agreement", "strategy"], "start": ["2004", "2012-03"]})
    >>> axes = plot_timeline(events, "Two steps", "Dated events; n = 2", "Source: report, p. 3")
    >>> axes.figure.get_label()
    'Two steps. Dated events; n = 2. 2004: agreement; March 2012: strategy.'
    """
    events = check_table(events, "events", COLUMNS, optional=[*COLUMNS[1:2], *COLUMNS[3:]])
    events = _with_years(with_statuses(events, "events"))
    key, wide = status_key(events["status"]), layout().width - 2 * edge() - 0.3
    first, last, step = _years(events, wide)
    scale = wide / (last - first)
    spots = _placed(events, first, scale, wide)
    lanes, height = _stacked(events, spots)
    above, below = key_height(key) + 1.2 * layout().line, 1.5 * layout().line
    _, axes = canvas(title, subtitle, source, height=above + height + below)
    fix_axes(axes, 0.15, 0.15, above, below)
    axes.set(xlim=(first, last), ylim=(height, 0))
    _year_axis(axes, first, last, step)
    draw_key(axes, key, 0.15, -above)
    _draw_lanes(axes, lanes)
    for event, spot in zip(events.itertuples(), spots, strict=True):
        _draw_event(axes, event, spot, look_of(event.status, events["status"]))
    _join_clashes(axes, events, spots)
    axes.figure.drawn = filled(events.drop(columns=["first", "last"]))
    describe(axes, [_said(event, events) for event in events.itertuples()])
    return axes


@dataclass
class Spot:
    """Where an event and its text stand, in inches from the left and from the top.

    lines : list of str
        Its date and label, on lines.
    note : str
        What is written small below them, on lines.
    text : float
        Where the text begins, or ends where it stands left of the mark.
    side : str
        "left" where the text begins there, "right" where it ends there.
    start, end : float
        Of all that the event takes.
    below : bool
        The text stands below a period and not beside it.
    place : float
        Of the mark, from the top.
    """

    lines: list[str]
    note: str
    text: float
    side: str
    start: float
    end: float
    below: bool
    place: float = 0.0

    @property
    def height(self) -> float:
        """Of all, in inches."""
        lines = len(self.lines) + self.below
        return text_height("x") * lines + text_height(self.note, small()) + 0.07


def _years(events: pd.DataFrame, wide: float) -> tuple[int, int, int]:
    """Return the first and the last year of the axis and the years between its ticks."""
    first, last = int(events["first"].min()), int(np.ceil(events["last"].max()))
    span = max(last - first, 1)
    steps = [1, 2] if span <= 4 else [2, 5, 10] if span <= 12 else [5, 10, 20, 50, 100]
    step = int(tick_step(steps, wide, span + steps[0], "2000"))
    if events["first"][_begins_clash(events)].min() < first + step:  # room for its label
        return (first - 1) // step * step, last, step
    return first - (first % step and min(1, first % step)), last, step


def _placed(events: pd.DataFrame, first: int, scale: float, wide: float) -> list[Spot]:
    """Return where the text of each event stands: right of it, left of it, or below a period."""
    spots = []
    for event, turned in zip(events.itertuples(), _begins_clash(events), strict=True):
        start, end = (event.first - first) * scale, (event.last - first) * scale
        end = end if _is_period(event) else start
        spots.append(_beside(event, start, end, wide, turned))
    return spots


def _begins_clash(events: pd.DataFrame) -> list[bool]:
    """Tell which events begin a clash within their lane: the line goes to their right."""
    pairs = events.groupby(["lane", "clash"])["first"]
    first = (events["first"] == pairs.transform("min")) & (pairs.transform("nunique") > 1)
    return list(first & (events["clash"] != ""))


def _beside(event, start: float, end: float, wide: float, turned: bool) -> Spot:
    """Return where the text of one event stands beside its mark or bar; turned: rather left."""
    pad = 0.06 if _is_period(event) else 0.13
    before = 0.13 if event.status else pad
    right, left, most = wide + 0.15 - end - pad, start + 0.15 - before, 0.32 * layout().width + 0.35
    text = f"{event.shown}  {localized_text(event.label)}"
    both = [(right, "left", pad), (left, "right", before)]
    sides = [
        (fitted(text, min(room, most)).split("\n"), side, gap, min(room, most))
        for room, side, gap in (both[::-1] if turned else both)
        if room > 0.5
    ]
    whole = [each for each in sides if _unbroken(each[0], text)]
    if whole and (min(len(each[0]) for each in whole) <= 3 or not _is_period(event)):
        lines, side, gap, room = min(whole, key=lambda each: 0 if turned else len(each[0]))
        return _spot(event, lines, start, end, gap, side, room)
    if _is_period(event) and end - start > 0.5 * wide:
        lines = fitted(text, wide - start).split("\n")
        return _spot(event, lines, start, end, 0.0, "below", wide - start)
    side, room, gap = ("left", right, pad) if right >= left else ("right", left, before)
    return _spot(event, fitted(text, room).split("\n"), start, end, gap, side, room)


def _unbroken(lines: Sequence[str], text: str) -> bool:
    """Tell whether no word of a text was broken between its lines."""
    return " ".join(lines).split() == text.split()


def _spot(event, lines, start, end, pad, side, room) -> Spot:
    """Return the place of a text on lines beside, or below, what runs from start to end."""
    note = fitted(event.note, room, small())
    width = max(text_width("\n".join(lines)), text_width(note, small()) if note else 0)
    half = 0.11 if not _is_period(event) else 0
    if side == "left":
        return Spot(lines, note, end + pad, side, start - half, end + pad + width, False)
    if side == "right":
        return Spot(lines, note, start - pad, side, start - pad - width, end + half, False)
    return Spot(lines, note, start, "left", start, max(end, start + width), True)


def _stacked(events: pd.DataFrame, spots: list[Spot]) -> tuple[list[tuple[str, float]], float]:
    """Give each event a place from the top; return the lanes with where they begin, and the height.

    In a lane an event stands in the first row in which it touches nothing.
    """
    lanes, top = [], 0.0
    for lane in dict.fromkeys(events["lane"]):
        lanes.append((fitted(lane, layout().width - 2 * edge(), weight="bold"), top))
        top += text_height(lanes[-1][0]) + 0.1 if lane else 0.06
        members = _in_order(events, lane)
        for row in _packed([spots[k] for k in members]):
            tall = max(spot.height for spot in row)
            for spot in row:
                spot.place = top + 0.035 + 0.5 * text_height("x")
            top += tall
        top += 0.12
    return lanes, top


def _in_order(events: pd.DataFrame, lane: str) -> list[int]:
    """Return the events of a lane by time, but those of a clash where they are near each other.

    In the lane in which a clash begins they stand at the end, in the others at the beginning.
    """
    started = dict(zip(events["clash"][::-1], events["lane"][::-1], strict=True))
    first = {clash for clash, where in started.items() if clash and where == lane}
    at = [(0 if clash == "" else 1 if clash in first else -1) for clash in events["clash"]]
    members = [k for k, name in enumerate(events["lane"]) if name == lane]
    return sorted(members, key=lambda k: (at[k], events["first"].iloc[k], events["last"].iloc[k]))


def _packed(spots: list[Spot]) -> list[list[Spot]]:
    """Return spots in rows in which none touches another."""
    rows: list[list[Spot]] = []
    for spot in spots:
        apart = (
            row
            for row in rows
            if all(spot.start > o.end + 0.12 or spot.end < o.start - 0.12 for o in row)
        )
        row = next(apart, None)
        if row is None:
            rows.append([spot])
        else:
            row.append(spot)
    return rows


def _draw_lanes(axes: Axes, lanes: list[tuple[str, float]]) -> None:
    """Name the lanes, with a line between them."""
    for number, (lane, top) in enumerate(lanes):
        if number:
            axes.axhline(top - 0.05, color="#BBBBBB", linewidth=0.8, gid="lane")
        if lane:
            place = top + 0.06 + 0.5 * text_height(lane)
            write(axes, -0.15, place, lane, fontweight="bold", gid="lane name", zorder=6)


def _is_period(event) -> bool:
    return bool(event.end) and event.last - event.first > MOMENT


def _draw_event(axes: Axes, event, spot: Spot, mark: Mark) -> None:
    """Draw a period as a bar, a date as a mark, and the text beside it."""
    if _is_period(event):
        look = {"facecolor": mark.colour, "edgecolor": mark.edge, "lw": 0.8, "zorder": 3}
        wide = event.last - event.first
        axes.add_patch(
            Rectangle((event.first, spot.place - 0.045), wide, 0.09, gid="period", **look)
        )
    if event.status or not _is_period(event):
        gid = "status" if _is_period(event) else "moment"
        draw_mark(axes, event.first, spot.place, mark, gid=gid)
    _write_event(axes, event, spot)


def _write_event(axes: Axes, event, spot: Spot) -> None:
    """Write date and label of an event, struck through where they do not hold, and its note."""
    step, broken = text_height("x"), event.status == "does not hold"
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    for number, line in enumerate(spot.lines):
        place = spot.place + step * (number + spot.below)
        style = {"ha": spot.side, "gid": "event", "bbox": white, "zorder": 5}
        written = write(axes, spot.text, place, line, **style)
        if broken:
            _strike(axes, written)
    if spot.note:
        place = spot.place + step * (len(spot.lines) + spot.below - 0.5)
        colour = BROKEN if broken else NOTE
        style = {"va": "top", "fontsize": small(), "color": colour, "ha": spot.side}
        write(axes, spot.text, place, spot.note, gid="note", bbox=white, zorder=4.9, **style)


def _strike(axes: Axes, written: Text) -> None:
    """Strike a line of text through, at the middle of its small letters."""
    box = written.get_window_extent()
    ends = [(x, box.y0 + 0.43 * box.height) for x in (box.x0, box.x1)]
    years, places = axes.transData.inverted().transform(ends).T
    axes.plot(years, places, color=BROKEN, linewidth=0.9, zorder=6, gid="strike")


def _join_clashes(axes: Axes, events: pd.DataFrame, spots: list[Spot]) -> None:
    """Join events that clash by a thick line from mark to mark."""
    for clash in filter(None, dict.fromkeys(events["clash"])):
        members = [k for k, name in enumerate(events["clash"]) if name == clash]
        years, places = events["first"].iloc[members], [spots[k].place for k in members]
        broken = "does not hold" in set(events["status"].iloc[members])
        colour = BROKEN if broken else VALUE
        style = {"color": colour, "linewidth": 2.4, "alpha": 0.75, "zorder": 2.5, "gid": "clash"}
        axes.plot(years, places, solid_capstyle="round", **style)


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
    shown = [event.text or written_date(event.start, event.end) for event in events.itertuples()]
    return events.assign(first=first, last=last, shown=list(map(localized_text, shown)))


def _said(event, events: pd.DataFrame) -> str:
    """Return what an event says in the alternative text."""
    lane = f"{localized_text(event.lane)}, " if event.lane else ""
    note = "; ".join(filter(None, [localized_text(event.note), _said_joined(event, events)]))
    return f"{lane}{event.shown}: {localized_text(event.label)}{said_status(event.status, note)}"


def _said_joined(event, events: pd.DataFrame) -> str:
    """Return what the alternative text says of the events that this one is joined to."""
    others = events[(events["clash"] == event.clash) & (events.index != event.Index)]
    names = ", ".join(f"{row.shown} {localized_text(row.label)}" for row in others.itertuples())
    return tr("joined to: {events}", events=names) if event.clash and names else ""


def _year_axis(axes: Axes, first: int, last: int, step: int) -> None:
    """Name years below and above the lanes."""
    axes.set_xticks(range(-(-first // step) * step, last + 1, step))
    axes.grid(axis="x", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")
    look = {"labelsize": layout().size, "length": 3, "color": "#999999"}
    axes.tick_params(axis="x", labeltop=True, **look)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
