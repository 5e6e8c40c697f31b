"""Forms of a word fall together, other words stay apart, numbers are read as they are printed."""

import pytest
from babel.messages.pofile import read_po

from analysis import paths
from analysis.language.stems import ENDINGS, KAZAKH, WORD, kazakh_stem, stem, stems

TOGETHER = {
    "kk": [
        "сауалнама сауалнаманың сауалнаманы сауалнамаға сауалнамада сауалнамадан сауалнамамен",
        "сауалнамалар сауалнамаларының сауалнамасы сауалнамасындағы сауалнаманың",
        "ұтқырлық ұтқырлығы ұтқырлықтың ұтқырлыққа ұтқырлығын ұтқырлығымен ұтқырлығындағы",
        "мектеп мектебі мектептің мектебінде мектептерге мектептен мектеппен",
        "көрсеткіш көрсеткіші көрсеткіштер көрсеткіштің көрсеткіштерінде",
        "университет университеттер университеттің университетінде университеттерінің",
        "студент студенттер студенттердің студенттеріне студентпен",
        "құжат құжаттар құжаттың құжатында құжаттағы құжатпен",
        "мәлімдеме мәлімдемелер мәлімдемесі мәлімдемені мәлімдемемен",
        "жыл жылы жылғы жылдар жылдары жылдан жылда",
        "ел елдер елдің елге елде елдерінің",
        "процесс процесі процестер процестің",
        "халық халқы халқының халықтар халқына",
        "дерек дерегі деректер деректеріңіз деректермен",
        "тексеру тексеруі тексерудің тексеруге тексеруден",
        "дәріс дәрісі дәрістер",
        "оқушы оқушылар оқушысы оқушының",
        "Қазақстан Қазақстанның Қазақстанда Қазақстандағы",
    ],
    "ru": [
        "мобильность мобильности мобильностью",
        "опрос опроса опросу опросов опросами",
        "учёный ученый",
        "университет университеты университетами",
    ],
    "en": ["survey surveys", "licence licences license", "percent percent's", "claim claims"],
}
APART = {
    "kk": [
        "қала қалай",
        "бас басқа",
        "ұтқыр ұтқырлық",
        "білім білік",
        "қазақ қазақстан",
        "сан сана",
        "ел елу",
        "баға баған",
        "жаз жазу",
        "орта орын",
        "студент студенттік",
    ],
    "ru": ["на Най", "опрос вопрос"],
    "en": ["Nye n", "universe survey"],
}


def cases(table):
    return [(language, words.split()) for language, rows in table.items() for words in rows]


@pytest.mark.parametrize(("language", "words"), cases(TOGETHER))
def test_forms_of_one_word_have_one_stem(language, words):
    found = {word: stem(word, language) for word in words}
    assert len(set(found.values())) == 1, found


@pytest.mark.parametrize(("language", "words"), cases(APART))
def test_words_that_only_look_alike_have_stems_of_their_own(language, words):
    found = {word: stem(word, language) for word in words}
    assert len(set(found.values())) == len(words), found


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("28,56 and 28.56", "en", "28.56 and 28.56"),
        ("28,56", "ru", "28.56"),
        ("1,250 1250 1\u00a0250 1\u202f250", "en", "1250 1250 1250 1250"),
        ("132\u00a0000 адам", "kk", "132000 адам"),
        ("20–28 %", "ru", "20 28 %"),
        ("30 per cent, 30 percent, 30%", "en", "30 % 30 % 30 %"),
        ("30 пайызы", "kk", "30 %"),
        ("30 процентов", "ru", "30 %"),
        ("40-тан 1990-х 4-сурет", "kk", "40 1990 4 сурет"),
        ("0,125 2019-05-01", "en", "0.125 2019 05 01"),
        ("Café’s", "en", "cafe"),
    ],
)
def test_a_number_is_one_word_however_it_is_printed(text, language, wanted):
    assert " ".join(stems(text, language)) == wanted


def test_a_word_in_latin_letters_is_english_on_every_page():
    assert {tuple(stems("Surveys of Mobility", each)) for each in ("en", "ru", "kk")} == {
        ("survey", "of", "mobil")
    }


def test_a_word_with_kazakh_letters_is_kazakh_on_every_page():
    assert {stem("ұтқырлығының", each) for each in ("en", "ru", "kk")} == {"ұтқырлық"}


def kazakh_words():
    """Return the words in Cyrillic letters of all Kazakh catalogues of the library."""
    words = set()
    for file in (paths.LOCALE / "kk").rglob("*.po"):
        with file.open("rb") as lines:
            strings = [message.string for message in read_po(lines)]
        text = " ".join(" ".join(each) if isinstance(each, tuple) else each for each in strings)
        words |= {word[0].lower() for word in WORD.finditer(text) if word[0] > "Ѐ"}
    return words


def test_a_stem_is_its_own_stem_and_never_longer_nor_a_letter_or_two():
    for word in kazakh_words():
        found = kazakh_stem(word)
        assert kazakh_stem(found) == found and len(found) <= len(word) + 1, word
        assert len(found) >= min(3, len(word)) or found in KAZAKH["bases"].split(), word


def test_every_ending_is_of_use_for_some_word_of_the_reports():
    words = kazakh_words()
    used = {ending for ending, *_ in ENDINGS if any(cut_by(word, ending) for word in words)}
    rare = {ending for ending, *_ in ENDINGS} - used
    assert len(rare) < 6, rare


def cut_by(word, ending):
    rest = word.removesuffix(ending)
    return rest not in ("", word) and kazakh_stem(rest) == kazakh_stem(word)


def test_an_ending_stands_behind_letters_of_its_own_kind_alone():
    hard, voiced = "кітап", "адам"
    assert kazakh_stem(hard + "тар") == kazakh_stem(hard) != kazakh_stem(hard + "лар")
    assert kazakh_stem(voiced + "дар") == kazakh_stem(voiced) != kazakh_stem(voiced + "тер")
