"""The parts of the README files that are computed: between two marks, nobody edits them."""

import re
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data.double_entry import entry_differences, error_rates
from analysis.data.tables import read_descriptor, read_table
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.readers import code_agreement, reader_agreement
from analysis.ledger.summaries import verdict_counts
from analysis.ledger.verdicts import ledger_table


class Marked(str):
    """A cell in Markdown that we have written; any other is plain text."""

    __slots__ = ()


def markdown(frame: pd.DataFrame) -> str:
    """Return a table in Markdown, one line a row; text is shown as text, whatever stands in it.

    >>> print(markdown(pd.DataFrame({"a": ["<b>", "[x](y)\\nz", Marked("`n`")]})).splitlines()[2:])
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
    number = figures["number"].where(figures["number"] != "", "in the text")
    return markdown(
        pd.DataFrame(
            {
                "document": figures["paper"],
                "figure": number,
                "what it shows": figures["title_en"],
                "status": figures["status"],
                "program": figures["notebook"].map(notebook_link),
                "output": ("figures/" + figures["figure"]).map(code),
            }
        )
    )


def table_list() -> str:
    """Return the list of the tables with their number of rows."""
    rows = []
    for resource in read_descriptor(paths.RAW)["resources"]:
        length = len(read_table(resource["path"].removesuffix(".csv")))
        rows.append([code(resource["path"]), resource["title"], length])
    return markdown(pd.DataFrame(rows, columns=["table", "what it holds", "rows"]))


def double_entry() -> str:
    """Return the error rates of the two transcriptions."""
    return markdown(error_rates(entry_differences()))


def ledger_counts() -> str:
    """Return how many claims of each document have which verdict."""
    return markdown(verdict_counts(ledger_table()).reset_index(names="document"))


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
    return markdown(pd.DataFrame(rows, columns=names))


BLOCKS = {
    paths.ROOT / "README.md": {"ledger": ledger_counts, "figures": figure_map},
    paths.RAW.parent / "README.md": {
        "tables": table_list,
        "double-entry": double_entry,
        "claim-readers": claim_readers,
    },
    paths.ROOT / "docs" / "adding-a-paper.md": {"kinds": check_kinds},
}


def updated(file: Path) -> str:
    """Return the text of a README with its computed parts as they should be now."""
    text = file.read_text(encoding="utf-8")
    for name, compute in BLOCKS[file].items():
        start, end = f"<!-- {name}: computed -->", f"<!-- end of {name} -->"
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"{file.name}: the marks {start!r} and {end!r} are missing")
        block = f"{start}\n{compute()}\n{end}"
        text = pattern.sub(lambda _, block=block: block, text)
    return text


def write_readmes() -> None:
    """Bring the computed parts of the README files up to date."""
    for file in BLOCKS:
        file.write_text(updated(file), encoding="utf-8")
