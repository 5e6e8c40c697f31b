"""`data/raw` to `data/processed`: what the printed numbers come to, with the default settings."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.counts.bases import possible_totals
from analysis.data.double_entry import entry_differences
from analysis.data.tables import read_table
from analysis.documents.zharylkap import double_degree_shares, ects_credits
from analysis.ledger.mutation import mutation_table
from analysis.ledger.references import reference_audit
from analysis.ledger.verdicts import ledger_table
from analysis.survey.questions import base_readings, check_question, share_table


def all_shares() -> pd.DataFrame:
    """Return the share table of every question, once for each admissible base."""
    parts = []
    for question in read_table("zhakyanova/questions")["question"]:
        for base, people in base_readings(question).items():
            for n in people:
                part = share_table(question, n)
                part.insert(0, "question", question)
                part.insert(1, "base", base)
                part.insert(2, "n", n)
                parts.append(part)
    return pd.concat(parts, ignore_index=True)


def question_sums() -> pd.DataFrame:
    """Return whether each single-choice question can account for all respondents."""
    single = read_table("zhakyanova/questions").query("kind == 'single'")["question"]
    checks = pd.DataFrame([check_question(question) for question in single])
    return checks.reset_index(names="question")


def project_totals() -> pd.DataFrame:
    """Return every total of projects that a printed number and its printed share allow."""
    projects = read_table("rustemova/kaznu_projects")
    wide = projects.pivot(index="entry", columns="quantity", values="printed")
    both = wide.dropna(subset=["projects", "share"])
    rows = [
        {"entry": row.Index, "projects": row.projects, "share": row.share, "total": total}
        for row in both.itertuples()
        for total in possible_totals(int(row.projects), row.share)
    ]
    return pd.DataFrame(rows)


def timeline() -> pd.DataFrame:
    """Return every dated event of the documents, by its beginning."""
    japan = read_table("rustemova/events").assign(document="rustemova")
    policy = read_table("zharylkap/milestones").assign(document="zharylkap")
    japan = japan.rename(columns={"organization": "actor"})
    policy = policy.rename(columns={"country": "actor"})
    names = ["document", "actor", "event", "label_en", "start", "end", "qualifier"]
    events = pd.concat([japan, policy])[names]
    return events.sort_values(["start", "document", "event"], ignore_index=True)


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "shares": all_shares,
    "question_sums": question_sums,
    "project_totals": project_totals,
    "ects_credits": ects_credits,
    "double_degree_shares": double_degree_shares,
    "timeline": timeline,
    "double_entry": entry_differences,
    "ledger": ledger_table,
    "mutations": mutation_table,
    "reference_audit": reference_audit,
}


def write_processed(folder: str | Path | None = None) -> list[Path]:
    """Write every processed table as CSV, each moved in whole; return the files.

    folder : str or Path
        Where to write; made if it is not there. Fractions have 6 decimals.
    """
    folder = paths.as_folder(folder, paths.PROCESSED)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, compute in TABLES.items():
        file = folder / f"{name}.csv"
        beside = file.with_suffix(".partial")
        compute().to_csv(beside, index=False, float_format="%.6f", lineterminator="\n")
        beside.replace(file)
        written.append(file)
    return written
