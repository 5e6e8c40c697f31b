"""Print how fast the report is made, beside other ways to run the same notebooks.

Run: make bench, or python benchmarks/speed.py [--rounds 5] [--only SLUG ...] [--rows NAME ...]
[--quick] [--profile] [--packages FOLDER]. All of it happens in a copy of the project in a temporary
folder, without a user's settings and with bytecode compiled. Before each clean run `reports/` and
`.cache/` are removed. What stands in one row is measured in turn, round by round, after a round
with a small notebook alone that warms the disk and is not counted. Nothing else should run.

`make reports` is `install.py`, which finds all set up, and `python -m analysis reports`.
ploomber-engine is not in the lock: install it with `pip install --target FOLDER ploomber-engine`
and name the folder; the packages of the lock go before those.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ratios import LONGER, Aim, Line, Row, head, line_of, shown, write_csv
from spans import phases, report, watch

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
ALONE = "notebooks alone"
ROWS = (
    Row("papermill", ALONE, "ours", LOOP, aim=Aim(8)),
    Row("nbclient", ALONE, "ours", CLIENTS),
    Row("nbconvert", ALONE, "ours", CONVERT),
    Row("ploomber", ALONE, "ours", "ploomber-engine"),
    Row("floor", ALONE, "ours", FLOOR, LONGER, Aim(1.5)),
    Row("languages", "make reports LANGUAGE=all, clean", "languages", CLEAN, LONGER, Aim(2)),
    Row("reports", "make reports, clean, with site and PDF", CLEAN, LOOP, aim=Aim(4)),
    Row("seconds", "make reports, clean, with site and PDF", CLEAN, aim=Aim(30, "seconds")),
    Row("no-op", "make reports, nothing changed", "no-op", CLEAN, aim=Aim(0.5, "seconds")),
    Row("notebook", "make reports, one notebook changed", "notebook", CLEAN),
    Row("table", "make reports, one table changed", "table", CLEAN),
    Row("sweep", "a point of a sweep", "sweep", SWEEP, LONGER),
)
TOGETHER = (  # what is measured in the same rounds, in this order
    (
        *("ours", FLOOR, LOOP, CLIENTS, CONVERT, "ploomber-engine"),
        *("languages", CLEAN, "no-op", "notebook", "table"),
    ),
    ("sweep", SWEEP),
)
NAMES = [*(row.name for row in ROWS), "copies", "library"]


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
            said = (done.stderr.strip() or done.stdout.strip() or "nothing was said").splitlines()
            raise Failed(f"failed: {said[-1][:200]}")
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

    def copied(self, number: int) -> float:
        """Run so many copies of the small notebook; return the seconds for each."""
        place = self.folder / f"copies-{number}"
        place.mkdir(exist_ok=True)
        copies = [place / f"copy-{i}.ipynb" for i in range(number)]
        for copy in copies:
            shutil.copy(self.small, copy)
        return self.way("ours", copies, apart=True) / number

    def measurements(self) -> dict[str, Callable[[], float]]:
        """Return what can be measured, by the names of `ROWS`."""
        tenth = self.points[:: max(1, len(self.points) // 10)]
        return {
            "ours": lambda: self.way("ours"),
            FLOOR: lambda: self.way("floor") / CORES,
            LOOP: lambda: self.way("papermill"),
            CLIENTS: lambda: self.way("nbclient"),
            CONVERT: lambda: self.way("nbconvert"),
            "ploomber-engine": self.ploomber,
            "languages": lambda: self.from_clean("--language", "all"),
            CLEAN: self.from_clean,
            "no-op": lambda: self.reports()[0],
            "notebook": self.changed_notebook,
            "table": self.changed_table,
            "sweep": lambda: self.swept("sweep", self.points),
            SWEEP: lambda: self.swept("floor", tenth) / CORES,
        }


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


def in_turn(
    measures: Mapping[str, Callable[[], float]], rounds: int
) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Measure all in each round; return seconds by name, and why others could not be measured."""
    times: dict[str, list[float]] = {name: [] for name in measures}
    failures: dict[str, str] = {}
    for turn in range(rounds):
        for name in (name for name in measures if name not in failures):
            try:
                times[name].append(measures[name]())
                told = f"{times[name][-1]:.2f} s"
            except Failed as error:
                told = failures[name] = str(error)
            print(f"round {turn + 1}: {name}: {told}", file=sys.stderr, flush=True)
    return times, failures


