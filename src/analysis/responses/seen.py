"""What stands in the columns of a file: a sample of the answers, and each column counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.responses.joint import fetched
from analysis.responses.options import plain

ROWS = 20_000  # respondents that a draft looks at


def sample(frame: Any, columns: Iterable[str] | None = None, rows: int = ROWS) -> pd.DataFrame:
    """Return the first answers of a frame of any engine as text, a missing one as "".

    frame
        A frame of pandas, Polars, DuckDB or PySpark.
    columns : iterable of str
        Which columns; by default all.
    rows : int
        How many respondents at most.

    >>> sample(pd.DataFrame({"age": [20, None]}, dtype="Int64"))["age"].tolist()
    ['20', '']
    """
    lazy = nw.from_native(frame).lazy()
    names = lazy.collect_schema().names() if columns is None else list(columns)
    if not names:
        return pd.DataFrame()
    keys = [f"column_{place}" for place in range(len(names))]
    texts = [
        nw.col(name).cast(nw.String).fill_null("").alias(key)
        for name, key in zip(names, keys, strict=True)
    ]
    return fetched(lazy.head(rows).select(*texts), keys).set_axis(names, axis=1)


@dataclass(frozen=True)
class Seen:
    """One column: its name, and every different answer with the people who gave it.

    cells : mapping of str to int
        As written, without the blanks around them; nobody's answer "" is left out.
    blank : int
        People without an answer.
    """

    column: str
    cells: Mapping[str, int]
    blank: int = 0

    @cached_property
    def people(self) -> int:
        """People with an answer."""
        return sum(self.cells.values())

    @cached_property
    def counts(self) -> dict[str, int]:
        """The different answers apart from case, width and blanks, each in its usual spelling.

        >>> Seen("q", {"Yes": 5, "yes": 1, "No": 2}).counts
        {'Yes': 6, 'No': 2}
        """
        spelt: dict[str, Counter] = {}
        for text, people in self.cells.items():
            spelt.setdefault(plain(text), Counter())[text] += people
        counted = [(each.most_common(1)[0][0], sum(each.values())) for each in spelt.values()]
        return dict(sorted(counted, key=lambda item: (-item[1], item[0])))

    @cached_property
    def repeated(self) -> int:
        """People whose answer somebody else gave too."""
        return sum(people for people in self.counts.values() if people > 1)


def seen(table: pd.DataFrame) -> Iterator[Seen]:
    """Yield each column of a sample, counted."""
    for place, name in enumerate(table.columns):
        cells = Counter(text.strip() for text in table.iloc[:, place])
        blank = cells.pop("", 0)
        yield Seen(name, dict(cells), blank)
