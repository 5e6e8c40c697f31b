"""From the markup of Typst to a PDF, whose bytes depend on nothing but text and pictures."""

import hashlib
import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

from analysis import paths
from analysis.report.temporary import lent_folder

FONTS = paths.CODE / "figures" / "fonts"
DATE = 1735689600  # 1 January 2025, whenever a PDF is made
Part = Callable[[bytes], Path]


def compiled(text: str, drawn: Mapping[str, bytes], part: Part) -> bytes:
    """Return a PDF; the one that was made before, if its text and its pictures are the same.

    text : str
        In the markup of Typst; a picture is `figures/NAME.svg` there.
    drawn : mapping
        Pictures as SVG, by NAME.
    part : callable
        Returns the file for what is made from something, as `Workplace.part` does.

    Typst checks that it is PDF/UA-1: tagged, with a title, a language and alternative texts.
    """
    sums = [f"{name} {hashlib.sha256(drawing).hexdigest()}" for name, drawing in drawn.items()]
    file = part("\n".join([text, *sums]).encode())
    if not file.is_file():
        file.write_bytes(_compile(text, drawn))
    return file.read_bytes()


def _compile(text: str, drawn: Mapping[str, bytes]) -> bytes:
    import typst

    matplotlib = Path(importlib.util.find_spec("matplotlib").origin).parent
    with lent_folder() as work:
        (work / "figures").mkdir()
        for name, drawing in drawn.items():
            (work / "figures" / f"{name}.svg").write_bytes(drawing)
        source = work / "report.typ"
        source.write_text(text, encoding="utf-8")
        return typst.compile(
            str(source),
            root=str(work),
            font_paths=[str(matplotlib / "mpl-data" / "fonts" / "ttf"), str(FONTS)],
            ignore_system_fonts=True,
            timestamp=DATE,
            pdf_standards=["ua-1"],
        )


def drawings(names: set[str], figures: Path) -> dict[str, bytes]:
    """Return pictures as SVG by name, in the order of the names; those that are not there not."""
    files = {name: figures / f"{name}.svg" for name in sorted(names)}
    return {name: file.read_bytes() for name, file in files.items() if file.is_file()}
