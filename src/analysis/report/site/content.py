"""What the pages of the site say: gathered from the data, the ledger and the executed notebooks."""

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import read_descriptor, read_table
from analysis.language.current import (
    LANGUAGES,
    current_language,
    date,
    label,
    localized_text,
    tr,
    with_unit,
)
from analysis.ledger.outside import outside_table
from analysis.ledger.references import audit_summary, reference_audit
from analysis.ledger.summaries import findings, first_of_clashes, verdict_counts
from analysis.ledger.table import ledger_table
from analysis.ledger.units import names_itself
from analysis.ledger.verdicts import VERDICTS
from analysis.report.notebook import notebook_key
from analysis.report.store import read_state

CARDS = 6  # findings on the front page


def notebook_section(folder: Path, slug: str, source: Path) -> dict[str, Any]:
    """Return what the pages say about one notebook, from the executed one if there is one."""
    state = read_state(folder, slug)
    executed = folder / "notebooks" / f"{slug}.ipynb"
    try:
        cells = json.loads((executed if executed.exists() else source).read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError):  # the run has said so already
        cells, texts = [], []
    prose = next((t for c, t in zip(cells, texts, strict=True) if c["cell_type"] == "markdown"), "")
    heading = re.search(r"^# +(.+)$", prose, re.MULTILINE)
    code = "\n".join(texts)
    names = [Path(name) for name in state.outputs if name.endswith((".svg", ".csv"))]
    names.sort(key=lambda name: (code.find(f'"{name.stem}"'), name.stem))
    return {
        "slug": slug,
        "title": catalogue_title(heading[1]) if heading else slug,
        "answers": answers(cells),
        "figures": [figure_files(folder, name.stem) for name in names if name.suffix == ".svg"],
        "tables": [name.stem for name in names if name.suffix == ".csv"],
        "executed": executed.exists(),
        "failed": state.failed,
    }


def catalogue_title(heading: str) -> str:
    """Return the title of a notebook in the language, also of one that was not executed in it."""
    return plain_text(label(heading))


def figure_files(folder: Path, name: str) -> dict[str, str]:
    """Return title, alternative text and name of a figure in the report."""
    about = json.loads((folder / "figures" / f"{name}.json").read_text("utf-8"))
    return about | {"name": name}


def answers(cells: list[Any]) -> list[str]:
    """Return what the cells tagged `answer` have computed, as text."""
    found = []
    for cell in cells:
        if "answer" in cell["metadata"].get("tags", []):
            for output in cell.get("outputs", []):
                text = output.get("data", {}).get("text/plain", output.get("text", ""))
                found.append(" ".join("".join(text).split()))
    return [text for text in found if text]


def plain_text(markdown: str) -> str:
    """Return Markdown without its commonest marks.

    >>> plain_text("**Answer.** See [the *article*](https://example.org), `n`.")
    'Answer. See the article, n.'
    """
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"\*\*|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    return " ".join(text.split())


