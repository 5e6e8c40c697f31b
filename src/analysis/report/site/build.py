"""One site, from what the notebooks have left to the pages that are moved in whole."""

import contextlib
import hashlib
import json
import platform
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data.tables import published_descriptor
from analysis.language.current import current_language
from analysis.outputs import write_whole
from analysis.report.site.current import (
    HERE,
    SEALED,
    digests,
    sealed,
    site_inputs,
)
from analysis.report.site.paper.compiled import FONTS
from analysis.report.site.paper.write import write_pdfs
from analysis.report.site.records import write_records
from analysis.report.site.search_index import write_index
from analysis.report.site.shown.everything import everything
from analysis.report.site.sources import is_setting, write_sources
from analysis.report.site.workplace import Workplace
from analysis.report.store import replace_files

NEVER = re.compile(
    r"\.buildinfo|objects\.inv|_sources/.*|.*\.map|_static/.*\.html|_static/(searchtools|language_data|translations)\.js"
)
Pages = Callable[[Path], Callable[[], str]]
Turn = Callable[[], contextlib.AbstractContextManager[Any]]
CHANGED = "changed.json"  # names of the sources that changed, for `pages/conf.py`


def write_site(
    folder: Path,
    sources: Mapping[str, Path],
    linked: Sequence[str],
    pages: Pages,
    turn: Turn = contextlib.nullcontext,
) -> None:
    """Write the site of the language in use, and its PDFs, whether anything changed or not.

    folder : Path
        The report, as the notebooks left it: `notebooks/`, `figures/`, `tables/`, `.state/`.
    sources : mapping
        Path of each notebook by name, in reading order.
    linked : sequence of str
        In which languages there is a report, this one included: every page links to the others.
    pages : callable
        Called as soon as there is something to read, with the folder in which `reader.write_html`
        is to work. What it returns is called when the PDFs are done, and returns what that did.
    turn : callable
        Returns a context in which something is computed, to keep to a number of cores.

    What is of use to the next build stays in `folder/.build/site`. The pages are made there and
    moved in when all went well; those of an earlier site that are no longer made are removed.
    Raises OSError with Sphinx's own words if it fails.
    """
    with turn():
        inputs = site_inputs(folder, sources, linked, current_language())
        place = Workplace(folder / ".build" / "site", _key(folder))
        said = everything(folder, sources) | {"languages": linked}
    failed = _made(place, folder, said, pages, turn)
    if failed and place.lived_on:  # what was kept may be what is wrong
        place.start_anew()
        failed = _made(place, folder, said, pages, turn)
    if failed:
        raise OSError(f"the site was not built: {failed}")
    with turn():
        shutil.copytree(place.paper, place.html, dirs_exist_ok=True)
        write_index(place.html, said)
        write_records(place.html, said)
        _move_in(place.html, folder, inputs)
        place.close()


def _made(place: Workplace, folder: Path, said: Mapping[str, Any], pages: Pages, turn: Turn) -> str:
    """Make pages and PDFs side by side; return what Sphinx said if it failed."""
    with turn():
        _bring_sources(place, folder, said)
    written = pages(place.folder)
    with turn():
        shutil.rmtree(place.paper, ignore_errors=True)
        write_pdfs(place.paper, folder, said, place.part)
    return written()


def _key(folder: Path) -> str:
    """Return what all that is kept of a site rests on, but for what Sphinx reads."""
    own = [file for file in HERE.rglob("*.*") if file.suffix != ".pyc"]
    files = digests([*own, *FONTS.glob("*.ttf"), paths.ROOT / "requirements.lock"])
    said = [platform.python_version(), str(folder.resolve()), files]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _bring_sources(place: Workplace, folder: Path, said: Mapping[str, Any]) -> None:
    """Write what Sphinx reads; where a setting changed, nothing that was read before is of use."""
    changed = write_sources(place.source, folder, said)
    if place.lived_on and any(map(is_setting, changed)):
        place.start_anew()
        write_sources(place.source, folder, said)
    (place.folder / CHANGED).write_text(json.dumps(sorted(changed)), encoding="utf-8")


def _move_in(html: Path, folder: Path, inputs: str) -> None:
    made, before = site_files(html), sealed(folder).get("files", {})
    same = {name for name, content in made.items() if _has(folder / name, content)}
    kept = {name: hashlib.sha256(made[name]).hexdigest() for name in same}

    def note(files: dict[str, str], whole: bool) -> None:
        known = {"inputs": inputs if whole else "", "files": kept | files}
        write_whole(folder / SEALED, json.dumps(known).encode())

    others = {name: digest for name, digest in before.items() if name not in same}
    fresh = {name: content for name, content in made.items() if name not in same}
    replace_files(folder, others, fresh, note)


def _has(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def site_files(html: Path) -> dict[str, bytes]:
    """Return the content of every file of the site by name, and the data.

    html : Path
        The pages with their policy, as `lock_pages` leaves them, the PDFs and the records.

    Raises ValueError for a file of the data that is a link to a place outside.
    """
    files = (file for file in sorted(html.rglob("*")) if file.is_file())
    names = {file.relative_to(html).as_posix(): file for file in files}
    made = {name: file.read_bytes() for name, file in names.items() if not NEVER.fullmatch(name)}
    return made | data_files()


def data_files() -> dict[str, bytes]:
    """Return the tables of the documents, and their description, as the report offers them."""
    package = published_descriptor()
    made = {"data/datapackage.json": json.dumps(package, ensure_ascii=False, indent=1).encode()}
    for resource in package["resources"]:
        file = paths.RAW / resource["path"]
        if not file.resolve().is_relative_to(paths.RAW.resolve()):
            raise ValueError(f"data/raw/{resource['path']} leads outside of data/raw")
        made[f"data/{resource['path']}"] = file.read_bytes()
    return made
