"""The claims of the documents, and what the checks of the ledger look up in them."""

import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from analysis.counts.rounding import Interval
from analysis.counts.runs import Runs
from analysis.failures import quoted
from analysis.language.current import date, localized_text, tr, with_qualifier, with_unit
from analysis.ledger import units
from analysis.ledger.cells import Cells, is_cell
from analysis.ledger.settings import DEFAULT, Settings

MANY = 200  # sizes of a base, of which not each is tried


def named(number: str, unit: str) -> str:
    """Return a number that names one thing as a sentence shows it.

    >>> named("58", "place"), named("2015", "year")
    ('place 58', '2015')
    """
    match unit:
        case "place":
            return tr("place {number}", number=number)
        case "figure":
            return tr("figure {number}", number=number)
        case "section":
            return tr("section {number}", number=number)
        case "line":
            return tr("line {number}", number=number)
        case "century":
            return tr("century {number}", number=number)
        case "age band":
            return tr("ages {number}", number=number)
    return date(number)


def in_decade(printed: str, qualifier: str = "") -> str:
    """Return a decade as a sentence shows it, its part with it.

    >>> in_decade("1990", "early"), in_decade("2015")
    ('early 1990s', '2010s')
    """
    decade = f"{printed[:3]}0"
    match qualifier:
        case "early":
            return tr("early {decade}s", decade=decade)
        case "mid":
            return tr("mid {decade}s", decade=decade)
        case "late":
            return tr("late {decade}s", decade=decade)
    return tr("{decade}s", decade=decade)


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

    def changed(self, text: str) -> "Inputs":
        """Return the same inputs with the roles of a text; one without references is left out.

        >>> Inputs("after=a; before=b").changed("before=; after=c").text
        'after=c'
        """
        roles = dict(part.partition("=")[::2] for part in _parts(self.text))
        for part in _parts(text):
            role, equals, value = (piece.strip() for piece in part.partition("="))
            if not equals:
                raise ClaimError(f"{quoted(part)} is not role=reference")
            roles[role] = value
        return Inputs("; ".join(f"{role}={value}" for role, value in roles.items() if value))

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
    for part in _parts(text):
        role, equals, value = part.partition("=")
        if not (equals and role.strip() and value.strip()):
            raise ClaimError(f"{quoted(part)} is not role=reference")
        listed = value.split(" / ") if role == "items" and "table " not in value else value.split()
        roles[role.strip()] = tuple(item.strip() for item in listed)
    return roles


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


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
    cell: str = ""

    @property
    def short(self) -> str:
        """The statement without its full stop, for use inside a sentence."""
        return tr(self.statement).removesuffix(".")

    @property
    def amount(self) -> str:
        """The number as a sentence shows it: with its unit, a date or a place by itself."""
        if self.unit == "decade":
            return in_decade(self.printed, self.qualifier)
        if units.names_itself(self.unit):
            number = named(self.printed, self.unit) if self.printed else tr("no number")
            return with_qualifier(number, self.qualifier) if self.qualifier else number
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
    """The base of a share: what it is, and its possible sizes in people."""

    name: str
    sizes: Runs


@dataclass(frozen=True)
class Option:
    """One row of `readings.csv`: what a reading takes otherwise, and what the text says of it.

    place : int
        Which row it is, counted from 0 in the order of the documents.
    """

    takes: str
    value: str
    stance: str
    condition: str
    anchor: str
    place: int

    def taken_by(self, claim: Claim) -> Claim:
        """Return a claim read so; a role that is written without references is left out."""
        match self.takes:
            case "base":
                return replace(claim, base=tuple(self.value.split()))
            case "inputs":
                return replace(claim, inputs=claim.inputs.changed(self.value))
            case "qualifier" | "unit":
                return replace(claim, **{self.takes: self.value})
        return claim


