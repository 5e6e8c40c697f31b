"""What the printed shares leave open: overlaps, answers per person, options without a number."""

from collections.abc import Sequence

import pandas as pd

from analysis.arguments import check_whole
from analysis.counts.ranges import count_ranges, ends_of
from analysis.counts.reasons import with_reason


def co_selection_bounds(a: int, b: int, n: int) -> tuple[int, int]:
    """Return the least and greatest number of people who can have chosen both options.

    a, b : int
        How many people chose each of two options of a multiple-choice question.
    n : int
        The base, in people. At least 1.

    Raises TypeError or ValueError that names the argument, also if more people chose an option
    than there are.
    Method: Fréchet's bounds, Fréchet (1935), Fundamenta Mathematicae 25, 379-387.

    >>> co_selection_bounds(60, 70, n=110)
    (20, 60)
    """
    n = check_whole(n, "n", 1)
    a, b = check_whole(a, "a", 0), check_whole(b, "b", 0)
    for name, count in (("a", a), ("b", b)):
        if count > n:
            raise ValueError(f"{name}: wanted at most n={n} people; got {count}")
    return max(0, a + b - n), min(a, b)


def answers_per_person_bounds(
    printed: Sequence[str], n: int, rounding: str = "half-any"
) -> tuple[float, float] | None:
    """Return the least and greatest mean number of answers per person.

    printed : sequence of str
        The percentages of the options of a multiple-choice question, without the sign.
    n : int
        The base, in people, those who chose nothing included. At least 1.
    rounding : str
        One of `rounding.RULES`.

    The mean counts the printed options only. None if no head-count gives a percentage. Raises
    TypeError or ValueError that names the argument.

    >>> answers_per_person_bounds(["60", "70"], n=10)
    (1.3, 1.3)
    """
    n = check_whole(n, "n", 1)
    ranges = count_ranges(printed, n, rounding)
    if not all(ranges):
        return None
    lows, highs = ends_of(ranges)
    return sum(lows) / n, sum(highs) / n


def none_of_them_bounds(
    printed: Sequence[str], n: int, rounding: str = "half-any"
) -> tuple[int, int] | None:
    """Return the least and greatest number of people who can have chosen none of the options.

    printed : sequence of str
        The percentages of the options of a multiple-choice question, without the sign.
    n : int
        The base, in people. At least 1.
    rounding : str
        One of `rounding.RULES`.

    The least number leaves the options without overlap, the greatest puts them all among
    those who chose the commonest. None if no head-count gives a percentage. Raises TypeError or
    ValueError that names the argument.
    Method: Boole's inequality and its counterpart, Fréchet (1935), Fundamenta Mathematicae
    25, 379-387.

    >>> none_of_them_bounds(["60", "30"], n=10)
    (1, 4)
    """
    n = check_whole(n, "n", 1)
    ranges = count_ranges(printed, n, rounding)
    if not all(ranges):
        return None
    lows, highs = ends_of(ranges)
    return max(0, n - sum(highs)), n - max(lows)


def unprinted_bounds(
    printed: Sequence[str],
    n: int,
    unprinted: int,
    tolerance: int | None = None,
    rounding: str = "half-any",
) -> pd.DataFrame:
    """Return the range left for each option of a single-choice question without a number.

    printed : sequence of str
        The percentages of the options that have one, without the sign.
    n : int
        The base of the question, in people; printed and unprinted options add up to it.
    unprinted : int
        How many options have no number. At least 1.
    tolerance : int or None
        How many people the greatest of the unprinted options may lie above the least, if
        the paper calls them "almost the same"; None if it says nothing about them.
    rounding : str
        One of `rounding.RULES`.

    One row an unprinted option, numbered from 1, with `low` and `high` in people and
    `low_percent` and `high_percent` in percent of `n`. All rows agree, since nothing tells
    the options apart. No row if the printed percentages have no joint solution
    (`attrs["reason"]` then says why), or leave a rest that the tolerance does not allow. Raises
    TypeError or ValueError that names the argument.

    >>> unprinted_bounds(["31", "27"], n=100, unprinted=3, tolerance=2)
       low  high  low_percent  high_percent
    1   13    15         13.0          15.0
    2   13    15         13.0          15.0
    3   13    15         13.0          15.0
    """
    n = check_whole(n, "n", 1)
    ranges = count_ranges(printed, n, rounding)
    unprinted = check_whole(unprinted, "unprinted", 1)
    # All of n apart is as good as no tolerance.
    apart = n if tolerance is None else check_whole(tolerance, "tolerance", 0)
    span = None
    if all(ranges):
        lows, highs = ends_of(ranges)
        span = _one_part(max(0, n - sum(highs)), n - sum(lows), unprinted, apart)
    people = pd.DataFrame(
        [span] * unprinted if span else [], columns=["low", "high"], dtype="int64"
    )
    people.index = pd.RangeIndex(1, len(people) + 1)
    percent = 100 * people / n
    table = people.join(percent.add_suffix("_percent"))
    return table if span else with_reason(table, printed, n, False, rounding)


def _one_part(least: int, greatest: int, parts: int, apart: int) -> tuple[int, int] | None:
    """Return the ends of one of `parts` counts, at most `apart` apart, of `least` to `greatest`.

    Parts between x and x + apart, one of them x, can add up to anything from parts * x to
    parts * x + (parts - 1) * apart.
    """
    low = max(0, -(((parts - 1) * apart - least) // parts))
    if parts * low > greatest:
        return None
    high = greatest if greatest <= apart else (greatest + (parts - 1) * apart) // parts
    return (low, high)
