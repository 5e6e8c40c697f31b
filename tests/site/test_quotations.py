"""Quotations are shown as printed, without the marks of the files they were transcribed from."""

import re

import pytest

from analysis.ledger.claim_rows import claims_table
from analysis.report.site.shown.quotations import as_printed, calm_heading, proper_words


@pytest.mark.parametrize(
    ("marked", "printed"),
    [
        ("from **56** orchards", "from 56 orchards"),
        ("***the three-crop model*** in", "the three-crop model in"),
        ('Strategy for 2012–2020"*** was', 'Strategy for 2012–2020" was'),
        (r"will be \$248 million", "will be $248 million"),
        (r"the \*starred\* trees", "the *starred* trees"),
        ("`40` of _all_ pears", "40 of all pears"),
        ("28 per cent of the af-", "28 per cent of the …"),
        ("an inter- national orchard", "an international orchard"),
        ("short- and long-term crops", "short- and long-term crops"),
        ("snake_case stays, 2-3 too", "snake_case stays, 2-3 too"),
    ],
)
def test_marks_of_the_file_are_not_shown_as_words_of_the_document(marked, printed):
    assert as_printed(marked) == printed


def test_a_heading_in_capitals_is_written_as_a_sentence_with_its_names():
    proper = proper_words(["The pears of Kent joined the EU.", "Pears grow."])
    assert calm_heading("HOW DID KENT'S PEARS JOIN THE EU? PART II", proper) == (
        "How did Kent's pears join the EU? Part II"
    )
    assert calm_heading("Results of the EU", proper) == "Results of the EU"
    assert calm_heading("EU", proper) == "EU"


def test_no_quotation_of_the_ledger_shows_a_mark():
    table = claims_table()
    proper = proper_words(table["statement"])
    for row in table.itertuples():
        assert not re.search(r"\*\*|`|\\|\w-$", as_printed(row.anchor)), row.claim
        heading = calm_heading(row.section, proper)
        assert not re.search(r"[A-Z]{4,} [A-Z]{4,}", heading), heading
