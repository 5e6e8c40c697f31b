"""One claim step by step: what is printed, what the check needs, each reading, the verdict."""

import difflib
from pathlib import Path

from analysis.ledger.cells import is_cell
from analysis.ledger.checks.times import when
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.outside import outside_facts, outside_of
from analysis.ledger.read import read_claims
from analysis.ledger.verdicts import judge, severity


def explain(claim: str, folder: str | Path | None = None) -> str:
    """Return the audit of one claim as text, step by step.

    claim : str
        Its short name in `claims.csv`, such as "orchard-apples".
    folder : str or Path
        A data folder.

    Raises ValueError for an unknown name.
    """
    claims = read_claims(folder)
    if claim not in claims:
        close = difflib.get_close_matches(claim, claims, n=3)
        advice = f"did you mean {' or '.join(close)}?" if close else "see `ledger --text WORD`"
        raise ValueError(f"there is no claim {claim!r}; {advice}")
    return "\n".join(
        [
            *_printed(claims[claim]),
            *_inputs(claims, claims[claim]),
            *_outcome(claims, claims[claim]),
        ]
    )


def _printed(claim: Claim) -> list[str]:
    lines = [
        claim.claim,
        f"  {claim.statement}",
        f"  printed: {claim.amount_or_none}",
        f'  where: {claim.paper}, {claim.section}, "{claim.anchor}"',
    ]
    return [*lines, f"  note: {claim.note}"] if claim.note else lines


def _inputs(claims: Claims, claim: Claim) -> list[str]:
    lines = [f"  base: {claims[each].amount} ({claims.name(each)})" for each in claim.base]
    for role, references in claim.inputs.items():
        for each in references:
            if each in claims:
                lines.append(f"  {role}: {claims[each].amount} ({claims.name(each)})")
            elif is_cell(each):
                lines.append(f"  {role}: {claims.cells.text(each)} ({claims.name(each)})")
            else:
                lines.append(f"  {role}: {each}")
    if claim.kind == "plan" and "document" in claim.inputs:
        document = claim.inputs.one("document")
        deadline = claim.inputs.get("deadline", (claim.claim,))[0]
        years = when(claims, document)[0].year - when(claims, deadline)[0].year
        lines.append(f"  the year lies {years} years before that of the document")
    return lines


def _outcome(claims: Claims, claim: Claim) -> list[str]:
    verdict = judge(claims, claim.claim)
    lines = [f"  check: {claim.kind}"]
    for number, reading in enumerate(verdict.readings, start=1):
        agrees = "agrees" if reading.agrees else "does not agree"
        lines += [
            f"  reading {number}: {reading.name}",
            f"    {reading.arithmetic}",
            f"    {agrees}",
        ]
    if verdict.power is not None:
        lines.append(f"  power: {verdict.power:.2f} of the wrong numbers tried would be refused")
    facts = outside_facts(claims)
    lines += [
        f"  outside: {fact.outcome}: {fact.found or 'nothing'} ({fact.source or 'no source'})"
        for fact in facts[facts["claim"] == claim.claim].itertuples()
    ]
    grade = severity(claim, verdict.verdict, outside_of(facts, claim).outcome)
    reason = f" ({verdict.reason})" if verdict.reason else ""
    lines.append(f"  verdict: {verdict.verdict}{reason}")
    return [*lines, f"  severity: {grade}"] if grade else lines
