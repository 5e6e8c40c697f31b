"""Combinations of options: dots, bars, totals, and what has no room."""

import pandas as pd
import pytest

from analysis.figures import plot_overlap
from analysis.figures.style import laid_out
from tests.figures.test_drawings import drawn, said
from tests.figures.test_figures import WORDS

ROWS = pd.DataFrame({"money": [True, True, False, False], "visa": [True, False, True, True]})
PEOPLE = [4, 21, 0, 9]


def test_the_most_frequent_combination_stands_first_and_nobody_s_not_at_all():
    axes = plot_overlap(ROWS, PEOPLE, *WORDS)
    assert said(axes, "number") == ["21", "9", "4"]
    heights = [bar.get_height() for bar in drawn(axes, "bar")]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 9 / 21, 4 / 21])


def test_a_dot_says_that_an_option_belongs_to_a_combination():
    axes = plot_overlap(ROWS, PEOPLE, *WORDS)
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
    axes = plot_overlap(ROWS, PEOPLE, *WORDS, most=1)
    assert said(axes, "text") == ["25", "13"] and said(axes, "number") == ["21"]
    assert said(axes, "note") == ["Not drawn: 2 rarer combinations, 13 people in all"]
    assert axes.figure.get_label().endswith(
        "money: 21; Not drawn: 2 rarer combinations, 13 people in all; in all: money 25, visa 13."
    )


def test_a_combination_that_stands_twice_is_drawn_once():
    axes = plot_overlap(pd.concat([ROWS, ROWS]), PEOPLE * 2, *WORDS)
    assert said(axes, "number") == ["42", "18", "8"]


def test_a_narrow_figure_draws_fewer_combinations_and_counts_the_others():
    cells = {f"option {place}": [place == row for row in range(30)] for place in range(30)}
    table = pd.DataFrame(cells)
    shown = {}
    for width in (3.3, 8.0):
        with laid_out(width=width, size=8):
            axes = plot_overlap(table, range(1000, 1030), *WORDS, most=30)
        shown[width] = len(drawn(axes, "bar"))
        (note,) = said(axes, "note") or [""]
        assert note.startswith(f"Not drawn: {30 - shown[width]} rarer combination")
    assert shown[3.3] < shown[8.0] < 30


def test_options_of_the_same_name_are_drawn_both():
    axes = plot_overlap(ROWS.set_axis(["money", "money"], axis=1), PEOPLE, *WORDS)
    assert said(axes, "text") == ["25", "13"] and said(axes, "number") == ["21", "9", "4"]


def test_a_cell_that_says_nothing_is_named():
    with pytest.raises(ValueError, match=r"^combinations, column visa, row 0: wanted True or Fal"):
        plot_overlap(ROWS.assign(visa="yes"), PEOPLE, *WORDS)


@pytest.mark.parametrize("people", [[4, 21, 0], [4, 21, 0, -9], []])
def test_every_combination_has_its_people(people):
    with pytest.raises(ValueError, match=r"^people: wanted 4 numbers of 0 or more, one a comb"):
        plot_overlap(ROWS, people, *WORDS)


def test_combinations_are_of_options():
    with pytest.raises(ValueError, match=r"^combinations: wanted a table with one column an opt"):
        plot_overlap(ROWS[[]], PEOPLE, *WORDS)
