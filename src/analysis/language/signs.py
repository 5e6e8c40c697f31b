"""Characters that no reader sees, or that act where they are shown, made visible."""

import re
from typing import Any, TextIO

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the order of letters round
ACTING = re.compile(
    rf"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{BIDI}\u2028\u2029]"
)


def shown(text: str) -> str:
    """Return a text with a visible sign for every character that acts or that no file can hold.

    Control characters, what turns the order of letters round, halves of a surrogate pair. Line ends
    become line feeds.

    >>> shown("a\\x00b\\r\\nc"), shown("\\x85\\ud800"), shown("exe.\\u202egnp")
    ('a␀b\\nc', '[U+0085][U+D800]', 'exe.[U+202E]gnp')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return ACTING.sub(lambda found: _sign(ord(found[0])), lines)


def _sign(code: int) -> str:
    if code == 0x7F:
        return "␡"
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"


class Shown:
    """A stream of text on which nothing acts that is printed; a bar on a terminal may move back.

    stream : TextIO
        Where it is written.

    >>> import io
    >>> print("a\\x1b[2Jb", file=Shown(stream := io.StringIO()))
    >>> stream.getvalue()
    'a␛[2Jb\\n'
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        """Return everything else as the stream has it."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text with visible signs; return its length."""
        back = "\r" if text.startswith("\r") and self._stream.isatty() else ""
        self._stream.write(back + shown(text.removeprefix(back)))
        return len(text)
