"""What a document prints for a figure: the transcribed rows, each with the claims on its number."""

from collections.abc import Mapping
from typing import Any

from analysis.data.tables import read_descriptor, read_table
from analysis.language.current import date, label, localized_text, tr
from analysis.ledger.claim_rows import claims_table
from analysis.report.site.shown.claims import printed_number
from analysis.report.site.shown.quotations import as_printed

FROM, TO = "_from", "_to"  # how the names of two columns end that are one span of years


def claims_of_cells(claims: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the claims that each row of a table prints, by document and `table:key`.

    claims : list of dict
        What `claim_records` returned.
    """
    shown = {claim["claim"]: claim for claim in claims}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in claims_table().itertuples():
        if row.cell and row.claim in shown:
            cell = ":".join(row.cell.split(":")[:2])
            found.setdefault((row.paper, cell), []).append(shown[row.claim])
    return found


def printed_rows(paper: str, selection: str) -> list[dict[str, str]]:
    """Return what a document prints for a figure: label, number and cell of each transcribed row.

    paper, selection : str
        The document; `table`, or `table: column=value, value`, as the column `prints` of
        `figures.csv` has it.

    Each has the words of the document too, which tell rows of one label apart.
    """
    table, _, condition = selection.partition(": ")
    rows, schema = read_table(f"{paper}/{table}"), described(f"{paper}/{table}")
    if condition:
        column, _, values = condition.partition("=")
        rows = rows[rows[column].isin(values.split(", "))]
    found = rows.astype(object).where(rows.notna(), "").to_dict("records")
    columns, key = naming_columns(schema), schema["primaryKey"]
    return [
        {
            "label": row.get("label") or row_name(row, columns),
            "number": row_number(row),
            "words": as_printed(row.get("anchor", "")),
            "cell": f"{table}:{','.join(str(row[name]) for name in key)}",
        }
        for row in found
    ]


def row_number(row: Mapping[str, Any]) -> str:
    """Return the number of a row; where it has none its dates, or the word in place of a number."""
    dates = [date(str(row[name])) for name in ("start", "end") if row.get(name)]
    word = label(row.get("qualifier") or "")
    return printed_number(row) or "–".join(dict.fromkeys(dates)) or word or tr("no number")


def row_name(row: Mapping[str, Any], columns: list[str]) -> str:
    """Return what names a row that has no label; a span of years is written as one.

    >>> row_name({"year_from": 2012, "year_to": 2016, "crop": "pears"}, ["year_from", "crop"])
    '2012–2016, pears'
    """
    return ", ".join(localized_text(_span(row, name)) for name in columns if row.get(name))


def _span(row: Mapping[str, Any], name: str) -> str:
    first, last = str(row[name]), str(row.get(name.removesuffix(FROM) + TO, ""))
    return f"{first}–{last}" if name.endswith(FROM) and last not in {"", first} else first


def naming_columns(schema: Mapping[str, Any]) -> list[str]:
    """Return the columns that name a row of a table which has no label: marked ones, or the key.

    >>> naming_columns({"fields": [{"name": "year", "names_row": True}], "primaryKey": ["plot"]})
    ['year']
    """
    marked = [field["name"] for field in schema["fields"] if field.get("names_row")]
    return marked or schema["primaryKey"]


def described(table: str) -> dict[str, Any]:
    """Return the schema of a table of a document, such as "hostel/tallies"."""
    (found,) = [each for each in read_descriptor()["resources"] if each["path"] == f"{table}.csv"]
    return found["schema"]
