"""What a run of the report is about: which notebooks, with which settings of which of them."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.arguments import nearest_advice
from analysis.failures import quoted
from analysis.report.notebook import NotebookError, read_notebook
from analysis.report.parameters import checked_parameters, parameter_defaults
from analysis.report.variants import differing, taken

SLUG = re.compile(r"[a-z0-9-]+")


def sources_in(notebooks: Path) -> dict[str, Path]:
    """Return the notebooks of a folder by name, in reading order.

    Raises ValueError where there is none, and for a name that is no name of a page.
    """
    files = sorted(notebooks.glob("*.ipynb"))
    for file in files:
        if not SLUG.fullmatch(file.stem):
            raise ValueError(f"{file.name}: name a notebook with a-z, 0-9 and - only")
    if not files:
        raise ValueError(f"no notebook in {notebooks}")
    return {file.stem: file for file in files}


def chosen_of(sources: Mapping[str, Path], only: Sequence[str] | None) -> list[str]:
    """Return the notebooks that are asked for, in reading order; all if none is named.

    Raises ValueError for a name that no notebook has.

    >>> chosen_of({"a": Path("a.ipynb"), "b": Path("b.ipynb")}, ["b"])
    ['b']
    """
    unknown = [slug for slug in only or [] if slug not in sources]
    if unknown:
        advice = nearest_advice(unknown[0], sources)
        raise ValueError(
            f"no notebook {quoted(unknown[0])} (there are {', '.join(sources)}){advice}"
        )
    return [slug for slug in sources if not only or slug in only]


def settings_of(
    sources: Mapping[str, Path], chosen: Sequence[str], params: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return what differs from the defaults of the chosen notebooks, and what each takes of it.

    sources : mapping
        Path of each notebook by name.
    chosen : sequence of str
        Those that are asked for.
    params : mapping
        Values by name; from the command line they are text.

    Raises ValueError for a parameter that no chosen notebook has, or a value of another type.
    """
    if not params:
        return {}, {slug: {} for slug in sources}
    defaults = {slug: _defaults(file, slug in chosen) for slug, file in sources.items()}
    everywhere = {name: value for slug in chosen for name, value in defaults[slug].items()}
    checked_parameters(everywhere, params)
    settings: dict[str, Any] = {}
    for slug in chosen:
        if not params.keys() & defaults[slug]:
            print(f"{slug} has none of these parameters; it runs as usual")
        settings |= differing(defaults[slug], params)
    return settings, {slug: taken(defaults[slug], settings) for slug in sources}


def _defaults(file: Path, needed: bool) -> dict[str, Any]:
    """Return the parameters of a notebook; none of one that cannot be read and is not needed."""
    try:
        return parameter_defaults(read_notebook(file))
    except (NotebookError, ValueError) as error:
        if needed:
            raise ValueError(str(error)) from error
        return {}
