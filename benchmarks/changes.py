"""One small change to a file or to a word, at random: what a person, a program or a disk does."""

import csv
import io
import random
from collections.abc import Callable

ODD = [
    *("", " ", "0", "-1", "00", "1e999", "1e-5", "nan", "NaN", "inf", "-0", "9" * 30, "9" * 400),
    *("1,5", "1.5.", "½", "٣", "²", "0x1F", "1_000", "1 000", "−1", "+1", "100.1", "33%", "1/0"),
    *("true", "null", "None", "~", "[]", "{}", "[[[[]]]]", "{a: b}", "*a", "&a b", "!!int x"),
    *("!!python/object:os.system x", "- a", "a: b", "|", ">", "? a", "%", "@", "`", "#", "'", '"'),
    *('"""', ",", ",,,", ";", "\t", "\\", "\\u0000", "{", "}", "{}", "{n", "{0}", "{n!z}", "%(n)s"),
    *("%d", "<b>", "<script>", "=1+1", "@x", "$\\frac{$", "javascript:alert(1)", "http://", "../x"),
    *("/etc/passwd", "~root", "*", "a" * 300, "a" * 20_000, "é", "e\u0301", "ҚАЗАҚ", "\u200b"),
    *("\ufeff", "\u202e", "\ufffd", "\U0001f600", "\x00", "\x1b[2J", "\r", "\n", "\n\n", "\u2028"),
    *("2021-13-45", "0000-00-00", "9999999999-01", "2021", "12:30", "none", "same", "other"),
]
BYTES = [b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd0", b"\r", b"\n", b"PK\x03\x04", b'"']
HEADS = [b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"\x1f\x8b", b"<html>", b"%PDF-1.7", b"\n"]


def cut(content: bytes, chance: random.Random) -> bytes:
    """Return the beginning of a file, as a disk that is full leaves it."""
    return content[: chance.randrange(len(content) + 1)]


def flip(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one bit that is another."""
    place = chance.randrange(len(content))
    changed = bytes([content[place] ^ 1 << chance.randrange(8)])
    return content[:place] + changed + content[place + 1 :]


def delete(content: bytes, chance: random.Random) -> bytes:
    """Return a file without a few bytes."""
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.choice([1, 1, 2, 10, 100]) :]


def insert(content: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes more."""
    place = chance.randrange(len(content) + 1)
    more = chance.choice([*BYTES, chance.choice(ODD).encode()])
    return content[:place] + more + content[place:]


def repeat(content: bytes, chance: random.Random) -> bytes:
    """Return a file in which a piece stands twice."""
    start = chance.randrange(len(content))
    piece = content[start : start + chance.choice([1, 10, 100, 1000])]
    return content[:start] + piece + content[start:]


def whole(content: bytes, chance: random.Random) -> bytes:
    """Return a file saved another way, or one of another kind."""
    text = content.decode("utf-8")
    ways: list[Callable[[], bytes]] = [
        lambda: b"",
        lambda: b"\n" * 3,
        lambda: chance.choice(HEADS) + content,
        lambda: text.encode("utf-16"),
        lambda: text.encode("cp1251", "replace"),
        lambda: text.replace("\n", chance.choice(["\r\n", "\r", "\n\n"])).encode(),
        lambda: text.replace(",", chance.choice([";", "\t", ", "])).encode(),
        lambda: content + content,
        lambda: chance.randbytes(200),
    ]
    return chance.choice(ways)()


def word(content: bytes, chance: random.Random) -> bytes:
    """Return a file with another word in the place of one."""
    words = content.decode("utf-8").split(" ")
    words[chance.randrange(len(words))] = chance.choice([*ODD, chance.choice(words)])
    return " ".join(words).encode("utf-8", "surrogatepass")


def line(content: bytes, chance: random.Random) -> bytes:
    """Return a file with a line deleted, doubled, moved, indented or replaced."""
    lines = content.decode("utf-8").splitlines(keepends=True)
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    picked = lines[place]
    ways = [[], [picked] * 2, [lines[other]], [" " + picked], ["  " + picked], [picked.lstrip()]]
    ways += [[chance.choice(ODD) + "\n"], [picked.split(":")[0] + ": " + chance.choice(ODD) + "\n"]]
    lines[place : place + 1] = chance.choice(ways)
    return "".join(lines).encode("utf-8", "surrogatepass")


def cell(content: bytes, chance: random.Random) -> bytes:
    """Return a CSV file with one cell that is another: an odd one, or one from elsewhere."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    row = chance.choice(rows[1:] or rows)
    if row:
        place, other = chance.randrange(len(row)), chance.choice(chance.choice(rows) or [""])
        row[place] = chance.choice([chance.choice(ODD), other, row[place] + chance.choice(ODD)])
    return _written(rows)


def column(content: bytes, chance: random.Random) -> bytes:
    """Return a CSV file with a column dropped, doubled, moved, emptied or renamed."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    place, other = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    way, named = chance.randrange(5), chance.choice([*ODD, rows[0][other]])
    for number, row in enumerate(rows):
        taken = row.pop(place) if place < len(row) else ""
        if way == 1:
            row[place:place] = [taken, taken]
        elif way == 2:
            row.insert(other, taken)
        elif way == 3:
            row.insert(place, "" if number else taken)
        elif way == 4:
            row.insert(place, taken if number else named)
    return _written(rows)


def _written(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


ANY = [cut, flip, delete, insert, repeat, whole, word, line]
TABLE = [*ANY, cell, cell, cell, cell, column]
TEXT = [*ANY, word, line, line]
PACKED = [cut, flip, delete, insert, repeat]


def changed(content: bytes, name: str, chance: random.Random) -> tuple[str, bytes]:
    """Return what was done to a file, and what it holds now.

    name : str
        Of the file; its ending says what can be done to it.
    """
    kinds = {"csv": TABLE, "xlsx": PACKED}
    change = chance.choice(kinds.get(name.rpartition(".")[2], TEXT) if content else [insert])
    return change.__name__, change(content, chance)


def changed_word(text: str, chance: random.Random) -> str:
    """Return a word of a command line that is another."""
    place = chance.randrange(len(text) + 1)
    name, equals, _ = text.partition("=")
    ways = [
        chance.choice(ODD),
        text[:place] + chance.choice(ODD) + text[place:],
        text[:place] + text[place + 1 :],
        name + equals + chance.choice(ODD),
        text * 2,
    ]
    return chance.choice(ways).replace("\x00", "")  # no command line can hold it
