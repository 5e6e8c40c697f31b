"""What is printed: tables of which no cell is lost, a sheet a document, a PDF a figure."""

import re

import pytest

from analysis.language.tables import html_table
from analysis.report.site.paper.compiled import compiled
from analysis.report.site.paper.markup import typst_figure, typst_pages
from analysis.report.site.paper.sheet import LAYOUTS, gravest_figures, pages_of
from analysis.report.site.paper.tables import MANY, typst_table
from analysis.report.site.templates import typst_templates


def table_of(*rows, head=("crop", "weight")):
    cells = "".join(
        f'<tr><td>{name}</td><td style="text-align: right">{number}</td></tr>'
        for name, number in rows
    )
    heads = "".join(f"<th>{each}</th>" for each in head)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"


def paper(body, drawn=None):
    """Return the PDF of some markup with the head of the report."""
    told = {"language": "en", "authors": ["Ash, A."], "about": "made", "foot": "made"}
    head = typst_templates().get_template("report.typ").render(told)
    return head + body, drawn or {}


@pytest.fixture
def printed(tmp_path):
    """Return a function that makes a PDF of some markup."""
    names = iter(range(1000))
    return lambda body, drawn=None: compiled(
        *paper(body, drawn), lambda _: tmp_path / f"{next(names)}"
    )


def test_words_of_a_table_stand_left_and_numbers_right():
    shown = typst_table(table_of(("pears", "12"), ("figs", "4")))
    assert "align: (left, right)" in shown
    assert '[#"pears"], [#"12"],' in shown and 'table.header([#strong[#"crop"]]' in shown


def test_a_long_cell_is_printed_whole():
    long = " ".join(f"word{place}" for place in range(400))
    assert long in typst_table(table_of((long, "1")))


def test_a_table_is_split_over_pages_and_repeats_its_headings(printed):
    rows = [(f"crop {place}", str(place)) for place in range(200)]
    assert pages_of(printed(f"= Rows\n{typst_table(table_of(*rows))}")) > 2


def test_numbers_keep_their_place_on_the_decimal():
    shown = typst_table(html_table({"pears": 4, "figs": 3.75}))
    assert '[#"4"#h(.249em)#"\N{FIGURE SPACE}\N{FIGURE SPACE}"]' in shown and '[#"3.75"]' in shown


def test_a_table_of_many_columns_and_few_rows_is_turned():
    heads = "".join(f"<th>year {place}</th>" for place in range(MANY + 3))
    cells = "".join(f"<td>{place} pears</td>" for place in range(MANY + 3))
    shown = typst_table(f"<table><thead><tr>{heads}</tr></thead><tr>{cells}</tr></table>")
    assert '[#strong[#"year 7"]], [#"7 pears"],' in shown


def test_a_table_too_wide_for_a_page_comes_in_parts_with_its_first_column():
    wide = [f"averylongword{place:02}" for place in range(14)]
    row = "".join(f"<td>{word}</td>" for word in wide)
    shown = typst_table("<table>" + f"<tr>{row}</tr>" * 20 + "</table>")
    parts = shown.split("#table(")[1:]
    assert len(parts) > 1 and all(wide[0] in part for part in parts)
    assert all(word in shown for word in wide)


def test_a_status_has_its_colour_on_paper():
    page = '<table><tr><td><span class="tag does-not-hold">does not hold</span></td></tr></table>'
    assert '#tag("a63c00")[#"does not hold"]' in typst_table(page)


def test_a_table_within_a_list_stays_within_it(printed):
    page = f"<ol><li>{table_of(('pears', '12'))}</li><li>second</li></ol>"
    (shown,) = typst_pages([page])
    assert re.search(r"^\+ #block|^1\. #block", shown, re.MULTILINE), shown
    assert pages_of(printed(f"= Answers\n{shown}")) == 1


def test_a_figure_on_paper_has_caption_and_alternative_text(printed):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"></svg>'
    made = printed(
        f"= Figures\n{typst_figure('pears', 'pears: 3', 'Orchard, Figure 2')}", {"pears": svg}
    )
    assert b"/Alt" in made


def test_layouts_of_a_sheet_go_from_roomy_to_close():
    assert [layout[0] for layout in LAYOUTS] == sorted((each[0] for each in LAYOUTS), reverse=True)


def test_figures_with_claims_that_do_not_hold_come_first_on_a_sheet():
    names = {"even": "holds", "wrong": "does not hold", "bare": "does not hold"}
    made = [
        {"figure": name, "drawn": name != "bare", "kind": "text", "claim_statuses": [status]}
        for name, status in names.items()
    ]
    assert [row["figure"] for row in gravest_figures(made)] == ["wrong", "even"]


def test_each_sheet_names_its_document_and_each_figure_has_a_pdf_with_its_title(report):
    titles = set()
    for sheet in (report / "documents").glob("*.pdf"):
        assert pages_of(sheet.read_bytes()) == 1
        titles.add(title_of(sheet))
    assert len(titles) == len(list((report / "documents").glob("*.html"))) and None not in titles
    drawn = {file.stem for file in (report / "figures").glob("*.svg")}
    assert {file.stem for file in (report / "figures").glob("*.pdf")} == drawn
    for name in drawn:
        assert pages_of((report / "figures" / f"{name}.pdf").read_bytes()) == 1


def title_of(file):
    found = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)<", file.read_bytes(), re.DOTALL)
    return found and found[1]


def test_the_whole_has_an_author_and_the_ledger_in_one_place(report):
    whole = (report / "report.pdf").read_bytes()
    assert re.search(rb"/Author", whole) and re.search(rb"/Title", whole)
