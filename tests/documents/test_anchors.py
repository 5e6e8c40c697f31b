"""Every row of the tables is found again in its paper, the printed number with it."""

import calendar
import csv
import os
import re
from pathlib import Path

import inflect
import pandas as pd
import pytest

from analysis import paths
from analysis.data.collection import documents
from analysis.data.double_entry import READERS, read_entry
from analysis.data.tables import read_table
from analysis.ledger.anchors import spans
from analysis.ledger.claims import parse_inputs
from analysis.ledger.text import one_line
from analysis.ledger.uncovered import anchor_problems, uncovered_in_paper

FOLDER = os.environ.get("PAPERS_DIR")
NEEDS_PAPERS = pytest.mark.skipif(
    not FOLDER, reason="PAPERS_DIR is not set: the texts of the papers are not part of the project"
)
SLUGS = [
    slug
    for slug in read_table("papers")["paper"]
    if not FOLDER or (Path(FOLDER) / f"{slug}.txt").exists()
]
BESIDE = 60  # letters around an anchor in which its number may stand
SPEECH = inflect.engine()
WORDS = {
    "50": ["half"],
    "1000000": ["1 million"],
    "1": ["only"],
    "2": ["twice", "dual"],
    "10": ["ten"],
    "21": ["xxi"],
    "25": ["one in four"],
}
DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


def paper(slug: str) -> str:
    return one_line((Path(FOLDER) / f"{slug}.txt").read_text(encoding="utf-8"))


