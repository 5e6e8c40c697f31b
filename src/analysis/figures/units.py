"""Drawings of things one can count: a box or a dot a thing; marks in rows and columns."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analysis.arguments import check_table, kind_of
from analysis.failures import quoted
from analysis.figures.room import (
    RULE,
    draw_rows,
    edge,
    fitted,
    fix_axes,
    names_width,
    stack_rows,
    text_height,
    text_width,
    write,
)
from analysis.figures.statuses import (
    Look,
    check_statuses,
    draw_key,
    draw_mark,
    filled,
    key_height,
    look_of,
    said_status,
    status_key,
)
from analysis.figures.style import (
    PALE,
    PLAIN,
    STATUS,
    STATUS_OF,
    UNKNOWN,
    VALUE,
    Mark,
    canvas,
    describe,
    drawing,
    layout,
)
from analysis.language.current import label, localized_text, tr

EMPTY = Mark("white", UNKNOWN, "o")
WORDS = {"yes": PLAIN}  # a word that is no status


@drawing
def plot_units(units: pd.DataFrame, title: str, subtitle: str, source: str) -> Axes:
    """Draw one box a thing that has a name, one dot a thing that has none.

    units : DataFrame
        One row a thing: `status` (one of style.STATUS) or `filled` (True or False: an empty box or
        dot is a thing that is missing); optional `label` (empty: a dot), `group` (a heading above
        its boxes; groups in the order in which they first occur) and `note`.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> units = pd.DataFrame({"label": ["Fiji", "not named"], "filled": [True, False]})
    >>> axes = plot_units(units, "One of two is named", "Parties", "Source: certificate")
    >>> axes.figure.get_label()
    'One of two is named. Parties. Fiji; not named (missing).'
    """
    units = _units(units)
    dots = (units["label"] == "") & units["filled"]
    key = status_key(units["status"][dots | (units["status"] != "")])
    blocks, height = _blocks(units)
    above = key_height(key)
    _, axes = canvas(title, subtitle, source, height=above + height + 0.05)
    width = fix_axes(axes, above=above)
    axes.set(xlim=(0, width), ylim=(height + 0.05, 0))
    axes.set_axis_off()
    draw_key(axes, key, 0, -above)
    for block in blocks:
        _draw_block(axes, *block)
    axes.figure.drawn = filled(units)
    describe(axes, _said_units(units))
    return axes


def _units(units: pd.DataFrame) -> pd.DataFrame:
    """Return the table of things checked; each is filled or not, or has a status."""
    columns = ["label", "group", "status", "note"]
    given = units["filled"] if isinstance(units, pd.DataFrame) and "filled" in units else None
    checked = check_table(units, "units", columns, optional=columns)
    if given is None and "status" not in units:
        raise ValueError("units: wanted a table with the column status or filled; both are missing")
    there = [True] * len(units) if given is None else list(given)
    for row, flag in enumerate(there):
        if not isinstance(flag, bool | np.bool_):
            wanted = f"units, column filled, row {row}: wanted True or False"
            raise ValueError(f"{wanted}; got {kind_of(flag)}")
    groups = list(dict.fromkeys(checked["group"]))
    statuses = check_statuses(checked["status"], "units")
    checked = checked.assign(status=statuses, filled=list(map(bool, there)))
    return checked.sort_values("group", key=lambda names: names.map(groups.index), kind="stable")


def _blocks(units: pd.DataFrame) -> tuple[list[tuple], float]:
    """Return the heading, the place and the things of each group, and the height of all."""
    blocks, top = [], 0.0
    for group, things in units.groupby("group", sort=False):
        heading = fitted(group, layout().width - 2 * edge(), weight="bold")
        start = top + text_height(heading) + 0.06
        cells, step, tall = _cells(things)
        blocks.append((heading, top, things, cells, step, start))
        top = start + tall + 0.14
    return blocks, top


def _cells(things: pd.DataFrame) -> tuple[list[tuple[float, float]], tuple[float, float], float]:
    """Return where things stand in their block, the size of each, and the height of the block."""
    wide = layout().width - 2 * edge()
    named = (things["label"] != "").any()
    step = _box_size(things) if named else (_dot_size(len(things), wide),) * 2
    room = (wide + 1e-9) / step[0]
    columns = max(1, int(room)) if named else _dot_columns(room)
    places = [divmod(k, columns) for k in range(len(things))]
    blank = 0.0 if named else 0.5 * step[0]
    cells = [(step[0] * c + blank * (c // 10), step[1] * r) for r, c in places]
    return cells, step, step[1] * (1 + (len(things) - 1) // columns)


def _dot_size(dots: int, wide: float) -> float:
    """Return the room of one dot, in inches; many stand closer where the figure is narrow."""
    size = 0.021 * layout().size
    return min(size, wide / 20.55) if dots > 50 else size


def _dot_columns(room: float) -> int:
    """Return how many dots stand in a row: tens, with a gap behind each, as many as have room."""
    tens = int((room + 0.5) / 10.5)
    return min(10 * tens, 50) if tens else max(1, int(room))


def _box_size(things: pd.DataFrame) -> tuple[float, float]:
    """Return width and height of a box in which every label has room."""
    wide, most = layout().width - 2 * edge(), 1.9
    mark = 0.2 if (things["status"] != "").any() else 0.0
    labels = [fitted(text, min(most, wide - 0.3) - mark) for text in things["label"]]
    room = max(text_width(text) for text in labels if text) + mark + 0.3
    most = max(1, int(wide / room))
    columns = -(-len(things) // -(-len(things) // most))  # as even as the rows can be
    return wide / columns, max(map(text_height, labels)) + 0.2


def _draw_block(axes: Axes, heading: str, top: float, things, cells, step, start: float) -> None:
    """Draw the things of one group below their heading."""
    if heading:
        write(axes, 0, top, heading, va="top", fontweight="bold", gid="heading")
    for (x, y), thing in zip(cells, things.itertuples(), strict=True):
        if (things["label"] != "").any():
            _draw_box(axes, x, start + y, step, thing)
        else:
            look = look_of(thing.status, things["status"]) if thing.filled else EMPTY
            draw_mark(axes, x + step[0] / 2, start + y + step[1] / 2, look, scale=0.85)


def _draw_box(axes: Axes, x: float, y: float, step: tuple[float, float], thing) -> None:
    """Draw a thing with its name; the box of a missing one is hatched and broken."""
    look = {"facecolor": PALE, "edgecolor": VALUE, "linewidth": 0.9}
    if not thing.filled:
        look = {"facecolor": "white", "edgecolor": UNKNOWN, "hatch": "////", "linestyle": "--"}
    box = FancyBboxPatch(
        (x + 0.04, y + 0.03),
        step[0] - 0.08,
        step[1] - 0.06,
        boxstyle="round,pad=0,rounding_size=0.05",
        gid="box" if thing.filled else "empty box",
        **look,
    )
    axes.add_patch(box)
    middle, mark = y + step[1] / 2, 0.2 if thing.status else 0.0
    if thing.status:
        draw_mark(axes, x + 0.18, middle, STATUS[thing.status])
    text = fitted(thing.label, step[0] - 0.26 - mark)
    style = {} if thing.filled else {"bbox": {"facecolor": "white", "lw": 0, "pad": 1.5}}
    centre = x + step[0] / 2 + mark / 2
    write(axes, centre, middle, text, ha="center", gid="name", **style)


def _said_units(units: pd.DataFrame) -> list[str]:
    """Return what the boxes say in the alternative text; dots are counted."""
    said = []
    for group, things in units.groupby("group", sort=False):
        parts = _said_named(things) if (things["label"] != "").any() else _said_dots(things)
        said += [f"{localized_text(group)}: {', '.join(parts)}"] if group else parts
    return said


def _said_named(things: pd.DataFrame) -> list[str]:
    missing = [tr("missing") if not thing.filled else "" for thing in things.itertuples()]
    return [
        localized_text(thing.label)
        + said_status(thing.status, "; ".join(filter(None, [thing.note, gone])))
        for thing, gone in zip(things.itertuples(), missing, strict=True)
    ]


def _said_dots(things: pd.DataFrame) -> list[str]:
    names = things["status"].where(things["filled"], tr("missing")).replace("", tr("there"))
    return [f"{count} {label(name)}" for name, count in names.value_counts(sort=False).items()]


@drawing
def plot_marks(
    cells: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a table of few words as marks in rows and columns; an empty text stays empty.

    cells : DataFrame
        Words of style.STATUS, verdicts, or "yes" for a plain dot; index and columns are the labels.
    names : mapping of str to str or None
        For other words, the status whose mark they get, such as {"agrees": "holds"}.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> cells = pd.DataFrame({"cut": ["holds", ""], "rounded": ["unknown", "holds"]}, ["a", "b"])
    >>> axes = plot_marks(cells, "It depends", "Ways to round", "Source: article")
    >>> axes.figure.get_label()
    'It depends. Ways to round. a: cut: holds, rounded: unknown; b: rounded: holds.'
    """
    rows, columns, texts = texts_of(cells, "cells")
    looks = _word_marks(texts, rows, columns, _names(names))
    key = _word_key(looks)
    wide, blank = layout().width - 2 * edge(), [""] * len(rows)
    stacked = stack_rows(rows, blank, blank, blank, wide, least=1.7 * layout().line)
    side = names_width(stacked)
    step = min((wide - side) / len(columns), 1.5)
    heads, turned = column_heads(columns, step)
    above = key_height(key)
    tall = heads_height(heads, turned)
    _, axes = canvas(title, subtitle, source, height=above + tall + stacked.height + 0.05)
    fix_axes(axes, side, wide - side - step * len(columns), above + tall, 0.05)
    axes.set_xlim(0, len(columns))
    _draw_cells(axes, stacked.marks, texts, looks)
    draw_rows(axes, stacked, side, 1)
    write_heads(axes, heads, turned, step)
    draw_key(axes, key, side, -above - tall)
    axes.figure.drawn = cells
    describe(axes, [_said_line(*each, columns) for each in zip(rows, texts, strict=True)])
    return axes


