"""What a document consists of, and how its texts and numbers are shown."""

import pandas as pd

from analysis.language.current import speaking
from analysis.writing.blocks import Column, Table, column_of, shown


def test_numbers_of_a_column_have_the_same_decimals_in_the_way_of_the_language():
    assert column_of("share", [1.25, 20, None], 1).texts == ["1.2", "20.0", "–"]
    with speaking("kk"):
        assert column_of("share", [1.25, 12345.5, None], 1).texts == ["1,2", "12\xa0345,5", "–"]


def test_a_number_too_small_for_its_decimals_is_shown_as_less_than_the_least():
    assert column_of("p", [0.0004, 0.04, 0.0], 3).texts == ["<0.001", "0.040", "0.000"]


def test_a_text_of_the_data_is_shown_as_it_is_in_any_language():
    with speaking("ru"):
        column = column_of("answer", ["yes", "a_b", "3.5 kg", "2019-03"])
    assert column.texts == ["yes", "a_b", "3.5 kg", "2019-03"]
    assert not column.right


def test_a_column_of_numbers_may_hold_a_sign_for_one_that_is_withheld():
    column = column_of("people", ["×", 12, 40])
    assert column.right
    assert column.values == ["×", 12, 40]


def test_a_column_that_is_meant_for_numbers_and_has_none_stands_at_the_right():
    assert column_of("df", [None, None], 0).right
    assert not column_of("note", [None, None]).right


def test_whole_numbers_stay_whole_and_others_are_floats():
    values = column_of("n", [pd.NA, 3, 2.5, True]).values
    assert [type(each) for each in values] == [type(None), int, float, str]


def test_signs_that_no_document_can_hold_become_visible_and_nothing_is_lost():
    text = "a\x00b\x0bc\x7fd\x85e\ud800f\ufffeg"
    assert shown(text) == "a␀b␋c␡d[U+0085]e[U+D800]f[U+FFFE]g"
    assert shown("tab\there, Әә, 日本, 🍐") == "tab\there, Әә, 日本, 🍐"


def test_lone_carriage_returns_are_line_ends():
    assert shown("a\rb\r\nc") == "a\nb\nc"


def test_two_columns_of_the_same_name_are_both_shown():
    frame = pd.DataFrame([[1, 2]], columns=["n", "n"])
    assert [column.texts for column in Table(frame, "Two").columns] == [["1"], ["2"]]


def test_a_heading_may_stand_below_another_one():
    table = Table(pd.DataFrame({"men: people": [4]}), "Crop", spans={"men: people": ("men", "n")})
    assert [(each.over, each.below) for each in table.columns] == [("men", "n")]
    assert Column("answer", [], [], False, 0).below == "answer"
