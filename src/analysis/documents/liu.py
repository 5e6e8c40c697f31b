"""Passages of a text on challenges and strategies, each with its codes."""

import pandas as pd

from analysis.arguments import check_choice
from analysis.data.tables import read_table

CODES = ("kind", "theme", "addresses")
CODINGS = ("settled", "first", "second")
ADVICE = ("strategy", "mechanism")
NONE = "none of them"


def coded_passages(coding: str = "settled") -> pd.DataFrame:
    """Return the passages with the codes of one coding, and where each stands.

    coding : str
        One of CODINGS: that of a reader, or the settled one.

    Columns: passage, label, place (in the section on challenges, or in a later one), kind, theme,
    addresses (the challenge that advice answers; "none of them" for advice that answers none).
    Raises ValueError for another coding.

    >>> int((coded_passages("first")["addresses"] == "none of them").sum())
    10
    """
    check_choice(coding, "coding", CODINGS)
    table = read_table("liu/coding")
    first = table["section"] == table["section"].iloc[0]
    found = table[["passage", "label"]].assign(place="in the later sections")
    found["place"] = found["place"].mask(first, "among the challenges")
    for code in CODES:
        found[code] = table[code if coding == "settled" else f"{code}_{coding}"]
    stray = found["kind"].isin(ADVICE) & (found["addresses"] == "")
    return found.assign(addresses=found["addresses"].mask(stray, NONE))


def differences() -> int:
    """Return how many passages two readers gave at least one different code.

    >>> differences()
    0
    """
    table = read_table("liu/coding")
    unlike = [table[f"{code}_first"] != table[f"{code}_second"] for code in CODES]
    return int(pd.concat(unlike, axis=1).any(axis=1).sum())


TABLES: dict = {}
