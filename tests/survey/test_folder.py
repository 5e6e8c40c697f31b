"""A survey of one's own as a document folder: read back the same, small cells withheld."""

import pandas as pd
import pytest

from analysis import __main__ as command
from analysis.data.tables import check_folder
from analysis.language.current import speaking
from analysis.ledger.problems import claim_problems
from analysis.ledger.table import ledger_table
from analysis.responses.answers import Responses
from analysis.responses.codebook import Codebook, Entry
from analysis.survey import read_survey
from analysis.survey.folder import NOTES, write_survey
from analysis.survey.read import read_responses
from tests.survey.test_own import BOOK, FRAME

COMPARED = {
    "questions": ["question", "topic", "kind", "base", "n"],
    "tallies": ["question", "option", "label", "printed", "unit"],
    "bases": ["base", "label", "printed", "unit"],
}


def counts(survey):
    rows = survey.tallies
    return dict(zip(rows["question"] + " " + rows["option"], rows["printed"], strict=True))


def survey_with(columns, *entries):
    return read_responses(Responses(pd.DataFrame(columns), "hostel.csv"), Codebook(entries))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_own_tables_equal_those_read_back_in_every_language(tmp_path, language):
    write_survey(read_responses(FRAME, BOOK), tmp_path / "mine")
    with speaking(language):
        own, back = read_responses(FRAME, BOOK), read_survey(tmp_path / "mine")
    for name, columns in COMPARED.items():
        first, second = getattr(own, name)[columns], getattr(back, name)[columns]
        pd.testing.assert_frame_equal(
            first.astype("str"), second.astype("str"), check_index_type=False
        )


def test_the_folder_is_valid_has_no_wrong_claim_and_a_ledger(tmp_path):
    write_survey(read_responses(FRAME, BOOK), tmp_path / "mine")
    assert check_folder(tmp_path / "mine") == claim_problems(tmp_path / "mine") == []
    ledger = ledger_table(tmp_path / "mine")
    assert set(ledger["claim"]) >= {"mine-all", "mine-went-yes", "mine-why-fees", "mine-rate-3"}
    assert not set(ledger["verdict"]) & {"inconsistent"}


def test_shares_of_a_folder_are_those_of_the_survey(tmp_path):
    own = read_responses(FRAME, BOOK)
    write_survey(own, tmp_path / "mine")
    back = read_survey(tmp_path / "mine")
    for question in own:
        table, other = question.shares(), back.question(question.name).shares()
        assert table["least"].tolist() == other["least"].tolist()
        assert table["low"].tolist() == other["low"].tolist()


def test_who_stands_beside_the_options_is_noted_with_the_question(tmp_path):
    write_survey(read_responses(FRAME, BOOK), tmp_path)
    notes = read_survey(tmp_path).questions.set_index("question")["note"]
    assert notes["where"] == (
        "outside the base, Not sure: 1; match no option: 1; no answer: 1; not asked: 3"
    )


def test_notes_say_what_was_read_and_what_matches_nothing(tmp_path):
    write_survey(read_responses(FRAME, BOOK), tmp_path)
    notes = (tmp_path / NOTES).read_text("utf-8")
    assert "Respondents: 8\n" in notes and "Why?: 1 × love: matches no option\n" in notes


def test_a_folder_is_written_anew_and_another_document_is_not(tmp_path):
    write_survey(read_responses(FRAME, BOOK), tmp_path / "mine")
    write_survey(read_responses(FRAME.head(4), BOOK), tmp_path / "mine")
    assert read_survey(tmp_path / "mine").n == 4
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "document.yml").write_text("citation: Hostel 2020\n", "utf-8")
    with pytest.raises(ValueError, match="holds a document that tally did not write"):
        write_survey(read_responses(FRAME, BOOK), tmp_path / "paper")


def test_a_published_survey_is_refused(tmp_path):
    write_survey(read_responses(FRAME, BOOK), tmp_path / "mine")
    with pytest.raises(ValueError, match="got a published one"):
        write_survey(read_survey(tmp_path / "mine"), tmp_path / "other")


def test_hostile_labels_do_no_harm(tmp_path):
    options = ("=1+1", "<b>bold</b>", "a\nb", "-", "x\u200by", "@me", "{braces} 100 %", "&amp;")
    entry = Entry("q", ("=cmd()",), "single", options=options, labels={"ru": ("=2", *options[1:])})
    survey = survey_with({"=cmd()": [*options, *options]}, entry)
    write_survey(survey, tmp_path / "mine")
    assert check_folder(tmp_path / "mine") == []
    for language in ("en", "ru"):
        with speaking(language):
            labels = read_survey(tmp_path / "mine").tallies["label"].tolist()
        assert labels[0] == ("'=1+1" if language == "en" else "'=2")
        assert labels[1:3] == ["< b>bold< /b>", "a b"]


