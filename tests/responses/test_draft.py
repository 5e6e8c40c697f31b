"""A codebook drafted from answers: kinds, options, bases, and what is said about each guess."""

import time

import numpy as np
import pandas as pd
import pytest

from analysis.responses.answers import Responses
from analysis.responses.codebook import read_codebook
from analysis.responses.drafting.draft import draft


def drafted(columns, **more):
    """Return the entries of a draft, each column filled up with blanks to the longest."""
    most = max(map(len, columns.values()))
    padded = {name: [*cells, *[""] * (most - len(cells))] for name, cells in columns.items()}
    return draft(Responses(pd.DataFrame(padded, dtype="str"), **more)).entries


def only(name, cells, **more):
    (entry,) = drafted({name: cells}, **more)
    return entry


def test_a_single_choice_is_told_with_its_options_by_frequency():
    entry = only("Which crop?", ["apples"] * 20 + ["pears"] * 30 + ["", ""])
    assert (entry.kind, entry.options, entry.question) == (
        "single",
        ("pears", "apples"),
        "which-crop",
    )
    assert entry.sure == "sure" and entry.topics == {"en": "Which crop?"}
    assert entry.guess.startswith("2 different answers of 50; 2 blank")
    assert entry.guess.endswith("no topic and labels yet in: ru kk")


def test_spellings_that_differ_in_case_and_blanks_are_one_option():
    entry = only("q", ["Apples"] * 20 + ["apples "] * 5 + ["APPLES"] + ["pears"] * 9)
    assert entry.options == ("Apples", "pears") and not entry.merge


def test_a_misspelling_is_merged_and_said_and_another_answer_is_not():
    entry = only("q", ["Almaty"] * 40 + ["Almaaty"] + ["Aktau"] * 10 + ["Aktobe"] * 10)
    assert entry.merge == {"Almaaty": "Almaty"} and entry.sure == "please check"
    assert "Almaaty -> Almaty" in entry.guess
    assert set(entry.options) == {"Almaty", "Aktau", "Aktobe"}


@pytest.mark.parametrize(
    ("frequent", "rare"),
    [("Satisfied", "Unsatisfied"), ("Group 1", "Group 2"), ("Class A", "Class B"),
     ("Agree with it", "Agree not with it"), ("North", "South")],
)  # fmt: skip
def test_answers_that_differ_in_meaning_are_never_merged(frequent, rare):
    assert not only("q", [frequent] * 40 + [rare] + ["Third one"] * 9).merge


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (["No", "Yes"], ("Yes", "No")),
        (["Жоқ", "Иә"], ("Иә", "Жоқ")),
        (["Нет", "Да"], ("Да", "Нет")),
    ],
)
def test_yes_stands_before_no(cells, options):
    entry = only("q", cells * 15)
    assert (entry.kind, entry.options) == ("yes-no", options)


def test_not_sure_stands_outside_the_base_and_is_said():
    entry = only("q", ["Да", "Нет", "Затрудняюсь ответить"] * 10)
    assert entry.kind == "yes-no" and entry.not_counted == ("Затрудняюсь ответить",)
    assert entry.options[-1] == "Затрудняюсь ответить"
    assert "outside the base: Затрудняюсь ответить" in entry.guess


def test_points_as_numbers_are_a_scale_and_what_nobody_chose_between_is_added():
    entry = only("How good?", ["1", "2", "5"] * 10)
    assert (entry.kind, entry.options) == ("scale", ("1", "2", "3", "4", "5"))
    assert "chosen by nobody: 3, 4" in entry.guess and entry.sure == "please check"


def test_numbers_before_words_give_the_order():
    entry = only("q", ["3 - often", "1 - never", "2 - now and again", "4 - daily"] * 9)
    assert entry.options == ("1 - never", "2 - now and again", "3 - often", "4 - daily")


@pytest.mark.parametrize("header", ["Age", "How many books?", "Сколько вам лет?", "Жасыңыз неше?"])
def test_amounts_are_numbers(header):
    entry = only(header, [str(n % 9) for n in range(60)])
    assert entry.kind == "number" and "numbers from 0 to 8" in entry.guess


