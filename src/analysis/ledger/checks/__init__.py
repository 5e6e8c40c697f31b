"""The checks, one file a family: head-counts and shares, relations between numbers, times.

Each is a function that takes all claims and one of them and returns the readings under which it was
checked; its decorator registers it under the kind of claim that it is for.
"""

from analysis.ledger.checks import head_counts, relations, times
from analysis.ledger.checks.kinds import CHECKS, NO_CHECK, Check, check
from analysis.ledger.checks.reading import Reading

__all__ = [
    "CHECKS",
    "NO_CHECK",
    "Check",
    "Reading",
    "check",
    "head_counts",
    "relations",
    "times",
]
