"""A run that went wrong is seen, whatever way it went; nothing of it stays alive."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.report.notebook import NotebookError, check_ran, cleaned, read_notebook
from analysis.report.parameters import checked_parameters, parameter_defaults
from analysis.report.run import Run, store_outputs

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")


def notebook(*sources, parameters="n = 120"):
    """Return a notebook: a title, the parameters unless None, and a cell for each source."""
    cells = [new_markdown_cell("# Title\n\n**Question.** What?")]
    if parameters is not None:
        cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    return new_notebook(cells=[*cells, *map(new_code_cell, sources)])


ENVIRONMENT = """import os
names = ("TZ", "LC_ALL", "PYTHONHASHSEED", "COLUMNS", "OMP_NUM_THREADS")
print([os.environ.get(name) for name in names])
print([name in os.environ for name in ("LANG", "PYTHONDONTWRITEBYTECODE", "PYTHONWARNINGS")])
print(os.environ["SOURCE_DATE_EPOCH"].isdigit())"""
USERS = {
    "TZ": "Asia/Almaty",
    "LC_ALL": "kk_KZ",
    "LANG": "kk_KZ",
    "COLUMNS": "200",
    "PYTHONWARNINGS": "error",
    "PYTHONDONTWRITEBYTECODE": "1",
}

# Name: notebook, given parameters, what the failure says (None: it must go well).
CASES = {
    "good": (notebook("print(n)", "object()"), {}, None),
    "environment": (notebook(ENVIRONMENT), {}, None),
    "other": (notebook("print(n)", "object()"), {"n": "50"}, None),
    "raises": (notebook("n", "1 / 0"), {"n": 9}, r"cell 4: ZeroDivisionError: .*by zero\n.*1 / 0"),
    "exits": (notebook("import sys", "sys.exit(0)", "1"), {}, r"cell 4: SystemExit: 0"),
    "gone": (notebook("import os", "os._exit(0)"), {}, r"cell 4: its kernel died"),
    "killed": (
        notebook("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        {"n": 9},
        r"cell 3: its kernel died",
    ),
    "endless": (notebook("while True:\n    pass"), {}, r"cell 3: took longer than 3 seconds"),
    "misspelt": (notebook("n"), {"m": 1}, r"no parameter 'm' \(parameters: n\)"),
    "bare": (notebook("1", parameters=None), {}, r"one cell must have the tag 'parameters'"),
    "warns": (notebook("import warnings\nwarnings.warn('old')"), {}, r"cell 3: UserWarning: old"),
    "thread": (
        notebook(
            "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start(), t.join()"
        ),
        {},
        r"an exception in a thread\n.*ZeroDivisionError",
    ),
    "stderr": (
        notebook("import sys\nprint('oh', file=sys.stderr)"),
        {},
        r"cell 3: wrote to stderr\noh",
    ),
    "path": (notebook("import os\nprint(os.getcwd())"), {}, r"cell 3: its output names a folder"),
}


def outcome(run):
    """Return the bytes of a run, or the message of its failure."""
    try:
        run.process.wait(120)
        return run.result()
    except NotebookError as error:
        return str(error)
    finally:
        run.close()


def start(folder, name, document, given, seconds=3):
    source = folder / f"{name}.ipynb"
    nbformat.write(document, source)
    return Run(source, given, folder / "output", folder / "matplotlib", seconds)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Run all cases, two at a time, for a user with habits of his own."""
    folder, results, running = tmp_path_factory.mktemp("runs"), {}, {}
    for name, (document, given, _) in CASES.items():
        with pytest.MonkeyPatch.context() as user:
            for variable, value in USERS.items():
                user.setenv(variable, value)
            running[name] = start(folder, name, document, given)
        if len(running) == 2:
            results |= {name: outcome(run) for name, run in running.items()}
            running = {}
    return results | {name: outcome(run) for name, run in running.items()}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2]])
def test_a_run_that_went_wrong_is_a_failure_that_says_where(outcomes, name):
    said = outcomes[name]
    assert isinstance(said, str) and re.match(CASES[name][2], said, re.DOTALL), said
    assert "\x1b" not in said


