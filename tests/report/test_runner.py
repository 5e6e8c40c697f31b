"""A run that went wrong is seen, whatever way it went; nothing of it stays alive."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import failures, paths
from analysis.report import kernels, temporary
from analysis.report.notebook import NotebookError, check_ran, cleaned, read_notebook
from analysis.report.parameters import checked_parameters, parameter_defaults
from analysis.report.runner import Task, executed, run_notebook
from analysis.report.stored import store_outputs

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
METHOD = """from analysis.inference import proportion_interval
for _ in range(3):
    proportion_interval(2, 90, method="wald")
print("went on")"""
TASK = """import asyncio
async def tide():
    1 / 0
task = asyncio.get_event_loop().create_task(tide())"""
FINALIZER = "weakref.finalize(tide, lambda: 1 / 0) and None"
POOL = "import time\nfrom concurrent.futures import ThreadPoolExecutor"
OUTSIDE = {  # in the folder of the notebook, where `mine` is not and `a.ipynb` might be
    "creates": "os.close(os.open('mine', os.O_CREAT))",
    "truncates": "os.close(os.open('mine', os.O_TRUNC))",
    "unlinks": "os.unlink('mine', dir_fd=os.open('.', os.O_RDONLY))",
    "makes a pipe": "os.mkfifo('mine')",
    "makes a node": "os.mknod('mine')",
    "makes a database": "import sqlite3\nsqlite3.connect('mine')",
    "changes a mode": "os.chmod('mine', 0)",
    "changes an owner": "os.chown('mine', 0, 0)",
    "changes a time": "os.utime('mine', (1, 1))",
}
HIDES = (
    *("%%script env bash\nfalse\ntrue", "%%script --out o bash\nfalse\ntrue"),
    *("%%script dash\nfalse\ntrue", "%%!\nfalse\ntrue", "%%sx\nfalse\ntrue"),
    *("!false | cat", "!false; true"),
)
SHARED = "open('/dev/shm/made-by-a-notebook', 'w')"
LIMIT = """import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))
rain = [bytearray(1 << 28) for _ in range(99)]"""
TEMPORARY = """import os, sqlite3, tempfile
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "a"), "w") as file:
        file.write("a")
    os.rename(os.path.join(folder, "a"), os.path.join(folder, "b"))
    os.mkfifo(os.path.join(folder, "c"))
    sqlite3.connect(os.path.join(folder, "d")).close()
