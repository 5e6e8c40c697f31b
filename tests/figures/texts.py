"""Which texts of a figure overlap, and inputs that are hard to draw."""

import itertools

import matplotlib as mpl
import pandas as pd
from matplotlib.text import Text

from analysis.figures.style import house_style

LABELS = {
    "en": [
        "Universities",
        "students of exchange programmes, back before the end of the year",
    ],
    "ru": ["Академическая мобильность", "студенты, вернувшиеся из программ обмена до конца года"],
    "kk": [
        "Академиялық ұтқырлық",
        "алмасу бағдарламаларынан жыл соңына дейін оралған студенттер",
    ],
    "long": [
        "Интернационализациялаудың",
        "Kraftfahrzeughaftpflichtversicherungsgesellschaft",
    ],
}
STATUSES = ["holds", "may hold", "holds only if", "does not hold", "unknown", ""]


def named(script, rows):
    """Return a label for each of the rows of a table."""
    return [f"{name} {place}" for place, name in zip(range(rows), itertools.cycle(LABELS[script]))]


def of(values, rows):
    """Return values for the rows of a table, over and over again."""
    return list(itertools.islice(itertools.cycle(values), rows))


def visible_texts(figure):
    """Return the texts that a figure shows, once it is laid out."""
    figure.draw_without_rendering()
    unseen = {
        part
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        for part in (tick.label1, tick.label2)
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    texts = figure.findobj(Text)
    return [text for text in texts if text.get_visible() and text.get_text() and text not in unseen]


@mpl.rc_context(house_style())
def crowded(figure):
    """Return which texts of a figure touch another, and which reach over its edge.

    Pairs of first words, and first words; the figure is laid out once for both.
    """
    texts = visible_texts(figure)
    return touching(texts), beyond(texts, figure.bbox.padded(1))


def touching(texts):
    """Return the pairs of texts that touch, as their first words."""
    boxes = [(text.get_text()[:30], _ink(text)) for text in texts]
    pairs = itertools.combinations(boxes, 2)
    return [(one, other) for (one, first), (other, second) in pairs if first.overlaps(second)]


def beyond(texts, inside):
    """Return the texts that reach over the edge of a box, as their first words."""
    return [
        text.get_text()[:30]
        for text in texts
        for box in [Text.get_window_extent(text)]
        if box.x0 < inside.x0 or box.x1 > inside.x1 or box.y0 < inside.y0 or box.y1 > inside.y1
    ]


def _ink(text):
    """Return where a text stands without the air that its lines have above and below."""
    box = Text.get_window_extent(text)
    air = 0.12 * text.get_fontsize() * text.figure.dpi / 72
    return box.padded(-min(air, 0.45 * box.height, 0.45 * box.width))


def shares(script, rows):
    """Return shares of all kinds: with an interval, with a range only, at 0 and at 100 %."""
    return pd.DataFrame(
        {
            "label": named(script, rows),
            "share": of([0.0, 100.0, 46.0, None], rows),
            "low": of([0.0, 96.0, 36.0, 0.0], rows),
            "high": of([3.5, 100.0, 56.0, 62.0], rows),
            "text": of(["0 %", "100 % (204 people)", "", named(script, 2)[1]], rows),
            "status": of(STATUSES, rows),
            "note": of(["", named(script, 2)[1]], rows),
            "group": of(named(script, 2), rows),
        }
    )


def comparison(script, rows):
    """Return shares of three series, all at nearly the same place."""
    table = shares(script, rows)
    table = table.assign(share=table["share"].fillna(50), low=None, high=None)
    sizes = zip(named(script, 3), [1_234_567, 8, 312], strict=True)
    few = [place % 2 == 1 for place in range(rows)]
    return pd.concat([table.assign(series=name, base=n, small=few) for name, n in sizes])


def against(script, rows):
    """Return shares beside what prints allow: the same place, far apart, none printed."""
    table = shares(script, rows).drop(columns=["status"])
    ends = {"other_least": of([0.0, 99.5, 10.0, None], rows)}
    ends["other_most"] = of([0.4, 100.0, 90.0, None], rows)
    decisions = ["differs", "does not differ", "depends on rounding", "cannot be tested", ""]
    return table.assign(**ends, decision=of(decisions, rows))


def points_of_scales(script, rows, points=6):
    """Return answers on scales: none on one side, none at all, one point only; the last outside."""
    columns = named(script, points)
    cells = [[(7 * row + 3 * place) % 11 for place in range(points)] for row in range(rows)]
    table = pd.DataFrame(cells, index=named(script, rows), columns=columns)
    table.iloc[1::4, : points // 2] = 0
    table.iloc[2::4] = 0
    table.iloc[3::4, 1:] = 0
    return table * 1000


def combinations(script, rows):
    """Return every option alone and with its neighbours."""
    options = range(rows)
    cells = [
        [first <= each < first + size for each in options]
        for size in (1, 2, 3)
        for first in options
    ]
    return pd.DataFrame(cells, columns=named(script, rows))


def counts(script, rows):
    """Return counts from 0 to a million, most with a word that limits them."""
    return pd.DataFrame(
        {
            "label": named(script, rows),
            "number": of([0, 1, 1_000_000, 999_999], rows),
            "text": of(["0", "", "more than 1,000,000 people", named(script, 1)[0]], rows),
            "qualifier": of(["", "more than"], rows),
            "status": of(STATUSES, rows),
            "note": of(["", "", named(script, 2)[1]], rows),
        }
    )


def ranges(script, rows):
    """Return ranges of no length and of all, with printed numbers inside and outside."""
    return pd.DataFrame(
        {
            "label": named(script, rows),
            "low": of([0, 2.0, 50], rows),
            "high": of([0, 2.5, 100], rows),
            "value": of([100, None, 75, 0], rows),
            "status": of(STATUSES, rows),
            "note": of([named(script, 2)[1], ""], rows),
        }
    )


def parts(script, rows):
    """Return parts of a whole: tiny ones, large ones, one of 0, some that are not printed."""
    return pd.DataFrame(
        {
            "label": named(script, rows),
            "number": of([1, 40, 0, None, 2, 1], rows),
            "text": of(["", "39 % (40 people)", "nobody"], rows),
            "status": of(["", *STATUSES], rows),
            "note": of(["", "", "", named(script, 2)[1]], rows),
        }
    )


def events(script, rows):
    """Return events of one year, a day and a period of a century, in two lanes."""
    return pd.DataFrame(
        {
            "label": named(script, rows),
            "start": of(["2010", "2010", "1994-04-06", "2010-06", "2020"], rows),
            "end": of(["", "", "1994-04-09", "2012", "2020"], rows),
            "lane": of(named(script, 2), rows),
            "status": of(STATUSES, rows),
            "note": of(["", named(script, 2)[1]], rows),
            "clash": of(["one", "", "one", "two", ""], rows),
        }
    )


def units(script, rows):
    """Return things with names, some of them missing, in groups."""
    return pd.DataFrame(
        {
            "label": named(script, rows),
            "filled": of([True, False, True], rows),
            "status": of(STATUSES, rows),
            "group": of(named(script, 2), rows),
        }
    )


def words(script, rows):
    """Return marks in rows and three columns."""
    columns = named(script, 3)
    table = {column: of(STATUSES[place:], rows) for place, column in enumerate(columns)}
    return pd.DataFrame(table, index=named(script, rows))


def numbers(script, rows):
    """Return counts in rows and four columns, many of them tiny beside the others."""
    columns = named(script, 4)
    table = {
        column: of([1, 0, 7, 300], rows + place)[place:] for place, column in enumerate(columns)
    }
    return pd.DataFrame(table, index=named(script, rows))


def points(script, rows):
    """Return values of a few categories, many of them equal."""
    return pd.DataFrame(
        {
            "label": of(named(script, 2), rows),
            "value": of([0.0, 0.05, 0.05, 1.0], rows),
            "status": of(STATUSES, rows),
        }
    )
