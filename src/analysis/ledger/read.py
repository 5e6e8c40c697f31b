"""`claims.csv` read and checked: against its inputs, and against the tables of the documents."""

import functools
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from analysis import paths
from analysis.counts.rounding import RULES
from analysis.data import kept
from analysis.data.codebook import standard_tables
from analysis.data.collection import Document, document_folders, documents, judged_together
from analysis.data.tables import read_descriptor
from analysis.failures import quoted
from analysis.ledger import units
from analysis.ledger.anchors import holds_another
from analysis.ledger.cells import Cells, is_cell
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.claim_rows import complete_claims, in_full
from analysis.ledger.claims import (
    NO_HEADS,
    Claim,
    ClaimError,
    Claims,
    Inputs,
    Option,
    circle_text,
)
from analysis.ledger.equations import has_check
from analysis.ledger.variants import readings_of
from analysis.problems import TableError

REMARKS = {"document", "deadline"}  # roles of a plan, which has no check
SHOWN_CELLS = 3  # in a message
FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
Result = TypeVar("Result")


def read_claims(folder: str | Path | None = None, papers: Iterable[str] = ()) -> Claims:
    """Return the claims of a data folder, or raise TableError for what is wrong with them.

    folder : str or Path
        A collection of documents, or one document.
    papers : iterable of str
        Short names of the documents that are read, with those that their `document.yml` says they
        are compared with; of all documents, if it names none.

    Wrong are an input that no check knows, a reference to nothing or to the claim itself, a base
    that rests on itself or counts nothing, and a check that cannot be computed.
    """
    found, wanted = paths.as_folder(folder), set(papers)
    groups = judged_together(documents(found)) if wanted else []
    named = tuple(each.slug for group in groups for each in group if wanted & slugs_of(group))
    if not kept.is_kept(found):
        return _read(Cells(found, named))
    state = kept.state_of(data_files(found, named))
    if (named, state) not in _REMEMBERED:
        _REMEMBERED[named, state] = _read(Cells(found, named))
    return _REMEMBERED[named, state]


_REMEMBERED: dict[tuple[tuple[str, ...], str], Claims] = {}  # of this process


def slugs_of(group: Iterable[Document]) -> set[str]:
    """Return the short names of documents."""
    return {document.slug for document in group}


def data_files(folder: Path, papers: Container[str] = ()) -> list[Path]:
    """Return the files that the claims of some documents, or of all, rest on.

    What describes documents and their tables is read of all.
    """
    places = document_folders(folder)
    tables = [
        file for each in places if not papers or each.name in papers for file in each.glob("*.csv")
    ]
    about = [file for each in {folder, *places} for file in each.glob("*.yml")]
    return sorted({*tables, *about})


def _read(cells: Cells) -> Claims:
    rows = [each for one in cells.collection.documents for each in complete_claims(one, cells)]
    read, problems = {}, []
    places = Places([row["paper"] for row, _ in rows], cells.folder)
    for place, (row, wrong) in enumerate(rows):
        problems += [f"{places[place]}, {wrong}"] if wrong else []
        if row["claim"] in read:
            said = f"{row['claim']} stands in another document too"
            problems.append(f"{places[place]}, column claim: {said}")
        try:
            inputs = Inputs(row["inputs"])
        except ClaimError as error:
            problems.append(f"{places[place]}, column inputs: {error}")
            inputs = Inputs()
        row |= {"inputs": inputs, "base": tuple(row["base"].split())}
        read[row["claim"]] = Claim(**{field.name: row[field.name] for field in fields(Claim)})
    claims = Claims(read, cells)
    claims = replace(claims, options=read_options(claims, [row for row, _ in rows]))
    for place, (row, wrong) in enumerate(rows):
        if not wrong:
            found = _problems_as_written(claims, claims[row["claim"]])
            problems += [f"{places[place]}, {text}" for text in found]
    if not problems:
        problems = list(dict.fromkeys(_reading_problems(claims)))
    if problems:
        raise TableError(problems)
    computed(claims, (claim for claim in claims if has_check(claims[claim])), readings_of)
    return claims


def read_options(claims: Claims, rows: Iterable[dict]) -> dict[str, tuple[Option, ...]]:
    """Return the other readings of each claim; those of a question are of all its answers."""
    found: dict[str, list[Option]] = {}
    for place, row in enumerate(claims.cells.records("readings")):
        row = row | {"value": in_full(row["value"], row["paper"])}
        option = Option(
            *(row[name] for name in ("takes", "value", "stance", "condition", "anchor")), place
        )
        for name in claimed_by(row["claim"], row["paper"], rows):
            found.setdefault(name, []).append(option)
    return {name: tuple(options) for name, options in found.items()}