@dataclass(frozen=True, eq=False)
class Claims(Mapping[str, Claim]):
    """All claims by name, and the cells that they point to.

    A reference is the name of a claim, or a cell `table:key:column`. What a reference does not
    have, such as a number, is a ClaimError.
    """

    by_name: Mapping[str, Claim]
    cells: Cells
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    settings: Settings = DEFAULT

    def __getitem__(self, claim: str) -> Claim:
        return self.by_name[claim]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)

    @functools.cached_property
    def judged(self) -> dict[Settings, Any]:
        """What has been judged of these claims, by the settings."""
        return {}

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.by_name)}

    def place(self, claim: str) -> int:
        """Return which claim it is, counted from 0 in the order of the documents."""
        return self._places[claim]

    def with_claim(self, claim: Claim) -> "Claims":
        """Return the same claims, one of which reads otherwise."""
        if self.by_name.get(claim.claim) is claim:
            return self
        changed = {**self.by_name, claim.claim: claim}
        return Claims(changed, self.cells, self.options, self.settings)

    def with_printed(self, claim: str, printed: str) -> "Claims":
        """Return the same claims, one of which prints another number."""
        return self.with_claim(replace(self[claim], printed=printed))

    def with_settings(self, settings: Settings) -> "Claims":
        """Return the same claims under other settings."""
        return Claims(self.by_name, self.cells, self.options, settings)

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
        """Return the true values that a printed number can stand for, its qualifier included."""
        printed = self.printed(reference)
        unit, word = "", ""
        if not is_cell(reference):
            unit, word = self[reference].unit, self[reference].qualifier
        try:
            return units.interval(printed, unit, word, self.settings)
        except ValueError:
            raise ClaimError(f"{reference} {_prints(printed)}") from None

    def percent(self, reference: str) -> Interval:
        """Return the true percentages that the print of a share can stand for."""
        if not self[reference].is_share or not self[reference].printed:
            raise ClaimError(f"{reference} is no share")
        return units.in_percent(self.interval(reference), self[reference].unit)

    def name(self, reference: str) -> str:
        """Return what a reference is, for a sentence."""
        return self.cells.name(reference) if is_cell(reference) else self[reference].short

    def amount(self, reference: str) -> str:
        """Return what a claim or a cell prints, as a sentence shows it."""
        if is_cell(reference):
            return localized_text(self.cells.text(reference))
        return self[reference].amount

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

    def people(self, reference: str) -> Runs:
        """Return the head-counts that a claim allows: its count, or its share of its first base.

        A qualifier counts: of "about 70 %" every count from 65 to 75 %.
        """
        *shares, whole = self.whole_of(reference)
        counts = self._whole_counts(whole)
        for name in reversed(shares):
            counts = self.counts_of_sizes(name, counts)
        return counts

    def _whole_counts(self, whole: str) -> Runs:
        claim = self[whole]
        size = units.head_count(claim.printed, claim.unit)
        if size is None:
            raise ClaimError(f"{whole} prints {claim.amount_or_none}, {NO_HEADS}")
        values = self.interval(whole)
        if not claim.qualifier or values.high == math.inf:
            return Runs([range(size, size + 1)])
        return Runs([range(math.ceil(values.low), math.floor(values.high) + 1)])

    def share_counts(self, reference: str, n: int) -> range:
        """Return the head-counts of n people that the share of a claim allows."""
        claim = self[reference]
        if not claim.is_share or not claim.printed:
            raise ClaimError(f"{reference} is no share")
        return counts_of(claim.printed, claim.unit, claim.qualifier, self.settings, n)

    def counts_of_sizes(self, reference: str, sizes: Runs) -> Runs:
        """Return the head-counts that the share of a claim allows of any of some sizes.

        Of so many people that each size allows two, those of neighbours leave no gap.
        """
        sure, found = self.sure_from(reference), []
        for run in sizes.ranges:
            few, many = parted(run, sure)
            found += [self.share_counts(reference, n) for n in few]
            if many:
                first, last = (self.share_counts(reference, n) for n in (many[0], many[-1]))
                found.append(range(first[0], last[-1] + 1))
        return union(found)

    def sizes_that_fit(self, reference: str, sizes: Runs) -> int:
        """Return of how many of some sizes the share of a claim allows a head-count."""
        sure, fitting = self.sure_from(reference), 0
        for run in sizes.ranges:
            few, many = parted(run, sure)
            fitting += sum(bool(self.share_counts(reference, n)) for n in few) + len(many)
        return fitting

    def sure_from(self, reference: str) -> float:
        """Return of how many people, or more, a share always allows two head-counts."""
        values = self.percent(reference)
        width = values.high - values.low
        return math.ceil(300 / width) if width else math.inf

    def base(self, claim: Claim) -> Base:
        """Return the base of a share; ClaimError if the claim has none."""
        if not claim.base:
            raise ClaimError(f"{claim.claim} is a share without a base", "base")
        return Base(self[claim.base[0]].short, self.people(claim.base[0]))


NO_HEADS = "which is not a whole number of people or things"


def circle_text(chain: list[str]) -> str:
    """Return the circle in which a chain of bases ends.

    >>> circle_text(["a", "b", "a"])
    'a rests on itself: a, b, a'
    """
    return f"{chain[-1]} rests on itself: {', '.join(chain[chain.index(chain[-1]) :])}"


def _prints(printed: str) -> str:
    return f"prints {quoted(printed)}, which is not one number" if printed else "prints no number"


@functools.lru_cache(maxsize=200_000)
def counts_of(printed: str, unit: str, qualifier: str, settings: Settings, n: int) -> range:
    """Return the head-counts of n people that a printed share allows.

    >>> counts_of("33", "percent", "", DEFAULT, 12)
    range(4, 5)
    """
    share = units.interval(printed, unit, qualifier, settings)
    return counts_within(units.in_percent(share, unit), n)


def counts_within(percent: Interval, n: int) -> range:
    """Return the whole numbers of n people that are a share of some percentage of an interval.

    >>> counts_within(units.interval("50", "percent", "more than"), 5)
    range(3, 6)
    """
    if n < 1:
        return range(0)
    low, high = (Fraction(n) * end / 100 for end in (percent.low, percent.high))
    least = math.ceil(low) + (low == math.ceil(low) and not percent.closed_low)
    most = math.floor(high) - (high == math.floor(high) and not percent.closed_high)
    return range(max(0, least), min(n, most) + 1)


def parted(run: range, sure: float) -> tuple[range, range]:
    """Return the numbers of a run below a limit, and the others.

    >>> parted(range(3, 9), 5)
    (range(3, 5), range(5, 9))
    """
    below = min(max(run.start, sure), run.stop)
    return range(run.start, below), range(below, run.stop)


def union(counts: Iterable[range]) -> Runs:
    """Return the numbers of ranges that may overlap, in ascending order.

    >>> union([range(3, 5), range(0), range(4, 7)])
    [3, 4, 5, 6]
    """
    joined: list[range] = []
    for each in sorted(filter(None, counts), key=lambda found: found.start):
        if joined and each.start <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, each.stop))
        else:
            joined.append(each)
    return Runs(joined)
