"""What kind of thing one cell holds, as far as its text tells."""

import re
from collections.abc import Iterable

NUMBER = re.compile(r"[-+−]?[0-9][0-9 \u00a0\u202f]{0,99}([.,][0-9]{1,99})?\s?%?")
DATE = re.compile(
    r"([0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2,4})"
    r"([ ,T]+[0-9]{1,2}:[0-9]{2}.*)?"
    r"|[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AaPp][Mm])?"
)
ADDRESS = re.compile(r"[^@\s]++@[^@\s][^@\s.]*+\.[^@\s]++")
KINDS = {"number": NUMBER, "date": DATE, "address": ADDRESS}
EMPTY = frozenset(("", "-", "–", "—", ".", "?", "na", "n/a", "#n/a", "none", "null", "nan"))


def kind_of(cell: str) -> str:
    """Return "number", "date", "address", "text", or "" for a cell that says nothing.

    >>> [kind_of(cell) for cell in ("1,75", "02.03.2024 10:15:00", "a@b.kz", "20–25", " ", "N/A")]
    ['number', 'date', 'address', 'text', '', '']
    """
    text = cell.strip()
    if text.casefold() in EMPTY:
        return ""
    return next((kind for kind, form in KINDS.items() if form.fullmatch(text)), "text")


def column_kind(cells: Iterable[str], share: float = 0.8) -> str:
    """Return the kind that a share of the cells have at least, "text" if none, "" if all are empty.

    >>> column_kind(["20", "21", "", "N/A"]), column_kind(["20", "Almaty"]), column_kind([""])
    ('number', 'text', '')
    """
    kinds = [kind for kind in map(kind_of, cells) if kind]
    most = max(set(kinds), key=kinds.count, default="")
    return most if kinds.count(most) >= share * len(kinds) else "text"


def as_number(cell: str) -> float | None:
    """Return the number that a cell writes, with point or comma, or None.

    >>> as_number("1 234,5"), as_number("45 %"), as_number("many")
    (1234.5, 45.0, None)
    """
    text = cell.strip()
    if not NUMBER.fullmatch(text):
        return None
    plain = re.sub(r"[\s%]", "", text).replace("−", "-").replace(",", ".")
    return float(plain)
