"""Spellings of one option: rare answers that are very close to a frequent one."""

import re
from collections.abc import Mapping

from analysis.responses.extras import need
from analysis.responses.options import plain

RARE = 0.05  # a misspelling is given by at most so many people for each of the right one
MOST = 200_000  # pairs that are compared; where there are more, answers are free text


def spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Return rare answers that look like misspellings, each with the answer that is meant.

    counts : mapping of str to int
        The different answers with the people who gave them.

    Very close is one letter in words of 5 to 9 letters, two in longer texts; never at the
    beginning, never in a number, and never a letter that is a word.

    >>> spellings({"Almaty": 40, "Almty": 1, "Aktau": 3, "Group A": 30, "Group B": 1})
    {'Almty': 'Almaty'}
    """
    frequent = {text: number for text, number in counts.items() if number >= 5}
    if len(frequent) * len(counts) > MOST:
        return {}
    found = {}
    for text, number in counts.items():
        near = [
            other
            for other, people in frequent.items()
            if other != text and number <= max(1, RARE * people) and _close(text, other)
        ]
        if len(near) == 1:
            found[text] = near[0]
    return found


def _close(said: str, option: str) -> bool:
    distance = need("rapidfuzz.distance").DamerauLevenshtein.distance
    said, option = plain(said), plain(option)
    if min(len(said), len(option)) < 5 or said[:2] != option[:2] or said == option:
        return False
    if re.findall(r"[0-9]+", said) != re.findall(r"[0-9]+", option):
        return False
    if len(said.split()) != len(option.split()) or _letters(said) != _letters(option):
        return False
    allowed = 1 if min(len(said), len(option)) < 10 else 2
    return distance(said, option, score_cutoff=allowed) <= allowed


def _letters(text: str) -> list[str]:
    """Return the words that deny or are short: where they differ, so does the meaning."""
    return [word for word in text.split() if len(word) < 4]
