"""The ledger as a list: by what matters, with the filters that it has."""

from typing import Any

from analysis.language.current import label, tr
from analysis.ledger.outside import OUTCOMES
from analysis.ledger.table import STATUSES
from analysis.ledger.verdicts import REASONS, VERDICTS
from analysis.report.site.shown.claims import WRONG
from analysis.report.site.shown.front import gravity

Record = dict[str, Any]
BY_WEIGHT = (WRONG, "holds only if", "may hold", "holds", "unknown")


def ledger_groups(records: list[Record]) -> list[dict[str, Any]]:
    """Return the claims by status, what matters most first, and within one by gravity.

    records : list of dict
        What `claim_records` returned; each gets its place in the documents.
    """
    for place, record in enumerate(records, start=1):
        record["place"] = place
    ordered = sorted(records, key=weight)
    groups = {status: [] for status in BY_WEIGHT}
    for record in ordered:
        groups[record["status"]].append(record)
    return [
        {"title": label(status), "claims": claims} for status, claims in groups.items() if claims
    ]


def weight(record: Record) -> tuple:
    """Return the rank of a claim among those of its status: by gravity, else conclusions first."""
    wrong = record["status"] == WRONG
    return gravity(record) if wrong else (record["bearing"] != "conclusion",)


def filters(records: list[Record], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the filters of the ledger: name, label, and options as (value, words).

    names : dict
        Author and year by the short name of the document. Only values that a claim has are offered.
    """
    there = {
        "paper": (tr("Document"), names),
        "status": (tr("Status"), _labels(sorted(STATUSES, key=BY_WEIGHT.index))),
        "checked": (tr("Can be checked"), {"yes": label("yes"), "no": label("no")}),
        "verdict": (tr("Verdict"), _labels(VERDICTS)),
        "reason": (tr("Why not checkable"), _labels(REASONS)),
        "bearing": (tr("Matters for"), _labels(("conclusion", "detail"))),
        "outside": (tr("Outside sources"), _labels(OUTCOMES)),
    }
    found = []
    for name, (title, options) in there.items():
        used = {record.get(name) for record in records} | {"yes", "no"}
        chosen = [(value, words) for value, words in options.items() if value in used]
        found.append({"name": name, "label": title, "options": chosen})
    return found


def _labels(values: tuple[str, ...] | list[str]) -> dict[str, str]:
    return {value: label(value) for value in values}
