"""Columns that a platform adds to the answers: times, numbers of responses, consent."""

import re

from analysis.language.current import tr
from analysis.responses.options import plain
from analysis.responses.seen import Seen
from analysis.responses.words import one_of

MOMENT = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}[ T,]+[0-9]{1,2}:[0-9]{2}.*")
DAY = re.compile(r"[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}")

MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел)\w{0,6}"
)
DATE = re.compile(
    rf"[0-9]{{1,2}}[-./ ]{MONTH}\.?([-./ ][0-9]{{2,4}})?|{MONTH}\.?[-./ ][0-9]{{2,4}}"
)


def is_date(text: str) -> bool:
    """Say whether a text is a day, or a day of a month as a spreadsheet shows it.

    >>> [is_date(text) for text in ("2024-02-01", "01.фев", "1-Feb", "1-2", "May be")]
    [True, True, True, False, False]
    """
    moment = plain(text).removesuffix(" 00:00:00")
    return bool(DAY.fullmatch(moment) or DATE.fullmatch(moment))


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
    came_as = texts and all(one_of("came_as").fullmatch(plain(text)) for text in texts)
    if came_as or one_of("machine").fullmatch(name):
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
