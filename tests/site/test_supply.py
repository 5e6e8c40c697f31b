"""The bill of materials: every locked library, with hashes and a licence that can be used."""

import json
import re

import pytest

from analysis.report.site import supply
from analysis.report.site.shown.certificate import project

LOCKS = {"all": supply.LOCK, "spark": supply.SPARK}
TREES = """\
elm==2.0 ; python_version < '3.13' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   grove (pyproject.toml)
    #   oak-tree
oak-tree==1.2 \\
    --hash=sha256:{b}
    # via grove (pyproject.toml:test)
""".format(a="a" * 64, b="b" * 64)
GROVE = {"name": "grove", "version": "0.1", "license": "MIT"}


def test_a_bill_has_version_marker_hashes_licence_and_who_asks_for_a_library():
    bill = supply.bill(TREES, {"elm": "ISC"}, GROVE)
    elm, oak = bill["components"]
    assert (elm["name"], elm["version"], elm["purl"]) == ("elm", "2.0", "pkg:pypi/elm@2.0")
    assert elm["licenses"] == [{"expression": "ISC"}] and "licenses" not in oak
    assert [each["content"][0] for each in elm["hashes"]] == ["a", "b"]
    assert elm["properties"] == [{"name": "marker", "value": "python_version < '3.13'"}]
    assert [(each["ref"], each["dependsOn"]) for each in bill["dependencies"]] == [
        ("grove", ["pkg:pypi/elm@2.0", "pkg:pypi/oak-tree@1.2"]),
        ("pkg:pypi/elm@2.0", []),
        ("pkg:pypi/oak-tree@1.2", ["pkg:pypi/elm@2.0"]),
    ]


def test_the_bill_of_the_report_is_that_of_the_lock(report):
    found = json.loads((report / supply.FILE).read_text("utf-8"))
    lock = supply.LOCK.read_text("utf-8")
    assert found == supply.bill(lock, supply.read_licences(), project())
    assert len(found["components"]) == len(re.findall(r"^\S+==", lock, re.MULTILINE))
    assert all(each["hashes"] and each["licenses"] for each in found["components"])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_library_has_a_licence_that_is_known_and_compatible(lock):
    names = [each.name for each in supply.packages(LOCKS[lock].read_text("utf-8"))]
    assert names and not supply.refused(supply.read_licences(), names)


def test_what_an_installed_library_declares_is_in_the_list():
    listed = supply.read_licences()
    said = {name: supply.licences_in(supply.declared(name)) for name in listed}
    assert {name for name, found in said.items() if found}
    assert not {n: found for n, found in said.items() if not found <= supply.licences_in(listed[n])}


@pytest.mark.parametrize(
    ("licence", "apart", "expected"),
    [
        ("MIT", [], True),
        ("", [], False),
        ("GPL-3.0-or-later", [], False),
        ("GPL-3.0-or-later OR MIT", [], True),
        ("GPL-3.0-or-later AND MIT", [], False),
        ("GPL-3.0-or-later AND MIT", ["GPL-3.0-or-later"], True),
        ("MIT AND (Beer OR ISC)", [], False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", [], True),
    ],
)
def test_a_licence_is_compatible_if_one_way_to_take_it_is(licence, apart, expected):
    assert supply.is_compatible(licence, apart) is expected


def test_a_library_that_is_new_gets_its_row_and_what_is_known_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(supply, "LICENCES", tmp_path / "licences.csv")
    for name in ("LOCK", "SPARK"):
        monkeypatch.setattr(supply, name, tmp_path / "lock")
    (tmp_path / "lock").write_text(TREES + "numpy==1\n", encoding="utf-8")
    (tmp_path / "licences.csv").write_text("package,licence\nelm,ISC\nfir,MIT\n", "utf-8")
    supply.update()
    rows = supply.read_licences(tmp_path / "licences.csv")
    assert rows == {"elm": "ISC", "numpy": supply.declared("numpy"), "oak-tree": ""}
