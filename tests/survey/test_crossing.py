"""One question by another: counts by hand, tests against scipy, Holm against statsmodels."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests

from analysis.responses.codebook import Entry
from analysis.survey import crosses
from tests.survey.growers import ENTRIES, growers


def people(*groups):
    """Return columns sex and crop from triples: sex, crop, how many."""
    rows = [(sex, crop) for sex, crop, times in groups for _ in range(times)]
    return {"sex": [sex for sex, _ in rows], "crop": [crop for _, crop in rows]}


SIXTY = people(
    ("Man", "apples", 20), ("Man", "pears", 10), ("Woman", "apples", 10), ("Woman", "pears", 20)
)


def test_a_cross_table_has_people_and_shares_of_each_group():
    found = growers(SIXTY).cross("crop", by="sex")
    assert found.counts.loc[["apples", "pears"]].to_numpy().tolist() == [[20, 10], [10, 20]]
    assert found.bases.to_dict() == {"men": 30, "women": 30}
    assert found.shares.loc["apples"].round(4).to_dict() == {"men": 66.6667, "women": 33.3333}
    assert found.labels["apples"] == "apples" and found.group_labels["men"] == "men"


def test_a_single_choice_question_is_tested_once_and_by_a_stated_rule():
    (row,) = growers(SIXTY).cross("crop", "sex").tests.to_dict("records")
    expected = chi2_contingency([[20, 10], [10, 20]], correction=False)
    assert (row["option"], row["test"], row["df"]) == ("", "pearson", 1)
    assert (row["statistic"], row["p"]) == pytest.approx((expected.statistic, expected.pvalue))
    assert row["holm"] == row["p"] and "Cochran" in row["rule"]
    assert row["v"] == pytest.approx(1 / 3) and row["v_low"] < row["v"] < row["v_high"]


def test_a_multiple_choice_question_has_one_test_an_option_and_holm_over_them():
    helps = ["family"] * 20 + ["family;hands"] * 10 + ["hands"] * 22 + ["hands;nobody"] * 8
    found = growers({"sex": ["Man"] * 30 + ["Woman"] * 30, "help": helps}).cross("help", "sex")
    assert found.tests["option"].to_list() == ["family", "hands", "nobody"]
    hands = chi2_contingency([[10, 30], [20, 0]], correction=False)
    assert found.tests.loc[1, "statistic"] == pytest.approx(hands.statistic)
    holm = multipletests(found.tests["p"], method="holm")[1]
    assert found.tests["holm"].to_list() == pytest.approx(holm.tolist())


def test_a_multiple_choice_question_makes_no_groups():
    survey = growers({"crop": ["apples"], "help": ["family;hands"]})
    with pytest.raises(
        ValueError, match="by: 'help' is a question of kind multiple, so that people"
    ):
        survey.cross("crop", by="help")


def test_a_question_by_itself_or_by_a_number_is_refused():
    survey = growers({"crop": ["apples"], "trees": ["5"]})
    with pytest.raises(ValueError, match="by: wanted another question than 'crop'"):
        survey.cross("crop", by="crop")
    with pytest.raises(ValueError, match="by: 'trees' is a question of kind number"):
        survey.cross("crop", by="trees")
    with pytest.raises(ValueError, match="question: 'trees' is a question of kind number"):
        survey.cross("trees", by="crop")


def test_what_is_left_out_of_the_test_is_said():
    columns = people(
        ("Man", "apples", 2), ("Woman", "pears", 1), ("", "pears", 3), ("Man", "figs", 1)
    )
    found = growers(columns).cross("crop", "sex")
    assert found.notes == (
        "left out of the test: plums, which nobody chose",
        "left out of the test: cherries, which nobody chose",
    )
    assert found.left_out == (
        "in no group, and left out: 3 who answered",
        "left out of the test: 1 whose answer matches no option",
    )
    assert found.counts.loc["plums"].to_list() == [0, 0] and found.bases["men"] == 3


def test_a_group_without_answers_has_no_shares_and_is_named():
    found = growers(people(("Man", "apples", 2), ("Man", "pears", 2))).cross("crop", "sex")
    assert found.shares["women"].isna().all() and found.low["women"].isna().all()
    assert "left out of the test: women, a group without answers" in found.notes
    (row,) = found.tests.to_dict("records")
    assert row["test"] == "" and math.isnan(row["holm"]) and "fewer than two" in row["rule"]


def test_small_cells_are_said():
    men = [("Man", "apples", 40), ("Man", "pears", 3), ("Man", "plums", 12)]
    women = [("Woman", "apples", 30), ("Woman", "pears", 6), ("Woman", "plums", 9)]
    columns = people(*men, *women)
    small = growers(columns).cross("crop", "sex").small
    # pears: 9 of 100, expected 4.95 men and 4.05 women
    assert ("pears", "men") in small and ("pears", "women") in small
    assert ("plums", "women") not in small and ("cherries", "men") in small


def test_few_expected_people_have_fishers_test():
    columns = people(("Man", "apples", 3), ("Man", "pears", 1), ("Woman", "apples", 1),
                     ("Woman", "pears", 3))  # fmt: skip
    (row,) = growers(columns).cross("crop", "sex").tests.to_dict("records")
    assert row["test"] == "fisher" and row["p"] == pytest.approx(0.4857, abs=1e-4)


def test_a_set_of_tables_is_corrected_together():
    columns = SIXTY | {"taste": ["bad", "good"] * 30, "help": ["family", "hands;nobody"] * 30}
    survey = growers(columns)
    tables = crosses(survey, ["crop", "taste", "help"], by="sex")
    p_values = [p for table in tables for p in table.tests["p"]]
    adjusted = [p for table in tables for p in table.tests["holm"]]
    assert len(p_values) == 5
    assert adjusted == pytest.approx(multipletests(p_values, method="holm")[1].tolist())
    assert [table.question for table in crosses(survey, None, "sex")] == ["crop", "taste", "help"]


def test_weighted_groups_have_weighted_shares_and_a_test_divided_by_the_design_effect():
    # men: apples weigh 20 of 30, effective 30; women's weights are all 3
    weights = ["1"] * 30 + ["3"] * 30
    found = growers(SIXTY | {"w": weights}, "w").cross("crop", "sex")
    assert found.shares.loc["apples"].round(4).to_dict() == {"men": 66.6667, "women": 33.3333}
    assert found.counts.loc["apples"].to_list() == [20, 10]
    assert found.effective_n.to_list() == [30, 30]
    # 60 * (30 + 270) / 120^2
    assert found.design_effect == pytest.approx(1.25)
    weighted = chi2_contingency([[20, 30], [10, 60]], correction=False).statistic
    (row,) = found.tests.to_dict("records")
    assert row["statistic"] == pytest.approx(weighted * 48 / 120)


SEXES, CROPS = st.sampled_from(["Man", "Woman", ""]), st.sampled_from(["apples", "pears", "figs"])


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(SEXES, CROPS), min_size=1, max_size=30), st.sampled_from(["1", "2.5"]))
def test_equal_weights_change_no_share(rows, weight):
    columns = people(*((sex, crop, 1) for sex, crop in rows))
    plain = growers(columns).cross("crop", "sex")
    weighted = growers(columns | {"w": [weight] * len(rows)}, "w").cross("crop", "sex")
    for name in ("shares", "low", "high"):
        ours, theirs = getattr(plain, name).to_numpy(), getattr(weighted, name).to_numpy()
        assert ours == pytest.approx(theirs, nan_ok=True)
    assert weighted.tests["v"].to_list() == pytest.approx(plain.tests["v"].to_list(), nan_ok=True)


def test_its_table_has_a_row_an_option_and_group():
    table = growers(SIXTY).cross("crop", "sex").table()
    assert table[["option", "group", "people", "base"]].iloc[0].to_list() == [
        "apples",
        "men",
        20,
        30,
    ]
    assert len(table) == 8 and table["low"].notna().all()


def test_a_base_filter_leaves_out_who_was_not_asked():
    sold = Entry("sold", ("Sold",), "yes-no", options=("yes", "no"), base="crop = apples")
    columns = SIXTY | {"sold": ["yes"] * 60}
    found = growers(columns, entries={**ENTRIES, "sold": sold}).cross("sold", "sex")
    assert found.bases.to_dict() == {"men": 20, "women": 10}
