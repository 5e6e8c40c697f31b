"""Where the seconds of a run go: functions of a copy of the project are wrapped from outside.

`watch` puts a `sitecustomize.py` into the copy, which every Python that starts there reads, the
fork server and those of the site too. It wraps the functions of `PHASES` when their module is
imported; each call adds a line to a file: phase, start, end.
"""

import functools
import importlib.machinery
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

PHASES = {  # module below analysis.report, function, phase
    "build": {"_stale": "what changed", "_kept": "moving in", "write_pages": "site, all of it"},
    "forking": {"start_server": "starting the fork server"},
    "kernels": {
        "Session._start": "waiting for kernels",
        "Session.trace": "asking what was read",
        "Session.close": "ending kernels",
    },
    "runner": {"prepared": "reading notebooks", "_papermill": "cells", "cleaned": "cleaning"},
    "site.current": {"is_current": "site: what changed"},
    "site.build": {
        "everything": "site: reading results",
        "write_sources": "site: sources of the pages",
        "write_pdfs": "site: PDF",
        "write_records": "site: records",
        "_move_in": "site: moving in",
    },
    "site.reader": {"write_html": "site: Sphinx"},
}
HOOK = """import sys
sys.path.append({here!r})
import spans
spans.install({file!r})
sys.path.remove({here!r})
"""
Span = tuple[str, float, float]


def watch(project: Path) -> Path:
    """Have the runs of a copy of the project leave spans; return the file for them."""
    file = project / ".spans"
    hook = HOOK.format(here=str(Path(__file__).resolve().parent), file=str(file))
    (project / "src" / "sitecustomize.py").write_text(hook, encoding="utf-8")
    return file


def install(file: str) -> None:
    """Wrap the functions of PHASES in this process, each module's when it is imported."""
    sys.meta_path.insert(0, Finder(file))


class Finder:
    """Finds the modules of PHASES as Python does, and wraps their functions once they are there."""

    def __init__(self, file: str) -> None:
        self.file = file

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return how a module is loaded; None for the others, which Python finds itself."""
        functions = PHASES.get(name.removeprefix("analysis.report."))
        if functions is None or not name.startswith("analysis.report."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None:
            load = spec.loader.exec_module

            def loaded(module: Any) -> None:
                load(module)
                for function, phase in functions.items():
                    wrap(module, function, phase, self.file)

            spec.loader.exec_module = loaded
        return spec


def wrap(module: Any, name: str, phase: str, file: str) -> None:
    """Have a function, if it is there, leave a span at each call; `Class.method` works too."""
    *owners, name = name.split(".")
    owner = functools.reduce(lambda thing, part: getattr(thing, part, None), owners, module)
    if hasattr(owner, name):
        setattr(owner, name, timed(getattr(owner, name), phase, file))


def timed(function: Callable[..., Any], phase: str, file: str) -> Callable[..., Any]:
    """Return a function that leaves a span, also where it is a coroutine."""
    if function.__code__.co_flags & 0x80:  # a coroutine

        @functools.wraps(function)
        async def waited(*args: Any, **named: Any) -> Any:
            started = time.monotonic()
            try:
                return await function(*args, **named)
            finally:
                note(file, phase, started)

        return waited

    @functools.wraps(function)
    def called(*args: Any, **named: Any) -> Any:
        started = time.monotonic()
        try:
            return function(*args, **named)
        finally:
            note(file, phase, started)

    return called


def note(file: str, phase: str, started: float) -> None:
    """Add a span to the file."""
    with open(file, "a", encoding="utf-8") as opened:  # noqa: PTH123
        opened.write(json.dumps([phase, started, time.monotonic()]) + "\n")


def phases(file: Path) -> list[Span]:
    """Return the spans of a run."""
    return [tuple(json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def covered(spans: Sequence[tuple[float, float]]) -> float:
    """Return the seconds in which at least one of several spans lasts.

    >>> covered([(0, 2), (1, 3), (5, 6)])
    4
    """
    total, end = 0, float("-inf")
    for start, stop in sorted(spans):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


def report(spans: Sequence[Span], seconds: float) -> str:
    """Return a table: for each phase its calls, their sum, the seconds in which any lasts.

    >>> print(report([("cells", 0.0, 2.0), ("cells", 1.0, 3.0)], 4.0).splitlines()[1].split())
    ['cells', '2', '4.00', '3.00', '75%']
    """
    names: Mapping[str, None] = dict.fromkeys(phase for phase, *_ in sorted(spans, key=_start))
    lines = [f"{'phase, by its start':30}{'calls':>7}{'sum s':>9}{'any s':>9}{'of run':>9}"]
    for name in names:
        own = [(start, stop) for phase, start, stop in spans if phase == name]
        total, wall = sum(stop - start for start, stop in own), covered(own)
        lines.append(f"{name:30}{len(own):7}{total:9.2f}{wall:9.2f}{wall / seconds:9.0%}")
    rest = seconds - covered([(start, stop) for _, start, stop in spans])
    lines += [f"{'none of these':30}{'':16}{rest:9.2f}{rest / seconds:9.0%}"]
    return "\n".join([*lines, f"{'the run':30}{'':16}{seconds:9.2f}"])


def _start(span: Span) -> float:
    return span[1]
