"""From the readings of a claim to its verdict, with the power of the check beside it."""

import statistics
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.language.current import tr
from analysis.ledger import units
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, Claims
from analysis.ledger.outside import outside_facts, outside_of
from analysis.ledger.read import computed, read_claims, readings_of

VERDICTS = ("reproduced", "consistent", "inconsistent", "not checkable")
REASONS = (
    "only in an image",
    "base not stated",
    "no other number",
    "needs an outside source",
    "plan or target",
    "check has no power",
)
COLUMNS = [
    *("claim", "paper", "section", "statement", "printed", "qualifier", "unit", "base", "anchor"),
    *("kind", "inputs", "bearing", "note", "verdict", "reason", "severity", "recomputed"),
    *("low", "high", "power", "arithmetic", "outside", "outside_source", "notebook"),
]


@dataclass(frozen=True)
class Verdict:
    """What came out for one claim: verdict, its reason, readings, and the power of the check."""

    verdict: str
    reason: str
    readings: tuple[Reading, ...] = ()
    power: float | None = None

    @property
    def arithmetic(self) -> str:
        """The calculation of the deciding reading; of every reading if none agrees."""
        if self.verdict == "inconsistent":
            return tr("; or: ").join(reading.arithmetic for reading in self.readings)
        return self.deciding.arithmetic if self.deciding else ""

    @property
    def deciding(self) -> Reading | None:
        """The reading that decides: the first that agrees, or the first of all."""
        agreeing = [reading for reading in self.readings if reading.agrees]
        return next(iter([*agreeing, *self.readings]), None)


@dataclass(frozen=True)
class Trial:
    """A number tried in place of the printed one: does the first, does any reading accept it?"""

    number: str
    by_first: bool
    by_any: bool


def readings_if(claims: Claims, claim: str, printed: str, of: str | None = None) -> list[Reading]:
    """Return what the check of a claim would find if another number were printed.

    of : str
        The claim that prints it; without it, the claim itself.

    Nothing if there is no such number, as a year beyond the calendar.
    """
    try:
        return readings_of(claims.with_printed(of or claim, printed), claim)
    except (ArithmeticError, LookupError, ValueError):
        return []


def trials(claims: Claims, claim: str, varied: str) -> list[Trial]:
    """Return how the check of a claim takes every wrong number that `varied` might print."""
    most = _most(claims, claims[varied])
    printed = claims[varied].printed
    tried = []
    for number in units.alternatives(printed, claims[varied].unit, most):
        if number != printed:
            agrees = [each.agrees for each in readings_if(claims, claim, number, varied)]
            tried.append(Trial(number, any(agrees[:1]), any(agrees)))
    return tried


def _most(claims: Claims, claim: Claim) -> int | None:
    sizes = claims.people(claim.base[0]) if claim.base and claim.unit == "people" else []
    return max(sizes, default=None)


def refused_share(tried: list[Trial]) -> float:
    """Return the share of trials that every reading refuses; 0 where nothing was tried."""
    return sum(not trial.by_any for trial in tried) / len(tried) if tried else 0.0


def judge(claims: Claims, claim: str) -> Verdict:
    """Return the verdict on one claim.

    claims : Claims
        All claims, and the tables they point to.
    claim : str
        Its short name.

    The power is the share of wrong numbers (see `units.alternatives`) that every admissible reading
    would have refused; for a comparison in words the number on its left is varied.
    `reproduced`: the first reading agrees with the printed number and with no other; for words:
    every reading agrees. `consistent`: some reading agrees, and the power is not 0.
    """
    kind = claims[claim].kind
    if kind in NO_CHECK:
        return Verdict("not checkable", NO_CHECK[kind])
    if kind == "share" and not claims[claim].base:
        return Verdict("not checkable", "base not stated")
    readings = tuple(readings_of(claims, claim))
    if claims[claim].printed:
        tried = trials(claims, claim, claim)
        power = refused_share(tried)
        exact = readings[0].agrees and not any(trial.by_first for trial in tried)
    else:
        power = _power_of_words(claims, claims[claim])
        exact = all(reading.agrees for reading in readings)
    return _verdict(readings, exact, power)


def _verdict(readings: tuple[Reading, ...], exact: bool, power: float) -> Verdict:
    if not any(reading.agrees for reading in readings):
        return Verdict("inconsistent", "", readings, power)
    if not power:
        return Verdict("not checkable", "check has no power", readings, power)
    return Verdict("reproduced" if exact else "consistent", "", readings, power)


def _power_of_words(claims: Claims, claim: Claim) -> float:
    roles = CHECKS[claim.kind].varied & set(claim.inputs)
    varied = [reference for role in roles for reference in claim.inputs[role]]
    powers = [refused_share(trials(claims, claim.claim, each)) for each in varied]
    return statistics.fmean(powers) if powers else 0.0


def severity(claim: Claim, verdict: str, outside: str) -> str:
    """Return what rests on a number that does not hold: "conclusion", "detail" or nothing."""
    return claim.bearing if verdict == "inconsistent" or outside == "contradicted" else ""


def ledger_row(claim: Claim, verdict: Verdict, facts: pd.DataFrame) -> dict[str, object]:
    """Return one row of the ledger; `facts` is what `outside_facts` returned."""
    reading = verdict.deciding
    outside = outside_of(facts, claim)
    return {
        **{name: getattr(claim, name) for name in COLUMNS if hasattr(claim, name)},
        "statement": tr(claim.statement),
        "note": tr(claim.note),
        "base": " ".join(claim.base),
        "inputs": claim.inputs.text,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "severity": severity(claim, verdict.verdict, outside.outcome),
        "recomputed": reading.recomputed if reading else "",
        "low": reading.low if reading else None,
        "high": reading.high if reading else None,
        "power": verdict.power,
        "arithmetic": verdict.arithmetic,
        "outside": outside.outcome,
        "outside_source": outside.source,
    }


def ledger_table(folder: str | Path | None = None, notebook: str | None = None) -> pd.DataFrame:
    """Return the ledger: one row a claim of the documents, with its verdict.

    folder : str or Path
        A data folder with `claims.csv`, `external_facts.csv` and the tables they point to.
    notebook : str
        Only the claims that this notebook treats.

    Columns: those of `claims.csv`, then `verdict` (see VERDICTS), `reason` (why not checkable),
    `severity` (conclusion or detail, where the claim is inconsistent or contradicted from
    outside), `recomputed`, `low`, `high` (of the deciding reading, in its unit), `power`
    (share of wrong numbers that the check refuses, 0 to 1), `arithmetic`, `outside`
    (confirmed, contradicted, superseded or not found), `outside_source`, `notebook`.
    Raises TableError for claims that cannot be followed.
    """
    claims = read_claims(folder)
    facts = outside_facts(claims)
    wanted = [name for name in claims if notebook in {None, claims[name].notebook}]
    verdicts = computed(claims, wanted, judge)
    rows = [ledger_row(claims[name], verdict, facts) for name, verdict in verdicts.items()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"low": float, "high": float, "power": float})
