"""Numbers in words and digits: where they stand in a text, and which values they can mean.

English, Russian and Kazakh. "One" is no number word here: it is a pronoun more often.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

LANGUAGES = "English, Russian and Kazakh"
FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
DIGITS = re.compile(
    r"(?<![0-9/])[1-9]/[1-9][0-9]?(?![0-9/])|"
    rf"[0-9]{{1,3}}(?: [0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?(?: ?[{FRACTIONS}])?|"
    rf"[0-9]+(?:[.,][0-9]+)*(?: ?[{FRACTIONS}])?|[{FRACTIONS}]"
)
UNITS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
PARTS = ["third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ENGLISH = {word: value for value, word in enumerate([*UNITS, *TEENS], start=2)}
ENGLISH |= {word: 10 * value for value, word in enumerate(TENS, start=2)}
# Stems with the endings that they take, and their values.
RUSSIAN = {
    r"дв(?:а|е|ух|ум|умя|ое|оих)|об(?:а|е|оих|еих|оим|еим)": 2,
    r"тр(?:и|[её]х|[её]м|емя|ое|оих)": 3,
    r"четыр(?:е|[её]х|[её]м|ьмя)|четверо": 4,
    r"пят(?:ь|и|ью|еро)": 5,
    r"шест(?:ь|и|ью|еро)": 6,
    r"сем(?:ь|и|еро)": 7,
    r"вос(?:емь|ьми|емью)": 8,
    r"девят(?:ь|и|ью)": 9,
    r"десят(?:ь|и|ью)": 10,
    r"одиннадцат(?:ь|и|ью)": 11,
    r"двенадцат(?:ь|и|ью)": 12,
    r"тринадцат(?:ь|и|ью)": 13,
    r"четырнадцат(?:ь|и|ью)": 14,
    r"пятнадцат(?:ь|и|ью)": 15,
    r"шестнадцат(?:ь|и|ью)": 16,
    r"семнадцат(?:ь|и|ью)": 17,
    r"восемнадцат(?:ь|и|ью)": 18,
    r"девятнадцат(?:ь|и|ью)": 19,
    r"двадцат(?:ь|и|ью)": 20,
    r"тридцат(?:ь|и|ью)": 30,
    r"сорока?": 40,
    r"пят(?:ьдесят|идесяти)": 50,
    r"шест(?:ьдесят|идесяти)": 60,
    r"сем(?:ьдесят|идесяти)": 70,
    r"вос(?:емьдесят|ьмидесяти)": 80,
    r"девяност[оа]": 90,
    r"ст[оа]|сотн(?:я|и|ю|ей|ям|ями|ях)?": 100,
    r"двести|двухсот": 200,
    r"триста|тр[её]хсот": 300,
    r"четыреста|четыр[её]хсот": 400,
    r"пят(?:ьсот|исот)": 500,
    r"шест(?:ьсот|исот)": 600,
    r"сем(?:ьсот|исот)": 700,
    r"вос(?:емьсот|ьмисот)": 800,
    r"девят(?:ьсот|исот)": 900,
    r"дюжин\w*": 12,
    r"дважды|вдвое": 2,
    r"трижды|втрое": 3,
}
CASES = (
    "(?:(?:ден|дан|тен|тан|нен|нан|дің|тің|нің|ның|тың|дың|ге|ға|ке|қа|ні|ны|ті|ты|де|да|те|та|"
    "мен|пен|бен|лік|лық|тік|тық|дік|дық|сі|сы))?"
)
KAZAKH = {
    rf"екі{CASES}|еке[ув]\w*": 2,
    rf"үш{CASES}|үше[ув]\w*": 3,
    rf"төрт{CASES}|төрте[ув]\w*": 4,
    rf"бес{CASES}|бесе[ув]\w*": 5,
    rf"алты{CASES}|алтау\w*": 6,
    rf"жеті{CASES}|жетеу\w*": 7,
    rf"сегіз{CASES}": 8,
    rf"тоғыз{CASES}": 9,
    rf"он{CASES}": 10,
    rf"жиырма{CASES}": 20,
    rf"отыз{CASES}": 30,
    rf"қырық{CASES}": 40,
    rf"елу{CASES}": 50,
    rf"алпыс{CASES}": 60,
    rf"жетпіс{CASES}": 70,
    rf"сексен{CASES}": 80,
    rf"тоқсан{CASES}": 90,
    r"жүз(?:ден|ге|дің|дік)?": 100,
}
GREAT = {
    r"hundreds?": 100,
    r"thousands?|тыс(?:яч\w*)?|мың\w*": 1000,
    r"millions?|mln|млн|миллион\w*": 10**6,
    r"billions?|bn|млрд|миллиард\w*": 10**9,
}
EXTRA = {
    r"twice|double[ds]?|dual|both|pair|couple": 2,
    r"thrice|triple[ds]?": 3,
    r"dozen": 12,
    r"one|once|single|only|оди?н\w*|бір\w*": 1,
    r"перв\w+|бірінші": 1,
    r"втор\w+|екінші": 2,
    r"трет(?:ий|ья|ье|ьего|ьей|ьему|ьим|ьи|ьих)|үшінші": 3,
    r"двадцат(?:ый|ого|ом|ому)|жиырмасыншы": 20,
    r"четв[её]рт\w+|төртінші": 4,
    r"пят(?:ый|ая|ое|ого|ой|ом)|бесінші": 5,
}
VALUES = ENGLISH | {word: value for value, word in enumerate(ORDINALS.split(), start=1)}
VALUES |= {f"{word}th": value for word, value in ENGLISH.items() if 12 < value < 20}
VALUES |= {f"{word[:-1]}ieth": value for word, value in ENGLISH.items() if value > 19}
VALUES |= RUSSIAN | KAZAKH | EXTRA
SHARES = {
    r"half|halves|половин\w*|жарты\w*": Fraction(1, 2),
    r"(?:one|a) third|треть|трети|третью|үштен бір\w*": Fraction(1, 3),
    r"two[ -]thirds|две трети|үштен екі\w*": Fraction(2, 3),
    r"(?:one |a )?quarter|четверт(?:ь|и|ью)|төрттен бір\w*|ширек\w*": Fraction(1, 4),
    r"three[ -]quarters|три четверти|төрттен үш\w*": Fraction(3, 4),
    r"(?:one|a) fifth|пятая часть|бестен бір\w*": Fraction(1, 5),
}
RATIO = re.compile(
    r"\b(one|two|three|[0-9]+|оди?н\w*|кажд\w+) (?:in|out of|из) (?:every |each )?(\w+)|"
    r"\b([0-9]+)/([0-9]+)\b"
)
ENGLISH_WORD = (
    r"\b(?:" + "|".join(ENGLISH) + r"|hundreds?|thousands?|millions?|billions?|trillions?|"
    r"dozens?|hal(?:f|ves)|majority|minority|most(?= of\b)|quarters?|twice|thrice|"
    r"doubl(?:e[ds]?|ing)|tripl(?:e[ds]?|ing)|[a-z]+fold(?<!manifold)(?<!unfold)(?<!scaffold)"
    r"|" + "|".join(f"{part}s" for part in PARTS) + r")\b(?:-[a-z]+)?"
    r"|\bone(?= (?:in|out of) (?:every |each )?(?:" + "|".join(ENGLISH) + r"|a hundred)\b)"
    r"|(?<=\b[Aa] )(?:" + "|".join(PARTS) + r")\b(?=\W*(?:$|of\b|[a-z]+ed\b|[a-z]+ing\b|left\b|"
    r"said\b|are\b|were\b|is\b|was\b|have\b|had\b|do\b|did\b|and\b|or\b|said\b|came\b|[.,;:)]))"
    r"|(?<=\b[Oo]ne[ -])(?:" + "|".join(PARTS) + r")\b|\b(?:every|each) "
    r"(?:second|third|fourth|fifth|tenth)\b"
)
RUSSIAN_WORD = (
    r"\b(?:" + "|".join(RUSSIAN) + r"|тысяч\w*|миллион\w*|миллиард\w*|десятк\w+|"
    r"половин\w+|полтор[аы]|полутора|треть|трети|третью|четверть|четверти|четвертью|большинств\w+|"
    r"меньшинств\w+|вчетверо|удво\w+|утро(?:ил|ен)\w*|(?:двух|тр[её]х|четыр[её]х)[а-яё-]{3,}|"
    r"(?:пятая|шестая|седьмая|восьмая|девятая|десятая) часть|кажд\w+ (?:второ\w+|второй|"
    r"трет(?:ий|ья|ье|ьего)|четв[её]рт\w+|пят\w+|десят\w+))\b"
)
KAZAKH_WORD = (
    r"\b(?:" + "|".join(KAZAKH) + r"|мың(?:дай|дық|нан|ға|ды)?|миллион\w*|миллиард\w*|ондаған|"
    r"жүздеген|мыңдаған|жарты\w*|ширег?[кі]\w*|көпшілі\w+|екі есе|үш есе)\b"
)
KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)
WORDS = [
    (re.compile(ENGLISH_WORD, re.IGNORECASE), False),
    (re.compile(RUSSIAN_WORD, re.IGNORECASE), False),
    (re.compile(KAZAKH_WORD, re.IGNORECASE), True),
]
AROUND = 100  # letters in which a Kazakh word has a letter of its own alphabet near it
SIGNS = "the of and to with from by for that is are was were their they this it"
ENGLISH_SIGNS = frozenset(SIGNS.split())
OTHER_SIGNS = re.compile("[їєґўђћљњџ]", re.IGNORECASE)
ENGLISH_SHARE = 0.05  # of all words; in an English text about a quarter
FEW = 5  # words, too few to tell a language by


def word_tokens(line: str) -> list[re.Match[str]]:
    """Return the number words of a text in the order in which they stand.

    Kazakh words that Russian has with another meaning ("он") count beside Kazakh letters only.

    >>> [found[0] for found in word_tokens("A third left; половина осталась; төрт адам келді.")]
    ['third', 'половина', 'төрт']
    """
    found: dict[tuple[int, int], re.Match[str]] = {}
    for pattern, kazakh in WORDS:
        for token in pattern.finditer(line):
            near = line[max(0, token.start() - AROUND) : token.end() + AROUND]
            if not kazakh or KAZAKH_LETTER.search(near):
                found.setdefault((token.start(), token.end()), token)
    kept = []
    for token in sorted(found.values(), key=lambda each: (each.start(), -each.end())):
        if not kept or token.start() >= kept[-1].end():
            kept.append(token)
    return kept


def known_language(line: str) -> bool:
    """Say whether number words are known in the language of a text."""
    letters = [letter for letter in line if letter.isalpha()]
    latin = re.findall(r"[A-Za-zÀ-ɏ]+", line)
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in letters)
    if OTHER_SIGNS.search(line) or len(letters) > 2 * (cyrillic + sum(map(len, latin))):
        return False
    if 2 * cyrillic > len(letters) or len(latin) <= FEW:
        return True
    return sum(word.lower() in ENGLISH_SIGNS for word in latin) >= ENGLISH_SHARE * len(latin)


def values_in(text: str) -> set[Decimal]:
    """Return the values that the numbers of a text, in digits and in words, can mean.

    A share is meant in percent too, whole and with one and two decimals.

    >>> sorted(map(str, values_in("1,100 people, twenty-seven per cent")))
    ['1.1', '1100', '20', '27', '7']
    """
    found = {value for token in DIGITS.findall(text) for value in readings(token)}
    found |= {Decimal(a + "." + b) for a, b in re.findall(r"\b([0-9]+), ([0-9]{1,2})\b", text)}
    found |= set(_in_words(text.lower())) | set(_great(text.lower()))
    found |= {Decimal(roman(word)) for word in re.findall(r"\b(?:[IVXLC]{2,}|[VX])\b", text)}
    return found | {value for share in _shares(text) for value in in_percent(share)}


def readings(token: str) -> set[Decimal]:
    """Return the values of a number in digits: 1,100 is 1100 or 1.1, 22.01.2015 its three parts."""
    if "/" in token:
        return set(map(Decimal, token.split("/")))
    fraction = {vulgar(sign) for sign in token if sign in FRACTIONS}
    bare = token.translate(dict.fromkeys(map(ord, FRACTIONS))).strip()
    parts = re.split("[.,]", bare.replace(" ", "")) if bare else []
    if fraction:
        whole = Decimal(parts[0]) if parts else Decimal(0)
        return {whole + Decimal(float(*fraction))} | (set() if parts else in_percent(*fraction))
    found = {Decimal(parts[0])} if len(parts) == 1 else set()
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        found.add(Decimal("".join(parts)))
    if len(parts) == 2:
        found.add(Decimal(".".join(parts)).normalize())
    return found | (set(map(Decimal, parts)) if len(parts) > 2 else set())


def vulgar(sign: str) -> Fraction:
    """Return the value of a sign such as ½."""
    return Fraction(unicodedata.normalize("NFKC", sign).replace("⁄", "/"))


def in_percent(share: Fraction) -> set[Decimal]:
    """Return a share in percent, as it may be printed."""
    return {Decimal(str(round(float(100 * share), places))).normalize() for places in (0, 1, 2)}


def roman(word: str) -> int:
    """Return the value of a Roman number.

    >>> roman("XXI"), roman("XIV")
    (21, 14)
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in word]
    after = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, after, strict=True))


