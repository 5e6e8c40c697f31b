"""The parts of the README files that are computed: between two marks, nobody edits them."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis import paths
from analysis.data.collection import Document, documents
from analysis.data.double_entry import entry_differences, error_rates
from analysis.data.tables import read_descriptor, read_table
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.readers import code_agreement, reader_agreement
from analysis.ledger.summaries import status_counts
from analysis.ledger.table import ledger_table
from analysis.report.notebook import notebook_key

ABOUT = ("kind", "note")  # what the list of folders says of a document


class Marked(str):
    """A cell in Markdown that we have written; any other is plain text."""

    __slots__ = ()


def markdown(frame: pd.DataFrame) -> str:
    """Return a table in Markdown, one line a row; text is shown as text, whatever stands in it.

    frame : DataFrame
        Of objects: a column of strings would forget which of them are `Marked`.

    >>> frame = pd.DataFrame({"a": ["<b>", "[x](y)\\nz", Marked("`n`")]}, dtype=object)
    >>> print(markdown(frame).splitlines()[2:])
    ['| &lt;b> |', '| \\\\[x\\\\](y) z |', '| `n` |']
    """
    cells = frame.astype(object).map(lambda cell: cell if isinstance(cell, Marked) else plain(cell))
    lines = [list(frame.columns), ["---"] * frame.shape[1], *cells.to_numpy().tolist()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def plain(value: object) -> str:
    """Return a text as Markdown shows it: on one line, no mark or HTML in it acts."""
    line = " ".join(str(value).split())
    marked = re.sub(r"[\\`*\[\]|$~]", r"\\\g<0>", line)
    return marked.replace("&", "&amp;").replace("<", "&lt;")


def code(name: str) -> Marked:
    """Return a name as code; a name that is none is shown as text."""
    return Marked(f"`{name}`" if re.fullmatch(r"[\w./-]+", name) else plain(name))


def notebook_link(slug: str) -> Marked:
    """Return a link to a notebook; a name that is none is shown as text."""
    named = re.fullmatch(r"[a-z0-9-]+", slug)
    return Marked(f"[{slug}](notebooks/{slug}.ipynb)" if named else plain(slug))


def figure_map() -> str:
    """Return the map of every figure and table to its notebook and status."""
    figures = read_table("figures")
    stems = {notebook_key(file.stem): file.stem for file in paths.NOTEBOOKS.glob("*.ipynb")}
    number = figures["number"].where(figures["number"] != "", "in the text")
    columns = {
        "document": figures["paper"],
        "figure": number,
        "what it shows": figures["title"],
        "status": figures["status"],
        "program": [notebook_link(stems.get(key, key)) for key in figures["notebook"]],
        "output": [code(f"figures/{name}") for name in figures["figure"]],
    }
    return markdown(pd.DataFrame(columns, dtype=object))


def table_list() -> str:
    """Return the list of the tables with their number of rows."""
    rows = []
    for resource in read_descriptor()["resources"]:
        length = len(read_table(resource["path"].removesuffix(".csv")))
        rows.append([code(resource["path"]), resource["title"], length])
    return markdown(pd.DataFrame(rows, columns=["table", "what it holds", "rows"], dtype=object))


def double_entry() -> str:
    """Return the error rates of the two transcriptions."""
    return markdown(error_rates(entry_differences()))


def ledger_counts() -> str:
    """Return how many claims of each document have which status."""
    return markdown(status_counts(ledger_table()).reset_index(names="document"))


def claim_readers() -> str:
    """Return how many claims both readers found, and how alike they coded them."""
    found = reader_agreement().reset_index(names="document")
    found.columns = ["document", "first reader", "second reader", "both", "both of either, percent"]
    codes = code_agreement().reset_index(names="code")
    codes["equal"] = (100 * codes["equal"]).map("{:.0f} %".format)
    codes[["kappa", "low", "high"]] = codes[["kappa", "low", "high"]].map("{:.2f}".format)
    return f"{markdown(found)}\n\n{markdown(codes)}"


def check_kinds() -> str:
    """Return the kinds of claims: what each check asks, and what its inputs are called."""
    rows = []
    for kind, check in CHECKS.items():
        question = check.function.__doc__.splitlines()[0]
        roles = [f"**{role}**" for role in sorted(check.required)] + sorted(check.optional)
        rows.append([code(kind), Marked(question), Marked(", ".join(roles))])
    rows += [[code(kind), f"none: {reason}", ""] for kind, reason in NO_CHECK.items()]
    names = ["kind", "what is checked", "roles in `inputs` (bold: needed)"]
    return markdown(pd.DataFrame(rows, columns=names, dtype=object))


def reference_list() -> str:
    """Return the documents as a numbered bibliography."""
    lines = []
    for number, document in enumerate(documents(paths.RAW), start=1):
        text, doi = plain(document.reference.rstrip(".") + "."), document.about.get("doi")
        link = f" [doi:{doi}]({document.address})" if doi else ""
        lines.append(f"{number}. {text}{link}")
    return "\n".join(lines)


def folder_list() -> str:
    """Return the folders of the documents with what each is."""
    rows = [
        [
            code(f"{each.slug}/"),
            each.reference,
            each.about.get("kind", ""),
            each.about.get("note", ""),
        ]
        for each in documents(paths.RAW)
    ]
    return markdown(pd.DataFrame(rows, columns=["folder", "document", *ABOUT], dtype=object))


def cited_documents() -> str:
    """Return the documents as `references` of a citation file (CFF 1.2)."""
    found = [cff_reference(document) for document in documents(paths.RAW)]
    return yaml.safe_dump(
        {"references": found}, allow_unicode=True, sort_keys=False, width=120
    ).rstrip()


def cff_reference(document: Document) -> dict[str, Any]:
    """Return a document as an entry of a citation file."""
    about = document.about
    authors = [
        {"name": each["name"]}
        if "name" in each
        else {"family-names": each["family"], "given-names": each["given"]}
        for each in about.get("authors", [{"name": about["citation"]}])
    ]
    said = {
        "type": "article" if about.get("kind") == "article" else "report",
        "title": about.get("title") or about["citation"],
        "authors": authors,
    }
    kept = {
        "container": "journal",
        "year": "year",
        "volume": "volume",
        "issue": "issue",
        "doi": "doi",
    }
    return said | {cff: about[name] for name, cff in kept.items() if name in about}


BLOCKS = {
    paths.ROOT / "README.md": {
        "ledger": ledger_counts,
        "figures": figure_map,
        "documents": reference_list,
    },
    paths.ROOT / "data" / "README.md": {
        "documents": folder_list,
        "tables": table_list,
        "double-entry": double_entry,
        "claim-readers": claim_readers,
    },
    paths.ROOT / "docs" / "adding-a-paper.md": {"kinds": check_kinds},
    paths.ROOT / "CITATION.cff": {"documents": cited_documents},
}
MARKS = {  # how a computed part begins and ends, by the ending of the file
    ".md": ("<!-- {}: computed -->", "<!-- end of {} -->"),
    ".cff": ("# {}: computed", "# end of {}"),
}


def updated(file: Path) -> str:
    """Return the text of a README with its computed parts as they should be now."""
    text = file.read_text(encoding="utf-8")
    for name, compute in BLOCKS[file].items():
        start, end = (mark.format(name) for mark in MARKS[file.suffix])
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"{file.name}: the marks {start!r} and {end!r} are missing")
        block = f"{start}\n{compute()}\n{end}"
        text = pattern.sub(lambda _, block=block: block, text)
    return text


def updated_files() -> dict[Path, str]:
    """Return every README with the text that it should have now; nothing is written."""
    return {file: updated(file) for file in BLOCKS}
