"""The search leads to claims, figures and sections, in any form of a word, and finds numbers."""

import html
import json
import re
from urllib.parse import unquote

import pytest

from analysis import paths, read_table
from analysis.data.collection import documents
from analysis.language.current import LANGUAGES, label, localized_text, speaking, tr
from analysis.ledger.table import STATUSES
from analysis.ledger.verdicts import VERDICTS
from analysis.report.site.search_index import INDEX, sections
from analysis.report.site.shown.citation import foot, read_citation
from analysis.report.site.shown.search import entry, kinds
from tests.shared import home, pages
from tests.site.searching import found, number_found, search_page

each_language = pytest.mark.parametrize("language", LANGUAGES)
PAGE = """<html><nav><h2>Not this</h2></nav><article><section id="trees"><h1>Trees<a
class="headerlink" href="#trees">#</a></h1><p>All of <b>them</b>.</p><section id="oak"><h2>Oak</h2>
<div class="cell_input"><pre>oaks = 3</pre></div><ul><li>Old</li><li>High: <a href="x.csv"
download>CSV</a></li></ul><pre>printed</pre><table class="result"><tr><td>9</td></tr></table>
<h4>Bark</h4></section></section></article><footer><p>Nor this</p></footer></html>"""


def index_of(report, language):
    """Return what the search knows in a language: kinds, statuses, entries."""
    text = (home(report, language) / INDEX).read_text("utf-8")
    return json.loads(text[text.index("{") : text.rindex(";")])


def test_a_page_is_read_by_section_without_code_tables_files_and_what_frames_it():
    assert sections(PAGE, "notebooks/trees.html") == [
        {
            "kind": "notebook",
            "url": "notebooks/trees.html",
            "title": "Trees",
            "said": ["All of them."],
        },
        {
            "kind": "notebook",
            "url": "notebooks/trees.html#oak",
            "title": "Oak",
            "where": "Trees",
            "said": ["Old", "printed", "Bark"],
        },
    ]


def test_an_entry_has_no_empty_parts():
    made = entry("claim", "claims/rain.html", "Rain.", number="", said=["", "It rains."], quoted=[])
    assert made == {
        "kind": "claim",
        "url": "claims/rain.html",
        "title": "Rain.",
        "said": ["It rains."],
    }


@each_language
def test_every_claim_figure_document_table_and_term_can_be_found(
    translated_report, ledger, language
):
    index = index_of(translated_report, language)
    urls = {each["url"] for each in index["entries"]}
    assert {f"claims/{claim}.html" for claim in ledger["claim"]} <= urls
    assert {f"figures/{figure}.html" for figure in read_table("figures")["figure"]} <= urls
    assert {f"documents/{each.slug}.html" for each in documents(paths.RAW)} <= urls
    assert {f"method.html#term-{term}" for term in read_table("glossary")["term"]} <= urls
    assert {each["kind"] for each in index["entries"]} <= set(index["kinds"]) == set(kinds())
    assert list(index["statuses"]) == list(STATUSES)


@each_language
def test_what_is_found_is_there(translated_report, language):
    place = home(translated_report, language)
    for each in index_of(translated_report, language)["entries"]:
        name, _, fragment = each["url"].partition("#")
        text = (place / name).read_text("utf-8")
        assert not fragment or f'id="{html.escape(unquote(fragment))}"' in text, each["url"]


@each_language
def test_no_page_but_that_of_the_search_loads_its_index_and_none_that_of_sphinx(
    translated_report, language
):
    place = home(translated_report, language)
    loading = {file.name for file in pages(translated_report, language) if INDEX in told(file)}
    assert loading == {"search.html"}
    for name in ("searchtools", "language_data", "searchindex", "translations"):
        assert not [*place.glob(f"{name}.js"), *place.glob(f"_static/{name}.js")]
        assert not [
            each for each in pages(translated_report, language) if f"{name}.js" in told(each)
        ]


def told(file):
    return file.read_text("utf-8")


def of_verdicts_and_statuses(language):
    return [
        *((label(word), "method.html#verdicts") for word in VERDICTS),
        (label("does not hold"), "method.html#status"),
    ]


def of_figures(language):
    """Yield "Figure 4" and the like, where one document alone prints such a number."""
    numbered = read_table("figures").dropna(subset="number")
    for row in numbered.drop_duplicates("number", keep=False).itertuples():
        yield label(row.number), f"figures/{row.figure}.html"


def of_documents(language):
    for document in documents(paths.RAW):
        author = re.split(r"[ ,(]", label(document.dated))[0]
        yield author, f"documents/{document.slug}.html"
        yield label(document.dated), f"documents/{document.slug}.html"


def of_terms(language):
    """Yield terms in the language of the page, and in English on pages in another one."""
    for row in read_table("glossary")[::9].to_dict("records"):
        for spoken in {language, "en"}:
            yield row[f"label_{spoken}"], f"method.html#term-{row['term']}"


def of_the_report_itself(language):
    said = foot(read_citation())
    yield said["licence"].partition(":")[0], "method.html#cite"
    yield said["cite"], "method.html#cite"
    yield tr("Glossary"), "method.html#glossary"


KINDS = [of_verdicts_and_statuses, of_figures, of_documents, of_terms, of_the_report_itself]


