"""The site as a reader meets it: opened from disk in a real browser."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from analysis import ledger_table, paths
from analysis.report.build import write_reports
from analysis.report.site import build, content, pdf
from analysis.report.site.policy import with_policy

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HOSTILE = "<img src=x onerror=hacked()><script>hacked()</script>\"'&{{ 7*7 }} [x](javascript:1)"


@pytest.fixture(scope="session")
def report(request):
    """Return the report with the default settings, built where pytest keeps its cache."""
    folder = Path(request.config.cache.mkdir("report"))
    assert write_reports(folder=folder) == 0
    return folder


def pages(report):
    return sorted(report.rglob("*.html"))


def some_pages(report):
    names = ("index", "figures", "ledger", "method", "data", "documents", "notebooks", "search")
    chosen = ("notebooks/06-zhakyanova-prospects", "notebooks/14-ledger", "documents/zharylkap")
    return [report / f"{name}.html" for name in (*names, *chosen)]


def test_there_is_a_page_for_every_notebook_and_document(report):
    slugs = {file.stem for file in paths.NOTEBOOKS.glob("*.ipynb")}
    assert {file.stem for file in (report / "notebooks").glob("*.html")} == slugs
    assert {file.stem for file in (report / "documents").glob("*.html")} == {
        *("zhakyanova", "rustemova", "zharylkap", "nched", "liu")
    }


def test_every_link_and_picture_leads_somewhere(report):
    texts = {file: file.read_text("utf-8") for file in pages(report)}
    lost = []
    for file, text in texts.items():
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            parts = urlparse(target.replace("&amp;", "&"))
            if parts.scheme or target.startswith(("//", "#")):
                continue
            there = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            place = unquote(parts.fragment)
            if not there.exists():
                lost.append((file.name, target))
            elif there.suffix == ".html" and place and "=" not in place:
                lost += [(file.name, target)] * (f'id="{place}"' not in texts.get(there, ""))
    assert not lost


def test_every_page_has_its_policy_first_and_loads_nothing_from_outside(report):
    for file in pages(report):
        text = file.read_text("utf-8")
        assert re.search(r'<head>\s*<meta http-equiv="Content-Security-Policy"', text), file
        assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="https?:', text), file
    for sheet in report.rglob("*.css"):
        assert not re.findall(r"url\([\"']?https?:", sheet.read_text("utf-8")), sheet


def test_a_policy_is_not_written_twice():
    page = "<html><head><title>x</title></head></html>"
    assert with_policy(with_policy(page, "x"), "x") == with_policy(page, "x")


def test_the_front_page_states_the_verdicts_that_the_ledger_computes(report):
    text = (report / "index.html").read_text("utf-8")
    counts = ledger_table()["verdict"].value_counts()
    for verdict, number in counts.items():
        assert f">{number}<" in text, verdict
    assert text.count('class="finding"') == content.CARDS


def test_a_second_build_does_nothing_and_a_damaged_page_is_mended(report):
    sources = {file.stem: file for file in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}
    assert not build.write_site(report, sources)
    page = report / "method.html"
    good = page.read_bytes()
    page.write_bytes(b"damaged")
    assert build.write_site(report, sources)
    assert page.read_bytes() == good


def test_every_page_opens_without_an_error(report, opened):
    for file in pages(report):
        page = opened(file.as_uri())
        assert page.title()
        page.close()


def test_nothing_overflows_on_a_phone(report, opened):
    for file in some_pages(report):
        page = opened(file.as_uri(), width=360, height=740)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (file.name, wide)
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(report, opened, scheme):
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "preload": False}
    found = []
    for file in some_pages(report)[:: 1 if scheme == "light" else 3]:
        page = opened(file.as_uri(), color_scheme=scheme, bypass_csp=True)
        result = Axe().run(page, options=options)
        for violation in result.response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            found.append((file.name, violation["id"], nodes))
        page.close()
    assert not found


def test_the_search_finds_a_claim_from_disk(report, opened):
    page = opened((report / "search.html").as_uri() + "?q=Georgia")
    page.wait_for_selector("#search-results li a")
    found = [link.get_attribute("href") for link in page.query_selector_all("#search-results a")]
    assert any("ledger.html" in (address or "") for address in found)


def test_a_filter_stands_in_the_address_and_leads_back(report, opened):
    page = opened((report / "ledger.html").as_uri())
    ledger = ledger_table()
    assert shown(page) == len(ledger)
    page.select_option("select[name=paper]", "zhakyanova")
    page.select_option("select[name=verdict]", "inconsistent")
    wanted = ((ledger["paper"] == "zhakyanova") & (ledger["verdict"] == "inconsistent")).sum()
    assert shown(page) == wanted
    assert "paper=zhakyanova" in page.url and "verdict=inconsistent" in page.url
    again = opened(page.url)
    assert shown(again) == wanted
    assert again.eval_on_selector("select[name=paper]", "box => box.value") == "zhakyanova"
    again.fill("input[name=text]", "no such words")
    assert shown(again) == 0
    again.click("button[type=reset]")
    again.wait_for_function("document.querySelectorAll('.claim:not([hidden])').length > 300")


def shown(page):
    return page.evaluate("document.querySelectorAll('.claim:not([hidden])').length")


def test_a_link_to_a_claim_opens_it_and_the_order_can_be_changed(report, opened):
    page = opened((report / "ledger.html").as_uri() + "#zhakyanova-partners")
    assert page.eval_on_selector("#zhakyanova-partners", "claim => claim.open")
    assert "18 too many" in page.inner_text("#zhakyanova-partners")
    page.select_option("select[name=order]", "severity")
    first = page.eval_on_selector("#claims > :first-child", "claim => claim.dataset.severity")
    assert first == "conclusion"


def test_code_is_folded_and_one_click_away(report, opened):
    page = opened((report / "notebooks" / "06-zhakyanova-prospects.html").as_uri())
    folded = page.query_selector("details.hide:not([open])")
    code = folded.query_selector("pre")
    assert not code.is_visible()
    folded.query_selector("summary").click()
    assert code.is_visible()


def test_downloads_are_the_files(report, opened):
    links = {}
    for file in pages(report):
        page = opened(file.as_uri())
        for address in page.eval_on_selector_all("a[download]", "all => all.map(a => a.href)"):
            links[Path(unquote(urlparse(address).path)).resolve()] = file
        page.close()
    begins = {
        ".svg": b"<?xml",
        ".png": b"\x89PNG",
        ".pdf": b"%PDF-",
        ".ipynb": b"{",
        ".json": b"{",
        ".csv": b"",
    }
    assert {file.suffix for file in links} <= set(begins)
    assert {".svg", ".png", ".csv", ".json", ".ipynb"} <= {file.suffix for file in links}
    for file, page in links.items():
        assert file.is_file(), (page.name, file.name)
        assert file.stat().st_size > 20 and file.read_bytes().startswith(begins[file.suffix])


def test_no_label_of_a_figure_is_clipped_or_small(report):
    files = sorted((report / "figures").glob("*.json"))
    assert len(files) > 30
    for file in files:
        about = json.loads(file.read_text("utf-8"))
        assert not about["clipped"] and about["smallest"] >= 9.6, file.name


def test_figures_are_shown_large_enough_to_read(report, opened):
    """At eight inches the smallest text has 9.6 points, so five sixths of that leave it eight."""
    for name in (
        "notebooks/06-zhakyanova-prospects",
        "notebooks/11-zharylkap-kazakhstan-azerbaijan",
    ):
        page = opened((report / f"{name}.html").as_uri(), width=1280)
        wide = page.eval_on_selector_all(".cell_output img", "all => all.map(i => i.clientWidth)")
        assert wide and min(wide) >= 8 * 96 * 5 / 6, (name, wide)
        page.close()
    page = opened((report / "figures.html").as_uri(), width=1280)
    wide = page.eval_on_selector_all(".figure-entry img", "all => all.map(i => i.clientWidth)")
    assert len(wide) > 30 and min(wide) >= 8 * 96 * 5 / 6, sorted(wide)[:3]


def test_the_gallery_sets_the_printed_numbers_beside_the_drawing(report, opened):
    page = opened((report / "figures.html").as_uri())
    rows = page.inner_text(
        "section.figure-entry:has(#figure-4-prospects) table.printed"
    ).splitlines()
    assert any("45 %" in row for row in rows) and any("4 %" in row for row in rows)
    assert page.locator("section.figure-entry").count() == page.locator("table.printed").count()


def test_the_keyboard_alone_reaches_the_filters_and_opens_a_claim(report, opened):
    page = opened((report / "ledger.html").as_uri())
    page.focus("button[type=reset]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.eval_on_selector(".claim", "claim => claim.open")


def test_hostile_text_in_the_data_is_shown_as_text(report, opened, tmp_path, monkeypatch):
    real = content.everything

    def spoiled(folder, sources):
        said = real(folder, sources)
        said["claims"][0] |= {"statement": HOSTILE, "note": HOSTILE, "anchor": HOSTILE}
        said["cards"][0] |= {"statement": HOSTILE, "why": HOSTILE}
        said["gallery"][0] |= {"title_en": HOSTILE, "reason": HOSTILE}
        said["gallery"][0]["drawn"] |= {"title": HOSTILE, "alt": HOSTILE}
        said["documents"][0] |= {"note": HOSTILE}
        said["documents"][0]["claims"][0] |= {"statement": HOSTILE, "severity": "detail"}
        said["tables"][0] |= {"title": HOSTILE, "description": HOSTILE}
        said["sections"][0] |= {"title": HOSTILE, "answers": [HOSTILE]}
        return said

    monkeypatch.setattr(build, "everything", spoiled)
    copy = tmp_path / "report"
    shutil.copytree(report, copy)
    sources = {file.stem: file for file in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}
    (copy / build.SEALED).unlink()
    assert build.write_site(copy, sources)
    for name in ("index", "figures", "ledger", "data", "documents/zhakyanova"):
        page = opened((copy / f"{name}.html").as_uri())
        assert "onerror=hacked()" in page.inner_text("body") or name == "ledger"
        assert page.evaluate("document.querySelector('img[src=x]') === null")
        page.close()


def test_the_record_of_the_site_names_its_files(report):
    files = json.loads((report / build.SEALED).read_text("utf-8"))["files"]
    assert {"index.html", "ledger.html", "data/claims.csv", "_static/ledger.js"} <= set(files)
    assert all((report / name).is_file() for name in files)


def test_the_whole_is_one_pdf_and_each_document_has_a_page(report):
    whole = (report / "report.pdf").read_bytes()
    assert whole.startswith(b"%PDF-") and len(whole) > 500_000
    for paper in ("zhakyanova", "rustemova", "zharylkap", "nched", "liu"):
        sheet = (report / "documents" / f"{paper}.pdf").read_bytes()
        assert sheet.startswith(b"%PDF-")
        assert re.findall(rb"/Type\s*/Pages[^>]*?/Count 1\b|/Count 1\b", sheet), paper


def test_the_pdf_shows_hostile_text_as_text():
    section = {"figures": [{"name": "f", "alt": "A"}]}
    table = "<style>p{}</style><table><tr><td>&lt;b&gt; #panic() $x$</td></tr></table>"
    picture = {"data": {"image/png": ""}, "metadata": {"image/png": {"alt": "A"}}}
    cells = [
        {"cell_type": "markdown", "source": HOSTILE},
        {"cell_type": "code", "outputs": [{"data": {"text/html": table}}, picture]},
        {"cell_type": "code", "outputs": [{"output_type": "stream", "text": "#panic() <b>"}]},
    ]
    page = pdf.notebook_html({"cells": cells}, section)
    assert "<script" not in page and "<style" not in page and 'src="figures/f.svg"' in page
    assert "\\#panic" in pdf._typst(page)


def test_every_number_of_the_site_has_a_name(report):
    values = json.loads((report / "values.json").read_text("utf-8"))
    ledger = ledger_table()
    assert set(ledger["claim"]) <= set(values)
    assert values["all-claims"]["value"] == len(ledger)
    assert values["zhakyanova-partners"]["verdict"] == "inconsistent"
    assert all({"document", "notebook", "unit"} <= set(each) for each in values.values())


def test_the_crate_lists_files_that_are_there(report):
    crate = json.loads((report / "ro-crate-metadata.json").read_text("utf-8"))
    entities = {each["@id"]: each for each in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    files = [each["@id"] for each in crate["@graph"] if each["@type"] == "File"]
    assert {"index.html", "report.pdf", "values.json"} <= set(files)
    assert all((report / name).is_file() for name in files)
    assert len(entities["./"]["citation"]) == 5
