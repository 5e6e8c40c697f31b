"""Tables of the documents, read and checked against their codebooks."""

import difflib
from collections.abc import Container
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.data.codebook import standard_tables
from analysis.data.collection import (
    ABOUT,
    CODEBOOK,
    Document,
    documents,
    is_document,
    own_tables,
)
from analysis.data.csvfile import Sheet, read_sheet
from analysis.data.schema import check_sheet
from analysis.failures import quoted
from analysis.language.current import LANGUAGES, current_language, in_language
from analysis.problems import BrokenFileError, Problem, TableError, problem_line

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
IGNORED = {"double-entry"}  # transcriptions before they were settled
TABLE_SCHEMA = {"name", "type", "format", "description", "constraints", "unit"}
PAPERS = ("paper", "citation", "year", "note", "reference", "title", "kind", "doi")


def read_descriptor(folder: str | Path | None = None) -> dict[str, Any]:
    """Return the tables of a folder as a Data Package (v2), computed from its codebooks.

    folder : str or Path
        A collection of documents, or one document.

    Each resource has name, path, title, description, sources and a Table Schema. Raises TableError
    for a folder without a document, and for a codebook that cannot be followed.
    """
    return {"$schema": PROFILE, "resources": Collection.of(paths.as_folder(folder)).resources}


@dataclass(frozen=True)
class Collection:
    """The documents of a folder as they are now, in reading order, and what describes their tables.

    resources : list of dict
        Of a Data Package.
    """

    folder: Path
    documents: list[Document]
    resources: list[dict[str, Any]]

    @classmethod
    def of(cls, folder: Path) -> "Collection":
        """Return that of a folder; raise TableError as `read_descriptor` does."""
        found = documents(folder)
        if not found:
            fault = Problem(0, "", f"holds no document; a document is a folder with a {ABOUT}")
            raise TableError([problem_line(folder, fault)])
        return cls(folder, found, _resources(folder, found))

    def only(self, slugs: Container[str]) -> "Collection":
        """Return the same with some of its documents; what describes tables stays whole."""
        return replace(self, documents=[each for each in self.documents if each.slug in slugs])

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, as `read_table` does."""
        if name == "papers":
            return _papers(documents(self.folder))
        if name in standard_tables():
            return _together(name, self)
        tables = {resource["path"].removesuffix(".csv"): resource for resource in self.resources}
        if name not in tables and is_document(self.folder):
            name = name.removeprefix(f"{self.documents[0].slug}/")
        if name not in tables:
            raise _no_table(name, self.folder, [*tables, *standard_tables(), "papers"])
        return _frame(tables[name], self.folder, self.resources)


def _resources(folder: Path, found: list[Document]) -> list[dict[str, Any]]:
    resources = [_resource("", name, each) for name, each in own_tables(folder).items()]
    for document in found:
        place = "" if document.folder == folder else f"{document.slug}/"
        resources += [
            _resource(place, name, each, document) for name, each in document.tables.items()
        ]
    return resources


def published_descriptor(folder: str | Path | None = None) -> dict[str, Any]:
    """Return the descriptor for other readers of the same files (Data Package v2).

    A column that may be left out is no part of Table Schema: where a file has none, it is taken out
    of its schema, and so is what only this library asks of a column.
    """
    folder = paths.as_folder(folder)
    descriptor = read_descriptor(folder)
    for resource in descriptor["resources"]:
        header = read_sheet(folder / resource["path"]).header
        fields = [
            {name: said for name, said in field.items() if name in TABLE_SCHEMA}
            for field in resource["schema"]["fields"]
            if field["name"] in header or not field.get("optional")
        ]
        resource["schema"] = resource["schema"] | {"fields": fields}
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    return descriptor | {"name": "documents", "licenses": [licence]}


def _resource(place: str, table: str, said: dict, document: Document | None = None) -> dict:
    prefix = place.replace("/", "-")
    links = [
        key | {"reference": key["reference"] | {"resource": prefix + key["reference"]["resource"]}}
        for key in said["schema"].get("foreignKeys", [])
    ]
    source = {"title": document.reference} if document else {}
    source |= {"path": document.address} if document and document.address else {}
    return said | {
        "name": prefix + table,
        "path": f"{place}{table}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": said.get("sources") or [source] * bool(source),
        "schema": said["schema"] | ({"foreignKeys": links} if links else {}),
    }


def referenced(key: dict, resources: list[dict]) -> tuple[str, str]:
    """Return the path and the column that a foreign key of one column points to."""
    (column,) = key["reference"]["fields"]
    name = key["reference"]["resource"]
    return next(other["path"] for other in resources if other["name"] == name), column


def link_problems(sheet: Sheet, resource: dict, folder: Path, resources: list[dict]) -> list:
    """Return a Problem for every cell that names what the table it points to does not have."""
    found = []
    for key in resource["schema"].get("foreignKeys", []):
        (name,) = key["fields"]
        place = sheet.header.index(name) if name in sheet.header else None
        filled = [] if place is None else [row for row in sheet.rows if row[place]]
        if not filled:
            continue
        try:
            path, column = referenced(key, resources)
            other = read_sheet(folder / path)
            known = {row[other.header.index(column)] for row in other.rows} | {""}
        except StopIteration:
            table = key["reference"]["resource"]
            found.append(Problem(0, name, f"points to the table {table}, which is not there"))
            continue
        except ValueError:  # a broken file, or no such column in it
            found.append(Problem(0, name, f"cannot be compared with {path}, which is broken"))
            continue
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


def read_table(name: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return a table of a folder of documents, every cell checked against its codebook.

    name : str
        Of one document: its short name and the table, such as "hostel/tallies" (in the folder of
        that document "tallies" will do). Of all documents at once: a table that each may have, such
        as "claims"; its first column, `paper`, is then the document. "papers" is what their
        `document.yml` say.
    folder : str or Path
        A collection of documents, or one document.

    Text stays as written, an empty cell is ""; integer columns are Int64. Columns in our own words
    (labels, topics, titles) are in the language in use, where it has been translated. Raises
    TableError, a line a problem, for anything that the codebook does not allow.

    >>> read_table("no-such-table")
    Traceback (most recent call last):
    analysis.problems.TableError: data/raw: there is no table 'no-such-table'; there are ...
    """
    folder = paths.as_folder(folder)
    return _papers(documents(folder)) if name == "papers" else Collection.of(folder).table(name)


