"""What drawings show of statuses, of wholes and their parts, of clashes, of single things."""

import matplotlib as mpl
import pandas as pd
import pytest

from analysis.figures import (
    plot_counts,
    plot_marks,
    plot_ranges,
    plot_shares,
    plot_strip,
    plot_timeline,
    plot_units,
    plot_whole,
    style,
    written_date,
)
from analysis.figures.statuses import look_of
from analysis.language.current import speaking
from tests.figures.texts import STATUSES

WORDS = ("A finding", "What is drawn; n = 40", "Document, section")


def drawn(axes, gid):
    """Return the artists of one kind, in the order of drawing."""
    return [artist for artist in axes.get_children() if artist.get_gid() == gid]


def said(axes, gid):
    """Return the texts of one kind, on one line each."""
    return [" ".join(text.get_text().split()) for text in drawn(axes, gid)]


def looks(axes, gid="value"):
    """Return shape and colour of the marks of one kind."""
    return [(mark.get_marker(), mark.get_markerfacecolor()) for mark in drawn(axes, gid)]


STATUS_ROWS = {"label": list("abcdef"), "status": STATUSES}
WITH_STATUS = {
    "shares": lambda: plot_shares(pd.DataFrame(STATUS_ROWS | {"share": 20}), *WORDS),
    "counts": lambda: plot_counts(pd.DataFrame(STATUS_ROWS | {"number": 20}), *WORDS, log=True),
}


@pytest.mark.parametrize("name", WITH_STATUS)
def test_every_status_has_its_mark_and_an_entry_in_the_key(name):
    axes = WITH_STATUS[name]()
    wanted = [look_of(status, STATUSES) for status in STATUSES]
    assert looks(axes) == [(mark.marker, mark.colour) for mark in wanted]
    assert len(set(looks(axes))) == len(STATUSES)
    assert said(axes, "key") == [*STATUSES[:-1], "nothing to judge"]


def test_statuses_are_told_apart_without_colour():
    shapes = [(mark.marker, mark.ring, mark.colour == "white") for mark in style.STATUS.values()]
    assert len(set(shapes)) == len(shapes)
    hatches = [mark.hatch for name, mark in style.STATUS.items() if name != "unknown"]
    assert len(set(hatches)) == len(hatches)


def test_only_what_does_not_hold_stands_in_a_ring():
    rows = pd.DataFrame(STATUS_ROWS | {"share": range(6)})
    (ring,) = drawn(plot_shares(rows, *WORDS), "ring")
    assert list(ring.get_xdata()) == [STATUSES.index("does not hold")]


def test_a_status_that_there_is_not_is_named_with_its_row():
    rows = pd.DataFrame({"label": ["a", "b"], "share": [1, 2], "status": ["holds", "right"]})
    with pytest.raises(ValueError, match=r"^shares, column status, row 1: wanted one of holds, "):
        plot_shares(rows, *WORDS)


def test_the_alternative_text_tells_status_and_note():
    rows = {"label": ["a"], "share": [20], "status": ["holds only if"], "note": ["if of 72"]}
    alt = plot_shares(pd.DataFrame(rows), *WORDS).figure.get_label()
    assert alt.endswith("a: 20 % (holds only if; if of 72).")


def test_rows_of_a_group_stand_together_below_its_heading():
    rows = pd.DataFrame({"label": ["a", "b", "c"], "share": [1, 2, 3], "group": ["x", "y", "x"]})
    axes = plot_shares(rows, *WORDS)
    assert said(axes, "heading") == ["x", "y"]
    assert [mark.get_xdata()[0] for mark in drawn(axes, "value")] == [1, 3, 2]
    places = [mark.get_ydata()[0] for mark in drawn(axes, "value")]
    x, y = (text.get_position()[1] for text in drawn(axes, "heading"))
    assert x < places[0] < places[1] < y < places[2]


def test_a_figure_keeps_what_it_drew_and_no_empty_column():
    rows = pd.DataFrame({"label": ["a"], "share": [20], "more": ["not drawn"]})
    assert list(plot_shares(rows, *WORDS).figure.drawn) == ["label", "text", "share"]


PARTS = pd.DataFrame({"label": ["yes", "no", "perhaps", "never"], "number": [20, 9, None, None]})


def test_what_is_left_of_a_whole_is_hatched_once_and_says_who_shares_it():
    axes = plot_whole(PARTS, *WORDS, total=40)
    scale = axes.get_xlim()[1] / 40
    assert [piece.get_width() / scale for piece in drawn(axes, "value")] == pytest.approx([20, 9])
    (rest,) = drawn(axes, "rest")
    assert rest.get_hatch() and rest.get_width() / scale == pytest.approx(11)
    alt = axes.figure.get_label()
    assert "11 people: perhaps, never, not printed" in alt


