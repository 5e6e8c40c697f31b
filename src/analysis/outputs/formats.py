"""A figure as the bytes of a file, the same each time: no date, no name of a program."""

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from analysis.language.signs import shown
from analysis.outputs.fonts import with_letters

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PIL.Image import Image

DATE = re.compile(rb"^%%CreationDate: .*\n", re.MULTILINE)
HASHED = re.compile(r'(?<=["#])[hmp][0-9a-f]{10}(?=[")])')
TAG, LONG = re.compile(r"<[^>]*>"), re.compile(r"[0-9]+\.[0-9]{5,}")
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
    if kind in PAINTED:
        return PAINTED[kind](painted(figure, dpi), dpi)
    made = _saved(figure, kind, dpi, name, metadata=_about(figure, kind))
    if kind == "svg":
        return with_letters(steady(shown(made.decode("utf-8")), name)).encode("utf-8")
    return _undated(made) if kind == "eps" else made


def _saved(figure: "Figure", kind: str, dpi: int, name: str = "", **more: Any) -> bytes:
    import matplotlib as mpl

    from analysis.figures.style import house_style

    content = io.BytesIO()
    logging.getLogger(PAINTER).setLevel(logging.ERROR)
    with mpl.rc_context({**house_style(), "svg.hashsalt": name}):
        figure.savefig(content, format=kind, dpi=dpi, **more)
    return content.getvalue()


def painted(figure: "Figure", dpi: int) -> "Image":
    """Return the dots of a figure.

    dpi : int
        Dots per inch.

    >>> from matplotlib.figure import Figure
    >>> painted(Figure(figsize=(3, 2)), 10).size
    (30, 20)
    """
    from PIL import Image

    dots, wide = _saved(figure, "rgba", dpi), int(dpi * figure.get_figwidth())
    return Image.frombytes("RGBA", (wide, len(dots) // (4 * wide)), dots)


def as_png(picture: "Image", dpi: int) -> bytes:
    """Return a picture as PNG, all its colours in it.

    >>> from matplotlib.figure import Figure
    >>> as_png(painted(Figure(), 10), 10) == rendered(Figure(), "png", "empty", 10)
    True
    """
    content = io.BytesIO()
    picture.save(content, format="PNG", dpi=(dpi, dpi))
    return content.getvalue()


def _about(figure: "Figure", kind: str) -> dict[str, Any]:
    """Return what a file says of itself."""
    title = title_of(figure)
    return {
        "svg": {"Date": None, "Creator": None, "Title": title, "Description": figure.get_label()},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": title},
        "eps": {"Creator": "matplotlib"},
    }[kind]


def title_of(figure: "Figure") -> str:
    """Return the title of a figure on one line, also of one that no `plot_*` function drew."""
    said = getattr(figure, "said", {"title": figure.get_suptitle()})
    return " ".join(said["title"].split())


def steady(svg: str, name: str) -> str:
    """Return an SVG that does not hang on the last digit of a computed length.

    svg : str
        As matplotlib writes it: some of its parts are named after a digest of lengths in full, and
        numbers have 6 decimals; both differ from one version of numpy to the next.
    name : str
        Of the figure; the parts are numbered, each as "name-p0".

    >>> steady('<a id="p0123456789" x="1.2345678"/><b y="2.99996" u="url(#p0123456789)"/>', "n")
    '<a id="n-p0" x="1.2346"/><b y="3" u="url(#n-p0)"/>'
    """
    names: dict[str, str] = {}
    numbered = HASHED.sub(
        lambda found: names.setdefault(found[0], f"{name}-{found[0][0]}{len(names)}"), svg
    )
    return TAG.sub(lambda tag: LONG.sub(_shortened, tag[0]), numbered)


def _shortened(found: re.Match[str]) -> str:
    return f"{float(found[0]):.4f}".rstrip("0").rstrip(".")


def _undated(made: bytes) -> bytes:
    return DATE.sub(b"", made)


def _as_tiff(picture: "Image", dpi: int) -> bytes:
    """Return a picture as TIFF without transparency, compressed without loss."""
    content, flat = io.BytesIO(), picture.convert("RGB")
    flat.save(content, format="TIFF", compression="tiff_lzw", dpi=(dpi, dpi))
    return content.getvalue()


PAINTED = {"png": as_png, "tiff": _as_tiff}


def few_colours(picture: "Image") -> bytes:
    """Return a picture as PNG in at most 256 colours, a third of the size: figures have few.

    The colours are chosen by an octree, in a tenth of the time that their medians take.

    >>> from matplotlib.figure import Figure
    >>> few_colours(painted(Figure(), 10))[1:4]
    b'PNG'
    """
    from PIL.Image import Dither, Quantize

    content, flat = io.BytesIO(), picture.convert("RGB")
    few = flat.quantize(256, Quantize.FASTOCTREE, dither=Dither.NONE)
    few.save(content, format="PNG", compress_level=6)
    return content.getvalue()
