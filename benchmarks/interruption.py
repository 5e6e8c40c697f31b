"""Kill set-up, run, site and PDF at random moments, fill disks, and look at what is left.

    python benchmarks/interruption.py                  # 200 kills, every limit, every small disk
    python benchmarks/interruption.py --kills 20 --set-up 0 --seed 3

What is killed is a copy of the project with one document, its notebook and its site: the same steps
in a third of the time. A kill with the run after it takes ten seconds or more; Ctrl-C ends early,
with the figures so far.

The command is killed with SIGKILL, alone: what it has started must end by itself. After each
kill no process may stay for more than five seconds, and every file of the report must be as it
was or as it will be; then the same command is run again and has to leave the bytes of a run that
nobody disturbed, and nothing in the temporary folder. A limit on the size of files (RLIMIT_FSIZE)
and a full disk (tmpfs, for root only) must end the command with an exit status and a line that
says what happened. One line a kind is printed; the exit status is 1 if anything was left or lost.

The set-up takes the packages from the cache of uv if they are there, else from the network.
"""

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    *(".git", ".venv*", "processed", "reports", "__pycache__", ".*_cache", ".cache", ".hypothesis")
)
DOCUMENT = "nched"  # what is left in the copy
PATIENCE = 5  # seconds that a process may outlive the command
LIMITS = [0, 4_096, 65_536, 262_144, 1_048_576]  # bytes that a file may have
DISKS = ["256k", "2m", "6m"]
SITE = ("*.html", "*.pdf", ".site.json")  # what is taken away so that the site is made anew
ENDS = {
    ".html": (b"</html>",),
    ".svg": (b"</svg>",),
    ".png": (b"IEND\xaeB`\x82",),
    ".pdf": (b"%%EOF",),
    ".json": (b"}", b"]"),
}
WIDTHS = {
    "kind": 16,
    "tried": 7,
    "ended": 7,
    "damaged": 9,
    "processes": 11,
    "folders": 9,
    "lost": 6,
}


