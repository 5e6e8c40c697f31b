"""The prose of a notebook, paragraph by paragraph: what a translator gets, and where it goes."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from analysis.language.current import catalogue


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or list item of Markdown: its lines, what stands before it, its text."""

    first: int
    end: int
    mark: str
    text: str


def blocks(markdown: str) -> Iterator[Block]:
    """Yield the pieces of a Markdown text that are translated one by one.

    The text of a piece is on one line, so that a new line break makes no new message.

    >>> [block.text for block in blocks("# Title\\n\\nOne\\nparagraph.\\n\\n- an item")]
    ['Title', 'One paragraph.', 'an item']
    """
    from markdown_it import MarkdownIt

    lines = markdown.splitlines()
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline" and token.content.strip():
            first, end = token.map
            mark, _, _ = lines[first].partition(token.content.splitlines()[0])
            yield Block(first, end, mark, " ".join(token.content.split()))


def translated_markdown(markdown: str, translate: Callable[[str], str]) -> str:
    """Return a Markdown text with each of its blocks translated.

    >>> translated_markdown("# Title\\n\\n1. first\\n2. second", str.upper)
    '# TITLE\\n\\n1. FIRST\\n2. SECOND'
    """
    lines = markdown.splitlines()
    for block in reversed(list(blocks(markdown))):
        lines[block.first : block.end] = [block.mark + translate(block.text)]
    return "\n".join(lines)


def translated_notebook(notebook: Any, language: str) -> Any:
    """Return a copy of a notebook with its prose in a language; its code stays as it is.

    notebook : NotebookNode or dict
        The document, before it is executed.
    language : str
        One of `language.LANGUAGES`.
    """
    copied = copy.deepcopy(notebook)
    if language != "en":
        for cell in copied["cells"]:
            if cell["cell_type"] == "markdown":
                source = "".join(cell["source"])
                cell["source"] = translated_markdown(source, catalogue(language).gettext)
    return copied
