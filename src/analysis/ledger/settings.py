"""What a reader might choose otherwise: the rounding rule, the room of "about", the level."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from analysis.arguments import check_choice
from analysis.counts.rounding import RULES
from analysis.failures import quoted


@dataclass(frozen=True, eq=False)  # compared by identity: they are keys of caches
class Settings:
    """The choices that a verdict may hang on.

    rounding : str
        The rule by which shares and amounts were rounded, one of `counts.rounding.RULES`.
    tolerance : Fraction
        How many percentage points "about" and "almost" leave a share.
    near : Fraction
        What part of any other number they leave it, and how far apart "almost the same" may be.
    level : Fraction
        A p-value at or below it is a difference.

    >>> Settings().with_text("rounding", "truncate").rounding
    'truncate'
    """

    rounding: str = "half-any"
    tolerance: Fraction = Fraction(5)
    near: Fraction = Fraction(1, 10)
    level: Fraction = Fraction(1, 20)

    def with_text(self, name: str, value: str) -> "Settings":
        """Return the same settings with another one; ValueError for what it cannot be."""
        if name == "rounding":
            check_choice(value, "rounding", RULES)
            return settings_of(value, self.tolerance, self.near, self.level)
        try:
            number = Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"{name}: wanted a number such as 0.05; got {quoted(value)}") from None
        top = 100 if name == "tolerance" else 1
        if not 0 <= number <= top:
            nearest = min(max(number, 0), top)
            wanted = f"{name}: wanted a number from 0 to {top}; got {value}"
            raise ValueError(f"{wanted}; the nearest is {nearest}")
        chosen = {each: getattr(self, each) for each in NAMES} | {name: number}
        return settings_of(**chosen)

    @property
    def texts(self) -> list[str]:
        """What is chosen, each as `name=value`."""
        return [f"{name}={getattr(self, name)}" for name in NAMES]


NAMES = tuple(field.name for field in fields(Settings))
DEFAULT = Settings()


def settings_of(
    rounding: str = DEFAULT.rounding,
    tolerance: Fraction = DEFAULT.tolerance,
    near: Fraction = DEFAULT.near,
    level: Fraction = DEFAULT.level,
) -> Settings:
    """Return the settings of some values, for the same values the same ones.

    >>> settings_of() is DEFAULT, settings_of("truncate") is settings_of("truncate")
    (True, True)
    """
    chosen = (rounding, tolerance, near, level)
    return DEFAULT if chosen == _DEFAULTS else _settings(*chosen)


_DEFAULTS = (DEFAULT.rounding, DEFAULT.tolerance, DEFAULT.near, DEFAULT.level)


@functools.cache
def _settings(*chosen: Any) -> Settings:
    return Settings(*chosen)


@functools.cache
def rounded_by(settings: Settings, rule: str) -> Settings:
    """Return the same settings with another rounding rule; ValueError for one that there is not."""
    return settings.with_text("rounding", rule)


def parse_assumptions(texts: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is assumed: settings by name, and printed numbers by claim.

    texts : iterable of str
        Each `name=value`; the name is a setting or a claim.

    >>> parse_assumptions(["orchard-growers=38", "rounding=truncate"])
    ({'rounding': 'truncate'}, {'orchard-growers': '38'})
    """
    chosen: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            wanted = f"wanted NAME=VALUE, a claim or one of {', '.join(NAMES)}"
            raise ValueError(f"--assume: {wanted}; got {quoted(text)}")
        (chosen if name in NAMES else numbers)[name] = value
    return chosen, numbers
