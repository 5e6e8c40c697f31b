"""Columns that a platform adds to the answers: times, numbers of responses, consent."""

import re

from analysis.language.current import tr
from analysis.responses.options import plain
from analysis.responses.seen import Seen
from analysis.responses.words import one_of

MOMENT = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}[ T,]+[0-9]{1,2}:[0-9]{2}.*")
DAY = re.compile(r"[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}")


def reason_to_ignore(column: Seen, header: str) -> str:
    """Return why a column is no question but made by a platform, or asks for consent; else "".

    >>> reason_to_ignore(Seen("Timestamp", {"2024/03/01 10:22:33 AM GMT+6": 1}), "Timestamp")
    'times of the answers'
    >>> reason_to_ignore(Seen("ID", {"7": 1, "8": 1, "9": 1}), "ID")
    'numbers of the responses'
    """
    name, texts = plain(header), list(column.cells)
    moments = sum(column.cells[text] for text in texts if MOMENT.fullmatch(text))
    days = sum(column.cells[text] for text in texts if DAY.fullmatch(text))
    if moments > 0.8 * column.people or (one_of("times").search(name) and moments + days):
        return tr("times of the answers")
    if days > 0.8 * column.people:
        return tr("dates")
    if one_of("numbers").fullmatch(name) and len(texts) > 0.9 * column.people:
        return tr("numbers of the responses")
    if one_of("machine").fullmatch(name):
        return tr("written by the platform")
    if one_of("consent").search(name) and len(column.counts) < 3:
        return tr("asks for consent")
    return tr("numbers one after the other") if _counting(texts, column.people) else ""


def _counting(texts: list[str], people: int) -> bool:
    """Say whether a column counts its rows: whole numbers, each once, without a gap."""
    if len(texts) != people or people < 10 or not all(t.isascii() and t.isdigit() for t in texts):
        return False
    numbers = sorted(map(int, texts))
    return numbers[-1] - numbers[0] == people - 1
