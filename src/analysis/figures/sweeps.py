"""How numbers move with a parameter: lines in small panels, each named at its end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.arguments import check_table, check_text
from analysis.figures.room import (
    GAP,
    RULE,
    edge,
    fitted,
    fix_axes,
    small,
    text_height,
    text_width,
    write,
)
from analysis.figures.statuses import filled
from analysis.figures.style import COLOURS, canvas, describe, drawing, layout, wrapped
from analysis.language.current import localized_text, number, tr

MARKERS = "os^DvPX*"
DASHES = ("-", (0, (4, 1.5)))
LEADER = 0.3  # inches between the end of a line and its name
WIDE = 1.9  # inches that a panel has at least where it has neighbours
TALL = 1.7
MARKED = 30  # points of a line that have a mark each


@drawing
def plot_sweep(points: pd.DataFrame, title: str, subtitle: str, source: str, *, axis: str) -> Axes:
    """Draw numbers over the values of a parameter: a panel each group and setting, lines by label.

    points : DataFrame
        One row a number: `label` (its line), `x` (numbers, or else text: then there are dots
        only), `value`; optional `setting` (of other parameters: panels side by side) and `group`
        (what is drawn, such as a column: panels one below the other).
    axis : str
        The name of the parameter.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> points = pd.DataFrame({"label": "rain", "x": [1, 2], "value": [3.0, 4.5]})
    >>> axes = plot_sweep(points, "More rain", "Table rain", "Notebook rain", axis="days")
    >>> axes.figure.get_label()
    'More rain. Table rain. rain: 3 to 4.5.'
    """
    points, axis = _points(points), check_text(axis, "axis")
    plan = _plan(points, axis)
    figure, frame = canvas(title, subtitle, source, height=plan.height)
    fix_axes(frame)
    frame.set(xlim=(0, plan.width), ylim=(plan.height, 0))
    frame.set_axis_off()
    top = 0.0
    for group, settings in plan.rows:
        top = _draw_row(frame, plan, points[points["group"] == group], settings, top)
    style = {"ha": "center", "va": "bottom", "gid": "axis"}
    write(frame, plan.left + plan.panels / 2, plan.height, plan.axis, **style)
    figure.drawn = filled(points.drop(columns="place"))
    describe(frame, _said(points))
    return frame


def _points(points: pd.DataFrame) -> pd.DataFrame:
    """Return the points checked; x are numbers where all of them are."""
    texts = ["group", "setting", "label", "x"]
    checked = check_table(points, "points", texts, ["value"], optional=texts[:2])
    if all(isinstance(x, Real) and not isinstance(x, bool) for x in points["x"]):
        checked["x"] = points["x"].to_numpy(dtype=float)
        return checked.assign(place=checked["x"])
    places = {text: place for place, text in enumerate(dict.fromkeys(checked["x"]))}
    return checked.assign(place=checked["x"].map(places))


def _is_number(points: pd.DataFrame) -> bool:
    return pd.api.types.is_float_dtype(points["x"])


@dataclass(frozen=True)
class Plan:
    """Where things stand, in inches.

    rows : list of (str, list of str)
        Panels side by side: their group, their settings.
    names : dict
        Of the lines, on lines of text, as they stand right of the panels.
    values : list of str
        Of the parameter, on lines of text, where they are text; the axis then has a place each.
    axis : str
        The name of the parameter.
    width, left, panels, each, gap
        Of all, of the numbers left of the panels, of the panels together, of one, between two.
    tall, foot : float
        Of a panel, and of what stands below it.
    height : float
        Of all.
    """

    rows: list[tuple[str, list[str]]]
    names: dict[str, str]
    values: list[str]
    axis: str
    width: float
    left: float
    panels: float
    each: float
    gap: float
    tall: float
    foot: float
    height: float

    def look(self, label: str) -> dict[str, object]:
        """Return how a line is drawn, told apart in grey too."""
        place = list(self.names).index(label)
        style = {"color": COLOURS[place % len(COLOURS)], "marker": MARKERS[place % len(MARKERS)]}
        return style | {"linestyle": DASHES[place // len(COLOURS) % len(DASHES)]}

    def across(self, place: int) -> float:
        """Return where a panel begins that has so many to its left."""
        return self.left + place * (self.each + self.gap)


def _plan(points: pd.DataFrame, axis: str) -> Plan:
    """Return where things stand, so that every text has room."""
    width = layout().width - 2 * edge()
    names = {each: fitted(each, 0.24 * width) for each in dict.fromkeys(points["label"])}
    if len(names) == 1 and not all(names):
        names = dict.fromkeys(names, "")
    right = max(map(text_width, names.values()), default=0.0) + LEADER + GAP if any(names) else 0.3
    left = max(text_width(tick) for tick in _all_ticks(points)) + 0.15
    room = width - left - right
    texts = [] if _is_number(points) else list(dict.fromkeys(points["x"]))
    gap = GAP + (0.15 if texts else text_width(_widest(points["x"])))
    settings = list(dict.fromkeys(points["setting"]))
    most = max(1, int((room + gap) / (max(WIDE, _needed(texts)) + gap)))
    most = -(-len(settings) // -(-len(settings) // most))  # rows of panels equally long
    each = (room - (most - 1) * gap) / most
    values = [fitted(text, max(each / len(texts) - 0.08, 0.2), small()) for text in texts]
    parts = [settings[first : first + most] for first in range(0, len(settings), most)]
    rows = [(group, part) for group in dict.fromkeys(points["group"]) for part in parts]
    tall = max(TALL, sum(map(text_height, names.values())) + 0.03 * len(names))
    foot = max([text_height(text, small()) for text in values], default=text_height("1")) + 0.14
    axis = wrapped(axis, room, layout().size)  # as it is called in every language
    height = sum(_head(group, part, each) + tall + foot for group, part in rows)
    height += text_height(axis) + 0.16 * (len(rows) - 1)
    sizes = width, left, room, each, gap, tall, foot, height
    return Plan(rows, names, values, axis, *sizes)


def _needed(texts: Sequence[str]) -> float:
    """Return the width at which the longest word below an axis is not broken."""
    words = [word for text in texts for word in re.split(r"\s|(?<=-)", localized_text(text))]
    return len(texts) * (max((text_width(word, small()) for word in words), default=0) + 0.1)


def _all_ticks(points: pd.DataFrame) -> list[str]:
    """Return the numbers left of the panels."""
    groups = points.groupby("group", sort=False)["value"]
    return [_tick(tick, ticks) for _, part in groups for ticks in [_ticks(part)] for tick in ticks]


def _ends(values: pd.Series) -> tuple[float, float]:
    """Return the ends of the axis of values, a little beyond them."""
    least, most = values.min(), values.max()
    pad = 0.06 * (most - least) or 0.06 * abs(most) or 1.0
    return least - pad, most + pad


def _ticks(values: pd.Series) -> np.ndarray:
    least, most = _ends(values)
    whole = bool((values % 1 == 0).all())
    ticks = MaxNLocator(5, steps=[1, 2, 5, 10], integer=whole).tick_values(least, most)
    return ticks[(ticks >= least) & (ticks <= most)]


def _tick(value: float, ticks: Sequence[float]) -> str:
    """Return the name of a tick, with as many decimals as its neighbours need."""
    step = min(np.diff(ticks), default=abs(value) or 1.0)
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    return number(round(value, decimals) + 0.0, f",.{decimals}f")


def _widest(values: Iterable[float]) -> str:
    return max((number(value, ".6g") for value in values), key=text_width)


def _head(group: str, settings: Sequence[str], each: float) -> float:
    """Return the height of what stands above a row of panels."""
    named = [text_height(fitted(setting, each)) for setting in settings if setting]
    heading = fitted(group, layout().width - 2 * edge(), weight="bold")
    return text_height(heading) + max(named, default=0.0) + 0.1


def _draw_row(
    frame: Axes, plan: Plan, points: pd.DataFrame, settings: Sequence[str], top: float
) -> float:
    """Draw panels side by side with their headings; return where the next row begins."""
    group = points["group"].iloc[0]
    heading = fitted(group, plan.width, weight="bold")
    write(frame, 0, top, heading, va="top", fontweight="bold", gid="heading")
    begin = top + _head(group, settings, plan.each)
    for place, setting in enumerate(settings):
        part = points[points["setting"] == setting]
        axes = _panel(frame, plan, plan.across(place), begin)
        _set_axes(axes, plan, points, named=place == 0)
        name = fitted(setting, plan.each)
        above = {"va": "bottom", "gid": "setting"}
        write(frame, plan.across(place), begin - 0.07, name, **above)
        for label, line in part.groupby("label", sort=False):
            _draw_line(axes, line, plan.look(str(label)), bool(plan.values))
    _name_lines(frame, plan, part, _ends(points["value"]), len(settings), begin)
    return begin + plan.tall + plan.foot + 0.16


def _panel(frame: Axes, plan: Plan, across: float, begin: float) -> Axes:
    """Return axes at a place within the frame."""
    box = frame.get_position()
    x = box.x0 + box.width * across / plan.width
    y = box.y1 - box.height * (begin + plan.tall) / plan.height
    size = box.width * plan.each / plan.width, box.height * plan.tall / plan.height
    return frame.figure.add_axes((x, y, *size))


def _set_axes(axes: Axes, plan: Plan, points: pd.DataFrame, named: bool) -> None:
    """Set the ends of both axes, and name their ticks; those at the left at the first panel."""
    ticks = _ticks(points["value"])
    axes.set_ylim(*_ends(points["value"]))
    axes.set_yticks(ticks, [_tick(tick, ticks) if named else "" for tick in ticks])
    axes.grid(axis="y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=layout().size)
    axes.tick_params(axis="x", length=3, color="#999999", labelsize=layout().size)
    if plan.values:
        axes.set_xlim(-0.5, len(plan.values) - 0.5)
        axes.set_xticks(range(len(plan.values)), plan.values, fontsize=small())
        return
    least, most = points["x"].min(), points["x"].max()
    pad = 0.03 * (most - least) or 0.5
    axes.set_xlim(least - pad, most + pad)
    count = int(np.clip(plan.each / (text_width(_widest(points["x"])) + 0.2), 1, 6))
    locator = MaxNLocator(count, steps=[1, 2, 5, 10], integer=bool((points["x"] % 1 == 0).all()))
    ticks = locator.tick_values(least, most)
    ticks = ticks[(ticks >= least - pad) & (ticks <= most + pad)]
    axes.set_xticks(ticks, [_tick(tick, ticks) for tick in ticks])


def _draw_line(axes: Axes, line: pd.DataFrame, look: dict[str, object], apart: bool) -> None:
    """Draw one line with its marks; values that are text are not joined."""
    style = {"markersize": 0.42 * layout().size, "linewidth": 1.5, "gid": "value"} | look
    if apart:
        style["linestyle"] = "none"
    every = max(1, len(line) // MARKED)
    axes.plot(line["place"], line["value"], markevery=every, clip_on=False, **style)


def _name_lines(
    frame: Axes,
    plan: Plan,
    part: pd.DataFrame,
    ends: tuple[float, float],
    panels: int,
    begin: float,
) -> None:
    """Write the name of each line at its end, right of the last panel, without touching another."""
    least, most = ends
    last = part.loc[part.groupby("label", sort=False)["place"].idxmax()].set_index("label")
    names = {label: plan.names[label] for label in last.index if plan.names[label]}
    wanted = {
        label: begin + plan.tall * (most - last["value"][label]) / (most - least) for label in names
    }
    spots = _spread(wanted, {n: text_height(t) + 0.03 for n, t in names.items()}, begin, plan.tall)
    start = plan.across(panels - 1) + plan.each
    for label, spot in spots.items():
        look = plan.look(str(label))
        ends_at = [start + 0.04, start + LEADER - 0.12]
        frame.plot(
            ends_at, [wanted[label], spot], color=look["color"], linewidth=0.8, clip_on=False
        )
        mark = {"color": look["color"], "marker": look["marker"], "gid": "name mark"}
        frame.plot([ends_at[1] + 0.05], [spot], markersize=0.5 * layout().size, **mark)
        write(frame, start + LEADER + 0.03, spot, names[label], gid="name")


def _spread(
    wanted: dict[str, float], heights: dict[str, float], begin: float, room: float
) -> dict[str, float]:
    """Return places for texts near those wanted, at which none touches another, from the top.

    >>> _spread({"a": 1.0, "b": 1.25}, {"a": 0.5, "b": 0.5}, 0.0, 2.0)
    {'a': 1.0, 'b': 1.5}
    """
    order = sorted(wanted, key=wanted.__getitem__)
    spots, free = {}, begin
    for name in order:
        spots[name] = max(wanted[name], free + heights[name] / 2)
        free = spots[name] + heights[name] / 2
    free = begin + room + text_height("x") / 2
    for name in reversed(order):
        spots[name] = min(spots[name], free - heights[name] / 2)
        free = spots[name] - heights[name] / 2
    return spots


def _said(points: pd.DataFrame) -> list[str]:
    """Return what each line says in the alternative text: its names, and its ends."""
    said = []
    for key, line in points.groupby(["group", "setting", "label"], sort=False):
        name = ", ".join(localized_text(part) for part in key if part)
        ends = [number(end, ".6g") for end in (line["value"].iloc[0], line["value"].iloc[-1])]
        text = ends[0] if ends[0] == ends[1] else tr("{low} to {high}", low=ends[0], high=ends[1])
        said.append(f"{name}: {text}")
    return said
