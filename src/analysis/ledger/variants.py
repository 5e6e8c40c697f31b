"""The readings of a claim: as its row says, and as the text states, allows or excludes besides.

Source of the rule: a claim is accused only if no reading agrees, the charitable ones included.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.language.current import tr
from analysis.ledger.checks.kinds import CHECKS
from analysis.ledger.checks.reading import STANCES, Reading, counted_readings, outcome
from analysis.ledger.claims import Claim, Claims, Option
from analysis.ledger.settings import rounded_by

CUT = "truncate"


@dataclass(frozen=True)
class Variant:
    """A claim as one reading takes it; under none (`claim` is None) no other number binds it.

    conditions : tuple of str
        What must be so for it, beyond what the text states.
    rounding : str
        The rule by which its numbers were rounded; nothing for that of the settings.
    """

    claim: Claim | None
    stance: str = "stated"
    conditions: tuple[str, ...] = ()
    rounding: str = ""

    @property
    def said(self) -> str:
        """What must be so for it, in words."""
        return tr(" and ").join(self.conditions)


def variants(claims: Claims, claim: Claim) -> Iterator[Variant]:
    """Yield a claim under each base, and under each other reading of `readings.csv`."""
    options = [option for option in claims.options.get(claim.claim, ()) if option.takes != "base"]
    own = [option for option in options if option.taken_by(claim) == claim]
    own = [option for option in own if option.takes not in {"nothing", "rounding"}]
    for based in _bases(claims, claim):
        yield _under(based, own[0], based.claim) if own else based
        if based.stance != "excluded":
            others = (option for option in options if option not in own)
            yield from (_under(based, option, option.taken_by(based.claim)) for option in others)


def _under(based: Variant, option: Option, claim: Claim) -> Variant:
    worse = max(based.stance, option.stance, key=STANCES.index)
    said = () if option.stance == "stated" else (tr(option.condition),)
    taken = None if option.takes == "nothing" else claim
    rule = option.value if option.takes == "rounding" else based.rounding
    return Variant(taken, worse, (*based.conditions, *said), rule)


def _bases(claims: Claims, claim: Claim) -> Iterator[Variant]:
    """Yield a claim of each of its bases: one alone is stated, of several each is allowed."""
    options = {o.value: o for o in claims.options.get(claim.claim, ()) if o.takes == "base"}
    bases = dict.fromkeys([*claim.base, *options])
    if len(bases) <= 1:
        yield Variant(claim)
        return
    for base in bases:
        stance = "stated" if len(claim.base) == 1 and base in claim.base else "allowed"
        condition = tr("{base} is the base", base=claims[base].short)
        if base in options:
            stance, condition = options[base].stance, tr(options[base].condition)
        said = () if stance == "stated" else (condition,)
        yield Variant(replace(claim, base=(base,)), stance, said)


def variant_readings(claims: Claims, claim: str, stated: bool = False) -> list[Reading]:
    """Return what the check of a claim finds under each of its variants.

    stated : bool
        Try only the variants that the text states, if it states any.
    """
    found: list[Reading] = []
    tried = list(variants(claims, claims[claim]))
    if stated:
        tried = [each for each in tried if each.stance == "stated"] or tried
    for variant in tried:
        for reading in check_under(claims, variant):
            for condition in reversed(variant.conditions):
                reading = reading.under(variant.stance, condition)
            found.append(reading.under(variant.stance, ""))
    return found


def check_under(claims: Claims, variant: Variant) -> list[Reading]:
    """Return what the check of a claim finds under one variant alone."""
    if variant.claim is None:
        return [Reading("", True, tr("any"), tr("nothing else that is printed binds it"))]
    claim = variant.claim
    if variant.rounding:
        claims = claims.with_settings(rounded_by(claims.settings, variant.rounding))
    return CHECKS[claim.kind].function(claims.with_claim(claim), claim)


def readings_of(claims: Claims, claim: str) -> list[Reading]:
    """Return every reading of a claim that has a check; where none agrees, also with numbers cut.

    That numbers were cut instead of rounded is the last charitable reading: few documents say how
    they rounded.
    """
    found = variant_readings(claims, claim)
    if outcome(found) != "fails" or claims.settings.rounding != "half-any":
        return found
    shorn = variant_readings(claims.with_settings(rounded_by(claims.settings, CUT)), claim)
    way = tr("the numbers were cut, not rounded")
    return found + [each.under("allowed", way) for each in counted_readings(shorn) if each.agrees]
