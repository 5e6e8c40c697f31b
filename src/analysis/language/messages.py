"""Catalogues of translations, read strictly: each message can be looked up, filled and shown."""

import gettext
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.checkers import num_plurals
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from analysis.failures import quoted
from analysis.language.forms import ASKED
from analysis.problems import BrokenFileError, Problem
from analysis.textfile import plain_text, read_bytes

HELD = re.compile(r"%\(\w+\)[sd]")  # what Jinja and Sphinx fill in
TRIED = 1_000  # numbers for which the rule of the plural is worked out
FORMS = range(3, 5)  # of a noun with a number, parted by |
PLURALS = re.compile(r"nplurals *= *(?![1-6] *;)([^;\\]*)")  # no language has more than six
STRING = r'"((?:[^"\\]|\\[abfnrtv"\\])*)"'
LINE = re.compile(rf"(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?) *)?{STRING} *")
FOLLOWS = {  # what may stand before each word
    "msgctxt": ("", "msgstr"),
    "msgid": ("", "msgctxt", "msgstr"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
}


def read_messages(file: Path, language: str) -> Catalog:
    """Return the translations of a `.po` file.

    file : Path
        UTF-8, as Babel, Poedit or Weblate write it.
    language : str
        Its language, such as "ru".

    Raises BrokenFileError for what is no catalogue, for a rule of the plural that does not work,
    and for a translation that cannot be filled as its message is: another placeholder or format,
    a brace or a percent sign too many, forms of a noun that are not three or four.
    """
    text = plain_text(read_bytes(file))
    if found := list(line_faults(text)):
        raise BrokenFileError(*found)
    try:
        lines = io.BytesIO(text.encode("utf-8"))
        catalogue = read_po(lines, locale=language, charset="utf-8", abort_invalid=True)
        _try_plurals(catalogue)
        compiled(catalogue)
        _refuse_another_language(catalogue, language)
    except Exception as error:  # Babel and gettext have no kind of their own for most of them
        row = getattr(error, "lineno", 0)
        said = f"is no catalogue of translations (.po): {quoted(' '.join(str(error).split()))}"
        raise BrokenFileError(Problem(row, "", said)) from error
    if found := [
        Problem(message.lineno or 0, "", said)
        for message in catalogue
        for said in message_faults(message, catalogue)
    ]:
        raise BrokenFileError(*found)
    return catalogue


def line_faults(text: str) -> Iterator[Problem]:
    r"""Yield the first line that is none of a catalogue, or a message that stands twice.

    >>> [fault.text for fault in line_faults('msgid "sea"\\nmsgstr more\\n')]
    ['is no line of a catalogue (.po), such as msgid "text"']
    """
    if many := PLURALS.search(text):
        said = f"nplurals is {quoted(many[1].strip())}; wanted 1 to 6"
        yield Problem(text.count("\n", 0, many.start()) + 1, "", said)
        return
    before, key, seen = "", {}, set()
    for row, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.fullmatch(line)
        if not found:
            yield Problem(row, "", 'is no line of a catalogue (.po), such as msgid "text"')
            return
        word = (found[1] or before).partition("[")[0]
        if (found[1] and before not in FOLLOWS[word]) or not word:
            yield Problem(row, "", f"{word or 'a text'} has no place behind {before or 'nothing'}")
            return
        if word in {"msgctxt", "msgid"}:
            key = {} if found[1] and before == "msgstr" else key
            key[word] = key.get(word, "") + found[2]
        elif word == "msgstr" != before:
            said = (key.get("msgctxt"), key["msgid"])
            if said in seen:
                yield Problem(row, "", f"{quoted(key['msgid'])} stands twice")
                return
            seen.add(said)
        before = word


def _refuse_another_language(catalogue: Catalog, language: str) -> None:
    found = catalogue.locale_identifier or language
    if found.partition("_")[0] != language:
        raise ValueError(f"its head says Language: {found}; wanted {language}")


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it; raise where gettext could not."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    gettext.GNUTranslations(io.BytesIO(target.getvalue()))
    return target.getvalue()


def _try_plurals(catalogue: Catalog) -> None:
    """Raise ValueError unless the rule of the plural gives one of its forms for every number."""
    rule = gettext.c2py(catalogue.plural_expr)
    for n in range(TRIED):
        if not 0 <= rule(n) < catalogue.num_plurals:
            raise ValueError(f"Plural-Forms gives the form {rule(n)} of {catalogue.num_plurals}")


def message_faults(message: Message, catalogue: Catalog | None = None) -> Iterator[str]:
    """Yield why a translation cannot be filled as its message is.

    >>> list(message_faults(Message("{n} falls", string="{m} порогов")))
    ["'{m} порогов' does not fill in what '{n} falls' does: {n}"]
    """
    if not message.id or message.fuzzy:
        return
    sources = message.id if isinstance(message.id, list | tuple) else (message.id,)
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if any(texts) and (not all(texts) or _wrong_number(message, catalogue)):
        yield f"{quoted(sources[0])} has not all forms of the plural, or too many"
    wanted = filled_in(sources[-1])
    if wanted is None:  # its braces are no placeholders
        return
    for text in filter(None, texts):
        found = filled_in(text)
        if found is None:
            yield f"{quoted(text)} has a brace that nothing closes, or a form that nobody knows"
        elif found != wanted:
            held = ", ".join(f"{{{name}{':' * bool(how)}{how}}}" for name, how in wanted[0])
            held = ", ".join(filter(None, [held, *wanted[1]])) or "nothing"
            yield f"{quoted(text)} does not fill in what {quoted(sources[-1])} does: {held}"
        elif any(HELD.search(each) or "%%" in each for each in sources):
            yield from _percent_faults(text)


def _wrong_number(message: Message, catalogue: Catalog | None) -> bool:
    try:
        num_plurals(catalogue, message)
    except TranslationError:
        return True
    return False


def filled_in(text: str) -> tuple[list[tuple[str, str]], list[str]] | None:
    """Return what a program fills in, each with its format; None for a text that it cannot fill.

    Forms of words that a translation asks for behind a format are left out.

    >>> filled_in("{n:,;пункт|пункта|пунктов} of %(all)s")
    ([('n', ',')], ['%(all)s'])
    >>> filled_in("{n") is None, filled_in("{n:;one}") is None
    (True, True)
    """
    try:
        fields = [each for each in string.Formatter().parse(text) if each[1] is not None]
    except ValueError:
        return None
    found = []
    for _, name, spec, conversion in fields:
        asked = ASKED.fullmatch(spec or "")
        if not asked or conversion or (asked["nouns"] and not _are_forms(asked["nouns"])):
            return None
        plain = asked["spec"]
        found.append((name, plain.removesuffix("genitive") if name == "number" else plain))
    return sorted(found), sorted(HELD.findall(text))


def _are_forms(nouns: str) -> bool:
    return nouns.count("|") + 1 in FORMS


def _percent_faults(text: str) -> Iterator[str]:
    """Yield why a text of a page has a percent sign that is neither doubled nor a placeholder."""
    values: Any = {each[2:-2]: 1 for each in HELD.findall(text)}
    try:
        text % values
    except (ValueError, TypeError, KeyError):
        yield f"{quoted(text)} has a single percent sign; write %%"
