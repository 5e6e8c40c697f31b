"""Why rounded numbers have no solution, as data and in words, and what would come nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.arguments import check_flag, check_whole
from analysis.counts.ranges import bases_that_fit, count_range, count_ranges
from analysis.counts.rounding import (
    RULES,
    Interval,
    parse_printed,
    printed_interval,
    printed_intervals,
    rounded_text,
)
from analysis.language.current import localized_text, number, tr

NEAR = 1000  # how far a neighbouring base is looked for, in people


@dataclass(frozen=True)
class Miss:
    """A printed share that no head-count gives, between the two that come nearest.

    option : int
        Its place among the options, from 0.
    printed : str
        The share as printed.
    below, above : (int, str) or None
        The nearest counts, each with what it prints as; None where people end.

    >>> no_solution("33.5", 205).misses[0].above
    (69, '33.7')
    """

    option: int
    printed: str
    below: tuple[int, str] | None
    above: tuple[int, str] | None


@dataclass(frozen=True)
class NoSolution:
    """Why printed shares have no solution, and what would give one.

    reason : str
        "share": no head-count gives a share. "too few", "too many": each share has a
        head-count, but together they fall short of the base or exceed it.
    n : int
        The base, in people.
    misses : tuple of Miss
        The shares without a head-count.
    least, greatest : int or None
        The ends of the sum of the head-counts, in people; None where a share has none.
    bases : tuple of int or None
        The nearest smaller and the nearest larger base that would do, within 1,000 people.
    rules : tuple of str
        The rounding rules that would do with this base.
    changes : tuple of (str, str)
        Numbers any one of which, changed to the one beside it in the last digit, would do.

    As text: a few sentences in the language in use.

    >>> print(no_solution(["45", "28", "22", "4"], 109))
    The head-counts add up to 107–108 and not to 109. It would do with one number changed: \
45 → 46, 28 → 29, 22 → 23, 4 → 5. Nearest bases that would do: 99, 113.
    """

    reason: str
    n: int
    misses: tuple[Miss, ...] = ()
    least: int | None = None
    greatest: int | None = None
    bases: tuple[int | None, int | None] = (None, None)
    rules: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()

    @property
    def why(self) -> str:
        """Return the reason alone, as part of a sentence, in the language in use."""
        if self.misses:
            shares = ", ".join(localized_text(miss.printed) for miss in self.misses)
            return tr("no head-count gives {shares} % of {n:,}", shares=shares, n=self.n)
        ends = dict.fromkeys((self.least, self.greatest))
        total = "–".join(number(end) for end in ends)
        return tr("the head-counts add up to {total} and not to {n:,}", total=total, n=self.n)

    def __str__(self) -> str:
        parts = [self.why[0].upper() + self.why[1:] + "."]
        parts += [text for miss in self.misses for text in _beside(miss)]
        parts += _alternatives(self)
        return " ".join(parts)


def no_solution(
    printed: str | Sequence[str],
    n: int,
    exhaustive: bool | None = True,
    rounding: str = "half-any",
) -> NoSolution | None:
    """Return why printed shares have no solution, with the nearest misses; None if they have one.

    printed : str or sequence of str
        One percentage, or those of a question, without the sign.
    n : int
        The base, in people. At least 1.
    exhaustive : bool or None
        The counts add up to `n` (True), to at most `n` (False), or to anything (None, for
        questions with several answers a person). Of one percentage alone nothing is asked.
    rounding : str
        One of `rounding.RULES`.

    Raises TypeError or ValueError that names the argument.

    >>> reason = no_solution("33.5", 205)
    >>> reason.misses[0].below, reason.bases
    ((68, '33.2'), (203, 206))
    >>> print(no_solution("33.5", 205))
    No head-count gives 33.5 % of 205. Nearest head-counts: 68 (33.2 %) and 69 (33.7 %). \
