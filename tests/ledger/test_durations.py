"""Stated lengths stand beside what the dates of a text leave of them."""

import pytest

from analysis.ledger.durations import duration_table

DATES = [("leased", "2000"), ("planted", "2003"), ("sold", "2012")]


@pytest.fixture
def folder(claims_folder):
    years = [
        {
            "claim": name,
            "printed": printed,
            "unit": "year",
            "kind": "alone",
            "statement": f"It was {name}.",
        }
        for name, printed in DATES
    ]
    lease = {"claim": "lease", "printed": "10", "unit": "years", "qualifier": "almost"}
    lease |= {"kind": "duration", "inputs": "from=leased planted; to=sold"}
    return claims_folder(*years, lease)


def test_each_beginning_that_the_text_allows_has_a_row(folder):
    # from 31 December 2000 to 1 January 2012 it is 11 years, from 1 January to 31 December 13
    table = duration_table(["lease"], folder)
    assert table["start"].to_list() == ["2000", "2003"]
    assert table[["shortest", "longest"]].to_numpy().tolist() == [[11, 13], [8, 10]]


def test_almost_ten_years_are_nine_to_ten(folder):
    table = duration_table(["lease"], folder)
    assert table[["stated", "least", "most"]].iloc[0].to_list() == ["almost 10 years", 9.0, 10.0]


@pytest.mark.parametrize("name", ["sold", "rented"])
def test_a_claim_that_states_no_length_is_named(folder, name):
    with pytest.raises(ValueError, match=f"there is no duration '{name}'"):
        duration_table([name], folder)
