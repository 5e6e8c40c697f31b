"""A figure as a document holds it: drawn without its titles, which stand beside it as text."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.writing.blocks import Block, Figure, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

PAGE = {"width": 6.3, "size": 9.0, "titles": False}  # inches on A4 between margins; points
DOTS = 220  # an inch, on paper


@dataclass(frozen=True)
class Picture:
    """A figure ready to be put in: its bytes, their kind, and the texts beside it."""

    content: bytes
    kind: str
    title: str
    alt: str
    note: str


def picture_of(figure: Figure, kind: str = "png") -> Picture:
    """Return a figure as PNG or SVG with its texts.

    kind : str
        "png" or "svg"; a figure that is a PNG already stays one, and a picture what it is.

    What a `plot_*` function returned is drawn again without title, subtitle and source; these
    become title and note where the figure names no others.
    """
    if isinstance(figure.drawing, Picture):
        return figure.drawing
    if isinstance(figure.drawing, bytes):
        return _texts(Picture(figure.drawing, "png", figure.title, figure.alt, figure.note))
    from analysis.outputs.formats import rendered, title_of

    drawing = figure.drawing.figure
    drawn = _again(drawing)
    title, note = figure.title or title_of(drawing), figure.note or _note(drawing)
    content = rendered(drawn, kind, "figure", DOTS)
    return _texts(Picture(content, kind, title, figure.alt or drawing.get_label() or title, note))


def ready(block: Block, kind: str) -> Block:
    """Return a block whose figure, if it is one, is drawn already; `kind` as for `picture_of`.

    >>> ready(Figure(b"a PNG", "Title", "All that is drawn"), "svg").drawing.kind
    'png'
    """
    return replace(block, drawing=picture_of(block, kind)) if isinstance(block, Figure) else block


def _texts(picture: Picture) -> Picture:
    told = {name: shown(getattr(picture, name)) for name in ("title", "alt", "note")}
    return replace(picture, **told)


def _again(drawing: Any) -> "Drawing":
    """Return a figure drawn without titles; one that nobody can draw again as it is."""
    from analysis.figures.style import laid_out

    if not hasattr(drawing, "again"):
        return drawing
    with laid_out(**PAGE):
        return drawing.again().figure


def _note(drawing: Any) -> str:
    said = getattr(drawing, "said", {})
    parts = [" ".join(said.get(name, "").split()) for name in ("subtitle", "source")]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
