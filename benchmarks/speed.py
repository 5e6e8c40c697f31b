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
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from copied import CLEAN, CLIENTS, CONVERT, FLOOR, HERE, LOOP, PLOOMBER, SWEEP, Bench, Failed
from ratios import LONGER, Aim, Line, Row, head, line_of, shown, write_csv
from spans import phases, report, watch

ALONE = "notebooks alone"
ROWS = (
    Row("papermill", ALONE, "ours", LOOP, aim=Aim(8)),
    Row("nbclient", ALONE, "ours", CLIENTS),
    Row("nbconvert", ALONE, "ours", CONVERT),
    Row("ploomber", ALONE, "ours", PLOOMBER),
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
        *("ours", FLOOR, LOOP, CLIENTS, CONVERT, PLOOMBER),
        *("languages", CLEAN, "no-op", "notebook", "table"),
    ),
    ("sweep", SWEEP),
)
NAMES = [*(row.name for row in ROWS), "copies", "library"]


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


def lines(
    bench: Bench, names: Sequence[str], rounds: int, quick: bool, whole: bool = False
) -> Iterator[Line]:
    """Yield the lines of the table, those of a group when all its rounds are done.

    The aims are for the `whole` of the notebooks, and stand in its table only.
    """
    rows = [row if whole else row._replace(aim=None) for row in ROWS if row.name in names]
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
    found = in_turn({name: lambda n=n: bench.many(n) for name, n in names.items()}, rounds)
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
        whole = not (args.quick or args.only)
        try:
            for line in lines(bench, args.rows, args.rounds, args.quick, whole):
                made.append(line)
                print(shown(line), flush=True)
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)
        print("", head(), *map(shown, made), "", *bench.notes.values(), sep="\n")
        write_csv(args.csv, made)


if __name__ == "__main__":
    main()
