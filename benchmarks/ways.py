"""Ways to run notebooks, each in a process of its own: `python benchmarks/ways.py WAY TASK`.

`speed.py` measures them beside each other. TASK is JSON with `notebooks` (paths), `out` (an empty
folder), `processes`, and for a sweep `points` (dictionaries of parameters). A way that measures
itself prints `seconds N` as its last line. `ours` is what `analysis` on the path of Python does.
"""

import functools
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

PACKAGES = "BENCH_PACKAGES"  # names a folder of packages that are not in the lock


def papermill(task: Mapping[str, Any]) -> None:
    """Run notebooks one after the other by papermill, each in a new kernel."""
    from papermill import execute_notebook

    for file in map(Path, task["notebooks"]):
        out = Path(task["out"]) / file.name
        execute_notebook(file, out, cwd=file.parent, progress_bar=False)


def nbclient(task: Mapping[str, Any]) -> None:
    """Run notebooks by nbclient, several at a time."""
    with ProcessPoolExecutor(task["processes"]) as pool:
        list(pool.map(functools.partial(_by_nbclient, task["out"]), task["notebooks"]))


def _by_nbclient(out: str, file: str) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(file, as_version=4)
    place = {"metadata": {"path": str(Path(file).parent)}}
    NotebookClient(notebook, resources=place).execute()
    nbformat.write(notebook, Path(out) / Path(file).name)


def nbconvert(task: Mapping[str, Any]) -> None:
    """Run notebooks one after the other by `jupyter nbconvert --execute`."""
    words = [sys.executable, "-m", "nbconvert", "--execute", "--to", "notebook"]
    subprocess.run([*words, "--output-dir", task["out"], *task["notebooks"]], check=True)


def ploomber(task: Mapping[str, Any]) -> None:
    """Run notebooks one after the other by ploomber-engine, all in one process."""
    sys.path.append(os.environ.get(PACKAGES, ""))  # behind those of the lock
    from ploomber_engine import execute_notebook

    for file in map(Path, task["notebooks"]):
        out = Path(task["out"]) / file.name
        execute_notebook(file, out, cwd=str(file.parent), progress_bar=False)


def floor(task: Mapping[str, Any]) -> None:
    """Run all cells in this process, where the libraries are imported already."""
    kernel, client = _warm_kernel()
    documents = list(_documents(task))
    started = time.perf_counter()
    for place, cells in documents:
        os.chdir(place)
        kernel.shell.reset()
        for cell in cells:
            client.execute(cell)
            while client.iopub_channel.msg_ready():
                said = client.get_iopub_msg()
                if said["msg_type"] == "error":
                    raise SystemExit(f"{said['content']['ename']}: {said['content']['evalue']}")
    print("seconds", time.perf_counter() - started)


def _documents(task: Mapping[str, Any]) -> Iterator[tuple[Path, list[str]]]:
    """Yield folder and code cells of each notebook, or of one with each point's parameters."""
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    python = {"kernel_name": "python3", "language": "python"}
    for file in map(Path, task["notebooks"]):
        for point in task.get("points", [{}]):
            notebook = load_notebook_node(str(file))
            notebook = parameterize_notebook(notebook, point, **python) if point else notebook
            cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
            yield file.parent, cells


def _warm_kernel() -> tuple[Any, Any]:
    """Return a kernel within this process and its client, once all that cells use is loaded."""
    import matplotlib.pyplot  # noqa: F401
    import seaborn  # noqa: F401
    import statsmodels.api  # noqa: F401
    from ipykernel.inprocess.manager import InProcessKernelManager

    import analysis

    for name in dir(analysis):
        getattr(analysis, name)
    manager = InProcessKernelManager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    return manager.kernel, client


def ours(task: Mapping[str, Any]) -> None:
    """Run notebooks by `analysis`, without a site."""
    from analysis.report import build

    move_in = build.move_in

    def apart(home: Path, slug: str, *made: Any) -> None:
        move_in(home / slug, slug, *made)  # copies of a notebook write figures of the same names

    build.write_pages = lambda *_: None
    build.move_in = apart if task.get("apart") else move_in
    sources = [Path(file) for file in task["notebooks"]]
    only = [file.stem for file in sources]
    sys.exit(build.write_reports(only, folder=task["out"], notebooks=sources[0].parent))


def sweep(task: Mapping[str, Any]) -> None:
    """Run one notebook with each point's parameters by `analysis`; they differ in one."""
    file, points = Path(task["notebooks"][0]), task["points"]
    if importlib.util.find_spec("analysis.report.sweep") is None:
        _points_alone(file, points)
        return
    from analysis.report.sweep import write_sweep

    name = next(iter(points[0]))
    values = ",".join(str(point[name]) for point in points)
    sys.exit(write_sweep(file.stem, [(name, values)], task["out"], file.parent))


def _points_alone(file: Path, points: Sequence[Mapping[str, Any]]) -> None:
    """Run one notebook with each point's parameters, and keep nothing."""
    from analysis.report.build import run_all
    from analysis.report.runner import Task

    tasks = {str(point): Task(str(file), point) for point in points}
    for point, made in run_all(tasks):
        failures = [each for each in made.values() if isinstance(each, str)]
        if failures:
            sys.exit(f"{point}: {failures[0]}")


def library(task: Mapping[str, Any]) -> None:
    """Measure the rows of `library.py`; print each as a line of JSON: what, times, ratios."""
    import itertools
    import warnings

    from library import measured, rows

    warnings.simplefilter("ignore")
    for row in itertools.islice(rows(), task["rows"]):
        said = [row.name, row.beside, *measured(row, task["rounds"])]
        print(json.dumps(said), flush=True)


WAYS = {
    way.__name__: way
    for way in (papermill, nbclient, nbconvert, ploomber, floor, ours, sweep, library)
}


def main(words: Sequence[str]) -> None:
    """Do one way."""
    WAYS[words[0]](json.loads(words[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
