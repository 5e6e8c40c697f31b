"""What if: the claims under other numbers and settings."""

import difflib
from collections.abc import Sequence

from analysis.ledger.claims import Claims
from analysis.ledger.settings import NAMES, parse_assumptions


def assume(claims: Claims, texts: Sequence[str]) -> Claims:
    """Return the claims under assumptions, each `claim=number` or `setting=value`.

    Raises ValueError for a claim or a setting that there is not, with what there is.
    """
    settings, numbers = parse_assumptions(texts)
    chosen = claims.settings
    for name, value in settings.items():
        chosen = chosen.with_text(name, value)
    for name, number in numbers.items():
        if name not in claims:
            close = difflib.get_close_matches(name, [*claims, *NAMES], n=3)
            advice = f"did you mean {' or '.join(close)}? " if close else ""
            raise ValueError(
                f"--assume: there is no claim {name!r}; {advice}settings are {', '.join(NAMES)}"
            )
        claims = claims.with_printed(name, number)
    return claims.with_settings(chosen)
