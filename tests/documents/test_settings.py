"""The notebooks of the survey run where no head-count gives a printed share."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from analysis import paths, read_table
from analysis.report.notebook import read_notebook
from analysis.report.runner import executed

SURVEY = sorted(set(read_table("figures").query("paper == 'zhakyanova'")["notebook"]))
IMPOSSIBLE = ["n = 72", 'rounding = "truncate"\nlevel = 0.8']


def with_settings(notebook, settings):
    """Return a notebook that runs once with each setting, in one kernel."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    (parameters,) = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    cells = [parameters]
    for place, setting in enumerate(settings):
        given = f"{parameters.source}\n{setting}"
        sources = [given, *(cell.source for cell in code if cell is not parameters)]
        cells += [new_code_cell(each, id=f"c{place}-{k}") for k, each in enumerate(sources)]
    notebook.cells = cells
    return notebook


@pytest.mark.parametrize("slug", SURVEY)
def test_an_impossible_share_is_an_answer_and_no_error(slug, tmp_path):
    # 27 % of 72 people and 20 with 80 % cut off are impossible: an answer, not an error.
    source = tmp_path / f"{slug}.ipynb"
    (file,) = paths.NOTEBOOKS.glob(f"*-{slug}.ipynb")
    notebook = read_notebook(file)
    nbformat.write(with_settings(notebook, IMPOSSIBLE), source)
    assert b"72" in executed(source).notebook
