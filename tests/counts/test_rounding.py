"""A printed percentage becomes the exact interval that it stands for."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.rounding import (
    RULES,
    Interval,
    parse_printed,
    printed_interval,
    printed_intervals,
)

MODES = {
    "half-up": (ROUND_HALF_UP,),
    "half-even": (ROUND_HALF_EVEN,),
    "half-down": (ROUND_HALF_DOWN,),
    "truncate": (ROUND_DOWN,),
    "ceiling": (ROUND_CEILING,),
    "half-any": (ROUND_HALF_UP, ROUND_HALF_DOWN),
}


def prints_as(percent, decimals, rounding):
    """Return the set of texts that the decimal module prints for an exact percentage."""
    with localcontext() as context:
        context.prec = 60
        value = Decimal(percent.numerator) / Decimal(percent.denominator)
        step = Decimal(1).scaleb(-decimals)
        return {str(value.quantize(step, rounding=mode)) for mode in MODES[rounding]}


@pytest.mark.parametrize(
    ("printed", "rounding", "low", "high", "closed_low", "closed_high"),
    [
        ("33", "half-up", "32.5", "33.5", True, False),
        ("33", "half-down", "32.5", "33.5", False, True),
        ("33", "half-any", "32.5", "33.5", True, True),
        ("33", "half-even", "32.5", "33.5", False, False),
        ("34", "half-even", "33.5", "34.5", True, True),
        ("33.4", "half-even", "33.35", "33.45", True, True),
        ("33", "truncate", "33", "34", True, False),
        ("33", "ceiling", "32", "33", False, True),
        ("33.0", "half-up", "32.95", "33.05", True, False),
        ("0", "half-up", "0", "0.5", True, False),
        ("0", "ceiling", "0", "0", True, True),
        ("101", "half-up", "100.5", "101.5", True, False),
    ],
)
def test_each_rule_has_its_own_ends(printed, rounding, low, high, closed_low, closed_high):
    expected = Interval(Fraction(low), Fraction(high), closed_low, closed_high)
    assert printed_interval(printed, rounding) == expected


@pytest.mark.parametrize("rounding", RULES)
@settings(max_examples=50, deadline=None)
@given(n=st.integers(1, 400), share=st.fractions(0, 1), decimals=st.integers(0, 3))
def test_a_percentage_lies_in_the_readings_of_what_it_prints(rounding, n, share, decimals):
    percent = Fraction(100 * round(share * n), n)
    texts = prints_as(percent, decimals, rounding)
    last_digit = Decimal(1).scaleb(-decimals)
    around = {str(Decimal(text) + step * last_digit) for text in texts for step in (-1, 0, 1)}
    for text in around:
        if not text.startswith("-"):
            assert (percent in printed_interval(text, rounding)) == (text in texts)


@pytest.mark.parametrize("rounding", RULES)
def test_a_five_goes_where_the_rule_sends_it(rounding):
    for percent in (Fraction("12.5"), Fraction("37.5")):
        texts = {
            text for text in ("12", "13", "37", "38") if percent in printed_interval(text, rounding)
        }
        assert texts == prints_as(percent, 0, rounding)


def test_a_trailing_zero_narrows_the_interval():
    assert Fraction("33.2") in printed_interval("33")
    assert Fraction("33.2") not in printed_interval("33.0")


def test_digits_and_decimals_are_read_from_the_text():
    assert parse_printed("33.50") == (3350, 2)
    assert parse_printed("007") == (7, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("33%", "", "-3", "+3", "1e1", "NaN", "inf", "３３", "٣٣", " 33", "33 ", "33\n", "12,5"),
        *(".5", "5.", "1.2.3", "1_0", "1O3", "9" * 5000),
    ],
)
def test_text_that_is_no_plain_number_is_refused(text):
    with pytest.raises(ValueError, match=r"^printed: wanted plain digits .* got '") as caught:
        printed_interval(text)
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("number", [33.0, 33, True, None, Decimal(33), b"33", ["33"]])
def test_numbers_are_refused_because_their_zeros_are_lost(number):
    with pytest.raises(TypeError, match=r"^printed: wanted the percentage as text") as caught:
        printed_interval(number)
    assert type(number).__name__ in str(caught.value)


def test_an_unknown_rule_is_refused_with_the_list_of_rules():
    with pytest.raises(ValueError, match=r"^rounding: wanted one of half-up, .* got 'bankers'"):
        printed_interval("33", "bankers")


def test_a_bad_entry_of_a_sequence_is_named_by_its_place():
    with pytest.raises(ValueError, match=r"^printed\[1\]: .* got '3o'"):
        printed_intervals(["20", "3o"])
    with pytest.raises(TypeError, match=r"^printed\[0\]: .*float"):
        printed_intervals([20.0, "80"])


@pytest.mark.parametrize("printed", ["20", None, 20])
def test_one_text_is_no_sequence_of_texts(printed):
    with pytest.raises(TypeError, match=r"^printed: wanted a sequence of texts"):
        printed_intervals(printed)


def test_an_empty_sequence_is_refused():
    with pytest.raises(ValueError, match=r"^printed: wanted at least one"):
        printed_intervals([])
