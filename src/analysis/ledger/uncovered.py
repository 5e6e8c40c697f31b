"""Numbers of a text that no claim covers: each with the reason, or none, which is a gap."""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.data.tables import read_table
from analysis.ledger.claim_rows import claims_table

DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|"
    r"majority|quarter|twice|double)\b(?:-[a-z]+)?",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"(?:^|\n)[#* ]*(?:references|bibliography|использованные источники)[:* ]*\n", re.IGNORECASE
)
SITES = r"\S*(?:https?:|www\.|@|doi\.org)\S*"
# Why a number is no claim. The first rule whose match holds the number gives the reason.
RULES = [
    ("address", rf"{SITES}|(?:IRSTI|УДК):? ?[0-9. ]+"),
    ("page header", r"(?:January|February|March|April|May|June|July|August|September|October|"
     r"November|December) [0-9]{4}(?= Vol)|Vol\.? ?[0-9]+\.? ?No\.? ?[0-9]+"),
    ("citation", r"\[[0-9]+(?:, ?[0-9]+)*\]|\([^()]*[^()0-9 ][^()]*(?:19|20)[0-9]{2}[a-z]?[^()]*\)|"
     r"\b[A-Z]\w+(?: (?:and|&) [A-Z]\w+)?(?: et\.? ?al\.?)? ?\((?:19|20)[0-9]{2}\)|"
     r"\b[A-Z]\w+ [A-Z] ?\((?:19|20)[0-9]{2}\)"),
    ("mention of a figure", r"\((?:Fig\.?|Figure|Image|Table) ?[0-9]+\)"),
    ("name", r"(?i:covid)[- ]?19"),
    ("title of a source", r"[“\"«][^“”\"«»]{0,60}[0-9]{4}[”\"»]"),
    ("list marker", r"(?:^|(?<=[\s:;.,?]))[-#* ]*[0-9]{1,2}[.)](?= )"),
]  # fmt: skip
WORD_RULES = [
    ("two that were named", r"(?i:\b(?:the|these|both) two\b)|as two\b"),
    ("name", r"(?i:double[- ]degrees?)"),
]


def body_of(text: str) -> str:
    """Return a text before its reference list, as one line."""
    found = list(REFERENCES.finditer(text))
    return " ".join((text[: found[-1].start()] if found else text).split())


def uncovered_numbers(
    text: str, anchors: Iterable[str], citations: Iterable[str] = (), words: bool = False
) -> pd.DataFrame:
    """Return every number of a text that no anchor covers.

    text : str
        The whole text; the reference list at its end is left out.
    anchors, citations : iterable of str
        The anchors of the claims, and of the citations, of this text.
    words : bool
        Look for number words ("three", "half") instead of digits.

    Columns: number, context (40 letters to each side), reason; the reason is "" where nothing
    accounts for the number: a claim is missing.

    >>> found = uncovered_numbers("In 2020 [3] 45 came.", ["In 2020"])
    >>> found[["number", "reason"]].to_numpy().tolist()
    [['3', 'citation'], ['45', '']]
    """
    line = body_of(text)
    covered = [span for anchor in anchors for span in spans(line, anchor)]
    cited = [span for anchor in citations for span in spans(line, anchor)]
    rules = [
        (reason, [found.span() for found in re.finditer(pattern, line)])
        for reason, pattern in (WORD_RULES if words else RULES)
    ]
    rows = []
    for token in (WORDS if words else DIGITS).finditer(line):
        if inside(token.span(), covered):
            continue
        reasons = [reason for reason, places in rules if inside(token.span(), places)]
        reasons += ["citation"] if inside(token.span(), cited) else []
        context = line[max(0, token.start() - 40) : token.end() + 40]
        rows.append([token.group(), context, next(iter(reasons), "")])
    return pd.DataFrame(rows, columns=["number", "context", "reason"])


def spans(line: str, anchor: str) -> list[tuple[int, int]]:
    """Return where an anchor stands in a line."""
    return [found.span() for found in re.finditer(re.escape(anchor), line)]


def inside(token: tuple[int, int], places: list[tuple[int, int]]) -> bool:
    """Say whether a token lies within one of the places."""
    return any(start <= token[0] and token[1] <= end for start, end in places)


def uncovered_in_paper(
    paper: str, text: str, words: bool = False, folder: str | Path | None = None
) -> pd.DataFrame:
    """Return `uncovered_numbers` of one document, with its claims and citations.

    paper : str
        Short name of the document.
    text : str
        Its whole text.
    """
    tables = claims_table(folder), read_table("citations", folder)
    anchors = [list(table.loc[table["paper"] == paper, "anchor"]) for table in tables]
    return uncovered_numbers(text, *anchors, words)
