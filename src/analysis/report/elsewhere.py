"""Notebooks that run elsewhere: in other processes, or on other machines by Dask.

A worker runs a notebook only if its checkout is the one from here; it is asked by digests.
"""

import contextlib
import functools
import hashlib
import logging
import platform
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import replace
from pathlib import Path

from analysis import paths
from analysis.failures import quoted
from analysis.report.environment import commit_date
from analysis.report.inputs import names_of
from analysis.report.runner import Made, Task, run_notebook, source_of

SECONDS = 8  # until a scheduler has to answer
CODE = {".csv", ".json", ".po", ".py", ".ttf", ".txt", ".yml"}
Results = dict[str, Made | str]


@contextlib.contextmanager
def scheduler(address: str | None) -> Iterator[Executor | None]:
    """Have the executor of a Dask scheduler; none without an address.

    address : str
        Such as "tcp://10.0.0.5:8786".

    Raises ValueError for what is no address, ConnectionError where no scheduler answers.

    >>> with scheduler(None) as executor:
    ...     print(executor)
    None
    """
    if not address:
        yield None
        return
    client = _client(address)
    try:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            print(f"no worker at {address} yet; waiting for one", flush=True)
        yield client.get_executor(pure=False)
    finally:
        client.close()


def _client(address: str):
    """Return the client of a scheduler."""
    from distributed import Client

    kind, mark, place = address.partition("://")
    if kind not in {"tcp", "tls"} or not mark or not place.rpartition(":")[2].isdigit():
        raise ValueError(
            f"scheduler: wanted an address such as tcp://HOST:8786; got {quoted(address)}"
        )
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told once
    try:
        return Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ConnectionError(f"no Dask scheduler answers at {address}") from error


def submitted(tasks: Mapping[str, Task], executor: Executor) -> Iterator[tuple[Future, str]]:
    """Hand notebooks to an executor; yield the future and the name of each."""
    common = _folders()
    for name, task in tasks.items():
        there = replace(task, more={"SOURCE_DATE_EPOCH": commit_date(), **task.more})
        wanted = common | {"notebook": _file(source_of(task))}
        yield executor.submit(run_there, there, wanted), name


def run_there(task: Task, wanted: Mapping[str, str]) -> Results:
    """Run a notebook as a worker, if all that it rests on is as where it was sent from.

    wanted : mapping
        What `checkout` returned there.
    """
    here = checkout(task)
    if differ := [name for name in wanted if here.get(name) != wanted[name]]:
        where = f"{socket.gethostname()}:{paths.ROOT}"
        said = f"refused by the worker in {where}: it has another {', '.join(differ)}"
    elif here["code"] != _code_at_start():
        said = f"refused by the worker on {socket.gethostname()}: it is older than its code"
    else:
        return {language: _named(made) for language, made in run_notebook(task).items()}
    return dict.fromkeys(task.languages, said)


def _named(made: Made | str) -> Made | str:
    """Return results whose trace names files as every checkout does, wherever it lies."""
    if isinstance(made, str):
        return made
    named = {kind: names_of(made.trace[kind]) for kind in ("read", "modules")}
    return replace(made, trace={**made.trace, **named})


def result(future: Future, task: Task) -> Results:
    """Return what a worker has returned, or why there is nothing."""
    try:
        return future.result()
    except CancelledError:
        text = "the scheduler was lost before it ended"
    except Exception as error:
        said = " ".join(str(error).split())
        text = f"its worker was lost or could not run it: {type(error).__name__}: {said}"
    return dict.fromkeys(task.languages, text)


def checkout(task: Task) -> dict[str, str]:
    """Return digests of what a notebook rests on: code, data, lock, Python, its file."""
    return _folders() | {"notebook": _file(source_of(task))}


@functools.cache
def _code_at_start() -> str:
    """Return the digest of the code when this process was first asked."""
    return _folders()["code"]


def _folders() -> dict[str, str]:
    code = (file for file in paths.CODE.rglob("*") if file.suffix in CODE)
    return {
        "code": _digest(paths.CODE, code),
        "data": _digest(paths.RAW, paths.RAW.rglob("*")),
        "examples": _digest(paths.EXAMPLES, paths.EXAMPLES.rglob("*")),
        "translations of notebooks": _digest(paths.NOTEBOOKS, paths.NOTEBOOKS.glob("locale/*")),
        "requirements.lock": _file(paths.ROOT / "requirements.lock"),
        "Python": platform.python_version(),
    }


def _digest(folder: Path, files: Iterator[Path]) -> str:
    """Return the digest of names and contents of files below a folder."""
    total = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and file.name[0] != ".":
            total.update(f"{file.relative_to(folder).as_posix()} {_file(file)}\n".encode())
    return total.hexdigest()


def _file(file: Path) -> str:
    """Return the digest of a file; nothing where there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
