"""Equations: the printed numbers that one check ties together, and that share its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.ledger.checks.kinds import CHECKS
from analysis.ledger.checks.repeats import repeated
from analysis.ledger.claims import Claim, Claims


@dataclass(frozen=True)
class Equation:
    """One check and the claims whose numbers it ties together.

    claim : str
        The claim whose check is computed, the first in the text where several state the same.
    members : tuple of str
        All claims whose numbers stand in it; none where words about numbers are judged, since they
        are judged by the numbers and not the numbers by them.
    stated_by : tuple of str
        All claims whose own check it is.
    """

    claim: str
    members: tuple[str, ...]
    stated_by: tuple[str, ...]


def has_check(claim: Claim) -> bool:
    """Say whether a claim has a check that can be computed: a share needs its base."""
    return claim.kind in CHECKS and not (claim.kind == "share" and not claim.base)


def members(claims: Claims, claim: Claim) -> tuple[str, ...]:
    """Return the claims whose numbers stand in the equation of a claim; none for words."""
    if not claim.printed:
        return ()
    if claim.kind == "same":
        named = repeated(claims, claim.claim)
    else:
        roles = CHECKS[claim.kind].equal & set(claim.inputs)
        named = [claim.claim, *(each for role in roles for each in claim.inputs[role])]
    found = {each for each in named if each in claims and claims[each].printed}
    return tuple(sorted(found, key=claims.place))


def equations(claims: Claims) -> list[Equation]:
    """Return the equations of all claims; the same numbers tied by the same kind are one."""
    found: dict[tuple, list[str]] = {}
    tied: dict[tuple, tuple[str, ...]] = {}
    for claim in filter(has_check, claims.values()):
        numbers = members(claims, claim)
        alone = len(numbers) < 2
        key = (claim.claim,) if alone else (claim.kind, "open" in claim.inputs, *numbers)
        found.setdefault(key, []).append(claim.claim)
        tied[key] = numbers
    return [Equation(names[0], tied[key], tuple(names)) for key, names in found.items()]


def by_member(found: list[Equation]) -> Mapping[str, list[Equation]]:
    """Return the equations in which each claim stands, or whose check is its own."""
    index: dict[str, list[Equation]] = {}
    for equation in found:
        for name in dict.fromkeys([*equation.stated_by, *equation.members]):
            index.setdefault(name, []).append(equation)
    return index
