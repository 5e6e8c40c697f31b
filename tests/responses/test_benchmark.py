"""What the benchmark of engines compares is the same work: the same people, by hand and not."""

import importlib.util
import sys

import pytest

from analysis import paths


@pytest.fixture
def survey(monkeypatch):
    """Return the script of the benchmark as a module."""
    file = paths.ROOT / "benchmarks" / "survey.py"
    spec = importlib.util.spec_from_file_location("survey_benchmark", file)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_sql_by_hand_and_the_library_count_the_same_people(survey, tmp_path):
    file = tmp_path / "answers.csv"
    survey.write_answers(file, 500)
    _, hand = survey.by_hand(file, tmp_path)
    assert sum(hand[:5]) == hand[-1] == 500
    for name in ("DuckDB", "pandas", "Polars"):
        assert [*survey.by_library(survey.ENGINES[name], file)] == [[], hand]


def test_a_line_names_what_failed_and_what_counts_other_people(survey):
    hand = survey.Taken(1, 2, 2, 100, [5])
    assert survey.line(10, "some", [hand._replace(count=4)], [hand]).split()[-2:] == ["1.50", "100"]
    assert survey.line(10, "some", ["no memory"], [hand]).endswith("no memory")
    other = hand._replace(people=[6])
    assert survey.line(10, "some", [other], [hand]).endswith("counts other people than by hand")


@pytest.mark.parametrize(("seconds", "told"), [(6, "met"), (7, "not met")])
def test_the_aim_is_judged_at_the_largest_size(survey, seconds, told):
    hand = survey.Taken(1, 2, 2, 100, [5])
    [line] = [survey.line(10**7, "DuckDB", [hand._replace(read=seconds)], [hand])]
    assert line.endswith(f"MB: {told}")
