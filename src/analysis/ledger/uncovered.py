"""Numbers of a text that no claim covers: each with the reason, or none, which is a gap."""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import read_table
from analysis.failures import quoted
from analysis.ledger.anchors import anchor_faults, spans
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.excuses import excuses
from analysis.ledger.number_words import DIGITS, LANGUAGES, known_language, word_tokens
from analysis.ledger.text import JOINT, Body, body_of, one_line

NEAR = 40  # letters of context to each side of a number


def uncovered_numbers(
    text: str, anchors: Iterable[str], citations: Iterable[str] = (), words: bool = False
) -> pd.DataFrame:
    """Return every number of a text that no anchor covers.

    text : str
        The whole text; reference lists in it are left out.
    anchors, citations : iterable of str
        The anchors of the claims, and of the citations, of this text.
    words : bool
        Look for number words ("three", "a third", "половина") instead of digits.

    Columns: number, context (40 letters to each side), reason; the reason is "" where nothing
    accounts for the number: a claim is missing. Raises ValueError where number words are wanted of
    a language in which none are known.

    >>> found = uncovered_numbers("In 2020 [3] 45 came.", ["In 2020"])
    >>> found[["number", "reason"]].to_numpy().tolist()
    [['3', 'citation'], ['45', '']]
    """
    body = body_of(text)
    if words and not known_language(body.line):
        raise ValueError(f"number words are known in {LANGUAGES} only; the text is in none of them")
    covered = [span for anchor in anchors for span in spans(body.line, anchor)]
    cited = [("citation", span) for anchor in citations for span in spans(body.line, anchor)]
    excused = [*excuses(body, words), *cited]
    rows = []
    for start, end in tokens(body.line, words, [*covered, *(span for _, span in excused)]):
        if not inside((start, end), covered):
            reason = next((why for why, span in excused if inside((start, end), [span])), "")
            context = body.line[max(0, start - NEAR) : end + NEAR].replace(JOINT, "-")
            rows.append([body.line[start:end].replace(JOINT, "-"), context, reason])
    rows += [] if words else page_rows(body)
    return pd.DataFrame(rows, columns=["number", "context", "reason"])


def tokens(line: str, words: bool, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of a line stand; `12 345` is one, unless a place ends inside it."""
    for found in word_tokens(line) if words else DIGITS.finditer(line):
        parts = [part.span() for part in re.finditer(r"\S+", found[0])]
        parts = [(found.start() + start, found.start() + end) for start, end in parts]
        whole = inside(found.span(), places) or words
        split = not whole and any(inside(part, places) for part in parts)
        yield from parts if split else [found.span()]


def page_rows(body: Body) -> list[list[str]]:
    """Return a row for every number that stands at the edge of a page."""
    return [[found[0], line, why] for line, why in body.aside for found in DIGITS.finditer(line)]


def inside(token: tuple[int, int], places: Iterable[tuple[int, int]]) -> bool:
    """Say whether a token lies within one of the places."""
    return any(start <= token[0] and token[1] <= end for start, end in places)


def uncovered_in_paper(
    paper: str, text: str, words: bool = False, folder: str | Path | None = None
) -> pd.DataFrame:
    """Return `uncovered_numbers` of one document, with its claims, other statements and citations.

    paper : str
        Short name of the document; ValueError, with the names that there are, for another.
    text : str
        Its whole text.
    """
    check_paper(paper, folder)
    claims, worded, citations = (
        list(table.loc[table["paper"] == paper, "anchor"])
        for table in (
            claims_table(folder),
            read_table("worded", folder),
            read_table("citations", folder),
        )
    )
    return uncovered_numbers(text, [*claims, *worded], citations, words)


def anchor_problems(
    paper: str, text: str, folder: str | Path | None = None
) -> list[tuple[str, bool]]:
    """Return (line, counts) for every claim or other statement whose anchor fails in its text.

    A line says: not there, there more than once, or without the number. It does not count where
    neither anchor nor number stands in the text.
    """
    check_paper(paper, folder)
    claims = claims_table(folder)
    rows = claims[claims["paper"] == paper].to_dict("records")
    worded = read_table("worded", folder).rename(columns={"passage": "claim"})
    rows += worded[worded["paper"] == paper].assign(printed="").to_dict("records")
    return list(anchor_faults(body_of(text), one_line(text), rows))


def check_paper(paper: str, folder: str | Path | None = None) -> None:
    """Raise ValueError where a folder has no such document; name those that it has."""
    names = [document.slug for document in documents(paths.as_folder(folder))]
    if paper not in names:
        close = difflib.get_close_matches(paper, names, n=1)
        advice = f"did you mean {close[0]}? " if close else ""
        raise ValueError(f"there is no paper {quoted(paper)}; {advice}there are {', '.join(names)}")
