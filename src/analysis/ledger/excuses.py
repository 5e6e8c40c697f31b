"""Why a number of a text is no claim: citation, address, list marker, mention of a figure ..."""

import re
from collections.abc import Iterator

from analysis.ledger.text import Body

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Spring|Summer|Autumn|Fall|Winter|Январь|Февраль|Март|Апрель|Май|Июнь|Июль|Август|Сентябрь|"
    "Октябрь|Ноябрь|Декабрь"
)
NO_AUTHOR = rf"(?:{MONTHS}|In|Since|From|Until|Till|By|After|Before|During|Between|About|Circa|As|"
NO_AUTHOR += r"The year|Year|Table|Figure|Fig|Total|В|С|До|После|На|К|За|От|Итого|Всего)"
YEAR = r"(?:1[5-9]|20)[0-9]{2}[a-z]?(?:[-/](?:19|20)?[0-9]{2})?(?![0-9%])"
PAGES = r"(?:[,:] ?(?:pp?\.|[cс]\.|б\.|no\.|n\.)? ?[0-9]+(?:-[0-9]+)?(?: ?б\.)?)?"
UPPER = r"[^\W\d_a-zа-яёәғқңөұүһі]"
NAME = rf"(?:{UPPER}[\w.'-]*|and|&|et|al\.?|of|for|by|the|on|de|van|von|и|др\.?|және|т\.б\.|по|-)"
AUTHOR = (
    rf"(?!{NO_AUTHOR}\b)(?:{NAME}(?:,? {NAME}){{0,14}}|{UPPER}(?:[^()\d;%=]|{YEAR}){{0,300}}?,)"
)
SEE = r"(?:(?:see(?: also)?|e\.g\.|cf\.|for example|according to|см\.|например|қараңыз)[,:]? )?"
ONE = rf"{SEE}{AUTHOR},? ?\(?{YEAR}(?:, ?{YEAR})*{PAGES}"
NAMED = r"(?:et\.? ?al\.?|и др\.|және т\.б\.)"
SITES = r"\S*(?:https?:|www\.|@|doi\.org)\S*|\bdoi:? ?10\.\S+|\b10\.[0-9]{4,}/\S+"
CODES = r"\b(?:IRSTI|UDC|МРНТИ|ХҒТАР|ӘОЖ|УДК|ББК|JEL)\b:? ?[0-9A-Z](?:[0-9.:() +/-]*[0-9])?"
ORCID = r"\b[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]\b"
SERIES = r"\b[ep]?-?(?:ISSN|ISBN)(?:[- ](?:print|online|1[03]))?(?: ?\(\w+\))?:? ?[0-9][0-9Xx-]+"
POINTERS = (
    r"(?:Fig(?:ures?|s)?\.?|Images?|Tables?|Charts?|Append(?:ix|ices)|Annex(?:es)?|Sections?|"
    r"Chapters?|Рис(?:ун(?:ок|к[аеу])|\.)|Табл(?:иц[аеуы]|\.)|Приложени[ияею]|Раздел[еа]?|"
    r"Глав[аеуы]|Қосымша\w*|Кесте\w*|Сурет\w*)"
)
# Why a number is no claim. The first rule whose match holds the number gives the reason.
RULES = [
    ("address", rf"{SITES}|{CODES}|{ORCID}|{SERIES}"),
    ("page header", rf"(?:{MONTHS}) [0-9]{{4}}(?= Vol)|Vol\.? ?[0-9]+\.? ?No\.? ?[0-9]+"),
    ("citation", rf"\( ?(?:{ONE})(?:; ?(?:{ONE}|{YEAR}))* ?\)|"
     rf"\b(?!{NO_AUTHOR}\b){UPPER}\w+(?: (?:and|&|и|және) {UPPER}\w+)?(?: {NAMED})? ?"
     rf"\({YEAR}(?:, ?{YEAR})*{PAGES}\)|\b[A-Z]\w+ [A-Z] ?\({YEAR}\)"),
    ("mention of a figure", rf"(?i:\b{POINTERS} ?[0-9]+(?:\.[0-9]+)*(?![0-9.]* ?%)|"
     r"\b[0-9]+-(?:кесте|сурет|қосымша)\w*)"),
    ("name", r"(?i:covid)[- ]?19"),
    ("title of a source", r"\"[^\"]{0,60}[0-9]{4}\""),
]  # fmt: skip
WORD_RULES = [
    ("two that were named", r"(?i:\b(?:the|these|both) two\b)|as two\b|"
     r"(?i:\bмежду двумя\b|\bэт(?:и|их|ими) дв\w+|\b(?:бұл|осы) екі\b|\bекі \w+ арасында\w*)"),
    ("name", r"(?i:double[- ]degrees?)"),
]  # fmt: skip
INSIDE = r"[0-9]{1,3}(?: ?[,;-] ?[0-9]{1,3})*"
BRACKETS = re.compile(
    rf"\[({INSIDE})(?:[,;] ?(?:pp?\.|[cс]\.|б\.) ?[0-9]+(?:-[0-9]+)?|,? ?[0-9]+ ?б\.)?\]"
)
INTERVAL = re.compile(
    r"interval|range|\bCI\b|\bIQR\b|quartile|between|bound|limits|интервал|диапазон|\bДИ\b|предел|"
    r"аралы|\bСА\b",
    re.IGNORECASE,
)
NEAR = 40  # letters beside a bracket in which its meaning is said
PLAUSIBLE = 20  # an entry that a text without a numbered reference list is believed to have
MARKER = re.compile(r"(?<![\w.,%/(\[-])(\(?)([0-9]{1,2})([.)])(?= |$)|\(([0-9]{1,2})\)(?= )")
SECTION = re.compile(r"[#* ]*([0-9]+(?:\.[0-9]+)+)\.? +(?=[^\W\d_a-zа-яё])")
ENDS = tuple('.:;?!,")]')


