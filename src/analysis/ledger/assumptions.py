"""What if: the claims under other numbers and settings."""

import difflib
from collections.abc import Sequence

from analysis.failures import quoted
from analysis.ledger.claims import Claims
from analysis.ledger.settings import DEFAULT, NAMES, Settings, parse_assumptions


def assume(claims: Claims, texts: Sequence[str]) -> Claims:
    """Return the claims under assumptions, each `claim=number` or `setting=value`.

    Raises ValueError for a claim or a setting that there is not, with what there is.
    """
    _, numbers = parse_assumptions(texts)
    chosen = assumed_settings(texts, claims.settings)
    for name, number in numbers.items():
        if name not in claims:
            close = difflib.get_close_matches(name, [*claims, *NAMES], n=3)
            advice = f"did you mean {' or '.join(close)}? " if close else ""
            raise ValueError(
                f"--assume: there is no claim {quoted(name)}; {advice}"
                f"settings are {', '.join(NAMES)}"
            )
        claims = claims.with_printed(name, number)
    return claims if chosen is claims.settings else claims.with_settings(chosen)


def assumed_settings(texts: Sequence[str], before: Settings = DEFAULT) -> Settings:
    """Return settings under assumptions; ValueError for a value that a setting cannot have.

    >>> assumed_settings(["rounding=truncate", "orchard-growers=38"]).rounding
    'truncate'
    """
    settings, _ = parse_assumptions(texts)
    for name, value in settings.items():
        before = before.with_text(name, value)
    return before
