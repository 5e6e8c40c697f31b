"""The ledger as a reader uses it: filtered, ordered, walked through, printed, come back to."""

import re

import pytest

from analysis.report.site.shown.claims import claim_records
from analysis.report.site.shown.ledger_list import BY_WEIGHT
from tests.shared import NARROW

LIGHT = 250_000  # bytes of the page in English
SLOW, SECOND = 4, 1000  # a processor that many times slower; milliseconds


def ledger_page(opened, report, fragment="", **viewport):
    return opened((report / "ledger.html").as_uri() + fragment, **viewport)


def shown(page):
    """Return the claims that are shown, in the order of the page."""
    rows = "rows => rows.map(row => row.id)"
    return page.eval_on_selector_all(".claim:not([hidden])", rows)


def settled(page, wanted):
    """Wait until so many claims are shown: the policy of the pages allows no polling inside."""
    for _ in range(100):
        if len(shown(page)) == wanted:
            return True
        page.wait_for_timeout(20)
    return False


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_an_old_address_of_a_claim_leads_to_its_page(translated_report, opened, ledger, language):
    claim, place = ledger["claim"].iloc[-1], "" if language == "en" else f"{language}/"
    page = opened((translated_report / f"{place}ledger.html").as_uri() + f"#{claim}")
    page.wait_for_url(f"**/{place}claims/{claim}.html")


@pytest.mark.parametrize("fragment", ["#%E0%A4%A", "#no-such-claim", "#paper=nonsense", "#made=up"])
def test_an_address_that_names_nothing_here_says_so_and_shows_all(report, opened, ledger, fragment):
    page = ledger_page(opened, report, fragment)
    assert len(shown(page)) == len(ledger)
    said = page.inner_text("#astray")
    assert fragment.lstrip("#").replace("%E0%A4%A", "%A")[-8:] in said or "\ufffd" in said
    assert page.locator("#astray").is_visible()
    page.select_option("select[name=status]", index=1)
    assert not page.locator("#astray").is_visible()


def test_a_place_of_the_page_is_no_lost_address(report, opened, ledger):
    page = ledger_page(opened, report, "#words")
    assert len(shown(page)) == len(ledger) and not page.locator("#astray").is_visible()


def test_the_claims_stand_by_what_matters_under_headings_that_count_them(report, ledger):
    text = (report / "ledger.html").read_text("utf-8")
    order = re.findall(r'class="claim" id="[^"]*"[^>]* data-status="([^"]*)"', text)
    assert order == sorted(order, key=BY_WEIGHT.index) and len(order) == len(ledger)
    counts = [int(each) for each in re.findall(r'<h2>[^<]*: <span class="n">(\d+)</span>', text)]
    assert counts == [order.count(status) for status in BY_WEIGHT if status in order]


def test_an_option_says_how_many_claims_it_would_show_beside_the_other_filters(
    report, opened, ledger
):
    page = ledger_page(opened, report)
    (paper, status), wanted = next(iter(ledger.value_counts(["paper", "status"]).items()))
    page.select_option("select[name=paper]", paper)
    said = page.locator(f"select[name=status] option[value='{status}']").inner_text()
    assert said.endswith(f"({wanted})")
    whole = int((ledger["paper"] == paper).sum())
    mine = page.locator(f"select[name=paper] option[value='{paper}']").inner_text()
    assert mine.endswith(f"({whole})")  # of its own filter the other options stay countable
    page.select_option("select[name=status]", status)
    assert len(shown(page)) == wanted


def test_the_filter_for_what_can_be_checked_shows_what_the_front_page_counts(
    report, opened, ledger
):
    page = ledger_page(opened, report, "#checked=yes")
    assert set(shown(page)) == set(ledger.loc[ledger["verdict"] != "not checkable", "claim"])


def test_each_active_filter_can_be_taken_away(report, opened, ledger):
    paper, status = ledger["paper"].iloc[0], ledger["status"].iloc[0]
    page = ledger_page(opened, report, f"#text=the&paper={paper}&status={status}")
    chips = page.locator("#chips button")
    assert chips.count() == 3 and all(label for label in chips.all_inner_texts())
    few = len(shown(page))
    while chips.count():
        chips.first.click()
    assert few < len(shown(page)) == len(ledger) and page.url.endswith("#")
    assert not page.locator("#chips").is_visible()


def test_the_order_of_the_documents_groups_by_document(report, opened, ledger):
    page = ledger_page(opened, report)
    page.select_option("select[name=order]", "place")
    assert shown(page) == list(ledger["claim"])
    heads = page.eval_on_selector_all("#claims h2", "all => all.map(each => each.textContent)")
    assert len(heads) == ledger["paper"].nunique()
    assert [int(re.search(r"(\d+)$", head)[1]) for head in heads] == list(
        ledger["paper"].value_counts(sort=False)
    )
    page.select_option("select[name=order]", "power")
    powers = ledger.set_index("claim")["power"].fillna(2)[shown(page)]
    assert powers.is_monotonic_increasing


