"""The text of a document: read from a file, brought to one form, its body without furniture."""

import difflib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.problems import BrokenFileError, Problem, problem_line
from analysis.textfile import FOREIGN, PAGE, read_bytes

JOINT = "\xad"  # where a line was broken inside a word, with a hyphen that may belong to it
PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff", "")
    | {"…": "...", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n"}
)
COMPATIBLE = re.compile("[ﬀ-ﬆ０-９％]")  # ligatures, and digits of full width
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\n\s*(?=[^\W\d_])")
LIST_NAMES = (
    r"(?:list of )?references?(?: list| and notes)?|(?:selected )?bibliography|"
    r"(?:list of |cited |used )?(?:literature|works|sources?)(?: cited| used)?|references cited|"
    r"(?:список |перечень )?(?:использованн(?:ые|ых|ая|ой) |цитируем(?:ая|ой) )?"
    r"(?:литератур[аы]|источник(?:и|ов))(?: и (?:литератур[аы]|источник(?:и|ов)))?|"
    r"библиограф(?:ия|ический список)|(?:(?:пайдалан(?:ыл)?ған|қолдан(?:ыл)?ған) )?"
    r"(?:әдебиет(?:тер)?|дереккөздер)(?: мен (?:әдебиеттер|дереккөздер))?(?: (?:тізімі|тізбесі))?"
)
NUMBERED = r"(?:(?:[0-9]+(?:\.[0-9]+)*|[IVX]+)[.)]?\s+)?"
LIST_HEADING = re.compile(
    rf"[#*_\s]*{NUMBERED}[*_]*(?:{LIST_NAMES})[\s:.*_]*(?:(?<=[:.*_ ])\[?1[.)\]].*)?", re.IGNORECASE
)
NUMBERING = re.compile(rf"[#*_\s]*{NUMBERED}")
AMBIGUOUS = re.compile(r"\W*(?:[0-9.]+\s*)?(?:sources?|literature|works|источники)\W*", re.I)
ENTRY = re.compile(
    r"\W*(?:[0-9]{1,3}[\].)]|[-•*] )|\W*[^\W\d_][\w'-]+,? [^\W\d_]\.|"
    r".*(?:\((?:1[5-9]|20)[0-9]{2}[a-z]?\)[.,:]|https?:|//|\bdoi\b)",
    re.IGNORECASE,
)
AFTER_LIST = re.compile(
    r"[#*_\s]*(?:[0-9]+[-.]?\s?)?(?:append(?:ix|ices)|annex(?:es)?|supplement\w*|attachments?|tables?|"
    r"figures?|notes|questionnaire|приложени[ея]|таблиц[аы]|рисун(?:ок|ки)|примечани[ея]|анкета|"
    r"қосымша(?:лар)?|кесте(?:лер)?|сурет(?:тер)?|ескертпе(?:лер)?|сауалнама)\b",
    re.IGNORECASE,
)
HEADING = re.compile(r"#+\s")
LONGEST_HEADING = 120  # letters
LONE = re.compile(
    r"\s*(?:[-–—|\[]\s*)?(?:(?:page|p\.|стр\.?|страница|с\.)\s*)?([0-9]{1,4})"
    r"(?:\s*(?:of|из|/)\s*[0-9]{1,4})?(?:-?\s?бет)?(?:\s*[-–—|\]])?(?:\s*\|?\s*page)?\s*",
    re.IGNORECASE,
)
LONGEST_CELL = 8  # words
SAYS_PAGE = re.compile(r"page|p\.|стр|страница|бет|^\s*[-–—|\[].*[-–—|\]]\s*$", re.IGNORECASE)
EDGE = re.compile(r"^\W*([0-9]{1,4})\b|\b([0-9]{1,4})\W*$")
SERIAL = re.compile(
    r"\b(?:vol|no|issn|journal|bulletin|proceedings|том|вып|вестник|журнал|известия|хабаршы\w*)\b|№|"
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь) [0-9]{4}$",
    re.IGNORECASE,
)
LIKE = 0.75  # from 0 to 1, as difflib counts
UTF8 = "save it as plain text in UTF-8"
ADVICE = {"a PDF": "take the text out of it (pdftotext FILE.pdf FILE.txt) and name that file"}


