"""Which order the options of a question can have, given rounding."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pandas as pd

from analysis.arguments import check_flag, check_labels, check_whole
from analysis.counts.ranges import count_ranges, ends_of
from analysis.counts.reasons import with_reason


def possible_orders(
    printed: Sequence[str],
    n: int,
    exhaustive: bool | None = True,
    rounding: str = "half-any",
    labels: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return for each pair of options whether rounding leaves their order open.

    printed : sequence of str
        The percentages of the options of one question, without the sign.
    n : int
        The base of the question, in people. At least 1.
    exhaustive : bool or None
        The counts add up to `n` (True) or to at most `n` (False) in a single-choice question;
        None for a multiple-choice question, where they need not add up.
    rounding : str
        One of `rounding.RULES`.
    labels : sequence of str
        Names of the options; positions 0, 1, ... without it.

    One row a pair, the options in printed order: `first`, `second`, the least and greatest
    number of people by which the first can lead, and `order`: "above" or "below" where
    every joint solution says so, "tie" where all are equal, else "undecided". No row if the
    percentages have no joint solution; `attrs["reason"]` then says why, see `no_solution`. Raises
    TypeError or ValueError that names the argument.

    >>> possible_orders(["33", "32", "35"], n=97)[["first", "second", "order"]]
       first  second  order
    0      2       0  above
    1      2       1  above
    2      0       1  above
    """
    columns = ["first", "second", "least_lead", "greatest_lead", "order"]
    n = check_whole(n, "n", 1)
    names = check_labels(labels, len(count_ranges(printed, n, rounding)))
    box = joint_box(printed, n, exhaustive, rounding)
    rows = []
    for first, second in combinations(printed_order(printed), 2) if box else ():
        a, b = widest_lead(box, n, first, second)
        greatest = a - b
        b, a = widest_lead(box, n, second, first)
        rows.append([names[first], names[second], a - b, greatest, _order(a - b, greatest)])
    table = pd.DataFrame(rows, columns=columns)
    return table if box else with_reason(table, printed, n, exhaustive, rounding)


def possible_ranks(
    printed: Sequence[str],
    n: int,
    exhaustive: bool | None = True,
    rounding: str = "half-any",
    labels: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the best and worst rank that each option can have, given rounding.

    printed, n, exhaustive, rounding, labels
        As for `possible_orders`.

    One row an option, in printed order: `option`, `printed`, `best`, `worst`. A rank is one
    more than the number of options strictly above, so equal counts share the better rank.
    No row if the percentages have no joint solution; `attrs["reason"]` then says why. Raises
    TypeError or ValueError that names the argument.

    >>> possible_ranks(["33", "33", "34"], n=97)
       option printed  best  worst
    0       2      34     1      1
    1       0      33     2      2
    2       1      33     2      2
    """
    n = check_whole(n, "n", 1)
    names = check_labels(labels, len(count_ranges(printed, n, rounding)))
    box = joint_box(printed, n, exhaustive, rounding)
    texts = list(printed)
    rows = [
        [names[option], texts[option], *_best_and_worst(box, n, option)]
        for option in (printed_order(printed) if box else ())
    ]
    table = pd.DataFrame(rows, columns=["option", "printed", "best", "worst"])
    return table if box else with_reason(table, printed, n, exhaustive, rounding)


def printed_order(printed: Sequence[str]) -> list[int]:
    """Return the positions of the options, greatest percentage first, ties as they stand.

    >>> printed_order(["4", "45.0", "28"])
    [1, 2, 0]
    """
    values = [Fraction(text) for text in printed]
    return sorted(range(len(values)), key=lambda option: -values[option])


def joint_box(
    printed: Sequence[str], n: int, exhaustive: bool | None, rounding: str
) -> tuple[list[int], list[int]] | None:
    """Return least and greatest counts, one more for the rest, or None without a solution.

    The rest makes every kind of question add up to `n`: nobody, up to `n` people, or, where
    one person can be in several options, a correction of either sign.

    >>> joint_box(["17", "83"], 205, exhaustive=True, rounding="half-any")
    ([34, 170, 0], [35, 171, 0])
    """
    exhaustive = check_flag(exhaustive, "exhaustive", unknown=True)
    ranges = count_ranges(printed, n, rounding)
    rest = {True: (0, 0), False: (0, n), None: (-n * len(ranges), n)}[exhaustive]
    if not all(ranges):
        return None
    lows, highs = ends_of(ranges)
    lows, highs = [*lows, rest[0]], [*highs, rest[1]]
    return (lows, highs) if sum(lows) <= n <= sum(highs) else None


def widest_lead(box: tuple[list, list], n: int, first: int, second: int) -> tuple[int, int]:
    """Return the counts of two options where the first leads most, out of all solutions.

    The other options leave the two together between `fewest` and `most`. The lead grows
    with that total until the first is at its greatest, and shrinks after. No solution has
    a greater first count, and none a smaller second one.

    >>> widest_lead(([34, 170, 0], [35, 171, 0]), 205, first=1, second=0)
    (171, 34)
    """
    lows, highs = box
    fewest = n - (sum(highs) - highs[first] - highs[second])
    most = n - (sum(lows) - lows[first] - lows[second])
    total = min(max(highs[first] + lows[second], fewest), most)
    a = min(highs[first], total - lows[second])
    return a, total - a


def _order(least: int, greatest: int) -> str:
    if least > 0:
        return "above"
    if greatest < 0:
        return "below"
    return "tie" if least == greatest == 0 else "undecided"


def _best_and_worst(box: tuple[list, list], n: int, option: int) -> tuple[int, int]:
    """Return the best and worst rank of an option over all solutions.

    Worst: the option takes its least count, which leaves most to the others, and as many
    as can be afforded are lifted above it, the cheapest first. Best: the mirror image.
    """
    lows, highs = box
    rivals = [other for other in range(len(lows) - 1) if other != option]
    least = max(lows[option], n - sum(highs) + highs[option])
    greatest = min(highs[option], n - sum(lows) + lows[option])
    to_share = n - least - (sum(lows) - lows[option])
    lifts = [max(0, least + 1 - lows[r]) for r in rivals if highs[r] > least]
    to_take = sum(highs) - highs[option] + greatest - n
    drops = [max(0, highs[r] - greatest) for r in rivals if lows[r] <= greatest]
    return 1 + len(rivals) - _affordable(drops, to_take), 1 + _affordable(lifts, to_share)


def _affordable(costs: list[int], budget: int) -> int:
    """Return how many of the costs, the cheapest first, fit into the budget."""
    count = 0
    for cost in sorted(costs):
        budget -= cost
        if budget < 0:
            break
        count += 1
    return count
