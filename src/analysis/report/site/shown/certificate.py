"""What the certificate says: what was run, with which inputs, what came out, how to repeat it.

All of it follows from the inputs. What is of one machine or day (the version of Python that ran,
the system, the time) is told by `python -m analysis verify` and stands in no file of a report.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data.collection import documents
from analysis.language.current import current_language, date
from analysis.report.codecheck import DIGESTS, FILE, outputs
from analysis.report.settings import read_settings, settings_text

LOCK = "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)
NAMED = re.compile(r"[A-Za-z0-9_.-]+")


def certificate(
    folder: Path, sources: Mapping[str, Path], citation: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the certificate of a report says.

    folder : Path
        The report of one language, with executed notebooks.
    sources : mapping
        Path of each notebook by name, in reading order.
    citation : mapping
        What `citation.read_citation` returned.

    Entries: title, authors, version, closed (a date in words), settings (a sentence, or ""),
    python, libraries (name and version), inputs (groups of files with their SHA-256), number and
    sum of the inputs, outputs (how many of each kind, and all), cells (how many have a stored
    output, and how many came out equal, or nothing in a language that has none), manifest, digests.
    """
    groups = inputs(sources)
    listed = [each for _, files in groups for each in files]
    kinds = kinds_of(outputs())
    return {
        "title": citation["title"],
        "authors": citation["authors"],
        "version": citation["version"],
        "closed": date(citation["date"]),
        "settings": settings_text(read_settings(folder)),
        "python": project()["requires-python"].removeprefix(">="),
        "libraries": libraries((paths.ROOT / LOCK).read_text("utf-8"), project()),
        "inputs": groups,
        "number": len(listed),
        "sum": digest_of("".join(f"{sha}  {name}\n" for name, sha in listed).encode()),
        "outputs": kinds,
        "all": sum(kinds.values()),
        "cells": compared(folder, sources) if current_language() == "en" else None,
        "manifest": FILE.name,
        "digests": DIGESTS.name,
    }


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content in hexadecimal digits.

    >>> digest_of(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def inputs(sources: Mapping[str, Path]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the inputs of a report in groups: name of the group, and name and SHA-256 of each.

    The groups are "lock", "notebooks", each document, and "shared" for what lies beside their
    folders.
    """
    groups = {"lock": [paths.ROOT / LOCK], "notebooks": [*sources.values()]}
    groups |= {
        each.about["citation"]: sorted(each.folder.rglob("*.*")) for each in documents(paths.RAW)
    }
    groups["shared"] = sorted(paths.RAW.glob("*.*"))
    return [(name, list(_named(files))) for name, files in groups.items()]


def _named(files: Iterable[Path]) -> Iterable[tuple[str, str]]:
    for file in files:
        if file.is_file() and file.suffix in {".csv", ".ipynb", ".lock", ".yml"}:
            here = file.is_relative_to(paths.ROOT)
            name = file.relative_to(paths.ROOT).as_posix() if here else file.name
            yield name, digest_of(file.read_bytes())


def project() -> dict[str, Any]:
    """Return what `pyproject.toml` says of the project."""
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def libraries(lock: str, about: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the libraries that a project computes and draws with, each with its locked versions.

    lock : str
        Requirements with their versions pinned; which of several is taken depends on Python.
    about : mapping
        The project's part of `pyproject.toml`.

    >>> libraries("oak==1.2 --hash=x\\nelm==3", {"dependencies": ["oak>=1"]})
    {'oak': ['1.2']}
    """
    drawing = about.get("optional-dependencies", {}).get("figures", [])
    wanted = sorted(NAMED.match(each)[0].lower() for each in [*about["dependencies"], *drawing])
    pinned = PINNED.findall(lock)
    found = {name: [version for other, version in pinned if other == name] for name in wanted}
    return {name: versions for name, versions in found.items() if versions}


def kinds_of(files: Iterable[str]) -> dict[str, int]:
    """Return how many files there are of each kind, by the ending of their names.

    >>> kinds_of(["a.html", "figures/b.svg", "figures/b@2x.png", "c.html"])
    {'html': 2, 'png': 1, 'svg': 1}
    """
    endings = [file.rpartition(".")[2] for file in files]
    return {ending: endings.count(ending) for ending in sorted(set(endings))}


def compared(folder: Path, sources: Mapping[str, Path]) -> dict[str, int]:
    """Return how many cells have a stored output, and how many of them came out equal.

    folder : Path
        The report in the language of the stored outputs.
    """
    found = {"all": 0, "equal": 0}
    for slug, source in sources.items():
        executed = folder / "notebooks" / f"{slug}.ipynb"
        made = _outputs(executed) if executed.is_file() else {}
        for cell, stored in _outputs(source).items():
            found["all"] += 1
            found["equal"] += made.get(cell) == stored
    return found


def _outputs(notebook: Path) -> dict[str, Any]:
    """Return the outputs of those cells that have some, by the name of the cell."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return {
        cell.get("id", place): _joined(cell["outputs"])
        for place, cell in enumerate(cells)
        if cell.get("outputs")
    }


def _joined(said: Any) -> Any:
    """Return outputs with texts that are kept line by line, as some programs do, in one piece."""
    if isinstance(said, dict):
        return {name: _joined(each) for name, each in said.items()}
    if isinstance(said, list):
        lines = said and all(isinstance(each, str) for each in said)
        return "".join(said) if lines else [_joined(each) for each in said]
    return said
