"""What a machine reads of the report: every number by name, and what the folder holds."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis import paths
from analysis.data.schema import ADDRESS
from analysis.ledger.mutation import mutation_table
from analysis.ledger.table import ledger_table
from analysis.outputs import csv_text
from analysis.report.settings import settings_text
from analysis.report.site import supply
from analysis.report.site.shown.certificate import project

LICENSE = "https://spdx.org/licenses/MIT"
LEDGER = "ledger"  # the notebook of the whole ledger, which treats what no other does
KEPT = (
    *("statement", "printed", "qualifier", "unit", "recomputed", "low", "high"),
    *("verdict", "status", "condition", "clash", "outside", "source"),
)


def write_records(place: Path, content: Mapping[str, Any]) -> None:
    """Write what machines read below a folder: values, ledger, bill of materials, RO-Crate.

    place : Path
        Where to write; its files are listed in the crate.
    content : mapping
        What `everything.everything` returned.
    """
    _write(place / "values.json", values(content))
    (place / "ledger.csv").write_text(csv_text(ledger_table()), encoding="utf-8")
    lock = supply.LOCK.read_text("utf-8")
    _write(place / supply.FILE, supply.bill(lock, supply.read_licences(), project()))
    _write(place / "ro-crate-metadata.json", crate(place, content))


def values(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every number that the site states, by name, with document, unit and notebook.

    A report that is not the published one begins with its settings.
    """
    found = {"settings": content["settings"]} if content["settings"] else {}
    for row in (*content["counts"], *content["status_counts"]):
        for name in (name for name in row if name != "paper"):
            key = f"{row['paper']}-claims" + ("" if name == "claims" else f"-{name}")
            found[key.replace(" ", "-")] = {
                "value": row[name],
                "unit": "claims",
                "document": row["paper"],
                "notebook": LEDGER,
            }
    if len(mutations := mutation_table()):  # of one claim there may be none
        found["mutations-noticed"] = {
            "value": round(float((mutations["flips"] != "").mean()), 4),
            "unit": "share of changed numbers",
            "document": "all",
            "notebook": LEDGER,
        }
    for document in content["documents"]:
        for finding, number in document["references"].items():
            found[f"{document['slug']}-references-{finding.replace(' ', '-')}"] = {
                "value": int(number),
                "unit": "references",
                "document": document["slug"],
                "notebook": LEDGER,
            }
    for claim in content["claims"]:
        found[claim["claim"]] = {
            **{name: claim[name] for name in KEPT},
            "document": claim["paper"],
            "notebook": claim["notebook"] or LEDGER,
        }
    return found


def crate(place: Path, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of the report as an RO-Crate 1.2."""
    files = sorted(
        file.relative_to(place).as_posix()
        for file in place.rglob("*")
        if file.is_file() and file.suffix in {".html", ".pdf", ".json"} and file.name[0] != "_"
    )
    files = [name for name in files if not name.startswith(("_", ".", "ro-crate"))]
    works = [
        {
            "@id": _identity(document),
            "@type": "CreativeWork",
            "name": document["reference"],
        }
        for document in content["documents"]
    ]
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    settings = [
        {"@id": f"#setting-{name}", "@type": "PropertyValue", "name": name, "value": value}
        for name, value in sorted(content["settings"].items())
    ]
    changed = {
        "alternateName": settings_text(content["settings"]),
        "additionalProperty": [{"@id": each["@id"]} for each in settings],
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": citation["title"],
        **(changed if settings else {}),
        "description": "Executed notebooks, figures, tables and the ledger of quantitative claims.",
        "datePublished": str(citation["date-released"]),
        "license": {"@id": LICENSE},
        "hasPart": [{"@id": name} for name in files],
        "citation": [{"@id": work["@id"]} for work in works],
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }
    kinds = {".html": "text/html", ".pdf": "application/pdf", ".json": "application/json"}
    parts = [
        {"@id": name, "@type": "File", "encodingFormat": kinds[Path(name).suffix]} for name in files
    ]
    name = (paths.ROOT / "LICENSE").read_text("utf-8").splitlines()[0]
    license_ = {"@id": LICENSE, "@type": "CreativeWork", "name": name}
    graph = [about, root, license_, *settings, *works, *parts]
    return {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph}


def _identity(document: Mapping[str, Any]) -> str:
    address = document["address"]
    return address if ADDRESS.fullmatch(address) else f"#{document['slug']}"


def _write(file: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    file.write_text(text + "\n", encoding="utf-8")
