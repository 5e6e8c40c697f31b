"""Print what it takes to count a survey of 10^3 to 10^7 respondents with each engine.

Run: make bench ROWS=survey, or python benchmarks/survey.py [--people 1000 10000000]
[--engines DuckDB pandas] [--rounds 3]. An invented file of twenty questions (fourteen with one of
five answers, three with any of eight in one cell, two scales, a number) is written into a temporary
folder; every line of the table is a process of its own that reads it and counts every question.

"by hand" is SQL written for this file: the file read once by DuckDB into a database on the disk,
then a query a question. The others are the library's own way through the codebook, and have to
count the same people. Seconds are those after the start (imports, Spark's Java); memory is the
highest of the process and of those that it started, in MB. Aims: DuckDB within twice the time by
hand, and under 2,000 MB.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

HAND, OURS = "by hand", "DuckDB"
SIZES = [10**power for power in range(3, 8)]
SAID = [
    "strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree",
]  # fmt: skip
WHY = ["time", "money", "language", "family", "visa", "recognition", "information", "health"]
SINGLE = [f"single{number}" for number in range(1, 15)]
MULTIPLE = [f"multiple{number}" for number in range(1, 4)]
SCALE = ["scale1", "scale2"]
COLUMNS = ["respondent", *SINGLE, *MULTIPLE, *SCALE, "age"]
TIMES, RATIO, MEMORY = "twice the time by hand", 2, 2000
WIDTHS = {"people": 12, "engine": 10, "start": 8, "read": 8, "count": 8, "ratio": 8, "MB": 8}


class Taken(NamedTuple):
    """What one process took: seconds and MB, and the people that it counted."""

    start: float
    read: float
    count: float
    memory: float
    people: list[int]

    @property
    def seconds(self) -> float:
        """What is compared: all but the start."""
        return self.read + self.count


def write_answers(file: Path, people: int) -> None:
    """Write the invented answers, always the same for a number of people."""
    import duckdb

    def chance(place: int, of: int) -> str:
        return f"(hash(range * 64 + {place}) % {of})"

    cells = ["range + 1"]
    cells += [f"list_extract({SAID}, 1 + {chance(place, 5)}::INT)" for place in range(14)]
    for first in (20, 28, 36):
        chosen = [
            f"CASE WHEN {chance(first + n, 3)} = 0 THEN '{why}' END" for n, why in enumerate(WHY)
        ]
        cells.append(f"concat_ws(';', {', '.join(chosen)})")
    cells += [f"1 + {chance(place, 7)}" for place in (50, 51)]
    cells.append(f"17 + {chance(55, 50)}")
    named = ", ".join(f"{cell} AS {name}" for cell, name in zip(cells, COLUMNS, strict=True))
    duckdb.execute(f"COPY (SELECT {named} FROM range({people})) TO '{file}' (HEADER)")


def codebook() -> Any:
    """Return the codebook of the invented answers."""
    from analysis.responses.codebook import Codebook, Entry

    points = tuple(map(str, range(1, 8)))
    entries = [Entry(name, (name,), "single", options=tuple(SAID)) for name in SINGLE]
    entries += [Entry(name, (name,), "multiple", ";", tuple(WHY)) for name in MULTIPLE]
    entries += [Entry(name, (name,), "scale", options=points) for name in SCALE]
    return Codebook((*entries, Entry("age", ("age",), "number")))


def by_hand(file: Path, folder: Path) -> Iterator[list[int]]:
    """Read the file, then count, in SQL: yield nothing, then the people of each option."""
    import duckdb

    database = duckdb.connect(str(folder / "hand.duckdb"))
    database.execute(f"CREATE TABLE answers AS FROM read_csv('{file}', all_varchar = true)")
    yield []
    found: dict[str, dict[str, int]] = {}
    for name in COLUMNS[1:]:
        source = "answers"
        if name in MULTIPLE:
            source = f"(SELECT unnest(string_split({name}, ';')) AS {name} FROM answers)"
        counts = database.sql(f"SELECT {name}, count(*) FROM {source} GROUP BY {name}")
        found[name] = dict(counts.fetchall())
    yield [
        *(found[name][said] for name in SINGLE for said in SAID),
        *(found[name][why] for name in MULTIPLE for why in WHY),
        *(found[name][str(point)] for name in SCALE for point in range(1, 8)),
        sum(found["age"].values()),
    ]


def by_library(read: Callable[[Path], Any], file: Path) -> Iterator[list[int]]:
    """Read the file, then count, by the codebook: yield nothing, then the people."""
    from analysis.responses.answers import Responses
    from analysis.survey.own import Answers

    answers = Answers(Responses(read(file)), codebook())
    yield []
    tallies = [answers.tally(entry.question) for entry in answers.codebook]
    people = [int(tally.people(n)) for tally in tallies for n in range(len(tally.entry.options))]
    yield [*people, tallies[-1].base]


def of_pandas(file: Path) -> Any:
    """Return the answers as a frame of pandas."""
    import pandas as pd

    return pd.read_csv(file, dtype="str", keep_default_na=False)


def of_polars(file: Path) -> Any:
    """Return the answers as a frame of Polars."""
    import polars as pl

    return pl.read_csv(file, infer_schema=False)


def of_duckdb(file: Path) -> Any:
    """Return the answers as the library itself reads large files."""
    from analysis.responses.engines import open_large
    from analysis.responses.files.layout import Layout

    return open_large(file, Layout("utf-8", ",", tuple(COLUMNS), 2))[0]


def of_spark(file: Path) -> Any:
    """Return the answers as the library reads them with Spark, on the cores of this machine."""
    from analysis.responses.engines import open_spark
    from analysis.responses.files.layout import Layout

    return open_spark(file, Layout("utf-8", ",", tuple(COLUMNS), 2), "local[*]")[0]


ENGINES = {OURS: of_duckdb, "pandas": of_pandas, "Polars": of_polars, "Spark": of_spark}


def make_ready(engine: str) -> None:
    """Import what an engine needs; start Spark."""
    import duckdb
    import narwhals
    import pandas as pd

    import analysis.survey.own
    from analysis.responses.engines.cluster import _session

    ready = [duckdb, narwhals, pd, analysis]
    if engine == "Polars":
        import polars as pl

        ready.append(pl)
    if engine == "Spark":
        ready.append(_session("local[*]"))


def measured(engine: str, file: Path, folder: Path) -> Taken:
    """Read and count in this process."""
    moments = [time.perf_counter()]
    make_ready(engine)
    moments.append(time.perf_counter())
    steps = by_hand(file, folder) if engine == HAND else by_library(ENGINES[engine], file)
    found = []
    for people in steps:
        moments.append(time.perf_counter())
        found += people
    seconds = [after - before for before, after in pairwise(moments)]
    return Taken(*seconds, highest(), found)


def highest() -> float:
    """Return the most memory that this process and those it started had, each, in MB."""
    import psutil

    own = psutil.Process()
    total = 0
    for process in (own, *own.children(recursive=True)):
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
        kilobytes = status.partition("VmHWM:")[2].split()  # none of a process that has ended
        total += int(kilobytes[0]) if kilobytes else 0
    return total / 1000


def apart(engine: str, file: Path, folder: Path) -> Taken | str:
    """Measure in a process of its own; return why it could not be done if it failed."""
    words = [sys.executable, __file__, "--one", engine, str(file), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1][:200]
    return Taken(*json.loads(done.stdout.splitlines()[-1]))


def lines(people: int, engines: Sequence[str], rounds: int) -> Iterator[str]:
    """Yield the lines of the table for a number of people."""
    with tempfile.TemporaryDirectory(prefix="bench-survey-") as name:
        folder = Path(name)
        file = folder / "answers.csv"
        write_answers(file, people)
        found: dict[str, list[Taken | str]] = {engine: [] for engine in (HAND, *engines)}
        for _ in range(rounds):
            for engine, taken in found.items():
                taken.append(apart(engine, file, folder))
                (folder / "hand.duckdb").unlink(missing_ok=True)
        for engine, taken in found.items():
            yield line(people, engine, taken, found[HAND])


def line(
    people: int, engine: str, taken: Sequence[Taken | str], hand: Sequence[Taken | str]
) -> str:
    """Return a line of the table: medians of the rounds, the ratio that of each round."""
    failed = [each for each in (*taken, *hand) if isinstance(each, str)]
    if failed:
        return row(f"{people:,}", engine, failed[0])
    if any(each.people != hand[0].people for each in taken):
        return row(f"{people:,}", engine, "counts other people than by hand")
    parts = [f"{median(each):.2f}" for each in list(zip(*taken, strict=True))[:3]]
    ratio = median(a.seconds / b.seconds for a, b in zip(taken, hand, strict=True))
    memory = max(each.memory for each in taken)
    met = ratio <= RATIO and memory < MEMORY
    aim = ("met" if met else "not met") if engine == OURS and people == max(SIZES) else ""
    said = f"  aim of {TIMES} and {MEMORY:,} MB: {aim}" if aim else ""
    return row(f"{people:,}", engine, *parts, f"{ratio:.2f}", f"{memory:,.0f}") + said


def row(*cells: str) -> str:
    """Return cells under their headings."""
    widths = [*WIDTHS.values(), *[1] * len(cells)]
    return " ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=False))


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", nargs="+", type=int, default=SIZES, metavar="N")
    parser.add_argument("--engines", nargs="+", default=[*ENGINES], choices=[*ENGINES])
    parser.add_argument("--rounds", type=int, default=1, metavar="N")
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "FILE", "FOLDER"))
    return parser.parse_args()


def main() -> None:
    """Print the table, each size when it is measured."""
    args = arguments()
    if args.one:
        engine, file, folder = args.one
        print(json.dumps(measured(engine, Path(file), Path(folder))))
        return
    print(row(*WIDTHS), flush=True)
    for people in args.people:
        for each in lines(people, args.engines, args.rounds):
            print(each, flush=True)


if __name__ == "__main__":
    main()
