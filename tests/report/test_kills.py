"""Whatever is killed at whatever moment: no process stays, the next run makes the same bytes."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import paths
from analysis.report.temporary import PREFIX, sweep

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
KINDS = ("the command", "the fork server", "a guard", "a kernel")
ROUNDS = int(os.environ.get("KILLS", "2"))  # of each kind
COMMAND = """import sys
from analysis.report import build
build.write_pages = lambda *given: None
print(build.write_reports(folder=sys.argv[1], notebooks=sys.argv[2]))"""
DRAWS = """import os, pathlib, subprocess, time
place = pathlib.Path(os.environ["ANALYSIS_OUTPUT"], "tables")
place.mkdir(parents=True, exist_ok=True)
child = subprocess.Popen(["sleep", "600"])
for part in range(3):
    time.sleep(0.1)
    (place / f"{name}.csv").write_text(f"part\\n{part}\\n")
child.kill(), child.wait()
name"""


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """Return a folder of notebooks that take a moment and have a child of their own."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name in ("one", "two", "three"):
        cells = [new_markdown_cell(f"# {name}", id="a")]
        cells.append(new_code_cell(f'name = "{name}"', metadata={"tags": ["parameters"]}, id="b"))
        cells.append(new_code_cell(DRAWS, id="c"))
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


def start(folder, notebooks, mark):
    """Start a run whose processes, and theirs, can be told by a mark in their environment."""
    words = [sys.executable, "-c", COMMAND, str(folder), str(notebooks)]
    return subprocess.Popen(
        words,
        env={**os.environ, "KILLED": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def marked(mark):
    """Return (pid, parent) of each process with a mark in its first environment."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"KILLED={mark}\0".encode() in (place / "environ").read_bytes():
                status = dict(
                    line.split(":\t", 1) for line in (place / "status").read_text().splitlines()
                )
                if not status["State"].startswith("Z"):
                    found[int(place.name)] = int(status["PPid"])
        except (OSError, ValueError, KeyError):
            continue
    return found


def victim(kind, command, mark):
    """Return a process of a kind, or None while there is none."""
    parents = marked(mark)
    servers = [
        pid
        for pid, parent in parents.items()
        if parent == command and b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    guards = [pid for pid, parent in parents.items() if parent in servers]
    kernels = [pid for pid, parent in parents.items() if parent in guards]
    of_kind = dict(zip(KINDS, ([command], servers, guards, kernels), strict=True))[kind]
    return of_kind[0] if of_kind else None


def contents(folder):
    """Return every file of a report, without the folder that is only of use to the next run."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".build" not in file.parts
    }


def nobody_left(mark, seconds=20):
    """Say whether all processes with a mark end within some seconds."""
    end = time.monotonic() + seconds
    while marked(mark) and time.monotonic() < end:
        time.sleep(0.1)
    return not marked(mark)


def folders_of(process):
    """Return the temporary folders of a process."""
    places = {Path(tempfile.gettempdir()), Path("/tmp")}
    return [folder for place in places for folder in place.glob(f"{PREFIX}{process}-*")]


def test_a_folder_says_from_its_first_moment_whose_it_is_and_goes_with_the_next_sweep():
    code = "from analysis.report import temporary as t; import os, multiprocessing.util as u; "
    code += "t.keep_sockets(); t.new_folder(); print(u.get_temp_dir(), flush=True); os._exit(0)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    place, _ = process.communicate()
    assert len(folders_of(process.pid)) == 2 and Path(place.strip()) in folders_of(process.pid)
    sweep()
    assert not folders_of(process.pid)


@pytest.fixture(scope="module")
def undisturbed(notebooks, tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    assert start(folder, notebooks, "none").wait() == 0
    return contents(folder)


@pytest.mark.elsewhere
@pytest.mark.parametrize("kind", KINDS)
def test_after_a_kill_nothing_stays_and_the_next_run_makes_the_same(
    kind, notebooks, undisturbed, tmp_path
):
    moments = random.Random(kind)
    killed = 0
    for number in range(ROUNDS):
        folder, mark = tmp_path / f"report-{number}", f"{kind}-{number}-{os.getpid()}"
        run = start(folder, notebooks, mark)
        time.sleep(moments.uniform(0.2, 3))
        while run.poll() is None and not (found := victim(kind, run.pid, mark)):
            time.sleep(0.02)
        if run.poll() is None:
            killed += 1
            os.kill(found, signal.SIGKILL)
        run.wait(60)
        left = {
            pid for pid in marked(mark) if b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes()
        }
        if kind == "a guard":  # who alone knew of what its kernel had started
            for pid in left:
                os.kill(pid, signal.SIGKILL)
        assert nobody_left(mark)
        again = start(folder, notebooks, mark)
        assert again.wait(120) == 0 and contents(folder) == undisturbed
        assert nobody_left(mark)
    assert killed
    assert not [*folders_of(run.pid), *folders_of(again.pid)]


@pytest.mark.elsewhere
def test_site_and_pdf_limits_and_full_disks_too():
    words = [sys.executable, str(paths.ROOT / "benchmarks" / "interruption.py")]
    words += ["--kills", "2", "--set-up", "0", "--limits", "65536", "--disks", "2m"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    tried = ["run", "site and PDF", "size of files"]
    tried += [] if os.geteuid() else ["full disk", "full temporary"]
    for kind in tried:
        assert f"{kind:>16}      1" in done.stdout