def _names(names: Mapping[str, str] | None) -> dict[str, str]:
    if names is not None and not isinstance(names, Mapping):
        raise TypeError(f"names: wanted words and their statuses; got {kind_of(names)}")
    return dict(names or {})


def _word_marks(
    texts: list[list[str]], rows: list[str], columns: list[str], names: dict[str, str]
) -> dict[str, Mark]:
    """Return the mark of each word that occurs, or raise ValueError that names its cell."""
    marks = {word: STATUS[STATUS_OF.get(word, word)] for word in (*STATUS, *STATUS_OF)} | WORDS
    for word, status in names.items():
        if status not in marks:
            wanted = f"names: wanted one of {', '.join(marks)} for {word!r}"
            raise ValueError(f"{wanted}; got {quoted(status)}")
    marks = {word: marks[status] for word, status in names.items()} | marks
    for row, line in zip(rows, texts, strict=True):
        for column, word in zip(columns, line, strict=True):
            if word and word not in marks:
                place = f"cells, column {column}, row {row}"
                allowed = ", ".join([*names, *STATUS, *WORDS])
                raise ValueError(
                    f"{place}: wanted one of {allowed}, or nothing; got {quoted(word)}"
                )
    found = {word for line in texts for word in line}
    return {word: mark for word, mark in marks.items() if word in found}


