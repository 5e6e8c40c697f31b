"""Credits and double degrees, against hand calculation."""

import pytest

from analysis.documents.zharylkap import double_degree_shares, ects_credits


def test_national_credits_are_their_hours_divided_by_thirty_and_by_twenty_five():
    # 45, 60, 75 and 105 hours: 1.5-1.8, 2-2.4, 2.5-3 and 3.5-4.2, as an outside source prints too.
    credits = ects_credits().set_index("degree")
    assert credits.loc["bachelor", ["low", "high"]].to_list() == [1.5, 1.8]
    assert credits.loc["master-without-thesis", ["low", "high"]].to_list() == [2.0, 2.4]
    assert credits.loc["master-with-thesis", ["low", "high"]].to_list() == [2.5, 3.0]
    assert credits.loc["phd", ["low", "high"]].to_list() == [3.5, 4.2]


def test_the_hours_of_an_ects_credit_can_be_set():
    assert ects_credits(30, 30)["low"].to_list() == ects_credits(30, 30)["high"].to_list()


@pytest.mark.parametrize(("low", "high"), [(0, 30), (30, 25), (-1, 5)])
def test_impossible_hours_are_refused(low, high):
    with pytest.raises(ValueError, match="wanted hours with 0 < low <= high"):
        ects_credits(low, high)


def test_georgia_leads_by_less_than_one_percentage_point():
    # 6 / 17 = 35.29 %, 45 / 131 = 34.35 %
    shares = double_degree_shares().set_index("country")["share"]
    assert 100 * (shares["GEO"] - shares["KAZ"]) == pytest.approx(0.94, abs=0.01)
