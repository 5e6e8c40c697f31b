"""The report in Russian and Kazakh: nothing stays English, nothing is cut off."""

import functools
import html
import json
import re
from html.parser import HTMLParser

import pytest

from analysis import RULES, paths, read_table
from analysis.data.collection import documents
from analysis.data.tables import read_descriptor
from analysis.language.current import LANGUAGES
from analysis.report.catalogues import Domain, domains, read_catalogue
from analysis.report.verify import without_links
from tests.shared import home, pages

OTHERS = {name: said for name, said in LANGUAGES.items() if name != "en"}
each_language = pytest.mark.parametrize("name", OTHERS)
DECIMAL_POINT = re.compile(r"(?<![\d.])\d+[.]\d{1,3}(?![\d.])")  # 1.5, but no 04.2011
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)+")


@functools.cache
def kept():
    """Return a pattern for what no language changes: paths, addresses, short names, quotations."""
    names = {*RULES, *read_table("papers")["paper"], "alpha-3"}
    for resource in read_descriptor(paths.RAW)["resources"]:
        table = read_table(resource["path"].removesuffix(".csv"))
        for column in resource["schema"].get("primaryKey", []):
            names |= {name for name in table[column].astype(str) if SLUG.fullmatch(name)}
    names |= {re.sub(r" [0-9(].*", "", name) for name in read_table("references")["label"]}
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        r"[\w.-]+/[\w./-]+|\b[\w-]+\.(?:csv|json|ipynb|pdf)\b|doi:\S+|"
        rf'".*"|“[^”]*”|«[^«»а-яёәіңғүұқөһ]*»|\b\d\d-[a-z-]+|\b(?:{words})\b|'
        r"[\w.-]+\.(?:kz|cat|university)\b|"
        r"(?<=[а-яёәіңғүұқөһ»] )\([A-Za-z ]+\)"  # words of the document behind their translation
    )


@functools.cache
def latin_names(language):
    """Return the capitalized words that translators left in Latin letters.

    They stand amid letters of the language, or are all there is to translate (a person's name).
    """
    said = [" ".join(read_table("papers")["citation"])]
    said += [spoken.name for spoken in LANGUAGES.values()]
    for domain in (*domains().values(), Domain("sphinx", paths.LOCALE, list, packaged=True)):
        for message in read_catalogue(domain, language):
            text = " ".join(message.string) if message.pluralizable else str(message.string)
            if message.id and (text == message.id or re.search("[а-яёәіңғүұқөһ]", text)):
                said.append(text)
    said += list(read_table("glossary")[f"label_{language}"])
    return set(re.findall(r"\b[A-Z][A-Za-z]+", kept().sub(" ", "\n".join(said))))


@functools.cache
def untranslated():
    """Return the words of the documents that ask for no translation."""
    said = []
    for document in documents(paths.RAW):
        if not (document.folder / "locale").exists():
            files = [*document.folder.glob("*.csv"), *document.folder.glob("*.yml")]
            said += [file.read_text("utf-8") for file in files]
    return set(re.findall("[A-Za-z]{3,}", " ".join(said)))


def english(text, language):
    """Return the words of a text that are English and no name, path or code."""
    words = re.findall("[A-Za-z]{3,}", kept().sub(" ", text))
    known = latin_names(language) | untranslated()
    return [word for word in words if word not in known and not word.isupper()]


@each_language
def test_a_word_left_in_english_is_noticed(name):
    assert english("Доля wombats in burrows, 45 %", name) == ["wombats", "burrows"]
    assert english("data/claims.csv “as printed” (Figure)", name) == ["Figure"]


class Spoken(HTMLParser):
    """Collects what a reader sees or hears of a page, without code and without quotations."""

    SILENT = ("script", "style", "code", "pre", "kbd", "math", "dt", "svg")
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
def test_no_label_of_a_figure_is_english_or_clipped(translated_report, name):
    files = {file.stem: file for file in (translated_report / name / "figures").glob("*.json")}
    assert set(read_table("figures")["figure"]) <= set(files)
    for figure, file in files.items():
        about = json.loads(file.read_text("utf-8"))
        assert not about["clipped"], (figure, about["clipped"])
        for text in (*about["texts"], about["title"], about["alt"]):
            assert not english(text, name), (figure, text)
        assert re.search("[а-я]", about["title"]), figure
        assert not DECIMAL_POINT.search(about["alt"]), (figure, about["alt"])


