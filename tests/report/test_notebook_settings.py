"""The method is the reader's to change: other settings run, and what is shown follows them."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.notebooks import NOTEBOOKS, read, run_cells, settings_of

MADE = [
    "from analysis import Sentence, plot_order, write_figure",
    "people = n + 10",
    "dict(share=level)",
    'write_figure(plot_order(["a", "b"], "A first", "Two", "Source"), "order")',
    'Sentence("{people} people")',
]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_with_three_settings_no_cell_fails_and_two_change_what_is_shown(
    file, tmp_path, monkeypatch
):
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    notebook = read(file)
    usual = run_cells(notebook, {}, monkeypatch)
    settings = settings_of(notebook)
    changed = [each for each in settings if run_cells(notebook, each, monkeypatch) != usual]
    assert len(changed) >= 2, f"only {changed} of {settings} change the answer, a table or a figure"


def made(*sources, parameters="n = 120\nlevel = 0.95\nunused = 1", **metadata):
    cells = [new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    cells += map(new_code_cell, sources)
    cells[-1].metadata["tags"] = ["answer"]
    return new_notebook(cells=cells, metadata=metadata)


def test_answer_table_and_figure_are_seen_and_follow_their_parameters(monkeypatch):
    notebook = made(*MADE)
    usual = run_cells(notebook, {}, monkeypatch)
    assert usual.answer == ["130 people"] and usual.tables == ["share  0.95"]
    assert [name for name, _ in usual.figures] == ["order"]
    assert run_cells(notebook, {"n": 50}, monkeypatch).answer == ["60 people"]
    assert run_cells(notebook, {"level": 0.5}, monkeypatch).tables == ["share  0.5"]
    assert run_cells(notebook, {"unused": 2}, monkeypatch) == usual


def test_a_cell_that_fails_is_named_with_its_setting(monkeypatch):
    with pytest.raises(AssertionError, match=r"cell 3 with \{'n': 0\}: ZeroDivisionError"):
        run_cells(made("1", "1 / n", "1"), {"n": 0}, monkeypatch)


def test_settings_are_those_that_a_notebook_names_else_those_of_all():
    named = [{"n": 1}, {"n": 2}, {"n": 3}]
    assert settings_of(made("1", analysis={"settings": named})) == named
    usual = settings_of(made("1", parameters='n = 9\nlevel = 0.9\nrounding = "half-up"'))
    assert usual == [{"rounding": "truncate"}, {"n": 8}, {"level": 0.8}]
    with pytest.raises(AssertionError, match="name three in the metadata"):
        settings_of(made("1", parameters="n = 9"))
    with pytest.raises(ValueError, match="no parameter 'm'"):
        settings_of(made("1", analysis={"settings": [{"m": 1}] * 3}))
