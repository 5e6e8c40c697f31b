"""Words cut to stems, so that who searches for one form of a word finds the others.

English and Russian by Snowball, Kazakh by the table of endings in `stems.yml`. The search of the
site does the same in `static/stems.js`, from a copy of that table; tests compare the two.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
KAZAKH = TABLE["kazakh"]
WORD = re.compile("|".join(TABLE["words"]), re.IGNORECASE)
ENDINGS = [
    (ending, tuple(row["after"].split()), tuple(row.get("unless", "").split()))
    for row in KAZAKH["endings"]
    for ending in row["cut"].split()
]
BASES = {*KAZAKH["bases"].split()}


def stems(text: str, language: str) -> list[str]:
    """Return the stems of the words and numbers of a text, in its order.

    language : str
        Of the page: "en", "ru" or "kk". It decides how words in Cyrillic letters are cut; words in
        Latin letters are English everywhere.

    >>> stems("Сауалнаманың 28,5 пайызы", "kk"), stems("1,250 surveys: 28 per cent", "en")
    (['сауалнама', '28.5', '%'], ['1250', 'survey', '28', '%'])
    """
    return [stem(word[0], language) for word in WORD.finditer(text)]


def stem(word: str, language: str) -> str:
    """Return the stem of one word, or a number as 1234.5.

    >>> stem("ұтқырлығы", "kk"), stem("ұтқырлықтың", "kk"), stem("мобильности", "ru")
    ('ұтқырлық', 'ұтқырлық', 'мобильн')
    """
    found = _cut(_folded(word), language)
    return TABLE["same"].get(found, found)


def kazakh_stem(word: str) -> str:
    """Return a Kazakh noun, in small letters, without what is added to it.

    >>> kazakh_stem("мектебіндегі"), kazakh_stem("қала"), kazakh_stem("қалай")
    ('мектеп', 'қала', 'қалай')
    """
    shorter = _shorter(word)
    while shorter != word:
        word, shorter = shorter, _shorter(shorter)
    hard = word[:-1] + KAZAKH["hardened"].get(word[-1], word[-1])
    return hard[:-1] if hard[-2:] == 2 * hard[-1] else hard


def _folded(word: str) -> str:
    """Return a word in small letters without accents, a number without groups and ending."""
    word = word.lower()
    if word[0].isdigit():
        return _number(word.partition("-")[0])
    if word[0] > "\u024f":
        return word.replace("ё", "е")
    plain = unicodedata.normalize("NFD", re.sub("[ \u00a0]", "", word.replace("’", "'")))
    return re.sub("[\u0300-\u036f]", "", plain)


def _number(text: str) -> str:
    grouped = re.match("[1-9][0-9]{0,2}(?:[,\u00a0\u202f][0-9]{3})+(?![0-9])", text)
    whole = grouped[0] if grouped else ""
    return re.sub("[,\u00a0\u202f]", "", whole) + text[len(whole) :].replace(",", ".")


@functools.lru_cache(100_000)
def _cut(word: str, language: str) -> str:
    if not "Ѐ" <= word[0] <= "ӿ":
        return _snowball(word, "english") if word[0].isalpha() else word
    if language == "kk" or set(word) & set(KAZAKH["letters"]):
        return kazakh_stem(word)
    return _snowball(word, "russian")


@functools.cache
def _stemmer(language: str) -> Any:
    """Return Snowball's stemmer, which comes with what the report needs."""
    import snowballstemmer

    return snowballstemmer.stemmer(language)


def _snowball(word: str, language: str) -> str:
    """Return a stem; a word of which it would leave one or two letters stays as it is."""
    found = _stemmer(language).stemWord(word)
    return found if len(found) >= 3 else word


def _shorter(word: str) -> str:
    """Return a word without its last ending; the word itself if it has none."""
    word = KAZAKH["irregular"].get(word, word)
    if word in BASES:
        return word
    found = sorted(_without_ending(word), key=len)
    return next((rest for rest in found if rest in BASES), [*found, word][0])


def _without_ending(word: str) -> Iterator[str]:
    for ending, after, unless in ENDINGS:
        rest = word.removesuffix(ending)
        fits = rest != word and rest.endswith(after)
        if fits and (rest in BASES or (_is_word(rest, ending) and not rest.endswith(unless))):
            yield rest


def _is_word(rest: str, ending: str) -> bool:
    """Say whether what is left is long enough, and its last vowel of the kind of the ending's."""
    last = next((letter for letter in reversed(rest) if letter in KAZAKH["vowels"]), "")
    kind = _kind(last)
    agree = ending in KAZAKH["neutral"] or not kind or kind == _kind(ending)
    return len(rest) >= 3 and last != "" and agree


def _kind(letters: str) -> str:
    """Return the kind of the first vowel that has one: "back", "front" or nothing."""
    kinds = ((kind, letter) for letter in letters for kind in ("back", "front"))
    return next((kind for kind, letter in kinds if letter in KAZAKH[kind]), "")
