"""A figure as the bytes of a file, the same each time: no date, no name of a program."""

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from analysis.outputs.fonts import with_letters

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATE = re.compile(rb"^%%CreationDate: .*\n", re.MULTILINE)
PAINTER = "matplotlib.backends.backend_ps"  # complains of what it draws opaque


def rendered(figure: "Figure", kind: str, name: str, dpi: int) -> bytes:
    """Return a figure in one of the formats that `write_figure` knows.

    figure : Figure
        Drawn by a `plot_*` function or by anybody.
    kind : str
        "svg", "png", "pdf", "eps" or "tiff".
    name : str
        Of the file: from it come the names of the parts of an SVG.
    dpi : int
        Dots per inch of PNG and TIFF.

    >>> from matplotlib.figure import Figure
    >>> rendered(Figure(), "png", "empty", 10)[1:4]
    b'PNG'
    """
    import matplotlib as mpl

    from analysis.figures.style import house_style

    saved = "png" if kind == "tiff" else kind
    content = io.BytesIO()
    logging.getLogger(PAINTER).setLevel(logging.ERROR)
    with mpl.rc_context({**house_style(), "svg.hashsalt": name}):
        figure.savefig(content, format=saved, dpi=dpi, metadata=_about(figure, saved))
    finish = {"svg": _lettered, "eps": _undated, "tiff": _tiff}.get(kind, lambda made, _: made)
    return finish(content.getvalue(), dpi)


def _about(figure: "Figure", kind: str) -> dict[str, Any]:
    """Return what a file says of itself."""
    title = title_of(figure)
    return {
        "svg": {"Date": None, "Creator": None, "Title": title, "Description": figure.get_label()},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": title},
        "eps": {"Creator": "matplotlib"},
    }[kind]


def title_of(figure: "Figure") -> str:
    """Return the title of a figure on one line, also of one that no `plot_*` function drew."""
    said = getattr(figure, "said", {"title": figure.get_suptitle()})
    return " ".join(said["title"].split())


def _lettered(made: bytes, _: int) -> bytes:
    return with_letters(made.decode("utf-8")).encode("utf-8")


def _undated(made: bytes, _: int) -> bytes:
    return DATE.sub(b"", made)


def _tiff(made: bytes, dpi: int) -> bytes:
    """Return a PNG as a TIFF without transparency, compressed without loss."""
    from PIL import Image

    content = io.BytesIO()
    with Image.open(io.BytesIO(made)) as picture:
        flat = picture.convert("RGB")
    flat.save(content, format="TIFF", compression="tiff_lzw", dpi=(dpi, dpi))
    return content.getvalue()


def few_colours(png: bytes) -> bytes:
    """Return a PNG in at most 256 colours, a third of its size: figures have few.

    >>> from matplotlib.figure import Figure
    >>> few_colours(rendered(Figure(), "png", "empty", 10))[1:4]
    b'PNG'
    """
    from PIL import Image

    content = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    flat.save(content, format="PNG", optimize=True)
    return content.getvalue()
