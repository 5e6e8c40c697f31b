"""How the ledger judges a claim, as a sentence: what a notebook says of it comes from here."""

import html
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.language.current import label, tr
from analysis.language.sentences import listed
from analysis.ledger.outside import Evidence
from analysis.ledger.summaries import ground
from analysis.ledger.table import rows_of_claims


@dataclass(frozen=True)
class Standing:
    """What the ledger says of one claim or of several that it judges alike.

    claims, amounts : tuple of str
        Their names, and what each prints, with its unit; empty for words.
    verdict, status : str
        One of `verdicts.VERDICTS` and of `table.STATUSES`.
    why : str
        The condition, the reason why it cannot be checked, or the calculation.
    outside : Evidence
        What other sources say.
    """

    claims: tuple[str, ...]
    amounts: tuple[str, ...]
    verdict: str
    status: str
    why: str
    outside: Evidence

    @property
    def text(self) -> str:
        """The sentence, in the language in use."""
        named = [
            tr("{claim} ({amount})", claim=claim, amount=amount) if amount else claim
            for claim, amount in zip(self.claims, self.amounts, strict=True)
        ]
        return tr(
            "In the ledger: {claims}: {verdict} ({why}); {outside}status: {status}.",
            claims=listed(named),
            verdict=label(self.verdict),
            why=self.why,
            outside=self._outside,
            status=label(self.status),
        )

    @property
    def _outside(self) -> str:
        if not self.outside.found:
            return ""
        return tr(
            "outside, {outcome}: {found}; ",
            outcome=label(self.outside.outcome),
            found=tr(self.outside.found),
        )

    @property
    def html(self) -> str:
        """The sentence as a paragraph that names claims, verdict and status for a program."""
        names = {"claims": " ".join(self.claims), "verdict": self.verdict, "status": self.status}
        said = " ".join(f'data-{name}="{html.escape(text)}"' for name, text in names.items())
        return f"<p {said}>{html.escape(self.text)}</p>"


class Standings(tuple[Standing, ...]):
    """Sentences that a notebook shows, one a judgement; see `status_of`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n\n".join(textwrap.fill(each.text, 100, break_on_hyphens=False) for each in self)

    def _repr_html_(self) -> str:
        return "\n".join(each.html for each in self)


def status_of(*names: str, folder: str | Path | None = None) -> Standings:
    """Return how the ledger judges claims, as sentences that a notebook shows.

    names : str
        Claims, such as "orchard-apples"; those that are judged alike share a sentence.
    folder : str or Path
        A data folder.

    Raises ValueError for a claim that there is not.
    """
    rows = rows_of_claims(names, folder)
    if unknown := [name for name in names if name not in rows]:
        raise ValueError(f"status_of: there is no claim {', '.join(map(repr, unknown))}")
    return Standings(together(standing(rows[name]) for name in dict.fromkeys(names)))


def standing(row: Mapping[str, Any]) -> Standing:
    """Return what the ledger says of one claim.

    row : mapping
        Of `table.ledger_rows`.
    """
    return Standing(
        (row["claim"],),
        (row["amount"],),
        row["verdict"],
        row["status"],
        ground(row["condition"], row["reason"], row["arithmetic"]),
        Evidence(row["outside"], *(row[name] for name in ("found", "source", "grade", "dated"))),
    )


def together(found: Iterable[Standing]) -> list[Standing]:
    """Return the same with one entry for claims that are judged alike and for the same reason.

    So the numbers that one condition ties together share a sentence.
    """
    merged: dict[tuple, Standing] = {}
    for each in found:
        key = (each.verdict, each.status, each.why, each.outside.found)
        first = merged.get(key, replace(each, claims=(), amounts=()))
        names, amounts = first.claims + each.claims, first.amounts + each.amounts
        merged[key] = replace(each, claims=names, amounts=amounts)
    return list(merged.values())
