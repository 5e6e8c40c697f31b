"""The ledger counted, filtered, ranked, and shown."""

import json
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.arguments import nearest_advice
from analysis.failures import quoted
from analysis.language.current import label
from analysis.ledger.table import STATUSES, ledger_table
from analysis.ledger.verdicts import FAILED, VERDICTS

SHOWN = ("printed", "verdict", "status")  # what an assumption can change
WIDE = 70  # letters of the calculation that the command line shows


def verdict_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a document: its claims, and how many have each verdict; a total at the end.

    table : DataFrame
        What `ledger_table` returned, or some of its rows.
    """
    return _counts(table, "verdict", VERDICTS)


def status_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a document: its claims, and how many have each status; a total at the end.

    table : DataFrame
        What `ledger_table` returned, or some of its rows.
    """
    return _counts(table, "status", STATUSES)


def _counts(table: pd.DataFrame, column: str, values: tuple[str, ...]) -> pd.DataFrame:
    counts = pd.crosstab(table["paper"], table[column])
    order = list(dict.fromkeys(table["paper"]))
    counts = counts.reindex(index=order, columns=list(values), fill_value=0)
    counts.insert(0, "claims", counts.sum(axis=1))
    counts.loc["all"] = counts.sum()
    counts.columns.name = None
    return counts


