"""What came out for a claim, in one sentence."""

from collections.abc import Mapping
from typing import Any

from analysis.language.current import label, tr


def came_out(record: Mapping[str, Any]) -> str:
    """Return in one sentence what came out for a claim.

    record : mapping
        A row of a ledger as a mapping.
    """
    sum_, said = record["arithmetic"].rstrip("."), record["said"].rstrip(".")
    match record["verdict"], record["outside"]:
        case "inconsistent", _:
            return tr("The other printed numbers do not allow it: {sum}.", sum=sum_)
        case _, "contradicted":
            return tr("An outside source says: {said}.", said=said)
        case _, "confirmed" if record["status"] == "holds" and said:
            return tr("An outside source confirms it: {said}.", said=said)
        case "conditional", _:
            return tr(
                "As written it does not fit; it is {condition}.", condition=record["condition"]
            )
        case "reproduced", _:
            return tr("The other printed numbers give it: {sum}.", sum=sum_)
        case "consistent", _:
            return tr("The other printed numbers leave room for it: {sum}.", sum=sum_)
    return undecided(record["reason"], sum_)


def undecided(reason: str, sum_: str) -> str:
    """Return in one sentence why a claim cannot be checked, with what was tried."""
    if sum_:
        return tr("Nothing decides ({reason}): {sum}.", reason=label(reason), sum=sum_)
    return tr("Nothing decides: {reason}.", reason=label(reason))