def claimed_by(name: str, paper: str, rows: Iterable[dict]) -> list[str]:
    """Return the claim of a name, or the claims of all answers of the question of that name."""
    asked = f"tallies:{name},"
    return [
        row["claim"]
        for row in rows
        if row["claim"] == name or (row["paper"] == paper and row["cell"].startswith(asked))
    ]


def computed(
    claims: Claims, names: Iterable[str], compute: Callable[[Claims, str], Result]
) -> dict[str, Result]:
    """Return what a function of claims and a name gives for each of the names.

    Raises TableError, a line a claim for which it cannot be computed, in words of the claim.
    """
    places = Places([claim.paper for claim in claims.values()], claims.cells.folder)
    found, problems = {}, []
    for name in names:
        try:
            found[name] = compute(claims, name)
        except FAILURES as error:
            option = _at_fault(claims, name, compute)
            own = places[claims.place(name)]
            place = _places_of_readings(claims)[option.place] if option else own
            problems.append(f"{place}, {_why(claims, claims[name], error, option)}")
    if problems:
        raise TableError(problems)
    return found


def _at_fault(claims: Claims, name: str, compute: Callable[[Claims, str], Result]) -> Option | None:
    """Return the reading without which a claim can be computed, if it is one."""
    options = claims.options.get(name, ())
    for option in options:
        others = {name: tuple(each for each in options if each is not option)}
        try:
            compute(replace(claims, options={**claims.options, **others}), name)
        except FAILURES:
            continue
        return option
    return None


@dataclass(frozen=True)
class Places:
    """File and row of each row of a table, found when the first is asked for: if it is wrong."""

    papers: list[str]
    folder: Path
    table: str = "claims"

    @functools.cached_property
    def _all(self) -> list[str]:
        return row_places(self.papers, self.folder, self.table)

    def __getitem__(self, place: int) -> str:
        return self._all[place]


def row_places(papers: list[str], folder: Path, table: str = "claims") -> list[str]:
    """Return file and row of every row of a table, given the document of each, in their order.

    Where a document has a file of its own for it, the rows of that file are counted.
    """
    described = {resource["path"] for resource in read_descriptor(folder)["resources"]}
    if f"{table}.csv" in described:
        return [f"{table}.csv, row {line}" for line in range(2, len(papers) + 2)]
    lines = dict.fromkeys(papers, 1)
    places = []
    for paper in papers:
        lines[paper] += 1
        places.append(f"{paper}/{table}.csv, row {lines[paper]}")
    return places


def _problems_as_written(claims: Claims, claim: Claim) -> Iterator[str]:
    yield from _role_problems(claim)
    yield from _reference_problems(claims, claim)
    yield from _number_problems(claim)
    yield from _base_problems(claims, claim)


def _reading_problems(claims: Claims) -> Iterator[str]:
    """Yield what a row of `readings.csv` lets a claim take and it cannot."""
    places = _places_of_readings(claims)
    for name, options in claims.options.items():
        for option in options:
            for text in _option_problems(claims, claims[name], option):
                yield f"{places[option.place]}, column value: {text}"


def _places_of_readings(claims: Claims) -> Places:
    papers = [row["paper"] for row in claims.cells.records("readings")]
    return Places(papers, claims.cells.folder, "readings")


def _option_problems(claims: Claims, claim: Claim, option: Option) -> Iterator[str]:
    known = {"rounding": RULES, "qualifier": [*qualifiers(), ""]}.get(option.takes)
    if known is not None and option.value not in known:
        wanted = f"wanted one of {', '.join(filter(None, known))}"
        yield f"there is no {option.takes} {quoted(option.value)}; {wanted}"
        return
    try:
        found = list(_problems_as_written(claims, option.taken_by(claim)))
    except ClaimError as error:
        yield str(error)
    else:
        yield from (text.partition(": ")[2] for text in found)


def qualifiers() -> list[str]:
    """Return the words that may limit a number."""
    columns = standard_tables()["claims"]["schema"]["fields"]
    (found,) = (each["constraints"]["enum"] for each in columns if each["name"] == "qualifier")
    return found


def _role_problems(claim: Claim) -> Iterator[str]:
    check = CHECKS.get(claim.kind)
    known = check.required | check.optional if check else REMARKS
    for role in sorted(set(claim.inputs) - known):
        roles = ", ".join(sorted(known)) or "none"
        yield f"column inputs: {claim.kind} has no role {quoted(role)}; its roles are {roles}"
    for role in sorted(check.required - set(claim.inputs)) if check else ():
        yield f"column inputs: {claim.kind} needs the role {quoted(role)}"


