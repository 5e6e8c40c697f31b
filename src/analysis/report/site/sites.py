"""Bring the sites of all languages up to date; what takes long is done in processes of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.report.site.current import is_current

ERRORS = {"ValueError": ValueError, "OSError": OSError}


def write_sites(
    homes: Mapping[str, Path], sources: Mapping[str, Path], linked: Sequence[str], jobs: int
) -> list[str]:
    """Write the sites whose pages would show something else now; return their languages.

    homes : mapping
        Folder of the report by language, of those to bring up to date.
    sources : mapping
        Path of each notebook by name, in reading order.
    linked : sequence of str
        In which languages there is a report: every page links to itself in the others.
    jobs : int
        How many cores may be used at a time.

    Sites that can be made are made, also where another one cannot; what an earlier run left of
    that one stays. Raises OSError with Sphinx's own words, or ValueError for what may not be
    published.
    """
    waiting = {
        language: home
        for language, home in homes.items()
        if not is_current(home, sources, linked, language)
    }
    if waiting:
        _make(
            {
                "homes": {language: str(home.resolve()) for language, home in waiting.items()},
                "sources": {slug: str(file.resolve()) for slug, file in sources.items()},
                "linked": list(linked),
                "jobs": jobs,
                "parent": os.getpid(),
            }
        )
    return list(waiting)


def _make(task: Mapping[str, Any]) -> None:
    """Let another process do a task; it ends with us, however we end."""
    from analysis.report.environment import fixed_environment

    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "analysis.report.site.worker"],
        env=fixed_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C comes to us, and we end it
    )
    try:
        said, log = process.communicate(json.dumps(task).encode())
    finally:
        _end(process)
    if process.returncode:
        words = log.decode("utf-8", "replace").strip()[-2000:]
        raise OSError(f"the site was not built: exit status {process.returncode}\n{words}")
    for kind, words in json.loads(said.splitlines()[-1]):
        raise ERRORS[kind](words)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it has not ended yet, with all that it has started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
