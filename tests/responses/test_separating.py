"""Which options stand in a cell, also where a label holds the sign between options."""

from collections import Counter
from itertools import combinations

import pytest

from analysis.responses.drafting.separating import pieces_of, separated

COMMAS = (
    "Lack of money, time or both",
    "Visa, insurance and papers",
    "Family reasons, such as children",
    "Language",
    "Fear (war, illness)",
    "No information, or too late",
    "Health",
    "None of these",
)


def answers(options, sign=", ", ways=(1, 2, 3), people=2):
    """Return cells with every choice of some of the options, in their order."""
    return {sign.join(chosen): people for size in ways for chosen in combinations(options, size)}


def counted(options, ways=(1, 2, 3), people=2):
    chosen = [option for size in ways for each in combinations(options, size) for option in each]
    return Counter({option: people * n for option, n in Counter(chosen).items()})


@pytest.mark.parametrize("sign", [", ", ";", "\n", " | ", ","])
def test_options_that_hold_commas_are_found_whole(sign):
    found = separated(answers(COMMAS, sign))
    assert found.sign == sign.strip(" ")
    assert found.options == counted(COMMAS)


def test_a_naive_cut_would_find_other_options():
    naive = {piece.strip() for cell in answers(COMMAS) for piece in cell.split(",")}
    assert len(naive) > len(COMMAS)


def test_an_option_with_a_comma_that_was_chosen_once_is_still_one():
    cells = answers(["Money", "Visa", "Time"], people=3) | {"Family reasons, such as children": 1}
    assert separated(cells).options["Family reasons, such as children"] == 1


def test_capital_letters_inside_an_option_are_no_new_option_where_it_never_stands_apart():
    cells = answers(["Study in Almaty, Kazakhstan", "Study in Seoul, Korea", "Stay home"])
    assert set(separated(cells).options) == {
        "Study in Almaty, Kazakhstan",
        "Study in Seoul, Korea",
        "Stay home",
    }


def test_options_in_small_letters_are_cut_too():
    found = separated(answers(["money", "visa, papers", "time", "health"]))
    assert found.options == counted(["money", "visa, papers", "time", "health"])


@pytest.mark.parametrize(
    "cells",
    [
        {"Yes, often": 20, "Yes, sometimes": 15, "No, never": 9},
        {"yes, often": 20, "no, never": 9, "no, not yet": 4},
        {"Almaty, Kazakhstan": 9, "Astana, Kazakhstan": 7, "Moscow, Russia": 5},
        {f"{a}, {b}": 6 for a in ("Yes", "No", "Maybe") for b in ("Often", "Seldom", "Never")},
        {"bus/tram": 5, "car/taxi": 7, "on foot": 3},
        {"25 000 - 50 000": 4, "1,000 or more": 6},
    ],
)
def test_a_question_with_one_answer_whose_options_hold_the_sign_stays_whole(cells):
    assert separated(cells) is None


def test_free_text_with_commas_is_no_list_of_options():
    cells = {f"It was good, but number {n} was slow, and loud": 1 for n in range(40)}
    assert separated(cells) is None


def test_a_sign_at_the_end_of_each_cell_tells_even_where_all_chose_one():
    assert separated({"Money;": 5, "Time;": 4}).options == {"Money": 5, "Time": 4}


def test_a_comma_behind_which_no_blank_stands_is_kept_in_the_option():
    cells = answers(["Fees,rent", "Time", "Visa", "Health"], ",")
    assert separated(cells).options == counted(["Fees,rent", "Time", "Visa", "Health"])


def test_write_ins_behind_an_option_are_not_joined_to_it():
    cells = answers(["Money", "Visa", "Time"], people=4) | {"Money, my dog": 1}
    found = separated(cells)
    assert found.options["my dog"] == 1
    assert found.options["Money"] == counted(["Money", "Visa", "Time"], people=4)["Money"] + 1


def test_brackets_quotes_and_numbers_protect_what_they_hold():
    assert pieces_of('a (b, c), "d, e", 3,5, «f, g»', ",") == [
        "a (b, c)",
        '"d, e"',
        "3,5",
        "«f, g»",
    ]
    assert pieces_of("open (a, b", ",") == ["open (a", "b"]


def test_labels_that_end_alike_are_found_since_nobody_chooses_an_option_twice():
    labels = ["Almaty, Kazakhstan", "Astana, Kazakhstan", "Seoul, Korea", "None"]
    found = separated(answers(labels[:3]) | {"None": 4})
    assert set(found.options) == set(labels)
