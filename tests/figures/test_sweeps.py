"""The figure of a sweep has room for its texts, and shows what is in its table."""

import itertools

import pandas as pd
import pytest

from analysis.figures.style import laid_out
from analysis.figures.sweeps import plot_sweep
from analysis.language.current import speaking
from tests.figures import texts

WORDS = ("A finding of some length that takes two lines in a column", "n = 40", "Document, p. 3")
AXES = {
    "numbers": [0.8 + 0.01 * step for step in range(20)],
    "whole": [1, 2, 3],
    "words": ["half-up", "truncate", "clopper-pearson"],
    "flags": [True, False],
}
SIZES = {"page": {}, "column": {"width": 3.3, "size": 8}}


def points(xs, script="en", rows=4, settings=("",), groups=("",)):
    """Return a table to draw: every line rises, from one row to the next a little faster."""
    grid = itertools.product(groups, settings, enumerate(texts.named(script, rows)), enumerate(xs))
    return pd.DataFrame(
        {"group": group, "setting": setting, "label": name, "x": x, "value": 2.5 * place * row}
        for group, setting, (row, name), (place, x) in grid
    )


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(("script", "rows"), [("long", 1), ("kk", 8)])
@pytest.mark.parametrize(
    ("axis", "panels"), [("numbers", 2), ("whole", 1), ("words", 5), ("flags", 2)]
)
def test_no_text_touches_another_or_the_edge(axis, panels, script, rows, size):
    settings = [f"rule of rounding {place}" for place in range(panels)] if panels > 1 else [""]
    groups = ["low", "the upper end of the interval, in percent"][: 1 + (panels == 2)]
    table = points(AXES[axis], script, rows, settings, groups)
    with laid_out(**size):
        figure = plot_sweep(table, *WORDS, axis=axis).figure
    assert texts.crowded(figure) == ([], [])


def drawn(figure):
    """Return the numbers of each line that is drawn."""
    lines = [line for axes in figure.axes for line in axes.lines if line.get_gid() == "value"]
    return [(list(line.get_xdata()), list(line.get_ydata())) for line in lines]


def test_lines_stand_at_their_numbers_and_are_told_apart_without_colour():
    table = points([0.8, 0.9], rows=3)
    figure = plot_sweep(table, *WORDS, axis="level").figure
    assert drawn(figure) == [([0.8, 0.9], [0.0, 2.5 * row]) for row in range(3)]
    lines = [line for axes in figure.axes for line in axes.lines if line.get_gid() == "value"]
    assert len({(line.get_marker(), str(line.get_linestyle())) for line in lines}) == 3
    assert list(figure.drawn.columns) == ["label", "x", "value"] and len(figure.drawn) == 6


def test_values_that_are_text_are_dots_in_their_order():
    figure = plot_sweep(points(["up", "down"], rows=2), *WORDS, axis="rule").figure
    assert drawn(figure)[1] == ([0, 1], [0.0, 2.5])
    lines = [line for axes in figure.axes for line in axes.lines if line.get_gid() == "value"]
    assert {line.get_linestyle() for line in lines} == {"None"}


def test_the_alternative_text_names_each_line_with_its_ends_in_the_language():
    table = points([1, 2], rows=2, settings=["up", "down"])
    assert "down, Universities 0: 0; down, students" in plot_sweep(
        table, *WORDS, axis="n"
    ).figure.get_label().replace(" 0: 0 to 0", " 0: 0")
    with speaking("ru"):
        assert "2,5" in plot_sweep(table, *WORDS, axis="n").figure.get_label()


def test_the_same_points_give_the_same_places():
    one, other = (plot_sweep(points([1, 2]), *WORDS, axis="n").figure for _ in range(2))
    places = [[text.get_position() for text in texts.visible_texts(each)] for each in (one, other)]
    assert places[0] == places[1]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            pd.DataFrame({"label": ["a"], "value": [1]}),
            "points: wanted a table with .*; x is missing",
        ),
        (pd.DataFrame({"label": ["a"], "x": [1], "value": ["b"]}), "points, column value"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused(table, said):
    with pytest.raises(ValueError, match=said):
        plot_sweep(table, *WORDS, axis="n")
