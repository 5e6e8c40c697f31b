"""All that the templates of the site need, gathered once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.tables import read_table
from analysis.language.current import (
    LANGUAGES,
    current_language,
)
from analysis.ledger.summaries import (
    status_counts,
    verdict_counts,
)
from analysis.ledger.table import STATUSES, ledger_table
from analysis.ledger.verdicts import VERDICTS
from analysis.report.notebook import notebook_key
from analysis.report.settings import read_settings
from analysis.report.site.shown.banner import banner
from analysis.report.site.shown.certificate import certificate
from analysis.report.site.shown.citation import apa, bibtex, foot, read_citation, ris
from analysis.report.site.shown.claim_page import add_pages
from analysis.report.site.shown.claims import claim_records, lead
from analysis.report.site.shown.documents import document_pages
from analysis.report.site.shown.figure_citation import figure_citation
from analysis.report.site.shown.figures import figure_gallery, grouped, redrawn
from analysis.report.site.shown.front import (
    document_names,
    first_of,
    front_rows,
    gravest,
    headline,
    order_of_gravity,
    strengths,
)
from analysis.report.site.shown.guides import guides
from analysis.report.site.shown.ledger_list import filters, ledger_groups
from analysis.report.site.shown.legend import bearing_words, legend, stance_words
from analysis.report.site.shown.sections import claims_of_notebook, notebook_section
from analysis.report.site.shown.tables import codebook
from analysis.report.site.shown.what_if import page_data
from analysis.report.site.shown.worded import worded_statements


def everything(folder: Path, sources: Mapping[str, Path]) -> dict[str, Any]:
    """Return all that the templates of the site need.

    folder : Path
        The report, with executed notebooks, figures and tables.
    sources : mapping
        Path of each notebook by name, in reading order.
    """
    table, glossary = ledger_table(), read_table("glossary")
    claims = claim_records(table)
    sections = [
        notebook_section(folder, slug, source) | {"claims": claims_of_notebook(claims, slug)}
        for slug, source in sources.items()
    ]
    citation = read_citation()
    gallery = figure_gallery(folder, sections, claims)
    for figure in gallery:
        figure["cite"] = figure_citation(citation, figure)
    add_pages(claims, gallery, citation)
    names = document_names()
    return {
        "sections": sections,
        "failed": [section for section in sections if section["failed"]],
        "verdicts": VERDICTS,
        "statuses": STATUSES,
        "wrong_first": first_of(STATUSES),
        "counts": counted_rows(verdict_counts(table)),
        "status_counts": counted_rows(status_counts(table)),
        "lead": lead(table),
        "headline": headline(table),
        "front_rows": front_rows(table),
        "names": names,
        "legend": legend(),
        "stances": stance_words(),
        "bearings": bearing_words(),
        "strengths": strengths(table),
        "cards": gravest(table, claims),
        "card_rule": order_of_gravity(),
        "worded": worded_statements(),
        "claims": claims,
        "ledger_groups": ledger_groups(claims),
        "filters": filters(claims, names),
        "gallery": gallery,
        "figure_groups": grouped(gallery),
        "redrawn": redrawn(gallery),
        "documents": document_pages(table, claims, gallery, sections),
        "tables": codebook(),
        "glossary": glossary.to_dict("records"),
        "spoken": {
            code: each.name for code, each in LANGUAGES.items() if f"label_{code}" in glossary
        },
        "notebook_pages": {
            notebook_key(section["slug"]): section["slug"]
            for section in sections
            if section["executed"]
        },
        "notebook_titles": {notebook_key(each["slug"]): each["title"] for each in sections},
        "citation": citation
        | {"apa": apa(citation), "bibtex": bibtex(citation), "ris": ris(citation)},
        "foot": foot(citation),
        "what_if": page_data(),
        "guides": guides(citation["repository"]),
        "certificate": certificate(folder, sources, citation),
        "settings": read_settings(folder),
        "banner": banner(folder),
        "language": current_language(),
    }


def counted_rows(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table of counts as records, one a document and one for all."""
    return counts.reset_index(names="paper").to_dict("records")
