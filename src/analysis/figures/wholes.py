"""The drawing of a whole and its parts: one bar for all people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.arguments import check_table, check_whole
from analysis.figures.room import (
    NOTE,
    edge,
    fitted,
    fix_axes,
    small,
    text_height,
    text_width,
    write,
)
from analysis.figures.statuses import (
    draw_key,
    draw_mark,
    filled,
    key_height,
    said_status,
    status_key,
    with_statuses,
)
from analysis.figures.style import (
    STATUS,
    UNKNOWN,
    canvas,
    describe,
    drawing,
    ink_on,
    layout,
)
from analysis.language.current import localized_text, number, tr
from analysis.language.sentences import counted

LEADER = 0.17  # inches from a bar to the labels below it
NARROW = 0.03  # of the longest bar: a piece below it has no room for its number


@drawing
def plot_whole(
    parts: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    total: int | Mapping[str, int],
) -> Axes:
    """Draw all people as one bar, made of the parts that are printed; the rest is hatched once.

    parts : DataFrame
        One row a part, in the order of drawing: `label`, `number` (people; missing: not printed);
        optional `bar` (the heading of the bar that it belongs to), `text` (as shown; else the
        number), `status` (one of style.STATUS, or empty) and `note`.
    total : int, or mapping of str to int
        How many people a bar stands for; by bar where they differ. Parts beyond it are drawn
        behind a line.

    The rest says how many people it is and which options without a number share it. Raises
    TypeError or ValueError that names the argument, the column and the row.

    >>> parts = pd.DataFrame({"label": ["yes", "no", "not sure"], "number": [20, 9, None]})
    >>> axes = plot_whole(parts, "Half say yes", "Answers; n = 40", "Source: own survey", 40)
    >>> axes.figure.get_label()
    'Half say yes. Answers; n = 40. yes: 20; no: 9; 11 people: not sure, not printed.'
    """
    parts, totals = _parts(parts, total)
    key = status_key(filter(None, parts["status"]))
    most = max(max(totals[bar], each["number"].sum()) for bar, each in parts.groupby("bar"))
    wide = layout().width - 2 * edge() - 0.04
    bars = [
        _bar(bar, each, totals[bar], wide / max(most, 1), wide)
        for bar, each in parts.groupby("bar", sort=False)
    ]
    height, above = sum(bar.height for bar in bars), key_height(key)
    _, axes = canvas(title, subtitle, source, height=above + height)
    fix_axes(axes, 0.02, 0.02, above)
    axes.set(xlim=(0, wide), ylim=(height, 0))
    axes.set_axis_off()
    draw_key(axes, key, 0.02, -above)
    top = 0.0
    for bar in bars:
        _draw_bar(axes, bar, top)
        top += bar.height
    axes.figure.drawn = filled(parts)
    describe(axes, [said for bar in bars for said in _said_bar(bar, len(bars) > 1)])
    return axes


@dataclass(frozen=True)
class Piece:
    """A part of a bar: from where to where in inches, what it says, how it is drawn."""

    start: float
    end: float
    text: str
    name: str
    status: str
    note: str
    look: dict

    @property
    def middle(self) -> float:
        """Of the piece, in inches."""
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class Label:
    """What stands below a bar of one of its pieces, with where it begins, in inches.

    indent : float
        Room for a status and, in a list, for a small piece of the colour.
    beside : float
        How far right of the text the name stands; at 0 it stands below it.
    """

    piece: Piece
    left: float
    text: str
    name: str
    note: str
    indent: float = 0.0
    beside: float = 0.0

    @property
    def width(self) -> float:
        """Of all, with a gap behind it."""
        parts = [text_width(self.text, small(), "bold") if self.text else 0.0]
        parts += [text_width(part, small()) for part in (self.name, self.note) if part]
        return self.indent + max(parts) + 0.16

    @property
    def height(self) -> float:
        """Of all."""
        first = 0.0 if self.beside else text_height(self.text, small())
        return first + sum(text_height(part, small()) for part in (self.name, self.note)) + 0.06


@dataclass(frozen=True)
class Bar:
    """A bar: its heading, its pieces, what stands below it, and all heights in inches.

    limit
        Where its total stands.
    over
        By how much its pieces go beyond it, in words.
    listed
        The labels stand one below the other, each with a small piece of its colour.
    """

    name: str
    heading: str
    pieces: list[Piece]
    labels: list[Label]
    limit: float
    over: str
    listed: bool

    @property
    def top(self) -> float:
        """Where the bar begins, below its heading."""
        return text_height(self.heading) + 0.1 + (text_height("x", small()) if self.over else 0.0)

    @property
    def tall(self) -> float:
        """Height of the bar itself: two lines of text."""
        return 2.5 * layout().line

    @property
    def height(self) -> float:
        """Of all."""
        heights = [label.height for label in self.labels]
        below = sum(heights) if self.listed else max(heights, default=0.0)
        return self.top + self.tall + (LEADER if heights else 0) + below + 0.12


def _parts(parts: pd.DataFrame, total: Any) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the table of parts checked, and the total of each bar."""
    texts = ["label", "bar", "text", "status", "note"]
    parts = with_statuses(check_table(parts, "parts", texts, ["number"], texts[1:]), "parts")
    for row, value in enumerate(parts["number"]):
        if value < 0 or value % 1 > 0:
            wanted = (
                f"parts, column number, row {row}: wanted a whole number, 0 or more, or nothing"
            )
            raise ValueError(f"{wanted}; got {value:g}")
    bars = list(dict.fromkeys(parts["bar"]))
    given = total if isinstance(total, Mapping) else dict.fromkeys(bars, total)
    if missing := [bar for bar in bars if bar not in given]:
        raise ValueError(
            f"total: wanted how many people each bar stands for; {missing[0]!r} has none"
        )
    return parts, {bar: check_whole(given[bar], "total", 1) for bar in bars}


