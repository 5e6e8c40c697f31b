"""What the functions of the library ask of their arguments, with one way to say so."""

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np


class MethodWarning(UserWarning):
    """A method was used where its authors do not vouch for it."""


def check_whole(value: Any, name: str, least: int) -> int:
    """Return a whole number as a Python int, or raise an error that names the argument.

    value : int
        Any integer type, numpy's included; True and 103.0 are no whole numbers.
    name : str
        The argument to name in a message.
    least : int
        The smallest value allowed.

    Raises TypeError for anything but a whole number, ValueError for one below `least`.

    >>> check_whole(103, "n", least=1)
    103
    """
    wanted = f"{name}: wanted a whole number, {least} or more"
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{wanted}; got {quoted(value)} ({type(value).__name__})")
    try:
        whole = operator.index(value)
    except TypeError:  # numpy arrays offer an index and refuse it
        raise TypeError(f"{wanted}; got {quoted(value)} ({type(value).__name__})") from None
    if whole < least:
        raise ValueError(f"{wanted}; got {whole}")
    return whole


def check_labels(labels: Sequence[str] | None, options: int) -> list:
    """Return one distinct name an option: positions from 0 where no labels are given.

    labels : sequence of str or None
        The names, as many as there are options.
    options : int
        How many options the question has.

    Raises ValueError for too few, too many or repeated names.

    >>> check_labels(None, 3)
    [0, 1, 2]
    """
    names = list(range(options)) if labels is None else list(labels)
    if len(names) != options or len(set(names)) != options:
        raise ValueError(f"labels: wanted {options} distinct names; got {quoted(names)}")
    return names


def check_count(count: Any, n: int, name: str, base: str) -> int:
    """Return a count of people between 0 and `n`, or raise an error that names the argument.

    >>> check_count(20, 103, "count", "n")
    20
    """
    count = check_whole(count, name, 0)
    if count > n:
        raise ValueError(f"{name}: wanted at most {base}={n} people; got {count}")
    return count


def check_fraction(value: Any, name: str) -> None:
    """Raise TypeError or ValueError unless `value` is a number strictly between 0 and 1.

    >>> check_fraction(0.95, "level")
    """
    wanted = f"{name}: wanted a number between 0 and 1, such as 0.95"
    if isinstance(value, bool | np.bool_ | str) or not hasattr(value, "__float__"):
        raise TypeError(f"{wanted}; got {quoted(value)} ({type(value).__name__})")
    if not 0 < value < 1:
        raise ValueError(f"{wanted}; got {quoted(value)}")


def quoted(value: object) -> str:
    """Return a value for a message: ASCII only, cut at 40 letters, so that it does no harm.

    >>> quoted("３３")
    "'\\\\uff13\\\\uff13'"
    """
    text = ascii(value)
    return text if len(text) <= 40 else text[:37] + "..."
