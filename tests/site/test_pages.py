"""Every page of the report, in every language, as one visit in a real browser finds it."""

from pathlib import Path

import pytest

from analysis import paths, read_table
from analysis.language.current import LANGUAGES

BEGINS = {
    ".svg": b"<?xml",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF-",
    ".ipynb": b"{",
    ".json": b"{",
    ".csv": b"",
}
EIGHT_POINTS = 8 * 96 * 5 / 6  # at eight inches the smallest text of a figure has 9.6 points
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
def test_every_page_opens_without_an_error_and_has_a_title(visited, language):
    found = visited(language)
    wanted = {f"notebooks/{file.stem}.html" for file in paths.NOTEBOOKS.glob("*.ipynb")}
    wanted |= {f"documents/{paper}.html" for paper in read_table("papers")["paper"]}
    assert wanted < set(found)
    assert not {name: page["wrong"] for name, page in found.items() if page["wrong"]}
    assert all(page["title"] for page in found.values())


@in_each_language
def test_nothing_overflows_on_a_phone(visited, language):
    wide = {name: page["width"] for name, page in visited(language).items()}
    assert not {name: width for name, width in wide.items() if width > 360}


@in_each_language
def test_what_is_pressed_on_a_phone_is_large_enough(visited, language):
    small = {name: page["small"] for name, page in visited(language).items()}
    assert not {name: what for name, what in small.items() if what}


@in_each_language
def test_axe_finds_no_violation_on_any_page_nor_in_the_dark_on_one_of_each_kind(visited, language):
    pages = visited(language)
    assert not {name: page["violations"] for name, page in pages.items() if page["violations"]}


@in_each_language
def test_downloads_are_the_files(visited, language):
    links = {Path(file) for page in visited(language).values() for file in page["downloads"]}
    assert {".svg", ".png", ".csv", ".ipynb"} <= {file.suffix for file in links} <= set(BEGINS)
    for file in links:
        assert file.stat().st_size > 20 and file.read_bytes().startswith(BEGINS[file.suffix])


@in_each_language
def test_figures_are_shown_large_enough_to_read(visited, language):
    found = visited(language)
    figures = [page for name, page in found.items() if name.startswith("figures/")]
    assert figures and all(len(page["pictures"]) == 1 for page in figures)
    for name, page in found.items():
        assert all(width >= EIGHT_POINTS for width in page["pictures"]), (name, page["pictures"])
