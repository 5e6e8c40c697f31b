"""The ledger as a table: one row a claim, its verdict, its status, and what outside sources say."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.collection import documents
from analysis.failures import quoted
from analysis.language.current import tr
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.judged import rows_by_claim, rows_of
from analysis.ledger.multiverse import Multiverse
from analysis.ledger.outside import Evidence, evidence, outside_facts
from analysis.ledger.read import computed
from analysis.ledger.verdicts import Audit, Verdict, severity, strength

STATUSES = ("holds", "may hold", "holds only if", "does not hold", "unknown")
OF_VERDICT = {
    "reproduced": "holds",
    "consistent": "may hold",
    "conditional": "holds only if",
    "inconsistent": "does not hold",
    "not checkable": "unknown",
}
SAYING = {"confirmed", "contradicted", "superseded"}
COLUMNS = [
    *("claim", "paper", "section", "statement", "printed", "qualifier", "unit", "base", "anchor"),
    *("kind", "inputs", "bearing", "note", "verdict", "reason", "severity", "status"),
    *("recomputed", "low", "high", "power", "strength", "arithmetic", "readings", "condition"),
    *(
        "clash",
        "robust",
        "outside",
        "said",
        "source",
        "grade",
        "dated",
        "explanation",
        "reply",
        "notebook",
    ),
]


def status(verdict: str, outside: str) -> str:
    """Return the one word that headlines count, from the verdict and the outside evidence.

    >>> status("not checkable", "confirmed"), status("reproduced", "contradicted")
    ('holds', 'does not hold')
    >>> status("inconsistent", "confirmed"), status("consistent", "not found")
    ('does not hold', 'may hold')
    """
    if verdict == "inconsistent" or outside == "contradicted":
        return "does not hold"
    return "holds" if outside == "confirmed" else OF_VERDICT[verdict]


def readings_text(verdict: Verdict) -> str:
    """Return the readings of a claim as text: what each takes, its stance and what it gives."""
    said = {"stated": tr("as stated"), "allowed": tr("allowed"), "excluded": tr("excluded")}
    texts = [
        tr(
            "{stance}{way}: {arithmetic} ({outcome})",
            stance=said[reading.stance],
            way=tr(", {way}", way=reading.said) if reading.said else "",
            arithmetic=reading.arithmetic,
            outcome=tr("agrees") if reading.agrees else tr("does not agree"),
        )
        for reading in verdict.readings
    ]
    return " | ".join(texts)


def evidence_on(audit: Audit, facts: Mapping[str, Evidence], claim: str) -> Evidence:
    """Return what outside sources say of a claim, or of the same number where it stands again.

    facts : mapping
        What `outside.evidence` returned.
    """
    found = [facts.get(each, Evidence()) for each in (claim, *audit.repeats(claim))]
    return next((each for each in found if each.outcome in SAYING), found[0])


def ledger_row(
    claim: Claim, verdict: Verdict, robust: str, evidence: Evidence, reply: Mapping[str, str]
) -> dict[str, Any]:
    """Return one row of the ledger, with what sentences and marks need besides its columns.

    reply : mapping
        The row of `replies.csv` of the claim; may be empty.

    Besides: `cell`, where the number stands; `amount`, as a sentence shows it, if there is one;
    `found`, what a source says, as it was written down.
    """
    reading = verdict.deciding
    own = reading is not None and verdict.of == claim.claim
    return {
        **{name: getattr(claim, name) for name in COLUMNS if hasattr(claim, name)},
        "statement": tr(claim.statement),
        "note": tr(claim.note),
        "base": " ".join(claim.base),
        "inputs": claim.inputs.text,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "severity": severity(claim, verdict.verdict, evidence.outcome),
        "status": status(verdict.verdict, evidence.outcome),
        "recomputed": reading.recomputed if own else "",
        "low": _as_float(reading.low) if own else None,
        "high": _as_float(reading.high) if own else None,
        "power": verdict.power,
        "strength": strength(claim, verdict.power),
        "arithmetic": verdict.arithmetic,
        "readings": readings_text(verdict),
        "condition": verdict.condition,
        "clash": " ".join(verdict.clash),
        "robust": robust,
        "outside": evidence.outcome,
        "said": tr(evidence.found),
        "source": evidence.source,
        "grade": evidence.grade,
        "dated": evidence.dated,
        "explanation": tr(reply.get("explanation", "")),
        "reply": reply.get("reply", ""),
        "cell": claim.cell,
        "amount": claim.amount if claim.printed else "",
        "found": evidence.found,
    }


def _as_float(number: float | None) -> float | None:
    return None if number is None else float(number)


def judge(claims: Claims, claim: str) -> Verdict:
    """Return the verdict on one claim."""
    return Audit(claims)[claim]


def ledger_table(
    folder: str | Path | None = None,
    notebook: str | None = None,
    assumed: Sequence[str] = (),
    paper: str | None = None,
) -> pd.DataFrame:
    """Return the ledger: one row a claim of the documents, with its verdict.

    folder : str or Path
        A data folder with `claims.csv`, `external_facts.csv` and the tables they point to.
    notebook : str
        Only the claims that this notebook treats.
    assumed : sequence of str
        What is assumed besides, each `claim=number` or `setting=value`; see `assumptions.assume`.
    paper : str
        Only the claims of this document, such as "orchard"; the others are not read.

    Columns: those of `claims.csv`, then `verdict` (see VERDICTS), `reason` (why not checkable),
    `severity` (conclusion or detail, where it does not hold), `status` (print and outside in one
    word, see STATUSES), `recomputed`, `low`, `high` (of the deciding reading, in its unit), `power`
    (share of wrong numbers that the check refuses, 0 to 1) and `strength` (the same as a sentence),
    `arithmetic`, `readings` (each with its stance), `condition` ("right only if ..."), `clash`,
    `robust` ("robust", or the choices that the verdict hangs on, see `multiverse`),
    `outside` (confirmed, contradicted, superseded or not found) with `said`, `source`, `grade` and
    `dated`, the most innocent `explanation`, the author's `reply`, `notebook`.
    Raises TableError for claims that cannot be followed, ValueError for a document that there is
    not.
    """
    there = [document.slug for document in documents(paths.as_folder(folder))]
    if paper is not None and paper not in there:
        raise ValueError(f"paper: wanted one of {', '.join(there)}; got {quoted(paper)}")
    rows = rows_of(
        "ledger",
        ledger_rows,
        folder,
        assumed=assumed,
        papers=None if paper is None else {paper},
        wanted=lambda row: notebook in {None, row["notebook"]},
    )
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"low": float, "high": float, "power": float})


def ledger_rows(audit: Audit, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of the ledger of claims; TableError for those that cannot be computed."""
    claims, choices = audit.claims, Multiverse(audit)
    facts = evidence(outside_facts(claims))
    replies = {row["claim"]: row for row in reversed(claims.cells.records("replies"))}
    verdicts = computed(claims, names, lambda _, name: audit[name])
    return [
        ledger_row(
            claims[name],
            verdict,
            choices.robust(name),
            evidence_on(audit, facts, name),
            replies.get(name, {}),
        )
        for name, verdict in verdicts.items()
    ]


def rows_of_claims(
    names: Sequence[str], folder: str | Path | None = None
) -> dict[str, dict[str, Any]]:
    """Return the rows of the ledger of some claims, by claim; one that is not there is left out.

    Only the documents of these claims are judged.
    """
    return rows_by_claim("ledger", ledger_rows, names, folder)
