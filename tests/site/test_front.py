"""The front page: what is counted, and which findings are the gravest."""

import html
import re

import pandas as pd
import pytest

from analysis import paths, read_table
from analysis.data.collection import documents
from analysis.ledger.table import COLUMNS
from analysis.report.site.shown import claims, front
from analysis.report.site.shown.citation import read_citation
from tests.shared import NARROW, home

BLANK = dict.fromkeys(COLUMNS, "") | {"paper": "made", "status": "does not hold"}
BLANK |= {"bearing": "conclusion", "low": None, "high": None, "power": None}
INSIDE = {"verdict": "inconsistent", "severity": "conclusion"}
OUTSIDE = {"verdict": "not checkable", "outside": "contradicted", "severity": "conclusion"}
ORDER = ["does not hold", "holds", "may hold", "holds only if", "unknown"]


def table(*rows):
    """Return a made-up ledger."""
    return pd.DataFrame([BLANK | row for row in rows], columns=COLUMNS)


def gravest(*rows):
    made = table(*rows)
    return [each["claim"] for each in front.gravest(made, claims.claim_records(made))]


def test_conclusions_come_before_details_and_one_claim_stands_for_a_clash():
    rows = (
        {"claim": "nuts", "clash": "sack"} | INSIDE | {"bearing": "detail", "severity": "detail"},
        {"claim": "pears", "clash": "basket"} | INSIDE,
        {"claim": "plums", "clash": "basket crate"} | INSIDE,
        {"claim": "figs", "paper": "other", "clash": "jar"} | INSIDE,
    )
    assert gravest(*rows) == ["pears", "figs", "nuts"]


def test_print_and_source_together_come_first_then_print_then_the_better_source():
    rows = (
        {"claim": "press", "grade": "press"} | OUTSIDE,
        {"claim": "official", "grade": "official"} | OUTSIDE,
        {"claim": "print", "clash": "a"} | INSIDE,
        {"claim": "both", "clash": "b", "grade": "press", "outside": "contradicted"} | INSIDE,
    )
    assert gravest(*rows) == ["both", "print", "official", "press"]


def test_the_front_page_tells_a_few_and_not_all():
    rows = [{"claim": f"pear-{k}", "clash": f"basket-{k}"} | INSIDE for k in range(front.MOST + 3)]
    assert len(gravest(*rows)) == front.MOST


def test_the_headline_counts_one_claim_in_the_singular():
    said = front.headline(table({"claim": "a", "verdict": "inconsistent", "clash": "basket"}))
    assert said["wrong"] == (1, "does not hold")
    assert said["claims"][1].startswith("claim prints") and said["outside"][0] == 0


def test_the_counts_of_a_document_add_up(ledger):
    *rows, total = front.front_rows(ledger)
    assert [row["paper"] for row in rows] == [
        d.slug for d in documents(paths.RAW) if d.slug in set(ledger["paper"])
    ]
    for name in ("claims", "checked", *ORDER):
        assert sum(row[name] for row in rows) == total[name]
    for row in rows:
        assert sum(row[name] for name in ORDER) == row["claims"] >= row["checked"]


def test_documents_are_named_by_author_year_kind_and_title(report):
    page = html.unescape((report / "index.html").read_text("utf-8"))
    for document in documents(paths.RAW):
        row = re.search(rf'<a href="documents/{document.slug}\.html">(.*?)</th>', page, re.DOTALL)[
            1
        ]
        for said in (document.dated, document.about["kind"], document.about.get("title", "")):
            assert said in row
    text = re.sub("<[^>]*>", " ", page)
    for slug in read_table("papers")["paper"]:
        assert not re.search(rf"(?<![\w./-]){slug}(?![\w./-])", text), slug


def test_the_front_page_says_who_made_it_and_how_it_is_cited(report, opened):
    said = read_citation()
    page = opened((report / "index.html").as_uri())
    about = page.inner_text("#about ~ dl")
    for part in (*said["authors"], said["version"], said["date"], *said["licences"]):
        assert part in about
    page.click("button[data-copy=bibtex]")
    page.wait_for_timeout(200)
    assert "BibTeX" in page.inner_text(".citing [role=status]")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_on_a_phone_the_title_is_short_and_what_does_not_hold_is_in_view(
    translated_report, opened, language
):
    page = opened((home(translated_report, language) / "index.html").as_uri(), **NARROW)
    lines = "h => h.getBoundingClientRect().height / parseFloat(getComputedStyle(h).lineHeight)"
    assert page.eval_on_selector("h1", lines) <= 3.1
    for cell in page.locator("table.verdicts td.wrong").all():
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= NARROW["width"]
