"""Change tables, codebooks, catalogues, settings and surveys at random, and see what is said.

    python benchmarks/mutations.py                     # 10,000 changes
    python benchmarks/mutations.py 500 --seed 3 --only catalogues --jobs 1
    python benchmarks/mutations.py --show tables:1:812  # one of them: what was changed, what came

Each change must be accepted, or end in a message that the project has words for: a line that
names what is wrong (a line a problem for a table). A fault is anything else: an exception that
nobody expected or that comes from Python or a library, a failure without a word, one that does not
name the file that was changed, letters that a terminal obeys, a command that takes more than a
second of the processor.
A line a subject is printed, then each fault by the place that it comes from; the exit status is 1
if there is any.
"""

import argparse
import contextlib
import functools
import io
import linecache
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from analysis import failures, paths  # noqa: E402
from analysis.__main__ import main as command_line  # noqa: E402
from analysis.language.current import GENITIVE, NUMBER_HERE, _Shown  # noqa: E402
from benchmarks.changes import changed, changed_word  # noqa: E402

PATIENCE = 1  # second of the processor
MEMORY = Path("/dev/shm")
LONGEST = 700  # letters of a line
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
OWN = str(ROOT / "src" / "analysis")
SETTINGS = [
    "counts 33.3 --n 103 --rounding half-up",
    "bases 33.3 66.7 --up-to 40 --rounding half-even",
    "interval 33.3 --n 103 --level 0.9 --method wilson --population 5000",
    "ledger --folder {folder} --paper {paper} --verdict reproduced",
    "ledger --folder {folder} --assume slack=0.5 --assume rounding=half-up",
    "ledger --folder {folder} --explain {claim}",
    "numbers {paper} {text} --folder {folder}",
    "tally {answers} --codebook {codebook} -o {out} --small 5 --population 5000 --engine pandas",
    "codebook {answers} -o {out}/new.csv --sheet one",
]
GRIDS = ["level 0.5:0.99:0.01", "method wilson,wald", "n 1:100:1", "level 0.8,0.9"]
CHECKED = ["slack=0.1", "level=0.9", "method=wilson", "rounding=half-up", "n=100", "since=1995"]


@dataclass(frozen=True)
class Outcome:
    """What came of one change: whether it was accepted, and the fault if there is one."""

    subject: str
    number: int
    change: str
    status: int | None
    said: str
    fault: str
    seconds: float


class Watched:
    """What commands printed, how the last one ended, which exceptions they told of.

    Of their seconds, those of the slowest.
    """

    def __init__(self) -> None:
        self.out, self.err = io.StringIO(), io.StringIO()
        self.status: int | None = None
        self.told: list[tuple[BaseException, bool]] = []
        self.seconds = 0.0

    @property
    def said(self) -> str:
        """What a person reads."""
        return self.err.getvalue() + ("" if self.status == 0 else self.out.getvalue())

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Catch all that is said within a `with` block, and count its seconds."""
        tell = failures.tell

        def noted(error: BaseException, advice: str = "", expected: bool = True) -> None:
            self.told.append((error, expected))
            tell(error, advice, expected)

        began = time.process_time()
        failures.tell = noted
        try:
            with contextlib.redirect_stdout(self.out), contextlib.redirect_stderr(self.err):
                yield
        except SystemExit as error:
            self.status = error.code if isinstance(error.code, int) else 2
        except Exception as error:
            self.told.append((error, False))
        finally:
            failures.tell = tell
            self.seconds = max(self.seconds, time.process_time() - began)

    def run(self, words: list[str]) -> None:
        """Do what a command line says."""
        with self.watching():
            self.status = command_line(words)

    def fault(self, names: tuple[str, ...]) -> str:
        """Return what is wrong with how it ended, or nothing; one of the names must be said."""
        for error, expected in self.told:
            if not expected or not worded(error):
                return f"{type(error).__name__} {place_of(error)}: {error}"[:200]
        if self.seconds > PATIENCE:
            return f"slow: {self.seconds:.1f} s"
        if self.status == 0:
            return ""
        if not self.said.strip():
            return "not a word"
        if OBEYED.search(self.said) or "Traceback" in self.said:
            return f"not for a terminal: {self.said[:100]!a}"
        if max(map(len, self.said.splitlines())) > LONGEST:
            return "a line without end"
        return "" if not names or any(name in self.said for name in names) else "names no file"


def worded(error: BaseException) -> bool:
    """Say whether the words of an error are the project's: it is raised there, by `raise`."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    if isinstance(error, OSError) and error.filename:
        return True
    if not last or not last[0].filename.startswith(OWN):
        return False
    first = last[0].lineno or 1
    return linecache.getline(last[0].filename, first).lstrip().startswith("raise")


