"""Documents: a folder each, with a `document.yml` and tables; a collection is a folder of them."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.data.codebook import common, field_of, read_yaml, standard_tables, tables_of
from analysis.data.problems import BrokenFileError, Problem, quoted, table_error
from analysis.data.schema import complaint

ABOUT, CODEBOOK = "document.yml", "tables.yml"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TABLE = re.compile(r"[a-z0-9_-]+")
LAST = 1_000_000  # place in the reading order of a document that names none


@dataclass(frozen=True)
class Document:
    """One document: its short name, its folder, what `document.yml` says, and its tables.

    tables : dict
        Resources of a Data Package by the name of the table, without the name of the document.
    """

    slug: str
    folder: Path
    about: Mapping[str, Any]
    tables: Mapping[str, dict[str, Any]]

    @property
    def reference(self) -> str:
        """The document as a bibliography names it."""
        return self.about.get("reference") or self.about["citation"]

    @property
    def address(self) -> str:
        """Where it can be read: the address of its DOI, or nothing."""
        return f"https://doi.org/{self.about['doi']}" if self.about.get("doi") else ""


def is_document(folder: Path) -> bool:
    """Say whether a folder is one document: it has a `document.yml`, or a table as documents do."""
    if (folder / ABOUT).exists():
        return True
    return any((folder / f"{table}.csv").exists() for table in standard_tables())


def document_folders(folder: Path) -> list[Path]:
    """Return the folders of the documents in a folder: itself, if it is one, or those below it."""
    if is_document(folder):
        return [folder]
    return sorted(each for each in folder.glob("*/") if (each / ABOUT).exists())


def documents(folder: Path) -> list[Document]:
    """Return the documents of a folder in reading order: by `order`, then by name.

    folder : Path
        A collection, with a folder for each document; or one document itself.

    Raises TableError for a `document.yml` or a codebook that cannot be followed.
    """
    found = [_cached_document(each, _state(each)) for each in document_folders(folder)]
    return sorted(found, key=lambda each: (each.about.get("order", LAST), each.slug))


def own_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a collection that belong to no document, described in `tables.yml`."""
    file = folder / CODEBOOK
    if is_document(folder) or not file.exists():
        return {}
    return _codebook(file)


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether anything that describes a document has changed."""
    files = sorted([*folder.glob("*.yml"), *folder.glob("*.csv")])
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)


@functools.lru_cache(maxsize=64)
def _cached_document(folder: Path, state: tuple) -> Document:
    about = read_about(folder)
    there = {file.stem for file in folder.glob("*.csv")}
    tables = {name: each for name, each in standard_tables().items() if name in there}
    if (folder / CODEBOOK).exists():
        tables |= _codebook(folder / CODEBOOK)
    return Document(about["slug"], folder, about, tables)


def read_about(folder: Path) -> dict[str, Any]:
    """Return what `document.yml` says; of a folder without one, its name.

    Raises TableError for a missing or unknown entry, and for a value that breaks its rule.
    """
    file = folder / ABOUT
    slug = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "document"
    if not file.exists():
        return {"slug": slug, "citation": folder.resolve().name}
    try:
        about = {"slug": slug} | read_yaml(file)
    except BrokenFileError as error:
        raise table_error(file, error.problems) from None
    fields = [field_of(entry, common()["columns"]) for entry in common()["document"]]
    if problems := [*about_problems(about, fields)]:
        raise table_error(file, (Problem(0, name, text) for name, text in problems))
    return about


def about_problems(about: Mapping[str, Any], fields: list[dict]) -> Iterator[tuple[str, str]]:
    """Yield the entry and the fault for everything that `document.yml` may not say."""
    rules = {field["name"]: field for field in fields}
    for name in [name for name in about if name not in rules]:
        yield str(name), f"is no entry; there are {', '.join(rules)}"
    for name, field in rules.items():
        for text in leaves(about.get(name, "")):
            if said := complaint(text, field):
                yield name, f"{quoted(text)} {said}"


def leaves(value: Any) -> list[str]:
    """Return the texts of a value of YAML: of a list those of its items, of a mapping its values.

    >>> leaves([{"family": "A", "given": "B"}, 3])
    ['A', 'B', '3']
    """
    if isinstance(value, Mapping):
        return [text for each in value.values() for text in leaves(each)]
    if isinstance(value, list):
        return [text for each in value for text in leaves(each)]
    return [str(value)]


def _codebook(file: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a codebook; raise TableError if it cannot be followed."""
    try:
        found = tables_of(read_yaml(file))
    except BrokenFileError as error:
        raise table_error(file, error.problems) from None
    except ValueError as error:
        raise table_error(file, [Problem(0, "", str(error))]) from None
    for name in found:
        if not TABLE.fullmatch(name) or name in standard_tables():
            advice = "name a table of its own with a to z, 0 to 9 and _, not as others have one"
            raise table_error(file, [Problem(0, name, advice)])
    return found
