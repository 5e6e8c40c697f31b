"""Credits, double degrees and dates, against hand calculation."""

import pytest

from analysis import ledger_table
from analysis.documents.zharylkap import (
    clashing_dates,
    dated_events,
    double_degree_shares,
    ects_credits,
    least_years,
    possible_wholes,
)


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
    assert shares["GEO"] - shares["KAZ"] == pytest.approx(0.94, abs=0.01)


def test_a_year_of_sixty_credits_is_1500_to_1800_hours_of_work():
    # 1500 / 45 and 1800 / 45; 1500 / 105 and 1800 / 105
    credits = ects_credits().set_index("degree")
    assert credits.loc["bachelor", ["fewest", "most"]].to_list() == [1500 / 45, 1800 / 45]
    assert credits.loc["phd", ["fewest", "most"]].to_list() == [1500 / 105, 1800 / 105]


def test_a_year_of_no_credits_is_refused():
    with pytest.raises(ValueError, match="year_credits: wanted more than 0 credits; got 0"):
        ects_credits(year_credits=0)


def test_the_wholes_are_those_whose_difference_prints_as_one_point():
    # 6/17 - 45/130 = 0.68 points, 6/17 - 45/133 = 1.46; 129 gives 0.41 and 134 gives 1.71.
    assert possible_wholes() == [130, 131, 132, 133]


def test_a_difference_that_was_cut_off_needs_other_wholes():
    # 1 up to but without 2 points: 132 gives 1.20, 131 only 0.94, 136 gives 2.21.
    assert possible_wholes(rounding="truncate") == [132, 133, 134, 135]


def test_one_percent_as_a_ratio_needs_one_whole():
    # 6/17 over 45/n is n / 127.5: 1.0118 for 129, 1.0039 for 128, 1.0196 for 130.
    assert possible_wholes("percent") == [129]


def test_a_meaning_that_is_neither_points_nor_percent_is_refused():
    with pytest.raises(ValueError, match="meant"):
        possible_wholes("ratio")


def test_an_event_has_the_status_of_its_claim_also_where_the_claim_stands_elsewhere():
    status = dated_events().set_index(["country", "event"])["status"]
    assert status["KAZ", "erasmus-plus"] == "does not hold"  # claimed in the table itself
    assert status["AZE", "bologna-process"] == "holds"  # claimed at a point of the comparison
    assert status["KAZ", "autonomy-more-institutions"] == "unknown"


def test_every_date_that_does_not_hold_as_printed_is_among_the_clashes():
    rows = ledger_table()
    broken = rows["status"].isin(["does not hold", "holds only if"])
    dates = rows[broken & (rows["paper"] == "zharylkap") & rows["unit"].isin(["year", "date"])]
    clashes = clashing_dates().query("status != 'holds'")
    assert sorted(clashes["claim"]) == sorted(dates["claim"])


def test_a_clash_shows_both_dates_and_an_event_that_never_was_only_one():
    clashes = clashing_dates().groupby("lane", sort=False)["start"].agg(list)
    assert clashes["ECTS"] == ["2010", "2011-04"]
    assert clashes["OECD"] == ["2017"]


def test_dates_within_the_tolerance_are_taken_as_one():
    assert "ECTS" not in set(clashing_dates(0.25)["lane"])
    assert "ECTS" in set(clashing_dates(0.24)["lane"])


def test_a_tolerance_below_zero_is_refused():
    with pytest.raises(ValueError, match="tolerance: wanted years, 0 or more; got -1"):
        clashing_dates(-1)


def test_the_least_time_between_two_dates_runs_from_the_end_of_the_earlier_one():
    # from 31 December 2005 to 1 January 2010; from December 2010 to April 2011: 3 months
    assert least_years("2010", "2005") == 4
    assert least_years("2011-04", "2010") == pytest.approx(3 / 12)