def test_decimal_commas_are_numbers_and_what_is_none_is_said():
    entry = only("Height", ["1,75", "1,8", "2,0", "1,65"] * 9 + ["tall"])
    assert entry.kind == "number" and "no number: 1" in entry.guess
    assert entry.sure == "please check"


def test_free_text_is_text_and_its_words_stand_nowhere():
    entry = only("Comments", [f"secret {n}, and more" for n in range(30)])
    assert entry.kind == "text" and "secret" not in entry.guess and not entry.options


def test_write_ins_beside_options_count_for_other_and_stand_nowhere():
    cells = ["Bus"] * 30 + ["Car"] * 20 + [f"my secret way {n}" for n in range(4)]
    entry = only("Как вы ездите?", cells)
    assert entry.options == ("Bus", "Car", "Другое") and entry.other == "Другое"
    assert "4 answers of one person each count for “Другое”" in entry.guess
    assert "secret" not in "".join(entry.options) + entry.guess


def test_an_option_for_own_words_that_is_there_is_taken():
    entry = only("q", ["Bus"] * 30 + ["Other"] * 5 + ["on my horse"])
    assert entry.options == ("Bus", "Other") and entry.other == "Other"


def test_a_constant_column_and_an_empty_one_are_ignored_with_the_reason():
    same, empty = drafted({"a": ["Sem 1"] * 30, "b": []})
    assert (same.kind, empty.kind) == ("ignore", "ignore")
    assert "everybody gave the same answer" in same.guess and "nobody answered" in empty.guess


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Timestamp", [f"2024/03/01 10:22:{n} AM GMT+6" for n in range(30)], "times"),
        ("Отметка времени", [f"01.03.2024 10:22:{n}" for n in range(30)], "times"),
        ("Start time", [f"3/1/24 10:{n}:00" for n in range(30)], "times"),
        ("ID", [str(n * 7) for n in range(30)], "numbers of the responses"),
        ("x", [str(n) for n in range(30)], "numbers one after the other"),
        ("Where from", [f"10.0.0.{n}" for n in range(30)], "addresses of computers"),
        ("I agree to participate in this study", ["Yes"] * 30, "asks for consent"),
        ("Lastpage", ["5", "6"] * 15, "written by the platform"),
    ],
)
def test_what_a_platform_adds_is_ignored_with_the_reason(header, cells, said):
    entry = only(header, cells)
    assert entry.kind == "ignore" and said in entry.guess


def test_personal_columns_are_ignored_and_none_of_their_answers_is_kept():
    entry = only("E-mail", [f"p{n}@example.org" for n in range(30)])
    assert entry.kind == "ignore" and not entry.options
    assert entry.guess == "withheld: looks like e-mail addresses, 30 of 30"


def test_an_answer_that_is_an_address_becomes_no_option():
    cells = ["Woman"] * 20 + ["Man"] * 15 + ["ana@example.org"]
    assert only("Gender", cells).options == ("Woman", "Man")


def test_several_answers_in_one_cell_are_found_with_labels_that_hold_commas():
    options = ["Fees, rent and food", "Visa (papers, stamps)", "Time"]
    cells = [", ".join(options[n] for n in way) for way in ([0], [1], [2], [0, 1], [1, 2], [0, 2])]
    entry = only("Obstacles", cells * 6)
    assert (entry.kind, entry.separator) == ("multiple", ",")
    assert set(entry.options) == set(options) and "2 options hold the separator" in entry.guess
    assert entry.answer(["Time, Fees, rent and food"]).chosen == tuple(
        sorted(entry.options.index(each) for each in ("Time", "Fees, rent and food"))
    )


TICKS = [("1", "0"), ("Yes", ""), ("x", ""), ("TRUE", "FALSE"), ("Да", "Нет"), ("Y", "N")]


