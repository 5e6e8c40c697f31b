"""What rounding alone does: the power of a granularity check, and sums that miss 100."""

import math
from collections import Counter

from analysis.arguments import check_whole
from analysis.counts.ranges import count_ranges
from analysis.counts.rounding import check_rule, parse_printed

FLOOR = 0.75  # a check that lets pass more than one wrong number in four says too little


def granularity_power(printed: str, n: int) -> float:
    """Return the chance that a random percentage of this precision would fail the check.

    printed : str
        A percentage as on the page, without the sign, up to 100; only its number of decimals
        matters.
    n : int
        The base, in people. At least 1.

    The chance is the share of the values 0 to 100 with these decimals that no count of `n`
    people can print, a 5 being rounded either way ("half-any"). It is 0 as soon as a step
    of one person is no wider than the last digit: then the check cannot fail, and passing
    it says nothing. Raises TypeError or ValueError that names the argument, also for a percentage
    above 100, which no count can print.
    Method: Brown & Heathers (2017), doi:10.1177/1948550616673876.

    >>> granularity_power("20", n=205)
    0.0
    >>> round(granularity_power("20.0", n=205), 3)
    0.794
    """
    digits, decimals = parse_printed(printed)
    if digits > 100 * 10**decimals:
        raise ValueError(f"printed: wanted a percentage up to 100; got {printed!r}")
    n = check_whole(n, "n", 1)
    steps = 100 * 10**decimals
    if n >= steps:
        return 0.0
    # The steps of people are wider than one digit, so each count prints a value of its own,
    # and a second one where it falls half-way. Half-way means that steps/n in lowest terms
    # has an even denominator; there is one such count in each of the `common` periods.
    common = math.gcd(steps, n)
    halves = common if n // common % 2 == 0 else 0
    return (steps + 1 - (n + 1 + halves)) / (steps + 1)


def printed_sum_distribution(k: int, n: int, rounding: str = "half-up") -> dict[int, float]:
    """Return the chance of each sum of `k` rounded whole percentages of one question.

    k : int
        How many options the question has. At least 1.
    n : int
        The base, in people; their counts add up to it. At least 1.
    rounding : str
        One of `rounding.RULES` except "half-any", which does not say what is printed.

    Rising sums; one that cannot occur is no key, and reads as 0. The model: every way to share `n`
    people out among the options is as likely as every other, the broken stick of the source
    in whole people. It holds for no survey in particular; it says what rounding alone tends
    to do. All arithmetic is in integers, and the time does not grow with `n`. Raises TypeError or
    ValueError that names the argument.
    Method: Mosteller, Youtz & Zahn (1967), Demography 4(2), 850-858, doi:10.2307/2060324.

    >>> printed_sum_distribution(k=3, n=3)
    {99: 0.1, 100: 0.9}
    """
    k = check_whole(k, "k", 1)
    n = check_whole(n, "n", 1)
    check_rule(rounding)
    if rounding == "half-any":
        raise ValueError('rounding: wanted a rule that decides every 5; got "half-any"')
    # thresholds[r - 1]: the least count that prints as r percent or more.
    texts = [str(percent) for percent in range(1, 101)]
    thresholds = [possible.start for possible in count_ranges(texts, n, rounding)]
    ways = Counter()
    for chosen, sums in enumerate(_threshold_sums(thresholds, k, n)):
        # One option's generating function in people x and printed percent y is
        # (1 + (y - 1) * sum of x^thresholds[r - 1] * y^(r - 1)) / (1 - x), so the k-th
        # power is a binomial sum over `chosen`, how many options take a threshold.
        for (percent, people), times in sums.items():
            weight = math.comb(k, chosen) * times * math.comb(n - people + k - 1, k - 1)
            for power in range(chosen + 1):
                sign = (-1) ** (chosen - power)
                ways[percent + power] += sign * math.comb(chosen, power) * weight
    total = math.comb(n + k - 1, k - 1)
    return _Chances({printed: ways[printed] / total for printed in sorted(ways) if ways[printed]})


class _Chances(dict):
    """Chances by value, shown in their order; what cannot occur has none."""

    def __missing__(self, value: int) -> float:
        return 0.0


def _threshold_sums(thresholds: list[int], k: int, n: int) -> list[Counter]:
    """Return, for 0 to `k` options, how often their thresholds add up to each pair of sums.

    The pair is (sum of r - 1, sum of thresholds); sums of more than `n` people are left out.
    """
    layers = [Counter({(0, 0): 1})]
    for _ in range(k):
        layer = Counter()
        for (percent, people), times in layers[-1].items():
            for below, least in enumerate(thresholds):
                if people + least > n:
                    break
                layer[percent + below, people + least] += times
        layers.append(layer)
    return layers
