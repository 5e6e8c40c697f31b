"""Two surveys side by side: bounds against every table that a print allows."""

import math

import pytest
from scipy.stats import chi2_contingency, fisher_exact
from statsmodels.stats.multitest import multipletests

from analysis.inference.differences import difference_interval
from analysis.language.current import speaking
from analysis.survey import compare_groups, read_survey
from analysis.survey.comparing import compare
from tests.survey.growers import ENTRIES, growers

QUESTIONS = """question,topic,kind,base
crop,main crop,single,all
helpers,who helps,multiple,all
sold,sold,yes-no,unclear
"""
TALLIES = """question,option,label,printed,unit
crop,apples,apples,45,percent
crop,p,Груши,30,percent
crop,plums,plums,,
crop,quinces,quinces,5,percent
helpers,family,family,120,people
sold,yes,yes,25,percent
sold,no,no,75,percent
"""
BASES = """base,label,printed,unit,share,of,note
all,all growers,200,people,,,
sellers,those with apples,,people,"crop,apples",all,
"""


@pytest.fixture
def published(tmp_path):
    """Return a printed survey of two hundred growers."""
    for name, text in {"questions": QUESTIONS, "tallies": TALLIES, "bases": BASES}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_survey(tmp_path)


def crops(apples, pears, plums=0):
    return {"crop": ["apples"] * apples + ["pears"] * pears + ["plums"] * plums}


def row(table, option):
    return table.set_index("option").loc[option]


def test_a_rounded_share_is_compared_over_every_count_that_it_can_stand_for(published):
    # 45 % of 200: 89 to 91 people; 66 of 120 are 55 %
    found = row(compare(growers(crops(66, 54)), published), "apples")
    tables = [[[66, 54], [k, 200 - k]] for k in (89, 90, 91)]
    p_values = [chi2_contingency(table, correction=False).pvalue for table in tables]
    assert (found["p_low"], found["p_high"]) == pytest.approx((min(p_values), max(p_values)))
    limits = [difference_interval(66, 120, k, 200) for k in (89, 90, 91)]
    assert found["difference_low"] == pytest.approx(100 * min(low for low, _ in limits))
    assert found["difference_high"] == pytest.approx(100 * max(high for _, high in limits))
    assert (found["other_least"], found["other_most"], found["other_base"]) == (44.5, 45.5, 200)
    assert (found["people"], found["base"], found["printed"]) == (66, 120, "45")


def test_a_decision_that_only_some_counts_give_depends_on_rounding(published):
    # p of 68 of 120 against 89, 90, 91 of 200: .0361, .0434, .0520
    table = compare(growers(crops(68, 52)), published)
    found = row(table, "apples")
    assert found["p_low"] < 0.05 < found["p_high"]
    assert found["decision"] == "depends on rounding"
    assert row(compare(growers(crops(90, 30)), published), "apples")["decision"] == "differs"
    same = row(compare(growers(crops(54, 66)), published), "apples")
    assert same["decision"] == "does not differ" and same["p_high"] == 1


def test_options_are_matched_by_short_name_and_then_by_label_in_any_language(published):
    table = compare(growers(crops(66, 54)), published)
    assert table["option"].to_list() == ["apples", "pears", "plums"]
    assert row(table, "pears")["printed"] == "30"


def test_what_only_one_of_them_has_is_named(published):
    table = compare(growers(crops(66, 54) | {"taste": ["good"] * 120}), published)
    assert table.attrs["only_mine"] == ["taste", "crop: cherries"]
    assert table.attrs["only_other"] == ["helpers", "sold", "crop: quinces"]


def test_questions_of_other_names_are_compared_where_they_are_named(published):
    mine = growers({"help": ["family"] * 30 + ["hands"] * 20})
    table = compare(mine, published, questions={"help": "helpers"})
    expected = chi2_contingency([[30, 20], [120, 80]], correction=False)
    assert table.loc[0, ["p_low", "p_high"]].to_list() == pytest.approx([expected.pvalue] * 2)
    with pytest.raises(ValueError, match="questions: no short name is in both surveys"):
        compare(mine, published)
    with pytest.raises(ValueError, match="question: wanted one of crop, helpers, sold; got 'h'"):
        compare(mine, published, questions={"help": "h"})


def test_a_base_that_the_text_leaves_open_counts_with_all_its_sizes(published):
    # asked: all 200, or those with apples, 89 to 91; 25 % of each
    mine = growers(
        {"crop": ["apples"] * 80, "sold": ["yes"] * 30 + ["no"] * 50},
        entries=ENTRIES | {"sold": ENTRIES["sold"]},
    )
    found = row(compare(mine, published, {"sold": "sold"}), "yes")
    pairs = [(n, k) for n in (89, 90, 91, 200) for k in range(n) if 24.5 <= 100 * k / n <= 25.5]
    p_values = [chi2_contingency([[30, 50], [k, n - k]], correction=False).pvalue for n, k in pairs]
    assert (found["p_low"], found["p_high"]) == pytest.approx((min(p_values), max(p_values)))
    assert found["other_base"] == 200