def test_the_keys_walk_through_what_is_shown_unless_they_are_turned_off(report, opened):
    page = ledger_page(opened, report, "#status=does%20not%20hold")
    first, second, *_ = shown(page)
    now = "document.activeElement.closest('.claim')?.id"
    for key, wanted in [("j", first), ("j", second), ("k", first), ("k", first)]:
        page.keyboard.press(key)
        assert page.evaluate(now) == wanted
    page.uncheck("#keys")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "keys"
    page.check("#keys")
    page.focus("input[name=text]")
    page.keyboard.press("j")
    assert page.input_value("input[name=text]") == "j"


def test_the_keyboard_alone_goes_from_the_filters_to_a_claim(report, opened):
    page = ledger_page(opened, report)
    page.focus("#keys")
    for _ in range(4):  # the links below the form come first
        page.keyboard.press("Tab")
        claim = page.evaluate("document.activeElement.closest('.claim')?.id")
        if claim:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claims/{claim}.html")


def test_going_back_keeps_the_filter_and_the_place(report, opened, ledger):
    status = ledger["status"].value_counts().index[0]
    page = ledger_page(opened, report)
    page.select_option("select[name=status]", status)
    wanted = shown(page)
    page.locator(f"#{wanted[-1]} a").first.click()
    page.wait_for_url("**/claims/*")
    page.go_back()
    assert settled(page, len(wanted)) and shown(page) == wanted
    page.wait_for_timeout(200)
    box = page.locator(f"#{wanted[-1]}").bounding_box()
    assert 0 <= box["y"] < 900


def test_a_claim_that_clashes_leads_to_those_it_clashes_with(report, ledger):
    text = (report / "ledger.html").read_text("utf-8")
    record = next(each for each in claim_records(ledger) if each["clashes_with"])
    row = re.search(rf'id="{record["claim"]}".*?</li>', text, re.DOTALL)[0]
    for other in record["clashes_with"]:
        assert f'href="claims/{other["claim"]}.html"' in row


def test_on_a_phone_the_first_claim_is_on_the_first_screen(report, opened):
    page = ledger_page(opened, report, **NARROW)
    box = page.locator(".claim .why").first.bounding_box()
    assert box["y"] + box["height"] <= NARROW["height"]
    assert not page.locator("select[name=status]").is_visible()


def test_print_shows_what_is_filtered_with_its_reasons_and_no_form(report, opened, ledger):
    page = ledger_page(opened, report, "#status=does%20not%20hold")
    page.emulate_media(media="print")
    wrong = set(ledger.loc[ledger["status"] == "does not hold", "claim"])
    visible = (
        "rows => rows.filter(row => row.checkVisibility()).map(row => row.closest('.claim').id)"
    )
    assert set(page.eval_on_selector_all(".claim .why", visible)) == wrong
    assert (
        not page.locator("#filters").is_visible() and not page.locator(".legend").first.is_visible()
    )


def test_without_a_script_the_form_is_not_shown_and_all_claims_are(report, browser, ledger):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((report / "ledger.html").as_uri())
        assert page.locator(".claim .why").count() == len(ledger)
        assert page.locator(".claim").last.is_visible()
        page.locator("#filter-box summary").click()
        assert not page.locator("#filters").is_visible()
        assert page.locator(".no-script").is_visible()


def test_statements_without_a_number_are_folded_and_counted_by_nobody(report, opened, ledger):
    page = ledger_page(opened, report)
    folded = page.locator("details.worded")
    counts = [
        int(re.search(r"(\d+)$", text)[1]) for text in folded.locator("summary").all_inner_texts()
    ]
    assert counts == [each.locator("li").count() for each in folded.all()]
    assert str(sum(counts)) in page.inner_text("#worded")
    assert not page.locator("details.worded li").first.is_visible()
    assert f"{len(ledger)}" in page.inner_text("#shown")


def test_the_page_is_light(report):
    assert (report / "ledger.html").stat().st_size < LIGHT


def test_on_a_slow_processor_the_first_screen_is_there_within_a_second(report, browser):
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    painted = []
    for _ in range(5):  # the best of several: others may be busy on this machine
        page.goto((report / "ledger.html").as_uri())
        painted.append(first_painted(page))
    page.close()
    assert min(painted) < SECOND, painted


def first_painted(page):
    """Return when the first text of a page was painted, in milliseconds after its request."""
    entries = "performance.getEntriesByName('first-contentful-paint').map(each => each.startTime)"
    while not (found := page.evaluate(entries)):
        page.wait_for_timeout(20)
    return found[0]
