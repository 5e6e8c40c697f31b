"""Projects of a university with Japanese funders: what a count and its share imply."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.counts.bases import possible_totals
from analysis.data.tables import read_table
from analysis.language.current import label, tr, with_unit
from analysis.language.sentences import listed

REPORT = re.compile(r"report (\d{4})(?:-(\d{4}))? ")


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


def reported_projects() -> pd.DataFrame:
    """Return the years that sentences about projects name, beside those of the reports they cite.

    One row a sentence or cited report, for `plot_timeline`: entry, lane (what is printed, and the
    funder), label, start, end (empty for a single year).

    >>> reported_projects().query("entry == 'jf-2017'")["start"].tolist()
    ['2017', '2016']
    """
    projects = read_table("rustemova/kaznu_projects").groupby("entry", sort=False)
    rows = [row for entry, numbers in projects for row in _periods(entry, numbers)]
    return pd.DataFrame(rows, columns=["entry", "lane", "label", "start", "end"])


def _periods(entry: str, numbers: pd.DataFrame) -> Iterator[list[str]]:
    first: Any = numbers.iloc[0]
    printed = listed(with_unit(row.printed, row.unit) for row in numbers.itertuples())
    lane = tr("{printed}, {funder}", printed=printed, funder=label(first["funder"]))
    last = str(first["year_to"]) if first["year_to"] > first["year_from"] else ""
    yield [entry, lane, "sentence", str(first["year_from"]), last]
    for start, end in REPORT.findall(first["source"]):
        yield [entry, lane, "cited report", start, end]


TABLES = {"project_totals": project_totals}
