"""One claim step by step: what is printed, what the check needs, each reading, the verdict."""

from pathlib import Path

from analysis.ledger.checks.times import when
from analysis.ledger.claims import Book, Claim
from analysis.ledger.outside import outside_facts
from analysis.ledger.read import read_book
from analysis.ledger.verdicts import judge, severity


def explain(claim: str, folder: str | Path | None = None) -> str:
    """Return the audit of one claim as text, step by step.

    claim : str
        Its short name in `claims.csv`, such as "zhakyanova-partners".
    folder : str or Path
        A data folder.

    Raises ValueError for an unknown name.
    """
    book = read_book(folder)
    if claim not in book.claims:
        import difflib

        close = difflib.get_close_matches(claim, book.claims, n=3)
        advice = f"did you mean {' or '.join(close)}?" if close else "see `ledger --text WORD`"
        raise ValueError(f"there is no claim {claim!r}; {advice}")
    return "\n".join(
        [*_printed(book[claim]), *_inputs(book, book[claim]), *_outcome(book, book[claim])]
    )


def _printed(claim: Claim) -> list[str]:
    number = claim.amount if claim.printed else "no number"
    lines = [
        claim.claim,
        f"  {claim.statement}",
        f"  printed: {number}",
        f'  where: {claim.paper}, {claim.section}, "{claim.anchor}"',
    ]
    return [*lines, f"  note: {claim.note}"] if claim.note else lines


def _inputs(book: Book, claim: Claim) -> list[str]:
    lines = [f"  base: {book[each].amount} ({book.name(each)})" for each in claim.base]
    for role, references in claim.inputs.items():
        for each in references:
            if each in book.claims:
                lines.append(f"  {role}: {book[each].amount} ({book.name(each)})")
            elif ":" in each:
                lines.append(f"  {role}: {book.cell(each)} ({book.name(each)})")
            else:
                lines.append(f"  {role}: {each}")
    if claim.kind == "plan" and "document" in claim.inputs:
        (document,) = claim.inputs["document"]
        deadline = claim.inputs.get("deadline", (claim.claim,))[0]
        years = when(book, document)[0].year - when(book, deadline)[0].year
        lines.append(f"  the year lies {years} years before that of the document")
    return lines


def _outcome(book: Book, claim: Claim) -> list[str]:
    verdict = judge(book, claim.claim)
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
    facts = outside_facts(book)
    lines += [
        f"  outside: {fact.outcome}: {fact.found or 'nothing'} ({fact.source or 'no source'})"
        for fact in facts[facts["claim"] == claim.claim].itertuples()
    ]
    outcomes = set(facts.loc[facts["claim"] == claim.claim, "outcome"])
    grade = severity(claim, verdict.verdict, "contradicted" if "contradicted" in outcomes else "")
    reason = f" ({verdict.reason})" if verdict.reason else ""
    lines.append(f"  verdict: {verdict.verdict}{reason}")
    return [*lines, f"  severity: {grade}"] if grade else lines
