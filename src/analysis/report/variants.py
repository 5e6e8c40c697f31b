"""A report of other settings than the published one: what it is called, and what it shares.

It lies below the published report, in `variants/<settings>`, and is whole: notebooks that take none
of its settings are the published ones.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import LANGUAGES
from analysis.outputs import write_whole
from analysis.report.inputs import Digests, changes
from analysis.report.parameters import checked_parameters
from analysis.report.store import damage, move_in, read_state

FOLDER = "variants"  # below the published report
SETTINGS = ".settings.json"  # what was set, in the folder of each language
SAFE = re.compile(r"([a-z0-9_]+=[a-z0-9_+-]+(\.[a-z0-9_+-]+)*(,|$))+")  # on every file system
LONGEST = 80  # characters of a name
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


def variant_name(settings: Settings) -> str:
    """Return the folder of a report by its settings: the same whatever their order, and short.

    settings : mapping
        Values by name, at least one. What a file system may not take, or not tell apart, is left
        out, and a digest stands for it.

    >>> variant_name({"rounding": "truncate", "level": 0.9})
    'level=0.9,rounding=truncate'
    >>> variant_name({"region": "A/B"})
    'region=a-b-565f149d'
    """
    said = ",".join(f"{name}={setting_text(settings[name])}" for name in sorted(settings))
    if SAFE.fullmatch(said) and len(said) <= LONGEST:
        return said
    kept = re.sub(r"[^a-z0-9_=,+-]+", "-", said.lower()).strip("-")[: LONGEST - 9]
    return f"{kept.rstrip('-,')}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def setting_text(value: Any) -> str:
    """Return a value as it is written on the command line.

    >>> setting_text(5.0), setting_text(True), setting_text("half-up")
    ('5', 'true', 'half-up')
    """
    if isinstance(value, str):
        return value
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return json.dumps(int(value) if whole else value, ensure_ascii=False)


def settings_text(settings: Settings) -> str:
    """Return settings as a sentence names them.

    >>> settings_text({"rounding": "truncate", "level": 0.9})
    'level = 0.9, rounding = truncate'
    """
    return ", ".join(f"{name} = {setting_text(settings[name])}" for name in sorted(settings))


def note_settings(folder: Path, settings: Settings) -> None:
    """Write down the settings of a report, beside what it is made of; nothing for the published."""
    if settings:
        text = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True)
        write_whole(folder / SETTINGS, f"{text}\n".encode())


def read_settings(folder: Path) -> dict[str, Any]:
    """Return the settings of the report in a folder; none of the published one."""
    try:
        said = json.loads((folder / SETTINGS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def places_of(folder: Path) -> dict[str, Path]:
    """Return where a report is, by language."""
    return {each: folder if each == "en" else folder / each for each in LANGUAGES}


def published_place(folder: Path, language: str) -> str:
    """Return the way from a variant to the published report of its language; "" where none is.

    folder : Path
        The report of one language.
    """
    up = "../../" if language == "en" else f"../../../{language}/"
    there = read_settings(folder) and (folder / up / "index.html").is_file()
    return up if there else ""


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
    if not state.outputs or not state.inputs or damage(published, state):
        return False
    if changes(state.inputs, source, {}, digests, language):
        return False
    own = read_state(home, slug)
    if own.inputs != state.inputs or own.outputs != state.outputs or damage(home, own):
        files = {name: (published / name).read_bytes() for name in state.outputs}
        notebook = files.pop(f"notebooks/{slug}.ipynb")
        move_in(home, slug, files, notebook, state.inputs)
    return True


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
