"""What a figure drew is what its table says; what is not printed is not drawn as a value."""

import itertools
import json
import random
import re
import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis.figures import (
    decimal_year,
    plot_comparison,
    plot_counts,
    plot_diagram,
    plot_matrix,
    plot_order,
    plot_ranges,
    plot_shares,
    plot_timeline,
    style,
)
from analysis.figures.likert import diverging
from analysis.figures.wholes import blues
from analysis.ledger.table import OF_VERDICT, STATUSES
from analysis.outputs import labels_of, write_figure
from analysis.report.site.current import HERE

WORDS = ("A finding", "What is drawn; n = 40", "Document, section")
NAN = float("nan")


def drawn(axes, gid):
    """Return the artists of one kind, in the order of drawing."""
    return [artist for artist in axes.get_children() if artist.get_gid() == gid]


@pytest.fixture
def shares():
    return pd.DataFrame(
        {
            "label": ["virtual", "decline", "not printed"],
            "text": ["45 %", "4 %", "not printed"],
            "share": [45.0, 4.0, NAN],
            "low": [35.7, 1.5, 0.0],
            "high": [54.8, 9.6, 51.0],
        }
    )


def test_a_dot_stands_at_its_share_and_an_unprinted_one_has_no_dot(shares):
    axes = plot_shares(shares, *WORDS)
    assert [mark.get_xdata()[0] for mark in drawn(axes, "value")] == [45.0, 4.0]
    (box,) = drawn(axes, "unknown")
    assert (box.get_x(), box.get_width()) == (0.0, 51.0)
    assert box.get_hatch()


def test_an_interval_runs_from_limit_to_limit(shares):
    lines = drawn(plot_shares(shares, *WORDS), "interval")
    assert [list(line.get_xdata()) for line in lines] == [[35.7, 54.8], [1.5, 9.6]]


def test_a_share_without_an_interval_is_drawn_without_one(shares):
    axes = plot_shares(shares.assign(low=NAN, high=NAN), *WORDS)
    assert len(drawn(axes, "value")) == 2 and not drawn(axes, "interval")


def test_labels_stand_in_the_order_of_the_table(shares):
    axes = plot_shares(shares, *WORDS)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == list(shares["label"])
    assert axes.yaxis_inverted()


def test_the_alternative_text_holds_title_subtitle_and_every_row(shares):
    alt = plot_shares(shares, *WORDS).figure.get_label()
    assert alt.startswith("A finding. What is drawn; n = 40. virtual: 45 %")
    assert "not printed, 0 to 51 % possible" in alt


def test_groups_are_drawn_at_their_shares():
    table = pd.DataFrame(
        {
            "label": ["men", "men"],
            "series": ["survey", "report"],
            "text": ["20 %", "29 %"],
            "share": [20.0, 29.0],
            "low": [13.4, NAN],
            "high": [28.8, NAN],
        }
    )
    axes = plot_comparison(table, *WORDS)
    assert [mark.get_xdata()[0] for mark in drawn(axes, "value")] == [20.0, 29.0]
    assert len(drawn(axes, "interval")) == 1


@pytest.mark.parametrize("log", [False, True])
def test_a_count_that_is_only_a_lower_bound_gets_an_arrow(log):
    table = pd.DataFrame(
        {
            "label": ["trainees", "activities"],
            "text": ["more than 1,100", "about 40"],
            "number": [1100, 40],
            "qualifier": ["more than", "about"],
        }
    )
    axes = plot_counts(table, *WORDS, log=log)
    values = drawn(axes, "value")
    lengths = [mark.get_xdata()[0] if log else mark.get_width() for mark in values]
    assert lengths == [1100, 40] and len(drawn(axes, "open")) == 1


def test_a_range_runs_from_its_least_to_its_greatest_value():
    table = pd.DataFrame(
        {"label": ["bachelor"], "text": ["1.5 to 1.8"], "low": [1.5], "high": [1.8], "value": [1.0]}
    )
    axes = plot_ranges(table, *WORDS, unit="ECTS credits")
    (box,), (mark,) = drawn(axes, "range"), drawn(axes, "value")
    assert (box.get_x(), round(box.get_width(), 6)) == (1.5, 0.3) and mark.get_xdata()[0] == 1.0


def test_an_order_chart_has_no_axis_and_no_lengths():
    axes = plot_order(["content", "country", "status"], *WORDS)
    assert not axes.axison and not axes.patches
    assert [text.get_text() for text in axes.texts if text.get_text()] == [
        *("1.", "content"),
        *("2.", "country"),
        *("3.", "status"),
    ]


