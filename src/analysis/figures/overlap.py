"""The drawing of what was chosen together: combinations of options, each a bar and its dots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.arguments import check_number, check_sequence, check_whole, kind_of
from analysis.failures import quoted
from analysis.figures.room import (
    GAP,
    NOTE,
    RULE,
    Rows,
    draw_rows,
    edge,
    fitted,
    fix_axes,
    names_width,
    small,
    stack_rows,
    text_height,
    text_width,
    write,
)
from analysis.figures.statuses import draw_mark
from analysis.figures.style import VALUE, Mark, canvas, describe, drawing, layout
from analysis.language.current import label, number, tr
from analysis.language.sentences import counted, listed

CHOSEN, NOT_CHOSEN = Mark(VALUE, VALUE, "o"), Mark("#DADADA", "#DADADA", "o")
WIDEST = 0.42  # inches between two combinations


@drawing
def plot_overlap(
    combinations: pd.DataFrame,
    people: Sequence[float],
    title: str,
    subtitle: str,
    source: str,
    most: int = 15,
) -> Axes:
    """Draw which options were chosen together: a column a combination, most frequent first.

    A dot says that an option belongs to the combination, a bar how many people chose exactly it;
    how many chose an option in all stands at the right. What has no room is counted below.

    combinations : DataFrame
        One row a combination, one column an option, in the order of drawing: True where the option
        belongs to the combination.
    people : sequence of numbers
        How many people chose exactly each combination (or the sum of their weights).
    most : int
        How many combinations are drawn at most, 1 or more.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> combinations = pd.DataFrame({"grants": [True, True], "language": [True, False]})
    >>> words = "Mostly alone", "Obstacles", "Source: own survey"
    >>> axes = plot_overlap(combinations, [4, 21], *words)
    >>> axes.figure.get_label()
    'Mostly alone. Obstacles. grants: 21; grants and language: 4; in all: grants 25, language 4.'
    """
    options, most = _options(combinations), check_whole(most, "most", 1)
    table = _combinations(combinations, _people(people, combinations))
    totals = table.drop(columns="people").mul(table["people"], axis=0).sum().tolist()
    place = _placed(options, table["people"], totals, most)
    _, axes = canvas(title, subtitle, source, height=place.height)
    fix_axes(axes, place.names, place.right, place.above, place.below)
    axes.set_xlim(0, place.width)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    draw_rows(axes, place.rows, place.names, place.width)
    shown = table.head(place.columns)
    _draw_dots(axes, place, shown.drop(columns="people").to_numpy())
    _draw_bars(axes, place, shown["people"].tolist())
    _write_totals(axes, place)
    write(axes, -place.names, place.foot, place.left_out, va="top", gid="note", **_note())
    axes.figure.drawn = shown.set_axis(["people", *options], axis=1).reset_index(drop=True)
    describe(axes, list(_said(options, shown, " ".join(place.left_out.split()), totals)))
    return axes


def _options(table: Any) -> list[str]:
    """Return the options, or raise TypeError or ValueError if there is no table of them."""
    wanted = "combinations: wanted a table with one column an option and a row a combination"
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{wanted}; got {kind_of(table)}")
    if table.empty:
        raise ValueError(f"{wanted}; it has no cell")
    return [str(option) for option in table.columns]


def _people(people: Any, table: pd.DataFrame) -> list[float]:
    """Return how many people each combination has, or raise an error that names the argument."""
    counts = check_sequence(people, "people", "numbers, such as [21, 4]")
    counts = [check_number(each, f"people[{place}]") for place, each in enumerate(counts)]
    if len(counts) != len(table) or min(counts) < 0:
        wanted = f"people: wanted {len(table)} numbers of 0 or more, one a combination"
        raise ValueError(f"{wanted}; got {quoted(counts)}")
    return counts


def _combinations(table: pd.DataFrame, people: list[float]) -> pd.DataFrame:
    """Return the combinations, each once, the most frequent first: `people`, options by number."""
    chosen = {place: _flags(table, place) for place in range(table.shape[1])}
    whole = pd.DataFrame({**chosen, "people": people})
    whole = whole[whole["people"] > 0].groupby(list(chosen), as_index=False, sort=False).sum()
    return whole.sort_values("people", ascending=False, kind="stable")[["people", *chosen]]


def _flags(table: pd.DataFrame, place: int) -> list[bool]:
    """Return the cells of an option as True or False, or raise ValueError that names one."""
    cells = table.iloc[:, place].tolist()
    for row, cell in zip(table.index, cells, strict=True):
        if not isinstance(cell, bool | np.bool_):
            wanted = f"combinations, column {table.columns[place]}, row {row}: wanted True or False"
            raise ValueError(f"{wanted}; got {kind_of(cell)}")
    return [*map(bool, cells)]


@dataclass(frozen=True)
class Place:
    """Where everything stands, in inches.

    columns, step : int, float
        How many combinations there is room for, and the distance between two.
    names, width, right : float
        Widths of the names, of the dots and of the totals.
    above, bars, below : float
        Heights of bars with their heading, of the highest bar, and of the note.
    left_out : str
        What has no room, on lines.
    """

    rows: Rows
    columns: int
    step: float
    names: float
    width: float
    totals: list[str]
    head: str
    bars: float
    above: float
    left_out: str

    @property
    def right(self) -> float:
        """Width of the totals at the right, with the gap before them."""
        return GAP + max(map(text_width, [tr("in all"), *self.totals]))

    @property
    def foot(self) -> float:
        """Where the note below the dots begins."""
        return self.rows.height + 0.06

    @property
    def below(self) -> float:
        """Height of the note."""
        return 0.1 + text_height(self.left_out, small())

    @property
    def height(self) -> float:
        """Of all."""
        return self.above + self.rows.height + self.below


def _placed(options: list[str], people: pd.Series, totals: list[float], most: int) -> Place:
    """Return where everything stands: as many combinations as have room for their numbers."""
    wide, nothing = layout().width - 2 * edge(), [""] * len(options)
    rows = stack_rows(options, nothing, nothing, nothing, wide, least=1.5 * layout().line)
    names = max(names_width(rows), 0.3 * wide)
    texts = [number(each, ",.0f") for each in totals]
    width = wide - names - GAP - max(map(text_width, [tr("in all"), *texts]))
    numbers = [text_width(number(each, ",.0f"), small()) + 0.07 for each in people]
    least = max([0.16 * layout().size / 9.6, *numbers])
    columns = max(1, min(len(people), most, int(width / least)))
    head = fitted(tr("people who chose exactly these options"), names - GAP, small())
    bars = 6 * layout().line
    above = max(bars + 1.4 * layout().line, text_height(head, small()) + 0.1)
    left_out = fitted(_left_out(people.iloc[columns:]), wide, small())
    step = min(width / columns, WIDEST * layout().size / 9.6)
    return Place(rows, columns, step, names, width, texts, head, bars, above, left_out)


def _left_out(people: pd.Series) -> str:
    """Return how many combinations are not drawn, and of how many people; "" if all are."""
    if people.empty:
        return ""
    rarer = counted(len(people), "rarer combination")
    in_all = counted(round(people.sum()), "person", "people")
    return tr("Not drawn: {combinations}, {people} in all", combinations=rarer, people=in_all)


def _note() -> dict:
    return {"fontsize": small(), "color": NOTE}


def _draw_dots(axes: Axes, place: Place, chosen: np.ndarray) -> None:
    """Draw the dots of each combination, those of chosen options joined by a line."""
    end = place.step * place.columns
    for mark in place.rows.marks:
        axes.plot([0, end], [mark, mark], color=RULE, linewidth=0.8, zorder=0)
    for column, flags in enumerate(chosen):
        x = place.step * (column + 0.5)
        for mark, flag in zip(place.rows.marks, flags, strict=True):
            gid = "value" if flag else "not chosen"
            draw_mark(axes, x, mark, CHOSEN if flag else NOT_CHOSEN, gid=gid)
        joined = [mark for mark, flag in zip(place.rows.marks, flags, strict=True) if flag]
        if len(joined) > 1:
            style = {"color": VALUE, "linewidth": 1.6, "zorder": 4.5, "gid": "joined"}
            axes.plot([x, x], [joined[0], joined[-1]], **style)


def _draw_bars(axes: Axes, place: Place, people: list[float]) -> None:
    """Draw the bar of each combination above its dots, with its number."""
    scale, wide, low = place.bars / max(people, default=1), 0.62 * place.step, -0.04
    for column, count in enumerate(people):
        x, tall = place.step * (column + 0.5), scale * count
        style = {"facecolor": VALUE, "linewidth": 0, "clip_on": False, "gid": "bar"}
        axes.add_patch(Rectangle((x - wide / 2, low - tall), wide, tall, **style))
        above = {"ha": "center", "va": "bottom", "fontsize": small(), "gid": "number"}
        write(axes, x, low - tall - 0.02, number(count, ",.0f"), **above)
    style = {"va": "bottom", "gid": "head"} | _note()
    write(axes, -place.names, low, place.head, **style)


def _write_totals(axes: Axes, place: Place) -> None:
    """Write how many people chose each option, right of the dots."""
    end = place.width + place.right
    write(axes, end, -0.04, tr("in all"), ha="right", va="bottom", gid="head", **_note())
    for mark, text in zip(place.rows.marks, place.totals, strict=True):
        write(axes, end, mark, text, ha="right", gid="text")


def _said(options: list[str], shown: pd.DataFrame, left: str, totals: list) -> Iterator[str]:
    """Give what each combination says in the alternative text."""
    for people, *flags in shown.to_numpy(dtype=object):
        names = [label(name) for name, flag in zip(options, flags, strict=True) if flag]
        yield f"{listed(names)}: {number(people, ',.0f')}"
    if left:
        yield left
    each = zip(options, totals, strict=True)
    all_ = ", ".join(f"{label(name)} {number(people, ',.0f')}" for name, people in each)
    yield f"{tr('in all')}: {all_}"
