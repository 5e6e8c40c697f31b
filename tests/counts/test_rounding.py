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
    rule_in_words,
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
        ("33.0", "half-up", "32.95", "33.05", True, False),  # the zero narrows it
        ("12", "half-even", "11.5", "12.5", True, True),
        ("13", "half-even", "12.5", "13.5", False, False),
        ("37", "half-down", "36.5", "37.5", False, True),
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


def test_digits_and_decimals_are_read_from_the_text():
    assert parse_printed("33.50") == (3350, 2)
    assert parse_printed("007") == (7, 0)


TEXTS = [
    *("33%", "", "-3", "+3", "1e1", "NaN", "inf", "３３", "٣٣", " 33", "33 ", "33\n", "12,5"),
    *(".5", "5.", "1.2.3", "1_0", "1O3", "9" * 5000),
]
NUMBERS = [33.0, 33, True, None, Decimal(33), b"33", ["33"]]
REFUSED = [
    *(
        (printed_interval, [text], ValueError, "printed: wanted plain digits .* got '")
        for text in TEXTS
    ),
    *(
        (printed_interval, [number], TypeError, f"printed: .* as text.*{type(number).__name__}")
        for number in NUMBERS
    ),
    (printed_interval, ["33", "bankers"], ValueError, "rounding: wanted one of half-up.*'bankers'"),
    (printed_intervals, [["20", "3o"]], ValueError, r"printed\[1\]: .* got '3o'"),
    (printed_intervals, [[20.0, "80"]], TypeError, r"printed\[0\]: .*float"),
    (printed_intervals, [["20", "3o"], "half-up", "groups"], ValueError, r"groups\[1\]: .*"),
    (printed_intervals, ["20"], TypeError, "printed: wanted a sequence of texts"),
    (printed_intervals, [None], TypeError, "printed: wanted a sequence of texts"),
    (printed_intervals, [20], TypeError, "printed: wanted a sequence of texts"),
    (printed_intervals, [[]], ValueError, "printed: wanted at least one"),
]


@pytest.mark.parametrize(("function", "arguments", "error", "message"), REFUSED)
def test_what_is_no_printed_number_is_refused_with_its_place(function, arguments, error, message):
    with pytest.raises(error, match=f"^{message}") as caught:
        function(*arguments)
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 200


def test_every_rule_is_said_in_words_of_its_own():
    assert len({rule_in_words(rule) for rule in RULES} - set(RULES)) == len(RULES)
