"""One made-up document, or several, from rows: what tests of the ledger stand on."""

import csv
import re
from pathlib import Path

import yaml

CODEBOOK = "src/analysis/data/codebook.yml"
NUMBERED = re.compile(r"^[0-9]+-")
SHARED = ("claims", "external_facts", "citations", "references", "figures")


def case_folder(folder, tables, project):
    """Write documents into `folder`, as the commands `ledger`, `numbers` and `validate` read them.

    folder : Path
        Empty, or not there yet.
    tables : dict
        Name of a table (papers, claims, external_facts, citations ...) to a list of rows, each a
        dict with the column `paper`. A table that is absent is not written; an empty list is a
        table without rows. Columns that a row lacks are empty; others than the codebook has are
        left out. Of `papers` each row is a document, with citation, year and note.
    project : Path
        The root of the project.
    """
    known = yaml.safe_load((Path(project) / CODEBOOK).read_text("utf-8"))["tables"]
    papers = {row["paper"]: row for row in tables.get("papers", [])}
    for name in SHARED:
        papers |= {row["paper"]: {} for row in tables.get(name, []) if row["paper"] not in papers}
    for paper, about in papers.items():
        place = Path(folder) / paper
        place.mkdir(parents=True)
        said = {"citation": about.get("citation") or paper}
        said |= {"year": int(about["year"])} if about.get("year") else {}
        said |= {"note": about["note"]} if about.get("note") else {}
        (place / "document.yml").write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
        for name in tables.keys() - {"papers"}:
            rows = [clean(row) for row in tables[name] if row.get("paper", paper) == paper]
            write_rows(place / f"{name}.csv", columns_of(known[name]), rows)


def columns_of(table):
    """Return the names of the columns of a table of the codebook."""
    return [each if isinstance(each, str) else next(iter(each)) for each in table["columns"]]


def clean(row):
    """Return a row whose notebook is named without its number; that of the ledger is no name."""
    key = NUMBERED.sub("", row.get("notebook") or "")
    return row | {"notebook": "" if key == "ledger" else key}


def write_rows(file, names, rows):
    """Write rows as CSV; cells that a row lacks are empty."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(
            lines, names, restval="", extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
