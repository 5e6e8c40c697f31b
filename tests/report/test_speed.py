"""The benchmark of the report: its table, its measurements without their seconds, its spans."""

import doctest
import importlib
import importlib.util
import json
import operator
import sys

import nbformat
import pytest

from analysis import paths
from analysis.report.environment import run_environment
from analysis.report.store import State, write_state

BENCHMARKS = paths.ROOT / "benchmarks"
NAMES = ("copied", "ratios", "spans", "speed", "ways")


@pytest.fixture
def modules(monkeypatch):
    """The modules of the benchmark as they find each other when one is run as a script."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield {name: importlib.import_module(name) for name in NAMES}
    for name in NAMES:
        sys.modules.pop(name, None)


class Still:
    """A bench on which nothing runs: each measurement takes one second longer than the last."""

    def __init__(self, failed, missing):
        self.failed, self.missing, self.notes, self.calls = failed, missing, {}, []
        self.small = paths.NOTEBOOKS / "03-orchard.ipynb"

    def take(self, name):
        self.calls.append(name)
        if name == self.missing:
            raise self.failed("not installed")
        return float(len(self.calls))

    def measurements(self):
        return {name: lambda name=name: self.take(name) for name in self.names}

    def many(self, number):
        return self.take(str(number)) / number

    def run(self, *words):
        rows = [["counts", "n = 9", [2.0, 3.0], [0.5, 1.5]], ["splits", "", [0.1], []]]
        return 1.0, "\n".join(map(json.dumps, rows))


@pytest.fixture
def still(modules):
    speed, copied = modules["speed"], modules["copied"]
    bench = Still(copied.Failed, copied.PLOOMBER)
    bench.names = [name for group in speed.TOGETHER for name in group]
    return bench


def measured(modules, bench, names=None, rounds=2):
    speed = modules["speed"]
    return list(speed.lines(bench, names or speed.NAMES, rounds, quick=True))


def test_examples_of_the_benchmark_give_what_they_say(modules):
    for module in modules.values():
        assert doctest.testmod(module).failed == 0


def test_every_row_is_measured_or_says_why_it_is_not(modules, still):
    speed = modules["speed"]
    found = measured(modules, still)
    assert len(found) == len(speed.ROWS) + 2 + 2
    without = [line for line in found if line.seconds is None]
    assert [line.ratio for line in without] == ["ploomber-engine: not installed"]


def test_aims_are_judged_on_all_notebooks_only(modules, still):
    speed, wanted = modules["speed"], ["papermill", "seconds"]
    part, whole = (speed.lines(still, wanted, 1, True, each) for each in (False, True))
    assert [bool(line.aim) for line in part] == [False, False]
    assert [bool(line.aim) for line in whole] == [True, True]


def test_every_measurement_belongs_to_a_group_and_can_be_made(modules):
    speed, bench = modules["speed"], modules["copied"].Bench.__new__(modules["copied"].Bench)
    bench.points = [{}]
    grouped = [name for group in speed.TOGETHER for name in group]
    assert sorted(grouped) == sorted(bench.measurements())
    wanted = {name for row in speed.ROWS for name in (row.measured, row.beside) if name}
    assert wanted == set(grouped)


def test_what_stands_in_one_row_is_measured_in_turn(modules, still):
    measured(modules, still, ["papermill"], rounds=3)
    assert still.calls == ["ours", modules["copied"].LOOP] * 3


def test_a_measurement_that_failed_is_not_tried_again(modules, still):
    measured(modules, still, ["ploomber"], rounds=3)
    assert still.calls.count(still.missing) == 1
    assert still.calls.count("ours") == 3


def test_ratios_are_of_each_round_and_not_of_the_medians(modules):
    ratios = modules["ratios"]
    row = ratios.Row("loop", "all", "ours", "loop")
    line = ratios.line_of(row, {"ours": [1.0, 10.0, 2.0], "loop": [8.0, 20.0, 2.0]}, {})
    assert (line.low, line.middle, line.high) == (1.0, 2.0, 8.0)


def test_the_table_is_written_with_a_cell_for_each_heading(modules, still, tmp_path):
    found = measured(modules, still)
    modules["ratios"].write_csv(tmp_path / "speed.csv", found)
    heading, *rest = (tmp_path / "speed.csv").read_text("utf-8").splitlines()
    assert heading == "what,seconds,min,median,max,ratio,aim"
    assert len(rest) == len(found)


def test_the_table_that_is_changed_is_one_that_a_middling_number_of_notebooks_reads(
    modules, tmp_path
):
    reads = {"a": ["few", "some", "many"], "b": ["some", "many"], "c": ["many"]}
    for slug, names in reads.items():
        files = {f"data/raw/orchard/{name}.csv": "" for name in names}
        inputs = {"files": files | {"src/analysis/paths.py": ""}}
        write_state(tmp_path, slug, State(inputs, {}))
    found = modules["copied"].middling_table(tmp_path, list(reads))
    assert found == "data/raw/orchard/some.csv"


def test_a_changed_heading_leaves_the_table_as_it_was(modules, tmp_path):
    copied = modules["copied"]
    bench = copied.Bench.__new__(copied.Bench)
    bench.project, bench.notebooks, bench.notes = tmp_path, [tmp_path / "a.ipynb"], {}
    bench.reports = lambda: (1.0, "a reruns: orchard/crops changed\nrunning 1 notebook")
    table = tmp_path / "data" / "raw" / "crops.csv"
    table.parent.mkdir(parents=True)
    table.write_text("crop,n\nplum,7\n", encoding="utf-8")
    write_state(tmp_path / "reports", "a", State({"files": {"data/raw/crops.csv": ""}}, {}))
    assert bench.changed_table() == 1.0
    assert table.read_text("utf-8") == '"crop",n\nplum,7\n'
    assert bench.notes["table"] == "table changed: data/raw/crops.csv; ran: a"
    bench.changed_table()
    assert table.read_text("utf-8") == "crop,n\nplum,7\n"


def test_every_phase_is_found_in_the_code(modules):
    named = modules["spans"].PHASES
    found = set()
    for name, functions in named.items():
        if importlib.util.find_spec(f"analysis.report.{name}"):
            module = importlib.import_module(f"analysis.report.{name}")
            found |= {functions[each] for each in functions if has(module, each)}
    assert found == {phase for functions in named.values() for phase in functions.values()}


def has(module, name):
    """Say whether a module has a function, or a class with a method, of a name."""
    try:
        return callable(operator.attrgetter(name)(module))
    except AttributeError:
        return False


@pytest.fixture
def tiny(tmp_path):
    """A notebook of two cells that fails unless it gets another level than its own."""
    cells = [nbformat.v4.new_code_cell("level = 0.9", metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell("from analysis import counts\nassert level == 0.8, level")]
    file = tmp_path / "04-orchard.ipynb"
    file.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    return file


@pytest.fixture
def bench(modules, tiny, tmp_path):
    """A bench on this checkout, which is not copied, with the tiny notebook."""
    bench = modules["copied"].Bench.__new__(modules["copied"].Bench)
    bench.folder, bench.project, bench.notebooks = tmp_path, tmp_path / "project", [tiny]
    bench.project.mkdir()
    bench.environment = lambda: run_environment(tmp_path, tmp_path / "out")
    return bench


def test_a_notebook_is_swept_over_its_points(bench):
    assert bench.way("sweep", points=[{"level": 0.8}]) > 0


def test_a_cell_that_fails_at_a_point_is_no_floor(modules, bench):
    with pytest.raises(modules["copied"].Failed, match=r"^failed: AssertionError: 0\.7$"):
        bench.way("floor", points=[{"level": 0.8}, {"level": 0.7}])


def test_copies_of_a_notebook_may_write_the_same_tables(bench, tiny):
    notebook = nbformat.read(tiny, as_version=4)
    notebook.cells[
        1
    ].source = (
        "import analysis, pandas\nanalysis.write_table(pandas.DataFrame({'n': [4]}), 'crops')"
    )
    tiny.write_text(nbformat.writes(notebook), encoding="utf-8")
    assert bench.many(2) > 0
    assert len(list((bench.folder / "out").rglob("crops.csv"))) == 2
