"""A copy of the project in which its speed is measured, and what is measured there."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis import paths
from analysis.report.environment import run_environment
from analysis.report.store import read_state

HERE = Path(__file__).resolve().parent
CORES = os.cpu_count() or 1
LEFT_OUT = (".git", ".venv*", ".cache", "reports", "processed", "__pycache__", ".*_cache")
CONVERT = "jupyter nbconvert --execute"
CLIENTS = f"nbclient in {CORES} processes"
LOOP, FLOOR = "a papermill loop", "the floor (all cells in one warm process / cores)"
SWEEP, CLEAN = "the floor of a point", "a clean make reports"
PLOOMBER = "ploomber-engine"


class Failed(Exception):  # noqa: N818
    """A measurement could not be made; why, in one line."""


class Bench:
    """A copy of the project, and the measurements made in it; each returns seconds.

    folder : Path
        Empty; for the copy and for what the ways to run notebooks write.
    only : sequence of str
        Notebooks to be run; all if empty.
    points : int
        How many a sweep has.
    packages : str
        Folder of packages that are not in the lock.
    """

    def __init__(self, folder: Path, only: Sequence[str], points: int, packages: str) -> None:
        self.folder, self.project, self.packages = folder, folder / "project", packages
        shutil.copytree(paths.ROOT, self.project, ignore=shutil.ignore_patterns(*LEFT_OUT))
        there = sorted((self.project / "notebooks").glob("*.ipynb"))
        if unknown := set(only) - {file.stem for file in there}:
            raise SystemExit(f"error: no notebook {', '.join(sorted(unknown))}")
        self.notebooks = [file for file in there if not only or file.stem in only]
        self.points = [{"level": round(0.8 + 0.19 * i / points, 4)} for i in range(points)]
        self.notes: dict[str, str] = {}
        self.changes = 0
        compiled = [sys.executable, "-m", "compileall", "-q", "src"]
        subprocess.run(compiled, cwd=self.project, check=True)

    @property
    def small(self) -> Path:
        """The notebook with the smallest file, of those with the parameter `level` if there are."""
        return min(self.notebooks, key=lambda file: (not has_level(file), file.stat().st_size))

    def environment(self) -> dict[str, str]:
        """Return the environment of a run of the copy."""
        more = {"PYTHONPATH": str(self.project / "src"), "BENCH_PACKAGES": self.packages}
        more |= {"MPLCONFIGDIR": str(self.project / ".cache" / "matplotlib")}
        more |= {"PLOOMBER_STATS_ENABLED": "false", "PLOOMBER_VERSION_CHECK_DISABLED": "true"}
        return run_environment(self.folder / "private", self.folder / "out") | more

    def clean(self) -> None:
        """Remove what earlier runs left."""
        for place in (self.project / "reports", self.project / ".cache", self.folder / "out"):
            shutil.rmtree(place, ignore_errors=True)
        (self.folder / "out").mkdir()

    def run(self, *words: str) -> tuple[float, str]:
        """Run Python in the copy; return its seconds and what it said, or raise Failed."""
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *words],
            **{"cwd": self.project, "env": self.environment(), "text": True},
            **{"stdin": subprocess.DEVNULL, "capture_output": True},
        )
        seconds = time.perf_counter() - started
        if done.returncode:
            raise Failed(f"failed: {reason(done.stderr.strip() or done.stdout.strip())}")
        return seconds, done.stdout

    def way(self, name: str, notebooks: Sequence[Path] = (), **more: object) -> float:
        """Run notebooks in a clean copy, see `ways.py`."""
        self.clean()
        files = [str(file) for file in notebooks or self.notebooks]
        task = {"notebooks": files, "out": str(self.folder / "out"), "processes": CORES, **more}
        seconds, said = self.run(str(HERE / "ways.py"), name, json.dumps(task))
        own = re.search(r"^seconds (\S+)$", said, re.MULTILINE)
        return float(own[1]) if own else seconds

    def ploomber(self) -> float:
        """Run notebooks by ploomber-engine, or raise Failed where there is none."""
        try:
            return self.way("ploomber")
        except Failed as error:
            missing = "No module named 'ploomber_engine'" in str(error)
            raise Failed("not installed, left out (see --packages)") if missing else error from None

    def reports(self, *words: str) -> tuple[float, str]:
        """Do what `make reports` does, without make."""
        only = ["--only", *(file.stem for file in self.notebooks)]
        seconds, said = self.run("-m", "analysis", "reports", *only, *words)
        if Path(sys.prefix) == paths.ROOT / ".venv":
            seconds += self.run(str(paths.ROOT / "install.py"))[0]
        return seconds, said

    def from_clean(self, *words: str) -> float:
        """Make all reports anew."""
        self.clean()
        return self.reports(*words)[0]

    def changed_notebook(self) -> float:
        """Make reports after a comment was added to the notebook in the middle."""
        file = self.notebooks[len(self.notebooks) // 2]
        notebook = json.loads(file.read_text("utf-8"))
        cell = [each for each in notebook["cells"] if each["cell_type"] == "code"][-1]
        self.changes += 1
        cell["source"] = "".join(cell["source"]) + f"\n# {self.changes}"
        file.write_text(json.dumps(notebook), encoding="utf-8")
        return self._after("notebook", file.stem)

    def changed_table(self) -> float:
        """Make reports after a table was changed that a middling number of notebooks reads.

        The first heading gets quotes, or loses them: other bytes, the same table.
        """
        name = middling_table(self.project / "reports", [file.stem for file in self.notebooks])
        file = self.project / name
        heading, rest = file.read_text("utf-8").split(",", 1)
        heading = heading.strip('"') if heading.startswith('"') else f'"{heading}"'
        file.write_text(f"{heading},{rest}", encoding="utf-8")
        return self._after("table", name)

    def _after(self, kind: str, name: str) -> float:
        seconds, said = self.reports()
        ran = re.findall(r"^(\S+) reruns", said, re.MULTILINE)
        self.notes[kind] = f"{kind} changed: {name}; ran: {', '.join(ran) or 'none'}"
        return seconds

    def swept(self, way: str, points: Sequence[Mapping[str, float]]) -> float:
        """Run the small notebook at several levels of confidence; return the seconds for each."""
        if not has_level(self.small):
            raise Failed("no notebook has the parameter level")
        self.notes["sweep"] = f"sweep: {self.small.stem}, {len(self.points)} points"
        return self.way(way, [self.small], points=points) / len(points)

    def many(self, number: int) -> float:
        """Run so many copies of the small notebook; return the seconds for each."""
        place = self.folder / f"copies-{number}"
        place.mkdir(exist_ok=True)
        copies = [place / f"copy-{i}.ipynb" for i in range(number)]
        for copy in copies:
            shutil.copy(self.small, copy)
        return self.way("ours", copies, apart=True) / number

    def measurements(self) -> dict[str, Callable[[], float]]:
        """Return what can be measured, by name, see `speed.ROWS`."""
        tenth = self.points[:: max(1, len(self.points) // 10)]
        return {
            "ours": lambda: self.way("ours"),
            FLOOR: lambda: self.way("floor") / CORES,
            LOOP: lambda: self.way("papermill"),
            CLIENTS: lambda: self.way("nbclient"),
            CONVERT: lambda: self.way("nbconvert"),
            PLOOMBER: self.ploomber,
            "languages": lambda: self.from_clean("--language", "all"),
            CLEAN: self.from_clean,
            "no-op": lambda: self.reports()[0],
            "notebook": self.changed_notebook,
            "table": self.changed_table,
            "sweep": lambda: self.swept("sweep", self.points),
            SWEEP: lambda: self.swept("floor", tenth) / CORES,
        }


def reason(said: str) -> str:
    """Return the line that names an error, else the last one."""
    named = re.findall(r"^[\w.]+(?:Error|Exception):.*", said, re.MULTILINE)
    return (named or said.splitlines() or ["nothing was said"])[-1][:200]


def has_level(notebook: Path) -> bool:
    """Say whether a notebook has a level of confidence as its parameter."""
    return '"level = ' in notebook.read_text("utf-8")


def middling_table(folder: Path, slugs: Sequence[str]) -> str:
    """Return the table that as many notebooks read as half of all tables have at most."""
    readers = Counter(
        name
        for slug in slugs
        for name in read_state(folder, slug).inputs.get("files", {})
        if name.startswith("data/raw/") and name.endswith(".csv")
    )
    if not readers:
        raise Failed("no notebook reads a table")
    return sorted(readers, key=lambda name: (readers[name], name))[len(readers) // 2]
