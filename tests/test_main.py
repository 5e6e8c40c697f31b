"""The command line: what it calls, what it prints, and one line for what it cannot take."""

import json
import os
import re
import signal
import subprocess
import sys
import tomllib

import pytest

from analysis import __main__ as command
from analysis import paths, read_table
from analysis.inference import intervals
from analysis.report.options import check_folder


def run(*words):
    """Return the exit status of a command, also where the parser leaves by itself."""
    try:
        return command.main([str(word) for word in words])
    except SystemExit as leaving:
        return leaving.code


@pytest.fixture
def called(monkeypatch):
    """Replace programs that are started; return their command lines, and statuses to set."""
    calls = []
    status = {}

    def start(words, **options):
        calls.append((words[2:], options))
        return subprocess.CompletedProcess(words, status.get(len(calls), 0))

    monkeypatch.setattr(command.subprocess, "run", start)
    return calls, status


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required: COMMAND"),
        (["report"], "invalid choice: 'report'"),
        (["counts", "17"], "required: --n"),
        (["counts", "17", "--n", "1O3"], "wanted a whole number of at most 15 digits; got '1O3'"),
        (["counts", "1O", "--n", "150"], "printed"),
        (["counts", "17", "--n", "0"], "n"),
        (["counts", "17", "--n", "150", "--rounding", "down"], "rounding"),
        (["bases", "33", "x", "--up-to", "10"], "printed"),
        (["bases", "33", "--up-to", "9" * 40], "wanted a whole number of at most 15 digits"),
        (["interval", "17", "--n", "150", "--level", "9" * 400 + "x"], "--level: wanted a number"),
        (["interval", "17", "--n", "150", "--level", "95"], "level"),
        (["interval", "17", "--n", "150", "--method", "normal"], "method"),
        (["interval", "17", "--n", "150", "--population", "50"], "population"),
        (["reports", "--param", "level"], "write NAME=VALUE"),
        (["reports", "--only", "no-such-notebook"], "notebook"),
        (["reports", "--only", "x" * 400], "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'"),
        (["store", "../install"], "../install"),
        (["ledger", "--paper", "nobody"], "--paper"),
        (["ledger", "--verdict", "wrong"], "--verdict"),
        (["ledger", "--explain", "nobody-nothing"], "there is no claim 'nobody-nothing'"),
        (["numbers", "nobody", "no-such-file.txt"], "no-such-file.txt"),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_status_2(words, said, capsys):
    assert run(*words) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("error: ") and err.count("\n") == 1
    assert said in err and len(err) < 700


def fails(monkeypatch, error):
    """Let a command end with an error, as one that nobody has thought of would."""

    def ends(args):
        raise error

    monkeypatch.setitem(command.COMMANDS, "lint", ends)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("tides.csv, row 3"), "error: tides.csv, row 3"),
        (ZeroDivisionError("by zero"), "error: ZeroDivisionError: by zero; the same command with"),
        (KeyError("tide"), "error: KeyError: 'tide'; the same command with"),
        (RecursionError(), "error: RecursionError; the same command with"),
        (MemoryError(), "error: MemoryError; the same command with"),
        (OSError("not built: KeyError: 'a'\nTraceback (most recent call last):\n x"), "not built"),
        (ModuleNotFoundError("No module named 'tide'"), "named 'tide'; delete .venv"),
    ],
)
def test_any_failure_is_one_line_and_with_debug_its_traceback_stands_above(
    monkeypatch, capsys, error, said
):
    fails(monkeypatch, error)
    assert run("lint") == 2
    line = capsys.readouterr().err
    assert said in line and line.startswith("error: ") and line.count("\n") == 1
    assert "Traceback" not in line
    for words in (["lint", "--debug"], ["--debug", "lint"]):
        assert run(*words) == 2
        *trace, last = capsys.readouterr().err.splitlines()
        assert trace[0].startswith("Traceback") and "raise error" in "".join(trace)
        assert last == line.partition("; the same command")[0].strip()
    assert run("lint") == 2 and "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", command.COMMANDS)
