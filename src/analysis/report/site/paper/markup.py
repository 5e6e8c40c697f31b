"""From pages of HTML to the markup of Typst: pandoc for prose, our own hand for tables, figures."""

import hashlib
import html
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.language.current import tr
from analysis.report.site.paper.tables import TABLE, typst_table
from analysis.report.site.templates import typst_text

HTML = "html-native_divs-native_spans-auto_identifiers"  # names of headings would repeat

FIGURE = re.compile(
    r'<figure><img src="figures/([a-z0-9-]+)\.svg" alt="([^"]*)">'
    r"<figcaption>([^<]*)</figcaption></figure>"
)


def converted(pages: Sequence[str], part: Callable[[bytes], Path]) -> list[str]:
    """Return pages of HTML in the markup of Typst; those that were converted before are read.

    part : callable
        Returns the file for what is made from something, as `Workplace.part` does.
    """
    files = [part(f"typst {page}".encode()) for page in pages]
    waiting = {file: page for file, page in zip(files, pages, strict=True) if not file.is_file()}
    for file, text in zip(waiting, typst_pages(list(waiting.values())), strict=True):
        file.write_text(text, encoding="utf-8")
    return [file.read_text("utf-8") for file in files]


def typst_pages(pages: Sequence[str]) -> list[str]:
    """Return pages of HTML in the markup of Typst: pandoc is started once for all of them."""
    mark = "mark" + hashlib.sha256("".join(pages).encode()).hexdigest()
    aside: list[str] = []

    def put_aside(markup: str) -> str:
        aside.append(markup)
        return f"<p>{mark}n{len(aside) - 1}n</p>"

    plain = [TABLE.sub(lambda found: put_aside(typst_table(found[0])), page) for page in pages]
    plain = [FIGURE.sub(lambda found: put_aside(typst_figure(*found.groups())), p) for p in plain]
    said = _pandoc(f"\n<p>{mark}</p>\n".join(plain)) if plain else ""
    parts = re.split(rf"\s*^{mark}$\s*", said, flags=re.MULTILINE)
    if len(parts) != len(pages):  # a page that is not closed has swallowed others
        parts = [_pandoc(page) for page in plain]
    put_back = re.compile(rf"{mark}n([0-9]+)n")
    return [put_back.sub(lambda n: aside[int(n[1])], part.strip()) + "\n" for part in parts]


def typst_figure(name: str, alt: str, caption: str) -> str:
    """Return a numbered figure; the texts are those of a page of HTML.

    >>> print(typst_figure("pears", "pears &amp; figs", ""))
    #picture("figures/pears.svg", "pears & figs", [#""], [#"Figure"])
    """
    texts = [typst_text(html.unescape(text)) for text in (alt, caption, tr("Figure"))]
    return '#picture("figures/{}.svg", "{}", [#"{}"], [#"{}"])'.format(name, *texts)


def _pandoc(page: str) -> str:
    import pypandoc

    return pypandoc.convert_text(page, "typst", format=HTML)
