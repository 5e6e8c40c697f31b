"""What a page weighs, and that its one style sheet is cut to what pages can use, and no further."""

import re
from importlib.resources import files

import pytest
import tinycss2

from analysis.report.site import styles
from tests.shared import kinds, pages

KILOBYTES = 400  # of the front page without its pictures; the issue allows 600
CASE = "p.lead, .gone { margin: 0 } .gone > p { color: red } @media print { .gone { top: 0 } }"


def test_the_front_page_is_light_and_asks_for_few_files(report, opened):
    page = opened("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.goto((report / "index.html").as_uri())
    loaded = [each.url for each in asked if each.resource_type != "image"]
    there = {each.partition("?")[0].removeprefix("file://") for each in loaded}
    weight = sum((report / file).stat().st_size for file in there)
    assert weight < KILOBYTES * 1000, f"{weight / 1000:.0f} KB: {sorted(there)}"
    assert not [each for each in asked if each.resource_type == "font"]
    assert len([url for url in loaded if ".css" in url]) == 1


def test_no_font_and_no_framework_is_left_among_the_files(report):
    left = [file.name for file in (report / "_static").rglob("*") if file.is_file()]
    assert not [name for name in left if re.search(r"fontawesome|bootstrap|\.woff", name)]
    assert "@font-face" not in (report / styles.SHEET).read_text("utf-8")


def dropped(sheet, names):
    """Return the selectors that a cut takes out of a sheet, as text without pseudo-classes."""
    kept = styles.cut(sheet, names)
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    preludes = [r.prelude for r in rules if r.type == "qualified-rule"]
    words = (tinycss2.serialize(each).strip() for p in preludes for each in styles._split(p))
    return [word for word in words if word not in kept and ":" not in word]


def test_a_rule_that_is_cut_matches_nothing_on_any_kind_of_page_nor_in_its_dialogs(report, opened):
    sheet = files("pydata_sphinx_theme") / "theme" / "pydata_sphinx_theme" / "static" / "styles"
    text = (sheet / "pydata-sphinx-theme.css").read_text("utf-8")
    read = [file.read_text("utf-8") for file in pages(report)]
    scripts = [file.read_text("utf-8") for file in (report / "_static").rglob("*.js")]
    gone = dropped(text, styles.names_of(read) | styles.words_of(scripts))
    assert len(gone) > 1000
    matching = "all => all.filter(each => document.querySelector(each))"
    for file in kinds(report):
        page = opened(file.as_uri(), width=360)
        for button in page.query_selector_all(".sidebar-toggle:visible, .search-button:visible"):
            button.click()
            assert not page.evaluate(matching, gone), file.name
            page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ({"p", ".lead"}, ["p.lead{ margin: 0 }"]),
        ({"p", ".gone"}, [".gone{ margin: 0 }", ".gone > p{ color: red }", "@media print {"]),
        ({".lead"}, []),
    ],
)
def test_a_rule_stays_if_all_it_asks_for_can_be_there(names, kept):
    made = styles.cut(CASE, names)
    assert [each for each in kept if each not in made] == [] and bool(made) == bool(kept)


@pytest.mark.parametrize("selector", [":root", "p:not(.gone)", "p::before", ":is(.gone, p)", "*"])
def test_a_condition_that_can_hold_without_the_name_keeps_the_rule(selector):
    assert styles.cut(f"{selector} {{ top: 0 }}", {"p"})


@pytest.mark.parametrize("selector", ["[data-gone] p", "p:is(.gone, #gone)", "#gone", "p + li"])
def test_a_condition_that_cannot_hold_cuts_the_rule(selector):
    assert not styles.cut(f"{selector} {{ top: 0 }}", {"p"})


def test_a_sheet_is_made_once_and_again_when_a_page_has_another_name(tmp_path, monkeypatch):
    sheet, kept = tmp_path / "theme.css", tmp_path / "kept"
    sheet.write_text(CASE, encoding="utf-8")
    first = styles.made_once(kept, [sheet], {"p", ".lead"})
    with monkeypatch.context() as patch:
        patch.setattr(styles, "cut", lambda *given: pytest.fail("made twice"))
        assert styles.made_once(kept, [sheet], {"p", ".lead"}) == first
    assert styles.made_once(kept, [sheet], {"p", ".gone"}) != first
