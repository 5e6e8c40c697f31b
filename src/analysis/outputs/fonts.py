"""The letters that an SVG shows, put into it, so that it looks the same without a network."""

import base64
import functools
import html
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.data import kept

TEXT = re.compile(r'<text style="([^"]*)"[^>]*>([^<]*)</text>')
WEIGHT = re.compile(r"font-weight: ([0-9]+)")
FAMILY = re.compile(r"font-family: ([^;]*)")
SCRIPTS = ((0x20, 0x17F), (0x400, 0x52F), (0x2010, 0x2027), (0x2190, 0x2194), (0x2200, 0x2265))
USUAL = {chr(code) for first, last in SCRIPTS for code in range(first, last + 1)}
FREE = 0  # of `fsType`: a typeface that everybody may embed


def with_letters(svg: str) -> str:
    """Return an SVG with the letters of its texts in it, as fonts of only these.

    svg : str
        As matplotlib writes it where `svg.fonttype` is "none". A typeface whose licence restricts
        embedding is only named, as before.

    >>> with_letters("<svg></svg>")
    '<svg></svg>'
    """
    faces = "".join(_face(*key, "".join(sorted(letters))) for key, letters in _shown(svg).items())
    return svg.replace("</style>", f"{faces}</style>", 1)


def _shown(svg: str) -> dict[tuple[str, int], set[str]]:
    """Return the letters by typeface and weight, each with the first typeface that has it."""
    shown: dict[tuple[str, int], set[str]] = {}
    for style, text in TEXT.findall(svg):
        weight = int(found[1]) if (found := WEIGHT.search(style)) else 400
        names = [name.strip("' ") for name in html.unescape(FAMILY.search(style)[1]).split(",")]
        for letter in html.unescape(text):
            family = next((name for name in names if ord(letter) in _letters(name, weight)), "")
            shown.setdefault((family, weight), set()).add(letter)
    return {key: shown[key] for key in sorted(shown) if key[0]}


@functools.cache
def _letters(family: str, weight: int) -> frozenset[int]:
    """Return the letters of a typeface; none where there is none that everybody may embed."""
    from fontTools.ttLib import TTFont

    if not (file := _file(family, weight)):
        return frozenset()
    with TTFont(file) as font:
        return frozenset(font.getBestCmap() if font["OS/2"].fsType == FREE else ())


def _file(family: str, weight: int) -> str:
    """Return the file of a typeface, or nothing where it is not there."""
    from matplotlib.font_manager import FontProperties, fontManager

    wanted = FontProperties(family=[family], weight=weight)
    try:
        return fontManager.findfont(wanted, fallback_to_default=False)
    except ValueError:
        return ""


@functools.cache
def _face(family: str, weight: int, letters: str) -> str:
    """Return the rule of a style sheet that holds the letters of a typeface."""
    data = base64.b64encode(_subset(_file(family, weight), letters)).decode("ascii")
    source = f"url(data:font/woff;base64,{data}) format('woff')"
    return f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"


def _subset(file: str, letters: str) -> bytes:
    """Return a font of a few letters; the same letters give the same bytes."""
    if set(letters) <= USUAL:
        source = io.BytesIO(_usual(file))
        return _with_only(letters, source, named=True, flavor="woff", hinting=False)
    return _with_only(letters, file, flavor="woff", hinting=False)


def _with_only(letters: Iterable[str], source: Any, named: bool = False, **options: Any) -> bytes:
    """Return a font of some letters; `named` says that its names have been chosen before."""
    from fontTools import subset

    chosen = subset.Options(recalc_timestamp=False, **options)
    chosen.drop_tables += ["FFTM"]  # times of the font's editor, of which a subset warns
    chosen.layout_features = ["kern", "mark", "mkmk", "ccmp", "liga", "locl"]
    made, content = subset.Subsetter(chosen), io.BytesIO()
    made.populate(text="".join(letters))
    with subset.load_font(source, chosen) as font:
        names = font["name"]
        if named:  # else the whole font is searched for those in use
            del font["name"]
        made.subset(font)
        if named:
            font["name"] = names
        subset.save_font(font, content, chosen)
    return content.getvalue()


@functools.cache
def _usual(file: str) -> bytes:
    """Return a font of the usual letters, from which a font of a few is made three times as fast.

    Whatever a font of a few letters may need of the whole one is still in it, so that both ways
    give the same bytes.
    """
    state = kept.state_of([Path(file)], *sorted(USUAL), spoken=False)
    made = kept.kept(f"typeface-{Path(file).stem}", state, lambda: _made(file), spoken=False)
    return base64.b64decode(made)


def _made(file: str) -> str:
    whole = {"notdef_outline": True, "glyph_names": True, "legacy_kern": True}
    usual = _with_only(sorted(USUAL), file, **whole)
    return base64.b64encode(usual).decode("ascii")
