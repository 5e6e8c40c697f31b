"""Words that change with a number: Russian nouns, Kazakh endings, what limits a printed number.

A translation asks for a form behind the name of a placeholder, where its message has none:
`{n:,;человек|человека|человек}` is the number with the noun that goes with it, `{n:-дан}` the
number with a Kazakh ending in the vowels and consonants that its last spoken word asks for.
"""

import functools
import re
from decimal import Decimal

NUMBER = re.compile(r"[0-9]+(?:[ \xa0][0-9]{3})*(?:[.,][0-9]+)?")
ASKED = re.compile(
    r"(?P<spec>[^;]*?)(?:;(?P<nouns>.+)|-(?P<ending>дан|ға|ның|да|ны|мен))?", re.DOTALL
)
ENDINGS = {
    "дан": {"nasal": "нан нен", "voiceless": "тан тен", "else": "дан ден"},
    "ға": {"voiceless": "қа ке", "else": "ға ге"},
    "ның": {"nasal": "ның нің", "vowel": "ның нің", "voiceless": "тың тің", "else": "дың дің"},
    "да": {"voiceless": "та те", "else": "да де"},
    "ны": {"vowel": "ны ні", "voiceless": "ты ті", "else": "ды ді"},
    "мен": {"buzzing": "бен бен", "voiceless": "пен пен", "else": "мен мен"},
}
# у and и end a syllable as a consonant does: елудің. Of the letters in two rows the first counts.
SOUNDS = {
    "vowel": "аәеёоөұүыіэя",
    "nasal": "мнң",
    "buzzing": "бвгджз",
    "voiceless": "бвгдкқпстфхһцчшщ",
}
BACK, FRONT = "аоұыюяё", "әеөүіэ"
ONES = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
TENS = ["-", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
POWERS = {9: "миллиард", 6: "миллион", 3: "мың", 2: "жүз"}


def singular(unit: str) -> str:
    """Return an English unit of one word in the singular; another one as it is.

    >>> singular("activities"), singular("people"), singular("thousand tenge"), singular("hours")
    ('activity', 'person', 'thousand tenge', 'hour')
    """
    if unit == "people":
        return "person"
    if " " in unit or not unit.endswith("s") or unit.endswith(("ss", "is", "us")):
        return unit
    return unit[:-3] + "y" if unit.endswith("ies") else unit[:-1]


def noun_form(number: str, nouns: str) -> str:
    """Return the Russian noun that goes with a number.

    number : str
        As written in Russian; of a range the last number decides.
    nouns : str
        For one, for two, for five, and for a fraction where it is not that for two, parted by "|".

    >>> [noun_form(n, "пункт|пункта|пунктов") for n in ("1", "0,94", "93", "11", "48–55")]
    ['пункт', 'пункта', 'пункта', 'пунктов', 'пунктов']
    """
    one, two, five, *fraction = nouns.split("|")
    forms = {"one": one, "few": two, "many": five, "other": (fraction or [two])[0]}
    return forms[plural_of(number)]


def plural_of(number: str) -> str:
    """Return the class of the last number in a text: "one", "few", "many", "other" in Russian.

    A text without a number, such as "нет", goes with the noun that five has.

    >>> plural_of("1 003"), plural_of("1,5"), plural_of("нет")
    ('few', 'other', 'many')
    """
    digits = NUMBER.findall(number)
    return _rule()(Decimal(re.sub(r"\s", "", digits[-1]).replace(",", "."))) if digits else "many"


@functools.cache
def _rule():
    from babel import Locale

    return Locale("ru").plural_form


def after_limit(number: str) -> int:
    """Return a whole number whose Russian noun is in the genitive that a word such as более asks.

    >>> after_limit("21"), after_limit("22"), after_limit("1,5")
    (2, 5, 2)
    """
    return 5 if plural_of(number) in {"few", "many"} else 2


def with_ending(text: str, ending: str) -> str:
    """Return a Kazakh text with an ending that fits its last spoken word, numeral or noun.

    ending : str
        In its basic form: дан, ға, ның, да, ны or мен.

    >>> [with_ending(n, "дан") for n in ("1", "4", "6", "10", "4 000", "2015", "24 %", "0,94")]
    ['1-ден', '4-тен', '6-дан', '10-нан', '4 000-нан', '2015-тен', '24 %-дан', '0,94-тен']
    >>> with_ending("5 студент", "ға"), with_ending("50", "ның"), with_ending("40", "ны")
    ('5 студентке', '50-дің', '40-ты')
    >>> [with_ending(n, "мен") for n in ("2", "3", "7", "30", "90", "24 %")]
    ['2-мен', '3-пен', '7-мен', '30-бен', '90-мен', '24 %-бен']
    """
    *_, last = text.split() or [""]
    if not re.search(r"\w|%", text):
        return text
    spoken = spoken_word(text)
    forms = ENDINGS[ending]
    kinds = (name for name, sounds in SOUNDS.items() if spoken[-1] in sounds and name in forms)
    back, front = forms[next(kinds, "else")].split()
    said = front if _is_front(spoken) else back
    return f"{text}-{said}" if not last[-1:].isalpha() else text + said


def _is_front(word: str) -> bool:
    vowels = [letter for letter in word if letter in BACK + FRONT]
    return bool(vowels) and vowels[-1] in FRONT


def spoken_word(text: str) -> str:
    """Return the last word that is heard when a Kazakh text is read aloud.

    >>> [spoken_word(n) for n in ("40", "300", "1 500 000", "12 000 000", "7,25", "30 %", "адам")]
    ['қырық', 'жүз', 'мың', 'миллион', 'бес', 'пайыз', 'адам']
    """
    last = re.findall(r"\w+|%", text.lower())[-1]
    if last == "%":
        return "пайыз"
    return _numeral(NUMBER.findall(text)[-1]) if last.isdecimal() else last


def _numeral(number: str) -> str:
    digits = re.sub(r"\s", "", number).rpartition(",")[2].lstrip("0") or "0"
    zeros = len(digits) - len(digits.rstrip("0"))
    if digits == "0" or not zeros:
        return ONES[int(digits[-1])]
    power = next((power for power in POWERS if power <= zeros), 0)
    return POWERS[power] if power else TENS[int(digits[-2])]


def asked(spec: str) -> tuple[str, str, str]:
    """Return a format as Python knows it, then the nouns and the ending that a translation asks.

    >>> asked(",;человек|человека|человек"), asked(".1f-дан"), asked("")
    ((',', 'человек|человека|человек', ''), ('.1f', '', 'дан'), ('', '', ''))
    """
    found = ASKED.fullmatch(spec)
    return found["spec"], found["nouns"] or "", found["ending"] or ""
