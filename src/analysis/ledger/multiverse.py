"""Every claim under every combination of choices that matters to it: what does its verdict hang on?

The choices are the reading (above all the base), the rounding rule, the room that a rough word
leaves, and the level of a test. Source of the idea: Steegen, Tuerlinckx, Gelman & Vanpaemel 2016,
doi:10.1177/1745691616658637.
"""

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.arguments import check_choice
from analysis.counts.qualifiers import ROUGH, meaning
from analysis.language.current import quiet
from analysis.ledger.checks.reading import counted_readings, outcome
from analysis.ledger.checks.words import ROUGH_RELATIONS
from analysis.ledger.claims import Claims
from analysis.ledger.equations import Equation
from analysis.ledger.judged import Audit, rows_of
from analysis.ledger.read import computed
from analysis.ledger.settings import DEFAULT, settings_of
from analysis.ledger.variants import check_under, readings_of, variants

ROUNDING = ("half-any", "half-up", "half-even", "truncate")
TOLERANCE = {  # points of a share, and part of any other number
    "usual": (DEFAULT.tolerance, DEFAULT.near),
    "narrow": (Fraction(5, 2), Fraction(1, 20)),
    "wide": (Fraction(10), Fraction(1, 5)),
}
LEVEL = (DEFAULT.level, Fraction(1, 100), Fraction(1, 10))
AS_STATED = "as stated"
BY_RULE = "by the rule"  # all readings together, as the verdict takes them
AS_DECIDED = "as decided"
OTHER_READING = "another reading"
READINGS = (BY_RULE, AS_STATED, OTHER_READING)
UNCHECKED = "not checkable"
CHOICES = ("reading", "rounding", "tolerance", "level")
COLUMNS = ["claim", *CHOICES, "outcome"]
ROUNDED = {"share", "sum", "base-detection", "implied-total", "part", "difference", "same"}
GRAVE = ("agrees", "only if", "fails")
USUAL = {
    "reading": BY_RULE,
    "rounding": ROUNDING[0],
    "tolerance": next(iter(TOLERANCE)),
    "level": str(LEVEL[0]),
}


def choices_of(claims: Claims, equation: Equation) -> dict[str, tuple[str, ...]]:
    """Return the choices that matter to a check, each with its values, the usual one first."""
    claim = claims[equation.claim]
    others = [each for each in variants(claims, claim) if each.stance != "excluded"]
    readings = [each.said or AS_STATED for each in others]
    words = claim.kind in {"comparison", "coverage"}
    return {
        "reading": (BY_RULE, *readings) if len(others) > 1 else (BY_RULE,),
        "rounding": ROUNDING if claim.kind in ROUNDED or words else ROUNDING[:1],
        "tolerance": tuple(TOLERANCE) if is_rough(claims, equation) else ("usual",),
        "level": tuple(map(str, LEVEL)) if claim.kind == "coverage" else (str(LEVEL[0]),),
    }


def is_rough(claims: Claims, equation: Equation) -> bool:
    """Say whether a check hangs on how much room a word such as "about" leaves."""
    claim = claims[equation.claim]
    if ROUGH_RELATIONS & set(claim.inputs.get("relation", ())):
        return True
    named = {claim.claim, *claim.references} & set(claims)
    bases = {base for each in named for base in claims[each].base}
    rough = {meaning(claims[each].qualifier) for each in named | bases}
    return bool(rough & set(ROUGH)) or any("/" in claims[each].printed for each in named)


def outcome_at(claims: Claims, equation: Equation, point: Mapping[str, str]) -> str:
    """Return what a check comes to at one point: "agrees", "only if" or "fails"."""
    room, level = TOLERANCE[point["tolerance"]], Fraction(point["level"])
    chosen = settings_of(point["rounding"], *room, level)
    return outcome_read(claims.with_settings(chosen), equation, point["reading"])


def outcome_read(claims: Claims, equation: Equation, reading: str) -> str:
    """Return what a check comes to under one of its readings: "agrees", "only if" or "fails"."""
    claim = claims[equation.claim]
    if reading == BY_RULE:
        with quiet():
            return outcome(readings_of(claims, claim.claim))
    taken = (
        each
        for each in variants(claims, claim)
        if (each.said or AS_STATED) == reading and each.stance != "excluded"
    )
    variant = next(taken)
    with quiet():
        read = check_under(claims, variant)
    found = [replace(each, stance="stated") if each.way == "" else each for each in read]
    return outcome(counted_readings(found))


def outcome_taken(claims: Claims, equation: Equation, reading: str) -> str:
    """Return what a check comes to as the verdict takes it, as stated, or read most kindly.

    reading : str
        One of READINGS; a check that has no such reading is taken as its verdict takes it.
    """
    first, *others = choices_of(claims, equation)["reading"]
    if reading == OTHER_READING:
        others = [each for each in others if each != AS_STATED]
    else:
        others = [each for each in others if each == reading]
    found = {outcome_read(claims, equation, each) for each in others or [first]}
    return min(found, key=GRAVE.index)


def grid(claims: Claims, equation: Equation) -> Iterator[dict[str, str]]:
    """Yield every combination of the choices that matter to a check, with its outcome."""
    choices = choices_of(claims, equation)
    for values in itertools.product(*(choices[name] for name in CHOICES)):
        point = dict(zip(CHOICES, values, strict=True))
        yield point | {"outcome": outcome_at(claims, equation, point)}