def claim_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a ledger for the pages: texts, and the power as a percentage."""
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    for record in records:
        power = record["power"]
        record["power_text"] = "" if power is None else tr("{share:.0f} %", share=100 * power)
        record["number"] = printed_number(record)
    return records


def printed_number(row: Mapping[str, Any]) -> str:
    """Return what a row of a table prints, with its qualifier and, where it says more, its unit."""
    if not row.get("printed"):
        return ""
    unit = row.get("unit") or ""
    return with_unit(row["printed"], "" if names_itself(unit) else unit, row.get("qualifier") or "")


def top_findings(table: pd.DataFrame, most: int = CARDS) -> list[dict[str, Any]]:
    """Return the most consequential findings; of claims that point to each other, the first.

    Each has `why`: the arithmetic of its first reading, or what the outside source says.
    """
    facts = outside_table()
    said = facts[facts["outcome"] == "contradicted"].set_index("claim")["found"].to_dict()
    cards = claim_records(first_of_clashes(findings(table)).head(most))
    for card in cards:
        inside = card["arithmetic"].partition(tr("; or: "))[0]
        clash = card["verdict"] == "inconsistent"
        card["why"] = inside if clash else tr("Outside: {found}", found=said[card["claim"]])
    return cards


def figure_gallery(folder: Path, sources: Mapping[str, Path]) -> list[dict[str, Any]]:
    """Return the figures and tables of the documents, with what was drawn for each."""
    stems = {notebook_key(slug): slug for slug in sources}
    rows = read_table("figures").to_dict("records")
    for row in rows:
        row["notebook"] = stems.get(row["notebook"], row["notebook"])
        file = folder / "figures" / f"{row['figure']}.json"
        row["drawn"] = figure_files(folder, row["figure"]) if file.exists() else None
        row["page"] = f"notebooks/{row['notebook']}.html" if row["notebook"] in sources else ""
        table = folder / "tables" / f"{row['figure']}.csv"
        row["csv"] = f"tables/{table.name}" if table.exists() else ""
        row["printed"] = printed_rows(row["paper"], row["prints"])
    return rows


def printed_rows(paper: str, selection: str) -> list[dict[str, str]]:
    """Return what a document prints for a figure: one label and number a transcribed row.

    paper, selection : str
        The document; `table`, or `table: column=value, value`, as the column `prints` of
        `figures.csv` has it.
    """
    table, _, condition = selection.partition(": ")
    rows, naming = read_table(f"{paper}/{table}"), naming_columns(f"{paper}/{table}")
    if condition:
        column, _, values = condition.partition("=")
        rows = rows[rows[column].isin(values.split(", "))]
    found = []
    for row in rows.astype(object).where(rows.notna(), "").to_dict("records"):
        names = [row[key] for key in naming if row.get(key)]
        dates = [date(str(row[key])) for key in ("start", "end") if row.get(key)]
        number = printed_number(row) or "–".join(dates) or tr("no number")
        text = row.get("label") or ", ".join(localized_text(str(each)) for each in names)
        found.append({"label": text, "number": number})
    return found


def naming_columns(table: str) -> list[str]:
    """Return the columns that name a row of a table which has no label: marked ones, or the key."""
    (found,) = [each for each in read_descriptor()["resources"] if each["path"] == f"{table}.csv"]
    marked = [field["name"] for field in found["schema"]["fields"] if field.get("names_row")]
    return marked or found["schema"]["primaryKey"]


def document_pages(table: pd.DataFrame, gallery: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one entry a document: citation, verdicts, claims, figures, references, tables."""
    counts, audit = verdict_counts(table), reference_audit()
    summary = audit_summary(audit)
    found = []
    for document in documents(paths.RAW):
        slug = document.slug
        source = {"title": document.reference}
        source |= {"path": document.address} if document.address else {}
        own = [
            document.tables[name] | {"path": f"{slug}/{name}.csv"} for name in document.transcribed
        ]
        missing = audit[(audit["paper"] == slug) & (audit["finding"] != "cited")]
        found.append(
            {
                "slug": slug,
                "short": document.about["citation"],
                "note": document.about.get("note", ""),
                "source": source,
                "counts": counts.loc[slug].to_dict() if slug in counts.index else {},
                "claims": claim_records(table[table["paper"] == slug]),
                "figures": [row for row in gallery if row["paper"] == slug],
                "references": summary.loc[slug].to_dict() if slug in summary.index else {},
                "odd": missing.astype(object).to_dict("records"),
                "tables": own,
            }
        )
    return found


def codebook() -> list[dict[str, Any]]:
    """Return every table of `data/raw` with its document, its columns and its number of rows."""
    found, names = [], {each.slug: label(each.dated) for each in documents(paths.RAW)}
    for resource in read_descriptor()["resources"]:
        with (paths.RAW / resource["path"]).open(encoding="utf-8", newline="") as lines:
            rows = sum(1 for _ in csv.reader(lines)) - 1
        said = {"rows": rows, "fields": resource["schema"]["fields"]}
        said["document"] = names.get(resource["path"].partition("/")[0], tr("All documents"))
        found.append(resource | said)
    return found


def everything(folder: Path, sources: Mapping[str, Path]) -> dict[str, Any]:
    """Return all that the templates of the site need.

    folder : Path
        The report, with executed notebooks, figures and tables.
    sources : mapping
        Path of each notebook by name, in reading order.
    """
    table, glossary = ledger_table(), read_table("glossary")
    gallery = figure_gallery(folder, sources)
    counts = verdict_counts(table)
    sections = [notebook_section(folder, slug, source) for slug, source in sources.items()]
    return {
        "sections": sections,
        "failed": [section for section in sections if section["failed"]],
        "verdicts": VERDICTS,
        "counts": counts.reset_index(names="paper").to_dict("records"),
        "cards": top_findings(table),
        "claims": claim_records(table),
        "papers": list(dict.fromkeys(table["paper"])),
        "reasons": sorted(set(table["reason"]) - {""}),
        "gallery": gallery,
        "documents": document_pages(table, gallery),
        "tables": codebook(),
        "glossary": glossary.to_dict("records"),
        "spoken": {
            code: each.name for code, each in LANGUAGES.items() if f"label_{code}" in glossary
        },
        "executed": {section["slug"] for section in sections if section["executed"]},
        "language": current_language(),
    }
