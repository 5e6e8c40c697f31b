"""Counted combinations of answers: the one thing that is computed where the answers lie."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.failures import quoted
from analysis.responses.codebook import Answer, Codebook, Entry
from analysis.responses.engines.database import kept
from analysis.responses.shown import shown

LIMIT = 1_000_000  # combinations; beyond it answers are texts, not choices
SUMS = ["people", "weight", "squares"]
SUMMED = ["weight", "squares", "refused"]
NUMBER = r"^[+]?(?:[0-9]{1,30}[.]?|[0-9]{0,30}[.][0-9]{1,30})(?:[eE][-+]?[0-9]{1,2})?$"
HEAVIEST = 1e100
REFUSED = -1.0  # stands for a weight that is none, so that engines need no cast that may fail


def distinct(frame: Any, columns: Sequence[str], weight: str = "") -> pd.DataFrame:
    """Return every combination of answers that occurs, with how many people gave it.

    frame
        Answers, one row a respondent: a frame of pandas, Polars, DuckDB or PySpark. The counting is
        done by its engine; what comes back is as long as there are combinations, and is cut off
        by the engine where they are more than LIMIT.
    columns : sequence of str
        The columns to combine; null counts as an empty answer. Without any: all people together.
    weight : str
        The column of weights, numbers of 0 or more, with a point or a comma; without one everybody
        weighs 1.

    Columns: those asked for, as text, then `people`, `weight` (the sum of the weights) and
    `squares` (that of their squares). Raises ValueError above LIMIT combinations, and for weights
    that are missing, negative or no number.

    >>> frame = pd.DataFrame({"crop": ["apples", "pears", "apples"]})
    >>> distinct(frame, ["crop"])[["crop", "people"]].to_numpy().tolist()
    [['apples', 2], ['pears', 1]]
    """
    table = _counted(frame, columns, weight)
    return table.set_axis([*columns, *SUMS], axis=1)


def _counted(frame: Any, columns: Sequence[str], weight: str) -> pd.DataFrame:
    """Return the table of `distinct`, its columns of answers named by their place."""
    answers, names = _opened(frame)
    if unknown := [name for name in (*columns, weight) if name and name not in names]:
        raise ValueError(f"column {quoted(unknown[0])}: the answers have no column of that name")
    keys = {f"answer_{place}": names[name] for place, name in enumerate(columns)} or {"all": ""}
    if wanted := [names[name] for name in dict.fromkeys((*columns, weight)) if name]:
        answers = answers.select(*wanted)  # of the others nobody asks of what type they are
    chosen, sums = _chosen(answers, keys, names.get(weight, "")), (SUMMED if weight else ())
    grouped = chosen.group_by(*keys).agg(
        nw.len().alias("people"), *(nw.col(name).sum() for name in sums)
    )
    table = fetched(grouped.head(LIMIT + 1), [*keys, "people", *sums])
    if len(table) > LIMIT:
        raise ValueError(
            f"column {quoted(columns[0])}: more than {LIMIT:,} different answers; "
            "is it text? Then write kind text in the codebook"
        )
    if weight and (refused := int(table["refused"].sum())):
        raise _refusal(_example(answers, names[weight]), weight, refused)
    return _together(table, [*keys]).drop(columns=[] if columns else ["all"])


def _opened(frame: Any) -> tuple[nw.LazyFrame, dict[str, str]]:
    """Return a frame to count in, and what it calls the columns: Spark bears no dot in a name."""
    opened = nw.from_native(frame)
    eager, answers = isinstance(opened, nw.DataFrame), opened.lazy()
    names = opened.columns if eager else answers.collect_schema().names()
    if not answers.implementation.is_pyspark():
        return answers, {name: name for name in names}
    plain = {name: f"column_{place}" for place, name in enumerate(names)}
    return nw.from_native(answers.to_native().toDF(*plain.values())).lazy(), plain


def _chosen(answers: nw.LazyFrame, columns: Mapping[str, str], weight: str) -> nw.LazyFrame:
    """Return the answers as text, under new names, and beside them what is summed."""
    schema = answers.collect_schema()
    texts = [_text(name, schema[name]).alias(key) for key, name in columns.items() if name]
    if not texts:  # a literal alone would be one row
        answers, texts = answers.with_columns(nw.lit("").alias("all")), [nw.col("all")]
    if not weight:
        return answers.select(*texts)
    written = _written(weight, schema[weight]).alias("weight")
    return _weighed(answers.select(*texts, written)).with_columns(
        (nw.col("weight") * nw.col("weight")).alias("squares"),
        (nw.col("weight") < 0).cast(nw.Int64).alias("refused"),
    )


def _together(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return fetched counts sorted, what stood under null and under "" as one."""
    sums = {"people": table["people"].astype("int64")}
    for name in SUMS[1:]:
        sums[name] = (table[name] if name in table else table["people"]).astype("float64")
    texts = table[keys].astype(object).fillna("").astype("str")
    return texts.assign(**sums).groupby(keys, as_index=False)[SUMS].sum()


def _text(name: str, kind: Any) -> nw.Expr:
    """Return a column as text; null stays, since engines group faster by a column as it is."""
    if kind == nw.String:
        return nw.col(name)
    text = nw.col(name).fill_null("") if kind == nw.Object else nw.col(name)
    return text.cast(nw.String)


def _written(name: str, kind: Any) -> nw.Expr:
    """Return a column of weights as it is read on: numbers, or text with a point."""
    if kind.is_numeric():
        return nw.col(name)
    text = _text(name, kind).cast(nw.String).fill_null("")
    return text.str.strip_chars().str.replace_all(",", ".", literal=True)


