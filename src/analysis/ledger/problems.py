"""What is wrong with the claims of a folder: all that would stop the ledger, and outside values."""

from pathlib import Path

from analysis.ledger.outside import outside_problems
from analysis.ledger.read import computed, read_claims
from analysis.ledger.verdicts import Audit
from analysis.problems import TableError


def claim_problems(folder: str | Path | None = None) -> list[str]:
    """Return a line for every problem of the claims of a folder; none if it has no claims.

    All is computed that the ledger computes.
    """
    try:
        claims = read_claims(folder)
        audit = Audit(claims)
        computed(claims, claims, lambda _, name: audit[name])
        return outside_problems(claims)
    except TableError as error:
        return error.problems
