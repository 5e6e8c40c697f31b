"""Tables as a reader wants them: words for headings, numbers on their decimal, no index to read.

The kernel of a notebook shows what a cell ends with by `html_table` and `plain_table`: a table, a
series, or a dictionary of plain values. Nothing is cut, and no text of a cell is changed but for
the language.
"""

import datetime
import html
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.language.current import LANGUAGES, current_language, label, localized_text, number, tr
from analysis.language.sentences import NO_FORMULAS

MISSING = "–"
DIGIT_WIDE, POINT_WIDE = "\N{FIGURE SPACE}", "\N{PUNCTUATION SPACE}"
DECIMALS, DIGITS = 6, 6  # at most so many after the point, and so many that count
LONGEST = 500  # rows that are shown
MANY = 1000  # of more entries of a cell the ends are shown
PLAIN = (str, int, float, Decimal, Fraction, datetime.date, type(None), type(pd.NA))


@dataclass(frozen=True)
class Column:
    """A column as it is shown: its heading, its cells, where they stand, whether it names rows."""

    head: str
    cells: list[str]
    right: bool
    names: bool = False


def columns_of(data: pd.DataFrame | pd.Series | Mapping[Any, Any]) -> list[Column]:
    """Return the columns of a table as they are shown in the language in use.

    data : DataFrame, Series or mapping
        An index with a name or with text is the first columns; that of a series, and the keys of a
        mapping, always are. Numbers of a column have the same number of decimals, but for a series
        of several kinds.

    >>> kept = pd.DataFrame({"least_people": [4, 12], "share": [28.0, 4.25]}, index=["yes", "no"])
    >>> [(column.head, column.cells) for column in columns_of(kept)]
    [('', ['yes', 'no']), ('least people', ['4', '12']), ('share', ['28.00', '4.25'])]
    """
    if isinstance(data, Mapping):
        data = pd.Series(list(data.values()), pd.Index(list(data)), dtype=object)
    if isinstance(data, pd.Series):
        several = data.dtype == object
        return [*_index_columns(data.index), _column(data.name, list(data), apart=several)]
    index = _index_columns(data.index) if _says_something(data.index) else []
    places = range(data.shape[1])
    return [*index, *(_column(data.columns[i], list(data.iloc[:, i])) for i in places)]


def _says_something(index: pd.Index) -> bool:
    named = any(name is not None for name in index.names)
    return named or index.nlevels > 1 or not pd.api.types.is_integer_dtype(index)


def _index_columns(index: pd.Index) -> list[Column]:
    levels = [index.get_level_values(level) for level in range(index.nlevels)]
    return [_column(each.name, list(each), names=True) for each in levels]


def _column(name: Any, values: list[Any], apart: bool = False, names: bool = False) -> Column:
    cells = written(values, apart)
    right = on_the_decimal(cells)
    return Column(heading(name), right or cells, right is not None, names)


def heading(name: Any) -> str:
    """Return the name of a column as its heading.

    >>> heading("least_lead"), heading(("share", "men")), heading(2019), heading(None)
    ('least lead', 'share, men', '2019', '')
    """
    if isinstance(name, tuple):
        return ", ".join(filter(None, map(heading, name)))
    if isinstance(name, str):
        return localized_text(name.replace("_", " "))
    return "" if is_missing(name) else written([name])[0]


def written(values: Sequence[Any], apart: bool = False) -> list[str]:
    """Return the values of a column as text, in the language in use.

    apart : bool
        The values are of several kinds: a whole number is then shown without decimals, although
        others have some.

    >>> written([4, 3.75, None, True, "45", [1, 2]])
    ['4.00', '3.75', '–', 'yes', '45', '1, 2']
    >>> written([120.0, 3.8], apart=True), written([1987, 2021]), written([985, 24500])
    (['120', '3.8'], ['1987', '2021'], ['985', '24,500'])
    """
    figures = [value for value in values if is_number(value) and math.isfinite(value)]
    digits = max((decimals(value) for value in figures), default=0)
    grouped = any(abs(value) >= 10_000 for value in figures)
    return [_cell(value, digits, grouped, apart) for value in values]


def _cell(value: Any, digits: int, grouped: bool, apart: bool) -> str:
    if is_missing(value):
        return MISSING
    if is_number(value):
        return _figure(value, 0 if apart and value == int_or_none(value) else digits, grouped)
    if pd.api.types.is_bool(value):
        return label("yes" if value else "no")
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) > MANY:
        ends = (_cell(value[place], digits, grouped, True) for place in (0, 1, -1))
        return "{}, {}, …, {}".format(*ends)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_cell(each, digits, grouped, True) for each in value) or tr("none")
    return localized_text(str(value).removesuffix(" 00:00:00"))


def int_or_none(value: float) -> int | None:
    """Return the whole part of a number; None for one that is not finite."""
    return int(value) if math.isfinite(value) else None


def _figure(value: float, digits: int, grouped: bool) -> str:
    if not math.isfinite(value):
        return "∞" if value > 0 else "-∞"
    spec = f"{',' if grouped else ''}.{digits}f"
    shown = round(value, digits) + 0  # no minus before a zero
    return number(shown, spec) if shown or not value else "<" + number(10**-digits, spec)


def decimals(value: float) -> int:
    """Return how many decimals a number needs, of six digits that count and six decimals at most.

    >>> decimals(46), decimals(35.4), decimals(0.051023), decimals(1 / 3)
    (0, 1, 6, 6)
    """
    exponent = Decimal(f"{value:.{DIGITS}g}").normalize().as_tuple().exponent
    return min(max(0, -int(exponent)), DECIMALS)


