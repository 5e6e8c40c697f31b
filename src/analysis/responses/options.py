"""From an answer as somebody wrote it to the options of a question."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

RAISED = re.compile("([²³¹⁰ⁱ⁴-ⁿ₀-ₜ]+)")


def wide(text: str) -> str:
    """Return a text with letters of every width as one; what is raised or lowered stays.

    >>> wide("２０"), wide("10²")
    ('20', '10²')
    """
    if text.isascii():
        return text
    parts = RAISED.split(text)  # every second one is raised
    return "".join(x if n % 2 else unicodedata.normalize("NFKC", x) for n, x in enumerate(parts))


def plain(text: str) -> str:
    """Return a text as answers are compared: no case, no width, no odd blanks, nothing unseen.

    >>> plain("  Yes,\u00a0often ") == plain("yes, OFTEN"), plain("２０")
    (True, '20')
    """
    folded = " ".join(wide(text).split()).casefold()
    return folded if folded.isprintable() else " ".join(_seen(folded).split())


def _seen(text: str) -> str:
    """Return a text without control characters and signs of no width."""
    return "".join(x for x in text if unicodedata.category(x) not in ("Cc", "Cf"))


@dataclass(frozen=True)
class Options:
    """The options of a question, and how an answer is taken apart.

    written : sequence of str
        Each option as the file has it, in the order of the question.
    separator : str
        What stands between several options of one cell; "" where a cell holds one.
    merged : mapping of str to str
        Other spellings, each with the option that it stands for.
    other : str
        The option that answers in one's own words count for; "" if none does.
    """

    written: Sequence[str]
    separator: str = ""
    merged: Mapping[str, str] = field(default_factory=dict)
    other: str = ""

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of an option by its spelling, compared as `plain` has it."""
        own = {plain(text): place for place, text in enumerate(self.written)}
        return {plain(said): own[plain(option)] for said, option in self.merged.items()} | own

    def match(self, cell: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Return the numbers of the options that a cell names, and what of it names none.

        A label may hold the separator itself: the longest run of pieces that is an option is
        taken as one, unless only shorter ones leave nothing over. What names none counts for
        `other`, if there is one, and is returned as well.

        >>> fruit = Options(["apples", "pears, late", "other"], ", ", other="other")
        >>> fruit.match("Pears, late, apples"), fruit.match("figs")
        (((0, 1), ()), ((2,), ('figs',)))
        """
        if not cell.strip():
            return (), ()
        if (whole := self.places.get(plain(cell))) is not None:
            return (whole,), ()
        if not self.separator:
            return self._others([cell.strip()])
        pieces = cell.split(self.separator)
        runs = [self._runs(pieces, start) for start in range(len(pieces))]
        chosen, strange = _longest(pieces, runs)
        if strange and self._most > 1 and (complete := _complete(pieces, runs)):
            chosen, strange = _longest(pieces, complete)
        numbers, own = self._others(strange)
        return tuple(sorted(chosen | set(numbers))), own

    def _runs(self, pieces: Sequence[str], start: int) -> list[tuple[int, int]]:
        """Return the options that begin at a piece, each with the place after it, longest first."""
        ends = range(min(len(pieces), start + self._most), start, -1)
        named = ((self.places.get(plain(self.separator.join(pieces[start:e]))), e) for e in ends)
        return [(place, end) for place, end in named if place is not None]

    @cached_property
    def _most(self) -> int:
        """The most pieces that one option consists of."""
        sign = plain(self.separator) or self.separator
        return max((text.count(sign) for text in self.places), default=0) + 1

    def _others(self, strange: list[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
        counted = (self.places[plain(self.other)],) if strange and self.other else ()
        return counted, tuple(strange)


def _longest(pieces: Sequence[str], runs: Sequence[list]) -> tuple[set[int], list[str]]:
    """Return the options named where the first run at each place is taken, and what is over."""
    chosen, strange, start = set(), [], 0
    while start < len(pieces):
        place, end = next(iter(runs[start]), (None, start + 1))
        if place is not None:
            chosen.add(place)
        elif text := pieces[start].strip():
            strange.append(text)
        start = end
    return chosen, strange


def _complete(pieces: Sequence[str], runs: Sequence[list]) -> list[list]:
    """Return only the runs after which nothing need be left over; [] if something is in any case.

    From the last piece to the first, so that each is looked at once.
    """
    good, kept = [False] * len(pieces) + [True], [[]] * len(pieces)
    for start in range(len(pieces) - 1, -1, -1):
        kept[start] = [run for run in runs[start] if good[run[1]]]
        blank = not pieces[start].strip() and good[start + 1]
        good[start] = bool(kept[start]) or blank
    return kept if good[0] else []
