"""`data/raw` to `data/processed`: what the printed numbers come to, with the default settings."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analysis import documents as modules
from analysis import paths
from analysis.data.collection import documents
from analysis.data.double_entry import entry_differences
from analysis.data.tables import read_table
from analysis.ledger.multiverse import multiverse_table
from analysis.ledger.mutation import mutation_table
from analysis.ledger.references import reference_audit
from analysis.ledger.table import ledger_table
from analysis.outputs import write_whole
from analysis.survey.surveys import Survey, read_survey

ACTORS = ("organization", "country")  # columns that say who acts in an event
EVENT = ["document", "actor", "event", "label", "start", "end", "qualifier"]


def surveys() -> Iterator[Survey]:
    """Yield the survey of every document that has one."""
    for document in documents(paths.RAW):
        if {"questions", "tallies"} <= set(document.tables):
            yield read_survey(document.slug)


def all_shares() -> pd.DataFrame:
    """Return every printed share with head-counts and intervals, once for each admissible base."""
    parts = [pd.DataFrame(columns=["document", "question", "base", "n"])]
    for survey in surveys():
        for question in survey:
            for base, people in question.bases().items():
                for n in people:
                    names = [survey.document.slug, question.name, base, n]
                    part = question.shares(n)
                    for place, (column, value) in enumerate(zip(parts[0], names, strict=True)):
                        part.insert(place, column, value)
                    parts.append(part)
    return pd.concat(parts[1:] or parts, ignore_index=True)


def question_sums() -> pd.DataFrame:
    """Return whether each single-choice question can account for everybody."""
    checks = [
        pd.concat([pd.Series({"document": survey.document.slug, "question": question.name}), found])
        for survey in surveys()
        for question in survey
        if question.about["kind"] == "single"
        for found in [question.check()]
    ]
    return pd.DataFrame(checks)


def timeline() -> pd.DataFrame:
    """Return every dated event of the documents, by its beginning."""
    parts = [pd.DataFrame(columns=EVENT)]
    for document in documents(paths.RAW):
        for name in document.transcribed:
            table = read_table(name, document.folder)
            if {"event", "label", "start", "end"} <= set(table):
                actor = next((table[each] for each in ACTORS if each in table), "")
                parts.append(table.assign(document=document.slug, actor=actor)[EVENT])
    events = pd.concat(parts[1:] or parts)
    return events.sort_values(["start", "document", "event"], ignore_index=True)


def document_tables() -> dict[str, Callable[[], pd.DataFrame]]:
    """Return the tables that only one document has, from its module in `analysis.documents`."""
    found = {}
    there = {document.slug for document in documents(paths.RAW)}
    for module in sorted(pkgutil.iter_modules(modules.__path__), key=lambda each: each.name):
        if module.name in there:
            found |= importlib.import_module(f"{modules.__name__}.{module.name}").TABLES
    return found


def processed_tables() -> dict[str, Callable[[], pd.DataFrame]]:
    """Return every table of `data/processed` with the function that computes it."""
    return {
        "shares": all_shares,
        "question_sums": question_sums,
        **document_tables(),
        "timeline": timeline,
        "double_entry": entry_differences,
        "ledger": ledger_table,
        "multiverse": multiverse_table,
        "mutations": mutation_table,
        "reference_audit": reference_audit,
    }


def write_processed(folder: str | Path | None = None) -> list[Path]:
    """Write every processed table as CSV, each moved in whole; return the files.

    folder : str or Path
        Where to write; made if it is not there. Fractions have 6 decimals.
    """
    folder, written = paths.as_folder(folder, paths.PROCESSED), []
    for name, compute in processed_tables().items():
        text = compute().to_csv(index=False, float_format="%.6f", lineterminator="\n")
        write_whole(folder / f"{name}.csv", text.encode("utf-8"))
        written.append(folder / f"{name}.csv")
    return written