def _word_key(looks: dict[str, Mark]) -> list[tuple[str, Look]]:
    """Return the entries of a key for words; of "yes" alone none is needed."""
    return [] if set(looks) == {"yes"} else [(label(word), mark) for word, mark in looks.items()]


def column_heads(columns: Sequence[str], step: float) -> tuple[list[str], bool]:
    """Return the headings of columns on lines, and whether they are turned to have room."""
    level = [fitted(label(name), step - 0.06) for name in columns]
    whole = all(
        " ".join(head.split()) == " ".join(label(name).split())
        for head, name in zip(level, columns, strict=True)
    )
    if whole and max(head.count("\n") for head in level) < 4:
        return level, False
    return [fitted(label(name), 1.7) for name in columns], True


def heads_height(heads: Sequence[str], turned: bool) -> float:
    """Return the height of the headings of columns, with the gap below them, in inches."""
    return max(map(text_width if turned else text_height, heads)) + 0.12


def write_heads(axes: Axes, heads: list[str], turned: bool, step: float) -> None:
    """Write the headings of columns above them."""
    axes.set_xticks([])
    top = axes.get_ylim()[1]
    up = 0.06 * (axes.get_ylim()[0] - top) / _tall(axes)
    for column, head in enumerate(heads):
        place = step * (column + 0.5)
        style = {"rotation": 90, "ha": "center", "va": "bottom"} if turned else {"va": "bottom"}
        write(axes, place, top - up, head, **({"ha": "center", "gid": "heading"} | style))


def _tall(axes: Axes) -> float:
    """Return the height of axes, in inches."""
    return axes.get_position().height * axes.figure.get_size_inches()[1]


def _draw_cells(axes: Axes, places: list[float], texts: list[list[str]], looks) -> None:
    """Draw a light line a row and the mark of each cell."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    for place, line in zip(places, texts, strict=True):
        axes.plot([0, len(line)], [place, place], color=RULE, linewidth=0.8, zorder=0)
        for column, word in enumerate(line):
            if word:
                draw_mark(axes, column + 0.5, place, looks[word])


def texts_of(table: pd.DataFrame, name: str) -> tuple[list[str], list[str], list[list[str]]]:
    """Return headings of the rows, of the columns, and the cells of a table, all as text.

    name : str
        The argument to name in a message: TypeError for no table, ValueError for one without cells.

    >>> texts_of(pd.DataFrame({"here": ["yes", None]}, index=["a", "b"]), "cells")
    (['a', 'b'], ['here'], [['yes'], ['']])
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name}: wanted a table of texts; got {kind_of(table)}")
    if table.empty:
        raise ValueError(f"{name}: wanted a table of texts; it has no cell")
    cells = table.to_numpy(dtype=object)
    texts = [["" if pd.isna(cell) else str(cell) for cell in row] for row in cells]
    return list(map(str, table.index)), list(map(str, table.columns)), texts


def _said_line(row: str, line: Sequence[str], columns: Sequence[str]) -> str:
    """Return what one line of marks says in the alternative text."""
    cells = zip(columns, line, strict=True)
    said = [f"{label(column)}: {label(text)}" for column, text in cells if text]
    return f"{label(row)}: {', '.join(said)}"
