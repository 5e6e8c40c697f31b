"""How a claim is judged, as a sentence: the same words as the ledger's, and read by a program."""

import pytest

from analysis.ledger.multiverse import multiverse_table, outcomes_under, single_changes
from analysis.ledger.standing import status_of
from analysis.ledger.table import ledger_table
from tests.judgements import differences, judgements

SIZE = {"claim": "made-n", "printed": "107", "unit": "people", "kind": "alone"}
SUM = {"unit": "percent", "base": "made-n", "kind": "sum"}
FACT = {
    "paper": "made",
    "topic": "size",
    "claim": "made-n",
    "found": "107 people in the register",
    "value": "107",
    "verdict": "confirmed",
    "source": "https://example.org",
    "grade": "official",
    "dated": "2020",
}


@pytest.fixture
def folder(claims_folder):
    return claims_folder(
        SIZE,
        {"claim": "made-x", "printed": "79", "inputs": "others=made-y"} | SUM,
        {"claim": "made-y", "printed": "20", "inputs": "others=made-x"} | SUM,
        external_facts=[FACT],
    )


def test_claims_that_are_judged_alike_share_a_sentence(folder):
    (together,) = status_of("made-x", "made-y", folder=folder)
    assert together.claims == ("made-x", "made-y")
    assert together.text.startswith("In the ledger: made-x (79 %) and made-y (20 %): conditional")


def test_a_sentence_says_what_the_ledger_says_outside_evidence_included(folder):
    ledger = ledger_table(folder)
    said = status_of("made-n", "made-x", folder=folder)
    assert "107 people in the register" in said._repr_html_()
    assert len(judgements(said._repr_html_(), ledger)) == 2
    assert not differences(said._repr_html_(), ledger)
    for row in ledger.itertuples():
        (one,) = status_of(row.claim, folder=folder)
        assert (one.verdict, one.status) == (row.verdict, row.status)


def test_a_claim_that_there_is_not_is_refused(folder):
    with pytest.raises(ValueError, match="there is no claim 'made-z'"):
        status_of("made-x", "made-z", folder=folder)


def test_a_grid_changes_one_choice_at_a_time(folder):
    everything = multiverse_table(folder)
    cells = single_changes(everything)
    assert set(cells.index) == set(everything["claim"])
    usual = everything.set_index("claim").loc["made-x"].iloc[0]
    assert cells.loc["made-x", "as decided"] == usual["outcome"] == "only if"
    cut = everything.query("claim == 'made-x' and rounding == 'truncate' and tolerance == 'usual'")
    assert cells.loc["made-x", "truncate"] in set(cut["outcome"])
    assert "narrow" not in cells


def test_a_choice_of_ones_own_is_a_point_of_the_grid(folder):
    assert outcomes_under(folder=folder).to_dict() == {"made-x": "only if", "made-y": "only if"}
    cut = multiverse_table(folder).query("rounding == 'truncate'").set_index("claim")["outcome"]
    chosen = outcomes_under(assumed=["rounding=truncate"], folder=folder)
    assert chosen.to_dict() == cut.to_dict()


def test_read_as_stated_fails_what_agrees_under_another_reading_only(claims_folder):
    other = {
        "paper": "made",
        "claim": "made-x",
        "reading": "apart",
        "takes": "nothing",
        "stance": "allowed",
        "condition": "it is no part of it",
    }
    part = {"claim": "made-x", "kind": "part", "inputs": "whole=made-n"}
    folder = claims_folder(SIZE, SIZE | part | {"printed": "110"}, readings=[other])
    found = {
        reading: outcomes_under(reading, folder=folder)["made-x"]
        for reading in ("by the rule", "as stated", "another reading")
    }
    assert found == {"by the rule": "only if", "as stated": "fails", "another reading": "agrees"}


def test_a_reading_of_no_kind_is_refused(folder):
    with pytest.raises(ValueError, match="reading: wanted one of by the rule, as stated"):
        outcomes_under("as I like it", folder=folder)
