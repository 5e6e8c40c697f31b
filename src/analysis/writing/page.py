"""One page of HTML that stands alone: nothing from outside, no script, every text escaped."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from analysis.language.current import speaking, tr
from analysis.outputs.whole import write_whole
from analysis.writing.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Paragraph,
    Table,
    numbered,
    shown,
    spanned,
    title_of,
)
from analysis.writing.pictures import picture_of

STYLE = Path(__file__).with_name("page.css")
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def write_html(blocks: Iterable[Block], file: str | Path, language: str = "en") -> Path:
    """Write a page that stands alone and return where it is.

    blocks : iterable of Heading, Paragraph, Table, Figure
    file : str or Path
    language : str
        One of "en", "ru", "kk".

    Style and figures are in the page; its policy, first in the head, lets in nothing else. The
    same blocks give the same bytes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_html([Heading("Orchards", 1)], f"{folder}/orchards.html").name
    'orchards.html'
    """
    with speaking(language):
        page = page_of(list(blocks), language)
    write_whole(Path(file), page.encode("utf-8"))
    return Path(file)


def page_of(blocks: list[Block], language: str) -> str:
    """Return a page that stands alone.

    >>> "<h1>a &lt;b&gt;</h1>" in page_of([Heading("a <b>", 1)], "en")
    True
    """
    style = STYLE.read_text("utf-8")
    body = "\n".join(WRITERS[type(block)](block, number) for block, number in numbered(blocks))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n{_policy(style)}\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title_of(blocks))}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _policy(style: str) -> str:
    """Return the policy of a page: its own style, pictures that are in it, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}; form-action \'none\'">'


def _text(text: str) -> str:
    return escape(shown(text))


def _heading(heading: Heading, number: int) -> str:
    level = min(max(heading.level, 1), 6)
    return f"<h{level}>{_text(heading.text)}</h{level}>"


def _paragraph(paragraph: Paragraph, number: int) -> str:
    return f"<p>{_text(paragraph.text)}</p>"


def _figure(figure: Figure, number: int) -> str:
    picture = picture_of(figure, "svg")
    source = f"data:{KINDS[picture.kind]};base64,{base64.b64encode(picture.content).decode()}"
    image = f'<img src="{source}" alt="{escape(picture.alt)}">'
    caption = _caption(figure.caption, number, picture.title)
    return f"<figure>\n{caption}\n{image}\n{_notes([picture.note])}</figure>"


def _caption(caption: str, number: int, title: str) -> str:
    name = caption.replace("{number}", str(number))
    return f"<figcaption><b>{escape(name)}</b> <i>{_text(title)}</i></figcaption>"


def _notes(notes: Sequence[str]) -> str:
    said = " ".join(_text(note) for note in notes if note)
    return f'<p class="note"><i>{_text(tr("Note."))}</i> {said}</p>\n' if said else ""


def _table(table: Table, number: int) -> str:
    columns = table.columns
    rows = "\n".join(_row(columns, place) for place in range(len(table.frame)))
    caption = _caption(table.caption, number, table.title)
    grid = f"<thead>{_heads(columns)}</thead>\n<tbody>\n{rows}\n</tbody>"
    box = f'<div class="scroll" tabindex="0"><table class="result">\n{grid}\n</table></div>'
    return f"<figure>\n{caption}\n{box}\n{_notes(table.notes)}</figure>"


def _heads(columns: list[Column]) -> str:
    below = "".join(_cell("th", each.below, each.right, "col") for each in columns)
    if not any(column.over for column in columns):
        return f"<tr>{below}</tr>"
    groups = [(each[0].over, len(each)) for each in spanned(columns)]
    above = "".join(
        f'<th scope="colgroup" class="over" colspan="{wide}">{escape(over)}</th>'
        if over
        else f'<td colspan="{wide}"></td>'
        for over, wide in groups
    )
    return f"<tr>{above}</tr>\n<tr>{below}</tr>"


def _row(columns: list[Column], place: int) -> str:
    first, *rest = columns
    cells = "".join(_cell("td", each.texts[place], each.right) for each in rest)
    return f"<tr>{_cell('th', first.texts[place], first.right, 'row')}{cells}</tr>"


def _cell(tag: str, text: str, right: bool, scope: str = "") -> str:
    scoped, side = f' scope="{scope}"' if scope else "", ' class="right"' if right else ""
    return f"<{tag}{scoped}{side}>{escape(text)}</{tag}>"


WRITERS = {Heading: _heading, Paragraph: _paragraph, Table: _table, Figure: _figure}
