"""Citations in the running text against the reference lists: missing, uncited, repeated."""

from pathlib import Path

import pandas as pd

from analysis.data.tables import read_table

FINDINGS = ("cited", "never cited", "repeated in the list", "not in the list")


def reference_audit(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row an entry of a reference list, or a citation that no entry answers.

    Columns: paper, entry (missing where the list has none), label, year, `cited` (how often the
    running text cites it), `repeats` (how often the list repeats it), `finding`: one of FINDINGS,
    the gravest if several.
    """
    entries, citations = read_table("references", folder), read_table("citations", folder)
    rows = []
    for entry in entries.itertuples():
        mine = citations[
            (citations["paper"] == entry.paper) & (citations["entry"] == entry.entry).fillna(False)
        ]
        finding = "cited" if len(mine) else "never cited"
        if entry.repeats:
            finding = "repeated in the list"
        row = (entry.paper, entry.entry, entry.label, entry.year, len(mine), entry.repeats)
        rows.append([*row, finding])
    lost = citations[citations["entry"].isna()]
    for (paper, cited), found in lost.groupby(["paper", "cited"], sort=False):
        rows.append([paper, pd.NA, cited, pd.NA, len(found), 0, "not in the list"])
    names = ["paper", "entry", "label", "year", "cited", "repeats", "finding"]
    table = pd.DataFrame(rows, columns=names)
    return table.astype(dict.fromkeys(("entry", "year", "cited", "repeats"), "Int64"))


def audit_summary(audit: pd.DataFrame) -> pd.DataFrame:
    """Return one row a document with the number of rows of each finding.

    audit : DataFrame
        What `reference_audit` returned.
    """
    table = pd.crosstab(audit["paper"], audit["finding"])
    order = list(dict.fromkeys(audit["paper"]))
    return table.reindex(index=order, columns=list(FINDINGS), fill_value=0)
