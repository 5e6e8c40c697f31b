"""The checks, one file a family: shares, wholes, words, differences, repeats, times, conversions.

Each is a function that takes all claims and one of them and returns the readings under which it was
checked; its decorator registers it under the kind of claim that it is for.
"""

from analysis.ledger.checks import (
    conversions,
    differences,
    repeats,
    shares,
    times,
    wholes,
    words,
)
from analysis.ledger.checks.kinds import CHECKS, NO_CHECK, Check, check
from analysis.ledger.checks.reading import Reading, deciding, outcome, simplest

__all__ = [
    "CHECKS",
    "NO_CHECK",
    "Check",
    "Reading",
    "check",
    "conversions",
    "deciding",
    "differences",
    "outcome",
    "repeats",
    "shares",
    "simplest",
    "times",
    "wholes",
    "words",
]
