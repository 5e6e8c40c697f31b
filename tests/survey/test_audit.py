"""One table for all questions: verdicts by hand, power against trying every wrong number."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.granularity import FLOOR
from analysis.counts.head_counts import number_of_vectors, possible_counts
from analysis.counts.rounding import RULES
from analysis.language.current import LANGUAGES, speaking
from analysis.survey import audit, read_survey
from analysis.survey.audit import COLUMNS
from tests.survey.test_questions import folder  # noqa: F401


def of(*printed, n=40, rounding="half-any", floor=FLOOR, **columns):
    """Return the audit of one question as rows."""
    table = pd.DataFrame({"printed": printed, **columns})
    return audit(table, n, rounding, floor)


def test_two_options_leave_each_other_one_number_only():
    # 18 and 22 of 40 people: of 22 the other is 18, 45 %.
    found = of("45", "55")
    assert found["verdict"].tolist() == ["reproduced", "reproduced"]
    assert found["counts"].tolist() == ["18", "22"]
    assert (found["power"] == 1).all()


def test_a_share_without_a_head_count_is_inconsistent_by_itself():
    # 13 of 40 is 32.5 and 14 is 35 %; 34 is cut from neither. 33.5 % is 13.4 people.
    found = of("34", "50", kind="multiple").set_index("printed")
    assert found.loc["34", ["verdict", "reason"]].tolist() == [
        "inconsistent",
        "no head-count gives 34 % of 40",
    ]
    assert found.loc["34", "off"] == pytest.approx(0.2)  # 34.5 % is 13.8 people
    assert "Nearest head-counts: 13 (33 %) and 14 (35 %)." in found.loc["34", "nearest"]
    assert found.loc["50", "reason"] == "check too weak"


def test_numbers_that_were_cut_are_the_last_condition():
    # 14 of 23 is 60.87 %, 9 of 23 is 39.13 %: only the first was cut for certain.
    found = of("60", "39", n=23)
    assert found["verdict"].tolist() == ["conditional", "consistent"]
    assert found["reason"].tolist() == ["right only if the numbers were cut, not rounded", ""]
    assert set(of("60", "39", n=23, rounding="truncate")["verdict"]) == {"reproduced"}


def test_too_few_may_have_chosen_something_else_and_too_many_may_not():
    # 18, 16 and 4 people; 18, 16 and 8.
    short, long = of("45", "40", "10"), of("45", "40", "20")
    assert set(short["reason"]) == {"right only if 2 people chose none of these options"}
    assert set(long["verdict"]) == {"inconsistent"}
    assert set(long["reason"]) == {"the head-counts add up to 42 and not to 40"}
    assert set(short["adds up"]) == set(long["adds up"]) == {"no"}
    assert (long["off"] == 2).all()


def test_an_option_without_a_number_takes_the_rest():
    found = of("45", "40", "", floor=0.5)
    assert found["verdict"].tolist() == ["consistent", "consistent", "not checkable"]
    assert found["reason"].tolist() == ["", "", "no number printed"]
    assert found["adds up"].tolist() == ["yes", "yes", ""]


def test_an_unclear_question_may_allow_several_answers():
    found = of("75", "60", kind="unclear")
    assert set(found["reason"]) == {"right only if people could choose several options"}
    assert set(of("75", "60", kind="single")["verdict"]) == {"inconsistent"}
    assert set(of("75", "60", kind="multiple")["adds up"]) == {""}


def test_head_counts_and_words_are_part_of_the_sum():
    # 26 people, and about 35 %: 30 to 40 %, 12 to 16 of 40.
    found = of("26", "35", unit=["people", "percent"], qualifier=["", "about"])
    assert found["counts"].tolist() == ["26", "12–16"]
    assert set(found["adds up"]) == {"yes"}
    assert found["power"].tolist() == [1 - 4 / 40, 0]
    over = of("41", "10", unit="people")
    assert over["verdict"].tolist() == ["inconsistent", "not checkable"]
    assert over["off"].tolist() == [1, 0]
    assert of("100.0", qualifier="more than")["verdict"].tolist() == ["inconsistent"]


@pytest.mark.parametrize(
    ("qualifier", "counts"),
    [
        ("", "20"),
        ("only", "20"),
        ("about", "18–22"),
        ("nearly", "18–20"),
        ("more than", "21–40"),
        ("at least", "20–40"),
        ("up to", "0–20"),
        ("under", "0–19"),
    ],
)
def test_a_word_widens_the_number(qualifier, counts):
    # 50 % of 40; about: 45 to 55 %
    assert of("50", qualifier=qualifier)["counts"].tolist() == [counts]


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(2, 130),
    percents=st.lists(st.integers(0, 100), min_size=1, max_size=3),
    kind=st.sampled_from(["single", "multiple"]),
    open_end=st.booleans(),
    rounding=st.sampled_from(RULES),
)
def test_power_is_the_share_of_wrong_numbers_that_have_no_solution(
    n, percents, kind, open_end, rounding
):
    texts = [str(percent) for percent in percents]
    found = of(*texts, *[""] * open_end, n=n, kind=kind, rounding=rounding)
    alone = [bool(possible_counts(text, n, rounding)) for text in texts]
    asked = kind == "single" and len(texts) > 1
    fits = all(alone) and bool(number_of_vectors(texts, n, not open_end, rounding))
    if asked and all(alone):
        assert set(found["adds up"].iloc[: len(texts)]) == {"yes" if fits else "no"}
    for place in range(len(texts)):
        others = alone[:place] + alone[place + 1 :]

        def passes(value, place=place, others=others):
            changed = [*texts[:place], str(value), *texts[place + 1 :]]
            if not possible_counts(str(value), n, rounding):
                return False
            joint = asked and all(others)
            return not joint or bool(number_of_vectors(changed, n, not open_end, rounding))

        wrong = [value for value in range(101) if value != percents[place]]
        power = sum(not passes(value) for value in wrong) / 100
        row = found.loc[place]
        assert row["power"] == pytest.approx(power)
        failed = row["verdict"] in ("inconsistent", "conditional")
        assert failed == (not passes(percents[place]))
        assert (row["off"] > 0 or rounding != "half-any") if failed else row["off"] == 0
        if not failed:
            words = {True: "not checkable", False: "reproduced" if power == 1 else "consistent"}
            assert row["verdict"] == words[bool(power < FLOOR)]


def test_decimals_and_large_bases_have_their_own_power():
    # Each of 250 people is 0.4 %: of 1,001 numbers 251 can be printed, the right one among them.
    assert of("33.2", "50", n=250, kind="multiple")["power"].tolist() == [1 - 250 / 1000, 0]
    assert of("33", "67", n=100_000)["power"].tolist() == [0.98, 0.98]


def test_a_published_survey_is_one_table(folder):  # noqa: F811
    found = read_survey(folder).audit()
    assert list(found.columns) == COLUMNS
    asked = found.set_index(["question", "option"])
    # Of 40 growers 45 % are 18 who sell; a quarter of 18 is 4.5: 5 of 18 are 28 %.
    assert asked.loc[("exported", "yes"), ["n", "verdict", "reason"]].tolist() == [
        "18",
        "inconsistent",
        "no head-count gives 25 % of 18",
    ]
    # 12 and 20 people are more than the 18 who sell, and 8 fewer than all.
    market = asked.loc[("market", "bazaar")]
    assert (market["n"], market["counts"]) == ("18, 40", "18: 12; 40: 12")
    assert market["reason"] == (
        "right only if 40 people were asked and 8 people chose none of these options"
    )


def test_a_number_that_fits_one_of_two_bases_is_right_under_a_condition(folder):  # noqa: F811
    tallies = folder / "tallies.csv"
    text = tallies.read_text("utf-8").replace("in a shop,20", "in a shop,28")
    tallies.write_text(text, encoding="utf-8")
    found = read_survey(folder).audit().set_index(["question", "option"])
    assert found.loc[("market", "shop"), "reason"] == "right only if 40 people were asked"
    assert found.loc[("market", "bazaar"), "adds up"] == "yes"


def test_questions_of_one_table_have_bases_and_kinds_of_their_own():
    table = pd.DataFrame(
        {
            "question": ["crop", "help", "crop", "help"],
            "option": ["apples", "family", "pears", "hands"],
            "printed": ["45", "85", "55", "40"],
            "n": [40, 20, 40, 20],
            "kind": ["single", "multiple", "single", "multiple"],
        }
    )
    found = audit(table)
    assert found["question"].tolist() == ["crop", "crop", "help", "help"]
    assert found["n"].tolist() == ["40", "40", "20", "20"]
    assert found["counts"].tolist() == ["18", "22", "17", "8"]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_reasons_are_in_the_language_and_verdicts_are_codes(language):
    tables = [("45", "40", "10"), ("75", "60"), ("34", "66"), ("45", "40", "")]
    english = [of(*printed, kind="unclear") for printed in tables]
    with speaking(language):
        found = [of(*printed, kind="unclear") for printed in tables]
    for one, other in zip(english, found, strict=True):
        assert one["verdict"].tolist() == other["verdict"].tolist()
        words = " ".join([*other["reason"], *other["nearest"]])
        assert not re.search(r"[A-Za-z]{2,}", words), words


@pytest.mark.parametrize(
    ("columns", "n", "message"),
    [
        ({"option": ["a"]}, 40, "frame: wanted a table with the column printed"),
        ({"printed": []}, 40, "frame: wanted a table with the column printed"),
        ({"printed": [45.0]}, 40, "frame, column printed, row 0: wanted the percentage as text"),
        ({"printed": ["45%"]}, 40, "frame, column printed, row 0: wanted plain digits"),
        (
            {"printed": ["4.5"], "unit": "people"},
            40,
            "frame, column printed, row 0: wanted a whole",
        ),
        ({"printed": ["45"]}, None, "n: wanted a whole number, or a column n in frame; got None"),
        ({"printed": ["45"]}, 0, "n: wanted a whole number, 1 or more; got 0"),
        ({"printed": ["45"], "n": [0]}, None, "frame, column n, row 0: wanted a whole number, 1"),
        ({"printed": ["45", "5"], "n": [40, 41]}, None, "frame, column n, row 1: wanted 40, as"),
        ({"printed": ["45"], "kind": ["open"]}, 40, "frame, column kind, row 0: wanted one of"),
        ({"printed": ["45"], "unit": ["cows"]}, 40, "frame, column unit, row 0: wanted one of"),
        ({"printed": ["45"], "qualifier": ["ca."]}, 40, "frame, column qualifier, row 0: wanted"),
    ],
)
def test_what_cannot_be_audited_is_named_by_its_place(columns, n, message):
    with pytest.raises((TypeError, ValueError), match="^" + re.escape(message)):
        audit(pd.DataFrame(columns), n)


def test_a_gap_in_the_column_of_bases_is_filled_by_the_argument():
    table = pd.DataFrame({"question": ["a", "b"], "printed": ["45", "50"], "n": [np.nan, 30]})
    assert audit(table, 40)["n"].tolist() == ["40", "30"]
    with pytest.raises(TypeError, match=r"^frame: wanted a table with the column printed; got"):
        audit([1], 40)
    with pytest.raises(ValueError, match=r"^floor: wanted a number between 0 and 1"):
        audit(table, 40, floor=50)
