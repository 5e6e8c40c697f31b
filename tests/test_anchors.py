"""Every row of the tables is found again in its paper, the printed number with it."""

import csv
import os
import re
from pathlib import Path

import inflect
import pytest

from analysis import paths

FOLDER = os.environ.get("PAPERS_DIR")
NEEDS_PAPERS = pytest.mark.skipif(
    not FOLDER, reason="PAPERS_DIR is not set: the texts of the papers are not part of the project"
)
SLUGS = ["zhakyanova", "rustemova", "zharylkap", "nched", "liu"]
BESIDE = 60  # letters around an anchor in which its number may stand
SPEECH = inflect.engine()
WORDS = {"50": ["half"], "1000000": ["1 million"], "2": ["twice"], "10": ["ten"]}


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


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
    if "." in printed:
        return [printed, printed.replace(".", ","), printed.replace(".", ", ")]
    number = int(printed)
    digits = [printed, f"{number:,}", f"{number:,}".replace(",", " "), SPEECH.ordinal(number)]
    word = SPEECH.number_to_words(number, andword="")
    return [*digits, word, SPEECH.ordinal(word), *WORDS.get(printed, [])]


def stands_in(printed: str, text: str) -> bool:
    """Say whether a number stands in a text, as digits of its own or as a word."""
    low = text.lower()
    return any(
        re.search(rf"(?<![\d.,]){re.escape(form.lower())}(?![\d]|[.,]\d)", low)
        for form in forms(printed)
    )


def test_a_number_is_not_found_inside_another_number():
    assert stands_in("33", "for 33 per cent")
    assert not stands_in("33", "for 133 per cent") and not stands_in("33", "33.5 per cent")
    assert stands_in("1100", "more than 1,100 people") and stands_in("74", "Seventy-four per cent")


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_every_anchor_stands_in_its_paper(slug):
    text = paper(slug)
    rows = addressed_rows(slug)
    lost = [(place, row["anchor"]) for place, row in rows if one_line(row["anchor"]) not in text]
    assert rows and not lost


@NEEDS_PAPERS
@pytest.mark.parametrize("slug", SLUGS)
def test_every_printed_number_stands_inside_or_beside_its_anchor(slug):
    text = paper(slug)
    lost = []
    for place, row in addressed_rows(slug):
        near = " ".join(
            text[max(0, found.start() - BESIDE) : found.end() + BESIDE]
            for found in re.finditer(re.escape(one_line(row["anchor"])), text)
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