sqlite3.connect(":memory:").close()
open("/dev/null", "w").close()
os.makedirs(os.environ["ANALYSIS_OUTPUT"] + "/figures")"""
CASES = {
    "good": (notebook("print(n)", "object()"), {}, None),
    "environment": (notebook(ENVIRONMENT), {}, None),
    "other": (notebook("print(n)", "object()"), {"n": "50"}, None),
    "raises": (notebook("n", "1 / 0"), {"n": 9}, r"cell 4: ZeroDivisionError: .*by zero\n.*1 / 0"),
    "raises a group": (
        notebook("n\nraise ExceptionGroup('tide', [ValueError('low')])"),
        {},
        r"cell 3: ExceptionGroup: tide \(1 sub-exception\)\n.*Traceback.*ValueError: low",
    ),
    "raises half a letter": (
        notebook("raise ValueError('low \\ud800')"),
        {},
        r"cell 3: ValueError: low \\ud800\n.*Traceback",
    ),
    "unknown magic": (
        notebook("n", "%%nomagic\n1"),
        {},
        r"cell 4: UsageError: Cell magic `%%nomagic` not found",
    ),
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
    "method": (notebook(METHOD), {}, ""),
    "warns": (notebook("import warnings\nwarnings.warn('old')"), {}, r"cell 3: UserWarning: old"),
    "thread": (
        notebook(
            "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start(), t.join()"
        ),
        {},
        r"cell 3: an exception in a thread\n.*ZeroDivisionError",
    ),
    "timer": (
        notebook("import threading\nthreading.Timer(0.3, lambda: 1 / 0).start()", "n", "n + 1"),
        {"n": 9},
        r"cell 3: an exception in a thread\n.*ZeroDivisionError",
    ),
    "event": (
        notebook("get_ipython().events.register('pre_run_cell', lambda info: 1 / 0)", "n"),
        {},
        r"cell 4: ZeroDivisionError",
    ),
    "loop": (
        notebook("import asyncio\nasyncio.get_event_loop().call_later(0.1, lambda: 1 / 0)"),
        {},
        r"cell 3: asyncio: Exception in callback.*ZeroDivisionError",
    ),
    "task": (notebook(TASK, "n"), {}, r"cell 3: asyncio: .*ZeroDivisionError"),
    "tasks": (
        notebook(f"{TASK.replace('task =', 'tasks = [')}]", "n"),
        {},
        r"cell 3: asyncio: .*ZeroDivisionError",
    ),
    "gathered": (
        notebook(f"{TASK}\nawait asyncio.gather(task, return_exceptions=True) and None"),
        {},
        None,
    ),
    "finalizer": (
        notebook("import weakref\nclass Tide: ...\ntide = Tide()", FINALIZER),
        {},
        r"cell 4: an exception at exit\n.*ZeroDivisionError",
    ),
    "pool": (
        notebook(f"{POOL}\nThreadPoolExecutor(1).submit(time.sleep, 60) and None"),
        {},
        r"cell 3: still at work 3 seconds after the last cell: <Future",
    ),
    "good pool": (
        notebook(f"{POOL}\nThreadPoolExecutor(1).submit(time.sleep, 1) and None"),
        {},
        None,
    ),
    "at exit": (
        notebook("import atexit\natexit.register(lambda: 1 / 0)", "n"),
        {},
        r"cell 3: an exception at exit\n.*ZeroDivisionError",
    ),
    "deleted": (
        notebook("class Tide:\n    def __del__(self):\n        1 / 0", "Tide() and None"),
        {},
        r"cell 3: an exception that is ignored\n.*ZeroDivisionError",
    ),
    "shell": (notebook("!echo a\n!false\n!true"), {}, r"cell 3: CalledProcessError.*status 1"),
    "shell's words": (notebook("words = !echo a; false"), {}, r"cell 3: CalledProcessError"),
    "bash": (notebook("1", "%%bash\nfalse\ntrue"), {}, r"cell 4: CalledProcessError"),
    "pipe": (notebook("%%script bash\nfalse | cat"), {}, r"cell 3: CalledProcessError"),
    "sh": (notebook("%%sh\nfalse\ntrue"), {}, r"cell 3: CalledProcessError"),
    **{f"script {code!r}": (notebook(code), {}, r"cell 3: CalledProcessError") for code in HIDES},
    **{
        f"bash {option}": (notebook(f"%%bash {option}\nfalse"), {}, r"cell 3: ValueError: --bg and")
        for option in ("--bg", "--no-raise-error")
    },
    "good pipe": (notebook("!echo a | cat; true", "%%script --out told dash\necho a"), {}, None),
    "good bash": (notebook("%%bash\ntrue | cat\necho a"), {}, None),
    "memory": (notebook("len(bytearray(1 << 60))"), {}, r"cell 3: MemoryError"),
    "limit": (notebook(LIMIT), {}, r"cell 3: MemoryError"),
    "segment": (notebook("import ctypes\nctypes.string_at(0)"), {}, r"cell 3: its kernel died"),
    "leaves": (notebook("n", "exit()"), {}, r"cell 4: SystemExit"),
    "gone later": (
        notebook("import os, threading\nthreading.Timer(0.2, lambda: os._exit(0)).start()"),
        {},
        r"cell 3: its end, after the last cell: its kernel died",
    ),
    "never done": (
        notebook("import threading, time\nthreading.Thread(target=time.sleep, args=[60]).start()"),
        {},
        r"cell 3: still at work 3 seconds after the last cell: <Thread",
    ),
    "outside": (
        notebook(f"n\nopen({str(paths.ROOT / 'made.txt')!r}, 'w')"),
        {},
        r"cell 3: PermissionError: .*a notebook writes with write_figure, .*made\.txt",
    ),
    "at home": (
        notebook("import pathlib\n(pathlib.Path.home() / 'made-by-a-notebook').mkdir()"),
        {},
        r"cell 3: PermissionError: .*made-by-a-notebook",
    ),
    **{
        name: (notebook(f"n\nimport os\n{code}"), {}, r"cell 3: PermissionError: .*mine'")
        for name, code in OUTSIDE.items()
    },
    "shared memory": (notebook(SHARED), {}, r"cell 3: PermissionError: .*/dev/shm/made"),
    "beside itself": (
        notebook("import os\nos.rename('other.ipynb', 'mine.ipynb')"),
        {},
        r"cell 3: PermissionError: .*mine\.ipynb",
    ),
    "temporary": (notebook(TEMPORARY), {}, None),
    "stderr": (
        notebook("import sys\nprint('oh', file=sys.stderr)"),
        {},
        r"cell 3: wrote to stderr\noh",
    ),
    "cleared": (
        notebook(
            "import logging\nfrom IPython.display import clear_output\n"
            "logging.error('low tide')\nclear_output()",
            "n",
        ),
        {"n": 9},
        r"cell 3: wrote to stderr\nERROR:root:low tide",
    ),
    "broken notes": (
        notebook(
            "import os\nopen(os.environ['ANALYSIS_RUN'] + '/faults.txt', 'w').write('x')", "n"
        ),
        {},
        r"cell 3: faults\.txt of its run is broken: Expecting value",
    ),
    "folder of notes": (
        notebook("import os\nos.mkdir(os.environ['ANALYSIS_RUN'] + '/faults.txt')"),
        {},
        r"cell 3: faults\.txt of its run is broken: .*directory",
    ),
    "no environment": (notebook("import os\nos.environ.clear()", "n"), {}, None),
    "no folder": (
        notebook("n", "import os, shutil\nshutil.rmtree(os.environ['ANALYSIS_RUN'])"),
        {},
        r"cell 4: what it read cannot be told",
    ),
    "no stream": (
        notebook("import sys\nsys.stdout = None\nprint(1)", "n"),
        {},
        r"cell 3: sys\.stdout was set to None",
    ),
    "shuts down": (
        notebook("n", "get_ipython().kernel.do_shutdown(False)"),
        {},
        r"cell 4: the kernel was told to shut down",
    ),
    "path": (notebook("import os\nprint(os.getcwd())"), {}, r"cell 3: its output names a folder"),
}


def start(folder, name, document, given, seconds=3):
    """Return what a run makes of a notebook, or the message of its failure."""
    source = folder / f"{name}.ipynb"
    nbformat.write(document, source)
    try:
        return executed(source, given, seconds=seconds).notebook
    except NotebookError as error:
        return str(error)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Run all cases, four at a time, for a user with habits of his own."""
    folder = tmp_path_factory.mktemp("runs")
    with pytest.MonkeyPatch.context() as user, ThreadPoolExecutor(4) as threads:
        for variable, value in USERS.items():
            user.setenv(variable, value)
        running = {
            name: threads.submit(start, folder, name, document, given)
            for name, (document, given, _) in CASES.items()
        }
        return {name: each.result() for name, each in running.items()}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2]])
