"""Passages with the codes of one coding, counted by hand in the table."""

import pytest

from analysis.documents.liu import coded_passages


def test_advice_that_answers_no_challenge_says_so():
    advice = coded_passages().query("kind == 'strategy' or kind == 'mechanism'")
    assert len(advice) == 18
    assert (advice["addresses"] == "none of them").sum() == 10
    assert (advice["addresses"] == "").sum() == 0


def test_the_passages_of_the_first_section_are_among_the_challenges():
    places = coded_passages().set_index("passage")["place"]
    assert set(places[:12]) == {"among the challenges"}
    assert set(places[12:]) == {"in the later sections"}


def test_a_coding_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="coding: "):
        coded_passages("third")
