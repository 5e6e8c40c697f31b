"""Notebooks run on workers of a Dask scheduler and in a pool of processes, with the same bytes."""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import paths
from analysis.report import elsewhere, kernels
from analysis.report.build import run_all
from analysis.report.inputs import Digests, changes, inputs_of
from analysis.report.runner import Task, run_notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks for signals of Linux")
DASK = [sys.executable, "-m", "dask"]
QUIET = ["--no-dashboard"]
READS = "from analysis import paths\nlen((paths.ROOT / 'pyproject.toml').read_text())"
WRITES = """import os, pathlib
file = pathlib.Path(os.environ["ANALYSIS_OUTPUT"], "tables", f"rain-{n}.csv")
file.parent.mkdir(parents=True)
_ = file.write_text(f"mm\\n{n}\\n")"""
# Ends the process that runs the notebook: at most so many times, which a folder counts.
ENDS = """import os, pathlib, re, signal
times = pathlib.Path({folder!r})
if len(list(times.iterdir())) < {most}:
    (times / str(len(list(times.iterdir())))).touch()
    parent = os.getppid()
    while "multiprocessing.spawn" not in pathlib.Path(f"/proc/{{parent}}/cmdline").read_text():
        stat = pathlib.Path(f"/proc/{{parent}}/stat").read_text()
        parent = int(stat.rpartition(")")[2].split()[1])
    os.kill(parent, signal.SIGKILL)
    signal.pause()"""


def write(folder, name, source, parameters="n = 12"):
    cells = [
        new_markdown_cell("# Rain\n\n**Question.** How much?", id="a"),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="b"),
        new_code_cell(source, id="c"),
    ]
    nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return Task(str(folder / f"{name}.ipynb"))


def tasks_in(folder):
    return {"reads": write(folder, "reads", READS), "writes": write(folder, "writes", WRITES)}


def started(*words, **variables):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command, alone = [*DASK, *map(str, words), *QUIET], {"start_new_session": True}
    return subprocess.Popen(command, env=os.environ | variables, **quiet, **alone)


