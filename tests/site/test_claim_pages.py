"""The page of a claim: all that is known of it, and how to send it on."""

import html
import re

import pytest

from analysis import read_table
from analysis.ledger.table import STATUSES
from analysis.report.site.shown.citation import cited, claim_citation
from analysis.report.site.shown.claim_page import add_pages, neighbours
from analysis.report.site.shown.claims import claim_records, language_of
from analysis.report.site.shown.outcome import came_out
from tests.shared import NARROW

SAID = {
    "title": "Orchards, counted again",
    "authors": [{"family-names": "Ash", "given-names": "Ann Bo"}],
    "version": "2.1",
    "date-released": "2020-05-01",
    "license": ["MIT"],
}
COPIED = "navigator.clipboard.readText()"


@pytest.fixture(scope="module")
def records(ledger):
    """Return the claims with what their pages show."""
    found = claim_records(ledger)
    add_pages(found, [], cited(SAID))
    return found


def page_of(report, claim):
    return html.unescape((report / "claims" / f"{claim}.html").read_text("utf-8"))


def test_every_claim_has_a_page_that_says_what_came_out(report, records):
    for record in records:
        page = page_of(report, record["claim"])
        for said in (record["statement"], record["quotation"], record["sentence"]):
            assert said in page, (record["claim"], said)
        assert f"<title>{record['statement']}" in page


def test_each_reading_stands_there_with_what_it_needs_and_whether_it_agrees(report, records):
    for record in records:
        page = page_of(report, record["claim"])
        readings = re.findall(r'<li class="(stated|allowed|excluded)">(.*?)</li>', page, re.DOTALL)
        assert [stance for stance, _ in readings] == [each["stance"] for each in record["tried"]]
        for (_, text), each in zip(readings, record["tried"], strict=True):
            assert each["said"][1:] in text and each["arithmetic"][1:] in text
            assert ("It agrees." if each["agrees"] else "It does not agree.") in text


def test_a_claim_is_linked_both_ways(records):
    named = {record["claim"]: record for record in records}
    for record in records:
        for other in record["leans_on"]:
            needed = [each["claim"] for each in named[other["claim"]]["needed_by"]]
            assert record["claim"] in needed
    assert any(record["needed_by"] for record in records)


def test_the_neighbours_of_a_claim_are_of_its_document():
    made = [
        {"claim": "a", "paper": "x"},
        {"claim": "b", "paper": "x"},
        {"claim": "c", "paper": "y"},
    ]
    first, second, third = made
    assert neighbours(made) == [(None, second), (first, None), (None, None)]
    assert third["paper"] == "y"


def test_a_claim_leads_to_the_claims_it_leans_on_and_back(report, opened, records):
    claim = next(each for each in records if each["leans_on"])
    page = opened((report / "claims" / f"{claim['claim']}.html").as_uri())
    for other in claim["leans_on"]:
        assert page.locator(f"article a[href='{other['claim']}.html']").count()
    page.locator(f"article a[href='{claim['leans_on'][-1]['claim']}.html']").last.click()
    page.wait_for_url(f"**/{claim['leans_on'][-1]['claim']}.html")
    assert page.locator(f"article a[href='{claim['claim']}.html']").count()


def test_a_figure_that_draws_a_claim_is_linked_from_its_page(report):
    text = (report / "claims").glob("*.html")
    linked = {
        name
        for page in text
        for name in re.findall(r'href="\.\./figures/([\w-]+)\.html"', page.read_text("utf-8"))
    }
    assert set(read_table("figures")["figure"]) & linked
    assert all((report / "figures" / f"{name}.html").exists() for name in linked)


@pytest.mark.parametrize("status", STATUSES)
def test_the_line_is_said_in_words_and_stays_on_a_phone(report, opened, records, status):
    drawn = [each for each in records if each["bars"] and each["status"] == status]
    for record in drawn[:2]:
        page = opened((report / "claims" / f"{record['claim']}.html").as_uri(), **NARROW)
        for figure, bar in zip(page.locator("figure.range").all(), record["bars"], strict=True):
            assert figure.locator("figcaption").inner_text() == bar["said"]
            for text in figure.locator("text").all():
                box = text.bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]


def test_the_citation_of_a_claim_names_claim_document_report_version_and_date():
    said = claim_citation(cited(SAID), "pears-share", "Pears are 40 % of all.", "Ash (2019). Pears")
    assert said["apa"] == (
        "Ash, A. B. (2020). Claim pears-share: Pears are 40 % of all. In Orchards, counted again "
        "(Version 2.1, 2020-05-01) [Computer software]. On: Ash (2019). Pears."
    )
    assert r"Pears are 40 \% of all" in said["bibtex"] and "version = {2.1}" in said["bibtex"]
    lines = said["ris"].splitlines()
    assert lines[0] == "TY  - GEN" and lines[-1] == "ER  - "
    assert "N1  - On: Ash (2019). Pears" in lines and "DA  - 2020/05/01" in lines


def test_copied_from_disk_the_link_is_the_name_and_the_citation(report, browser, records):
    record = records[0]
    with browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto((report / "claims" / f"{record['claim']}.html").as_uri())
        for kind in ("link", "apa", "bibtex", "ris"):
            page.click(f"button[data-copy={kind}]")
            page.wait_for_timeout(200)
            said = page.inner_text(".citing [role=status]")
            assert said and "mark the text" not in said
            copied = page.evaluate(COPIED)
            assert record["claim"] in copied
            if kind == "link":
                assert copied.splitlines()[0] == record["claim"] and "file:" not in copied


def test_without_a_script_the_citation_can_be_copied_by_hand(report, browser, records):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((report / "claims" / f"{records[0]['claim']}.html").as_uri())
        assert not page.locator("button[data-copy]").first.is_visible()
        page.click(".citing summary")
        assert page.locator("[data-form=ris]").is_visible()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"verdict": "inconsistent", "arithmetic": "3 + 4 is 7"}, "do not allow it: 3 + 4 is 7."),
        ({"outside": "contradicted", "said": "none"}, "An outside source says: none."),
        ({"outside": "confirmed", "said": "40", "status": "holds"}, "confirms it: 40."),
        ({"verdict": "conditional", "condition": "right only if cut"}, "it is right only if cut."),
        ({"verdict": "reproduced", "arithmetic": "3 + 4 is 7"}, "numbers give it: 3 + 4 is 7."),
        ({"verdict": "consistent", "arithmetic": "3 to 9"}, "leave room for it: 3 to 9."),
        ({"reason": "no other number"}, "Nothing decides: no other number."),
        ({"reason": "weighted", "arithmetic": "3 to 9"}, "Nothing decides (weighted): 3 to 9."),
    ],
)
def test_one_sentence_says_what_came_out(row, said):
    blank = dict.fromkeys(
        ("verdict", "outside", "status", "said", "condition", "reason", "arithmetic"), ""
    )
    assert came_out(blank | row).endswith(said)


def test_quoted_words_are_marked_with_their_language():
    assert [language_of(text) for text in ("pears", "груши", "алмұрт")] == ["en", "ru", "kk"]
