"""Words by which answers and headers are known, as `words.yml` lists them."""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.data.codebook import read_yaml

FILE = Path(__file__).with_name("words.yml")


@functools.cache
def words() -> Mapping[str, Any]:
    """Return what `words.yml` holds: lists of regular expressions, some of them in groups."""
    return read_yaml(FILE)


@functools.cache
def one_of(*names: str) -> re.Pattern[str]:
    """Return a pattern for any expression of a list.

    names : str
        The name of the list, after those of the groups it stands in.

    >>> bool(one_of("sides", "agreement", "denies").search("i disagree"))
    True
    """
    found: Any = words()
    for name in names:
        found = found[name]
    return pattern(tuple(found))


@functools.cache
def pattern(expressions: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for any of several expressions.

    >>> pattern(("a", "b")).fullmatch("b").group()
    'b'
    """
    return re.compile("|".join(f"(?:{each})" for each in expressions))
