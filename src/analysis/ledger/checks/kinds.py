"""Which check belongs to which kind of claim, and why a claim of another kind has none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, Claims

NO_CHECK = {
    "fact": "needs an outside source",
    "plan": "plan or target",
    "image": "only in an image",
    "alone": "no other number",
    "weighted": "weighted",
}


@dataclass(frozen=True)
class Check:
    """A check: what it is called with, and the roles that `inputs` must and may name."""

    function: Callable[[Claims, Claim], list[Reading]]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  # roles that hold a word and not a reference
    varied: frozenset[str] = frozenset()  # roles whose numbers are varied if the claim has none
    equal: frozenset[str] = frozenset()  # roles whose numbers stand in one equation with the claim
    partly: bool = False  # whether it looks at a part of each number only, such as one end
    instead: frozenset[str] = frozenset()  # roles that stand in place of a number

    def needs_number(self, roles: Iterable[str]) -> bool:
        """Say whether a claim with these roles must print a number."""
        return not (self.varied or self.instead & set(roles))


CHECKS: dict[str, Check] = {}


def check(
    kind: str,
    required: str = "",
    optional: str = "",
    words: str = "",
    varied: str = "",
    equal: str = "",
    partly: bool = False,
    instead: str = "",
):
    """Register the function below as the check of a kind of claim.

    kind : str
        What the column `kind` of the claims says.
    required, optional : str
        The roles that `inputs` must and may name, parted by blanks.
    words, varied, equal : str
        Those of them that hold a word, those whose numbers are varied to find the power of a check
        of words, and those whose numbers share the verdict: they stand in one equation.
    partly : bool
        Whether it looks at a part of each number only, such as one end of an age band.
    instead : str
        Roles that stand in place of a printed number, such as a word for it.

    The function takes all claims and the one to check, and returns its readings, one at least. What
    the claims lack for it, it says with a ClaimError.

    >>> from analysis.ledger.checks.reading import Reading
    >>> @check("even")
    ... def even(claims, claim):
    ...     left = int(claims.number(claim.claim) % 2)
    ...     return [Reading("", left == 0, f"{left} left", f"{left} of {claim.printed}")]
    >>> CHECKS.pop("even").needs_number([])
    True
    """

    def register(function: Callable[[Claims, Claim], list[Reading]]):
        roles = [frozenset(each.split()) for each in (required, optional, words, varied, equal)]
        CHECKS[kind] = Check(function, *roles, partly, frozenset(instead.split()))
        return function

    return register
