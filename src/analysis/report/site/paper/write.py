"""The PDFs of a report: the whole, a sheet a document, each figure."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import current_language, label, tr
from analysis.report.site.paper.compiled import Part, compiled, drawings
from analysis.report.site.paper.markup import converted
from analysis.report.site.paper.method import method_html
from analysis.report.site.paper.notebook import executed_html
from analysis.report.site.paper.pictures import picture_pdfs
from analysis.report.site.paper.sheet import sheet_pdfs
from analysis.report.site.templates import page_templates, typst_templates
from analysis.report.temporary import lent_folder

PICTURE = re.compile(r'#picture\("figures/([a-z0-9-]+)\.svg"')

CONTENTS = "#context outline(depth: 1, title: none, target: heading.where(level: 1).after(here()))"


def write_pdfs(
    place: Path, folder: Path, content: Mapping[str, Any], part: Part | None = None
) -> list[str]:
    """Write `report.pdf`, `documents/*.pdf` and `figures/*.pdf` below a folder; return their names.

    place : Path
        Where to write.
    folder : Path
        The report, with executed notebooks and figures.
    content : mapping
        What `everything.everything` returned.
    part : callable
        Returns the file for what is made from something, as `Workplace.part` does: what is there
        already is not made again. By default all is made.

    The same inputs give the same bytes: fonts are ours and matplotlib's, the date is fixed.
    """
    with lent_folder() as empty:
        part = part or (lambda made_from: empty / hashlib.sha256(made_from).hexdigest())
        made = {"report.pdf": whole_pdf(folder, content, part)}
        made |= sheet_pdfs(folder, content, part) | picture_pdfs(folder, content, part)
    for name, pdf in made.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(pdf)
    return list(made)


def whole_pdf(folder: Path, content: Mapping[str, Any], part: Part) -> bytes:
    """Return the whole report as one PDF: front, notebooks, method with glossary, ledger."""
    captions = {row["figure"]: caption(row) for row in content["gallery"]}
    executed = [section for section in content["sections"] if section["executed"]]
    notebooks = [executed_html(folder, each, captions) for each in executed]
    method, last = method_html(content), page("ledger", content)
    front, *rest = converted([page("front", content), *notebooks, method, last], part)
    body = "\n".join([front, CONTENTS, *rest])
    head = typst_templates().get_template("report.typ").render(about_report(content))
    return compiled(head + body, drawings(set(PICTURE.findall(body)), folder / "figures"), part)


def about_report(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the file says of itself, and what stands at the foot of its pages."""
    citation, foot = content["citation"], content["foot"]
    return {
        "authors": citation["authors"],
        "banner": (content["banner"] or {}).get("text", ""),
        "about": citation["apa"],
        "foot": f"{citation['title']}. {foot['version']}",
        "language": current_language(),
    }


def page(name: str, content: Mapping[str, Any]) -> str:
    """Return one of the pages that only the PDF has, as HTML with all text escaped."""
    return page_templates().get_template(f"pdf-{name}.html").render(content)


def caption(row: Mapping[str, Any]) -> str:
    """Return what stands below a figure on paper: where it is from, and how it is called here."""
    if not row["heading"]:
        return f"{row['short'] or tr('this audit')} ({row['figure']})"
    place = label(row["number"]) if row["number"] else tr("in the text")
    return f"{row['short']}, {place}, {label(row['status'])} ({row['figure']})"
