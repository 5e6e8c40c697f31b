"""One page about each document, to print and to file."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import current_language, label, tr
from analysis.report.site.paper.compiled import Part, compiled, drawings
from analysis.report.site.paper.tables import TAGS
from analysis.report.site.templates import page_name, typst_templates

PAGES = re.compile(rb"/Type\s*/Pages[^>]*?/Count (\d+)|/Count (\d+)")
ALL = 999
Layout = tuple[float, int, int, int, int]
LAYOUTS = (  # size of type, figures, columns of figures, claims and conditions: roomiest first
    *((10.5, 2, 1, 40, ALL), (10, 4, 2, 40, ALL), (10, 6, 3, 24, ALL), (9.5, 4, 2, 0, ALL)),
    *((9, 6, 3, 0, ALL), (9, 3, 3, 0, ALL), (8.5, 3, 3, 0, ALL), (8.5, 3, 3, 0, 15)),
    *((8.5, 3, 3, 0, 10), (8.5, 3, 3, 0, 5), (8, 3, 3, 0, 0), (7.5, 0, 1, 0, 0)),
)


def sheet_pdfs(folder: Path, content: Mapping[str, Any], part: Part) -> dict[str, bytes]:
    """Return the sheet of every document by its place in the report.

    folder, content, part :
        As for `write.write_pdfs`.
    """
    made = {}
    for document in content["documents"]:
        name = f"documents/{page_name(document['slug'])}.pdf"
        made[name] = sheet_pdf(folder, content, document, part)
    return made


def sheet_pdf(
    folder: Path, content: Mapping[str, Any], document: Mapping[str, Any], part: Part
) -> bytes:
    """Return the sheet of a document in the roomiest layout that fits one page.

    Where not even the closest one does, it takes as many pages as it needs.
    """
    for layout in LAYOUTS:
        text, names = sheet_text(content, document, layout)
        made = compiled(text, drawings(names, folder / "figures"), part)
        if pages_of(made) == 1:
            break
    return made


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF of Typst has.

    >>> pages_of(b"<< /Type /Pages /Count 12 >>")
    12
    """
    return max(int(one or other) for one, other in PAGES.findall(pdf))


def sheet_text(
    content: Mapping[str, Any],
    document: Mapping[str, Any],
    layout: Layout,
) -> tuple[str, set[str]]:
    """Return a sheet in the markup of Typst, and the names of its figures.

    layout : tuple
        One of LAYOUTS.
    """
    size, figures, columns, listed, conditions = layout
    shown = gravest_figures(document["figures"])[:figures]
    claims = document["claims"] if len(document["claims"]) <= listed else []
    colors = {status: TAGS[status.replace(" ", "-")] for status in content["wrong_first"]}
    said = {
        "document": document,
        "figures": shown,
        "listed": claims,
        "conditions": list(document["conditional"].items())[:conditions],
        "more": max(0, len(document["conditional"]) - conditions),
        "counts": [
            (label(status), document["counts"][status], colors[status])
            for status in content["wrong_first"]
        ],
        "colors": colors,
    }
    head = {
        "title": tr("{document}: do its numbers hold?", document=document["short"]),
        "authors": content["citation"]["authors"],
        "language": current_language(),
        "size": str(size),
        "columns": str(columns),
    }
    template = typst_templates().get_template("sheet.typ")
    names = {page_name(row["figure"]) for row in shown}
    return template.render(content | said | head), names


def gravest_figures(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the drawn figures of a document: first those with claims that do not hold."""
    ranks = {"does not hold": 0, "holds only if": 1}

    def rank(row: Mapping[str, Any]) -> int:
        return min((ranks.get(status, 3) for status in row["claim_statuses"]), default=3)

    drawn = [row for row in figures if row["drawn"]]
    return sorted(drawn, key=lambda row: (rank(row), row["kind"] != "finding"))
