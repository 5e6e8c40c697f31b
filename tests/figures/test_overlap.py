"""Combinations of options: dots, bars, totals, and what has no room."""

import pandas as pd
import pytest

from analysis.figures import plot_overlap
from analysis.figures.style import laid_out
from tests.figures.test_drawings import drawn, said
from tests.figures.test_figures import WORDS

ROWS = pd.DataFrame(
    {
        "people": [4, 21, 0, 9],
        "money": [True, True, False, False],
        "visa": [True, False, True, True],
    }
)


def test_the_most_frequent_combination_stands_first_and_nobody_s_not_at_all():
    axes = plot_overlap(ROWS, *WORDS)
    assert said(axes, "number") == ["21", "9", "4"]
    heights = [bar.get_height() for bar in drawn(axes, "bar")]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 9 / 21, 4 / 21])


def test_a_dot_says_that_an_option_belongs_to_a_combination():
    axes = plot_overlap(ROWS, *WORDS)
    rows = sorted({mark.get_ydata()[0] for mark in drawn(axes, "value")})
    columns = sorted({mark.get_xdata()[0] for mark in drawn(axes, "value")})
    found = {
        (columns.index(mark.get_xdata()[0]), rows.index(mark.get_ydata()[0]))
        for mark in drawn(axes, "value")
    }
    assert found == {(0, 0), (1, 1), (2, 0), (2, 1)} and len(drawn(axes, "not chosen")) == 2
    (line,) = drawn(axes, "joined")
    assert list(line.get_xdata()) == [columns[2]] * 2 and list(line.get_ydata()) == rows


def test_every_option_has_all_its_people_at_the_right_also_those_not_drawn():
    axes = plot_overlap(ROWS, *WORDS, most=1)
    assert said(axes, "text") == ["25", "13"] and said(axes, "number") == ["21"]
    assert said(axes, "note") == ["Not drawn: 2 rarer combinations, 13 people in all"]
    assert axes.figure.get_label().endswith(
        "money: 21; Not drawn: 2 rarer combinations, 13 people in all; in all: money 25, visa 13."
    )


def test_a_combination_that_stands_twice_is_drawn_once():
    axes = plot_overlap(pd.concat([ROWS, ROWS]), *WORDS)
    assert said(axes, "number") == ["42", "18", "8"]


def test_a_narrow_figure_draws_fewer_combinations_and_counts_the_others():
    cells = {f"option {place}": [place == row for row in range(30)] for place in range(30)}
    table = pd.DataFrame({"people": range(1000, 1030)} | cells)
    shown = {}
    for width in (3.3, 8.0):
        with laid_out(width=width, size=8):
            axes = plot_overlap(table, *WORDS, most=30)
        shown[width] = len(drawn(axes, "bar"))
        (note,) = said(axes, "note") or [""]
        assert note.startswith(f"Not drawn: {30 - shown[width]} rarer combination")
    assert shown[3.3] < shown[8.0] < 30


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"visa": ["yes"] * 4},
            "column visa, row 0: wanted True or False; got 'yes'",
        ),
        (
            {"people": [-1, 1, 1, 1]},
            "column people, row 0: wanted a number, 0 or more",
        ),
        ({"people": [None, 1, 1, 1]}, "column people, row 0: wanted a number, 0 or"),
    ],
)
def test_a_cell_that_says_nothing_is_named(change, message):
    with pytest.raises(ValueError, match=f"^combinations, {message}"):
        plot_overlap(ROWS.assign(**change), *WORDS)


def test_combinations_are_of_options():
    with pytest.raises(ValueError, match=r"^combinations: wanted one column an option"):
        plot_overlap(ROWS[["people"]], *WORDS)
