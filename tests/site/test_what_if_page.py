"""The page "What if" as a reader uses it: by keyboard, by address, with and without scripts."""

import re
from urllib.parse import quote

import pytest

from analysis.report.site.shown.what_if import surveys
from tests.shared import NARROW, outside, violations

FILE = "what-if.html"


@pytest.fixture(scope="module")
def survey():
    return surveys()[0]


@pytest.fixture
def at(report, opened):
    """Return a function that opens the page with something in its address."""
    return lambda chosen="", **viewport: opened(
        (report / FILE).as_uri() + (f"#{chosen}" if chosen else ""), **viewport
    )


def heading(page):
    """Return what the page says changes."""
    return page.locator("#what-if-said h2").inner_text()


def changed(page):
    """Return the claims whose verdict changes, in the order of the page."""
    links = page.locator("#what-if-changes a").evaluate_all("all => all.map(a => a.href)")
    return [re.search(r"claims/(.+)\.html", link)[1] for link in links]


def picture(page):
    """Return all that the script has drawn."""
    return (
        page.locator(".what-if-found").inner_html() + page.locator("#what-if-shares").inner_html()
    )


def chosen(page):
    return page.evaluate("decodeURIComponent(location.hash.slice(1))")


def type_people(page, number):
    """Put another number of people, by keyboard alone."""
    page.locator("#what-if-n").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(str(number))
    page.keyboard.press("Enter")
    page.wait_for_function("n => location.hash.includes(`n=${n}`)", arg=str(number))


def printed(survey):
    return int(survey["claims"][survey["base"]]["printed"])


def test_the_page_begins_as_printed_and_nothing_changes(at, survey):
    page = at()
    assert heading(page) == "As printed" and not changed(page) and not chosen(page)
    assert page.locator("#what-if-n").input_value() == str(printed(survey))
    shown = page.locator("#what-if-shares li.share")
    assert shown.count() == len(survey["shares"])
    assert all(shown.locator(".tag").evaluate_all("all => all.map(e => e.textContent.trim())"))


def test_another_number_of_people_changes_verdicts_at_once_and_each_leads_to_its_claim(
    at, report, survey
):
    page = at()
    type_people(page, printed(survey) - 4)
    found = changed(page)
    assert found and heading(page) == f"{len(found)} verdicts change"
    assert all((report / "claims" / f"{name}.html").exists() for name in found)


def test_everything_can_be_moved_with_the_keyboard(at, survey):
    page = at()
    page.locator("#what-if-n").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.type"))
    assert {"slide", "rounding", "claim", "less", "printed", "more", "reset"} <= set(reached)
    page.locator("[name=slide]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash.length > 1")
    assert chosen(page) == f"n={printed(survey) + 1}"
    page.locator("[name=more]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.includes('change')")
    first = survey["shares"][0]
    one_more = int(survey["claims"][first]["printed"]) + 1
    assert f"change={first}:{one_more}" in chosen(page)
    page.locator("button[data-drop]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!location.hash.includes('change')")
    page.locator("#what-if-controls [type=reset]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.length < 2")
    assert heading(page) == "As printed"


def test_an_address_gives_the_same_picture_and_a_step_back_what_was_before(at, survey):
    page = at()
    begun = picture(page)
    type_people(page, printed(survey) + 9)
    page.locator("#what-if-controls [name=rounding]").select_option("truncate")
    page.wait_for_function("location.hash.includes('rounding')")
    page.wait_for_function(
        "document.querySelector('#what-if-said h2').textContent !== 'As printed'"
    )
    page.wait_for_timeout(100)
    again = at(page.evaluate("location.hash.slice(1)"))
    assert picture(again) == picture(page) != begun
    for _ in range(2):
        page.go_back()
    page.wait_for_function(
        "document.querySelector('#what-if-said h2').textContent === 'As printed'"
    )
    assert picture(page) == begun


@pytest.mark.parametrize(
    "odd",
    [
        "n=0",
        "n=-3",
        "n=1e9",
        "rounding=sideways",
        "change=nobody:3",
        "level=x",
        "%E0%A4%A",
        "=&&=:,",
        "own-n",
    ],
)
def test_an_address_that_says_nothing_is_as_printed(at, odd):
    assert heading(at(odd)) == "As printed"


