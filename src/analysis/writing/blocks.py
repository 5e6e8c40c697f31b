"""What a document consists of, and how its texts and numbers are shown, whatever the format."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language.current import label, number, tr
from analysis.language.signs import shown
from analysis.language.tables import MISSING, decimals, is_missing, is_number, on_the_decimal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.writing.pictures import Picture

WIDE = 10_000  # from here on thousands are parted


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table that gets a number.

    frame : DataFrame
        Headings and texts as they are to be read; a number is formatted by the writer, a missing
        one is a dash.
    title : str
    notes : sequence of str
        Sentences below the table.
    name : str
        Short name, of the sheet in a workbook; by default the title.
    digits : mapping of str to int
        Decimals by column; another column has as many as its numbers need, six at most.
    spans : mapping of str to (str, str)
        For a column the heading that spans it and its neighbours, and its own below that; a
        workbook, which has one row of headings, keeps the name of the column.
    """

    frame: pd.DataFrame
    title: str
    notes: Sequence[str] = ()
    name: str = ""
    digits: Mapping[str, int] = field(default_factory=dict)
    spans: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def caption(self) -> str:
        """The number of a table, as a message to fill."""
        return tr("Table {number}", number="{number}")

    @property
    def columns(self) -> list["Column"]:
        """The columns as they are shown in the language in use."""
        return [
            column_of(
                str(head),
                self.frame.iloc[:, place].tolist(),
                self.digits.get(head),
                self.spans.get(head, ("", "")),
            )
            for place, head in enumerate(self.frame.columns)
        ]


@dataclass(frozen=True)
class Figure:
    """A picture that gets a number.

    drawing : Axes, bytes or Picture
        What a `plot_*` function returned, a PNG, or a picture that is drawn already.
    title, alt, note : str
        By default what the drawing says of itself.
    """

    drawing: "Axes | bytes | Picture"
    title: str = ""
    alt: str = ""
    note: str = ""

    @property
    def caption(self) -> str:
        """The number of a figure, as a message to fill."""
        return tr("Figure {number}", number="{number}")


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True)
class Column:
    """A column as it is shown.

    head : str
    texts : list of str
        Its cells as they are read; numbers that stand at the right have their decimals in line.
    values : list
        The same as numbers, texts and None.
    right : bool
        Whether it is a column of numbers.
    digits : int
        Decimals of its numbers.
    over, under : str
        The heading that spans it and others, if there is one, and the one below that.
    """

    head: str
    texts: list[str]
    values: list[float | str | None]
    right: bool
    digits: int
    over: str = ""
    under: str = ""

    @property
    def below(self) -> str:
        """The heading of the column itself, where it may stand below another one."""
        return self.under if self.over else self.head


def column_of(
    head: str,
    values: Sequence[Any],
    digits: int | None = None,
    span: tuple[str, str] = ("", ""),
) -> Column:
    """Return a column: a text stays as it is, numbers get the same number of decimals.

    digits : int or None
        Decimals; by default as many as the numbers need.
    span : (str, str)
        The heading above it and others, and its own below that.

    >>> column_of("share", [28.25, None, 4], 1).texts, column_of("answer", ["yes", "a_b"]).texts
    (['28.2', '–', '4.0'], ['yes', 'a_b'])
    """
    kept = [_value(each) for each in values]
    numbers = [each for each in kept if isinstance(each, int | float)]
    given = sum(each is not None for each in kept)
    right = 2 * len(numbers) >= given if numbers else digits is not None and not given
    if digits is None:
        digits = max((decimals(each) for each in numbers if math.isfinite(each)), default=0)
    grouped = any(abs(each) >= WIDE for each in numbers)
    texts = [_text(each, digits, grouped) for each in kept]
    aligned = on_the_decimal(texts)
    right = right or aligned is not None
    return Column(shown(head), aligned or texts, kept, right, digits, *map(shown, span))


def spanned(columns: Sequence[Column]) -> list[list[Column]]:
    """Return the columns in groups: neighbours below one heading together, others by themselves.

    >>> men = [Column(name, [], [], True, 0, "men", name) for name in ("people", "share")]
    >>> [len(group) for group in spanned([Column("answer", [], [], False, 0), *men])]
    [1, 2]
    """
    groups: list[list[Column]] = []
    for column in columns:
        if groups and column.over and groups[-1][0].over == column.over:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _value(value: Any) -> float | str | None:
    """Return a cell as a number, a text or None."""
    if is_missing(value):
        return None
    if pd.api.types.is_bool(value):
        return label("yes" if value else "no")
    if not is_number(value):
        return shown(str(value))
    return int(value) if pd.api.types.is_integer(value) else float(value)


def _text(value: float | str | None, digits: int, grouped: bool) -> str:
    if value is None or isinstance(value, str):
        return MISSING if value is None else value
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞"
    spec = f"{',' if grouped else ''}.{digits}f"
    rounded = round(value, digits) + 0
    text = number(rounded, spec) if rounded or not value else "<" + number(10**-digits, spec)
    return text.replace("-", "−")


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Yield each block with its number among those of its kind, from 1.

    >>> [number for _, number in numbered([Paragraph("a"), Heading("b"), Paragraph("c")])]
    [1, 1, 2]
    """
    counts: dict[type, int] = {}
    for block in blocks:
        counts[type(block)] = counts.get(type(block), 0) + 1
        yield block, counts[type(block)]


def title_of(blocks: Iterable[Block]) -> str:
    """Return the title of a document: its first heading.

    >>> title_of([Paragraph("a"), Heading("b")])
    'b'
    """
    return next((shown(each.text) for each in blocks if isinstance(each, Heading)), "")
