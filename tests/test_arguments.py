"""Whatever somebody gives to a public function, an error names the argument and what was wanted."""

import inspect
import re
import warnings

import numpy as np
import pandas as pd
import pytest

from analysis import counts, figures, inference, outputs
from analysis.report.parameters import checked_parameters

TABLE = pd.DataFrame({"label": ["men", "women"], "share": [20.0, 80.0], "number": [1, 2]})
GOOD = {
    "printed": ["20", "80"],
    "printed1": "20",
    "printed2": "60",
    "n": 40,
    "expected": [0.25, 0.75],
    "counts": [9, 31],
    "groups": [["60", "40"], ["30", "70"]],
    "sizes": [40, 50],
    "reported": "p < .05",
    "count": 4,
    "count1": 9,
    "count2": 12,
    "n1": 40,
    "n2": 50,
    "n_max": 60,
    "first": ["a", "b", "a"],
    "second": ["a", "b", "b"],
    "margin": 0.05,
    "population": 2500,
    "a": 6,
    "b": 7,
    "k": 3,
    "unprinted": 2,
    "tolerance": 1,
    "title": "A finding",
    "subtitle": "What is drawn; n = 40",
    "source": "Document, section",
    "labels": ["yes", "no"],
    "root": "reputation",
    "branches": {"at home": ["people stay"]},
    "matrix": pd.DataFrame([[0, 3]], index=["policy"], columns=["a", "b"]),
    "table": pd.DataFrame([["two", ""]], index=["a"], columns=["x", "y"]),
    "shares": TABLE.assign(series="survey"),
    "ranges": TABLE.assign(low=1.0, high=2.0),
    "unit": "credits",
    "events": TABLE.assign(start="2010"),
    "date": "2010-03",
    "start": "2010-03",
    "height": 2.0,
    "frame": TABLE,
    "parts": TABLE,
    "total": 40,
    "units": TABLE.assign(filled=[True, False]),
    "combinations": pd.DataFrame({"yes": [True]}),
    "people": [3],
    "cells": pd.DataFrame({"one": ["yes", ""]}, index=["a", "b"]),
    "points": TABLE.assign(value=[1.5, 2.0]),
    "name": "own-answers",
}
BY_FUNCTION = {
    **{name: {"printed": "20"} for name in ("possible_counts", "granularity_power")},
    **{name: {"printed": "8"} for name in ("printed_interval", "possible_totals")},
    "proportion_bounds": {"printed": "20"},
    "possible_splits": {"printed": "20", "groups": ["20", "50"]},
    "no_base": {"printed": ["33.5"]},
    **{name: {"rounding": "half-up"} for name in ("printed_sum_distribution", "rule_in_words")},
    "association": {"table": [[20, 10], [10, 20]]},
    "cramers_v": {"statistic": 20, "n": 100, "shape": (3, 2)},
    **{name: {"weight": 40.0, "squares": 50.0} for name in ("effective_size", "design_effect")},
    "weighted_interval": {"share": 0.25, "effective": 32.0},
    **{
        name: {"values": [1, 2], "people": [20, 20]}
        for name in ("mean_interval", "median_interval")
    },
    "plot_ranges": {"start": 0.0},
    "plot_counts": {"counts": TABLE},
    "plot_likert": {"points": pd.DataFrame({"yes": [3], "no": [4]}, index=["first"])},
    "plot_against": {"table": TABLE.assign(other_least=1.0, other_most=2.0)},
}
WRONG = {
    "a text": "28 %",
    "a decimal": 28.5,
    "no number": float("nan"),
    "a negative number": -3,
    "nothing": None,
    "an empty list": [],
    "a list of nothing": [None],
    "a series": pd.Series([28.5, 4.0]),
    "a table": pd.DataFrame({"other": ["x"]}),
    "an empty table": pd.DataFrame(),
    "an array": np.array([[1.5, 2.5]]),
    "a set": {"20", "80"},
    "a dictionary": {"a": 1},
}
CASES = [
    (function, parameter)
    for module, names in [
        (counts, counts.__all__),
        (inference, inference.__all__),
        (figures, figures.__all__),
        (outputs, ["write_figure", "write_table"]),
    ]
    for function in (getattr(module, name) for name in names)
    if inspect.isfunction(function)
    for parameter in inspect.signature(function).parameters
]