_VALUE = [(re.compile(pattern), value) for pattern, value in (VALUES | GREAT).items()]


def value_of(word: str) -> int | None:
    """Return the value of one number word, or None."""
    return next((value for pattern, value in _VALUE if pattern.fullmatch(word)), None)


def _in_words(low: str) -> list[Decimal]:
    """Return the value of each word, and of each run of words."""
    found, run = [], []
    for word in [*re.findall(r"[^\W\d_]+|[0-9]+|[.,;]", low), "."]:
        value = value_of(word)
        if value is None and (word != "and" or not run):
            found += [together(run)] * bool(run)
            run = []
        elif value is not None:
            found.append(Decimal(value))
            run.append(value)
    return found


def together(values: list[int]) -> Decimal:
    """Return what number words in a row mean: two, hundred, five are 205."""
    total, current = 0, 0
    for value in values:
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current, 1) * 100
        else:
            current += value
    return Decimal(total + current)


def _great(low: str) -> list[Decimal]:
    """Return the values of digits with a word behind: 1.5 million."""
    found = []
    for digits, word in re.findall(r"([0-9][0-9., ]*?) ?([^\W\d_]+)", low):
        for pattern, value in GREAT.items():
            if re.fullmatch(pattern, word):
                found += [each * value for each in readings(digits.strip(" .,"))]
    return found


def _shares(text: str) -> list[Fraction]:
    low = text.lower()
    found = [share for pattern, share in SHARES.items() if re.search(rf"\b(?:{pattern})\b", low)]
    for first, second, count, whole in RATIO.findall(low):
        part, of = number_of(first or count), number_of(second or whole)
        if part and of and part <= of:
            found.append(Fraction(part, of))
    return found


def number_of(word: str) -> int | None:
    """Return the value of a number in digits or of a number word, or None."""
    return int(word) if word.isdecimal() else value_of(word)