def places_by(rules: list[tuple[str, str]], line: str) -> list[tuple[str, tuple[int, int]]]:
    """Return (reason, span) for every match of the rules, in their order."""
    return [(reason, found.span()) for reason, rule in rules for found in re.finditer(rule, line)]


def excuses(body: Body, words: bool = False) -> list[tuple[str, tuple[int, int]]]:
    """Return (reason, span) for every place of a text whose numbers are no claims.

    words : bool
        Of number words, not of digits.

    >>> excuses(Body("Known [3]; in all 40."))
    [('citation', (6, 9))]
    """
    if words:
        return places_by(WORD_RULES, body.line)
    rules = places_by(RULES, body.line)
    places = [(reason, span) for reason, span in rules if not from_heading(body, *span)]
    places += [("citation", span) for span in numbered_citations(body)]
    return [*places, *(("list marker", span) for span in list_markers(body))]


def from_heading(body: Body, start: int, end: int) -> bool:
    """Say whether a place goes from a heading of one word into the line below it."""
    below = [place for place in body.starts if start < place < end]
    above = max((place for place in body.starts if place <= start), default=0)
    return bool(below) and not re.search(r"\w", body.line[above:start])


def numbered_citations(body: Body) -> Iterator[tuple[int, int]]:
    """Yield the brackets that look like citations: [3], [3, 4], [3-5, p. 7], but no interval.

    Where the reference list is numbered, none may be higher than its last entry.
    """
    for found in BRACKETS.finditer(body.line):
        numbers = [int(number) for number in re.findall("[0-9]+", found[1])]
        beyond = body.entries and max(numbers) > body.entries
        sides = body.line[: found.start()], body.line[found.end() :]
        if not beyond and not is_interval(numbers, *sides, body.entries):
            yield found.span()


def is_interval(numbers: list[int], before: str, after: str = "", entries: int = 0) -> bool:
    """Say whether two numbers in brackets are the ends of an interval.

    before, after : str
        The text to both sides.
    entries : int
        How many entries the reference list numbers.

    >>> is_interval([45, 52], "an interval of "), is_interval([15, 19], "the mean is 17 ")
    (True, True)
    >>> is_interval([3, 4], "said again by Brown "), is_interval([45, 52], "said ", entries=60)
    (False, False)
    """
    if len(numbers) != 2:
        return False
    near = before[-NEAR:]
    behind = re.split("[.;,]", after[:NEAR])[0]
    if INTERVAL.search(near + behind) or re.search(r"=\s*$", near):
        return True
    last = re.search(r"([0-9]+(?:[.,][0-9]+)?) ?(?:%|per cent|percent)?,? ?$", near)
    between = last and numbers[0] <= float(last[1].replace(",", ".")) <= numbers[1]
    return bool(between) or (not entries and max(numbers) > PLAUSIBLE)


def list_markers(body: Body) -> Iterator[tuple[int, int]]:
    """Yield the numbers that count the points of a list, or sections: 1., 2), (3), 2.1.

    A marker begins a line, or follows a stop; and the one before it has been seen. So `was 40. Of`
    is none.
    """
    seen: set[str] = set()
    for place, (start, end, number, kind) in enumerate(found := list(marker_places(body))):
        later = {each[2:] for each in found[place + 1 :]}
        first = number == 1 and (start in body.starts or (2, kind) in later)
        if first or f"{kind}{number - 1}" in seen:
            seen.add(f"{kind}{number}")
            yield start, end
    yield from sections(body)


def marker_places(body: Body) -> Iterator[tuple[int, int, int, str]]:
    """Yield start, end, number and kind of whatever stands where a marker may stand."""
    for found in MARKER.finditer(body.line):
        closed = found[4] is not None or bool(found[1])
        lead = re.search(r"[-#* ]*$", body.line[: found.start()])
        start = lead.start() + (1 if lead[0].startswith(" ") else 0)
        if closed or may_begin(body, start) or found[3] == ")":
            begin = start if start in body.starts else found.start()
            yield begin, found.end(), int(found[4] or found[2]), "()" if closed else "."


def may_begin(body: Body, start: int) -> bool:
    """Say whether a point of a list may begin here: after a stop, or on a line after a heading."""
    before = body.line[:start].rstrip(" -#*")
    if not before or before.endswith(ENDS[:5]):
        return True
    if start not in body.starts:
        return False
    place = body.starts.index(start)
    last = body.line[body.starts[place - 1] : start].strip()
    return before.endswith(ENDS) or bool(re.match(r"[-#* ]*\(?[0-9]{1,2}[.)] ", last))


def sections(body: Body) -> Iterator[tuple[int, int]]:
    """Yield the numbers of sections below sections, 2.1 and 2.2, at the beginning of lines."""
    seen: set[str] = set()
    for start in body.starts:
        if found := SECTION.match(body.line, start):
            *above, last = found[1].split(".")
            before = ".".join([*above, str(int(last) - 1)])
            if last in {"0", "1"} or before in seen:
                seen.add(found[1])
                yield found.span()