@pytest.mark.parametrize(("tick", "none"), TICKS)
@pytest.mark.parametrize("header", ["Fruit [{}]", "Fruit: {}", "Fruit - {}", "Which fruit? {}"])
def test_a_column_an_option_is_one_question(tick, none, header):
    columns = {
        header.format("apples"): [tick, none] * 15,
        header.format("pears"): [none, tick] * 15,
    }
    (entry,) = drafted({**columns})
    assert (entry.kind, entry.columns) == ("multiple", tuple(columns))
    assert entry.options == ("apples", "pears")
    assert entry.answer([none, tick]).chosen == (1,)


def test_the_label_itself_in_a_column_is_a_tick_and_own_words_are_for_other():
    (entry,) = drafted(
        {
            "Fruit [apples]": ["apples", "", "apples"] * 10,
            "Fruit [pears]": ["pears", "pears", ""] * 10,
            "Fruit [Other (please specify)]": ["", "", "my own figs", ""],
        }
    )
    assert entry.options == ("apples", "pears", "Other (please specify)")
    assert entry.other == "Other (please specify)" and "figs" not in entry.guess
    assert entry.answer(["", "", "my own figs"]).chosen == (2,)


def test_codes_in_the_header_take_the_labels_of_the_cells():
    (entry,) = drafted({"Q3_1": ["apples", ""] * 15, "Q3_2": ["", "pears"] * 15})
    assert (entry.question, entry.options) == ("q3", ("apples", "pears"))


def test_columns_that_repeat_their_header_are_one_question_that_nobody_named():
    (entry,) = drafted({"apples": ["apples", ""] * 15, "pears": ["", "pears"] * 15})
    assert entry.kind == "multiple" and entry.sure == "please check"
    assert "what was asked stands in no header" in entry.guess


def test_rows_of_a_grid_are_questions_of_their_own_called_alike():
    cells = ["Agree", "Disagree", "Neutral"] * 10
    entries = drafted({"Q7 [a]": cells, "Q7 [b]": cells[::-1]})
    assert [(e.question, e.kind) for e in entries] == [("q7-a", "scale"), ("q7-b", "scale")]
    assert entries[0].options == ("Disagree", "Neutral", "Agree")


def test_yes_or_no_questions_beside_each_other_stay_two_questions():
    entries = drafted({"Do you smoke?": ["Yes", "No"] * 15, "Do you swim?": ["No", "Yes"] * 15})
    assert [entry.kind for entry in entries] == ["yes-no", "yes-no"]


def test_a_question_for_some_is_given_its_base_with_its_confidence():
    went = ["Yes", "No", "No"] * 20
    where = ["Seoul" if n % 2 else "Ankara" for n in range(60)]
    where = [place if each == "Yes" else "" for place, each in zip(where, went, strict=True)]
    _, entry = drafted({"Went abroad?": went, "Where?": where})
    assert entry.base == "went-abroad = Yes" and entry.sure == "likely"
    assert "exactly they answered" in entry.guess
    where[0] = ""
    _, entry = drafted({"Went abroad?": went, "Where?": where})
    assert entry.base == "went-abroad = Yes" and entry.sure == "please check"
    assert "95 % of them answered, nobody else" in entry.guess


def test_blanks_that_follow_no_answer_give_no_base():
    rng = np.random.default_rng(5)
    went = ["Yes", "No", "No"] * 20
    where = [rng.choice(["Seoul", "Ankara", ""]) for _ in range(60)]
    _, entry = drafted({"Went abroad?": went, "Where?": where})
    assert entry.base == ""


def test_labels_of_the_file_give_options_in_their_order():
    labels = {"v1": {"": "Күйіңіз қалай?", "1": "Жаман", "2": "Орташа", "3": "Жақсы"}}
    entry = only("v1", ["Жақсы", "Жаман"] * 15, labels=labels)
    assert entry.options == ("Жаман", "Орташа", "Жақсы") and entry.kind == "scale"
    assert entry.topics == {"kk": "Күйіңіз қалай?"}
    codes = only("v1", ["3", "1"] * 15, labels=labels)
    assert codes.options == ("1", "2", "3") and codes.labels == {"kk": entry.options}


