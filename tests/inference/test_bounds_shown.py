"""Bounds as text, as a table and as data, in every language."""

import re
from html import unescape

import pytest

from analysis.inference.bounds import Bounds, table_of
from analysis.inference.cross_tables import cross_table_bounds
from analysis.inference.difference_bounds import dependent_difference_bounds, difference_bounds
from analysis.inference.fit_bounds import goodness_of_fit_bounds
from analysis.inference.share_bounds import multinomial_bounds, proportion_bounds
from analysis.language.current import LANGUAGES, speaking

OTHERS = [language for language in LANGUAGES if language != "en"]


def many():
    """Return bounds of every kind, with and without a solution, with and without a note."""
    return [
        difference_bounds("50", 200, "40", 200, rounding="half-up"),
        difference_bounds("0", 40, "10", 60),
        difference_bounds("33.5", 109, "20", 109, test="fisher"),
        dependent_difference_bounds("33", "32", 109),
        proportion_bounds("17", 109),
        goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72]),
        goodness_of_fit_bounds(["45", "28", "22", "4"], 109, [0.25] * 4),
        *multinomial_bounds(["20", "80"], 109),
        *cross_table_bounds([["60", "40"], ["30", "70"]], [40, 50]),
        *cross_table_bounds([["60", "40"], ["31.1", "70"]], [40, 50]),
        goodness_of_fit_bounds(["20", "80"], 109, ["28", "72"], test="likelihood-ratio"),
        Bounds("p-value", 0.95),
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_left_in_another_language(language):
    with speaking(language):
        shown = [f"{bounds}; {table_of([bounds])}" for bounds in many()]
    for text in shown:
        words = re.sub(r"<[^>]*>", " ", text)
        assert not re.search(r"[A-Za-z]{2,}", unescape(words)), words
        assert not re.search(r"[0-9]\.[0-9]", words), words


@pytest.mark.parametrize("language", OTHERS)
def test_codes_are_the_same_in_every_language(language):
    def codes():
        return [(b.code, b.decisions, b.quantity, b.method) for b in many()]

    english = codes()
    with speaking(language):
        assert codes() == english
    assert english[0][0] == "depends on rounding"
    assert english[4][0] == "below"


def test_words_follow_the_language_in_use_also_where_it_changes_later():
    found = proportion_bounds("17", 109)
    with speaking("ru"):
        assert found.verdict == "ниже 0,5"
    assert found.verdict == "below 0.5"


def test_a_table_is_escaped_and_has_no_empty_column():
    shown = multinomial_bounds(["20", "80"], 109, labels=["<script>", "a & b"])._repr_html_()
    assert "<script>" not in shown
    assert "<td>&lt;script&gt;</td>" in shown
    assert "a &amp; b" in shown
    assert shown.count("<tr>") == 3
    assert "<th>note</th>" not in shown


def test_where_there_is_no_solution_the_table_says_what_would_be_one():
    found = multinomial_bounds(["45", "28", "22", "4"], 109)
    assert "Nearest bases that would do: 99, 113." in found._repr_html_()
    assert found.to_frame()["note"][0].startswith("It would do with one number changed: 45 → 46")


def test_bounds_are_rows_of_a_table_as_well():
    frame = multinomial_bounds(["20", "80"], 109, labels=["men", "women"]).to_frame()
    assert frame["option"].tolist() == ["men", "women"]
    assert frame["decision"].tolist() == ["below", "above"]


def test_a_p_value_that_no_float_holds_is_no_zero():
    # Of a million 600,000 against one half: chi-square 40,000, the chance about e^-20000.
    found = goodness_of_fit_bounds(["60", "20", "20"], 1_000_000, [0.2, 0.4, 0.4])
    assert found.high == 0.0
    assert found.ends == "< 1e-300"


def test_test_and_interval_that_disagree_are_noted():
    # 0 of 40 and 6 of 60: chi-square 100 (0 * 54 - 40 * 6)^2 / (40 * 60 * 6 * 94) = 4.255;
    # Newcombe: -0.1 + sqrt(0.0876^2 + (0.1 - 0.0466)^2) = +0.0026.
    found = difference_bounds("0", 40, "10", 60)
    assert found.low == pytest.approx(0.0391, abs=5.1e-5)
    assert found.interval[1] == pytest.approx(0.0026, abs=5.1e-5)
    assert "test and interval decide differently" in found.note
    assert "decide" not in difference_bounds("33", 109, "32", 109).note


def test_the_reason_is_that_counts_do_not_add_up_and_not_that_there_are_none():
    # 49, 30 or 31, 24 and 4 of 109 people
    printed = ["45", "28", "22", "4"]
    for found in (
        goodness_of_fit_bounds(printed, 109, [0.25] * 4),
        *multinomial_bounds(printed, 109),
    ):
        assert found.verdict == "the head-counts add up to 107–108 and not to 109"
        assert (found.reason.least, found.reason.greatest) == (107, 108)
