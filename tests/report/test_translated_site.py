"""The report in Russian and Kazakh: nothing stays English, nothing is cut off."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis import paths
from analysis.report.build import write_reports

OTHERS = {"ru": "Русский", "kk": "Қазақша"}
each_language = pytest.mark.parametrize("name", OTHERS)
# Names and codes that Russian and Kazakh write in Latin letters too.
NAMES = {
    "Agresti",
    "Askhat",
    "Asia",
    "Brown",
    "Bulatbaeva",
    "COVID",
    "Clopper",
    "Coull",
    "Erasmus",
    "Goodman",
    "Heathers",
    "Liu",
    "Lumiere",
    "Mosteller",
    "Newcombe",
    "Nihongo",
    "One",
    "Pearson",
    "PhD",
    "Rustemova",
    "Tempus",
    "Wilson",
    "Youtz",
    "Zahn",
    "Zhakyanova",
    "Zharylkap",
    "Zhu",
    "Bloomberg",
    "JavaScript",
    "Markdown",
    "Jupyter",
    "English",
    "Cockayne",
    "Covid",
    "Ctrl",
    "Mittelmeier",
}
# What stays as it is: paths, addresses, short names, and words quoted from a document.
KEPT = re.compile(
    r"""[\w.-]+/[\w./-]+|\b\w+\.(?:csv|json|ipynb|pdf)\b|doi:\S+|".*"|“[^”]*”|half-\w+|"""
    r"""\b\d\d-[a-z-]+|\b[a-z]+-[a-z-]*\d[\w-]*|nihongo-tour|alpha-3|"""
    r"""\b(?:truncate|ceiling|floor|zhakyanova|rustemova|zharylkap|nched|liu)\b"""
)


def english(text):
    """Return the words of a text that are English and no name, path or code."""
    words = re.findall("[A-Za-z]{3,}", KEPT.sub(" ", text))
    return [word for word in words if word not in NAMES and not word.isupper()]


@pytest.fixture(scope="session")
def translated(request):
    """Return a folder with the report in Russian and in Kazakh, where pytest keeps its cache."""
    folder = Path(request.config.cache.mkdir("translated"))
    for name in OTHERS:
        assert write_reports(folder=folder, language=name) == 0
    return folder


class Spoken(HTMLParser):
    """Collects what a reader sees or hears of a page, without code and without quotations."""

    SILENT = ("script", "style", "code", "pre", "math", "dt", "svg")
    VOID = ("img", "input", "meta", "link", "br", "hr", "source", "wbr")

    def __init__(self):
        super().__init__()
        self.open, self.said = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        quiet = tag in self.SILENT or attrs.get("lang", self.lang) != self.lang
        quiet = quiet or "download" in attrs
        if tag not in self.VOID:
            self.open.append((tag, quiet))
        if not any(off for _, off in self.open):
            self.said += [attrs[key] for key in ("alt", "aria-label", "title") if attrs.get(key)]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if not any(off for _, off in self.open):
            self.said.append(text)


def said_on(file, name):
    """Return the texts of a page in the language of the page."""
    spoken = Spoken()
    spoken.lang = name
    spoken.feed(file.read_text("utf-8"))
    return [" ".join(text.split()) for text in spoken.said if text.strip()]


@each_language
def test_no_label_of_a_figure_is_english_or_clipped(translated, name):
    files = sorted((translated / name / "figures").glob("*.json"))
    assert len(files) > 30
    for file in files:
        about = json.loads(file.read_text("utf-8"))
        assert not about["clipped"], (file.name, about["clipped"])
        for text in (*about["texts"], about["title"], about["alt"]):
            assert not english(text), (file.name, text)
        assert re.search("[а-я]", about["title"]) and "," not in re.findall(
            r"\d[.]\d", about["alt"]
        )


@each_language
def test_the_pages_of_the_site_speak_the_language(translated, name):
    pages = ("index", "figures", "ledger", "method", "documents", "notebooks", "search")
    for page in pages:
        for text in said_on(translated / name / f"{page}.html", name):
            assert not english(text), (page, text)


@each_language
def test_the_codebook_is_translated(translated, name):
    page = (translated / name / "data.html").read_text("utf-8")
    meanings = re.findall(r"<dd>(.*?)</dd>", page)
    assert len(meanings) > 200 and not [text for text in meanings if not re.search("[а-я]", text)]


@each_language
def test_every_page_says_its_language_and_no_notebook_heading_is_english(translated, name):
    for file in sorted((translated / name).glob("**/*.html")):
        page = file.read_text("utf-8")
        assert f'<html lang="{name}"' in page, file.name
        for heading in re.findall(r"<h[12]>(.*?)<", html.unescape(page)):
            assert re.search("[а-яА-Я]", heading) or not english(heading), (file.name, heading)


@each_language
def test_tables_of_notebooks_have_translated_headings(translated, name):
    for file in sorted((translated / name / "notebooks").glob("*.html")):
        for heading in re.findall(r"<th[^>]*>([^<]*)</th>", file.read_text("utf-8")):
            assert not english(heading), (file.name, heading)


@each_language
def test_the_executed_notebook_speaks_the_language(translated, name):
    for file in sorted((translated / name / "notebooks").glob("*.ipynb")):
        cells = json.loads(file.read_text("utf-8"))["cells"]
        prose = [cell for cell in cells if cell["cell_type"] == "markdown"]
        assert all(re.search("[а-яёәіңғүұқөһ]", "".join(cell["source"])) for cell in prose)
        (given,) = [c for c in cells if "injected-parameters" in c["metadata"].get("tags", [])]
        assert f'language = "{name}"' in "".join(given["source"])
        answers = [c for c in cells if "answer" in c["metadata"].get("tags", [])]
        texts = ["".join(o["data"]["text/plain"]) for c in answers for o in c["outputs"]]
        assert texts and not [text for text in texts if english(text)], texts


@each_language
def test_a_table_is_saved_with_translated_headings_and_numbers_for_programs(translated, name):
    text = (translated / name / "tables" / "question-sums.csv").read_text("utf-8")
    heading, *rows = text.splitlines()
    assert not english(heading) and re.search("[а-я]", heading)
    assert any(re.search(r",\d+,", row) for row in rows)


@each_language
def test_every_notebook_and_page_of_english_is_there(translated, name):
    there = {file.stem for file in (translated / name / "notebooks").glob("*.html")}
    assert {file.stem for file in paths.NOTEBOOKS.glob("*.ipynb")} <= there
    for paper in ("zhakyanova", "rustemova", "zharylkap", "nched", "liu"):
        assert (translated / name / "documents" / f"{paper}.html").is_file()
        assert (translated / name / "documents" / f"{paper}.pdf").is_file()
    whole = (translated / name / "report.pdf").read_bytes()
    assert f"/Lang ({name}".encode() in whole or f"/Lang({name}".encode() in whole


def test_the_switch_stays_on_the_page_and_keeps_the_filter(translated, opened):
    page = opened((translated / "kk" / "notebooks" / "06-zhakyanova-prospects.html").as_uri())
    page.click("nav.languages a[lang=ru]")
    assert page.url.endswith("/ru/notebooks/06-zhakyanova-prospects.html")
    page = opened((translated / "kk" / "ledger.html").as_uri())
    page.select_option("select[name=verdict]", "inconsistent")
    page.click("nav.languages a[lang=ru]")
    assert page.url.endswith("/ru/ledger.html#verdict=inconsistent")
    status = page.inner_text("#shown")
    assert re.fullmatch(r"утверждений: \d+ из \d+", status)


@each_language
def test_pages_open_and_fit_a_phone(translated, opened, name):
    for page in ("index", "figures", "ledger", "method", "data", "notebooks/14-ledger"):
        look = opened((translated / name / f"{page}.html").as_uri(), width=360, height=740)
        wide = look.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (page, wide)
        look.close()


@pytest.mark.parametrize(("name", "word"), [("ru", "Грузия"), ("kk", "Болон")])
def test_the_search_finds_a_word_of_the_language(translated, opened, name, word):
    page = opened((translated / name / "search.html").as_uri() + f"?q={word}")
    page.wait_for_selector("#search-results li a")
    found = [link.get_attribute("href") for link in page.query_selector_all("#search-results a")]
    assert any("ledger.html" in (address or "") for address in found)


@each_language
def test_axe_finds_no_violation_in_the_language(translated, opened, name):
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": tags}, "preload": False}
    for file in ("index", "figures", "ledger", "method", "notebooks/06-zhakyanova-prospects"):
        page = opened((translated / name / f"{file}.html").as_uri(), bypass_csp=True)
        result = Axe().run(page, options=options)
        wrong = [
            (each["id"], each["nodes"][0]["html"][:90]) for each in result.response["violations"]
        ]
        assert not wrong, file
        page.close()
