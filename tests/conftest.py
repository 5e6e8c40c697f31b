"""What several tests need: a small data folder with made-up claims, and a browser."""

import csv
import json
import shutil

import pytest

from analysis import paths

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
TABLES = ("papers", "claims", "external_facts", "references", "citations")
BLANK = {
    "paper": "made",
    "section": "Results",
    "statement": "What is claimed.",
    "anchor": "some words",
    "bearing": "detail",
    "notebook": "01-made",
}


def write_rows(file, names, rows):
    """Write rows as CSV; cells that a row lacks are empty."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def claims_folder(tmp_path):
    """Return a function that writes a data folder from claims, given as dictionaries."""

    def make(*claims, **tables):
        descriptor = json.loads((paths.RAW / "datapackage.json").read_text(encoding="utf-8"))
        kept = [each for each in descriptor["resources"] if each["path"][:-4] in TABLES]
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        tables.setdefault("papers", [{"paper": "made", "citation": "Made 2021", "year": 2021}])
        tables["claims"] = [BLANK | claim for claim in claims]
        for resource in kept:
            names = [field["name"] for field in resource["schema"]["fields"]]
            write_rows(folder / resource["path"], names, tables.get(resource["path"][:-4], []))
        descriptor["resources"] = kept
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
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

    def look(address, width=1200, height=900, **options):
        page = browser.new_page(viewport={"width": width, "height": height}, **options)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.on("request", lambda asked: wrong.append(asked.url) if outside(asked.url) else None)
        page.goto(address)
        return page

    yield look
    assert not wrong


def outside(url):
    return not url.startswith(("file:", "data:"))
