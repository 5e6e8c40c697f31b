"""What the front page says first: how many claims, which documents, which findings are gravest."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.collection import documents
from analysis.language.current import label, ntr, tr
from analysis.ledger.outside import GRADED
from analysis.ledger.summaries import findings, first_of_clashes, status_counts
from analysis.report.site.shown.claims import WRONG

MOST = 5  # findings that the front page tells
STRONG = 0.9  # strength of a check that lets few wrong numbers pass


def document_names() -> dict[str, str]:
    """Return author and year of every document in the language in use, by its short name."""
    names = {each.slug: label(each.dated) for each in documents(paths.RAW)}
    return {slug: name[:1].upper() + name[1:] for slug, name in names.items()}


def front_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row a document, and one for all: name, kind, title, and its claims counted.

    table : DataFrame
        What `ledger_table` returned.

    Counts are claims, checked (those that other numbers of the text decide), and each status.
    """
    about = {each.slug: each.about for each in documents(paths.RAW)}
    counts, names = status_counts(table), document_names()
    checked = table[table["verdict"] != "not checkable"]["paper"].value_counts()
    rows = []
    for slug, row in counts.iterrows():
        said = about.get(slug, {})
        rows.append(
            {
                "paper": slug,
                "name": names.get(slug, label("all")),
                "kind": label(said.get("kind", "")),
                "title": said.get("title", ""),
                "checked": int(checked.sum() if slug == "all" else checked.get(slug, 0)),
                **{name: int(number) for name, number in row.items()},
            }
        )
    return rows


def headline(table: pd.DataFrame) -> dict[str, Any]:
    """Return what is counted at the top of the report, and what each count is of.

    table : DataFrame
        What `ledger_table` returned: its claims print a number or compare numbers.

    Each entry is (number, words in the language in use).
    """
    wrong = findings(table)
    inside, outside = wrong["verdict"] == "inconsistent", wrong["outside"] == "contradicted"
    n = {
        "claims": len(table),
        "checked": int((table["verdict"] != "not checkable").sum()),
        "wrong": len(wrong),
        "inside": int(inside.sum()),
        "outside": int(outside.sum()),
    }
    words = {
        "claims": ntr(
            "claim prints a number or compares numbers",
            "claims print a number or compare numbers",
            n["claims"],
        ),
        "checked": ntr(
            "of them can be checked against other numbers of the same text",
            "of them can be checked against other numbers of the same text",
            n["checked"],
        ),
        "wrong": ntr("does not hold", "do not hold", n["wrong"]),
        "inside": ntr(
            "clashes with other numbers of its own text",
            "clash with other numbers of their own text",
            n["inside"],
        ),
        "outside": ntr(
            "is contradicted by an outside source of the same date",
            "are contradicted by an outside source of the same date",
            n["outside"],
        ),
    }
    return {name: (number, words[name]) for name, number in n.items()}


def strengths(table: pd.DataFrame) -> str:
    """Return how strong the checks are of the claims that may hold, as a sentence."""
    plausible = table[table["verdict"] == "consistent"]
    return tr(
        "Claims that other numbers leave room for: {all}; of these, checks that would refuse more "
        "than {most} of 100 wrong numbers: {strong}.",
        all=len(plausible),
        most=round(100 * STRONG),
        strong=int((plausible["power"] > STRONG).sum()),
    )


def gravest(table: pd.DataFrame, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the gravest claims of those that do not hold, one a clash; see `order_of_gravity`.

    table : DataFrame
        What `ledger_table` returned.
    records : list of dict
        What `claim_records` returned for it.
    """
    named = {each["claim"]: each for each in records}
    wrong = findings(table)
    ranks = {row["claim"]: gravity(row) for row in wrong.to_dict("records")}
    order = wrong["claim"].map(ranks).sort_values(kind="stable").index
    first = first_of_clashes(wrong.loc[order])
    return [named[name] for name in first["claim"][:MOST]]


def gravity(row: Mapping[str, Any]) -> tuple:
    """Return the rank of a claim that does not hold, the gravest lowest.

    >>> made = {"verdict": "inconsistent", "outside": "", "grade": "", "bearing": "detail"}
    >>> gravity(made | {"bearing": "conclusion"}) < gravity(made)
    True
    """
    inside, outside = row["verdict"] == "inconsistent", row["outside"] == "contradicted"
    grade = GRADED.index(row["grade"]) if row["grade"] in GRADED else len(GRADED)
    return row["bearing"] != "conclusion", not (inside and outside), not inside, grade


def order_of_gravity() -> str:
    """Return by what rule the gravest findings are chosen, as a sentence."""
    return tr(
        "Chosen by a rule: first claims on which the point of their sentence rests; among them "
        "those against which print and source both speak, then print alone, then an official, a "
        "scholarly source, the press; of one clash one claim."
    )


def first_of(statuses: tuple[str, ...]) -> list[str]:
    """Return the statuses with the one first that a reader comes for."""
    return sorted(statuses, key=lambda status: status != WRONG)
