"""What readers come for, walked in a browser: two clicks from the front page, one screen each.

A link is found by the words that a reader sees. It has to stand on the screen on which the click
before it has landed, and so has what the reader came for.
"""

import pytest

from tests.shared import USUAL

TASKS = {
    "which numbers of the survey are wrong, and why": (
        [("tr:has-text('Zhakyanova & Askhat') td.wrong a", "")],
        "#claims .claim:not([hidden]) .why",
        "ledger.html",
    ),
    "my Figure 4": (
        [("a", "The figures, drawn again"), ("a", "Figure 4 Prospects of academic mobility")],
        "h1",
        "figures/figure-4-prospects.html",
    ),
    "CSV of the projects of KazNU": (
        [("a", "The figures, drawn again"), ("a", "Projects of KazNU with Japanese funders")],
        "a[download][href$='kaznu-projects.csv']",
        "figures/kaznu-projects.html",
    ),
    "SVG of the projects of KazNU": (
        [("a", "The figures, drawn again"), ("a", "Projects of KazNU with Japanese funders")],
        "a[download][href$='kaznu-projects.svg']",
        "figures/kaznu-projects.html",
    ),
    "what consistent means": (
        [("a", "What the words mean"), ("summary", "What the verdicts mean")],
        ".legend-more dt:text-is('consistent') + dd",
        "index.html",
    ),
    "a link to one claim": (
        [("a", "What matters most"), (".findings a", "")],
        "button:text-is('Copy link')",
        "/claims/",
    ),
    "my own survey": ([("a", "Your own survey")], "h1", "guides/your-own-survey.html"),
    "cite this": (
        [("a", "How to cite")],
        "#about ~ dl dd:has-text('Computer software')",
        "index.html",
    ),
}


@pytest.mark.parametrize("task", TASKS)
def test_what_a_reader_comes_for_is_two_clicks_and_one_screen_away(report, opened, task):
    if task == "my own survey" and not (report / "guides").exists():
        pytest.skip("this report has no guides")
    clicks, target, place = TASKS[task]
    page = opened((report / "index.html").as_uri())
    for selector, words in clicks:
        link = found(page, selector, words)
        assert on_screen(page, link), (task, words or selector)
        link.click()
        page.wait_for_load_state()
        page.wait_for_timeout(100)
    print(f"{task}: {len(clicks)} clicks: {' > '.join(words or s for s, words in clicks)}")
    assert len(clicks) <= 2 and place in page.url, page.url
    assert on_screen(page, page.locator(target).first), task


def found(page, selector, words):
    """Return the first element that a reader sees with these words, or any if none are given."""
    places = page.locator(f"article :is({selector})" if words else selector)
    if words:
        places = places.filter(has_text=words)
    return places.first


def on_screen(page, place):
    """Say whether an element is seen without scrolling."""
    box = place.bounding_box() if place.is_visible() else None
    return bool(box) and box["y"] >= 0 and box["y"] + min(box["height"], 30) <= USUAL["height"]