Nearest bases that would do: 203, 206.
    """
    n = check_whole(n, "n", 1)
    exhaustive = check_flag(exhaustive, "exhaustive", unknown=True)
    if isinstance(printed, str):
        parse_printed(printed)
        printed, exhaustive = [printed], None
    ranges = count_ranges(printed, n, rounding)
    texts = list(printed)
    if not all(ranges):
        misses = tuple(
            _miss(place, texts[place], n, rounding)
            for place, counts in enumerate(ranges)
            if not counts
        )
        return NoSolution("share", n, misses, **_neighbours(texts, n, exhaustive, rounding))
    least, greatest = sum(r[0] for r in ranges), sum(r[-1] for r in ranges)
    if exhaustive is None or (least <= n and (n <= greatest or not exhaustive)):
        return None
    reason = "too many" if least > n else "too few"
    near = _neighbours(texts, n, exhaustive, rounding)
    changes = tuple(_changes(texts, n, exhaustive, rounding, 1 if reason == "too few" else -1))
    return NoSolution(reason, n, (), least, greatest, changes=changes, **near)


def with_reason(
    table: pd.DataFrame, printed: Sequence[str], n: int, exhaustive: bool | None, rounding: str
) -> pd.DataFrame:
    """Return an empty table with the reason why it is empty in `attrs["reason"]`.

    >>> print(with_reason(pd.DataFrame(), ["101"], 205, None, "half-any").attrs["reason"].why)
    no head-count gives 101 % of 205
    """
    table.attrs["reason"] = no_solution(printed, n, exhaustive, rounding)
    return table


@dataclass(frozen=True)
class NoBase:
    """Why no base makes printed shares possible, and the next base that does.

    n_max : int
        The largest base tried, in people.
    shares : tuple of str
        The shares that no base up to it makes possible, each by itself.
    total : tuple of Fraction or None
        The ends of the sum of the true percentages, if no base of any size does since they
        leave out 100.
    next_base : int or None
        The least base beyond `n_max` that does, within 1,000 people.

    >>> print(no_base(["45", "28", "20"], 500, exhaustive=True))
    The shares add up to 91.5–94.5 %, so no base of any size makes them 100 %.
    """

    n_max: int
    shares: tuple[str, ...] = ()
    total: tuple[Fraction, Fraction] | None = None
    next_base: int | None = None

    def __str__(self) -> str:
        if self.total:
            ends = dict.fromkeys(float(end) for end in self.total)
            total = "–".join(number(end, "g") for end in ends)
            return tr(
                "The shares add up to {total} %, so no base of any size makes them 100 %.",
                total=total,
            )
        shares = ", ".join(map(localized_text, self.shares))
        parts = [
            tr("No base up to {n:,} gives {shares} %.", n=self.n_max, shares=shares)
            if shares
            else tr("Each share has a base up to {n:,}, but not all have the same.", n=self.n_max)
        ]
        if self.next_base:
            parts.append(tr("The next base that would do: {base:,}.", base=self.next_base))
        return " ".join(parts)


def no_base(
    printed: Sequence[str], n_max: int, exhaustive: bool = False, rounding: str = "half-any"
) -> NoBase | None:
    """Return why no base up to `n_max` makes the shares possible; None if there is one.

    printed, n_max, exhaustive, rounding
        As for `possible_bases`.

    >>> print(no_base(["33.3", "33.4"], 200))
    No base up to 200 gives 33.4 %. The next base that would do: 574.
    """
    from analysis.counts.bases import possible_bases

    if possible_bases(printed, n_max, exhaustive, rounding):
        return None
    intervals = printed_intervals(printed, rounding)
    if exhaustive and not _reaches_100(intervals):
        total = sum(i.low for i in intervals), sum(i.high for i in intervals)
        return NoBase(int(n_max), (), total)
    alone = [text for text in printed if not possible_bases([text], n_max, False, rounding)]
    later = np.arange(int(n_max) + 1, int(n_max) + 1 + NEAR)
    fits = later[bases_that_fit(intervals, later, True if exhaustive else None)]
    return NoBase(int(n_max), tuple(alone), None, int(fits[0]) if len(fits) else None)


def _reaches_100(intervals: Sequence[Interval]) -> bool:
    low, high = sum(i.low for i in intervals), sum(i.high for i in intervals)
    at_low = all(interval.closed_low for interval in intervals)
    at_high = all(interval.closed_high for interval in intervals)
    return low < 100 < high or (low == 100 and at_low) or (high == 100 and at_high)


def _miss(place: int, printed: str, n: int, rounding: str) -> Miss:
    """Return what the counts on both sides of an empty interval print as."""
    _, decimals = parse_printed(printed)
    after = min(count_range(printed_interval(printed, rounding), n).start, n + 1)

    def shown(count: int) -> tuple[int, str] | None:
        if not 0 <= count <= n:
            return None
        return count, rounded_text(Fraction(100 * count, n), decimals, rounding)

    return Miss(place, printed, shown(after - 1), shown(after))


def _neighbours(texts: list[str], n: int, exhaustive: bool | None, rounding: str) -> dict:
    """Return the neighbouring bases and the rounding rules under which there is a solution."""
    intervals = printed_intervals(texts, rounding)
    bases = np.arange(max(1, n - NEAR), n + NEAR + 1)
    fits = bases[bases_that_fit(intervals, bases, exhaustive)]
    below, above = fits[fits < n], fits[fits > n]
    ends = (int(below[-1]) if len(below) else None, int(above[0]) if len(above) else None)
    rules = tuple(rule for rule in RULES if _fits(texts, n, exhaustive, rule))
    return {"bases": ends, "rules": rules}


def _fits(texts: list[str], n: int, exhaustive: bool | None, rounding: str) -> bool:
    return bool(bases_that_fit(printed_intervals(texts, rounding), np.array([n]), exhaustive)[0])


def _changes(texts: list[str], n: int, exhaustive: bool | None, rounding: str, step: int):
    """Yield the options whose number would do if its last digit were one more, or one less."""
    for place, text in enumerate(texts):
        digits, decimals = parse_printed(text)
        if digits + step < 0:
            continue
        other = rounded_text(Fraction(digits + step, 10**decimals), decimals, "half-up")
        if _fits([*texts[:place], other, *texts[place + 1 :]], n, exhaustive, rounding):
            yield text, other


def _beside(miss: Miss) -> list[str]:
    """Return what the neighbouring counts print as, in words."""
    words = {}
    for name, side in (("below", miss.below), ("above", miss.above)):
        if side:
            words |= {name: side[0], f"{name}_share": localized_text(side[1])}
    if len(words) == 4:
        return [
            tr(
                "Nearest head-counts: {below:,} ({below_share} %) and {above:,} ({above_share} %).",
                **words,
            )
        ]
    if words:
        return [tr("Nearest head-count: {below:,}, which is everybody ({below_share} %).", **words)]
    return []


def _alternatives(reason: NoSolution) -> list[str]:
    """Return the other numbers, bases and rules that would do, in words."""
    parts = []
    if reason.changes:
        pairs = [f"{localized_text(a)} → {localized_text(b)}" for a, b in reason.changes]
        parts.append(
            tr("It would do with one number changed: {changes}.", changes=", ".join(pairs))
        )
    bases = ", ".join(number(base) for base in reason.bases if base)
    if bases:
        parts.append(tr("Nearest bases that would do: {bases}.", bases=bases))
    if reason.rules:
        rules = ", ".join(map(localized_text, reason.rules))
        parts.append(tr("Rounding rules that would do: {rules}.", rules=rules))
    return parts
