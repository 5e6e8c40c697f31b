"""The report: every notebook that changed is run, side by side, and moved in whole."""

import contextlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.current import LANGUAGES, current_language, speaking
from analysis.report.notebook import NotebookError, read_notebook
from analysis.report.parameters import checked_parameters, parameter_defaults
from analysis.report.run import Run
from analysis.report.store import (
    inputs_digest,
    is_current,
    library_digest,
    move_in,
    read_state,
    remove_orphans,
    write_state,
)

SLUG = re.compile(r"[a-z0-9-]+")
SHOWN = 4000  # characters of a traceback, from its end


def write_reports(
    only: Sequence[str] | None = None,
    params: Mapping[str, Any] | None = None,
    folder: str | Path | None = None,
    notebooks: str | Path | None = None,
    jobs: int | None = None,
    language: str = "en",
) -> int:
    """Run the notebooks that are not up to date and write figures, tables and the site.

    only : sequence of str
        Names of notebooks without ending; all if empty.
    params : mapping
        Values for parameters; each goes to the notebooks that have a parameter of this name.
    folder : str or Path
        The report. `folder/.build` holds what is of use to the next run only.
    notebooks : Path
        Where the notebooks are.
    jobs : int
        How many run at the same time; by default as many as there are cores.
    language : str
        One of `language.LANGUAGES`, or "all". English is written to `folder`, the others below
        it, such as `folder/ru`; every page links to itself in the languages that are there.

    Returns the exit status: 0 if all went well, 1 if a notebook failed. The others finish,
    and what an earlier run left of the failed one stays. Raises ValueError for a name or a
    parameter that no notebook has, and BlockingIOError if another run is writing.
    """
    folder = paths.as_folder(folder, paths.REPORTS)
    notebooks = paths.as_folder(notebooks, paths.NOTEBOOKS)
    if language not in {*LANGUAGES, "all"}:
        raise ValueError(f"language: wanted {', '.join(LANGUAGES)} or all; got {language!a}")
    if "language" in (params or {}):
        raise ValueError("language: choose it with --language, not as a parameter")
    wanted = list(LANGUAGES) if language == "all" else [language]
    homes = {each: folder if each == "en" else folder / each for each in LANGUAGES}
    linked = [each for each in homes if each in wanted or (homes[each] / "index.html").exists()]
    status = 0
    for each in wanted:
        with speaking(each):
            status |= _write_report(only, params, homes[each], notebooks, jobs, linked)
    return status


def _write_report(
    only: Sequence[str] | None,
    params: Mapping[str, Any] | None,
    folder: Path,
    notebooks: Path,
    jobs: int | None,
    linked: Sequence[str],
) -> int:
    """Write the report in the language in use."""
    started = time.monotonic()
    sources = _sources(notebooks)
    chosen = _chosen(sources, only)
    given = _parameters({slug: sources[slug] for slug in chosen}, params or {})
    library = library_digest()
    inputs = {slug: inputs_digest(sources[slug], given[slug], library) for slug in chosen}
    with _locked(folder):
        remove_orphans(folder, set(sources))
        waiting = []
        for slug in chosen:
            state = read_state(folder, slug)
            if not is_current(folder, state, inputs[slug]):
                waiting.append(slug)
            elif state.failed:  # the change that failed was taken back
                state.failed = ""
                write_state(folder, slug, state)
        if waiting:
            number = "1 notebook" if len(waiting) == 1 else f"{len(waiting)} notebooks"
            print(f"running {number}", flush=True)
        failures = _run_all(waiting, sources, given, inputs, folder, jobs or os.cpu_count() or 1)
        write_pages(folder, sources, linked)
    if not waiting:
        current = "1 notebook is" if len(chosen) == 1 else f"{len(chosen)} notebooks are"
        print(f"nothing to do, {current} up to date")
    elif not failures:
        seconds = time.monotonic() - started
        ran = "1 notebook" if len(waiting) == 1 else f"{len(waiting)} notebooks"
        print(f"ran {ran} in {seconds:.0f} s; the report is", end=" ")
        print(folder / "index.html")
    else:
        failed = f"failed: {', '.join(failures)} ({len(failures)} of {len(waiting)} that ran)"
        print(failed, file=sys.stderr)
    return 1 if failures else 0


