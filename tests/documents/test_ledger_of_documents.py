"""The ledger of the documents: what it says, and that a changed number changes it."""

import csv
import json
import shutil

import pandas as pd
import pytest

from analysis import __main__ as command
from analysis import findings, ledger_table, paths, verdict_counts, verdicts_of
from analysis.data.codebook import standard_tables
from analysis.data.tables import read_table
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.explain import explain
from analysis.ledger.mutation import mutation_table, users
from analysis.ledger.outside import outside_table
from analysis.ledger.problems import claim_problems
from analysis.ledger.read import read_claims
from analysis.ledger.references import FINDINGS, audit_summary, reference_audit
from analysis.ledger.table import COLUMNS
from analysis.ledger.verdicts import REASONS, VERDICTS
from analysis.report.notebook import notebook_key


@pytest.fixture(scope="module")
def ledger():
    return ledger_table()


@pytest.fixture(scope="module")
def mutations():
    return mutation_table()


def row(ledger, claim):
    (found,) = ledger[ledger["claim"] == claim].itertuples()
    return found


def change(file, key, **cells):
    """Change cells of the row of a CSV file that has the values of `key`."""
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows = (table[list(key)] == pd.Series(key)).all(axis=1)
    for name, cell in cells.items():
        table.loc[rows, name] = cell
    table.to_csv(file, index=False, lineterminator="\n")


def test_every_claim_has_one_verdict_and_the_columns_are_documented(ledger):
    assert list(ledger) == COLUMNS
    assert list(ledger["claim"]) == list(claims_table()["claim"])
    assert set(ledger["paper"]) == set(read_table("papers")["paper"])
    fields = standard_tables()["claims"]["schema"]["fields"]
    described = {field["name"] for field in fields}
    assert described - {"cell"} <= set(COLUMNS)


def test_each_verdict_and_each_reason_occurs_on_real_claims(ledger):
    assert set(ledger["verdict"]) == set(VERDICTS)
    assert set(ledger["reason"]) == {*REASONS, ""}
    assert set(ledger["outside"]) == {"confirmed", "contradicted", "superseded", "not found", ""}
    assert set(ledger["severity"]) == {"conclusion", "detail", ""}


def test_a_reason_stands_with_what_is_not_checkable_and_nowhere_else(ledger):
    assert ((ledger["reason"] != "") == (ledger["verdict"] == "not checkable")).all()
    judged = ledger[ledger["verdict"] != "not checkable"]
    assert (judged["recomputed"] != "").all() and (judged["arithmetic"] != "").all()


def test_consistent_and_reproduced_are_never_given_by_a_check_that_cannot_fail(ledger):
    passed = ledger[ledger["verdict"].isin(["consistent", "reproduced"])]
    assert (passed["power"] > 0).all() and (passed["power"] <= 1).all()
    assert (ledger.loc[ledger["reason"] == "check has no power", "power"] == 0).all()


@pytest.mark.parametrize(
    ("claim", "verdict", "said"),
    [
        ("zhakyanova-partners", "inconsistent", "87 % of 103 is 90 people; 72 people"),
        ("zhakyanova-partners", "inconsistent", "18 too many"),
        ("zhakyanova-stable-results", "inconsistent", "25 points apart"),
        ("zhakyanova-figure-1-again", "inconsistent", "printed is 1"),
        ("zhakyanova-band-30-40", "inconsistent", "they share 40"),
        ("zhakyanova-representative", "reproduced", "0.051 to 0.080"),
        ("zhakyanova-goal-education", "not checkable", "63 people"),
        ("zhakyanova-reason-pandemic", "consistent", "31"),
        ("zhakyanova-prospects-virtual", "consistent", "for other answers or none: 1"),
        ("rustemova-jf-2017-share", "consistent", "48 to 53"),
        ("rustemova-jf-2017-year", "inconsistent", "2017 is after 2016"),
        ("zharylkap-georgia-difference", "reproduced", "0.94 points"),
        ("zharylkap-azerbaijan-tiers", "inconsistent", "elsewhere as 3"),
        ("nched-tokyo-countries", "inconsistent", "11 things named"),
    ],
)
def test_well_known_findings(ledger, claim, verdict, said):
    found = row(ledger, claim)
    assert found.verdict == verdict and said in found.arithmetic


def test_severity_grades_what_does_not_hold(ledger):
    wrong = (ledger["verdict"] == "inconsistent") | (ledger["outside"] == "contradicted")
    assert ((ledger["severity"] != "") == wrong).all()
    ranked = findings(ledger)
    assert len(ranked) == wrong.sum()
    assert ranked["severity"].is_monotonic_increasing  # conclusion before detail


def test_the_counts_add_up(ledger):
    counts = verdict_counts(ledger)
    assert list(counts.index) == [*dict.fromkeys(ledger["paper"]), "all"]
    assert (counts[list(VERDICTS)].sum(axis=1) == counts["claims"]).all()
    assert counts.loc["all", "claims"] == len(ledger)