def test_a_run_that_went_wrong_is_a_failure_that_says_where(outcomes, name):
    said = outcomes[name]
    assert isinstance(said, str) and re.match(CASES[name][2], said, re.DOTALL), said
    assert "\x1b" not in said


def test_a_cell_that_prints_without_an_end_is_stopped(tmp_path):
    document = notebook("n", "while True:\n    print('a' * 1000)")
    said = start(tmp_path, "floods", document, {}, seconds=60)
    assert re.match(r"cell 4: (MemoryError: )?its output is larger than 100 MB", said), said


def test_a_method_that_is_not_valid_is_said_once_and_the_notebook_goes_on(tmp_path):
    source = tmp_path / "method.ipynb"
    nbformat.write(notebook(METHOD), source)
    made = executed(source, seconds=30)
    assert made.trace["warned"] == [
        "wald: not valid for 2 of 90, fewer than 5 on one side; use wilson"
    ]
    assert printed(made.notebook) == ["went on\n"]


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


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2] is None])
def test_a_run_without_a_fault_goes_well(outcomes, name):
    assert isinstance(outcomes[name], bytes), outcomes[name]


def test_what_a_notebook_may_not_write_is_not_there_afterwards(outcomes):
    assert outcomes["outside"] and not (paths.ROOT / "made.txt").exists()
    assert outcomes["at home"] and not (Path.home() / "made-by-a-notebook").exists()


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
new = pathlib.Path(os.environ["MARK"])
new.write_text(f"{os.getpid()} {os.getppid()} {child.pid} {os.environ['ANALYSIS_RUN']}")
new.rename(new.with_name("pids"))
max(range(10**12))"""  # one long loop in C, deaf to signals


def with_children(folder):
    """Return a notebook that starts a child, in a folder of its own: beside it nothing is made."""
    (folder / "below").mkdir()
    nbformat.write(notebook(CHILDREN), folder / "below" / "a.ipynb")
    return folder / "below" / "a.ipynb"


def pids(folder):
    """Return the processes of a run and its private folder, once they are there."""
    end = time.monotonic() + 60
    while not (folder / "pids").exists():
        assert time.monotonic() < end, "the kernel did not start"
        time.sleep(0.1)
    *found, private = (folder / "pids").read_text().split()
    return [int(pid) for pid in found], Path(private)


def alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def until(said, seconds=15):
    """Wait until something holds, and say whether it does."""
    end = time.monotonic() + seconds
    while not said() and time.monotonic() < end:
        time.sleep(0.1)
    return said()


def ended(processes):
    return until(lambda: not any(alive(pid) for pid in processes))


@linux
def test_ending_all_runs_ends_each_kernel_and_what_it_started(tmp_path):
    given = {"more": {"MARK": str(tmp_path / "new")}, "seconds": 600}
    with ThreadPoolExecutor(1) as threads:
        run = threads.submit(executed, with_children(tmp_path), **given)
        processes, private = pids(tmp_path)
        assert all(alive(pid) for pid in processes)
        kernels.kill_all()
        with pytest.raises(NotebookError, match="its kernel died"):
            run.result()
    assert ended(processes) and not private.exists()


KILLED = {
    "the command": "os.kill(os.getpid(), 9)",
    "the fork server": "os.kill(forkserver._forkserver._forkserver_pid, 9); time.sleep(9)",
    "the guard": "os.kill(guard, 9); time.sleep(9)",
}


@linux
@pytest.mark.parametrize("who", KILLED)
def test_when_a_process_is_killed_everything_below_it_ends_too(tmp_path, who):
    with_children(tmp_path)
    code = f"""import os, pathlib, sys, threading, time
