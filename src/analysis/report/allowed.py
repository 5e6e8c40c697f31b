"""Which values a parameter of a notebook may have: one name means one thing in every notebook."""

from typing import Any

from analysis import paths
from analysis.counts.rounding import RULES
from analysis.data.collection import document_folders
from analysis.documents.settings import WORDS
from analysis.inference.intervals import METHODS
from analysis.ledger.multiverse import READINGS
from analysis.report.rules import Between, OneOf, Rule, Several

YEARS = 1800, 2100
MOST = 1_000_000  # people, or rows: what is more takes minutes, and is a slip of the hand


ALLOWED: dict[str, Rule] = {
    "level": Between(0, 1, is_open=True),
    "n": Between(1, MOST),
    "population": Between(1, 10**10),
    "students": Between(1, 10**10),
    "method": OneOf(METHODS),
    "rounding": OneOf(RULES),
    "tolerance": Between(0, 100),
    "slack": Between(0, 10),
    "since": Between(*YEARS),
    "ects_low": Between(1, 100),
    "ects_high": Between(1, 100),
    "year_credits": Between(1, 1000),
    "most": Between(1, MOST),
    "coding": OneOf(("settled", "first", "second")),
    "reading": OneOf(READINGS),
}


def rule_of(name: str) -> Rule | None:
    """Return the rule for the values of a parameter; None for one that has none.

    >>> str(rule_of("coding")), rule_of("anything")
    ('one of settled, first, second', None)
    """
    if name in WORDS:
        return Several(WORDS[name]())
    if name == "paper":
        return OneOf([folder.name for folder in document_folders(paths.RAW)])
    return ALLOWED.get(name)


def check_allowed(name: str, value: Any) -> Any:
    """Return the value of a parameter if it may have it.

    Raises ValueError, in one line with the nearest allowed value, if not. A parameter that is not
    listed, and the value None, may be what they are: the notebook itself knows more of them.

    >>> check_allowed("level", 95)
    Traceback (most recent call last):
    ValueError: parameter level: 95 is not a number from 0 to 1, both left out; the nearest is 0.95
    """
    rule = rule_of(name) if value is not None else None
    nearest = rule.nearest(value) if rule else None
    if nearest is None:
        return value
    said = ascii(value)[:40]
    raise ValueError(f"parameter {name}: {said} is not {rule}; the nearest is {nearest}")
