"""Statements that carry no number and compare none: listed with the ledger, counted by none."""

from analysis.data.tables import read_table
from analysis.language.current import tr
from analysis.report.site.shown.claims import language_of
from analysis.report.site.shown.quotations import as_printed


def worded_statements() -> dict[str, list[dict[str, str]]]:
    """Return the statements without a number, by the short name of their document.

    Each has statement, quotation (as a reader of the document sees it) and spoken (its language).
    """
    found: dict[str, list[dict[str, str]]] = {}
    for row in read_table("worded").astype("string").fillna("").to_dict("records"):
        found.setdefault(row["paper"], []).append(
            {
                "statement": tr(row["statement"]),
                "quotation": as_printed(row["anchor"]),
                "spoken": language_of(row["anchor"]),
            }
        )
    return found
