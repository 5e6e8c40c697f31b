"""The guide to a survey of one's own works: its commands and its code run on the example."""

import re
import shlex
import shutil
import subprocess

import pytest

from analysis import __main__ as command
from analysis import paths, survey
from analysis.report.store import move_in
from analysis.responses.codebook import HEADER, KINDS, SURE

GUIDES = {
    language: paths.ROOT / "docs" / f"your-own-survey{ending}.md"
    for language, ending in {"en": "", "ru": ".ru", "kk": ".kk"}.items()
}
EXAMPLE = "data/examples/study-abroad"


def text(language="en"):
    return GUIDES[language].read_text(encoding="utf-8")


def blocks(kind, language="en"):
    """Return the body of every fenced block of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```", text(language), re.MULTILINE | re.DOTALL)


def commands(language="en"):
    lines = [line for body in blocks("sh", language) for line in body.splitlines()]
    return [line.removeprefix("python -m analysis ").split() for line in lines]


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Return a folder in which somebody types what the guide says."""
    shutil.copytree(paths.EXAMPLES, tmp_path / "data" / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder):
    """Return every file below a folder that nobody hides, by its place there."""
    names = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {name.as_posix() for name in names if not any(part[0] == "." for part in name.parts)}


def test_the_codebook_of_the_example_is_drafted_as_the_guide_says(typed, capsys):
    words = commands()[0]
    assert command.main(words) == 0, capsys.readouterr().err
    drafted = (typed / words[-1]).read_text(encoding="utf-8-sig")
    assert drafted.splitlines()[0] == ",".join(HEADER)
    assert "example.org" not in drafted


def test_the_answers_are_counted_into_a_folder_that_reads_as_a_published_survey(typed, capsys):
    words = commands()[1]
    assert command.main(words) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert "withheld" in said and "example.org" not in said
    published = survey.read_survey(words[-1])
    mine = survey.read_responses(
        f"{EXAMPLE}/invented-responses.csv", codebook=f"{EXAMPLE}/codebook.csv"
    )
    assert [each.name for each in published] == [each.name for each in mine]
    assert command.main(["validate", words[-1]]) == 0


@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(each, marks=pytest.mark.translated) for each in ("ru", "kk"))]
)
def test_everything_that_the_guide_promises_is_written(language, typed, capsys):
    words = commands(language)[2]
    assert words[words.index("--language") + 1] == language
    assert command.main(words) == 0, capsys.readouterr().err
    there = files(typed / words[-1])
    for name in re.findall(r"^\| (`[^|]+`) \|", text(language).partition("## 5.")[2], re.MULTILINE):
        for each in re.findall("`([^`]+)`", name):
            assert any(file == each or file.startswith(each) for file in there), each
    for file in there:
        assert b"student001@" not in (typed / words[-1] / file).read_bytes(), file


def test_without_a_codebook_one_is_drafted_and_nothing_else(typed, capsys):
    words = ["survey", f"{EXAMPLE}/invented-responses.csv", "--codebook", "new.csv", "-o", "mine"]
    assert command.main(words) == 0
    said = capsys.readouterr().out
    assert said.endswith("options that nobody chose; then type the same\n")
    assert "please check" in said and "written: new.csv" in said
    assert files(typed) == {*(f"data/examples/{name}" for name in files(paths.EXAMPLES)), "new.csv"}


def test_with_small_cells_withheld_no_notebook_is_left_that_shows_them(typed, capsys):
    words = commands()[2]
    assert command.main([*words, "--small", "5"]) == 0, capsys.readouterr().err
    there = files(typed / words[-1])
    assert "report.docx" in there and "tallies.csv" in there
    assert not [name for name in there if name.startswith(("notebooks/", "tables/", "figures/"))]


def test_what_an_earlier_run_showed_is_removed_where_small_cells_are_withheld(typed, capsys):
    folder = typed / commands()[2][-1]
    move_in(folder, "15-made", {"tables/few.csv": b"people\n1\n"}, b"{}", {})
    (folder / "figures" / "own.svg").write_text("drawn by somebody", encoding="utf-8")
    assert command.main([*commands()[2], "--small", "5"]) == 0, capsys.readouterr().err
    assert {name for name in files(folder) if "/" in name and "locale" not in name} == {
        "figures/own.svg"
    }


@pytest.mark.translated
def test_what_was_done_is_said_in_the_language_that_was_asked_for(typed, capsys):
    words = [*commands()[2], "--small", "5"]
    words[words.index("--language") + 1] = "ru"
    assert command.main(words) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert "matches no option" not in said and "written:" not in said
    assert "example.org" not in said


def test_make_survey_is_the_command(typed):
    words = ["RESPONSES=a b.csv", "CODEBOOK=c.csv", "LANGUAGE=kk", "OUT=d", "PARAMS=by=e level=0.9"]
    made = subprocess.run(
        ["make", "-n", "-C", str(paths.ROOT), "survey", *words], capture_output=True, text=True
    )
    line = made.stdout.replace("\\\n", " ").splitlines()
    (said,) = [each for each in line if " -m analysis survey " in each]
    assert shlex.split(said)[4:] == [
        *("a b.csv", "--codebook", "c.csv", "--language", "kk", "--output", "d"),
        *("--set", "by=e", "level=0.9"),
    ]


def test_a_file_that_is_not_there_is_one_line(typed, capsys):
    assert command.main(["survey", "no.csv"]) == 2
    assert capsys.readouterr().err == "error: responses: there is no file 'no.csv'\n"


def test_every_line_of_code_of_the_guide_runs_in_the_order_in_which_it_stands(typed, capsys):
    here = {"__name__": "guide"}
    for body in blocks("python"):
        exec(compile(body, "guide", "exec"), here)
    assert (typed / "mine" / "obstacles.pdf").exists()


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_describes_every_column_and_kind_of_a_codebook(language):
    described = "\n".join(re.findall(r"^\| `.*", text(language), re.MULTILINE))
    for name in (*HEADER, *KINDS, *SURE):
        assert f"`{name}`" in described, name


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_translation_has_the_same_commands_tables_and_sections(language):
    for kind in ("sh", "python"):
        ours = [
            body.replace(f"--language {language}", "--language en")
            for body in blocks(kind, language)
        ]
        assert ours == blocks(kind)
    for pattern in (r"^#+ ", r"^\|", r"^- ", r"`data/examples[^`]*`", r"^## [0-9]+\."):
        found = [len(re.findall(pattern, text(each), re.MULTILINE)) for each in (language, "en")]
        assert found[0] == found[1], pattern


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_says_that_the_example_is_invented_before_it_uses_it(language):
    invented = {"en": "It is invented", "ru": "Он выдуман", "kk": "ойдан шығарылған"}[language]
    assert invented in text(language).partition("```")[0]
