"""Texts of a file as outputs show them: one line, plain, without what tells who somebody is."""

import re
import unicodedata

from analysis.responses.personal import redacted
from analysis.textfile import UNSEEN, UNSEEN_LETTERS

LONGEST = 300  # letters of a label
OPENS = re.compile(r"<(?=[A-Za-z/!?])|&(?=#|lt;|gt;|amp;|quot;|nbsp;)")


def shown(text: str, most: int = LONGEST) -> str:
    r"""Return a text as a label or a note shows it.

    most : int
        Letters at most; a longer text ends in "...".

    Line breaks become blanks, letters that nobody sees go, markup is set apart so that it is none,
    addresses and telephone numbers are withheld.

    >>> shown("Fees\n(rent)"), shown("<b>yes</b>"), shown("ask a@example.org")
    ('Fees (rent)', '< b>yes< /b>', 'ask [withheld]')
    """
    cut = " ".join(text[: 20 * most].split())
    seen = "".join(letter for letter in unicodedata.normalize("NFC", cut) if _is_seen(letter))
    line = OPENS.sub(lambda found: f"{found[0]} ", redacted(" ".join(seen.split())))
    return line if len(line) <= most else f"{line[: most - 3].rstrip()}..."


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in UNSEEN and letter not in UNSEEN_LETTERS