def hangs_on(points: list[dict[str, str]]) -> str:
    """Return "robust", or the choices on which an outcome hangs, parted by commas.

    A choice counts where another value of it, all others being the same, gives another outcome.

    >>> points = [{"rounding": "half-up", "outcome": "agrees"}]
    >>> hangs_on([point | {"reading": "", "tolerance": "", "level": ""} for point in points])
    'robust'
    """
    found = []
    for name in CHOICES:
        others = [other for other in CHOICES if other != name]
        seen: dict[tuple, set[str]] = {}
        for point in points:
            seen.setdefault(tuple(point[o] for o in others), set()).add(point["outcome"])
        found += [name] if any(len(outcomes) > 1 for outcomes in seen.values()) else []
    return ", ".join(found) or "robust"


class Multiverse:
    """The grid of each check of an audit; each is computed when it is asked for, and once."""

    def __init__(self, audit: Audit):
        self.audit = audit
        self._grids: dict[Equation, list[dict[str, str]]] = {}

    def of(self, claim: str) -> list[dict[str, str]]:
        """Return the grid of the check that decides on a claim; nothing where none does."""
        equation = self.decides(claim)
        if equation is None:
            return []
        if equation not in self._grids:
            self._grids[equation] = list(grid(self.audit.claims, equation))
        return self._grids[equation]

    def decides(self, claim: str) -> Equation | None:
        """Return the check that decides on a claim; None where none does."""
        verdict = self.audit[claim]
        found = self.audit.equations_of(verdict.of or claim) if verdict.readings else []
        return next((each for each in found if verdict.of in each.stated_by), None)

    def robust(self, claim: str) -> str:
        """Return "robust", the choices that the verdict on a claim hangs on, or nothing."""
        if self.audit[claim].verdict == UNCHECKED:
            return ""
        points = self.of(claim)
        return hangs_on(points) if points else ""


def multiverse_table(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a claim that can be checked and a combination of the choices that matter.

    Columns: claim, reading, rounding, tolerance, level, outcome ("agrees", "only if", "fails").
    The reading "by the rule" weighs all readings as the verdict does; every other is taken alone.
    """
    return pd.DataFrame(rows_of("multiverse", _points, folder), columns=COLUMNS)


def _points(audit: Audit, names: list[str]) -> list[dict[str, Any]]:
    found = Multiverse(audit)
    checked = [name for name in names if audit[name].verdict != UNCHECKED]
    return [{"claim": name} | point for name in checked for point in found.of(name)]


def outcomes_under(
    reading: str = BY_RULE, assumed: Sequence[str] = (), folder: str | Path | None = None
) -> pd.Series:
    """Return what the check of each claim that has one comes to, under a choice of one's own.

    reading : str
        "by the rule" weighs all readings as the verdict does; "as stated" takes the stated one
        alone, "another reading" the kindest of the others alone. A claim that has no such reading
        is taken by the rule.
    assumed : sequence of str
        Each `setting=value`, such as "rounding=truncate"; see `assumptions.assume`.
    folder : str or Path
        A data folder.

    By claim: "agrees", "only if" or "fails". Raises ValueError for another reading, and for an
    assumption that cannot be made.
    """
    check_choice(reading, "reading", READINGS)
    make = functools.partial(_outcomes, reading)
    rows = rows_of("outcomes", make, folder, assumed=assumed, said=[reading])
    found = {row["claim"]: row["outcome"] for row in rows}
    return pd.Series(found, dtype=object, name="outcome").rename_axis("claim")


def _outcomes(reading: str, audit: Audit, names: list[str]) -> list[dict[str, Any]]:
    verdicts = computed(audit.claims, names, lambda _, name: audit[name])
    checked = [name for name, found in verdicts.items() if found.verdict != UNCHECKED]
    checks = {name: Multiverse(audit).decides(name) for name in checked}
    return [
        {"claim": name, "outcome": outcome_taken(audit.claims, equation, reading)}
        for name, equation in checks.items()
        if equation
    ]


def single_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a claim, one column a choice changed alone, with what the check comes to then.

    table : DataFrame
        What `multiverse_table` returned, or the rows of some claims.

    The first column has everything as the verdict takes it; "as stated" takes the stated reading
    alone, "another reading" the kindest of the others alone. A choice that has no part in the check
    of a claim leaves its cell empty.
    """
    usual = pd.DataFrame({name: table[name] == value for name, value in USUAL.items()})
    rows = table[(~usual).sum(axis=1) <= 1].assign(column=AS_DECIDED)
    for name in CHOICES:
        changed = ~usual.loc[rows.index, name]
        rows.loc[changed, "column"] = rows.loc[changed, name]
    other = (rows["reading"] != BY_RULE) & (rows["reading"] != AS_STATED)
    rows.loc[other, "column"] = OTHER_READING
    kindest = rows.assign(outcome=rows["outcome"].map(GRAVE.index))
    cells = kindest.pivot_table(index="claim", columns="column", values="outcome", aggfunc="min")
    columns = [AS_DECIDED, AS_STATED, OTHER_READING, *ROUNDING[1:], *list(TOLERANCE)[1:]]
    columns += [str(level) for level in LEVEL[1:]]
    cells = cells.reindex(index=table["claim"].unique(), columns=columns)
    words = cells.map(lambda place: "" if pd.isna(place) else GRAVE[int(place)])
    return words.loc[:, (words != "").any()].rename_axis(columns=None)
