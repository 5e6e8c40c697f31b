"""What rounding does to a comparison of a sample with a reference, such as a census."""

import math
from collections.abc import Sequence
from fractions import Fraction

from scipy.stats import binomtest, chi2

from analysis.arguments import check_choice, check_flag, check_level, check_sequence, check_whole
from analysis.counts.ranges import count_ranges
from analysis.counts.reasons import no_solution
from analysis.inference.bounds import Bounds, p_value_bounds, solution_box
from analysis.inference.rounded_fit import NEARLY, reference_box, rounded_ends

FIT_TESTS = ("pearson", "likelihood-ratio", "exact")


def goodness_of_fit_bounds(
    printed: Sequence[str],
    n: int,
    expected: Sequence[float] | Sequence[str],
    level: float = 0.95,
    rounding: str = "half-any",
    exhaustive: bool = True,
    test: str | None = None,
) -> Bounds:
    """Return the lowest and highest p-value of a sample's fit to a reference.

    printed : sequence of str
        The percentages of the options of a single-choice question, without the sign.
    n : int
        The base of the question, in people. At least 1.
    expected : sequence of float or of str
        The reference's share of each option: fractions that add up to 1, or percentages as
        printed, such as "33.3", which stand for all that round to them. Fractions that miss 1
        by less than their last decimals allow, such as three times 0.333, count as printed.
    level : float
        The decision is "differs" for a p-value up to 1 - level.
    rounding : str
        One of `rounding.RULES`.
    exhaustive : bool
        True: the counts add up to `n`. False: to at most `n`; the rest is one more option,
        whose expected share is what the others leave of 1, more than 0.
    test : str or None
        One of FIT_TESTS: "pearson", chi-square; "likelihood-ratio", G; "exact", the binomial
        test (all counts that are no more likely), for two options and a reference that is not
        rounded. Without it "exact" where it can be made, else "pearson".

    Over a rounded reference the bounds are those of every share that it can stand for, ends
    included. Empty bounds mean that the percentages have no joint solution. The reference counts as
    known; where it is a sample, see `difference_bounds`. `method` of the answer is the test
    made. Raises TypeError or ValueError that names the argument.

    Exact without trying all solutions: the statistic is a sum of convex functions of one
    count each. Its minimum hands out people one by one where they cost least (Fox 1966,
    doi:10.1287/mnsc.13.3.210); its maximum has every count but one at an end of its range.
    The binomial p-value falls with the distance from the likeliest count.

    >>> goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72])
    Bounds(p-value (exact binomial): 0.07033; does not differ at 95 %)
    >>> goodness_of_fit_bounds(["20", "80"], 109, [0.28, 0.72], test="pearson")
    Bounds(p-value (pearson): 0.06914; does not differ at 95 %)
    >>> goodness_of_fit_bounds(["20", "80"], 109, ["28", "72"], test="pearson")
    Bounds(p-value (pearson): 0.05442 to 0.08713; does not differ at 95 %)
    """
    n, level = check_whole(n, "n", 1), check_level(level)
    exhaustive = check_flag(exhaustive, "exhaustive")
    options = len(count_ranges(printed, n, rounding))
    reference = _reference(expected, options, exhaustive, rounding)
    shares = [float(low) for low in reference[0]]
    rounded = reference[0] != reference[1]
    test = _fit_test(test, len(shares), rounded)
    box = solution_box(printed, n, exhaustive, rounding)
    if box is None:
        why = no_solution(printed, n, exhaustive, rounding)
        return Bounds("p-value", level, method=test, reason=why)
    if test == "exact binomial":
        low, high = _binomial_ends(box[0][0], box[1][0], n, shares[0])
        return p_value_bounds(level, low, high, test)
    if rounded:
        ends = rounded_ends(printed, n, exhaustive, rounding, box, reference, test)
    else:
        ends = _exact_ends(box, n, shares, test)
    high, low = ((float(chi2.sf(end, len(shares) - 1)), counts) for end, counts in ends)
    least = n * min(shares)
    return p_value_bounds(level, low, high, test, least_expected=least if least < 5 else None)


def _exact_ends(box: tuple[list, list], n: int, shares: list[float], test: str) -> list[tuple]:
    """Return the least and the greatest statistic, each with its counts."""
    best = best_fit(*box, n, shares)
    if test == "likelihood-ratio":
        best = improved(best, *box, shares)
    worst = worst_fit(*box, n, shares, test)
    # The likelihood ratio of a perfect fit may come out a little below 0.
    return [(max(0.0, _statistic(c, n, shares, test)), tuple(c)) for c in (best, worst)]


