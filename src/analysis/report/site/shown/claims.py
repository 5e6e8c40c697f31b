"""Claims as the pages show them: status, verdict, what decides, what they lean on, what words mean.

A claim has one status, which merges what its document prints and what outside sources say. Every
count of what does not hold is a count of that status.
"""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.language.current import tr, with_unit
from analysis.language.sentences import listed
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.claims import Inputs, in_decade
from analysis.ledger.outside import outside_table
from analysis.ledger.summaries import findings, first_of_clashes, ground
from analysis.ledger.units import names_itself
from analysis.report.site.shown.outcome import came_out
from analysis.report.site.shown.quotations import as_printed, calm_heading, proper_words

WRONG = "does not hold"
CYRILLIC, KAZAKH = re.compile("[а-яё]", re.IGNORECASE), re.compile("[әғқңөұүһі]", re.IGNORECASE)


def claim_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a ledger as the pages show them.

    table : DataFrame
        What `ledger_table` returned, or some of its rows.

    Beside the columns each has number (with qualifier and unit), quotation and heading (as a
    reader of the document sees them), spoken (their language), why (the condition, the reason or
    the calculation), sentence (what came out), leans_on (claims that its check takes), objections
    (what speaks against it, if it does not hold), clashes_with and hangs_on.
    """
    proper = proper_words(claims_table()["statement"])
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    notes = outside_notes()
    known = {record["claim"]: record["statement"] for record in records}
    for record in records:
        record["number"] = printed_number(record)
        record["quotation"] = as_printed(record["anchor"])
        record["heading_spoken"] = language_of(record["section"])
        record["heading"] = calm_heading(record["section"], proper)
        record["why"] = ground(record["condition"], record["reason"], record["arithmetic"])
        record["leans_on"] = leans_on(record, known)
        record["remark"] = notes.get((record["claim"], record["source"]), "")
        record["objections"] = objections(record)
        record["spoken"] = language_of(record["anchor"])
        record["sentence"] = came_out(record)
        record["clashes_with"] = sharing(record, records)
        record["hangs_on"] = hangs_on(record.get("robust", ""))
    return records


def language_of(text: str) -> str:
    """Return the language of quoted words by their letters: en, ru or kk.

    >>> language_of("forty pears"), language_of("сорок груш"), language_of("қырық алмұрт")
    ('en', 'ru', 'kk')
    """
    if not CYRILLIC.search(text):
        return "en"
    return "kk" if KAZAKH.search(text) else "ru"


def printed_number(row: Mapping[str, Any]) -> str:
    """Return what a row of a table prints, with its qualifier and, where it says more, its unit.

    >>> printed_number({"printed": "1990", "unit": "decade", "qualifier": "early"})
    'early 1990s'
    """
    if not row.get("printed"):
        return ""
    unit, qualifier = row.get("unit") or "", row.get("qualifier") or ""
    if unit == "decade":
        return in_decade(row["printed"], qualifier)
    return with_unit(row["printed"], "" if names_itself(unit) else unit, qualifier)


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
