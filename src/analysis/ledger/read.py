"""`claims.csv` read and checked: against its inputs, and against the tables of the documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data.tables import TableError, read_descriptor, read_table
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.claims import Book, Claim, parse_inputs

PERCENTAGE = re.compile(r"[0-9]+(\.[0-9]+)?")
NUMBERS = ("printed", "start", "end", "year", "year_from", "year_to", "option")
REMARKS = {"document", "deadline"}  # roles of a plan, which has no check


def read_book(folder: Path = paths.RAW) -> Book:
    """Return all claims of a data folder, or raise TableError for what is wrong with them.

    folder : Path
        With `datapackage.json` and `claims.csv`.

    Wrong are an input that no check knows, and a reference to nothing or to the claim itself.
    """
    claims, problems = {}, []
    for line, row in enumerate(read_table("claims", folder).to_dict("records"), start=2):
        try:
            inputs = parse_inputs(row["inputs"])
        except ValueError as error:
            problems.append(f"row {line}, column inputs: {error}")
            inputs = {}
        row |= {"inputs": inputs, "base": tuple(row["base"].split())}
        claims[row["claim"]] = Claim(**row)
    book = Book(claims, folder)
    for line, claim in enumerate(book, start=2):
        found = [*_input_problems(book, claim), *_number_problems(claim)]
        problems += [f"row {line}, {text}" for text in found]
    problems = problems or [
        f"row {line}, {text}"
        for line, claim in enumerate(book, start=2)
        for text in _check_problems(book, claim)
    ]
    if problems:
        raise TableError([f"claims.csv, {text}" for text in problems])
    return book


def claim_problems(folder: Path = paths.RAW) -> list[str]:
    """Return a line for every problem of the claims of a folder; none if it has no claims."""
    described = {resource["path"] for resource in read_descriptor(folder)["resources"]}
    try:
        return table_problems(read_book(folder)) if "claims.csv" in described else []
    except TableError as error:
        return error.problems


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


def table_problems(book: Book) -> list[str]:
    """Return a line for every claim whose number a table prints otherwise at the same place.

    The same place: one anchor holds the other.
    """
    printed = []
    for resource in read_descriptor(book.folder)["resources"]:
        name = resource["path"].removesuffix(".csv")
        columns = {field["name"] for field in resource["schema"]["fields"]}
        values = [column for column in NUMBERS if column in columns]
        if "/" in name and "anchor" in columns and values:
            for row in book.table(name).to_dict("records"):
                there = [row[column] for column in values if row[column] not in {"", pd.NA}]
                printed.append((name, row["anchor"], [str(cell) for cell in there]))
    found = []
    for claim in (each for each in book if each.printed):
        places = [
            (name, there)
            for name, anchor, there in printed
            if there
            and name.split("/")[0] == claim.paper
            and (anchor in claim.anchor or claim.anchor in anchor)
        ]
        if places and not any(_holds(cell, claim.printed) for _, there in places for cell in there):
            listed = "; ".join(f"{name} has {' or '.join(there)}" for name, there in places)
            found.append(f"claims.csv, {claim.claim} prints {claim.printed}, but {listed}")
    return found


def _holds(cell: str, printed: str) -> bool:
    return cell == printed or printed in cell.split("-")  # an option such as 40-and-over
