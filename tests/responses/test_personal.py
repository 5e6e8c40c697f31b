"""What tells who somebody is, and what merely looks like it. All persons are made up."""

import pytest

from analysis.responses.personal import is_mail, is_phone, personal, redacted

FIRST = ("Айгерім", "Dana", "Марат", "Asel", "Нұрлан", "Ivan", "Мария", "Omar")
LAST = ("Ашимова", "Roe", "Ахметов", "Өмірбек", "Stone", "Петров")
PEOPLE = {f"{first} {last}": 1 for first in FIRST for last in LAST}


@pytest.mark.parametrize(
    "text",
    [
        *("+7 701 555 01 23", "8 (701) 555-01-23", "87015550123", "+77015550123", "7 701 555 0123"),
        *("8 727 250 12 34", "+44 20 7946 0958", "+1 555 123 4567", "8-916-555-01-23"),
        "７７０１５５５０１２３",
    ],
)
def test_telephone_numbers_are_known_however_they_are_written(text):
    assert is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        *("20", "2024", "2023-2024", "120000", "1 250 000", "12.05.2024", "2024-05-12"),
        *("2024-05-12 10:30:00", "3.14159265", "1-5", "18–24", "00123", "12345678", "100 000 000"),
        *("1234567890", "104.5", "450 000 - 500 000", "192.168.100.200"),
    ],
)
def test_ages_years_amounts_dates_and_plain_ids_are_no_telephone_numbers(text):
    assert not is_phone(text)


def test_an_address_is_one_whatever_its_letters():
    assert is_mail("a.roe+x@mail.example.kz") and is_mail("айгерім@пошта.қаз")
    assert is_mail("ｚｑａｎａ＠example.org")
    assert not is_mail("at home @ night") and not is_mail("@nickname")


@pytest.mark.parametrize(
    "header",
    ["Name", "Your full name", "ФИО", "Ф.И.О.", "Аты-жөні", "Аты-жөніңіз", "Фамилия", "Тегі",
     "Ваше имя", "First name", "last_name", "Student's name", "Фамилия, имя"],
)  # fmt: skip
def test_a_header_that_asks_for_a_person_and_many_answers_are_names(header):
    assert personal(PEOPLE, header).startswith("asks for names, 48 different of 48")
    assert personal({first.lower(): 3 for first in FIRST}, header)


def test_names_are_known_without_a_header():
    assert personal(PEOPLE, "Q3").startswith("looks like names of people, 48 of 48")


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Name of your university", {"North College": 40, "South Lake College": 60}),
        ("University name", {f"College Of {name}": 1 for name in FIRST + LAST}),
        ("Название вуза", {f"Институт {name}": 1 for name in FIRST + LAST}),
        ("Name", {"Blue": 30, "Red": 20}),
        ("Obstacles", {"Lack Of Money": 80, "No Visa": 70}),
        ("What did you like?", {f"The {n} lessons and rooms": 1 for n in range(30)}),
        ("Age", {str(age): 3 for age in range(18, 40)}),
        ("Income", {str(amount): 2 for amount in range(100000, 900000, 50000)}),
        ("Phone model", {"Nokia": 4, "Other": 9}),
    ],
)
def test_a_choice_with_repeated_answers_is_not_personal(header, values):
    assert personal(values, header) == ""


def test_an_optional_address_is_personal_where_most_wrote_no():
    values = {"no": 200, "-": 30, "": 90, "a@example.org": 1}
    assert personal(values, "Your e-mail, if you want the results") == (
        "looks like e-mail addresses, 1 of 231"
    )


def test_addresses_are_known_by_the_answers_whatever_the_header_says():
    values = {f"p{n}@example.org": 1 for n in range(9)} | {"none": 3}
    assert personal(values, "Favourite colour") == "looks like e-mail addresses, 9 of 12"
    phones = {f"+7 701 555 01 {n}": 1 for n in range(10, 19)}
    assert personal(phones, "Favourite colour") == "looks like telephone numbers, 9 of 9"


def test_single_addresses_among_opinions_do_not_make_the_column_personal():
    values = {f"opinion {n}": 1 for n in range(50)} | {"ask a@example.org": 1}
    assert personal(values, "Comments") == ""


def test_the_reason_holds_none_of_the_answers():
    for header in ("Name", "Q3"):
        assert not any(part in personal(PEOPLE, header) for name in PEOPLE for part in name.split())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mail me: a.roe@example.org!", "mail me: [withheld]!"),
        ("call +7 701 555 01 23 or 8 (701) 555-01-24", "call [withheld] or [withheld]"),
        ("87015550123", "[withheld]"),
        ("in 2023-2024 I paid 1 250 000 tenge, 12345678", None),
        ("no address", None),
        ("", None),
    ],
)
def test_addresses_and_numbers_inside_a_text_are_withheld_and_nothing_else(text, left):
    assert redacted(text) == (text if left is None else left)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("+7\u2011701\u2011555\u201101\u201123", "[withheld]"),
        ("8 701 5550123 8 702 5550123", "[withheld] [withheld]"),
        ("@ana_roe, t.me/ana_roe", "[withheld], [withheld]"),
        ("ЖСН 990101350123", "ЖСН [withheld]"),
        ("100 people @ home, 999999999999, 8 701 55", None),
        ("я ｚｑａｎａ＠example.org, ８７０１５５５０１２３", "я [withheld], [withheld]"),
        ("at 192.168.3.14, 10.0.3.7:443.", "at [withheld], [withheld]."),
        ("2001:db8::1; fe80::1ff:fe23:4567:890a", "[withheld]; [withheld]"),
        ("IIN:990101350123x, 990101 350 123", "IIN:[withheld]x, [withheld]"),
        ("990101-350123 or 99 01 01 350123", "[withheld] or [withheld]"),
        ("8.701.555.01.23, +7_701_555_01_23", "[withheld], [withheld]"),
        ("0044 20 7946 0958", "[withheld]"),
        ("facebook.com/zqana or @ana", "[withheld] or [withheld]"),
        ("https://linkedin.com/in/ana?id=1 @ana.roe", "https://[withheld] [withheld]"),
    ],
)
def test_whatever_somebody_can_be_reached_or_known_by_is_withheld(text, left):
    assert redacted(text) == (text if left is None else left)


@pytest.mark.parametrize(
    "text",
    [
        *("12:30", "12:30-13:00", "from 09:15:30 to 10:00:00", "12.05.2024", "12.05.24-13.06.24"),
        *("2012-05-12 10:30", "120 000", "120 000-150 000 tenge", "100 120-150 000", "1.250.000"),
        *("28.5 %, 33.3 %", "1/2", "2010 2011 2012", "2010-2011-2012", "10 11 12 13 14 15"),
        *("10-11-12-13-14-15", "yes :: no", "a::b", "1:2:3:4", "9.1.3", "0012345678"),
        *("300.168.3.14", "half ½ of 10²", "3 + 4 = 7", "and/or", "me @ home", "x.com"),
    ],
)  # fmt: skip
def test_numbers_dates_times_and_prices_stay_as_they_are(text):
    assert redacted(text) == text


def test_a_column_of_addresses_of_full_width_is_personal():
    column = {f"ｐ{n}＠example．org": 1 for n in range(5)}
    assert personal(column, "Q3") == "looks like e-mail addresses, 5 of 5"


def test_a_cell_with_two_addresses_is_one_of_addresses():
    column = {f"p{n}@example.org; q{n}@example.org": 1 for n in range(5)}
    assert personal(column, "Contact") == "looks like e-mail addresses, 5 of 5"
