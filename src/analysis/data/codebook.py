"""Codebooks: what each column of a table means and may hold, written once, in YAML.

`codebook.yml` beside this file describes what any document may have: its `document.yml`, the tables
that every document has under the same name, and the columns that many tables share. What only one
document has stands in the `tables.yml` of its folder, in the same form.
"""

import functools
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis.data.csvfile import MARK, decode, read_bytes
from analysis.data.problems import BrokenFileError, Problem, quoted
from analysis.data.schema import RULES, descriptor_faults, schema_faults

COMMON = Path(__file__).with_name("codebook.yml")
EXTRAS = ("sources", "rows_chosen", "about_document")
TABLE_KEYS = {"title", "description", "key", "columns", "links", *EXTRAS}
FIELD_KEYS = {
    "description",
    "type",
    "unit",
    "optional",
    "translated",
    "judged",
    "names_row",
    *RULES,
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML without surprises: a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Hashable, Any]:
        """Return a mapping, each key once."""
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                line = node.start_mark.line + 1
                raise yaml.YAMLError(f"{name} stands twice in what begins in line {line}")
        return super().construct_mapping(node, deep)


def read_yaml(file: Path) -> dict[str, Any]:
    """Return what a YAML file holds, a mapping; raise BrokenFileError for anything else."""
    text = decode(read_bytes(file).removeprefix(MARK))
    try:
        found = yaml.load(text, _Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        row = mark.line + 1 if mark else 0
        raise BrokenFileError(Problem(row, "", f"is not YAML: {said[:100]}")) from None
    if not isinstance(found, dict):
        raise BrokenFileError(Problem(0, "", "holds no names with values, such as `title: ...`"))
    return found


@functools.cache
def common() -> dict[str, Any]:
    """Return the codebook of what every document may have: `document`, `columns`, `tables`."""
    return read_yaml(COMMON)


def field_of(entry: str | Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field of Table Schema from an entry of a codebook.

    entry : str or mapping
        The name of a shared column; or `{name: description}`, with another meaning and the same
        rules; or `{name: {description, type, and any rule}}`.
    shared : mapping
        The shared columns by name.

    >>> field_of({"wind": {"description": "in knots", "minimum": 0}}, {})
    {'name': 'wind', 'type': 'string', 'description': 'in knots', 'constraints': {'minimum': 0}}
    """
    name, said = (entry, {}) if isinstance(entry, str) else next(iter(entry.items()))
    if isinstance(entry, str) and name not in shared:
        raise ValueError(f"{quoted(name)} is no column that codebooks share; describe it")
    known = shared.get(name, {}) if isinstance(entry, str) or isinstance(said, str) else {}
    said = known | ({"description": said} if isinstance(said, str) else dict(said))
    if unknown := set(said) - FIELD_KEYS:
        raise ValueError(f"{name}: {', '.join(sorted(unknown))} is no property of a column")
    rules = {key: said.pop(key) for key in sorted(RULES) if key in said}
    field = {"name": name, "type": said.pop("type", "string")} | said
    return field | ({"constraints": rules} if rules else {})


def resource_of(table: str, said: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of a codebook as a resource of a Data Package, without name and path.

    Raises ValueError for what a codebook cannot say.
    """
    if unknown := set(said) - TABLE_KEYS:
        raise ValueError(f"{', '.join(sorted(unknown))} is no property of a table")
    schema: dict[str, Any] = {"fields": [field_of(entry, shared) for entry in said["columns"]]}
    schema["primaryKey"] = list(said["key"])
    links = [
        {"fields": [column], "reference": {"resource": table, "fields": [other]}}
        for column, to in said.get("links", {}).items()
        for table, other in [to.split(".")]
    ]
    if links:
        schema["foreignKeys"] = links
    more = {key: said[key] for key in EXTRAS if key in said}
    found = {"title": said["title"], "description": said["description"], "schema": schema} | more
    if faults := [*schema_faults(schema), *descriptor_faults(found)]:
        raise ValueError("; ".join(faults))
    return found


def tables_of(said: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the tables of a codebook by name.

    said : mapping
        A codebook; what stands under `tables` is read.
    own : mapping
        Columns that its tables share besides those of the common codebook.

    Raises ValueError that names the table for what cannot be followed.
    """
    shared = common()["columns"] | dict(said.get("columns", {})) | dict(own or {})
    found = {}
    for table, description in said.get("tables", {}).items():
        try:
            found[table] = resource_of(table, description, shared)
        except (KeyError, TypeError, AttributeError, StopIteration) as error:
            raise ValueError(
                f"{table}: a table needs title, description, key, columns ({error!r})"
            ) from None
        except ValueError as error:
            raise ValueError(f"{table}: {error}") from None
    return found


@functools.cache
def standard_tables() -> dict[str, Any]:
    """Return the tables that every document has under the same name, if it has them at all."""
    return tables_of(common())