def test_what_is_no_number_is_said_and_changes_nothing(at, survey):
    page = at()
    page.locator("#what-if-n").fill("0")
    assert page.locator("#what-if-n").get_attribute("aria-invalid") == "true"
    assert "whole number" in page.locator("#what-if-n-said").inner_text()
    assert heading(page) == "As printed"
    page.locator("#what-if-controls [name=printed]").fill("many")
    assert "Write a number" in page.locator("#what-if-printed-said").inner_text()
    page.locator("#what-if-controls [type=reset]").click()
    assert page.locator("#what-if-n").get_attribute("aria-invalid") is None


def test_a_number_of_people_that_would_fit_is_one_click_away(at):
    page = at("rounding=truncate")
    misfits = page.locator(".fit .bad").count()
    button = page.locator("button.base").first
    wanted = button.inner_text()
    button.click()
    page.wait_for_function("n => location.hash.includes(`n=${n}`)", arg=wanted)
    page.wait_for_timeout(100)
    assert page.locator("#what-if-n").input_value() == wanted
    assert page.locator(".fit .bad").count() <= misfits


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{}, NARROW])
def test_axe_finds_nothing_after_use(at, survey, scheme, viewport):
    name = survey["shares"][0]
    shares = quote("45; 28; 22; 99,9")
    page = at(
        f"n={printed(survey) - 4}&rounding=truncate&change={name}:7&own={shares}&own-n=40",
        **viewport,
    )
    page.emulate_media(color_scheme=scheme)
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    page.locator("#what-if-n").fill("0")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def own(page):
    return page.locator("#own-found").inner_text()


def test_one_click_shows_an_example_with_ones_own_numbers(at):
    page = at()
    page.locator("[name=example]").click()
    assert "47 people" in own(page) and "1 person is left without an answer" in own(page)
    assert "99" in own(page) and "possible for" in own(page)


def with_own(page, typed, people):
    """Return a page on which somebody has typed numbers of their own."""
    page.locator("#own-shares").fill(typed)
    page.locator("#own-form [name=n]").fill(people)
    page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize(
    ("typed", "people", "wanted"),
    [
        ("33\n67", "3", "that can be everybody"),
        ("33 %; 67 %", "3", "that can be everybody"),
        ("28,5 71,5", "", "Say how many people"),
        ("50,00%", "3", "impossible: 50.00"),
        ("60 60", "10", "2 people too many"),
        ("33.3; 66.7", "", "for 3, 6, 9"),
    ],
)
def test_ones_own_numbers_are_read_as_people_write_them(at, typed, people, wanted):
    assert wanted in own(with_own(at(), typed, people))


@pytest.mark.parametrize(
    ("typed", "people", "wanted"),
    [
        ("28 abc", "", "“abc” is no share"),
        ("101", "50", "more than 100 %"),
        ("28", "-5", "whole number of people"),
        ("28", "many", "whole number of people"),
        ("1.2345678901234", "", "too long"),
        ("5 " * 60, "", "at most 40"),
        ("", "20", "at least one share"),
        ("<img src=x onerror=alert(1)>", "", "is no share"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_shown(at, typed, people, wanted):
    page = with_own(at(), typed, people)
    assert wanted in page.locator("#own-wrong").inner_text() and not own(page)


def test_ones_own_numbers_stand_in_the_address_beside_the_survey(at):
    page = at("rounding=ceiling")
    page.locator("[name=example]").click()
    assert "rounding=ceiling" in chosen(page) and "own-n=" in chosen(page)
    again = at(page.evaluate("location.hash.slice(1)"))
    assert own(again) == own(page) and heading(again) == heading(page)


def test_without_scripts_the_shares_stand_as_printed(report, browser, survey):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((report / FILE).as_uri())
    assert page.locator("#what-if-shares tbody tr").count() == len(survey["shares"])
    assert not page.locator("form.what-if-controls:visible").count()
    assert "allow JavaScript" in page.locator("#what-if-shares").inner_text()
    assert not list(filter(outside, asked))
    context.close()
