"""One figure for a journal: its notebook is run, and only the picture is kept."""

import difflib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.failures import brief, quoted
from analysis.language.current import LANGUAGES
from analysis.outputs import FORMATS, write_whole
from analysis.outputs.pictures import ASKED, Export
from analysis.report.codecheck import declared_outputs
from analysis.report.notebook import NotebookError, read_notebook
from analysis.report.parameters import checked_parameters, parameter_defaults
from analysis.report.runner import executed

LENGTH = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(mm|cm|in)?")
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}
KINDS = (*FORMATS, "csv")


def millimetres(text: str) -> float:
    """Return a width as somebody writes it: millimetres, unless a unit says otherwise.

    >>> millimetres("84"), millimetres("84mm"), millimetres("8,4 cm")
    (84.0, 84.0, 84.0)
    """
    found = LENGTH.fullmatch(text.strip())
    if not found:
        raise ValueError(f"width: wanted millimetres, such as 84mm; got {quoted(text)}")
    number = float(found[1].replace(",", "."))
    return round(number * MILLIMETRES[found[2] or "mm"], 6)


def notebook_of(figure: str, notebooks: str | Path | None = None) -> Path:
    """Return the notebook that writes a figure; raise ValueError where none does.

    figure : str
        Its name, such as "figure-4-prospects".
    notebooks : str or Path
        Where the notebooks are.
    """
    files = sorted(paths.as_folder(notebooks, paths.NOTEBOOKS).glob("*.ipynb"))
    written = {
        Path(output).stem: file
        for file in files
        for output in declared_outputs(read_notebook(file))
        if output.startswith("figures/")
    }
    if figure not in written:
        close = difflib.get_close_matches(figure, written, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(written))}"
        raise ValueError(f"no figure {quoted(figure)}; {hint}")
    return written[figure]


def export_figure(
    figure: str,
    settings: Mapping[str, Any],
    kinds: Sequence[str] = ("pdf",),
    params: Mapping[str, Any] | None = None,
    language: str = "en",
    folder: str | Path = ".",
    notebooks: str | Path | None = None,
) -> list[Path]:
    """Run the notebook of a figure and leave the figure alone; return its files.

    figure : str
        Its name, such as "figure-4-prospects".
    settings : mapping
        Of `write_figure`: width_mm, font_size, titles, dpi.
    kinds : sequence of str
        Formats of `write_figure`, or "csv" for the numbers that are drawn.
    params : mapping
        Values for parameters of the notebook.
    language : str
        One of `language.LANGUAGES`.
    folder : str or Path
        Where to write.
    notebooks : str or Path
        Where the notebooks are.

    Raises ValueError for a figure, format, language or parameter that there is not, and where the
    notebook fails.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"format: wanted {', '.join(KINDS)}; got {quoted(kind)}")
    if language not in LANGUAGES:
        raise ValueError(f"language: wanted {', '.join(LANGUAGES)}; got {quoted(language)}")
    if "language" in (params or {}):
        raise ValueError("language: choose it with --language, not as a parameter")
    try:
        source = notebook_of(figure, notebooks)
        given = checked_parameters(parameter_defaults(read_notebook(source)), params or {})
    except NotebookError as error:
        raise ValueError(str(error)) from error
    pictures = [kind for kind in kinds if kind in FORMATS]
    asked = {"name": figure, **asdict(Export(**settings, formats=pictures).checked())}
    return _kept(_figures(source, given, language, asked), figure, kinds, Path(folder))


def _figures(
    source: Path, given: Mapping[str, Any], language: str, asked: Mapping[str, Any]
) -> dict[str, bytes]:
    """Run a notebook that writes one of its figures as asked; return all of them, by name."""
    try:
        more = {ASKED: json.dumps(dict(asked))}
        made = executed(source.absolute(), given, language, more=more)
    except NotebookError as error:
        raise ValueError(f"{source.stem}: {brief(str(error))}") from error
    return {Path(name).name: content for name, content in made.files.items()}


def _kept(made: Mapping[str, bytes], figure: str, kinds: Sequence[str], folder: Path) -> list[Path]:
    """Move the files of a figure to where somebody wants them; say what is cut off in them."""
    files = []
    for kind in dict.fromkeys(kinds):
        write_whole(folder / f"{figure}.{kind}", made[f"{figure}.{kind}"])
        files.append(folder / f"{figure}.{kind}")
    if clipped := json.loads(made[f"{figure}.json"])["clipped"]:
        wider = "take a greater width or a smaller font size"
        print(f"cut off at the edge: {'; '.join(clipped)}; {wider}", file=sys.stderr)
    return files
