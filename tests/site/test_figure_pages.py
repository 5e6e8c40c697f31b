"""Every figure that a notebook draws has a page, and the gallery leads to it."""

import html
import json
import re

import pytest

from analysis import paths, read_table
from analysis.report.site.shown.citation import read_citation
from analysis.report.site.shown.figure_citation import figure_citation
from analysis.report.site.shown.figures import KINDS, figure_gallery, grouped
from analysis.report.site.shown.printed import row_name, row_number

DRAWN = {"name": "pears", "title": "Pears lead", "alt": "pears: 3"}
SECTION = {
    "slug": "07-made-pears",
    "title": "Pears",
    "executed": True,
    "invented": False,
    "figures": [DRAWN],
    "claims": [],
}
CITED = {
    **{"authors": ["Ash, A. B."], "title": "Orchards", "version": "1.2", "year": "2020"},
    **{"date": "2020-05-01", "repository": "https://example.org/x", "doi": ""},
}


def shown(folder):
    return {file.stem for file in (folder / "figures").glob("*.html")}


def test_every_figure_that_is_drawn_has_a_page_with_its_files(report):
    drawn = {file.stem for file in (report / "figures").glob("*.svg")}
    assert drawn and shown(report) == drawn | set(read_table("figures")["figure"])
    for name in drawn:
        page = (report / "figures" / f"{name}.html").read_text("utf-8")
        files = set(re.findall(r'href="\.\./figures/([^"]+)" download', page))
        endings = (".svg", ".png", "@2x.png", ".pdf", ".csv")
        assert files == {f"{name}{ending}" for ending in endings}, name
        assert all((report / "figures" / file).stat().st_size > 20 for file in files), name


def test_the_title_of_a_page_is_the_finding_and_pages_lead_to_each_other(report):
    after = {}
    for name in shown(report):
        page = (report / "figures" / f"{name}.html").read_text("utf-8")
        about = json.loads((report / "figures" / f"{name}.json").read_text("utf-8"))
        assert html.unescape(re.search("<h1>(.*?)</h1>", page)[1]) == about["title"], name
        after[name] = re.findall(r'<a rel="next" href="([\w-]+)\.html"', page)
    ends = [name for name, following in after.items() if not following]
    assert len(ends) == 1
    assert {each for following in after.values() for each in following} | starts(after) == set(
        after
    )


def starts(after):
    return set(after) - {each for following in after.values() for each in following}


def test_the_gallery_leads_to_the_page_of_every_figure(report):
    page = (report / "figures.html").read_text("utf-8")
    links = re.findall(r'<a id="[\w-]+" href="figures/([\w-]+)\.html"', page)
    assert set(links) == shown(report) and len(links) == len(set(links))


@pytest.mark.parametrize(
    ("slug", "invented", "kind"),
    [("07-made-pears", False, "audit"), ("07-made-pears", True, "invented")],
)
def test_a_figure_of_no_document_says_what_it_is_about(tmp_path, slug, invented, kind):
    section = SECTION | {"slug": slug, "invented": invented}
    row = next(row for row in figure_gallery(tmp_path, [section], []) if row["figure"] == "pears")
    assert row["kind"] == kind and row["finding"] == "Pears lead" and row["paper"] == ""


def test_a_figure_of_a_notebook_about_a_document_stands_with_it(tmp_path):
    paper = read_table("papers")["paper"].iloc[-1]
    claims = [{"claim": each, "status": each} for each in ("holds", "does not hold")]
    section = SECTION | {"slug": f"07-{paper}-pears", "claims": claims}
    gallery = figure_gallery(tmp_path, [section], [])
    row = next(row for row in gallery if row["figure"] == "pears")
    assert (row["paper"], row["kind"]) == (paper, "finding")
    assert [claim["claim"] for claim in row["doubted"]] == ["does not hold"]
    assert row["claims"] == []  # none of them need stand in the drawing


def test_the_gallery_is_grouped_by_document_and_kind(tmp_path):
    groups = grouped(figure_gallery(tmp_path, [SECTION], []))
    papers = [group["slug"] for group in groups if group["figures"][0]["paper"]]
    order = [paper for paper in read_table("papers")["paper"] if paper in papers]
    assert papers == order
    for group in groups:
        places = [KINDS.index(row["kind"]) for _, rows in group["kinds"] for row in rows]
        assert places == sorted(places) and len(places) == len(group["figures"])


