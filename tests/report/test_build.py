"""A report is whole, the same each time, and made anew only where something changed."""

import functools
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import outputs, paths
from analysis.outputs import files
from analysis.report import build as reporting
from analysis.report import inputs
from analysis.report.inputs import Digests, changes, inputs_of
from analysis.report.notebook import NotebookError, answers
from analysis.report.runner import run_notebook
from analysis.report.site.shown.sections import notebook_section
from analysis.report.store import State, damage, move_in, read_state, write_state

MADE_FROM = {"notebook": "digest"}

# Writes what the library writes, without the seconds that matplotlib takes.
DRAWS = """import json, os, pathlib
def put(name, text):
    file = pathlib.Path(os.environ["ANALYSIS_OUTPUT"], name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
put("figures/{0}.svg", f"<svg>{{n}}</svg>"), put("figures/{0}.png", "png")
put("figures/{0}.json", json.dumps({{"title": "A < B", "alt": "\\"A\\" & <b>"}}))
put("tables/{0}.csv", f"n\\n{{n}}\\n")"""


def write(folder, slug, *sources, parameters="n = 120"):
    cells = [
        new_markdown_cell(f"# The {slug} <one>\n\nCitation.\n\n**Question.** How *many*?", id="a"),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="b"),
        *[new_code_cell(text, id=f"c{place}") for place, text in enumerate(sources)],
    ]
    nbformat.write(new_notebook(cells=cells), folder / f"{slug}.ipynb")


