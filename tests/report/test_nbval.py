"""nbval compares notebooks with their stored outputs: from the report, and from a kernel.

It compares all that the report has run, and runs one notebook by itself. That the report's runs
leave what papermill's own engine leaves, `test_own_engine.py` finds of every notebook.
"""

import os
import subprocess
import sys

import nbformat
import pytest

from analysis import paths
from analysis.report.environment import fixed_environment
from tests.notebooks import NOTEBOOKS, code_cells, read
from tests.replay import Replay

CODE = """import os, pathlib
pathlib.Path(os.environ["ANALYSIS_OUTPUT"]).is_dir(), pathlib.Path("outputs").exists()"""


def test_a_notebook_under_test_writes_to_a_folder_of_its_own(tmp_path):
    output = nbformat.v4.new_output(
        "execute_result", {"text/plain": "(True, False)"}, execution_count=1
    )
    cell = nbformat.v4.new_code_cell(CODE, outputs=[output], execution_count=1)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": spec}), tmp_path / "a.ipynb"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "analysis.report.nbval_ipc", "--nbval"]
    done = subprocess.run([*command, "a.ipynb"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def stored(file, *sources, outputs):
    """Write a notebook of code cells, all of which have the outputs given; return its cells."""
    cells = [nbformat.v4.new_code_cell(source, execution_count=1) for source in sources]
    for cell in cells:
        cell.outputs = outputs
    nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
    return cells


def shown():
    """Return what a cell shows: a printed line and a table."""
    table = {"text/plain": "3", "text/html": "<b>3</b>"}
    return [
        nbformat.v4.new_output("stream", text="3\n"),
        nbformat.v4.new_output("execute_result", table, execution_count=1),
    ]


CHANGES = {
    "nothing": (lambda outputs: None, ""),
    "printed": (lambda outputs: outputs[0].update(text="4\n"), "mismatch 'stdout'"),
    "table": (lambda outs: outs[1].data.update({"text/html": "4"}), "mismatch 'text/html'"),
    "one-gone": (
        lambda outputs: outputs.pop(0),
        "Unexpected output fields from running code: {'st",
    ),
    "all-gone": (lambda outputs: outputs.clear(), "Unexpected output fields from running code: {"),
}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """Return what nbval says of notebooks, each stored with another change, by their names."""
    folder = tmp_path_factory.mktemp("compared")
    (folder / "report" / "notebooks").mkdir(parents=True)
    for name, (change, _) in CHANGES.items():
        stored(folder / "report" / "notebooks" / f"{name}.ipynb", "rain", outputs=shown())
        outputs = shown()
        change(outputs)
        stored(folder / f"{name}.ipynb", "rain", outputs=outputs)
    given = "from tests import replay\nreplay.built_report = lambda folder, language: folder\n"
    (folder / "given.py").write_text(given, encoding="utf-8")
    words = ["-p", "tests.replay", "-p", "given", "--nbval", "--color=no", "--report", "report"]
    where = {**os.environ, "PYTHONPATH": os.pathsep.join([str(paths.ROOT), str(folder)])}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", *words, *(f"{name}.ipynb" for name in CHANGES)],
        cwd=folder,
        env=where,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", CHANGES)
def test_nbval_compares_what_is_stored_with_what_the_report_has_run(compared, name):
    said = CHANGES[name][1]
    assert f"{'FAILED' if said else 'PASSED'} {name}.ipynb::Cell 0" in compared
    assert not said or said in compared


def test_a_cell_that_the_report_has_not_run_has_no_answer(tmp_path):
    cells = stored(tmp_path / "a.ipynb", "rain", "snow", "rain", outputs=[])
    kernel = Replay(cells)
    assert kernel.execute_cell_input("snow") == kernel.execute_cell_input("rain")
    with pytest.raises(ValueError, match="did not run this cell here: snow"):
        kernel.execute_cell_input("snow")


SMALLEST = min(NOTEBOOKS, key=lambda file: len(code_cells(read(file))))


def test_nbval_finds_in_a_kernel_of_its_own_what_is_stored():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "analysis.report.nbval_ipc", "--nbval"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(SMALLEST)],
        cwd=paths.ROOT,
        env=fixed_environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
