"""Credits in hours, double degrees and dated events: what the printed numbers come to."""

from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.arguments import check_choice
from analysis.counts.rounding import printed_interval
from analysis.data.tables import read_table
from analysis.language.current import tr
from analysis.language.sentences import span
from analysis.ledger.marks import claim_statuses, row_statuses
from analysis.ledger.table import rows_of_claims

LARGEST = 1000  # universities: no whole beyond it is tried
DATED_BY = {  # events whose year is claimed at another place than in the table of milestones
    "KAZ,unesco-member": "zharylkap-unesco-same-year",
    "KAZ,bologna-process": "zharylkap-join-year",
    "KAZ,ects-start": "zharylkap-ects-start",
    "AZE,bologna-process": "zharylkap-azerbaijan-bologna",
    "AZE,two-tier-system": "zharylkap-azerbaijan-tiers-year",
    "AZE,quality-documents": "zharylkap-ministers-meeting",
    "AZE,erasmus-office-closed": "zharylkap-office-closed",
}
OUTSIDE = "outside"
CLASHES = (  # thing, claim, what it says, the claim it clashes with, what that one says
    ("OECD", "zharylkap-oecd-member", "full member", "", "no member, sources say"),
    ("Erasmus+", "zharylkap-erasmus-since", "operates", OUTSIDE, "begins, sources say"),
    ("ECTS", "zharylkap-ects-start", "begins", "zharylkap-credit-rules", "rules of its credits"),
    (
        "opening the doors",
        "zharylkap-opening-doors",
        "Kazakhstan opens the doors",
        "zharylkap-azerbaijan-bologna",
        "Azerbaijan has joined",
    ),
    (
        "PETRA project",
        "zharylkap-petra-source",
        "cited page",
        "zharylkap-council",
        "Azerbaijan's way begins",
    ),
)


def ects_credits(
    low: float | None = None,
    high: float | None = None,
    year_credits: float = 60,
    folder: str | Path | None = None,
) -> pd.DataFrame:
    """Return how many ECTS credits one national credit is worth, degree by degree.

    low, high : float
        Hours of work that one ECTS credit stands for; by default the lowest and highest of
        `zharylkap/ects.csv`, which come from outside the document.
    year_credits : float
        ECTS credits of a year of study.

    One row a degree: degree, label, `hours` of a national credit, `low` and `high` (ECTS credits),
    `fewest` and `most` (national credits that hold the work of a year), `text` and `note` (both
    ranges as shown). The hours of an ECTS credit that were used stand in `attrs`. Raises ValueError
    unless 0 < low <= high and year_credits > 0.

    >>> ects_credits().loc[0, ["low", "high"]].to_list()
    [1.5, 1.8]
    """
    ects = read_table("zharylkap/ects", folder).set_index("bound")["printed"].astype(float)
    low = ects["lowest"] if low is None else low
    high = ects["highest"] if high is None else high
    if not 0 < low <= high:
        raise ValueError(f"low, high: wanted hours with 0 < low <= high; got {low}, {high}")
    if not year_credits > 0:
        raise ValueError(f"year_credits: wanted more than 0 credits; got {year_credits}")
    table = read_table("zharylkap/credit_hours", folder)
    hours = table["printed"].astype(float)
    credits = table[["degree", "label"]].assign(hours=hours, low=hours / high, high=hours / low)
    credits["fewest"], credits["most"] = year_credits * low / hours, year_credits * high / hours
    credits["text"] = [span(row.low, row.high, 1) for row in credits.itertuples()]
    years = [span(row.fewest, row.most) for row in credits.itertuples()]
    credits["note"] = [tr("{credits} a year", credits=each) for each in years]
    credits.attrs = {"low": f"{low:g}", "high": f"{high:g}"}
    return credits


