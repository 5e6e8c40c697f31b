"""Columns that a platform adds to the answers: times, numbers of responses, consent."""

import re

from analysis.language.current import tr
from analysis.responses.options import plain
from analysis.responses.seen import Seen

MOMENT = re.compile(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}[ T,]+[0-9]{1,2}:[0-9]{2}.*|[0-9]{4}-[0-9]{2}-[0-9]{2}T.*"
)
DAY = re.compile(r"[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}")
TIMES = re.compile(
    r"time ?stamp|date ?stamp|^(start|end|completion|submit(ted)?|recorded|created|modified|last action)[ _]?(time|date|at)?$"
    r"|^date (created|modified|submitted|started|last action)|^(time|date) (started|submitted|completed)|submitdate"
    r"|отметка времени|(время|дата) (начала|создания|завершения|заполнения|окончания|отправки|ответа|изменения)"
    r"|уақыт белгісі|(басталған|аяқталған|толтырылған|жіберілген) (уақыт|күн)"
)
NUMBERS = re.compile(
    r"#|№|no\.?|n|nr|(response|respondent|participant|submission|case|record|user|collector|entry|survey)?[ _]?id\.?"
    r"|id[ _](ответа|респондента|анкеты)|номер( ответа| респондента| анкеты| п/п)?|№ ?п/п|жауап нөмірі|реттік нөмірі?"
    r"|token|seed|uuid|guid|external reference|recipient.*"
)
MACHINE = re.compile(
    r"ip ?address|ipaddr|ip-адрес|last ?page|start ?language|progress|finished|duration.*|interview ?time|status"
    r"|user ?language|distribution ?channel|location(latitude|longitude)|language|refurl|score|баллы|total points"
)
CONSENT = re.compile(
    r"\bconsent|agree to (take part|participate)|согласи[ея] на|соглас\w+ (на )?(участ|принять|обработ)"
    r"|қатысуға (келіс|ризаш)|келісім(імді)? бер|өңдеуге келіс"
)


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
    if moments > 0.8 * column.people or (TIMES.search(name) and moments + days):
        return tr("times of the answers")
    if days > 0.8 * column.people:
        return tr("dates")
    if NUMBERS.fullmatch(name) and len(texts) > 0.9 * column.people:
        return tr("numbers of the responses")
    if MACHINE.fullmatch(name):
        return tr("written by the platform")
    if CONSENT.search(name) and len(column.counts) < 3:
        return tr("asks for consent")
    return tr("numbers one after the other") if _counting(texts, column.people) else ""


def _counting(texts: list[str], people: int) -> bool:
    """Say whether a column counts its rows: whole numbers, each once, without a gap."""
    if len(texts) != people or people < 10 or not all(t.isascii() and t.isdigit() for t in texts):
        return False
    numbers = sorted(map(int, texts))
    return numbers[-1] - numbers[0] == people - 1
