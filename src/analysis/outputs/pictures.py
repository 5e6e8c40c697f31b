"""Figures as files: for a report, and in the size, type and language that a journal wants.

The environment variable ANALYSIS_FIGURE holds, as JSON, in which way the figure that it names is
written, whatever its notebook says; no other module reads it.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.arguments import (
    check_choice,
    check_flag,
    check_positive,
    check_sequence,
    check_whole,
    kind_of,
)
from analysis.failures import quoted
from analysis.language.current import LANGUAGES, current_language, localized_text, speaking, tr
from analysis.language.sentences import retold
from analysis.outputs.files import check_name, check_place, in_folder, is_report
from analysis.outputs.formats import as_png, few_colours, painted, rendered, title_of
from analysis.outputs.tables import table_csv

if TYPE_CHECKING:
    from IPython.display import Image
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf", "eps", "tiff")
SCREEN = 110  # dots per inch of a figure on a page
ASKED = "ANALYSIS_FIGURE"
LIMITS = {"width_mm": ("millimetres", 40, 1000), "font_size": ("points", 4, 40)}


@dataclass(frozen=True)
class Export:
    """How a figure is written; see `write_figure`. `twice`: a PNG of twice as many dots too."""

    width_mm: float | None = None
    font_size: float | None = None
    titles: bool = True
    formats: Sequence[str] = ("svg", "png")
    dpi: int = SCREEN
    language: str | None = None
    twice: bool = False

    def checked(self) -> "Export":
        """Return it, or raise TypeError or ValueError that names the argument."""
        for name, (unit, least, most) in LIMITS.items():
            value = getattr(self, name)
            if value is not None and not least <= check_positive(value, name, unit) <= most:
                raise ValueError(f"{name}: wanted {least} to {most} {unit}; got {quoted(value)}")
        formats = check_sequence(self.formats, "formats", f"formats, such as {list(FORMATS[:2])}")
        for each in formats:
            check_choice(each, "formats", FORMATS)
        if self.language is not None:
            check_choice(self.language, "language", list(LANGUAGES))
        check_flag(self.titles, "titles")
        return replace(self, formats=tuple(formats), dpi=check_whole(self.dpi, "dpi", 1))

    @property
    def layout(self) -> dict[str, Any]:
        """What `laid_out` takes of it."""
        width = None if self.width_mm is None else self.width_mm / 25.4
        titles = None if self.titles else False
        given = {"width": width, "size": self.font_size, "titles": titles}
        return {name: value for name, value in given.items() if value is not None}


def write_figure(
    axes: "Axes",
    name: str,
    *,
    width_mm: float | None = None,
    font_size: float | None = None,
    titles: bool = True,
    formats: Sequence[str] = ("svg", "png"),
    dpi: int = SCREEN,
    language: str | None = None,
    folder: str | Path | None = None,
) -> "Image":
    """Return the picture with its alternative text, and save it.

    axes : Axes
        What a `plot_*` function returned.
    name : str
        File name without ending, such as "figure-4-prospects".
    width_mm, font_size : float
        Width in millimetres and size of the text in points, as a journal wants them.
    titles : bool
        Write title, subtitle and source into the picture; a journal sets them below it.
    formats : sequence of str
        Of "svg", "png", "pdf", "eps" and "tiff". Text stays text; PDF and EPS embed the typeface as
        Type 42, SVG the letters that it shows.
    dpi : int
        Dots per inch of PNG and TIFF; journals want 300 to 600.
    language : str
        One of "en", "ru", "kk", if it shall be another than the one in use. What is told by a
        `Sentence`, and what the catalogues know, is told anew; a line names what is not.
    folder : str or Path
        Where to write. Without one the files go to the report that is being made, to
        `outputs/figures` below the current folder in JupyterLab, and nowhere in a plain script.

    Beside the pictures stands `NAME.csv`, the table that is drawn. A report gets SVG and PNG in any
    case, a PNG of twice as many dots, and a JSON file with title, alternative text and what
    `labels_of` says. For another size, type or language the figure is drawn again from its table;
    what was changed by hand on the axes is then lost. The same drawing gives the same bytes. Raises
    TypeError for anything but axes that a `plot_*` function returned, ValueError that names the
    argument.

    >>> import tempfile
    >>> from analysis.figures import plot_shares
    >>> shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    >>> axes = plot_shares(shares, "Most are women", "Gender; n = 40", "Source: own survey")
    >>> write_figure(axes, "gender").alt
    'Most are women. Gender; n = 40. men: 20 %; women: 80 %.'
    >>> journal = {"width_mm": 84, "font_size": 8, "titles": False, "formats": ["pdf", "eps"]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_figure(axes, "gender", folder=folder, **journal)  # doctest: +ELLIPSIS
    Written to ...: gender.pdf, gender.eps, gender.csv
    """
    from IPython.display import Image
    from matplotlib.axes import Axes

    if not isinstance(axes, Axes):
        raise TypeError(f"axes: wanted what a plot_* function returns; got {kind_of(axes)}")
    check_name(name)
    export, asked = Export(width_mm, font_size, titles, formats, dpi, language), _asked(name)
    export, place = replace(export, **asked).checked(), check_place(folder)
    report = is_report(place)
    if report and not asked:
        export = replace(export, formats=(*FORMATS[:2], *export.formats), twice=True)
    with ExitStack() as settings:
        figure = _drawn(axes.figure, export, settings)
        labels, alt = labels_of(figure), figure.get_label()
        dots = 2 * (export.dpi if export.twice else SCREEN)
        sharp = painted(figure, dots)
        contents = dict(_contents(figure, name, export))
        if export.twice:
            contents[f"{name}@2x.png"] = as_png(sharp, dots)
        if report:
            contents[f"{name}.json"] = _description(figure, labels)
        in_folder("figures", contents, place)
        return Image(few_colours(sharp), alt=alt, retina=True)


def _asked(name: str) -> dict[str, Any]:
    """Return in which way a figure is to be written, whatever its notebook says."""
    asked = json.loads(os.environ.get(ASKED, "{}"))
    known = {field.name for field in fields(Export)}
    ours = asked if asked.get("name") == name else {}
    return {setting: value for setting, value in ours.items() if setting in known}


def _drawn(figure: "Figure", export: Export, settings: ExitStack) -> "Figure":
    """Return the figure as it is, or drawn again where it is wanted otherwise."""
    from analysis.figures.style import laid_out

    if not export.layout and export.language is None:
        return figure
    if not hasattr(figure, "again"):
        raise TypeError("axes: only what a plot_* function returned can be drawn in another way")
    before, again = current_language(), figure.again
    settings.enter_context(laid_out(**export.layout))
    settings.enter_context(speaking(export.language or before))
    given = {name: retold(value) for name, value in again.keywords.items()}
    drawn = again.func(*map(retold, again.args), **given).figure
    if current_language() != before and (left := _left(again, drawn)):
        print(tr("Not translated: {texts}", texts="; ".join(left)))
    return drawn


def _left(again: Any, figure: "Figure") -> list[str]:
    """Return the texts of a figure that stay in the language in which somebody wrote them."""
    shown = labels_of(figure)["texts"]
    texts = dict.fromkeys(_texts([*again.args, *again.keywords.values()]))
    same = [text for text in texts if localized_text(str(retold(text))) == text]
    plain = [" ".join(text.split()) for text in same]
    return [text for text in plain if _foreign(text) and any(text in each for each in shown)]


def _foreign(text: str) -> bool:
    """Say whether a text has letters of a script that the language in use does not have."""
    letters = {letter for letter in text if letter.isalpha()}
    latin = {letter for letter in letters if letter < "Ā"}
    return bool(letters - latin if current_language() == "en" else latin)


def _texts(values: Any) -> Iterator[str]:
    """Yield every text among arguments."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts([*value, *value.values()])
        elif isinstance(value, list | tuple):
            yield from _texts(value)
        elif isinstance(value, pd.DataFrame):
            yield from _texts([*value.index, *value.columns, *value.to_numpy(object).ravel()])


def _contents(figure: "Figure", name: str, export: Export) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a figure, name and content: its pictures, and the table that is drawn."""
    for kind in dict.fromkeys(export.formats):
        yield f"{name}.{kind}", rendered(figure, kind, name, export.dpi)
    if (drawn := getattr(figure, "drawn", None)) is not None:
        yield f"{name}.csv", table_csv(drawn)


def _description(figure: "Figure", labels: dict[str, Any]) -> bytes:
    """Return what a page says of a figure: title, alternative text, and what stands in it."""
    said = {"title": title_of(figure), "alt": figure.get_label()} | labels
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def labels_of(figure: "Figure") -> dict[str, Any]:
    """Return what a figure's texts are, which reach beyond its edge, and the smallest, in points.

    Entries: texts, clipped (lists of str), smallest (float).

    >>> from analysis.figures import plot_order
    >>> axes = plot_order(["content", "country"], "Content first", "Reasons", "Source: article")
    >>> labels_of(axes.figure)["clipped"], labels_of(axes.figure)["smallest"]
    ([], 10.8)
    """
    texts = shown_texts(figure)
    inside = figure.bbox.padded(1)
    boxes = [text.get_window_extent() for text in texts]
    beyond = [
        box.x0 < inside.x0 or box.x1 > inside.x1 or box.y0 < inside.y0 or box.y1 > inside.y1
        for box in boxes
    ]
    names = [" ".join(text.get_text().split()) for text in texts]
    return {
        "texts": names,
        "clipped": [name for name, out in zip(names, beyond, strict=True) if out],
        "smallest": min((text.get_fontsize() for text in texts), default=0.0),
    }


def shown_texts(figure: "Figure") -> list[Any]:
    """Return the texts of a figure, as matplotlib keeps them, that are to be seen."""
    import matplotlib as mpl
    from matplotlib.text import Text

    from analysis.figures.style import house_style

    with mpl.rc_context(house_style()):
        figure.draw_without_rendering()
    undrawn = {
        part
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        for part in (tick.label1, tick.label2)
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text() and text not in undrawn
    ]
