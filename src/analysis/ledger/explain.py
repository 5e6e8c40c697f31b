"""One claim in whole sentences: what is printed, what else is, each reading, and what follows."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.failures import quoted
from analysis.language.current import date, label, tr
from analysis.ledger.assumptions import assume
from analysis.ledger.cells import is_cell
from analysis.ledger.checks import Reading
from analysis.ledger.checks.times import when
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.equations import Equation
from analysis.ledger.outside import Evidence, evidence, outside_facts
from analysis.ledger.read import read_claims
from analysis.ledger.table import evidence_on, status
from analysis.ledger.verdicts import Audit, Verdict, severity, strength


def explain(claim: str, folder: str | Path | None = None, assumed: Sequence[str] = ()) -> str:
    """Return the audit of one claim as text, in sentences of the language in use.

    claim : str
        Its short name in `claims.csv`, such as "orchard-apples".
    folder : str or Path
        A data folder.
    assumed : sequence of str
        What is assumed besides, each `claim=number` or `setting=value`.

    Raises ValueError for an unknown name.
    """
    claims = assume(read_claims(folder), assumed)
    if claim not in claims:
        close = difflib.get_close_matches(claim, claims, n=3)
        advice = f"did you mean {' or '.join(close)}?" if close else "see `ledger --text WORD`"
        raise ValueError(f"there is no claim {quoted(claim)}; {advice}")
    audit = Audit(claims)
    verdict = audit[claim]
    found = evidence_on(audit, evidence(outside_facts(claims)), claim)
    parts = [
        printed(claims[claim]),
        beside(claims, claims[claim], audit.equations_of(claim)),
        tried(claims, verdict),
        decided(claims[claim], verdict, found),
    ]
    return "\n\n".join("\n".join(lines) for lines in (list(part) for part in parts) if lines)


def printed(claim: Claim) -> Iterator[str]:
    """Yield what is claimed, what is printed, and where."""
    yield claim.claim
    yield tr(claim.statement)
    place = {"section": claim.section, "paper": claim.paper, "anchor": claim.anchor}
    if claim.printed:
        text = tr(
            "Printed: {amount}, in “{anchor}” ({paper}, {section}).", amount=claim.amount, **place
        )
        yield text
    else:
        yield tr("In words: “{anchor}” ({paper}, {section}).", **place)
    if claim.note:
        yield tr("Note: {note}", note=tr(claim.note))


def beside(claims: Claims, claim: Claim, found: list[Equation]) -> Iterator[str]:
    """Yield the other printed numbers that the claim is compared with."""
    names = list(claim.base)
    for equation in found:
        stating = claims[equation.claim]
        named = [each for values in stating.inputs.values() for each in values]
        names += [each for each in (equation.claim, *named) if each in claims or is_cell(each)]
    others = [each for each in dict.fromkeys(names) if each != claim.claim]
    others = [each for each in others if claims.printed(each)]
    if others:
        yield tr("Printed besides:")
    for each in others:
        amount = date(claims.printed(each)) if is_cell(each) else claims.amount(each)
        yield tr("- {amount}: {what}", amount=amount, what=claims.name(each))
    if claim.kind == "plan":
        yield from _overdue(claims, claim)


def _overdue(claims: Claims, claim: Claim) -> Iterator[str]:
    """Yield how the year of a plan lies to that of its document, if both are known."""
    if "document" not in claim.inputs:
        return
    deadline = claim.inputs.get("deadline", (claim.claim,))[0]
    years = when(claims, claim.inputs.one("document"))[0].year - when(claims, deadline)[0].year
    if years > 0:
        yield tr(
            "The year of the plan lies {years} years before that of the document.", years=years
        )


def tried(claims: Claims, verdict: Verdict) -> Iterator[str]:
    """Yield each reading that was tried: what it takes, the sum, and whether it agrees."""
    if not verdict.readings:
        return
    yield tr("Tried:")
    for number, reading in enumerate(verdict.readings, start=1):
        yield f"{number}. {_tried(reading)}"
    if text := strength(claims[verdict.of], verdict.power):
        yield tr("How strong the check is: {strength}.", strength=text)


def _tried(reading: Reading) -> str:
    fits = tr("this agrees") if reading.agrees else tr("this does not agree")
    names = {"sum": reading.arithmetic, "fits": fits, "way": reading.said}
    match reading.stance, bool(reading.said):
        case "stated", False:
            return tr("As the text states it: {sum}; {fits}.", **names)
        case "stated", True:
            return tr("The text states that {way}: {sum}; {fits}.", **names)
        case "allowed", True:
            return tr(
                "The text neither says nor rules out that {way}. If so: {sum}; {fits}.", **names
            )
        case "allowed", False:
            return tr("The text neither says nor rules it out: {sum}; {fits}.", **names)
    return tr("The text rules out that {way}; it would give: {sum}; {fits}.", **names)


def decided(claim: Claim, verdict: Verdict, found: Evidence) -> Iterator[str]:
    """Yield the verdict, its condition, what outside sources say, and the status."""
    reason = tr(" ({reason})", reason=label(verdict.reason)) if verdict.reason else ""
    yield tr("Verdict: {verdict}{reason}.", verdict=label(verdict.verdict), reason=reason)
    if verdict.condition:
        yield tr("It is {condition}.", condition=verdict.condition)
    if found.outcome:
        yield _outside(found)
    grade = severity(claim, verdict.verdict, found.outcome)
    if grade == "conclusion":
        yield tr("The point of its sentence rests on it.")
    yield tr("Status: {status}.", status=label(status(verdict.verdict, found.outcome)))


def _outside(found: Evidence) -> str:
    if not found.source:
        return tr("Outside sources were looked for; none was found.")
    about = [label(found.grade)] * bool(found.grade) + [date(found.dated)] * bool(found.dated)
    return tr(
        "Outside, {outcome}: {found} ({source}{about}).",
        outcome=label(found.outcome),
        found=tr(found.found),
        source=found.source,
        about="".join(f", {each}" for each in about),
    )
