"""The readings of claims, one by one, as rows: what each takes, and what came of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.ledger.checks import Reading
from analysis.ledger.judged import rows_of
from analysis.ledger.read import computed
from analysis.ledger.verdicts import Audit


def readings_of_claims(folder: str | Path | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return every reading that was tried, by claim, in the order in which the ledger has them.

    folder : str or Path
        A data folder.

    Each has `stance` (one of `checks.reading.STANCES`), `said` (what it takes for right, in words,
    or nothing), `arithmetic`, and `agrees`. Raises TableError for claims that cannot be computed.
    """
    return {row["claim"]: row["tried"] for row in rows_of("tried", tried_rows, folder)}


def tried_rows(audit: Audit, names: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return one row a claim: its name, and its readings; TableError as `readings_of_claims`."""
    verdicts = computed(audit.claims, names, lambda _, name: audit[name])
    return [
        {"claim": name, "tried": [reading_row(each) for each in verdict.readings]}
        for name, verdict in verdicts.items()
    ]


def reading_row(reading: Reading) -> dict[str, Any]:
    """Return what a page lists of a reading.

    >>> reading_row(Reading("only growers were asked", True, "40", "40 of 50 is 80 %"))["said"]
    'only growers were asked'
    """
    return {
        "stance": reading.stance,
        "said": reading.said,
        "arithmetic": reading.arithmetic,
        "agrees": reading.agrees,
    }