def _reference_problems(claims: Claims, claim: Claim) -> Iterator[str]:
    for column, reference in _given(claim):
        if reference == claim.claim:
            yield f"column {column}: {reference} would be checked against itself"
        elif is_cell(reference):
            try:
                claims.cells.text(reference)
            except LookupError:
                yield f"column {column}: there is no cell {quoted(reference)}"
        elif reference not in claims:
            yield f"column {column}: there is no claim {quoted(reference)}"


def _given(claim: Claim) -> list[tuple[str, str]]:
    check = CHECKS.get(claim.kind)
    words = {"items", *(check.words if check else ())}
    given = [("base", reference) for reference in claim.base]
    for role in set(claim.inputs) - words:
        named = claim.inputs[role]
        given += [("inputs", reference) for reference in named if named[0] != "table"]
    return given


def _number_problems(claim: Claim) -> Iterator[str]:
    check = CHECKS.get(claim.kind)
    if check and check.needs_number(claim.inputs) and not claim.printed:
        where = f" ({claim.claim} stands in {claim.cell})" if claim.cell else ""
        yield f"column printed: {claim.kind} needs a number{where}"
    if claim.kind not in CHECKS and claim.kind not in NO_CHECK:
        kinds = ", ".join(sorted({*CHECKS, *NO_CHECK}))
        yield f"column kind: there is no check {quoted(claim.kind)}; there are {kinds}"
    if claim.is_share and claim.printed and not is_number(claim.printed):
        said = "a percentage" if claim.unit == "percent" else f"a number of {claim.unit}"
        yield f"column printed: {quoted(claim.printed)} is not {said}"
    if holds_another(claim.printed, claim.anchor):
        wanted = f"{claim.printed} of {claim.cell}" if claim.cell else claim.printed
        yield f"column anchor: {quoted(claim.anchor)} holds a number, but not {wanted}"


def is_number(printed: str) -> bool:
    """Say whether a text is a number, a fraction or a range of numbers.

    >>> is_number("10-15"), is_number("1/3"), is_number("2010-05")
    (True, True, False)
    """
    try:
        units.interval(printed, "percent")
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _base_problems(claims: Claims, claim: Claim) -> Iterator[str]:
    if circle := circle_of(claims, claim.claim):
        yield f"column base: {circle_text(circle)}"
    for base in (claims[each] for each in claim.base if each in claims):
        if not base.is_share and units.head_count(base.printed, base.unit) is None:
            yield f"column base: {base.claim} prints {base.amount_or_none}, {NO_HEADS}"


def circle_of(claims: Claims, start: str) -> list[str]:
    """Return the bases that lead from a claim back to it, it at both ends; nothing if none do.

    A claim that is its own base is told elsewhere.
    """
    paths_from = [[start, base] for base in claims[start].base if base != start]
    seen = set()
    while paths_from:
        path = paths_from.pop()
        if path[-1] == start:
            return path
        if path[-1] in claims and path[-1] not in seen:
            seen.add(path[-1])
            paths_from += [[*path, base] for base in claims[path[-1]].base]
    return []


def _why(claims: Claims, claim: Claim, error: Exception, option: Option | None = None) -> str:
    taken = option.taken_by(claim) if option else claim
    given = [f"the claim prints {claim.amount}"] if claim.printed else []
    given += [f"{reference} prints {_amount(claims, reference)}" for _, reference in _given(taken)]
    said, column = "; ".join(given) or "it has neither base nor inputs", "inputs"
    if isinstance(error, ClaimError):
        said, column = str(error), error.column
    column = "value" if option else column
    return f"column {column}: {claim.kind} cannot be computed: {said}{_from_cells(claims, taken)}"


def _from_cells(claims: Claims, claim: Claim) -> str:
    """Return where the numbers stand that a claim and its inputs take from a table."""
    names = dict.fromkeys([claim.claim, *(reference for _, reference in _given(claim))])
    cells = [
        f"{name} stands in {claims[name].cell}" for name in names if _is_in_table(claims, name)
    ]
    more = [f"{len(cells) - SHOWN_CELLS} more"] * (len(cells) > SHOWN_CELLS)
    return f" ({', '.join([*cells[:SHOWN_CELLS], *more])})" if cells else ""


def _is_in_table(claims: Claims, name: str) -> bool:
    return name in claims and bool(claims[name].cell)


def _amount(claims: Claims, reference: str) -> str:
    return claims.printed(reference) if is_cell(reference) else claims[reference].amount_or_none
