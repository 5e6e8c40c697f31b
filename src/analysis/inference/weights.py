"""Weighted answers: how many unweighted ones they are worth, and the interval of a share."""

import warnings

from analysis.arguments import (
    MethodWarning,
    check_choice,
    check_level,
    check_number,
    check_positive,
    check_whole,
)
from analysis.inference.intervals import METHODS, limits_of_share

_ALL = 1e-12  # a share this near to 0 or 1 differs from it by the rounding of the machine


def effective_size(weight: float, squares: float) -> float:
    """Return how many people with equal weights tell as much as people with these weights.

    weight, squares : float
        The sum of the weights and of their squares; above 0.

    Raises TypeError or ValueError that names the argument.
    Method: Kish (1965), Survey Sampling, section 11.7: (sum w)^2 / sum w^2.

    >>> effective_size(1 + 1 + 2, 1 + 1 + 4)
    2.6666666666666665
    """
    return check_positive(weight, "weight", "people") ** 2 / check_positive(
        squares, "squares", "people"
    )


def design_effect(n: int, weight: float, squares: float) -> float:
    """Return by how much unequal weights swell the variance of a mean or a share.

    n : int
        People, 1 or more.
    weight, squares : float
        The sum of their weights and of their squares; above 0.

    1 for equal weights, never less but for the rounding of the machine. Raises TypeError or
    ValueError that names the argument.
    Method: Kish (1965), Survey Sampling, section 11.7: n sum w^2 / (sum w)^2. It holds for weights
    that have nothing to do with the answers; for raked weights it is on the safe side.

    >>> design_effect(3, 1 + 1 + 2, 1 + 1 + 4)
    1.125
    """
    return check_positive(n, "n", "people") / effective_size(weight, squares)


def weighted_interval(
    share: float,
    n: int,
    effective: float,
    level: float = 0.95,
    method: str = "wilson",
    population: int | None = None,
) -> tuple[float, float]:
    """Return the confidence interval of a weighted share, as fractions between 0 and 1.

    share : float
        The weight of those who chose the answer over the weight of all, from 0 to 1.
    n : int
        The base, in people.
    effective : float
        Their effective number, see `effective_size`.
    level : float
        The confidence level, such as 0.95.
    method : str
        One of `intervals.METHODS`, with the effective number in place of people.
    population : int
        How many people the sample was drawn from; without it, the population counts as endless.

    With equal weights it is `proportion_interval`. Raises TypeError or ValueError that names the
    argument; warns with MethodWarning where Wald's interval has fewer than 5 on one side.
    Method: Korn & Graubard (1998), Survey Methodology 24, 193-201, with the effective number of
    Kish (1965).

    >>> low, high = weighted_interval(0.25, 100, 80)
    >>> round(low, 4), round(high, 4)
    (0.1681, 0.3548)
    """
    level, n = check_level(level), check_whole(n, "n", 1)
    check_choice(method, "method", METHODS)
    effective, share = check_positive(effective, "effective", "people"), _part(share)
    if population is not None:
        population = check_whole(population, "population", n)
    if method == "wald" and effective * min(share, 1 - share) < 5:
        why = f"{share:.3g} of {effective:.4g} effective people, fewer than 5 on one side"
        warnings.warn(f"wald: not valid for {why}; use wilson", MethodWarning, stacklevel=2)
    return limits_of_share(share, n, effective, level, method, population)


def _part(share: float) -> float:
    """Return a share, 0 or 1 where it differs from that by the rounding of the machine."""
    share = check_number(share, "share")
    if not -_ALL <= share <= 1 + _ALL:
        raise ValueError(f"share: wanted a number from 0 to 1; got {share!r}")
    return 0.0 if share < _ALL else 1.0 if share > 1 - _ALL else share
