"""The language of a report: messages from gettext catalogues, numbers and dates in its way.

`tr`, `ntr` and `label` look a text up in the catalogues below `locale/`; in English they return it
as it is. A notebook chooses the language with `use_language`.
"""

import contextlib
import functools
import gettext
import hashlib
import io
import os
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.forms import (
    after_limit,
    asked,
    noun_form,
    plural_of,
    singular,
    with_ending,
)


@dataclass(frozen=True)
class Language:
    """How a language is called by itself, and how it writes numbers and dates.

    decimal, group : str
        The signs between whole and fraction, and between thousands.
    percent : str
        The percent sign with the blank before it.
    day, month : str
        How a day and a month are written; empty where they stay as in ISO 8601.
    """

    name: str
    decimal: str = "."
    group: str = ","
    percent: str = " %"
    day: str = ""
    month: str = ""


NO_BREAK = "\N{NO-BREAK SPACE}"
LANGUAGES = {
    "en": Language("English"),
    "ru": Language(
        "Русский", ",", NO_BREAK, NO_BREAK + "%", "{day}.{month}.{year}", "{month}.{year}"
    ),
    "kk": Language(
        "Қазақша", ",", NO_BREAK, NO_BREAK + "%", "{day}.{month}.{year}", "{month}.{year}"
    ),
}
NUMBER_HERE, GENITIVE = "{number}", "{number:genitive}"  # the noun behind it is then in that case
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%")
TWO_STOPS = re.compile(r"(?<=[^\W\d_])\.\.(?=\s|$)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
CHECKED = "catalogues"  # where those are kept that passed the checks; to be renamed with these
_current = "en"
_quiet = False


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Leave messages as they are within a `with` block, where only numbers are wanted of a result.

    >>> with quiet():
    ...     tr("{n} of {all}", n=1, all=2)
    '{n} of {all}'
    """
    global _quiet
    before, _quiet = _quiet, True
    try:
        yield
    finally:
        _quiet = before


def use_language(language: str) -> None:
    """Choose the language of sentences, figures and tables from here on.

    language : str
        One of LANGUAGES: "en", "ru" or "kk".

    Raises ValueError for another language.
    """
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"language: wanted one of {', '.join(LANGUAGES)}; got {language!r}")
    _current = language


def current_language() -> str:
    """Return the language in use, such as "en"."""
    return _current


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language within a `with` block.

    >>> with speaking("kk"):
    ...     number(2694.5)
    '2\xa0694,5'
    """
    before = _current
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


_looked_up: dict[tuple[str, str, tuple[Any, ...]], str] = {}  # by language, file and words


class Messages:
    """The messages of a language, or of one file; what is looked up in them is remembered.

    language : str
        One of LANGUAGES.
    file : str
        The catalogue below the data, or nothing for all catalogues together.
    found : gettext.NullTranslations
        The catalogue itself.
    """

    def __init__(self, language: str, file: str, found: gettext.NullTranslations) -> None:
        self.language, self.file, self.found = language, file, found

    def _said(self, *words: Any) -> str:
        text = getattr(self.found, words[0])(*words[1:])
        _looked_up[self.language, self.file, words] = text
        return text

    def gettext(self, message: str) -> str:
        """Return a message in the language."""
        return self._said("gettext", message)

    def pgettext(self, context: str, message: str) -> str:
        """Return a message of a kind, such as "label"."""
        return self._said("pgettext", context, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form of a message for a number."""
        return self._said("ngettext", one, many, n)

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        """Return the form of a message of a kind for a number."""
        return self._said("npgettext", context, one, many, n)


def looked_up(language: str | None = None) -> list[list[Any]]:
    """Return what this process has looked up in the catalogues of a language, the current one.

    Each is a list: file, method of gettext, its arguments, what it said. `look_up_again` takes it.
    """
    language = language or _current
    return [
        [file, *words, said]
        for (spoken, file, words), said in _looked_up.items()
        if spoken == language
    ]


def look_up_again(messages: Iterable[Sequence[Any]], language: str | None = None) -> list[Any]:
    """Look up what `looked_up` returned and return those messages that say something else now."""
    language = language or _current
    changed = []
    for file, method, *words, said in messages:
        found = messages_of(paths.RAW / file) if file else catalogue(language)
        if getattr(found, method)(*words) != said:
            changed.append(words)
    return changed


def messages_of(file: Path) -> Messages:
    """Return the messages of one `.po` file beside a table."""
    inside = file.relative_to(paths.RAW).as_posix() if file.is_relative_to(paths.RAW) else str(file)
    return Messages(file.stem, inside, _compiled(file))


def catalogue_files(language: str) -> list[Path]:
    """Return the files of the messages of a language, in the order in which they are asked."""
    if language not in LANGUAGES or language == "en":
        return []
    return [
        *sorted((paths.LOCALE / language / "LC_MESSAGES").glob("*.po")),
        paths.NOTEBOOKS / "locale" / f"{language}.po",
        paths.RAW / "locale" / f"{language}.po",
        *sorted(paths.RAW.glob(f"*/locale/{language}.po")),
    ]


@functools.cache
def catalogue(language: str) -> Messages:
    """Return the messages of a language: the library's, the notebooks', those of the documents."""
    together = None
    for file in catalogue_files(language):
        found = _translations(file)  # its own: what is joined to it stays out of `messages_of`
        if together is None:
            together = found
        else:
            together.add_fallback(found)
    return Messages(language, "", together or gettext.NullTranslations())


@functools.cache
def _compiled(file: Path) -> gettext.NullTranslations:
    """Return the messages of one `.po` file, read once."""
    return _translations(file)


def _translations(file: Path) -> gettext.NullTranslations:
    """Return the messages of one `.po` file; none if there is no such file.

    Raises TableError for a file that `messages.read_messages` refuses.
    """
    if not file.exists():
        return gettext.NullTranslations()
    content = file.read_bytes() if file.is_file() else b""
    name = hashlib.sha256(content).hexdigest()
    kept = paths.CACHE / CHECKED / f"{name}.mo" if paths.CACHE else None
    try:
        compiled = kept.read_bytes() if kept else b""
        return gettext.GNUTranslations(io.BytesIO(compiled))
    except (OSError, ValueError, struct.error):  # not there, or damaged
        spoken = next(name for name in (file.stem, file.parts[-3]) if name in LANGUAGES)
        compiled = _compile(file, spoken)
    if kept:
        _keep(kept, compiled)
    return gettext.GNUTranslations(io.BytesIO(compiled))


def _compile(file: Path, language: str) -> bytes:
    """Return a catalogue as gettext reads it, if it is as it should be."""
    from analysis.language.messages import compiled, read_messages
    from analysis.problems import naming

    with naming(file):
        return compiled(read_messages(file, language))


def _keep(file: Path, content: bytes) -> None:
    """Keep a compiled catalogue for the next process, where this one may write."""
    fresh = file.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(file)


def in_language(text: str, folder: Path) -> str:
    """Return a label of a table in the language in use, as the catalogue beside the table has it.

    text : str
        In the language that the table is written in.
    folder : Path
        Holds a `.po` file for each language, such as `ru.po`; where it has no translation the label
        is looked up among all others.
    """
    if _current == "en" or not text:
        return text
    found = messages_of(folder / f"{_current}.po").pgettext("label", text)
    return found if found != text else label(text)


class _Shown:
    """A value inside a message: formatted as ever, then written the way of the language."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getitem__(self, key: Any) -> "_Shown":
        return _Shown(self.value[key])

    def __getattr__(self, name: str) -> "_Shown":
        return _Shown(getattr(self.value, name))

    def __format__(self, spec: str) -> str:
        plain, nouns, ending = asked(spec)
        text = self._plain(plain)
        text = f"{text} {noun_form(text, nouns)}" if nouns else text
        return with_ending(text, ending) if ending else text

    def _plain(self, spec: str) -> str:
        if isinstance(self.value, str):
            return format(localized_text(self.value), spec)
        return with_signs(format(self.value, spec))


def with_signs(text: str) -> str:
    """Return a number that Python has formatted with the decimal and group signs in use."""
    signs = LANGUAGES[_current]
    return text.translate({ord(","): signs.group, ord("."): signs.decimal})


def number(value: float, spec: str = ",") -> str:
    """Return a number as the language writes it; `spec` as for `format`.

    >>> number(2694), number(44.75, ".1f")
    ('2,694', '44.8')
    """
    return with_signs(format(value, spec))


class Localized(str):
    """A text that is in the language already: "03.2010" is a month, and no number."""

    __slots__ = ()


def localized_text(text: str) -> str:
    """Return a text of a table in the language: a number, a date, a share, or a label.

    >>> localized_text("2019-03"), localized_text("reproduced")
    ('2019-03', 'reproduced')
    """
    if _current == "en" or isinstance(text, Localized):
        return text
    if NUMBER.fullmatch(text):
        return with_signs(text)
    if DATE.fullmatch(text):
        return date(text)
    if match := SHARE.fullmatch(text):
        return with_signs(match[1]) + LANGUAGES[_current].percent
    return label(text)


def date(text: str) -> str:
    """Return a day or month in ISO 8601 as the language writes it; in English as it is.

    >>> with speaking("ru"):
    ...     date("2010-04-05"), date("2010-04"), date("2010")
    ('05.04.2010', '04.2010', '2010')
    """
    signs = LANGUAGES[_current]
    if not signs.day or not DATE.fullmatch(text):
        return text
    year, month, *day = text.split("-")
    if not day:
        return Localized(signs.month.format(year=year, month=month))
    return Localized(signs.day.format(year=year, month=month, day=day[0]))


def label(text: str) -> str:
    """Return a text of tables and figures in the language.

    Short ones are listed in `locale/labels.txt`; sentences of the data are messages themselves.
    """
    if _current == "en" or not text:
        return text
    found = catalogue(_current).pgettext("label", text)
    return found if found != text else catalogue(_current).gettext(text)


def tr(message: str, /, **values: Any) -> str:
    """Return a message in the language, with its `{names}` filled as `str.format` does.

    >>> tr("{share:.1f} % of {n:,} people", share=44.66, n=2694)
    '44.7 % of 2,694 people'
    """
    if _quiet:
        return message
    if _current == "en":
        return one_stop(message.format(**values)) if values else message
    text = catalogue(_current).gettext(message) if message else ""
    shown = {name: _Shown(value) for name, value in values.items()}
    return one_stop(text.format(**shown)) if values else text


def one_stop(text: str) -> str:
    """Return a text without a second full stop behind one of an abbreviation.

    >>> one_stop("so say Ash et al.. They count 2..3 pears, ...")
    'so say Ash et al. They count 2..3 pears, ...'
    """
    return TWO_STOPS.sub(".", text)


def ntr(one: str, many: str, n: int, context: str | None = None) -> str:
    """Return the form of a noun that goes with a number.

    >>> ntr("person", "people", 40)
    'people'
    """
    if _quiet:
        return many
    if context:
        return catalogue(_current).npgettext(context, one, many, int(n))
    return catalogue(_current).ngettext(one, many, int(n))


def message(text: str) -> str:
    """Mark a text as a message, to be looked up later."""
    return text


QUALIFIERS = {
    "about": message("about {number}"),
    "some": message("some {number}"),
    "almost": message("almost {number}"),
    "nearly": message("nearly {number}"),
    "more than": message("more than {number}"),
    "over": message("over {number}"),
    "at least": message("at least {number}"),
    "up to": message("up to {number}"),
    "at most": message("at most {number}"),
    "less than": message("less than {number}"),
    "under": message("under {number}"),
    "only": message("only {number}"),
    "since": message("since {number}"),
    "by": message("by {number}"),
    "last": message("last {number}"),
    "early": message("early {number}"),
    "mid": message("mid {number}"),
    "late": message("late {number}"),
    "or over": message("{number} or over"),
    "onward": message("{number} onward"),
}


def with_unit(text: str, unit: str, qualifier: str = "") -> str:
    """Return a printed number with its unit in the right form, and the word that limits it.

    text : str
        The number as the tables have it, such as "2694" or "7.5".
    unit : str
        Its unit as the tables have it: a plural, such as "students"; "percent" becomes a sign.
    qualifier : str
        A word such as "more than", or nothing.

    >>> with_unit("7.5", "percent"), with_unit("24500", "students", "about")
    ('7.5 %', 'about 24,500 students')
    """
    if _quiet:
        return text
    amount = _amount(text, unit)
    limited = with_qualifier(amount, qualifier) if qualifier else amount
    return limited if unit in {"", "percent"} else f"{limited} {_noun(text, unit, qualifier)}"


def _amount(text: str, unit: str) -> str:
    amount = number(int(text)) if re.fullmatch("[0-9]{5,}", text) else localized_text(text)
    return amount + LANGUAGES[_current].percent if unit == "percent" else amount


def _noun(text: str, unit: str, qualifier: str) -> str:
    if not re.search("[0-9]", text):
        return ntr(unit, unit, 2, "unit")
    if _current == "en" and text == "1":
        return singular(unit)
    if _current == "ru" and GENITIVE in limit_of(qualifier):
        return ntr(unit, unit, after_limit(text), "unit")
    if plural_of(text) != "other":
        return ntr(unit, unit, int(re.findall("[0-9]+", text)[-1]), "unit")
    broken = catalogue(_current).pgettext("unit of a fraction", unit)
    return broken if broken != unit else ntr(unit, unit, 2, "unit")


def with_qualifier(amount: str, qualifier: str) -> str:
    """Return a number as it is written, with the word that limits it in its place.

    amount : str
        Such as "24 %".
    qualifier : str
        One of QUALIFIERS; any other stands before the number.

    >>> with_qualifier("24 %", "more than"), with_qualifier("40", "or over")
    ('more than 24 %', '40 or over')
    """
    return limit_of(qualifier).replace(GENITIVE, NUMBER_HERE).format(number=_Shown(amount))


def limit_of(qualifier: str) -> str:
    """Return how a language writes a number with the word that limits it, such as "{number}+"."""
    if not qualifier:
        return NUMBER_HERE
    if qualifier not in QUALIFIERS:
        return f"{localized_text(qualifier)} {NUMBER_HERE}"
    return catalogue(_current).gettext(QUALIFIERS[qualifier])


def labelled(table: Any) -> Any:
    """Return a table for programs: headings and labels in the language, numbers and dates as ever.

    table : DataFrame
        In English it is returned as it is.
    """
    if _current == "en":
        return table
    cells = table.astype(object).map(lambda each: label(each) if isinstance(each, str) else each)
    return cells.set_axis(_axis(table.columns), axis=1).set_axis(_axis(table.index))


def _axis(axis: Any) -> Any:
    renamed = axis.set_names([_heading(name) for name in axis.names])
    if renamed.nlevels > 1:
        return renamed.map(lambda names: tuple(_heading(name) for name in names))
    return renamed.map(_heading) if renamed.dtype != int else renamed


def _heading(name: Any) -> Any:
    return localized_text(name.replace("_", " ")) if isinstance(name, str) else name