def end(process):
    """End a process of Dask; a nanny that is just starting a worker hears it no more than once."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Return the address of a scheduler with two workers: a daemonic one, and one that may fork."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    there = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", file]
    running = [started("scheduler", *there, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1")]
    try:
        for daemonic in ("True", "False"):
            words = ["worker", "--scheduler-file", file, "--nthreads", "1"]
            where = ["--local-directory", folder / daemonic]
            running.append(started(*words, *where, DASK_DISTRIBUTED__WORKER__DAEMON=daemonic))
        yield address_in(file)
    finally:
        for process in reversed(running):
            end(process)


def address_in(file):
    for _ in range(600):
        if file.exists() and file.read_text().endswith("}"):
            return json.loads(file.read_text())["address"]
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def results(tasks, executor=None):
    return {name: made["en"] for name, made in run_all(tasks, 2, executor)}


def same(one, other):
    return one.notebook == other.notebook and one.files == other.files


def test_two_workers_give_the_bytes_and_the_inputs_of_a_run_here(cluster, tmp_path):
    tasks = tasks_in(tmp_path)
    here = results(tasks)
    with elsewhere.scheduler(cluster) as executor:
        executor._client.wait_for_workers(2, timeout=120)
        there = results(tasks, executor)
    assert all(same(here[name], there[name]) for name in tasks)
    assert list(there["writes"].files) == ["tables/rain-12.csv"]
    source = Path(tasks["reads"].source)
    inputs = inputs_of(source, {}, there["reads"].trace, Digests(), "en")
    assert {"pyproject.toml", "src/analysis/paths.py"} <= set(inputs["files"])
    assert all(not place.startswith(str(paths.ROOT)) for place in there["reads"].trace["modules"])
    assert changes(inputs, source, {}, Digests(), "en") == []


def folders_in(folder):
    """Return where notebooks may write, and where they lie."""
    made = folder / "times", folder / "notebooks"
    for each in made:
        each.mkdir()
    return made


def test_the_notebook_of_a_worker_that_dies_is_run_by_another(cluster, tmp_path):
    times, notebooks = folders_in(tmp_path)
    once = write(notebooks, "once", ENDS.format(folder=str(times), most=1))
    with elsewhere.scheduler(cluster) as executor:
        made = results({"once": once}, executor)["once"]
    assert not isinstance(made, str) and len(list(times.iterdir())) == 1


def test_a_notebook_that_ends_its_workers_fails_and_the_others_are_kept(cluster, tmp_path):
    times, notebooks = folders_in(tmp_path)
    always = ENDS.format(folder=str(times), most=9)
    tasks = {"always": write(notebooks, "always", always)}
    tasks |= {"reads": write(notebooks, "reads", READS)}
    with elsewhere.scheduler(cluster) as executor:
        made = results(tasks, executor)
    assert "worker was lost" in made["always"] and "KilledWorker" in made["always"]
    assert not isinstance(made["reads"], str)


def test_a_scheduler_that_is_not_there_is_one_line_within_seconds(monkeypatch):
    monkeypatch.setattr(elsewhere, "SECONDS", 1)
    with (
        pytest.raises(ConnectionError, match=r"^no Dask scheduler answers at tcp://127.0.0.1:9$"),
        elsewhere.scheduler("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize("part", ["code", "data", "requirements.lock", "Python", "notebook"])
def test_a_worker_whose_checkout_differs_refuses_and_says_in_what(tmp_path, part):
    task = write(tmp_path, "reads", READS)
    said = elsewhere.run_there(task, elsewhere.checkout(task) | {part: "another"})["en"]
    assert said.startswith("refused by the worker in ") and said.endswith(f"has another {part}")


def test_a_worker_that_is_older_than_its_code_refuses(tmp_path, monkeypatch):
    task = write(tmp_path, "reads", READS)
    monkeypatch.setattr(elsewhere, "_code_at_start", lambda: "of yesterday")
    said = elsewhere.run_there(task, elsewhere.checkout(task))["en"]
    assert "older than its code" in said


def test_the_digests_of_a_checkout_see_code_data_and_notebook(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "CODE", tmp_path / "code")
    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    for name in ("code", "raw"):
        (tmp_path / name / "part").mkdir(parents=True)
    task = write(tmp_path, "reads", READS)
    seen = [elsewhere.checkout(task)]
    for file in ("code/part/a.py", "raw/part/a.csv", "reads.ipynb"):
        with (tmp_path / file).open("a", encoding="utf-8") as handle:
            handle.write("\n")
        seen.append(elsewhere.checkout(task))
    changed = [
        [name for name in now if now[name] != before[name]]
        for before, now in itertools.pairwise(seen)
    ]
    assert changed == [["code"], ["data"], ["notebook"]]


def test_an_executor_that_is_lost_is_the_failure_of_each_notebook(tmp_path):
    lost = Future()
    lost.set_exception(ModuleNotFoundError("No module named 'analysis'"))
    cancelled = Future()
    cancelled.cancel()
    cancelled.set_running_or_notify_cancel()
    task = write(tmp_path, "reads", READS)
    assert "No module named 'analysis'" in elsewhere.result(lost, task)["en"]
    assert elsewhere.result(cancelled, task) == {"en": "the scheduler was lost before it ended"}


def test_any_executor_will_do_and_is_left_open(tmp_path):
    tasks = tasks_in(tmp_path)
    with ThreadPoolExecutor(1) as executor:
        there = results(tasks, executor)
        assert executor.submit(int, "3").result() == 3
    assert all(same(made, run_notebook(tasks[name])["en"]) for name, made in there.items())


POOL = """
import multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor
from analysis.report.build import run_all
from analysis.report.runner import Task
if __name__ == "__main__":
    tasks = {source: Task(source) for source in sys.argv[2:]}
    here = dict(run_all(tasks))
    with ProcessPoolExecutor(2, multiprocessing.get_context(sys.argv[1])) as pool:
        there = dict(run_all(tasks, executor=pool))
    for source in tasks:
        one, other = here[source]["en"], there[source]["en"]
        assert not isinstance(other, str), other
        assert (one.notebook, one.files) == (other.notebook, other.files)
    print("the same")
"""


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_pool_of_processes_gives_the_same_bytes_also_after_a_run_here(tmp_path, start):
    script = tmp_path / "pool.py"
    script.write_text(POOL)
    sources = [task.source for task in tasks_in(tmp_path).values()]
    words = [sys.executable, script, start, *sources]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert ran.stdout == "the same\n", ran.stderr


def test_a_daemonic_process_starts_its_kernels_afresh(monkeypatch):
    assert kernels.Session().fork == kernels.CAN_FORK
    daemon = SimpleNamespace(daemon=True)
    monkeypatch.setattr(kernels.multiprocessing, "current_process", lambda: daemon)
    assert not kernels.Session().fork