def test_a_figure_is_cited_as_a_part_of_the_report_with_what_it_was_drawn_from():
    made = {"figure": "pears", "finding": "Pears lead", "reference": "Elm (2019). Crops."}
    cite = figure_citation(CITED, made)
    assert cite["apa"].startswith("Ash, A. B. (2020). Pears lead [Figure pears]. In Orchards")
    assert cite["apa"].endswith("Drawn from: Elm (2019). Crops.")
    assert cite["bibtex"].startswith("@software{pears,\n") and cite["bibtex"].endswith("\n}")
    assert "note = {Figure of Orchards. Drawn from: Elm (2019). Crops.}" in cite["bibtex"]
    lines = cite["ris"].splitlines()
    assert lines[0] == "TY  - FIGURE" and lines[-1].startswith("ER  - ")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


def test_the_page_of_a_figure_says_how_it_is_cited(report):
    said = read_citation()
    for name in sorted(shown(report))[:3]:
        page = html.unescape((report / "figures" / f"{name}.html").read_text("utf-8"))
        assert all(part in page for part in (said["title"], f"[Figure {name}]", "TY  - FIGURE"))


def test_a_span_of_years_and_a_word_in_place_of_a_number_are_shown():
    row = {"year_from": 2012, "year_to": 2016, "printed": "", "qualifier": "all"}
    assert row_name(row, ["year_from"]) == "2012–2016"
    assert row_number(row) == "all"
    assert row_number({"printed": "", "qualifier": ""}) == "no number"


def test_a_filter_of_the_gallery_stands_in_the_address_and_leads_back(report, opened):
    page = opened((report / "figures.html").as_uri())
    every = counted(page)
    group = page.eval_on_selector("#gallery-filters [name=group] option:last-child", "o => o.value")
    page.select_option("#gallery-filters [name=group]", group)
    few = counted(page)
    assert 0 < few < every and f"group={group}" in page.url
    again = opened(page.url)
    assert counted(again) == few
    assert again.locator(".gallery-group:not([hidden])").count() == 1
    again.fill("#gallery-filters [name=text]", "no such words")
    assert counted(again) == 0


def counted(page):
    return page.locator(".gallery-entry:not([hidden])").count()


def test_a_broken_address_shows_every_figure(report, opened):
    page = opened((report / "figures.html").as_uri() + "#group=nonsense&%E0%A4%A")
    assert counted(page) == page.locator(".gallery-entry").count()


def test_without_scripts_every_figure_is_there_and_no_dead_filter(report, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "figures.html").as_uri())
    assert not page.locator("#gallery-filters").is_visible()
    assert counted(page) == page.locator(".gallery-entry").count() > 0
    context.close()


def test_a_document_lists_all_its_claims_in_its_own_order(report, ledger):
    for paper in read_table("papers")["paper"]:
        page = (report / "documents" / f"{paper}.html").read_text("utf-8")
        printed = page[page.index('id="printed"') : page.index('id="figures"')]
        links = re.findall(r'href="\.\./claims/([\w-]+)\.html"', printed)
        own = list(ledger.loc[ledger["paper"] == paper, "claim"])
        assert sorted(links) == sorted(own), paper
        sections = list(dict.fromkeys(ledger.loc[ledger["paper"] == paper, "section"]))
        order = ledger.loc[ledger["paper"] == paper].set_index("claim")["section"]
        assert list(dict.fromkeys(order[link] for link in links)) == sections


def test_a_document_leads_to_its_figures_notebooks_and_sheet(report):
    stems = {file.stem for file in paths.NOTEBOOKS.glob("*.ipynb")}
    for paper in read_table("papers")["paper"]:
        page = (report / "documents" / f"{paper}.html").read_text("utf-8")
        named = set(read_table("figures").query("paper == @paper")["figure"])
        assert named <= set(re.findall(r'href="\.\./figures/([\w-]+)\.html"', page))
        about = {stem for stem in stems if re.match(rf"[0-9]+-{paper}(-|$)", stem)}
        assert about <= set(re.findall(r'href="\.\./notebooks/([\w-]+)\.html"', page))
        assert f'href="{paper}.pdf"' in page and 'id="reply"' in page
