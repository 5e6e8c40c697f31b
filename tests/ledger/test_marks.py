"""A row of a table has the gravest status of what is claimed of it, and a claim has its own."""

import pandas as pd
import pytest

from analysis import claim_statuses, ledger_table, read_table, row_statuses
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.marks import GRAVEST
from analysis.ledger.table import STATUSES


def test_every_status_has_its_place_among_the_gravest():
    assert sorted(GRAVEST) == sorted(STATUSES)


def test_claims_have_the_status_of_the_ledger():
    ledger = ledger_table().set_index("claim")["status"]
    names = list(ledger.index[::17])
    assert claim_statuses(names).to_dict() == ledger[names].to_dict()


def test_a_row_has_the_gravest_status_of_its_claims():
    ledger = ledger_table().set_index("claim")["status"]
    rows = claims_table().query("cell != ''")
    paper, table = rows["paper"].iloc[0], rows["cell"].iloc[0].split(":")[0]
    rows = rows[(rows["paper"] == paper) & rows["cell"].str.startswith(f"{table}:")]
    statuses = row_statuses(f"{paper}/{table}")
    assert len(statuses) <= len(read_table(f"{paper}/{table}"))
    for key, status in statuses.items():
        own = ledger[rows.loc[rows["cell"].str.split(":").str[1] == key, "claim"]]
        assert status == min(own, key=GRAVEST.index), key


def test_what_there_is_not_is_named():
    with pytest.raises(ValueError, match="there is no claim 'plums'"):
        claim_statuses(["plums"])
    with pytest.raises(ValueError, match="nothing is claimed of rows"):
        row_statuses("orchard/tallies", question="harvest")


def test_the_ledger_of_one_document_is_its_part_of_all(ledger):
    for paper in ledger["paper"].unique():
        own = ledger[ledger["paper"] == paper].reset_index(drop=True)
        pd.testing.assert_frame_equal(ledger_table(paper=paper), own)
    with pytest.raises(ValueError, match=r"paper: wanted one of .*; got 'made-up'"):
        ledger_table(paper="made-up")
