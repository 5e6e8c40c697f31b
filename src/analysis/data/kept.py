"""Results that took long, kept on disk by a digest of all that they rest on.

An entry is a file of `paths.CACHE`, and remembered by the process as well; an installed copy has no
such folder, and only remembers. An entry is found again only while the data, the code, the messages
of the language, the locked libraries and Python are those that it was made with; of whatever has
changed nothing is remembered, it is computed anew.
"""

import functools
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language import current

PARTS = ("counts", "data", "inference", "language", "ledger")  # of the code: what may be kept
FILES = ("arguments", "failures", "paths", "problems", "textfile")
MOST = 12  # entries of one name; the oldest go
PATIENCE = 60  # seconds to wait for another process that makes the same; its death frees the lock
_digests: dict[tuple[str, int, int, int], str] = {}
_found: dict[str, Any] = {}


def is_kept(folder: Path) -> bool:
    """Say whether what is computed from a folder is kept: from that of the documents alone."""
    return folder == paths.RAW


def digest_of(file: Path) -> str:
    """Return a digest of the content of a file; of one that is not there, nothing.

    A process opens a file once, and again when its time, its length or its place has changed.

    >>> digest_of(Path("no-such-file")), digest_of(Path(__file__)) == digest_of(Path(__file__))
    ('', True)
    """
    try:
        about = file.stat()
        key = (str(file), about.st_mtime_ns, about.st_size, about.st_ino)
        if key not in _digests:
            _digests[key] = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
    return _digests[key]


def state_of(files: Iterable[Path], *said: str, spoken: bool = True) -> str:
    """Return a digest of what a result rests on.

    files : iterable of Path
        Of data. The code, the messages of the language in use, the lock and Python are added.
    said : str
        What else the result depends on, such as settings.
    spoken : bool
        Whether it holds text in the language in use; what does not is the same in all.
    """
    read = [[_named(file), digest_of(file)] for file in sorted(files)]
    language = current.current_language() if spoken else ""
    parts = [read, _code(), _messages(language), language, sys.version, said]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@functools.cache
def _code() -> str:
    """Return a digest of the code, the common codebook and the lock; a process has one code."""
    files = [file for part in PARTS for file in sorted((paths.CODE / part).rglob("*.py"))]
    files += [paths.CODE / f"{part}.py" for part in FILES]
    files += [paths.ROOT / "requirements.lock"]
    files += sorted((paths.CODE / "data").glob("*.yml"))
    return _together(files)


@functools.cache
def _messages(language: str) -> str:
    """Return a digest of the catalogues of a language; a process reads them once."""
    return _together(current.catalogue_files(language))


def _together(files: Iterable[Path]) -> str:
    return " ".join(f"{_named(file)} {digest_of(file)}" for file in files)


def _named(file: Path) -> str:
    return (
        file.relative_to(paths.ROOT).as_posix() if paths.ROOT in file.parents else file.as_posix()
    )


def kept(name: str, state: str, make: Callable[[], Any], spoken: bool = True) -> Any:
    """Return what a function gives, or what it gave in the same state; nobody may change it.

    name : str
        What it is: letters of a file name.
    state : str
        What `state_of` returned.
    make : callable
        Returns what JSON can hold: texts, numbers, lists, mappings.
    spoken : bool
        As for `state_of`.

    >>> kept("sums", state_of([], "1 + 1"), lambda: {"sum": 1 + 1})
    {'sum': 2}
    """
    key = f"{name}-{state}"
    if key not in _found:
        file = None if paths.CACHE is None else paths.CACHE / name / f"{state}.json"
        entry = _read(file) if file else None
        if entry is None:
            with _alone(name):
                entry = _read(file) if file else None
                if entry is None:
                    _found[key] = _made(file, make, spoken)
        if entry is not None:
            current.look_up_again(entry["messages"])
            _found[key] = entry["result"]
    return _found[key]


def _made(file: Path | None, make: Callable[[], Any], spoken: bool) -> Any:
    """Return what a function gives, and keep it."""
    result = json.loads(json.dumps(make()))
    _write(file, {"result": result, "messages": _looked_up() if spoken else []})
    return result


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Wait until no other process makes one of a name, but not for ever."""
    with ExitStack() as stack:
        if paths.CACHE is not None:
            with suppress(ImportError, OSError):  # Windows has no fcntl, others may not write
                import fcntl

                paths.CACHE.mkdir(parents=True, exist_ok=True)
                lock = stack.enter_context((paths.CACHE / f"{name}.lock").open("wb"))
                end = time.monotonic() + PATIENCE
                while not _locked(fcntl, lock) and time.monotonic() < end:
                    time.sleep(0.02)
        yield


def _locked(fcntl: Any, lock: Any) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def forget() -> None:
    """Forget what this process remembers, as a fresh one does; what is on disk stays.

    >>> forget()
    """
    _digests.clear()
    _found.clear()
    _code.cache_clear()
    _messages.cache_clear()


def _looked_up() -> list[Any]:
    """Return the messages that this process has looked up so far."""
    return current.looked_up() if current.current_language() != "en" else []


def _read(file: Path) -> Any:
    """Return an entry; None for one that is not there or was damaged."""
    try:
        digest, _, content = file.read_text(encoding="utf-8").partition("\n")
        return json.loads(content) if digest == _sum(content) else None
    except (OSError, ValueError):
        return None


def _sum(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _write(file: Path | None, entry: Any) -> None:
    """Write an entry whole, whoever writes the same at the same time; a full disk keeps nothing."""
    if file is None:
        return
    content = json.dumps(entry, ensure_ascii=False)
    fresh = file.with_suffix(f".{os.getpid()}.new")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(f"{_sum(content)}\n{content}", encoding="utf-8")
        fresh.replace(file)
        _sweep(file.parent)


def _sweep(folder: Path) -> None:
    """Delete all but the newest entries of a name."""
    with suppress(OSError):
        entries = [(each.stat().st_mtime_ns, each) for each in folder.glob("*.json")]
        ages = sorted(entries, reverse=True)
        for _, file in ages[MOST:]:
            file.unlink(missing_ok=True)
