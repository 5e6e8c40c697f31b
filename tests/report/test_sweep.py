"""A sweep is whole, keeps what is done, and says what failed; its grid is decimal arithmetic."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import __main__ as command
from analysis import paths
from analysis.report import build
from analysis.report.grid import grid, values_of
from analysis.report.moves import chosen_columns, moving
from analysis.report.recorded import recorded
from analysis.report.runner import run_notebook
from analysis.report.sweep import write_sweep

DEFAULTS = {"n": 40, "share": 0.5, "rule": "up", "anything": None}
RECORDS = """import os, pathlib
if rule == "none":
    raise ValueError("there is no rule\\nnone")
folder = pathlib.Path(os.environ["ANALYSIS_OUTPUT"], "tables")
folder.mkdir(parents=True, exist_ok=True)
rows = [("oak", n * share), ("ash", 2 * n)]
text = "".join(f"{tree},{size},{'many' if size > 50 else 'few'}\\n" for tree, size in rows)
_ = (folder / "trees.csv").write_text("tree,height,how many\\n" + text)"""
GIVEN = [("share", "0.1:0.3:0.1"), ("rule", "up,down")]


@pytest.fixture
def trees(tmp_path, monkeypatch):
    """Return a folder of notebooks with one, whose list of runs is `trees.ran`."""
    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    write_notebook(tmp_path)
    ran = []

    def run(task):
        ran.append(dict(task.parameters))
        return run_notebook(replace(task, seconds=20))

    monkeypatch.setattr(build, "run_notebook", run)
    return tmp_path, ran


def write_notebook(folder, source=RECORDS):
    cells = [
        new_markdown_cell("# The trees of *an* orchard\n\n**Question.** How high?", id="a"),
        new_code_cell(
            'n = 40\nshare = 0.5\nrule = "up"', metadata={"tags": ["parameters"]}, id="b"
        ),
        new_code_cell(source, id="c"),
        new_code_cell('f"{n} =trees"', metadata={"tags": ["answer"]}, id="d"),
    ]
    nbformat.write(new_notebook(cells=cells), folder / "02-trees.ipynb")


def swept(folder):
    return list(csv.DictReader(io.StringIO((folder / "tables.csv").read_text("utf-8"))))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.8:0.99:0.01", [f"0.{hundredths}" for hundredths in range(80, 100)]),
        ("0.1:0.3:0.1", ["0.1", "0.2", "0.3"]),
        ("1:0:-0.25", ["1.00", "0.75", "0.50", "0.25", "0.00"]),
        ("5:5:1", ["5"]),
        ("1e2:3e2:1e2", ["100", "200", "300"]),
        ("0.5", ["0.5"]),
        ("3, 1,2", ["3", "1", "2"]),
    ],
)
def test_a_range_has_both_ends_and_no_error_of_binary_fractions(text, values):
    assert list(values_of("n", text)) == values
    assert len(values_of("n", text)) == len(values)


def test_text_may_have_a_colon_and_in_quotes_a_comma():
    assert values_of("rule", '"a, b",c:d', True) == ["a, b", "c:d"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([("share", "0:1:0.3")], "steps of 0.3 miss the end; they come to 0.9 and 1.2"),
        ([("share", "1:0:0.1")], "empty range"),
        ([("share", "0:1:0")], "empty range"),
        ([("share", "0:1")], "no range; write START:END:STEP"),
        ([("share", "0:1:1e-30")], "more than 1,000,000,000 values"),
        ([("share", "0:1e300000:1e-300000")], "more than 1,000,000,000 values"),
        (
            [("share", "0:1:0.01"), ("n", "1:20:1")],
            "2,020 points are more than 1,000; --limit 2020",
        ),
        ([("n", "1:2:0.5")], "parameter n: 1.0 is not a number from 1 to .*; write 1"),
        ([("n", "1,,2")], "lacks a value"),
        ([("n", "")], "lacks a value"),
        ([("m", "1")], "no parameter 'm'"),
        ([("n", "1"), ("n", "2")], "given twice"),
    ],
)
def test_what_is_no_grid_is_refused_in_one_line(given, said):
    with pytest.raises(ValueError, match=said) as refused:
        grid(DEFAULTS, given)
    assert "\n" not in str(refused.value)


def test_the_points_have_every_combination_once_in_the_type_of_the_defaults():
    points = grid(DEFAULTS, [("n", "2,1"), ("share", "1,1.0,0"), ("anything", "none,4")])
    assert len(points) == 2 * 2 * 2 and points[0] == {"n": 2, "share": 1.0, "anything": None}
    assert [point["n"] for point in points] == [2] * 4 + [1] * 4
    assert {type(point["share"]) for point in points} == {float}
    assert len(grid(DEFAULTS, [("n", "1:1500:1")], limit=1500)) == 1500
    assert Decimal(str(grid(DEFAULTS, [("share", "0.1:0.7:0.1")])[-1]["share"])) == Decimal("0.7")


def test_a_sweep_from_its_first_point_to_a_changed_notebook(trees, capsys):
    notebooks, ran = trees
    folder = notebooks / "swept"
    assert write_sweep("02-trees", GIVEN, folder, notebooks) == 0 and len(ran) == 6
    rows = swept(folder)
    assert list(rows[0]) == ["share", "rule", "table", "row", "column", "value"]
    assert rows[0] | {"share": "", "value": ""} == {
        **{"share": "", "rule": "up", "table": "", "row": "", "column": "answer", "value": ""}
    }
    heights = [row for row in rows if row["column"] == "height" and row["row"] == "oak"]
    assert [float(row["value"]) for row in heights] == [4, 4, 8, 8, 12, 12]
    assert [row["value"] for row in rows if row["column"] == "how many"].count("many") == 6
    assert {file.name for file in folder.glob("figure.*")} == {
        f"figure.{k}" for k in ("svg", "png", "csv")
    }
    first = {file: file.read_bytes() for file in folder.glob("[a-z]*.*")}

    ran.clear()
    assert write_sweep("02-trees", GIVEN, folder, notebooks) == 0 and ran == []
    assert {file: file.read_bytes() for file in folder.glob("[a-z]*.*")} == first
    capsys.readouterr()

    kept = sorted((folder / "points").iterdir())  # one is gone, one damaged, one was changed
    kept[0].unlink(), kept[1].write_bytes(kept[1].read_bytes()[:-30])
    kept[2].write_text(kept[2].read_text("utf-8").replace("oak", "elm"), encoding="utf-8")
    assert write_sweep("02-trees", GIVEN, folder, notebooks) == 0 and len(ran) == 3
    assert {file: file.read_bytes() for file in folder.glob("[a-z]*.*")} == first
    assert "2 points again: its kept result is not as it was made" in capsys.readouterr().out

    ran.clear()  # a wider grid runs what is new; another notebook makes everything new
    assert write_sweep("02-trees", [("share", "0.1:0.4:0.1"), GIVEN[1]], folder, notebooks) == 0
    assert [point["share"] for point in ran] == [0.4, 0.4]
    ran.clear()
    write_notebook(notebooks, RECORDS.replace("2 * n", "3 * n"))
    assert write_sweep("02-trees", GIVEN, folder, notebooks) == 0 and len(ran) == 6
    assert "6 points again: its notebook changed" in capsys.readouterr().out


def test_a_failed_point_is_told_in_one_line_and_the_others_are_kept(trees, capsys):
    notebooks, ran = trees
    folder, given = notebooks / "swept", [("n", "10,20"), ("rule", "up,none")]
    assert write_sweep("02-trees", given, folder, notebooks) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "failed" in line]
    assert len(said) == 2 and all("cell 3: ValueError: there is no rule" in line for line in said)
    assert any(line.startswith("n 10, rule none failed: ") for line in said)
    assert {(row["n"], row["rule"]) for row in swept(folder)} == {("10", "up"), ("20", "up")}
    ran.clear()
    assert write_sweep("02-trees", given, folder, notebooks) == 1
    assert sorted(point["n"] for point in ran) == [10, 20] and {p["rule"] for p in ran} == {"none"}


def test_a_point_that_fails_now_does_not_count_with_what_it_gave_before(trees, capsys):
    notebooks, _ = trees
    folder = notebooks / "swept"
    assert write_sweep("02-trees", [("n", "10,20")], folder, notebooks) == 0
    write_notebook(notebooks, "if n == 10:\n    1 / 0\n" + RECORDS)
    assert write_sweep("02-trees", [("n", "10,20")], folder, notebooks) == 1
    assert {row["n"] for row in swept(folder)} == {"20"}
    assert write_sweep("02-trees", [("n", "10")], notebooks / "other", notebooks) == 1
    assert not (notebooks / "other" / "tables.csv").exists()


def test_a_sweep_that_is_stopped_goes_on_where_it_was(trees, monkeypatch):
    notebooks, ran = trees
    folder, run = notebooks / "swept", build.run_notebook

    def stop(task):
        if len(ran) == 2:
            raise KeyboardInterrupt
        return run(task)

    monkeypatch.setattr(build, "run_notebook", stop)
    with pytest.raises(KeyboardInterrupt):
        write_sweep("02-trees", GIVEN, folder, notebooks, jobs=1)
    assert len(list((folder / "points").iterdir())) == 2 and not (folder / "tables.csv").exists()
    monkeypatch.setattr(build, "run_notebook", run)
    assert write_sweep("02-trees", GIVEN, folder, notebooks) == 0 and len(ran) == 6


def test_a_sweep_in_which_nothing_moves_leaves_no_figure(trees, capsys):
    notebooks, _ = trees
    (notebooks / "figure.svg").write_text("of another sweep")
    assert write_sweep("02-trees", [("rule", "up,down")], notebooks, notebooks) == 0
    assert "no number moves" in capsys.readouterr().out and not list(notebooks.glob("figure.*"))


def test_a_column_that_is_not_there_is_told_after_one_point(trees):
    folder, ran = trees
    with pytest.raises(ValueError, match=r"no such numbers .*; the nearest is trees:height"):
        write_sweep("02-trees", GIVEN, folder, folder, jobs=1, show=["trees:hight"])
    assert len(ran) == 1
    assert write_sweep("02-trees", GIVEN, folder, folder, show=["trees:height"]) == 0
    assert len(ran) == 6


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such"], "no notebook 'no-such'"),
        ([], "no parameter; write -p NAME VALUES"),
        (["-p", "language", "en,ru"], "--language"),
        (["--language", "de", "-p", "n", "1"], "language: wanted en, ru, kk"),
        (
            ["--scheduler", "somewhere", "-p", "n", "1"],
            "scheduler: wanted an address such as tcp://",
        ),
    ],
)
def test_the_command_refuses_in_one_line_what_it_cannot_do(words, said, capsys):
    slug = [] if words[:1] == ["no-such"] else [sorted(paths.NOTEBOOKS.glob("*.ipynb"))[0].stem]
    assert command.main(["sweep", *slug, *words]) == 2
    assert said in capsys.readouterr().err


def test_rows_are_called_by_the_text_that_tells_them_apart_and_other_text_is_a_value():
    table = "place,kind,many,note\nhill,oak,3,tall\nhill,ash,4,tall\n"
    rows = recorded([({"n": 1}, {"tables": {"trees": table}, "answers": []})])
    assert rows[["row", "column", "value"]].to_numpy().tolist() == [
        ["hill, oak", "many", "3"],
        ["hill, oak", "note", "tall"],
        ["hill, ash", "many", "4"],
        ["hill, ash", "note", "tall"],
    ]


def test_rows_that_nothing_tells_apart_are_numbered():
    tables = {"same": "kind,many\noak,3\noak,4\n", "numbers": "many\n3\n4\n"}
    rows = recorded([({"n": 1}, {"tables": tables, "answers": []})])
    assert list(rows["row"]) == ["oak", "oak, 2", "1", "2"]


def test_what_moves_with_the_axis_comes_before_what_moves_with_another_parameter_only():
    rows = [
        {"n": n, "rule": rule, "table": "t", "row": "r", "column": column, "value": value}
        for n in (1, 2)
        for rule in ("up", "down")
        for column, value in {
            "along": str(100 + n),
            "across": "1" if rule == "up" else "9",
            "still": "5",
            "word": rule,
        }.items()
    ]
    table = pd.DataFrame(rows)
    moved = moving(table, "n")
    assert list(moved["column"]) == ["along", "across"]
    assert chosen_columns(moved, table, []) == ["t:along"]
    assert chosen_columns(moved, table, ["t:still"]) == ["t:still"]
    with pytest.raises(ValueError, match=r"no such numbers .there are t:along, t:across, t:still"):
        chosen_columns(moved, table, ["t:word"])


def test_a_cell_that_a_spreadsheet_would_run_stays_guarded(tmp_path, trees):
    notebooks, _ = trees
    write_notebook(notebooks, RECORDS.replace('"oak"', '"\'=1+1"').replace("'few'", "'=2+2'"))
    write_sweep("02-trees", [("n", "1")], tmp_path / "swept", notebooks)
    text = (tmp_path / "swept" / "tables.csv").read_text("utf-8")
    assert "'=1+1" in text and "'=2+2" in text
    assert not [row for row in swept(tmp_path / "swept") for c in row.values() if c[:1] == "="]


def test_a_kept_point_holds_its_inputs(trees):
    notebooks, _ = trees
    write_sweep("02-trees", [("n", "7")], notebooks / "swept", notebooks)
    (file,) = (notebooks / "swept" / "points").iterdir()
    inputs = json.loads(file.read_text("utf-8"))["results"]["inputs"]
    assert inputs["parameters"] == {"n": 7} and {"notebook", "lock", "python"} <= set(inputs)
    assert Path(paths.ROOT / next(iter(inputs["files"]))).exists()
