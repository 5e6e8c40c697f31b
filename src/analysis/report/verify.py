"""Compare a report with the published list, file by file: what is there, and is it equal?

`codecheck.sha256` has the list, in the format of `sha256sum`. It is of the English report with the
default settings as `make reports` leaves it in an empty folder. Where a report has other languages
too, its pages link to them; they are compared without these links.
"""

import hashlib
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import yaml

from analysis import paths
from analysis.language.current import LANGUAGES
from analysis.outputs import write_whole
from analysis.report import codecheck
from analysis.report.settings import FOLDER, read_settings, settings_text

PREFIX = "reports/"
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
LANGUAGE = re.compile(r'<html[^>]* lang="([a-z]+)"')
LINKS = re.compile(  # with the box in which the theme puts what is not empty
    rb'\n *\n *<div class="navbar-item">\s*<nav class="languages".*?</nav>\s*</div>'
    rb'|\n *<link rel="alternate" hreflang="[a-z]+" href="[^"]*" />',
    re.DOTALL,
)
LEFT_OUT = ("_static", "_images", FOLDER)  # the design, copies of figures, other reports
SHOWN = 40  # differences that are told one by one
UPDATE = "python -m analysis verify --update"


@dataclass
class Comparison:
    """What a report and a list have in common.

    equal : int
        How many files are there as they are listed.
    listed : int
        How many the list has.
    problems : list of str
        A line each: missing, not listed, other content.
    notes : list of str
        What makes differences likely: other settings, another language.
    """

    equal: int = 0
    listed: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """Return how many files are equal, as a sentence."""
        return f"{self.equal:,} of {self.listed:,} files equal"


def compare(folder: str | Path | None = None, listed: Path | None = None) -> Comparison:
    """Return how a report and the published list compare.

    folder : str or Path
        The report; by default that of the project.
    listed : Path
        The list; by default that of the project.

    Raises ValueError where there is no report, or no list, or a line of it is none.
    """
    folder, listed = paths.as_folder(folder, paths.REPORTS), listed or codecheck.DIGESTS
    if not (folder / "index.html").is_file():
        raise ValueError(f"{folder}: no report; make it with make reports")
    wanted = read_digests(listed)
    there = {name: digest(folder, name) for name in files_of(folder)}
    problems = list(_differences(wanted, there, listed.name))
    equal = sum(there.get(name) == known for name, known in wanted.items())
    return Comparison(equal, len(wanted), problems, list(_notes(folder)))


def _differences(wanted: Mapping[str, str], there: Mapping[str, str], listed: str) -> Iterator[str]:
    yield from (f"missing: {name}" for name in sorted(wanted.keys() - there.keys()))
    yield from (f"not in {listed}: {name}" for name in sorted(there.keys() - wanted.keys()))
    both = sorted(wanted.keys() & there.keys())
    yield from (f"differs: {name}" for name in both if wanted[name] != there[name])


def unlisted(folder: Path, listed: Path | None = None) -> list[str]:
    """Return a line for each file that a `codecheck.yml` lists and a report has not, or reversely.

    folder : Path
        A report.
    listed : Path
        By default the list of the project.
    """
    listed = listed or codecheck.FILE
    entries = yaml.safe_load(listed.read_text("utf-8"))["manifest"]
    wanted = {entry["file"].removeprefix(PREFIX) for entry in entries}
    there = set(files_of(folder))
    missing = [f"missing: {name}" for name in sorted(wanted - there)]
    return missing + [f"not in {listed.name}: {name}" for name in sorted(there - wanted)]


def _notes(folder: Path) -> Iterator[str]:
    settings = read_settings(folder)
    if settings:
        yield f"this report was made with other settings: {settings_text(settings)}"
    found = LANGUAGE.search((folder / "index.html").read_text("utf-8"))
    if found and found[1] != "en":
        name = LANGUAGES[found[1]].name if found[1] in LANGUAGES else found[1]
        yield f"this report is in another language ({name}); the list is of the English one"


def files_of(folder: Path) -> list[str]:
    """Return the names of the files of a report that are compared: those of its own language."""
    skipped = {*LEFT_OUT, *(LANGUAGES.keys() - {"en"})}
    return [
        name.as_posix()
        for name in (file.relative_to(folder) for file in sorted(folder.rglob("*")))
        if name.parts[0] not in skipped
        and not any(part.startswith(".") for part in name.parts)
        and (folder / name).is_file()
    ]


def digest(folder: Path, name: str) -> str:
    """Return the SHA-256 of a file of a report; of a page without its links to other languages."""
    content = (folder / name).read_bytes()
    return hashlib.sha256(without_links(content) if name.endswith(".html") else content).hexdigest()


def without_links(page: bytes) -> bytes:
    r"""Return a page as it is where the report has one language only.

    >>> page = b'<p>\n \n <div class="navbar-item"><nav class="languages">x</nav></div>\n</p>'
    >>> without_links(page)
    b'<p>\n</p>'
    """
    return LINKS.sub(b"", page)


def read_digests(listed: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a list of `sha256sum`, by its name in the report.

    Raises ValueError with the number of a line that is none of such a list.
    """
    found = {}
    if not listed.is_file():
        raise ValueError(f"{listed.name}: there is no such list; make it with {UPDATE}")
    for number, line in enumerate(listed.read_text("utf-8").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        fields = LINE.fullmatch(line)
        if not fields:
            raise ValueError(f"{listed.name}, row {number}: wanted a SHA-256 and a name")
        found[fields[2].removeprefix(PREFIX)] = fields[1]
    return found


def digests_text(folder: str | Path | None = None) -> str:
    """Return the list of a report as `codecheck.sha256` has it.

    Raises ValueError for a report of other settings, another language, or of other files than
    `codecheck.yml` lists.
    """
    folder = paths.as_folder(folder, paths.REPORTS)
    if said := list(_notes(folder)):
        raise ValueError(f"{folder}: not the published report: {said[0]}")
    if said := unlisted(folder):
        raise ValueError(f"{said[0]} ({len(said)} in all); python -m analysis readme lists anew")
    lines = [f"{digest(folder, name)}  {PREFIX}{name}\n" for name in files_of(folder)]
    return "".join(lines)


def update(folder: str | Path | None = None) -> Path:
    """Write the list of a report to `codecheck.sha256`, and return the file."""
    write_whole(codecheck.DIGESTS, digests_text(folder).encode())
    return codecheck.DIGESTS


def machine() -> str:
    """Return what ran here: Python and the system, in one line."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def record(found: Comparison, folder: Path) -> str:
    """Return a comparison as a text to keep, with what is of this machine and this day.

    It is no part of a report: its bytes are others each time.
    """
    lines = [
        f"checked: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"on: {machine()}",
        f"report: {folder.resolve()}",
        f"result: {found.summary}",
        *found.notes,
        *found.problems,
    ]
    return "\n".join(lines) + "\n"


def tell(folder: Path, kept: str | None = None) -> int:
    """Print how a report compares with the published list; return 0 if it is equal, else 1.

    folder : Path
        The report.
    kept : str
        The file to which `record` is written; by default none.
    """
    found = compare(folder)
    shown = [] if found.notes else found.problems[:SHOWN]
    more = len(found.problems) - len(shown)
    rest = [f"... and {more} more"] if shown and more else []
    print(*shown, *rest, *found.notes, f"{found.summary} ({machine()})", sep="\n")
    if kept:
        write_whole(Path(kept), record(found, folder).encode())
    if found.problems and not found.notes:
        print(f"if the change is meant: {UPDATE}")
    return 1 if found.problems else 0
