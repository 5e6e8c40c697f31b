"""The same project with other documents: the guide's paper dropped in, one of ours taken out."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from analysis import paths, read_table
from analysis.report.environment import fixed_environment
from tests.test_adding_a_paper import type_in

pytestmark = pytest.mark.elsewhere
LEFT = shutil.ignore_patterns(
    *(".git", ".venv*", "reports", "processed", "__pycache__", ".*_cache", ".hypothesis")
)
SAME_TESTS = [
    *("tests/test_structure.py", "tests/report/test_readme.py", "tests/report/test_codecheck.py"),
    *("tests/documents/test_ledger_of_documents.py", "tests/documents/test_anchors.py"),
    *("tests/language", "-k", "not notebook_is_translated"),
]


def to_take_out():
    """Return a document that no other's claims point to, the last such in reading order."""
    claims = read_table("claims")
    others = {
        slug: " ".join(claims.loc[claims["paper"] != slug, ["inputs", "base"]].to_numpy().ravel())
        for slug in read_table("papers")["paper"]
    }
    return [slug for slug, said in others.items() if f"{slug}-" not in said][-1]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project with the guide's document, and without one of ours.

    Where that was done already, all tests here are what this would try.
    """
    overview = json.loads(next(paths.NOTEBOOKS.glob("00-*.ipynb")).read_text("utf-8"))
    if overview["metadata"]["documents"] != read_table("papers")["paper"].to_list():
        pytest.skip("the documents are others than the notebooks were stored with")
    copy = tmp_path_factory.mktemp("other") / "project"
    shutil.copytree(paths.ROOT, copy, ignore=LEFT)
    type_in(copy / "data")
    gone = to_take_out()
    shutil.rmtree(copy / "data" / "raw" / gone)
    for notebook in (copy / "notebooks").glob(f"*-{gone}-*.ipynb"):
        notebook.unlink()
    return copy


def run(project, *words):
    """Run the project's own Python in the copy; return what it prints, which must not fail."""
    kept = {name: os.environ[name] for name in ("PAPERS_DIR",) if name in os.environ}
    kept |= {name: str(paths.ROOT / folder) for name, folder in kept.items()}
    environment = fixed_environment() | kept | {"PYTHONPATH": str(project / "src")}
    done = subprocess.run(
        [sys.executable, *words], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_other_documents_pass_the_same_tests_and_have_their_page_claims_and_row(project):
    brought = run(project, "-m", "analysis", "readme")
    assert {"README.md", "CITATION.cff", "codecheck.yml"} <= set(brought.split())
    assert "| orchard | 9 |" in (project / "README.md").read_text("utf-8")
    assert run(project, "-m", "analysis", "validate") == ""
    run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *SAME_TESTS)
    run(project, "-m", "analysis", "reports", "--only", "00-overview")
    page = (project / "reports" / "documents" / "orchard.html").read_text("utf-8")
    assert "Orchards of the valley" in page and "Growers began with pears in 2021." in page
    ledger = (project / "reports" / "ledger.html").read_text("utf-8")
    assert "orchard-start" in ledger and f"{to_take_out()}-" not in ledger
