"""Codebooks: what each column of a table means and may hold, written once, in YAML.

`codebook.yml` beside this file describes what any document may have: its `document.yml`, the tables
that every document has under the same name, and the columns that many tables share. What only one
document has stands in the `tables.yml` of its folder, in the same form.
"""

import functools
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import yaml

from analysis.data.schema import RULES, descriptor_faults, schema_faults
from analysis.failures import quoted
from analysis.problems import REPORTED, BrokenFileError, Problem, naming
from analysis.textfile import plain_text, read_bytes

COMMON = Path(__file__).with_name("codebook.yml")
EXTRAS = ("sources", "rows_chosen", "about_document", "single_entry")
CODEBOOK_KEYS = {"tables": dict, "columns": dict}
COMMON_KEYS = CODEBOOK_KEYS | {"document": list}
TABLE_KEYS = {"title": str, "description": str, "key": list, "columns": list, "links": dict}
TABLE_KEYS |= {"sources": list, "rows_chosen": bool, "about_document": bool, "single_entry": bool}
TABLE_NEEDS = ("title", "description", "key", "columns")
FIELD_KEYS = {"description": str, "type": str, "unit": str, "optional": bool, "translated": bool}
FIELD_KEYS |= {"judged": bool, "names_row": bool, "required": bool, "pattern": str, "enum": list}
FIELD_KEYS |= {"minimum": int, "maximum": int}
SOURCE_KEYS = {"title": str, "path": str}
KINDS = {str: "text", list: "a list", dict: "names with values", bool: "true or false"}
KINDS |= {int: "a whole number"}
NAME = re.compile(r"[a-z0-9_]+")  # of a table or a column
LINK = re.compile(r"([a-z0-9_]+)\.([a-z0-9_]+)")
DEPTH = 20  # lists and mappings one inside the other


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML without surprises: a key stands once, and no, 12:30 and 2021-03-15 are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as the class above has it

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Hashable, Any]:
        """Return a mapping, each key once."""
        names: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                _refuse("a name is a word, no list and no mapping", key)
            if key.value in names:
                _refuse(f"{quoted(key.value)} stands twice", key)
            names.add(key.value)
        return super().construct_mapping(node, deep)


for kind, pattern, first in [
    ("bool", "true|false", "tf"),
    ("int", "-?(?:0|[1-9][0-9]{0,14})", "-0123456789"),
    ("null", "~|null|", ["~", "n", ""]),
]:
    whole = re.compile(f"^(?:{pattern})$")
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", whole, list(first))


def read_yaml(file: Path) -> dict[str, Any]:
    """Return what a YAML file holds, a mapping; raise BrokenFileError for anything else.

    Only true, false and whole numbers are more than text. Refused are letters that nobody sees, a
    key that stands twice, and what refers to another place of the file.
    """
    text = plain_text(read_bytes(file))
    try:
        _check_shape(text)
        found = yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = " ".join((getattr(error, "problem", None) or str(error)).split())
        row = min(mark.line, text.count("\n")) + 1 if mark else 0
        raise BrokenFileError(Problem(row, "", f"is not YAML: {said[:100]}")) from None
    if not isinstance(found, dict):
        raise BrokenFileError(Problem(0, "", "holds no names with values, such as `title: ...`"))
    return found


def _check_shape(text: str) -> None:
    """Raise YAMLError for what is no plain value: too deep, a reference to elsewhere, a tag."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            _refuse("write it out; it is too deep", event)
        if isinstance(event, yaml.AliasEvent):
            _refuse("write it out; * is no reference", event)
        if getattr(event, "tag", None):
            _refuse(f"{quoted(event.tag)} is no kind of value; put a text with ! in quotes", event)


def _refuse(said: str, place: yaml.Event | yaml.Node) -> NoReturn:
    raise yaml.constructor.ConstructorError(None, None, said, place.start_mark)


def shape_faults(said: Any, known: Mapping[str, type], needed: Sequence[str] = ()) -> Iterator[str]:
    """Yield what is wrong with a mapping of a codebook: unknown, missing, of another kind.

    said : mapping
        As it was read; anything else is a fault.
    known : mapping
        The kind of value for each name that it may have.
    needed : sequence of str
        What must be there.

    >>> list(shape_faults({"colour": "red"}, {"title": str}, ["title"]))
    ["'colour' is no property; there are title", 'title is missing']
    """
    if not isinstance(said, Mapping):
        yield f"{quoted(str(said))} is no mapping, such as `{next(iter(known))}: ...`"
        return
    for name, value in said.items():
        if name not in known:
            yield f"{quoted(str(name))} is no property; there are {', '.join(known)}"
        elif value is not None and type(value) is not known[name]:
            yield f"{name} is {quoted(str(value))}; wanted {KINDS[known[name]]}"
    yield from (f"{name} is missing" for name in needed if said.get(name) in (None, "", [], {}))


def refuse(faults: Iterable[str]) -> None:
    """Raise ValueError that tells all faults, if there are any."""
    told = list(faults)
    more = [f"... and {len(told) - REPORTED} more problems"] * (len(told) > REPORTED)
    if told:
        raise ValueError("; ".join([*told[:REPORTED], *more]))


@functools.cache
def common() -> dict[str, Any]:
    """Return the codebook of what every document may have: `document`, `columns`, `tables`.

    Raises TableError if it cannot be followed.
    """
    with naming(COMMON):
        said = read_yaml(COMMON)
        refuse(shape_faults(said, COMMON_KEYS, list(COMMON_KEYS)))
        for entry in said["document"]:
            field_of(entry, said["columns"])
        return said


def field_of(entry: str | Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field of Table Schema from an entry of a codebook.

    entry : str or mapping
        The name of a shared column; or `{name: description}`, with another meaning and the same
        rules; or `{name: {description, type, and any rule}}`.
    shared : mapping
        The shared columns by name.

    Raises ValueError for anything else.

    >>> field_of({"wind": {"description": "in knots", "required": True}}, {})
    {'name': 'wind', 'type': 'string', 'description': 'in knots', 'constraints': {'required': True}}
    """
    name, said = (entry, shared.get(entry)) if isinstance(entry, str) else _only(entry)
    refuse(f"{name}: {fault}" for fault in shape_faults(shared.get(name, {}), FIELD_KEYS))
    if not NAME.fullmatch(str(name)):
        raise ValueError(f"{quoted(str(name))} is no name of a column; write a to z, 0 to 9 and _")
    if isinstance(entry, str) and said is None:
        raise ValueError(f"{quoted(name)} is no column that codebooks share; describe it")
    if isinstance(said, str):
        said = {**shared.get(name, {}), "description": said}
    refuse(f"{name}: {fault}" for fault in shape_faults(said, FIELD_KEYS, ["description"]))
    said = {key: value for key, value in said.items() if value is not None}
    rules = {key: said.pop(key) for key in sorted(RULES) if key in said}
    field = {"name": name, "type": said.pop("type", "string")} | said
    return field | ({"constraints": rules} if rules else {})