def addressed_rows(slug: str) -> list[tuple[str, dict[str, str]]]:
    """Return (place, row) for every row of the tables of one paper that has an anchor."""
    found = []
    for file in sorted(paths.RAW.glob("*.csv")) + sorted((paths.RAW / slug).glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                if row.get("anchor") and row.get("paper", slug) == slug:
                    found.append((f"{file.relative_to(paths.ROOT)}, row {number}", row))
    return found


def forms(printed: str) -> list[str]:
    """Return how a number may stand in a text: 1100 as "1,100", 74 as "seventy-four".

    >>> forms("28.56")
    ['28.56', '28,56', '28, 56']
    """
    if "." in printed or "-" in printed:
        return [printed, printed.replace(".", ","), printed.replace(".", ", ")]
    number = int(printed)
    digits = [printed, f"{number:,}", f"{number:,}".replace(",", " "), SPEECH.ordinal(number)]
    word = SPEECH.number_to_words(number, andword="")
    return [*digits, word, SPEECH.ordinal(word), *WORDS.get(printed, [])]


def stands_in(printed: str, text: str) -> bool:
    """Say whether a number stands in a text, as digits of its own or as a word."""
    low = text.lower()
    if date := DATE.fullmatch(printed):
        year, month, day = date.groups()
        named = calendar.month_name[int(month)].lower() in low or f".{month}.{year}" in low
        return year in low and named and (day is None or re.search(rf"\b0?{int(day)}\b", low))
    return any(
        re.search(rf"(?<![\d.,]){re.escape(form.lower())}(?![\d]|[.,]\d)", low)
        for form in forms(printed)
    )


def test_a_number_is_not_found_inside_another_number():
    assert stands_in("33", "for 33 per cent")
    assert not stands_in("33", "for 133 per cent") and not stands_in("33", "33.5 per cent")
    assert stands_in("1100", "more than 1,100 people") and stands_in("74", "Seventy-four per cent")
    assert stands_in("2005-06-20", "dated June 20, 2005") and stands_in("2015-01-22", "22.01.2015")
    assert not stands_in("2005-07-20", "dated June 20, 2005")


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_every_anchor_stands_in_its_paper(slug):
    text = paper(slug)
    rows = addressed_rows(slug)
    lost = [(place, row["anchor"]) for place, row in rows if not spans(text, row["anchor"])]
    assert rows and not lost


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_every_printed_number_stands_inside_or_beside_its_anchor(slug):
    text = paper(slug)
    lost = []
    for place, row in addressed_rows(slug):
        near = " ".join(
            text[max(0, start - BESIDE) : end + BESIDE] for start, end in spans(text, row["anchor"])
        )
        if row.get("printed") and not stands_in(row["printed"], near):
            lost.append((place, row["printed"], row["anchor"]))
    assert not lost


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_every_section_is_a_heading_of_its_paper(slug):
    lines = (Path(FOLDER) / f"{slug}.txt").read_text(encoding="utf-8").splitlines()
    headings = {re.sub(r"^[#*\s]+|[*\s]+$", "", line) for line in lines}
    sections = {row["section"] for _, row in addressed_rows(slug) if row.get("section")}
    assert sections <= headings


def claims_of(slug: str) -> list[dict[str, str]]:
    return [row for place, row in addressed_rows(slug) if "claims.csv" in place]


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_the_anchor_of_a_claim_stands_once_and_holds_its_number(slug):
    text, rows = paper(slug), claims_of(slug)
    assert rows
    places = {row["claim"]: spans(text, row["anchor"]) for row in rows}
    assert not [(claim, found) for claim, found in places.items() if len(found) != 1]
    assert not [
        (row["claim"], row["printed"], row["anchor"])
        for row in rows
        if row["printed"] and not stands_in(row["printed"], row["anchor"])
    ]


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_the_things_of_a_list_stand_in_the_text(slug):
    text = paper(slug)
    for row in claims_of(slug):
        items = parse_inputs(row["inputs"]).get("items", ())
        if items[:1] != ("table",):
            assert not [item for item in items if one_line(item) not in text], row["claim"]


@NEEDS_PAPERS
@pytest.mark.parametrize("words", [False, True], ids=["digits", "words"])
@pytest.mark.parametrize("slug", SLUGS)
def test_no_number_of_a_document_is_without_a_claim_or_a_reason(slug, words, record_property):
    text = (Path(FOLDER) / f"{slug}.txt").read_text(encoding="utf-8")
    left = uncovered_in_paper(slug, text, words)
    for row in left.itertuples():  # for a report: every number that no claim covers
        record_property(f"{row.number} ({row.reason})", row.context)
    assert left[left["reason"] == ""].empty, left[left["reason"] == ""].to_string()


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_the_command_finds_no_fault_in_an_anchor_of_a_claim(slug):
    text = (Path(FOLDER) / f"{slug}.txt").read_text(encoding="utf-8")
    assert anchor_problems(slug, text) == []


@NEEDS_PAPERS
def test_a_number_that_is_added_to_a_document_shows_up():
    text = (Path(FOLDER) / "nched.txt").read_text(encoding="utf-8")
    added = text.replace("signed by 22 countries", "signed by 22 countries and 4711 others")
    left = uncovered_in_paper("nched", added)
    assert left[left["reason"] == ""]["number"].to_list() == ["4711"]


@NEEDS_PAPERS
def test_the_readers_were_matched_by_place_and_number():
    first, second = (
        pd.concat(
            read_entry(document, reader, "claims").assign(paper=document.slug)
            for document in documents(paths.RAW)
            if (document.folder / "double-entry").exists()
        )
        for reader in READERS
    )
    named = {row["claim"]: row for row in first.to_dict("records")}
    for row in second.to_dict("records"):
        if row["claim"]:
            other = named[row["claim"]]
            assert row["paper"] == other["paper"] and row["printed"] == other["printed"]
            text = paper(row["paper"])
            places = [spans(text, each["anchor"])[0] for each in (row, other)]
            assert max(start for start, _ in places) < min(end for _, end in places)


@NEEDS_PAPERS
def test_a_term_of_the_glossary_stands_in_the_abstract_that_it_is_taken_from():
    terms = read_table("glossary")
    assert (terms["paper"].ne("") | terms["source"].ne("")).all()
    for term in terms[terms["paper"] != ""].itertuples():
        text = paper(term.paper)
        assert term.anchor_ru in text and term.anchor_kk in text, term.term
        for label, anchor in ((term.label_ru, term.anchor_ru), (term.label_kk, term.anchor_kk)):
            stem = label.split()[0][:4].lower().replace("ё", "е")
            assert stem in anchor.lower().replace("ё", "е"), term.term
