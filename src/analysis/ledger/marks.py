"""The status of claims and of table rows, for the marks of figures and the cells of tables."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.failures import quoted
from analysis.ledger.claim_rows import CELL
from analysis.ledger.judged import rows_of
from analysis.ledger.table import ledger_rows, rows_of_claims

GRAVEST = ("does not hold", "holds only if", "may hold", "unknown", "holds")


def claim_statuses(names: Iterable[str], folder: str | Path | None = None) -> pd.Series:
    """Return the status of claims, by claim.

    names : iterable of str
        Claims, such as "orchard-apples".
    folder : str or Path
        A data folder.

    Raises ValueError for a claim that there is not.
    """
    wanted = list(names)
    rows = rows_of_claims(wanted, folder)
    if unknown := [name for name in wanted if name not in rows]:
        raise ValueError(f"names: there is no claim {', '.join(map(quoted, unknown))}")
    found = {name: rows[name]["status"] for name in wanted}
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
    rows = rows_of(
        "ledger",
        ledger_rows,
        folder,
        papers={document},
        wanted=lambda row: row["cell"].startswith(start),
    )
    if not rows:
        raise ValueError(f"table: nothing is claimed of rows {quoted(start)} of {document}")
    found: dict[str, str] = {}
    for row in rows:
        key = ",".join(CELL.fullmatch(row["cell"])[2].split(",")[len(where) :])
        found[key] = min(found.get(key, "holds"), row["status"], key=GRAVEST.index)
    return pd.Series(found, dtype=object, name="status")
