"""Parties of recognition conventions and student flows: what the certificate's numbers allow."""

from pathlib import Path

import pandas as pd

from analysis.data.tables import read_table

HOME = "KAZ"
ORIGINS = {"CHN": "China", "VNM": "Viet Nam", "KOR": "Republic of Korea"}


def convention_parties(folder: str | Path | None = None) -> pd.DataFrame:
    """Return how many parties the document states for each convention, and how many it names.

    The index is the convention; columns `stated`, `named`, `not named`.

    >>> convention_parties().loc["tokyo"].to_list()
    [12, 11, 1]
    """
    table = read_table("nched/conventions", folder).query("quantity == 'countries'")
    stated = table.set_index("convention")["printed"].astype(int)
    named = read_table("nched/parties", folder)["convention"].value_counts()
    counts = pd.DataFrame({"stated": stated, "named": named.reindex(stated.index, fill_value=0)})
    return counts.assign(**{"not named": counts["stated"] - counts["named"]})


def country_marks(region: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return what the document says of each country that it names as a party or prints a flow of.

    region : str
        ISO 3166-1 codes of the countries of South-eastern Asia, with blanks between them.

    The index is the code; columns `country`, then True or False for `named as a signatory`,
    `student flow printed` and `South-eastern Asia`. Countries with a flow come first.

    >>> country_marks("VNM THA").query("`South-eastern Asia`")["country"].to_list()
    ['Viet Nam']
    """
    leaving = flow_bounds(folder=folder).query("destination != @HOME")
    named = read_table("nched/parties", folder).query("convention == 'tokyo'")
    labels = dict(zip(leaving["origin"], leaving["country"], strict=True))
    labels |= dict(zip(named["country"], named["label"], strict=True))
    marks = pd.DataFrame({"country": labels})
    marks["named as a signatory"] = marks.index.isin(named["country"])
    marks["student flow printed"] = marks.index.isin(leaving["origin"])
    marks["South-eastern Asia"] = marks.index.isin(region.split())
    return marks.rename_axis("code")


def flow_bounds(rounded: bool = True, folder: str | Path | None = None) -> pd.DataFrame:
    """Return the printed student flows with the least and greatest number that each allows.

    rounded : bool
        Read zeros at the end of a number as rounding: 1200 then stands for 1150 to 1250. False
        takes the number as it is.

    Columns: those of `nched/flows`, `country` (the origin by name, or else the label), `number`,
    `low` and `high`. "More than" keeps the printed number as its lower end and has no upper one
    (missing).

    >>> flow_bounds().set_index("origin").loc["VNM", ["low", "high"]].to_list()
    [131500.0, 132500.0]
    """
    flows = read_table("nched/flows", folder)
    number, more = flows["printed"].astype(int), flows["qualifier"] == "more than"
    zeros = flows["printed"].str.len() - flows["printed"].str.rstrip("0").str.len()
    half = 10.0**zeros / 2 * ((zeros > 0) & rounded)
    return flows.assign(
        country=flows["origin"].map(ORIGINS).fillna(flows["label"]),
        number=number,
        low=(number - half).where(~more, number),
        high=(number + half).where(~more),
    )


TABLES = {"flow_bounds": flow_bounds}
