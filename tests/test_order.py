"""Tests run side by side: one builds the report, a notebook stays in one process."""

import pytest

from tests import conftest
from tests.shared import alone, once

xdist = pytest.importorskip("xdist.scheduler")


class Item:
    """A test as pytest collects it; a cell of a notebook has no fixtures."""

    def __init__(self, name, *fixtures):
        self.name = name
        if fixtures:
            self.fixturenames = fixtures


def test_one_test_builds_the_report_first_and_the_others_read_it_last():
    asked = {"a": ["report"], "b": ["translated_report"], "c": ["tmp_path"], "d": []}
    items = [Item(name, *fixtures) for name, fixtures in asked.items()]
    conftest.pytest_collection_modifyitems(items)
    assert [item.name for item in items] == ["b", "c", "d", "a"]


def test_a_file_stays_together_and_readers_of_the_report_go_to_whoever_is_free(pytestconfig):
    class Given:
        option = pytestconfig.option

        def getvalue(self, name):
            return {"dist": "loadfile", "tx": ["2*popen"]}.get(name)

        getoption = getvalue

    split = conftest.pytest_xdist_make_scheduler(Given(), None)._split_scope
    assert split("notebooks/00-a.ipynb::Cell 0") == split("notebooks/00-a.ipynb::Cell 1")
    assert split("tests/x.py::A::test_a[b]") == split("tests/x.py::test_c")
    assert split("tests/site/x.py::test_a") != split("tests/site/x.py::test_b")


def test_work_is_done_once_and_nobody_waits_who_need_not(tmp_path):
    record, done = tmp_path / "record.json", []
    for _ in range(2):
        assert once(record, lambda: done.append(1) or [1, 2]) == [1, 2]
    assert done == [1]
    with alone(tmp_path / "other.lock"):
        assert once(tmp_path / "other.json", lambda: 1, wait=False) is None
    assert once(tmp_path / "other.json", lambda: 1, wait=False) == 1
