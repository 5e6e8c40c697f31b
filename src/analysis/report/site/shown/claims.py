"""Claims as the pages show them: status, verdict, what decides, what they lean on, what words mean.

A claim has one status, which merges what its document prints and what outside sources say. Every
count of what does not hold is a count of that status.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.language.current import tr, with_unit
from analysis.language.sentences import listed
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.claims import Inputs
from analysis.ledger.outside import outside_table
from analysis.ledger.summaries import findings, first_of_clashes, ground
from analysis.ledger.units import names_itself
from analysis.report.site.shown.quotations import as_printed, calm_heading, proper_words

WRONG = "does not hold"


def claim_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a ledger as the pages show them.

    table : DataFrame
        What `ledger_table` returned, or some of its rows.

    Beside the columns each has number (with qualifier and unit), quotation and heading (as a
    reader of the document sees them), why (the condition, the reason or the
    calculation), leans_on (claims that its check takes), objections (what
    speaks against it, if it does not hold), tried (its readings, one by one).
    """
    proper = proper_words(claims_table()["statement"])
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    notes = outside_notes()
    known = {record["claim"]: record["statement"] for record in records}
    for record in records:
        record["number"] = printed_number(record)
        record["quotation"] = as_printed(record["anchor"])
        record["heading"] = calm_heading(record["section"], proper)
        record["why"] = ground(record["condition"], record["reason"], record["arithmetic"])
        record["leans_on"] = leans_on(record, known)
        record["remark"] = notes.get((record["claim"], record["source"]), "")
        record["objections"] = objections(record)
        record["tried"] = [each for each in record["readings"].split(" | ") if each]
        record["clashes_with"] = sharing(record, records)
        record["hangs_on"] = hangs_on(record.get("robust", ""))
    return records


def printed_number(row: Mapping[str, Any]) -> str:
    """Return what a row of a table prints, with its qualifier and, where it says more, its unit."""
    if not row.get("printed"):
        return ""
    unit = row.get("unit") or ""
    return with_unit(row["printed"], "" if names_itself(unit) else unit, row.get("qualifier") or "")


