"""What rounding does to a comparison of a sample with a reference, such as a census."""

import math
from collections.abc import Sequence
from fractions import Fraction

from scipy.stats import binomtest, chi2

from analysis.arguments import check_flag, check_fraction, check_sequence, check_whole
from analysis.counts.head_counts import count_ranges
from analysis.inference.bounds import Bounds, p_value_bounds, solution_box
from analysis.language.current import tr


def goodness_of_fit_bounds(
    printed: Sequence[str],
    n: int,
    expected: Sequence[float],
    level: float = 0.95,
    rounding: str = "half-any",
    exhaustive: bool = True,
) -> Bounds:
    """Return the lowest and highest p-value of a sample's fit to a reference.

    printed : sequence of str
        The percentages of the options of a single-choice question, without the sign.
    n : int
        The base of the question, in people. At least 1.
    expected : sequence of float
        The reference's share of each option, as a fraction; they add up to 1.
    level : float
        The decision is "differs" for a p-value up to 1 - level.
    rounding : str
        One of `rounding.RULES`.
    exhaustive : bool
        True: the counts add up to `n`. False: to at most `n`; the rest is one more option,
        whose expected share is what the others leave of 1, more than 0.

    Pearson's chi-square test; with two options the exact binomial test (all counts that are
    no more likely). Empty bounds mean that the percentages have no joint solution. The
    reference counts as known; where it is a sample, see `difference_bounds`.

    Exact without trying all solutions: the statistic is a sum of convex functions of one
    count each. Its minimum hands out people one by one where they cost least (Fox 1966,
    doi:10.1287/mnsc.13.3.210); its maximum has every count but one at an end of its range.
    The binomial p-value falls with the distance from the likeliest count.

    >>> goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72])
    Bounds(p-value (exact binomial): 0.07033; does not differ at 95 %)
    """
    n = check_whole(n, "n", 1)
    check_fraction(level, "level")
    exhaustive = check_flag(exhaustive, "exhaustive")
    options = len(count_ranges(printed, n, rounding))
    shares = _shares(expected, options, exhaustive)
    exact = len(shares) == 2
    quantity = tr("p-value ({test})", test="exact binomial" if exact else "pearson")
    box = solution_box(printed, n, exhaustive, rounding)
    if box is None:
        return Bounds(quantity, level)
    lows, highs = box
    if exact:
        low, high = _binomial_ends(lows[0], highs[0], n, shares[0])
        return p_value_bounds(quantity, level, low, high)
    low, high = (
        (_p_value(counts, n, shares), tuple(counts))
        for counts in (worst_fit(lows, highs, n, shares), best_fit(lows, highs, n, shares))
    )
    least = n * min(shares)
    note = tr("rough: least expected count {least:.2g}", least=least) if least < 5 else ""
    return p_value_bounds(quantity, level, low, high, note=note)


def best_fit(
    lows: Sequence[int], highs: Sequence[int], n: int, shares: Sequence[float]
) -> list[int]:
    """Return the counts between `lows` and `highs` that add up to `n` and fit best.

    One more person in an option that has k of them costs (2 k + 1) / share. Below a price
    all options together take no more than `n` people; a few more follow one by one, the
    cheapest first. All in exact fractions.

    >>> best_fit([0, 0, 0], [9, 9, 2], 10, [0.25, 0.25, 0.5])
    [4, 4, 2]
    """
    exact = [Fraction(share) for share in shares]
    options = range(len(exact))

    def bought(price: Fraction) -> list[int]:
        # The k-th person costs (2 k - 1) / share.
        wanted = [(price * share + 1) // 2 for share in exact]
        return [min(max(w, low), high) for w, low, high in zip(wanted, lows, highs, strict=True)]

    below = 0
    above = 1 + max(math.ceil(2 * high / share) for high, share in zip(highs, exact, strict=True))
    # Within a price step of 1 no option takes more than one more person.
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if sum(bought(middle)) <= n else (below, middle)
    counts = bought(below)
    for _ in range(n - sum(counts)):
        cheapest = min(
            (option for option in options if counts[option] < highs[option]),
            key=lambda option: (2 * counts[option] + 1) / exact[option],
        )
        counts[cheapest] += 1
    return counts


def worst_fit(
    lows: Sequence[int], highs: Sequence[int], n: int, shares: Sequence[float]
) -> list[int]:
    """Return the counts between `lows` and `highs` that add up to `n` and fit worst.

    All options but one are at an end. For each choice of that one, the others go up one
    after another; of two ways to the same number of people only the worse fit is kept.

    >>> worst_fit([0, 0, 0], [9, 9, 2], 10, [0.25, 0.25, 0.5])
    [1, 9, 0]
    """
    spare = n - sum(lows)
    widths = [high - low for low, high in zip(lows, highs, strict=True)]
    found = []
    for free, free_width in enumerate(widths):
        ways = {0: (0.0, ())}
        left = sum(widths) - free_width
        for option, width in enumerate(widths):
            if option == free:
                continue
            left -= width
            gain = _cost(highs[option], n, shares[option]) - _cost(lows[option], n, shares[option])
            raised = {
                people + width: (total + gain, (*at_high, option))
                for people, (total, at_high) in ways.items()
                if people + width <= spare
            }
            for people, way in raised.items():
                ways[people] = max(way, ways.get(people, way))
            ways = {p: way for p, way in ways.items() if p + left + free_width >= spare}
        for people, (_, at_high) in ways.items():
            counts = list(lows)
            for option in at_high:
                counts[option] = highs[option]
            counts[free] += spare - people
            found.append(counts)
    return max(found, key=lambda counts: _statistic(counts, n, shares))


def _shares(expected: Sequence[float], options: int, exhaustive: bool) -> list[float]:
    """Return the expected shares, one more for the rest if not exhaustive."""
    expected = check_sequence(expected, "expected", "shares, such as [0.25, 0.75]")
    for place, share in enumerate(expected):
        check_fraction(share, f"expected[{place}]")
    shares = [float(share) for share in expected]
    if len(shares) != options:
        raise ValueError(f"expected: wanted {options} shares, one an option; got {len(shares)}")
    rest = 1 - sum(shares)
    if exhaustive and (abs(rest) > 1e-8 or options < 2):
        raise ValueError(
            f"expected: wanted shares of 2 options or more that add up to 1; "
            f"got {sum(shares):.10g} from {options}"
        )
    if not exhaustive and rest < 1e-8:
        raise ValueError(f"expected: wanted shares that leave a rest below 1; got {1 - rest:.10g}")
    return shares if exhaustive else [*shares, rest]


def _cost(count: int, n: int, share: float) -> float:
    return (count - n * share) ** 2 / (n * share)


def _statistic(counts: Sequence[int], n: int, shares: Sequence[float]) -> float:
    return sum(_cost(count, n, share) for count, share in zip(counts, shares, strict=True))


def _p_value(counts: Sequence[int], n: int, shares: Sequence[float]) -> float:
    return float(chi2.sf(_statistic(counts, n, shares), len(shares) - 1))


def _binomial_ends(low: int, high: int, n: int, share: float) -> tuple[tuple, tuple]:
    """Return the lowest and the highest p-value for a first count from `low` to `high`."""
    likeliest = min(max(int((n + 1) * share), low), high)
    values = [(float(binomtest(k, n, share).pvalue), (k, n - k)) for k in (low, high, likeliest)]
    return min(values), max(values)
