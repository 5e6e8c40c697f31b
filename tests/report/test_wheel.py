"""The library installed elsewhere: with its tables, few packages, and no notebooks."""

import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile

import pytest
from packaging.requirements import Requirement

from analysis import paths

pytestmark = pytest.mark.elsewhere
PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SITE = sysconfig.get_path("purelib")
BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}} (blocked)", name=name)
sys.meta_path.insert(0, Block())
"""


def named(text):
    return re.sub("[-_.]+", "-", text).lower()


def closure(wanted):
    """Return the packages that some need, and those that these need, without extras."""
    found, waiting = set(), [Requirement(each) for each in wanted]
    while waiting:
        each = waiting.pop()
        if named(each.name) in found or (each.marker and not each.marker.evaluate({"extra": ""})):
            continue
        found.add(named(each.name))
        waiting += map(Requirement, importlib.metadata.requires(each.name) or [])
    return found


def foreign():
    """Return the modules installed here that an installation without extras would not bring."""
    core = closure(PROJECT["dependencies"])
    return sorted(
        module
        for module, packages in importlib.metadata.packages_distributions().items()
        if not {named(package) for package in packages} & core
    )


def wheel(source, target):
    """Build the wheel of a source tree, without network; return its file."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (file,) = target.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wheel(paths.ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """Return a function that runs code where only the wheel is installed; packages may be blocked.

    Returns exit status, what it printed and what it complained of.
    """
    place = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, "--target", str(place), str(built)], check=True)

    def run(code, blocked=()):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place), SITE])}
        start = [sys.executable, "-S", "-c", BLOCK.format(blocked=list(blocked)) + code]
        done = subprocess.run(
            start, cwd=place.parent, env=environment, capture_output=True, text=True
        )
        assert str(paths.ROOT / "src") not in done.stdout
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    run.place = place
    return run


def main(*words):
    return f"from analysis.__main__ import main; raise SystemExit(main({list(words)!r}))"


def test_the_wheel_holds_every_file_of_the_data_and_the_mark_of_its_types(built):
    names = set(zipfile.ZipFile(built).namelist())
    for folder in (paths.RAW, paths.EXAMPLES):
        files = [file for file in folder.rglob("*") if file.is_file()]
        inside = [file.relative_to(folder.parent).as_posix() for file in files]
        assert files and {f"analysis/{name}" for name in inside} <= names
    assert "analysis/py.typed" in names


def test_the_source_archive_builds_the_same_wheel(built, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # not in Python 3.11.2
        files.extractall(tmp_path / "source", **safe)
    (source,) = (tmp_path / "source").iterdir()
    (tmp_path / "wheel").mkdir()
    assert wheel(source, tmp_path / "wheel").read_bytes() == built.read_bytes()


def test_tables_counts_and_ledger_work_where_no_extra_package_is(installed):
    blocked = foreign()
    assert {"matplotlib", "papermill", "sphinx", "IPython"} <= set(blocked)
    code = """
import analysis
from analysis import ledger_table, possible_counts, proportion_interval, read_table
from analysis.data.tables import read_descriptor
print(analysis.__file__)
print(possible_counts("20", n=45))
print(len(proportion_interval(9, 45)))
first = read_descriptor()["resources"][0]["path"].removesuffix(".csv")
print(len(read_table(first)) > 0, len(ledger_table()) == len(read_table("claims")) > 0)
survey = analysis.read_survey(read_table("questions")["paper"].iloc[0])
print(survey.n > 0, all(len(question.tallies) for question in survey))
analysis.use_language("ru")
titles = read_table("figures")["title"]
print(titles.str.contains("[а-я]").any(), analysis.label("women") != "women")
"""
    status, said, wrong = installed(code, blocked)
    assert status == 0, wrong
    assert said.splitlines() == [
        str(installed.place / "analysis" / "__init__.py"),
        "[9]",
        "2",
        "True True",
        "True True",
        "True True",
    ]


def test_every_module_but_those_of_drawing_and_of_the_report_loads_without_extras(installed):
    code = """
import importlib, pkgutil, analysis
for each in pkgutil.walk_packages(analysis.__path__, "analysis."):
    drawing = each.name.startswith("analysis.figures.") or each.name.endswith("pictures")
    if not (drawing or each.name.startswith("analysis.report.")):
        importlib.import_module(each.name)
"""
    status, _, wrong = installed(code, foreign())
    assert status == 0, wrong


def test_the_data_of_the_package_are_valid_there(installed):
    assert installed(main("validate"), foreign()) == (0, "", "")


@pytest.mark.parametrize("command", ["reports", "data", "clean", "readme", "verify"])
def test_a_command_that_needs_notebooks_says_so_in_one_line_and_writes_nothing(installed, command):
    before = sorted(installed.place.parent.rglob("*"))
    status, said, wrong = installed(main(command))
    assert (status, said) == (2, "") and wrong.count("\n") == 0
    assert wrong.startswith(f"error: {command}: this is an installed copy, without notebooks")
    assert sorted(set(installed.place.parent.rglob("*")) - set(before)) == []


def test_a_missing_package_is_one_line_with_what_to_install(installed):
    status, _, wrong = installed(main("counts", "20", "--n", "45"), ["pandas"])
    assert status == 2 and wrong.count("\n") == 0
    assert "pandas" in wrong and "pip install" in wrong