def test_a_rest_that_nothing_shares_is_in_no_printed_option():
    axes = plot_whole(PARTS.iloc[:2], *WORDS, total=40)
    assert "11 people: in no printed option" in axes.figure.get_label()
    assert not drawn(plot_whole(PARTS.iloc[:2], *WORDS, total=29), "rest")


def test_parts_beyond_the_total_go_over_a_line_at_it():
    axes = plot_whole(PARTS.iloc[:2], *WORDS, total=25)
    (line,) = drawn(axes, "limit")
    ends = [piece.get_x() + piece.get_width() for piece in drawn(axes, "value")]
    assert line.get_xdata()[0] == pytest.approx(max(ends) * 25 / 29)
    assert said(axes, "over") == ["4 more than 25"] and "4 more than 25" in axes.figure.get_label()


def test_every_bar_has_its_heading_and_its_total():
    both = pd.concat([PARTS.assign(bar="first"), PARTS.assign(bar="second")])
    axes = plot_whole(both, *WORDS, total={"first": 40, "second": 29})
    assert said(axes, "bar") == ["first, n = 40", "second, n = 29"]
    assert len(drawn(axes, "rest")) == 1
    with pytest.raises(ValueError, match=r"^total: wanted how many people each bar stands for; 's"):
        plot_whole(both, *WORDS, total={"first": 40})


@pytest.mark.parametrize("people", [-1, 2.5])
def test_a_part_is_a_number_of_people(people):
    with pytest.raises(ValueError, match=r"^parts, column number, row 0: wanted a whole number"):
        plot_whole(pd.DataFrame({"label": ["a"], "number": [people]}), *WORDS, total=40)


@pytest.mark.parametrize(("value", "end"), [(1.0, 1.5), (2.0, 1.8)])
def test_a_printed_number_outside_its_range_is_ringed_and_tied_to_the_nearest_end(value, end):
    row = {"label": ["a"], "low": [1.5], "high": [1.8], "value": [value]}
    axes = plot_ranges(pd.DataFrame(row), *WORDS, unit="credits")
    (gap,), (ring,) = drawn(axes, "gap"), drawn(axes, "ring")
    assert sorted(gap.get_xdata()) == sorted([value, end]) and ring.get_xdata()[0] == value


def test_a_printed_number_inside_its_range_is_not_tied():
    row = {"label": ["a"], "low": [1.5], "high": [1.8], "value": [1.5]}
    axes = plot_ranges(pd.DataFrame(row), *WORDS, unit="credits")
    assert not drawn(axes, "gap") and not drawn(axes, "ring")


def test_one_reference_is_drawn_for_all_rows_and_named_once():
    rows = pd.DataFrame({"label": ["a", "b"], "low": [1, 2], "high": [2, 3]})
    axes = plot_ranges(rows, *WORDS, unit="credits", reference=4, reference_label="as printed")
    line, name = drawn(axes, "reference")
    assert line.get_xdata()[0] == 4 and name.get_text() == "as printed"
    assert axes.get_xlim()[0] == 0 and axes.get_xlim()[1] > 4
    assert "as printed" in axes.figure.get_label()


def test_a_strip_has_a_dot_a_value():
    rows = pd.DataFrame(
        {"label": ["a", "a", "b"], "value": [0.1, 0.1, 0.9], "status": STATUSES[:3]}
    )
    axes = plot_strip(rows, *WORDS, unit="p", line=0.05, line_label="one in twenty")
    dots = [dots.get_offsets() for dots in axes.collections]
    assert sorted(x for each in dots for x in each[:, 0]) == [0.1, 0.1, 0.9]
    assert "a: 0.1 (holds), 0.1 (may hold); b: 0.9 (holds only if)" in axes.figure.get_label()


def test_named_things_get_boxes_and_others_dots():
    boxes = pd.DataFrame({"label": ["a", "b", "c"], "filled": [True, True, False]})
    axes = plot_units(boxes, *WORDS)
    assert len(drawn(axes, "box")) == 2 and len(drawn(axes, "empty box")) == 1
    assert axes.figure.get_label().endswith("a; b; c (missing).")
    dots = plot_units(boxes[["filled"]], *WORDS)
    assert [fill for _, fill in looks(dots)] == [style.VALUE, style.VALUE, "white"]
    assert dots.figure.get_label().endswith("2 there; 1 missing.")


def test_things_are_filled_or_have_a_status():
    with pytest.raises(
        ValueError, match=r"^units: wanted a table with the column status or filled"
    ):
        plot_units(pd.DataFrame({"label": ["a"]}), *WORDS)
    with pytest.raises(ValueError, match=r"^units, column filled, row 0: wanted True or False"):
        plot_units(pd.DataFrame({"filled": ["yes"]}), *WORDS)