@dataclass(frozen=True)
class Body:
    """A text without its reference lists and what stands on the edge of its pages.

    line : str
        The text as one line; every run of blanks is one, a word that was broken has a `JOINT`.
    starts : list of int
        Where in it the lines of the file begin.
    aside : list of (str, str)
        Lines of the pages' edges, each with what it is.
    entries : int
        The highest number of an entry of the reference lists; 0 if they have none.
    """

    line: str
    starts: list[int] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    entries: int = 0


def read_text(file: str | Path) -> str:
    """Return the text of a file in UTF-8; ValueError, one line with what to do, for any other."""
    file = Path(file)
    try:
        data = read_bytes(file)
        return _decoded(data)
    except BrokenFileError as error:
        raise ValueError(problem_line(file, error.problems[0])) from None


def _decoded(data: bytes) -> str:
    foreign = [said for mark, said in FOREIGN.items() if data.startswith(mark)]
    foreign += ["rich text (.rtf)"] * data.startswith(b"{\\rtf")
    foreign += ["a web page"] * bool(PAGE.match(data))
    foreign += ["UTF-16 text, or no text at all"] * (b"\x00" in data)
    if foreign:
        advice = ADVICE.get(foreign[0], UTF8)
        raise BrokenFileError(Problem(0, "", f"is {foreign[0]} and not plain text; {advice}"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        said = f"the byte 0x{data[error.start]:02X} is not UTF-8, perhaps Windows-1251 (cp1251)"
        advice = f"{said} or another old encoding; {UTF8} (iconv -f cp1251 -t utf-8 FILE)"
        raise BrokenFileError(Problem(row, "", advice)) from None
    if not text.strip():
        raise BrokenFileError(Problem(0, "", f"holds no text; recognise it, then {UTF8}"))
    return text


def one_form(text: str) -> str:
    r"""Return a text in the form in which texts and anchors are compared; lines stay.

    Letters are composed (NFC), ligatures taken apart, quotes, dashes and blanks of one kind; soft
    hyphens and invisible signs are left out. A word broken at the end of a line by a hyphen gets a
    `JOINT`, as nobody knows whether the hyphen belongs to it.

    >>> one_form("\u201cscienti\ufb01c\u201d\u00a045\u2009% of\u00adten")
    '"scientific" 45 % often'
    """
    text = text.replace("\r\n", "\n").translate(PLAIN)
    text = COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = re.sub(r"[^\S\n\f]", " ", unicodedata.normalize("NFC", text))
    return BROKEN_WORD.sub(JOINT, text)


def one_line(text: str) -> str:
    """Return a text in one form and on one line."""
    return " ".join(one_form(text).split())


def body_of(text: str) -> Body:
    r"""Return the body of a text: what may hold numbers that are claims.

    Left out are reference lists, each from its heading to the next appendix, table or heading, and
    page numbers and running heads.

    >>> body_of("Of 40 all came.\n7. References\n1. A. B. Plan. 12 pp.\nAPPENDIX\n33% left.").line
    'Of 40 all came. APPENDIX 33% left.'
    """
    lines = one_form(text).replace("\f", "\n\f").split("\n")
    cut = listed(lines)
    aside = page_edges(lines, cut)
    parts, starts, length = [], [], 0
    for number, line in enumerate(lines):
        words = " ".join(line.split())
        if words and number not in cut and number not in aside:
            starts.append(length)
            parts.append(words)
            length += len(words) + 1
    edges = [(lines[number].strip(), reason) for number, reason in sorted(aside.items())]
    return Body(" ".join(parts), starts, edges, entries_of([lines[number] for number in cut]))


def listed(lines: list[str]) -> set[int]:
    """Return which lines belong to reference lists, their headings with them."""
    headings = [number for number, line in enumerate(lines) if LIST_HEADING.fullmatch(line)]
    cut = set()
    for number in headings:
        if begins_list(lines, number, number == headings[-1]):
            cut |= set(range(number, list_end(lines, number)))
    return cut


def begins_list(lines: list[str], heading: int, last: bool) -> bool:
    """Say whether entries follow a heading; the last may go without, if its name is no other's."""
    if re.search("[0-9]", NUMBERING.sub("", lines[heading])):
        return True
    below = next((line for line in lines[heading + 1 :] if line.strip()), "")
    return bool(ENTRY.match(below)) or (last and not AMBIGUOUS.fullmatch(lines[heading]))


def list_end(lines: list[str], heading: int) -> int:
    """Return the line that ends the list below a heading: of an appendix, or of a new section."""
    for number in range(heading + 1, len(lines)):
        line = lines[number]
        if LIST_HEADING.fullmatch(line):
            return number
        if len(line) <= LONGEST_HEADING and (AFTER_LIST.match(line) or HEADING.match(line)):
            return number
    return len(lines)


def entries_of(lines: list[str]) -> int:
    """Return the highest number with which an entry of a list begins, or 0."""
    numbers = [re.match(r"\W*([0-9]{1,3})[\].)]", line) for line in lines]
    return max((int(found[1]) for found in numbers if found), default=0)


def page_edges(lines: list[str], cut: set[int]) -> dict[int, str]:
    """Return the lines that are page numbers and running heads, with which of them each is."""
    there = {n: line for n, line in enumerate(lines) if line.strip() and n not in cut}
    heads = dict.fromkeys(running_heads(there), "running head")
    return heads | dict.fromkeys(page_numbers(there), "page number")


def page_numbers(lines: dict[int, str]) -> Iterator[int]:
    """Yield the lines that hold a page number only: they say so, or go on from page to page.

    A number that stands alone on a line may be a cell of a table; of pages one follows the other,
    with text between them.
    """
    lone = [(n, int(found[1])) for n in lines if (found := LONE.fullmatch(lines[n]))]
    for n, _ in lone:
        after = next((line for m, line in lines.items() if m > n), "")
        if SAYS_PAGE.search(lines[n]) or "\f" in lines[n] or after.startswith("\f"):
            yield n
    for (first, page), (second, other) in itertools.pairwise(lone):
        between = " ".join(line for n, line in lines.items() if first < n < second)
        if other == page + 1 and is_prose(between):
            yield from (first, second)


def is_prose(text: str) -> bool:
    """Say whether a text is more than the words of a cell: it has a stop, or many words."""
    return bool(re.search("[.;:?!]", text)) or len(text.split()) > LONGEST_CELL


def running_heads(lines: dict[int, str]) -> Iterator[int]:
    """Yield the lines that come again: with the next page number, or naming volume or month."""
    alike: dict[str, list[tuple[int, int]]] = {}
    for number, line in lines.items():
        found = EDGE.search(line)
        if len(line) <= LONGEST_HEADING and "%" not in line and len(line.split()) > 1:
            page = int(found[1] or found[2]) if found and not is_year(found) else 0
            rest = EDGE.sub("", line, count=1) if page else line
            alike.setdefault(" ".join(rest.split()), []).append((number, page))
    for rest, places in alike.items():
        named = len(places) > 1 and re.search("[0-9]", rest) and SERIAL.search(rest)
        if named or goes_on(rest, [page for _, page in places]):
            yield from (number for number, _ in places)


def goes_on(rest: str, pages: list[int]) -> bool:
    """Say whether a line comes again with the number of the next page, or of the one after.

    Twice is enough for a title, its words in capitals; a row of a table may come twice.
    """
    steps = [after - before for before, after in itertools.pairwise(pages)]
    words = rest.split()
    title = len(words) > 1 and all(word[0].isupper() or word.isdigit() for word in words)
    return pages[0] > 0 and len(pages) > 2 - title and all(1 <= step <= 2 for step in steps)


def is_year(found: re.Match[str]) -> bool:
    """Say whether a number at the edge of a line is rather a year than a page."""
    return bool(re.fullmatch("(?:19|20)[0-9]{2}", found[1] or found[2]))


def closest(line: str, wanted: str) -> str:
    """Return the words of a line that are most like those that are wanted, or nothing.

    Looked at is where a word of them stands, the rarest one that stands anywhere.
    """
    words, length = line.split(" "), len(wanted.split())
    times = Counter(words)
    known = sorted((word for word in wanted.split() if word in times), key=times.__getitem__)
    places = [place for place, word in enumerate(words) if word in known[:1]]
    starts = {max(0, place - before) for place in places for before in range(length)}
    windows = [" ".join(words[start : start + length]) for start in sorted(starts)]
    return next(iter(difflib.get_close_matches(wanted, windows, n=1, cutoff=LIKE)), "")
