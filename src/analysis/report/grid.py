"""The grid of a sweep: every combination of the values that parameters are to take."""

import csv
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any

from analysis.failures import quoted
from analysis.report.parameters import DECIMAL, checked_parameters
from analysis.report.together import check_together

LIMIT = 1000  # points, unless somebody asks for more
MOST = 10**9  # values of a range, whatever anybody asks for


@dataclass(frozen=True)
class Range:
    """Numbers from a start to an end, both included, in equal steps of decimal arithmetic.

    >>> list(Range(Decimal("0.8"), Decimal("0.1"), 3))
    ['0.8', '0.9', '1.0']
    """

    start: Decimal
    step: Decimal
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterable[str]:
        return (f"{self.start + place * self.step:f}" for place in range(self.count))


def values_of(name: str, text: str, is_text: bool = False) -> Sequence[str] | Range:
    """Return the values that a parameter is to take, as text.

    name, text : str
        The parameter, and one value, several with commas between them, or START:END:STEP.
    is_text : bool
        The parameter takes text: a colon is then a letter like any other.

    Raises ValueError for a range that is empty or whose steps do not meet its end. A value that
    has a comma itself stands in double quotes.

    >>> list(values_of("level", "0.8:1:0.05"))
    ['0.80', '0.85', '0.90', '0.95', '1.00']
    >>> values_of("rounding", "half-up, truncate", True)
    ['half-up', 'truncate']
    """
    if ":" in text and not is_text:
        return _range(f"parameter {name}: {quoted(text)}", text.split(":"))
    values = [value.strip() for value in next(csv.reader([text], skipinitialspace=True), [])]
    if not values or not all(values):
        raise ValueError(f"parameter {name}: {quoted(text)} lacks a value; write one, or A,B,C")
    return values


def _range(where: str, parts: Sequence[str]) -> Range:
    """Return the numbers of START:END:STEP."""
    if len(parts) != 3 or not all(DECIMAL.fullmatch(part.strip()) for part in parts):
        raise ValueError(f"{where} is no range; write START:END:STEP, such as 0.8:0.99:0.01")
    start, end, step = (Decimal(part.strip()) for part in parts)
    try:
        steps = (end - start) / step if step else Decimal(-1)
    except DecimalException:
        steps = Decimal("inf")
    if steps < 0:
        raise ValueError(f"{where} is an empty range: steps of {step} do not lead to its end")
    if steps > MOST:
        raise ValueError(f"{where} holds more than {MOST:,} values")
    if steps != steps.to_integral_value():
        last = start + int(steps) * step
        raise ValueError(
            f"{where}: steps of {step} miss the end; they come to {last:f} and {last + step:f}"
        )
    return Range(Decimal(f"{start:f}").quantize(_finest(start, end, step)), step, int(steps) + 1)


def _finest(*numbers: Decimal) -> Decimal:
    """Return a number with as many decimals as the one that has most."""
    return Decimal(1).scaleb(min(0, *(int(number.as_tuple().exponent) for number in numbers)))


def grid(
    defaults: Mapping[str, Any], given: Sequence[tuple[str, str]], limit: int = LIMIT
) -> list[dict[str, Any]]:
    """Return the points of a grid, each with its parameters; the first parameter moves slowest.

    defaults : mapping
        Names and default values of a notebook, from `parameters.parameter_defaults`.
    given : sequence of (str, str)
        Names, and values as `values_of` takes them.
    limit : int
        How many points there may be.

    Raises ValueError for a parameter that there is not or that is given twice, for a value of
    another type, for too many points, and for a point whose values do not fit each other.

    >>> grid({"n": 40, "level": 0.95}, [("n", "40:50:10"), ("level", "0.9")])
    [{'n': 40, 'level': 0.9}, {'n': 50, 'level': 0.9}]
    """
    names = [name for name, _ in given]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"parameter {name}: given twice; write {name} A,B,C")
        checked_parameters(defaults, {name: defaults.get(name)}, together=False)
    values = {name: values_of(name, text, isinstance(defaults[name], str)) for name, text in given}
    points = math.prod(map(len, values.values()))
    if points > limit:
        raise ValueError(f"{points:,} points are more than {limit:,}; --limit {points} allows them")
    checked = [_checked(defaults, name, each) for name, each in values.items()]
    made = [dict(zip(names, point, strict=True)) for point in itertools.product(*checked)]
    for point in made:
        check_together({**defaults, **point}, names)
    return made


def _checked(defaults: Mapping[str, Any], name: str, values: Iterable[str]) -> list[Any]:
    """Return values in the type of their default, each once."""
    found = (checked_parameters(defaults, {name: value}, False)[name] for value in values)
    return list({repr(value): value for value in found}.values())