@each_language
def test_the_pages_of_the_site_speak_the_language(translated_report, name):
    pages = ("index", "figures", "ledger", "method", "documents", "notebooks", "search")
    for page in pages:
        for text in said_on(translated_report / name / f"{page}.html", name):
            assert not english(text, name), (page, text)


@each_language
def test_the_codebook_is_translated(translated_report, name):
    page = (translated_report / name / "data.html").read_text("utf-8")
    meanings = re.findall(r"<dd>(.*?)</dd>", page)
    tables = read_descriptor(paths.RAW)["resources"]
    assert len(meanings) == sum(len(table["schema"]["fields"]) for table in tables)
    assert not [text for text in meanings if not re.search("[а-я]", text)]


@each_language
def test_every_page_says_its_language_and_no_notebook_heading_is_english(translated_report, name):
    for file in pages(translated_report, name):
        page = file.read_text("utf-8")
        assert f'<html lang="{name}"' in page, file.name
        if '<p class="untranslated">' in page:  # says so, and is marked as English
            continue
        for heading in re.findall(r"<h[12]>(.*?)<", html.unescape(page)):
            assert re.search("[а-яА-Я]", heading) or not english(heading, name), (
                file.name,
                heading,
            )


@each_language
def test_tables_of_notebooks_have_translated_headings(translated_report, name):
    for file in sorted((translated_report / name / "notebooks").glob("*.html")):
        for heading in re.findall(r"<th[^>]*>([^<]*)</th>", file.read_text("utf-8")):
            named = re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", heading)  # a claim or a notebook
            assert named or not english(heading, name), (file.name, heading)


@each_language
def test_the_executed_notebook_speaks_the_language(translated_report, name):
    for file in sorted((translated_report / name / "notebooks").glob("*.ipynb")):
        cells = json.loads(file.read_text("utf-8"))["cells"]
        prose = [cell for cell in cells if cell["cell_type"] == "markdown"]
        assert all(re.search("[а-яёәіңғүұқөһ]", "".join(cell["source"])) for cell in prose)
        (given,) = [c for c in cells if "injected-parameters" in c["metadata"].get("tags", [])]
        assert f'language = "{name}"' in "".join(given["source"])
        answers = [c for c in cells if "answer" in c["metadata"].get("tags", [])]
        texts = ["".join(o["data"]["text/plain"]) for c in answers for o in c["outputs"]]
        assert texts and not [text for text in texts if english(text, name)], texts


@each_language
def test_tables_are_saved_with_translated_headings_and_numbers_for_programs(
    translated_report, name
):
    for file in (translated_report / name / "tables").glob("*.csv"):
        heading, *rows = file.read_text("utf-8").splitlines()
        assert not english(heading, name) and re.search("[а-я]", heading), (file.name, heading)
        assert not re.search(r'"\d+,\d+"', "".join(rows)), file.name


def files_of(report, language):
    """Return what a reader finds in a report in one language."""
    place = home(report, language)
    kinds = ("html", "pdf", "csv", "svg", "png", "ipynb")
    names = [file.relative_to(place) for kind in kinds for file in place.rglob(f"*.{kind}")]
    return {
        name.as_posix() for name in names if name.parts[0] not in {*OTHERS, ".build", "_images"}
    }


@each_language
def test_every_page_and_file_of_english_is_there(translated_report, name):
    assert files_of(translated_report, name) == files_of(translated_report, "en")
    whole = (translated_report / name / "report.pdf").read_bytes()
    assert f"/Lang ({name}".encode() in whole or f"/Lang({name}".encode() in whole


def test_a_page_has_nothing_of_other_languages_when_it_is_compared_with_the_list(translated_report):
    for file in pages(translated_report):
        page = file.read_bytes()
        assert b"hreflang" in page and b"hreflang" not in without_links(page), file.name


def test_the_switch_stays_on_the_page_and_keeps_the_filter(translated_report, opened):
    first, second, *_ = OTHERS
    name = min(paths.NOTEBOOKS.glob("*.ipynb")).stem
    page = opened((translated_report / second / "notebooks" / f"{name}.html").as_uri())
    page.click(f"nav.languages a[lang={first}]")
    assert page.url.endswith(f"/{first}/notebooks/{name}.html")
    page = opened((translated_report / second / "ledger.html").as_uri())
    page.select_option("select[name=verdict]", "inconsistent")
    page.click(f"nav.languages a[lang={first}]")
    assert page.url.endswith(f"/{first}/ledger.html#verdict=inconsistent")
    assert re.fullmatch(r"[а-я]+: \d+ [а-я]+ \d+", page.inner_text("#shown"))
