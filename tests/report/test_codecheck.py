"""What a reviewer is promised: the manifest is up to date, the citation file is whole."""

import json
from pathlib import Path

import yaml

from analysis import paths, read_table
from analysis.report import codecheck
from analysis.report.processed import TABLES


def test_the_manifest_is_up_to_date():
    text = codecheck.FILE.read_text(encoding="utf-8")
    assert text == codecheck.codecheck_text(), "python -m analysis readme"


def test_the_configuration_names_the_documents_and_every_output():
    said = yaml.safe_load(codecheck.codecheck_text())
    assert said["version"].endswith("/2.0/")
    assert len(said["paper"]["reference-other"]) == len(read_table("papers"))
    files = [each["file"] for each in said["manifest"]]
    assert len(files) == len(set(files)) and all(each["comment"] for each in said["manifest"])
    assert {f"data/processed/{name}.csv" for name in TABLES} <= set(files)
    assert all(Path(file).parts[0] in {"reports", "data"} for file in files)
    assert not any(mark in json.dumps(said) for mark in ("TODO", "FIXME", "example.org", "XXXX"))


def test_the_citation_file_names_every_document():
    said = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert said["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "version", "date-released"} <= set(said)
    assert len(said["references"]) == len(read_table("papers"))
    allowed = {"type", "title", "authors", "journal", "year", "volume", "issue", "doi", "notes"}
    for reference in said["references"]:
        assert set(reference) <= allowed and {"type", "title", "authors"} <= set(reference)
