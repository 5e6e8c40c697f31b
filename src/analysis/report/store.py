"""What is in reports/ already: from which inputs it was made, and whether it is still whole."""

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.failures import quoted
from analysis.outputs import write_whole
from analysis.report.notebook import NotebookError

OUTPUT = re.compile(
    r"figures/[a-z0-9-]+(\.(svg|png|pdf|eps|tiff|csv|json)|@2x\.png)|tables/[a-z0-9-]+\.csv"
)


@dataclass
class State:
    """What the last good run of a notebook left.

    inputs : dict
        What it was made from, see `inputs.inputs_of`; empty while results are being moved in.
    outputs : dict
        Path below the report's folder, and digest of the content.
    failed : str
        Where the latest run stopped, such as "cell 7"; empty if it went well.
    """

    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    failed: str = ""


def read_note(file: Path) -> dict[str, Any]:
    """Return what is noted in a JSON file by name; nothing if that cannot be read."""
    try:
        said = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def read_state(folder: Path, slug: str) -> State:
    """Return what is known about a notebook's results; nothing if that cannot be read."""
    try:
        state = State(**json.loads((folder / ".state" / f"{slug}.json").read_text("utf-8")))
        return state if isinstance(state.inputs, dict) else State(outputs=state.outputs)
    except (OSError, ValueError, TypeError):
        return State()


def write_state(folder: Path, slug: str, state: State) -> None:
    """Keep what is known about a notebook's results."""
    text = json.dumps(asdict(state), ensure_ascii=False, sort_keys=True) + "\n"
    write_whole(folder / ".state" / f"{slug}.json", text.encode())


def damage(folder: Path, state: State) -> str:
    """Return the first result that is gone or not as it was made, or nothing."""
    for name, digest in state.outputs.items():
        file = folder / name
        if not file.is_file() or _digest(file) != digest:
            return name
    return ""


def move_in(
    folder: Path,
    slug: str,
    files: Mapping[str, bytes],
    notebook: bytes,
    inputs: Mapping[str, Any],
) -> None:
    """Move the results of a good run into the report; remove what it no longer makes.

    folder : Path
        The report, with a state for each notebook in `.state`.
    files : mapping
        Content of the figures and tables, by their place below the report.
    notebook : bytes
        The executed notebook.
    inputs : mapping
        What all of it was made from.

    Raises NotebookError, before anything is moved, for a file that does not belong there and
    for one that another notebook makes.
    """
    for name in ("figures", "tables", "notebooks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    made = dict(files)
    others = [f.stem for f in (folder / ".state").glob("*.json") if f.stem != slug]
    taken = {name: other for other in others for name in read_state(folder, other).outputs}
    for name in made:
        if not OUTPUT.fullmatch(name):
            raise NotebookError(f"wrote {quoted(name)}, which is no figure and no table")
        if name in taken:
            raise NotebookError(f"wrote {name}, which {taken[name]} writes too")
    made[f"notebooks/{slug}.ipynb"] = notebook
    before = read_state(folder, slug).outputs

    def note(outputs: dict[str, str], whole: bool) -> None:
        write_state(folder, slug, State(dict(inputs) if whole else {}, outputs))

    replace_files(folder, before, made, note)


def replace_files(
    folder: Path,
    before: Mapping[str, str],
    made: Mapping[str, bytes],
    note: Callable[[dict[str, str], bool], None],
) -> None:
    """Write files whole, then remove those of an earlier run that are no longer made.

    folder : Path
        Where they belong.
    before, made : mapping
        What was noted last time, and the content of what there is now, by path below the folder.
    note : callable
        Keeps the path and digest of files, and whether the work is done. It is called before
        anything is written, with the old files and the new: whenever this ends, however it ends,
        every file that may be there is noted, and the next run removes what it does not make.
    """
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    note({**before, **digests}, False)
    for name, content in made.items():
        write_whole(folder / name, content)
    for name in before.keys() - made.keys():
        (folder / name).unlink(missing_ok=True)
    note(digests, True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a report; the system takes the lock back when we end."""
    build = folder / ".build"
    build.mkdir(parents=True, exist_ok=True)
    with (build / "lock").open("wb") as file:
        with contextlib.suppress(ImportError):  # Windows has no fcntl
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BlockingIOError(f"another run is writing {folder}") from error
        for left in build.glob("*-*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        yield


def remove_orphans(folder: Path, slugs: set[str]) -> None:
    """Remove the results of notebooks that no longer exist."""
    for file in (folder / ".state").glob("*.json"):
        if file.stem not in slugs:
            for name in read_state(folder, file.stem).outputs:
                (folder / name).unlink(missing_ok=True)
            file.unlink()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
