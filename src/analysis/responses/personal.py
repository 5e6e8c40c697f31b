"""Columns and answers that tell who somebody is: names, e-mail addresses, telephone numbers."""

import re
import unicodedata
from collections.abc import Mapping
from itertools import islice

from analysis.language.current import tr
from analysis.responses.extras import need
from analysis.responses.words import one_of

MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){0,8}\.[\w-]{2,63}")
BETWEEN = r" ().\u00a0\u2009\u202f/\u2010-\u2015\u2212-"  # signs between the digits of a number
TELEPHONE = re.compile(rf"\+?[0-9][0-9{BETWEEN}]{{5,}}[0-9]")
ONE_OF_SEVERAL = re.compile(rf"(?<![0-9])(?:\+?7|8)(?:[{BETWEEN}]*[0-9]){{10}}(?![0-9])")
HANDLE = re.compile(
    r"(?<![\w.])@[a-z]\w{4,31}\b|\b(t|wa|vk|instagram)\.(me|com)/[\w.@+-]+", re.IGNORECASE
)
IDENTITY = re.compile(r"\b[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-6][0-9]{5}\b")
ADDRESS = re.compile(
    r"([0-9]{1,3}\.){3}[0-9]{1,3}|([0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.IGNORECASE
)
LONGEST = 300  # letters; a longer text is an opinion, not an address or a name
REGIONS = ("KZ", "RU")
WITHHELD = "[withheld]"
WORD = r"[^\W\d_][\w'’.-]*"
NAME_LIKE = re.compile(rf"{WORD}( {WORD}){{1,2}}")
ENOUGH = 2000  # different answers that are looked at as telephone numbers
MOST = 0.5  # share of the different answers that makes a column one of addresses or numbers


def is_mail(text: str) -> bool:
    """Say whether a text is an e-mail address, or several.

    >>> is_mail(" a.b@example.org"), is_mail("a@example.org, b@example.org"), is_mail("a @ home")
    (True, True, False)
    """
    parts = re.split(r"[,;\s]+", text.strip()) if len(text) < LONGEST else [""]
    return all(map(MAIL.fullmatch, parts))


def is_phone(text: str) -> bool:
    """Say whether a text is a telephone number, of Kazakhstan, Russia or with its country code.

    Ages, years, amounts and most numbers of other things are none.

    >>> [is_phone(text) for text in ("+7 701 555 01 23", "8 (701) 555-01-23", "2024", "120000")]
    [True, True, False, False]
    """
    if len(text) > LONGEST:
        return False
    text = unicodedata.normalize("NFKC", text).strip()
    if not TELEPHONE.fullmatch(text):
        return False
    phonenumbers = need("phonenumbers")

    digits = re.sub(r"\D", "", text)
    if text.startswith("+"):
        return _read(text, None, phonenumbers.is_possible_number)
    if not 10 <= len(digits) <= 11 or (re.search(r"[./]", text) and "(" not in text):
        return False
    return any(_read(text, region, phonenumbers.is_valid_number) for region in REGIONS)


def _read(text: str, region: str | None, fits) -> bool:
    phonenumbers = need("phonenumbers")

    try:
        return fits(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def is_name_like(text: str) -> bool:
    """Say whether a text is two or three words with a capital letter, as names are.

    >>> is_name_like("Ana Roe"), is_name_like("ana roe"), is_name_like("Room 12")
    (True, False, False)
    """
    if len(text) > LONGEST:
        return False
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    capitals = all(word[:1].isupper() for word in text.split(" "))
    return len(text) < 60 and capitals and bool(NAME_LIKE.fullmatch(text))


def personal(values: Mapping[str, int], header: str) -> str:
    """Return why a column looks personal, or "".

    values : mapping of str to int
        Its different answers, each with the people who gave it; blank ones may be among them.
    header : str
        The name of the column.

    E-mail addresses and telephone numbers are known by the answers, names by header and variety:
    what many people answer alike is a choice.

    >>> personal({"a@example.org": 1, "b@example.org": 1, "": 2}, "Contact")
    'looks like e-mail addresses, 2 of 2'
    >>> personal({"North College": 40, "South College": 60}, "Name of your college")
    ''
    """
    given = {text: people for text, people in values.items() if text.strip()}
    people, asked = sum(given.values()), _words(header)
    for fits, said, named in (
        (is_mail, tr("looks like e-mail addresses"), "mail"),
        (is_phone, tr("looks like telephone numbers"), "phone"),
        (ADDRESS.fullmatch, tr("looks like addresses of computers"), ""),
    ):
        looked_at = dict(islice(given.items(), ENOUGH)) if fits is is_phone else given
        found = [text for text in looked_at if fits(text.strip())]
        least = 0 if named and one_of(named).search(asked) else MOST * len(looked_at)
        if found and len(found) >= least:
            return tr("{what}, {found} of {all}", what=said, found=_of(given, found), all=people)
    if one_of("identity").search(asked) and len(given) > people / 2 > 0:
        return tr(
            "{what}, {found} of {all}",
            what=tr("asks for an identity number"),
            found=people,
            all=people,
        )
    return _names(given, people, asked)


def _names(given: Mapping[str, int], people: int, asked: str) -> str:
    variety = len(given) / people if people else 0
    like = [text for text in given if is_name_like(text)]
    person = one_of("person").search(asked) and not one_of("thing").search(asked)
    if person and (variety > 0.2 or len(given) > 30) and len(given) > 1:
        return tr("asks for names, {found} different of {all}", found=len(given), all=people)
    thing = one_of("thing").search(asked)
    least = 5 if one_of("named").search(asked) else 8
    if not thing and len(like) >= max(least, 0.8 * len(given)) and variety > 0.8:
        said = tr("looks like names of people")
        return tr("{what}, {found} of {all}", what=said, found=_of(given, like), all=people)
    return ""


def _of(given: Mapping[str, int], found: list[str]) -> int:
    return sum(given[text] for text in found)


def _words(header: str) -> str:
    text = unicodedata.normalize("NFKC", header).casefold().replace("_", " ")
    return " ".join(text.split())


def redacted(text: str) -> str:
    """Return a text with all by which somebody can be reached or known in it as "[withheld]".

    E-mail addresses, telephone numbers, names in messengers, identity numbers of Kazakhstan.

    >>> redacted("write to a@example.org or +7 701 555 01 23, room 120000")
    'write to [withheld] or [withheld], room 120000'
    >>> redacted("@ana_roe, 990101350123")
    '[withheld], [withheld]'
    """
    text = MAIL.sub(WITHHELD, text) if "@" in text else text
    text = HANDLE.sub(WITHHELD, text) if "@" in text or "/" in text else text
    if sum(letter.isdigit() for letter in text) < 7:
        return text
    phonenumbers = need("phonenumbers")

    for region in REGIONS:
        found = [*phonenumbers.PhoneNumberMatcher(text, region)]
        for match in reversed(found):
            if is_phone(match.raw_string):
                text = text[: match.start] + WITHHELD + text[match.end :]
    for numbers in (TELEPHONE, ONE_OF_SEVERAL):
        text = numbers.sub(lambda match: WITHHELD if is_phone(match[0]) else match[0], text)
    return IDENTITY.sub(WITHHELD, text)
