"""The page on the method as HTML for paper: prose with the tables that the page includes."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.report.site.templates import page_name, page_templates, prose_templates

INCLUDED = re.compile(r"```\{raw\} html\n:file: ([a-z-]+)\.html\n```")
TARGET = re.compile(r"^\([a-z-]+\)=$", re.MULTILINE)
FORMULA = re.compile(r"\$([^$\n]+)\$")


def method_html(content: Mapping[str, Any]) -> str:
    """Return the page `method` as HTML.

    content : mapping
        What `everything.everything` returned.
    """
    from markdown_it import MarkdownIt

    text = prose_templates().get_template("method.md").render(guides=[])
    prose, *pairs = INCLUDED.split(FORMULA.sub(r"*\1*", TARGET.sub("", text)))
    render = MarkdownIt("commonmark", {"html": False}).render
    parts = [render(prose)]
    for name, more in zip(pairs[::2], pairs[1::2], strict=True):
        parts.append(page_templates().get_template(f"{page_name(name)}.html").render(content))
        parts.append(render(more))
    return "\n".join(parts)
