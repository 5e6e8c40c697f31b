"""What the pages say about a document: its claims, its figures, its references, its tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.collection import Document, documents
from analysis.language.current import label, tr
from analysis.ledger.references import audit_summary, reference_audit
from analysis.ledger.summaries import findings, first_of_clashes, status_counts, verdict_counts
from analysis.report.notebook import notebook_key
from analysis.report.site.shown.citation import author_name
from analysis.report.site.shown.claims import WRONG


def document_pages(
    table: pd.DataFrame,
    claims: list[dict[str, Any]],
    gallery: list[dict[str, Any]],
    sections: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Return one entry a document: citation, claims, counts, figures, references, tables.

    table : DataFrame
        What `ledger_table` returned.
    claims, gallery, sections : list
        What `claim_records`, `figure_gallery` and `notebook_section` returned.
    """
    verdicts, statuses, audit = verdict_counts(table), status_counts(table), reference_audit()
    return [
        about_document(document)
        | claims_of_document(document.slug, table, claims)
        | references_of(document.slug, audit)
        | {
            "counts": _row(verdicts, document.slug) | _row(statuses, document.slug),
            "figures": [row for row in gallery if row["paper"] == document.slug],
            "notebooks": notebooks_of(document.slug, sections),
            "tables": [
                document.tables[name] | {"path": f"{document.slug}/{name}.csv"}
                for name in document.transcribed
            ],
        }
        for document in documents(paths.RAW)
    ]


def about_document(document: Document) -> dict[str, Any]:
    """Return what a bibliography says of a document, in the language as far as it has words."""
    about = document.about
    return {
        "slug": document.slug,
        "short": label(document.dated),
        "title": about.get("title", ""),
        "authors": "; ".join(author_name(_as_cited(each)) for each in about.get("authors", [])),
        "year": str(about.get("year", "")) or tr("undated"),
        "kind": about.get("kind", ""),
        "container": about.get("container", ""),
        "note": about.get("note", ""),
        "reference": document.reference,
        "address": document.address,
    }


def _as_cited(author: Mapping[str, str]) -> dict[str, str]:
    named = {"family": "family-names", "given": "given-names"}
    return {named.get(part, part): text for part, text in author.items()}


def claims_of_document(
    slug: str, table: pd.DataFrame, claims: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the claims of a document: all by section, what does not hold, conditions, replies."""
    mine = [claim for claim in claims if claim["paper"] == slug]
    wrong = findings(table)
    return {
        "claims": mine,
        "sections": by_section(mine),
        "wrong": sorted(
            (claim for claim in mine if claim["status"] == WRONG),
            key=lambda claim: claim["bearing"] != "conclusion",
        ),
        "clashes": len(first_of_clashes(wrong[wrong["paper"] == slug])),
        "conditional": conditional(mine),
        "replies": [claim for claim in mine if claim["reply"]],
    }


def by_section(claims: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the claims of a document by the heading under which they stand, in its order.

    >>> by_section([{"heading": "Results", "claim": "pears"}])
    {'Results': [{'heading': 'Results', 'claim': 'pears'}]}
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        found.setdefault(claim["heading"], []).append(claim)
    return found


def references_of(slug: str, audit: pd.DataFrame) -> dict[str, Any]:
    """Return how the entries of a reference list were found, and those that are odd.

    audit : DataFrame
        What `reference_audit` returned.
    """
    summary = audit_summary(audit)
    odd = audit[(audit["paper"] == slug) & (audit["finding"] != "cited")]
    return {
        "references": summary.loc[slug].to_dict() if slug in summary.index else {},
        "odd": odd.astype(object).to_dict("records"),
    }


def notebooks_of(slug: str, sections: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return slug and title of the executed notebooks about a document: named so.

    >>> made = {"slug": "03-orchard-crops", "title": "Crops", "executed": True}
    >>> notebooks_of("orchard", [made]), notebooks_of("crops", [made])
    ([{'slug': '03-orchard-crops', 'title': 'Crops'}], [])
    """
    return [
        {name: section[name] for name in ("slug", "title")}
        for section in sections
        if section["executed"] and f"{notebook_key(section['slug'])}-".startswith(f"{slug}-")
    ]


def conditional(claims: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the claims of a document that hold only under a condition, by condition.

    claims : list of dict
        Its records, as `claim_records` returned them.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in (each for each in claims if each["status"] == "holds only if"):
        found.setdefault(claim["condition"], []).append(claim)
    return found


def _row(counts: pd.DataFrame, slug: str) -> dict[str, int]:
    if slug not in counts.index:
        return dict.fromkeys(counts.columns, 0)
    return {name: int(number) for name, number in counts.loc[slug].items()}
