"""Projects of a university with Japanese funders: what a count and its share imply."""

import pandas as pd

from analysis.counts.bases import possible_totals
from analysis.data.tables import read_table


def project_totals() -> pd.DataFrame:
    """Return every total of projects that a printed number and its printed share allow.

    >>> project_totals()["total"].agg(["min", "max"]).tolist()
    [48, 53]
    """
    projects = read_table("rustemova/kaznu_projects")
    wide = projects.pivot(index="entry", columns="quantity", values="printed")
    both = wide.dropna(subset=["projects", "share"])
    rows = [
        {"entry": row.Index, "projects": row.projects, "share": row.share, "total": total}
        for row in both.itertuples()
        for total in possible_totals(int(row.projects), row.share)
    ]
    return pd.DataFrame(rows)


TABLES = {"project_totals": project_totals}
