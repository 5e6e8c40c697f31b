"""What the search of the site finds beside its prose: claims, figures, documents, tables, words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.language.current import label, tr
from analysis.ledger.references import reference_audit
from analysis.report.site.shown.claims import as_sentence

Entry = dict[str, Any]


def kinds() -> dict[str, str]:
    """Return what each kind of result is called."""
    return {
        "claim": tr("Claim"),
        "figure": tr("Figure"),
        "document": tr("Document"),
        "method": tr("Method"),
        "notebook": tr("Notebook"),
        "guide": tr("Guide"),
        "table": tr("Table of data"),
        "term": tr("Glossary"),
        "page": tr("Page"),
    }


def entry(kind: str, url: str, title: str, **more: Any) -> Entry:
    """Return what the search knows of one place.

    kind : str
        One of `kinds`.
    url, title : str
        The page with its fragment, and what it is called there.
    more
        number (as printed, or "Figure 2"), status, where (its document), said and quoted (texts in
        the language of the page and as a document has them), spoken (the language of what is
        quoted, if it is not English), names (other words for it).
    """
    given = {name: value for name, value in more.items() if value}
    if given.get("spoken") == "en":
        del given["spoken"]
    texts = {name: [*filter(None, given[name])] for name in ("said", "quoted") if name in given}
    return {"kind": kind, "url": url, "title": title} | given | texts


def entries(content: Mapping[str, Any]) -> list[Entry]:
    """Return the places that are made from data.

    content : mapping
        What `everything.everything` returned.
    """
    names = content["names"]
    return [
        *meanings(content["legend"]),
        *(claim_entry(claim, names[claim["paper"]]) for claim in content["claims"]),
        *figure_entries(content["figure_groups"], names),
        *document_entries(content["documents"], names),
        *worded_entries(content["worded"], names),
        *(table_entry(table) for table in content["tables"]),
        *(term_entry(term, content) for term in content["glossary"]),
    ]


def claim_entry(claim: Mapping[str, Any], document: str) -> Entry:
    """Return a claim with what its page says for and against it."""
    reasons = [*claim["objections"], claim["condition"], claim["arithmetic"]]
    told = [claim["said"], claim["remark"], claim["note"], claim["explanation"], claim["reply"]]
    return entry(
        "claim",
        f"claims/{claim['claim']}.html",
        claim["statement"],
        number=claim["number"],
        status=claim["status"],
        where=document,
        said=[*map(as_sentence, dict.fromkeys(each or "" for each in [*reasons, *told]))],
        quoted=[claim["quotation"], claim["heading"]],
        spoken=claim["spoken"],
        names=" ".join([label(claim["verdict"]), claim["reason"] and label(claim["reason"])]),
    )


def figure_entries(
    groups: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield every figure; one that is about no document says what it is about instead."""
    for group in groups:
        for row in group["figures"]:
            yield figure_entry(row, names.get(row["paper"], group["name"]))


def figure_entry(row: Mapping[str, Any], about: str) -> Entry:
    """Return a figure with what it draws and what is printed for it."""
    printed = [f"{line['label']}: {line['number']}" for line in row["printed"]]
    return entry(
        "figure",
        f"figures/{row['figure']}.html",
        row["title"],
        number=label(row["number"]) if row["number"] else "",
        where=about,
        said=[row["drawn"]["alt"] if row["drawn"] else "", "; ".join(printed)],
        quoted=[row["quotation"], row["heading"]],
        spoken=row.get("spoken", ""),
    )


def document_entries(pages: list[dict[str, Any]], names: Mapping[str, str]) -> Iterator[Entry]:
    """Yield each document, and its reference list with every author in it.

    pages : list of dict
        The documents as their pages show them.
    names : mapping
        Author and year of each.
    """
    audit = reference_audit()
    for document in pages:
        slug = document["slug"]
        page, name = f"documents/{slug}.html", names[slug]
        note = label(document["note"]) if document["note"] else ""
        title = document["reference"]
        yield entry("document", page, name, said=[note], quoted=[title], names=label(slug))
        listed = audit.loc[audit["paper"] == slug, "label"]
        if len(listed):
            where, title = f"{page}#references", tr("Its reference list")
            yield entry("document", where, title, where=name, quoted=list(listed))


def worded_entries(
    worded: Mapping[str, list[dict[str, Any]]], names: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield the statements without a number of each document; the ledger lists them at its end."""
    for paper, statements in worded.items():
        yield entry(
            "document",
            "ledger.html#worded",
            tr("Statements without a number"),
            where=names[paper],
            said=[each["statement"] for each in statements],
        )


def table_entry(table: Mapping[str, Any]) -> Entry:
    """Return a table of the data with its columns."""
    columns = [label(field["description"]) for field in table["fields"]]
    return entry(
        "table",
        f"data.html#{table['name']}",
        label(table["title"]),
        where=table["document"],
        said=[table.get("description") and label(table["description"]), *columns],
        names=table["path"],
    )


def term_entry(term: Mapping[str, Any], content: Mapping[str, Any]) -> Entry:
    """Return a term of the glossary with what it is in the other languages."""
    words = [term[f"label_{code}"] for code in content["spoken"]]
    here = term.get(f"label_{content['language']}") or words[0]
    others = [word for word in words if word != here]
    return entry("term", f"method.html#term-{term['term']}", here, said=[" · ".join(others)])


def meanings(legend: Mapping[str, Mapping[str, str]]) -> list[Entry]:
    """Return the words for a verdict and for a status, each with what it means."""
    return [
        entry("method", f"method.html#{place}", label(word), said=[as_sentence(meaning)])
        for place, group in (("verdicts", "verdicts"), ("status", "statuses"))
        for word, meaning in legend[group].items()
    ]


def other_words() -> dict[str, str]:
    """Return what people look for, and the page does not call so, by page and fragment."""
    return {
        "method.html#cite": tr("cite, citation, reference, licence, author, BibTeX, reuse"),
        "method.html#contest": tr("reply, contest, disagree, error, correction, author"),
        "method.html#glossary": tr("dictionary, terms, translation"),
    }