@each_language
@pytest.mark.parametrize("queries", KINDS, ids=lambda each: each.__name__)
def test_a_query_has_its_page_among_the_first_three(translated_report, opened, language, queries):
    page, missed = search_page(translated_report, language, opened), {}
    with speaking(language):
        wanted = list(queries(language))
    assert wanted
    for query, url in wanted:
        first = found(page, query)[:3]
        if url not in first:
            missed[query, url] = first
    assert not missed


@each_language
def test_a_printed_number_leads_to_its_claims(translated_report, opened, ledger, language):
    page = search_page(translated_report, language, opened)
    printed = ledger[ledger["printed"].str.fullmatch(r"[0-9]+\.[0-9]+", na=False)]
    rare = printed.drop_duplicates("printed", keep=False)
    assert len(rare)
    for row in rare.itertuples():
        for query in (row.printed, row.printed.replace(".", ",")):
            assert f"claims/{row.claim}.html" in found(page, query)[:3], query
    whole = ledger.loc[ledger["printed"].str.fullmatch("[1-9][0-9]", na=False), "printed"]
    number = whole.mode()[0]
    urls = {f"claims/{claim}.html" for claim in ledger.loc[ledger["printed"] == number, "claim"]}
    assert urls & set(found(page, number)[:3]), number


@each_language
def test_a_statement_leads_to_its_claim(translated_report, opened, ledger, language):
    page = search_page(translated_report, language, opened)
    with speaking(language):
        for row in ledger[:: len(ledger) // 8].itertuples():
            statement = localized_text(row.statement)
            assert f"claims/{row.claim}.html" in found(page, statement)[:3], statement


@each_language
def test_words_found_are_marked_and_counted_and_can_be_narrowed(
    translated_report, opened, language
):
    page = search_page(translated_report, language, opened)
    term = read_table("glossary").set_index("term").loc["survey", f"label_{language}"]
    urls = found(page, term)
    assert number_found(page) >= len(urls) > 1
    assert page.query_selector_all("#search-results mark")
    page.click("#search-kinds [data-kind=notebook]")
    narrowed = page.eval_on_selector_all(
        "#search-results a", "(links) => links.map((link) => link.getAttribute('href'))"
    )
    assert narrowed and all(url.startswith("notebooks/") for url in narrowed)
    assert page.get_attribute("#search-kinds [aria-pressed=true]", "data-kind") == "notebook"


def test_a_query_is_text_and_stands_in_the_address(report, opened):
    page = search_page(report, "en", opened)
    assert found(page, "qqzzqq") == [] and number_found(page) == 0
    assert page.is_visible("#search-else a")
    assert page.get_attribute("#search-else a", "href") == "ledger.html#text=qqzzqq"
    found(page, "<b>mobility</b> <img src=x onerror=alert(1)>")
    assert not page.query_selector("#main-content b, #main-content article img")


def test_the_search_of_any_page_leads_here_by_its_key(report, opened):
    page = opened((report / "method.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("rounding")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results a")
    assert page.url.endswith("search.html?q=rounding")
    assert page.input_value("#search-words") == "rounding"


def test_a_misspelt_word_finds_one_that_is_written_alike(report, opened):
    page = search_page(report, "en", opened)
    assert set(found(page, "verdcit")) & set(found(page, "verdict"))


def test_without_scripts_the_search_says_where_to_look(report, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((report / "search.html").as_uri())
    assert page.is_visible("article a[href='ledger.html']")
    assert not page.is_visible("#search-words")
    page.context.close()


@each_language
def test_the_ledger_is_filtered_by_forms_of_words_and_numbers(
    translated_report, opened, ledger, language
):
    page = opened((home(translated_report, language) / "ledger.html").as_uri())
    for words in FORMS[language]:
        counts = {word: ledger_shows(page, word) for word in words}
        assert len(set(counts.values())) == 1 and 0 < min(counts.values()) < len(ledger), counts
    number = ledger.loc[ledger["printed"].str.fullmatch("[1-9][0-9]", na=False), "printed"].mode()[
        0
    ]
    assert 0 < ledger_shows(page, number) < len(ledger)


def test_names_for_machines_and_labels_are_no_words_of_the_ledger(report, opened):
    page = opened((report / "ledger.html").as_uri())
    finds = """(words) => {
        const row = document.createElement("div");
        row.innerHTML = "<dl><dt>Label</dt><dd>Apples <code>ash-tree</code></dd></dl>";
        return words.map((word) => Stems.filter(word)(row)); }"""
    assert page.evaluate(finds, ["apple", "appl", "ash", "label", ""]) == [
        *(True, True, False, False),
        True,
    ]


FORMS = {
    "en": [("mobility", "Mobility"), ("percent", "per cent", "%"), ("student", "students'")],
    "ru": [("мобильность", "мобильности", "мобильностью"), ("процент", "процентов", "%")],
    "kk": [("ұтқырлық", "ұтқырлығы", "ұтқырлыққа"), ("пайыз", "пайызы", "%")],
}


def ledger_shows(page, text):
    """Return how many claims the text box of the ledger leaves."""
    page.evaluate("text => { location.hash = `text=${encodeURIComponent(text)}`; }", text)
    page.wait_for_timeout(50)
    return page.evaluate("() => document.querySelectorAll('#claims .claim:not([hidden])').length")
