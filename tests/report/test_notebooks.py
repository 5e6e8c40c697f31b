"""Every notebook is whole: stored outputs, known tags, no machine in it, its figures drawn."""

import ast
import importlib
import re

import nbformat
import pytest

from analysis import paths
from analysis.data.tables import read_table

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
TAGS = {"parameters", "answer", "nbval-check-output"}
MACHINE = re.compile(r"/(?:home|root|tmp|Users|work|opt|usr)/|[A-Z]:\\\\")


def read(file):
    return nbformat.read(file, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


each_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


def test_the_notebooks_are_numbered_each_with_its_own_number():
    numbers = [file.name[:3] for file in NOTEBOOKS]
    assert all(re.fullmatch("[0-9]{2}-", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@each_notebook
def test_every_code_cell_has_run_in_order_without_an_error(file):
    cells = code_cells(read(file))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [o for cell in cells for o in cell.outputs if o.output_type == "error"]
    assert not [o for cell in cells for o in cell.outputs if o.get("name") == "stderr"]


@each_notebook
def test_checked_cells_and_the_answer_have_stored_outputs(file):
    notebook = read(file)
    for tag in ("answer", "nbval-check-output"):
        cells = tagged(notebook, tag)
        assert cells and all(cell.outputs for cell in cells), tag


@each_notebook
def test_every_tag_is_one_of_those_that_do_something(file):
    used = {tag for cell in read(file).cells for tag in cell.metadata.get("tags", [])}
    assert used <= TAGS


@each_notebook
def test_one_cell_holds_the_parameters_and_only_literals(file):
    (cell,) = tagged(read(file), "parameters")
    for statement in ast.parse(cell.source).body:
        assert isinstance(statement, ast.Assign) and len(statement.targets) == 1
        ast.literal_eval(statement.value)


@each_notebook
def test_every_parameter_is_explained_above_its_cell_and_used_below(file):
    notebook = read(file)
    (cell,) = tagged(notebook, "parameters")
    before = notebook.cells[notebook.cells.index(cell) - 1].source
    rest = "\n".join(other.source for other in code_cells(notebook) if other is not cell)
    for statement in ast.parse(cell.source).body:
        name = statement.targets[0].id
        assert f"`{name}`" in before and re.search(rf"\b{name}\b", rest), name


@each_notebook
def test_a_notebook_opens_with_a_title_and_its_question(file):
    first = read(file).cells[0]
    assert first.cell_type == "markdown" and first.source.startswith("# ")
    assert "**Question.**" in first.source


@each_notebook
def test_code_cells_are_short_and_define_nothing(file):
    for cell in code_cells(read(file)):
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= 16
        tree = ast.walk(ast.parse(cell.source))
        assert not [node for node in tree if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        assert "sys.path" not in cell.source and "filterwarnings" not in cell.source


@each_notebook
def test_no_path_of_a_machine_is_stored(file):
    assert not MACHINE.search(file.read_text(encoding="utf-8"))


@each_notebook
def test_every_name_that_a_notebook_imports_is_there(file):
    for cell in code_cells(read(file)):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "analysis":
                module = importlib.import_module(node.module)
                assert not [each.name for each in node.names if not hasattr(module, each.name)]


def test_every_figure_of_the_documents_is_drawn_by_its_notebook():
    for figure in read_table("figures").itertuples():
        (file,) = paths.NOTEBOOKS.glob(f"[0-9][0-9]-{figure.notebook}.ipynb")
        source = "\n".join(cell.source for cell in code_cells(read(file)))
        assert f'"{figure.figure}"' in source, f"{figure.notebook} does not write {figure.figure}"
