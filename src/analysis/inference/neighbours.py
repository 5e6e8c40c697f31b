"""Which options next to each other in the printed order differ beyond chance."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
from scipy.stats import binomtest

from analysis.arguments import check_flag, check_labels, check_level, check_whole
from analysis.counts.ranges import count_ranges
from analysis.counts.ranking import joint_box, printed_order, widest_lead
from analysis.counts.reasons import with_reason
from analysis.inference.hypergeometric import tails


def neighbour_tests(
    printed: Sequence[str],
    n: int,
    level: float = 0.95,
    exhaustive: bool | None = True,
    rounding: str = "half-any",
    same_people: bool = True,
    labels: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return which options next to each other in printed order differ beyond chance.

    printed, n, exhaustive, rounding, labels
        As for `ranking.possible_orders`.
    level : float
        1 minus the chance of one false "yes" or more among all neighbours.
    same_people : bool
        True: options of one question, whose counts depend on each other. False: each share
        comes from a sample of `n` people of its own; `exhaustive` then has no say.

    One row a pair of neighbours: `first`, `second`, the lowest and highest p-value over all
    possible counts, the same adjusted by Holm's method, and `differ`: "yes", "no" or
    "depends on rounding". With `exhaustive=None` nobody knows how many chose both options,
    and the p-values cover every possible overlap too: "depends on rounding or overlap".
    The adjusted ends take every pair at its lowest, or highest, at once; that may be a
    little wider than any one joint solution. No row if there is no joint solution;
    `attrs["reason"]` then says why, see `no_solution`. Raises TypeError or ValueError that names
    the argument.

    Same people: exact sign test of those who chose one option only, that is the binomial
    test given their number (McNemar 1947, doi:10.1007/BF02295996), the exact form of the
    test with the multinomial variance. Two samples: Fisher's exact test, twice the smaller
    tail. Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    >>> neighbour_tests(["33", "32", "35"], n=97)[["first", "second", "differ"]]
       first  second differ
    0      2       0     no
    1      0       1     no
    """
    level = check_level(level)
    exhaustive = check_flag(exhaustive, "exhaustive", unknown=True)
    same_people = check_flag(same_people, "same_people")
    n = check_whole(n, "n", 1)
    names = check_labels(labels, len(count_ranges(printed, n, rounding)))
    sums_to = exhaustive if same_people else None
    box = joint_box(printed, n, sums_to, rounding)
    order = printed_order(printed) if box else []
    may_overlap = exhaustive is None
    tests = pd.DataFrame(
        [
            [names[a], names[b], *_p_bounds(box, n, a, b, same_people, may_overlap)]
            for a, b in pairwise(order)
        ],
        columns=["first", "second", "p_low", "p_high"],
    )
    for end in ("low", "high"):
        tests[f"holm_{end}"] = holm(tests[f"p_{end}"].to_list())
    open_ends = "depends on rounding" + (" or overlap" if same_people and may_overlap else "")
    tests["differ"] = [
        "yes" if high <= 1 - level else "no" if low > 1 - level else open_ends
        for low, high in zip(tests["holm_low"], tests["holm_high"], strict=True)
    ]
    return tests if box else with_reason(tests, printed, n, sums_to, rounding)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for their number by Holm's method, in the order given.

    The least is multiplied by their number, the next by one less, and so on; none is less than
    the one before it, or more than 1.

    >>> holm([0.04, 0.01, 0.03])
    [0.06, 0.03, 0.06]
    """
    adjusted, least = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return adjusted


def _p_bounds(
    box: tuple[list, list], n: int, first: int, second: int, same_people: bool, may_overlap: bool
) -> tuple[float, float]:
    """Return the lowest and highest p-value of one pair over all solutions.

    Each test is the more significant, the more people the leading option has and the fewer
    the other, so the ends of the lead are the ends of the p-value, and 1 lies between two
    leads of opposite sign.
    """
    a, b = widest_lead(box, n, first, second)
    b_ahead, a_behind = widest_lead(box, n, second, first)
    corners = [(a, b), (a_behind, b_ahead)]
    if same_people:
        # Of those who chose both, nothing is learnt: the more there are, the fewer are left.
        most = [_sign_test(a - o, b - o) for a, b in corners for o in [max(0, a + b - n)]]
        least = [_sign_test(a - o, b - o) for a, b in corners for o in [min(a, b)]]
        lowest, highest = min(least if may_overlap else most), max(most)
    else:
        p_values = [_two_samples(a, b, n) for a, b in corners]
        lowest, highest = min(p_values), max(p_values)
    return lowest, 1.0 if a_behind - b_ahead <= 0 <= a - b else highest


def _sign_test(a: int, b: int) -> float:
    return float(binomtest(a, a + b).pvalue) if a + b else 1.0


def _two_samples(a: int, b: int, n: int) -> float:
    return min(1.0, 2 * min(tails(a, n, n, a + b)))
