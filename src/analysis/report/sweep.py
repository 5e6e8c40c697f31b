"""A sweep: one notebook at every point of a grid, its tables together, and how they move.

Each point's results are kept with what they were made from, as the report keeps those of a
notebook, so that a sweep that was stopped goes on where it was.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.failures import brief, quoted
from analysis.language.current import LANGUAGES, speaking
from analysis.outputs import csv_text, write_whole
from analysis.report.build import run_all
from analysis.report.grid import LIMIT, grid
from analysis.report.inputs import Digests, changes, inputs_of
from analysis.report.notebook import NotebookError, answers, read_notebook
from analysis.report.parameters import parameter_defaults
from analysis.report.recorded import recorded
from analysis.report.runner import Made, Task
from analysis.report.store import locked

FOLDER = paths.ROOT / "sweeps"
SHOWN = 10  # failures that are told one by one
DAMAGED = "its kept result is not as it was made"


@dataclass(frozen=True)
class Sweep:
    """A notebook, a language, and where the results of its points are kept.

    source : Path
        The notebook.
    folder : Path
        What is left: the tables, the figure, and `points`, a file for each point.
    language : str
        One of `language.LANGUAGES`.
    digests : Digests
        Of the files that results rest on, each taken once.
    """

    source: Path
    folder: Path
    language: str = "en"
    digests: Digests = field(default_factory=Digests)

    def file(self, point: Mapping[str, Any]) -> Path:
        """Return where the results of a point are kept."""
        words = json.dumps([self.source.stem, self.language, dict(point)], sort_keys=True)
        return self.folder / "points" / f"{hashlib.sha256(words.encode()).hexdigest()[:20]}.json"

    def keep(self, point: Mapping[str, Any], made: Made) -> None:
        """Keep the tables and the answers of a point, with what they were made from."""
        inputs = inputs_of(self.source, point, made.trace, self.digests, self.language)
        tables = {Path(name).stem: text for name, text in _tables(made.files)}
        cells = json.loads(made.notebook)["cells"]
        results = {"inputs": inputs, "tables": tables, "answers": answers(cells)}
        kept = {"results": results, "digest": _digest(results)}
        write_whole(self.file(point), json.dumps(kept, ensure_ascii=False).encode())

    def kept(self, point: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Return the results of a point, and why they are not current, if there are any."""
        try:
            kept = json.loads(self.file(point).read_text("utf-8"))
            results = kept["results"]
            if kept["digest"] != _digest(results):
                return {}, [DAMAGED]
            made_from = results["inputs"], self.source, point, self.digests, self.language
            return results, [f"{name} changed" for name in changes(*made_from)]
        except FileNotFoundError:
            return {}, []
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}, [DAMAGED]


def _digest(results: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(results, sort_keys=True).encode()).hexdigest()


