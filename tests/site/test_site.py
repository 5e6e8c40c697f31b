"""The site as a reader meets it: opened from disk in a real browser."""

import html
import json
import re
from urllib.parse import quote, unquote, urlparse

import pytest

from analysis import paths, read_table
from analysis.data.schema import ADDRESS
from analysis.ledger.table import STATUSES
from analysis.ledger.verdicts import VERDICTS
from analysis.report import codecheck, verify
from analysis.report.site import current
from analysis.report.site.paper.markup import typst_pages
from analysis.report.site.paper.notebook import notebook_html
from analysis.report.site.policy import with_policy
from analysis.report.site.shown.citation import apa, bibtex, read_citation
from analysis.report.site.shown.claims import claim_records
from analysis.report.site.shown.front import MOST, gravest
from analysis.report.site.shown.legend import legend
from analysis.report.site.shown.printed import printed_rows
from analysis.report.site.templates import link
from tests.shared import pages

HOSTILE = "<img src=x onerror=hacked()><script>hacked()</script>\"'&{{ 7*7 }} [x](javascript:1)"
NOTEBOOKS = {file.stem: file for file in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}


def test_there_is_a_page_for_every_notebook_and_document(report):
    assert {file.stem for file in (report / "notebooks").glob("*.html")} == set(NOTEBOOKS)
    documents = {file.stem for file in (report / "documents").glob("*.html")}
    assert documents == set(read_table("papers")["paper"])


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
            elif there in texts and place and "=" not in place:
                lost += [(file.name, target)] * (f'id="{place}"' not in texts[there])
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


def test_the_front_page_states_the_statuses_that_the_ledger_computes(report, ledger):
    text = (report / "index.html").read_text("utf-8")
    for status, number in ledger["status"].value_counts().items():
        assert re.search(rf'href="ledger.html#status={quote(status)}">{number}<', text), status


def test_the_front_page_tells_the_gravest_findings_with_what_speaks_against_them(report, ledger):
    wanted = [claim["claim"] for claim in gravest(ledger, claim_records(ledger))]
    text = (report / "index.html").read_text("utf-8")
    cards = re.findall(r'<li class="finding">(.*?)</li>', text, re.DOTALL)
    assert [re.search(r"claims/([\w-]+)\.html", card)[1] for card in cards] == wanted
    assert 0 < len(wanted) <= MOST
    for card in cards:
        assert 'class="why"' in card and ("<figcaption>" in card or 'class="against"' in card)


def test_pages_count_what_does_not_hold_alike_and_list_what_they_count(report, ledger):
    wrong = ledger[ledger["status"] == "does not hold"]
    front = (report / "index.html").read_text("utf-8")
    shown = re.search(r'<li class="wrong"><a href="([^"]*)"><b>(\d+)</b>', front)
    assert shown.groups() == ("ledger.html#status=does%20not%20hold", str(len(wrong)))
    for paper in read_table("papers")["paper"]:
        own = set(wrong.loc[wrong["paper"] == paper, "claim"])
        page = (report / "documents" / f"{paper}.html").read_text("utf-8")
        listed = re.search(r'<ul class="wrong">(.*?)\n</ul>', page, re.DOTALL)
        links = re.findall(r'<li><a href="../claims/([\w-]+)\.html"', listed[1] if listed else "")
        assert set(links) == own and len(links) == len(own)
        assert re.search(rf'id="findings">[^<]*: {len(own)}<', page), paper


def test_what_an_outside_source_says_stands_on_the_page_of_the_claim_with_its_link(report, ledger):
    told = ledger[(ledger["said"] != "") & ledger["source"].str.startswith("http")]
    assert len(told)
    for row in told.itertuples():
        page = html.unescape((report / "claims" / f"{row.claim}.html").read_text("utf-8"))
        assert row.said in page and html.unescape(str(link(row.source))) in page, row.claim
    assert any(ADDRESS.fullmatch(source) for source in told["source"])


@pytest.mark.parametrize("name", ["index", "ledger"])
def test_each_status_and_verdict_is_explained_where_it_stands(report, name):
    text = html.unescape((report / f"{name}.html").read_text("utf-8"))
    known = legend()
    assert list(known["statuses"]) == list(STATUSES)
    assert list(known["verdicts"]) == list(VERDICTS)
    for meaning in (*known["statuses"].values(), *known["verdicts"].values()):
        assert f"<dd>{meaning}</dd>" in text, meaning
    assert 'href="method.html#verdicts"' in text


def test_every_page_says_who_made_it_when_and_how_it_is_cited(report):
    said = read_citation()
    for file in pages(report):
        foot = html.unescape(file.read_text("utf-8").partition('<div class="foot">')[2])
        for part in (*said["authors"], said["title"], said["version"], *said["licences"]):
            assert part in foot, (file.name, part)
        assert said["date"] in foot, file.name
        assert re.search(r'href="((\.\./)*method\.html)?#cite"', foot), file.name
    method = html.unescape((report / "method.html").read_text("utf-8"))
    assert apa(said) in method and bibtex(said) in method


