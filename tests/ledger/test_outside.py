"""What outside sources say, made up, beside made-up claims."""

import pytest

from analysis.ledger import cells
from analysis.ledger.outside import compare, outside_of, outside_table
from analysis.ledger.problems import claim_problems
from analysis.ledger.read import read_claims
from analysis.ledger.table import ledger_table

APPLES = {"claim": "apples", "printed": "12", "unit": "tons", "kind": "alone"}


def fact(value, **more):
    """Return a row of the outside facts about the apples."""
    known = {"paper": "made", "topic": "harvest", "claim": "apples", "printed": "12"}
    return known | {"value": value, "verdict": "context"} | more


@pytest.mark.parametrize(
    ("printed", "qualifier", "value", "outcome"),
    [
        ("17", "", "31", "contradicted"),
        ("100000", "more than", "102111", "confirmed"),
        ("100000", "more than", "99999", "contradicted"),
        ("2015-01-22", "", "2015-01", "confirmed"),
        ("1998", "", "1997-12-13", "contradicted"),
        ("28.56", "", "28.5", "contradicted"),
        ("100", "", "90..120", "confirmed"),
        ("12", "", "13", "contradicted"),
        ("2.5", "", "2", "confirmed"),  # half-way: either way of rounding is an author's right
        ("2.5", "", "3", "confirmed"),
        ("0.125", "", "0.13", "confirmed"),
        ("11.9", "", "12..17", "contradicted"),
        ("11.9", "", "11.94..17", "confirmed"),
        ("2015", "", "2015-05", "confirmed"),
        ("30-40", "", "30-49", "contradicted"),
    ],
)
def test_a_number_from_outside_confirms_or_contradicts(printed, qualifier, value, outcome):
    assert compare(printed, qualifier, value) == outcome


def test_of_several_outcomes_the_gravest_counts_everywhere(claims_folder):
    facts = [
        fact("12", source="https://a.example"),
        fact("13", topic="again", source="https://b.example"),
    ]
    folder = claims_folder(APPLES, external_facts=facts)
    table = outside_table(folder)
    assert list(table["outcome"]) == ["confirmed", "contradicted"]
    claim = read_claims(folder)["apples"]
    assert outside_of(table, claim) == ("contradicted", "https://b.example")


def test_a_value_that_cannot_be_compared_is_named_with_file_row_and_column(claims_folder):
    pears = APPLES | {"claim": "pears", "printed": ""}
    facts = [fact("12"), fact("13", claim="pears")]
    (problem,) = claim_problems(claims_folder(APPLES, pears, external_facts=facts))
    said = "made/external_facts.csv, row 3, column value: pears prints no number, which '13'"
    assert problem.startswith(said)


def test_without_outside_facts_no_claim_has_an_outcome(claims_folder, monkeypatch):
    folder = claims_folder(APPLES, external_facts=[fact("12")])
    read = cells.read_table

    def without_rows(name, folder):
        return read(name, folder).head(0 if name == "external_facts" else None)

    monkeypatch.setattr(cells, "read_table", without_rows)
    assert not claim_problems(folder)
    assert list(ledger_table(folder)["outside"]) == [""]
    assert outside_table(folder).empty
