"""The report: every notebook that changed is run, side by side, and moved in whole."""

import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.failures import brief, quoted
from analysis.language.current import LANGUAGES
from analysis.report.choice import chosen_of, settings_of, sources_in
from analysis.report.forking import CAN_FORK, start_server
from analysis.report.inputs import Digests, catalogues, changes, inputs_of
from analysis.report.notebook import NotebookError
from analysis.report.runner import Made, Task, run_notebook
from analysis.report.settings import FOLDER, note_settings, variant_name
from analysis.report.store import (
    State,
    damage,
    move_in,
    read_state,
    remove_orphans,
    write_state,
)
from analysis.report.store import locked as _locked
from analysis.report.temporary import sweep
from analysis.report.variants import bring_all_over, is_mixed, places_of


def write_reports(
    only: Sequence[str] | None = None,
    params: Mapping[str, Any] | None = None,
    folder: str | Path | None = None,
    notebooks: str | Path | None = None,
    jobs: int | None = None,
    language: str = "en",
    executor: Executor | None = None,
) -> int:
    """Run the notebooks that are not up to date and write figures, tables and the site.

    only : sequence of str
        Names of notebooks without ending; all if empty.
    params : mapping
        Values for parameters; each goes to the notebooks that have a parameter of this name. What
        differs from the defaults makes another report, see `variants`; the notebooks that take
        nothing of it are copied from the published one where they are up to date there.
    folder : str or Path
        The published report, and below it those of other settings. `.build` in each holds what is
        of use to the next run only.
    notebooks : Path
        Where the notebooks are.
    jobs : int
        How many run at the same time; by default as many as there are cores.
    language : str
        One of `language.LANGUAGES`, or "all". English is written to the report's folder, the others
        below it, such as `folder/ru`; every page links to itself in the languages that are there,
        whose pages are brought up to date too (their notebooks are not run).
    executor : concurrent.futures.Executor
        Where the notebooks run, see `run_all`; the rest is done here.

    Returns the exit status: 0 if all went well, 1 if a notebook failed. The others finish,
    and what an earlier run left of the failed one stays. Raises ValueError for a name or a
    parameter that no notebook has, and BlockingIOError if another run is writing.
    """
    folder = paths.as_folder(folder, paths.REPORTS)
    notebooks = paths.as_folder(notebooks, paths.NOTEBOOKS)
    if language not in {*LANGUAGES, "all"}:
        raise ValueError(f"language: wanted {', '.join(LANGUAGES)} or all; got {quoted(language)}")
    if "language" in (params or {}):
        raise ValueError("language: choose it with --language, not as a parameter")
    started, digests = time.monotonic(), Digests()
    sources = sources_in(notebooks)
    chosen = chosen_of(sources, only)
    settings, given = settings_of(sources, chosen, params or {})
    published = places_of(folder)
    places = places_of(folder / FOLDER / variant_name(settings)) if settings else published
    homes = {each: places[each] for each in (LANGUAGES if language == "all" else [language])}
    linked = [each for each in places if each in homes or (places[each] / "index.html").exists()]
    there = {each: places[each] for each in linked}
    with contextlib.ExitStack() as locks:
        for home in there.values():
            locks.enter_context(_locked(home))
        for home in homes.values():
            remove_orphans(home, set(sources))
            note_settings(home, settings)
        if settings:
            bring_all_over(published, homes, sources, given, digests)
        else:
            chosen = [slug for slug in sources if slug in chosen or is_mixed(homes, slug)]
        wanted = {slug: _stale(homes, slug, sources[slug], given[slug], digests) for slug in chosen}
        waiting = {slug: stale for slug, stale in wanted.items() if stale}
        tasks = {
            slug: Task(str(sources[slug].absolute()), given[slug], tuple(stale))
            for slug, stale in sorted(waiting.items(), key=_size(sources))
        }
        _announce(waiting)
        if waiting:
            digests.take()
        failed = set()
        for slug, results in run_all(tasks, jobs, executor):
            _tell_warnings(slug, results.values())
            for spoken, made in results.items():
                home, source = homes[spoken], sources[slug]
                if not _kept(home, slug, source, given[slug], made, digests, spoken):
                    failed.add(slug)
        write_pages(there, sources, linked, jobs)  # each page links to itself in the others
    _conclude(chosen, waiting, sorted(failed), time.monotonic() - started, homes)
    return 1 if failed else 0


def _size(sources: Mapping[str, Path]) -> Callable[[tuple[str, Any]], int]:
    """Return the key of an order in which those that show most, and so take longest, come first."""
    return lambda item: -sources[item[0]].stat().st_size


def _stale(
    homes: Mapping[str, Path],
    slug: str,
    source: Path,
    given: Mapping[str, Any],
    digests: Digests,
) -> dict[str, str]:
    """Return the languages in which a notebook is to be run, each with the reason."""
    reasons = {}
    for language, home in homes.items():
        state = read_state(home, slug)
        reason = _reason(home, state, source, given, digests, language)
        if reason is not None:
            reasons[language] = reason
        elif state.failed:  # the change that failed was taken back
            state.failed = ""
            write_state(home, slug, state)
    return reasons


