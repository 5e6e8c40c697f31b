"""What the page of a claim says besides its record: what came out, what is linked, how to cite."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis import paths
from analysis.data.collection import documents
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.outside import outside_table
from analysis.ledger.tried import readings_of_claims
from analysis.report.site.shown.citation import claim_citation
from analysis.report.site.shown.ranges import inside_bar, outside_bar

Record = dict[str, Any]


def add_pages(
    records: list[Record], gallery: Iterable[Mapping[str, Any]], citation: Mapping[str, Any]
) -> None:
    """Add to each claim what its page shows.

    records : list of dict
        What `claim_records` returned. Each gets tried (its readings), bars (what is drawn),
        needed_by (claims whose checks take it), drawn_in (figures), before and after (claims of its
        document, or None) and citation (texts by form).
    gallery : iterable of mapping
        What `figure_gallery` returned.
    citation : mapping
        What `read_citation` returned.
    """
    tried, values = readings_of_claims(), outside_values()
    printed = {each["claim"]: (each["printed"], each["unit"]) for each in records}
    needed, drawn = needing(records), drawing(gallery)
    english = claims_table().set_index("claim")["statement"].to_dict()
    cited = {document.slug: document.reference for document in documents(paths.RAW)}
    for record, (before, after) in zip(records, neighbours(records), strict=True):
        name = record["claim"]
        value = values.get((name, record["source"]), "")
        bars = [inside_bar(record, printed), outside_bar(record, value)]
        record["tried"] = tried.get(name, [])
        record["bars"] = [bar for bar in bars if bar]
        record["needed_by"] = needed.get(name, [])
        record["drawn_in"] = drawn.get(name, [])
        record["before"], record["after"] = before, after
        about = (name, english.get(name, record["statement"]), cited.get(record["paper"], ""))
        record["citation"] = claim_citation(citation, *about)


def needing(records: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, str]]]:
    """Return the claims whose checks take a claim, by the name of the one that is taken."""
    found: dict[str, list[dict[str, str]]] = {}
    for record in records:
        for other in record["leans_on"]:
            entry = {"claim": record["claim"], "statement": record["statement"]}
            found.setdefault(other["claim"], []).append(entry)
    return found


def drawing(gallery: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, str]]]:
    """Return the figures that draw the number of a claim, by its name."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in gallery:
        entry = {"figure": row["figure"], "title": row["title"]}
        for claim in row["claims"]:
            mine = found.setdefault(claim["claim"], [])
            mine += [entry] * (entry not in mine)
    return found


def neighbours(records: list[Record]) -> list[tuple[Record | None, Record | None]]:
    """Return the claims before and behind each in its document; None at its ends."""
    around = zip([None, *records[:-1]], records, [*records[1:], None], strict=True)
    return [
        (
            before if before and before["paper"] == record["paper"] else None,
            after if after and after["paper"] == record["paper"] else None,
        )
        for before, record, after in around
    ]


def outside_values() -> dict[tuple[str, str], str]:
    """Return the number that each piece of outside evidence has, by claim and source."""
    facts = outside_table().astype("string").fillna("")
    return {(fact.claim, fact.source): fact.value for fact in facts.itertuples() if fact.value}