def _tables(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield path and text of the tables among the files of a notebook."""
    for name, content in files.items():
        if re.fullmatch(r"tables/[^/]+\.csv", name):
            yield name, content.decode("utf-8")


def write_sweep(
    slug: str,
    given: Sequence[tuple[str, str]],
    folder: str | Path | None = None,
    notebooks: str | Path | None = None,
    jobs: int | None = None,
    language: str = "en",
    executor: Executor | None = None,
    limit: int = LIMIT,
    show: Sequence[str] = (),
) -> int:
    """Run a notebook at every point of a grid; write its tables as one, and how they move.

    slug : str
        Name of the notebook without ending.
    given : sequence of (str, str)
        Parameters, each with its values as `grid.values_of` takes them; along the first that
        has several values the figure runs.
    folder : str or Path
        Where to write; by default `sweeps/SLUG` in the project.
    notebooks, jobs, executor :
        As for `build.write_reports`.
    language : str
        One of `language.LANGUAGES`.
    limit : int
        How many points there may be.
    show : sequence of str
        TABLE:COLUMN of what the figure shows; by default what moves most.

    Returns the exit status: 1 if a point failed, which is told; the others are kept. Raises
    ValueError for what cannot be run, before anything is, and for a column that no table of the
    first point has, before the others are run.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language: wanted {', '.join(LANGUAGES)}; got {quoted(language)}")
    source = _source(slug, paths.as_folder(notebooks, paths.NOTEBOOKS))
    points = _points(source, given, limit)
    sweep = Sweep(source, paths.as_folder(folder, FOLDER / slug).absolute(), language)
    with locked(sweep.folder):
        missing = _missing(sweep, points)
        first = missing[:1] if show else []  # one tells which tables there are
        failed = _run(sweep, first, jobs, executor)
        _check_shown(sweep, [*first, *points], show)
        failed += _run(sweep, missing[len(first) :], jobs, executor)
        with speaking(language):
            _write(sweep, points, show)
    done = f"{len(points) - len(failed)} of {_count(points)}" if failed else _count(points)
    print(f"swept {done}, {len(missing) - len(failed)} of them run now")
    return 1 if failed else 0


def _source(slug: str, notebooks: Path) -> Path:
    """Return the file of a notebook."""
    there = {file.stem: file.absolute() for file in sorted(notebooks.glob("*.ipynb"))}
    if slug not in there:
        raise ValueError(f"no notebook {quoted(slug)} (there are {', '.join(there)})")
    return there[slug]


def _points(source: Path, given: Sequence[tuple[str, str]], limit: int) -> list[dict[str, Any]]:
    """Return the points of the grid, checked against the notebook's parameters."""
    if any(name == "language" for name, _ in given):
        raise ValueError("language: choose it with --language, not as a parameter")
    if not given:
        raise ValueError("no parameter; write -p NAME VALUES, such as -p level 0.8:0.99:0.01")
    try:
        defaults = parameter_defaults(read_notebook(source))
    except (NotebookError, ValueError) as error:
        raise ValueError(f"{source.name}: {error}") from error
    return grid(defaults, given, limit)


def _count(points: Sequence[Any]) -> str:
    return "1 point" if len(points) == 1 else f"{len(points):,} points"


def in_words(point: Mapping[str, Any]) -> str:
    """Return a point as a person calls it.

    >>> in_words({"level": 0.9, "rounding": "half-up"})
    'level 0.9, rounding half-up'
    """
    return ", ".join(f"{name} {value}" for name, value in point.items())


def _missing(sweep: Sweep, points: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the points that are to be run; say how many, and why those that had been run."""
    missing, reasons = [], []
    for point in points:
        results, changed = sweep.kept(point)
        if changed or not results:
            missing.append(point)
            reasons += changed[:1]
    for reason in dict.fromkeys(reasons):
        again = _count(range(reasons.count(reason)))
        print(f"{again} again: {reason}")
    if missing:
        print(f"running {len(missing):,} of {_count(points)}", flush=True)
    return missing


def _run(
    sweep: Sweep,
    missing: Sequence[dict[str, Any]],
    jobs: int | None,
    executor: Executor | None,
) -> list[str]:
    """Run points side by side and keep the results of each as it ends; return those that fail."""
    waiting = {in_words(point): point for point in missing}
    tasks = {
        name: Task(str(sweep.source), point, (sweep.language,)) for name, point in waiting.items()
    }
    failed: list[str] = []
    if tasks:
        sweep.digests.take()
    for name, results in run_all(tasks, jobs, executor, unit="point"):
        made = results[sweep.language]
        if isinstance(made, str):
            failed.append(name)
            _tell(name, made, len(failed))
        else:
            sweep.keep(waiting[name], made)
    if len(failed) > SHOWN:
        print(f"failed: {len(failed)} points in all", file=sys.stderr)
    return failed


def _check_shown(sweep: Sweep, points: Sequence[dict[str, Any]], show: Sequence[str]) -> None:
    """Raise ValueError for a column to show that the first point with results has not."""
    from analysis.report.moves import check_shown

    found = ((point, sweep.kept(point)[0]) for point in points)
    done = next(([each] for each in found if each[1]), None) if show else None
    if done:
        check_shown(recorded(done), show)


def _tell(name: str, message: str, number: int) -> None:
    """Say in one line why a point failed, of the first ones."""
    from tqdm import tqdm

    if number <= SHOWN:
        tqdm.write(f"{name} failed: {brief(message)}", file=sys.stderr)


def _write(sweep: Sweep, points: Sequence[dict[str, Any]], show: Sequence[str]) -> None:
    """Write the tables of all points as one, and the figure of what moves in them."""
    from analysis.report.moves import write_moves

    kept = [(point, *sweep.kept(point)) for point in points]
    done = [(point, results) for point, results, changed in kept if results and not changed]
    if not done:
        return
    table = recorded(done)
    write_whole(sweep.folder / "tables.csv", csv_text(table).encode("utf-8"))
    print(f"{sweep.folder / 'tables.csv'}: {len(table):,} numbers and words")
    write_moves(table, list(points[0]), sweep.source, sweep.folder, show)
