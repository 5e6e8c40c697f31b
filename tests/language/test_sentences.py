"""Computed sentences: the right form of a noun, of a list, of a range; no markup."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.language.current import speaking, with_unit
from analysis.language.sentences import Phrase, Sentence, counted, listed, span
from analysis.language.tables import html_table


def test_markup_in_a_sentence_is_shown_and_not_rendered():
    shown = Sentence("a <script>alert(1)</script> & b")._repr_html_()
    assert shown.endswith(">a &lt;script&gt;alert(1)&lt;/script&gt; &amp; b</p>")


def test_what_stands_between_dollars_is_no_formula_of_the_page():
    link = r"$\href{https://evil.example/}{a}$"
    for shown in (Sentence("{link}")._repr_html_(), html_table({link: link})):
        first = shown.split(">")[0]
        assert "mathjax_ignore" in first and link in shown


def test_a_long_sentence_is_broken_into_lines_of_a_hundred_letters():
    assert max(len(line) for line in repr(Sentence("word " * 60)).splitlines()) <= 100


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 people"), (1, "1 person"), (1100, "1,100 people")]
)
def test_a_noun_has_the_form_that_its_number_asks_for(number, expected):
    assert counted(number, "person", "people") == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_listed_as_in_a_sentence(names, expected):
    assert listed(names) == expected


def test_a_range_of_one_value_is_one_number():
    assert span(72, 72) == "72" and span(1.5, 1.8, 1) == "1.5 to 1.8"


def test_a_sentence_told_again_tells_what_stands_in_a_row_again():
    row = {"printed": 7.5, "text": Phrase(with_unit, "7.5", "percent")}
    told = Sentence("so: {row[text]}", row=pd.Series(row, dtype=object))
    with speaking("ru"):
        assert told.again() == "so: 7,5\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "1,200 of 2.5 are made"), ("ru", "1\xa0200 of 2,5 are made")]
)
def test_an_entry_or_a_part_of_a_variable_is_shown_as_the_language_writes_it(language, expected):
    values = {"total": {"does not hold": 1200}, "row": SimpleNamespace(share=2.46)}
    with speaking(language):
        told = Sentence("{total[does not hold]:,} of {row.share:.1f} are made", **values)
    assert told == expected
