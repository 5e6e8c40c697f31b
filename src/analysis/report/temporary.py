"""Folders for the time of a command; what a killed one leaves, the next run removes."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "analysis-run-"
PYTHONS = "pymp-"  # of Python's own multiprocessing
MARK = "command.pid"


def short_place() -> str | None:
    """Return where to put sockets: of at most 107 characters, with a long TMPDIR too."""
    return "/tmp" if os.name == "posix" and len(tempfile.gettempdir()) > 60 else None


def marked(folder: Path) -> Path:
    """Write into a folder which process it is for, and return it."""
    (folder / MARK).write_text(str(os.getpid()), encoding="ascii")
    return folder


def new_folder() -> Path:
    """Return a new folder, for this process to remove."""
    return marked(Path(tempfile.mkdtemp(prefix=PREFIX, dir=short_place())))


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


def sweep() -> None:
    """Remove the folders of processes that were killed."""
    for place in {tempfile.gettempdir(), short_place() or tempfile.gettempdir()}:
        for mark in Path(place).glob(f"*/{MARK}"):
            if mark.parent.name.startswith((PREFIX, PYTHONS)) and _is_left(mark):
                shutil.rmtree(mark.parent, ignore_errors=True)


def _is_left(mark: Path) -> bool:
    try:
        os.kill(int(mark.read_text("ascii")), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):  # of somebody else, or gone meanwhile
        return False
    return False
