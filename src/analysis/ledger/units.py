"""What a unit means: the kind of number it stands beside, and which wrong ones could stand there.

A new unit is a count of people or things unless it is listed here.
"""

import datetime
import functools
import math
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from analysis.counts.qualifiers import qualified
from analysis.counts.rounding import Interval, printed_interval
from analysis.failures import quoted
from analysis.ledger.settings import DEFAULT, Settings

SHARES = {"percent": 100, "per mille": 1000}  # and the whole of each
TIMES = {"year", "date", "decade"}
LABELS = {
    "place",
    "century",
    "figure",
    "section",
    "line",
    "age band",
}  # they name one thing, and count none
WEEKS = {"weeks": Fraction(1), "months": Fraction(365, 84), "years": Fraction(365, 7)}
YEARS = {"years": 1, "decades": 10}
LENGTHS = {"hours", "days", *WEEKS, *YEARS}
MULTIPLES = {"thousand", "million", "billion"}  # the first word of a rounded amount
CHANGES = ("one unit up", "one unit down", "a tenth up", "a tenth down")
AROUND = 50  # wrong years that are tried lie within so many of the printed one
FRACTIONS = ["1/10", "1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4", "4/5", "9/10"]
TRIED = 200  # at most so many wrong numbers are tried


@functools.lru_cache(maxsize=10_000)
def kind_of(unit: str) -> str:
    """Return what kind of number a unit stands beside: share, time, label, length, amount, count.

    unit : str
        As the claims have it, a plural such as "people", or nothing.

    >>> kind_of("percent"), kind_of("year"), kind_of("million people"), kind_of("orchards")
    ('share', 'time', 'amount', 'count')
    """
    if unit.partition(" ")[0] in MULTIPLES or unit == "points":
        return "amount"
    kinds = {"share": SHARES, "time": TIMES, "label": LABELS, "length": LENGTHS}
    return next((kind for kind, units in kinds.items() if unit in units), "count")


def names_itself(unit: str) -> bool:
    """Say whether a number says what it is without its unit, as a year or a place does.

    >>> names_itself("year"), names_itself("percent")
    (True, False)
    """
    return kind_of(unit) in {"time", "label"}


def is_share(unit: str) -> bool:
    """Say whether a number is a share of something.

    >>> is_share("per mille"), is_share("people")
    (True, False)
    """
    return kind_of(unit) == "share"


def as_percent(printed: str, unit: str) -> str:
    """Return a printed share in percent, as precise as it was printed.

    >>> as_percent("33.0", "percent"), as_percent("3", "per mille")
    ('33.0', '0.3')
    """
    return printed if unit == "percent" else f"{Decimal(printed).scaleb(-1):f}"


def head_count(printed: str, unit: str) -> int | None:
    """Return the whole number of people or things that is printed; None if it is none.

    >>> head_count("200", "people"), head_count("1.5", "million people"), head_count("2019", "year")
    (200, None, None)
    """
    return int(printed) if kind_of(unit) == "count" and printed.isdecimal() else None


@functools.lru_cache(maxsize=100_000)
def interval(
    printed: str, unit: str = "", qualifier: str = "", settings: Settings = DEFAULT
) -> Interval:
    """Return the true values that a printed number can stand for, in its unit.

    printed : str
        A number, a fraction such as 1/3 (of a share: 33.3 %), or a range such as 10-15.
    unit : str
        A count, a date or a label is exact; a share, an amount or any number with decimals was
        rounded to its last digit; a fraction in words is as rough as "about".
    qualifier : str
        "about" leaves room to both sides, "almost" below, "more than" and "at least" give the
        lower end, "up to" and "less than" the upper one.
    settings : Settings
        How numbers were rounded and how much room "about" leaves.

    >>> interval("45", "people").high, interval("45", "percent").high
    (Fraction(45, 1), Fraction(91, 2))
    >>> interval("70", "percent", "almost").low, interval("90", "percent", "more than").high
    (Fraction(65, 1), Fraction(100, 1))
    """
    bare, ends = _range(printed, unit, settings), _value(printed, unit)
    least, most = ends[0], ends[-1]
    word = "about" if "/" in printed and not qualifier else qualifier
    rooms = _room(least, unit, settings), _room(most, unit, settings)
    top = Fraction(SHARES[unit]) if is_share(unit) else math.inf
    return qualified(bare, (least, most), word, rooms, top)


def _value(printed: str, unit: str) -> list[Fraction]:
    """Return the number, or both ends of a range; a fraction of a share in its unit."""
    whole = SHARES.get(unit, 1) if "/" in printed else 1
    return [Fraction(end) * whole for end in printed.split("-")]


def _range(printed: str, unit: str, settings: Settings) -> Interval:
    ends = printed.split("-")
    if "/" in printed:
        value = _value(printed, unit)[0]
        return Interval(value, value, True, True)
    if unit in TIMES or Fraction(ends[0]) > Fraction(ends[-1]):
        raise ValueError(f"{quoted(printed)} is no number and no range")
    found = [_rounded(end, unit, settings) for end in ends]
    return Interval(found[0].low, found[-1].high, found[0].closed_low, found[-1].closed_high)


def _rounded(printed: str, unit: str, settings: Settings) -> Interval:
    if kind_of(unit) in {"share", "amount"} or "." in printed:
        return printed_interval(printed, settings.rounding)
    return Interval(Fraction(printed), Fraction(printed), True, True)


def _room(value: Fraction, unit: str, settings: Settings) -> Fraction:
    return settings.tolerance * SHARES[unit] / 100 if is_share(unit) else settings.near * value


