"""What a unit means: kinds, intervals, and the wrong numbers that are tried."""

from fractions import Fraction

import pytest

from analysis.ledger.units import (
    alternatives,
    as_percent,
    changed_numbers,
    head_count,
    interval,
    kind_of,
    names_itself,
    same_number,
    weeks,
    years,
)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("percent", "share"),
        ("per mille", "share"),
        ("points", "amount"),
        ("million people", "amount"),
        ("thousand", "amount"),
        ("year", "time"),
        ("decade", "time"),
        ("decades", "length"),
        ("place", "label"),
        ("orchards", "count"),
        ("thousands of trees", "count"),
        ("", "count"),
    ],
)
def test_every_unit_has_a_kind(unit, kind):
    assert kind_of(unit) == kind
    assert names_itself(unit) == (kind in {"time", "label"})


@pytest.mark.parametrize(
    ("printed", "unit", "number", "first", "last"),
    [
        ("20", "percent", 101, "0", "100"),
        ("20.0", "percent", 201, "0.0", "100.0"),
        ("3", "per mille", 202, "0", "1000"),
        ("5", "orchards", 10, "1", "10"),
        ("1961", "year", 101, "1911", "2011"),
        ("1960", "decade", 11, "1910", "2010"),
        ("2005-06-20", "date", 101, "1955-06-20", "2055-06-20"),
        ("2004-03-29", "date", 101, "1954-03-29", "2054-03-29"),
        ("2004-02-29", "date", 101, "1954-02-28", "2054-02-28"),
        ("30", "year", 80, "0001", "0080"),
        ("0", "orchards", 1, "0", "0"),
        ("452.3", "tons", 203, "0.1", "904.6"),
        ("30-40", "age band", 70, "30-30", "30-99"),
        ("40", "age band", 99, "1", "99"),
        ("21", "century", 29, "1", "29"),
    ],
)
def test_the_wrong_numbers_that_are_tried(printed, unit, number, first, last):
    tried = alternatives(printed, unit)
    assert (len(tried), tried[0], tried[-1]) == (number, first, last)
    if unit != "year" or len(printed) == 4:
        assert printed in tried
    assert len(set(tried)) == len(tried)


def test_a_head_count_is_tried_up_to_its_base():
    assert alternatives("3", "people", most=4) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("printed", "unit", "changed"),
    [
        ("20", "percent", ["21", "19", "22", "18"]),
        ("2.5", "tons", ["2.6", "2.4", "2.8", "2.2"]),
        ("2005-06-20", "date", ["2006-06-20", "2004-06-20", "2206-06-20", "1804-06-20"]),
        ("30-40", "age band", ["30-41", "30-39", "30-44", "30-36"]),
        ("1", "orchards", ["2", "2"]),
        ("1", "percent", ["2", "0", "2", "0"]),
    ],
)
def test_by_how_much_a_number_is_changed(printed, unit, changed):
    assert [number for _, number in changed_numbers(printed, unit)] == changed


def test_a_rounded_number_is_an_interval_and_a_count_is_exact():
    assert interval("20.5", "percent").low == Fraction("20.45")
    assert interval("1.5", "million people").high == Fraction("1.55")
    assert interval("12", "people").low == interval("12", "people").high == 12


def test_only_a_whole_number_of_people_or_things_is_a_head_count():
    assert head_count("12", "people") == 12
    for printed, unit in [("12.5", "people"), ("", "people"), ("12", "percent"), ("12", "place")]:
        assert head_count(printed, unit) is None


def test_a_per_mille_keeps_its_precision_as_a_percentage():
    assert as_percent("30", "per mille") == "3.0"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("66.6", "67", True),
        ("67", "66", False),
        ("67.0", "67", True),
        ("2015", "2015-05", True),
        ("2015-05", "2015-05-30", True),
        ("2015-05", "2015-06-30", False),
        ("2010", "2011-04", False),
        ("30", "30-40", False),
        ("30-40", "30-40", True),
    ],
)
def test_numbers_are_the_same_as_far_as_both_are_printed(first, second, same):
    assert same_number(first, second) == same_number(second, first) == same


def test_a_length_of_time_in_another_unit_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="in weeks or months or years; got 'hours'"):
        weeks("3", "hours")
    with pytest.raises(ValueError, match="in years or decades; got 'no unit'"):
        years("3", "")
