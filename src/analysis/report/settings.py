"""The settings of a report that is not the published one: its name, its note, its way back."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.outputs import write_whole
from analysis.report.store import read_note

FOLDER = "variants"  # below the published report
SETTINGS = ".settings.json"  # what was set, in the folder of each language
SAFE = re.compile(r"([a-z0-9_]+=[a-z0-9_+-]+(\.[a-z0-9_+-]+)*(,|$))+")  # on every file system
LONGEST = 80  # characters of a name
Settings = Mapping[str, Any]


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
    return read_note(folder / SETTINGS)


def published_place(folder: Path, language: str) -> str:
    """Return the way from a variant to the published report of its language; "" where none is.

    folder : Path
        The report of one language.
    """
    up = "../../" if language == "en" else f"../../../{language}/"
    there = read_settings(folder) and (folder / up / "index.html").is_file()
    return up if there else ""
