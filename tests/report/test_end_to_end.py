"""The project, copied elsewhere and built there: results, settings, the same bytes twice.

Its document is the guide's: whatever the data, the engine is the same, and one page takes less.
"""

import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import paths
from analysis.language.current import LANGUAGES
from analysis.report.build import write_reports
from analysis.report.store import read_state
from tests.test_adding_a_paper import type_in

TABLE = Path("data", "raw", "orchard", "tallies.csv")
COUNTED = """from analysis import Sentence, read_table, write_figure, write_table
rows = read_table(table)
rows = rows[rows["printed"].str.fullmatch("[0-9]+")]
total = factor * sum(map(int, rows["printed"]))
write_table(rows.assign(total=total)[["total"]][:1], "total")
Sentence(f"The numbers add up to {total}.")"""
DRAWN = """from matplotlib import pyplot as plt
figure, axes = plt.subplots()
figure.suptitle("What the numbers add up to")
figure.set_label(f"One bar: {total}.")
axes.bar(["all"], [total])
write_figure(axes, "drawn")"""
NO_SITE = (
    "import sys\nfrom analysis import __main__\nfrom analysis.report import build\n"
    "build.write_pages = lambda *given: None\nsys.exit(__main__.main(sys.argv[1:]))"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of code and data with a notebook of three cells of its own."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(paths.CODE.parent, copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "data" / "raw").mkdir(parents=True)
    for file in paths.RAW.glob("*.*"):  # what belongs to no document
        shutil.copy(file, copy / "data" / "raw")
    type_in(copy / "data")
    for file in (
        *("pyproject.toml", "requirements.lock", "licences.csv"),
        *("README.md", "LICENSE", "CITATION.cff"),
    ):
        shutil.copy(paths.ROOT / file, copy)
    parameters = f'table = "{TABLE.stem}"\nfactor = 1'
    cells = [
        new_markdown_cell("# Sums\n\n**Question.** How many?", id="a"),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="b"),
        new_code_cell(COUNTED, metadata={"tags": ["answer"]}, id="c"),
        new_code_cell(DRAWN, id="d"),
    ]
    (copy / "notebooks").mkdir()
    nbformat.write(new_notebook(cells=cells), copy / "notebooks" / "00-sums.ipynb")
    return copy


def start(project, *arguments, site=False):
    """Start the command line of the copy."""
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    program = ["-m", "analysis"] if site else ["-c", NO_SITE]
    command = [sys.executable, *program, "reports", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=project, env=environment, **pipes)


def build(project, *arguments, site=False):
    """Run the command line of the copy; return (exit status, what it said)."""
    command = start(project, *arguments, site=site)
    said, _ = command.communicate()
    return command.returncode, said


def descendants(parent):
    """Return the processes that a process has started, and those that they have."""
    children = {}
    for process in running():
        children.setdefault(parent_of(process), []).append(process)
    found, waiting = set(), [parent]
    while waiting:
        mine = children.get(waiting.pop(), [])
        found.update(mine)
        waiting += mine
    return found


def running():
    """Return the processes that have not ended."""
    return {int(place.name) for place in Path("/proc").glob("[0-9]*") if parent_of(place.name)}


def parent_of(process):
    """Return the parent of a process; 0 for one that has ended."""
    try:
        said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if said[0] == "Z" else int(said[1])


def contents(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.relative_to(folder).parts[0].startswith(".")
    }


def numbers(project):
    """Return the whole numbers that the table holds."""
    printed = pd.read_csv(project / TABLE, dtype=str)["printed"]
    return [int(each) for each in printed if each.isdigit()]


def total(project, report="."):
    return pd.read_csv(project / "reports" / report / "tables" / "total.csv")["total"].item()


def test_a_report_built_twice_from_clean_has_the_same_bytes(project):
    made = []
    for _ in range(2):
        shutil.rmtree(project / "reports", ignore_errors=True)
        status, said = build(project, site=True)
        assert status == 0, said
        made.append(contents(project / "reports"))
    assert made[0] == made[1]
    wanted = {"index.html", "report.pdf", "notebooks/00-sums.html", "notebooks/00-sums.ipynb"}
    assert wanted | {"figures/drawn.svg", "tables/total.csv"} <= set(made[0])


@pytest.mark.skipif(sys.platform != "linux", reason="the parent's death is told on Linux only")
def test_a_site_in_the_making_ends_with_the_command_and_the_next_run_makes_the_same(project):
    folder = project / "reports"
    good = contents(folder)
    (folder / "index.html").write_text("damaged")
    (folder / ".build" / "site" / "source" / "index.md").unlink()
    command = start(project, site=True)
    while not (folder / ".build" / "site" / "source" / "index.md").exists():
        assert command.poll() is None
        time.sleep(0.01)
    working = descendants(command.pid)
    assert len(working) > 1
    command.kill()
    command.communicate()
    for _ in range(500):
        if working & running():
            time.sleep(0.02)
    assert not working & running()
    status, said = build(project, site=True)
    assert status == 0, said
    assert contents(folder) == good


@pytest.mark.elsewhere
def test_the_site_of_the_documents_has_the_same_bytes_in_another_folder(report, tmp_path):
    states = [file.relative_to(report) for file in (report / ".state").glob("*.json")]
    made = [name for file in states for name in read_state(report, file.stem).outputs]
    fronts = [file.relative_to(report) for file in report.glob("*/index.html")]  # for the switch
    for name in [*made, *states, *fronts]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(report / name, tmp_path / name)
    assert states and write_reports(folder=tmp_path) == 0
    first, second = (in_english(contents(folder)) for folder in (report, tmp_path))
    assert "report.pdf" in second and first == second


def in_english(files):
    """Return the files of a report, without those of its other languages."""
    return {name: said for name, said in files.items() if name.split("/")[0] not in LANGUAGES}


def test_a_second_run_runs_nothing_and_says_so(project):
    build(project)
    status, said = build(project)
    assert (status, said.strip()) == (0, "nothing to do, 1 notebook is up to date")


def test_another_setting_gives_another_table_and_taking_it_back_the_old_one(project):
    status, said = build(project, "--only", "00-sums", "--param", "factor=3")
    assert status == 0, said
    assert total(project, "variants/factor=3") == 3 * sum(numbers(project))
    status, said = build(project)
    assert status == 0, said
    assert total(project) == sum(numbers(project))


def test_a_misspelt_setting_is_an_error_and_changes_nothing(project):
    before = contents(project / "reports")
    status, said = build(project, "--only", "00-sums", "--param", "fcator=3")
    assert status != 0 and "fcator" in said
    assert contents(project / "reports") == before


def test_a_changed_number_reaches_the_answer(project):
    file = project / TABLE
    original = file.read_bytes()
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    changed = next(row for row in rows if row["printed"].isdigit())
    changed["printed"] = str(int(changed["printed"]) + 1)
    pd.DataFrame(rows).to_csv(file, index=False, lineterminator="\n")
    status, said = build(project)
    file.write_bytes(original)
    assert status == 0, said
    executed = (project / "reports" / "notebooks" / "00-sums.ipynb").read_text("utf-8")
    assert f"The numbers add up to {sum(numbers(project)) + 1}." in executed