def findings(table: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that do not hold, the most consequential first.

    table : DataFrame
        What `ledger_table` returned.

    First those on which the conclusion of their sentence rests, then details; within both those
    that clash with other printed numbers, then those that outside sources contradict.
    """
    wrong = table[table["status"] == "does not hold"]
    rank = [
        (row.severity != "conclusion", row.verdict != "inconsistent", place)
        for place, row in enumerate(wrong.itertuples())
    ]
    return wrong.iloc[sorted(range(len(rank)), key=rank.__getitem__)].reset_index(drop=True)


def first_of_clashes(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a ledger without those whose clash an earlier row has shown.

    table : DataFrame
        What `ledger_table` or `findings` returned. A clash counts once, whatever number of claims
        stands in it; a claim without one, which only outside sources contradict, counts by itself.
    """
    kept, shown = [], set()
    for place, row in enumerate(table.itertuples()):
        names = set(str(row.clash).split())
        if not names or not names & shown:
            kept.append(place)
        shown |= names
    return table.iloc[kept].reset_index(drop=True)


def clashes(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a clash: its name, its gravest verdict, its claims and their documents.

    table : DataFrame
        What `ledger_table` returned.
    """
    found: dict[str, list] = {}
    for row in table[table["verdict"].isin(FAILED)].itertuples():
        for name in str(row.clash).split():
            found.setdefault(name, []).append(row)
    rows = [
        {
            "clash": name,
            "verdict": min((row.verdict for row in rows), key=FAILED.index),
            "claims": " ".join(row.claim for row in rows),
            "papers": " ".join(dict.fromkeys(row.paper for row in rows)),
        }
        for name, rows in found.items()
    ]
    return pd.DataFrame(rows, columns=["clash", "verdict", "claims", "papers"])


def changes(texts: Sequence[str], folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a claim whose number, verdict or status assumptions change.

    texts : sequence of str
        Each `claim=number` or `setting=value`; settings are rounding, tolerance, near and level.

    Columns: claim, printed, verdict, status, then the same three `assumed`, `arithmetic` and
    `condition` as they then are. Raises ValueError for an assumption that cannot be made.
    """
    before, after = ledger_table(folder), ledger_table(folder, assumed=texts)
    said = [*SHOWN, "arithmetic", "condition"]
    both = before[["claim", *SHOWN]].merge(after[["claim", *said]], on="claim", suffixes=("", "_"))
    differs = sum(both[name] != both[f"{name}_"] for name in SHOWN) > 0
    names = {f"{name}_": f"{name} assumed" for name in SHOWN}
    return both[differs].rename(columns=names).reset_index(drop=True)


def verdicts_of(notebook: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return the claims that a notebook treats, with their verdicts, for its reader.

    notebook : str
        Its short name, such as "01-orchard".

    Columns: claim, printed, statement, verdict, why (the condition, the reason, or the
    calculation), outside, status. Raises ValueError for a notebook that treats no claim.
    """
    mine = ledger_table(folder, notebook)
    if mine.empty:
        raise ValueError(f"notebook: no claim of claims.csv is treated in {quoted(notebook)}")
    said = zip(mine["condition"], mine["reason"], mine["arithmetic"], strict=True)
    why = [ground(*each) for each in said]
    columns = ["claim", "printed", "statement", "verdict"]
    view = mine[columns].assign(why=why, outside=mine["outside"], status=mine["status"])
    return view.reset_index(drop=True)


def ground(condition: str, reason: str, arithmetic: str) -> str:
    """Return what a verdict rests on: its condition, else its reason and its calculation.

    >>> ground("", "check too weak", "9 to 11 years"), ground("right only if cut", "", "3 + 4")
    ('check too weak: 9 to 11 years', 'right only if cut')
    """
    if condition:
        return condition
    return ": ".join(filter(None, [label(reason), arithmetic]))


def chosen(table: pd.DataFrame, text: str | None = None, **wanted: str | None) -> pd.DataFrame:
    """Return the rows of a ledger that fit; `text` is looked for in claim, statement and anchor.

    wanted : str
        The value of paper, verdict or status; None for any.

    Raises ValueError for a document, verdict or status that there is not.
    """
    there = {"verdict": VERDICTS, "status": STATUSES, "paper": dict.fromkeys(table["paper"])}
    for name, value in wanted.items():
        known = list(there[name])
        if value is not None and value not in known:
            said = f"--{name}: wanted one of {', '.join(known)}; got {quoted(value)}"
            raise ValueError(f"{said}{nearest_advice(value, known)}")
        table = table if value is None else table[table[name] == value]
    if text is not None:
        searched = table["claim"] + " " + table["statement"] + " " + table["anchor"]
        table = table[searched.str.contains(text, case=False, regex=False)]
    return table


def show_ledger(table: pd.DataFrame, form: str) -> None:
    """Print a ledger as "csv", as "json" records, or as a "text" table and a count of statuses."""
    if form == "csv":
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    elif form == "json":
        records = json.loads(table.to_json(orient="records"))
        print(json.dumps(records, indent=1, ensure_ascii=False))
    elif table.empty:
        print("no claim fits")
    else:
        why = table["arithmetic"].where(table["arithmetic"] != "", table["statement"])
        why = why.where(table["condition"] == "", table["condition"])
        why = why.where(table["outside"] != "contradicted", table["said"])
        view = table[["claim", "printed", "verdict"]].assign(
            about=table["severity"].where(table["severity"] != "", table["reason"]),
            outside=table["outside"],
            status=table["status"],
            why=[textwrap.shorten(text, WIDE, placeholder=" ...") for text in why],
        )
        print(left_aligned(view))
        print(f"{_total(table, 'verdict', VERDICTS)}; {_total(table, 'status', STATUSES)}")
        number = len(clashes(table))
        clash = "1 clash" if number == 1 else f"{number} clashes"
        print(f"{len(table)} claims, {clash}; one in sentences: --explain CLAIM")


def show_changes(table: pd.DataFrame, csv: bool = False) -> None:
    """Print what `changes` returned, as a text table or as CSV."""
    if csv:
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    elif table.empty:
        print("no verdict changes")
    else:
        why = table["condition"].where(table["condition"] != "", table["arithmetic"])
        short = [textwrap.shorten(text, WIDE, placeholder=" ...") for text in why]
        columns = ["claim", "printed assumed", "verdict", "verdict assumed", "status assumed"]
        print(left_aligned(table[columns].assign(why=short)))
        print(f"{len(table)} claims change")


def _total(table: pd.DataFrame, column: str, values: tuple[str, ...]) -> str:
    counts = table[column].value_counts()
    parts = ", ".join(f"{counts[name]} {name}" for name in values if name in counts)
    return f"{column}: {parts}"


def left_aligned(view: pd.DataFrame) -> str:
    """Return a table of texts for a terminal, its columns aligned to the left."""
    texts = view.astype(str)
    wide = {name: max(texts[name].str.len().max(), 1) for name in texts}
    left = {name: f"{{:<{width}}}".format for name, width in wide.items()}
    return texts.to_string(index=False, justify="left", formatters=left)
