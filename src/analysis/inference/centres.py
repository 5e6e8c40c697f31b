"""Mean and median of counted values, with intervals: for ratings and for numbers."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import binom, t

from analysis.arguments import check_level, check_number, check_sequence, check_whole
from analysis.inference.weights import effective_size


class Centre(NamedTuple):
    """A mean or a median with the ends of its interval, NaN where there are none."""

    value: float
    low: float
    high: float


def mean_interval(
    values: Sequence[float],
    people: Sequence[int],
    weights: Sequence[float] | None = None,
    squares: Sequence[float] | None = None,
    level: float = 0.95,
    population: int | None = None,
) -> tuple[Centre, float]:
    """Return the mean with its interval, and the standard deviation.

    values : sequence of float
        Each value that occurs.
    people : sequence of int
        How many people gave it.
    weights, squares : sequence of float
        The sum of their weights and of the squares of these; without them everybody weighs 1.
    level : float
        The confidence level, such as 0.95.
    population : int
        How many people the sample was drawn from; without it, the population counts as endless.

    The standard deviation is that of a sample (n - 1). Of one person, mean alone. With weights the
    effective number of people stands for n, in the degrees of freedom too. Raises TypeError or
    ValueError that names the argument.
    Method: Student (1908), doi:10.1093/biomet/6.1.1; correction sqrt(1 - n/N): Cochran (1977),
    Sampling Techniques, section 2.6; effective number: Kish (1965), Survey Sampling, section 11.7.

    >>> centre, spread = mean_interval([1, 2, 3], [1, 2, 1])
    >>> [round(each, 3) for each in (*centre, spread)]
    [2.0, 0.701, 3.299, 0.816]
    """
    level = check_level(level)
    values, people, weights, squares = _counted(values, people, weights, squares)
    n, effective = people.sum(), effective_size(weights.sum(), squares.sum())
    if population is not None:
        population = check_whole(population, "population", int(n))
    mean = float(np.average(values, weights=weights))
    if effective <= 1 + 1e-9:
        return Centre(mean, math.nan, math.nan), math.nan
    variance = float(np.average((values - mean) ** 2, weights=weights))
    spread = math.sqrt(variance * effective / (effective - 1))
    left = 1.0 if population is None else 1 - n / population
    half = float(t.isf((1 - level) / 2, effective - 1)) * spread * math.sqrt(left / effective)
    return Centre(mean, mean - half, mean + half), spread


def median_interval(
    values: Sequence[float],
    people: Sequence[int],
    weights: Sequence[float] | None = None,
    squares: Sequence[float] | None = None,
    level: float = 0.95,
) -> Centre:
    """Return the median with an interval whose ends are values that were given.

    values, people, weights, squares, level
        As for `mean_interval`.

    The interval goes from the r-th value from below to the r-th from above, r the greatest for
    which both tails of Binomial(n, 1/2) are no more than 1 - level together: it keeps its level
    whatever the distribution. For too few people (fewer than 6 at 95 %) there is none. With weights
    n is the effective number of people, rounded down, and the r-th value is the one at which the
    share r/n of the weight is reached. Raises TypeError or ValueError that names the argument.
    Method: David & Nagaraja (2003), Order Statistics, section 7.1; weights: Woodruff (1952),
    doi:10.1080/01621459.1952.10483443, with the effective number of Kish (1965).

    >>> median_interval([1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 1, 1, 1, 1])
    Centre(value=4.0, low=1.0, high=7.0)
    """
    level = check_level(level)
    values, people, weights, squares = _counted(values, people, weights, squares)
    middle = (_reached(values, weights, 0.5) - _reached(-values, weights, 0.5)) / 2
    n = math.floor(effective_size(weights.sum(), squares.sum()) * (1 + 1e-12))
    rank = _rank(n, level)
    if rank == 0:
        return Centre(middle, math.nan, math.nan)
    share = rank / n
    return Centre(middle, _reached(values, weights, share), -_reached(-values, weights, share))


def _rank(n: int, level: float) -> int:
    """Return the rank of the order statistic at each end; 0 where even the extremes do not do."""
    tail = (1 - level) / 2
    rank = int(binom.ppf(tail, n, 0.5)) + 1
    while rank and binom.cdf(rank - 1, n, 0.5) > tail * (1 + 1e-9):
        rank -= 1
    return rank


def _reached(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    """Return the least value at or below which lies a share of the weight."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    place = int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12)))
    return float(values[order][place])


def _counted(values, people, weights, squares) -> tuple[np.ndarray, ...]:
    """Return the columns as arrays, without values that nobody gave, or nobody with a weight."""
    found = [_numbers(values, "values"), _people(people)]
    for name, each in {"weights": weights, "squares": squares}.items():
        found.append(found[1] if each is None else _numbers(each, name, least=0))
    for name, each in zip(("people", "weights", "squares"), found[1:], strict=True):
        if len(each) != len(found[0]):
            raise ValueError(f"{name}: wanted as many as values, {len(found[0])}; got {len(each)}")
    kept = (found[1] > 0) & (found[2] > 0)
    if not kept.any():
        raise ValueError("people: wanted one person or more; got none")
    return tuple(each[kept] for each in found)


def _numbers(given, name: str, least: float = -math.inf) -> np.ndarray:
    numbers = check_sequence(given, name, "numbers, such as [1, 2, 3]")
    numbers = [check_number(each, f"{name}[{place}]") for place, each in enumerate(numbers)]
    for place, each in enumerate(numbers):
        if each < least:
            raise ValueError(f"{name}[{place}]: wanted {least:g} or more; got {each!r}")
    return np.array(numbers, dtype=float)


def _people(given) -> np.ndarray:
    people = check_sequence(given, "people", "whole numbers, such as [1, 2, 3]")
    whole = [check_whole(each, f"people[{place}]", 0) for place, each in enumerate(people)]
    return np.array(whole, dtype=float)
