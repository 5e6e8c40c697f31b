"""A survey of one's own: counts worked by hand, who stands beside them, and the notes."""

import pandas as pd
import pytest

from analysis.language.current import speaking
from analysis.problems import TableError
from analysis.responses.answers import Note, Responses
from analysis.responses.codebook import Codebook, Entry
from analysis.survey.own import Answers, base_names, short_names
from analysis.survey.read import read_responses

WENT = Entry("went", ("Went?",), "yes-no", options=("Yes", "No"), topics={"en": "went abroad"},
             labels={"ru": ("Да", "Нет")})  # fmt: skip
WHERE = Entry("where", ("Where?",), "single", options=("Seoul", "Ankara", "Not sure", "Other"),
              other="Other", not_counted=("Not sure",), base="went = Yes")  # fmt: skip
WHY = Entry("why", ("Why?",), "multiple", ";", ("fees", "visa", "time"), merge={"fee": "fees"})
RATE = Entry("rate", ("Rate",), "scale", options=("1", "2", "3"))
BOOK = Codebook((WENT, WHERE, WHY, RATE))

ROWS = [
    # Went?   Where?      Why?          Rate
    ("Yes", "Seoul", "fees;visa", "1"),
    ("yes ", "Ankara", "fee;fees", "2"),
    ("Yes", "Not sure", "time;", "9"),
    ("Yes", "Lima", "", "2"),
    ("Yes", "", "love", "1"),
    ("No", "", "visa;time;fees", ""),
    ("No", "Seoul", "visa", "2"),
    ("", "", "", "1"),
]
FRAME = pd.DataFrame(ROWS, columns=["Went?", "Where?", "Why?", "Rate"], dtype="str")


@pytest.fixture
def mine():
    return read_responses(Responses(FRAME, "hostel.csv"), BOOK)


def printed(survey, question):
    rows = survey.tallies[survey.tallies["question"] == question]
    return dict(zip(rows["option"], rows["printed"], strict=True))


def test_each_option_is_counted_and_the_base_is_that_of_the_question(mine):
    assert printed(mine, "went") == {"yes": "5", "no": "2"}
    assert printed(mine, "where") == {"seoul": "1", "ankara": "1", "other": "1"}
    assert printed(mine, "why") == {"fees": "3", "visa": "3", "time": "2"}
    assert printed(mine, "rate") == {"1": "3", "2": "3", "3": "0"}
    assert mine.questions.set_index("question")["n"].to_dict() == {
        "went": 7,
        "where": 3,  # of 5 asked: one gave no answer, one is not sure
        "why": 6,
        "rate": 7,  # "9" is an answer, though none of the options
    }


def test_who_stands_beside_the_options_adds_up_to_all(mine):
    tally = mine.answers.tally("where")
    assert (tally.not_asked, tally.missing, tally.base, tally.people(2)) == (3, 1, 3, 1)
    assert tally.respondents == 3 + 1 + 3 + 1 == mine.n


def test_bases_say_who_was_asked(mine):
    assert mine.bases[["base", "label", "printed"]].to_numpy().tolist() == [
        ["all", "all who answered", "8"],
        ["went", "went abroad: Yes", "5"],
    ]
    assert mine.question("where").about["base"] == "went"


def test_labels_are_those_of_the_language_in_use():
    with speaking("ru"):
        survey = read_responses(FRAME, BOOK)
    assert list(survey.question("went").tallies["label"]) == ["Да", "Нет"]
    assert list(survey.question("rate").tallies["label"]) == ["1", "2", "3"]


def test_what_matches_no_option_is_noted_with_the_number_of_people(mine):
    assert [str(note) for note in mine.answers.notes] == [
        "Where?: 1 × own words, counted for “Other”",
        "Where?: 1 × Lima: matches no option",
        "Why?: 1 × love: matches no option",
        "Rate: 1 × 9: matches no option",
    ]


def test_addresses_in_single_answers_are_withheld_from_notes():
    frame = FRAME.assign(**{"Why?": ["ask a@example.org or +7 701 555 01 23"] * 2 + ["fees"] * 6})
    notes = " ".join(map(str, read_responses(frame, BOOK).answers.notes))
    assert "ask [withheld] or [withheld]: matches no option" in notes
    assert "example.org" not in notes and "701" not in notes


def test_a_wrong_separator_is_told_where_most_answers_match_nothing():
    wrong = Codebook((Entry("why", ("Why?",), "multiple", ",", ("fees", "visa", "time")),))
    notes = [str(note) for note in read_responses(FRAME, wrong).answers.notes]
    assert "Why?: 5 of 6 answers match no option; are separator, options or kind wrong?" in notes


def test_many_answers_that_match_nothing_are_counted_after_the_first():
    frame = pd.DataFrame({"Q": [f"own {n}" for n in range(30)] + ["a"] * 40})
    book = Codebook((Entry("q", ("Q",), "single", options=("a", "b")),))
    notes = [str(note) for note in read_responses(frame, book).answers.notes]
    assert len(notes) == 11 and notes[-1] == "Q: and 20 other answers that match no option"


def test_a_question_that_nobody_answered_is_noted_and_left_out():
    frame = FRAME.assign(Rate="")
    survey = read_responses(frame, BOOK)
    assert "rate" not in set(survey.questions["question"])
    assert Note("Rate", "nobody gave an answer") in survey.answers.notes


def test_a_survey_without_a_question_to_count_has_empty_tables():
    survey = read_responses(FRAME, Codebook((Entry("why", ("Why?",), "text"),)))
    assert survey.n == 8 and survey.questions.empty and survey.tallies.empty and not list(survey)