def contents(folder):
    """Return every file of a report, without the folder that is only of use to the next run."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".build" not in file.parts
    }


def plain_page(homes, sources, *rest):
    """Stand in for the site, which takes seconds: say of each notebook what its page would say."""
    for folder in homes.values():
        sections = [notebook_section(folder, slug, source) for slug, source in sources.items()]
        outputs.write_whole(folder / "index.html", json.dumps(sections, indent=1).encode())


@pytest.fixture(autouse=True)
def only_these_notebooks(monkeypatch, tmp_path):
    """Keep the figures and data of the project out, and write down what is run."""
    (tmp_path / "raw").mkdir()
    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    monkeypatch.setattr(reporting, "write_pages", plain_page)


@pytest.fixture
def ran(monkeypatch):
    """Return the names of the notebooks that were run since it was last cleared."""
    names = []

    def run(task):
        names.append(Path(task.source).stem)
        return run_notebook(replace(task, seconds=4))

    monkeypatch.setattr(reporting, "run_notebook", run)
    return names


def test_a_report_from_first_build_to_removed_notebook(tmp_path, ran, capsys):
    notebooks, folder = tmp_path / "notebooks", tmp_path / "reports"
    notebooks.mkdir()
    write(notebooks, "00-first", DRAWS.format("one"), "n")
    write(notebooks, "01-second", "print(n + 1)", parameters="m = 1\nn = 1")
    build = functools.partial(reporting.write_reports, folder=folder, notebooks=notebooks)

    assert build() == 0 and ran == ["00-first", "01-second"]
    first = contents(folder)
    assert sorted(first) == [
        ".state/00-first.json",
        ".state/01-second.json",
        "figures/one.json",
        "figures/one.png",
        "figures/one.svg",
        "index.html",
        "notebooks/00-first.ipynb",
        "notebooks/01-second.ipynb",
        "tables/one.csv",
    ]
    capsys.readouterr()

    ran.clear()
    assert build() == 0 and ran == [] and contents(folder) == first
    assert capsys.readouterr().out == "nothing to do, 2 notebooks are up to date\n"

    other = tmp_path / "elsewhere"  # another place, one at a time: the same bytes
    assert build(folder=other, jobs=1) == 0 and contents(other) == first

    ran.clear()
    (folder / "tables" / "one.csv").write_text("damaged")
    assert build() == 0 and ran == ["00-first"] and contents(folder) == first
    assert "00-first reruns: tables/one.csv is not as it was made" in capsys.readouterr().out

    ran.clear()
    assert build(params={"n": "50"}, only=["00-first"]) == 0 and ran == ["00-first"]
    other = folder / "variants" / "n=50"
    assert (other / "figures" / "one.svg").read_text() == "<svg>50</svg>"
    shutil.rmtree(folder / "variants")
    ran.clear()
    assert build() == 0 and ran == [] and contents(folder) == first

    ran.clear()
    write(notebooks, "00-first", DRAWS.format("two"), "n")
    assert build() == 0 and ran == ["00-first"]
    assert "figures/two.svg" in contents(folder) and "figures/one.svg" not in contents(folder)

    (notebooks / "00-first.ipynb").unlink()
    assert build() == 0
    left = [".state/01-second.json", "index.html", "notebooks/01-second.ipynb"]
    assert sorted(contents(folder)) == left


WRONG = {
    "endless": "while True:\n    pass",
    "exits": "import sys\nsys.exit(0)",
    "half": DRAWS.format("half") + "\nput('tables/half.csv', 'half')\n1 / 0",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
}


def test_failed_notebooks_leave_earlier_results_and_do_not_stop_the_others(tmp_path, ran, capsys):
    notebooks, folder = tmp_path / "notebooks", tmp_path / "reports"
    notebooks.mkdir()
    for slug in WRONG:
        write(notebooks, slug, DRAWS.format(slug) if slug == "half" else "n")
    assert reporting.write_reports(folder=folder, notebooks=notebooks) == 0
    good = contents(folder)
    for slug, source in WRONG.items():
        write(notebooks, slug, source)
    write(notebooks, "zero", "n")
    capsys.readouterr()
    assert reporting.write_reports(folder=folder, notebooks=notebooks) == 1

    now = contents(folder)
    kept = [name for name in good if not name.startswith(".state/") and name != "index.html"]
    assert all(now[name] == good[name] for name in kept) and "notebooks/zero.ipynb" in now
    said = capsys.readouterr().err
    assert "half failed: cell 3: ZeroDivisionError" in said and "---> " not in said
    assert said.endswith("failed: endless, exits, half, killed (4 of 5 that ran)\n")
    failed = {section["slug"]: section["failed"] for section in sections_of(folder)}
    assert all(failed[slug] for slug in WRONG) and not failed["zero"]
    assert failed["half"] == "cell 3"

    for slug in WRONG:  # taken back: what was there is current again, nothing has to run
        write(notebooks, slug, DRAWS.format(slug) if slug == "half" else "n")
    ran.clear()
    assert reporting.write_reports(folder=folder, notebooks=notebooks) == 0 and ran == []
    assert not any(section["failed"] for section in sections_of(folder))


def sections_of(folder):
    return json.loads((folder / "index.html").read_text())


def staged(slug, *names):
    """Return the content of figures and tables, by name."""
    return {name: json.dumps({"title": slug, "alt": "alt"}).encode() for name in names}


@pytest.mark.parametrize(
    "name", ["figures/A.svg", "notes.txt", "tables/a/b.csv", "figures/a.gif", "figures/a@2x.svg"]
)
def test_a_file_that_is_no_figure_and_no_table_fails_before_anything_moves(tmp_path, name):
    with pytest.raises(NotebookError, match="no figure and no table"):
        move_in(tmp_path, "a", staged("a", "tables/fine.csv", name), b"{}", MADE_FROM)
    assert not (tmp_path / "tables" / "fine.csv").exists()


def test_two_notebooks_may_not_write_the_same_file(tmp_path):
    move_in(tmp_path, "a", staged("a", "tables/t.csv"), b"{}", MADE_FROM)
    with pytest.raises(NotebookError, match=r"wrote tables/t\.csv, which a writes too"):
        move_in(tmp_path, "b", staged("b", "tables/t.csv"), b"{}", MADE_FROM)


def test_an_interrupted_move_is_not_taken_for_a_finished_one(tmp_path, monkeypatch):
    move_in(tmp_path, "a", staged("a", "tables/old.csv"), b"{}", MADE_FROM)
    assert read_state(tmp_path, "a").inputs and not damage(tmp_path, read_state(tmp_path, "a"))
    monkeypatch.setattr(files.os, "fsync", broken_after(3))
    with pytest.raises(OSError, match="full"):
        move_in(tmp_path, "a", staged("a", "tables/x.csv"), b"{ }", MADE_FROM)
    monkeypatch.undo()
    state = read_state(tmp_path, "a")
    assert not state.inputs and "tables/old.csv" in state.outputs
    move_in(tmp_path, "a", staged("a", "tables/x.csv"), b"{}", MADE_FROM)
    assert not (tmp_path / "tables" / "old.csv").exists()


def broken_after(calls):
    """Return a function that works so many times and then says that the disk is full."""
    left = iter([None] * (calls - 1))

    def call(_):
        if next(left, "none") == "none":
            raise OSError("the disk is full")

    return call


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": {}, "more": 1}', '{"inputs": "x"}'])
def test_a_state_that_cannot_be_read_counts_as_none(tmp_path, text):
    write_state(tmp_path, "a", State(MADE_FROM))
    assert read_state(tmp_path, "a").inputs == MADE_FROM
    (tmp_path / ".state" / "a.json").write_text(text)
    assert read_state(tmp_path, "a") == State()


@pytest.fixture
def made_from(tmp_path, monkeypatch):
    """Return a function: what a notebook rests on, in a made-up project, has changed since."""
    project = tmp_path / "project"
    names = ["requirements.lock", "notebooks/n.ipynb", "data/raw/orchard/trees.csv"]
    names += ["src/analysis/used.py", "src/analysis/unused.py", "data/raw/orchard/unread.csv"]
    names += [f"src/analysis/{maker}" for maker in inputs.MAKERS]
    for name in names:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("1")
    for name, place in {"ROOT": ".", "RAW": "data/raw", "CODE": "src/analysis"}.items():
        monkeypatch.setattr(paths, name, (project / place).resolve())
    for name, place in {"NOTEBOOKS": "notebooks", "LOCALE": "src/analysis/locale"}.items():
        monkeypatch.setattr(paths, name, project / place)
    monkeypatch.setattr(inputs, "LOCK", project / "requirements.lock")
    trace = {
        "read": [str(project / "data/raw/orchard/trees.csv"), f"{project}/data/raw/orchard/"],
        "modules": [str(project / "src/analysis/used.py")],
        "messages": [],
    }
    notebook = project / "notebooks/n.ipynb"
    before = inputs_of(notebook, {"n": 40}, trace, Digests(), "en")
    return project, lambda n=40: changes(before, notebook, {"n": n}, Digests(), "en")


CHANGED = {
    "requirements.lock": ["lock"],
    "notebooks/n.ipynb": ["its notebook"],
    "data/raw/orchard/trees.csv": ["orchard/trees"],
    "src/analysis/used.py": ["analysis/used"],
    "src/analysis/report/notebook.py": ["analysis/report/notebook"],
    "src/analysis/unused.py": [],
    "data/raw/orchard/unread.csv": [],
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_a_notebook_rests_on_makes_it_run_again_and_nothing_else_does(made_from, name):
    project, changed = made_from
    assert changed() == []
    (project / name).write_text("2")
    assert changed() == CHANGED[name]
    (project / name).write_text("1")
    assert changed() == []


def test_a_project_in_a_folder_of_the_system_has_inputs_too(made_from, monkeypatch):
    project, _ = made_from
    monkeypatch.setattr(inputs, "OUTSIDE", [project.parent])
    table = str(project / "data/raw/orchard/trees.csv")
    own, other = str(project / ".venv/lib/rain.py"), str(project.parent / "rain.csv")
    assert inputs.names_of([table, own, other]) == ["data/raw/orchard/trees.csv"]


def test_what_changes_while_a_notebook_runs_counts_as_changed_at_the_next_run(made_from):
    project, _ = made_from
    table, digests = project / "data/raw/orchard/trees.csv", Digests()
    trace = {"read": [str(table), f"{table.parent}/"], "modules": [], "messages": []}
    digests.take()
    table.write_text("2")  # while the notebook runs
    notebook = project / "notebooks/n.ipynb"
    before = inputs_of(notebook, {}, trace, digests, "en")
    assert changes(before, notebook, {}, Digests(), "en") == ["orchard/trees"]


def test_a_parameter_a_new_table_a_lost_one_and_another_python_are_noticed(made_from, monkeypatch):
    project, changed = made_from
    assert changed(n=41) == ["the parameter n"]
    (project / "data/raw/orchard/new.csv").write_text("")
    assert changed() == ["orchard/"]
    (project / "data/raw/orchard/new.csv").unlink()
    (project / "data/raw/orchard/trees.csv").unlink()
    assert changed() == ["orchard/", "orchard/trees"]
    (project / "data/raw/orchard/trees.csv").write_text("1")
    monkeypatch.setattr(inputs.platform, "python_version", lambda: "3.99.0")
    assert changed() == ["python"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"only": ["00-frist"]}, "no notebook '00-frist'"),
        ({"params": {"levle": "0.9"}}, "no parameter 'levle'; did you mean level"),
        ({"params": {"level": "high"}}, "parameter level: 'high' is not a number from 0 to 1"),
    ],
)
def test_bad_input_is_refused_before_anything_is_written(tmp_path, options, said):
    write(tmp_path, "00-first", "n", parameters="level = 0.95")
    write(tmp_path, "01-second", "n")
    with pytest.raises(ValueError, match=said):
        reporting.write_reports(folder=tmp_path / "reports", notebooks=tmp_path, **options)
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("name", ["Untitled", "a b", "{x}", "ә"])
def test_a_notebook_with_an_unsafe_name_is_refused(tmp_path, name):
    write(tmp_path, name, "n")
    with pytest.raises(ValueError, match="name a notebook with"):
        reporting.write_reports(folder=tmp_path / "reports", notebooks=tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no fcntl")
def test_a_second_run_on_the_same_report_is_refused_while_the_first_one_works(tmp_path):
    write(tmp_path, "00-first", "n")
    folder = tmp_path / "reports"
    with reporting._locked(folder), pytest.raises(BlockingIOError, match="another run"):
        reporting.write_reports(folder=folder, notebooks=tmp_path)


def test_a_page_knows_its_figures_in_the_order_in_which_they_are_drawn(tmp_path):
    write(tmp_path, "a", 'write_figure(axes, "two")\nwrite_figure(axes, "one")')
    made = staged("a", "figures/one.svg", "figures/two.svg", "tables/t.csv")
    for name in ("one", "two"):
        about = {"title": "A < B", "alt": f"figure {name}"}
        made[f"figures/{name}.json"] = json.dumps(about).encode()
    notebook = (tmp_path / "a.ipynb").read_bytes()
    move_in(tmp_path / "reports", "a", made, notebook, MADE_FROM)
    section = notebook_section(tmp_path / "reports", "a", tmp_path / "a.ipynb")
    assert [figure["name"] for figure in section["figures"]] == ["two", "one"]
    assert section["title"] == "The a <one>" and section["tables"] == ["t"]


def test_the_page_shows_the_computed_answer():
    output = {"output_type": "execute_result", "data": {"text/plain": "It is\n17."}}
    cell = {"cell_type": "code", "metadata": {"tags": ["answer"]}, "outputs": [output]}
    assert answers([cell]) == ["It is 17."]
    assert answers([cell | {"metadata": {}}]) == []


def test_each_language_has_a_folder_of_its_own_and_is_made_anew_by_itself(tmp_path, ran, capsys):
    notebooks, folder = tmp_path / "notebooks", tmp_path / "reports"
    notebooks.mkdir()
    write(notebooks, "00-first", "print(language, n)", parameters='n = 120\nlanguage = "en"')
    build = functools.partial(reporting.write_reports, folder=folder, notebooks=notebooks)
    assert build(language="all") == 0 and ran == ["00-first"]  # one process
    for name in ("en", "ru", "kk"):
        home = folder if name == "en" else folder / name
        cells = nbformat.read(home / "notebooks" / "00-first.ipynb", as_version=4).cells
        assert cells[-1].outputs[0].text == f"{name} 120\n"
    ran.clear()
    assert build(language="kk") == 0 and build() == 0 and ran == []
    with pytest.raises(ValueError, match="language: wanted en, ru, kk or all; got 'de'"):
        build(language="de")
    with pytest.raises(ValueError, match="choose it with --language"):
        build(params={"language": "ru"})
