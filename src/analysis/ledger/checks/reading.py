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
    arithmetic : str
        The calculation, to be shown to a reader.
    low, high : float or None
        Bounds of the recomputed value, in its unit.
    """

    name: str
    agrees: bool
    recomputed: str
    arithmetic: str
    low: float | None = None
    high: float | None = None
