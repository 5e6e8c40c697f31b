"""From the bytes of a file to text, or to the row that is no text."""

import re
from collections import Counter

from analysis.problems import BrokenFileError, Problem

MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
OLD = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1252", "cp1254")
SAMPLE = 1_000_000  # bytes
UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")
WORD = (
    re.compile(  # from the beginning of letters and never back, so that a long cell takes no time
        r"(?<![A-Za-z'-])[A-Za-z'-]*+[^\x00-\x7f][A-Za-z’'\x80-\U0010ffff-]*"
    )
)
MARKS_OF_TEXT = "«»“”„‘’–—№…°\N{NO-BREAK SPACE}-'"
CYRILLIC = "оаеинтсрвлкмдпуыяьгзбчйхжшюцщэфъё"  # the most frequent letter first
OTHERS = "қғңүұөәһі" + "éèêëàâçñáóíúùûôîïäöüßæøåğşıœ"
FREQUENT = dict.fromkeys(OTHERS, 0.7) | {x: 1 - at / 60 for at, x in enumerate(CYRILLIC)}
AHEAD = 0.05  # of the most common of them
LEAST = 0.3  # of a text that reads; one in a wrong encoding has less than 0
ADVICE = "save the file as UTF-8"

# The bytes of KZ-1048 for letters of Kazakh alone are in cp1251 letters of other neighbours. A text
# is one of theirs if it has these letters alone and none of those that their alphabet lacks.
KAZAKH = "ҚқҺһҰұӘәӨөҒғҮүҢң"
AS_CP1251 = KAZAKH.encode("kz1048").decode("cp1251")
NEIGHBOURS = {
    "Ukrainian": ("ґєї", "ыэъё"),
    "Belarusian": ("ў", "ищъ"),
    "Serbian or Macedonian": ("јѕќџ", "ыэъйяюьщ"),
}
YES = {"Иә".encode("kz1048")}  # in UTF-8 a letter that nobody uses
ENOUGH = 60  # letters, of which a Kazakh or Russian text has one of those that the neighbours lack


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file, without its byte order mark, and the name of its encoding.

    data : bytes
        UTF-8 is tried first, UTF-16 is known by its mark or its zeros; of old encodings that one is
        taken whose text reads best: Windows-1251 or KZ-1048, KOI8-R, DOS, Mac, Western, Turkish.

    Raises BrokenFileError, with the row, for what is no text in any of them.

    >>> decoded("Жасы;Әйел".encode("kz1048"))
    ('Жасы;Әйел', 'kz1048')
    """
    name = encoding_of(data)
    text = _strict(data, name).lstrip("\ufeff").removesuffix("\x1a")
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise BrokenFileError(Problem(row, "", "has a NUL; it is no text, or it was damaged"))
    return text, name.removesuffix("-sig")


def encoding_of(data: bytes) -> str:
    """Return Python's name of the encoding of some bytes.

    >>> encoding_of(b"crop,age"), encoding_of("crop".encode("utf-16-le"))
    ('utf-8', 'utf-16-le')
    """
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    if marked:
        return marked
    if b"\0" in data:
        return _wide(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if _is_damaged_utf8(error) else _old(data, error)
    return "kz1048" if set(re.findall(rb"[\x80-\xff]+", data[:SAMPLE])) == YES else "utf-8"


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        row = data[: error.start].decode(name, "ignore").count("\n") + 1
        if error.reason in ("unexpected end of data", "truncated data"):
            text = "the file ends in the middle of a letter; it was cut off, fetch it again"
        else:
            text = f"the byte 0x{data[error.start]:02X} is not {name.upper()}, unlike the rest"
        raise BrokenFileError(Problem(row, "", text)) from None


def _wide(data: bytes) -> str:
    """Return which UTF-16 bytes without a mark are; in other text a zero byte has no place."""
    places = Counter(place % 2 for place in range(min(len(data), SAMPLE)) if not data[place])
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        lines = any(end.encode(name) in data for end in "\n\r")
        if not places[1 - at] and (lines or places[at] * 4 > min(len(data), SAMPLE)):
            return name
    row = data.count(b"\n", 0, data.index(b"\0")) + 1
    raise BrokenFileError(Problem(row, "", "has a NUL; it is no text, or it was damaged"))


def _is_damaged_utf8(error: UnicodeDecodeError) -> bool:
    """Say whether most of the letters are UTF-8 all the same."""
    around = error.object[max(0, error.start - SAMPLE // 2) :][:SAMPLE]
    return sum(map(len, UTF8.findall(around))) > 0.8 * len(HIGH.findall(around))


def _old(data: bytes, error: UnicodeDecodeError) -> str:
    """Return the old encoding whose text reads best."""
    texts = {name: _text(data[:SAMPLE], name) for name in OLD}
    marks = {name: reads(text) for name, text in texts.items() if text}
    best = max(marks, key=lambda name: marks[name] + AHEAD * (name == OLD[0]), default="")
    if not best or marks[best] < LEAST:
        row = data.count(b"\n", 0, error.start) + 1
        byte = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        text = f"{byte}, nor does the file read in any encoding that is tried; {ADVICE}"
        raise BrokenFileError(Problem(row, "", text))
    return _cyrillic(data) if best == "cp1251" else best


def _text(data: bytes, name: str) -> str:
    """Return the text of bytes, or "" where they are none in this encoding."""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return ""


def reads(text: str) -> float:
    """Return how well a text reads, from -1 to 1: by its letters, and whether words are words.

    A word has the letters of one script, no sign inside, and capitals at its beginning or in all
    of it. English letters say nothing.

    >>> round(reads("Город Алматы"), 2), round(reads("Город".encode().decode("koi8_r")), 2)
    (0.88, -1.0)
    """
    mark, letters = 0.0, 0
    for word in set(WORD.findall(text)):
        own = [letter for letter in word.casefold().strip(MARKS_OF_TEXT) if letter > "\x7f"]
        good = _is_word(word.strip(MARKS_OF_TEXT))
        mark += sum(FREQUENT.get(letter, 0) for letter in own) if good else -len(own)
        letters += len(own)
    return mark / letters if letters else 1.0


def _is_word(word: str) -> bool:
    parts = [part for part in re.split("[-'’]", word) if part]
    letters = "".join(parts)
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in letters)
    english = sum(letter < "\x80" for letter in letters)
    one_script = cyrillic == len(letters) or (not cyrillic and english * 3 >= len(letters) - 1)
    cased = all(part.islower() or part.isupper() or part.istitle() for part in parts)
    return letters.isalpha() and one_script and cased


def _cyrillic(data: bytes) -> str:
    """Return whether bytes are KZ-1048 or Windows-1251, by the alphabet that the letters make up.

    >>> _cyrillic("Оқу ақысы".encode("kz1048")), _cyrillic("Возраст".encode("cp1251"))
    ('kz1048', 'cp1251')
    """
    seen = set(bytes(sorted(set(data))).decode("cp1251").casefold())
    words = set(WORD.findall(data[:SAMPLE].decode("cp1251")))
    differ, enough = seen & set(AS_CP1251.casefold()), sum(map(len, words)) >= ENOUGH
    if not differ:
        return "cp1251"
    for signs, lacks in NEIGHBOURS.values():
        if enough and differ <= set(signs) and not seen & set(lacks):
            return "cp1251"
    return "kz1048"
