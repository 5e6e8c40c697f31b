"""A claim beside what outside sources say: compared by number where they give one."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.counts.rounding import Interval
from analysis.data.tables import TableError
from analysis.ledger import units
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.read import read_claims, row_places

OUTCOMES = ("confirmed", "contradicted", "superseded", "not found")
ORDER = ("contradicted", "superseded", "confirmed", "not found")  # what is shown first
ELSEWHERE = ("superseded", "not found")  # another date or quantity: the number is not compared
GRADED = ("official", "scholarly", "press")  # what may contradict a document, best first
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
POINTS, PART = 5, Fraction(1, 10)  # how far "about" reaches: of a share, of any other number


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
    true = stands_for(printed, qualifier, unit)
    if "-" in printed or "/" in printed:
        return Fraction(low) in true and Fraction(high or low) in true
    if high:
        return _meet(true, Interval(Fraction(low), Fraction(high), True, True))
    if true == stands_for(printed, "", unit):
        return units.same_number(printed, value)
    return Fraction(low) in true


def _meet(first: Interval, second: Interval) -> bool:
    low, high = max(first.low, second.low), min(first.high, second.high)
    return low < high or (low == high and low in first and low in second)


def stands_for(printed: str, qualifier: str, unit: str) -> Interval:
    """Return the true values that a printed number can stand for, its qualifier included.

    >>> stands_for("70", "almost", "percent").low, stands_for("10-15", "", "people").high
    (Fraction(65, 1), Fraction(15, 1))
    """
    whole = units.SHARES.get(unit, 1) if "/" in printed else 1
    ends = printed.split("-")
    least, most = Fraction(ends[0]) * whole, Fraction(ends[-1]) * whole
    match "about" if "/" in printed and not qualifier else qualifier:
        case "about" | "some":
            return Interval(least - _room(least, unit), most + _room(most, unit), True, True)
        case "almost" | "nearly":
            return Interval(least - _room(least, unit), most, True, True)
        case "more than" | "over":
            return Interval(least, math.inf, False, True)
        case "at least":
            return Interval(least, math.inf, True, True)
        case "up to" | "at most":
            return Interval(Fraction(0), most, True, True)
        case "less than" | "under":
            return Interval(Fraction(0), most, True, False)
    low, high = (units.interval(end, unit) for end in (ends[0], ends[-1]))
    return Interval(low.low, high.high, low.closed_low, high.closed_high)


def _room(value: Fraction, unit: str) -> Fraction:
    return POINTS * Fraction(units.SHARES[unit], 100) if units.is_share(unit) else PART * value


def outside_facts(claims: Claims) -> pd.DataFrame:
    """Return the outside facts with `printed`, the number of their claim, and `outcome`.

    The outcome is computed where `value` gives a number. The column `verdict` of the table is the
    judgement of who looked it up. It decides where no number can be compared, because a name or a
    meaning differs or nothing was found, and where the source speaks of another date or quantity
    than the claim (`superseded`, `not found`): whether the two are of one date is never computed.
    Raises TableError for what `outside_problems` names.
    """
    if problems := outside_problems(claims):
        raise TableError(problems)
    facts = claims.cells.table("external_facts")
    outcomes = [_outcome(claims, fact) for fact in facts.itertuples()]
    printed = [claims[name].amount if name in claims else "" for name in facts["claim"]]
    texts = {"printed": printed, "outcome": outcomes}
    return facts.assign(
        **{name: pd.Series(said, facts.index, dtype=object) for name, said in texts.items()}
    )


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
        said = f"{fact.claim} prints {printed}, which {fact.value!r} cannot be compared with"
        yield f"value: {said}"
        return
    if {outcome, fact.verdict} == {"confirmed", "contradicted"}:
        said = f"{fact.verdict}, but by its number {fact.value} {fact.claim} is {outcome}"
        yield f"verdict: {said}"
    if outcome == "contradicted":
        yield from _unfounded(fact)


def _unfounded(fact: tuple) -> Iterator[str]:
    if fact.grade not in GRADED:
        wanted = f"a source that contradicts is {', '.join(GRADED[:-1])} or {GRADED[-1]}"
        yield f"grade: {wanted}; got {fact.grade or 'nothing'}"
    if not fact.dated:
        yield "dated: a source that contradicts says of when it speaks; got nothing"


def outside_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return `outside_facts` of a data folder."""
    return outside_facts(read_claims(folder))


def outside_of(facts: pd.DataFrame, claim: Claim) -> Evidence:
    """Return what the outside says of one claim; of several outcomes the gravest.

    facts : DataFrame
        What `outside_facts` returned.

    Of several sources for it the best graded is taken, then the first.
    """
    mine = [fact for fact in facts.itertuples() if fact.claim == claim.claim and fact.outcome]
    if not mine:
        return Evidence()
    fact = min(mine, key=_gravity)
    return Evidence(fact.outcome, fact.found, fact.source, fact.grade, fact.dated)


def _gravity(fact: tuple) -> tuple[int, int]:
    grade = GRADED.index(fact.grade) if fact.grade in GRADED else len(GRADED)
    return ORDER.index(fact.outcome), grade
