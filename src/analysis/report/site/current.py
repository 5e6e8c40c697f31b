"""Whether a site is as it would be made now; nothing heavy is imported to say so."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.current import LANGUAGES
from analysis.report.settings import published_place, read_settings
from analysis.report.store import read_note, read_state

HERE = Path(__file__).parent
SEALED = ".site.json"  # what the site was made from, and which files it has
CODE = {".py", ".yml", ".ttf"}
SHARED = {  # what the site takes of `analysis.report`
    *("__init__.py", "codecheck.py", "notebook.py", "settings.py", "store.py", "temporary.py"),
}
TOLD = ("requirements.lock", "licences.csv", "pyproject.toml", "CITATION.cff", "LICENSE")


def is_current(
    folder: Path, sources: Mapping[str, Path], linked: Sequence[str], language: str
) -> bool:
    """Say whether the site in a folder was made from what there is now, and is whole.

    folder : Path
        The report in one language.
    sources : mapping
        Path of each notebook by name, in reading order.
    linked : sequence of str
        In which languages there is a report.
    language : str
        The language of the folder.
    """
    inputs = site_inputs(folder, sources, linked, language)
    return sealed(folder).get("inputs") == inputs and is_whole(folder)


def site_inputs(
    folder: Path, sources: Mapping[str, Path], linked: Sequence[str], language: str
) -> str:
    """Return a digest of all that the site of a language shows.

    This is: the outputs of the notebooks, the data, the catalogues of the language, the library
    with its fonts, the site's own code and templates, the guides, the locked libraries, and the
    settings of a report that is not the published one.
    """
    states = {slug: read_state(folder, slug) for slug in sources}
    shown = {
        "python": platform.python_version(),
        "language": language,
        "linked": list(linked),
        "notebooks": [[slug, state.outputs, state.failed] for slug, state in states.items()],
        "sources": digests(sources.values()),
        "settings": [read_settings(folder), published_place(folder, language)],
        "files": digests(read_files(language)),
    }
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def read_files(language: str) -> list[Path]:
    """Return the files that the site of a language is made from, but for the notebooks' outputs."""
    code = [file for file in paths.CODE.rglob("*.*") if file.suffix in CODE and not _runs(file)]
    own = [file for file in HERE.rglob("*.*") if file.suffix not in {".pyc", *CODE}]
    shown = [file for place in (paths.RAW, paths.LOCALE, paths.DOCS) for file in place.rglob("*.*")]
    shown += [paths.NOTEBOOKS / "locale" / f"{language}.po"]
    told = [paths.ROOT / name for name in TOLD]
    others = LANGUAGES.keys() - {language}
    return [
        file
        for file in (*code, *own, *shown, *told)
        if file.suffix != ".po" or not others & {file.stem, file.parts[-3]}
    ]


def _runs(file: Path) -> bool:
    """Say whether a module runs notebooks, or the like, and has no part in the site."""
    report = HERE.parent
    return report in file.parents and HERE not in file.parents and file.name not in SHARED


def digests(files: Iterable[Path]) -> dict[str, str]:
    """Return the digests of those files that are there, by their names below the project."""
    found = {}
    for file in files:
        if file.is_file():
            home = next((each for each in (paths.CODE, paths.ROOT) if each in file.parents), None)
            name = file.relative_to(home).as_posix() if home else file.name
            found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def sealed(folder: Path) -> dict[str, Any]:
    """Return what is noted about the site of a folder; nothing if that cannot be read."""
    return read_note(folder / SEALED)


def is_whole(folder: Path) -> bool:
    """Say whether every file of a site is there as it was written."""
    return all(
        (folder / name).is_file()
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        for name, digest in sealed(folder).get("files", {}).items()
    )