def printed(executed):
    cells = json.loads(executed)["cells"]
    return [
        "".join(text)
        for cell in cells
        for output in cell.get("outputs", [])
        for text in [output.get("text") or output.get("data", {}).get("text/plain")]
    ]


def test_a_good_run_has_outputs_and_a_parameter_changes_them(outcomes):
    assert printed(outcomes["good"]) == ["120\n", "<object>"]
    assert printed(outcomes["other"]) == ["50\n", "<object>"]


def test_a_good_run_holds_no_time_no_address_and_one_newline_at_its_end(outcomes):
    text = outcomes["other"].decode()
    assert "papermill" not in json.dumps(json.loads(text)["metadata"])
    assert " at 0x" not in text and "_time" not in text
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert json.loads(text)["cells"][2]["id"] == "injected-parameters"


def test_a_run_has_the_same_environment_whatever_the_user_has_set(outcomes):
    (said,) = printed(outcomes["environment"])
    fixed = "['UTC', 'C.UTF-8', '0', '80', '1']"
    assert said.splitlines() == [fixed, "[False, False, False]", "True"]


CHILDREN = """import os, pathlib, subprocess
child = subprocess.Popen(["sleep", "600"])
pathlib.Path(os.environ["ANALYSIS_OUTPUT"]).mkdir(exist_ok=True)
new = pathlib.Path(os.environ["ANALYSIS_OUTPUT"], "new")
new.write_text(f"{os.getpid()} {child.pid}")
new.rename(new.with_name("pids"))
max(range(10**12))"""  # one long loop in C, deaf to signals


def pids(folder):
    """Return the kernel and its child, once they are there."""
    end = time.monotonic() + 60
    while not (folder / "output" / "pids").exists():
        assert time.monotonic() < end, "the kernel did not start"
        time.sleep(0.1)
    return [int(pid) for pid in (folder / "output" / "pids").read_text().split()]


def alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def ended(processes, seconds=15):
    end = time.monotonic() + seconds
    while any(alive(pid) for pid in processes) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(alive(pid) for pid in processes)


@linux
def test_closing_a_run_ends_its_kernel_and_what_the_kernel_started(tmp_path):
    run = start(tmp_path, "children", notebook(CHILDREN), {}, 600)
    processes = pids(tmp_path)
    assert all(alive(pid) for pid in processes)
    run.close()
    assert ended(processes) and not run.folder.exists()


