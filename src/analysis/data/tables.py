"""Tables on disk: read and checked against `datapackage.json`."""

import difflib
import json
import os
import re
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.data.csvfile import (
    MARK,
    BrokenFileError,
    Problem,
    Sheet,
    decode,
    quoted,
    read_bytes,
    read_sheet,
)
from analysis.data.schema import check_sheet, descriptor_faults, schema_faults
from analysis.language.current import current_language

DESCRIPTOR = "datapackage.json"
IGNORED = {"double-entry"}  # transcriptions before they were settled
REPORTED = 20
TABLE_PATH = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+\.csv")


class TableError(ValueError):
    """What is wrong with a table, a line a problem: the first twenty, then a count."""

    def __init__(self, problems: list[str]):
        more = [f"... and {len(problems) - REPORTED} more problems"]
        super().__init__("\n".join(problems[:REPORTED] + more * (len(problems) > REPORTED)))
        self.problems = problems


def problem_line(file: Path, problem: Problem) -> str:
    """Return one line: file, row, column, what is wrong."""
    absolute = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
    below = absolute.is_relative_to(paths.ROOT)
    place = (absolute.relative_to(paths.ROOT) if below else file).as_posix()
    place = place if place.isprintable() else ascii(place)
    row = f", row {problem.row}" if problem.row else ""
    column = f", column {problem.column}" if problem.column else ""
    return f"{place}{row}{column}: {problem.text}"


def read_descriptor(folder: Path = paths.RAW) -> dict:
    """Return `datapackage.json` of a folder, or raise TableError if it cannot be followed."""
    file = folder / DESCRIPTOR
    try:
        descriptor = json.loads(decode(read_bytes(file).removeprefix(MARK)))
        resources = descriptor["resources"]
        faults = [] if resources else ["describes no table"]
        faults += descriptor_faults(descriptor)
        for resource in resources:
            if not TABLE_PATH.fullmatch(resource["path"]):
                faults.append(f"{quoted(resource['path'])} is not a path such as liu/coding.csv")
            faults += [
                f"{resource['path']}: {fault}" for fault in schema_faults(resource["schema"])
            ]
            for key in resource["schema"].get("foreignKeys", []):
                referenced_column(key, resource, resources)
    except BrokenFileError as error:
        raise TableError([problem_line(file, problem) for problem in error.problems]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        faults = [f"is not JSON: {str(error)[:100]}"]
    except (KeyError, TypeError, AttributeError, re.error, StopIteration) as error:
        faults = [f"is not a Data Package with Table Schemas: {quoted(repr(error))}"]
    if faults:
        raise TableError([problem_line(file, Problem(0, "", fault)) for fault in faults])
    return descriptor


def referenced_column(key: dict, resource: dict, resources: list[dict]) -> tuple[str, str]:
    """Return the path and the column that a foreign key of one column points to."""
    (column,) = key["reference"]["fields"]
    name = key["reference"].get("resource") or resource["name"]
    target = next(other for other in resources if other["name"] == name)
    next(field for field in target["schema"]["fields"] if field["name"] == column)
    return target["path"], column


def link_problems(sheet: Sheet, resource: dict, folder: Path, resources: list[dict]) -> list:
    """Return a Problem for every cell that names what the table it points to does not have."""
    found = []
    for key in resource["schema"].get("foreignKeys", []):
        path, column = referenced_column(key, resource, resources)
        (name,) = key["fields"]
        try:
            other = read_sheet(folder / path)
            known = {row[other.header.index(column)] for row in other.rows} | {""}
        except ValueError:  # a broken file, or no such column in it
            found.append(Problem(0, name, f"cannot be compared with {path}, which is broken"))
            continue
        place = sheet.header.index(name)
        for row, line in zip(sheet.rows, sheet.lines, strict=True):
            if row[place] not in known:
                text = f"{quoted(row[place])} is not in the column {column} of {path}"
                found.append(Problem(line, name, text))
    return found


def check_table(resource: dict, folder: Path, resources: list[dict]) -> tuple[Sheet, list[str]]:
    """Return one table as text, and a line for each of its problems."""
    file = folder / resource["path"]
    try:
        sheet = read_sheet(file)
    except BrokenFileError as error:
        return Sheet([], [], []), [problem_line(file, problem) for problem in error.problems]
    found = check_sheet(sheet, resource["schema"])
    if sheet.rows and all(problem.column for problem in found):  # the structure is right
        found += link_problems(sheet, resource, folder, resources)
    found.sort(key=lambda problem: problem.row)
    return sheet, [problem_line(file, problem) for problem in found]


def read_table(name: str, folder: Path = paths.RAW) -> pd.DataFrame:
    """Return a table of the data folder, every cell checked against its description.

    name : str
        Path below the folder without ".csv", such as "zhakyanova/tallies".
    folder : Path
        A folder with a `datapackage.json`.

    Text stays as written, an empty cell is ""; integer columns are Int64. Where a text stands in
    three languages (`label_en`, `label_ru`, `label_kk`) a column more has it in the language in
    use (`label`). Raises TableError, a
    line a problem, for anything that the description does not allow.

    >>> read_table("zhakyanova/talies")
    Traceback (most recent call last):
    analysis.data.tables.TableError: data/raw/datapackage.json: there is no table 'zhakyanova/talies'; \
did you mean zhakyanova/tallies?
    """
    resources = read_descriptor(folder)["resources"]
    tables = {resource["path"].removesuffix(".csv"): resource for resource in resources}
    if name not in tables:
        close = difflib.get_close_matches(str(name), tables, n=1)
        advice = f"did you mean {close[0]}?" if close else "there are " + ", ".join(tables)
        fault = Problem(0, "", f"there is no table {quoted(str(name))}; {advice}")
        raise TableError([problem_line(folder / DESCRIPTOR, fault)])
    sheet, problems = check_table(tables[name], folder, resources)
    if problems:
        raise TableError(problems)
    frame = pd.DataFrame(sheet.rows, columns=sheet.header, dtype="str")
    for field in tables[name]["schema"]["fields"]:
        if field["type"] == "integer":
            numbers = [int(cell) if cell else pd.NA for cell in frame[field["name"]]]
            frame[field["name"]] = pd.array(numbers, dtype="Int64")
    for column in [name for name in sheet.header if name.endswith("_en")]:
        kind = column.removesuffix("_en")
        frame[kind] = frame[f"{kind}_{current_language()}"]
    return frame


def check_folder(folder: Path = paths.RAW) -> list[str]:
    """Return a line for every problem of a data folder: its tables, and files nobody described."""
    try:
        resources = read_descriptor(folder)["resources"]
    except TableError as error:
        return error.problems
    problems = [line for each in resources for line in check_table(each, folder, resources)[1]]
    described = {resource["path"] for resource in resources}
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if name[0] != "." and name not in IGNORED)
        for file in sorted(Path(place) / name for name in names if name.lower().endswith(".csv")):
            if file.relative_to(folder).as_posix() not in described:
                fault = f"is not described in {DESCRIPTOR}; describe it or delete it"
                problems.append(problem_line(file, Problem(0, "", fault)))
    return problems
