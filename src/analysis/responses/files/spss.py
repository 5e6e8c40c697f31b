"""From an SPSS file (.sav) to answers with their labels."""

import datetime
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.problems import BrokenFileError, Problem
from analysis.responses.answers import Note, Responses
from analysis.responses.extras import need
from analysis.responses.files.workbooks import shown
from analysis.responses.options import plain

FIRST_DAY = datetime.datetime(1582, 10, 14)  # of the calendar, from which SPSS counts


def read_spss(file: Path) -> Responses:
    """Return the answers of an SPSS file: cells as their labels, labels kept, in order.

    file : Path
        A .sav or .zsav file. Values that it declares as missing are empty cells; a note says how
        many there are in each column. Rows are numbered from 1.

    Raises BrokenFileError for a file that is damaged or has no respondents.
    """
    values, meta = _read(file)
    if values.empty:
        raise BrokenFileError(Problem(0, "", "has no respondents"))
    labels = {name: _labels(name, meta) for name in values.columns}
    columns, notes = {}, []
    for name in values.columns:
        cells = [_text(value) for value in values[name]]
        ranges = meta.missing_ranges.get(name, ())
        missing = Counter(_text(value) for value in values[name] if _is_missing(value, ranges))
        own = {cell: labels[name].get(cell, cell) if cell else "" for cell in set(cells)}
        columns[name] = ["" if cell in missing else own[cell] for cell in cells]
        notes += [_note(name, missing, labels[name])] * bool(missing)
    frame = pd.DataFrame(columns, index=range(1, len(values) + 1), dtype="str")
    return Responses(frame, file.name, tuple(notes), labels)


def _read(file: Path) -> tuple[pd.DataFrame, Any]:
    """Return values and what the file says about them; cp1251 where it names no encoding."""
    pyreadstat = need("pyreadstat")
    for encoding in (None, "WINDOWS-1251"):
        try:
            return pyreadstat.read_sav(
                file, encoding=encoding, user_missing=True, disable_datetime_conversion=False
            )
        except UnicodeDecodeError as error:
            fault: Exception = error
        except Exception as error:  # ReadstatError and others, by what is damaged
            fault = error
            if "encod" not in str(error).lower() and "convert" not in str(error).lower():
                break
    text = f"is an SPSS file that is damaged or cut off ({fault}); fetch it again"
    raise BrokenFileError(Problem(0, "", text)) from None


def _text(value: Any) -> str:
    return "" if value is None or value is pd.NaT or value != value else shown(value)


def _labels(name: str, meta: Any) -> dict[str, str]:
    """Return the question of a column under "", then the label of each value; none twice."""
    question = meta.column_names_to_labels.get(name) or name
    found: dict[str, str] = {}
    used: set[str] = set()
    for value, label in sorted(meta.variable_value_labels.get(name, {}).items()):
        text = _text(value)
        label = " ".join(str(label).split()) or text
        found[text] = label if plain(label) not in used else f"{label} ({text})"
        used.add(plain(found[text]))
    return {"": " ".join(str(question).split()), **found}


def _is_missing(value: Any, ranges: Any) -> bool:
    """Say whether a value is one of those that the file declares as missing."""
    value = _stored(value)
    for each in ranges:
        ends = (each["lo"], each["hi"]) if isinstance(each, Mapping) else (each, each)
        low, high = map(_stored, ends)
        same = isinstance(value, str) == isinstance(low, str)
        if value is not None and same and low <= value <= high:
            return True
    return False


def _stored(value: Any) -> Any:
    """Return a value as SPSS stores it: a date in seconds from its first day, a time in seconds.

    >>> _stored(datetime.date(1582, 10, 15)), _stored(datetime.time(0, 1)), _stored("yes")
    (86400.0, 60.0, 'yes')
    """
    if value is pd.NaT:
        return None
    if isinstance(value, datetime.time):
        value = datetime.datetime.combine(FIRST_DAY, value)
    elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    if isinstance(value, datetime.datetime):
        return (value - FIRST_DAY).total_seconds()
    return value


def _note(name: str, missing: Counter, labels: Mapping[str, str]) -> Note:
    listed = ", ".join(f"{n} × {quoted(labels.get(cell, cell))}" for cell, n in missing.items())
    said = tr("values that the file declares as missing were left empty: {listed}", listed=listed)
    return Note(name, said)
