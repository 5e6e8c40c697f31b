"""Why rounded numbers have no solution, as data and in words, and what would come nearest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.arguments import check_flag, check_whole
from analysis.counts.bases import NEAR
from analysis.counts.ranges import bases_that_fit, count_range, count_ranges
from analysis.counts.rounding import (
    RULES,
    parse_printed,
    printed_interval,
    printed_intervals,
    rounded_text,
)
from analysis.language.current import localized_text, number, tr


@dataclass(frozen=True)
class Miss:
    """A printed share that no head-count gives, between the two that come nearest.

    option : int
        Its place among the options, from 0.
    printed : str
        The share as printed.
    below, above : (int, str)
        The nearest counts, each with what it prints as; above is None past everybody.
    off : float
        How many people the nearer of them is away from the share.

    >>> miss = no_solution("33.5", 205).misses[0]
    >>> miss.above, miss.off
    ((69, '33.7'), 0.2225)
    """

    option: int
    printed: str
    below: tuple[int, str]
    above: tuple[int, str] | None
    off: float


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
    def off(self) -> float:
        """Return by how many people it fails at least: those of the share that is farthest off."""
        if self.misses:
            return max(miss.off for miss in self.misses)
        return self.n - self.greatest if self.reason == "too few" else self.least - self.n

    @property
    def why(self) -> str:
        """Return the reason alone, as part of a sentence, in the language in use."""
        if self.misses:
            shares = ", ".join(localized_text(miss.printed) for miss in self.misses)
            return tr("no head-count gives {shares} % of {n:,}", shares=shares, n=self.n)
        ends = dict.fromkeys((self.least, self.greatest))
        total = "–".join(number(end) for end in ends)
        return tr("the head-counts add up to {total} and not to {n:,}", total=total, n=self.n)

    @property
    def nearest(self) -> str:
        """Return what would do instead, a sentence for each way, in the language in use."""
        changes = ", ".join(f"{localized_text(a)} → {localized_text(b)}" for a, b in self.changes)
        bases = ", ".join(number(base) for base in self.bases if base)
        rules = ", ".join(map(localized_text, self.rules))
        ways = {
            tr("It would do with one number changed: {changes}.", changes=changes): changes,
            tr("Nearest bases that would do: {bases}.", bases=bases): bases,
            tr("Rounding rules that would do: {rules}.", rules=rules): rules,
        }
        return " ".join([*map(_beside, self.misses), *(text for text, way in ways.items() if way)])

    def __str__(self) -> str:
        return f"{self.why[0].upper()}{self.why[1:]}. {self.nearest}".rstrip()


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
    ranges, texts = count_ranges(printed, n, rounding), list(printed)
    if not all(ranges):
        misses = tuple(
            _miss(place, texts[place], n, rounding) for place, r in enumerate(ranges) if not r
        )
        return NoSolution("share", n, misses, **_neighbours(texts, n, exhaustive, rounding))
    least, greatest = sum(r[0] for r in ranges), sum(r[-1] for r in ranges)
    if exhaustive is None or least <= n <= (greatest if exhaustive else n):
        return None
    reason, step = ("too many", -1) if least > n else ("too few", 1)
    changes = tuple(_changes(texts, step, lambda t: _fits(t, [n], exhaustive, rounding)[0]))
    near = _neighbours(texts, n, exhaustive, rounding)
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


def _miss(place: int, printed: str, n: int, rounding: str) -> Miss:
    """Return what the counts on both sides of an empty interval print as."""
    _, decimals = parse_printed(printed)
    share = printed_interval(printed, rounding)
    above = min(count_range(share, n).start, n + 1)
    percents = [Fraction(100 * count, n) for count in (above - 1, above)]
    below, after = (
        (count, rounded_text(percent, decimals, rounding))
        for count, percent in zip((above - 1, above), percents, strict=True)
    )
    gaps = (share.low - percents[0], percents[1] - share.high)[: 1 if above > n else 2]
    off = float(f"{float(min(gaps) * n / 100):.6g}")
    return Miss(place, printed, below, None if above > n else after, off)


def _fits(texts: list[str], bases: Sequence[int], exhaustive: bool | None, rounding: str):
    bases = np.array(bases, dtype=object)
    return bases_that_fit(printed_intervals(texts, rounding), bases, exhaustive)


def _neighbours(texts: list[str], n: int, exhaustive: bool | None, rounding: str) -> dict:
    """Return the neighbouring bases and the rounding rules under which there is a solution."""
    near = range(max(1, n - NEAR), n + NEAR + 1)
    fits = [b for b, fit in zip(near, _fits(texts, near, exhaustive, rounding), strict=True) if fit]
    below = max((base for base in fits if base < n), default=None)
    above = min((base for base in fits if base > n), default=None)
    rules = tuple(rule for rule in RULES if _fits(texts, [n], exhaustive, rule)[0])
    return {"bases": (below, above), "rules": rules}


def _changes(texts: list[str], step: int, fits) -> Iterator[tuple[str, str]]:
    """Yield the numbers that would do if their last digit were one more, or one less."""
    for place, text in enumerate(texts):
        digits, decimals = parse_printed(text)
        if digits + step < 0:
            continue
        other = rounded_text(Fraction(digits + step, 10**decimals), decimals)
        if fits([*texts[:place], other, *texts[place + 1 :]]):
            yield text, other


def _beside(miss: Miss) -> str:
    """Return what the neighbouring counts print as, in words."""
    below, below_share = miss.below[0], localized_text(miss.below[1])
    if miss.above is None:
        return tr(
            "Nearest head-count: {below:,}, which is everybody ({below_share} %).",
            below=below,
            below_share=below_share,
        )
    return tr(
        "Nearest head-counts: {below:,} ({below_share} %) and {above:,} ({above_share} %).",
        below=below,
        below_share=below_share,
        above=miss.above[0],
        above_share=localized_text(miss.above[1]),
    )