def is_number(value: Any) -> bool:
    """Say whether a value is a number, other than yes or no and than missing."""
    exact = isinstance(value, Fraction | Decimal | complex)  # shown as they are written
    scalar = pd.api.types.is_number(value) and not pd.api.types.is_bool(value)
    return scalar and not exact and not is_missing(value)


def is_missing(value: Any) -> bool:
    """Say whether a value stands for none."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def on_the_decimal(cells: Sequence[str]) -> list[str] | None:
    """Return numbers padded so that their decimals meet when they end in one line.

    None for cells that are not all numbers. The padding is as wide as digits and points are.

    >>> [each.replace(DIGIT_WIDE, "_") for each in on_the_decimal(["45", "–", "120"])]
    ['45', '–', '120']
    >>> [len(each) for each in on_the_decimal(["45", "28.5", ""])]
    [4, 4, 0]
    >>> on_the_decimal(["45", "about 3"])
    """
    found = [_figures().fullmatch(cell) for cell in cells]
    others = [cell for cell, match in zip(cells, found, strict=True) if not match]
    if not any(found) or not set(others) <= {"", MISSING, "∞", "-∞"}:
        return None
    widest = max((match["rest"] for match in found if match), key=len)
    return [
        cell + _blank(widest[len(match["rest"]) :], bool(match["rest"])) if match else cell
        for cell, match in zip(cells, found, strict=True)
    ]


def _figures() -> re.Pattern[str]:
    signs = LANGUAGES[current_language()]
    whole = rf"[<+-]?[0-9](?:[0-9{signs.group}]*[0-9])?"
    return re.compile(rf"{whole}(?P<rest>(?:[{signs.decimal}][0-9]+)?)[ \xa0]?%?")


def _blank(text: str, inside: bool) -> str:
    point = "" if inside or not text else POINT_WIDE
    return point + DIGIT_WIDE * (len(text) - len(point))


def is_plain(data: Any) -> bool:
    """Say whether something can be shown as a table: a dictionary only if its values are plain."""
    if not isinstance(data, Mapping):
        return isinstance(data, pd.DataFrame | pd.Series)
    flat = [each for value in data.values() for each in _entries(value)]
    return bool(data) and all(isinstance(e, PLAIN) or pd.api.types.is_number(e) for e in flat)


def _entries(value: Any) -> Collection[Any]:
    """Return what stands in a value: of numbers kept by their ends the first says enough."""
    if isinstance(value, list | tuple | set):
        return value
    several = isinstance(value, Sequence) and not isinstance(value, str | bytes | range)
    return value[:1] if several else [value]


def html_table(data: Any) -> str | None:
    """Return a table as HTML that needs no style sheet; None for what is none.

    >>> html_table({"beds": 40}).splitlines()[2][:53]
    '<tr><th scope="row" style="text-align: left">beds</th'
    """
    if not is_plain(data):
        return None
    columns, more = shortened(data)
    heads = [_html_cell("th", "col", column.head, column.right) for column in columns]
    top = f"<thead><tr>{''.join(heads)}</tr></thead>\n" if any(c.head for c in columns) else ""
    rows = "\n".join(f"<tr>{_html_row(columns, row)}</tr>" for row in rows_of(columns))
    style = "font-variant-numeric: tabular-nums"
    named = f"result {NO_FORMULAS}"
    table = f'<table class="{named}" style="{style}">\n{top}<tbody>\n{rows}\n</tbody>\n</table>'
    return table + (f"\n<p>{html.escape(more)}</p>" if more else "")


def _html_row(columns: list[Column], row: tuple[str, ...]) -> str:
    return "".join(
        _html_cell("th" if column.names else "td", "row", text, column.right)
        for column, text in zip(columns, row, strict=True)
    )


def _html_cell(tag: str, scope: str, text: str, right: bool) -> str:
    scoped = f' scope="{scope}"' if tag == "th" and text else ""
    side = "right" if right else "left"
    tag, end = ("td", "td") if tag == "th" and not text else (tag, tag)
    return f'<{tag}{scoped} style="text-align: {side}">{html.escape(text)}</{end}>'


def plain_table(data: Any) -> str:
    """Return a table as lines of text, its columns in line.

    >>> print(plain_table(pd.DataFrame({"option": ["yes", "no"], "share": [72.5, 7]})))
    option  share
    yes      72.5
    no        7.0
    """
    columns, more = shortened(data)
    headed = any(column.head for column in columns)
    lines = [tuple(column.head for column in columns)] if headed else []
    lines += [tuple(map(_typed, row)) for row in rows_of(columns)]
    widths = [max(map(len, texts), default=0) for texts in zip(*lines, strict=True)]
    sides = [column.right for column in columns]
    said = [
        "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, sides, strict=True)
        ).rstrip()
        for line in lines
    ]
    return "\n".join([*said, more] if more else said)


def _typed(text: str) -> str:
    return text.replace(DIGIT_WIDE, " ").replace(POINT_WIDE, " ")


def rows_of(columns: list[Column]) -> list[tuple[str, ...]]:
    """Return the rows of a table; a single one that says "none" if there are no others."""
    rows = list(zip(*(column.cells for column in columns), strict=True))
    return rows or [(tr("none"), *("" for _ in columns[1:]))] if columns else []


def shortened(data: Any) -> tuple[list[Column], str]:
    """Return the columns of the first rows, and a line that says how many more there are."""
    if isinstance(data, Mapping) or len(data) <= LONGEST:
        return columns_of(data), ""
    more = tr("... and {rows} more rows.", rows=len(data) - LONGEST)
    return columns_of(data.iloc[:LONGEST]), more