def _bar(name: str, parts: pd.DataFrame, total: int, scale: float, wide: float) -> Bar:
    """Return a bar with its pieces, laid out in inches."""
    known = parts[parts["number"].notna()]
    grounds = iter(blues(len(known)))
    pieces, start = [], 0.0
    for row in known.itertuples():
        end = start + row.number * scale
        text = localized_text(row.text) if row.text else number(int(row.number))
        look = {"facecolor": next(grounds), "edgecolor": "white"}
        pieces.append(
            Piece(start, end, text, localized_text(row.label), row.status, row.note, look)
        )
        start = end
    rest = total - int(known["number"].sum())
    if rest > 0:
        pieces.append(_rest(parts, rest, start, total * scale))
    over = tr("{number} more than {total}", number=-rest, total=total) if rest < 0 else ""
    labels, in_list = _labels(pieces, wide)
    return Bar(name, _heading(name, total, wide), pieces, labels, total * scale, over, in_list)


def _heading(name: str, total: int, wide: float) -> str:
    """Return the heading of a bar: its name and how many people it stands for."""
    said = tr("n = {total}", total=total)
    text = f"{localized_text(name)}, {said}" if name else said
    return fitted(text, wide, weight="bold" if name else "normal")


def _rest(parts: pd.DataFrame, rest: int, start: float, end: float) -> Piece:
    """Return the hatched rest of a bar, with the options that share it."""
    missing = parts[parts["number"].isna()]
    names = ", ".join(map(localized_text, missing["label"]))
    name = tr("{options}, not printed", options=names) if names else tr("in no printed option")
    look = {"facecolor": "white", "edgecolor": UNKNOWN, "hatch": "////"}
    notes = "; ".join(filter(None, map(localized_text, missing["note"])))
    return Piece(start, end, counted(rest, "person", "people"), name, "", notes, look)


