"""The report on paper: one PDF of the whole, one page a document; pandoc to Typst, no LaTeX."""

import copy
import functools
import html
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import current_language, tr
from analysis.report.environment import NO_GIT_DATE
from analysis.report.site.notebooks import (
    answer_first,
    claims_table,
    has_tag,
    is_lesson,
    numbered,
    with_parameters_once,
)
from analysis.report.site.templates import page_name, page_templates, typst_templates, typst_text

HERE = Path(__file__).parent
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
HEAD, BOLD = re.compile(r"<thead.*?</thead>", re.DOTALL), r"\1<strong>\2</strong></th>"
PICTURE = re.compile(r'image\("figures/([a-z0-9-]+)\.svg"')  # as pandoc writes it, without alt
LONGEST = 60  # rows of a table that are printed


def write_pdfs(place: Path, folder: Path, content: Mapping[str, Any]) -> list[str]:
    """Write `report.pdf` and `documents/*.pdf` below a folder; return their names.

    place : Path
        Where to write.
    folder : Path
        The report, with executed notebooks and figures.
    content : mapping
        What `content.everything` returned.

    The same inputs give the same bytes: fonts are ours and matplotlib's, the date is fixed. Typst
    checks that the files are PDF/UA-1: tagged, with a title, a language and alternative texts.
    """
    work = place / ".typst"
    shutil.copytree(folder / "figures", work / "figures", dirs_exist_ok=True)
    parts = [_typst(page("front", content))]
    for section in content["sections"]:
        if section["executed"]:
            file = folder / "notebooks" / f"{page_name(section['slug'])}.ipynb"
            body = _typst(notebook_html(json.loads(file.read_text("utf-8")), section))
            alts = {figure["name"]: figure["alt"] for figure in section["figures"]}
            parts.append(PICTURE.sub(functools.partial(_with_alt, alts), body))
    written = [_compile(work, place / "report.pdf", parts, outline=True)]
    (place / "documents").mkdir(exist_ok=True)
    for document in content["documents"]:
        body = _typst(page("sheet", content, document=document))
        target = place / "documents" / f"{page_name(document['slug'])}.pdf"
        written.append(_compile(work, target, [body], outline=False))
    shutil.rmtree(work)
    return [file.relative_to(place).as_posix() for file in written]


def page(name: str, content: Mapping[str, Any], **more: Any) -> str:
    """Return one of the pages that only the PDF has, as HTML with all text escaped."""
    return page_templates().get_template(f"pdf-{name}.html").render(content, **more)


def notebook_html(notebook: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    """Return an executed notebook as HTML: prose, tables, figures, printed text, code of lessons.

    notebook : mapping
        The executed notebook.
    section : mapping
        What `content.notebook_section` returned for it; its figures take the place of pictures.

    What its solutions show stands at the end, behind the claims that it treats.
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
        shown = [_output_html(output, alts) for output in cell.get("outputs", [])]
        if has_tag(cell, "solution"):
            solved.append("\n".join(shown))
        else:
            parts += shown
    return "\n".join([*parts, *_claims_html(section), *_answers_html(solved)])


def _claims_html(section: Mapping[str, Any]) -> list[str]:
    head = f"<h2>{html.escape(tr('In the ledger'))}</h2>"
    return [head, claims_table(section, False)] if section["claims"] else []


def _answers_html(solved: list[str]) -> list[str]:
    head = f"<h2>{html.escape(tr('Answers to the exercises'))}</h2>"
    items = "".join(f"<li>{each}</li>" for each in solved)
    return [head, f"<ol>{items}</ol>"] if solved else []


def _output_html(output: Mapping[str, Any], alts: Mapping[str, str]) -> str:
    data = output.get("data", {})
    text = "".join(data.get("text/plain", output.get("text", "")))
    alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
    if alt in alts:
        quoted = html.escape(alt, quote=True)
        return f'<p><img src="figures/{alts[alt]}.svg" alt="{quoted}" width="100%"></p>'
    tables = TABLE.findall(STYLE.sub("", "".join(data.get("text/html", ""))))
    if tables:
        return "\n".join(_shortened(table) for table in tables)
    if "text/html" in data and text:  # a computed sentence
        return f"<p>{html.escape(' '.join(text.split()))}</p>"
    return f"<pre><code>{html.escape(text)}</code></pre>" if text.strip() else ""


def _shortened(table: str) -> str:
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    if len(rows) <= LONGEST:
        return table
    kept = "".join(rows[:LONGEST])
    more = tr("... and {rows} more rows, see the site.", rows=len(rows) - LONGEST)
    return f"<table>{kept}</table><p>{more}</p>"


def _with_alt(alts: Mapping[str, str], found: re.Match[str]) -> str:
    alt = alts.get(found[1])  # a text that only looks like a picture has none
    return found[0] if alt is None else f'{found[0]}, alt: "{typst_text(alt)}"'


def _typst(page: str) -> str:
    import pypandoc

    page = HEAD.sub(lambda head: re.sub(r"(<th\b[^>]*>)(.*?)</th>", BOLD, head[0]), page)
    said = pypandoc.convert_text(page, "typst", format="html-native_divs-native_spans")
    return re.sub(r"<[A-Za-z0-9_.:-]+>\n", "\n", said)  # labels would repeat between notebooks


def _compile(work: Path, target: Path, parts: list[str], outline: bool) -> Path:
    import matplotlib
    import typst

    from analysis.figures.typeface import FONTS

    head = typst_templates().get_template("report.typ").render(language=current_language())
    contents = "#outline(depth: 1, title: none)\n" if outline else ""
    source = work / "report.typ"
    source.write_text(head + parts[0] + contents + "\n".join(parts[1:]), encoding="utf-8")
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    made = typst.compile(
        str(source),
        root=str(work),
        font_paths=[str(fonts), str(FONTS)],
        ignore_system_fonts=True,
        timestamp=int(NO_GIT_DATE),
        pdf_standards=["ua-1"],
    )
    target.write_bytes(made)
    return target