def _weighed(rows: nw.LazyFrame, name: str = "weight") -> nw.LazyFrame:
    """Return rows with their weights read: numbers of 0 or more, REFUSED for what is none.

    A step a column, since an engine computes again what an expression says twice.
    """
    weight = nw.col(name)
    if not rows.collect_schema()[name].is_numeric():
        known = nw.when(weight.str.contains(NUMBER)).then(weight)  # text that all engines can cast
        rows = rows.with_columns(known.otherwise(nw.lit(str(REFUSED))).alias(name))
    rows = rows.with_columns(weight.cast(nw.Float64).fill_null(REFUSED).alias(name))
    good = nw.when((weight >= 0) & (weight <= HEAVIEST)).then(weight)
    return rows.with_columns(good.otherwise(nw.lit(REFUSED)).alias(name))


def weighed(frame: Any, columns: Iterable[str], weight: str) -> tuple[Any, str]:
    """Return a frame whose weights are numbers, read once for all questions, and their column.

    frame, weight
        As for `distinct`, which takes what comes back.
    columns : iterable of str
        Those that will be asked for; no others are in the new frame.

    DuckDB keeps what it has read in a table that goes with the frame. The frame comes back as it
    is where weights are numbers already or one of them is none, and where there is no place for
    what was read: with PySpark, a LazyFrame of Polars, a DuckDB that can write nothing.

    >>> frame, name = weighed(pd.DataFrame({"crop": ["pears"], "w": ["1,5"]}), ["crop"], "w")
    >>> frame[name].tolist()
    [1.5]
    """
    answers = nw.from_native(frame)
    schema, on_disk = answers.collect_schema(), answers.implementation.is_duckdb()
    nowhere = isinstance(answers, nw.LazyFrame) and not on_disk
    if nowhere or weight not in schema or schema[weight].is_numeric():
        return frame, weight
    answers = answers.lazy()
    names = [name for name in dict.fromkeys(columns) if name in schema]
    number = _unlike("weight", names)
    read = _weighed(answers.select(*names, _written(weight, schema[weight]).alias(number)), number)
    found = kept(read.to_native()) if on_disk else read.collect().to_native()
    return (frame, weight) if found is None or _refuses(found, number) else (found, number)


def _unlike(name: str, names: Sequence[str]) -> str:
    """Return a name that is none of some others, whatever their capital letters."""
    others = {other.casefold() for other in names}
    while name in others:
        name += "_"
    return name


def _refuses(frame: Any, number: str) -> bool:
    lowest = nw.from_native(frame).lazy().select(nw.col(number).min())
    return any(each < 0 for each in fetched(lowest, [number])[number].dropna())


def _example(answers: nw.LazyFrame, weight: str) -> str:
    """Return a weight that is none, as written."""
    kind = answers.collect_schema()[weight]
    text = _text(weight, kind).cast(nw.String).fill_null("").alias("text")
    rows = _weighed(answers.select(text, _written(weight, kind).alias("weight")))
    return fetched(rows.filter(nw.col("weight") < 0).head(1), ["text"])["text"].iloc[0]


def _refusal(example: str, weight: str, refused: int) -> ValueError:
    return ValueError(
        f"column {quoted(weight)}: wanted a number of 0 or more as the weight of every respondent; "
        f"weights that are none: {refused:,}, such as {quoted(shown(example))}"
    )


def fetched(lazy: nw.LazyFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return what an engine has computed, without the way over pyarrow or what warns."""
    if lazy.implementation.is_pyspark():
        return pd.DataFrame(lazy.select(*names).to_native().collect(), columns=list(names))
    own = lazy.implementation.is_polars()
    found = lazy.collect() if own else lazy.collect(backend="pandas")
    return pd.DataFrame({name: found[name].to_list() for name in names})


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
    Several rows may hold the same answers, written in different ways. Raises ValueError as
    `distinct` does, and for a question that is called as one of those three.

    >>> entry = Entry("crop", ("crop",), "single", options=("apples", "pears"))
    >>> frame = pd.DataFrame({"crop": ["apples", "Pears ", ""]})
    >>> [answer.chosen for answer in joint(frame, Codebook((entry,)), ["crop"])["crop"]]
    [(), (1,), (0,)]
    """
    if taken := [name for name in questions if name in SUMS]:
        raise ValueError(f"question {quoted(taken[0])}: tables have a column of that name; rename")
    entries = [codebook.entry(name) for name in questions]
    filters = [codebook.entry(name) for entry in entries if (name := entry.base_question)]
    columns = list(dict.fromkeys(name for e in (*entries, *filters) for name in e.columns))
    table = _counted(frame, columns, weight)
    cells = {name: table.iloc[:, place].tolist() for place, name in enumerate(columns)}
    found = {entry.question: [*_answers(cells, entry, codebook)] for entry in entries}
    return pd.DataFrame({**found, **{name: table[name] for name in SUMS}})


def _answers(
    cells: Mapping[str, Sequence[str]], entry: Entry, codebook: Codebook
) -> Iterator[Answer]:
    """Yield the answer of each combination to one question; the same cells are read once."""
    asked = codebook.entry(entry.base_question) if entry.base_question else None
    own, known = len(entry.columns), {}
    columns = (*entry.columns, *(asked.columns if asked else ()))
    for row in zip(*(cells[name] for name in columns), strict=True):
        if row not in known:
            put = asked is None or entry.was_asked(asked, row[own:])
            known[row] = entry.answer(row[:own]) if put else entry.not_asked
        yield known[row]