def _only(entry: Any) -> tuple[str, Any]:
    """Return name and description of a column that a codebook describes in place."""
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise ValueError(f"{quoted(str(entry))} is no column; write `name: description`")
    return next((str(name), said if said is not None else {}) for name, said in entry.items())


def resource_of(table: str, said: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of a codebook as a resource of a Data Package, without name and path.

    Raises ValueError for what a codebook cannot say.
    """
    refuse(shape_faults(said, TABLE_KEYS, TABLE_NEEDS))
    refuse(fault for each in said.get("sources") or () for fault in shape_faults(each, SOURCE_KEYS))
    schema: dict[str, Any] = {"fields": [field_of(entry, shared) for entry in said["columns"]]}
    schema["primaryKey"] = list(map(str, said["key"]))
    if links := [_link(column, to) for column, to in (said.get("links") or {}).items()]:
        schema["foreignKeys"] = links
    more = {key: said[key] for key in EXTRAS if said.get(key)}
    found = {"title": said["title"], "description": said["description"], "schema": schema} | more
    refuse([*schema_faults(schema), *descriptor_faults(found)])
    return found


def _link(column: str, to: Any) -> dict[str, Any]:
    """Return a foreign key from what a codebook says, such as `question: questions.question`."""
    found = LINK.fullmatch(str(to))
    if not found:
        raise ValueError(f"{column} links to {quoted(str(to))}; write table.column")
    return {"fields": [column], "reference": {"resource": found[1], "fields": [found[2]]}}


def tables_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a codebook by name.

    said : mapping
        A codebook: `tables`, and perhaps `columns` that they share besides those of all documents.

    Raises ValueError that names the table for what cannot be followed.
    """
    shared = common()["columns"] | (said.get("columns") or {})
    found = {}
    for table, description in said["tables"].items():
        try:
            found[table] = resource_of(table, description, shared)
        except ValueError as error:
            raise ValueError(f"{table}: {error}") from None
    return found


def own_tables_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a codebook other than the common one, by name.

    said : mapping
        What a `tables.yml` holds.

    Raises ValueError for what cannot be followed, for a name that others have, and for a link to
    what is not there.
    """
    refuse(shape_faults(said, CODEBOOK_KEYS, ["tables"]))
    refuse(_name_faults(said["tables"]))
    found = tables_of(said)
    refuse(_link_faults(found, standard_tables() | found))
    return found


def _name_faults(names: Iterable[Any]) -> Iterator[str]:
    for name in map(str, names):
        if not NAME.fullmatch(name):
            yield f"{quoted(name)} is no name of a table; write a to z, 0 to 9 and _"
        elif name in {*standard_tables(), "papers"}:
            yield f"{name} is described already, for all documents; give it another name"


def _link_faults(tables: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    for table, said in tables.items():
        for key in said["schema"].get("foreignKeys", []):
            other, (column,) = key["reference"]["resource"], key["reference"]["fields"]
            if other not in known:
                yield f"{table}: {key['fields'][0]} links to the table {other}, which is not there"
            elif column not in {field["name"] for field in known[other]["schema"]["fields"]}:
                yield f"{table}: {key['fields'][0]} links to {other}, which has no column {column}"


@functools.cache
def standard_tables() -> dict[str, Any]:
    """Return the tables that every document has under the same name, if it has them at all."""
    with naming(COMMON):
        return tables_of(common())
