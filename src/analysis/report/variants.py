"""A report of other settings than the published one: what it takes of it, and what it shares.

It lies below the published report, in `variants/<settings>`, and is whole: notebooks that take none
of its settings are the published ones.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import LANGUAGES
from analysis.report.inputs import Digests, changes
from analysis.report.parameters import checked_parameters
from analysis.report.store import State, damage, move_in, read_state

Settings = Mapping[str, Any]


def differing(defaults: Settings, given: Settings) -> dict[str, Any]:
    """Return those of the values given to a notebook that are not its own defaults anyway.

    defaults : mapping
        What `parameters.parameter_defaults` returned.
    given : mapping
        Values by name; names that the notebook has not are left out.

    Raises ValueError for a value of another type.

    >>> differing({"level": 0.95, "n": 40}, {"level": "0.9", "n": 40, "other": 1})
    {'level': 0.9}
    """
    own = {name: value for name, value in given.items() if name in defaults}
    values = checked_parameters(defaults, own)
    return {name: value for name, value in values.items() if value != defaults[name]}


def taken(defaults: Settings, settings: Settings) -> dict[str, Any]:
    """Return what a notebook takes of settings, also where it would refuse the value.

    >>> taken({"tolerance": 5}, {"tolerance": 7.5})
    {'tolerance': 7.5}
    """
    try:
        return differing(defaults, settings)
    except ValueError:
        return {name: value for name, value in settings.items() if name in defaults}


def places_of(folder: Path) -> dict[str, Path]:
    """Return where a report is, by language."""
    return {each: folder if each == "en" else folder / each for each in LANGUAGES}


def bring_over(
    published: Path, home: Path, slug: str, source: Path, digests: Digests, language: str
) -> bool:
    """Copy the results of a notebook from the published report, if they are up to date there.

    published, home : Path
        The reports of one language: whence, and where to.
    slug, source : str, Path
        The notebook. What is there already is not written again.

    Returns whether the results are there.
    """
    state = read_state(published, slug)
    if not state.inputs or changes(state.inputs, source, {}, digests, language):
        return False
    own = read_state(home, slug)
    if own.inputs == state.inputs and own.outputs == state.outputs and not damage(home, own):
        return True
    files = _whole(published, state)
    if not files:
        return False
    move_in(home, slug, files, files.pop(f"notebooks/{slug}.ipynb"), state.inputs)
    return True


def _whole(folder: Path, state: State) -> dict[str, bytes]:
    """Return the results of a notebook as they are noted; nothing where one is not, or goes now."""
    try:
        files = {name: (folder / name).read_bytes() for name in state.outputs}
    except OSError:
        return {}
    made = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files if made == state.outputs else {}


def bring_all_over(
    published: Mapping[str, Path],
    homes: Mapping[str, Path],
    sources: Mapping[str, Path],
    given: Mapping[str, Mapping[str, Any]],
    digests: Digests,
) -> None:
    """Copy what the settings do not touch from the published report, as far as it is up to date."""
    for language, home in homes.items():
        for slug, source in sources.items():
            if not given[slug]:
                bring_over(published[language], home, slug, source, digests, language)


def is_mixed(homes: Mapping[str, Path], slug: str) -> bool:
    """Say whether the published report has results of other settings, from an earlier version."""
    return any(read_state(home, slug).inputs.get("parameters") for home in homes.values())
