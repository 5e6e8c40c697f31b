"""Tables of notebooks: headings are words, numbers meet on their decimal, no print changes."""

import datetime
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from analysis.language.current import speaking
from analysis.language.tables import LONGEST, columns_of, html_table, plain_table, written


class Table(HTMLParser):
    """Reads a table: rows of (element, style, text)."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.cell = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.cell = [tag, dict(attrs)["style"], ""]
            self.rows[-1].append(self.cell)

    def handle_data(self, data):
        if self.cell:
            self.cell[2] += data

    def handle_endtag(self, tag):
        self.cell = None if tag in {"td", "th"} else self.cell


def cells(data):
    """Return the texts of a table as HTML has them, row by row, without the padding."""
    return [[text.strip() for _, _, text in row] for row in Table(html_table(data)).rows]


def test_an_index_is_shown_only_if_it_says_something():
    frame = pd.DataFrame({"share": [1, 2]})
    assert cells(frame.iloc[1:]) == [["share"], ["2"]]
    assert cells(frame.rename_axis("row"))[0] == ["row", "share"]
    assert cells(frame.set_axis(["men", "women"]))[1] == ["men", "1"]
    pairs = pd.MultiIndex.from_product([["men"], [1, 2]], names=["who", "year_of_study"])
    assert cells(frame.set_axis(pairs))[:2] == [
        ["who", "year of study", "share"],
        ["men", "1", "1"],
    ]


def test_headings_of_two_levels_are_one_row():
    columns = pd.MultiIndex.from_tuples(
        [("share", "men"), ("share", "all_people")], names=["a", "b"]
    )
    frame = pd.DataFrame([[1, 2]], columns=columns)
    assert cells(frame) == [["share, men", "share, all people"], ["1", "2"]]


def test_a_series_and_a_dictionary_are_tables_of_two_columns():
    assert cells({67: [58], 68: [59, 60], 69: []}) == [
        ["67", "58"],
        ["68", "59, 60"],
        ["69", "none"],
    ]
    series = pd.Series([1.5, 20], ["a_b", "c"], name="half_width")
    assert cells(series) == [["", "half width"], ["a_b", "1.5"], ["c", "20.0"]]
    assert "dtype" not in plain_table(series) and "Name" not in plain_table(series)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([28.0, 4.0, None], ["28", "4", "–"]),
        ([28.0, 4.25], ["28.00", "4.25"]),
        ([1987, 2021], ["1987", "2021"]),
        ([985, 2694, 24500], ["985", "2,694", "24,500"]),
        ([True, False, None, np.True_], ["yes", "no", "–", "yes"]),
        (["45", "28.50", "02"], ["45", "28.50", "02"]),
        ([pd.NA, np.nan, float("inf"), -0.0], ["–", "–", "∞", "0"]),
        ([1e-9, 0.5], ["<0.000001", "0.500000"]),
        ([Fraction(1, 3), Decimal("4.50")], ["1/3", "4.50"]),
        ([datetime.date(2019, 3, 1), pd.Timestamp("2019-03-01")], ["2019-03-01", "2019-03-01"]),
        ([np.int64(3), np.array([1, 2])], ["3", "1, 2"]),
    ],
)
def test_a_value_is_written_as_a_reader_wants_it(values, expected):
    assert written(values) == expected


def test_a_printed_number_is_not_changed_and_stands_on_its_decimal():
    column = columns_of(pd.DataFrame({"printed": ["45", "28.50", ""]}))[0]
    assert [text.strip() for text in column.cells] == ["45", "28.50", ""]
    assert column.right and len(column.cells[0]) == len(column.cells[1])
    assert [
        line.rstrip()
        for line in plain_table(pd.DataFrame({"printed": ["4.5", "120"]})).splitlines()
    ] == [
        "printed",
        "    4.5",
        "  120",
    ]


def test_numbers_end_at_the_right_and_texts_begin_at_the_left():
    frame = pd.DataFrame({"label": ["a", "b"], "printed": ["1", "22"], "low": [1.0, 2.5]})
    for row in Table(html_table(frame)).rows:
        assert [style for _, style, _ in row] == [
            f"text-align: {side}" for side in ("left", "right", "right")
        ]


def test_a_table_is_written_in_the_language():
    frame = pd.DataFrame({"printed": ["28.5"], "year": [2019], "people": [24500], "yes": [True]})
    with speaking("ru"):
        assert cells(frame) == [
            ["напечатано", "год", "люди", "да"],
            ["28,5", "2019", "24\xa0500", "да"],
        ]
        assert columns_of(pd.DataFrame({"a": [1.5, 10000]}))[0].right


def test_markup_in_a_table_is_shown_and_not_rendered():
    shown = html_table(pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}, index=["<i>"]))
    assert "<script" not in shown and "<b>" not in shown and "<i>" not in shown


def test_a_long_table_ends_with_how_many_rows_are_left():
    frame = pd.DataFrame({"number": range(LONGEST + 20)})
    assert plain_table(frame).splitlines()[-1] == "... and 20 more rows."
    assert html_table(frame).endswith("<p>... and 20 more rows.</p>")


def test_a_table_without_rows_says_so():
    assert cells(pd.DataFrame({"a": [], "b": []})) == [["a", "b"], ["none", ""]]


@pytest.mark.parametrize(
    "value", [{}, {"a": {"b": 1}}, {"a": object()}, [1], {"a": pd.Series([1])}]
)
def test_what_is_no_table_is_left_as_it_is(value):
    assert html_table(value) is None
