"""What a notebook leaves for a report, written whole: its figures and its tables.

The environment variable ANALYSIS_OUTPUT names the folder; no other module reads it.
"""

import io
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.arguments import check_text, check_whole, kind_of, quoted
from analysis.language.current import localized

if TYPE_CHECKING:
    from IPython.display import Image
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SIGNED_NUMBER = re.compile(r"[-+]([0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?(/[0-9]+)?|inf) ?%?")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that, whatever happens, either the old or the new content is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        said = f"{error.strerror or error}; the old file is as it was"
        raise OSError(error.errno, said, str(file)) from error


def output_file(kind: str, name: str, ending: str) -> Path | None:
    """Return where an output belongs, or None where no report is being made.

    kind : str
        "figures" or "tables".
    name : str
        Short name of the file: small letters, digits and hyphens; else ValueError.

    >>> output_file("tables", "Figure 2", "csv")
    Traceback (most recent call last):
    ValueError: name: 'Figure 2' is not a file name; write a to z, 0 to 9 and -
    """
    if not NAME.fullmatch(check_text(name, "name")):
        raise ValueError(f"name: {quoted(name)} is not a file name; write a to z, 0 to 9 and -")
    folder = os.environ.get("ANALYSIS_OUTPUT")
    return Path(folder) / kind / f"{name}.{ending}" if folder else None


def cell_text(value: object) -> str:
    """Return a cell as CSV holds it: guarded against being run, unless it is a signed number.

    >>> cell_text("=1+1"), cell_text(-0.5), cell_text("a, b")
    ("'=1+1", '-0.5', '"a, b"')
    """
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    if text.startswith(FORMULA_STARTS) and not SIGNED_NUMBER.fullmatch(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV: quoted where needed, guarded, a line feed after each row.

    >>> csv_text(pd.DataFrame({"option": ["yes", None], "share": [28.5, 4.0]}))
    'option,share\\nyes,28.5\\n,4\\n'
    """
    heads = [" ".join(map(str, head if isinstance(head, tuple) else (head,))) for head in frame]
    cells = frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
    rows = [[head.strip() for head in heads], *cells]
    return "".join((",".join(map(cell_text, row)) or '""') + "\n" for row in rows)


def write_table(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Save a table as CSV for the report, and return it, so that a cell can end with it.

    frame : DataFrame
        An index with a name or with text is written as the first columns.
    name : str
        Short name of the file: small letters, digits and hyphens.

    Written to `tables/` below the folder that the environment variable ANALYSIS_OUTPUT names, or
    not at all. Headings and labels are in the language in use; numbers have at most 12 digits: the
    last bit of a result must not change the file. Raises TypeError for anything but a table,
    ValueError for another name.

    >>> write_table(pd.DataFrame({"option": ["yes", "no"], "people": [9, 31]}), "own-answers")
      option  people
    0    yes       9
    1     no      31
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"frame: wanted a table; got {kind_of(frame)}")
    file = output_file("tables", name, "csv")
    if file:
        numbered = frame.index.names == [None] and pd.api.types.is_integer_dtype(frame.index)
        full = localized(frame, numbers=False)
        write_whole(file, csv_text(full if numbered else full.reset_index()).encode("utf-8"))
    return frame


def write_figure(axes: "Axes", name: str, dpi: int = 110) -> "Image":
    """Return the picture with its alternative text; save it where a report is being made.

    axes : Axes
        What a `plot_*` function returned.
    name : str
        File name without ending, such as "figure-4-prospects".
    dpi : int
        Dots per inch of the PNG.

    The environment variable ANALYSIS_OUTPUT names the folder of the report; below it
    `figures/` gets an SVG, a PNG and a JSON file with title, alternative text and what
    `labels_of` says. Without the variable nothing is written. The same drawing gives the same
    bytes. Raises TypeError for anything but axes that a `plot_*` function returned.

    >>> from analysis.figures import plot_shares
    >>> shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    >>> axes = plot_shares(shares, "Most are women", "Gender; n = 40", "Source: own survey")
    >>> write_figure(axes, "gender").alt
    'Most are women. Gender; n = 40. men: 20 %; women: 80 %.'
    """
    import matplotlib as mpl
    from IPython.display import Image
    from matplotlib.axes import Axes

    from analysis.figures.style import house_style

    if not isinstance(axes, Axes):
        raise TypeError(f"axes: wanted what a plot_* function returns; got {kind_of(axes)}")
    check_text(name, "name")
    dpi = check_whole(dpi, "dpi", 1)
    figure, alt = axes.figure, axes.figure.get_label()
    labels = labels_of(figure)
    png, svg = io.BytesIO(), io.BytesIO()
    about = {"Date": None, "Creator": None, "Title": figure.said["title"], "Description": alt}
    with mpl.rc_context({**house_style(), "svg.hashsalt": name}):
        figure.savefig(png, format="png", dpi=dpi, metadata={"Software": None})
        figure.savefig(svg, format="svg", metadata=about)
    title = " ".join(figure.said["title"].split())
    said = json.dumps({"title": title, "alt": alt} | labels, ensure_ascii=False, indent=1) + "\n"
    pictures = {"png": png.getvalue(), "svg": svg.getvalue(), "json": said.encode("utf-8")}
    for ending, content in pictures.items():
        file = output_file("figures", name, ending)
        if file:
            write_whole(file, content)
    return Image(pictures["png"], alt=alt)


def labels_of(figure: "Figure") -> dict[str, Any]:
    """Return what a figure's texts are, which reach beyond its edge, and the smallest, in points.

    Entries: texts, clipped (lists of str), smallest (float).

    >>> from analysis.figures import plot_order
    >>> axes = plot_order(["content", "country"], "Content first", "Reasons", "Source: article")
    >>> labels_of(axes.figure)["clipped"], labels_of(axes.figure)["smallest"]
    ([], 10.8)
    """
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
    texts = [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text() and text not in undrawn
    ]
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
        "smallest": min(text.get_fontsize() for text in texts),
    }