def _reason(
    home: Path,
    state: State,
    source: Path,
    given: Mapping[str, Any],
    digests: Digests,
    language: str,
) -> str | None:
    """Return why a notebook is to be run, "" where it never was, None where it need not be."""
    if not state.inputs or not state.outputs:
        return ""
    changed = changes(state.inputs, source, given, digests, language)
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        return f"{changed[0]}{more} changed"
    if lost := damage(home, state):
        return f"{lost} is not as it was made"
    spoken = catalogues(language, digests)
    if spoken != state.inputs["catalogues"]:  # none of the messages that it shows has changed
        state.inputs["catalogues"] = spoken
        write_state(home, source.stem, state)
    return None


def _announce(waiting: Mapping[str, Mapping[str, str]]) -> None:
    """Say how many notebooks are run, and why those that had been run before."""
    for slug, reasons in waiting.items():
        for reason in sorted(set(filter(None, reasons.values()))):
            spoken = [language for language in reasons if reasons[language] == reason]
            where = "" if spoken == ["en"] else f" in {', '.join(spoken)}"
            print(f"{slug} reruns{where}: {reason}")
    if waiting:
        number = "1 notebook" if len(waiting) == 1 else f"{len(waiting)} notebooks"
        print(f"running {number}", flush=True)


def _kept(
    home: Path,
    slug: str,
    source: Path,
    given: Mapping[str, Any],
    made: Made | str,
    digests: Digests,
    language: str,
) -> bool:
    """Move in what a notebook has made, or note why it failed; say whether it is there."""
    try:
        if isinstance(made, str):
            raise NotebookError(made)
        inputs = inputs_of(source, given, made.trace, digests, language)
        move_in(home, slug, made.files, made.notebook, inputs)
    except NotebookError as error:
        _note_failure(home, slug, str(error), language)
        return False
    return True


def _tell_warnings(slug: str, results: Iterable[Made | str]) -> None:
    """Say once for a notebook what methods have warned of; it went on."""
    from tqdm import tqdm

    found = [each.trace.get("warned", ()) for each in results if not isinstance(each, str)]
    for line in dict.fromkeys(line for lines in found for line in lines):
        tqdm.write(f"{slug}: {line}")


def _conclude(
    chosen: Sequence[str],
    waiting: Mapping[str, Any],
    failed: Sequence[str],
    seconds: float,
    homes: Mapping[str, Path],
) -> None:
    """Say what was done."""
    if failed:
        said = f"failed: {', '.join(failed)} ({len(failed)} of {len(waiting)} that ran)"
        print(said, file=sys.stderr)
    elif waiting:
        ran = "1 notebook" if len(waiting) == 1 else f"{len(waiting)} notebooks"
        for home in homes.values():
            print(f"ran {ran} in {seconds:.0f} s; the report is {home / 'index.html'}")
    else:
        current = "1 notebook is" if len(chosen) == 1 else f"{len(chosen)} notebooks are"
        print(f"nothing to do, {current} up to date")


def write_pages(
    homes: Mapping[str, Path],
    sources: Mapping[str, Path],
    linked: Sequence[str] = ("en",),
    jobs: int | None = None,
) -> None:
    """Write the site around the results; Sphinx is imported only where there is something to do."""
    from analysis.report.site.sites import write_sites

    write_sites(homes, sources, linked, jobs or os.cpu_count() or 1)


def run_all(
    tasks: Mapping[str, Task],
    jobs: int | None = None,
    executor: Executor | None = None,
    unit: str = "notebook",
) -> Iterator[tuple[str, dict[str, Made | str]]]:
    """Run notebooks side by side; yield name and results of each as it ends, with a progress bar.

    tasks : mapping
        What is to be run, by a name to be shown.
    jobs : int
        How many run at the same time; by default one more than there are cores, since each waits
        now and then.
    executor : concurrent.futures.Executor
        Where they run; by default threads here, each of which watches a process.
    unit : str
        What the progress bar counts.

    Elsewhere a worker may be lost or refuse the work: that is then the failure of its notebook.
    Whatever happens, no process is left behind.
    """
    sweep()
    if not tasks:
        return
    if executor is None:
        _make_ready()
    from tqdm import tqdm

    from analysis.report import elsewhere, kernels

    threads = ThreadPoolExecutor(jobs or (os.cpu_count() or 1) + 1)
    if executor:
        futures = dict(elsewhere.submitted(tasks, executor))
    else:
        futures = {threads.submit(run_notebook, task): name for name, task in tasks.items()}
    bar = tqdm(total=len(tasks), unit=unit, disable=None)
    try:
        for future in as_completed(futures):
            bar.set_postfix_str(futures[future])
            name = futures[future]
            yield name, elsewhere.result(future, tasks[name]) if executor else future.result()
            bar.update()
    finally:
        bar.close()
        for future in futures:
            future.cancel()
        with kernels.all_ended():
            threads.shutdown()


def _make_ready() -> None:
    """Start the fork server, which imports its libraries while we import ours; or say why not."""
    if CAN_FORK:
        start_server()
    else:
        print("this system cannot fork: the kernel of each notebook is started afresh")


def _note_failure(folder: Path, slug: str, message: str, language: str) -> None:
    """Show why a notebook failed, and keep where for the index."""
    from tqdm import tqdm

    where = "" if language == "en" else f" in {language}"
    tqdm.write(f"{slug} failed{where}: {brief(message)}", file=sys.stderr)
    state = read_state(folder, slug)
    found = re.match(r"cell \d+", message)
    state.failed = found[0] if found else "before its first cell"
    write_state(folder, slug, state)
