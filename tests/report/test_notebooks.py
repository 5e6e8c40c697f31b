"""Every notebook is whole: stored outputs, known tags, no machine in it, its figures drawn.

It teaches: one number by hand before the library does all, exercises with answers, short cells.
"""

import ast
import importlib
import re

import pytest

from analysis.data.tables import read_table
from analysis.report.notebook import notebook_key
from benchmarks.notebooks import LIMITS, measures, measures_of, table
from tests.notebooks import NOTEBOOKS, code_cells, read, shown_text, tagged, tags

TAGS = {"parameters", "answer", "by-hand", "by-library", "solution", "nbval-check-output"}
FOLDED = {"source_hidden": True, "outputs_hidden": True}
TRY = "**Try it.**"
EXERCISES = 3
MACHINE = re.compile(r"/(?:home|root|tmp|Users|work|opt|usr)/|[A-Z]:\\\\")
NOT_NEEDED = re.compile(r"\b(?:use_language|localized|set_option)\b")
REPEATED_NAME = re.compile(r"^\s*(\w+)=\1,?\s*$", re.MULTILINE)


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
        followed = name == "language" or re.search(rf"\b{name}\b", rest)  # the kernel follows it
        assert f"`{name}`" in before and followed, name


@each_notebook
def test_a_notebook_opens_with_a_title_and_its_question(file):
    first = read(file).cells[0]
    assert first.cell_type == "markdown" and first.source.startswith("# ")
    assert "**Question.**" in first.source


@each_notebook
def test_code_cells_are_short_and_make_no_classes(file):
    assert measures(read(file)).longest <= LIMITS["longest"]
    for cell in code_cells(read(file)):
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.ClassDef)]
        assert "sys.path" not in cell.source and "filterwarnings" not in cell.source


@each_notebook
def test_no_code_serves_what_the_kernel_and_the_page_do(file, ledger):
    treats_claims = notebook_key(file.stem) in set(ledger["notebook"])
    for cell in code_cells(read(file)):
        assert not NOT_NEEDED.findall(cell.source)
        assert not REPEATED_NAME.findall(cell.source)
        assert not (treats_claims and "verdicts_of" in cell.source)


def test_all_notebooks_together_keep_to_the_measures():
    found = measures_of(NOTEBOOKS)
    print(table(found))
    all_shares, wrong = found["all"].shares(), []
    wrong += ["plumbing"] * (all_shares["plumbing"] >= LIMITS["plumbing"])
    wrong += [name for name in ("short", "words") if all_shares[name] < LIMITS[name]]
    assert not wrong, f"{', '.join(wrong)}: {LIMITS}\n{table(found)}"


def test_measures_count_lines_words_and_what_only_words_a_number():
    code = 'total = 1\n\nsay(\n    "{total}",\n    total=total,\n)\ntexts.listed(names)'
    said = {"cell_type": "markdown", "source": "Two [words](https://example.org/not-counted)"}
    found = measures({"cells": [{"cell_type": "code", "source": code}, said]})
    assert (found.lines, found.plumbing, found.words, found.longest) == (6, 5, 2, 6)
    assert REPEATED_NAME.findall(code) == ["total"]


@each_notebook
def test_a_number_by_hand_is_what_the_library_says(file):
    notebook = read(file)
    by_hand = tagged(notebook, "by-hand")
    assert by_hand and len(by_hand) == len(tagged(notebook, "by-library"))
    for cell in by_hand:
        after = code_cells(notebook)[code_cells(notebook).index(cell) + 1]
        assert "by-library" in tags(after), cell.source
        assert shown_text(cell) and shown_text(cell) == shown_text(after), cell.source


@each_notebook
def test_exercises_stand_where_they_belong_each_with_a_checked_answer(file):
    notebook = read(file)
    solutions = tagged(notebook, "solution")
    assert len(solutions) >= EXERCISES
    assert len(solutions) == sum(cell.source.startswith(TRY) for cell in notebook.cells)
    for cell in solutions:
        assert asked_by(notebook, cell).source.startswith(TRY), cell.source
        assert "nbval-check-output" in tags(cell) and cell.outputs, cell.source
        assert cell.metadata.get("jupyter") == FOLDED, "folded by `python -m analysis store`"


def asked_by(notebook, cell):
    """Return the exercise that a solution answers: the last prose before it that is one."""
    place = notebook.cells.index(cell)
    before = notebook.cells[:place][::-1]
    prose = before[: next((k for k, c in enumerate(before) if c.cell_type == "code"), place)]
    assert prose, f"no exercise before: {cell.source}"
    return next((each for each in prose if each.source.startswith(TRY)), prose[0])


@each_notebook
def test_a_solution_leaves_the_names_of_the_notebook_alone(file):
    notebook = read(file)
    solutions = tagged(notebook, "solution")
    others = {
        name for cell in code_cells(notebook) if cell not in solutions for name in set_by(cell)
    }
    for cell in solutions:
        assert not set_by(cell) & others, cell.source


def set_by(cell):
    """Return the names that the code of a cell gives values to, within functions too."""
    tree = ast.walk(ast.parse(cell.source))
    return {n.id for n in tree if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


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
        (file,) = [file for file in NOTEBOOKS if notebook_key(file.stem) == figure.notebook]
        source = "\n".join(cell.source for cell in code_cells(read(file)))
        assert f'"{figure.figure}"' in source, f"{figure.notebook} does not write {figure.figure}"
