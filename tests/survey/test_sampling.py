"""How large a survey is beside its population: worked by hand, and against the library."""

import math

import pytest

from tests.survey.growers import growers


def test_the_margin_of_a_hundred_people_is_known():
    # 50 * 1.959964 / 10; of 400: sqrt((1 - 1/4) / 99)
    found = growers({"crop": ["apples"] * 100}, population=400).sample()
    assert found["margin"] == pytest.approx(9.79982, abs=1e-5)
    assert found["margin_corrected"] == pytest.approx(
        50 * 1.959964 * math.sqrt(0.75 / 99), abs=1e-4
    )
    assert (found["n"], found["population"], found["fraction"]) == (100, 400, 25)


def test_the_sizes_needed_are_those_of_cochran_and_of_the_table():
    # 384.1459 / (1 + 383.1459 / 2800) = 337.91
    found = growers({"crop": ["apples"] * 3}, population=2800).sample()
    assert found[["needed", "needed_corrected", "krejcie_morgan"]].to_list() == [385, 338, 338]


def test_without_a_population_what_is_about_it_is_missing():
    found = growers({"crop": ["apples"] * 100}).sample()
    assert found.isna().to_dict() == {
        "n": False,
        "population": True,
        "fraction": True,
        "margin": False,
        "margin_corrected": True,
        "needed": False,
        "needed_corrected": True,
        "krejcie_morgan": True,
    }


def test_a_census_has_no_margin():
    assert growers({"crop": ["apples"] * 7}, population=7).sample()["margin_corrected"] == 0


def test_a_population_smaller_than_the_survey_is_refused():
    with pytest.raises(ValueError, match="population: wanted 7 or more"):
        growers({"crop": ["apples"] * 7}, population=6).sample()
