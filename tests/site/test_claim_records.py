"""Claims on the pages: what speaks against one, what it leans on, which are the gravest."""

import pandas as pd

from analysis.ledger.table import COLUMNS
from analysis.report.site.shown import claims

BLANK = dict.fromkeys(COLUMNS, "") | {"paper": "made", "status": "does not hold"}
BLANK |= {"bearing": "conclusion", "low": None, "high": None, "power": None}


def table(*rows):
    """Return a made-up ledger."""
    return pd.DataFrame([BLANK | row for row in rows], columns=COLUMNS)


def test_a_calculation_that_passes_is_no_objection_to_a_claim_that_a_source_contradicts():
    row = {"verdict": "reproduced", "arithmetic": "3 pears of 9 pears is a third"}
    outside = {"outside": "contradicted", "said": "there were 12 pears", "remark": "an older count"}
    assert claims.objections(BLANK | row | outside) == [
        "An outside source says: there were 12 pears."
    ]


def test_what_a_document_prints_against_itself_comes_before_what_a_source_says():
    row = {"verdict": "inconsistent", "arithmetic": "4 of 9 is 44 %; printed is 60 %", "remark": ""}
    outside = {"outside": "contradicted", "said": "five of nine"}
    assert claims.objections(BLANK | row | outside) == [
        "4 of 9 is 44 %; printed is 60 %.",
        "An outside source says: five of nine.",
    ]


def test_nothing_speaks_against_a_claim_that_may_hold():
    row = {"status": "may hold", "verdict": "consistent", "arithmetic": "4 of 9 is 44 %"}
    assert claims.objections(BLANK | row | {"remark": ""}) == []


def test_a_claim_names_the_others_that_its_check_takes_and_those_of_its_clash():
    rows = (
        {"claim": "pears", "base": "trees", "inputs": "whole=fruit trees", "clash": "basket"},
        {"claim": "trees", "statement": "Trees."},
        {"claim": "fruit", "statement": "Fruit.", "clash": "crate basket"},
    )
    first, *_ = claims.claim_records(table(*rows))
    assert [each["claim"] for each in first["leans_on"]] == ["trees", "fruit"]
    assert first["clashes_with"] == [{"claim": "fruit", "statement": "Fruit."}]


def test_the_headline_counts_claims_of_both_kinds_once():
    rows = table(
        {"claim": "a", "verdict": "inconsistent", "clash": "basket"},
        {"claim": "b", "verdict": "inconsistent", "clash": "basket", "outside": "contradicted"},
        {"claim": "c", "verdict": "not checkable", "outside": "contradicted"},
        {"claim": "d", "verdict": "not checkable", "status": "unknown"},
    )
    said = claims.lead(rows)
    assert said["claims"].startswith("4 claims print a number or compare numbers, 2 of them")
    assert "do not hold: 3, in 2 clashes" in said["wrong"]
    assert "prints: 1; by an outside source of the same date: 1; by both: 1." in said["wrong"]


def test_what_a_verdict_hangs_on_is_said_in_words():
    assert claims.hangs_on("") == ""
    assert claims.hangs_on("robust").startswith("nothing")
    assert claims.hangs_on("rounding, level") == "rounding and level"
