"""The commands `codebook` and `tally`: from a file to a folder, in one line where they cannot."""

import pytest

from analysis import __main__ as command
from analysis.responses.codebook import read_codebook
from analysis.survey import read_survey

FILE = "Timestamp;E-mail;Crop;Sweet?\n" + "".join(
    f"2024-05-01 10:00:{n};p{n}@example.org;{('apples', 'pears', 'Pears ')[n % 3]};Yes\n"
    f"2024-05-01 11:00:{n};;{('apples', '')[n % 2]};No\n"
    for n in range(10, 40)
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.csv").write_text(FILE, "utf-8")
    return tmp_path


def run(capsys, *words):
    """Return the exit status, and what was printed on both streams."""
    status = command.main([*words])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_codebook_is_drafted_and_the_least_sure_stands_first(place, capsys):
    status, out, _ = run(capsys, "codebook", "r.csv")
    assert status == 0
    kinds = {entry.question: entry.kind for entry in read_codebook("codebook.csv")}
    assert kinds == {
        "timestamp": "ignore",
        "e-mail": "ignore",
        "crop": "single",
        "sweet": "yes-no",
    }
    assert out.index("likely") < out.index("sure  ")
    assert "respondents read: 60" in out and "example.org" not in out
    assert "python -m analysis tally r.csv --codebook codebook.csv -o FOLDER" in out


def test_a_spreadsheet_knows_the_codebook_for_utf8(place, capsys):
    run(capsys, "codebook", "r.csv")
    assert (place / "codebook.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_edited_codebook_is_not_written_over_unless_that_is_wanted(place, capsys):
    run(capsys, "codebook", "r.csv", "-o", "c.csv")
    assert run(capsys, "codebook", "r.csv", "-o", "c.csv")[0] == 0  # the same once more
    edited = (place / "c.csv").read_text("utf-8-sig").replace("Crop,single", "Crop,text")
    (place / "c.csv").write_text(edited, "utf-8")
    status, _, err = run(capsys, "codebook", "r.csv", "-o", "c.csv")
    assert status == 2 and "c.csv: is there and may have been edited" in err
    assert (place / "c.csv").read_text("utf-8") == edited
    assert run(capsys, "codebook", "r.csv", "-o", "c.csv", "--force")[0] == 0
    assert read_codebook(place / "c.csv").entry("crop").kind == "single"


def test_the_answers_are_never_written_over(place, capsys):
    status, _, err = run(capsys, "codebook", "r.csv", "-o", "./r.csv", "--force")
    assert status == 2 and "that is the file with the answers" in err
    assert (place / "r.csv").read_text("utf-8") == FILE


def test_a_tally_writes_the_folder_and_says_what_it_did(place, capsys):
    run(capsys, "codebook", "r.csv")
    words = ("tally", "r.csv", "--codebook", "codebook.csv", "-o", "mine")
    status, out, _ = run(capsys, *words, "--population", "900", "--small", "5")
    assert status == 0 and "respondents: 60; questions: 2" in out
    assert "E-mail: withheld: looks like e-mail addresses, 30 of 30" in out
    survey = read_survey("mine")
    rows = survey.question("crop").tallies
    # apples: 10 of the first thirty and 15 of the second; pears in two spellings: 20
    assert dict(zip(rows["option"], rows["printed"], strict=True)) == {
        "apples": "25",
        "pears": "20",
    }
    for file in place.joinpath("mine").rglob("*"):
        assert f"written: {file.relative_to(place)}" in out or file.is_dir()
        assert file.is_dir() or "example.org" not in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["codebook", "no.csv"], "no.csv: there is no such file"),
        (["codebook", "r.csv", "--sheet", "x"], "is no workbook and has no sheets"),
        (["tally", "r.csv", "--codebook", "no.csv", "-o", "m"], "there is no such file"),
        (["tally", "r.csv", "--codebook", "r.csv", "-o", "m"], "is no header of a codebook"),
        (["tally", "r.csv", "--codebook", "c.csv", "-o", "m", "--weights", "w"], "no column 'w'"),
        (
            ["tally", "r.csv", "--codebook", "c.csv", "-o", "m", "--weights", "Crop"],
            "'Crop': wanted a number of 0 or more as the weight of every respondent; it holds none",
        ),
        (["tally", "r.csv", "--codebook", "c.csv", "-o", "m", "--small", "-1"], "small: wanted"),
        (["tally", "r.csv", "--codebook", "c.csv", "-o", "m", "--engine", "x"], "engine: wanted"),
        (["tally", "r.csv", "--codebook", "c.csv", "-o", "r.csv"], "r.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(place, capsys, words, said):
    run(capsys, "codebook", "r.csv", "-o", "c.csv")
    status, _, err = run(capsys, *words)
    assert status == 2 and said in err and err.count("\n") == 1 and "Traceback" not in err


def test_several_faults_of_a_codebook_are_a_line_each(place, capsys):
    book = "question,columns,kind,options\ncrop,Crop,singel,a | b\nsweet,Sweet?,scle,a | b\n"
    (place / "c.csv").write_text(book, "utf-8")
    status, _, err = run(capsys, "tally", "r.csv", "--codebook", "c.csv", "-o", "m")
    lines = err.splitlines()
    assert status == 2 and len(lines) == 2
    assert all(line.startswith(f"error: c.csv, row {n}, ") for n, line in enumerate(lines, 2))
    assert "'singel'" in lines[0] and "'scle'" in lines[1]


def test_two_names_that_look_alike_once_cut_are_told_apart(place, capsys):
    begun = "How much do you agree with what is said below of "
    (place / "r.csv").write_text(f"{begun}pears\nyes\nno\n", "utf-8")
    (place / "c.csv").write_text(
        f"question,columns,kind,options\nfruit,{begun}peaes,single,yes | no\n", "utf-8"
    )
    status, _, err = run(capsys, "tally", "r.csv", "--codebook", "c.csv", "-o", "m")
    assert status == 2 and "peaes'" in err and "pears'" in err


def test_both_commands_are_there_in_an_installed_copy():
    assert {"codebook", "tally"} <= command.ANYWHERE
