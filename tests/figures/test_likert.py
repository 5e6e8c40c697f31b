"""A scale around its middle: pieces, bases, what stands outside, colours."""

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis.figures import plot_likert, style
from analysis.figures.likert import diverging
from analysis.outputs import labels_of
from tests.figures.test_drawings import drawn, said
from tests.figures.test_figures import SEEN, WORDS, lab


def scale(counts, points):
    """Return a table of one item a row of counts."""
    return pd.DataFrame(counts, index=list("abcd")[: len(counts)], columns=points)


def ends(axes):
    """Return where each piece begins and ends, in percent from the middle."""
    return [(piece.get_x(), piece.get_x() + piece.get_width()) for piece in drawn(axes, "value")]


def test_the_middle_point_of_an_odd_scale_lies_half_on_either_side():
    axes = plot_likert(scale([[10, 20, 30]], ["no", "neither", "yes"]), *WORDS)
    # 10, 20 and 30 of 60 are 16.7, 33.3 and 50 %; half of the middle is 16.7
    found = np.array(ends(axes)).ravel().tolist()
    assert found == pytest.approx([-100 / 3, -50 / 3, -50 / 3, 50 / 3, 50 / 3, 200 / 3])
    assert "half on either side" in axes.get_xlabel().replace("\n", " ")


def test_an_even_scale_has_nothing_across_its_middle():
    axes = plot_likert(scale([[10, 20, 30, 40]], list("1234")), *WORDS)
    assert ends(axes) == [(-30, -20), (-20, 0), (0, 30), (30, 70)]
    assert axes.get_xlabel() == "% of respondents"


@pytest.mark.parametrize("points", [2, 5, 7, 11, 14])
def test_no_point_of_a_scale_is_lost(points):
    names = [f"point {place}" for place in range(points)]
    axes = plot_likert(scale([range(1, points + 1), [7] * points], names), *WORDS)
    widths = [piece.get_width() for piece in drawn(axes, "value")]
    whole = points * (points + 1) / 2
    wanted = [100 * each / whole for each in range(1, points + 1)] + [100 / points] * points
    assert widths == pytest.approx(wanted)
    assert said(axes, "key") == names
    assert labels_of(axes.figure)["clipped"] == []


def test_an_item_with_nobody_on_one_side_has_its_percentages_of_its_own_base():
    counts = [[0, 0, 5, 15], [5, 5, 5, 5], [0, 0, 0, 0]]
    axes = plot_likert(scale(counts, ["1", "2", "3", "4"]), *WORDS)
    assert ends(axes)[:2] == [(0, 25), (25, 100)] and len(ends(axes)) == 2 + 4
    assert said(axes, "number") == ["25", "75", *["25"] * 4]
    assert said(axes, "text") == ["20", "20", "0"]
    assert axes.figure.get_label().endswith("c, n = 0: no answer.")


def test_who_is_not_sure_stands_outside_the_base_and_the_bar():
    table = scale([[10, 30, 60], [0, 4, 0]], ["no", "yes", "not sure"])
    axes = plot_likert(table, *WORDS, outside=["not sure"])
    assert ends(axes) == [(-25, 0), (0, 75), (0, 100)]
    assert said(axes, "key") == ["no", "yes"] and said(axes, "head") == ["n", "not sure"]
    assert said(axes, "text") == ["40", "4", "60", "0"]
    assert "a, n = 40: no 25 %, yes 75 %, not sure 60" in axes.figure.get_label()


def test_nobody_at_all_is_drawn_too():
    axes = plot_likert(scale([[0, 0, 0]], ["no", "neither", "yes"]), *WORDS)
    assert not drawn(axes, "value") and said(axes, "text") == ["0"]


def test_sums_of_weights_are_drawn_like_people():
    axes = plot_likert(scale([[9.9, 29.7]], ["no", "yes"]), *WORDS)
    assert np.array(ends(axes)).ravel().tolist() == pytest.approx([-25, 0, 0, 75])
    assert said(axes, "text") == ["40"]


def test_a_scale_has_two_points_or_more():
    with pytest.raises(ValueError, match=r"^points: wanted two points of a scale or more; got yes"):
        plot_likert(pd.DataFrame({"yes": [3]}), *WORDS)


def test_points_of_the_same_name_are_drawn_both():
    axes = plot_likert(scale([[10, 30]], ["fair", "fair"]), *WORDS)
    assert ends(axes) == [(-25, 0), (0, 75)]


def test_what_stands_outside_is_one_of_the_columns():
    with pytest.raises(ValueError, match=r"^outside: wanted one of yes, no; got 'not sure'$"):
        plot_likert(scale([[4, 2]], ["yes", "no"]), *WORDS, outside=["not sure"])
    with pytest.raises(ValueError, match=r"^points, column no, row a: wanted a number, 0 or more"):
        plot_likert(scale([[4, -1]], ["yes", "no"]), *WORDS)


@pytest.mark.parametrize("points", range(2, 15))
def test_points_differ_in_grey_and_grow_lighter_from_either_end_to_the_middle(points):
    lightness = [lab(colour, SEEN["grey"])[0] for colour in diverging(points)]
    left, right = lightness[: (points + 1) // 2], lightness[points // 2 :]
    assert left == sorted(left) and right == sorted(right, reverse=True)
    closest = min(abs(a - b) for a, b in itertools.combinations(lightness, 2))
    assert closest > min(9.5, 50 / points)


def test_the_two_sides_are_told_apart_by_every_eye_at_any_depth():
    for eye in set(SEEN) - {"grey"}:
        for left, right in itertools.product(diverging(10)[:5], diverging(10)[5:]):
            assert np.linalg.norm(lab(left, SEEN[eye]) - lab(right, SEEN[eye])) > 9


def test_a_percentage_is_read_on_its_piece():
    axes = plot_likert(scale([[30, 20, 20, 30]], list("1234")), *WORDS)
    for piece, text in zip(drawn(axes, "value"), drawn(axes, "number"), strict=True):
        ground, ink = (
            lab(each, np.eye(3))[0] for each in (piece.get_facecolor(), text.get_color())
        )
        assert abs(ground - ink) > 40
    assert style.ink_on("#EDEDED") == style.INK
