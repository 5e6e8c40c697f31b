"""Anchors: where they stand in a text, and whether they hold the number of their claim."""

import calendar
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from analysis.ledger.number_words import DIGITS, values_in, word_tokens
from analysis.ledger.text import JOINT, Body, closest, one_form, one_line

DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
BAND = re.compile(r"([0-9.]+)-([0-9.]+)")
RUSSIAN, KAZAKH = (
    "янв фев мар апр ма[йя] июн июл авг сен окт ноя дек",
    "қаң ақп нау сәу мам мау шіл",
)
KAZAKH += " там қыр қаз қар жел"
ENGLISH = [name[:3] for name in calendar.month_name[1:]]
MONTHS = [ENGLISH, RUSSIAN.split(), KAZAKH.split()]


def spans(line: str, anchor: str) -> list[tuple[int, int]]:
    """Return where an anchor stands in a line, both in one form; not inside a longer number.

    >>> spans("Of 145 people 45 came, 45.5 did not.", "45")
    [(14, 16)]
    """
    wanted = one_line(anchor)
    if not wanted:
        return []
    pattern = re.escape(wanted)
    if JOINT in line:
        letters = (re.escape(letter) if letter != "-" else f"[-{JOINT}]" for letter in wanted)
        pattern = f"{JOINT}?".join(letters)
    before = r"(?<![0-9])(?<![0-9][.,])" if wanted[0].isdigit() else ""
    after = r"(?![0-9]|[.,][0-9])" if wanted[-1].isdigit() else ""
    return [found.span() for found in re.finditer(before + pattern + after, line)]


def holds(printed: str, text: str) -> bool:
    """Say whether a text holds a printed number, as digits, in words, as a date or as a band.

    >>> holds("1100", "more than 1,100 people"), holds("27", "Twenty-seven per cent")
    (True, True)
    >>> holds("2011-04", "adopted in April 2011"), holds("25-29", "from 25 to 29"), holds("4", "45")
    (True, True, False)
    """
    text = one_form(text)
    if date := DATE.fullmatch(printed):
        return holds_date(*date.groups(), text)
    if band := BAND.fullmatch(printed):
        return all(holds(end, text) for end in band.groups())
    try:
        return Decimal(printed) in values_in(text)
    except InvalidOperation:
        return one_form(printed) in text


def holds_date(year: str, month: str, day: str | None, text: str) -> bool:
    """Say whether a text holds a date, its month as a name or as a number."""
    place, low = int(month), text.lower()
    stems = (names[place - 1].lower() for names in MONTHS)
    named = re.search(rf"\b(?:{'|'.join(stems)})", low)
    numeric = re.search(rf"[-./]{month}[-./]|\b{month}[-./]{year}|{year}[-./]{month}\b", low)
    days = day is None or re.search(rf"(?<![0-9])0?{int(day)}(?![0-9])", low)
    return year in low and bool(named or numeric) and bool(days)


def holds_another(printed: str, anchor: str) -> bool:
    """Say whether an anchor holds numbers, and none of them is the printed one."""
    any_number = DIGITS.search(anchor) or word_tokens(anchor)
    return bool(printed and any_number) and not holds(printed, anchor)


def anchor_faults(
    body: Body, whole: str, claims: list[Mapping[str, str]]
) -> Iterator[tuple[str, bool]]:
    """Yield what is wrong with the anchor of each claim, and whether the text lacks a claim by it.

    body : Body
        Of the text of a document.
    whole : str
        The text on one line, with what the body leaves out: an anchor may stand there.
    claims : list of mapping
        Complete claims of it: claim, printed, anchor.

    A claim of which neither anchor nor number stands in the text may belong to another part of the
    document: it is named, and counts for nothing.
    """
    known = values_in(body.line)
    for claim in claims:
        places = spans(body.line, claim["anchor"]) or spans(whole, claim["anchor"])
        name, anchor, printed = claim["claim"], claim["anchor"], claim["printed"]
        if anchor and not places:
            counts = in_text(printed, known, body)
            other = "" if counts else f", nor is {printed}: is it of another part of the paper?"
            yield f"{name}: {lost(body, anchor)}{other}", counts
        elif len(places) > 1:
            yield f"{name}: the anchor {anchor!r} stands {len(places)} times; lengthen it", True
        elif anchor and printed and not holds(printed, anchor):
            yield f"{name}: prints {printed}, which its anchor {anchor!r} does not hold", True


def in_text(printed: str, known: set[Decimal], body: Body) -> bool:
    """Say whether a printed number stands anywhere in a text; of no number nothing is known."""
    try:
        return not printed or Decimal(printed) in known
    except InvalidOperation:
        return holds(printed, body.line)


def lost(body: Body, anchor: str) -> str:
    """Return what is said of an anchor that does not stand in a text."""
    wanted = one_line(anchor)
    if wanted in body.line:
        return f"the anchor {anchor!r} stands inside a longer number only"
    near = closest(body.line, wanted)
    return f"the anchor {anchor!r} is not in the text" + f"; there is {near!r}" * bool(near)
