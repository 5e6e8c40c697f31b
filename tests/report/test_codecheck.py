"""What a reviewer is promised: the manifest is up to date, the citation file is whole."""

import json
import tomllib

import pandas as pd
import pytest
import yaml

from analysis import paths
from analysis.__main__ import main
from analysis.data.collection import documents
from analysis.report import codecheck, readme
from analysis.report.notebook import NotebookError
from analysis.report.site import sources


def code(*sources):
    return {"cells": [{"cell_type": "code", "source": source} for source in sources]}


def test_the_manifest_is_up_to_date():
    text = codecheck.FILE.read_text(encoding="utf-8")
    assert text == codecheck.codecheck_text(), "python -m analysis readme"


def test_the_configuration_names_the_documents_and_every_output_once():
    said = yaml.safe_load(codecheck.codecheck_text())
    assert said["version"].endswith("/2.0/")
    assert len(said["paper"]["reference-other"]) == len(documents(paths.RAW))
    files = [each["file"] for each in said["manifest"]]
    assert len(files) == len(set(files)) and all(each["comment"] for each in said["manifest"])
    assert all(file.startswith("reports/") for file in files)
    assert not any(mark in json.dumps(said) for mark in ("TODO", "FIXME", "example.org", "XXXX"))


def test_every_page_that_the_site_always_has_is_listed():
    listed = codecheck.outputs()
    pages = (*sources.PAGES, *sources.PROSE, *sources.SINGLE, "search")
    assert {f"{name}.html" for name in pages} <= listed.keys()


def test_a_project_without_guides_lists_none(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "DOCS", tmp_path)
    assert not any("guides" in name for name in codecheck.outputs())


def test_a_document_without_tables_of_its_own_is_named_like_the_others(tmp_path, monkeypatch):
    (tmp_path / "hostel").mkdir()
    (source, *_) = paths.RAW.glob("*/document.yml")
    about = yaml.safe_load(source.read_text(encoding="utf-8")) | {"reference": "Hostel (1999)."}
    text = yaml.safe_dump(about, allow_unicode=True)
    (tmp_path / "hostel" / "document.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "RAW", tmp_path)
    (named,) = codecheck.configuration()["paper"]["reference-other"]
    assert named["title"] == "Hostel (1999)"
    monkeypatch.setattr(codecheck, "ledger_table", lambda: pd.DataFrame(columns=["claim", "paper"]))
    assert "reports/documents/hostel.html" in [each["file"] for each in codecheck.manifest()]


def test_outputs_are_found_wherever_a_cell_names_them():
    source = "rain = 3\nwrite_figure(plot(write_table(f, name='b')), 'a-1', dpi=9)\nshow()"
    outputs = ["figures/a-1", "tables/b", "tables/c"]
    assert list(codecheck.declared_outputs(code(source, "%time", "write_table(f, 'c')"))) == outputs


@pytest.mark.parametrize("call", ["write_table(f, name)", "write_figure(a, f'x-{n}')"])
def test_an_output_whose_name_is_computed_is_refused_with_its_cell(call):
    with pytest.raises(NotebookError, match="cell 2: name the output in quotes"):
        list(codecheck.declared_outputs(code("x = 1", call)))


def test_nothing_is_written_unless_every_text_could_be_computed(tmp_path, monkeypatch):
    file = tmp_path / "README.md"
    file.write_text("<!-- part: computed -->\nold\n<!-- end of part -->\n", encoding="utf-8")
    monkeypatch.setattr(readme, "BLOCKS", {file: {"part": lambda: "new"}})
    monkeypatch.setattr(codecheck, "FILE", tmp_path / "codecheck.yml")
    monkeypatch.setattr(codecheck, "codecheck_text", lambda: {}["hostel"])
    assert main(["readme"]) == 2
    assert "old" in file.read_text(encoding="utf-8")
    monkeypatch.setattr(codecheck, "codecheck_text", lambda: "listed\n")
    assert main(["readme"]) == 0
    assert "new" in file.read_text(encoding="utf-8")
    assert (tmp_path / "codecheck.yml").read_text(encoding="utf-8") == "listed\n"


def test_the_citation_file_names_the_documents():
    said = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert said["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "version", "date-released"} <= set(said)
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert said["version"] == project["version"]
    assert len(said["references"]) == len(documents(paths.RAW))
    allowed = {"type", "title", "authors", "journal", "year", "volume", "issue", "doi", "notes"}
    for reference in said["references"]:
        assert set(reference) <= allowed and {"type", "title", "authors"} <= set(reference)