def _no_table(name: str, folder: Path, names: list[str]) -> TableError:
    close = difflib.get_close_matches(str(name), names, n=1)
    advice = f"did you mean {close[0]}?" if close else "there are " + ", ".join(names)
    fault = Problem(0, "", f"there is no table {quoted(str(name))}; {advice}")
    return TableError([problem_line(folder, fault)])


def _papers(found: list[Document]) -> pd.DataFrame:
    rows = [[each.slug, *(each.about.get(name, "") for name in PAPERS[1:])] for each in found]
    frame = pd.DataFrame(rows, columns=list(PAPERS)).astype("str")
    years = [int(year) if year else pd.NA for year in frame["year"]]
    return frame.assign(year=pd.array(years, dtype="Int64"))


def _together(name: str, collection: Collection) -> pd.DataFrame:
    """Return a table that every document may have, of all documents of a collection."""
    folder, resources = collection.folder, collection.resources
    paths_of = {each["path"]: each for each in resources}
    parts = []
    for document in collection.documents:
        place = "" if document.folder == folder else f"{document.slug}/"
        resource = paths_of.get(f"{place}{name}.csv")
        if resource:
            part = _frame(resource, folder, resources)
            part.insert(0, "paper", pd.Series(document.slug, part.index, dtype="str"))
            parts.append(part)
    if parts:
        return pd.concat(parts, ignore_index=True)
    names = [field["name"] for field in standard_tables()[name]["schema"]["fields"]]
    return _typed(pd.DataFrame(columns=["paper", *names], dtype="str"), standard_tables()[name])


def _frame(resource: dict, folder: Path, resources: list[dict]) -> pd.DataFrame:
    sheet, problems = check_table(resource, folder, resources)
    if problems:
        raise TableError(problems)
    frame = pd.DataFrame(sheet.rows, columns=sheet.header, dtype="str")
    for place, field in enumerate(resource["schema"]["fields"]):
        if field["name"] not in frame:  # a column that may be left out
            frame.insert(place, field["name"], pd.Series("", frame.index, dtype="str"))
        if field.get("translated") and current_language() != "en":
            locale = (folder / resource["path"]).parent / "locale"
            frame[field["name"]] = [in_language(text, locale) for text in frame[field["name"]]]
    return _typed(frame, resource)


def _typed(frame: pd.DataFrame, resource: dict) -> pd.DataFrame:
    for field in resource["schema"]["fields"]:
        if field["type"] == "integer":
            numbers = [int(cell) if cell else pd.NA for cell in frame[field["name"]]]
            frame[field["name"]] = pd.array(numbers, dtype="Int64")
    return frame


def transcribed_tables(folder: str | Path | None = None) -> pd.DataFrame:
    """Return one row a table that holds what a document prints.

    Columns: paper, table (its title), rows, printed numbers, source (the document, as cited).
    """
    rows = []
    for document in documents(paths.as_folder(folder)):
        for name in document.transcribed:
            table = read_table(name, document.folder)
            if "section" not in table:  # from outside, see its sources
                continue
            printed = int(table["printed"].ne("").sum()) if "printed" in table else 0
            title, source = document.tables[name]["title"], document.reference
            rows.append([document.slug, title, len(table), printed, source])
    return pd.DataFrame(rows, columns=["paper", "table", "rows", "printed numbers", "source"])


def check_folder(folder: str | Path | None = None) -> list[str]:
    """Return a line for every problem of a folder of documents: tables, strays, translations."""
    folder = paths.as_folder(folder)
    try:
        resources = read_descriptor(folder)["resources"]
    except TableError as error:
        return error.problems
    problems = [line for each in resources for line in check_table(each, folder, resources)[1]]
    described = {(folder / resource["path"]) for resource in resources}
    for file in sorted(folder.rglob("*.[cC][sS][vV]")):
        hidden = any(part in IGNORED or part[0] == "." for part in file.relative_to(folder).parts)
        if file not in described and not hidden:
            problems.append(problem_line(file, Problem(0, "", _undescribed(file.parent, folder))))
    return problems + _catalogue_problems(folder)


def _catalogue_problems(folder: Path) -> list[str]:
    """Return a line for every problem of the translations of a folder of documents."""
    from analysis.language.messages import read_messages  # Babel takes longer than the tables

    found = []
    for file in sorted(folder.rglob("locale/*.po")):
        if file.stem in LANGUAGES:
            try:
                read_messages(file, file.stem)
            except BrokenFileError as error:
                found += [problem_line(file, problem) for problem in error.problems]
    return found


def _undescribed(place: Path, folder: Path) -> str:
    """Return why nobody knows what a table in this place is."""
    if place.parent == folder and not (place / ABOUT).exists() and not is_document(folder):
        return f"lies in a folder without a {ABOUT}; write it, and the folder is a document"
    return f"is not described in {CODEBOOK}; describe it or delete it"
