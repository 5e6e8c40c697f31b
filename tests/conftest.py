"""What several tests need: made-up claims, the ledger, the report, a browser, an order."""

import functools
import shutil

import pytest

from analysis import ledger_table, paths
from tests.case_folder import case_folder
from tests.shared import USUAL, built_report, report_folder, visits, watched

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
EMPTY = ("external_facts", "references", "citations")
BLANK = {
    "paper": "made",
    "section": "Results",
    "statement": "What is claimed.",
    "anchor": "some words",
    "bearing": "detail",
    "notebook": "made",
}


@pytest.fixture
def claims_folder(tmp_path):
    """Return a function that writes a document, or several, from claims given as dictionaries."""

    def make(*claims, **tables):
        folder = tmp_path / "raw"
        shutil.rmtree(folder, ignore_errors=True)
        tables.setdefault("papers", [{"paper": "made", "citation": "Made 2021", "year": 2021}])
        tables["claims"] = [BLANK | claim for claim in claims]
        case_folder(folder, dict.fromkeys(EMPTY, ()) | tables, paths.ROOT)
        return folder

    return make


@pytest.fixture(scope="session")
def browser():
    """Return a running Chromium; without one the test is skipped, and says so."""
    if not BROWSER:
        pytest.skip("no Chromium here: apt-get install chromium, or the like")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def opened(browser):
    """Return a function that opens a page; at the end nothing may have gone wrong on any."""
    wrong = []

    def look(address, **viewport):
        page = watched(browser.new_page(viewport=USUAL | viewport), wrong)
        page.goto(address)
        return page

    yield look
    assert not wrong


@pytest.fixture(scope="session")
def ledger():
    """Return the ledger of the data as it is; no test may change it."""
    return ledger_table()


@pytest.fixture(scope="session")
def report(request):
    """Return the folder of the report, its English part brought up to date."""
    return built_report(report_folder(request.config), "en")


@pytest.fixture(scope="session")
def translated_report(request):
    """Return the same folder with the report in all languages."""
    return built_report(report_folder(request.config), "all")


@pytest.fixture(scope="session")
def visited(request, browser, tmp_path_factory):
    """Return a function: what one visit to each page of a language has found."""
    place = tmp_path_factory.getbasetemp()
    kept = (place.parent if hasattr(request.config, "workerinput") else place) / "visits"
    kept.mkdir(exist_ok=True)

    @functools.cache
    def found(language):
        report = request.getfixturevalue("translated_report")
        return visits(browser, report, language, kept)

    return found


MARKED = {"browser": "browser", "translated_report": "translated"}  # fixture: marker


@pytest.hookimpl(hookwrapper=True)
def pytest_collection_modifyitems(items):
    """Mark tests by what they ask for; set the order of those that pytest does not leave out."""
    mark(items)
    yield
    items[:] = ordered(items)


def asked_by(item):
    """Return the fixtures of a test; a cell of a notebook has none and asks for the report."""
    return set(getattr(item, "fixturenames", ["report"]))


def mark(items):
    """Mark the tests that ask for what only `make check` has the time for."""
    for item in items:
        for fixture in MARKED.keys() & asked_by(item):
            item.add_marker(MARKED[fixture])


def ordered(items):
    """Let one test build the report while others do what needs none; then read it.

    Of these others first come the files whose tests share a set-up, since they take longest.
    """
    readers = [item for item in items if {"report", "translated_report"} & asked_by(item)]
    builders = [item for item in readers if hasattr(item, "fixturenames")]
    first = sorted(builders, key=lambda item: "translated_report" not in asked_by(item))[:1]
    apart = {id(item) for item in readers}
    others = [item for item in items if id(item) not in apart]
    others.sort(key=lambda item: not stays_together(item.nodeid))
    return [*first, *others, *(item for item in readers if item not in first)]


@functools.cache
def sets_up(file):
    """Say whether what a file sets up serves several of its tests."""
    return file.suffix != ".py" or 'scope="module"' in file.read_text("utf-8")


def stays_together(nodeid):
    """Say whether a test belongs into the process of the others of its file."""
    return sets_up(paths.ROOT / nodeid.split("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand out the tests one by one, but a file at a time where its tests share a set-up."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid.split("::")[0] if stays_together(nodeid) else nodeid

    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None
