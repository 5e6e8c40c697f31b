"""What a failure says: one line, and to whoever asks for it (`--debug`) all that is known."""

import re
import sys
import traceback
import unicodedata

SHOWN = 40  # letters of a value that a message repeats
MIXED = re.compile(r"[0-9A-Za-z](?=[^\x00-\x7f])|[^\x00-\x7f](?=[0-9A-Za-z])")
HINT = "the same command with --debug shows where"
LONGEST = 600  # letters of a line that repeats what somebody typed
_asked = False
TRACE = "Traceback (most recent call last)"


def show_all(asked: bool) -> None:
    """Let failures of this process be shown whole, or in one line."""
    global _asked
    _asked = asked


def brief(message: str) -> str:
    r"""Return where a notebook failed and why in one line; all of the message if that was asked.

    message : str
        What `runner.run_notebook` says: a first line, and perhaps a traceback.

    >>> brief("cell 7: ValueError: n\nTraceback ...\nValueError: n: wanted more")
    'cell 7: ValueError: n: wanted more (the same command with --debug shows where)'
    >>> brief("cell 2: wrote to stderr\nlow tide\n")
    'cell 2: wrote to stderr: low tide'
    """
    if _asked:
        return message
    first, *rest = message.strip().splitlines() or [""]
    where, _, why = first.partition(": ")
    last = rest[-1].strip() if rest else why
    line = f"{where}: {last}" if last.startswith(why) else f"{first}: {last}"
    return f"{first if last in why else line}{f' ({HINT})' if len(rest) > 1 else ''}"


def tell(error: BaseException, advice: str = "", expected: bool = True) -> None:
    """Print why a command failed: one line, after the traceback if that was asked.

    Of a table in which several things are wrong (`problems.TableError`) a line each.

    error : exception
        Its message becomes the line; of one that is not expected, its kind is said too.
    advice : str
        What to do, to stand after the message.
    expected : bool
        Whether its message says all that somebody needs to know.
    """
    if _asked:
        traceback.print_exception(error)
    if all(isinstance(each, str) for each in getattr(error, "problems", [0])):
        for line in str(error).splitlines():
            print(f"error: {cut(line)}", file=sys.stderr)
        return
    text, inner, _ = str(error).partition(TRACE)
    kind = "" if expected and text else f"{type(error).__name__}: "
    hint = f"; {HINT}" if not _asked and (inner or not expected) else ""
    line = cut(" ".join(f"{kind}{text}".split()).removesuffix(":"))
    print(f"error: {line}{advice}{hint}", file=sys.stderr)


def cut(line: str) -> str:
    """Return the beginning of a line that repeats what has no end.

    >>> cut("a" * 700) == "a" * 600 + "..."
    True
    """
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."


def quoted(value: object) -> str:
    r"""Return a value as a message may show it: one line, cut, unmasked if it may deceive.

    Text is quoted; a word of one script is shown as it is, look-alikes, invisible letters and
    digits of other scripts as code points. Anything else is shown in ASCII.

    >>> print(quoted("қыз"), quoted("1О3"), quoted("x" * 50))
    'қыз' '1\u041e3' 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
    >>> quoted(range(3))
    'range(0, 3)'
    """
    if not isinstance(value, str):
        text = ascii(value).replace("\n", " ")
        return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "..."
    plain = shown.isprintable() and unicodedata.normalize("NFKC", shown) == shown
    foreign_digit = any(letter.isdigit() and not letter.isascii() for letter in shown)
    return repr(shown) if plain and not foreign_digit and not MIXED.search(shown) else ascii(shown)
