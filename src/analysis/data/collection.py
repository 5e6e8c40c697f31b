"""Documents: a folder each, with a `document.yml` and tables; a collection is a folder of them."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.data.codebook import (
    common,
    field_of,
    own_tables_of,
    read_yaml,
    standard_tables,
)
from analysis.data.schema import complaint
from analysis.failures import quoted
from analysis.problems import Problem, naming, table_error

ABOUT, CODEBOOK = "document.yml", "tables.yml"
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
    def transcribed(self) -> list[str]:
        """The tables that hold what the document prints, not what is said of it."""
        return [name for name, each in self.tables.items() if not each.get("about_document")]

    @property
    def reference(self) -> str:
        """The document as a bibliography names it."""
        return self.about.get("reference") or self.about["citation"]

    @property
    def dated(self) -> str:
        """The short citation with its year in brackets, as a source line has it."""
        name, year = self.about["citation"], str(self.about.get("year", ""))
        return f"{name.removesuffix(year).strip()} ({year})" if year else name

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
    below = (each for each in folder.glob("*/") if not each.name.startswith("."))
    return sorted(each for each in below if (each / ABOUT).exists())


def documents(folder: Path) -> list[Document]:
    """Return the documents of a folder in reading order: by `order`, then by name.

    folder : Path
        A collection, with a folder for each document; or one document itself.

    Raises TableError for a `document.yml` or a codebook that cannot be followed, and for a document
    of a collection whose short name is not that of its folder.
    """
    found = [_cached_document(each, _state(each)) for each in document_folders(folder)]
    for document in found:
        if document.folder != folder and document.slug != document.folder.name:
            advice = f"give folder and document one name, such as {document.slug}"
            raise table_error(document.folder, [Problem(0, "", advice)])
    return sorted(found, key=lambda each: (each.about.get("order", LAST), each.slug))


def own_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a collection that belong to no document, described in `tables.yml`."""
    file = folder / CODEBOOK
    if is_document(folder) or not file.exists():
        return {}
    return _cached_codebook(file, _stamp(file))


@functools.lru_cache(maxsize=8)
def _cached_codebook(file: Path, stamp: tuple) -> dict[str, dict[str, Any]]:
    return _codebook(file)


def judged_together(found: Sequence[Document]) -> list[tuple[Document, ...]]:
    """Return the documents in groups: whose claims name those of another, they share a group.

    found : sequence of Document
        In reading order, as `documents` returns them; so stand the groups, and each in its group.
    """
    group_of = {document.slug: {document.slug} for document in found}
    for document in found:
        for name in document.about.get("compared_with", ()):
            joined = group_of[document.slug] | group_of.get(name, set())
            group_of |= dict.fromkeys(joined, joined)
    groups = dict.fromkeys(frozenset(group_of[document.slug]) for document in found)
    return [tuple(each for each in found if each.slug in group) for group in groups]


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether anything that describes a document has changed."""
    files = sorted([*folder.glob("*.yml"), *folder.glob("*.csv")])
    return tuple((file.name, *_stamp(file)) for file in files)


def _stamp(file: Path) -> tuple[int, int]:
    """Return when a file was changed and how long it is; of one that cannot be reached, zeros."""
    try:
        return file.stat().st_mtime_ns, file.stat().st_size
    except OSError:  # a link to nowhere
        return 0, 0


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
    with naming(file):
        read = read_yaml(file)
    about = {"slug": slug} | {name: said for name, said in read.items() if said not in (None, "")}
    fields = [field_of(entry, common()["columns"]) for entry in common()["document"]]
    if problems := [*about_problems(about, fields)]:
        raise table_error(file, (Problem(0, name, text) for name, text in problems))
    return {field["name"]: _value(about, field) for field in fields if field["name"] in about}


def _value(about: Mapping[str, Any], field: Mapping[str, Any]) -> Any:
    """Return the value of an entry: a number or a text as its field has it, a list as it is."""
    value = about[field["name"]]
    if field["name"] in LISTS:
        return value
    return int(value) if field["type"] == "integer" else str(value)


def about_problems(about: Mapping[str, Any], fields: list[dict]) -> Iterator[tuple[str, str]]:
    """Yield the entry and the fault for everything that `document.yml` may not say."""
    rules = {field["name"]: field for field in fields}
    for name in [name for name in about if name not in rules]:
        yield quoted(str(name)), f"is no entry; there are {', '.join(rules)}"
    for name, field in rules.items():
        value = about.get(name, "")
        if said := _shape_fault(name, value):
            yield name, said
            continue
        for text in leaves(value):
            if said := complaint(text, field):
                yield name, f"{quoted(text)} {said}" if text else "is missing; a document needs it"


def _shape_fault(name: str, value: Any) -> str:
    """Return why the value of an entry has not the form that is asked for, or nothing."""
    if value == "":
        return ""
    if name not in LISTS:
        return "holds several values; wanted one" if isinstance(value, list | dict) else ""
    if not isinstance(value, list) or not value:
        return f"{quoted(str(value))} is no list; begin each item with -"
    return "; ".join(fault for each in value if (fault := LISTS[name](each)))


def _author_fault(each: Any) -> str:
    if not isinstance(each, dict) or set(each) not in PERSONS:
        return f"{quoted(str(each))} is no author; write family and given, or name"
    return next(filter(None, map(_text_fault, each.values())), "")


def _text_fault(each: Any) -> str:
    return "" if isinstance(each, str) else f"{quoted(str(each))} is no text"


PERSONS = [{"family", "given"}, {"name"}]
LISTS = {  # entries that are lists
    "authors": _author_fault,
    "languages": _text_fault,
    "compared_with": _text_fault,
}


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
    with naming(file):
        return own_tables_of(read_yaml(file))
