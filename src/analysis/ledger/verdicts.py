"""From the readings of a claim to its verdict: one rule for every kind of check."""

import functools
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.counts.granularity import FLOOR
from analysis.language.current import quiet, tr
from analysis.ledger import units
from analysis.ledger.checks import CHECKS, NO_CHECK, Reading, deciding, outcome, simplest
from analysis.ledger.checks.reading import counted_readings
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.equations import Equation, by_member, equations, has_check
from analysis.ledger.variants import readings_of, variant_readings

VERDICTS = ("reproduced", "consistent", "conditional", "inconsistent", "not checkable")
GRAVEST = ("inconsistent", "conditional", "reproduced", "consistent", "not checkable")
FAILED = ("inconsistent", "conditional")
REASONS = (
    "only in an image",
    "base not stated",
    "no other number",
    "only repeated",
    "needs an outside source",
    "plan or target",
    "weighted",
    "check too weak",
)
FLOOR_OF_WORDS = 0.01  # words about numbers only have to be able to fail
OPEN = ("alone", "fact", "image")  # kinds without a check that another claim's check may decide


@dataclass(frozen=True)
class Verdict:
    """What came out for one claim.

    verdict, reason : str
        One of VERDICTS; why it is not checkable, one of REASONS, or nothing.
    readings : tuple of Reading
        All that were tried, those that the text excludes included.
    power : float or None
        The share of wrong numbers that the check refuses; None where nothing was tried.
    clash : tuple of str
        The clashes in which it stands, if it does not agree as the text states it.
    of : str
        The claim whose check it is.
    besides : tuple of str
        The conditions of the other checks in which its number stands.
    """

    verdict: str
    reason: str = ""
    readings: tuple[Reading, ...] = ()
    power: float | None = None
    clash: tuple[str, ...] = ()
    of: str = ""
    besides: tuple[str, ...] = ()

    @property
    def deciding(self) -> Reading | None:
        """The reading that decides: a stated one that agrees, then a stated one, then any.

        Of a conditional claim one that does not agree, since that is why it needs a condition.
        """
        wanted = self.verdict != "conditional"
        first = [each for each in deciding(self.readings) if each.agrees == wanted]
        return next(iter([*first, *deciding(self.readings), *self.readings]), None)

    @property
    def arithmetic(self) -> str:
        """The calculation of the deciding reading; of every stated one if none agrees."""
        if self.verdict == "inconsistent":
            tried = dict.fromkeys(each.arithmetic for each in counted_readings(self.readings))
            return tr("; or: ").join(tried)
        return self.deciding.arithmetic if self.deciding else ""

    @property
    def condition(self) -> str:
        """What must be so for a conditional claim to be right, as a sentence; or nothing."""
        if self.verdict != "conditional":
            return ""
        ways = [each.said for each in simplest(counted_readings(self.readings))]
        own = tr("right only if {ways}", ways=tr("; or if ").join(dict.fromkeys(ways)))
        return tr("; and ").join(dict.fromkeys([own, *self.besides]))


def wrong_numbers(claims: Claims, claim: Claim) -> list[str]:
    """Return the wrong numbers, of the same precision, that a claim might print."""
    sizes = []
    if claim.base and claim.unit == "people":
        sizes = claims.people(claim.base[0])
    found = units.alternatives(claim.printed, claim.unit, sizes[-1] if sizes else None)
    return [number for number in found if number != claim.printed]


def outcome_if(claims: Claims, claim: str, printed: str, of: str) -> str:
    """Return what the check of a claim comes to if another claim, or itself, printed a number.

    Only whether it agrees as the text states it is looked for. Nothing if there is no such number,
    as a year beyond the calendar.
    """
    try:
        return outcome(variant_readings(claims.with_printed(of, printed), claim, stated=True))
    except (ArithmeticError, LookupError, ValueError):
        return ""


def refused_share(claims: Claims, claim: str, varied: str) -> float | None:
    """Return the share of wrong numbers of one claim that the check of another refuses.

    Refused is what no longer agrees as the text states it. None where no other number was tried.
    """
    with quiet():
        tried = [
            outcome_if(claims, claim, number, varied)
            for number in wrong_numbers(claims, claims[varied])
        ]
    return sum(each != "agrees" for each in tried) / len(tried) if tried else None


def power_of(claims: Claims, equation: Equation) -> float:
    """Return the power of a check: the mean over the numbers that it ties together.

    For a comparison in words the numbers it compares are varied. Of a check that looks at a part of
    each number only, such as one end of an age band, numbers of which any would do are left out.
    """
    claim, varied = claims[equation.claim], equation.members
    if not claim.printed:
        roles = CHECKS[claim.kind].varied & set(claim.inputs)
        varied = [each for role in roles for each in claim.inputs[role] if each in claims]
    shares = [refused_share(claims, claim.claim, each) for each in varied]
    counted = [each for each in shares if each or (each == 0 and not CHECKS[claim.kind].partly)]
    return statistics.fmean(counted or [float(not claim.printed)])  # a word that could fail


