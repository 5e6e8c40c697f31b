"""One reading of a claim: what it takes for right, and what the other numbers then come to."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.language.current import tr

STANCES = ("stated", "allowed", "excluded")


@dataclass(frozen=True)
class Reading:
    """What a check found under one reading.

    way : str
        What the check takes for right, as the end of "right only if ..."; empty for the number as
        it stands.
    agrees : bool
        Whether the printed number can be right under it.
    recomputed : str
        What the other numbers give, with its unit.
    arithmetic : str
        The calculation as a sentence without its full stop, to be shown to a reader.
    low, high : float or None
        Bounds of the recomputed value, in its unit.
    stance : str
        Whether the text states the reading, allows it (neither states nor excludes it) or excludes
        it: one of STANCES.
    besides : tuple of str
        What the reading takes for right besides, each in the same form.
    sure : bool
        Of words about numbers: whether they hold for every value that the prints can stand for.
    """

    way: str
    agrees: bool
    recomputed: str
    arithmetic: str
    low: float | None = None
    high: float | None = None
    stance: str = "stated"
    sure: bool = True
    besides: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[str, ...]:
        """All that must be so for the reading."""
        return tuple(dict.fromkeys(each for each in (*self.besides, self.way) if each))

    @property
    def said(self) -> str:
        """All that must be so for the reading, in words."""
        return tr(" and ").join(self.conditions)

    def under(self, stance: str, condition: str) -> "Reading":
        """Return the reading under one more condition, which the text states, allows or excludes.

        >>> Reading("the list is whole", True, "3", "three").under("allowed", "b was asked").said
        'b was asked and the list is whole'
        """
        worse = max(self.stance, stance, key=STANCES.index)
        values = vars(self) | {"stance": worse, "besides": (condition, *self.besides)}
        return Reading(**values)


def counted_readings(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that count for a verdict: those that the text does not exclude."""
    return [reading for reading in readings if reading.stance != "excluded"]


def outcome(readings: Iterable[Reading]) -> str:
    """Return what readings come to: "agrees", "only if" or "fails"; one rule for all checks.

    It agrees if a reading that the text states does, or, where it states none, every one that it
    allows; only if one that it allows does; else it fails.

    >>> good, bad = (Reading("", fits, "", "", stance="allowed") for fits in (True, False))
    >>> outcome([good]), outcome([good, bad]), outcome([bad])
    ('agrees', 'only if', 'fails')
    """
    counted = counted_readings(readings)
    stated = [reading for reading in counted if reading.stance == "stated"]
    if any(reading.agrees for reading in stated):
        return "agrees"
    if not any(reading.agrees for reading in counted):
        return "fails"
    return "agrees" if not stated and all(reading.agrees for reading in counted) else "only if"


def deciding(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that decide: the stated ones, or, where none is, the allowed ones."""
    counted = counted_readings(readings)
    return [each for each in counted if each.stance == "stated"] or counted


def simplest(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that agree without those that take more for right than another does.

    >>> one, two = (Reading(way, True, "", "") for way in ("b was asked", "c was asked"))
    >>> [each.said for each in simplest([one, two.under("allowed", "b was asked"), two])]
    ['b was asked', 'c was asked']
    """
    agreeing = {frozenset(each.conditions): each for each in readings if each.agrees}
    return [
        each for taken, each in agreeing.items() if not any(other < taken for other in agreeing)
    ]
