"""Answers that Spark reads and counts, on a cluster or on this machine."""

import csv
import os
import shutil
import sys
import warnings
import weakref
from itertools import islice
from pathlib import Path
from typing import Any

from analysis.problems import Problem, table_error
from analysis.responses.answers import Note
from analysis.responses.engines.database import DIRECT, blank_note
from analysis.responses.extras import need
from analysis.responses.files.layout import Layout

BAD, PLACE = "row that is none", "place of the row"  # columns beside those of the file
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # or short rows go unseen
    "spark.sql.caseSensitive": "true",
    "spark.log.level": "ERROR",
}
HERE = {  # where Spark runs on this machine
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "16",
}
JAVA = "Spark needs Java 17 or newer (Debian, Ubuntu: apt install openjdk-17-jre-headless)"


def open_spark(file: str | Path, layout: Layout, master: str) -> tuple[Any, tuple[Note, ...]]:
    """Return the answers of a CSV file as a PySpark frame that Spark keeps, and notes.

    file : str or Path
        On a cluster: a place that all its machines see.
    layout : Layout
        How the file is written; UTF-8, and nothing below the respondents.
    master : str
        Where Spark runs: "spark://HOST:PORT", "yarn", "local[2]" for two cores of this machine.

    All columns are text; an empty cell is null. Rows without any answer are left out, and a note
    counts them. Raises TableError for rows of another length than the header, quotation marks that
    are not closed and bytes that are no UTF-8; ModuleNotFoundError without PySpark, OSError
    without Java.
    """
    file = Path(file).absolute()
    _check_layout(file, layout)
    session = running_session(master)
    whole, odd = _quotation_marks(session, file)
    if odd:
        raise table_error(file, [Problem(0, "", "a quotation mark opens and is not closed")])
    rows = _rows(session, file, layout, whole)
    if not whole and _problems(rows, layout):  # once more in one piece, which has row numbers
        rows = _rows(session, file, layout, True)
    if problems := _problems(rows, layout):
        raise table_error(file, problems)
    return _answers(session, rows, layout)


def _check_layout(file: Path, layout: Layout) -> None:
    if layout.encoding not in DIRECT:
        text = f"is {layout.encoding}; Spark reads UTF-8: save it so"
        raise table_error(file, [Problem(0, "", text)])
    if layout.last is not None:
        text = "stands below the respondents; for Spark it has to be removed from the file"
        raise table_error(file, [Problem(layout.last + 1, "", text)])


def running_session(master: str) -> Any:
    """Return the running session of Spark, or start one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas 3, which is not used with Spark here
        builder = need("pyspark.sql").SparkSession.builder
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            raise OSError(JAVA)
        local = master.startswith("local")
        if local:
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        watched = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
        for name, value in (SETTINGS | watched | (HERE if local else {})).items():
            builder = builder.config(name, value)
        return builder.master(master).appName("survey").getOrCreate()


def _quotation_marks(session: Any, file: Path) -> tuple[bool, bool]:
    """Say whether cells may go over several lines, and whether a quotation mark has no other."""
    from pyspark.sql import functions as sql

    line = sql.col("value")
    marks = (sql.length(line) - sql.length(sql.replace(line, sql.lit('"'), sql.lit("")))) % 2
    alone = session.read.text(str(file)).agg(sql.sum(marks)).collect()[0][0] or 0
    return alone > 0, alone % 2 == 1


def _rows(session: Any, file: Path, layout: Layout, whole: bool) -> Any:
    """Return the rows of respondents with BAD and PLACE; in parts, side by side, if not whole."""
    from pyspark.sql import functions as sql
    from pyspark.sql.types import StringType, StructField, StructType

    above = _rows_above(file, layout)
    whole = whole or above > 1
    fields = [StructField(name, StringType()) for name in (*layout.columns, BAD)]
    state = file.stat()
    version = f"{state.st_mtime_ns}, {state.st_size}"  # or Spark takes what it kept of an older one
    rows = (
        session.read.option("version", version)
        .csv(
            str(file),
            StructType(fields),
            sep=layout.delimiter,
            **{"quote": '"', "escape": '"', "multiLine": whole, "header": not whole and above == 1},
            **{"mode": "PERMISSIVE", "columnNameOfCorruptRecord": BAD, "encoding": "UTF-8"},
        )
        .withColumn(PLACE, sql.monotonically_increasing_id() + 1)
    )
    return rows.where(sql.col(_name(PLACE)) > above) if whole else rows


def _rows_above(file: Path, layout: Layout) -> int:
    """Return how many rows that hold anything stand above the first respondent."""
    with file.open(encoding=layout.encoding, errors="replace", newline="") as lines:
        above = islice(lines, layout.first - 1)
        return sum(1 for row in csv.reader(above, delimiter=layout.delimiter) if row)


def _problems(rows: Any, layout: Layout) -> list[Problem]:
    """Return what is wrong with the first rows that are none."""
    from pyspark.sql import functions as sql

    bad = sql.col(_name(BAD)).isNotNull()
    torn = sql.concat_ws("", *map(_column, layout.columns)).contains("\ufffd")
    found = rows.where(bad | torn).select(_name(PLACE), bad).orderBy(_name(PLACE)).limit(20)
    cells = f"wanted {len(layout.columns)} cells as in the header"
    torn_text = "holds bytes that are no UTF-8"
    return [Problem(row, "", cells if short else torn_text) for row, short in found.collect()]


def _answers(session: Any, rows: Any, layout: Layout) -> tuple[Any, tuple[Note, ...]]:
    """Return the rows that hold answers, kept by Spark, and the note on those that do not."""
    from pyspark.sql import functions as sql

    columns = [*map(_column, layout.columns)]
    kept = rows.select(*columns).repartition(session.sparkContext.defaultParallelism).persist()
    filled = sql.trim(sql.concat_ws("", *columns)) != ""
    everybody, people = kept.agg(sql.count("*"), sql.count_if(filled)).collect()[0]
    blank = everybody - people
    frame = kept.where(filled) if blank else kept
    weakref.finalize(frame, kept.unpersist).atexit = False
    return frame, blank_note(blank)


def _column(name: str) -> Any:
    from pyspark.sql import functions as sql

    return sql.col(_name(name))


def _name(column: str) -> str:
    """Return a column as Spark has it."""
    return "`" + column.replace("`", "``") + "`"