def test_a_diagram_shows_every_element_once():
    axes = plot_diagram("reputation", {"at home": ["people stay"], "abroad": ["funds"]}, *WORDS)
    shown = [text.get_text() for text in axes.texts if text.get_gid() != "dash"]
    assert sorted(shown) == ["abroad", "at home", "funds", "people stay", "reputation"]


def test_a_matrix_shows_its_counts_and_leaves_zero_empty():
    axes = plot_matrix(pd.DataFrame([[0, 3]], index=["policy"], columns=["a", "b"]), *WORDS)
    assert [text.get_text() for text in axes.texts] == ["3", "a", "b"]


def test_what_a_figure_marks_has_the_colours_of_the_pages_and_the_statuses_of_the_ledger():
    sheet = (HERE / "static" / "site.css").read_text("utf-8")
    rules = re.findall(r"([^{}]+)\{ background: (#[0-9a-f]+);", sheet)
    assert style.STATUS_OF == OF_VERDICT and set(style.STATUS) == set(STATUSES)
    for words in style.STATUS_OF.items():
        for name in (f".tag.{word.replace(' ', '-')}" for word in words):
            (found,) = [ground for names, ground in rules if name in re.split(r"[,\s]+", names)]
            assert words[1] == "unknown" or found == style.STATUS[words[1]].colour


@pytest.mark.parametrize(
    ("date", "end", "expected"),
    [("2010", False, 2010.0), ("2010", True, 2011.0), ("1994-04-06", False, 1994.2603)],
)
def test_a_date_is_placed_as_exactly_as_it_is_printed(date, end, expected):
    # 6 April is day 96 of 1994: 95 / 365 = 0.26027
    assert decimal_year(date, end) == pytest.approx(expected, abs=1e-4)


def test_a_date_is_a_dot_and_a_period_a_bar():
    events = pd.DataFrame(
        {
            "label": ["agreement", "strategy"],
            "lane": ["here", "here"],
            "start": ["2004", "2012"],
            "end": ["", "2020"],
        }
    )
    axes = plot_timeline(events, *WORDS)
    (dot,), (bar,) = drawn(axes, "moment"), drawn(axes, "period")
    assert dot.get_xdata()[0] == 2004.0 and (bar.get_x(), bar.get_width()) == (2012.0, 9.0)


def test_a_figure_is_written_only_where_a_report_is_made(shares, tmp_path, monkeypatch):
    monkeypatch.delenv("ANALYSIS_OUTPUT", raising=False)
    write_figure(plot_shares(shares, *WORDS), "name")
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    write_figure(plot_shares(shares, *WORDS), "name")
    assert sorted(file.name for file in tmp_path.rglob("*.*")) == [
        "name.csv",
        "name.json",
        "name.png",
        "name.svg",
        "name@2x.png",
    ]
    about = json.loads((tmp_path / "figures" / "name.json").read_text(encoding="utf-8"))
    assert about["title"] == "A finding" and "virtual: 45 %" in about["alt"]


def test_the_same_table_gives_the_same_bytes(shares, tmp_path, monkeypatch):
    made = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        monkeypatch.setenv("ANALYSIS_OUTPUT", str(folder))
        write_figure(plot_shares(shares, *WORDS), "name")
        made.append({file.name: file.read_bytes() for file in folder.rglob("*.*")})
    assert made[0] == made[1]


