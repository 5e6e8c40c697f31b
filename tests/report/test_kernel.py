"""A kernel speaks the language of its notebook and shows tables, however it was started."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.language.current import speaking
from analysis.language.tables import html_table
from analysis.report.environment import run_environment
from analysis.report.notebook import NotebookError
from analysis.report.runner import executed

SHARE = {"en": "x1  12.5", "ru": "x1  12,5", "kk": "x1  12,5"}
REFUSED = "LanguageError: language: wanted one of en, ru, kk; got 'xx'"


def notebook(*sources, language="en"):
    cell = new_code_cell(f'language = "{language}"', metadata={"tags": ["parameters"]})
    sources = sources or ("import analysis", '{"x1": 12.5}')
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [cell, *map(new_code_cell, sources)]
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def run_alone(folder, source, language, given=()):
    """Return what a run of our own leaves: the executed notebook, or why there is none."""
    nbformat.write(source, folder / "made.ipynb")
    return executed(folder / "made.ipynb", dict(given), language).notebook.decode()


def shown(text):
    """Return what the last cell of a notebook shows."""
    return "".join(json.loads(text)["cells"][-1]["outputs"][-1]["data"]["text/plain"])


@pytest.mark.parametrize("language", SHARE)
def test_our_runner_speaks_the_language_of_the_report(tmp_path, language):
    assert shown(run_alone(tmp_path, notebook(), language)) == SHARE[language]


def papermill(folder, *words):
    """Run papermill as a person would at the command line."""
    nbformat.write(notebook(), folder / "made.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "papermill", "made.ipynb", "out.ipynb", *words],
        cwd=folder,
        env=run_environment(folder, folder),
        capture_output=True,
        text=True,
    )
    return done, folder / "out.ipynb"


def test_papermill_by_hand_follows_the_parameter(tmp_path):
    done, out = papermill(tmp_path, "-p", "language", "kk")
    assert done.returncode == 0, done.stderr
    assert shown(out.read_text("utf-8")) == SHARE["kk"]


def test_papermill_by_hand_takes_a_warm_kernel(tmp_path):
    done, out = papermill(tmp_path, "--engine", "warm", "-p", "language", "kk")
    assert done.returncode == 0, done.stderr
    assert shown(out.read_text("utf-8")) == SHARE["kk"]


def test_a_language_that_there_is_not_is_one_clear_error(tmp_path):
    done, _ = papermill(tmp_path, "-p", "language", "xx")
    assert done.returncode and done.stderr.count(REFUSED) >= 1
    assert "language/kernel.py" not in done.stderr


def test_our_runner_refuses_a_language_that_there_is_not(tmp_path):
    with pytest.raises(NotebookError, match=f"cell 2: {REFUSED}"):
        run_alone(tmp_path, notebook(), "en", {"language": "xx"})


def test_a_language_changed_in_a_cell_is_refused_once_and_the_next_cell_runs(tmp_path):
    cells = ("import analysis", 'language = "xx"', "1", "2", 'language = "ru"', '{"x1": 12.5}')
    made = notebook(*cells)
    made.cells[3].metadata["tags"] = ["raises-exception"]
    nbformat.write(made, tmp_path / "made.ipynb")
    from nbclient import NotebookClient

    NotebookClient(made, kernel_name="python3").execute()
    errors = [o for cell in made.cells for o in cell.outputs if o.output_type == "error"]
    assert [error.evalue for error in errors] == [REFUSED.partition(": ")[2]]
    assert made.cells[-1].outputs[0].data["text/plain"] == SHARE["ru"]


def test_nbval_finds_the_tables_that_were_stored(tmp_path):
    made = notebook(language="ru")
    with speaking("ru"):
        table = {"text/plain": SHARE["ru"], "text/html": html_table({"x1": 12.5})}
    for number, cell in enumerate(made.cells, 1):
        cell.execution_count = number
    made.cells[-1].outputs = [new_output("execute_result", table, execution_count=3)]
    made.cells[-1].metadata["tags"] = ["nbval-check-output"]
    nbformat.write(made, tmp_path / "made.ipynb")
    words = ["-p", "analysis.report.nbval_ipc", "--nbval", "--nbval-cell-timeout=60", "-q"]
    words += ["-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path / "made.ipynb")]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_tables_within_lists_stay_as_python_writes_them(tmp_path):
    made = notebook("import analysis", "[{'x1': 12.5}]")
    assert shown(run_alone(tmp_path, made, "ru")) == "[{'x1': 12.5}]"


def test_sentences_need_no_kernel():
    code = "import sys, analysis\nanalysis.Sentence('a')\nassert 'IPython' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_kernel_goes_on_starting_where_python_deprecates_how_tornado_asks_for_a_loop(tmp_path):
    said = "There is no current event loop"
    program = (
        "import warnings; from analysis.report import in_kernel; in_kernel.start(); "
        f"warnings.warn({said!r}, DeprecationWarning); print('started')"
    )
    environment = run_environment(tmp_path, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert done.stdout == "started\n", done.stderr
