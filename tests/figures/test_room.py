"""Every drawing has room for its texts, at the width of a page and of a column."""

import pandas as pd
import pytest

from analysis import figures
from analysis.figures.style import laid_out
from tests.figures import texts

WORDS = ("A finding of some length that takes two lines in a column", "n = 40", "Document, p. 3")
DRAWN = {
    "shares": lambda table: figures.plot_shares(table, *WORDS),
    "comparison": lambda table: figures.plot_comparison(table, *WORDS),
    "counts": lambda table: figures.plot_counts(table, *WORDS),
    "ranges": lambda table: figures.plot_ranges(
        table, *WORDS, unit="credits of 30 hours", reference=100, reference_label="as printed"
    ),
    "parts": lambda table: figures.plot_whole(table, *WORDS, total=200),
    "events": lambda table: figures.plot_timeline(table, *WORDS),
    "units": lambda table: figures.plot_units(table, *WORDS),
    "words": lambda table: figures.plot_marks(table, *WORDS),
    "points_of_scales": lambda table: figures.plot_likert(
        table, *WORDS, outside=[table.columns[-1]]
    ),
    "combinations": lambda table: figures.plot_overlap(
        table, [4 ** (place % 8) for place in range(len(table))], *WORDS
    ),
    "against": lambda table: figures.plot_against(table, *WORDS, mine=table["label"].iloc[-1]),
    "points": lambda table: figures.plot_strip(table, *WORDS, unit="p", line=0, line_label="none"),
}
OTHERS = {
    "long_scale": lambda table: figures.plot_likert(texts.points_of_scales(*table, 11), *WORDS),
    "two_points": lambda table: figures.plot_likert(texts.points_of_scales(*table, 2), *WORDS),
    "logarithm": lambda table: figures.plot_counts(
        texts.counts(*table).replace({"number": {0: 1}}), *WORDS, log=True
    ),
    "overfull": lambda table: figures.plot_whole(
        texts.parts(*table).assign(number=30), *WORDS, total=20
    ),
    "matrix": lambda table: figures.plot_matrix(texts.numbers(*table), *WORDS),
    "order": lambda table: figures.plot_order(texts.named(*table), *WORDS),
    "diagram": lambda table: figures.plot_diagram(
        texts.named(*table)[0],
        {name: texts.named(*table) for name in texts.named(table[0], 4)},
        *WORDS,
    ),
    "dots": lambda table: figures.plot_units(
        pd.DataFrame({"filled": [True] * 125 * table[1] + [False]}), *WORDS
    ),
}


def draw(name, script, rows):
    """Draw a table that is hard to draw."""
    if name in OTHERS:
        return OTHERS[name]((script, rows)).figure
    return DRAWN[name](getattr(texts, name)(script, rows)).figure


@pytest.mark.parametrize("size", [{}, {"width": 3.3, "size": 8}], ids=["page", "column"])
@pytest.mark.parametrize(
    ("script", "rows"), [("kk", 1), ("en", 4), ("long", 4), ("ru", 12), ("kk", 12)]
)
@pytest.mark.parametrize("name", [*DRAWN, *OTHERS])
def test_no_text_touches_another_or_the_edge(name, script, rows, size):
    with laid_out(**size):
        figure = draw(name, script, rows)
    assert texts.crowded(figure) == ([], [])


def test_texts_that_touch_are_found():
    figure = draw("order", "en", 2)
    axes = figure.axes[0]
    axes.texts[0].set_position(axes.texts[1].get_position())
    axes.texts[0].set_ha("left")
    assert texts.crowded(figure)[0]
    axes.texts[0].set_position((-1, 0))
    assert texts.crowded(figure)[1]