STATISTICS = ("analysis.counts", "analysis.inference")


def good_arguments(function):
    """Return arguments that a function accepts; those with a default are left out."""
    special = BY_FUNCTION.get(function.__name__, {})
    given = {
        name: GOOD[name]
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty and name in GOOD
    }
    if function is outputs.write_figure:
        given["axes"] = figures.plot_shares(TABLE, "A finding", "What is drawn", "Document")
    return given | special


@pytest.mark.parametrize("function", dict.fromkeys(function for function, _ in CASES))
def test_the_arguments_that_the_other_tests_spoil_are_accepted_as_they_are(function):
    function(**good_arguments(function))


@pytest.mark.parametrize(
    "function", dict.fromkeys(f for f, _ in CASES if f.__module__.startswith(STATISTICS))
)
def test_a_docstring_says_what_is_raised_and_has_an_example(function):
    assert re.search(r"Raises\s+(TypeError|ValueError)", function.__doc__)
    assert ">>> " in function.__doc__


@pytest.mark.parametrize(
    ("function", "parameter"), CASES, ids=[f"{f.__name__}-{p}" for f, p in CASES]
)
def test_a_wrong_argument_is_accepted_or_named(function, parameter, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # a folder may be any text
    for kind, value in WRONG.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", inference.intervals.MethodWarning)
                function(**(good_arguments(function) | {parameter: value}))
        except (TypeError, ValueError) as error:
            said = str(error)
            about = f"{kind}: {type(error).__name__}: {said}"
            assert re.match(r"\w+", said)[0] in inspect.signature(function).parameters, about
            assert re.search(rf"\b{parameter}\b", said), about
            assert "\n" not in said and len(said) < 300, said


@pytest.mark.parametrize(
    ("printed", "write"),
    [("28,5", "28.5"), ("28 %", "28"), (" 28.50%", "28.50"), ("7,0 per cent", "7.0")],
)
def test_a_decimal_comma_or_a_sign_is_refused_with_what_to_write(printed, write):
    with pytest.raises(ValueError, match=rf'; got .*; write "{re.escape(write)}"$'):
        counts.possible_counts(printed, n=200)
    assert counts.possible_counts(write, n=200) is not None


@pytest.mark.parametrize("printed", ["28,5,1", "abc", "-3", "1 000,5", "", "\u0663\u0663"])
def test_what_nobody_can_mend_gets_no_advice(printed):
    with pytest.raises(ValueError, match=r"^printed: wanted plain digits (?!.*write)"):
        counts.possible_counts(printed, n=200)


@pytest.mark.parametrize(
    ("n", "write"), [(200.0, "200"), (np.float64(200), "200"), ("200", "200, without quotes")]
)
def test_a_whole_number_of_another_type_is_refused_with_what_to_write(n, write):
    with pytest.raises(TypeError, match=rf"^n: wanted a whole number, .*; write {write}$"):
        counts.possible_counts("28", n)


def test_a_whole_parameter_written_as_a_power_is_refused_with_what_to_write():
    with pytest.raises(ValueError, match=r"^parameter n: 1000000000.0 .*; write 1000000000$"):
        checked_parameters({"n": 40}, {"n": "1e9"})
    with pytest.raises(ValueError, match=r"^parameter n: 40.5 is not a number from 1 to .*40$"):
        checked_parameters({"n": 40}, {"n": "40.5"})


@pytest.mark.parametrize("printed", [{"20": 1, "80": 2}, {"20", "80"}, iter(["20", "80"])])
def test_percentages_without_an_order_are_no_sequence(printed):
    with pytest.raises(TypeError, match=r"^printed: wanted a sequence of texts, such as"):
        counts.possible_ranks(printed, n=200)
