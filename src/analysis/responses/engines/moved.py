"""The same answers on another engine."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.problems import BrokenFileError, table_error
from analysis.responses.answers import Responses
from analysis.responses.extras import need
from analysis.responses.files.contents import kind_of_file
from analysis.responses.files.intake import read_file
from analysis.responses.files.layout import LARGE

ENGINES = ("pandas", "polars", "duckdb", "spark")


def read_on(file: str | Path, sheet: str = "", engine: str = "", master: str = "") -> Responses:
    """Return the answers of a file on an engine.

    file, sheet
        As for `read_file`.
    engine : str
        One of ENGINES; "" for pandas, and for DuckDB where the file is large.
    master : str
        Where Spark runs, such as "spark://HOST:PORT"; "" for two cores of this machine.

    A large file is read by DuckDB or Spark themselves; others are read with every check first.
    """
    file = Path(file)
    if engine == "spark" and file.is_file() and file.stat().st_size > LARGE:
        return _by_spark(file, master or "local[2]")
    found = read_file(file, sheet)
    return moved(found, engine, master) if engine else found


def _by_spark(file: Path, master: str) -> Responses:
    from analysis.responses.engines import open_spark
    from analysis.responses.files.large import layout_of

    try:
        if kind_of_file(file) != "text":
            return moved(read_file(file), "spark", master)
        layout, notes = layout_of(file)
    except BrokenFileError as error:
        raise table_error(file, error.problems) from None
    frame, more = open_spark(file, layout, master)
    return Responses(frame, file.name, (*notes, *more))


def moved(responses: Responses, engine: str, master: str = "") -> Responses:
    """Return answers whose frame is one of an engine; those that are there already stay.

    engine : str
        One of ENGINES.
    master : str
        As for `read_on`.

    >>> answers = Responses(pd.DataFrame({"crop": ["apples", ""]}))
    >>> type(moved(answers, "duckdb").frame).__name__
    'DuckDBPyRelation'
    """
    frame = nw.from_native(responses.frame)
    if _is_on(frame.implementation, engine):
        return responses
    columns = _texts(responses)
    return replace(responses, frame=_made(columns, engine, master))


def _is_on(own: nw.Implementation, engine: str) -> bool:
    known = {"pandas": own.is_pandas, "polars": own.is_polars, "duckdb": own.is_duckdb}
    return (known | {"spark": own.is_pyspark})[engine]()


def _texts(responses: Responses) -> dict[str, list[Any]]:
    """Return every column as a list of texts."""
    from analysis.responses.seen import fetched

    lazy = nw.from_native(responses.frame).lazy()
    texts = [nw.col(name).cast(nw.String) for name in responses.columns]
    table = fetched(lazy.select(*texts), responses.columns)
    return {name: [_text(cell) for cell in table[name]] for name in responses.columns}


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""


def _made(columns: dict[str, list[str]], engine: str, master: str) -> Any:
    if engine == "polars":
        polars = need("polars")
        return polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.String))
    frame = pd.DataFrame(columns, dtype="str")
    if engine == "duckdb":
        return need("duckdb").from_df(frame)
    return frame if engine == "pandas" else _on_spark(columns, master or "local[2]")


def _on_spark(columns: dict[str, list[str]], master: str) -> Any:
    from analysis.responses.engines.cluster import running_session

    session = running_session(master)
    types = need("pyspark.sql.types")
    fields = [types.StructField(name, types.StringType()) for name in columns]
    rows = list(zip(*columns.values(), strict=True))
    return session.createDataFrame(rows, types.StructType(fields))
