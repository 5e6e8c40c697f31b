"""The claims of the documents, and what the checks of the ledger look up in them."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.counts.head_counts import possible_counts
from analysis.counts.rounding import Interval
from analysis.language.current import tr, with_unit
from analysis.ledger import units
from analysis.ledger.cells import Cells, cell_name, is_cell

ROUGH = 5  # "some 70 per cent" can be anything up to so many points away
LOOSE = ("about", "almost")


class ClaimError(ValueError):
    """Why a claim cannot be followed: the column that is wrong, and what is wrong with it."""

    def __init__(self, text: str, column: str = "inputs"):
        super().__init__(text)
        self.column = column


class Inputs(Mapping[str, tuple[str, ...]]):
    """What a check is given: the references of each role, and the text that says so.

    >>> Inputs("from=a b; to=c")["from"]
    ('a', 'b')
    """

    def __init__(self, text: str = ""):
        self.text = text
        self._roles = parse_inputs(text)

    def __getitem__(self, role: str) -> tuple[str, ...]:
        return self._roles[role]

    def __iter__(self) -> Iterator[str]:
        return iter(self._roles)

    def __len__(self) -> int:
        return len(self._roles)

    def __repr__(self) -> str:
        return f"Inputs({self.text!r})"

    def one(self, role: str) -> str:
        """Return the one reference of a role, or raise ClaimError.

        >>> Inputs("from=a b; to=c").one("to")
        'c'
        """
        if len(self.get(role, ())) != 1:
            raise ClaimError(f"wanted one {role}; got {len(self.get(role, ()))}")
        return self[role][0]


def parse_inputs(text: str) -> dict[str, tuple[str, ...]]:
    """Return the inputs of a claim by role.

    text : str
        `role=reference reference; role=reference`; the things of a list are parted by " / ".

    >>> parse_inputs("from=a b; to=c")
    {'from': ('a', 'b'), 'to': ('c',)}
    >>> parse_inputs("items=United States / Iran")
    {'items': ('United States', 'Iran')}
    """
    roles = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        role, equals, value = part.partition("=")
        if not (equals and role.strip() and value.strip()):
            raise ClaimError(f"{part!r} is not role=reference")
        listed = value.split(" / ") if role == "items" and "table " not in value else value.split()
        roles[role.strip()] = tuple(item.strip() for item in listed)
    return roles


@dataclass(frozen=True)
class Claim:
    """One row of `claims.csv`."""

    claim: str
    paper: str
    section: str
    statement: str
    printed: str
    qualifier: str
    unit: str
    base: tuple[str, ...]
    anchor: str
    kind: str
    inputs: Inputs
    bearing: str
    notebook: str
    note: str
    clash: str = ""

    @property
    def short(self) -> str:
        """The statement without its full stop, for use inside a sentence."""
        return tr(self.statement).removesuffix(".")

    @property
    def amount(self) -> str:
        """The number as a sentence shows it."""
        return with_unit(self.printed, self.unit, self.qualifier)

    @property
    def amount_or_none(self) -> str:
        """The number as a sentence shows it, or that there is none."""
        return self.amount if self.printed else tr("no number")

    @property
    def is_share(self) -> bool:
        """Whether the number is a share of its base."""
        return units.is_share(self.unit)

    @property
    def references(self) -> set[str]:
        """Everything that its base and its inputs name."""
        return {*self.base, *(each for names in self.inputs.values() for each in names)}


@dataclass(frozen=True)
class Base:
    """One admissible base of a share: what it is, and its possible sizes in people."""

    name: str
    sizes: list[int]


@dataclass(frozen=True, eq=False)
class Claims(Mapping[str, Claim]):
    """All claims by name, and the cells that they point to.

    A reference is the name of a claim, or a cell `table:key:column`. What a reference does not
    have, such as a number, is a ClaimError.
    """

    by_name: Mapping[str, Claim]
    cells: Cells

    def __getitem__(self, claim: str) -> Claim:
        return self.by_name[claim]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)

    def with_printed(self, claim: str, printed: str) -> "Claims":
        """Return the same claims, one of which prints another number."""
        changed = replace(self[claim], printed=printed)
        return Claims({**self.by_name, claim: changed}, self.cells)

    def printed(self, reference: str) -> str:
        """Return what a claim, or a table cell, prints."""
        return self.cells.text(reference) if is_cell(reference) else self[reference].printed

    def number(self, reference: str) -> Fraction:
        """Return a printed number exactly."""
        try:
            return Fraction(self.printed(reference))
        except ValueError:
            raise ClaimError(f"{reference} {_prints(self.printed(reference))}") from None

    def whole_number(self, reference: str) -> int:
        """Return a printed whole number."""
        number = self.number(reference)
        if number.denominator != 1:
            raise ClaimError(f"{reference} prints {self.printed(reference)}, not a whole number")
        return int(number)

    def interval(self, reference: str) -> Interval:
        """Return the true values that a printed number can stand for."""
        unit = "" if is_cell(reference) else self[reference].unit
        self.number(reference)
        return units.interval(self.printed(reference), unit)

    def name(self, reference: str) -> str:
        """Return what a reference is, for a sentence."""
        return cell_name(reference) if is_cell(reference) else self[reference].short

    def whole_of(self, reference: str) -> list[str]:
        """Return a claim, what it is a share of, what that is a share of, and so to a count.

        Where there are several bases the first is taken.
        """
        chain = [reference]
        while self[chain[-1]].is_share:
            following = self[chain[-1]].base[:1]
            if not following:
                raise ClaimError(f"{chain[-1]} is a share without a base", "base")
            if following[0] in chain:
                raise ClaimError(circle_text([*chain, *following]), "base")
            chain += following
        return chain

    def people(self, reference: str, loose: bool = False) -> list[int]:
        """Return the head-counts that a claim allows: its count, or its share of its first base.

        loose : bool
            Take "some 70 per cent" as anything from 65 to 75.
        """
        *shares, whole = self.whole_of(reference)
        size = units.head_count(self[whole].printed, self[whole].unit)
        if size is None:
            raise ClaimError(f"{whole} prints {self[whole].amount_or_none}, {NO_HEADS}")
        counts = [size]
        for name in reversed(shares):
            rough = loose and name == reference
            counts = sorted({each for n in counts for each in share_counts(self[name], n, rough)})
        return counts

    def bases(self, claim: Claim) -> list[Base]:
        """Return the admissible bases of a share."""
        found = []
        for reference in claim.base:
            name = self[reference].short
            found.append(Base(name, self.people(reference)))
            if self[reference].qualifier in LOOSE:
                rough = tr("{base}, taken roughly", base=name)
                found.append(Base(rough, self.people(reference, loose=True)))
        return found


NO_HEADS = "which is not a whole number of people or things"


def circle_text(chain: list[str]) -> str:
    """Return the circle in which a chain of bases ends.

    >>> circle_text(["a", "b", "a"])
    'a rests on itself: a, b, a'
    """
    return f"{chain[-1]} rests on itself: {', '.join(chain[chain.index(chain[-1]) :])}"


def _prints(printed: str) -> str:
    return f"prints {printed!r}, which is not one number" if printed else "prints no number"


@functools.cache
def cached_counts(printed: str, n: int) -> tuple[int, ...]:
    """Return `possible_counts`, remembered: the ledger asks for the same ones very often."""
    return tuple(possible_counts(printed, n))


def share_counts(claim: Claim, n: int, loose: bool = False) -> list[int]:
    """Return the head-counts of n that a claim's share allows."""
    if n < 1:
        return []
    percent = units.as_percent(claim.printed, claim.unit)
    if not loose:
        return list(cached_counts(percent, n))
    low, high = Fraction(percent) - ROUGH, Fraction(percent) + ROUGH
    return [count for count in range(n + 1) if low <= Fraction(100 * count, n) <= high]
