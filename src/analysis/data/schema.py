"""A table against its schema (Table Schema v2): which cells break which rule, and what to write."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from analysis.data.csvfile import Sheet
from analysis.failures import quoted
from analysis.problems import Problem
from analysis.textfile import letter_problems

TYPES = ("string", "integer")
FORMATS = {"default", "uri"}
RULES = {"required", "pattern", "enum", "minimum", "maximum"}
UNFIT = {"string": {"minimum", "maximum"}, "integer": {"pattern", "enum"}}
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
NUMBER = "is not a number; write digits, such as 10.3"
WHOLE = "is not a whole number; write digits, such as 40"
ADDRESS = re.compile(r"(https?://|doi:)[^\s<>\"'`]+")  # what a page may make a link of
LINKED = {"path", "homepage"}  # what is an address in a source, a licence or a contributor
CITED = {"sources", "licenses", "contributors"}
NO_ADDRESS = "is not an address; write it in full, such as https://doi.org/10.1000/182"
HINTS = {
    r"[a-z0-9]+(-[a-z0-9]+)*": "is not a short name; write a to z, 0 to 9 and -, such as no-money",
    r"[A-Z]{3}": "is not a country code; write three capital letters (ISO 3166-1), such as NOR",
    r"\S+( \S+){1,7}": "is not 2 to 8 words with one space between them",
    r"https?://\S+": NO_ADDRESS,
    r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?": (
        "is not a date; write a year, month or day, such as 2021, 2021-03 or 2021-03-15"
    ),
}
# What people type for a number, and what to tell them; the first that fits is used.
SLIPS = [
    (re.compile(r"(?i)nan|n/?a|none|null|[-\u2013\u2014]"), "; leave it empty if none is printed"),
    (re.compile(r"[0-9]+([.,][0-9]+)? ?%"), "; leave out the percent sign"),
    (re.compile(r"[0-9]+,[0-9]{1,2}"), "; write a point for the decimal comma, such as 12.5"),
    (re.compile(r"[0-9]{1,3}([, \xa0][0-9]{3})+"), "; leave out the thousands separator"),
    (re.compile(r"[-+\u2212\u2013].*"), "; write it without a sign"),
    (re.compile(r"[0-9.]+[eE][-+]?[0-9]+"), "; write it out in digits"),
    (re.compile(r"(?=.*[^\x00-\x7f])\w+"), "; use the digits 0 to 9 of the plain keyboard"),
]
# What a spreadsheet would run (a leading tab or CR never comes so far), and what a page would.
FORMULA = re.compile(r"[=+\-@]")
MARKUP = re.compile(r"<[A-Za-z/!?]|&(#|lt;|gt;|amp;|quot;|nbsp;)")


def number_slip(value: str, wanted: str) -> str:
    """Return what to tell somebody whose number is not written as `wanted` says."""
    advice = next((text for slip, text in SLIPS if slip.fullmatch(value)), None)
    return wanted if advice is None else wanted.split(";")[0] + advice


def pattern_hint(value: str, field: dict) -> str:
    """Return what to write instead of a value that does not fit the pattern of its field."""
    pattern = field["constraints"]["pattern"]
    if re.fullmatch(pattern, "10") and not re.fullmatch(pattern, "ten"):
        return number_slip(value, NUMBER if re.fullmatch(pattern, "10.3") else WHOLE)
    return HINTS.get(pattern, f"does not fit {pattern} ({field.get('description', 'no meaning')})")


def integer_complaint(value: str, rules: dict) -> str:
    if not INTEGER.fullmatch(value):
        return number_slip(value, WHOLE)
    if int(value) < rules.get("minimum", int(value)):
        return f"is below {rules['minimum']}, the smallest value allowed"
    if int(value) > rules.get("maximum", int(value)):
        return f"is above {rules['maximum']}, the largest value allowed"
    return ""


def enum_complaint(value: str, allowed: list[str]) -> str:
    """Return nothing for an allowed value, else the values that are, or the closest of many."""
    if value in allowed:
        return ""
    close = difflib.get_close_matches(value.strip().lower()[:100], allowed, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    listed = ", ".join(allowed[:12]) + (", ..." if len(allowed) > 12 else "")
    return f"is not one of the allowed values{meant or ': ' + listed}"


def complaint(value: str, field: dict) -> str:
    """Return what is wrong with one cell, or an empty string.

    value : str
        The cell exactly as written.
    field : dict
        A field of Table Schema, of type string or integer.

    Text is plain text, in every column: a formula or a letter that nobody sees is an error, since
    it would act elsewhere. It is one line, unless the field says `"multiline": true`. With the
    format "uri" it is an address; with a pattern or a list of values it is one of these, and else
    it has no markup either.

    >>> complaint("1O3", {"type": "string", "constraints": {"pattern": "[0-9]+"}})
    'is not a whole number; write digits, such as 40'
    >>> complaint("101", {"type": "string", "constraints": {"pattern": "[0-9]+"}})
    ''
    """
    rules = field.get("constraints", {})
    if not value:
        return "is empty; every row needs a value here" if rules.get("required") else ""
    if value != value.strip():
        return "has spaces around it; delete them"
    if field["type"] == "integer":
        return integer_complaint(value, rules)
    if "enum" in rules:
        said = enum_complaint(value, rules["enum"])
    elif "pattern" in rules:
        said = "" if re.fullmatch(rules["pattern"], value) else pattern_hint(value, field)
    elif field.get("format") == "uri":
        said = "" if ADDRESS.fullmatch(value) else NO_ADDRESS
    else:
        said = ""
    said = said or text_complaint(value, bool(field.get("multiline")))
    if not said and not {"enum", "pattern"} & set(rules):
        said = markup_complaint(value)
    return said


def text_complaint(value: str, multiline: bool = False) -> str:
    """Return why a text would be more than text somewhere, or an empty string.

    value : str
        The text of a cell or of the codebook.
    multiline : bool
        Whether it may have several lines.

    >>> text_complaint("one\\ntwo")
    'has a line break; write it on one line'
    """
    if "\n" in value and not multiline:
        return "has a line break; write it on one line"
    if not value.isprintable() and (unseen := letter_problems(value)):
        return unseen[0].text
    if value in {"-", "=", "+", "@"}:
        return "is a placeholder; write the text, or leave the cell empty"
    if FORMULA.match(value):
        return f"begins with {value[0]}, which a spreadsheet would run as a formula; use a word"
    return ""


def markup_complaint(value: str) -> str:
    """Return why a text of ours is no plain text; words quoted from a page may hold anything."""
    held = 'holds markup; write plain text, and "a < b" with spaces'
    return held if MARKUP.search(value) else ""


def descriptor_faults(part: Any, name: str = "") -> Iterator[str]:
    """Yield what is wrong with the texts of a descriptor: each is plain, an address is one.

    part : dict, list or str
        The descriptor, or what stands in it under a name.

    >>> list(descriptor_faults({"sources": [{"path": "javascript:alert(1)"}]}))
    ["'javascript:alert(1)' is not an address; write it in full, such as https://doi.org/10.1000/182"]
    """
    if isinstance(part, str):
        said = "" if name == "pattern" else text_complaint(part) or markup_complaint(part)
        yield from [f"{quoted(part)} {said}"] if said else ()
        return
    inside = part.items() if isinstance(part, dict) else ((name, each) for each in part)
    for key, value in inside:
        if isinstance(value, dict | list | str):
            yield from descriptor_faults(value, key)
        if key in CITED and isinstance(value, list):
            yield from address_faults(value)


def address_faults(cited: list[Any]) -> Iterator[str]:
    """Yield every address of sources, licences or contributors that is none."""
    for each in cited:
        for key in LINKED & each.keys():
            if not ADDRESS.fullmatch(each[key]):
                yield f"{quoted(each[key])} {NO_ADDRESS}"


def schema_faults(schema: dict) -> list[str]:
    """Return what this reader cannot follow in a schema; no rule is passed over in silence."""
    fields = {field["name"]: field for field in schema["fields"]}
    faults = [] if len(fields) == len(schema["fields"]) else ["a field is described twice"]
    for name, field in fields.items():
        rules = field.get("constraints", {})
        if field["type"] not in TYPES or set(rules) - RULES:
            faults.append(f"{name}: only {', '.join(TYPES)}, {', '.join(sorted(RULES))} are known")
        if field.get("format", "default") not in FORMATS:
            faults.append(f"{name}: only the formats {', '.join(sorted(FORMATS))} are known")
        if unfit := sorted(set(rules) & UNFIT.get(field["type"], set())):
            faults.append(f"{name}: {', '.join(unfit)} says nothing of type {field['type']}")
        if not all(isinstance(each, str) for each in rules.get("enum", [])):
            faults.append(f"{name}: every value of enum is text; put numbers in quotes")
        faults += pattern_faults(name, rules.get("pattern", ""))
    links = [key["fields"] for key in schema.get("foreignKeys", [])]
    for names in [schema.get("primaryKey", []), *links]:
        if not isinstance(names, list) or set(names) - set(fields):
            faults.append(f"a key is not a list of fields: {quoted(str(names))}")
    if schema.get("missingValues", [""]) != [""]:
        faults.append("only the empty cell may stand for a missing value")
    return faults


def pattern_faults(name: str, pattern: str) -> list[str]:
    """Return why a pattern cannot be used for a column.

    >>> pattern_faults("wind", "[0-9")
    ["wind: the pattern '[0-9' cannot be read: unterminated character set at position 0"]
    """
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return [f"{name}: the pattern {quoted(pattern)} cannot be read: {error}"]
    digit = rf"{name}: \d is also a digit of other scripts; write [0-9]"
    return [digit] if r"\d" in pattern else []


def header_problems(header: list[str], fields: list[dict]) -> list[Problem]:
    """Return what differs between a header and the columns in their order; some may be left out."""
    names = [f["name"] for f in fields if f["name"] in header or not f.get("optional")]
    if header == names:
        return []
    if len(header) == 1 and ";" in header[0]:
        return [Problem(1, "", "the columns are separated by semicolons; separate them by commas")]
    missing = [name for name in names if name not in header]
    texts = []
    for name in dict.fromkeys(header):
        close = difflib.get_close_matches(name.strip().lower()[:100], missing, n=1)
        if name not in names:
            advice = f"; did you mean {close[0]}?" if close else "; the table has no such column"
            texts.append(f"{quoted(name)} is not a column" + advice)
        elif header.count(name) > 1:
            texts.append(f"the column {name} stands {header.count(name)} times")
    texts += [f"the column {name} is missing" for name in missing]
    texts = texts or ["the columns are not in order; expected " + ",".join(names)]
    return [Problem(1, "", text) for text in texts]


def cell_problems(column: tuple[str, ...], field: dict, lines: list[int]) -> list[Problem]:
    """Return every cell of one column that breaks a rule; each different value is judged once."""
    faults = {value: said for value in set(column) if (said := complaint(value, field))}
    if not faults:
        return []
    texts = {value: f"{quoted(value)} {said}" if value else said for value, said in faults.items()}
    cells = zip(lines, column, strict=True)
    return [Problem(line, field["name"], texts[value]) for line, value in cells if value in texts]


def key_problems(keys: list[tuple[str, ...]], names: list[str], lines: list[int]) -> list[Problem]:
    """Return every row whose key stands already in a row above."""
    if len(set(keys)) == len(keys):
        return []
    first, found = {}, []
    for key, line in zip(keys, lines, strict=True):
        if key in first:
            named = ", ".join(map(quoted, key))
            text = f"{named} stands already in row {first[key]}; each row needs a key of its own"
            found.append(Problem(line, " and ".join(names), text))
        first.setdefault(key, line)
    return found


def check_sheet(sheet: Sheet, schema: dict) -> list[Problem]:
    """Return every problem of a table against its schema, in the order of the rows.

    sheet : Sheet
        Header and rows as text.
    schema : dict
        Table Schema with `fields` and perhaps `primaryKey`.

    A wrong header is the only problem reported, since nothing below it would make sense.
    """
    found = header_problems(sheet.header, schema["fields"])
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        if row == sheet.header:
            found.append(Problem(line, "", "repeats the header; were two files joined?"))
    if found or not sheet.rows:
        return found
    columns = dict(zip(sheet.header, zip(*sheet.rows, strict=True), strict=True))
    for field in schema["fields"]:
        if field["name"] in columns:
            found += cell_problems(columns[field["name"]], field, sheet.lines)
    key = schema.get("primaryKey", [])
    if key:
        keys = list(zip(*(columns[name] for name in key), strict=True))
        found += key_problems(keys, key, sheet.lines)
    return sorted(found, key=lambda problem: problem.row)