def test_the_help_of_each_command_says_where_a_traceback_is_to_be_had(name, capsys):
    assert run(name, "--help") == 0
    assert "--debug" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_reader_that_goes_away_ends_a_command_without_a_word():
    code = (
        "import sys; from analysis import __main__ as command\n"
        "command.COMMANDS['lint'] = lambda args: print('tide\\n' * 99999) or 0\n"
        "sys.exit(command.main(['lint']))"
    )
    words = [sys.executable, "-c", code]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait() == 141
    process.stderr.close()


TALLY = ["tally", "x", "--codebook", "c"]
SURVEY = ["survey", paths.EXAMPLES / "study-abroad" / "invented-responses.csv"]
SURVEY += ["--codebook", paths.EXAMPLES / "study-abroad" / "codebook.csv", "--set"]
CLAIM = next(name for name in read_table("claims")["claim"] if name.endswith("-respondents"))
HOURS = next(file.stem for file in paths.NOTEBOOKS.glob("*-credit-hours.ipynb"))
SLUG = min(file.stem for file in paths.NOTEBOOKS.glob("01-*.ipynb"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reports", "--param", "level=2"], "the nearest is 0.99"),
        (["reports", "--param", "level=abc"], "'abc' is not a number from 0 to 1"),
        (["reports", "--param", "method=wilsn"], "the nearest is wilson"),
        (["reports", "--param", "levl=0.9"], "no parameter 'levl'; did you mean level?"),
        (["reports", "--param", "paper=foo"], "parameter paper: 'foo' is not one of "),
        (["reports", "--param", "region=XXX"], "parameter region: 'XXX' is not one or more of "),
        (["reports", "--param", "region=XXX"], "; the nearest is "),
        (["reports", "--param", "shown=foo"], "parameter shown: 'foo' is not one or more of "),
        (["reports", "--param", "shown=foo"], "; the nearest is "),
        (["reports", "--param", "ects_low=30", "ects_high=20"], "is less than ects_low, 30; the n"),
        (["reports", "--param", "by=foo"], "parameter by: wanted one of "),
        (["reports", "--param", "published=foo"], "; the nearest is "),
        (["reports", "--param", "responses=/nowhere"], "there is no file '/nowhere'"),
        (["sweep", HOURS, "-p", "ects_low", "20,40", "-p", "ects_high", "25"], "; the nearest is"),
        (["reports", "--only", SLUG[:3]], f"the nearest is {SLUG}"),
        (["reports", "--jobs", "-3"], "wanted a whole number, 1 or more; got '-3'"),
        (["reports", "--jobs", "0"], "the nearest is 1"),
        (["sweep", SLUG, "-p", "level", "2"], "the nearest is 0.99"),
        (["sweep", SLUG, "-p", "method", "wilsn"], "the nearest is wilson"),
        (["sweep", SLUG, "-p", "levl", "0.9"], "did you mean level?"),
        ([*SURVEY, "by=gendr"], "parameter by: wanted one of gender, "),
        ([*SURVEY, "by=gendr"], "the nearest is gender"),
        (
            [*SURVEY, "responses=x"],
            "--set responses: write the file after the command; ",
        ),
        ([*SURVEY, "folder=x"], "--set folder: write --output FOLDER; "),
        ([*SURVEY, "small=5"], "--set small: write --small; "),
        ([*SURVEY, "level=2"], "the nearest is 0.99"),
        ([*SURVEY, "level=abc"], "'abc' is not a number from 0 to 1"),
        ([*SURVEY, "lvl=0.9"], "no parameter 'lvl'; did you mean level?"),
        ([*SURVEY, "published=tides"], "parameter published: "),
        (["interval", "17", "--n", "150", "--level", "2"], "the nearest is 0.99"),
        (["interval", "17", "--n", "150", "--level", "95"], "the nearest is 0.95"),
        (["interval", "17", "--n", "150", "--method", "wilsn"], "the nearest is wilson"),
        (["counts", "17", "--n", "150", "--rounding", "halfup"], "the nearest is half-up"),
        (["ledger", "--assume", "level=2"], "the nearest is 1"),
        (["ledger", "--assume", "rounding=halfup"], "the nearest is half-up"),
        (["ledger", "--verdict", "consistnt"], "the nearest is consistent"),
        (["ledger", "--verdict", "foo"], "--verdict: wanted one of reproduced, "),
        (["ledger", "--status", "foo"], "the nearest is holds"),
        (["ledger", "--paper", "foo"], "--paper: wanted one of "),
        (
            ["ledger", "--assume", f"{CLAIM}=nan"],
            f"{CLAIM}: wanted a number from 0 to 100,000,000,000",
        ),
        (["ledger", "--assume", f"{CLAIM}=1e999"], "; got '1e999'; the nearest is 100000000000"),
        (["ledger", "--assume", f"{CLAIM}=-5"], "; the nearest is 0"),
        (["ledger", "--assume", f"{CLAIM}=0"], "then not everything can be computed; "),
        (["counts", "17", "--n", "0"], "--n: wanted a whole number, 1 or more; got 0; the nearest"),
        (["counts", "17", "--n", "1.6"], "the nearest is 2"),
        (["counts", "17", "--n", "9" * 16], "the nearest is 999999999999999"),
        (["counts", "17", "--n", "9", "--rounding", "foo"], "; the nearest is half-"),
        (["interval", "17", "--n", "150", "--method", "foo"], "; the nearest is "),
        (["interval", "17", "--n", "150", "--population", "50"], "; the nearest is 150"),
        (["interval", "17", "--n", "150", "--level", "nan"], "; the nearest is 0.95"),
        (["interval", "17", "--n", "150", "--level", "inf"], "; the nearest is 0.99"),
        (["interval", "17", "--n", "150", "--level", "0,9"], "; the nearest is 0.9"),
        (["bases", "33", "--up-to", "0"], "--up-to: wanted a whole number, 1 or more"),
        (["figure", "x", "--width", "99999mm"], "; the nearest is 1000mm"),
        (["figure", "x", "--width", "0"], "; the nearest is 40mm"),
        (["figure", "x", "--font-size", "8,5"], "; the nearest is 8.5"),
        (["figure", "x", "--dpi", "0"], "; the nearest is 1"),
        (["figure", "x", "--dpi", "100000000"], "; the nearest is 2400"),
        (["figure", "x", "--format", "xyz"], "--format: wanted svg, "),
        (["figure", "x", "--language", "xx"], "--language: wanted en, ru, kk; got 'xx'; the near"),
        (["reports", "--language", "xx"], "--language: wanted en, ru, kk, all; got 'xx'"),
        (["sweep", SLUG, "-p", "level", "0.9", "--limit", "-1"], "; the nearest is 1"),
        (["survey", "x.csv", "--small", "1000000"], "; the nearest is 1000"),
        (["tally", "x.csv", "--codebook", "c", "-o", "m", "--small", "-1"], "the nearest is 0"),
        (["tally", "x.csv", "--codebook", "c", "-o", "m", "--engine", "foo"], "; the nearest is "),
    ],
)
def test_a_setting_that_cannot_be_is_one_line_with_the_nearest_before_anything_runs(
    words, said, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert run(*words) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("error: ") and err.count("\n") == 1
    assert said in err and not [file for file in tmp_path.rglob("*") if file.name[0] != "."]


@pytest.mark.parametrize("place", ["", "src", "data", "data/raw", "notebooks", "tests/new", "docs"])
@pytest.mark.parametrize("words", [["reports"], ["sweep", SLUG], ["survey", "x"], TALLY])
def test_a_folder_of_the_projects_own_files_is_not_written_to(words, place, capsys):
    assert run(*words, "--output", paths.ROOT / place) == 2
    err = capsys.readouterr().err
    assert "the project's own files are there; name a folder" in err and err.count("\n") == 1


@pytest.mark.parametrize("place", ["reports/mine", "made", "../made", "data/raw/orchard"])
def test_a_folder_apart_may_be_written_to(place):
    check_folder(str(paths.ROOT / place), is_document=place.startswith("data"))


def test_counts_prints_the_two_head_counts_behind_17_percent_of_150(capsys):
    # 25 / 150 = 16.67 and 26 / 150 = 17.33 percent; 24 and 27 print as 16 and 18.
    assert run("counts", 17, "--n", 150) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["25", "150", "16.6667"],
        ["26", "150", "17.3333"],
    ]


