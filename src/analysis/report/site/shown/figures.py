"""What the pages say about a figure: where it stands, what is drawn, its claims, its files.

Every figure that a notebook draws has an entry: those of the documents, as `figures.csv` lists
them, and whatever else the notebooks have left.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import read_table
from analysis.language.current import label, tr
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.table import STATUSES
from analysis.report.notebook import notebook_key
from analysis.report.site.shown.claims import WRONG
from analysis.report.site.shown.printed import claims_of_cells, printed_rows
from analysis.report.site.shown.quotations import as_printed, calm_heading, proper_words

KINDS = ("figure", "text", "finding", "audit", "invented")
DOUBTED = (WRONG, "holds only if")
FILES = {"SVG": ".svg", "PNG": ".png", "PNG 2×": "@2x.png", "PDF": ".pdf", "CSV": ".csv"}


def figure_files(folder: Path, name: str) -> dict[str, str]:
    """Return title, alternative text and name of a figure in the report."""
    about = json.loads((folder / "figures" / f"{name}.json").read_text("utf-8"))
    return about | {"name": name}


def figure_downloads(name: str) -> list[tuple[str, str]]:
    """Return the files that the report offers of a figure: what each is called, and where it is.

    >>> figure_downloads("rain")[0]
    ('SVG', 'figures/rain.svg')
    """
    return [(kind, f"figures/{name}{ending}") for kind, ending in FILES.items()]


def figure_gallery(
    folder: Path, sections: Sequence[Mapping[str, Any]], claims: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return every figure of the report, by document and kind.

    folder : Path
        The report, with figures.
    sections : sequence of mapping
        What `sections.notebook_section` returned for each notebook, with its claims.
    claims : list of dict
        What `claim_records` returned: a figure names those whose numbers it draws.

    A kind is one of KINDS: a figure of a document, numbers of its text, what was found about
    them, what is about the audit itself, and what shows invented answers.
    """
    about = {document.slug: document for document in documents(paths.RAW)}
    printed = printed_figures(folder, sections, claims)
    known = {row["figure"] for row in printed}
    others = [
        other_figure(section, drawn, about)
        for section in sections
        for drawn in section["figures"]
        if drawn["name"] not in known
    ]
    places = [*about, ""]
    found = [row | _source(about.get(row["paper"])) for row in (*printed, *others)]
    found.sort(key=lambda row: (places.index(row["paper"]), KINDS.index(row["kind"])))
    return with_neighbours(found)


def printed_figures(
    folder: Path, sections: Sequence[Mapping[str, Any]], claims: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the figures of the documents, as `figures.csv` lists them, drawn or not."""
    pages = {notebook_key(section["slug"]): section for section in sections}
    proper, cells = proper_words(claims_table()["statement"]), claims_of_cells(claims)
    return [
        _printed_figure(folder, row, pages.get(row["notebook"]), proper, cells)
        for row in read_table("figures").to_dict("records")
    ]


def _printed_figure(
    folder: Path,
    row: dict[str, Any],
    section: Mapping[str, Any] | None,
    proper: Mapping[str, str],
    cells: Mapping[tuple[str, str], list[dict[str, Any]]],
) -> dict[str, Any]:
    drawn = (folder / "figures" / f"{row['figure']}.json").exists()
    lines = [
        line | {"claims": cells.get((row["paper"], line["cell"]), [])}
        for line in printed_rows(row["paper"], row["prints"])
    ]
    about = {
        "doubted": [],
        "kind": "figure" if row["number"] else "text",
        "heading": calm_heading(row["section"], dict(proper)),
        "quotation": as_printed(row["anchor"]),
        "printed": lines,
    }
    files = figure_files(folder, row["figure"]) if drawn else None
    said = (claim for line in lines for claim in line["claims"])
    return row | about | _entry(files, section, said) | {"finding": (files or row)["title"]}


def other_figure(
    section: Mapping[str, Any], drawn: Mapping[str, Any], about: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the entry of a figure that shows no table of a document.

    about : mapping
        The documents by name: that whose name a notebook's begins with is the one it is about.
    """
    key = notebook_key(section["slug"])
    paper = next((slug for slug in about if f"{key}-".startswith(f"{slug}-")), "")
    kind = "invented" if section["invented"] else "finding" if paper else "audit"
    doubted = [claim for claim in section["claims"] if claim["status"] in DOUBTED]
    names = ("number", "status", "reason", "heading", "quotation", "note")
    return {
        **dict.fromkeys(names, ""),
        **{"figure": drawn["name"], "paper": paper, "kind": kind, "printed": []},
        **{"title": drawn["title"], "finding": drawn["title"]},
        **_entry(drawn, section, doubted if paper else []),
        **{"claims": [], "doubted": doubted if paper else []},
    }


def _entry(
    drawn: Mapping[str, Any] | None,
    section: Mapping[str, Any] | None,
    claims: Iterable[dict[str, Any]],
) -> dict[str, Any]:
    """Return what all figures have: drawing, files, notebook, claims with their statuses."""
    named = list({claim["claim"]: claim for claim in claims}.values())
    there = {claim["status"] for claim in named}
    slug = section["slug"] if section else ""
    return {
        "drawn": drawn,
        "files": figure_downloads(drawn["name"]) if drawn else [],
        "notebook": slug,
        "page": f"notebooks/{slug}.html" if section and section["executed"] else "",
        "claims": named,
        "claim_statuses": [status for status in STATUSES if status in there],
    }


def _source(document: Any) -> dict[str, str]:
    return {
        "short": label(document.dated) if document else "",
        "reference": document.reference if document else "",
        "address": document.address if document else "",
    }


def with_neighbours(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return figures, each with name and title of the one before and of the one behind it.

    >>> rows = [{"figure": name, "finding": name} for name in ("ash", "elm")]
    >>> [(row["before"], row["after"]["figure"]) for row in with_neighbours(rows)[:1]]
    [({}, 'elm')]
    """
    short = [{name: row[name] for name in ("figure", "finding")} for row in rows]
    around = zip([{}, *short], [*short[1:], {}], strict=False)
    return [
        row | {"before": before, "after": after}
        for row, (before, after) in zip(rows, around, strict=True)
    ]


def grouped(gallery: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the figures in groups, one a document and one each for what is about none.

    Entries: slug (of the document, or the kind), name, kinds (name and figures of each).
    """
    words = kind_words()
    found: dict[str, dict[str, Any]] = {}
    for row in gallery:
        slug = row["paper"] or row["kind"]
        name = row["short"] or words[row["kind"]]
        group = found.setdefault(slug, {"slug": slug, "name": name, "figures": [], "kinds": {}})
        group["kinds"].setdefault(row["kind"], []).append(row)
        group["figures"].append(row)
    for group in found.values():
        group["kinds"] = [(words[kind], rows) for kind, rows in group["kinds"].items()]
    return list(found.values())


def kind_words() -> dict[str, str]:
    """Return what each of KINDS is called."""
    return {
        "figure": tr("Its figures"),
        "text": tr("Numbers of its text, drawn"),
        "finding": tr("What was found about it"),
        "audit": tr("About the audit itself"),
        "invented": tr("Examples with invented answers"),
    }


def redrawn(gallery: Sequence[Mapping[str, Any]]) -> str:
    """Return how many figures the print allows to draw again, as a sentence."""
    statuses = [row["status"] for row in gallery if row["status"]]
    return tr(
        "Figures and tables of the documents: {all}; redrawn from printed numbers: {whole}, in "
        "part: {part}; of the others the text prints an order or no number.",
        all=len(statuses),
        whole=statuses.count("redrawn"),
        part=statuses.count("in part"),
    )