@linux
def test_when_the_command_is_killed_everything_below_it_ends_too(tmp_path):
    nbformat.write(notebook(CHILDREN), tmp_path / "a.ipynb")
    code = (
        "import sys, pathlib; from analysis.report.run import Run; f = pathlib.Path(sys.argv[1])\n"
        "run = Run(f / 'a.ipynb', {}, f / 'output', f / 'matplotlib')\n"
        "print(run.folder, flush=True); run.process.wait()"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as command:
        private = Path(command.stdout.readline().strip())
        processes = pids(tmp_path)
        assert private.exists()
        os.kill(command.pid, signal.SIGKILL)
    assert ended(processes)
    end = time.monotonic() + 10
    while private.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not private.exists()


def test_a_document_that_says_completed_is_looked_at_all_the_same():
    document = notebook("n")
    for place, cell in enumerate(document.cells[1:], start=1):
        cell.execution_count = place
        cell.metadata["papermill"] = {"status": "completed"}
    check_ran(document)  # as it should be
    document.cells[2].execution_count = None
    with pytest.raises(NotebookError, match="cell 3: has not run"):
        check_ran(document)
    document.cells[2].execution_count = 1
    with pytest.raises(NotebookError, match="cell 3: has not run"):
        check_ran(document)


def test_a_folder_is_found_in_text_but_not_in_a_picture_or_a_longer_word():
    document = notebook()
    (cell,) = document.cells[1:]
    cell.execution_count = 1
    picture = new_output("display_data", {"image/png": "AAA/app/AAA", "text/plain": "/apple"})
    cell.outputs = [picture]
    check_ran(document, ["/app"])
    cell.outputs = [new_output("stream", text="saved in /app/data")]
    with pytest.raises(NotebookError, match="cell 2"):
        check_ran(document, ["/app"])


def test_cleaning_takes_away_what_differs_between_two_equal_runs():
    documents = [notebook("object()"), notebook("object()")]
    for place, document in enumerate(documents):
        document.metadata["papermill"] = {"start_time": f"2026-01-0{place + 1}"}
        document.metadata["language_info"] = {"name": "python", "version": f"3.1{place}.0"}
        for number, cell in enumerate(document.cells):
            cell.id = f"c{number}"
            cell.metadata["execution"] = {"iopub.execute_input": str(place)}
        text = f"<object at 0x7f00{place}>"
        document.cells[2].outputs = [new_output("display_data", {"text/plain": text})]
    assert cleaned(documents[0]) == cleaned(documents[1])
    assert b'"<object>"' in cleaned(documents[0])


def test_cells_without_an_id_get_the_same_one_each_time(tmp_path):
    old = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# T"]}]}
    file = tmp_path / "old.ipynb"
    file.write_text(json.dumps(old | {"metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    assert cleaned(read_notebook(file)) == cleaned(read_notebook(file))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', '{"cells": [{"x": 1}]}'])
def test_a_file_that_is_no_notebook_is_refused_in_one_line(tmp_path, text):
    (tmp_path / "a.ipynb").write_text(text)
    with pytest.raises(NotebookError, match="not a notebook"):
        read_notebook(tmp_path / "a.ipynb")


DEFAULTS = {"level": 0.95, "n": 120, "code": "1", "exact": False, "population": None}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("level", "0.9", 0.9),
        ("level", "1", 1.0),
        ("level", 1, 1.0),
        ("level", "1e-3", 0.001),
        ("n", "50", 50),
        ("code", "007", "007"),
        ("code", "true", "true"),
        ("exact", "true", True),
        ("exact", "False", False),
        ("population", "2694", 2694),
        ("population", "None", None),
        ("population", "half", "half"),
    ],
)
def test_a_value_takes_the_type_of_its_default(name, given, expected):
    (value,) = checked_parameters(DEFAULTS, {name: given}).values()
    assert value == expected and type(value) is type(expected)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("level", "0,9"),
        ("level", "nan"),
        ("level", "high"),
        ("level", float("inf")),
        ("n", "50.5"),
        ("n", True),
        ("n", "５０"),
        ("code", 7),
        ("exact", "yes"),
        ("exact", 1),
        ("population", [1]),
        ("levels", "0.9"),
        ("n=1;import os#", "1"),
    ],
)
def test_a_value_of_another_type_or_for_an_unknown_name_is_refused(name, given):
    with pytest.raises(ValueError, match="parameter"):
        checked_parameters(DEFAULTS, {name: given})


@pytest.mark.parametrize("source", ["n = f()", "import os", "a.b = 1", "n = 1 +", "a, b = 1, 2"])
def test_a_parameters_cell_that_holds_more_than_literals_is_refused(source):
    with pytest.raises(ValueError, match="may only hold"):
        parameter_defaults(notebook(parameters=source))


def test_two_cells_tagged_parameters_are_one_too_many():
    document = notebook("m = 1")
    document.cells[2].metadata["tags"] = ["parameters"]
    with pytest.raises(ValueError, match="2 have it"):
        parameter_defaults(document)


def test_storing_keeps_outputs_and_a_notebook_that_fails_keeps_what_it_had(tmp_path, capsys):
    nbformat.write(notebook("n + 1"), tmp_path / "a.ipynb")
    nbformat.write(notebook("1", parameters=None), tmp_path / "b.ipynb")
    before = (tmp_path / "b.ipynb").read_bytes()
    assert store_outputs(["a", "b"], tmp_path) == 1
    assert printed((tmp_path / "a.ipynb").read_bytes()) == ["121"]
    assert (tmp_path / "b.ipynb").read_bytes() == before
    assert "b failed: one cell must have the tag" in capsys.readouterr().err
