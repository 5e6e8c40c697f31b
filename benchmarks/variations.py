"""Build the report under the variations of reprotest, and compare it with the published list.

    python benchmarks/variations.py                        # all that this machine can do
    python benchmarks/variations.py --only locales umask --report "--only 12-nched-conventions"

Each of the fourteen things that reprotest varies (https://reproducible-builds.org/tools) is varied
alone, in a copy of the project, and so are four more that matter to Python. Every file of the
report must have the SHA-256 of `codecheck.sha256`; with `--report`, of a report that was built so
without a variation. One line each is printed as it ends; what a machine has no tool for is named.
The exit status is 1 if any byte differs.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from analysis.report.verify import digest, files_of, read_digests  # noqa: E402
from benchmarks.copied import LEFT_OUT  # noqa: E402

NOBODY = 65534
PATIENCE = 1200  # seconds
LOCALES = ["tr_TR.UTF-8", "kk_KZ.UTF-8", "C"]
ANOTHER_PATH = "an other/тақырып"


@dataclass
class Variation:
    """What is different: words before the command, variables, the folder, or the disk.

    needs : tuple of str
        Commands without which it cannot be tried.
    root : bool
        Whether only root can.
    prepare : function
        Given the folder of the copy, does what has to be done to it; returns variables.
    """

    words: str = ""
    env: dict[str, str] = field(default_factory=dict)
    place: str = "project"
    needs: tuple[str, ...] = ()
    root: bool = False
    prepare: Callable[[Path], dict[str, str]] = lambda copy: {}

    def missing(self) -> str:
        """Return why this machine cannot try it, or nothing."""
        if lacking := [each for each in self.needs if not shutil.which(each)]:
            return f"no {', '.join(lacking)} here"
        return "only root can" if self.root and os.geteuid() else ""


def own_locale(name: str) -> Callable[[Path], dict[str, str]]:
    """Return what makes a locale for one run."""

    def made(copy: Path) -> dict[str, str]:
        folder = copy.parent / "locales"
        folder.mkdir(exist_ok=True)
        language, _, charset = name.partition(".")
        words = ["localedef", "-i", language, "-f", charset, str(folder / name)]
        subprocess.run(words, check=True, capture_output=True)
        return {"LOCPATH": str(folder)}

    return made if "." in name else lambda copy: {}


def empty_folder(name: str, variable: str) -> Callable[[Path], dict[str, str]]:
    """Return what makes a new folder the value of a variable."""

    def made(copy: Path) -> dict[str, str]:
        (copy.parent / name).mkdir()
        return {variable: str(copy.parent / name)}

    return made


def of_nobody(copy: Path) -> dict[str, str]:
    """Give the copy to the user nobody."""
    subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(copy.parent)], check=True)
    return {"HOME": str(copy.parent), "TMPDIR": str(copy.parent)}


VARIATIONS = {
    "address space": Variation("setarch -R", needs=("setarch",)),
    "build path": Variation(place=ANOTHER_PATH),
    "domain and host": Variation(
        "unshare --uts sh -c 'hostname elsewhere && exec \"$@\"' -", needs=("unshare",), root=True
    ),
    "environment": Variation(env={f"VARIABLE_{n}": "é" * n for n in range(1, 50)}),
    "execution path": Variation(prepare=empty_folder("programs", "PATH_FIRST")),
    "order of files": Variation(needs=("disorderfs", "fusermount"), root=True),
    "home": Variation(prepare=empty_folder("nobody's home", "HOME")),
    "kernel": Variation("setarch --uname-2.6", needs=("setarch",)),
    **{
        f"locale {name}": Variation(
            env={"LC_ALL": name, "LANG": name, "LANGUAGE": name[:2]},
            needs=("localedef",) if "." in name else (),
            prepare=own_locale(name),
        )
        for name in LOCALES
    },
    "number of cores": Variation("taskset -c 0", needs=("taskset",)),
    "time": Variation("faketime -f +400d", needs=("faketime",)),
    "time zone": Variation(env={"TZ": "Pacific/Kiritimati"}),
    "umask": Variation("sh -c 'umask 077 && exec \"$@\"' -"),
    "user and group": Variation(
        f"setpriv --reuid {NOBODY} --regid {NOBODY} --clear-groups",
        needs=("setpriv",),
        root=True,
        prepare=of_nobody,
    ),
    "hash seed": Variation(env={"PYTHONHASHSEED": "4242"}),
    "encoding": Variation(env={"PYTHONUTF8": "0", "LC_ALL": "POSIX"}),
    "temporary folder": Variation(prepare=empty_folder("қалта", "TMPDIR")),
    "no terminal width": Variation(env={"COLUMNS": "17", "LINES": "3", "TERM": "dumb"}),
}


@contextmanager
def copied(work: Path, name: str, variation: Variation) -> Iterator[Path]:
    """Make a copy of the project in its place; of a disk that lists files in another order too."""
    target = work / variation.place
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*LEFT_OUT, ".hypothesis"))
    if name != "order of files":
        yield target
        return
    seen = work / "disordered"
    seen.mkdir()
    options = ["--shuffle-dirents=yes", "--multi-user=no"]
    subprocess.run(["disorderfs", *options, target, seen], check=True, capture_output=True)
    try:
        yield seen
    finally:
        subprocess.run(["fusermount", "-u", "-z", seen], check=True)


def build(name: str, variation: Variation, python: str, report: list[str]) -> dict[str, str]:
    """Build a report; return the SHA-256 of each of its files. Raises OSError where it fails."""
    with tempfile.TemporaryDirectory(prefix="variation-") as work:
        Path(work).chmod(0o755)
        with copied(Path(work), name, variation) as copy:
            environment = os.environ | {"PYTHONPATH": str(copy / "src")} | variation.env
            environment |= variation.prepare(copy)
            if first := environment.pop("PATH_FIRST", ""):
                environment["PATH"] = os.pathsep.join([first, environment["PATH"]])
            words = [*shlex.split(variation.words), python, "-m", "analysis", "reports", *report]
            said = {"capture_output": True, "text": True, "errors": "replace"}
            done = subprocess.run(words, cwd=copy, env=environment, timeout=PATIENCE, **said)
            if done.returncode:
                raise OSError(" ".join(done.stderr.split())[-500:])
            return {each: digest(copy / "reports", each) for each in files_of(copy / "reports")}


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=list(VARIATIONS), default=list(VARIATIONS))
    parser.add_argument("--python", default=sys.executable, help="of another environment")
    parser.add_argument("--report", default="", metavar="OPTIONS", help="of `analysis reports`")
    asked = parser.parse_args()
    report = shlex.split(asked.report)
    known = read_digests(ROOT / "codecheck.sha256")
    if report:
        known = build("none", Variation(), asked.python, report)
    bad = 0
    for name in asked.only:
        variation, began = VARIATIONS[name], time.monotonic()
        if why := variation.missing():
            print(f"{name:18} not tried: {why}", flush=True)
            continue
        try:
            found = build(name, variation, asked.python, report)
        except (OSError, subprocess.SubprocessError) as error:
            bad += 1
            print(f"{name:18} failed: {error}", flush=True)
            continue
        equal = sum(found.get(each) == known[each] for each in known)
        other = len(found.keys() - known.keys())
        bad += equal < len(known) or other > 0
        more = f", {other} more" if other else ""
        seconds = time.monotonic() - began
        print(f"{name:18} {equal} of {len(known)} equal{more} ({seconds:.0f} s)", flush=True)
        for each in sorted(each for each in known if found.get(each) != known[each])[:5]:
            print(f"  {each}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
