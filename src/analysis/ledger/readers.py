"""Two independent readings for claims: which numbers both found, and how they coded them."""

from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.arguments import check_choice
from analysis.data.collection import documents
from analysis.data.double_entry import READERS, read_entry
from analysis.inference.agreement import coding_agreement

CODES = ("kind", "bearing")


def reader_agreement(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a document: claims of each reader, those that both found, and their share.

    folder : str or Path
        A collection of documents. In the claims of the second reader the column `claim` names the
        claim of the first at the same place with the same number, or is empty.

    Columns: first, second, both, share (percent of the claims that either found).
    """
    first, second = _readings(folder)
    found = _counts(first, second)
    found.loc["all"] = found.sum()
    numbers = _counts(first[first["printed"] != ""], second[second["printed"] != ""])
    found.loc["all that print a number"] = numbers.sum()
    either = found["first"] + found["second"] - found["both"]
    return found.assign(share=(100 * found["both"] / either).round(1))


def _counts(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    both = second.loc[second["claim"] != "", "paper"]
    readings = {"first": first["paper"], "second": second["paper"], "both": both}
    counts = pd.DataFrame({name: papers.value_counts() for name, papers in readings.items()})
    return counts.reindex(list(dict.fromkeys(first["paper"]))).fillna(0).astype(int)


def read_codes(code: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return how two coders coded each claim, one row a claim.

    code : str
        "kind" (the check that fits) or "bearing" (what rests on the number).
    folder : str or Path
        A collection of documents, with `codes.csv` of each coder in `double-entry`.

    Columns: claim, first, second. Raises ValueError for another code.
    """
    check_choice(code, "code", CODES)
    first, second = _entries(folder, "codes", ["claim", *CODES])
    both = first.merge(second, on="claim", suffixes=(" first", " second"))
    names = {f"{code} {reader}": reader for reader in READERS}
    return both[["claim", *names]].rename(columns=names)


def code_agreement(folder: str | Path | None = None, level: float = 0.95) -> pd.DataFrame:
    """Return the agreement of two coders on `kind` and on `bearing` of the claims.

    Both coded by the rule of `docs/coding-claims.md`: `codes.csv` of each in `double-entry`.
    Columns: claims, equal (share of equal codes), kappa, low, high; see `coding_agreement`.
    """
    coded = {code: read_codes(code, folder) for code in CODES}
    rows = {
        code: coding_agreement(both["first"], both["second"], level) for code, both in coded.items()
    }
    table = pd.DataFrame(rows).T
    both = coded[CODES[0]]
    table.insert(0, "claims", len(both))
    return table.astype({"claims": int})


def _readings(folder: str | Path | None) -> list[pd.DataFrame]:
    """Return the claims that the first and the second reader found, of all documents."""
    return _entries(folder, "claims", ["claim", "paper", "printed"])


def _entries(folder: str | Path | None, table: str, columns: list[str]) -> list[pd.DataFrame]:
    """Return what both readers wrote into a table, of all documents; empty where there is none."""
    return [
        pd.concat(
            [
                pd.DataFrame(columns=columns),
                *(
                    entry.assign(paper=document.slug)
                    for document in documents(paths.as_folder(folder))
                    if (entry := read_entry(document, reader, table)) is not None
                ),
            ],
            ignore_index=True,
        )
        for reader in READERS
    ]