def test_names_are_short_and_differ():
    entries = drafted(
        {"Age?": ["20", "21"], "Age!": ["20", "21"], "年齢": ["x", "y"], "": ["a", "b"]}
    )
    names = [entry.question for entry in entries]
    assert len(set(names)) == 4 and names[:2] == ["age", "age-2"]
    assert all(name.replace("-", "").isalnum() and name.isascii() for name in names)


def test_every_draft_says_how_sure_it_is_and_what_it_rests_on_and_can_be_read_back(tmp_path):
    columns = {
        **{"=cmd|x": ["a | b", "c"] * 15, "Q\n2": ["<b>", "@x"] * 15, "E-mail": ["a@b.kz"] * 3},
        **{"n": [str(n) for n in range(30)], "t": [f"t{n}" for n in range(30)], "e": []},
        **{"Fruit [a]": ["1", "0"], "Fruit [b]": ["0", "1"], "s": ["Agree", "Disagree"] * 15},
    }
    book = draft(
        Responses(pd.DataFrame({k: pd.Series(v, dtype="str") for k, v in columns.items()}))
    )
    assert all(entry.sure and entry.guess for entry in book)
    assert {name for entry in book for name in entry.columns} == set(columns)
    file = tmp_path / "codebook.csv"
    file.write_text(book.csv(), "utf-8")
    assert read_codebook(file) == book


def test_few_answers_are_never_sure():
    assert only("q", ["apples", "pears", "apples", "pears"]).sure != "sure"


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_frame_of_any_engine_gives_the_same_draft(engine):
    columns = {"Crop": ["a", "b", "a", None] * 10, "Age": ["20", "21", "", "23"] * 10}
    frame = pd.DataFrame(columns)
    if engine == "polars":
        other = pytest.importorskip("polars").DataFrame(columns)
    else:
        other = pytest.importorskip("duckdb").from_df(frame)
    assert draft(Responses(other)) == draft(Responses(frame))


def test_rows_of_a_grid_of_microsoft_forms_are_called_by_question_and_statement():
    cells = ["Agree", "Disagree", "Neutral"] * 10
    entries = drafted({"Do you agree?.Lessons help": cells, "Do you agree?.Rooms are warm": cells})
    assert [(each.question, each.kind) for each in entries] == [
        ("do-you-agree-lessons-help", "scale"),
        ("do-you-agree-rooms-are-warm", "scale"),
    ]


def test_a_scale_with_words_at_its_ends_alone_stands_in_the_order_of_its_numbers():
    entry = only("q", ["5 = always", "3", "1 = never", "2", "4"] * 6)
    assert entry.options == ("1 = never", "2", "3", "4", "5 = always") and entry.kind == "scale"


def test_codes_are_said_to_be_codes():
    assert "options are codes" in only("q", ["A1", "A2", "A3"] * 10).guess
    postal = only("q", [f"0500{n:02d}" for n in range(30)] * 2)
    assert postal.kind == "text" and "begin with 0" in postal.guess


def test_a_column_of_weights_is_ignored_and_the_option_for_it_is_named():
    entry = only("Weight", [f"{0.5 + n / 30:.3f}" for n in range(30)])
    assert entry.kind == "ignore" and "tally --weights Weight" in entry.guess
    assert only("Weight, kg", [str(50 + n % 20) for n in range(30)]).kind == "number"


def test_a_draft_of_many_respondents_says_that_it_looked_at_the_first(monkeypatch):
    monkeypatch.setattr("analysis.responses.drafting.draft.ROWS", 30)
    entry = only("q", ["a", "b"] * 20)
    assert entry.guess.startswith("2 different answers of 30; 0 blank")
    assert entry.guess.endswith("looked at the first 30 respondents")


