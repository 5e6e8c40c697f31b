"""Where the outputs of a notebook go, and how they are written.

The environment variable ANALYSIS_OUTPUT names the folder of a report; no other module reads it.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from analysis.arguments import check_text, kind_of
from analysis.failures import quoted
from analysis.language.current import tr
from analysis.language.shell import running_shell
from analysis.outputs.whole import write_whole

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OWN = "outputs"  # below the current folder: what somebody makes in JupyterLab


def check_name(name: str) -> str:
    """Return the name of an output: small letters, digits and hyphens; else raise ValueError.

    >>> check_name("Figure 2")
    Traceback (most recent call last):
    ValueError: name: 'Figure 2' is not a file name; write a to z, 0 to 9 and -
    """
    if not NAME.fullmatch(check_text(name, "name")):
        raise ValueError(f"name: {quoted(name)} is not a file name; write a to z, 0 to 9 and -")
    return name


def check_place(folder: str | Path | None) -> Path | None:
    """Return a folder as a Path, None where none is named, or raise TypeError."""
    if folder is not None and not isinstance(folder, str | Path):
        raise TypeError(f"folder: wanted a folder, such as 'my-figures'; got {kind_of(folder)}")
    return None if folder is None else Path(folder)


def is_report(folder: Path | None) -> bool:
    """Say whether outputs go to a report: no other folder is named, and one is being made."""
    return folder is None and bool(os.environ.get("ANALYSIS_OUTPUT"))


def place_of(kind: str, folder: Path | None) -> Path | None:
    """Return where outputs go, or None where nothing is written.

    kind : str
        "figures" or "tables".
    folder : Path or None
        Where somebody wants them; else they go below the folder of the report, or in JupyterLab
        below `outputs`. In a plain script nothing is written.
    """
    if folder is not None:
        return folder
    if is_report(folder):
        return Path(os.environ["ANALYSIS_OUTPUT"]) / kind
    return Path(OWN) / kind if hasattr(running_shell(), "kernel") else None


def in_folder(kind: str, contents: Mapping[str, bytes], folder: Path | None = None) -> None:
    """Write files to where outputs of a kind go; say where, unless that is a report.

    kind, folder :
        As for `place_of`.
    contents : mapping of str to bytes
        Content by name of the file.

    >>> in_folder("tables", {"rain.csv": b"day"})
    """
    place = place_of(kind, folder)
    if place is None:
        return
    for name, content in contents.items():
        write_whole(place / name, content)
    if not is_report(folder):
        print(
            tr("Written to {folder}: {files}", folder=place.as_posix(), files=", ".join(contents))
        )
