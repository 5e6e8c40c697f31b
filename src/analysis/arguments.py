"""What the functions of the library ask of their arguments, with one way to say so."""

import difflib
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Number, Real
from typing import Any

import numpy as np
import pandas as pd

from analysis.failures import quoted

NEAREST_LEVEL = 1e-12


class MethodWarning(UserWarning):
    """A method was used where its authors do not vouch for it."""


def check_whole(value: Any, name: str, least: int) -> int:
    """Return a whole number as a Python int, or raise an error that names the argument.

    value : int
        Any integer type, numpy's included; True and 40.0 are no whole numbers.
    name : str
        The argument to name in a message.
    least : int
        The smallest value allowed.

    Raises TypeError for anything but a whole number, ValueError for one below `least`.

    >>> check_whole(40, "n", least=1)
    40
    """
    wanted = f"{name}: wanted a whole number, {least} or more"
    try:
        whole = operator.index(value)
    except TypeError:  # numpy arrays offer an index and refuse it
        raise TypeError(f"{wanted}; got {kind_of(value)}{_whole_advice(value)}") from None
    if isinstance(value, bool):
        raise TypeError(f"{wanted}; got {kind_of(value)}")
    if whole < least:
        raise ValueError(f"{wanted}; got {whole}")
    return whole


def _whole_advice(value: Any) -> str:
    """Return what to write for a number that is whole but for its type."""
    if isinstance(value, float) and value.is_integer():
        return f"; write {int(value)}"
    if isinstance(value, str) and re.fullmatch("[0-9]{1,60}", value, re.ASCII):
        return f"; write {value}, without quotes"
    return ""


def check_sequence(values: Any, name: str, kind: str) -> list:
    """Return the members of a list, tuple, Series or array in their order, or raise TypeError.

    values : sequence
        A text, a table, a set, a dictionary or a generator is none.
    name : str
        The argument to name in a message.
    kind : str
        What the members are, with what to write, such as 'texts, such as ["20", "80"]'.

    >>> check_sequence(("20", "80"), "printed", "texts")
    ['20', '80']
    """
    other = isinstance(values, str | bytes | Mapping | pd.DataFrame)
    if other or not hasattr(values, "__getitem__") or getattr(values, "ndim", 1) == 0:
        raise TypeError(f"{name}: wanted a sequence of {kind}; got {kind_of(values)}")
    return list(values)


def check_texts(values: Any, name: str) -> list[str]:
    """Return the texts of a sequence that has one or more, or raise an error that names it.

    >>> check_texts(["yes", "no"], "labels")
    ['yes', 'no']
    """
    texts = check_sequence(values, name, 'texts, such as ["yes", "no"]')
    if not texts:
        raise ValueError(f"{name}: wanted at least one text; got none")
    return [check_text(text, f"{name}[{place}]") for place, text in enumerate(texts)]


def check_text(value: Any, name: str) -> str:
    """Return a text, or raise TypeError that names the argument.

    >>> check_text("A finding", "title")
    'A finding'
    """
    if not isinstance(value, str):
        raise TypeError(f"{name}: wanted a text; got {kind_of(value)}")
    return value


def check_choice(value: Any, name: str, allowed: Sequence[str]) -> str:
    """Return one of the texts allowed, or raise ValueError that names the argument.

    >>> check_choice("fisher", "test", ("pearson", "fisher"))
    'fisher'
    """
    if not isinstance(value, str) or value not in allowed:
        said = f"{name}: wanted one of {', '.join(allowed)}; got {quoted(value)}"
        raise ValueError(f"{said}{nearest_advice(value, allowed)}")
    return value


def nearest_advice(value: Any, allowed: Iterable[str]) -> str:
    """Return the end of a message: the allowed text that is nearest to a value, if any is near.

    >>> nearest_advice("wilsn", ["wald", "wilson"]), nearest_advice("x", ["wald"])
    ('; the nearest is wilson', '')
    """
    words = {word.lower(): word for word in map(str, allowed)}
    text = str(value).strip().lower()[:100]
    begun = [word for word in words if text and word.startswith(text)]
    close = begun or difflib.get_close_matches(text, words, n=1)
    return f"; the nearest is {words[close[0]]}" if close else ""