def blues(pieces: int) -> list[str]:
    """Return blues from dark to light, told apart in grey too.

    >>> len(set(blues(5)))
    5
    """
    shades = mpl.colors.LinearSegmentedColormap.from_list("", ["#003055", "#2F86C1", "#DDEFFA"])
    light = min(1.0, 0.55 + 0.1 * pieces)
    places = np.linspace(1 - light, light, pieces) if pieces > 1 else [0.3]
    return [mpl.colors.to_hex(shades(place)) for place in places]


def _inside(piece: Piece) -> bool:
    """Tell whether text and name of a piece have room in it, one below the other."""
    if piece.look.get("hatch") or piece.note:
        return False
    first = text_width(piece.text, weight="bold") + 0.24 * bool(piece.status)
    return max(first, text_width(piece.name, small())) + 0.14 <= piece.end - piece.start


def _labels(pieces: list[Piece], wide: float) -> tuple[list[Label], bool]:
    """Return the labels below a bar: at their pieces if there is room, else all in a list."""
    below = [piece for piece in pieces if not _inside(piece)]
    if not below:
        return [], False
    most = min(2.3, wide / len(below) - 0.2)
    labels = [_label(piece, most) for piece in below] if most > 0.6 else []
    if labels and sum(label.width for label in labels) <= wide and all(map(_whole, labels)):
        widths = [label.width for label in labels]
        starts = between([piece.start for piece in below], widths, wide)
        return [
            replace(label, left=left) for label, left in zip(labels, starts, strict=True)
        ], False
    beside = max(text_width(piece.text, small(), "bold") for piece in pieces) + 0.12
    marked = 0.24 * any(piece.status for piece in pieces)
    indent = 0.26 + marked
    return [_label(piece, wide - indent - beside, indent, beside) for piece in pieces], True


def _label(piece: Piece, room: float, indent: float | None = None, beside: float = 0.0) -> Label:
    """Return the label of a piece, on lines that fit the room."""
    indent = 0.24 * bool(piece.status) if indent is None else indent
    room -= 0.0 if beside else indent
    text = piece.text if beside or piece.look.get("hatch") or not _bare(piece) else ""
    name, note = (fitted(part, room, small()) for part in (piece.name, piece.note))
    return Label(piece, 0.0, text, name, note, indent, beside)


def _whole(label: Label) -> bool:
    """Tell whether the name of a label is short, and no word of it broken."""
    words = " ".join([label.piece.name, localized_text(label.piece.note)]).split()
    return f"{label.name} {label.note}".split() == words and label.height < 6 * layout().line


def _bare(piece: Piece) -> bool:
    """Tell whether the text of a piece, without its name, has room in it."""
    return text_width(piece.text, weight="bold") + 0.12 <= piece.end - piece.start


def between(starts: Sequence[float], widths: Sequence[float], wide: float) -> list[float]:
    """Return where texts begin that shall not touch, between 0 and `wide`, near their starts.

    >>> between([1, 2, 9.5], [2, 2, 2], 10)
    [1.0, 3.0, 8.0]
    """
    places, free = [], 0.0
    for start, width in zip(starts, widths, strict=True):
        places.append(max(float(start), free))
        free = places[-1] + width
    end = float(wide)
    for place in reversed(range(len(places))):
        places[place] = min(places[place], end - widths[place])
        end = places[place]
    return places


def _draw_bar(axes: Axes, bar: Bar, top: float) -> None:
    """Draw a bar with its heading, its pieces, and their labels."""
    look = {"fontweight": "bold"} if bar.name else {"color": NOTE}
    write(axes, 0, top, bar.heading, va="top", gid="bar", **look)
    start = top + bar.top
    for piece in bar.pieces:
        gid = "rest" if piece.look.get("hatch") else "value"
        style = {"linewidth": 0.9, "gid": gid, "clip_on": False} | piece.look
        axes.add_patch(Rectangle((piece.start, start), piece.end - piece.start, bar.tall, **style))
        _write_inside(axes, piece, start, bar)
    if bar.over:
        _draw_limit(axes, bar, start)
    _write_below(axes, bar, start + bar.tall)


