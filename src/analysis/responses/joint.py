"""Counted combinations of answers: the one thing that is computed where the answers lie."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.arguments import quoted
from analysis.responses.codebook import Codebook, Entry

LIMIT = 2_000_000  # combinations; beyond it answers are texts, not choices
SUMS = ["people", "weight", "squares"]


def distinct(frame: Any, columns: Sequence[str], weight: str = "") -> pd.DataFrame:
    """Return every combination of answers that occurs, with how many people gave it.

    frame
        Answers, one row a respondent: a frame of pandas, Polars, DuckDB or PySpark. The counting is
        done by its engine; what comes back is as long as there are combinations.
    columns : sequence of str
        The columns to combine; null counts as an empty answer.
    weight : str
        The column of weights, numbers above 0; without one everybody weighs 1.

    Columns: those asked for, as text, then `people`, `weight` (the sum of the weights) and
    `squares` (that of their squares). Raises ValueError above LIMIT combinations.

    >>> frame = pd.DataFrame({"crop": ["apples", "pears", "apples"]})
    >>> distinct(frame, ["crop"])[["crop", "people"]].to_numpy().tolist()
    [['apples', 2], ['pears', 1]]
    """
    keys = [f"answer_{place}" for place in range(len(columns))]
    texts = [nw.col(name).cast(nw.String).fill_null("") for name in columns]
    weights = nw.col(weight).cast(nw.Float64) if weight else nw.lit(1.0)
    chosen = (
        nw.from_native(frame)
        .lazy()
        .select(
            *(text.alias(key) for text, key in zip(texts, keys, strict=True)),
            weights.alias("one"),
            (weights * weights).alias("square"),
        )
    )
    sums = [nw.col("one").sum().alias("weight"), nw.col("square").sum().alias("squares")]
    grouped = chosen.group_by(*keys).agg(nw.len().alias("people"), *sums)
    counted = grouped.head(LIMIT + 1).collect(backend="pandas")
    table = counted.to_pandas()
    if len(table) > LIMIT:
        raise ValueError(
            f"column {quoted(columns[0])}: more than {LIMIT:,} different answers; "
            "is it text? Then write kind text in the codebook"
        )
    table = table.sort_values(keys, kind="stable", ignore_index=True)
    return table.rename(columns=dict(zip(keys, columns, strict=True)))


def joint(
    frame: Any, codebook: Codebook, questions: Sequence[str], weight: str = ""
) -> pd.DataFrame:
    """Return the combinations of answers to some questions, taken apart by the codebook.

    frame, weight
        As for `distinct`.
    codebook : Codebook
        Says which columns a question has and what they can hold.
    questions : sequence of str
        Short names; one or several.

    One row a combination: for each question an `Answer`, then `people`, `weight`, `squares`.
    Several rows may hold the same answers, written in different ways.

    >>> entry = Entry("crop", ("crop",), "single", options=("apples", "pears"))
    >>> frame = pd.DataFrame({"crop": ["apples", "Pears ", ""]})
    >>> [answer.chosen for answer in joint(frame, Codebook((entry,)), ["crop"])["crop"]]
    [(), (1,), (0,)]
    """
    entries = [codebook.entry(name) for name in questions]
    filters = [codebook.entry(name) for entry in entries if (name := entry.base_question)]
    columns = list(dict.fromkeys(name for e in (*entries, *filters) for name in e.columns))
    table = distinct(frame, columns, weight)
    found = {entry.question: [*_answers(table, entry, codebook)] for entry in entries}
    return pd.DataFrame({**found, **{name: table[name] for name in SUMS}})


def _answers(table: pd.DataFrame, entry: Entry, codebook: Codebook):
    """Yield the answer of each combination to one question."""
    asked = codebook.entry(entry.base_question) if entry.base_question else None
    for cells in table.to_dict("records"):
        if asked and not entry.was_asked(asked, _cells(cells, asked)):
            yield entry.not_asked
        else:
            yield entry.answer(_cells(cells, entry))


def _cells(row: Mapping[str, str], entry: Entry) -> list[str]:
    return [row[name] for name in entry.columns]
