"""Pages are HTML as the standard has it, and what a reader of screens goes by is there once."""

import re
from collections import Counter

import pytest
from tinyhtml5.parser import HTMLParser

from analysis.language.current import LANGUAGES
from tests.shared import home, kinds, pages

EVERY = 12  # of the pages that are of the same kind
HEADINGS = {f"h{level}" for level in range(1, 7)}
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "figure", "details", "form", *HEADINGS}
TEXT_ONLY = {"p", "span", "em", "strong", "code", "button", "label", "q", "cite", *HEADINGS}
CONTROLS = {"input", "select", "textarea"}
PRESSED = {"a", "button", "input", "select", "summary"}
LISTS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"th", "td"}}
BEHIND = {"script", "template"}  # may stand anywhere
LANDMARKS = {"nav", "form", "search", "section"}  # of which several are told apart by name
POINTING = ("aria-labelledby", "aria-controls", "aria-describedby", "for", "list")


def faults(page):
    """Return what is wrong with a page, given as HTML, in words."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(page)
    found = [f"not HTML: {error[1]} at {error[0]}" for error in parser.errors]
    checks = (unclear_ids, unclear_headings, misplaced, unnamed, alike_landmarks, unclear_head)
    return found + [words for check in checks for words in check(tree)]


def named(element):
    """Return what names an element: its text, or the attribute that says it aloud."""
    return element.get("aria-label") or element.get("aria-labelledby") or text_of(element)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def elements(tree, *names):
    return [each for each in tree.iter() if isinstance(each.tag, str) and each.tag in names]


def unclear_ids(tree):
    ids = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    yield from (f"id {name!r} stands {times} times" for name, times in ids.items() if times > 1)
    for each in tree.iter():
        for word in (word for name in POINTING for word in (each.get(name) or "").split()):
            if word not in ids:
                yield f"<{each.tag}> points to {word!r}, which is not there"


def unclear_headings(tree):
    headings = elements(tree, *HEADINGS)
    levels = [int(each.tag[1]) for each in headings]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    yield from (f"an empty <{each.tag}>" for each in headings if not text_of(each))
    for before, level, each in zip(levels, levels[1:], headings[1:], strict=False):
        if level > before + 1:
            yield f"<{each.tag}> {text_of(each)!r} after a heading of level {before}"


def misplaced(tree):
    for parent in tree.iter():
        wanted = LISTS.get(parent.tag)
        for child in parent:
            if wanted and child.tag not in wanted | BEHIND and isinstance(child.tag, str):
                yield f"<{child.tag}> in <{parent.tag}>"
        inner = {each.tag for each in parent.iter() if isinstance(each.tag, str)}
        blocks = inner & BLOCKS - {parent.tag} if parent.tag in TEXT_ONLY else set()
        if blocks:
            yield f"<{min(blocks)}> in <{parent.tag}> {text_of(parent)[:50]!r}"
        if parent.tag in PRESSED and any(
            each.tag in PRESSED for each in parent.iter() if each is not parent
        ):
            yield f"something to press in <{parent.tag}> {text_of(parent)[:50]!r}"


def unnamed(tree):
    yield from ("an empty <th>" for each in elements(tree, "th") if not named(each))
    yield from ("an <img> without alt" for each in elements(tree, "img") if each.get("alt") is None)
    for each in elements(tree, "a", "button", "summary"):
        if not named(each) and not any(img.get("alt") for img in elements(each, "img")):
            yield f"<{each.tag}> {dict(each.attrib)} says nothing"
    labels = elements(tree, "label")
    inside = {control for label in labels for control in label.iter()}
    pointed = {label.get("for") for label in labels}
    for each in elements(tree, *CONTROLS):
        if not (each.get("aria-label") or each in inside or each.get("id") in pointed):
            yield f"<{each.tag} name={each.get('name')!r}> has no label"


def alike_landmarks(tree):
    hidden = {each for box in tree.iter() if is_folded(box) for each in box.iter()}
    shown = [each for each in elements(tree, *LANDMARKS) if each not in hidden]
    shown = [each for each in shown if each.tag != "section" or "aria-label" in each.attrib]
    shown += [each for each in tree.iter() if each.get("role") == "region"]
    names = Counter(
        (each.tag, each.get("aria-label") or each.get("aria-labelledby") or "") for each in shown
    )
    for (tag, name), times in names.items():
        if times > 1:
            yield f"{times} landmarks <{tag}> called {name!r}"


def is_folded(box):
    """Say whether an element is seen only when another of the same content is not."""
    return box.tag == "dialog" or "sidebar-header-items" in (box.get("class") or "").split()


def unclear_head(tree):
    (head,) = elements(tree, "head")
    told = Counter(each.get("name") for each in elements(head, "meta"))
    for name in ("viewport", "description", "citation_title"):
        if told[name] != 1:
            yield f"{told[name]} times <meta name={name!r}>"
    if not tree.get("lang"):
        yield "no language"
    if not [each for each in elements(head, "link") if each.get("rel") == "icon"]:
        yield "no icon"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_valid_and_say_what_is_what(translated_report, language):
    chosen = {*kinds(translated_report, language), *pages(translated_report, language)[::EVERY]}
    place = home(translated_report, language)
    found = {
        file.relative_to(place).as_posix(): faults(file.read_text("utf-8"))
        for file in sorted(chosen)
    }
    assert not {name: wrong for name, wrong in found.items() if wrong}


HEAD = (
    '<head><title>x</title><link rel="icon" href="i"><meta name="viewport" content="w">'
    '<meta name="description" content="d"><meta name="citation_title" content="t"></head>'
)
GOOD = f'<!DOCTYPE html><html lang="en">{HEAD}<body><h1>One</h1><h2>Two</h2>%s</body></html>'


def test_nothing_is_wrong_with_a_good_page():
    good = '<label>Name <input name="n"></label><ul><li><a href="#">x</a></li></ul>'
    assert not faults(GOOD % good)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("<p><div>x</div></p>", "not HTML"),
        ('<p id="a">x</p><p id="a">y</p>', "id 'a' stands 2 times"),
        ('<p aria-labelledby="none">x</p>', "points to 'none'"),
        ("<h1>Again</h1>", "2 headings of the first level"),
        ("<h4>Deep</h4>", "after a heading of level 2"),
        ("<ul><p>x</p></ul>", "<p> in <ul>"),
        ("<span><div>x</div></span>", "<div> in <span>"),
        ("<details><summary><a href='#'>x</a></summary></details>", "to press in <summary>"),
        ("<table><tr><th></th></tr></table>", "an empty <th>"),
        ('<img src="x">', "without alt"),
        ('<a href="#"><i></i></a>', "says nothing"),
        ('<input name="n">', "has no label"),
        ("<nav>x</nav><nav>y</nav>", "2 landmarks <nav>"),
    ],
)
def test_a_fault_is_found(part, wrong):
    assert any(wrong in words for words in faults(GOOD % part))


def test_a_head_that_says_nothing_is_found():
    assert re.search("description", " ".join(faults((GOOD % "").replace(HEAD, "<head></head>"))))