from multiprocessing import forkserver
from analysis.report.runner import executed
place = pathlib.Path(sys.argv[1])
more = {{"MARK": str(place / "new")}}
run = threading.Thread(target=executed, args=(place / "below" / "a.ipynb",), kwargs=dict(more=more))
run.start()
while not (place / "pids").exists(): time.sleep(0.1)
guard = int((place / "pids").read_text().split()[1])
time.sleep(0.5)
{KILLED[who]}"""
    words = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as command:
        (kernel, guard, child), private = pids(tmp_path)
        left = [kernel, guard] if who == "the guard" else [kernel, guard, child]
        assert ended(left)
        command.kill()
    if alive(child):  # nobody is left who knows of it
        os.kill(child, signal.SIGKILL)
    assert who == "the guard" or until(lambda: not private.exists())
    temporary.sweep()
    assert not private.exists()


LEAVES = """import os, random, sys, warnings, decimal
import matplotlib, numpy, pandas
from matplotlib import pyplot
left = [
    "mine" in globals(), matplotlib.rcParams["font.size"], os.getcwd().count("elsewhere"),
    "MINE" in os.environ, pandas.get_option("display.max_rows"), "mine" in sys.path,
    len(pyplot.get_fignums()), random.random() == 0.13436424411240122,
    numpy.random.random() == 0.13436424411240122, len(warnings.filters),
]
print(left)"""
SPOILS = """mine = 1
matplotlib.rcParams["font.size"] = 3
os.chdir(__import__("tempfile").mkdtemp("elsewhere"))
os.environ["MINE"] = "1"; pandas.set_option("display.max_rows", 7); sys.path.append("mine")
pyplot.figure(); random.seed(1); numpy.random.seed(1)
warnings.filterwarnings("ignore", "mine"); pyplot.close"""


def test_nothing_of_a_run_reaches_the_next_one_in_another_language_or_notebook(tmp_path):
    source = tmp_path / "a.ipynb"
    nbformat.write(notebook(LEAVES, SPOILS + ";"), source)
    both = run_notebook(Task(str(source), {}, ("en", "kk")))
    other = executed(source)
    fresh = printed(other.notebook)[0]
    assert fresh.startswith("[False, 10.0, 0, False, 60, False, 0, False, False, ")
    assert [printed(each.notebook)[0] for each in both.values()] == [fresh, fresh]


def test_a_fresh_kernel_without_a_fork_server_gives_the_same(tmp_path, monkeypatch):
    source = tmp_path / "a.ipynb"
    cells = ("n + 1", "import os\nprint(os.environ['TZ'], 'MPLBACKEND' in os.environ)", "!echo a")
    nbformat.write(notebook(*cells, "import pandas\npandas.DataFrame({'a': [1.5]})"), source)
    forked = executed(source)
    monkeypatch.setattr(kernels.Session.__init__, "__defaults__", (".", None, False))
    afresh = executed(source)
    assert afresh.notebook == forked.notebook
    assert set(afresh.trace) == set(forked.trace)


def test_a_trace_names_what_was_read_and_not_what_was_written(tmp_path):
    (tmp_path / "mine.csv").write_text("a\n1\n")
    made = "pathlib.Path(os.environ['ANALYSIS_OUTPUT'])"
    cells = (
        "import pandas\npandas.read_csv('mine.csv')",
        f"import os, pathlib\n{made}.mkdir()\n({made} / 'made.txt').write_text('a').bit_count()",
        "import os\nos.listdir('.')",
        "from analysis import possible_counts\nlist(possible_counts('45', 40))",
    )
    nbformat.write(notebook(*cells), tmp_path / "a.ipynb")
    trace = executed(tmp_path / "a.ipynb").trace
    assert str(tmp_path / "mine.csv") in trace["read"]
    assert not [file for file in trace["read"] if file.endswith("made.txt")]
    assert str(paths.CODE / "counts" / "head_counts.py") in trace["modules"]
    assert str(paths.CODE / "report" / "build.py") not in trace["modules"]


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


DEFAULTS = {"share": 0.95, "n": 120, "code": "1", "exact": False, "whole": None}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("share", "0.9", 0.9),
        ("share", "1", 1.0),
        ("share", 1, 1.0),
        ("share", "1e-3", 0.001),
        ("n", "50", 50),
        ("code", "007", "007"),
        ("code", "true", "true"),
        ("exact", "true", True),
        ("exact", "False", False),
        ("whole", "2694", 2694),
        ("whole", "None", None),
        ("whole", "half", "half"),
    ],
)
def test_a_value_takes_the_type_of_its_default(name, given, expected):
    (value,) = checked_parameters(DEFAULTS, {name: given}).values()
    assert value == expected and type(value) is type(expected)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("share", "0,9"),
        ("share", "nan"),
        ("share", "high"),
        ("share", float("inf")),
        ("n", "50.5"),
        ("n", True),
        ("n", "５０"),
        ("code", 7),
        ("exact", "yes"),
        ("exact", 1),
        ("whole", [1]),
        ("shares", "0.9"),
        ("n=1;import os#", "1"),
    ],
)
def test_a_value_of_another_type_or_for_an_unknown_name_is_refused(name, given):
    with pytest.raises(ValueError, match="parameter"):
        checked_parameters(DEFAULTS, {name: given})


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("level", "1.5", r"parameter level: 1\.5 is not .*from 0 to 1.*the nearest is 0\.99$"),
        ("level", "95.0", r"95\.0 is not .*the nearest is 0\.95$"),
        ("n", "0", r"parameter n: 0 is not a number from 1 to 1,000,000; the nearest is 1$"),
        ("n", "-5", r"the nearest is 1$"),
        (
            "rounding",
            "foo",
            r"rounding: 'foo' is not one of half-up, .*; the nearest is ",
        ),
        ("rounding", "halfup", r"the nearest is half-up$"),
        ("method", "clopper", r"the nearest is clopper-pearson$"),
        ("population", "half", r"'half' is not a number from 1"),
    ],
)
def test_a_value_that_no_notebook_could_use_is_refused_with_the_nearest(name, given, said):
    defaults = {"level": 0.9, "n": 7, "rounding": "half-up", "method": "wilson", "population": None}
    with pytest.raises(ValueError, match=said) as refused:
        checked_parameters(defaults, {name: given})
    assert "\n" not in str(refused.value)


def test_every_default_of_the_notebooks_is_allowed():
    for file in paths.NOTEBOOKS.glob("*.ipynb"):
        defaults = parameter_defaults(read_notebook(file))
        assert checked_parameters(defaults, defaults) == defaults, file.name


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


def test_a_cell_that_fails_is_one_line_and_its_traceback_is_shown_with_debug(tmp_path, capsys):
    nbformat.write(notebook("n", "[][1]"), tmp_path / "a.ipynb")
    assert store_outputs(["a"], tmp_path) == 1
    said = capsys.readouterr().err
    assert said.startswith("a failed: cell 4: IndexError: list index out of range (the same")
    assert said.count("\n") == 1
    failures.show_all(True)
    try:
        assert store_outputs(["a"], tmp_path) == 1
    finally:
        failures.show_all(False)
    assert "Traceback" in capsys.readouterr().err
