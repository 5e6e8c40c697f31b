"""`codecheck.yml`: which outputs the report has, for somebody who checks that they come out."""

from typing import Any

import yaml

from analysis import paths
from analysis.data.tables import read_descriptor, read_table
from analysis.report.processed import TABLES

FILE = paths.ROOT / "codecheck.yml"
SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
WHOLE = {
    "reports/index.html": "front page of the site: verdicts, findings, figures, answers",
    "reports/ledger.html": "every claim with its verdict and arithmetic",
    "reports/report.pdf": "the executed notebooks on paper",
    "reports/values.json": "every number of the site, by name",
}
WRITTEN = {
    "shares": "every printed share with head-counts and intervals",
    "question_sums": "whether each single-choice question can account for everybody",
    "project_totals": "totals of projects that a count and its share allow",
    "ects_credits": "national credits in ECTS credits",
    "double_degree_shares": "double-degree universities of Kazakhstan and Georgia",
    "timeline": "every dated event",
    "double_entry": "cells in which a transcription differs from the settled tables",
    "ledger": "every claim with its verdict",
    "mutations": "every change of a printed number, and whether the ledger noticed",
    "reference_audit": "entries and citations that do not match",
}


def manifest() -> list[dict[str, str]]:
    """Return every output with a comment: pages, processed tables, figures of the documents."""
    outputs = dict(WHOLE)
    outputs |= {f"data/processed/{name}.csv": WRITTEN[name] for name in TABLES}
    for figure in read_table("figures").itertuples():
        number = figure.number or "in the text"
        comment = f"{figure.paper}, {number}: {figure.title_en} ({figure.status})"
        outputs[f"reports/figures/{figure.figure}.svg"] = comment
    return [{"file": file, "comment": comment} for file, comment in outputs.items()]


def configuration() -> dict[str, Any]:
    """Return the content of `codecheck.yml`, after the specification 2.0."""
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    resources = read_descriptor(paths.RAW)["resources"]
    sources = {
        each["path"].split("/")[0]: each["sources"][0]
        for each in resources
        if "/" in each["path"] and each.get("sources") and "ects" not in each["path"]
    }
    others = [
        {"title": sources[paper]["title"]}
        | ({"reference": sources[paper]["path"]} if "path" in sources[paper] else {})
        for paper in read_table("papers")["paper"]
    ]
    return {
        "version": SPECIFICATION,
        "paper": {
            "title": citation["title"],
            "authors": [{"name": author["name"]} for author in citation["authors"]],
            "reference-other": others,
        },
        "manifest": manifest(),
    }


def codecheck_text() -> str:
    """Return `codecheck.yml` as it should be now."""
    text = yaml.safe_dump(configuration(), allow_unicode=True, sort_keys=False, width=120)
    return f"---\n{text}"