def in_percent(share: Interval, unit: str) -> Interval:
    """Return an interval of a share in percent.

    >>> in_percent(interval("3", "per mille"), "per mille").high
    Fraction(7, 20)
    """
    part = Fraction(100, SHARES[unit])
    return Interval(share.low * part, share.high * part, share.closed_low, share.closed_high)


def meet(first: Interval, second: Interval) -> bool:
    """Say whether two intervals have a value in common.

    >>> meet(interval("67", "percent"), interval("70", "percent", "almost"))
    True
    """
    low, high = max(first.low, second.low), min(first.high, second.high)
    return low < high or (low == high and low in first and low in second)


def same_number(first: str, second: str, rounding: str = "half-any") -> bool:
    """Say whether two printed numbers or dates can be of one quantity.

    The finer of two numbers has to print as the coarser; a day has to lie in the month or year.

    >>> same_number("66.7", "67"), same_number("67", "33"), same_number("2015", "2015-05")
    (True, False, True)
    """
    if "-" in first or "-" in second:
        return first == second or _same_date(first.split("-"), second.split("-"))
    coarse, fine = sorted((first, second), key=_decimals)
    if _decimals(coarse) == _decimals(fine):
        return Fraction(fine) == Fraction(coarse)
    return Fraction(fine) in printed_interval(coarse, rounding)


def _same_date(first: list[str], second: list[str]) -> bool:
    parts = min(len(first), len(second))
    return len(first[0]) == 4 and first[:parts] == second[:parts]


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def weeks(printed: str, unit: str) -> Fraction:
    """Return a length of time in weeks; ValueError for a unit that is no length of weeks.

    >>> weeks("6", "months")
    Fraction(365, 14)
    """
    return Fraction(printed) * _listed(WEEKS, unit)


def years(printed: str, unit: str) -> int:
    """Return a length of time in whole years; ValueError for a shorter unit.

    >>> years("2", "decades")
    20
    """
    return int(printed) * _listed(YEARS, unit)


def _listed(units: dict, unit: str):
    if unit not in units:
        raise ValueError(f"wanted a length in {' or '.join(units)}; got {unit or 'no unit'!r}")
    return units[unit]


def alternatives(printed: str, unit: str, most: int | None = None) -> list[str]:
    """Return the numbers that might have been printed instead, at the same precision.

    printed, unit : str
        The number as it is printed, and its unit.
    most : int
        The largest possible head-count, if the people or things are some of others.

    Shares from 0 to the whole; head-counts from 1 to `most`; years, fifty to each side; ages and
    centuries as far as they go; other numbers from 1 to twice the printed one. At most two hundred.

    >>> alternatives("2", "areas"), alternatives("30-40", "age band")[-1]
    (['1', '2', '3', '4'], '30-99')
    """
    if unit in TIMES:
        return _other_dates(printed, unit)
    if unit == "age band" and "-" in printed:
        low = printed.partition("-")[0]
        return [f"{low}-{age}" for age in range(int(low), 100)]
    if unit in {"age band", "century"}:
        return [str(number) for number in range(1, 100 if unit == "age band" else 30)]
    if "/" in printed:
        return FRACTIONS
    if "-" in printed:
        low, high = printed.split("-")
        return [f"{low}-{each}" for each in _other_numbers(high, unit, most)]
    return _other_numbers(printed, unit, most)


def _other_dates(printed: str, unit: str) -> list[str]:
    year, rest = int(printed[:4]), printed[4:]
    found = range(
        max(datetime.MINYEAR, year - AROUND),
        min(datetime.MAXYEAR, year + AROUND) + 1,
        10 if unit == "decade" else 1,
    )
    return [_in_year(other, rest) for other in found]


def _in_year(year: int, rest: str) -> str:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04}{'-02-28' if rest == '-02-29' and not leap else rest}"


def _other_numbers(printed: str, unit: str, most: int | None) -> list[str]:
    decimals = _decimals(printed)
    value = int(Fraction(printed) * 10**decimals)
    if is_share(unit):
        least, top = 0, SHARES[unit] * 10**decimals
    else:
        least, top = 1, 2 * value if most is None else most * 10**decimals
    grid = range(least, top + 1, max(1, top // TRIED))
    return [f"{Decimal(number).scaleb(-decimals):f}" for number in sorted({*grid, value})]


def changed_numbers(printed: str, unit: str) -> Iterator[tuple[str, str]]:
    """Yield each change of CHANGES with the number that would be printed after it.

    A unit is one in the last printed digit; of a date the year changes, of an age band its end. A
    tenth that rounds to nothing is one unit. What falls below zero, or beyond the calendar, is
    left out.

    >>> list(changed_numbers("0", "percent"))
    [('one unit up', '1'), ('a tenth up', '1')]
    """
    if "/" in printed:
        part, whole = map(int, printed.split("/"))
        yield "one unit up", f"{part}/{whole + 1}"
        yield from [("one unit down", f"{part}/{whole - 1}")] if whole > part + 1 else []
        return
    head, number, tail = _changeable(printed, unit)
    value = Decimal(number)
    step = Decimal(1).scaleb(value.as_tuple().exponent)
    tenth = max(step, (value / 10).quantize(step, ROUND_HALF_UP))
    for change, difference in zip(CHANGES, (step, -step, tenth, -tenth), strict=True):
        other = value + difference
        if other > 0 or (other == 0 and is_share(unit)):
            yield change, f"{head}{other:f}{tail}"


def _changeable(printed: str, unit: str) -> tuple[str, str, str]:
    if unit == "date":
        return "", printed[:4], printed[4:]
    head, dash, number = printed.rpartition("-")
    return head + dash, number, ""
