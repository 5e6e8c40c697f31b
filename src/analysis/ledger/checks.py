"""Which check belongs to which kind of claim, and why a claim of another kind has none."""

from collections.abc import Callable
from dataclasses import dataclass

from . import relations, shares, times
from .claims import Book, Claim
from .reading import Reading


@dataclass(frozen=True)
class Check:
    """A check: what it is called with, and the roles that `inputs` must and may name."""

    function: Callable[[Book, Claim], list[Reading]]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  # roles that hold a word and not a reference
    varied: frozenset[str] = frozenset()  # roles whose numbers are varied if the claim has none

    @property
    def numeric(self) -> bool:
        """Whether the claim itself must print a number."""
        return not self.varied


def _check(function, required="", optional="", words="", varied="") -> Check:
    names = (required, optional, words, varied)
    return Check(function, *(frozenset(each.split()) for each in names))


CHECKS = {
    "share": _check(shares.share),
    "sum": _check(shares.options_sum, "others", "open", "open"),
    "base-detection": _check(shares.base_detection, "with up-to"),
    "implied-total": _check(shares.implied_total, "", "count share"),
    "part": _check(shares.part, "", "whole least shares", "shares"),
    "coverage": _check(shares.coverage, "sample n population reference", varied="sample"),
    "difference": _check(relations.difference, "part1 whole1 part2", "whole2 value"),
    "comparison": _check(
        *(relations.comparison, "relation left", "right left-of right-of", "relation"),
        varied="left",
    ),
    "same": _check(relations.same, "as"),
    "list": _check(relations.listing, "items", "before", "before"),
    "numbering": _check(relations.numbering, "", "previous"),
    "bands": _check(relations.bands, "", "next previous"),
    "chronology": _check(times.chronology, "", "after before"),
    "duration": _check(times.duration, "from to"),
    "conversion": _check(
        *(times.conversion, "", "year at-most at-least national low high"), varied="national"
    ),
}

NO_CHECK = {
    "fact": "needs an outside source",
    "plan": "plan or target",
    "image": "only in an image",
    "alone": "no other number",
    "wording": "no number",
}
