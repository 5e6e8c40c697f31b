"""From the bytes of a text file to its text, or to clear problems; nothing is guessed.

What every text of the data goes through: tables, codebooks in YAML, catalogues of translations.
"""

import re
import unicodedata
from collections import Counter
from pathlib import Path

from analysis.failures import SHOWN
from analysis.problems import BrokenFileError, Problem

FILE_LIMIT = 20_000_000  # bytes; the largest table that anybody would read by hand is far smaller
MARK = b"\xef\xbb\xbf"  # byte order mark of UTF-8; harmless at the start of a file
SAVE = 'save it as UTF-8 (in a spreadsheet: "CSV UTF-8, comma delimited")'
FOREIGN = {
    b"PK\x03\x04": "a workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls)",
    b"\x1f\x8b": "compressed with gzip",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
PAGE = re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml)", re.IGNORECASE)
# Control, format, private use, line and paragraph separator.
UNSEEN = {"Cc", "Cf", "Co", "Zl", "Zp"}
# Letters and symbols by category, yet empty on the screen, not characters at all, or signs of loss.
UNSEEN_LETTERS = set("\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0\ufffd\ufffe\uffff")
LETTER_HINTS = {
    "\x00": f"is it UTF-16? Then {SAVE}",
    "\t": "separate columns by commas, words by a space",
    "\r": "end lines with LF or CR LF",
    "\ufffd": "letters were lost in an earlier conversion",
}


def read_start(file: Path, most: int) -> bytes:
    """Return the bytes of a regular file, at most so many.

    A directory, a pipe or a device is never opened: reading a pipe would wait for ever.
    """
    try:
        if not file.exists():
            raise BrokenFileError(Problem(0, "", "there is no such file"))
        if not file.is_file():
            raise BrokenFileError(Problem(0, "", "is no regular file but a folder or a pipe"))
        with file.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise BrokenFileError(Problem(0, "", f"cannot be read: {error.strerror}")) from None


def read_bytes(file: Path) -> bytes:
    """Return the bytes of a regular file of at most `FILE_LIMIT` bytes."""
    data = read_start(file, FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise BrokenFileError(Problem(0, "", f"is larger than {FILE_LIMIT:,} bytes"))
    return data


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, strictly."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":
            text = "the file ends in the middle of a letter; it was cut off, fetch it again"
        else:
            byte = f"the byte 0x{error.object[error.start]:02X} is not UTF-8"
            text = f"{byte}, perhaps Windows-1251 (cp1251) or another old encoding; {SAVE}"
        raise BrokenFileError(Problem(row, "", text)) from None


def letter_problems(text: str) -> list[Problem]:
    """Return every kind of letter that cannot be seen, with its first place and number."""
    unseen = {
        letter
        for letter in set(text) - {"\n"}
        if unicodedata.category(letter) in UNSEEN or letter in UNSEEN_LETTERS
    }
    found = []
    for letter, number in Counter(filter(unseen.__contains__, text if unseen else "")).items():
        place = text.index(letter)
        name = unicodedata.name(letter, "control character" if letter < "\xa0" else "no name")
        column = place - text.rfind("\n", 0, place)
        times = f", {number} times in the file" if number > 1 else ""
        seen = f"letter {column} of the line is U+{ord(letter):04X} ({name}){times}"
        row = text.count("\n", 0, place) + 1
        found.append(Problem(row, "", f"{seen}; {LETTER_HINTS.get(letter, 'delete it')}"))
    return found


def composition_problems(text: str) -> list[Problem]:
    """Return every word with a letter that is made of two signs (not Unicode form NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return []
    found = []
    for row, line in enumerate(text.split("\n"), start=1):
        for word in line.split():
            if not unicodedata.is_normalized("NFC", word):
                advice = "has a letter made of two signs; type it as one letter (Unicode form NFC)"
                found.append(Problem(row, "", f"{word[:SHOWN]!a} {advice}"))
    return found


def plain_text(data: bytes) -> str:
    """Return the text of UTF-8 bytes, with LF at the end of lines and every letter to be seen.

    Raises BrokenFileError for another encoding, and for letters that nobody sees or that are made
    of two signs.
    """
    text = decode(data.removeprefix(MARK)).replace("\r\n", "\n")
    if found := letter_problems(text) or composition_problems(text):
        raise BrokenFileError(*found)
    return text