def place_of(error: BaseException) -> str:
    """Return the innermost line of the project that an error passed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if each.filename.startswith(OWN)] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "nowhere"


class Case:
    """A place to work in, and the chance that decides what is changed."""

    def __init__(self, subject: str, seed: int, number: int, place: Path) -> None:
        self.place = place
        self.chance = random.Random(f"{subject} {seed} {number}")
        self.done, self.names, self.watched = "", (), Watched()

    def change(self, file: Path) -> None:
        """Change a file, and remember what was done to it; its name is to be said."""
        kind, content = changed(file.read_bytes(), file.name, self.chance)
        self.done, self.names = f"{kind} {file.name}", (file.name, file.stem)
        file.unlink()
        file.write_bytes(content)

    @contextlib.contextmanager
    def checking(self) -> Iterator[None]:
        """Tell what is wrong within a `with` block as the command line does."""
        with self.watched.watching():
            self.watched.status = 2
            try:
                yield
                self.watched.status = 0
            except (ValueError, TypeError, OSError) as error:
                failures.tell(error)

    def document(self) -> Path:
        """Return a copy of the folder of a document, beside those whose claims it points to."""
        without = shutil.ignore_patterns("double-entry", "*.po")
        chosen = self.chance.choice(documents())
        for name in together(chosen):
            shutil.copytree(paths.RAW / name, self.place / "raw" / name, ignore=without)
        return self.place / "raw" / chosen


@functools.cache
def documents() -> list[str]:
    """Return the names of the documents."""
    return sorted(each.parent.name for each in paths.RAW.glob("*/document.yml"))


@functools.cache
def together(name: str) -> set[str]:
    """Return a document and all that its claims point to, or the claims of these."""
    found, waiting = set(), {name}
    while waiting:
        found |= (now := waiting)
        texts = " ".join((paths.RAW / each / "claims.csv").read_text("utf-8") for each in now)
        waiting = {each for each in documents() if f"{each}-" in texts} - found
    return found


def tables(case: Case) -> None:
    """A table of a document: checked, and where it passes, judged."""
    folder = case.document()
    case.change(case.chance.choice(sorted(folder.glob("*.csv"))))
    validate_and_judge(case, folder.parent)


def codebooks(case: Case) -> None:
    """The description of a document, of its tables, or of those that all documents have."""
    folder = case.document()
    if case.chance.random() < 0.2:
        common_codebook(case, folder.parent)
        return
    case.change(case.chance.choice(sorted(folder.glob("*.yml"))))
    case.names = (".yml", ".csv")  # what a table may not have, is said of the table
    validate_and_judge(case, folder.parent)


def common_codebook(case: Case, folder: Path) -> None:
    """What the library itself says of tables; as it was afterwards."""
    from analysis.data import codebook, collection

    known, caches = codebook.COMMON, (codebook.common, codebook.standard_tables)
    codebook.COMMON = Path(shutil.copy(known, case.place))
    case.change(codebook.COMMON)
    case.names = (".yml", ".csv")
    try:
        for each in caches:
            each.cache_clear()
        validate_and_judge(case, folder)
    finally:
        codebook.COMMON = known
        for each in (*caches, collection._cached_codebook, collection._cached_document):
            each.cache_clear()


def validate_and_judge(case: Case, folder: Path) -> None:
    """Check a folder; where nothing is found, its ledger must come."""
    case.watched.run(["validate", str(folder)])
    if case.watched.status == 0:
        case.watched.run(["ledger", "--folder", str(folder), "--json"])
        case.names = ()


def catalogues(case: Case) -> None:
    """A translation: read, and each of its messages filled as the library fills it."""
    from analysis.language.current import in_language, messages_of, speaking

    sources = sorted([*paths.RAW.glob("*/locale/*.po"), *paths.LOCALE.glob("*/*/*.po")])
    source = case.chance.choice(sources)
    language = source.stem if source.parent.name == "locale" else source.parts[-3]
    file = case.place / "locale" / f"{language}.po"
    file.parent.mkdir()
    shutil.copy(source, file)
    case.change(file)
    with speaking(language), case.checking():
        in_language("a text", file.parent)
        fill(messages_of(file), source)


@functools.cache
def templates_of(source: Path) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Return the messages of a catalogue that a program fills in, with their kind and values."""
    from babel.messages.pofile import read_po

    found = []
    for message in read_po(io.BytesIO(source.read_bytes())):
        one = message.id if isinstance(message.id, str) else message.id[0]
        fields = [] if "%(" in one else [each for each in Formatter().parse(one) if each[1]]
        found.append(
            (one, message.context, {name: 3 if spec else "x" for _, name, spec, _ in fields})
        )
    return found[1:]  # the first is the head of the file


