"""The status of claims and of table rows, for the marks of figures and the cells of tables."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.arguments import quoted
from analysis.ledger.claim_rows import CELL, claims_table
from analysis.ledger.outside import evidence, outside_facts
from analysis.ledger.read import computed, read_claims
from analysis.ledger.table import evidence_on, status
from analysis.ledger.verdicts import Audit

GRAVEST = ("does not hold", "holds only if", "may hold", "unknown", "holds")


def claim_statuses(names: Iterable[str], folder: str | Path | None = None) -> pd.Series:
    """Return the status of claims, by claim.

    names : iterable of str
        Claims, such as "orchard-apples".
    folder : str or Path
        A data folder.

    Raises ValueError for a claim that there is not.
    """
    claims, wanted = read_claims(folder), list(names)
    if unknown := [name for name in wanted if name not in claims]:
        raise ValueError(f"names: there is no claim {', '.join(map(quoted, unknown))}")
    audit, facts = Audit(claims), evidence(outside_facts(claims))
    found = {
        name: status(verdict.verdict, evidence_on(audit, facts, name).outcome)
        for name, verdict in computed(claims, wanted, lambda _, name: audit[name]).items()
    }
    return pd.Series(found, dtype=object, name="status").rename_axis("claim")


def row_statuses(table: str, folder: str | Path | None = None, **where: str) -> pd.Series:
    """Return the status of what a document prints in the rows of a table.

    table : str
        Document and table, such as "orchard/tallies".
    folder : str or Path
        A data folder.
    where : str
        Values of the first columns of the table's key, such as question="harvest".

    The index is the rest of the key, its values parted by commas. A row of which several things
    are claimed has the gravest status; one of which nothing is claimed is not there. Raises
    ValueError where nothing is claimed of any row.
    """
    document, _, name = table.partition("/")
    start = f"{name}:" + "".join(f"{value}," for value in where.values())
    rows = claims_table(folder)
    rows = rows[(rows["paper"] == document) & rows["cell"].str.startswith(start)]
    if rows.empty:
        raise ValueError(f"table: nothing is claimed of rows {start!a} of {document}")
    keys = [CELL.fullmatch(cell)[2].split(",")[len(where) :] for cell in rows["cell"]]
    of_claims = claim_statuses(rows["claim"], folder)
    found: dict[str, str] = {}
    for key, claim in zip(map(",".join, keys), rows["claim"], strict=True):
        found[key] = min(found.get(key, "holds"), of_claims[claim], key=GRAVEST.index)
    return pd.Series(found, dtype=object, name="status")