def test_few_people_are_compared_by_fishers_test(published):
    found = row(compare(growers(crops(5, 1)), published), "apples")
    p_values = [fisher_exact([[5, 1], [k, 200 - k]]).pvalue for k in (89, 90, 91)]
    assert found["test"] == "fisher"
    assert (found["p_low"], found["p_high"]) == pytest.approx((min(p_values), max(p_values)))


def test_an_option_without_a_number_cannot_be_tested(published):
    found = row(compare(growers(crops(60, 50, 10)), published), "plums")
    assert found["decision"] == "" and math.isnan(found["p_low"])
    assert found["people"] == 10 and math.isnan(found["other_least"])


def test_two_own_surveys_have_one_count_each():
    table = compare(growers(crops(66, 54)), growers(crops(90, 110)))
    expected = chi2_contingency([[66, 54], [90, 110]], correction=False).pvalue
    assert row(table, "apples")[["p_low", "p_high"]].to_list() == pytest.approx([expected] * 2)
    assert row(table, "apples")["printed"] == "90"


def test_a_survey_does_not_differ_from_itself_and_mirrors_the_other_way(published):
    mine, other = growers(crops(66, 54)), growers(crops(90, 110))
    same = compare(mine, mine)
    assert (same["p_low"].dropna() == 1).all()
    there, back = compare(mine, other), compare(other, mine)
    assert there["difference_low"].to_list() == pytest.approx((-back["difference_high"]).to_list())
    printed = compare(published, published, {"crop": "crop"})
    assert row(printed, "apples")["decision"] == "does not differ"
    assert row(printed, "apples")["people"] is not None


def test_two_printed_surveys_go_over_the_counts_of_both(published):
    found = row(compare(published, published, {"crop": "crop"}), "apples")
    pairs = [(a, b) for a in (89, 90, 91) for b in (89, 90, 91)]
    p_values = [
        chi2_contingency([[a, 200 - a], [b, 200 - b]], correction=False).pvalue for a, b in pairs
    ]
    assert (found["p_low"], found["p_high"]) == pytest.approx((min(p_values), max(p_values)))
    assert found["share"] == 45


def test_holm_is_over_all_rows_that_are_tested(published):
    table = compare(growers(crops(66, 40, 14)), published)
    tested = table.dropna(subset="p_low")
    for end in ("low", "high"):
        expected = multipletests(tested[f"p_{end}"], method="holm")[1]
        assert tested[f"holm_{end}"].to_list() == pytest.approx(expected.tolist())
    assert table["holm_low"].isna().sum() == 1


def test_a_weighted_survey_counts_with_its_effective_number():
    # weights 1 and 3 over ten each: effective 1600 / 100 = 16, half of the weight each
    mine = growers(crops(20, 20) | {"w": ["1", "3"] * 20}, "w")
    effective = (20 + 60) ** 2 / (20 + 180)
    found = row(compare(mine, growers(crops(90, 110))), "apples")
    half = effective / 2
    expected = chi2_contingency([[half, half], [90, 110]], correction=False).pvalue
    assert found["p_low"] == pytest.approx(expected) and found["share"] == 50
    assert found["test"] == "pearson"


def test_equal_weights_change_nothing(published):
    plain = compare(growers(crops(66, 54)), published)
    weighted = compare(growers(crops(66, 54) | {"w": ["2"] * 120}, "w"), published)
    numbers = ["share", "low", "high", "difference_low", "difference_high"]
    for name in numbers:
        assert weighted[name].to_list() == pytest.approx(plain[name].to_list(), nan_ok=True)
    ours, theirs = (row(each, "apples") for each in (plain, weighted))
    assert theirs["p_low"] == pytest.approx(ours["p_low"])


def test_two_groups_of_one_survey_stand_side_by_side():
    columns = {"sex": ["Man"] * 30 + ["Woman"] * 30}
    columns |= {"crop": ["apples"] * 20 + ["pears"] * 10 + ["apples"] * 10 + ["pears"] * 20}
    survey = growers(columns)
    found = row(compare_groups(survey, "sex", "men", "women"), "apples")
    assert found["p_low"] == pytest.approx(survey.cross("crop", "sex").tests.loc[0, "p"])
    assert found[["people", "base", "printed", "other_base"]].to_list() == [20, 30, "10", 30]
    with pytest.raises(ValueError, match="group: wanted one of men, women; got 'girls'"):
        compare_groups(survey, "sex", "men", "girls")


def test_a_group_of_nobody_cannot_be_tested():
    survey = growers({"sex": ["Man"] * 3, "crop": ["apples", "pears", "pears"]})
    table = compare_groups(survey, "sex", "men", "women")
    assert set(table["decision"]) == {""} and len(table) == 4


def test_the_codes_are_the_same_in_every_language(published):
    with speaking("ru"):
        table = compare(growers(crops(68, 52)), published)
    assert row(table, "apples")["decision"] == "depends on rounding"
    assert row(table, "apples")["label"] == "яблоки"


def test_what_needs_answers_says_so_of_a_printed_survey(published):
    for call in (
        lambda: published.cross("crop", "sold"),
        lambda: published.overlap("helpers"),
        lambda: published.weight("w"),
        lambda: published.rake({"crop": {"apples": 1}}),
        lambda: published.sample(),
        lambda: compare_groups(published, "crop", "apples", "p"),
    ):
        with pytest.raises(ValueError, match="needs the answers themselves; of"):
            call()
