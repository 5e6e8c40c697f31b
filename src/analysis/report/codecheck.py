"""`codecheck.yml`: which outputs the report has, for somebody who checks that they come out."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import published_descriptor, read_table
from analysis.ledger.table import ledger_table
from analysis.report.notebook import NotebookError, read_notebook
from analysis.report.site.shown.guides import guide_files

FILE = paths.ROOT / "codecheck.yml"
DIGESTS = paths.ROOT / "codecheck.sha256"
SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
ABOUT = """\
# All that `make reports` leaves in reports/, in English with the default settings, but for what
# is of the design and not of the results: _static/, and _images/ with copies of the figures, and
# for names that begin with a dot. SHA-256 of each file: codecheck.sha256.
# Compare: make verify. Computed: python -m analysis readme.
"""
PAGES = {
    "index": "front page: what does not hold, counts, figures, answers",
    "figures": "every figure and table of the documents, as printed and redrawn",
    "ledger": "every claim with its verdict and arithmetic",
    "what-if": "the survey's verdicts under other assumptions, and numbers of one's own",
    "method": "how numbers are read, recomputed and judged",
    "data": "the tables of printed numbers, with their codebook",
    "documents": "list of the documents",
    "notebooks": "list of the notebooks",
    "guides": "list of the guides",
    "certificate": "what was run, with which inputs, and how to repeat it",
    "search": "search of the report",
}
OTHERS = {
    "ledger.csv": "the ledger as a table",
    "report.pdf": "the executed notebooks on paper",
    "values.json": "every number of the site, by name",
    "sbom.cdx.json": "the libraries it was made with: versions, hashes, licences (CycloneDX)",
    "ro-crate-metadata.json": "what the report consists of, for machines",
    "data/datapackage.json": "the tables with their columns, for machines",
}
FIGURE = {
    ".html": ", as a page",
    ".svg": "",
    ".png": ", as picture",
    "@2x.png": ", as picture of twice the size",
    ".pdf": ", for print",
    ".csv": ", the numbers that are drawn",
    ".json": ", title and alternative text",
}
WRITERS = {"write_figure": ("figures", FIGURE), "write_table": ("tables", {".csv": ""})}


def declared_outputs(notebook: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures and tables that a notebook writes: where in the report, without ending.

    notebook : mapping
        The document, as `notebook.read_notebook` returns it.

    Raises NotebookError for a name that is no literal: the manifest could not list it.

    >>> cell = {"cell_type": "code", "source": "write_table(frame, 'rain')"}
    >>> list(declared_outputs({"cells": [cell]}))
    ['tables/rain']
    """
    for place, cell in enumerate(notebook["cells"], start=1):
        for call in _calls(cell) if cell["cell_type"] == "code" else ():
            name = next((key.value for key in call.keywords if key.arg == "name"), None)
            name = name or (call.args[1] if len(call.args) > 1 else None)
            if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
                raise NotebookError(f'cell {place}: name the output in quotes, such as "rain"')
            yield f"{WRITERS[call.func.id][0]}/{name.value}"


def _calls(cell: Mapping[str, Any]) -> list[ast.Call]:
    """Return the calls in a cell that write an output, in the order of its lines."""
    try:
        tree = ast.parse(cell["source"])
    except SyntaxError:  # a line for the shell; it writes nothing that the report keeps
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [call for call in calls if getattr(call.func, "id", "") in WRITERS]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def outputs(notebooks: str | Path | None = None) -> dict[str, str]:
    """Return the files that a whole report consists of, each with a comment.

    notebooks : str or Path
        Where the notebooks are. What the theme of the site brings along is no output.
    """
    files = sorted(paths.as_folder(notebooks, paths.NOTEBOOKS).glob("*.ipynb"))
    parts = (_pages(), OTHERS, _documents(), _notebooks(files), _claims(), _guides())
    return {name: said for part in (*parts, _data()) for name, said in part.items()}


def _pages() -> dict[str, str]:
    """Return the pages of which there is one each."""
    from analysis.report.site.sources import PAGES as WRITTEN
    from analysis.report.site.sources import PROSE, SINGLE

    names = dict.fromkeys([*WRITTEN, *PROSE, *SINGLE, "search"])
    if not guide_files():
        names.pop("guides")
    return {f"{name}.html": PAGES[name] for name in names}


def _documents() -> dict[str, str]:
    found = {}
    for document in documents(paths.RAW):
        found[f"documents/{document.slug}.html"] = document.reference
        found[f"documents/{document.slug}.pdf"] = f"{document.reference} On one sheet"
    return found


def _notebooks(files: Sequence[Path]) -> dict[str, str]:
    """Return the notebooks with the figures and tables that they write."""
    drawn = {f"figures/{row.figure}": row for row in read_table("figures").itertuples()}
    found = {}
    for file in files:
        for ending, said in {"html": "executed, as a page", "ipynb": "executed"}.items():
            found[f"notebooks/{file.stem}.{ending}"] = f"{file.stem}, {said}"
        for output in declared_outputs(read_notebook(file)):
            said = _comment(drawn.get(output), file.stem)
            endings = dict(WRITERS.values())[output.partition("/")[0]]
            found |= {f"{output}{ending}": f"{said}{more}" for ending, more in endings.items()}
    return found


def _comment(figure: Any, slug: str) -> str:
    if figure is None:
        return f"written by {slug}"
    number = figure.number or "in the text"
    return f"{figure.paper}, {number}: {figure.title} ({figure.status})"


def _claims() -> dict[str, str]:
    table = ledger_table()
    return {
        f"claims/{claim}.html": f"claim of {paper}"
        for claim, paper in zip(table["claim"], table["paper"], strict=True)
    }


def _guides() -> dict[str, str]:
    return {f"guides/{name}.html": f"guide: {file.name}" for name, file in guide_files().items()}


def _data() -> dict[str, str]:
    resources = published_descriptor()["resources"]
    return {f"data/{each['path']}": f"table: {each['title']}" for each in resources}


def manifest() -> list[dict[str, str]]:
    """Return every output of `make reports` with a comment: pages, figures, tables."""
    return [{"file": f"reports/{file}", "comment": said} for file, said in outputs().items()]


def configuration() -> dict[str, Any]:
    """Return the content of `codecheck.yml`, after the specification 2.0."""
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    others = [
        {"title": document.reference.rstrip(".")}
        | ({"reference": document.address} if document.address else {})
        for document in documents(paths.RAW)
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
    return f"---\n{ABOUT}{text}"