def nearest_level(value: float) -> float:
    """Return the level that was meant, or the nearest that is allowed: 95 is written in percent.

    >>> nearest_level(95), nearest_level(2), nearest_level(0)
    (0.95, 0.99, 0.01)
    """
    if 50 <= value < 100:
        return round(value / 100, 10)
    return 0.01 if value <= 0 else 0.99


def check_flag(value: Any, name: str, unknown: bool = False) -> bool | None:
    """Return True or False, and None where it is allowed, or raise TypeError.

    >>> check_flag(True, "exhaustive"), check_flag(None, "exhaustive", unknown=True)
    (True, None)
    """
    if value is None and unknown:
        return None
    if not isinstance(value, bool | np.bool_):
        wanted = "True, False or None" if unknown else "True or False"
        raise TypeError(f"{name}: wanted {wanted}; got {kind_of(value)}")
    return bool(value)


def check_labels(labels: Sequence[str] | None, options: int) -> list:
    """Return one distinct name an option: positions from 0 where no labels are given.

    labels : sequence of str or None
        The names, as many as there are options.
    options : int
        How many options the question has.

    Raises TypeError for anything but a sequence of texts or numbers, ValueError for too few,
    too many or repeated names.

    >>> check_labels(None, 3)
    [0, 1, 2]
    """
    if labels is None:
        return list(range(options))
    names = check_sequence(labels, "labels", 'texts, such as ["yes", "no"]')
    for place, each in enumerate(names):
        if not isinstance(each, str | Number):
            raise TypeError(f"labels[{place}]: wanted a text; got {kind_of(each)}")
    if len(names) != options or len(set(names)) != options:
        raise ValueError(f"labels: wanted {options} distinct names; got {quoted(names)}")
    return names


def check_count(count: Any, n: int, name: str, base: str) -> int:
    """Return a count of people between 0 and `n`, or raise an error that names the argument.

    >>> check_count(20, 40, "count", "n")
    20
    """
    count = check_whole(count, name, 0)
    if count > n:
        raise ValueError(f"{name}: wanted at most {base}={n} people; got {count}")
    return count


def check_fraction(value: Any, name: str, such_as: str = "0.4 for 40 %") -> float:
    """Return a number strictly between 0 and 1 as a float, or raise an error that names it.

    value : number
        Of any type of real number: int, float, Fraction, Decimal, numpy's.
    such_as : str
        What to write, for the message.

    >>> check_fraction(0.4, "reference"), check_fraction(Decimal("0.25"), "p")
    (0.4, 0.25)
    """
    wanted = f"{name}: wanted a number between 0 and 1, such as {such_as}"
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise TypeError(f"{wanted}; got {kind_of(value)}")
    if not 0 < float(value) < 1:
        raise ValueError(f"{wanted}; got {quoted(value)}")
    return float(value)


def check_level(value: Any, name: str = "level") -> float:
    """Return a confidence level as a float, or raise an error that names the argument.

    value : number
        As for `check_fraction`, and no nearer to 0 or 1 than 1e-12: beyond that, floats no
        longer tell a level from certainty.

    >>> check_level(Decimal("0.95"))
    0.95
    """
    try:
        level = check_fraction(value, name, "0.95")
    except ValueError as error:
        raise ValueError(f"{error}; the nearest is {nearest_level(float(value))}") from None
    if not NEAREST_LEVEL <= level <= 1 - NEAREST_LEVEL:
        raise ValueError(
            f"{name}: wanted a number between 0 and 1, at least {NEAREST_LEVEL:g} from either; "
            f"got {quoted(value)}"
        )
    return level


def check_positive(value: Any, name: str, unit: str) -> float:
    """Return a number above 0, or raise TypeError or ValueError that names the argument.

    >>> check_positive(2, "height", "inches")
    2.0
    """
    wanted = f"{name}: wanted a number of {unit} above 0"
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{wanted}; got {kind_of(value)}")
    if not 0 < value < float("inf"):
        raise ValueError(f"{wanted}; got {quoted(value)}")
    return float(value)


