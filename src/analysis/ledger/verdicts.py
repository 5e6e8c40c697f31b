"""From the readings of a claim to its verdict, with the power of the check beside it."""

import statistics
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.language.current import tr
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Book, Claim
from analysis.ledger.outside import outside_facts, outside_of
from analysis.ledger.read import read_book

VERDICTS = ("reproduced", "consistent", "inconsistent", "not checkable")
REASONS = (
    *("only in an image", "base not stated", "no other number", "needs an outside source"),
    *("plan or target", "check has no power", "no number"),
)
YEARS = 50  # wrong years that are tried lie within so many of the printed one
TRIED = 200  # at most so many wrong numbers are tried
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
        return (agreeing or [*self.readings, None])[0]


def alternatives(book: Book, claim: Claim) -> list[str]:
    """Return the numbers that might have been printed instead, at the same precision.

    Percentages from 0 to 100; head-counts from 1 to their base; years, fifty to each side;
    ages and centuries as far as they go; other numbers from 1 to twice the printed one, at most
    two hundred of them.
    """
    printed, unit = claim.printed, claim.unit
    if unit in {"year", "date", "decade"}:
        year, rest = printed[:4], printed[4:]
        step = 10 if unit == "decade" else 1
        years = range(int(year) - YEARS, int(year) + YEARS + 1, step)
        return [f"{other:04}{rest.replace('-29', '-28')}" for other in years]
    if unit == "age band":
        low, dash, _ = printed.partition("-")
        return [f"{low}{dash}{age}" for age in range(int(low), 100)] if dash else _whole(100)
    if unit == "century":
        return _whole(30)
    decimals = len(printed.partition(".")[2])
    if unit == "percent":
        top = 100
    elif claim.base and unit == "people":
        top = max(book.people(claim.base[0]))
    else:
        top = 2 * Fraction(printed)
    steps = int(top * 10**decimals)
    least = 0 if unit == "percent" else 1
    grid = range(least, steps + 1, max(1, steps // TRIED))
    tried = sorted({*grid, int(Fraction(printed) * 10**decimals)})
    return [f"{Decimal(number).scaleb(-decimals):f}" for number in tried]


def _whole(top: int) -> list[str]:
    return [str(number) for number in range(1, top)]


def readings_of(book: Book, claim: str) -> list[Reading]:
    """Return what the check of a claim finds in a book."""
    return CHECKS[book[claim].kind].function(book, book[claim])


def accepted(book: Book, claim: str, varied: str) -> dict[str, tuple[bool, bool]]:
    """Return, for every number `varied` might print, if the first and if any reading agrees."""
    found = {}
    for printed in alternatives(book, book[varied]):
        readings = readings_of(book.with_printed(varied, printed), claim)
        found[printed] = (readings[0].agrees, any(reading.agrees for reading in readings))
    return found


def judge(book: Book, claim: str) -> Verdict:
    """Return the verdict on one claim.

    book : Book
        All claims and tables.
    claim : str
        Its short name.

    The power is the share of wrong numbers (see `alternatives`) that every admissible reading
    would have refused; for a comparison in words the number on its left is varied.
    `reproduced`: the first reading agrees with the printed number and with no other; for words:
    every reading agrees. `consistent`: some reading agrees, and the power is not 0.
    """
    kind = book[claim].kind
    if kind in NO_CHECK:
        return Verdict("not checkable", NO_CHECK[kind])
    if kind == "share" and not book[claim].base:
        return Verdict("not checkable", "base not stated")
    readings = tuple(readings_of(book, claim))
    if book[claim].printed:
        trials = accepted(book, claim, claim)
        wrong = {
            printed: fits for printed, fits in trials.items() if printed != book[claim].printed
        }
        power = sum(not any_fits for _, any_fits in wrong.values()) / len(wrong)
        exact = readings[0].agrees and not any(first for first, _ in wrong.values())
    else:
        power = _power_of_words(book, claim)
        exact = all(reading.agrees for reading in readings)
    agrees = any(reading.agrees for reading in readings)
    if not agrees:
        return Verdict("inconsistent", "", readings, power)
    if exact and power:
        return Verdict("reproduced", "", readings, power)
    if not power:
        return Verdict("not checkable", "check has no power", readings, power)
    return Verdict("consistent", "", readings, power)


def _power_of_words(book: Book, claim: str) -> float:
    found = []
    for role in CHECKS[book[claim].kind].varied & set(book[claim].inputs):
        for varied in book[claim].inputs[role]:
            trials = accepted(book, claim, varied)
            trials.pop(book[varied].printed, None)
            found.append(sum(not any_fits for _, any_fits in trials.values()) / len(trials))
    return statistics.fmean(found) if found else 0.0


def severity(claim: Claim, verdict: str, outside: str) -> str:
    """Return what rests on a number that does not hold: "conclusion", "detail" or nothing."""
    return claim.bearing if verdict == "inconsistent" or outside == "contradicted" else ""


def ledger_row(book: Book, claim: Claim, facts: pd.DataFrame) -> dict[str, object]:
    """Return one row of the ledger; `facts` is what `outside_facts` returned."""
    verdict = judge(book, claim.claim)
    reading = verdict.deciding
    outside, source = outside_of(facts, claim)
    return {
        **{name: getattr(claim, name) for name in COLUMNS if hasattr(claim, name)},
        "statement": tr(claim.statement),
        "note": tr(claim.note),
        "base": " ".join(claim.base),
        "inputs": "; ".join(
            f"{role}={(' / ' if role == 'items' else ' ').join(names)}"
            for role, names in claim.inputs.items()
        ),
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "severity": severity(claim, verdict.verdict, outside),
        "recomputed": reading.recomputed if reading else "",
        "low": reading.low if reading else None,
        "high": reading.high if reading else None,
        "power": verdict.power,
        "arithmetic": verdict.arithmetic,
        "outside": outside,
        "outside_source": source,
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
    book = read_book(folder)
    facts = outside_facts(book)
    wanted = [claim for claim in book if notebook in {None, claim.notebook}]
    rows = [ledger_row(book, claim, facts) for claim in wanted]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"low": float, "high": float, "power": float})