def test_a_table_of_marks_has_one_a_word_and_none_without():
    cells = pd.DataFrame({"one": ["agrees", ""], "two": ["holds", "yes"]}, index=["a", "b"])
    axes = plot_marks(cells, *WORDS, names={"agrees": "may hold"})
    assert len(drawn(axes, "value")) == 3 and "b: two: yes" in axes.figure.get_label()
    assert said(axes, "heading") == ["one", "two"] and "agrees" in said(axes, "key")
    with pytest.raises(
        ValueError, match=r"^cells, column one, row a: wanted one of holds, .*agrees"
    ):
        plot_marks(cells, *WORDS)
    with pytest.raises(ValueError, match=r"^names: wanted one of .* for 'agrees'; got 'good'"):
        plot_marks(cells, *WORDS, names={"agrees": "good"})


EVENTS = pd.DataFrame(
    {
        "label": ["joins", "joins too", "leaves"],
        "lane": ["here", "there", "here"],
        "start": ["2005", "2010", "2017"],
        "status": ["", "", "does not hold"],
        "note": ["", "", "never joined"],
        "clash": ["joining", "joining", ""],
    }
)


def test_events_that_clash_are_joined_from_mark_to_mark():
    axes = plot_timeline(EVENTS, *WORDS)
    (line,) = drawn(axes, "clash")
    marks = {mark.get_xdata()[0]: mark.get_ydata()[0] for mark in drawn(axes, "moment")}
    assert dict(zip(*line.get_data(), strict=True)) == {year: marks[year] for year in (2005, 2010)}
    assert "here, 2005: joins (joined to: 2010 joins too)" in axes.figure.get_label()


def test_an_event_that_does_not_hold_is_ringed_struck_through_and_says_why():
    axes = plot_timeline(EVENTS, *WORDS)
    (ring,), strikes = drawn(axes, "ring"), drawn(axes, "strike")
    assert ring.get_xdata()[0] == 2017 and len(strikes) == 1
    assert said(axes, "note") == ["never joined"]


def test_events_of_one_lane_stand_on_one_line_where_they_have_room():
    apart = pd.DataFrame({"label": ["a", "b"], "start": ["1950", "2000"]})
    marks = drawn(plot_timeline(apart, *WORDS), "moment")
    assert len({mark.get_ydata()[0] for mark in marks}) == 1
    marks = drawn(plot_timeline(apart.assign(start="2000"), *WORDS), "moment")
    assert len({mark.get_ydata()[0] for mark in marks}) == 2


@pytest.mark.parametrize(("first", "last"), [("1990", "2015"), ("1921", "2026"), ("2001", "2009")])
def test_years_are_named_at_round_ones(first, last):
    rows = pd.DataFrame({"label": ["a", "b"], "start": [first, last]})
    ticks = plot_timeline(rows, *WORDS).get_xticks()
    steps = set(pd.Series(ticks).diff().dropna())
    assert len(steps) == 1 and all(tick % step == 0 for tick in ticks for step in steps)
    assert steps <= {2, 5, 10, 20, 50}


@pytest.mark.parametrize(
    ("language", "start", "end", "text"),
    [
        ("en", "1994-04-06", "1994-04-09", "6–9 April 1994"),
        ("ru", "1994-04-06", "1994-04-09", "6–9 апреля 1994"),
        ("kk", "1994-04-06", "1994-04-09", "1994 ж. 6–9 сәуір"),
        ("en", "2011-04", "", "April 2011"),
        ("ru", "2011-04", "", "апрель 2011"),
        ("en", "2012", "2020", "2012–2020"),
        ("en", "2015-01-22", "", "22 January 2015"),
        ("en", "2010", "2010-06", "2010 – June 2010"),
    ],
)
def test_dates_are_written_as_people_write_them(language, start, end, text):
    with speaking(language):
        assert written_date(start, end).replace("\N{NO-BREAK SPACE}", " ") == text


def test_what_somebody_set_for_all_figures_holds_for_these_too():
    with mpl.rc_context({"font.family": ["serif"]}):
        axes = plot_shares(PARTS.assign(share=PARTS["number"]), *WORDS)
    assert axes.get_yticklabels()[0].get_fontfamily() == ["serif"]


def test_an_axis_of_numbers_says_what_it_counts():
    row = {"label": ["bachelor"], "low": [1.5], "high": [1.8]}
    assert plot_ranges(pd.DataFrame(row), *WORDS, unit="pears").get_xlabel() == "pears"
    points = pd.DataFrame({"label": ["n = 40"], "value": [0.06]})
    assert plot_strip(points, *WORDS, unit="plums").get_xlabel() == "plums"