def judged(claims: Claims, equation: Equation) -> Verdict:
    """Return the verdict on an equation, which is that of every number in it.

    Inconsistent if no reading agrees that the text states or allows; conditional if only one does
    that it merely allows. What agrees is reproduced where the other numbers leave no other and
    every allowed reading agrees, consistent where they leave some, and not checkable where they
    leave more than a quarter of all wrong numbers, or where a number is only repeated.
    """
    claim, readings = claims[equation.claim], tuple(readings_of(claims, equation.claim))
    found = functools.partial(Verdict, readings=readings, of=claim.claim)
    match outcome(readings):
        case "fails":
            return found("inconsistent", clash=(claim.clash or claim.claim,))
        case "only if":
            return found("conditional", clash=(claim.clash or claim.claim,))
    if claim.kind == "same":
        return found("not checkable", "only repeated")
    power = power_of(claims, equation)
    if power < (FLOOR if claim.printed else FLOOR_OF_WORDS):
        return found("not checkable", "check too weak", power=power)
    sure = power == 1 if claim.printed else all(each.sure for each in deciding(readings))
    every = all(each.agrees for each in counted_readings(readings))
    return found("reproduced" if sure and every else "consistent", power=power)


class Audit(Mapping[str, Verdict]):
    """The verdicts on all claims; each is computed when it is asked for, and once.

    claims : Claims
        All claims, and the tables they point to.
    """

    def __init__(self, claims: Claims):
        self.claims = claims
        self._equations = by_member(equations(claims))
        self._judged: dict[Equation, Verdict] = {}

    def __iter__(self):
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def equations_of(self, claim: str) -> list[Equation]:
        """Return the equations in which a claim stands, its own first."""
        found = self._equations.get(claim, [])
        return sorted(found, key=lambda equation: claim not in equation.stated_by)

    def on(self, equation: Equation) -> Verdict:
        """Return the verdict on an equation."""
        if equation not in self._judged:
            self._judged[equation] = judged(self.claims, equation)
        return self._judged[equation]

    def __getitem__(self, claim: str) -> Verdict:
        """Return the verdict on a claim: the gravest of its equations that can be decided.

        A claim whose kind has no check takes what another claim's check says of it; a plan only
        what speaks against it.
        """
        row = self.claims[claim]
        found = [self._from(claim, equation) for equation in self.equations_of(claim)]
        found += self._of_repeats(claim)
        failed = [each for each in found if each.verdict in FAILED]
        clash = tuple(dict.fromkeys(row.clash or name for each in failed for name in each.clash))
        without = self._without_check(row)
        if without:
            free = row.kind in OPEN
            decided = [e for e in found if e.verdict != "not checkable"] if free else failed
            found = [*decided, without]
        first = min(found, key=lambda each: GRAVEST.index(each.verdict))
        besides = tuple(e.condition for e in failed if e.of != first.of and e.condition)
        return replace(first, clash=clash, of=first.of or claim, besides=besides)

    def _of_repeats(self, claim: str) -> list[Verdict]:
        """Return what speaks against the same number where it is printed again."""
        again = self.repeats(claim)
        others = (e for each in again for e in self.equations_of(each) if claim not in e.members)
        verdicts = (self.on(each) for each in others if self.claims[each.claim].kind != "same")
        return [each for each in verdicts if each.verdict in FAILED]

    def repeats(self, claim: str) -> list[str]:
        """Return the claims that print the number of a claim again, if all of them agree."""
        for equation in self.equations_of(claim):
            if self.on(equation).reason == "only repeated":
                return [each for each in equation.members if each != claim]
        return []

    def _without_check(self, claim: Claim) -> Verdict | None:
        if claim.kind in NO_CHECK:
            return Verdict("not checkable", NO_CHECK[claim.kind])
        if not has_check(claim):
            return Verdict("not checkable", "base not stated")
        return None

    def _from(self, claim: str, equation: Equation) -> Verdict:
        """Return the verdict on an equation, its readings as the claim's own check words them."""
        found = self.on(equation)
        if claim == equation.claim or claim not in equation.stated_by:
            return found
        own = tuple(readings_of(self.claims, claim))
        return replace(found, readings=own, of=claim)


def severity(claim: Claim, verdict: str, outside: str) -> str:
    """Return what rests on a number that does not hold: "conclusion", "detail" or nothing."""
    return claim.bearing if verdict == "inconsistent" or outside == "contradicted" else ""


def strength(claim: Claim, power: float | None) -> str:
    """Return the power of a check as a sentence.

    >>> strength(None, None)
    ''
    """
    if power is None:
        return ""
    caught = round(100 * power)
    if claim.printed:
        return tr("the check would have caught {caught} of 100 wrong numbers", caught=caught)
    return tr(
        "the words would have failed for {caught} of 100 other numbers in their place",
        caught=caught,
    )
