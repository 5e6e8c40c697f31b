"""The guide works: its example is typed in, in a copy of the data, and gives what it says."""

import re
import shutil

import pytest

from analysis import __main__ as command
from analysis import paths
from analysis.data.codebook import standard_tables

GUIDE = paths.ROOT / "docs" / "adding-a-paper.md"


def blocks(language):
    """Return (rest of the first line, body) of every fenced block of a language."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}(?: ([^\n]+))?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def copied(tmp_path):
    """Copy the data, and save the page of text that the guide makes up."""
    apart = shutil.ignore_patterns("double-entry", "orchard")
    shutil.copytree(paths.RAW, tmp_path / "raw", ignore=apart)
    ((_, text),) = blocks("text")
    (tmp_path / "orchard.txt").write_text(text, encoding="utf-8")
    return tmp_path


def type_in(folder, *names):
    """Write the files of the guide, or those of them whose names are given."""
    for name, text in [*blocks("yaml"), *blocks("csv")]:
        file = folder / name.removeprefix("data/")
        if not names or file.name in names:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")


def run(words, folder, capsys):
    """Run a command of the guide on the copied data; return its status and what it prints."""
    words = words.removeprefix("python -m analysis ").split()
    words = [str(folder / word) if word.endswith(".txt") else word for word in words]
    where = [] if words[0] == "validate" else ["--folder"]
    status = command.main([*words, *where, str(folder / "raw")])
    return status, capsys.readouterr().out


def commands():
    return [line for _, body in blocks("sh") for line in body.splitlines()]


def test_before_any_claim_is_written_the_numbers_are_missing(copied, capsys):
    type_in(copied, "document.yml")
    status, out = run(commands()[0], copied, capsys)
    lines = [line.split() for line in out.splitlines()[1:]]
    assert status == 1
    assert [line[0] for line in lines] == ["2019", "40", "70", "30", "2021", "2030", "1"]
    assert lines[-1][-1] == "citation"


def test_the_tables_of_the_survey_alone_claim_their_numbers(copied, capsys):
    type_in(copied, "document.yml", "bases.csv", "questions.csv", "tallies.csv")
    status, out = run("ledger --paper orchard", copied, capsys)
    assert status == 0
    assert "orchard-crop-apples 70" in " ".join(out.split()) and "2 reproduced" in out


def test_the_example_gives_what_the_guide_says(copied, capsys):
    type_in(copied)
    outputs = [run(line, copied, capsys) for line in commands()[1:]]
    assert [status for status, _ in outputs] == [0, 0, 0, 0]
    ((_, wanted),) = blocks("output")
    printed = {" ".join(line.split()) for line in outputs[2][1].splitlines()}
    assert set(wanted.splitlines()) <= printed
    assert "2021 lies after 2019" in outputs[3][1] and "Verdict: conditional" in outputs[3][1]
    assert "It is right only if pears were planted before" in outputs[3][1]


def test_no_number_word_of_the_example_is_left(copied, capsys):
    type_in(copied)
    status, out = run(commands()[0] + " --words", copied, capsys)
    assert (status, out.strip()) == (0, "every number is covered by a claim")


def test_a_number_added_to_the_text_shows_up(copied, capsys):
    type_in(copied)
    file = copied / "orchard.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("apples. Pears", "apples; 55% like plums. Pears"), "utf-8")
    status, out = run(commands()[0], copied, capsys)
    assert status == 1 and "55" in out


def test_the_guide_describes_every_column_of_the_claims():
    text = GUIDE.read_text(encoding="utf-8")
    names = [field["name"] for field in standard_tables()["claims"]["schema"]["fields"]]
    assert f"{', '.join(names[:-1])} and {names[-1]};" in " ".join(text.split())