def test_counts_says_so_when_nobody_can_have_counted_that(capsys):
    assert run("counts", "33.5", "--n", 150) == 0
    assert capsys.readouterr().out == "no whole number of 150 people prints as 33.5\n"
    assert run("counts", "33.5", "--n", 150, "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_bases_prints_the_multiples_of_three_behind_a_third(capsys):
    assert run("bases", 33, 67, "--up-to", 10, "--exhaustive", "--json") == 0
    assert [row["first"] for row in json.loads(capsys.readouterr().out)] == [3, 6, 9]
    assert run("bases", 45, 28, 22, 4, "--up-to", 300) == 0
    # From 100 people on a step of one person is at most one point wide: every base is possible.
    assert capsys.readouterr().out.splitlines()[-1].split()[1] == "300"


def test_a_check_that_cannot_fail_is_said_to_have_no_power(capsys):
    assert run("counts", 20, "--n", 150) == 0
    assert "power 0" in capsys.readouterr().out
    assert run("counts", "20.0", "--n", 10) == 0
    assert "power 0" not in capsys.readouterr().out


def test_interval_prints_each_count_and_the_bounds_over_all(capsys):
    # Wilson at 5 of 10: (10 + z2) / 2 / (10 + z2) -+ z sqrt(10 (10 + z2)) / 2 / (10 + z2),
    # with z = 1.959964: 0.5 -+ 0.2634.
    assert run("interval", 50, "--n", 10, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["count"] for row in rows] == ["5", "any of them"]
    assert [round(rows[0][end], 1) for end in ("low", "high")] == [23.7, 76.3]
    assert run("interval", 50, "--n", 10, "--level", 0.9, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["low"] > rows[0]["low"]
    assert run("interval", 50, "--n", 10, "--population", 20, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["low"] > rows[0]["low"]
    for method in intervals.METHODS:
        assert run("interval", 50, "--n", 10, "--method", method) == 0


@pytest.mark.filterwarnings("default")
def test_a_warning_is_one_line_said_once_and_the_result_is_printed(capsys):
    assert run("interval", 2, "--n", 90, "--method", "wald") == 0
    out, err = capsys.readouterr()
    assert err == "warning: wald: not valid for 2 of 90, fewer than 5 on one side; use wilson\n"
    assert "any of them" in out


def started(*words, after="", **variables):
    """Return how a command ends in a process of its own."""
    line = f'"{sys.executable}" -m analysis {" ".join(words)} {after}'
    environment = {**os.environ, **variables}
    return subprocess.run(line, shell=True, env=environment, capture_output=True, text=True)


@pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")
@pytest.mark.parametrize("after", [">&-", "2>&-", ">&- 2>&-"])
def test_a_command_does_without_the_streams_that_are_closed(after):
    done = started("counts", "17", "--n", "150", after=after)
    assert done.returncode == 0 and done.stderr == ""
    assert ("16.6667" in done.stdout) is (after == "2>&-")


def test_letters_that_the_output_cannot_hold_are_shown_by_their_code(tmp_path):
    code = "import sys; from analysis import __main__ as command\n"
    code += "command.COMMANDS['lint'] = lambda args: print('\u049b') or 0; command.main(['lint'])"
    words = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\\u049b\n", "")


def test_validate_prints_a_line_a_problem_and_ends_with_1(monkeypatch, tmp_path, capsys):
    from analysis.data import tables
    from analysis.ledger import problems

    monkeypatch.setattr(tables, "check_folder", lambda folder: [f"{folder.name}: one", "two"])
    assert run("validate", tmp_path) == 1
    assert capsys.readouterr().out == f"{tmp_path.name}: one\ntwo\n"
    monkeypatch.setattr(tables, "check_folder", lambda folder: [])
    monkeypatch.setattr(problems, "claim_problems", lambda folder: ["three"])
    assert run("validate", tmp_path) == 1 and capsys.readouterr().out == "three\n"
    monkeypatch.setattr(problems, "claim_problems", lambda folder: [])
    assert run("validate", tmp_path) == 0 and run("validate") == 0


def test_validate_of_a_folder_that_is_not_there_is_a_problem(tmp_path, capsys):
    assert run("validate", tmp_path / "none") == 1
    assert "holds no document" in capsys.readouterr().out


def test_reports_passes_on_what_it_was_given(monkeypatch):
    from analysis.report import build

    seen = []
    monkeypatch.setattr(build, "write_reports", lambda *a, **b: seen.append((a, b)) or 1)
    words = ["--only", "a", "--only", "b", "c", "--param", "level=0.9", "--param", "s=x=y"]
    assert run("reports", *words, "--jobs", 3, "--language", "all", "-o", "made") == 1
    given = {"jobs": 3, "language": "all", "folder": "made"}
    assert seen == [((["a", "b", "c"], {"level": "0.9", "s": "x=y"}), given)]


def test_test_runs_library_and_notebooks_in_one_pool_on_all_cores(called):
    calls, status = called
    status[2] = 5
    assert run("test") == 0 and run("test", "--all", "--report", "made") == 5
    (words, options), (every, _) = calls
    assert words[0] == "pytest" and words[words.index("-n") + 1] == "auto"
    assert {"--nbval", str(paths.NOTEBOOKS), "src", "tests"} <= set(words) & set(every)
    assert options["env"]["TZ"] == "UTC"
    assert "-m" in words and "-m" not in every
    assert "--report" not in words and every[every.index("--report") + 1] == "made"


def test_test_leaves_out_each_marker_and_nothing_else():
    left_out = re.findall(r"not (\w+)", command.QUICK)
    ours = tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))
    markers = ours["tool"]["pytest"]["ini_options"]["markers"]
    assert left_out == [each.partition(":")[0] for each in markers]


def test_lint_looks_at_code_and_notebooks_twice(called):
    calls, status = called
    status[1] = 1
    assert run("lint") == 1
    (check, _), (form, _) = calls
    assert check[:2] == ["ruff", "check"] and form[:3] == ["ruff", "format", "--check"]
    assert {"src", "tests", "notebooks"} <= set(check) and set(check[2:]) == set(form[3:])


def test_check_does_every_step_and_names_those_that_failed(monkeypatch, capsys):
    done = {}
    for name in ("readme", "lint", "validate", "data", "test", "reports", "verify"):
        failing = name in ("validate", "test")
        step = lambda args, name=name, failing=failing: done.update({name: args}) or failing  # noqa: E731
        monkeypatch.setitem(command.COMMANDS, name, step)
    assert run("check") == 1
    assert list(done) == ["readme", "lint", "validate", "data", "reports", "verify", "test"]
    assert capsys.readouterr().err == "failed: validate, test\n"
    assert done["reports"].language == "all" and done["test"].all
    assert (paths.ROOT / done["test"].report) == paths.REPORTS


def test_clean_removes_what_was_made_and_nothing_else(monkeypatch, tmp_path):
    for name in ("PROCESSED", "REPORTS", "RAW"):
        monkeypatch.setattr(paths, name, tmp_path / name)
        (tmp_path / name).mkdir()
    assert run("clean") == 0 and [file.name for file in tmp_path.iterdir()] == ["RAW"]
    assert run("clean") == 0  # nothing there any more


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_command_in_order(number, status):
    code = (
        "import sys, time; from analysis import __main__ as command\n"
        "def lab(args):\n"
        "    try: print('ready', flush=True); time.sleep(60)\n"
        "    finally: print('cleaned', flush=True)\n"
        "command.COMMANDS['lab'] = lab; sys.exit(command.main(['lab']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == status and out == "cleaned\n" and "Traceback" not in err


def test_of_many_counts_the_calculator_shows_the_ends_and_says_how_many_lie_between(capsys):
    assert run("counts", 17, "--n", 10**12) == 0
    shown = capsys.readouterr().out
    assert "165000000000" in shown
    assert "9,999,999,999 more head-counts between the least and the greatest" in shown
    assert run("interval", 17, "--n", 10**12, "--json") == 0
    shown = capsys.readouterr()
    assert [row["count"] for row in json.loads(shown.out)] == [
        *("165000000000", "175000000000", "any of them"),
    ]
    assert "9,999,999,999 more" in shown.err
    assert run("interval", 17, "--n", 1000) == 0
    assert "more head-counts" not in capsys.readouterr().out