@dataclass
class Project:
    """A copy of the project, with a report and a temporary folder of its own."""

    work: Path
    notebook: str
    mark: int = 0
    stayed: list[str] = field(default_factory=list)
    tally: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def copy(self) -> Path:
        """Return the folder of the copy."""
        return self.work / "project"

    def place(self, name: str) -> Path:
        """Return a folder beside the copy, made if it is not there."""
        (self.work / name).mkdir(exist_ok=True)
        return self.work / name

    def start(self, words: list[str], before: Callable[[], None] | None = None, **env: str):
        """Start a command in the copy; its processes can be told by a mark."""
        self.mark += 1
        told = {
            "PYTHONPATH": str(self.copy / "src"),
            "TMPDIR": str(self.place("tmp")),
            "INTERRUPTED": str(self.mark),
        }
        return subprocess.Popen(
            words,
            cwd=self.copy,
            env={**os.environ, **told, **env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=before,
        )

    def reports(self, folder: Path, before: Callable[[], None] | None = None, **env: str):
        """Start `analysis reports` of one notebook into a folder."""
        words = [sys.executable, "-m", "analysis", "reports", "--only", self.notebook]
        return self.start([*words, "--output", str(folder)], before, **env)

    def processes(self) -> list[int]:
        """Return the processes of the last command that are still there."""
        wanted, found = f"INTERRUPTED={self.mark}\0".encode(), []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if wanted in (place / "environ").read_bytes() and place.name != str(os.getpid()):
                    found.append(int(place.name))
            except OSError:
                continue
        return found

    def outlived(self) -> int:
        """Return how many processes outlive the command by more than some seconds."""
        end = time.monotonic() + PATIENCE
        while (left := self.processes()) and time.monotonic() < end:
            time.sleep(0.1)
        return len(left)

    def left_behind(self, kind: str) -> int:
        """Return how much stays in the temporary folder; note its names, and take it away."""
        left = sorted(self.place("tmp").iterdir())
        for each in left:
            inside = sorted(file.name for file in each.iterdir()) if each.is_dir() else []
            self.stayed.append(f"{kind}: {each.name} {', '.join(inside[:5])}")
        emptied(self.place("tmp"))
        return len(left)

    def count(self, kind: str, **found: int) -> None:
        """Add to the line of a kind."""
        self.tally.setdefault(kind, Counter()).update(tried=1, **found)


def shrink(copy: Path) -> str:
    """Take all documents but one and their notebooks out of a copy; return the notebook left."""
    for folder in {file.parent for file in (copy / "data" / "raw").glob("*/document.yml")}:
        if folder.name != DOCUMENT:
            shutil.rmtree(folder)
    (notebook,) = (copy / "notebooks").glob(f"*-{DOCUMENT}-*.ipynb")
    for other in (copy / "notebooks").glob("*.ipynb"):
        if other != notebook:
            other.unlink()
    return notebook.stem


def contents(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a report, without what is the build's own."""
    return {
        str(name): hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (file.relative_to(folder) for file in sorted(folder.rglob("*")))
        if (folder / name).is_file() and not any(part.startswith(".") for part in name.parts)
    }


def damaged(folder: Path, whole: dict[str, str]) -> int:
    """Return how many files are neither missing nor as a run that nobody disturbs leaves them."""
    return sum(whole.get(name) != digest for name, digest in contents(folder).items())


def torn(folder: Path) -> int:
    """Return how many pages and pictures do not end as such files do."""
    return sum(
        not file.read_bytes().rstrip().endswith(ENDS[file.suffix])
        for file in map(folder.joinpath, contents(folder))
        if file.suffix in ENDS
    )


def emptied(folder: Path) -> Path:
    """Return a folder with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def finish(project: Project, kind: str, folder: Path, whole: dict[str, str], **found: int) -> None:
    """Run once more, undisturbed, and count what is lost and which folders stay."""
    code = project.reports(folder).wait()
    lost = int(code != 0 or contents(folder) != whole)
    project.count(kind, lost=lost, folders=project.left_behind(kind), **found)


def kill_report(project: Project, kind: str, folder: Path, whole: dict[str, str], after: float):
    """Kill a run after some seconds, and look at what it left and at the next one."""
    run = project.reports(folder)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    ended = int(run.wait() != 0)
    left = project.outlived()
    hurt = damaged(folder, whole)
    finish(project, kind, folder, whole, ended=ended, processes=left, damaged=hurt)


def start_set_up(project: Project, folder: Path):
    """Start a set-up of an environment in a folder."""
    return project.start([sys.executable, "install.py"], COMPENDIUM_VENV=str(folder))


def kill_set_ups(project: Project, number: int, moments: random.Random) -> None:
    """Set up once, undisturbed, to know how long it takes; then kill so many."""
    folder = project.work / "environment"
    began = time.monotonic()
    assert not number or start_set_up(project, folder).wait() == 0, "the undisturbed set-up failed"
    taken = time.monotonic() - began
    shutil.rmtree(folder, ignore_errors=True)
    for _ in tqdm(range(number), desc="set-up", disable=None):
        kill_set_up(project, folder, moments.uniform(0, taken))


def kill_set_up(project: Project, folder: Path, after: float) -> None:
    """Kill a set-up after some seconds; the next one must leave a working environment."""
    run = start_set_up(project, folder)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    ended, left = int(run.wait() != 0), project.outlived()
    code = start_set_up(project, folder).wait()
    works = subprocess.run([folder / "bin" / "python", "-c", "import analysis, papermill"])
    beside = [file.name for file in project.work.glob("environment?*")]
    stays = len([name for name in beside if not name.endswith(".lock")])
    stays += project.left_behind("set-up")
    lost = int(code != 0 or works.returncode != 0)
    project.count("set-up", ended=ended, processes=left, lost=lost, folders=stays)
    shutil.rmtree(folder, ignore_errors=True)


def limit_files(size: int) -> Callable[[], None]:
    """Return what a process does before it starts, so that no file grows over a size."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def refused(project: Project, run, folder: Path, whole: dict[str, str]) -> dict[str, int]:
    """Return what a run that had no room left: it has to end by itself and to say so."""
    said = run.communicate()[1]
    if run.returncode == 0:  # there was room enough
        hurt = damaged(folder, whole)
    else:  # pages may say that a notebook failed, and are whole
        hurt = torn(folder) + int("Traceback" in said or not said.strip())
    ended = int(run.returncode != 0)
    return {"ended": ended, "processes": project.outlived(), "damaged": hurt}


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Put a disk of a size in the place of a folder; on the way out there is room again."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def without_site(folder: Path, project: Project) -> Path:
    """Return a copy of a report whose pages are still to be made."""
    target = project.work / "site"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    for pattern in SITE:
        for file in target.rglob(pattern):
            file.unlink()
    return target


def interrupt(project: Project, asked: argparse.Namespace) -> None:
    """Do everything once, undisturbed, and then with kills, limits and small disks."""
    moments = random.Random(asked.seed)
    known, began = project.place("undisturbed"), time.monotonic()
    assert project.reports(known).wait() == 0, "the undisturbed run failed"
    whole, taken = contents(known), time.monotonic() - began
    began, again = time.monotonic(), without_site(known, project)
    assert project.reports(again).wait() == 0 and contents(again) == whole
    site = time.monotonic() - began
    print(f"{len(whole)} files; undisturbed {taken:.1f} s, of these the site {site:.1f} s")
    for number in tqdm(range(asked.kills), desc="kills", disable=None):
        if number % 2:
            folder = without_site(known, project)
            kill_report(project, "site and PDF", folder, whole, moments.uniform(0, site))
        else:
            folder = emptied(project.place("report"))
            kill_report(project, "run", folder, whole, moments.uniform(0, taken))
    kill_set_ups(project, asked.set_up, moments)
    for size in asked.limits:
        folder = emptied(project.place("report"))
        run = project.reports(folder, limit_files(size))
        found = refused(project, run, folder, whole)
        finish(project, "size of files", folder, whole, **found)
    fill_disks(project, asked.disks, whole)


def fill_disks(project: Project, sizes: list[str], whole: dict[str, str]) -> None:
    """Run into small disks, and with small temporary ones."""
    if os.geteuid():
        print("full disks: not tried, only root can mount one")
        return
    for size in sizes:
        folder = emptied(project.place("report"))
        with small_disk(folder, size):
            run = project.reports(folder)
            found = refused(project, run, folder, whole)
            subprocess.run(["mount", "-o", "remount,size=1g", folder], check=True)
            finish(project, "full disk", folder, whole, **found)
        folder = emptied(project.place("report"))
        with small_disk(project.place("small"), size) as small:
            run = project.reports(folder, TMPDIR=str(small))
            found = refused(project, run, folder, whole)
        finish(project, "full temporary", folder, whole, **found)


def told(tally: dict[str, Counter[str]]) -> bool:
    """Print a line a kind; return whether nothing was left, damaged or lost."""
    print("".join(name.rjust(width) for name, width in WIDTHS.items()))
    for kind, found in tally.items():
        line = [kind, *(found[name] for name in WIDTHS if name != "kind")]
        print(
            "".join(
                str(each).rjust(width) for each, width in zip(line, WIDTHS.values(), strict=True)
            )
        )
    wrong = ("damaged", "processes", "folders", "lost")
    return not any(found[name] for found in tally.values() for name in wrong)


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=190, help="of run, site and PDF")
    parser.add_argument("--set-up", type=int, default=10, help="kills of the set-up")
    parser.add_argument("--limits", type=int, nargs="*", default=LIMITS, metavar="BYTES")
    parser.add_argument("--disks", nargs="*", default=DISKS, metavar="SIZE")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="interruption-") as work:
        shutil.copytree(ROOT, Path(work) / "project", ignore=LEFT_OUT)
        project = Project(Path(work), shrink(Path(work) / "project"))
        with suppress(KeyboardInterrupt):
            interrupt(project, asked)
        well = told(project.tally)
        print(*dict.fromkeys(project.stayed), sep="\n")
        return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
