"""The prose of a notebook, paragraph by paragraph: what a translator gets, and where it goes."""

import copy
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from analysis.language.current import catalogue, tr

LETTER = re.compile(r"[^\W\d_]")
PLAIN = {"text", "softbreak", "em", "strong", "paragraph", "inline"}  # they only show


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or cell of a table: its lines, its text, where it stands.

    mark : str
        What stands before it in its line.
    column : int or None
        In which column of its table a cell stands, from 0.
    """

    first: int
    end: int
    mark: str
    text: str
    column: int | None = None


def blocks(markdown: str) -> Iterator[Block]:
    """Yield the pieces of a Markdown text that are translated one by one.

    The text of a piece is on one line, so that a new line break makes no new message.

    >>> [block.text for block in blocks("# Title\\n\\nOne\\nparagraph.\\n\\n- an item")]
    ['Title', 'One paragraph.', 'an item']
    >>> [block.text for block in blocks("| rule | people |\\n|---|---:|\\n| half-up | 46 |")]
    ['rule', 'people', 'half-up']
    """
    from markdown_it import MarkdownIt

    lines, column = markdown.splitlines(), None
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type in {"tr_open", "table_close"}:
            column = 0 if token.type == "tr_open" else None
        elif token.type == "inline":
            if token.content.strip() and (column is None or LETTER.search(token.content)):
                first, end = token.map
                mark, _, _ = lines[first].partition(token.content.splitlines()[0])
                yield Block(first, end, mark, " ".join(token.content.split()), column)
            column = None if column is None else column + 1


def translated_markdown(markdown: str, translate: Callable[[str], str]) -> str:
    """Return a Markdown text with each of its blocks translated.

    >>> translated_markdown("# Title\\n\\n1. first\\n2. second", str.upper)
    '# TITLE\\n\\n1. FIRST\\n2. SECOND'
    """
    lines = markdown.splitlines()
    for block in reversed(list(blocks(markdown))):
        said = translate(block.text)
        if block.column is None:
            lines[block.first : block.end] = [block.mark + said]
        else:
            lines[block.first] = with_cell(lines[block.first], block.column, said)
    return "\n".join(lines)


def with_cell(line: str, column: int, text: str) -> str:
    """Return a line of a table of Markdown with another text in one of its cells.

    >>> with_cell("| a | b |", 1, "c | d")
    '| a | c \\\\| d |'
    """
    parts = re.split(r"(?<!\\)\|", line)
    place = column + line.lstrip().startswith("|")
    escaped = re.sub(r"(?<!\\)\|", r"\\|", text)
    parts[place] = f" {escaped} "
    return "|".join(parts)


def live_marks(markdown: str) -> list[tuple[str, ...]]:
    """Return what acts in a text of MyST: links, code, roles, formulas, directives, HTML.

    >>> live_marks("*See* [it](https://example.org)")
    [('link', 'https://example.org', '')]
    """
    found = []
    pending = list(_parser().parse(markdown))
    while pending:
        token = pending.pop(0)
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in PLAIN and token.nesting >= 0:
            where = token.attrs.get("href", token.attrs.get("src", ""))
            content = token.content if kind != "image" else ""
            found.append((kind, f"{token.meta.get('name', '')}{token.info}{where}", content))
        pending = (token.children or []) + pending
    return found


@functools.cache
def _parser() -> Any:
    """Return a parser that sees every mark which the site gives a meaning (see `conf.py`)."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin

    parser = MarkdownIt("commonmark").enable("table").use(colon_fence_plugin)
    return parser.use(dollarmath_plugin).use(myst_block_plugin).use(myst_role_plugin)


def translated_block(text: str, translate: Callable[[str], str] = tr) -> str:
    """Return the translation of a block, on one line, if nothing acts in it that did not before.

    Raises ValueError, with the message and the mark, for a translation that has a link, code, a
    directive or HTML that its message has not.

    >>> translated_block("a *word*", lambda text: "{raw}`x`")
    Traceback (most recent call last):
    ValueError: the translation of 'a *word*' has a mark that the message has not: myst_role raw x
    """
    said = " ".join(translate(text).split())
    allowed = live_marks(text)
    for mark in live_marks(said) if said != text else ():
        if mark not in allowed:
            shown = " ".join(filter(None, mark))[:60]
            what = f"the translation of {text[:40]!a} has a mark that the message has not"
            raise ValueError(f"{what}: {shown}")
    return said


def translated_notebook(
    notebook: Any, language: str, messages: list[list[Any]] | None = None
) -> Any:
    """Return a copy of a notebook with its prose in a language; its code stays as it is.

    notebook : NotebookNode or dict
        The document, before it is executed.
    language : str
        One of `language.LANGUAGES`.
    messages : list
        Gets what was looked up, as `looked_up` has it.
    """
    copied = copy.deepcopy(notebook)
    say = _noting(language, [] if messages is None else messages)
    if language != "en":
        for cell in copied["cells"]:
            if cell["cell_type"] == "markdown":
                source = "".join(cell["source"])
                cell["source"] = translated_markdown(
                    source, functools.partial(translated_block, translate=say)
                )
    return copied


def _noting(language: str, messages: list[list[Any]]) -> Callable[[str], str]:
    """Return what translates, and notes what it was asked and what it said."""

    def say(text: str) -> str:
        said = catalogue(language).gettext(text)
        messages.append(["", "gettext", text, said])
        return said

    return say
