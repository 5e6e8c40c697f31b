"""A survey beside its reference: the decision, and what rounding does to it."""

import pytest
from scipy.stats import binomtest

from analysis.survey.population import reference_test

REPORT = {"men": "29", "women": "71"}


def test_gender_is_tested_at_both_ends_of_the_rounded_reference():
    # 20 % of 103 is 21 men; 29 % of 2,694 is 768 to 794 of them.
    test = reference_test("gender", REPORT, 103, 2694)
    ends = [binomtest(21, 103, men / 2694).pvalue for men in (768, 794)]
    assert (test["p_low"], test["p_high"]) == pytest.approx((min(ends), max(ends)))


def test_a_reference_far_away_is_rejected_and_an_equal_one_is_not():
    far = reference_test("gender", {"men": "50", "women": "50"}, 103, 2694)
    same = reference_test("gender", {"men": "20", "women": "80"}, 103, 2694)
    assert (far["decision"], same["decision"]) == ("is rejected", "is not rejected")


def test_a_decision_that_hangs_on_rounding_is_said_to():
    p_low, p_high = reference_test("gender", REPORT, 103, 2694)[["p_low", "p_high"]]
    between = 1 - (p_low + p_high) / 2
    assert reference_test("gender", REPORT, 103, 2694, between)["decision"] == "depends on rounding"


def test_a_reference_with_other_options_is_refused():
    with pytest.raises(ValueError, match="wanted the two options of 'gender'"):
        reference_test("gender", {"men": "29"}, 103, 2694)
    with pytest.raises(ValueError, match="wanted the two options of 'age'"):
        reference_test("age", REPORT, 103, 2694)


def test_shares_without_a_joint_solution_cannot_be_tested():
    # Cut off, 20 and 80 % of 103 are 21 and 83 people: 104.
    assert reference_test("gender", REPORT, 103, 2694, 0.95, "truncate")["decision"] == (
        "cannot be tested"
    )
