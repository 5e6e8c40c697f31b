"""Words of a document as a reader of the document would see them printed.

The transcribed texts keep the marks of the files they came from: Markdown, escaped characters,
words cut at the end of a line, headings in capitals. Anchors are looked up letter by letter, so
the marks stay in the data and are taken away where words are shown.
"""

import re
from collections.abc import Iterable

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
MARKS = re.compile(r"\*+|`+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
CUT = re.compile(r"\w+-$")
BROKEN = re.compile(r"(\w)- (?!(?:and|or|to)\b)(?=[a-z])")
SENTENCE = re.compile(r"(?:^|[.?!] +)[^\W\d_]")
ROMAN = re.compile("[IVXLC]+")


def as_printed(text: str) -> str:
    r"""Return quoted words without the marks of the file that they were transcribed from.

    A word that the quotation leaves cut at the end of a line is left out.

    >>> as_printed("from **56** orchards"), as_printed(r"some \$7 \_each\_ of the ap-")
    ('from 56 orchards', 'some $7 _each_ of the …')
    >>> as_printed("an inter- national short- and long-term study")
    'an international short- and long-term study'
    """
    held = ESCAPED.sub(lambda found: chr(0xE000 + ord(found[1])), text)
    plain = BROKEN.sub(r"\1", CUT.sub("…", MARKS.sub("", held)))
    return re.sub("[\ue000-\ue0ff]", lambda found: chr(ord(found[0]) - 0xE000), plain)


def proper_words(sentences: Iterable[str]) -> dict[str, str]:
    """Return the names and abbreviations that stand within sentences, by their small letters.

    >>> proper_words(["The orchards of Kent joined the EU."])
    {'kent': 'Kent', 'eu': 'EU'}
    """
    inside = (word for text in sentences for word in re.findall(r"[^\W\d_]+", text)[1:])
    return {word.lower(): word for word in inside if word != word.lower()}


def calm_heading(heading: str, proper: dict[str, str]) -> str:
    """Return a heading; one that is all in capitals is written as a sentence.

    proper : dict
        Names and abbreviations by their small letters, as `proper_words` returns them.

    >>> calm_heading("HOW DID KENT'S ORCHARDS JOIN?", {"kent": "Kent"})
    "How did Kent's orchards join?"
    >>> calm_heading("Results", {})
    'Results'
    """
    if heading != heading.upper() or not re.search(r"[^\W\d_]{4}", heading):
        return heading
    words = re.sub(r"[^\W\d_]+", lambda found: _calm(found[0], proper), heading)
    return SENTENCE.sub(lambda found: found[0].upper(), words)


def _calm(word: str, proper: dict[str, str]) -> str:
    numbered = len(word) > 1 and ROMAN.fullmatch(word)
    return word if numbered else proper.get(word.lower(), word.lower())
