"""The browser cuts words to the stems that the library finds: all words of the catalogues."""

from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from analysis import paths
from analysis.language.current import LANGUAGES
from analysis.language.stems import WORD, stem
from tests.shared import home

CODE = "([words, language]) => words.map((word) => Stems.stem(word, language))"
NUMBERS = ["28,5", "1\u00a0250", "1,250", "0,125", "40-тан", "%", "per cent", "Per Cent", "1.2.3"]


def catalogue_words():
    """Return the words and numbers of all catalogues, in English and in what they say for it."""
    words = {}
    for file in sorted([*paths.LOCALE.rglob("*.po"), *paths.RAW.rglob("*.po")]):
        with file.open("rb") as lines:
            for message in read_po(lines):
                for text in (message.id, message.string):
                    said = " ".join(text) if isinstance(text, (list, tuple)) else text
                    words |= dict.fromkeys(word[0] for word in WORD.finditer(said))
    return [*words, *NUMBERS]


def families(words, stems):
    """Return the sets of words that have one stem."""
    found = defaultdict(set)
    for word, each in zip(words, stems, strict=True):
        found[each].add(word)
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_browser_and_library_agree_on_every_word(translated_report, opened, language):
    page = opened((home(translated_report, language) / "search.html").as_uri())
    words = catalogue_words()
    there, here = page.evaluate(CODE, [words, language]), [stem(word, language) for word in words]
    assert len(words) > 5000
    differ = [each for each in zip(words, here, there, strict=True) if each[1] != each[2]]
    # Two releases of Snowball name some stems otherwise: the words that share one are the same.
    assert all(word[0].isascii() and word[0].isalpha() for word, *_ in differ), differ
    assert families(words, here) == families(words, there)
