"""What several tests need: made-up claims, the ledger, the report, a browser, an order."""

import functools
import shutil

import pytest

from analysis import ledger_table, paths
from tests.case_folder import case_folder
from tests.shared import USUAL, built_report, visits, watched

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
    """Return the folder of the report in English, kept where pytest keeps its cache."""
    return built_report(request.config.cache.mkdir("report"), "en")


@pytest.fixture(scope="session")
def translated_report(request):
    """Return the same folder with the report in all languages."""
    return built_report(request.config.cache.mkdir("report"), "all")


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


WHOLE = {"report", "translated_report", "visited"}


def pytest_collection_modifyitems(items):
    """Let one test build the report while others do what needs none; then read it."""
    readers = [item for item in items if WHOLE & set(getattr(item, "fixturenames", ()))]
    builders = [item for item in readers if "translated_report" in item.fixturenames]
    first, read = (builders or readers)[:1], set(readers)
    others = [item for item in items if item not in read]
    items[:] = [*first, *others, *(item for item in readers if item not in first)]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand out the tests a file at a time, but those of `tests/site` one by one.

    A file or a notebook sets up things of its own; in `tests/site` all share one built report.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid if nodeid.startswith("tests/site/") else nodeid.split("::")[0]

    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None
