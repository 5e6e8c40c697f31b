"""Options in a sensible order, in three languages; what stands outside a base; bands."""

import random

import pytest

from analysis.responses.drafting.ordering import (
    band,
    bands_order,
    is_other,
    is_outside,
    leading_number,
    scale_order,
    yes_or_no,
)

SCALES = [
    ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
    ("Strongly disagree", "Disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Agree",
     "Strongly agree"),
    ("Полностью не согласен", "Скорее не согласен", "Нейтрально", "Скорее согласен",
     "Полностью согласен"),
    ("Совершенно не согласна", "Не согласна", "Ни да, ни нет", "Согласна", "Полностью согласна"),
    ("Мүлдем келіспеймін", "Келіспеймін", "Бейтарап", "Келісемін", "Толық келісемін"),
    ("Never", "Rarely", "Sometimes", "Often", "Always"),
    ("Never", "Almost never", "Sometimes", "Fairly often", "Very often"),
    ("Никогда", "Редко", "Иногда", "Часто", "Всегда"),
    ("Ешқашан", "Сирек", "Кейде", "Жиі", "Әрқашан"),
    ("Никогда", "Раз в месяц", "Несколько раз в месяц", "Раз в неделю", "Каждый день"),
    ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
    ("Совсем не удовлетворён", "Скорее не удовлетворён", "Скорее удовлетворён",
     "Полностью удовлетворён"),
    ("Мүлдем қанағаттанбаймын", "Қанағаттанбаймын", "Бейтарап", "Қанағаттанамын",
     "Толық қанағаттанамын"),
    ("Not at all important", "Slightly important", "Moderately important", "Important",
     "Very important"),
    ("Very poor", "Poor", "Fair", "Good", "Excellent"),
    ("Очень плохо", "Плохо", "Удовлетворительно", "Хорошо", "Отлично"),
    ("Нашар", "Орташа", "Жақсы", "Өте жақсы"),
    ("Определённо нет", "Скорее нет", "Скорее да", "Определённо да"),
    ("Мүлдем келіспеймін", "Келіспеймін", "Екіұшты", "Келісемін", "Толық келісемін"),
    ("Very unlikely", "Unlikely", "Likely", "Very likely"),
    ("Very low", "Low", "Medium", "High", "Very high"),
    ("Not at all", "A little", "Somewhat", "Very much"),
]  # fmt: skip


@pytest.mark.parametrize("points", SCALES, ids=lambda points: points[0])
def test_a_scale_stands_from_one_end_to_the_other_whatever_order_it_came_in(points):
    for seed in range(5):
        mixed = random.Random(seed).sample(points, len(points))
        assert scale_order(mixed)[1] == list(points)


def test_case_blanks_and_the_letter_yo_do_not_matter_to_a_scale():
    assert scale_order(["СОГЛАСЕН ", "не  согласен", "нейтрально"])[1] == [
        "не  согласен",
        "нейтрально",
        "СОГЛАСЕН ",
    ]


@pytest.mark.parametrize(
    "texts", [["Agree", "Bus", "Never"], ["Bus", "Car", "Tram"], ["Agree", "Disagree"], []]
)
def test_what_is_no_scale_has_no_order(texts):
    assert scale_order(texts) == ("", [])


@pytest.mark.parametrize(
    "text",
    ["Not sure", "I don’t know", "Hard to say", "Prefer not to say", "N/A", "Затрудняюсь ответить",
     "Не знаю", "Трудно сказать", "Жауап беруге қиналамын", "Білмеймін", "не хочу отвечать"],
)  # fmt: skip
def test_answers_that_tell_nothing_stand_outside_the_base(text):
    assert is_outside(text)


@pytest.mark.parametrize(
    "text", ["None", "NA", "Never", "No", "Neutral", "Нет", "Не согласен", "Sure", "Ешқашан"]
)
def test_answers_that_tell_something_stay_inside(text):
    assert not is_outside(text)


@pytest.mark.parametrize("text", ["Other", "other:", "Other (please specify)", "Другое", "Басқа"])
def test_an_option_for_own_words_is_known_in_three_languages(text):
    assert is_other(text)


@pytest.mark.parametrize(
    "text", ["Others agree", "Brother", "Other one", "Другой город, где я жил"]
)
def test_a_longer_text_is_no_option_for_own_words(text):
    assert not is_other(text)


def test_yes_and_no_are_known_in_three_languages():
    assert [yes_or_no(text) for text in ("Иә", "Да", "YES", "Жоқ", "нет", "No.", "maybe")] == [
        *["yes"] * 3,
        *["no"] * 3,
        "",
    ]


def test_age_bands_ascend_with_open_ends_at_either_end():
    bands = ["65+", "18–24", "under 18", "25 to 34", "35-64 years"]
    assert bands_order(bands) == ["under 18", "18–24", "25 to 34", "35-64 years", "65+"]
    russian = ["46 лет и старше", "до 18 лет", "18-25 лет", "26–45"]
    assert bands_order(russian) == ["до 18 лет", "18-25 лет", "26–45", "46 лет и старше"]
    kazakh = ["46 жастан жоғары", "18 жасқа дейін", "18-45 жас"]
    assert bands_order(kazakh) == ["18 жасқа дейін", "18-45 жас", "46 жастан жоғары"]
    assert bands_order(["23 және одан жоғары", "17-19", "20-22"])[-1] == "23 және одан жоғары"


def test_bands_of_money_with_blanks_in_the_numbers_ascend():
    bands = ["200 000 - 300 000", "50 000 - 100 000", "100 000 - 200 000 тг", "до 50 000 тенге"]
    assert [band(text)[1] for text in bands_order(bands)] == [50000, 100000, 200000, 300000]


@pytest.mark.parametrize("text", ["Room 12-14", "Almaty", "", "Covid-19 of 2020-2021"])
def test_a_text_with_other_words_is_no_band(text):
    assert band(text) is None


def test_the_number_that_an_option_begins_with_is_told_from_a_band():
    assert [leading_number(text) for text in ("1 - never", "5. always", "18-24", "18", "x")] == [
        1,
        5,
        None,
        18,
        None,
    ]
