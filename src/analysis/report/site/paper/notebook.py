"""An executed notebook as HTML for paper: prose, tables, figures with captions, lessons' code."""

import copy
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import tr
from analysis.report.site.paper.tables import TABLE
from analysis.report.site.shown.notebooks import (
    answer_first,
    has_tag,
    is_lesson,
    numbered,
    with_parameters_once,
)
from analysis.report.site.templates import page_name

STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
LONGEST = 60  # rows of a table that are printed


def executed_html(folder: Path, section: Mapping[str, Any], captions: Mapping[str, str]) -> str:
    """Return an executed notebook of a report as HTML, see `notebook_html`."""
    file = folder / "notebooks" / f"{page_name(section['slug'])}.ipynb"
    return notebook_html(json.loads(file.read_text("utf-8")), section, captions)


def notebook_html(
    notebook: Mapping[str, Any], section: Mapping[str, Any], captions: Mapping[str, str]
) -> str:
    """Return an executed notebook as HTML: prose, tables, figures, printed text, code of lessons.

    notebook : mapping
        The executed notebook.
    section : mapping
        What `sections.notebook_section` returned for it; its figures take the place of pictures.
    captions : mapping
        What stands below a figure, by its name.

    What its solutions show stands at the end. The claims that it treats stand in the ledger.
    """
    from markdown_it import MarkdownIt

    render = MarkdownIt("commonmark", {"html": False}).enable("table").render
    alts = {figure["alt"]: figure["name"] for figure in section["figures"]}
    parts, solved = [], []
    cells = answer_first(with_parameters_once(copy.deepcopy(list(notebook["cells"]))))
    numbered(cells, section["slug"])
    for cell in cells:
        if cell["cell_type"] == "markdown":
            parts.append(render("".join(cell["source"])))
        elif is_lesson(cell):
            parts.append(f"<pre><code>{html.escape(''.join(cell['source']))}</code></pre>")
        shown = [_output_html(output, alts, captions) for output in cell.get("outputs", [])]
        if has_tag(cell, "solution"):
            solved.append("\n".join(shown))
        else:
            parts += shown
    return "\n".join([*parts, *_answers_html(solved)])


def _answers_html(solved: list[str]) -> list[str]:
    head = f"<h2>{html.escape(tr('Answers to the exercises'))}</h2>"
    items = "".join(f"<li>{each}</li>" for each in solved)
    return [head, f"<ol>{items}</ol>"] if solved else []


def _output_html(
    output: Mapping[str, Any], alts: Mapping[str, str], captions: Mapping[str, str]
) -> str:
    data = output.get("data", {})
    text = "".join(data.get("text/plain", output.get("text", "")))
    alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
    if alt in alts:
        return figure_html(alts[alt], alt, captions.get(alts[alt], ""))
    tables = TABLE.findall(STYLE.sub("", "".join(data.get("text/html", ""))))
    if tables:
        return "\n".join(_shortened(table) for table in tables)
    if "text/html" in data and text:  # a computed sentence
        return f"<p>{html.escape(' '.join(text.split()))}</p>"
    return f"<pre><code>{html.escape(text)}</code></pre>" if text.strip() else ""


def figure_html(name: str, alt: str, caption: str) -> str:
    """Return a figure of the report with what stands below it.

    >>> figure_html("pears", "pears: 3", "")
    '<figure><img src="figures/pears.svg" alt="pears: 3"><figcaption></figcaption></figure>'
    """
    picture = f'<img src="figures/{page_name(name)}.svg" alt="{html.escape(alt)}">'
    return f"<figure>{picture}<figcaption>{html.escape(caption)}</figcaption></figure>"


def _shortened(table: str) -> str:
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    if len(rows) <= LONGEST:
        return table
    kept = "".join(rows[:LONGEST])
    more = tr("... and {rows} more rows, see the site.", rows=len(rows) - LONGEST)
    return f"<table>{kept}</table><p>{more}</p>"
