"""`codecheck.yml`: which outputs the report has, for somebody who checks that they come out."""

from collections.abc import Callable
from typing import Any

import yaml

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import read_table
from analysis.report.processed import processed_tables

FILE = paths.ROOT / "codecheck.yml"
SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
WHOLE = {
    "reports/index.html": "front page of the site: verdicts, findings, figures, answers",
    "reports/ledger.html": "every claim with its verdict and arithmetic",
    "reports/report.pdf": "the executed notebooks on paper",
    "reports/values.json": "every number of the site, by name",
}


def about(compute: Callable[[], Any]) -> str:
    """Return what a function computes, from the first line of its docstring."""
    return compute.__doc__.splitlines()[0].removeprefix("Return ").rstrip(".")


def manifest() -> list[dict[str, str]]:
    """Return every output with a comment: pages, processed tables, figures of the documents."""
    outputs = dict(WHOLE)
    outputs |= {
        f"data/processed/{name}.csv": about(compute) for name, compute in processed_tables().items()
    }
    for figure in read_table("figures").itertuples():
        number = figure.number or "in the text"
        comment = f"{figure.paper}, {number}: {figure.title} ({figure.status})"
        outputs[f"reports/figures/{figure.figure}.svg"] = comment
    return [{"file": file, "comment": comment} for file, comment in outputs.items()]


def configuration() -> dict[str, Any]:
    """Return the content of `codecheck.yml`, after the specification 2.0."""
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    others = [
        {"title": each.reference} | ({"reference": each.address} if each.address else {})
        for each in documents(paths.RAW)
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
