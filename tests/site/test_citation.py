"""How the report is cited, from any CITATION.cff."""

import pytest

from analysis.language.current import LANGUAGES, speaking
from analysis.report.site.shown.citation import apa, author_name, bibtex, cited, foot

SAID = {
    "title": "Orchards, counted again",
    "authors": [{"family-names": "Ash", "given-names": "Ann Bo"}, {"name": "The pickers"}],
    "version": "2.1",
    "date-released": "2020-05-01",
    "license": ["MIT", "CC-BY-4.0"],
}


def test_persons_have_initials_and_groups_their_name():
    assert [author_name(each) for each in SAID["authors"]] == ["Ash, A. B.", "The pickers"]


def test_the_reference_names_authors_year_title_and_version():
    assert apa(cited(SAID)) == (
        "Ash, A. B., & The pickers. (2020). Orchards, counted again (Version 2.1) "
        "[Computer software]."
    )


def test_bibtex_keeps_a_group_together_and_parts_authors_with_and():
    entry = bibtex(cited(SAID))
    assert entry.startswith("@software{orchards2020,")
    assert "author = {Ash, A. B. and {The pickers}}" in entry and "url" not in entry


@pytest.mark.parametrize("name", ["repository-code", "repository", "url"])
def test_a_repository_is_named_only_if_the_file_names_it(name):
    assert cited(SAID)["repository"] == foot(cited(SAID))["source"] == ""
    named = cited(SAID | {name: "https://example.org/orchards"})
    assert named["repository"] == "https://example.org/orchards" in apa(named)
    assert foot(named)["source"]
    assert cited(SAID | {name: "javascript:alert(1)"})["repository"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_a_page_says_the_same_in_every_language(language):
    with speaking(language):
        said = foot(cited(SAID))
    assert "2.1" in said["version"] and "MIT / CC-BY-4.0" in said["licence"]
    assert "2020" in said["data"] and said["authors"] == "Ash, A. B.; The pickers"
