"""How many people to ask for a margin of error, from an endless or a finite population."""

import math
from fractions import Fraction

from scipy.stats import norm

from analysis.arguments import check_fraction, check_level, check_whole


def sample_size(
    margin: float, level: float = 0.95, p: float = 0.5, population: int | None = None
) -> int:
    """Return how many people to ask so that a share is known within a margin.

    margin : float
        Half the width of the interval, as a fraction: 0.05 for 5 percentage points.
    level : float
        The confidence level, such as 0.95.
    p : float
        The share expected, as a fraction; 0.5 asks for most people.
    population : int
        How many people there are to draw from; without it, the population counts as endless.

    Rounded up, so that the margin is kept. Raises TypeError or ValueError that names the
    argument.
    Method: Cochran (1977), Sampling Techniques, section 4.4: z^2 p (1 - p) / margin^2, then
    n / (1 + (n - 1)/N).

    >>> sample_size(0.05), sample_size(0.05, population=2500)
    (385, 334)
    """
    margin = check_fraction(margin, "margin", "0.05 for 5 percentage points")
    # A size that is whole but for the machine's rounding stays as it is.
    return math.ceil(round(_people_needed(margin, level, p, population), 6))


def krejcie_morgan(
    population: int, level: float = 0.95, p: float = 0.5, margin: float = 0.05
) -> int:
    """Return the sample size of Krejcie and Morgan's table for a population.

    population : int
        How many people there are to draw from. At least 1.
    level, p, margin
        As for `sample_size`; the table is for 0.95, 0.5 and 0.05.

    The formula is that of `sample_size`, but the table rounds to the nearest whole number,
    so that it may be one person short of the margin. Raises TypeError or ValueError that
    names the argument.
    Method: Krejcie & Morgan (1970), doi:10.1177/001316447003000308.

    >>> krejcie_morgan(2800)
    338
    """
    margin = check_fraction(margin, "margin", "0.05 for 5 percentage points")
    population = check_whole(population, "population", 1)
    return math.floor(_people_needed(margin, level, p, population) + Fraction(1, 2))


def _people_needed(margin: float, level: float, p: float, population: int | None) -> Fraction:
    level = check_level(level)
    p = Fraction(check_fraction(p, "p"))
    z = norm.isf((1 - level) / 2)
    # Exact from here on, so that no margin is too small for the machine.
    endless = (Fraction(z) / Fraction(margin)) ** 2 * p * (1 - p)
    if population is None:
        return endless
    population = check_whole(population, "population", 1)
    return endless * population / (population - 1 + endless)
