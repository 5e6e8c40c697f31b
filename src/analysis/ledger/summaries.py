"""The ledger counted, filtered, ranked, and shown."""

import json
import textwrap
from pathlib import Path

import pandas as pd

from analysis.language.current import label
from analysis.ledger.claims import Inputs
from analysis.ledger.table import STATUSES, ledger_table
from analysis.ledger.verdicts import VERDICTS

WIDE = 70  # letters of the calculation that the command line shows


def verdict_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a document: its claims, and how many have each verdict; a total at the end.

    table : DataFrame
        What `ledger_table` returned, or some of its rows.
    """
    counts = pd.crosstab(table["paper"], table["verdict"])
    order = list(dict.fromkeys(table["paper"]))
    counts = counts.reindex(index=order, columns=list(VERDICTS), fill_value=0)
    counts.insert(0, "claims", counts.sum(axis=1))
    counts.loc["all"] = counts.sum()
    counts.columns.name = None
    return counts


def findings(table: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that do not hold, the most consequential first.

    table : DataFrame
        What `ledger_table` returned.

    A claim does not hold if it is inconsistent with the other numbers, or contradicted from
    outside. First those on which the conclusion of their sentence rests, then details; within
    both, inconsistent ones first. Claims that report the same clash once more follow the first.
    """
    wrong = table[(table["verdict"] == "inconsistent") | (table["outside"] == "contradicted")]
    rank = [
        (row.severity != "conclusion", row.verdict != "inconsistent", place)
        for place, row in enumerate(wrong.itertuples())
    ]
    return wrong.iloc[sorted(range(len(rank)), key=rank.__getitem__)].reset_index(drop=True)


def first_of_linked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a ledger without those that an earlier row, kept, points to.

    table : DataFrame
        What `ledger_table` or `findings` returned: two claims that clash point to each other.
    """
    kept, linked = [], set()
    for place, row in enumerate(table.itertuples()):
        if row.claim not in linked:
            kept.append(place)
            linked |= {each for names in Inputs(row.inputs).values() for each in names}
    return table.iloc[kept].reset_index(drop=True)


def verdicts_of(notebook: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return the claims that a notebook treats, with their verdicts, for its reader.

    notebook : str
        Its short name, such as "01-orchard".

    Columns: claim, printed, statement, verdict, why (the reason, or the calculation), outside.
    Raises ValueError for a notebook that treats no claim.
    """
    mine = ledger_table(folder, notebook)
    if mine.empty:
        raise ValueError(f"notebook: no claim of claims.csv is treated in {notebook!r}")
    why = mine["reason"].where(mine["arithmetic"] == "", mine["arithmetic"])
    weak = mine["reason"] == "check has no power"
    why = why.mask(weak, mine["reason"].map(label) + ": " + mine["arithmetic"])
    columns = ["claim", "printed", "statement", "verdict"]
    view = mine[columns].assign(why=why, outside=mine["outside"])
    return view.reset_index(drop=True)


def chosen(
    table: pd.DataFrame, paper: str | None, verdict: str | None, text: str | None
) -> pd.DataFrame:
    """Return the rows of a ledger that fit; `text` is looked for in claim, statement and anchor.

    Raises ValueError for a document or verdict that there is not.
    """
    for name, value in (("paper", paper), ("verdict", verdict)):
        known = list(VERDICTS) if name == "verdict" else list(dict.fromkeys(table["paper"]))
        if value is not None and value not in known:
            raise ValueError(f"--{name}: wanted one of {', '.join(known)}; got {value!r}")
        table = table if value is None else table[table[name] == value]
    if text is not None:
        searched = table["claim"] + " " + table["statement"] + " " + table["anchor"]
        table = table[searched.str.contains(text, case=False, regex=False)]
    return table


def show_ledger(table: pd.DataFrame, form: str) -> None:
    """Print a ledger as "csv", as "json" records, or as a "text" table and a count of verdicts."""
    if form == "csv":
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    elif form == "json":
        records = json.loads(table.to_json(orient="records"))
        print(json.dumps(records, indent=1, ensure_ascii=False))
    elif table.empty:
        print("no claim fits")
    else:
        why = table["arithmetic"].where(table["arithmetic"] != "", table["statement"])
        view = table[["claim", "printed", "verdict"]].assign(
            about=table["severity"].where(table["reason"] == "", table["reason"]),
            outside=table["outside"],
            why=[textwrap.shorten(text, WIDE, placeholder=" ...") for text in why],
        )
        wide = {name: view[name].str.len().max() for name in view}
        left = {name: f"{{:<{width}}}".format for name, width in wide.items()}
        print(view.to_string(index=False, justify="left", formatters=left))
        counts = table["verdict"].value_counts()
        total = ", ".join(f"{counts[name]} {name}" for name in VERDICTS if name in counts)
        print(f"{len(table)} claims: {total}; one step by step: --explain CLAIM")
