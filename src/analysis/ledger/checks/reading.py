"""One admissible reading of a claim: what the other printed numbers come to under it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What a check found under one reading.

    name : str
        How the claim was read.
    agrees : bool
        Whether the printed number can be right under it.
    recomputed : str
        What the other numbers give, with its unit.
    low, high : float or None
        Bounds of the recomputed value, in its unit.
    arithmetic : str
        The calculation, to be shown to a reader.
    """

    name: str
    agrees: bool
    recomputed: str
    low: float | None
    high: float | None
    arithmetic: str
