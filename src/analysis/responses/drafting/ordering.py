"""The order of options: scales in three languages, numbers, bands of numbers; and what is none."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from analysis.responses.options import plain
from analysis.responses.words import one_of, pattern, words

STRENGTHS = {"utmost": 3.5, "strong": 3.0, "mostly": 1.5, "slight": 0.7, "weak": 1.0}
LONGEST = 100  # letters of a point of a scale
MOST = 60  # options; where there are more they are no scale and no bands
USUAL = 2.0  # of words without strength
RANGE = re.compile(
    r"([0-9][0-9 .,]*?)\s*(?:-|–|—|to|до|until|и до|ден|дан|тан|тен)+\s*([0-9][0-9 .,]*)"
)
WHOLE = re.compile(r"([0-9]{1,3})")
LEADING = re.compile(r"\(?([0-9]{1,3})\s*(?:[.):=–—-]|\s)\s*\D")


def _bare(text: str) -> str:
    return re.sub(r"[’ʼ`]", "'", plain(text)).replace("ё", "е").strip(" .!?*:;")


def is_outside(text: str) -> bool:
    """Say whether an answer tells nothing about the question: not sure, hard to say, no answer.

    >>> is_outside("Not sure"), is_outside("Затрудняюсь ответить"), is_outside("Never")
    (True, True, False)
    """
    return len(text) < LONGEST and bool(one_of("outside").fullmatch(_bare(text)))


def is_other(text: str) -> bool:
    """Say whether an option stands for answers in one's own words.

    >>> is_other("Other (please specify)"), is_other("Басқа"), is_other("Others say so")
    (True, True, False)
    """
    return len(text) < LONGEST and bool(one_of("other").fullmatch(_bare(text)))


def yes_or_no(text: str) -> str:
    """Return "yes", "no" or "" for an answer in one of three languages.

    >>> yes_or_no("Иә"), yes_or_no("Нет."), yes_or_no("often")
    ('yes', 'no', '')
    """
    bare = _bare(text)
    if one_of("yes").fullmatch(bare):
        return "yes"
    return "no" if one_of("no").fullmatch(bare) else ""


def scale_order(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Return the name of the scale that all of the texts belong to, and them in its order.

    The order is from what denies most to what affirms most, from seldom to often, from poor to
    good; ("", []) for texts of no scale.

    >>> scale_order(["Agree", "Strongly disagree", "Neutral", "Disagree"])
    ('agreement', ['Strongly disagree', 'Disagree', 'Neutral', 'Agree'])
    >>> scale_order(["Жиі", "Ешқашан", "Кейде"])
    ('frequency', ['Ешқашан', 'Кейде', 'Жиі'])
    """
    if not 2 < len(texts) <= MOST or max(map(len, texts)) > LONGEST:
        return "", []
    ways: dict[str, Callable[[str], float | None]] = {}
    ways |= {name: lambda text, name=name: _side(text, name) for name in words()["sides"]}
    ways |= {name: lambda text, name=name: _step(text, name) for name in words()["steps"]}
    for name, score in ways.items():
        scores = {text: score(_bare(text)) for text in texts}
        if None not in scores.values() and len(set(scores.values())) == len(texts):
            return name, sorted(texts, key=scores.__getitem__)
    return "", []


def _side(text: str, name: str) -> float | None:
    """Return how much a text affirms, below 0 how much it denies; None if it does neither."""
    if one_of("middle").search(text):
        return 0
    affirms, weak = (
        one_of("sides", name, "affirms").search(text),
        one_of("weak_denial").search(text),
    )
    denied = one_of("sides", name, "denies").search(text) or (affirms and weak)
    if not denied and not affirms:
        return None
    if weak:
        return -1.0
    found = (value for way, value in STRENGTHS.items() if one_of("strengths", way).search(text))
    strength = next(found, USUAL)
    return -strength if denied else strength


def _step(text: str, name: str) -> float | None:
    """Return the place of the longest words of a scale that a text holds."""
    found = [
        (len(match[0]), place)
        for place, expressions in enumerate(words()["steps"][name])
        if (match := pattern(tuple(expressions)).search(text))
    ]
    return max(found)[1] if found else None


def leading_number(text: str) -> int | None:
    """Return the number that an option begins with, such as 4 of "4 - agree", or that it is.

    >>> [leading_number(text) for text in ("4 - agree", "1) never", "2", "20-29", "never")]
    [4, 1, 2, None, None]
    """
    bare = _bare(text)
    found = LEADING.match(bare) or WHOLE.fullmatch(bare)
    return int(found[1]) if found else None


def band(text: str) -> tuple[float, float] | None:
    """Return the ends of a band of numbers, such as an age; None for any other text.

    >>> band("18–24 years"), band("under 18"), band("65+"), band("45 лет и старше")
    ((18.0, 24.0), (-inf, 18.0), (65.0, inf), (45.0, inf))
    """
    bare = _bare(text[:LONGEST])
    if one_of("words_of_bands").sub("", re.sub(r"[0-9 .,+<>–—=$-]", " ", bare)).strip():
        return None
    if found := RANGE.search(bare):
        return _amount(found[1]), _amount(found[2])
    numbers = re.findall(r"[0-9][0-9 .,]*", bare)
    if len(numbers) != 1:
        return None
    number = _amount(numbers[0])
    if one_of("below").search(bare):
        return float("-inf"), number
    return (number, float("inf")) if one_of("above").search(bare) else (number, number)


def _amount(text: str) -> float:
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))
    return float(digits or 0)


def bands_order(texts: Sequence[str]) -> list[str]:
    """Return bands of numbers in ascending order; nothing where one of the texts is no band.

    >>> bands_order(["25-34", "55 and over", "under 25", "35-54"])
    ['under 25', '25-34', '35-54', '55 and over']
    """
    bands = {text: band(text) for text in texts[:MOST]}
    wide = sum(ends is not None and ends[0] != ends[1] for ends in bands.values())
    if None in bands.values() or wide < 2 or len(texts) > MOST:
        return []
    return sorted(texts, key=lambda text: bands[text])