def _fit_test(test: str | None, options: int, rounded: bool) -> str:
    """Return the test to make, or raise ValueError for one that is not made."""
    if test is None:
        return "exact binomial" if options == 2 and not rounded else "pearson"
    check_choice(test, "test", FIT_TESTS)
    if test == "exact" and rounded:
        raise ValueError('test: wanted "pearson" or "likelihood-ratio" for rounded shares')
    if test == "exact" and options != 2:
        raise ValueError(f'test: wanted "exact" for two options only; got it for {options}')
    return "exact binomial" if test == "exact" else test


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
    lows: Sequence[int],
    highs: Sequence[int],
    n: int,
    shares: Sequence[float],
    test: str = "pearson",
) -> list[int]:
    """Return the counts between `lows` and `highs` that add up to `n` and fit worst.

    All options but one are at an end. For each choice of that one, the others go up one
    after another; of two ways to the same number of people only the worse fit is kept.

    >>> worst_fit([0, 0, 0], [9, 9, 2], 10, [0.25, 0.25, 0.5])
    [1, 9, 0]
    """
    cost, spare = _COSTS[test], n - sum(lows)
    widths = [high - low for low, high in zip(lows, highs, strict=True)]
    found = []
    for free, free_width in enumerate(widths):
        ways = {0: (0.0, ())}
        left = sum(widths) - free_width
        for option, width in enumerate(widths):
            if option == free:
                continue
            left -= width
            at_high, at_low = (cost(ends[option], n, shares[option]) for ends in (highs, lows))
            gain = at_high - at_low
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
    return max(found, key=lambda counts: _statistic(counts, n, shares, test))


def _reference(expected: Sequence, options: int, exhaustive: bool, rounding: str) -> tuple:
    """Return the least and the greatest share of each option, one more for the rest."""
    expected = check_sequence(expected, "expected", "shares, such as [0.25, 0.75]")
    if len(expected) != options:
        raise ValueError(f"expected: wanted {options} shares, one an option; got {len(expected)}")
    lows, highs = reference_box(expected, exhaustive, rounding)
    least, most = sum(lows), sum(highs)
    if len(lows) < 2 or least > 1 + NEARLY or most < 1 - NEARLY:
        total = " to ".join(dict.fromkeys(f"{float(end):.10g}" for end in (least, most)))
        raise ValueError(
            f"expected: wanted shares of 2 options or more that add up to 1; "
            f"got {total} from {options}"
        )
    return lows, highs


def _pearson_cost(count: int, n: int, share: float) -> float:
    return (count - n * share) ** 2 / (n * share)


def _likelihood_cost(count: int, n: int, share: float) -> float:
    return 2 * count * math.log(count / (n * share)) if count else 0.0


_COSTS = {"pearson": _pearson_cost, "likelihood-ratio": _likelihood_cost}


def _statistic(counts: Sequence[int], n: int, shares: Sequence[float], test: str) -> float:
    return sum(_COSTS[test](count, n, share) for count, share in zip(counts, shares, strict=True))


def improved(
    counts: list[int], lows: Sequence[int], highs: Sequence[int], shares: Sequence[float]
) -> list[int]:
    """Return the counts of the same sum that have the least likelihood ratio.

    The ratio is a convex sum as well: people are moved from where the last one costs most to
    where the next one costs least, half as many at a time whenever that no longer helps.

    >>> improved([9, 1], [0, 0], [9, 9], [0.5, 0.5])
    [5, 5]
    """
    counts, step = list(counts), 1 << max(high.bit_length() for high in highs)
    while step:
        givers = [i for i, count in enumerate(counts) if count - step >= lows[i]]
        takers = [i for i, count in enumerate(counts) if count + step <= highs[i]]
        giver = max(givers, key=lambda i: _price(counts[i] - step, step, shares[i]), default=None)
        taker = min(takers, key=lambda i: _price(counts[i], step, shares[i]), default=None)
        if giver is None or taker is None or giver == taker:
            step //= 2
            continue
        saved = _price(counts[giver] - step, step, shares[giver])
        if saved <= _price(counts[taker], step, shares[taker]) + 1e-12 * abs(saved):
            step //= 2
            continue
        counts[giver] -= step
        counts[taker] += step
    return counts


def _price(count: int, step: int, share: float) -> float:
    """Return what `step` more people add to the likelihood ratio."""
    more = count + step
    rest = count * math.log1p(step / count) if count else 0.0
    return rest + step * (math.log(more) - math.log(share))


def _binomial_ends(low: int, high: int, n: int, share: float) -> tuple[tuple, tuple]:
    """Return the lowest and the highest p-value for a first count from `low` to `high`."""
    likeliest = min(max(int((n + 1) * share), low), high)
    values = [(float(binomtest(k, n, share).pvalue), (k, n - k)) for k in (low, high, likeliest)]
    return min(values), max(values)
