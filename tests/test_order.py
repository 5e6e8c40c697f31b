"""Tests run side by side: one builds the report, a notebook stays in one process."""

import pytest

from tests import conftest
from tests.shared import alone, kept_report, once

xdist = pytest.importorskip("xdist.scheduler")


class Item:
    """A test as pytest collects it; a cell of a notebook has no fixtures."""

    def __init__(self, nodeid, *fixtures):
        self.nodeid, self.markers = nodeid, []
        self.add_marker = self.markers.append
        if fixtures:
            self.fixturenames = fixtures


@pytest.fixture
def item(tmp_path):
    """Return a function: a test of a file that sets up things for all its tests, or does not."""
    for name, text in (("alone.py", ""), ("shared.py", '@pytest.fixture(scope="module")')):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return lambda name, *fixtures: Item(f"{tmp_path / name}::test", *fixtures)


def test_one_test_builds_the_report_first_and_the_others_read_it_last(item):
    reads, builds = item("alone.py", "report"), item("alone.py", "translated_report", "report")
    single, file = item("alone.py", "tmp_path"), item("shared.py", "tmp_path")
    cell = item("a.ipynb")
    given = [cell, reads, single, builds, file]
    assert conftest.ordered(given) == [builds, file, single, cell, reads]
    assert conftest.ordered([cell, single, reads]) == [reads, single, cell]
    assert conftest.ordered([cell, single]) == [single, cell]


def test_a_test_is_marked_by_what_it_asks_for(item):
    asked = [item("alone.py", each) for each in ("browser", "translated_report", "report")]
    conftest.mark(asked)
    assert [each.markers for each in asked] == [["browser"], ["translated"], []]


def test_a_file_stays_together_if_its_tests_share_a_set_up_and_others_go_to_whoever_is_free(
    pytestconfig, item
):
    class Given:
        option = pytestconfig.option

        def getvalue(self, name):
            return {"dist": "loadfile", "tx": ["2*popen"]}.get(name)

        getoption = getvalue

    split = conftest.pytest_xdist_make_scheduler(Given(), None)._split_scope
    assert split("notebooks/00-a.ipynb::Cell 0") == split("notebooks/00-a.ipynb::Cell 1")
    for name, together in (("shared.py", True), ("alone.py", False)):
        file = item(name).nodeid.partition("::")[0]
        assert (split(f"{file}::A::test_a[b]") == split(f"{file}::test_c")) is together


def test_the_report_of_the_tests_begins_with_what_there_is_and_only_where_there_is_none(tmp_path):
    made, kept = tmp_path / "made", tmp_path / "kept"
    kept_report(kept, made)  # there is nothing to begin with
    (made / ".build").mkdir(parents=True)
    for name in ("index.html", ".build/font"):
        (made / name).write_text("old", encoding="utf-8")
    assert (kept_report(kept, made) / "index.html").read_text("utf-8") == "old"
    assert not (kept / ".build" / "font").exists()
    (made / "index.html").write_text("new", encoding="utf-8")
    assert (kept_report(kept, made) / "index.html").read_text("utf-8") == "old"


def test_work_is_done_once_and_nobody_waits_who_need_not(tmp_path):
    record, done = tmp_path / "record.json", []
    for _ in range(2):
        assert once(record, lambda: done.append(1) or [1, 2]) == [1, 2]
    assert done == [1]
    with alone(tmp_path / "other.lock"):
        assert once(tmp_path / "other.json", lambda: 1, wait=False) is None
    assert once(tmp_path / "other.json", lambda: 1, wait=False) == 1
