"""`python -m analysis figure`: one figure of a notebook, as a journal wants it."""

import json

import nbformat
import pytest

from analysis import paths
from analysis.__main__ import main
from analysis.report import journal

CODE = """import pandas as pd
from analysis import Sentence, write_figure
from analysis.figures import plot_shares
shares = pd.DataFrame({"label": ["men", "women"], "share": [n, 100 - n]})
axes = plot_shares(shares, Sentence("{names} and {last}", names=n, last="x"), "What", "Own survey")
write_figure(axes, "half")"""


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Return a folder with one notebook, which draws one figure of a parameter."""
    cells = [
        nbformat.v4.new_code_cell('n = 20\nlanguage = "en"', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(CODE),
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(made, folder / "00-half.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", folder)
    return folder


def test_a_figure_is_left_alone_in_its_width_language_and_with_its_parameters(
    notebooks, tmp_path, capsys
):
    words = "figure half --width 8.4cm --format pdf csv svg --language ru --set n=30 --font-size 8"
    assert main([*words.split(), "-o", str(tmp_path / "made")]) == 0
    made = sorted(file.name for file in (tmp_path / "made").iterdir())
    assert made == ["half.csv", "half.pdf", "half.svg"]
    said = capsys.readouterr().out.splitlines()
    assert [line.rpartition("/")[2] for line in said] == ["half.pdf", "half.csv", "half.svg"]
    svg = (tmp_path / "made" / "half.svg").read_text("utf-8")
    assert "30 и x" in svg and "мужчины" in svg and 'width="238.1102pt"' in svg
    assert ",30\n" in (tmp_path / "made" / "half.csv").read_text("utf-8")
    assert json.loads((notebooks / "00-half.ipynb").read_text("utf-8"))["cells"][0]["outputs"] == []


WIDTHS = "a number of millimetres from 40 to 1,000"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hal", "no figure 'hal'; did you mean half?"),
        ("half --width 84km", "width: wanted millimetres, such as 84mm; got '84km'"),
        ("half --width 5", f"--width: wanted {WIDTHS}; got '5'; the nearest is 40mm"),
        (
            "half --format gif",
            "--format: wanted svg, png, pdf, eps, tiff, csv; got 'gif'; the nearest is tiff",
        ),
        ("half --language de", "--language: wanted en, ru, kk; got 'de'; the nearest is en"),
        ("half --set nn=1", "no parameter 'nn'; did you mean n? (parameters: n, language)"),
        ("half --set language=ru", "language: choose it with --language, not as a parameter"),
        ("half --set n", "--set 'n': write NAME=VALUE"),
        ("half --dpi 0", "--dpi: wanted a whole number from 1 to 2,400; got 0; the nearest is 1"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_before_anything_runs(
    notebooks, tmp_path, words, said, capsys, monkeypatch
):
    monkeypatch.setattr(journal, "executed", None)
    assert main(["figure", *words.split(), "-o", str(tmp_path / "made")]) == 2
    assert capsys.readouterr().err == f"error: {said}\n"
    assert not (tmp_path / "made").exists()


def test_a_notebook_that_fails_is_named_with_its_cell(notebooks, tmp_path, capsys):
    assert main(["figure", "half", "--set", "n=1000", "-o", str(tmp_path / "made")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: 00-half: cell 2: ValueError: ") and said.count("\n") == 1