def test_small_cells_are_withheld_and_a_second_one_where_the_first_would_be_told(tmp_path):
    cells = ["a"] * 40 + ["b"] * 12 + ["c"] * 3
    entry = Entry("q", ("Q",), "single", options=("a", "b", "c"))
    write_survey(survey_with({"Q": cells}, entry), tmp_path, small=5)
    back = read_survey(tmp_path)
    assert counts(back) == {"q a": "40", "q b": "", "q c": ""}
    assert back.questions["n"].tolist() == [55]  # 55 - 40 leaves 15 for b and c together
    assert (
        back.tallies["note"].tolist()[1:]
        == ["withheld: fewer than 5 people, or would tell such a cell"] * 2
    )
    assert check_folder(tmp_path) == claim_problems(tmp_path) == []


def test_cells_of_nobody_and_of_five_people_are_shown(tmp_path):
    entry = Entry("q", ("Q",), "single", options=("a", "b", "c"))
    write_survey(survey_with({"Q": ["a"] * 40 + ["b"] * 5}, entry), tmp_path, small=5)
    assert counts(read_survey(tmp_path)) == {"q a": "40", "q b": "5", "q c": "0"}


def test_a_small_base_is_withheld_whole_and_said(tmp_path):
    entries = [Entry(name, (name,), "single", options=("a", "b")) for name in ("x", "y")]
    columns = {"x": ["a"] * 10 + ["b"] * 10, "y": ["a", "a", "b"] + [""] * 17}
    write_survey(survey_with(columns, *entries), tmp_path, small=5)
    assert read_survey(tmp_path).questions["question"].tolist() == ["x"]
    assert "y: withheld, fewer than 5 answers" in (tmp_path / NOTES).read_text("utf-8")


def test_a_base_that_would_tell_a_small_cell_is_left_out(tmp_path):
    went = ["Yes"] * 40 + ["No"] * 3
    where = ["a"] * 25 + ["b"] * 15 + [""] * 3
    entries = [
        Entry("went", ("went",), "yes-no", options=("Yes", "No")),
        Entry("where", ("where",), "single", options=("a", "b"), base="went = Yes"),
    ]
    write_survey(survey_with({"went": went, "where": where}, *entries), tmp_path, small=5)
    back = read_survey(tmp_path)
    assert back.bases["base"].tolist() == ["all"]
    assert counts(back) == {"went yes": "", "went no": "", "where a": "25", "where b": "15"}


def test_the_base_of_another_question_tells_no_small_cell_of_the_one_that_decides(tmp_path):
    entries = (
        Entry("went", ("went",), "single", options=("yes", "once", "no")),
        Entry("where", ("where",), "single", options=("north", "south"), base="went = yes"),
    )
    went = ["yes"] * 19 + ["once"] + ["no"] * 40
    where = ["north"] * 9 + ["south"] * 10 + [""] * 41
    write_survey(survey_with({"went": went, "where": where}, *entries), tmp_path, small=5)
    shown = counts(read_survey(tmp_path))
    assert (shown["went yes"], shown["went once"], shown["went no"]) == ("19", "", "")


def test_a_folder_withholds_what_a_report_withholds(tmp_path):
    entry = Entry("help", ("Help",), "multiple", ";", ("family", "hands", "nobody"))
    cells = ["family"] * 17 + ["family;love"] * 3 + ["hands"] * 20 + ["nobody"] * 6
    write_survey(survey_with({"Help": cells}, entry), tmp_path, small=5)
    shown = counts(read_survey(tmp_path))  # of a report's 49 answers 3 would match no option
    assert shown == {"help family": "20", "help hands": "20", "help nobody": ""}


def test_answers_of_single_people_are_in_no_note_where_small_cells_are_withheld(tmp_path):
    write_survey(read_responses(FRAME, BOOK), tmp_path, small=2)
    text = "".join(file.read_text("utf-8") for file in tmp_path.rglob("*") if file.is_file())
    assert "love" not in text and "Lima" not in text
    assert "Why?: some answers match no option\n" in text


def test_weights_and_population_are_noted(tmp_path):
    frame = FRAME.assign(w=["0,5", "1.5"] * 4)
    survey = read_responses(frame, BOOK, weights="w", population=200)
    write_survey(survey, tmp_path)
    notes = (tmp_path / NOTES).read_text("utf-8")
    assert "Drawn from: 200 people" in notes
    assert "Weights: column w; the counts here are without them" in notes
    assert counts(read_survey(tmp_path))["went yes"] == "5"


def test_validate_and_ledger_take_the_folder(tmp_path, capsys):
    write_survey(read_responses(FRAME, BOOK), tmp_path / "mine")
    assert command.main(["validate", "--folder", str(tmp_path / "mine")]) == 0
    assert command.main(["ledger", "--folder", str(tmp_path / "mine")]) == 0
    assert "mine-why-fees" in capsys.readouterr().out
