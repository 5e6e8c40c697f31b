"""No file and no line that a survey command leaves holds anything of a column that is withheld."""

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from analysis import __main__ as command
from analysis.outputs.formats import rendered
from analysis.responses.files.intake import read_file
from analysis.survey import picture, read_responses

PEOPLE = range(60)
WITHHELD = {
    "E-mail": [f"zqmail{n}@example.org" for n in PEOPLE],
    "Phone": [f"+7 701 555 71 {n:02}" for n in PEOPLE],
    "Your full name": [f"Zqanna Zqroe{'abcdefghij'[n % 10] * (1 + n // 10)}" for n in PEOPLE],
    "ЖСН": [f"9901013508{n:02}" for n in PEOPLE],
    "Left aside": [str(7_310_001 + 137 * n) for n in PEOPLE],
    "Own words": [f"zqopinion number {n}" for n in PEOPLE],
}
COUNTED = {
    "Sex": ["Man", "Woman"] * 30,
    "Crop": ["apples"] * 35 + ["pears"] * 20 + ["plums"] * 3 + ["zqother"] * 2,
    "Help": ["family;hands", "nobody", "hands"] * 20,
    "Taste": ["bad", "fair", "good"] * 20,
}
CODEBOOK = """question,columns,kind,separator,options
mail,E-mail,single,,zqmail1@example.org
phone,Phone,text,,
name,Your full name,text,,
identity,ЖСН,number,,
aside,Left aside,ignore,,
words,Own words,text,,
sex,Sex,single,,Man | Woman
crop,Crop,single,,apples | pears | plums
help,Help,multiple,semicolon,family | hands | nobody
taste,Taste,scale,,bad | fair | good
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder with answers and a codebook that lets some of the columns through."""
    columns = WITHHELD | COUNTED
    rows = [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "codebook.csv").write_text(CODEBOOK, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(file):
    """Yield all that can be read in a file: its bytes, what is packed in it, the text of a PDF."""
    yield file.read_bytes()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            yield from map(packed.read, packed.namelist())
    if file.suffix == ".pdf" and shutil.which("pdftotext"):
        yield subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout


def told(text, more=()):
    """Return the columns of which a value stands in some bytes."""
    found = re.sub(rb"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)).encode(), text)
    columns = WITHHELD | {"more": more}
    return [name for name, cells in columns.items() if any(c.encode() in found for c in cells)]


def nothing_told(folder, said, more=()):
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert not told(said.encode(), more), said
    assert not {
        file: found for file in files for text in contents(file) if (found := told(text, more))
    }
    return {file.suffix for file in files}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_survey_with_small_cells_withheld_tells_no_column_that_is_withheld(
    place, language, capsys
):
    words = ["survey", "answers.csv", "--language", language, "--small", "5", "--set", "by=sex"]
    assert command.main([*words, "-o", "mine"]) == 0
    said = "".join(capsys.readouterr())
    assert "mine/report.docx" in said
    kinds = nothing_told(place / "mine", said, ["zqother"])
    assert {".docx", ".xlsx", ".html", ".csv", ".yml", ".po", ".txt"} <= kinds


def test_the_notebook_of_a_survey_tells_no_column_that_is_withheld(place, capsys):
    words = ["survey", "answers.csv", "--language", "kk", "--set", "by=sex"]
    status = command.main([*words, "-o", "mine"])
    said = "".join(capsys.readouterr())
    assert status == 0, said
    assert {".ipynb", ".svg", ".png", ".json"} <= nothing_told(place / "mine", said)


def test_a_draft_a_tally_and_its_errors_tell_no_column_that_is_withheld(place, capsys):
    command.main(["codebook", "answers.csv", "-o", "drafted/codebook.csv"])
    tally = ["tally", "answers.csv", "--codebook", "codebook.csv", "-o", "drafted", "--small", "5"]
    command.main(tally)
    for column in WITHHELD:
        command.main([*tally, "--weights", column])
    nothing_told(place / "drafted", "".join(capsys.readouterr()))


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_of_a_survey_tells_no_column_that_is_withheld(place, kind):
    for question in read_responses("answers.csv", "codebook.csv"):
        drawn = picture(question).figure
        file = place / f"made.{kind}"
        file.write_bytes(rendered(drawn, kind, "made", 50))
        assert not [found for text in contents(file) if (found := told(text))]


def test_what_is_withheld_is_found_where_it_stands(place):
    with zipfile.ZipFile(place / "made.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write("answers.csv")
    found = [told(text) for text in contents(place / "made.docx")]
    assert found == [[], [*WITHHELD]]


def test_what_a_cell_that_ends_in_a_survey_shows_holds_no_answer(place):
    mine = read_responses("answers.csv", "codebook.csv")
    shown = [mine, mine.question("sex"), mine.answers, mine.answers.responses]
    assert not told(" ".join(map(repr, shown)).encode())
    assert repr(mine.question("sex")) == "Question(name='sex')"


def test_the_sheets_of_a_workbook_are_named_as_labels_are(tmp_path):
    book = openpyxl.Workbook()
    for row in (("Sex", "Crop"), *[("man", "rye"), ("woman", "oats")] * 5):
        book.active.append(row)
    book.create_sheet("ana@example.org")
    book.save(tmp_path / "w.xlsx")
    notes = [str(note) for note in read_file(tmp_path / "w.xlsx").notes]
    assert "sheet Sheet was read; not read: [withheld]" in notes