def fill(messages: Any, source: Path) -> None:
    """Look up and fill each message that the unchanged catalogue has."""
    for one, context, values in templates_of(source):
        text = messages.pgettext(context, one) if context else messages.gettext(one)
        if values:
            text = text.replace(GENITIVE, NUMBER_HERE)
            text.format(**{name: _Shown(value) for name, value in values.items()})


def settings(case: Case) -> None:
    """One word of a command."""
    folder = paths.RAW / "nched"
    answers = paths.ROOT / "data" / "examples" / "study-abroad"
    known = {
        "folder": folder,
        "paper": "nched",
        "claim": "nched-conventions",
        "text": folder / "claims.csv",
        "answers": answers / "invented-responses.csv",
        "codebook": answers / "codebook.csv",
        "out": case.place / "out",
    }
    if case.chance.random() < 0.3:
        return case.chance.choice([parameters, grids])(case)
    words = [word.format(**known) for word in case.chance.choice(SETTINGS).split()]
    place = case.chance.randrange(1, len(words))
    words[place] = changed_word(words[place], case.chance) or "x"  # nothing means all documents
    case.done = " ".join(words)
    case.watched.run(words)
    return None


def parameters(case: Case) -> None:
    """A parameter of the notebooks, checked as a run checks it before it starts."""
    from analysis.__main__ import pairs
    from analysis.report.choice import chosen_of, settings_of, sources_in

    case.done = changed_word(case.chance.choice(CHECKED), case.chance)
    with case.checking():
        sources = sources_in(paths.NOTEBOOKS)
        settings_of(sources, chosen_of(sources, []), pairs([case.done], "param"))


def grids(case: Case) -> None:
    """The values of a sweep, checked as it checks them before it starts."""
    from analysis.report.sweep import _points, _source

    name, values = case.chance.choice(GRIDS).split()
    name, values = case.chance.choice(
        [(name, changed_word(values, case.chance)), (changed_word(name, case.chance), values)]
    )
    case.done = f"{name} {values}"
    with case.checking():
        slug = sorted(paths.NOTEBOOKS.glob("*.ipynb"))[1].stem
        _points(_source(slug, paths.NOTEBOOKS), [(name, values)], limit=1000)


def surveys(case: Case) -> None:
    """The answers of a survey of one's own, as CSV or as a workbook, or its codebook."""
    source = paths.ROOT / "data" / "examples" / "study-abroad"
    folder = Path(shutil.copytree(source, case.place / "mine"))
    answers, book = folder / "invented-responses.csv", folder / "codebook.csv"
    if case.chance.random() < 0.3:
        answers = workbook_of(answers)
    case.change(case.chance.choice([answers, answers, book]))
    draft = folder / "draft.csv"
    if case.chance.random() < 0.5:
        case.watched.run(["codebook", str(answers), "-o", str(draft)])
    else:
        words = ["tally", str(answers), "--codebook", str(book), "-o", str(case.place / "out")]
        case.watched.run(words)


