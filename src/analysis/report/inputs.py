"""What a notebook was made from, and what of it has changed since.

A run leaves a trace: the files it read, the modules it loaded, the messages it looked up in the
catalogues. Together with the notebook, its parameters, the lock and Python they are its inputs, and
results are up to date as long as none of them has changed.
"""

import hashlib
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.current import catalogue_files, look_up_again

LOCK = paths.ROOT / "requirements.lock"
MAKERS = ("report/runner.py", "report/notebook.py", "report/parameters.py", "language/prose.py")
SYSTEM = ("/dev", "/etc", "/lib", "/proc", "/run", "/sys", "/usr", "/var")
OUTSIDE = [Path(sys.prefix), Path(sys.base_prefix), *map(Path, SYSTEM)]  # of what can change


class Digests:
    """Digests of files and of listings of folders, each taken once.

    Those of data and code are taken by `take`, before a run: what somebody changes while it runs
    counts as changed at the next one.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def take(self) -> None:
        """Take the digests of all data and code."""
        for place in (paths.RAW, paths.EXAMPLES, paths.CODE):
            for path in place.rglob("*"):
                if path.suffix != ".pyc":
                    _ = self[name_of(f"{path}{'/' * path.is_dir()}")]

    def __getitem__(self, name: str) -> str:
        """Return the digest of what has a name (see `name_of`); nothing where it is gone."""
        if name not in self._known:
            self._known[name] = _digest(paths.ROOT / name, name.endswith("/"))
        return self._known[name]


def _digest(place: Path, is_folder: bool) -> str:
    try:
        if is_folder:
            names = sorted(each.name for each in place.iterdir() if each.name[0] not in "._")
            content = "\n".join(names).encode()
        else:
            content = place.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(content).hexdigest()


def name_of(place: str) -> str:
    """Return how an input is called: its place in the project, or its whole path elsewhere."""
    path = paths.ROOT / place
    name = path.relative_to(paths.ROOT) if path.is_relative_to(paths.ROOT) else path
    return name.as_posix() + "/" * place.endswith("/")


def _counts(place: str) -> bool:
    """Say whether a file that was opened, or a folder that was listed, is an input."""
    path = paths.ROOT / place
    if place.endswith("/"):
        return path.is_relative_to(paths.RAW)
    if path.suffix in {".po", ".pyc"}:
        return False
    if path.is_relative_to(paths.ROOT):  # wherever the project itself lies
        made = [paths.REPORTS, paths.CACHE or paths.REPORTS, paths.ROOT / ".venv"]
    else:
        made = OUTSIDE
    return not any(map(path.is_relative_to, made))


def names_of(places: Iterable[str]) -> list[str]:
    """Return the names of those places that are inputs, each once, in order.

    >>> names_of([str(paths.ROOT / "requirements.lock"), "/dev/null"])
    ['requirements.lock']
    """
    return list(dict.fromkeys(name_of(place) for place in places if _counts(place)))


def inputs_of(
    notebook: Path,
    parameters: Mapping[str, Any],
    trace: Mapping[str, Any],
    digests: Digests,
    language: str,
) -> dict[str, Any]:
    """Return what results were made from, to be kept beside them.

    notebook, parameters :
        The file, and the values given from outside.
    trace : mapping
        As `runner.Made` has it.
    digests : Digests
        Taken before the run: what has changed while it ran counts as changed after it.
    language : str
        One of `language.LANGUAGES`.
    """
    read = {*names_of(trace["read"]), *names_of(trace["modules"])}
    read |= {name_of(str(paths.CODE / maker)) for maker in MAKERS}
    return {
        **fixed_inputs(notebook, parameters, digests),
        "files": {name: digests[name] for name in sorted(read - {name_of(str(notebook))})},
        "catalogues": catalogues(language, digests),
        "messages": trace["messages"] if language != "en" else [],
    }


def fixed_inputs(notebook: Path, parameters: Mapping[str, Any], digests: Digests) -> dict[str, Any]:
    """Return the inputs that are known before a notebook has run."""
    return {
        "notebook": digests[name_of(str(notebook))],
        "parameters": dict(parameters),
        "lock": digests[name_of(str(LOCK))],
        "python": platform.python_version(),
    }


def catalogues(language: str, digests: Digests) -> dict[str, str]:
    """Return the digest of each catalogue of a language; English has none."""
    names = sorted(name_of(str(file)) for file in catalogue_files(language) if file.exists())
    return {name: digests[name] for name in names}


def changes(
    inputs: Mapping[str, Any],
    notebook: Path,
    parameters: Mapping[str, Any],
    digests: Digests,
    language: str,
) -> list[str]:
    """Return what has changed since results were made, in words; nothing if they are up to date.

    inputs : mapping
        What `inputs_of` returned then.
    """
    return list(_changes(inputs, fixed_inputs(notebook, parameters, digests), digests, language))


def _changes(
    inputs: Mapping[str, Any], now: Mapping[str, Any], digests: Digests, language: str
) -> Iterator[str]:
    if inputs["notebook"] != now["notebook"]:
        yield "its notebook"
    for name in sorted({*inputs["parameters"], *now["parameters"]}):
        if inputs["parameters"].get(name) != now["parameters"].get(name):
            yield f"the parameter {name}"
    yield from (name for name in ("lock", "python") if inputs[name] != now[name])
    for name, digest in inputs["files"].items():
        if digests[name] != digest:
            yield in_words(name)
    if inputs["catalogues"] != catalogues(language, digests):
        for words in look_up_again(inputs["messages"], language):
            yield f"the translation of {words[-1]!r}"


def in_words(name: str) -> str:
    """Return an input as a person calls it.

    >>> in_words("data/raw/orchard/tallies.csv"), in_words("src/analysis/counts/rounding.py")
    ('orchard/tallies', 'analysis/counts/rounding')
    """
    short = name.removeprefix("data/raw/").removeprefix("src/")
    return short.removesuffix(".csv").removesuffix(".py")
