"""The marks of statuses and the key that names them, the same in every drawing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.failures import quoted
from analysis.figures.room import edge, fitted, inches_across, small, text_height, text_width, write
from analysis.figures.style import PLAIN, STATUS, STATUS_OF, UNJUDGED, Mark, layout
from analysis.language.current import label, localized_text, tr

Look = Mark | Mapping[str, Any]  # a mark, or how a piece is filled


def check_statuses(statuses: Iterable[str], name: str) -> list[str]:
    """Return the status of each row, "" where none is given, or raise ValueError for another.

    statuses : iterable of str
        Of `style.STATUS`, or a verdict, which becomes the status that it comes to.
    name : str
        The argument to name in a message.

    >>> check_statuses(["holds", "inconsistent", ""], "shares")
    ['holds', 'does not hold', '']
    """
    found = []
    for row, status in enumerate(statuses):
        if status and STATUS_OF.get(status, status) not in STATUS:
            wanted = f"wanted one of {', '.join(STATUS)}, or nothing"
            raise ValueError(f"{name}, column status, row {row}: {wanted}; got {quoted(status)}")
        found.append(STATUS_OF.get(status, status))
    return found


def with_statuses(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a checked table with its column `status` checked too."""
    return table.assign(status=check_statuses(table["status"], name))


def filled(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a table in which anything stands.

    >>> list(filled(pd.DataFrame({"label": ["men"], "note": [""]})))
    ['label']
    """
    return table.loc[:, (table.notna() & (table != "")).any()]


def draw_mark(axes: Axes, x: float, y: float, look: Mark = PLAIN, **style) -> None:
    """Draw the mark of a status at a place; what does not hold stands in a ring."""
    scale = style.pop("scale", 1.0) * layout().size / 9.6
    size = {"^": 8.4, "s": 7.2, "X": 7.0}.get(look.marker, 7.8) * scale
    style = {"zorder": 4, "gid": "value", "clip_on": False} | style
    inside = {"markerfacecolor": look.colour, "markeredgecolor": look.edge}
    line = 0.0 if look.colour == look.edge else 1.0
    axes.plot([x], [y], look.marker, markersize=size, markeredgewidth=line, **inside, **style)
    if look.ring:
        gid = "ring" if style["gid"] != "key mark" else "key mark"
        draw_ring(axes, x, y, scale, **(style | {"gid": gid}))


def draw_ring(axes: Axes, x: float, y: float, scale: float = 1.0, **style) -> None:
    """Draw the ring around what does not hold."""
    look = {"markerfacecolor": "none", "markeredgecolor": STATUS["does not hold"].edge}
    style = {"markeredgewidth": 1.2, "zorder": 4, "gid": "ring", "clip_on": False} | look | style
    axes.plot([x], [y], "o", markersize=13.5 * scale, **style)


def status_key(statuses: Iterable[str]) -> list[tuple[str, Look]]:
    """Return the entries of a key for the statuses that occur, in the order of `style.STATUS`.

    >>> [name for name, mark in status_key(["unknown", "", "holds", "holds"])]
    ['holds', 'unknown', 'nothing to judge']
    """
    found = set(statuses)
    key = [(label(status), mark) for status, mark in STATUS.items() if status in found]
    return [*key, (tr("nothing to judge"), UNJUDGED)] if key and "" in found else key


def look_of(status: str, statuses: Iterable[str]) -> Mark:
    """Return the mark of a row: grey without a status where others have one, else plain.

    >>> look_of("", ["", ""]).colour, look_of("", ["", "holds"]).colour
    ('#0072B2', '#8C8C8C')
    """
    return STATUS.get(status, UNJUDGED if any(statuses) else PLAIN)


def key_lines(names: Sequence[str], width: float) -> list[list[int]]:
    """Return which entries of a key stand on each of its lines, of a width in inches.

    >>> key_lines(["holds", "unknown", "a longer name"], 1.6)
    [[0, 1], [2]]
    """
    lines, free = [], 0.0
    for place, name in enumerate(names):
        wide = entry_width(name)
        if not lines or wide > free:
            lines.append([])
            free = width
        lines[-1].append(place)
        free -= wide + 0.15
    return lines


def entry_width(name: str) -> float:
    """Return the width of one entry of a key, in inches.

    >>> entry_width("unknown") > entry_width("holds")
    True
    """
    return text_width(name, small()) + 0.26


def _key(key: Sequence[tuple[str, Look]]) -> tuple[list[str], list[list[int]], list[float]]:
    """Return the names of a key on lines, which of them stand side by side, and how high."""
    wide = layout().width - 2 * edge()
    names = [fitted(name, wide - 0.26, small()) for name, _ in key]
    lines = key_lines(names, wide)
    gap = 0.2 * text_height("x", small())
    return (
        names,
        lines,
        [gap + max(text_height(names[place], small()) for place in line) for line in lines],
    )


def key_height(key: Sequence[tuple[str, Look]]) -> float:
    """Return the height of a key, in inches; of none 0."""
    return sum(_key(key)[2]) + 0.1 if key else 0.0


def draw_key(axes: Axes, key: Sequence[tuple[str, Look]], left: float, top: float) -> None:
    """Draw a key in lines above or below a drawing.

    left, top : float
        Inches: how far the key starts left of the axes, and its upper end in the axes' data.
    """
    names, lines, heights = _key(key)
    for line, tall in zip(lines, heights, strict=True):
        across = -left
        for place in line:
            _draw_entry(axes, across + 0.08, top + tall / 2, key[place][1])
            style = {"fontsize": small(), "gid": "key"}
            write(axes, across + 0.22, top + tall / 2, names[place], **style)
            across += entry_width(names[place]) + 0.15
        top += tall


def _draw_entry(axes: Axes, x: float, y: float, look: Look) -> None:
    """Draw the mark of an entry, or a small piece."""
    place = {"transform": inches_across(axes), "clip_on": False, "gid": "key mark"}
    if isinstance(look, Mark):
        draw_mark(axes, x, y, look, scale=0.85, **place)
    else:
        axes.add_patch(Rectangle((x - 0.07, y - 0.05), 0.15, 0.1, lw=0.5, **look, **place))


def said_status(status: str, note: str) -> str:
    """Return what the alternative text adds to a row: its status and its note, in brackets.

    >>> said_status("holds only if", "of 72"), said_status("", "")
    (' (holds only if; of 72)', '')
    """
    parts = [part for part in (label(status), localized_text(note)) if part]
    return f" ({'; '.join(parts)})" if parts else ""
