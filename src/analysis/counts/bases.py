"""Percentages back to bases: out of how many people, or things, a print is possible."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.arguments import check_flag, check_whole
from analysis.counts.ranges import bases_that_fit
from analysis.counts.rounding import Interval, printed_interval, printed_intervals
from analysis.counts.runs import Runs
from analysis.language.current import localized_text, number, tr

LARGEST_BASE = 10_000_000
NEAR = 1000  # how far a neighbouring base is looked for, in people


def possible_bases(
    printed: Sequence[str], n_max: int, exhaustive: bool = False, rounding: str = "half-any"
) -> Runs:
    """Return every base up to `n_max` people that makes all printed percentages possible.

    printed : sequence of str
        The percentages of one question, without the sign.
    n_max : int
        The largest base to return, in people. At least 1.
    exhaustive : bool
        False: each percentage has a count of its own. True: those counts can also add up
        to the base, as in a single-choice question.
    rounding : str
        One of `rounding.RULES`.

    Rising, as good as a list, see `runs.Runs`; empty if no base does: `no_base` says why. Raises
    TypeError or ValueError that names the argument, also where more than 10 million bases would
    have to be tried one by one: those that are few for so many decimals.

    Only small bases are tried. Once a step of one person is narrower than every interval, each
    percentage has a count; and once all roundings together are less than what the sums of the
    ends leave to 100, so has their sum. Where the sum of the ends is 100 itself, every count must
    be at its end: then the multiples of one number will do, and no other base.

    >>> possible_bases(["33", "67"], n_max=10)
    [3, 6, 9]
    >>> possible_bases(["50", "50"], 10**12, exhaustive=True, rounding="truncate")[-1]
    1000000000000
    """
    n_max = check_whole(n_max, "n_max", 1)
    exhaustive = check_flag(exhaustive, "exhaustive")
    intervals = printed_intervals(printed, rounding)
    regular = _regular_from(intervals, exhaustive)
    tried = min(n_max, regular)
    if tried > LARGEST_BASE:
        raise ValueError(f"n_max: wanted at most {LARGEST_BASE:,} bases to try; got {n_max:,}")
    fits = bases_that_fit(intervals, np.arange(1, tried + 1), True if exhaustive else None)
    step = _period(intervals) if exhaustive else int(fits[-1])
    return Runs([*_runs(fits), *_multiples(step, tried + 1, n_max)])


def _regular_from(intervals: Sequence[Interval], exhaustive: bool) -> int:
    """Return a base from which on all bases fit, or the multiples of one number, or none."""
    gaps = [each.high - each.low for each in intervals if each.low < each.high]  # 0 and 100 fit all
    if exhaustive:
        total = sum(i.low for i in intervals), sum(i.high for i in intervals)
        gaps += [abs(100 - end) / len(intervals) for end in total if end != 100]
    return math.floor(100 / min(gaps, default=100)) + 2


def _period(intervals: Sequence[Interval]) -> int:
    """Return of which number the large bases that share out everybody are multiples; 0: none."""
    if not _reaches_100(intervals):
        return 0
    for ends in ([i.low for i in intervals], [i.high for i in intervals]):
        if sum(ends) == 100:
            return math.lcm(*((end / 100).denominator for end in ends))
    return 1


def _multiples(step: int, first: int, last: int) -> list[range]:
    """Return the multiples of a number from `first` to `last`; those of 0 are none."""
    return [range(-(-first // step) * step, last + 1, step)] if step else []


def _runs(fits: np.ndarray) -> list[range]:
    """Return the places where something is so, counted from 1, in unbroken runs."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], fits, [False]]).astype(np.int8))) + 1
    return [range(first, stop) for first, stop in edges.reshape(-1, 2).tolist()]


def possible_totals(count: int, printed: str, rounding: str = "half-any") -> Runs:
    """Return every whole of which `count` things are the printed percentage.

    count : int
        How many things are printed beside their share. At least 1.
    printed : str
        Their share of the whole in percent, as on the page, without the sign.
    rounding : str
        One of `rounding.RULES`.

    Rising, as good as a list, see `runs.Runs`; empty if no whole does. Raises TypeError or
    ValueError that names the argument, also for a share that can be as small as zero, for which
    any large whole would do.
    Method: the counts of Brown & Heathers (2017), doi:10.1177/1948550616673876, solved for n.

    >>> possible_totals(4, "8")
    [48, 49, 50, 51, 52, 53]
    """
    count = check_whole(count, "count", 1)
    share = printed_interval(printed, rounding)
    if share.low <= 0:
        raise ValueError(f"printed: wanted a share that cannot be zero; got {printed!r}")
    # The share falls as the whole grows, so those that do have no gap.
    least, most = 100 * count / share.high, 100 * count / share.low
    first = math.ceil(least) if share.closed_high else math.floor(least) + 1
    last = math.floor(most) if share.closed_low else math.ceil(most) - 1
    return Runs([range(max(count, first), last + 1)])


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

    Raises TypeError or ValueError that names the argument.

    >>> print(no_base(["33.3", "33.4"], 200))
    No base up to 200 gives 33.4 %. The next base that would do: 574.
    """
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
