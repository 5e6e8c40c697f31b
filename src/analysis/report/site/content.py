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
)
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.references import audit_summary, reference_audit
from analysis.ledger.summaries import (
    findings,
    first_of_clashes,
    status_counts,
    verdict_counts,
)
from analysis.ledger.table import STATUSES, ledger_table
from analysis.ledger.verdicts import VERDICTS
from analysis.report.notebook import answers, notebook_key
from analysis.report.site.citation import apa, bibtex, foot, read_citation
from analysis.report.site.claims import (
    WRONG,
    claim_records,
    gravest,
    lead,
    legend,
    printed_number,
)
from analysis.report.site.quotations import as_printed, calm_heading, proper_words
from analysis.report.store import read_state


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
        "tables": [name.stem for name in names if name.parts[0] == "tables"],
        "executed": executed.exists(),
        "failed": state.failed,
    }


def claims_of_notebook(claims: list[dict[str, Any]], slug: str) -> list[dict[str, Any]]:
    """Return the claims that a notebook treats.

    claims : list of dict
        What `claim_records` returned.
    """
    return [claim for claim in claims if claim["notebook"] == notebook_key(slug)]


def catalogue_title(heading: str) -> str:
    """Return the title of a notebook in the language, also of one that was not executed in it."""
    return plain_text(label(heading))


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


def plain_text(markdown: str) -> str:
    """Return Markdown without its commonest marks.

    >>> plain_text("**Answer.** See [the *article*](https://example.org), `n`.")
    'Answer. See the article, n.'
    """
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"\*\*|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    return " ".join(text.split())


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


def document_pages(
    table: pd.DataFrame, claims: list[dict[str, Any]], gallery: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return one entry a document: citation, claims, counts, figures, references, tables."""
    verdicts, statuses, audit = verdict_counts(table), status_counts(table), reference_audit()
    summary, wrong = audit_summary(audit), findings(table)
    found = []
    for document in documents(paths.RAW):
        slug = document.slug
        source = {"title": document.reference}
        source |= {"path": document.address} if document.address else {}
        own = [
            document.tables[name] | {"path": f"{slug}/{name}.csv"} for name in document.transcribed
        ]
        missing = audit[(audit["paper"] == slug) & (audit["finding"] != "cited")]
        mine = [claim for claim in claims if claim["paper"] == slug]
        found.append(
            {
                "slug": slug,
                "short": document.about["citation"],
                "note": document.about.get("note", ""),
                "source": source,
                "counts": _row(verdicts, slug) | _row(statuses, slug),
                "wrong": sorted(
                    (claim for claim in mine if claim["status"] == WRONG),
                    key=lambda claim: claim["bearing"] != "conclusion",
                ),
                "clashes": len(first_of_clashes(wrong[wrong["paper"] == slug])),
                "conditional": conditional(mine),
                "outside": [each for each in mine if each["said"] and each["status"] != WRONG],
                "figures": [row for row in gallery if row["paper"] == slug],
                "references": summary.loc[slug].to_dict() if slug in summary.index else {},
                "odd": missing.astype(object).to_dict("records"),
                "tables": own,
            }
        )
    return found


def conditional(claims: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the claims of a document that hold only under a condition, by condition.

    claims : list of dict
        Its records, as `claim_records` returned them.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in (each for each in claims if each["status"] == "holds only if"):
        found.setdefault(claim["condition"], []).append(claim)
    return found


def _row(counts: pd.DataFrame, slug: str) -> dict[str, int]:
    if slug not in counts.index:
        return dict.fromkeys(counts.columns, 0)
    return {name: int(number) for name, number in counts.loc[slug].items()}


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
    claims = claim_records(table)
    gallery = figure_gallery(folder, sources, claims)
    sections = [
        notebook_section(folder, slug, source) | {"claims": claims_of_notebook(claims, slug)}
        for slug, source in sources.items()
    ]
    citation = read_citation()
    return {
        "sections": sections,
        "failed": [section for section in sections if section["failed"]],
        "verdicts": VERDICTS,
        "statuses": STATUSES,
        "wrong_first": sorted(STATUSES, key=lambda status: status != WRONG),
        "counts": counted_rows(verdict_counts(table)),
        "status_counts": counted_rows(status_counts(table)),
        "lead": lead(table),
        "legend": legend(),
        "cards": gravest(table, claims),
        "claims": claims,
        "papers": list(dict.fromkeys(table["paper"])),
        "reasons": sorted(set(table["reason"]) - {""}),
        "gallery": gallery,
        "redrawn": redrawn(gallery),
        "documents": document_pages(table, claims, gallery),
        "tables": codebook(),
        "glossary": glossary.to_dict("records"),
        "spoken": {
            code: each.name for code, each in LANGUAGES.items() if f"label_{code}" in glossary
        },
        "notebook_pages": {
            notebook_key(section["slug"]): section["slug"]
            for section in sections
            if section["executed"]
        },
        "citation": citation | {"apa": apa(citation), "bibtex": bibtex(citation)},
        "foot": foot(citation),
        "language": current_language(),
    }


def counted_rows(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table of counts as records, one a document and one for all."""
    return counts.reset_index(names="paper").to_dict("records")


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
