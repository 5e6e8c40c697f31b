"""The readings of a claim, one by one."""

from analysis.ledger.checks.reading import STANCES
from analysis.ledger.table import ledger_table
from analysis.ledger.tried import readings_of_claims

GROWERS = {"claim": "made-growers", "printed": "40", "unit": "people", "kind": "alone"}
PEARS = {
    "claim": "made-pears",
    "printed": "81",
    "unit": "percent",
    "kind": "part",
    "base": "made-growers",
    "inputs": "whole=made-owners",
}
OWNERS = {"claim": "made-owners", "printed": "30", "unit": "people", "kind": "alone"}
READING = {
    "claim": "made-pears",
    "reading": "of-owners",
    "takes": "nothing",
    "stance": "allowed",
    "condition": "pears of neighbours were counted",
}


def test_each_reading_has_its_stance_its_condition_and_its_outcome(claims_folder):
    folder = claims_folder(GROWERS, OWNERS, PEARS, readings=[READING])
    stated, allowed = readings_of_claims(folder)["made-pears"]
    assert (stated["stance"], stated["agrees"], stated["said"]) == ("stated", False, "")
    assert (allowed["stance"], allowed["agrees"]) == ("allowed", True)
    assert allowed["said"] == "pears of neighbours were counted"


def test_the_ledger_lists_the_same_readings_in_its_column(ledger):
    tried = readings_of_claims()
    assert set(tried) == set(ledger["claim"])
    for row in ledger.itertuples():
        for each in tried[row.claim]:
            assert each["stance"] in STANCES and each["arithmetic"] in row.readings, row.claim
        assert bool(tried[row.claim]) == bool(row.readings), row.claim


def test_a_claim_that_nothing_checks_has_no_reading(claims_folder):
    folder = claims_folder(GROWERS)
    assert ledger_table(folder)["readings"].tolist() == [""]
    assert readings_of_claims(folder) == {"made-growers": []}
