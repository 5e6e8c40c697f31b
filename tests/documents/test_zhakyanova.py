"""The survey of the article: people, intervals and sums, against hand calculation."""

import shutil

import pandas as pd
import pytest
from scipy.stats import binomtest

from analysis import paths
from analysis.survey import read_survey

SURVEY = read_survey("zhakyanova")
REPORT = {"men": "29", "women": "71"}


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
    assert SURVEY.n == 103


def test_the_prospects_leave_exactly_one_person():
    # 44.5..45.5 % of 103 is 45.8..46.9: 46 people; 28 % is 29; 22 % is 23; 4 % is 4: 102 in all.
    shares = SURVEY.question("prospects").shares()
    assert shares["least"].to_list() == shares["most"].to_list() == [46, 29, 23, 4]
    assert SURVEY.question("prospects").people_left(103) == (1, 1)
    check = SURVEY.question("prospects").check()
    assert check["printed sum"] == "99" and check["joint solutions"] == 0


def test_the_prospects_of_virtual_mobility_also_print_99_but_can_be_everybody():
    # 39, 25, 18 and 17 % of 103: 40, 26, 19 and 17 or 18 people, 102 or 103.
    check = SURVEY.question("virtual-prospects").check()
    assert check["printed sum"] == "99" and check["joint solutions"] == 1
    assert SURVEY.question("virtual-prospects").people_left(103) == (0, 1)


def test_counts_that_are_printed_as_people_are_taken_as_they_are():
    regions = SURVEY.question("regions").shares()
    assert regions["least"].to_list() == [48, 20, 18]
    # 48 + 20 + 18 = 86 of 103
    assert SURVEY.question("regions").people_left(103) == (17, 17)


def test_an_option_without_a_number_gets_the_room_that_is_left_and_no_share():
    # 31 % is 32 people and 27 % is 28: 43 of 103 are left.
    silent = SURVEY.question("programme").shares().query("printed == ''")
    assert len(silent) == 3 and silent["share"].isna().all()
    assert set(silent["most"]) == {43} and set(silent["low"]) == {0}
    assert silent["high"].to_list() == pytest.approx([100 * 43 / 103] * 3)


def test_the_interval_of_a_share_is_wilson_s_over_its_counts():
    # Wilson, 21 of 103, z = 1.959964: (0.20388 + 0.01865) / 1.03730 = 0.21453, half width 0.07713
    men = SURVEY.question("gender").shares().set_index("option").loc["men"]
    assert (men["low"], men["high"]) == pytest.approx((13.74, 29.17), abs=0.01)


def test_level_base_and_rounding_change_the_table():
    usual = SURVEY.question("prospects").shares()
    assert (SURVEY.question("prospects").shares(level=0.8)["low"] > usual["low"]).all()
    assert SURVEY.question("prospects").shares(n=51)["most"].to_list() != usual["most"].to_list()
    # Cut off, 45 % is 45.0..46.0: 46.35..47.38, so 47 people.
    assert SURVEY.question("prospects").shares(rounding="truncate")["least"].iloc[0] == 47


def test_a_share_that_no_head_count_gives_is_said_so():
    # 27 % of 72 would be 19.08 to 19.80 people.
    row = SURVEY.question("programme").shares(n=72).set_index("option").iloc[1]
    assert pd.isna(row["least"]) and "no whole number of people" in row["text"]


def test_two_bases_are_admissible_where_the_text_leaves_it_open():
    # 70 % of 103 is 71.6..72.6: 72 people.
    assert SURVEY.question("problems").bases() == {
        "all": [103],
        "went-abroad": [72],
    }
    assert SURVEY.question("preventive-measures").bases() == {"went-abroad": [72]}


def test_a_changed_number_changes_what_rests_on_it(copy):
    change(copy, "prospects", SURVEY.question("prospects").shares()["option"].iloc[-1], "5")
    assert read_survey(copy / "zhakyanova").question("prospects").check()["joint solutions"] == 1
    assert read_survey(copy / "zhakyanova").question("prospects").people_left(103) == (0, 0)


def test_an_unknown_question_is_refused_by_name():
    with pytest.raises(ValueError, match="got 'prospect'"):
        SURVEY.question("prospect").shares()


def test_shares_that_take_more_people_than_there_are_leave_less_than_nobody():
    # Cut off, 45, 28, 22 and 4 % of 103 are at least 47, 29, 23 and 5 people: 104.
    assert SURVEY.question("prospects").people_left(103, "truncate") == (-1, -1)
    assert SURVEY.question("prospects").check(rounding="truncate")["joint solutions"] == 0


def test_a_share_without_a_head_count_leaves_an_unknown_number():
    # 27 % of 72 would be 19.08 to 19.80 people.
    assert SURVEY.question("programme").people_left(72) is None
    assert pd.isna(SURVEY.question("programme").check(72)["people left, most"])
    assert SURVEY.question("programme").shares(72)["high"].dropna().le(100).all()


def test_gender_is_tested_at_both_ends_of_the_rounded_reference():
    # 20 % of 103 is 21 men; 29 % of 2,694 is 768 to 794 of them.
    test = SURVEY.question("gender").against(REPORT, 2694, 103)
    ends = [binomtest(21, 103, men / 2694).pvalue for men in (768, 794)]
    assert (test["p_low"], test["p_high"]) == pytest.approx((min(ends), max(ends)))


def test_a_reference_far_away_is_rejected_and_an_equal_one_is_not():
    far = SURVEY.question("gender").against({"men": "50", "women": "50"}, 2694, 103)
    same = SURVEY.question("gender").against({"men": "20", "women": "80"}, 2694, 103)
    assert (far["decision"], same["decision"]) == ("is rejected", "is not rejected")


def test_a_decision_that_hangs_on_rounding_is_said_to():
    p_low, p_high = SURVEY.question("gender").against(REPORT, 2694, 103)[["p_low", "p_high"]]
    between = 1 - (p_low + p_high) / 2
    assert (
        SURVEY.question("gender").against(REPORT, 2694, 103, between)["decision"]
        == "depends on rounding"
    )


def test_a_reference_with_other_options_is_refused():
    with pytest.raises(ValueError, match="wanted the two options of 'gender'"):
        SURVEY.question("gender").against({"men": "29"}, 2694, 103)
    with pytest.raises(ValueError, match="wanted the two options of 'age'"):
        SURVEY.question("age").against(REPORT, 2694, 103)


def test_shares_without_a_joint_solution_cannot_be_tested():
    # Cut off, 20 and 80 % of 103 are 21 and 83 people: 104.
    assert SURVEY.question("gender").against(REPORT, 2694, 103, 0.95, "truncate")["decision"] == (
        "cannot be tested"
    )
