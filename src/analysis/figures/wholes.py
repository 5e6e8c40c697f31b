"""Drawings of a whole and its parts: stacked bars."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.arguments import check_choice, check_table, check_whole, check_whole_table
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
    check_colours,
    describe,
    drawing,
    house_style,
    ink_on,
    layout,
    legend_columns,
    line_width,
    name_rows,
    piece_looks,
    ramp,
)
from analysis.language.current import label, localized_text, number, tr
from analysis.language.sentences import counted

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
    key = status_key(parts["status"])
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
class Bar:
    """A bar: its heading, its pieces, those labelled below it, and all heights in inches.

    rows
        Lines of labels below the bar: number of the piece, where the label begins, the label.
    limit
        Where its total stands.
    """

    heading: str
    pieces: list[Piece]
    rows: list[list[tuple[int, float, str]]]
    limit: float
    over: str

    @property
    def top(self) -> float:
        """Where the bar begins, below its heading."""
        return text_height(self.heading) + 0.08

    @property
    def tall(self) -> float:
        """Height of the bar itself: two lines of text."""
        return 2.5 * layout().line

    @property
    def height(self) -> float:
        """Of all."""
        below = sum(max(text_height(text, small()) for *_, text in row) + 0.06 for row in self.rows)
        return self.top + self.tall + (0.16 if self.rows else 0) + below + 0.22


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
    heading = _heading(name, total, wide)
    return Bar(heading, pieces, _label_rows(pieces, wide), total * scale, over)


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
    shades = mpl.colors.LinearSegmentedColormap.from_list("", ["#00436B", "#2E86C1", "#CFE6F5"])
    places = np.linspace(0, 1, max(pieces, 2))[:pieces] if pieces > 1 else [0.35]
    return [mpl.colors.to_hex(shades(place)) for place in places]


def _inside(piece: Piece) -> bool:
    """Tell whether text and name of a piece have room in it, one below the other."""
    room = piece.end - piece.start - 0.14 - (0.2 if piece.status else 0)
    if piece.look.get("hatch") or piece.note:
        return False
    return max(text_width(piece.text, weight="bold"), text_width(piece.name, small())) <= room


def _label_rows(pieces: list[Piece], wide: float) -> list[list[tuple[int, float, str]]]:
    """Return the labels below a bar: in one row at their pieces if there is room, else in lines."""
    below = [k for k, piece in enumerate(pieces) if not _inside(piece)]
    if not below:
        return []
    most = min(2.3, wide / len(below) - 0.3)
    texts = [_label(pieces[k], most) for k in below] if most > 0.5 else []
    if texts and all(map(_whole_words, [pieces[k] for k in below], texts)):
        widths = [text_width(text, small()) + 0.3 for text in texts]
        if sum(widths) <= wide and max(text.count("\n") for text in texts) < 6:
            places = between([pieces[k].middle for k in below], widths, wide)
            return [list(zip(below, places, texts, strict=True))]
    return [[(k, 0.0, _label(pieces[k], wide - 0.3))] for k in below]


def _label(piece: Piece, width: float) -> str:
    """Return what is written of a piece below its bar, on lines."""
    parts = [piece.text, piece.name, localized_text(piece.note)]
    return "\n".join(fitted(part, width, small()) for part in parts if part)


def _whole_words(piece: Piece, text: str) -> bool:
    """Tell whether no word was broken."""
    return text.split() == " ".join([piece.text, piece.name, localized_text(piece.note)]).split()


def between(middles: Sequence[float], widths: Sequence[float], wide: float) -> list[float]:
    """Return where texts begin that shall not touch, between 0 and `wide`, near their middles.

    >>> between([1, 2, 9.5], [2, 2, 2], 10)
    [0.0, 2.0, 8.0]
    """
    starts, free = [], 0.0
    for middle, width in zip(middles, widths, strict=True):
        starts.append(max(middle - width / 2, free))
        free = starts[-1] + width
    end = wide
    for place in reversed(range(len(starts))):
        starts[place] = min(starts[place], end - widths[place])
        end = starts[place]
    return [float(start) for start in starts]


def _draw_bar(axes: Axes, bar: Bar, top: float) -> None:
    """Draw a bar with its heading, its pieces, and their labels."""
    bold = {"fontweight": "bold"} if bar.heading.count(",") else {"color": NOTE}
    write(axes, 0, top, bar.heading, va="top", gid="bar", **bold)
    start = top + bar.top
    for piece in bar.pieces:
        wide = piece.end - piece.start
        gid = "rest" if piece.look.get("hatch") else "value"
        style = {"linewidth": 0.9, "gid": gid}
        axes.add_patch(Rectangle((piece.start, start), wide, bar.tall, **piece.look, **style))
        _write_inside(axes, piece, start, bar.tall)
    if bar.over:
        _draw_limit(axes, bar, start)
    _write_below(axes, bar, start + bar.tall)


def _write_inside(axes: Axes, piece: Piece, top: float, tall: float) -> None:
    """Write into a piece what has room there: its name too, its text alone, or nothing."""
    if piece.look.get("hatch"):
        return
    colour, middle = ink_on(piece.look["facecolor"]), top + tall / 2
    if _inside(piece):
        step = 0.5 * layout().line
        left = piece.start + 0.08 + (0.2 if piece.status else 0)
        style = {"color": colour}
        write(axes, left, middle - step, piece.text, fontweight="bold", gid="text", **style)
        write(axes, left, middle + step, piece.name, fontsize=small(), gid="name", **style)
        if piece.status:
            _marked(axes, piece.start + 0.15, middle - step, piece.status)
    elif text_width(piece.text, weight="bold") + 0.1 <= piece.end - piece.start:
        style = {"ha": "center", "fontweight": "bold", "gid": "text"}
        write(axes, piece.middle, middle, piece.text, color=colour, **style)


def _marked(axes: Axes, x: float, y: float, status: str) -> None:
    """Draw the mark of a status on a white ground, so that it is seen on any piece."""
    size = 15 * layout().size / 9.6
    axes.plot([x], [y], "o", color="white", markersize=size, zorder=3.5, gid="ground")
    draw_mark(axes, x, y, STATUS[status], gid="status")


def _write_below(axes: Axes, bar: Bar, top: float) -> None:
    """Write the labels below a bar, each with a line to its piece or with a piece of its colour."""
    place, at_pieces = top + 0.16, len(bar.rows) == 1
    for row in bar.rows:
        for k, left, text in row:
            piece, line = bar.pieces[k], 0.5 * text_height("x", small())
            if at_pieces:
                ends = [piece.middle, min(max(piece.middle, left + 0.05), left + 0.3)]
                style = {"color": UNKNOWN, "lw": 0.8, "gid": "line"}
                axes.plot(ends, [top + 0.02, place - 0.02], **style)
            else:
                look = {"lw": 0.6, "gid": "key mark"} | piece.look
                axes.add_patch(Rectangle((left, place + line - 0.05), 0.15, 0.1, **look))
            if piece.status:
                draw_mark(
                    axes,
                    left + 0.1 + 0.2 * (not at_pieces),
                    place + line,
                    STATUS[piece.status],
                    gid="status",
                )
            shift = 0.2 * bool(piece.status) + 0.2 * (not at_pieces)
            write(axes, left + shift, place, text, va="top", fontsize=small(), gid="label")
        place += max(text_height(text, small()) for *_, text in row) + 0.06


def _draw_limit(axes: Axes, bar: Bar, start: float) -> None:
    """Draw a line where the total stands and say by how much the parts go beyond it."""
    colour = STATUS["does not hold"].colour
    axes.plot(
        [bar.limit] * 2, [start - 0.06, start + bar.tall + 0.06], color=colour, lw=2, gid="limit"
    )
    style = {"color": colour, "ha": "right", "va": "bottom", "fontsize": small(), "gid": "over"}
    write(axes, axes.get_xlim()[1], start - 0.05, bar.over, **style)


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


@drawing
def plot_stacked(
    counts: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    unknown: str | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one bar a row, made of one piece a column, each piece with its number.

    The number of a narrow piece stands above it, at the end of a line where there is no room.

    counts : DataFrame
        Whole numbers; the index labels the bars, the columns the pieces, however many, in
        their order: from dark to light.
    unknown : str or None
        The column that says nothing of the order ("not sure"): it is hatched.
    colours : mapping of str to str or None
        A colour a column, such as "#005a8f", instead of those from dark to light; each then has a
        hatch of its own, so that they differ in grey too.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> counts = pd.DataFrame({"yes": [40, 31], "no": [20, 29]}, index=["first", "second"])
    >>> axes = plot_stacked(counts, "Most say yes", "Answers; n = 60", "Source: own survey")
    >>> axes.figure.get_label()
    'Most say yes. Answers; n = 60. first: 40 yes, 20 no; second: 31 yes, 29 no.'
    """
    counts = check_whole_table(counts, "counts")
    if unknown is not None:
        check_choice(unknown, "unknown", list(counts.columns))
    looks = _piece_styles(list(counts.columns), unknown, colours)
    names, bars = [label(name) for name in counts.columns], [label(name) for name in counts.index]
    pieces = counts.to_numpy()
    columns = legend_columns(names)
    _, axes = canvas(
        title, subtitle, source, height=0.5 * len(bars) + 0.8 + 0.2 * -(-len(names) // columns)
    )
    with mpl.rc_context(house_style()):
        start, most = pieces[:, 0] * 0, max(1, int(pieces.sum(axis=1).max()))
        for name, numbers, style in zip(names, pieces.T, looks, strict=True):
            _draw_piece(axes, name, start, numbers, style, most)
            start = start + numbers
        name_rows(axes, counts.index)
        axes.set_xlim(0, most * 1.02)
        axes.legend(
            loc="upper center",
            bbox_to_anchor=(0.5, -0.25 / (0.5 * len(bars))),
            ncols=columns,
            frameon=False,
            fontsize=layout().size,
        )
        _number_narrow_pieces(axes, pieces, most)
    describe(
        axes,
        [
            f"{bar}: " + ", ".join(f"{n} {name}" for n, name in zip(row, names, strict=True))
            for bar, row in zip(bars, pieces, strict=True)
        ],
    )
    return axes


def _piece_styles(
    columns: list[str], unknown: str | None, colours: Mapping[str, str] | None
) -> list[dict]:
    """Return how each column is drawn: its own colour and hatch, or colours from one ramp."""
    if colours is not None:
        colours = check_colours(colours, columns, "counts")
        return piece_looks([colours[column] for column in columns])
    grounds = iter(ramp(len(columns) - (unknown in columns)))
    return [
        {"facecolor": "white", "edgecolor": UNKNOWN, "hatch": "////"}
        if column == unknown
        else {"facecolor": next(grounds), "edgecolor": "white"}
        for column in columns
    ]


def _draw_piece(axes: Axes, name: str, start, numbers, style: dict, most: int) -> None:
    """Draw one piece of every bar, with its number inside where it is wide enough."""
    places, ground = range(len(numbers)), style["facecolor"]
    bars = axes.barh(places, numbers, left=start, height=0.62, linewidth=0.8, label=name, **style)
    for bar, people in zip(bars, numbers, strict=True):
        if people >= NARROW * most:
            middle, centre = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
            text = axes.text(middle, centre, str(people), ha="center", va="center")
            text.set(color=ink_on(ground), fontsize=layout().size)
            text.set_bbox({"facecolor": ground, "lw": 0, "pad": 1.2})


def _number_narrow_pieces(axes: Axes, pieces: np.ndarray, most: int) -> None:
    """Write the numbers of narrow pieces above their bars, side by side, each with a line to it."""
    axes.figure.draw_without_rendering()  # only then is the width of the axes known
    letter = (
        line_width("0", layout().size)
        * most
        * 1.02
        / (axes.get_window_extent().width * 72 / axes.figure.dpi)
    )
    for place, numbers in enumerate(pieces):
        ends = numbers.cumsum()
        narrow = [k for k, number in enumerate(numbers) if 0 < number < NARROW * most]
        middles = [float(ends[k] - numbers[k] / 2) for k in narrow]
        widths = [letter * (len(str(numbers[k])) + 1) for k in narrow]
        for k, middle, x in zip(narrow, middles, apart(middles, widths), strict=True):
            axes.plot([middle, x], [place - 0.31, place - 0.36], color=UNKNOWN, lw=0.7, gid="line")
            axes.text(
                x, place - 0.37, str(numbers[k]), ha="center", va="bottom", fontsize=layout().size
            )


def apart(middles: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Return where texts stand that shall not touch: each as near to its middle as it can be.

    middles, widths : sequence of float
        From left to right; none goes below 0.

    >>> apart([1, 2, 9], [2, 2, 2])
    [1.0, 3.0, 9.0]
    """
    places, free = [], 0.0
    for middle, width in zip(middles, widths, strict=True):
        places.append(max(float(middle), free + width / 2))
        free = places[-1] + width / 2
    return places
