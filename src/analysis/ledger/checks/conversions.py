"""Checks of one quantity in two units: centuries, weeks and months, hours and credits."""

from collections.abc import Callable
from fractions import Fraction

from analysis.language.current import tr
from analysis.language.sentences import listed, span
from analysis.ledger import units
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.checks.times import when
from analysis.ledger.claims import Claim, ClaimError, Claims


@check(
    "conversion",
    optional="year at-most at-least national low high",
    varied="national",
    equal="at-most at-least",
)
def conversion(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a quantity agree with another one in another unit?

    `year`: the century of a year. `at-most`, `at-least`: weeks, months and years against each
    other. `national`, `low`, `high`: hours of national credits against those of a European one.
    """
    for role, convert in CONVERSIONS.items():
        if role in claim.inputs:
            return [convert(claims, claim)]
    raise ClaimError(f"wanted one of the roles {', '.join(CONVERSIONS)}")


def _century(claims: Claims, claim: Claim) -> Reading:
    year = when(claims, claim.inputs.one("year"))[0].year
    century = -(-year // 100)
    text = tr(
        "{year} lies in century {century}; printed is {printed}",
        year=year,
        century=century,
        printed=claim.printed,
    )
    return Reading(
        way="",
        agrees=claims.whole_number(claim.claim) == century,
        recomputed=str(century),
        arithmetic=text,
        low=century,
        high=century,
    )


def _at_most(claims: Claims, claim: Claim) -> Reading:
    own, other = _weeks(claims, claim.claim), _weeks(claims, claim.inputs.one("at-most"))
    return Reading(
        way="",
        agrees=own <= other,
        recomputed=tr("{limit} {other_weeks:.1f} weeks", limit="at most", other_weeks=float(other)),
        arithmetic=_in_weeks(claims, claim, claim.inputs.one("at-most")),
        high=float(other),
    )


def _at_least(claims: Claims, claim: Claim) -> Reading:
    own, other = _weeks(claims, claim.claim), _weeks(claims, claim.inputs.one("at-least"))
    return Reading(
        way="",
        agrees=own >= other,
        recomputed=tr(
            "{limit} {other_weeks:.1f} weeks", limit="at least", other_weeks=float(other)
        ),
        arithmetic=_in_weeks(claims, claim, claim.inputs.one("at-least")),
        low=float(other),
    )


def _weeks(claims: Claims, reference: str) -> Fraction:
    claims.number(reference)
    try:
        return units.weeks(claims[reference].printed, claims[reference].unit)
    except ValueError as error:
        raise ClaimError(f"{reference}: {error}") from None


def _in_weeks(claims: Claims, claim: Claim, other: str) -> str:
    return tr(
        "{claim} is {weeks:.1f} weeks, {other} is {other_weeks:.1f} weeks",
        claim=claim.amount,
        weeks=float(_weeks(claims, claim.claim)),
        other=claims[other].amount,
        other_weeks=float(_weeks(claims, other)),
    )


def _credits(claims: Claims, claim: Claim) -> Reading:
    low, high = (claims.number(claim.inputs.one(role)) for role in ("low", "high"))
    national = [claims.number(reference) for reference in claim.inputs["national"]]
    factors = [(hours / high, hours / low) if low and high else (0, 0) for hours in national]
    texts = [
        tr(
            "{hours} hours are {range} ECTS credits",
            hours=hours,
            range=span(float(least), float(most), digits=2),
        )
        for hours, (least, most) in zip(national, factors, strict=True)
    ]
    text = tr(
        "an ECTS credit is {low} to {high} hours: {conversions}",
        low=low,
        high=high,
        conversions=listed(texts),
    )
    least = float(min(factor for factor, _ in factors))
    most = float(max(factor for _, factor in factors))
    return Reading(
        way="",
        agrees=not any(low <= hours <= high for hours in national),
        recomputed=span(least, most, digits=2),
        arithmetic=text,
        low=least,
        high=most,
    )


CONVERSIONS: dict[str, Callable[[Claims, Claim], Reading]] = {
    "year": _century,
    "national": _credits,
    "at-most": _at_most,
    "at-least": _at_least,
}
