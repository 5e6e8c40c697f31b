"""What several tests need: a small data folder with made-up claims."""

import csv
import json

import pytest

from analysis import paths

TABLES = ("papers", "claims", "external_facts", "references", "citations")
BLANK = {
    "paper": "made",
    "section": "Results",
    "statement": "What is claimed.",
    "anchor": "some words",
    "bearing": "detail",
    "notebook": "14-ledger",
}


def write_rows(file, names, rows):
    """Write rows as CSV; cells that a row lacks are empty."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def claims_folder(tmp_path):
    """Return a function that writes a data folder from claims, given as dictionaries."""

    def make(*claims, **tables):
        descriptor = json.loads((paths.RAW / "datapackage.json").read_text(encoding="utf-8"))
        kept = [each for each in descriptor["resources"] if each["path"][:-4] in TABLES]
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        tables.setdefault("papers", [{"paper": "made", "citation": "Made 2021", "year": 2021}])
        tables["claims"] = [BLANK | claim for claim in claims]
        for resource in kept:
            names = [field["name"] for field in resource["schema"]["fields"]]
            write_rows(folder / resource["path"], names, tables.get(resource["path"][:-4], []))
        descriptor["resources"] = kept
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        return folder

    return make
