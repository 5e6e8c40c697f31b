"""Questions of the survey: people, intervals and sums, against hand calculation."""

import shutil

import pandas as pd
import pytest

from analysis import paths
from analysis.survey.questions import (
    base_readings,
    check_question,
    people_left,
    respondents,
    share_table,
)


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the raw data that a test may change."""
    return shutil.copytree(paths.RAW, tmp_path / "raw")


def change(folder, question, option, printed):
    """Write another number into one cell of the tallies."""
    file = folder / "zhakyanova" / "tallies.csv"
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    frame.loc[(frame["question"] == question) & (frame["option"] == option), "printed"] = printed
    frame.to_csv(file, index=False)


def test_the_article_states_one_hundred_and_three_respondents():
    assert respondents() == 103


def test_the_prospects_leave_exactly_one_person():
    # 44.5..45.5 % of 103 is 45.8..46.9: 46 people; 28 % is 29; 22 % is 23; 4 % is 4: 102 in all.
    shares = share_table("prospects")
    assert shares["least"].to_list() == shares["most"].to_list() == [46, 29, 23, 4]
    assert people_left("prospects", 103) == (1, 1)
    check = check_question("prospects")
    assert check["printed sum"] == "99" and check["joint solutions"] == 0


def test_the_prospects_of_virtual_mobility_also_print_99_but_can_be_everybody():
    # 39, 25, 18 and 17 % of 103: 40, 26, 19 and 17 or 18 people, 102 or 103.
    check = check_question("virtual-prospects")
    assert check["printed sum"] == "99" and check["joint solutions"] == 1
    assert people_left("virtual-prospects", 103) == (0, 1)


def test_counts_that_are_printed_as_people_are_taken_as_they_are():
    regions = share_table("regions")
    assert regions["least"].to_list() == [48, 20, 18]
    # 48 + 20 + 18 = 86 of 103
    assert people_left("regions", 103) == (17, 17)


def test_an_option_without_a_number_gets_the_room_that_is_left_and_no_share():
    # 31 % is 32 people and 27 % is 28: 43 of 103 are left.
    silent = share_table("programme").query("printed == ''")
    assert len(silent) == 3 and silent["share"].isna().all()
    assert set(silent["most"]) == {43} and set(silent["low"]) == {0}
    assert silent["high"].to_list() == pytest.approx([100 * 43 / 103] * 3)


def test_the_interval_of_a_share_is_wilson_s_over_its_counts():
    # Wilson, 21 of 103, z = 1.959964: (0.20388 + 0.01865) / 1.03730 = 0.21453, half width 0.07713
    men = share_table("gender").set_index("option").loc["men"]
    assert (men["low"], men["high"]) == pytest.approx((13.74, 29.17), abs=0.01)


def test_level_base_and_rounding_change_the_table():
    usual = share_table("prospects")
    assert (share_table("prospects", level=0.8)["low"] > usual["low"]).all()
    assert share_table("prospects", n=51)["most"].to_list() != usual["most"].to_list()
    # Cut off, 45 % is 45.0..46.0: 46.35..47.38, so 47 people.
    assert share_table("prospects", rounding="truncate")["least"].iloc[0] == 47


def test_a_share_that_no_head_count_gives_is_said_so():
    # 27 % of 72 would be 19.08 to 19.80 people.
    row = share_table("programme", n=72).set_index("option").iloc[1]
    assert pd.isna(row["least"]) and "no whole number of people" in row["text"]


def test_two_bases_are_admissible_where_the_text_leaves_it_open():
    # 70 % of 103 is 71.6..72.6: 72 people.
    assert base_readings("problems") == {
        "all respondents": [103],
        "those who went abroad": [72],
    }
    assert base_readings("preventive-measures") == {"those who went abroad": [72]}


def test_a_changed_number_changes_what_rests_on_it(copy):
    change(copy, "prospects", share_table("prospects")["option"].iloc[-1], "5")
    assert check_question("prospects", folder=copy)["joint solutions"] == 1
    assert people_left("prospects", 103, folder=copy) == (0, 0)


def test_an_unknown_question_is_refused_by_name():
    with pytest.raises(ValueError, match="no tallies for 'prospect'"):
        share_table("prospect")


def test_shares_that_take_more_people_than_there_are_leave_less_than_nobody():
    # Cut off, 45, 28, 22 and 4 % of 103 are at least 47, 29, 23 and 5 people: 104.
    assert people_left("prospects", 103, "truncate") == (-1, -1)
    assert check_question("prospects", rounding="truncate")["joint solutions"] == 0


def test_a_share_without_a_head_count_leaves_an_unknown_number():
    # 27 % of 72 would be 19.08 to 19.80 people.
    assert people_left("programme", 72) is None
    assert pd.isna(check_question("programme", 72)["people left, most"])
    assert share_table("programme", 72)["high"].dropna().le(100).all()
