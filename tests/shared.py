"""The report as all tests read it: built once, each page visited once, whoever comes first.

The tests run in several processes. A lock on a file lets one of them do the work; the others wait
for it and find it done.
"""

import contextlib
import functools
import importlib
import json
import multiprocessing
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlparse

from analysis import paths
from analysis.language.current import LANGUAGES
from analysis.report.build import write_reports

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BUILD = shutil.ignore_patterns(".build", "variants")
LARGE = 20  # a folder of more pages is not visited whole
SAMPLE = 8  # about as many of its pages are
LEAST = 24  # pixels of what is pressed, but for links within a sentence (WCAG 2.5.8)
SMALL = """least => [...document.querySelectorAll("a, button, summary, select, input")]
  .filter(each => each.checkVisibility() && !/checkbox|radio|range/.test(each.type))
  .filter(each => getComputedStyle(each).display !== "inline")
  .map(each => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.width && Math.min(box.width, box.height) < least)
  .map(([text]) => text)"""
NARROW, USUAL = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


READER = "analysis.report.site.reader"
CONTEXT = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    CONTEXT.set_forkserver_preload([READER])


def in_a_process(name, *given):
    """Return what a function of the reader returns, called in a process that ends afterwards."""
    with ProcessPoolExecutor(1, mp_context=CONTEXT) as pool:
        return pool.submit(_called, name, given).result()


def _called(name, given):
    return getattr(importlib.import_module(READER), name)(*given)


@contextlib.contextmanager
def alone(file, wait=True):
    """Let no other process in while inside; without `wait`, BlockingIOError if one is there."""
    with file.open("wb") as handle:
        with contextlib.suppress(ImportError):  # Windows has no fcntl, and one process here
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def report_folder(config):
    """Return the folder of the report: the option `--report`, or one that pytest keeps."""
    given = config.getoption("report", None)
    return Path(given).resolve() if given else kept_report(config.cache.mkdir("report"))


def kept_report(folder, beginning=None):
    """Return a folder for a report; one without a site begins with what `make reports` left."""
    beginning = beginning or paths.REPORTS
    with alone(lock_of(folder)):
        if not (folder / "index.html").exists() and beginning.is_dir():
            shutil.copytree(beginning, folder, dirs_exist_ok=True, ignore=BUILD)
    return folder


@functools.cache
def built_report(folder, language):
    """Bring the report in `folder` up to date, once a process; where it is, nothing is run."""
    with alone(lock_of(folder)):
        assert write_reports(folder=folder, language=language) == 0
    return folder


def lock_of(folder):
    """Return the file that a process holds while it works on the report in `folder`."""
    (folder / ".build").mkdir(parents=True, exist_ok=True)
    return folder / ".build" / "tests.lock"


def once(file, work, wait=True):
    """Return what `work` returned to the first process that came here, kept in a JSON file.

    Without `wait`, return None where another process is at it.
    """
    try:
        with alone(file.with_suffix(".lock"), wait):
            if not file.exists():
                file.write_text(json.dumps(work()), encoding="utf-8")
    except BlockingIOError:
        return None
    return json.loads(file.read_text("utf-8"))


def home(report, language):
    """Return the folder of one language of a report."""
    return report if language == "en" else report / language


def pages(report, language="en"):
    """Return the pages of one language of a report."""
    place = home(report, language)
    others = {*LANGUAGES, ".build", "variants"}
    found = sorted(place.rglob("*.html"))
    return [file for file in found if file.relative_to(place).parts[0] not in others]


def visited_pages(report, language="en"):
    """Return the pages that a visit is paid to: all, but of a large folder a sample by length."""
    folders = {}
    for file in sorted(pages(report, language), key=lambda file: file.stat().st_size):
        folders.setdefault(file.parent, []).append(file)
    steps = {
        place: len(files) // SAMPLE if len(files) > LARGE else 1 for place, files in folders.items()
    }
    chosen = [files[:: -steps[place]] for place, files in folders.items()]
    return sorted(file for folder in chosen for file in folder)


def kinds(report, language="en"):
    """Return one page of each kind: those that stand alone, the longest of each folder."""
    longest = {}
    for file in sorted(pages(report, language), key=lambda file: file.stat().st_size):
        longest[file if file.parent == home(report, language) else file.parent] = file
    return sorted(longest.values())


def outside(url):
    """Say whether an address leads away from this machine."""
    return not url.startswith(("file:", "data:"))


def watched(page, wrong):
    """Let a page of the browser write down what goes wrong on it."""
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
    page.on("request", lambda asked: wrong.append(asked.url) if outside(asked.url) else None)
    return page


def visit(browser, file, dark):
    """Return all that one visit to a page finds; `dark`: look at its colours in the dark too."""
    wrong = []
    page = watched(browser.new_page(viewport=USUAL), wrong)
    page.goto(file.as_uri())
    downloads = page.eval_on_selector_all("a[download]", "all => all.map(a => a.href)")
    drawn = ".cell_output img, .figure-page img"
    found = {
        "title": page.title(),
        "wrong": wrong,
        "downloads": [unquote(urlparse(address).path) for address in downloads],
        "pictures": page.eval_on_selector_all(drawn, "all => all.map(i => i.clientWidth)"),
        "violations": violations(page),
    }
    if dark:
        page.emulate_media(color_scheme="dark")
        page.reload()
        found["violations"] += violations(page)
    page.set_viewport_size(NARROW)
    found["width"] = page.evaluate("document.documentElement.scrollWidth")
    found["small"] = page.evaluate(SMALL, LEAST)
    page.close()
    return found


def violations(page):
    """Return (rule, places) of what axe finds on an open page."""
    from axe_playwright_python.sync_playwright import Axe

    tags = {"type": "tag", "values": AXE_TAGS}
    options = {"runOnly": tags, "preload": False, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]


def visits(browser, report, language, kept):
    """Return what visits to all pages of a language find, by the name of the page.

    kept : Path
        Folder in which each visit is kept. Processes that come here together share the pages: each
        visits what no other is at, then waits for the rest.
    """
    dark = kinds(report) if language == "en" else []
    place = home(report, language)
    for wait in (False, True):
        found = {}
        for number, file in enumerate(visited_pages(report, language)):
            record = kept / f"{language}-{number}.json"
            work = functools.partial(visit, browser, file, file in dark)
            found[file.relative_to(place).as_posix()] = once(record, work, wait)
    return found
