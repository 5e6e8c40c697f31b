"""The report on paper: one PDF of the whole, one page a document; pandoc to Typst, no LaTeX."""

import copy
import functools
import hashlib
import html
import importlib.util
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.current import current_language, tr
from analysis.report.site.shown.notebooks import (
    answer_first,
    claims_table,
    has_tag,
    is_lesson,
    numbered,
    with_parameters_once,
)
from analysis.report.site.templates import page_name, page_templates, typst_templates, typst_text

FONTS = paths.CODE / "figures" / "fonts"
DATE = 1735689600  # 1 January 2025, whenever a PDF is made
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
HEAD, HEADED = re.compile(r"<thead.*?</thead>", re.DOTALL), re.compile(r"(<th\b[^>]*>)(.*?)</th>")
BOLD = r"\1<strong>\2</strong></th>"
PICTURE = re.compile(r'image\("figures/([a-z0-9-]+)\.svg"')  # as pandoc writes it, without alt
HTML = "html-native_divs-native_spans-auto_identifiers"  # names of headings would repeat
LONGEST = 60  # rows of a table that are printed


def write_pdfs(
    place: Path,
    folder: Path,
    content: Mapping[str, Any],
    part: Callable[[bytes], Path] | None = None,
) -> list[str]:
    """Write `report.pdf` and `documents/*.pdf` below a folder; return their names.

    place : Path
        Where to write.
    folder : Path
        The report, with executed notebooks and figures.
    content : mapping
        What `everything.everything` returned.
    part : callable
        Returns the file for what is made from something, as `Workplace.part` does: what is there
        already is not made again. By default all is made.

    The same inputs give the same bytes: fonts are ours and matplotlib's, the date is fixed. Typst
    checks that the files are PDF/UA-1: tagged, with a title, a language and alternative texts.
    """
    with tempfile.TemporaryDirectory() as empty:
        part = part or (lambda made_from: Path(empty) / hashlib.sha256(made_from).hexdigest())
        made = pdfs(folder, content, part)
    for name, pdf in made.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(pdf)
    return list(made)


def pdfs(
    folder: Path, content: Mapping[str, Any], part: Callable[[bytes], Path]
) -> dict[str, bytes]:
    """Return the PDFs by name; the arguments are those of `write_pdfs`."""
    executed = [section for section in content["sections"] if section["executed"]]
    sheets = [page("sheet", content, document=document) for document in content["documents"]]
    texts = [page("front", content), *(executed_html(folder, each) for each in executed), *sheets]
    front, *bodies = converted(texts, part)
    notebooks, sheets = bodies[: len(executed)], bodies[len(executed) :]
    for place, section in enumerate(executed):
        alts = {figure["name"]: figure["alt"] for figure in section["figures"]}
        notebooks[place] = PICTURE.sub(functools.partial(_with_alt, alts), notebooks[place])
    whole = front + "#outline(depth: 1, title: none)\n" + "\n".join(notebooks)
    banner = (content["banner"] or {}).get("text", "")
    made = {"report.pdf": _compiled(whole, folder / "figures", part, banner)}
    for document, sheet in zip(content["documents"], sheets, strict=True):
        name = f"documents/{page_name(document['slug'])}.pdf"
        made[name] = _compiled(sheet, folder / "figures", part, banner)
    return made


def executed_html(folder: Path, section: Mapping[str, Any]) -> str:
    """Return an executed notebook of a report as HTML, see `notebook_html`."""
    file = folder / "notebooks" / f"{page_name(section['slug'])}.ipynb"
    return notebook_html(json.loads(file.read_text("utf-8")), section)


def page(name: str, content: Mapping[str, Any], **more: Any) -> str:
    """Return one of the pages that only the PDF has, as HTML with all text escaped."""
    return page_templates().get_template(f"pdf-{name}.html").render(content, **more)


def notebook_html(notebook: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    """Return an executed notebook as HTML: prose, tables, figures, printed text, code of lessons.

    notebook : mapping
        The executed notebook.
    section : mapping
        What `sections.notebook_section` returned for it; its figures take the place of pictures.

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


def converted(pages: Sequence[str], part: Callable[[bytes], Path]) -> list[str]:
    """Return pages of HTML in the markup of Typst; those that were converted before are read."""
    files = [part(f"typst {page}".encode()) for page in pages]
    waiting = {file: page for file, page in zip(files, pages, strict=True) if not file.is_file()}
    for file, text in zip(waiting, _typst(list(waiting.values())), strict=True):
        file.write_text(text, encoding="utf-8")
    return [file.read_text("utf-8") for file in files]


def _typst(pages: Sequence[str]) -> list[str]:
    """Return pages of HTML in the markup of Typst: pandoc is started once for all of them."""
    pages = [HEAD.sub(lambda head: HEADED.sub(BOLD, head[0]), page) for page in pages]
    border = "border" + hashlib.sha256("".join(pages).encode()).hexdigest()
    said = _pandoc(f"\n<p>{border}</p>\n".join(pages)) if pages else ""
    parts = re.split(rf"\s*^{border}$\s*", said, flags=re.MULTILINE)
    if len(parts) != len(pages):  # a page that is not closed has swallowed others
        parts = [_pandoc(page) for page in pages]
    return [f"{part.strip()}\n" for part in parts]


def _pandoc(page: str) -> str:
    import pypandoc

    return pypandoc.convert_text(page, "typst", format=HTML)


def _compiled(body: str, figures: Path, part: Callable[[bytes], Path], banner: str = "") -> bytes:
    """Return a PDF; the one that was made before, if its text and its pictures are the same."""
    said = {"language": current_language(), "banner": banner}
    head = typst_templates().get_template("report.typ").render(said)
    names = sorted(set(PICTURE.findall(body)))
    pictures = {name: (figures / f"{name}.svg") for name in names}
    drawn = {name: file.read_bytes() for name, file in pictures.items() if file.is_file()}
    sums = [f"{name} {hashlib.sha256(drawing).hexdigest()}" for name, drawing in drawn.items()]
    file = part("\n".join([head, body, *sums]).encode())
    if not file.is_file():
        file.write_bytes(_compile(head + body, drawn))
    return file.read_bytes()


def _compile(text: str, drawn: Mapping[str, bytes]) -> bytes:
    import typst

    matplotlib = Path(importlib.util.find_spec("matplotlib").origin).parent
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / "figures").mkdir()
        for name, drawing in drawn.items():
            (Path(work) / "figures" / f"{name}.svg").write_bytes(drawing)
        source = Path(work) / "report.typ"
        source.write_text(text, encoding="utf-8")
        return typst.compile(
            str(source),
            root=work,
            font_paths=[str(matplotlib / "mpl-data" / "fonts" / "ttf"), str(FONTS)],
            ignore_system_fonts=True,
            timestamp=DATE,
            pdf_standards=["ua-1"],
        )
