"""What the pages say about a figure: what was printed, what is drawn, its claims, its files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.data.tables import read_descriptor, read_table
from analysis.language.current import (
    date,
    localized_text,
    tr,
)
from analysis.ledger.claim_rows import claims_table
from analysis.report.notebook import notebook_key
from analysis.report.site.shown.claims import (
    printed_number,
)
from analysis.report.site.shown.quotations import as_printed, calm_heading, proper_words


def figure_files(folder: Path, name: str) -> dict[str, str]:
    """Return title, alternative text and name of a figure in the report."""
    about = json.loads((folder / "figures" / f"{name}.json").read_text("utf-8"))
    return about | {"name": name}


def figure_downloads(name: str) -> list[tuple[str, str]]:
    """Return the files that the report offers of a figure: what each is called, and where it is.

    >>> figure_downloads("rain")[0]
    ('SVG', 'figures/rain.svg')
    """
    kinds = {"SVG": ".svg", "PNG": ".png", "PNG 2×": "@2x.png", "CSV": ".csv"}
    return [(kind, f"figures/{name}{ending}") for kind, ending in kinds.items()]


def figure_gallery(
    folder: Path, sources: Mapping[str, Path], claims: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the figures and tables of the documents, with what was drawn for each.

    claims : list of dict
        What `claim_records` returned: a figure names those whose numbers it draws.
    """
    stems = {notebook_key(slug): slug for slug in sources}
    rows = read_table("figures").to_dict("records")
    proper, cells = proper_words(claims_table()["statement"]), claims_of_cells(claims)
    for row in rows:
        row["notebook"] = stems.get(row["notebook"], row["notebook"])
        file = folder / "figures" / f"{row['figure']}.json"
        row["drawn"] = figure_files(folder, row["figure"]) if file.exists() else None
        row["page"] = f"notebooks/{row['notebook']}.html" if row["notebook"] in sources else ""
        row["files"] = figure_downloads(row["figure"])
        row["printed"] = printed_rows(row["paper"], row["prints"])
        row["heading"] = calm_heading(row["section"], proper)
        row["quotation"] = as_printed(row["anchor"])
        drawn = [cells.get((row["paper"], line["cell"]), ()) for line in row["printed"]]
        row["claims"] = [claim for each in drawn for claim in each]
    return rows


def claims_of_cells(claims: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the claims that each row of a table prints, by document and `table:key`."""
    shown = {claim["claim"]: claim for claim in claims}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in claims_table().itertuples():
        if row.cell and row.claim in shown:
            cell = ":".join(row.cell.split(":")[:2])
            found.setdefault((row.paper, cell), []).append(shown[row.claim])
    return found


def printed_rows(paper: str, selection: str) -> list[dict[str, str]]:
    """Return what a document prints for a figure: label, number and cell of each transcribed row.

    paper, selection : str
        The document; `table`, or `table: column=value, value`, as the column `prints` of
        `figures.csv` has it.
    """
    table, _, condition = selection.partition(": ")
    rows, naming = read_table(f"{paper}/{table}"), naming_columns(f"{paper}/{table}")
    if condition:
        column, _, values = condition.partition("=")
        rows = rows[rows[column].isin(values.split(", "))]
    found, key = [], described(f"{paper}/{table}")["primaryKey"]
    for row in rows.astype(object).where(rows.notna(), "").to_dict("records"):
        names = [row[name] for name in naming if row.get(name)]
        dates = [date(str(row[name])) for name in ("start", "end") if row.get(name)]
        number = printed_number(row) or "–".join(dates) or tr("no number")
        text = row.get("label") or ", ".join(localized_text(str(each)) for each in names)
        cell = f"{table}:{','.join(str(row[name]) for name in key)}"
        found.append({"label": text, "number": number, "cell": cell})
    return found


def naming_columns(table: str) -> list[str]:
    """Return the columns that name a row of a table which has no label: marked ones, or the key."""
    schema = described(table)
    marked = [field["name"] for field in schema["fields"] if field.get("names_row")]
    return marked or schema["primaryKey"]


def described(table: str) -> dict[str, Any]:
    """Return the schema of a table of a document, such as "hostel/tallies"."""
    (found,) = [each for each in read_descriptor()["resources"] if each["path"] == f"{table}.csv"]
    return found["schema"]


def redrawn(gallery: list[dict[str, Any]]) -> str:
    """Return how many figures the print allows to draw again, as a sentence."""
    statuses = [row["status"] for row in gallery]
    return tr(
        "Figures and tables of the documents: {all}; redrawn from printed numbers: {whole}, in "
        "part: {part}; of the others the text prints an order or no number.",
        all=len(statuses),
        whole=statuses.count("redrawn"),
        part=statuses.count("in part"),
    )
