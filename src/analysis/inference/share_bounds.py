"""Smallest and largest value of a statistic over all head-counts that a rounded print allows."""

from collections.abc import Sequence

from analysis.arguments import check_fraction, check_labels, check_level
from analysis.counts.ranges import count_range
from analysis.counts.reasons import no_solution
from analysis.counts.rounding import printed_interval
from analysis.failures import quoted
from analysis.inference.bounds import Bounds, BoundsList, solution_box
from analysis.inference.difference_bounds import dependent_difference_bounds, difference_bounds
from analysis.inference.fit_bounds import goodness_of_fit_bounds
from analysis.inference.intervals import check_method, multinomial_interval, proportion_interval

__all__ = [
    "Bounds",
    "dependent_difference_bounds",
    "difference_bounds",
    "goodness_of_fit_bounds",
    "multinomial_bounds",
    "proportion_bounds",
]


def proportion_bounds(
    printed: str,
    n: int,
    level: float = 0.95,
    method: str = "wilson",
    population: int | None = None,
    rounding: str = "half-any",
    reference: float = 0.5,
) -> Bounds:
    """Return the lowest and highest confidence limit of a share over all possible counts.

    printed : str
        The percentage exactly as on the page, without the sign.
    n : int
        The base, in people. At least 1.
    level, method, population
        As for `intervals.proportion_interval`.
    rounding : str
        One of `rounding.RULES`.
    reference : float
        The share, as a fraction, that the decision is about: is the interval "above" it,
        "below" it or does it "include" it? A half asks whether the share is a majority.

    The lower limit comes from the least possible count and the upper limit from the
    greatest, since in every method both limits grow with the count. Empty bounds mean that
    no whole number of people gives this percentage; `reason` says why. Raises TypeError or
    ValueError that names the argument; warns as `proportion_interval` does.

    >>> proportion_bounds("17", n=109)
    Bounds(95 % interval (wilson): 0.1071 to 0.2563; below 0.5)
    """
    reference = check_fraction(reference, "reference")
    level, population = check_method(n, level, method, population)
    interval = printed_interval(printed, rounding)
    why = no_solution(printed, n, rounding=rounding)
    if why:
        return Bounds("interval", level, method=method, reason=why)
    counts = count_range(interval, n)
    ends = [counts[0], counts[-1]]
    limits = [proportion_interval(count, n, level, method, population) for count in ends]
    return _limit_bounds("interval", level, ends, limits, reference, method)


def multinomial_bounds(
    printed: Sequence[str],
    n: int,
    level: float = 0.95,
    rounding: str = "half-any",
    exhaustive: bool = True,
    reference: float = 0.5,
    labels: Sequence[str] | None = None,
) -> list[Bounds]:
    """Return bounds of the simultaneous limits of all options of a single-choice question.

    printed : sequence of str
        The percentages of the options, without the sign.
    n : int
        The base of the question, in people. At least 1.
    level : float
        The chance that all intervals of a solution together cover the true shares.
    rounding : str
        One of `rounding.RULES`.
    exhaustive : bool
        True: the counts add up to `n`. False: to at most `n`; the rest is one more option.
    reference : float
        The share that the decision is about, as for `proportion_bounds`.
    labels : sequence of str
        Names of the options; none without it.

    One `Bounds` an option, over all joint solutions, with the option's own count at each
    end; all are empty if there is no joint solution. Goodman's limits depend on the
    option's own count and grow with it. In a notebook the list shows itself as a table. Raises
    TypeError or ValueError that names the argument.
    Method: Goodman (1965), doi:10.1080/00401706.1965.10490252.

    >>> for bounds in multinomial_bounds(["20", "80"], n=109):
    ...     print(bounds)
    simultaneous 95 % interval (goodman): 0.1297 to 0.3002; below 0.5
    simultaneous 95 % interval (goodman): 0.6998 to 0.8703; above 0.5
    """
    level, reference = check_level(level), check_fraction(reference, "reference")
    quantity = "simultaneous interval"
    box = solution_box(printed, n, exhaustive, rounding)
    if exhaustive and len(printed) < 2:
        raise ValueError(f"printed: wanted two options or more; got {quoted(printed)}")
    positions = check_labels(labels, len(printed))
    names = [""] * len(printed) if labels is None else [str(name) for name in positions]
    if box is None:
        why = no_solution(printed, n, exhaustive, rounding)
        return BoundsList(
            Bounds(quantity, level, method="goodman", reason=why, option=name) for name in names
        )
    lows, highs = box
    found = BoundsList()
    for option, name in enumerate(names):
        ends = [lows[option], highs[option]]
        # Goodman's limits see of the other options only how many there are.
        limits = [
            tuple(multinomial_interval([k, n - k] + [0] * (len(lows) - 2), level)[0].tolist())
            for k in ends
        ]
        found.append(_limit_bounds(quantity, level, ends, limits, reference, "goodman", name))
    return found


def _limit_bounds(quantity, level, counts, limits, reference, method, option="") -> Bounds:
    """Return the bounds of an interval from its limits at the least and the greatest count."""
    # Both limits grow with the count, so from "below" to "above" no decision comes back.
    order = ["below", "includes", "above"]
    first, last = (0 if high < reference else 2 if low > reference else 1 for low, high in limits)
    return Bounds(
        quantity,
        level,
        float(limits[0][0]),
        float(limits[1][1]),
        (counts[0],),
        (counts[1],),
        tuple(order[place] for place in dict.fromkeys((first, last))),
        method=method,
        reference=reference,
        option=option,
    )
