"""The guides of `docs` are pages in the reader's language; a certificate says what was run."""

import hashlib
import html
import json
import re

import pytest

from analysis import paths
from analysis.language.current import LANGUAGES, speaking
from analysis.report.settings import SETTINGS
from analysis.report.site.shown.banner import banner
from analysis.report.site.shown.certificate import compared, inputs, libraries
from analysis.report.site.shown.guides import ORDER, guide_files, guides, page_text, purposes
from analysis.report.site.sources import guide_pages
from analysis.report.site.templates import page_templates


def test_every_guide_of_the_project_has_its_place_and_its_purpose():
    assert [name for name in guide_files() if name in ORDER] == list(ORDER)
    assert set(purposes()) == set(ORDER)
    assert all(each["title"] and each["text"].startswith("# ") for each in guides())


def test_a_guide_is_in_the_language_of_the_page_or_in_english(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DOCS", tmp_path)
    for name in ("pears", "pears.ru", "plums"):
        (tmp_path / f"{name}.md").write_text(f"# About {name}\n", encoding="utf-8")
    with speaking("ru"):
        found = {each["name"]: (each["title"], each["translated"]) for each in guides()}
    assert found == {"pears": ("About pears.ru", True), "plums": ("About plums", False)}
    with speaking("en"):
        assert all(each["translated"] for each in guides())


def test_a_project_without_guides_has_no_pages_of_them(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DOCS", tmp_path / "none")
    assert guide_pages({"guides": guides()}) == {}


def test_links_lead_to_guides_the_web_or_the_repository_and_none_to_a_file_that_is_not_there():
    (name, *_) = guide_files()
    said = f"[guide]({name}.md) [web](https://example.org) [file](../a/b.yml) [c.md](c.md)"
    assert page_text(said, "made") == (
        f"[guide]({name}.md) [web](https://example.org) file (`a/b.yml`) `docs/c.md`\n"
    )
    there = page_text(said, "made", "https://example.org/us/")
    assert "[file](https://example.org/us/blob/main/a/b.yml)" in there


def test_blocks_stay_as_they_are_and_are_highlighted_only_where_they_can_be():
    text = "```csv data/x.csv\n[a](b.md)\n<!-- x -->\n```\n<!-- x -->\n   ```\n   y\n   ```\n"
    assert page_text(text + "```sh\nz\n```", "made") == (
        "```text\n[a](b.md)\n<!-- x -->\n```\n   ```text\n   y\n   ```\n```sh\nz\n```\n"
    )


def test_a_line_that_only_leads_to_other_languages_is_left_out():
    assert page_text("По-русски: [x](pears.ru.md). Қазақша: [y](pears.kk.md).", "pears") == ""
    assert "plums" in page_text("See [x](pears.ru.md) and [plums](plums.md).", "pears")


def test_translations_have_the_blocks_and_commands_of_the_english_guide():
    for language in LANGUAGES.keys() - {"en"}:
        for name, file in guide_files(language).items():
            texts = [each.read_text("utf-8") for each in (guide_files()[name], file)]
            heads = [re.findall("^#+", text, re.MULTILINE) for text in texts]
            assert heads[0] == heads[1], file.name
            commands = [re.findall("^ *python -m .*$", text, re.MULTILINE) for text in texts]
            assert [len(each) for each in commands] == [len(commands[0])] * 2, file.name


def test_the_certificate_names_every_table_with_its_sum(report):
    page = html.unescape((report / "certificate.html").read_text("utf-8"))
    tables = sorted(paths.RAW.rglob("*.csv"))
    assert tables
    for file in tables:
        assert hashlib.sha256(file.read_bytes()).hexdigest() in page, file
    assert re.search(r"a stored output: (\d+); came out equal: \1<", page)


def test_a_changed_table_changes_its_own_sum_only(tmp_path, monkeypatch):
    (tmp_path / "orchard").mkdir()
    (tmp_path / "orchard" / "document.yml").write_text("citation: Orchard 2020\nreference: x\n")
    for name in ("trees", "pears"):
        (tmp_path / "orchard" / f"{name}.csv").write_text("1")
    monkeypatch.setattr(paths, "RAW", tmp_path)
    before = dict(dict(inputs({}))["Orchard 2020"])
    (tmp_path / "orchard" / "trees.csv").write_text("2")
    after = dict(dict(inputs({}))["Orchard 2020"])
    assert [name for name in after if after[name] != before[name]] == ["trees.csv"]
    assert len(after) == 3


def test_cells_that_came_out_otherwise_or_did_not_run_are_not_counted_as_equal(tmp_path):
    def notebook(*outputs):
        cells = [
            {"id": f"c{place}", "outputs": [{"text": text}] if text else []}
            for place, text in enumerate(outputs)
        ]
        return json.dumps({"cells": [{"id": "m", "source": "x"}, *cells]})

    (tmp_path / "notebooks").mkdir()
    (tmp_path / "a.ipynb").write_text(notebook(["1\n", "2"], "3", ""))
    (tmp_path / "b.ipynb").write_text(notebook("4"))
    (tmp_path / "notebooks" / "a.ipynb").write_text(notebook("1\n2", "5", "6"))
    sources = {name: tmp_path / f"{name}.ipynb" for name in ("a", "b")}
    assert compared(tmp_path, sources) == {"all": 3, "equal": 1}


def test_of_two_locked_versions_both_are_named():
    lock = "oak==1.2 ; python_version < '3.12' \\\n    --hash=sha256:0\noak==1.3 \\\nelm==1\n"
    about = {"dependencies": ["Oak"], "optional-dependencies": {"figures": ["elm>=1"]}}
    assert libraries(lock, about) == {"elm": ["1"], "oak": ["1.2", "1.3"]}


@pytest.mark.parametrize(("page", "up"), [("index", ""), ("claims/x", "../")])
def test_every_page_of_a_variant_leads_back_to_the_published_report(tmp_path, page, up):
    home = tmp_path / "variants" / "n=9"
    home.mkdir(parents=True)
    (tmp_path / "index.html").write_text("")
    assert banner(home) is None
    (home / SETTINGS).write_text('{"n": 9, "region": "<b>"}')
    said = banner(home)
    shown = page_templates().get_template("banner.html").render(banner=said, pagename=page)
    assert f'href="{up}../../index.html"' in shown and "n = 9, region = &lt;b&gt;" in shown
    assert page_templates().get_template("banner.html").render(banner=None, pagename=page) == ""