def leans_on(record: Mapping[str, Any], known: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the other claims that the check of one takes, each with its statement.

    known : mapping
        Statement of each claim that can be linked to.
    """
    named = [name for names in Inputs(record["inputs"]).values() for name in names]
    others = dict.fromkeys([*record["base"].split(), *named])
    return [
        {"claim": name, "statement": known[name]}
        for name in others
        if name in known and name != record["claim"]
    ]


def objections(record: Mapping[str, Any]) -> list[str]:
    """Return the sentences that speak against a claim that does not hold; else nothing.

    A calculation stands there only if it is what the claim fails: one that passes is no objection
    to a claim that an outside source contradicts. How a source was looked up stands in the ledger.
    """
    if record["status"] != WRONG:
        return []
    inside = record["arithmetic"] if record["verdict"] == "inconsistent" else ""
    outside = record["said"] if record["outside"] == "contradicted" else ""
    said = tr("An outside source says: {said}.", said=outside.rstrip(".")) if outside else ""
    return [each for each in (as_sentence(inside), said) if each]


def as_sentence(text: str) -> str:
    """Return a text with a capital letter and a full stop.

    >>> as_sentence("out of date, not wrong"), as_sentence("")
    ('Out of date, not wrong.', '')
    """
    ended = text if text.endswith((".", "?", "!", "…")) else f"{text}."
    return text and ended[0].upper() + ended[1:]


def outside_notes() -> dict[tuple[str, str], str]:
    """Return what is remarked on each piece of outside evidence, by claim and source."""
    facts = outside_table().astype("string").fillna("")
    return {(fact.claim, fact.source): tr(fact.note) for fact in facts.itertuples() if fact.note}


def gravest(table: pd.DataFrame, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one claim a clash of those that do not hold, if the point of its sentence falls.

    table : DataFrame
        What `ledger_table` returned.
    records : list of dict
        What `claim_records` returned for it.

    The order is that of the documents. Where no conclusion falls, the details stand for them.
    """
    first = first_of_clashes(findings(table))
    grave = first[first["bearing"] == "conclusion"]
    chosen = grave if len(grave) else first
    place = {paper: number for number, paper in enumerate(dict.fromkeys(table["paper"]))}
    order = chosen["paper"].map(place).sort_values(kind="stable").index
    named = {each["claim"]: each for each in records}
    return [named[name] for name in chosen.loc[order, "claim"]]


def hangs_on(robust: str) -> str:
    """Return what a verdict hangs on, in words; nothing where that was not tried.

    robust : str
        As the ledger has it: "robust", or what changes the verdict, parted by commas.
    """
    if not robust:
        return ""
    if robust == "robust":
        return tr("nothing: the verdict is the same under everything that was tried")
    return listed(part.strip() for part in robust.split(","))


def sharing(record: Mapping[str, Any], records: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the other claims that stand in a clash of this one."""
    names = set(record["clash"].split())
    return [
        {"claim": other["claim"], "statement": other["statement"]}
        for other in records
        if other["claim"] != record["claim"] and names & set(other["clash"].split())
    ]


def lead(table: pd.DataFrame) -> dict[str, str]:
    """Return the sentences that open the report, computed.

    table : DataFrame
        What `ledger_table` returned: its claims print a number or compare numbers.
    """
    checked = int((table["verdict"] != "not checkable").sum())
    return {
        "claims": tr(
            "{claims:,} claims print a number or compare numbers, {checked:,} of them can be "
            "checked against other numbers of the same text.",
            claims=len(table),
            checked=checked,
        ),
        "wrong": wrong_in_words(table),
    }


def wrong_in_words(table: pd.DataFrame) -> str:
    """Return how many claims do not hold, in how many clashes, and by what."""
    wrong = findings(table)
    inside, outside = wrong["verdict"] == "inconsistent", wrong["outside"] == "contradicted"
    return tr(
        "Claims that do not hold: {wrong}, in {clashes} clashes with other numbers or with an "
        "outside source. By what the document itself prints: {inside}; by an outside source of "
        "the same date: {outside}; by both: {both}.",
        wrong=len(wrong),
        clashes=len(first_of_clashes(wrong)),
        inside=int((inside & ~outside).sum()),
        outside=int((outside & ~inside).sum()),
        both=int((inside & outside).sum()),
    )


def legend() -> dict[str, dict[str, str]]:
    """Return what the words for a status and for a verdict mean, each by its word."""
    return {"statuses": status_meanings(), "verdicts": verdict_meanings()}


def status_meanings() -> dict[str, str]:
    """Return what each status means."""
    return {
        "holds": tr(
            "other printed numbers give it, or an outside source confirms it, and nothing that "
            "was checked speaks against it"
        ),
        "may hold": tr(
            "the other numbers allow a range and it lies inside; a wrong number might have been "
            "caught"
        ),
        "holds only if": tr(
            "it fails as written, and is right under a reading that the text neither states nor "
            "excludes; the condition is named"
        ),
        WRONG: tr(
            "no reading that can be defended makes it fit, or an outside source of the same date "
            "says otherwise"
        ),
        "unknown": tr("nothing that was found decides; the reason is named"),
    }


def verdict_meanings() -> dict[str, str]:
    """Return what each verdict means: it looks only at what the document prints."""
    return {
        "reproduced": tr(
            "other printed numbers give it by arithmetic, under every reading that the text "
            "allows; a number printed twice is no arithmetic"
        ),
        "consistent": tr(
            "plausible: the other numbers allow a range and this one is inside it, as the text "
            "states it; how likely a wrong number would have been caught is the strength of the "
            "check"
        ),
        "conditional": tr(
            "fails as written, agrees under a reading that the text neither states nor excludes"
        ),
        "inconsistent": tr("agrees under no reading, the charitable ones included"),
        "not checkable": tr(
            "no other number decides, the number is only repeated, or the check is too weak"
        ),
    }