def test_a_claim_is_treated_by_a_notebook_that_there_is(ledger):
    names = {notebook_key(file.stem) for file in paths.NOTEBOOKS.glob("*.ipynb")}
    assert set(ledger["notebook"]) - {""} <= names
    assert len(verdicts_of("nched-conventions")) == (ledger["paper"] == "nched").sum()
    with pytest.raises(ValueError, match="no-such-notebook"):
        verdicts_of("no-such-notebook")


def test_a_changed_number_in_the_data_changes_verdicts(tmp_path, ledger):
    folder = tmp_path / "raw"
    shutil.copytree(paths.RAW, folder, ignore=shutil.ignore_patterns("double-entry"))
    place = {"point": "ects-and-cycles", "country": "AZE"}
    change(folder / "zharylkap" / "comparison.csv", place, printed="2")
    (problem,) = claim_problems(folder)  # the words that are quoted do not hold it
    assert problem.endswith("holds a number, but not 2")
    words = {"anchor": "***the two-cycle education model***, but differ in"}
    change(folder / "zharylkap" / "claims.csv", {"claim": "zharylkap-azerbaijan-cycles"}, **words)
    assert not claim_problems(folder)
    changed = ledger_table(folder)
    differs = changed["verdict"] != ledger["verdict"]
    assert set(changed.loc[differs, "claim"]) == {
        "zharylkap-azerbaijan-cycles",
        "zharylkap-azerbaijan-tiers",
    }


def test_most_changes_of_a_printed_number_are_noticed_and_the_rest_have_a_reason(mutations):
    noticed = mutations["noticed_by"] != ""
    assert noticed.mean() > 0.9
    assert (mutations.loc[~noticed, "reason"] != "").all()
    assert (mutations.loc[noticed, "reason"] == "").all()


def test_every_claim_with_a_check_is_mutated_and_no_check_is_blind(mutations, ledger):
    checked = ledger[(ledger["arithmetic"] != "") & (ledger["printed"] != "")]
    assert set(mutations["claim"]) == set(checked["claim"])
    noticed = mutations.assign(noticed=mutations["noticed_by"] != "")
    assert noticed.groupby("kind")["noticed"].any().all()
    assert (mutations["printed"] != mutations["changed_to"]).all()


def test_who_rests_on_a_claim_is_found_through_others():
    resting = users(read_claims())
    assert "zhakyanova-partners" in resting["zhakyanova-respondents"]  # through those abroad
    assert "zhakyanova-partners" not in resting["zhakyanova-partners"]


def test_outside_facts_are_those_that_were_given_and_their_numbers_decide_alike():
    facts = outside_table()
    given = facts[facts["verdict"] != "context"]
    assert (given["outcome"] == given["verdict"]).all()
    assert set(facts.loc[facts["verdict"] != "context", "claim"]) <= set(read_claims())


def test_the_reference_audit_finds_what_is_missing_uncited_and_repeated():
    audit = reference_audit()
    summary = audit_summary(audit)
    assert list(summary.columns) == list(FINDINGS)
    assert summary.loc["rustemova"].to_dict() == dict(zip(FINDINGS, (34, 0, 0, 0), strict=True))
    assert (audit["label"] == "Mukan 2020:49").sum() == 1
    (repeated,) = audit[audit["finding"] == "repeated in the list"].itertuples()
    assert repeated.repeats == 12
    uncited = set(audit.loc[audit["finding"] == "never cited", "label"])
    assert "Global Innovation Index 2020" in uncited


def test_a_claim_is_explained_step_by_step():
    text = explain("zhakyanova-partners")
    assert "printed: 87 %" in text and "base: 103 people" in text
    assert text.index("reading 1") < text.index("reading 2") < text.index("verdict: inconsistent")
    assert "severity: conclusion" in text
    assert "the year lies 11 years before that of the document" in explain(
        "zharylkap-autonomy-research"
    )


def test_the_command_filters_and_prints_csv_and_json(capsys, ledger):
    assert command.main(["ledger", "--paper", "nched", "--verdict", "inconsistent"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 claims: 1 inconsistent")
    command.main(["ledger", "--paper", "nched", "--csv"])
    table = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(table) == (ledger["paper"] == "nched").sum() and list(table[0]) == COLUMNS
    command.main(["ledger", "--text", "Georgia", "--json"])
    records = json.loads(capsys.readouterr().out)
    assert {record["claim"] for record in records} >= {"zharylkap-georgia"}
    command.main(["ledger", "--text", "no such words"])
    assert capsys.readouterr().out == "no claim fits\n"


def test_the_processed_ledger_is_that_of_the_library(tmp_path, ledger):
    from analysis.report.processed import write_processed

    write_processed(tmp_path)
    written = pd.read_csv(tmp_path / "ledger.csv", keep_default_na=False, dtype=str)
    assert written["verdict"].to_list() == ledger["verdict"].to_list()