def workbook_of(answers: Path) -> Path:
    """Return the same answers as a workbook."""
    import pandas as pd

    file = answers.with_suffix(".xlsx")
    pd.read_csv(answers, dtype=str, keep_default_na=False).to_excel(file, index=False)
    return file


SUBJECTS = {each.__name__: each for each in (tables, codebooks, catalogues, settings, surveys)}


def outcome(subject: str, seed: int, number: int) -> Outcome:
    """Make one change and return what came of it."""
    paths.CACHE = None  # results of changed files are of no use to anybody
    with tempfile.TemporaryDirectory(prefix="mutation-", dir=shared_memory()) as place:
        case = Case(subject, seed, number, Path(place).resolve())
        with contextlib.chdir(place):  # for what is written where one stands
            SUBJECTS[subject](case)
        watched = case.watched
        fault, said = watched.fault(case.names), watched.said.replace(place, "")
        return Outcome(subject, number, case.done, watched.status, said, fault, watched.seconds)


def shared_memory() -> str | None:
    """Return the folder of a disk in memory, where there is one."""
    return str(MEMORY) if MEMORY.is_dir() else None


def warm_up() -> None:
    """Load in a process all that the subjects load, so that no change is charged for it."""
    for subject in SUBJECTS:
        outcome(subject, 0, 0)


def outcomes(names: list[str], number: int, seed: int, jobs: int) -> Iterator[Outcome]:
    """Yield what came of so many changes, of all subjects in turn."""
    tasks = [(names[each % len(names)], seed, each) for each in range(number)]
    if jobs == 1:
        warm_up()
        yield from map(outcome, *zip(*tasks, strict=True))
        return
    with ProcessPoolExecutor(jobs, initializer=warm_up) as pool:
        yield from pool.map(outcome, *zip(*tasks, strict=True), chunksize=10)


def told(found: list[Outcome], seed: int) -> bool:
    """Print a line a subject and the faults; return whether there are none."""
    by_subject: dict[str, list[Outcome]] = defaultdict(list)
    for each in found:
        by_subject[each.subject].append(each)
    print(f"{'subject':12}{'changes':>9}{'accepted':>10}{'refused':>9}{'faults':>8}{'slowest':>9}")
    for subject, each in by_subject.items():
        accepted = sum(one.status == 0 and not one.fault for one in each)
        faults = sum(bool(one.fault) for one in each)
        refused = len(each) - accepted - faults
        slowest = max(one.seconds for one in each)
        line = f"{subject:12}{len(each):9,}{accepted:10,}{refused:9,}{faults:8,}{slowest:8.2f} s"
        print(line)
    faults: Counter[str] = Counter()
    first: dict[str, str] = {}
    for each in (each for each in found if each.fault):
        key = re.sub(r"0x\w+|(?<!:)\b[0-9.-]+|'[^']*'", "_", f"{each.subject}: {each.fault[:90]}")
        faults[key] += 1
        first.setdefault(key, f"{each.subject}:{seed}:{each.number} ({each.change[:120]})")
    for key, times in faults.most_common():
        print(f"{times:5}  {key}\n       {first[key]!a}")
    return not faults


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", nargs="+", default=list(SUBJECTS), choices=list(SUBJECTS))
    parser.add_argument("--show", metavar="SUBJECT:SEED:NUMBER")
    asked = parser.parse_args()
    if asked.show:
        subject, seed, number = asked.show.split(":")
        warm_up()
        print(outcome(subject, int(seed), int(number)))
        return 0
    found = outcomes(asked.only, asked.number, asked.seed, asked.jobs)
    return 0 if told(list(tqdm(found, total=asked.number, disable=None)), asked.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
