"""The project, copied elsewhere and built there: results, settings, the same bytes twice."""

import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from analysis import paths
from analysis.report.build import write_reports

TWO = ["06-zhakyanova-prospects", "09-zharylkap-credit-hours"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of what the project is made of, two of its notebooks in it."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("src", "data/raw"):
        shutil.copytree(paths.ROOT / folder, copy / folder)
    (copy / "notebooks").mkdir()
    for slug in TWO:
        shutil.copy(paths.NOTEBOOKS / f"{slug}.ipynb", copy / "notebooks")
    for file in ("pyproject.toml", "requirements.lock", "README.md", "LICENSE", "CITATION.cff"):
        shutil.copy(paths.ROOT / file, copy)
    return copy


def build(project, *arguments):
    """Run the command line of the copy; return (exit status, what it said)."""
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-m", "analysis", *arguments]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def contents(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.relative_to(folder).parts[0].startswith(".")
    }


def test_two_notebooks_built_twice_from_clean_give_the_same_bytes(project):
    made = []
    for _ in range(2):
        shutil.rmtree(project / "reports", ignore_errors=True)
        status, said = build(project, "reports")
        assert status == 0, said
        made.append(contents(project / "reports"))
    assert made[0] == made[1]
    assert {"index.html", *(f"notebooks/{slug}.ipynb" for slug in TWO)} <= set(made[0])
    assert {"figures/figure-4-prospects.svg", "tables/prospects.csv"} <= set(made[0])


def test_a_second_run_runs_nothing_and_says_so(project):
    build(project, "reports")
    status, said = build(project, "reports")
    assert (status, said.strip()) == (0, "nothing to do, 2 notebooks are up to date")


def test_other_settings_give_another_table(project):
    table = project / "reports" / "tables" / "prospects.csv"
    build(project, "reports")
    usual = pd.read_csv(table)
    for setting in ("level=0.8", "n=206", "rounding=truncate"):
        status, said = build(project, "reports", "--only", TWO[0], "--param", setting)
        assert status == 0, said
        assert not pd.read_csv(table).equals(usual), setting
    build(project, "reports")
    assert pd.read_csv(table).equals(usual)


SURVEY = sorted(file.stem for file in paths.NOTEBOOKS.glob("0[1-6]-*"))


@pytest.mark.parametrize("settings", [{"n": "72"}, {"rounding": "truncate", "level": "0.8"}])
def test_the_notebooks_of_the_survey_run_where_shares_have_no_head_count(settings, tmp_path):
    # 27 % of 72 people and 20 with 80 % cut off are impossible: an answer, not an error.
    assert len(SURVEY) == 6
    assert write_reports(SURVEY, settings, folder=tmp_path / "reports") == 0


def test_a_misspelt_setting_is_an_error_and_changes_nothing(project):
    build(project, "reports")
    before = contents(project / "reports")
    status, said = build(project, "reports", "--only", TWO[0], "--param", "levle=0.8")
    assert status != 0 and "levle" in said
    assert contents(project / "reports") == before


def test_a_changed_number_reaches_the_answer(project):
    file = project / "data" / "raw" / "zhakyanova" / "tallies.csv"
    original = file.read_bytes()
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows.loc[(rows["question"] == "prospects") & (rows["printed"] == "4"), "printed"] = "5"
    rows.to_csv(file, index=False)
    status, said = build(project, "reports", "--only", TWO[0])
    page = (project / "reports" / "index.html").read_text(encoding="utf-8")
    file.write_bytes(original)
    assert status == 0, said
    assert "The printed shares add up to 100 % and can be everybody" in page