def double_degree_shares(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the share of universities with double degrees, one row a country.

    Columns: country, label, `count` and `total` (universities), `share` (percent). For
    Kazakhstan the document prints no total; the number of universities with credit technology
    takes its place.

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
        count = int(number[country, "double-degree-universities"])
        total = int(number[country, whole])
        rows.append([country, label, count, total, 100 * count / total])
    return pd.DataFrame(rows, columns=["country", "label", "count", "total", "share"])


def possible_wholes(
    meant: str = "points", rounding: str = "half-any", folder: str | Path | None = None
) -> list[int]:
    """Return how many universities Kazakhstan may have for Georgia's lead to be as printed.

    meant : str
        What the printed percent is: "points" between the two shares, or "percent" of the share of
        Kazakhstan.
    rounding : str
        One of `rounding.RULES`.

    Exact; every number from the universities with double degrees up to 1,000 is tried. Raises
    ValueError for another meaning or rule.

    >>> possible_wholes()
    [130, 131, 132, 133]
    """
    check_choice(meant, "meant", ("points", "percent"))
    shares = double_degree_shares(folder).set_index("country")
    count = int(shares["count"]["KAZ"])
    theirs = Fraction(100 * int(shares["count"]["GEO"]), int(shares["total"]["GEO"]))
    table = read_table("zharylkap/double_degrees", folder).set_index("quantity")
    printed = printed_interval(table["printed"]["difference"], rounding)
    found = []
    for total in range(count, LARGEST + 1):
        ours = Fraction(100 * count, total)
        lead = theirs - ours if meant == "points" else 100 * (theirs / ours - 1)
        found += [total] if lead in printed else []
    return found


def dated_events(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the dated events of Kazakhstan and Azerbaijan with their status in the ledger.

    Columns: those of `zharylkap/milestones`, `lane` (the country's name), `year` (of the start),
    `status` ("unknown" where nothing is claimed of an event). By country and date, Kazakhstan
    first.

    >>> dated_events().set_index("event")["status"]["oecd-member"]
    'does not hold'
    """
    names = {"KAZ": "Kazakhstan", "AZE": "Azerbaijan"}
    events = read_table("zharylkap/milestones", folder).query("country in @names")
    keys = events["country"] + "," + events["event"]
    of_rows = row_statuses("zharylkap/milestones", folder)
    of_claims = keys.map(DATED_BY).dropna().map(claim_statuses(DATED_BY.values(), folder))
    status = of_claims.reindex(keys.index).fillna(keys.map(of_rows)).fillna("unknown")
    events = events.assign(
        lane=events["country"].map(names), year=events["start"].str[:4].astype(int), status=status
    )
    by = ["country", "start"]
    return events.sort_values(by, ascending=[False, True], kind="stable", ignore_index=True)


def clashing_dates(tolerance: float = 0, folder: str | Path | None = None) -> pd.DataFrame:
    """Return the printed dates that clash with another date, printed or of an outside source.

    tolerance : float
        Years, 0 or more: dates that need not lie further apart are taken as one.

    Two rows a clash, or one where the source has no date: `lane` and `clash` (the thing dated),
    `label`, `start`, `status`, `note` (the condition of the printed date, or what a source without
    date says), `claim` ("outside" for a source) and `gap` (years between the two at least; missing
    where there is no second date). Raises ValueError for a tolerance below 0.

    >>> clashing_dates(tolerance=5)["lane"].unique().tolist()
    ['OECD', 'Erasmus+', 'PETRA project']
    """
    if not tolerance >= 0:
        raise ValueError(f"tolerance: wanted years, 0 or more; got {tolerance}")
    named = {each[k] for each in CLASHES for k in (1, 3)} - {"", OUTSIDE}
    judged = rows_of_claims(sorted(named), folder)
    status = {OUTSIDE: "holds"} | {name: row["status"] for name, row in judged.items()}
    facts = read_table("zharylkap/external_facts", folder).query("value != ''")
    facts = facts.set_index("claim")["value"]
    rows = []
    for thing, claim, label, other, said in CLASHES:
        start = judged[claim]["printed"]
        second = facts[claim] if other == OUTSIDE else judged[other]["printed"] if other else ""
        gap = least_years(start, second) if second else float("nan")
        if not gap <= tolerance:
            note = judged[claim]["condition"] or ("" if second else said)
            rows.append((thing, label, start, status[claim], note, thing, claim, gap))
            if second:
                rows.append((thing, said, second, status[other], "", thing, other, gap))
    columns = ["lane", "label", "start", "status", "note", "clash", "claim", "gap"]
    return pd.DataFrame(rows, columns=columns)


def least_years(first: str, second: str) -> float:
    """Return how many years lie between two dates at least; 0 if they may be the same day.

    >>> least_years("2010", "2005"), least_years("2010", "2011-04"), least_years("2010", "2010-03")
    (4.0, 0.25, 0.0)
    """
    early, late = sorted((first, second))
    from analysis.figures.timelines import decimal_year

    return max(0.0, round(decimal_year(late) - decimal_year(early, end=True), 4))


TABLES = {"ects_credits": ects_credits, "double_degree_shares": double_degree_shares}
