"""Columns that are one question: an option each, or a row each of a grid."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from analysis.responses.codebook import TICKS, UNSAID, is_unticked, number_of
from analysis.responses.drafting.ordering import is_other, yes_or_no
from analysis.responses.options import plain
from analysis.responses.seen import Seen

HEADERS = (  # how a header names question and option, the most telling first
    re.compile(r"(?P<stem>.*\S)\s*\[(?P<option>[^\[\]]+)\]\s*", re.DOTALL),
    re.compile(
        r"(?P<stem>.+?)\s*(?: [-–—/|>] |:\s+|\?\s+|(?<=[?:!])\.\s*)(?P<option>.+)", re.DOTALL
    ),
    re.compile(r"(?P<stem>[^.]{9,}[^.\s])\.(?P<option>[^\W\d_].{3,})", re.DOTALL),
    re.compile(r"(?P<stem>.+?[^\W_])[_.](?P<option>\w{1,40})"),
)


@dataclass(frozen=True)
class Part:
    """A column, and the question and option that its header names; both "" if it names none.

    row : bool
        Whether it is a row of a grid: the option is a statement, the answers are its own.
    """

    seen: Seen
    header: str
    stem: str = ""
    option: str = ""
    row: bool = False

    @cached_property
    def ticks(self) -> set[str]:
        """The different cells that are no "no"."""
        return {plain(text) for text in self.seen.cells if not is_unticked(text)}

    @property
    def is_tick(self) -> bool:
        """Whether the column says no more than chosen or not chosen."""
        if is_other(self.option or self.header):
            return True
        if len(self.ticks) > 1:
            return False
        return not self.ticks or bool(self.ticks & TICKS) or self._own_label or self._code

    @property
    def _own_label(self) -> bool:
        """Whether the one cell that there is repeats the option."""
        (tick,) = self.ticks
        return tick in (plain(self.option), plain(self.header)) or (
            not self.denied and self.seen.blank > 0 and bool(self.stem)
        )

    @property
    def _code(self) -> bool:
        """Whether the one cell that there is is a number, beside nothing else."""
        return all(_is_code(tick) for tick in self.ticks) and bool(self.stem)

    @property
    def denied(self) -> bool:
        """Whether some cells say "no" or 0."""
        return any(is_unticked(text) for text in self.seen.cells)

    @property
    def is_marked(self) -> bool:
        """Whether one mark stands for chosen and another for not, and they are no yes and no."""
        answers = [text for text in self.seen.cells if plain(text) not in UNSAID]
        marks = all(tick in TICKS or number_of(tick) == 1 for tick in self.ticks)
        told = not all(map(yes_or_no, answers))
        return self.denied and len(self.ticks) == 1 and marks and told

    @property
    def label(self) -> str:
        """The option: the header's, or the cell's where the header has a mere number."""
        texts = [text for text in self.seen.cells if not is_unticked(text)]
        coded = re.fullmatch(r"[A-Za-z]{0,3}[0-9]+", self.option or "")
        own = len(texts) == 1 and plain(texts[0]) not in TICKS and number_of(texts[0]) is None
        return texts[0] if own and (coded or not self.option) else self.option or self.header


def _is_code(text: str) -> bool:
    """Say whether a text is a whole number of at most three digits, be it written 2.0."""
    number = number_of(text)
    return number is not None and number == int(number) and abs(number) < 1000


def parts(columns: Sequence[Seen], headers: Sequence[str]) -> list[list[Part]]:
    """Return columns in groups: one question, an option each, or a single column.

    columns : sequence of Seen
        In the order of the file.
    headers : sequence of str
        What each column asks: its name, or the label that the file has for it.

    >>> ticks = [Seen("Fruit [apples]", {"1": 2}), Seen("Fruit [pears]", {"1": 3})]
    >>> [[part.label for part in group] for group in parts(ticks, [each.column for each in ticks])]
    [['apples', 'pears']]
    """
    groups = [[Part(each, header)] for each, header in zip(columns, headers, strict=True)]
    for pattern in HEADERS:
        groups = [*_by_stem(groups, pattern)]
    return [*_without_stem(groups)]


def _by_stem(groups: list[list[Part]], pattern: re.Pattern) -> Iterator[list[Part]]:
    """Yield groups, single columns with a stem in common joined where all of them are ticks."""
    read = [_named(group, pattern) for group in groups]
    for stem, run in groupby(read, key=lambda group: group[0].stem if len(group) == 1 else ""):
        run = list(run)
        together = [group[0] for group in run]
        if stem and len(run) > 1 and all(part.is_tick for part in together) and _choice(together):
            yield together
        elif stem and len(run) > 1 and pattern is not HEADERS[-1]:
            yield from ([replace(part, row=True)] for part in together)
        else:
            yield from (group if group[0].row else _plain(group) for group in run)


def _choice(together: list[Part]) -> bool:
    """Say whether columns of ticks hold a tick at all, and one that no free text gave."""
    return any(part.ticks and not is_other(part.option) for part in together)


def _named(group: list[Part], pattern: re.Pattern) -> list[Part]:
    part = group[0]
    found = pattern.fullmatch(part.header) if len(group) == 1 and not part.row else None
    if not found:
        return group
    stem, option = " ".join(found["stem"].split()), " ".join(found["option"].split())
    return [Part(part.seen, part.header, stem, option)]


def _plain(group: list[Part]) -> list[Part]:
    return [Part(group[0].seen, group[0].header)] if len(group) == 1 else group


def _without_stem(groups: list[list[Part]]) -> Iterator[list[Part]]:
    """Yield groups, neighbours that hold their own label, a mark, or 0 and 1 joined."""
    for way, run in groupby(groups, key=_way):
        run = list(run)
        if way and len(run) >= (3 if way == "0/1" else 2):
            yield [group[0] for group in run]
        else:
            yield from run


def _way(group: list[Part]) -> str:
    part = group[0]
    cells = {plain(text) for text in part.seen.cells}
    if len(group) > 1 or part.stem:
        return ""
    if cells == {plain(part.header)}:
        return "label"
    if part.seen.blank and len(cells) == 1 and cells <= {"x", "х", "✓", "✔", "✅", "☑", "+", "v"}:
        return "mark"
    return "0/1" if part.is_marked else ""