def _write_inside(axes: Axes, piece: Piece, top: float, bar: Bar) -> None:
    """Write into a piece what has room there: its name too, its text alone, or nothing."""
    if piece.look.get("hatch"):
        return
    colour, middle = ink_on(piece.look["facecolor"]), top + bar.tall / 2
    if not bar.listed and _inside(piece):
        step, marked = 0.52 * layout().line, 0.24 * bool(piece.status)
        left, style = piece.start + 0.08, {"color": colour}
        bold = {"fontweight": "bold", "gid": "text"}
        write(axes, left + marked, middle - step, piece.text, **(bold | style))
        write(axes, left, middle + step, piece.name, fontsize=small(), gid="name", **style)
        if piece.status:
            _marked(axes, left + 0.09, middle - step, piece.status)
    elif _bare(piece):
        style = {"fontweight": "bold", "gid": "text", "color": colour}
        write(axes, piece.start + 0.06, middle, piece.text, **style)


def _marked(axes: Axes, x: float, y: float, status: str) -> None:
    """Draw the mark of a status on a white ground, so that it is seen on any piece."""
    size = 15 * layout().size / 9.6
    axes.plot([x], [y], "o", color="white", markersize=size, zorder=3.5, gid="ground")
    draw_mark(axes, x, y, STATUS[status], gid="status")


def _write_below(axes: Axes, bar: Bar, top: float) -> None:
    """Write the labels below a bar, each with a line to its piece or with a piece of its colour."""
    place = top + LEADER
    for each in bar.labels:
        if bar.listed:
            look = {"lw": 0.6, "gid": "key mark", "clip_on": False} | each.piece.look
            line = place + 0.5 * text_height("x", small())
            axes.add_patch(Rectangle((0.02, line - 0.05), 0.15, 0.1, **look))
        else:
            _draw_line(axes, each, top)
        _write_label(axes, each, place)
        place += each.height if bar.listed else 0.0


def _draw_line(axes: Axes, label: Label, top: float) -> None:
    """Draw the line from a piece to its label below it."""
    piece = label.piece
    start = piece.start + min(0.06, (piece.end - piece.start) / 2)
    style = {"color": UNKNOWN, "lw": 0.8, "gid": "line", "clip_on": False}
    axes.plot([start, start, label.left + 0.06], [top, top + 0.04, top + LEADER - 0.03], **style)


def _write_label(axes: Axes, label: Label, place: float) -> None:
    """Write text, name and note of a piece, with its status before them."""
    left, line = label.left + label.indent, text_height("x", small())
    if label.piece.status:
        mark = STATUS[label.piece.status]
        draw_mark(axes, left - 0.13, place + line / 2, mark, gid="status", scale=0.9)
    style = {"va": "top", "fontsize": small()}
    write(axes, left, place, label.text, fontweight="bold", gid="text", **style)
    left += label.beside
    place += 0.0 if label.beside else text_height(label.text, small())
    write(axes, left, place, label.name, gid="name", **style)
    place += text_height(label.name, small())
    write(axes, left, place, label.note, gid="note", color=NOTE, **style)


def _draw_limit(axes: Axes, bar: Bar, start: float) -> None:
    """Draw a line where the total stands and say by how much the parts go beyond it."""
    colour, ends = STATUS["does not hold"].colour, [start - 0.07, start + bar.tall + 0.07]
    axes.plot([bar.limit] * 2, ends, color=colour, lw=2, gid="limit", clip_on=False)
    style = {"color": colour, "ha": "right", "va": "bottom", "fontsize": small(), "gid": "over"}
    write(axes, axes.get_xlim()[1], start - 0.08, bar.over, **style)


def _said_bar(bar: Bar, several: bool) -> Iterator[str]:
    """Give what each piece of a bar says in the alternative text."""
    start = f"{' '.join(bar.heading.split())}: " if several else ""
    for piece in bar.pieces:
        words = (
            f"{piece.text}: {piece.name}"
            if piece.look.get("hatch")
            else f"{piece.name}: {piece.text}"
        )
        yield start + words + said_status(piece.status, piece.note)
    if bar.over:
        yield start + bar.over