def check_number(value: Any, name: str) -> float:
    """Return a finite number as a float, or raise TypeError or ValueError that names the argument.

    >>> check_number(-3, "start")
    -3.0
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}: wanted a number; got {kind_of(value)}")
    if not abs(value) < float("inf"):
        raise ValueError(f"{name}: wanted a finite number; got {quoted(value)}")
    return float(value)


def check_table(
    table: Any,
    name: str,
    texts: Sequence[str] = (),
    numbers: Sequence[str] = (),
    optional: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the columns that a drawing asks for, as text and as numbers, one row or more.

    table : DataFrame
        What somebody gave.
    name : str
        The argument to name in a message.
    texts, numbers : sequence of str
        Columns to return as text (a missing cell is "") and as float (a missing cell is NaN).
    optional : sequence of str
        Which of them may be missing, and are then empty.

    Raises TypeError for anything but a table, ValueError for a missing column, a table without
    rows, or a cell that is no number; they name column and row.

    >>> table = pd.DataFrame({"label": ["men"], "share": [20]})
    >>> check_table(table, "shares", ["label", "text"], ["share"], optional=["text"])
      label text  share
    0   men        20.0
    """
    needed = [column for column in (*texts, *numbers) if column not in optional]
    wanted = f"{name}: wanted a table with the columns {', '.join(needed)}"
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{wanted}; got {kind_of(table)}")
    for column in needed:
        if column not in table:
            raise ValueError(f"{wanted}; {column} is missing")
    for column in (*texts, *numbers):
        if list(table.columns).count(column) > 1:
            raise ValueError(f"{wanted}; {column} is there more than once")
    if table.empty:
        raise ValueError(f"{wanted}; it has no row")
    columns = {column: _as_text(table.get(column), len(table)) for column in texts}
    columns |= {column: _as_numbers(table, column, name) for column in numbers}
    return pd.DataFrame(columns)


def _as_text(cells: pd.Series | None, rows: int) -> list[str]:
    return [""] * rows if cells is None else ["" if pd.isna(cell) else str(cell) for cell in cells]


def _as_numbers(table: pd.DataFrame, column: str, name: str) -> list[float]:
    if column not in table:
        return [float("nan")] * len(table)
    return [
        _as_number(cell, f"{name}, column {column}, row {row}")
        for row, cell in zip(table.index, table[column], strict=True)
    ]


def _as_number(cell: Any, place: str) -> float:
    if not isinstance(cell, str | list) and pd.isna(cell):
        return float("nan")
    number = isinstance(cell, Real) and not isinstance(cell, bool | np.bool_)
    if not number or not np.isfinite(float(cell)):
        raise ValueError(f"{place}: wanted a number; got {kind_of(cell)}")
    return float(cell)


def check_whole_table(table: Any, name: str, whole: bool = True) -> pd.DataFrame:
    """Return a table of counts as Python's whole numbers, labels as text, or raise an error.

    table : DataFrame
        Whole numbers, 0 or more; one row and one column at least.
    name : str
        The argument to name in a message.
    whole : bool
        False for any numbers of 0 or more, such as sums of weights; they come back as floats.

    >>> check_whole_table(pd.DataFrame({"yes": [40.0]}, index=["a"]), "counts")
       yes
    a   40
    """
    wanted = f"{name}: wanted a table of {'whole numbers' if whole else 'numbers'}"
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{wanted}; got {kind_of(table)}")
    if table.empty:
        raise ValueError(f"{wanted}; it has no cell")
    rows = [
        [
            _count(cell, f"{name}, column {column}, row {row}", whole)
            for column, cell in zip(table.columns, cells, strict=True)
        ]
        for row, cells in zip(table.index, table.to_numpy(dtype=object), strict=True)
    ]
    return pd.DataFrame(rows, index=table.index.map(str), columns=table.columns.map(str))


def _count(cell: Any, place: str, whole: bool) -> float:
    number = isinstance(cell, Real) and np.isfinite(float(cell)) and cell >= 0
    if not number or (whole and cell != int(cell)):
        wanted = "a whole number" if whole else "a number"
        raise ValueError(f"{place}: wanted {wanted}, 0 or more; got {kind_of(cell)}")
    return int(cell) if whole else float(cell)


def kind_of(value: object) -> str:
    """Return a value and its type for a message; of a table or series the type says enough.

    >>> kind_of("28"), kind_of(pd.Series([28]))
    ("'28' (str)", 'a Series')
    """
    if isinstance(value, pd.Series | pd.DataFrame):
        return f"a {type(value).__name__}"
    return f"{quoted(value)} ({type(value).__name__})"