def test_a_filter_stands_in_the_address_and_leads_back(report, opened, ledger):
    page = opened((report / "ledger.html").as_uri())
    assert shown(page) == len(ledger)
    (paper, verdict), wanted = next(iter(ledger.value_counts(["paper", "verdict"]).items()))
    page.select_option("select[name=paper]", paper)
    page.select_option("select[name=verdict]", verdict)
    assert shown(page) == wanted < len(ledger)
    assert f"paper={paper}" in page.url and "verdict=" in page.url
    again = opened(page.url)
    assert shown(again) == wanted
    assert again.eval_on_selector("select[name=paper]", "box => box.value") == paper
    again.fill("input[name=text]", "no such words")
    assert shown(again) == 0
    again.click("button[type=reset]")
    for _ in range(100):  # the policy of the pages allows no polling inside them
        if shown(again) == len(ledger):
            break
        again.wait_for_timeout(50)
    assert shown(again) == len(ledger)


def shown(page):
    return page.evaluate("document.querySelectorAll('.claim:not([hidden])').length")


def test_a_filter_by_status_shows_those_claims_and_stands_in_the_address(report, opened, ledger):
    status, wanted = next(iter(ledger["status"].value_counts().items()))
    page = opened((report / "ledger.html").as_uri() + f"#status={quote(status)}")
    assert shown(page) == wanted < len(ledger)
    assert page.eval_on_selector("select[name=status]", "box => box.value") == status


def test_code_is_folded_and_one_click_away(report, opened):
    page = opened((report / "notebooks" / f"{min(NOTEBOOKS)}.html").as_uri())
    folded = page.query_selector("details.hide:not([open])")
    code = folded.query_selector("pre")
    assert not code.is_visible()
    folded.query_selector("summary").click()
    assert code.is_visible()


def test_no_label_of_a_figure_is_clipped_or_small(report):
    files = {file.stem: file for file in (report / "figures").glob("*.json")}
    assert set(read_table("figures")["figure"]) <= set(files)
    for name, file in files.items():
        about = json.loads(file.read_text("utf-8"))
        assert not about["clipped"] and about["smallest"] >= 9.6, name


def test_the_page_of_a_figure_sets_the_printed_numbers_beside_the_drawing(report, opened):
    for figure in read_table("figures").itertuples():
        page = opened((report / "figures" / f"{figure.figure}.html").as_uri())
        printed = [row["number"] for row in printed_rows(figure.paper, figure.prints)]
        assert page.locator("table.printed td.number").all_inner_texts() == printed, figure.figure
        page.close()


def test_the_record_of_the_site_names_its_files(report):
    files = json.loads((report / current.SEALED).read_text("utf-8"))["files"]
    assert {"index.html", "ledger.html", "_static/ledger.js"} <= set(files)
    assert all((report / name).is_file() for name in files)


def test_the_whole_is_one_pdf_with_every_figure_and_each_document_has_a_page(report):
    whole = (report / "report.pdf").read_bytes()
    assert whole.startswith(b"%PDF-")
    assert whole.count(b"/Alt") >= len(read_table("figures"))  # each figure is described
    for paper in read_table("papers")["paper"]:
        sheet = (report / "documents" / f"{paper}.pdf").read_bytes()
        assert sheet.startswith(b"%PDF-")
        assert re.findall(rb"/Type\s*/Pages[^>]*?/Count 1\b|/Count 1\b", sheet), paper


def test_the_pdf_shows_hostile_text_as_text():
    section = {"slug": "7-made", "claims": [], "figures": [{"name": "f", "alt": "A"}]}
    table = "<style>p{}</style><table><tr><td>&lt;b&gt; #panic() $x$</td></tr></table>"
    picture = {"data": {"image/png": ""}, "metadata": {"image/png": {"alt": "A"}}}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": HOSTILE},
        {"cell_type": "code", "metadata": {}, "outputs": [{"data": {"text/html": table}}, picture]},
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [{"output_type": "stream", "text": "#panic() <b>"}],
        },
    ]
    page = notebook_html({"cells": cells}, section, {})
    assert "<script" not in page and "<style" not in page and 'src="figures/f.svg"' in page
    shown = typst_pages([page])[0]
    assert '[#"<b> #panic() $x$"]' in shown and "```\n#panic() <b>\n```" in shown


def test_every_number_of_the_site_has_a_name(report, ledger):
    values = json.loads((report / "values.json").read_text("utf-8"))
    assert set(ledger["claim"]) <= set(values)
    assert values["all-claims"]["value"] == len(ledger)
    for name in ("verdict", "status"):
        assert [values[claim][name] for claim in ledger["claim"]] == list(ledger[name])
    assert all({"document", "notebook", "unit"} <= set(each) for each in values.values())


def test_the_crate_lists_files_that_are_there(report):
    crate = json.loads((report / "ro-crate-metadata.json").read_text("utf-8"))
    entities = {each["@id"]: each for each in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    files = [each["@id"] for each in crate["@graph"] if each["@type"] == "File"]
    assert {"index.html", "report.pdf", "values.json"} <= set(files)
    assert all((report / name).is_file() for name in files)
    assert len(entities["./"]["citation"]) == len(read_table("papers"))


def test_codecheck_yml_lists_exactly_what_a_report_leaves(report):
    assert sorted(codecheck.outputs()) == sorted(verify.files_of(report))
