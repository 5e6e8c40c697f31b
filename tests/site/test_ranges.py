"""A printed number on a line: what is drawn, where, and when nothing is."""

import pytest

from analysis.ledger.table import COLUMNS
from analysis.report.site.shown.ranges import inside_bar, outside_bar

BLANK = dict.fromkeys(COLUMNS, "") | {"low": None, "high": None, "number": "40 pears"}
PEARS = BLANK | {"printed": "40", "unit": "pears", "kind": "sum", "recomputed": "30 to 35 pears"}
PEOPLE = {"made-growers": ("50", "people")}


def test_a_number_outside_of_its_range_lies_outside_on_the_line():
    bar = inside_bar(PEARS | {"low": 30.0, "high": 35.0, "verdict": "inconsistent"}, {})
    right = bar["allowed"]["left"] + bar["allowed"]["width"]
    assert 0 < bar["allowed"]["left"] < right < bar["mark"] < 100 and not bar["fits"]
    assert [each["text"] for each in bar["labels"]] == ["30", "35"]
    assert bar["said"] == "Printed: 40 pears. What the other numbers give: 30 to 35 pears."


def test_a_number_within_its_range_lies_within_on_the_line():
    bar = inside_bar(PEARS | {"low": 30.0, "high": 60.0, "verdict": "consistent"}, {})
    left = bar["allowed"]["left"]
    assert left < bar["mark"] < left + bar["allowed"]["width"] and bar["fits"]


def test_a_range_without_an_end_goes_on_to_the_edge_of_the_line():
    year = PEARS | {"printed": "2012", "unit": "year", "verdict": "conditional", "number": "2012"}
    bar = inside_bar(year | {"high": 2010.0, "recomputed": "to 2010"}, {})
    assert bar["allowed"]["left"] == 0 and bar["allowed"]["goes_on_below"]
    assert not bar["allowed"]["goes_on_above"]
    assert bar["labels"][0]["text"] == "2010"


def test_a_share_is_drawn_as_people_of_its_base():
    share = PEARS | {"printed": "80", "unit": "percent", "number": "80 %", "base": "made-growers"}
    share |= {"low": 0.0, "high": 20.0, "recomputed": "at most 20 people", "verdict": "conditional"}
    bar = inside_bar(share, PEOPLE)
    halfway = bar["allowed"]["width"] * 40 / 20
    assert bar["mark"] == pytest.approx(halfway, abs=0.1)  # 80 percent of 50 people are 40
    assert inside_bar(share, {}) is None


@pytest.mark.parametrize(
    "said",
    [
        {"low": 40.0, "high": 40.0, "verdict": "reproduced"},
        {"low": 0.0, "verdict": "not checkable"},
        {"verdict": "not checkable"},
        {"low": 1.0, "high": 2.0, "verdict": "conditional", "kind": "conversion"},
        {"low": 1.0, "high": 2.0, "verdict": "conditional", "printed": ""},
        {"low": 41.0, "high": 41.0, "verdict": "inconsistent", "unit": "age band"},
        {"low": 2010.0, "verdict": "conditional", "unit": "date", "printed": "2011-04"},
    ],
)
def test_nothing_is_drawn_where_there_is_no_range(said):
    assert inside_bar(PEARS | said, {}) is None


def test_what_an_outside_source_has_is_drawn_as_it_was_written_down():
    bar = outside_bar(PEARS | {"outside": "contradicted"}, "12..17")
    assert not bar["fits"] and bar["allowed"]["width"] > 0
    assert bar["said"] == "Printed: 40 pears. What the outside source has: 12–17 pears."
    assert outside_bar(PEARS | {"outside": "confirmed"}, "40") is None
    assert outside_bar(PEARS | {"outside": "contradicted"}, "2010-03") is None
    assert outside_bar(PEARS | {"outside": "contradicted"}, "") is None


def test_labels_stay_on_the_line_and_do_not_touch():
    bar = inside_bar(PEARS | {"low": 300.0, "high": 301.0, "verdict": "inconsistent"}, {})
    assert [each["text"] for each in bar["labels"]] == ["300–301"]
    assert bar["labels"][0]["anchor"] == "end"
