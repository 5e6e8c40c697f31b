"""The example that ships is invented, says so, and has what makes real files hard."""

import csv
import re

from analysis import paths
from analysis.responses.codebook import read_codebook
from tests.invented import FILE, PEOPLE, invented

CODEBOOK = FILE.with_name("codebook.csv")


def answers():
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(entry):
    """Return the answers to a question of one column, as written."""
    return [row[entry.columns[0]] for row in answers()]


def test_every_answer_is_what_the_program_invents():
    assert FILE.read_text(encoding="utf-8") == invented()
    assert len(answers()) == PEOPLE


def test_every_address_belongs_to_nobody():
    found = re.findall(r"[\w.]+@([\w.]+)", FILE.read_text(encoding="utf-8"))
    assert len(found) > PEOPLE and set(found) == {"example.org"}


def test_its_readme_says_that_it_is_invented():
    text = (paths.EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert "nobody was asked" in text


def test_the_codebook_takes_every_column_once():
    columns = [name for entry in read_codebook(CODEBOOK) for name in entry.columns]
    assert columns == list(answers()[0])


def test_every_kind_of_question_is_there_with_labels_in_three_languages():
    codebook = read_codebook(CODEBOOK)
    kinds = {entry.kind for entry in codebook}
    assert kinds == {"single", "multiple", "yes-no", "scale", "number", "text", "ignore"}
    for entry in codebook.of("single", "multiple", "yes-no", "scale"):
        assert set(entry.labels) == set(entry.topics) == {"en", "ru", "kk"}, entry.question


def test_it_has_an_option_that_nobody_chose_and_answers_that_are_none():
    chosen, strange = {}, {}
    for entry in read_codebook(CODEBOOK).of("single", "multiple", "number"):
        found = [entry.answer([cell]) for cell in column(entry)]
        chosen[entry.question] = {place for each in found for place in each.chosen}
        strange[entry.question] = {text for each in found for text in each.strange}
        if entry.kind != "number":
            strange[entry.question] -= set(entry.options)
    destination = read_codebook(CODEBOOK).entry("destination")
    assert "Japan" not in [destination.options[place] for place in chosen["destination"]]
    assert strange["age"] == {"21 years", "nineteen"}
    assert {"visa", "Visa", "ask me: someone@example.org"} <= strange["obstacles"]


def test_it_has_capitals_blanks_and_a_question_asked_of_some_only():
    gender = [row["Your gender"] for row in answers()]
    assert {"woman ", "WOMAN", " Woman", "Female", ""} <= set(gender)
    went = [row for row in answers() if row["Have you studied abroad?"] == "Yes"]
    assert 0 < len(went) < PEOPLE
    assert all(not row["Where was it?"] for row in answers() if row not in went)


def test_labels_hold_the_comma_that_a_spreadsheet_puts_between_choices():
    options = read_codebook(CODEBOOK).entry("obstacles").options
    assert any(", " in option for option in options)
