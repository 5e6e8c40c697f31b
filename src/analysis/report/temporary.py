"""Folders for the time of a command; what a killed one leaves, the next run removes."""

import contextlib
import multiprocessing
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path

PREFIX = "analysis-run-"
OURS = re.compile(rf"{PREFIX}([0-9]+)-\w+")  # the process that a folder is for, and chance
LONGEST = 45  # letters of a folder in which a socket of ours has a place


def short_place() -> str | None:
    """Return where to put sockets: of at most 107 characters, with a long TMPDIR too."""
    return "/tmp" if os.name == "posix" and len(tempfile.gettempdir()) > LONGEST else None


def new_folder() -> Path:
    """Return a new folder, for this process to remove; its name says so from the first moment."""
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=short_place()))


def keep_sockets() -> None:
    """Let Python's multiprocessing have its sockets in such a folder, until this process ends.

    By itself it takes one that nobody can tell from that of another program.
    """
    settings = multiprocessing.current_process()._config
    if "tempdir" not in settings:
        folder = str(new_folder())
        Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=-100)
        settings["tempdir"] = folder


@contextlib.contextmanager
def lent_folder() -> Iterator[Path]:
    """Lend a folder, which is removed afterwards.

    >>> with lent_folder() as folder:
    ...     folder.is_dir()
    True
    >>> folder.exists()
    False
    """
    folder = new_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Let Python's `tempfile` take a folder for what is made within a `with` block.

    >>> with lent_folder() as folder, temporary_files_in(folder):
    ...     tempfile.gettempdir() == str(folder)
    True
    """
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def sweep() -> None:
    """Remove the folders of processes that were killed."""
    for place in {tempfile.gettempdir(), short_place() or tempfile.gettempdir()}:
        for folder in Path(place).glob(f"{PREFIX}*"):
            ours = OURS.fullmatch(folder.name)
            if ours and _is_gone(int(ours[1])):
                shutil.rmtree(folder, ignore_errors=True)


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:  # of somebody else
        return False
    return _is_zombie(process)


def _is_zombie(process: int) -> bool:
    """Say whether a process has ended and nobody has asked how, where that shows."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[:1] == ["Z"]