def write_pages(folder: Path, sources: Mapping[str, Path], linked: Sequence[str] = ("en",)) -> None:
    """Write the site around the results; Sphinx is imported only where there is something to do."""
    from analysis.report.site.sites import write_sites

    write_sites({current_language(): folder}, sources, linked, os.cpu_count() or 1)


def _sources(notebooks: Path) -> dict[str, Path]:
    """Return the notebooks of a folder by name, in reading order."""
    files = sorted(notebooks.glob("*.ipynb"))
    for file in files:
        if not SLUG.fullmatch(file.stem):
            raise ValueError(f"{file.name}: name a notebook with a-z, 0-9 and - only")
    if not files:
        raise ValueError(f"no notebook in {notebooks}")
    return {file.stem: file for file in files}


def _chosen(sources: Mapping[str, Path], only: Sequence[str] | None) -> list[str]:
    unknown = [slug for slug in only or [] if slug not in sources]
    if unknown:
        raise ValueError(f"no notebook {unknown[0]!a} (there are {', '.join(sources)})")
    return [slug for slug in sources if not only or slug in only]


def _parameters(
    sources: Mapping[str, Path], params: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return each notebook's own part of the parameters; say which notebooks have none."""
    given: dict[str, dict[str, Any]] = {slug: {} for slug in sources}
    if not params:
        return given
    try:
        defaults = {slug: parameter_defaults(read_notebook(f)) for slug, f in sources.items()}
    except NotebookError as error:
        raise ValueError(str(error)) from error
    everywhere = {name: value for names in defaults.values() for name, value in names.items()}
    checked_parameters(everywhere, params)
    for slug, names in defaults.items():
        own = {name: value for name, value in params.items() if name in names}
        given[slug] = checked_parameters(names, own)
        if not own:
            print(f"{slug} has none of these parameters; it runs as usual")
    return given


def _run_all(
    waiting: Sequence[str],
    sources: Mapping[str, Path],
    given: Mapping[str, Mapping[str, Any]],
    inputs: Mapping[str, str],
    folder: Path,
    jobs: int,
) -> list[str]:
    """Run notebooks side by side; return the names of those that failed, in reading order."""
    from tqdm import tqdm

    build = folder / ".build"
    queue, running, failed = list(waiting), {}, []
    with tqdm(total=len(queue), unit="notebook", disable=None) as bar:
        try:
            while queue or running:
                while queue and len(running) < jobs:
                    slug = queue.pop(0)
                    staging = Path(tempfile.mkdtemp(prefix=f"{slug}-", dir=build))
                    running[slug] = (
                        Run(sources[slug], given[slug], staging, build / "matplotlib"),
                        staging,
                    )
                    bar.set_postfix_str(", ".join(running))
                for slug in [slug for slug, (run, _) in running.items() if run.done()]:
                    run, staging = running.pop(slug)
                    try:
                        move_in(folder, slug, staging, run.result(), inputs[slug])
                    except NotebookError as error:
                        failed.append(slug)
                        _note_failure(folder, slug, str(error), bar)
                    finally:
                        run.close()
                        shutil.rmtree(staging, ignore_errors=True)
                    bar.update()
                time.sleep(0.05)
        finally:
            for run, staging in running.values():
                run.close()
                shutil.rmtree(staging, ignore_errors=True)
    return sorted(failed)


def _note_failure(folder: Path, slug: str, message: str, bar: Any) -> None:
    """Show why a notebook failed, and keep where for the index."""
    bar.write(f"{slug} failed: {message[:200]}{message[200:][-SHOWN:]}", file=sys.stderr)
    state = read_state(folder, slug)
    where = re.match(r"cell \d+", message)
    state.failed = where[0] if where else "before its first cell"
    write_state(folder, slug, state)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
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
        for left in build.glob("*-*"):  # staging of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        yield
