"""A claim beside what outside sources say: compared by number where they give one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.counts.rounding import Interval
from analysis.data.tables import TableError
from analysis.failures import quoted
from analysis.ledger import units
from analysis.ledger.claims import Claims
from analysis.ledger.read import read_claims, row_places

OUTCOMES = ("confirmed", "contradicted", "superseded", "not found")
ORDER = ("contradicted", "superseded", "confirmed", "not found")  # what is shown first
ELSEWHERE = ("superseded", "not found")  # another date or quantity: the number is not compared
GRADED = ("official", "scholarly", "press")  # what may contradict a document, best first
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


@dataclass(frozen=True)
class Evidence:
    """What the outside says of one claim; all empty where nobody has looked.

    outcome : str
        One of OUTCOMES.
    found : str
        What the source says, in our words.
    source, grade, dated : str
        Its address, what kind of source it is, and the date of what it says.
    """

    outcome: str = ""
    found: str = ""
    source: str = ""
    grade: str = ""
    dated: str = ""


def compare(printed: str, qualifier: str, value: str, unit: str = "") -> str:
    """Return whether a found value confirms a printed one.

    printed, qualifier : str
        The number or date of the claim, and the word that limits it: about, some, almost, nearly,
        more than, over, at least, up to, at most, less than, under. A range such as 10-15, or a
        fraction such as 1/3 (of a share: 33.3 %, roughly), is understood too.
    value : str
        What the outside source has: a number, a range `low..high`, or a date.
    unit : str
        That of the claim; the value is in it.

    A coarser value is compared at its own precision. A range is confirmed by what lies within it.
    Raises ValueError for what cannot be compared.

    >>> compare("28.56", "", "28.6"), compare("27", "", "12..17")
    ('confirmed', 'contradicted')
    >>> compare("1000000", "more than", "1109324"), compare("1/3", "", "35", "percent")
    ('confirmed', 'confirmed')
    """
    if not printed:
        raise ValueError("printed: wanted a number or a date; got none")
    if units.kind_of(unit) == "time" or any(map(DATE.fullmatch, (printed, value))):
        fits = _same_time(printed, value, unit)
    else:
        fits = _numbers_fit(printed, qualifier, value, unit)
    return "confirmed" if fits else "contradicted"


def _same_time(printed: str, value: str, unit: str) -> bool:
    if unit == "decade":
        return printed[:3] == value[:3]
    low, _, high = value.partition("..")
    if high:
        return low <= printed <= high
    return units.same_number(printed, value)


def _numbers_fit(printed: str, qualifier: str, value: str, unit: str) -> bool:
    low, _, high = value.partition("..")
    true = units.interval(printed, unit, qualifier)
    if "-" in printed or "/" in printed:
        return Fraction(low) in true and Fraction(high or low) in true
    if high:
        return units.meet(true, Interval(Fraction(low), Fraction(high), True, True))
    if true == units.interval(printed, unit):
        return units.same_number(printed, value)
    return Fraction(low) in true


def outside_facts(claims: Claims) -> pd.DataFrame:
    """Return the outside facts with `printed`, the number of their claim, and `outcome`.

    The outcome is computed where `value` gives a number. The column `verdict` of the table is the
    judgement of who looked it up. It decides where no number can be compared, because a name or a
    meaning differs or nothing was found, and where the source speaks of another date or quantity
    than the claim (`superseded`, `not found`): whether the two are of one date is never computed.
    What contradicts without grade or date counts as not found. Raises TableError for a value that
    cannot be compared; `outside_problems` names the rest.
    """
    facts = claims.cells.table("external_facts")
    outcomes = [_founded(claims, fact) for fact in facts.itertuples()]
    if None in outcomes:
        raise TableError(outside_problems(claims))
    printed = [claims[name].amount if name in claims else "" for name in facts["claim"]]
    texts = {"printed": printed, "outcome": outcomes}
    return facts.assign(
        **{name: pd.Series(said, facts.index, dtype=object) for name, said in texts.items()}
    )


def _founded(claims: Claims, fact: tuple) -> str | None:
    """Return the outcome that counts; None for a value that cannot be compared."""
    try:
        outcome = _outcome(claims, fact)
    except ValueError:
        return None
    return "not found" if outcome == "contradicted" and [*_unfounded(fact)] else outcome


def _outcome(claims: Claims, fact: tuple) -> str:
    if fact.claim in claims and fact.value and fact.verdict not in ELSEWHERE:
        claim = claims[fact.claim]
        return compare(claim.printed, claim.qualifier, fact.value, claim.unit)
    return fact.verdict if fact.verdict in OUTCOMES else ""


def outside_problems(claims: Claims) -> list[str]:
    """Return a line for every outside fact that cannot stand beside its claim.

    A value that cannot be compared; a judgement that its own number does not bear out; a
    contradiction from a source that is not graded or says not of when it speaks.
    """
    facts = claims.cells.table("external_facts")
    places = row_places(list(facts["paper"]), claims.cells.folder, "external_facts")
    rows = zip(places, facts.itertuples(), strict=True)
    return [
        f"{place}, column {problem}" for place, fact in rows for problem in _problems(claims, fact)
    ]


def _problems(claims: Claims, fact: tuple) -> Iterator[str]:
    try:
        outcome = _outcome(claims, fact)
    except ValueError:
        printed = claims[fact.claim].printed or "no number"
        said = f"{fact.claim} prints {printed}, which {quoted(fact.value)} cannot be compared with"
        yield f"value: {said}"
        return
    if {outcome, fact.verdict} == {"confirmed", "contradicted"}:
        said = f"{fact.verdict}, but by its number {fact.value} {fact.claim} is {outcome}"
        yield f"verdict: {said}"
    if outcome == "contradicted":
        yield from _unfounded(fact)


def _unfounded(fact: tuple) -> Iterator[str]:
    if _cell(fact, "grade") not in GRADED:
        wanted = f"a source that contradicts is {', '.join(GRADED[:-1])} or {GRADED[-1]}"
        yield f"grade: {wanted}; got {_cell(fact, 'grade') or 'nothing'}"
    if not _cell(fact, "dated"):
        yield "dated: a source that contradicts says of when it speaks; got nothing"


def _cell(fact: tuple, name: str) -> str:
    """Return an optional cell of a row; nothing where the table has no such column."""
    found = getattr(fact, name, "")
    return found if isinstance(found, str) else ""


def outside_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return `outside_facts` of a data folder."""
    return outside_facts(read_claims(folder))


def evidence(facts: pd.DataFrame) -> dict[str, Evidence]:
    """Return what the outside says of each claim that was looked up; the gravest of several.

    facts : DataFrame
        What `outside_facts` returned.

    Of several sources for one outcome the best graded is taken, then the first.
    """
    found: dict[str, list] = {}
    for fact in facts.itertuples():
        if fact.claim and fact.outcome:
            found.setdefault(fact.claim, []).append(fact)
    return {claim: _said(min(mine, key=_gravity)) for claim, mine in found.items()}


def _said(fact: tuple) -> Evidence:
    cells = (_cell(fact, name) for name in ("found", "source", "grade", "dated"))
    return Evidence(fact.outcome, *cells)


def _gravity(fact: tuple) -> tuple[int, int]:
    grade = _cell(fact, "grade")
    grade = GRADED.index(grade) if grade in GRADED else len(GRADED)
    return ORDER.index(fact.outcome), grade
