"""Numbers kept by the ends of their runs, against the list of them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.runs import Runs

lists = st.lists(st.integers(0, 40), unique=True).map(sorted)


def in_runs(numbers):
    return Runs(range(number, number + 1) for number in numbers)


@settings(max_examples=60, deadline=None)
@given(numbers=lists, other=lists)
def test_runs_are_as_good_as_the_list(numbers, other):
    runs = in_runs(numbers)
    assert runs == numbers
    assert numbers == runs
    assert (runs == other) == (numbers == other) == (runs == in_runs(other))
    assert bool(runs) == bool(numbers)
    assert (len(runs), list(runs), repr(runs)) == (len(numbers), numbers, repr(numbers))
    assert [runs[place] for place in range(-len(numbers), len(numbers))] == numbers + numbers
    assert [runs[2:], runs[::-1], runs[:-1]] == [numbers[2:], numbers[::-1], numbers[:-1]]
    assert [n in runs for n in range(42)] == [n in numbers for n in range(42)]
    with pytest.raises(IndexError):
        runs[len(numbers)]


def test_runs_that_touch_are_one_and_steps_are_kept():
    assert Runs([range(1, 3), range(3, 7), range(8, 8), range(10, 30, 5)]).ranges == (
        range(1, 7),
        range(10, 30, 5),
    )
    assert Runs([range(3), range(10, 30, 5)]) == [0, 1, 2, 10, 15, 20, 25]


def test_tables_take_runs_as_columns_cells_and_choices():
    runs = Runs([range(3, 5), range(9, 10)])
    assert pd.DataFrame({"n": runs})["n"].tolist() == [3, 4, 9]
    assert pd.Series({"a": runs, "b": runs})["b"] is runs
    assert pd.Series([4, 5]).isin(runs).tolist() == [True, False]


def test_runs_differ_from_what_is_no_list():
    assert Runs([range(3)]) != "012"
    assert Runs([range(3)]) != {0, 1, 2}
    with pytest.raises(TypeError):
        hash(Runs([]))
