"""Why there is no solution and what would come nearest, by hand and by trying everything."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts import overlaps, ranking
from analysis.counts.head_counts import number_of_vectors, possible_counts, possible_vectors
from analysis.counts.reasons import no_solution
from analysis.counts.rounding import RULES, rounded_text
from analysis.language.current import speaking
from tests.counts.test_head_counts import questions
from tests.counts.test_rounding import prints_as

rules = st.sampled_from(RULES)


def test_a_share_without_a_count_lies_between_two_that_have_one():
    # 36/109 is 33.028 %, 37/109 is 33.945 %.
    reason = no_solution("33.5", 109)
    assert (reason.reason, [miss.printed for miss in reason.misses]) == ("share", ["33.5"])
    assert (reason.misses[0].below, reason.misses[0].above) == ((36, "33.0"), (37, "33.9"))
    # 33.55 % of 109 is 36.5695 people, nearer to 37 than 36.4605 is to 36.
    assert reason.off == pytest.approx(0.4305)
    nearest = "Nearest head-counts: 36 (33.0 %) and 37 (33.9 %)."
    assert str(reason).startswith(f"No head-count gives 33.5 % of 109. {nearest}")


def test_more_than_everybody_has_only_a_neighbour_below():
    miss = no_solution("101", 109).misses[0]
    assert (miss.below, miss.above) == ((109, "100"), None)


def test_counts_that_fall_short_say_by_how_many_people():
    # 49, 30 or 31, 24 and 4 of 109 people
    reason = no_solution(["45", "28", "22", "4"], 109)
    assert (reason.reason, reason.least, reason.greatest, reason.off) == ("too few", 107, 108, 1)
    assert not reason.misses
    assert no_solution(["45", "28", "22", "4"], 109, exhaustive=False) is None
    # 29 % is 32 people: 49 + 32 + 24 + 4
    assert ("28", "29") in reason.changes


def test_counts_beyond_everybody_are_too_many_whether_or_not_all_answered():
    for exhaustive in (True, False):
        reason = no_solution(["60", "60"], 10, exhaustive)
        assert (reason.reason, reason.least, reason.greatest) == ("too many", 12, 12)
    assert no_solution(["60", "60"], 10, exhaustive=None) is None


def test_a_rule_that_would_do_is_named():
    # One of eight is 12.5 %: cut off 12, rounded up 13.
    assert no_solution("12", 8, rounding="half-up").rules == (
        "half-even",
        "half-down",
        "truncate",
        "half-any",
    )


@settings(max_examples=40, deadline=None)
@given(question=questions(), exhaustive=st.sampled_from([True, False]), rounding=rules)
def test_reasons_are_given_exactly_where_there_is_no_solution(question, exhaustive, rounding):
    n, texts = question
    reason = no_solution(texts, n, exhaustive, rounding)
    ways = {base: number_of_vectors(texts, base, exhaustive, rounding) for base in range(1, 2 * n)}
    assert (reason is None) == (ways[n] > 0)
    if reason is None:
        return
    below = [base for base in ways if base < n and ways[base]]
    above = [base for base in ways if base > n and ways[base]]
    assert reason.bases[0] == (below[-1] if below else None)
    assert not above or reason.bases[1] == above[0]
    assert reason.rules == tuple(
        rule for rule in RULES if number_of_vectors(texts, n, exhaustive, rule)
    )
    if not reason.misses:
        sums = [sum(each) for each in product(*(possible_counts(t, n, rounding) for t in texts))]
        assert (reason.least, reason.greatest) == (min(sums), max(sums))
        step = 1 if reason.reason == "too few" else -1
        for place, text in enumerate(texts):
            changed = [*texts[:place], str(int(text) + step), *texts[place + 1 :]]
            fits = int(text) + step >= 0 and number_of_vectors(changed, n, exhaustive, rounding)
            assert ((text, changed[place]) in reason.changes) == bool(fits)


@pytest.mark.parametrize("rounding", RULES)
@given(share=st.fractions(0, 100), decimals=st.integers(0, 3))
@settings(max_examples=50, deadline=None)
def test_a_share_prints_as_its_rule_says(rounding, share, decimals):
    assert rounded_text(share, decimals, rounding) in prints_as(share, decimals, rounding)
    assert rounded_text(Fraction(1, 2), 0) == "1"


def test_every_empty_table_carries_its_reason():
    short, n = ["45", "28", "22", "4"], 109
    tables = [
        possible_vectors(short, n),
        ranking.possible_ranks(short, n),
        ranking.possible_orders(short, n),
        overlaps.unprinted_bounds(["60", "60"], 10, 1),
    ]
    reasons = [no_solution(short, n)] * 3 + [no_solution(["60", "60"], 10)]
    assert [table.attrs["reason"].why for table in tables] == [reason.why for reason in reasons]
    assert "reason" not in possible_vectors(["20", "80"], n).attrs


def test_reasons_are_whole_sentences_in_the_language():
    with speaking("ru"):
        words = f"{no_solution('33.5', 109)} {no_solution(['45', '28', '22', '4'], 109)}"
    assert "33,5" in words
    assert not any("a" <= letter <= "z" for letter in words.lower())
