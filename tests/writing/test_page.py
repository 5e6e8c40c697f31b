"""Pages that stand alone."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from analysis.figures import plot_shares
from analysis.writing import Figure, Heading, Table, shown, write_html
from analysis.writing.page import page_of
from tests.writing.hostile import TEXTS, blocks


class Read(HTMLParser):
    """Collects tags with their attributes, and the texts of cells."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.cells, self.inside = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag in ("td", "th")
        self.cells += [""] if self.inside else []

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


def test_hostile_texts_are_texts_and_nothing_on_the_page_acts():
    read = Read(page_of(blocks(), "en"))
    assert [read.cells[3 + 3 * place] for place in range(len(TEXTS))] == list(map(shown, TEXTS))
    assert {tag for tag, _ in read.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "figure"),
        *("figcaption", "b", "i", "div", "table", "thead", "tbody", "tr", "th", "td", "img"),
    }
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]


def test_the_policy_comes_first_and_lets_in_nothing_from_outside():
    page = page_of(blocks(), "en")
    assert re.search(
        r'<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src \'none\'', page
    )
    assert not re.findall(r'(?:src|href)="(?!data:image/)', page)


def test_the_policy_allows_the_style_of_the_page_and_no_other():
    import base64
    import hashlib

    page = page_of([Heading("A", 1)], "en")
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert " style=" not in page


def test_a_figure_is_in_the_page_with_its_alternative_text():
    shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    axes = plot_shares(shares, "Most are women", "Gender; n = 40", "Source: own survey")
    images = [attrs for tag, attrs in Read(page_of([Figure(axes)], "en")).tags if tag == "img"]
    assert [image["alt"] for image in images] == [axes.figure.get_label()]
    assert images[0]["src"].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_page_names_its_language(tmp_path, language):
    page = write_html([Heading("A", 1)], tmp_path / "made.html", language).read_text("utf-8")
    assert f'<html lang="{language}">' in page


def test_headings_of_rows_and_columns_say_what_they_are_of():
    spans = {"n": ("men", "people")}
    page = page_of([Table(pd.DataFrame({"answer": ["yes"], "n": [4]}), "T", spans=spans)], "en")
    scopes = [attrs["scope"] for tag, attrs in Read(page).tags if tag == "th"]
    assert scopes == ["colgroup", "col", "col", "row"]
