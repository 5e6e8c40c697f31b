"""`codecheck.yml`: which outputs the report has, for somebody who checks that they come out."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import read_table
from analysis.report.notebook import NotebookError, read_notebook

FILE = paths.ROOT / "codecheck.yml"
SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
WHOLE = {
    "index.html": "front page of the site: verdicts, findings, figures, answers",
    "figures.html": "every figure and table of the documents, as printed and redrawn",
    "ledger.html": "every claim with its verdict and arithmetic",
    "ledger.csv": "the same as a table",
    "method.html": "how numbers are read, recomputed and judged",
    "data.html": "the tables of printed numbers, with their codebook",
    "documents.html": "list of the documents",
    "notebooks.html": "list of the notebooks",
    "report.pdf": "the executed notebooks on paper",
    "values.json": "every number of the site, by name",
    "ro-crate-metadata.json": "what the report consists of, for machines",
}
WRITERS = {"write_figure": ("figures", ("svg", "csv")), "write_table": ("tables", ("csv",))}
NUMBERS = re.compile(r"figures/.*\.csv")


def declared_outputs(notebook: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures and tables that a notebook writes, as files of the report.

    notebook : mapping
        The document, as `notebook.read_notebook` returns it.

    Raises NotebookError for a name that is no literal: the manifest could not list it.

    >>> cell = {"cell_type": "code", "source": "write_table(frame, 'rain')"}
    >>> list(declared_outputs({"cells": [cell]}))
    ['tables/rain.csv']
    """
    for place, cell in enumerate(notebook["cells"], start=1):
        for call in _calls(cell) if cell["cell_type"] == "code" else ():
            name = next((key.value for key in call.keywords if key.arg == "name"), None)
            name = name or (call.args[1] if len(call.args) > 1 else None)
            if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
                raise NotebookError(f'cell {place}: name the output in quotes, such as "rain"')
            kind, endings = WRITERS[call.func.id]
            yield from (f"{kind}/{name.value}.{ending}" for ending in endings)


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
    found = dict(WHOLE)
    for document in documents(paths.RAW):
        found[f"documents/{document.slug}.html"] = document.reference
    drawn = {f"figures/{row.figure}": row for row in read_table("figures").itertuples()}
    for file in sorted(paths.as_folder(notebooks, paths.NOTEBOOKS).glob("*.ipynb")):
        found[f"notebooks/{file.stem}.html"] = f"{file.stem}, executed"
        for output in declared_outputs(read_notebook(file)):
            said = _comment(drawn.get(output.rpartition(".")[0]), file.stem)
            found[output] = f"the numbers of {said}" if NUMBERS.match(output) else said
    return found


def _comment(figure: Any, slug: str) -> str:
    if figure is None:
        return f"written by {slug}"
    number = figure.number or "in the text"
    return f"{figure.paper}, {number}: {figure.title} ({figure.status})"


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
    return f"---\n{text}"


def differences(folder: str | Path | None = None, listed: Path | None = None) -> list[str]:
    """Return a line for every output that is listed and not there, or there and not listed.

    folder : str or Path
        A report. Figures and tables are looked for; pages that nobody listed are not.
    listed : Path
        A `codecheck.yml`; by default the one of the project.
    """
    folder, listed = paths.as_folder(folder, paths.REPORTS), listed or FILE
    entries = yaml.safe_load(listed.read_text("utf-8"))["manifest"]
    wanted = {entry["file"].removeprefix("reports/") for entry in entries}
    there = {
        file.relative_to(folder).as_posix()
        for kind, endings in WRITERS.values()
        for ending in endings
        for file in (folder / kind).glob(f"*.{ending}")
    }
    there |= {name for name in wanted if (folder / name).is_file()}
    missing = [f"missing: {name}" for name in sorted(wanted - there)]
    return missing + [f"not in {listed.name}: {name}" for name in sorted(there - wanted)]
