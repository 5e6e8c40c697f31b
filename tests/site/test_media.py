"""What a page is on paper, and where no script runs."""

import pytest

from tests.shared import USUAL, kinds, watched

SEEN = "all => all.filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 80))"
FOLDED = """all => all.filter(each => each.checkVisibility())
  .filter(each => !each.querySelector("summary + *").checkVisibility())
  .map(each => each.outerHTML.slice(0, 80))"""
CLEAR = "rgba(0, 0, 0, 0)"


@pytest.fixture
def unscripted(browser):
    """Return a function that opens a page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport=USUAL)

    def look(address):
        page = watched(context.new_page(), [])
        page.goto(address)
        return page

    yield look
    context.close()


def style(page, selector, name):
    """Return a property of an element as the browser computes it."""
    return page.eval_on_selector(selector, f"each => getComputedStyle(each)[{name!r}]")


def test_without_a_script_the_page_has_its_colours_and_nothing_that_cannot_work(report, unscripted):
    for file in kinds(report):
        page = unscripted(file.as_uri())
        assert style(page, ".bd-header", "backgroundColor") != CLEAR, file.name
        assert not page.eval_on_selector_all(".filters, .needs-script, .pst-js-only", SEEN)
        assert page.eval_on_selector_all("nav.languages a", SEEN), file.name


def test_without_a_script_an_address_leads_to_a_claim_that_can_be_told(report, unscripted, ledger):
    claim = ledger["claim"].iloc[-1]
    page = unscripted((report / "ledger.html").as_uri() + f"#{claim}")
    assert style(page, f"#{claim}", "outlineStyle") != "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_nothing_is_to_be_pressed_and_ink_is_dark(report, opened, scheme):
    for file in kinds(report):
        page = opened(file.as_uri(), width=800)
        page.emulate_media(media="print", color_scheme=scheme)
        pressed = "button, form, nav, dialog, .prev-next-footer, .bd-header, .files"
        assert not page.eval_on_selector_all(pressed, SEEN), file.name
        assert style(page, ".bd-article", "color") == "rgb(0, 0, 0)", file.name
        assert page.evaluate("document.documentElement.scrollWidth") <= 800, file.name


def test_on_paper_the_front_page_has_all_its_parts(report, opened):
    page = opened((report / "index.html").as_uri())
    heads = page.eval_on_selector_all(".bd-article h2", SEEN)
    page.emulate_media(media="print")
    assert heads and page.eval_on_selector_all(".bd-article h2", SEEN) == heads


def test_on_paper_what_is_folded_is_read_but_for_code(report, opened):
    for file in kinds(report):
        page = opened(file.as_uri())
        page.emulate_media(media="print")
        closed = ".bd-article details:not([open])"
        assert not page.eval_on_selector_all(f"{closed}:not(.hide)", FOLDED), file.name
        assert not page.eval_on_selector_all(f"{closed}.hide pre", SEEN), file.name
