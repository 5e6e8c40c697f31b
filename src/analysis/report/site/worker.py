"""Make several sites side by side: `python -m analysis.report.site.worker`, started by `sites`.

For each language a process gathers what its pages say, writes what Sphinx reads, makes the PDFs and
moves all in; another one, forked from here where Sphinx is imported already, runs Sphinx meanwhile.
No more of them compute at a time than there are jobs.
"""

import ctypes
import importlib
import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from analysis.language.current import speaking
from analysis.report.site.build import write_site

FORKS = sys.platform == "linux"  # elsewhere libraries of the system may not survive it
CONTEXT = multiprocessing.get_context("fork" if FORKS else "spawn")
Said = tuple[str, ...]  # "read", folder | "done", words | "failed", kind of error, words


def end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1 is PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


def start(work: Callable[..., str], *given: Any) -> Connection:
    """Start a process that does some work; return where it says what became of it."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_do, args=(os.getpid(), theirs, work, *given), daemon=True)
    process.start()
    theirs.close()
    return ours


def _do(parent: int, talk: Connection, work: Callable[..., str], *given: Any) -> None:
    end_with(parent)
    try:
        talk.send(("done", work(talk, *given)))
    except (OSError, ValueError) as error:
        kind = "OSError" if isinstance(error, OSError) else "ValueError"
        talk.send(("failed", kind, str(error)))
    except Exception as error:
        why = f"the site was not built: {type(error).__name__}: {error}"
        talk.send(("failed", "OSError", f"{why}\n{traceback.format_exc()}"))


def one_site(talk: Connection, slots: Any, task: Mapping[str, Any], language: str) -> str:
    """Write the site of a language; let who listens run Sphinx as soon as there are sources."""

    def pages(folder: Path) -> Callable[[], str]:
        talk.send(("read", str(folder)))
        return written

    def written() -> str:
        kind, *words = talk.recv()
        if kind == "failed" and words[0] == "ValueError":  # not to be published
            raise ValueError(words[1])
        return words[-1]

    sources = {slug: Path(file) for slug, file in task["sources"].items()}
    with speaking(language):
        home = Path(task["homes"][language])
        write_site(home, sources, task["linked"], pages, lambda: slots)
    return language


def pages_of(_: Connection, slots: Any, folder: str) -> str:
    """Run Sphinx in a workplace; return its words if it failed."""
    with slots:
        from analysis.report.site.reader import write_html

        return write_html(Path(folder))


def make(task: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write the sites of a task; return kind and words of what went wrong."""
    slots = CONTEXT.Semaphore(task["jobs"])
    with slots:
        sites = {start(one_site, slots, task, language): language for language in task["homes"]}
        if FORKS:
            importlib.import_module("analysis.report.site.reader")
    failures = []
    readers: dict[Connection, Connection] = {}
    while sites:
        for talk in wait([*sites, *readers]):
            said = _heard(talk)
            if said is None:  # it may have had the turn that others wait for
                return [*failures, ("OSError", "the site was not built: a process was ended")]
            if talk in readers:
                with suppress(BrokenPipeError):  # the site that asked has failed and has said so
                    readers.pop(talk).send(said)
            elif said[0] == "read":
                readers[start(pages_of, slots, said[1])] = talk
            else:
                failures += [said[1:]] if said[0] == "failed" else []
                del sites[talk]
    return failures


def _heard(talk: Connection) -> Said | None:
    """Return what a process says; nothing if it has ended without a word."""
    try:
        return talk.recv()
    except (EOFError, OSError):
        return None


def main() -> int:
    """Do the task that comes in, and say what went wrong."""
    task = json.load(sys.stdin)
    end_with(task["parent"])
    print(json.dumps(make(task)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
