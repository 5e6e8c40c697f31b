"""Columns and answers that tell who somebody is: names, e-mail addresses, telephone numbers."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from analysis.language.current import tr
from analysis.responses.extras import need
from analysis.responses.words import one_of

MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){0,8}\.[\w-]{2,63}")
BETWEEN = r" ()._\u00a0\u2009\u202f/\u2010-\u2015\u2212-"  # signs between the digits of a number
TELEPHONE = re.compile(rf"\+?[0-9][0-9{BETWEEN}]{{5,}}[0-9]")
ONE_OF_SEVERAL = re.compile(rf"(?<![0-9])(?:\+?7|8)(?:[{BETWEEN}]*[0-9]){{10}}(?![0-9])")
PARTED = re.compile(r"((\+?7|8)[._])?[0-9]{3}[._][0-9]{3}[._][0-9]{2}[._]?[0-9]{2}")
HANDLE = re.compile(
    r"(?<![\w.])@[a-z]\w{1,31}(\.\w{1,31})*|"
    r"\b((t|wa|m|fb)\.me|(vk|ok)\.(com|ru)|threads\.net|"
    r"(instagram|facebook|fb|linkedin|tiktok|twitter|telegram|x)\.(com|me))/[\w.@+/?=&%~-]+",
    re.IGNORECASE,
)
PARTS = r"[ _\u2010-\u2015\u2212-]?"  # between the digits of an identity number
IDENTITY = re.compile(
    rf"(?<![0-9])[0-9]{PARTS}[0-9]{PARTS}(0{PARTS}[1-9]|1{PARTS}[0-2]){PARTS}"
    rf"(0{PARTS}[1-9]|[12]{PARTS}[0-9]|3{PARTS}[01]){PARTS}[0-6]({PARTS}[0-9]){{5}}(?![0-9])"
)
YEAR = re.compile(r"(19|20)[0-9]{2}")
ADDRESS = re.compile(
    r"([0-9]{1,3}\.){3}[0-9]{1,3}(:[0-9]{1,5})?|([0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.IGNORECASE
)
MACHINE = re.compile(
    r"(?<![\w.])([0-9]{1,3}\.){3}[0-9]{1,3}(:[0-9]{1,5})?(?!\w|\.[0-9])|"
    r"(?<![\w:])[0-9a-f]{4}:[0-9a-f:]{2,34}(\.[0-9]{1,3}){0,3}(?![\w:])|"
    r"(?<![\w:])([0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])",
    re.IGNORECASE,
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
    text = unicodedata.normalize("NFKC", text).strip() if len(text) < LONGEST else ""
    parts = re.split(r"[,;\s]+", text)
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
    text = text.replace("_", " ")
    if text.startswith("+"):
        return _read(text, None, phonenumbers.is_possible_number)
    if re.search(r"[./]", text) and "(" not in text and not PARTED.fullmatch(text):
        return False
    if digits.startswith("00") and len(digits) > 10:  # dialled from abroad
        return _read(f"+{digits[2:]}", None, phonenumbers.is_valid_number)
    if not 10 <= len(digits) <= 11:
        return False
    return any(_read(text, region, phonenumbers.is_valid_number) for region in REGIONS)


def _read(text: str, region: str | None, fits) -> bool:
    phonenumbers = need("phonenumbers")

    try:
        return fits(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def is_address(text: str) -> bool:
    """Say whether a text is the address of a computer.

    >>> is_address("192.0.2.14"), is_address("2001:db8::1"), is_address("12:30")
    (True, True, False)
    """
    return bool(ADDRESS.fullmatch(unicodedata.normalize("NFKC", text[:LONGEST])))


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
        (is_address, tr("looks like addresses of computers"), ""),
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

    E-mail addresses, telephone numbers, names in messengers, addresses of computers, identity
    numbers of Kazakhstan. They are looked for as if letters and digits were of the usual width.

    >>> redacted("write to a@example.org or +7 701 555 01 23, room 120000")
    'write to [withheld] or [withheld], room 120000'
    >>> redacted("@ana_roe, 990101350123, 192.0.2.14 at 12:30")
    '[withheld], [withheld], [withheld] at 12:30'
    """
    usual = [unicodedata.normalize("NFKC", letter) for letter in text]
    seen = "".join(usual)
    places = [place for place, letters in enumerate(usual) for _ in letters]
    found: list[tuple[int, int]] = []
    for search in (_names_of_accounts, _machines, _telephones, _identities):
        for start, end in search(seen):
            seen = f"{seen[:start]}{chr(0) * (end - start)}{seen[end:]}"
            found.append((places[start], places[end - 1] + 1))
    for start, end in sorted(found, reverse=True):
        text = text[:start] + WITHHELD + text[end:]
    return text


def _names_of_accounts(text: str) -> list[tuple[int, int]]:
    mails = _spans(MAIL, text) if "@" in text else []
    return _apart(mails + (_spans(HANDLE, text) if "@" in text or "/" in text else []))


def _machines(text: str) -> list[tuple[int, int]]:
    return _spans(MACHINE, text, _is_machine)


def _is_machine(text: str) -> bool:
    if re.fullmatch(r"([0-9a-f]{2}:){5}[0-9a-f]{2}", text, re.IGNORECASE):
        return True  # of a network card
    numbers = text.split(":")[0].split(".")
    if len(numbers) == 4:
        return all(int(number) < 256 for number in numbers)
    try:
        return bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def _telephones(text: str) -> list[tuple[int, int]]:
    if not _has_digits(text):
        return []
    phonenumbers = need("phonenumbers")

    found: list[tuple[int, int]] = []
    for region in REGIONS:
        matches = phonenumbers.PhoneNumberMatcher(text, region)
        found += [(each.start, each.end) for each in matches if is_phone(each.raw_string)]
    for numbers in (TELEPHONE, ONE_OF_SEVERAL):
        found += _spans(numbers, text, is_phone)
    return _apart(found)


def _identities(text: str) -> list[tuple[int, int]]:
    return _spans(IDENTITY, text, _is_identity) if _has_digits(text) else []


def _is_identity(text: str) -> bool:
    """Say whether digits are parted as those of one number: a list of ages or years is none."""
    groups = re.split(r"[^0-9]", text)
    alike = len(set(re.sub("[0-9]", "", text))) < 2
    return alike and max(map(len, groups)) > 2 and not any(map(YEAR.fullmatch, groups))


def _has_digits(text: str) -> bool:
    return sum(letter.isdigit() for letter in text) >= 7


def _spans(
    pattern: re.Pattern[str], text: str, fits: Callable[[str], bool] = bool
) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text) if fits(found[0])]


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those that overlap made one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