def test_free_text_of_many_respondents_is_told_in_time_that_grows_with_them():
    rng = np.random.default_rng(1)
    words = ["the", "lesson", "was", "good,", "bad.", "nice;", "and", "often", "slow", "/", "never"]
    texts = {n: [" ".join(rng.choice(words, 9)) for _ in range(n)] for n in (500, 8000)}
    looked_at = {}
    for n, cells in texts.items():
        start = time.process_time()
        assert only("Comments", cells).kind == "text"
        looked_at[n] = time.process_time() - start
    assert looked_at[8000] < 100 * looked_at[500]  # 16 times as many; squared it would be 256


def test_a_cell_of_a_megabyte_costs_no_more_than_reading_it():
    start = time.process_time()
    for letter in ("x", "не ", "1 ", "a@", "a, "):
        cells = [letter * (1_000_000 // len(letter)), *["short"] * 10, *["other one"] * 10]
        assert only("q", cells).kind == "text"
    assert time.process_time() - start < 60


def test_answers_without_a_column_have_an_empty_codebook():
    assert draft(Responses(pd.DataFrame())).entries == ()


@pytest.mark.parametrize("cells", [["Yes", "No", "N/A"], ["1.0", "0.0", ""], ["Checked", "-", "—"]])
def test_columns_of_ticks_are_told_whatever_stands_for_none(cells):
    columns = {f"Helps? [{name}]": cells * 10 for name in ("Money", "Time")}
    (entry,) = drafted(columns)
    assert (entry.kind, entry.options) == ("multiple", ("Money", "Time"))


def test_points_are_spelt_as_the_file_has_them():
    entry = only("How happy (1-5)", ["1.0", "2.0", "4.0", "5.0", ""] * 10)
    assert entry.options == ("1.0", "2.0", "3.0", "4.0", "5.0")
    entry = only("How happy (1-5)", ["1", "2", "3", "3.0", "4", "5"] * 10)
    assert [entry.answer([text]).chosen for text in ("3", "3.0")] == [(2,), (2,)]


def test_options_that_look_alike_in_two_alphabets_are_to_be_checked():
    entry = only("Q", ["Agree", "\u0410gree", "No"] * 20)
    assert entry.sure == "please check" and "'\\u0410gree'" in entry.guess


@pytest.mark.parametrize("date", ["2024-02-01", "01.фев", "1-Feb", "2024-02-01 00:00:00"])
def test_an_answer_that_became_a_date_is_to_be_checked(date):
    entry = only("How many times", ["6-10", date, "11 or more"] * 20)
    assert entry.sure == "please check" and f"a spreadsheet makes of 1-2: {date}" in entry.guess


def test_points_that_may_part_thousands_are_to_be_checked():
    entry = only("Your income", ["1.250", "12.500", "120.000", "900"] * 20)
    assert entry.sure == "please check" and "thousands or decimals: 1.250" in entry.guess
    assert "thousands" not in only("Your income", ["1.250", "12.5", "120.1"] * 20).guess


def test_a_draft_never_counts_none_of_its_options():
    assert only("Q", ["Don't know", "No answer"] * 20).not_counted == ()


@pytest.mark.parametrize(
    "cells", [["x", "-"], ["Да", "Не выбрано"], ["Checked", "Not checked"], ["1", "нет ответа"]]
)
def test_ticks_in_a_column_of_their_own_are_to_be_checked(cells):
    assert only("Money", cells * 30).sure == "please check"
    (entry,) = drafted(dict.fromkeys(("Money", "Time", "Friends"), cells * 30))
    assert (entry.kind, entry.sure) == ("multiple", "please check")


def test_what_qualtrics_adds_is_ignored():
    status = ["IP Address", "Survey Preview"] * 20
    columns = {"Status": status, "Progress": ["100", "40"] * 20, "Finished": ["True", "False"] * 20}
    assert {entry.kind for entry in drafted(columns)} == {"ignore"}


def test_many_answers_that_return_are_not_said_to_be_different():
    entry = only("Village", [f"village {chr(97 + n % 9)}{chr(97 + n // 9)}" for n in range(80)] * 5)
    assert "most answers are different" not in entry.guess