def test_an_option_that_nobody_chose_is_counted_with_zero_once_the_codebook_has_it(mine):
    assert printed(mine, "rate")["3"] == "0"


def test_short_names_are_latin_and_differ():
    entry = Entry("q", ("Q",), "single", options=("Иә!", "иә?", "年", "a@example.org"))
    assert short_names(entry) == ["ia", "ia-2", "nian", "withheld"]


def test_two_bases_on_one_question_have_names_of_their_own():
    book = Codebook((WENT, WHERE, Entry("why", ("Why?",), "text", base="went = No")))
    assert base_names(book) == {"went = Yes": "went-yes", "went = No": "went-no"}


def test_a_column_that_is_personal_is_withheld_whatever_the_codebook_says():
    mails = [f"p{n}@example.org" for n in range(8)]
    book = Codebook((*BOOK, Entry("mail", ("Mail",), "single", options=tuple(mails))))
    survey = read_responses(FRAME.assign(Mail=mails), book)
    everything = survey.tallies.to_csv() + survey.questions.to_csv() + str(survey.answers.notes)
    assert "example.org" not in everything and "mail" not in set(survey.questions["question"])
    assert Note("Mail", "withheld: looks like e-mail addresses, 8 of 8") in survey.answers.notes


def test_a_base_that_is_personal_is_dropped_and_said():
    mails = [f"p{n}@example.org" for n in range(8)]
    mail = Entry("mail", ("Mail",), "single", options=tuple(mails))
    rate = Entry("rate", ("Rate",), "scale", options=("1", "2"), base=f"mail = {mails[0]}")
    survey = read_responses(FRAME.assign(Mail=mails), Codebook((mail, rate)))
    assert survey.question("rate").about["base"] == "all"
    assert "its base mail is withheld; everybody counts as asked" in str(survey.answers.notes)


def test_columns_that_the_file_does_not_have_are_refused_with_the_nearest():
    book = Codebook((Entry("why", ("Why",), "text"), Entry("rate", ("Ratte",), "number")))
    with pytest.raises(TableError) as raised:
        read_responses(Responses(FRAME, "hostel.csv"), book)
    assert str(raised.value) == (
        "hostel.csv has no column 'Ratte', which the codebook names for the question rate; "
        "did you mean 'Rate'?"
    )


def test_columns_that_differ_in_case_or_blanks_are_found():
    book = Codebook((Entry("rate", ("  RATE ",), "number"),))
    assert read_responses(FRAME, book).answers.tally("rate").base == 7


def test_columns_that_the_codebook_does_not_name_are_noted():
    notes = read_responses(FRAME, Codebook((WENT,))).answers.notes
    said = "in the file and not in the codebook, so left out: 'Where?', 'Why?', 'Rate'"
    assert Note("", said) in notes


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"codebook": None}, ValueError, "python -m analysis codebook FILE drafts one"),
        ({"codebook": 3}, TypeError, "codebook: wanted a file or a Codebook"),
        ({"file": 3}, TypeError, "file: wanted a file or a frame of answers"),
        ({"weights": "w"}, ValueError, "weights: the file has no column 'w'"),
        ({"population": 0}, ValueError, "population: wanted a whole number, 1 or more"),
        ({"population": 7}, ValueError, "population: wanted a whole number, 8 or more; got 7"),
        ({"engine": "sql"}, ValueError, "engine: wanted one of pandas, polars, duckdb, spark"),
    ],
)
def test_a_wrong_argument_is_named(arguments, error, said):
    with pytest.raises(error, match=said):
        read_responses(**({"file": FRAME, "codebook": BOOK} | arguments))


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_frame_of_any_engine_gives_the_same_tables(mine, engine):
    columns = FRAME.to_dict("list")
    library = pytest.importorskip(engine)
    frame = library.DataFrame(columns) if engine == "polars" else library.from_df(FRAME)
    other = read_responses(frame, BOOK)
    pd.testing.assert_frame_equal(other.tallies, mine.tallies)
    pd.testing.assert_frame_equal(other.questions, mine.questions)
    assert other.answers.people == 8


def test_number_questions_note_what_is_no_number():
    frame = pd.DataFrame({"Age": ["20", "twenty", "1,250", ""]})
    survey = read_responses(frame, Codebook((Entry("age", ("Age",), "number"),)))
    assert [str(note) for note in survey.answers.notes] == [
        "Age: 2 of 3 answers match no option; are separator, options or kind wrong?",
        "Age: 1 × 1,250: matches no option",
        "Age: 1 × twenty: matches no option",
    ]


def test_people_are_counted_without_any_question():
    assert Answers(Responses(FRAME), Codebook(())).people == 8


def test_weights_that_look_personal_are_refused_without_showing_one():
    frame = FRAME.assign(w=[f"p{n}@example.org" for n in range(8)])
    with pytest.raises(ValueError, match="looks like e-mail addresses, 8 of 8") as raised:
        read_responses(frame, BOOK, weights="w")
    assert "example.org" not in str(raised.value)


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_a_file_is_counted_on_the_engine_that_is_asked_for(tmp_path, mine, engine):
    FRAME.to_csv(tmp_path / "r.csv", index=False)
    other = read_responses(tmp_path / "r.csv", BOOK, engine=engine)
    pd.testing.assert_frame_equal(other.tallies, mine.tallies)
    assert engine in str(type(other.answers.responses.frame)).lower()
