"""`claims.csv` read and checked: against its inputs, and against the tables of the documents."""

import re
from collections.abc import Iterator
from pathlib import Path

from analysis import paths
from analysis.data.collection import documents
from analysis.data.problems import TableError
from analysis.ledger.cells import complete_claims
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.claims import Book, Claim, parse_inputs

PERCENTAGE = re.compile(r"[0-9]+(\.[0-9]+)?")
REMARKS = {"document", "deadline"}  # roles of a plan, which has no check


def read_book(folder: str | Path | None = None) -> Book:
    """Return all claims of a data folder, or raise TableError for what is wrong with them.

    folder : str or Path
        A collection of documents, or one document.

    Wrong are an input that no check knows, and a reference to nothing or to the claim itself.
    """
    folder = paths.as_folder(folder)
    found = [
        (document, line, row, problem)
        for document in documents(folder)
        for line, row, problem in complete_claims(document)
    ]
    claims, problems, places = {}, [], {}
    for document, line, row, problem in found:
        place = f"{document.slug}/claims.csv, row {line}"
        problems += [f"{place}, {problem}"] if problem else []
        try:
            inputs = parse_inputs(row["inputs"])
        except ValueError as error:
            problems.append(f"{place}, column inputs: {error}")
            inputs = {}
        if row["claim"] in claims:
            problems.append(f"{place}, column claim: {row['claim']} stands in another document too")
        row = row | {"inputs": inputs, "base": tuple(row["base"].split())}
        claims[row["claim"]] = Claim(**{name: row[name] for name in Claim.__dataclass_fields__})
        places[row["claim"]] = place
    book = Book(claims, folder)
    for claim in book:
        said = [*_input_problems(book, claim), *_number_problems(claim)]
        problems += [f"{places[claim.claim]}, {text}" for text in said]
    problems = problems or [
        f"{places[claim.claim]}, {text}" for claim in book for text in _check_problems(book, claim)
    ]
    if problems:
        raise TableError(problems)
    return book


def claim_problems(folder: str | Path | None = None) -> list[str]:
    """Return a line for every problem of the claims of a folder; none if it has no claims."""
    try:
        read_book(folder)
    except TableError as error:
        return error.problems
    return []


def _input_problems(book: Book, claim: Claim) -> Iterator[str]:
    check = CHECKS.get(claim.kind)
    known = check.required | check.optional if check else REMARKS
    for role in sorted(set(claim.inputs) - known):
        roles = ", ".join(sorted(known)) or "none"
        yield f"column inputs: {claim.kind} has no role {role!r}; its roles are {roles}"
    for role in sorted(check.required - set(claim.inputs)) if check else ():
        yield f"column inputs: {claim.kind} needs the role {role!r}"
    given = [("base", reference) for reference in claim.base]
    for role, references in claim.inputs.items():
        if role not in {"items", *(check.words if check else ())}:
            given += [("inputs", reference) for reference in references]
    for column, reference in given:
        if reference == claim.claim:
            yield f"column {column}: {reference} would be checked against itself"
        elif ":" in reference:
            try:
                book.cell(reference)
            except (AttributeError, KeyError, ValueError):
                yield f"column {column}: there is no cell {reference!r}"
        elif reference not in book.claims:
            yield f"column {column}: there is no claim {reference!r}"


def _number_problems(claim: Claim) -> Iterator[str]:
    if claim.kind in CHECKS and CHECKS[claim.kind].numeric and not claim.printed:
        yield f"column printed: {claim.kind} needs a number"
    if claim.kind not in CHECKS and claim.kind not in NO_CHECK:
        yield f"column kind: there is no check {claim.kind!r}"
    if claim.unit == "percent" and claim.printed and not PERCENTAGE.fullmatch(claim.printed):
        yield f"column printed: {claim.printed!r} is not a percentage"


def _check_problems(book: Book, claim: Claim) -> Iterator[str]:
    if claim.kind in CHECKS:
        try:
            CHECKS[claim.kind].function(book, claim)
        except (ArithmeticError, AttributeError, IndexError, LookupError, ValueError) as error:
            said = f"{claim.kind} cannot be computed; is a role or a base missing?"
            yield f"column inputs: {said} ({str(error) or type(error).__name__})"
