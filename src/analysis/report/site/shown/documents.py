"""What the pages say about a document: its claims, its figures, its references, its tables."""

from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.collection import documents
from analysis.ledger.references import audit_summary, reference_audit
from analysis.ledger.summaries import (
    findings,
    first_of_clashes,
    status_counts,
    verdict_counts,
)
from analysis.report.site.shown.claims import (
    WRONG,
)


def document_pages(
    table: pd.DataFrame, claims: list[dict[str, Any]], gallery: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return one entry a document: citation, claims, counts, figures, references, tables."""
    verdicts, statuses, audit = verdict_counts(table), status_counts(table), reference_audit()
    summary, wrong = audit_summary(audit), findings(table)
    found = []
    for document in documents(paths.RAW):
        slug = document.slug
        source = {"title": document.reference}
        source |= {"path": document.address} if document.address else {}
        own = [
            document.tables[name] | {"path": f"{slug}/{name}.csv"} for name in document.transcribed
        ]
        missing = audit[(audit["paper"] == slug) & (audit["finding"] != "cited")]
        mine = [claim for claim in claims if claim["paper"] == slug]
        found.append(
            {
                "slug": slug,
                "short": document.about["citation"],
                "note": document.about.get("note", ""),
                "source": source,
                "counts": _row(verdicts, slug) | _row(statuses, slug),
                "wrong": sorted(
                    (claim for claim in mine if claim["status"] == WRONG),
                    key=lambda claim: claim["bearing"] != "conclusion",
                ),
                "clashes": len(first_of_clashes(wrong[wrong["paper"] == slug])),
                "conditional": conditional(mine),
                "outside": [each for each in mine if each["said"] and each["status"] != WRONG],
                "figures": [row for row in gallery if row["paper"] == slug],
                "references": summary.loc[slug].to_dict() if slug in summary.index else {},
                "odd": missing.astype(object).to_dict("records"),
                "tables": own,
            }
        )
    return found


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