@pytest.mark.parametrize("label", ["$\\frac{$", "_hidden", "<b>bold</b>", "10^6 & more"])
def test_a_label_is_text_whatever_it_holds(label, shares, tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    write_figure(plot_shares(shares.assign(label=label), label, *WORDS[1:]), "name")
    svg = (tmp_path / "figures" / "name.svg").read_text(encoding="utf-8")
    assert "<b>bold" not in svg


# Machado, Oliveira & Fernandes 2009, doi:10.1109/TVCG.2009.113: complete deficiency, linear RGB.
SEEN = {
    "all colours": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}  # fmt: skip


def lab(colour, matrix):
    """Return a colour in CIELAB (D65) as somebody sees it whose eye does what `matrix` says."""
    rgb = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.array(to_xyz) @ seen / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eye", SEEN)
def test_colours_that_mean_different_things_are_told_apart(eye):
    assert np.allclose(np.sum(SEEN[eye], axis=1), 1, atol=1e-3)
    kinds = [style.VALUE, style.PALE] if eye == "grey" else [style.VALUE, style.REFERENCE]
    for colours in (
        kinds,
        *map(style.ramp, range(2, 8)),
        *map(blues, range(2, 8)),
        *map(diverging, range(2, 8)),
    ):
        for first, second in itertools.combinations(colours, 2):
            distance = np.linalg.norm(lab(first, SEEN[eye]) - lab(second, SEEN[eye]))
            assert distance > 9, (first, second, round(distance, 1))


@pytest.mark.parametrize("pieces", [2, 5, 11])
def test_a_ramp_grows_lighter_from_piece_to_piece(pieces):
    lightness = [lab(colour, SEEN["grey"])[0] for colour in style.ramp(pieces)]
    assert lightness == sorted(set(lightness)) and len(lightness) == pieces


@pytest.mark.parametrize("letter", ["i", "W", "ж"])
@pytest.mark.parametrize("words", [4, 40])
def test_no_title_is_clipped(letter, words):
    said = " ".join([letter * 9] * words)
    axes = plot_order(["a", "b"], said, said, said)
    assert labels_of(axes.figure)["clipped"] == []


def drawn_width(line, size, weight):
    """Return the width of a line in points by drawing it: slow, and beyond doubt."""
    font = FontProperties(family=style.HOUSE["font.family"], size=size, weight=weight)
    return TextPath((0, 0), line, prop=font).get_extents().width


def wrapped_by_drawing(text, width, size, weight):
    """Return a text on lines that fit, trying every length and drawing every line."""
    for letters in range(max(int(width * 18), 1), 0, -2):
        lines = textwrap.wrap(text, letters)
        if all(drawn_width(line, size, weight) <= 72 * 0.95 * width for line in lines):
            break
    return "\n".join(lines)


LETTERS = {
    "Latin": "aefilmnrstvwyAMTVW.,;%0128-–“”",
    "Cyrillic": "абжилмнрстфшщыАЖТФШ.,;№0128-«»",
    "Kazakh": "аәғқңөұүһіыӘҒҚҢӨҰҮІ.,;%0128-«»",
}


def random_text(letters, seed):
    """Return a made-up text of 1 to 12 words, now and then with a very long one."""
    chance = random.Random(seed)
    lengths = [chance.choice([1, 2, 4, 7, 11, 30]) for _ in range(chance.randint(1, 12))]
    return " ".join("".join(chance.choices(letters, k=length)) for length in lengths)


@pytest.mark.parametrize("script", LETTERS)
def test_lines_are_those_that_drawing_each_of_them_would_give(script):
    looks = [(8, 12, "bold"), (2.8, 9.6, "normal"), (1.1, 9.6, "normal")]
    for seed in range(12):
        text, look = random_text(LETTERS[script], seed), looks[seed % 3]
        assert style.wrapped(text, *look) == wrapped_by_drawing(text, *look), (text, look)


@pytest.mark.parametrize("width", [0.1, 0.4, 1.1])
def test_a_text_gets_lines_however_narrow_the_place(width):
    said = "Wide words in narrow places; \N{NO-BREAK SPACE} 100 %"
    lines = style.wrapped(said, width, 9.6).split("\n")
    assert "".join("".join(lines).split()) == "".join(said.split())
    assert all(len(line) == 1 or style.line_width(line, 9.6) <= 72 * 0.95 * width for line in lines)


@pytest.mark.parametrize("series", [2, 5, 9])
def test_every_series_has_a_mark_of_its_own(series):
    names = [f"series {place}" for place in range(series)]
    table = pd.DataFrame({"label": "men", "series": names, "share": range(10, 10 + series)})
    axes = plot_comparison(table, *WORDS)
    marks = {(mark.get_marker(), mark.get_markerfacecolor()) for mark in drawn(axes, "value")}
    assert len(marks) == series
    assert [text.get_text() for text in drawn(axes, "key")] == names
    assert labels_of(axes.figure)["clipped"] == []


@pytest.mark.parametrize("lanes", [2, 5, 9])
def test_every_lane_of_a_timeline_has_a_name_and_a_place_of_its_own(lanes):
    names = [f"lane {place}" for place in range(lanes)]
    events = pd.DataFrame({"label": "agreement", "lane": names, "start": "2004"})
    axes = plot_timeline(events, *WORDS)
    assert [text.get_text() for text in drawn(axes, "lane name")] == names
    assert len({dot.get_ydata()[0] for dot in drawn(axes, "moment")}) == lanes
    assert labels_of(axes.figure)["clipped"] == []


DRAWN = {
    plot_shares: ("shares", {"label": ["men"], "share": [20.0]}),
    plot_comparison: ("shares", {"label": ["men"], "series": ["survey"], "share": [20.0]}),
    plot_counts: ("counts", {"label": ["grants"], "number": [4.0]}),
    plot_ranges: ("ranges", {"label": ["bachelor"], "low": [1.5], "high": [1.8]}),
    plot_timeline: ("events", {"label": ["agreement"], "start": ["2004"]}),
}


def draw(plot, table):
    """Draw a table by a function that may want a unit too."""
    return plot(table, *WORDS, *(["credits"] if plot is plot_ranges else []))


@pytest.mark.parametrize("plot", DRAWN)
def test_a_drawing_needs_the_columns_that_it_names_and_no_more(plot):
    name, columns = DRAWN[plot]
    table = pd.DataFrame(columns)
    draw(plot, table)
    wanted = f"^{name}: wanted a table with the columns {', '.join(columns)}; "
    for column in columns:
        with pytest.raises(ValueError, match=f"{wanted}{column} is missing$"):
            draw(plot, table.drop(columns=column))
    with pytest.raises(ValueError, match=f"{wanted}it has no row$"):
        draw(plot, table.iloc[:0])
    with pytest.raises(TypeError, match=f"{wanted}got a Series$"):
        draw(plot, table.iloc[:, 0])


def test_a_date_that_does_not_hold_is_struck_through_from_its_first_letter_to_its_last():
    events = pd.DataFrame({"label": ["member"], "start": ["2017"], "status": ["does not hold"]})
    axes = plot_timeline(events, *WORDS)
    axes.figure.draw_without_rendering()
    (text,) = [each for each in axes.texts if each.get_gid() == "event"]
    (line,) = [each for each in axes.lines if each.get_gid() == "strike"]
    box, ends = text.get_window_extent(), axes.transData.transform(line.get_xydata())
    assert [ends[:, 0].min(), ends[:, 0].max()] == pytest.approx([box.x0, box.x1], abs=6)
    assert box.y0 < ends[0, 1] < box.y0 + 0.5 * box.height


def test_of_two_dates_that_clash_in_a_lane_the_line_between_them_crosses_no_label():
    events = pd.DataFrame(
        {
            "label": ["begins", "rules"],
            "start": ["2005", "2014"],
            "lane": ["credits", "credits"],
            "clash": ["credits", "credits"],
        }
    )
    axes = plot_timeline(events, *WORDS)
    (line,) = [each for each in axes.lines if each.get_gid() == "clash"]
    axes.figure.draw_without_rendering()
    ends = axes.transData.transform(line.get_xydata())
    boxes = [each.get_window_extent() for each in axes.texts if each.get_gid() == "event"]
    assert len(boxes) > 1
    assert all(box.x1 < ends[:, 0].min() or box.x0 > ends[:, 0].max() for box in boxes)


@pytest.mark.parametrize("plot", [plot for plot in DRAWN if plot is not plot_timeline])
@pytest.mark.parametrize("cell", ["28 %", True, float("inf"), [1]])
def test_a_cell_that_is_no_number_is_named_with_its_column_and_row(plot, cell):
    name, columns = DRAWN[plot]
    last = list(columns)[-1]
    table = pd.DataFrame(columns | {last: pd.Series([cell], dtype=object)})
    with pytest.raises(ValueError, match=rf"^{name}, column {last}, row 0: wanted a number; got "):
        draw(plot, table)


@pytest.mark.parametrize("date", ["2010-13", "10 May 2010", "2010Q1", "", "2010-02-31"])
def test_a_date_that_is_none_is_named_with_its_column_and_row(date):
    events = pd.DataFrame({"label": ["agreement"], "start": [date]})
    with pytest.raises(ValueError, match=r"^events, column start, row 0: wanted a year, month or"):
        plot_timeline(events, *WORDS)


def test_a_period_does_not_end_before_it_starts():
    events = pd.DataFrame({"label": ["agreement"], "start": ["2010"], "end": ["2009"]})
    with pytest.raises(ValueError, match=r"^events, column end, row 0: wanted an end that is not"):
        plot_timeline(events, *WORDS)


@pytest.mark.parametrize("cell", [1.5, -1, "3", None])
def test_a_cell_that_is_no_count_is_named_with_its_column_and_row(cell):
    table = pd.DataFrame({"yes": pd.Series([cell], dtype=object)})
    with pytest.raises(ValueError, match=r"column yes, row 0: wanted a whole number, 0 or more"):
        plot_matrix(table, *WORDS)


def test_rows_with_the_same_label_are_drawn_both():
    table = pd.DataFrame({"yes": [1, 2]}, index=["a", "a"])
    assert "a and yes: 1; a and yes: 2" in plot_matrix(table, *WORDS).figure.get_label()
