"""What a text says of claims, and where it differs from the ledger."""

import html
import re
from html.parser import HTMLParser

from analysis.ledger.table import STATUSES
from analysis.ledger.verdicts import VERDICTS

WORDS = {*VERDICTS, *STATUSES}
CONDITION = "right only if "


class Judgements(HTMLParser):
    """The judgements of a page: (claims, words that judge them, what is said besides).

    A judgement is an element that names claims and their verdict in its attributes, or a row of a
    table that has the name of one claim in a cell of its own.
    """

    def __init__(self, claims):
        super().__init__()
        self.claims, self.found = set(claims), []
        self.row, self.cell, self.spoken = None, None, None

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        named = (said.get("data-claims") or said.get("id") or "").split()
        words = {said[each] for each in ("data-verdict", "data-status") if said.get(each)}
        if words and set(named) & self.claims:
            self.spoken = [] if tag == "p" else None
            self.found.append((named, words, self.spoken if tag == "p" else []))
        if tag == "tr":
            self.row = []
        elif tag in {"td", "th"}:
            self.cell = []

    def handle_data(self, data):
        for text in (self.cell, self.spoken):
            if text is not None:
                text.append(data)

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self.row is not None and self.cell is not None:
            self.row.append(" ".join("".join(self.cell).split()))
            self.cell = None
        elif tag == "tr" and self.row is not None:
            named = [cell for cell in self.row if cell in self.claims]
            if len(named) == 1:
                self.found.append((named, WORDS & set(self.row), self.row))
            self.row = None
        elif tag == "p":
            self.spoken = None


def judgements(text, ledger):
    """Return the judgements of an HTML text."""
    parser = Judgements(ledger["claim"])
    parser.feed(text)
    return parser.found


def differences(text, ledger):
    """Return what an HTML text says of claims and the ledger does not."""
    rows = {row.claim: row for row in ledger.itertuples()}
    found = []
    for named, words, said in judgements(text, ledger):
        for claim in named:
            row = rows.get(claim)
            if row is None:
                found.append(f"{claim}: the ledger has no such claim")
                continue
            found += [f"{claim}: {word}" for word in sorted(words - {row.verdict, row.status})]
            together = " ".join(said)
            if CONDITION in together and (not row.condition or row.condition not in together):
                found.append(f"{claim}: {together}")
    return found


def differences_of_lines(text, ledger):
    """Return the lines of a printed text that name one claim and judge it otherwise."""
    rows = {row.claim: row for row in ledger.itertuples()}
    judging = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))
    found = []
    for line in text.splitlines():
        named = {word for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", line) if word in rows}
        if len(named) == 1:
            row = rows[named.pop()]
            said = set(re.findall(rf"\b(?:{judging.pattern})\b", line.replace(row.arithmetic, "")))
            wrong = said - {row.verdict, row.status}
            found += [f"{row.claim}: {word}" for word in sorted(wrong)]
    return found


def html_of(output):
    """Return the HTML of an output of a notebook; nothing where it has none."""
    return "".join(output.get("data", {}).get("text/html", ""))


def printed_of(output):
    """Return what an output of a notebook has printed."""
    return html.unescape("".join(output.get("text", "")))
