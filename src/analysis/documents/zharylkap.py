"""Credits in hours and double degrees: what the printed numbers of reforms come to."""

from pathlib import Path

import pandas as pd

from analysis.data.tables import read_table
from analysis.inference.intervals import proportion_interval
from analysis.language.sentences import span


def ects_credits(
    low: float | None = None, high: float | None = None, folder: str | Path | None = None
) -> pd.DataFrame:
    """Return how many ECTS credits one national credit is worth, degree by degree.

    low, high : float
        Hours of work that one ECTS credit stands for; by default the lowest and highest of
        `zharylkap/ects.csv`, which come from outside the document.

    One row a degree: degree, label, `hours` of a national credit, `low` and `high` (ECTS
    credits), `text`. The hours of an ECTS credit that were used stand in `attrs`.
    Raises ValueError unless 0 < low <= high.

    >>> ects_credits().loc[0, ["low", "high"]].to_list()
    [1.5, 1.8]
    """
    ects = read_table("zharylkap/ects", folder).set_index("bound")["printed"].astype(float)
    low = ects["lowest"] if low is None else low
    high = ects["highest"] if high is None else high
    if not 0 < low <= high:
        raise ValueError(f"low, high: wanted hours with 0 < low <= high; got {low}, {high}")
    table = read_table("zharylkap/credit_hours", folder)
    hours = table["printed"].astype(float)
    credits = pd.DataFrame(
        {
            "degree": table["degree"],
            "label": table["label"],
            "hours": hours,
            "low": hours / high,
            "high": hours / low,
        }
    )
    credits["text"] = [span(row.low, row.high, 1) for row in credits.itertuples()]
    credits.attrs = {"low": f"{low:g}", "high": f"{high:g}"}
    return credits


def double_degree_shares(
    level: float = 0.95, method: str = "wilson", folder: str | Path | None = None
) -> pd.DataFrame:
    """Return the share of universities with double degrees, one row a country.

    level, method :
        Of the confidence interval, see `intervals.proportion_interval`.

    Columns: country, label, `count` and `total` (universities), `share`, `low`, `high`
    (fractions). For Kazakhstan the document prints no total; the number of universities with
    credit technology takes its place.

    >>> double_degree_shares()[["country", "count", "total"]].values.tolist()
    [['KAZ', 45, 131], ['GEO', 6, 17]]
    """
    table = read_table("zharylkap/double_degrees", folder)
    number = table.set_index(["country", "quantity"])["printed"]
    rows = []
    for country, label, whole in (
        ("KAZ", "Kazakhstan", "credit-technology-universities"),
        ("GEO", "Georgia", "universities"),
    ):
        count, total = (
            int(number[country, "double-degree-universities"]),
            int(number[country, whole]),
        )
        limits = proportion_interval(count, total, level, method)
        rows.append([country, label, count, total, count / total, *limits])
    columns = ["country", "label", "count", "total", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


TABLES = {"ects_credits": ects_credits, "double_degree_shares": double_degree_shares}