def lines(bench: Bench, names: Sequence[str], rounds: int, quick: bool) -> Iterator[Line]:
    """Yield the lines of the table, those of a group when all its rounds are done."""
    rows = [row for row in ROWS if row.name in names]
    wanted = {name for row in rows for name in (row.measured, row.beside)}
    can = bench.measurements()
    for group in TOGETHER:
        found = in_turn({name: can[name] for name in group if name in wanted}, rounds)
        yield from (line_of(row, *found) for row in rows if row.measured in group)
    if "copies" in names:
        yield from copies(bench, (1, 4) if quick else (1, 4, 16, 64), rounds)
    if "library" in names:
        yield from library(bench, rounds, 2 if quick else None)


def copies(bench: Bench, sizes: Sequence[int], rounds: int) -> Iterator[Line]:
    """Yield what a notebook costs among so many, beside one alone."""
    names = {f"a notebook of {n}": n for n in sizes}
    found = in_turn({name: lambda n=n: bench.copied(n) for name, n in names.items()}, rounds)
    bench.notes["copies"] = f"copies: of {bench.small.stem}"
    first, *others = names
    yield line_of(Row("copies", first, first), *found)
    for name in others:
        yield line_of(Row("copies", name, name, first, LONGER), *found)


def library(bench: Bench, rounds: int, rows: int | None) -> Iterator[Line]:
    """Yield the rows of `library.py`; Sison-Glaz may take twice what DescTools needs, 0.1 s."""
    task = json.dumps({"rounds": rounds, "rows": rows})
    try:
        said = bench.run(str(HERE / "ways.py"), "library", task)[1]
    except Failed as error:
        yield Line("library.py", ratio=str(error))
        return
    for name, beside, times, found in map(json.loads, said.splitlines()):
        aim = Aim(0.2, "seconds") if name.endswith("Sison-Glaz, n = 10^5") else None
        reference = [time / ratio for time, ratio in zip(times, found, strict=False)]
        measured = {name: times, beside: reference}
        yield line_of(Row("library", name, name, beside, LONGER, aim), measured, {})


def warm_up(bench: Bench, quick: bool) -> None:
    """Have all ways run the small notebook once, so that the disk has been read."""
    everything, bench.notebooks = bench.notebooks, [bench.small]
    try:
        for way in () if quick else ("ours", "floor", "papermill", "nbclient", "nbconvert"):
            bench.way(way)
    finally:
        bench.notebooks = everything


def profile(bench: Bench) -> None:
    """Print where the seconds of one clean run go."""
    bench.clean()
    file = watch(bench.project)
    seconds = bench.from_clean()
    print(report(phases(file), seconds))


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--only", nargs="+", default=[], metavar="SLUG")
    parser.add_argument("--rows", nargs="+", default=NAMES, choices=NAMES, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="one small notebook, few points")
    parser.add_argument("--profile", action="store_true", help="where the seconds of one run go")
    parser.add_argument("--packages", default="", metavar="FOLDER", help="with ploomber-engine")
    parser.add_argument("--csv", type=Path, default=HERE / "speed.csv", metavar="FILE")
    return parser.parse_args()


def main() -> None:
    """Measure, and print the table: each line as it is there, then all."""
    args = arguments()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        packages = str(Path(args.packages).absolute()) if args.packages else ""
        bench = Bench(Path(folder), args.only, 4 if args.quick else 100, packages)
        bench.notebooks = [bench.small] if args.quick else bench.notebooks
        if args.profile:
            profile(bench)
            return
        warm_up(bench, args.quick)
        made = []
        for line in lines(bench, args.rows, args.rounds, args.quick):
            made.append(line)
            print(shown(line), flush=True)
        print("", head(), *map(shown, made), "", *bench.notes.values(), sep="\n")
        write_csv(args.csv, made)


if __name__ == "__main__":
    main()
