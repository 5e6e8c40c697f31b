"""The ledger of the documents: what it says, and that a changed number changes it."""

import csv
import json
import re
import shutil

import pandas as pd
import pytest

from analysis import __main__ as command
from analysis import findings, ledger_table, paths, verdict_counts, verdicts_of
from analysis.data.codebook import standard_tables
from analysis.data.tables import read_table
from analysis.ledger.claim_rows import claims_table
from analysis.ledger.equations import equations
from analysis.ledger.explain import explain
from analysis.ledger.multiverse import multiverse_table
from analysis.ledger.mutation import mutation_table, users
from analysis.ledger.outside import GRADED, outside_table
from analysis.ledger.problems import claim_problems
from analysis.ledger.read import read_claims
from analysis.ledger.references import FINDINGS, audit_summary, reference_audit
from analysis.ledger.summaries import changes, clashes, status_counts
from analysis.ledger.table import COLUMNS, STATUSES
from analysis.ledger.verdicts import (
    FLOOR,
    REASONS,
    VERDICTS,
    Audit,
    outcome_if,
    wrong_numbers,
)
from analysis.report.notebook import notebook_key


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


def test_each_verdict_and_each_status_occurs_on_real_claims(ledger):
    assert set(ledger["verdict"]) == set(VERDICTS)
    assert set(ledger["status"]) == set(STATUSES)
    assert set(ledger["reason"]) <= {*REASONS, ""}
    assert set(ledger["outside"]) == {"confirmed", "contradicted", "superseded", "not found", ""}
    assert set(ledger["severity"]) == {"conclusion", "detail", ""}


def test_a_reason_stands_with_what_is_not_checkable_and_nowhere_else(ledger):
    assert ((ledger["reason"] != "") == (ledger["verdict"] == "not checkable")).all()
    judged = ledger[ledger["verdict"] != "not checkable"]
    assert (judged["arithmetic"] != "").all() and (judged["readings"] != "").all()


def test_what_is_printed_twice_is_never_reproduced_by_it(ledger):
    claims = read_claims()
    audit = Audit(claims)
    for name in ledger.loc[ledger["verdict"] == "reproduced", "claim"]:
        assert claims[audit[name].of].kind != "same"


def test_a_check_that_passes_is_strong_enough(ledger):
    passed = ledger[
        ledger["verdict"].isin(["consistent", "reproduced"]) & (ledger["printed"] != "")
    ]
    assert (passed["power"] >= FLOOR).all() and (passed["strength"] != "").all()
    sure = ledger[(ledger["verdict"] == "reproduced") & (ledger["printed"] != "")]
    assert (sure["power"] == 1).all()
    failed = ledger[ledger["verdict"].isin(["conditional", "inconsistent"])]
    assert failed["power"].isna().all()


def test_a_conditional_claim_says_its_condition_and_no_other_does(ledger):
    conditional = ledger["verdict"] == "conditional"
    assert ledger.loc[conditional, "condition"].str.startswith("right only if ").all()
    assert (ledger.loc[~conditional, "condition"] == "").all()


def test_what_stands_in_a_clash_does_not_hold_as_stated_and_the_other_way_round(ledger):
    failed = ledger["verdict"].isin(["conditional", "inconsistent"])
    assert ((ledger["clash"] != "") == failed).all()
    named = {name for names in clashes(ledger)["claims"] for name in names.split()}
    assert named == set(ledger.loc[failed, "claim"])


def test_both_sides_of_an_equation_carry_one_verdict(ledger):
    audit = Audit(read_claims())
    for equation in equations(audit.claims):
        verdict = audit.on(equation)
        if verdict.verdict in ("conditional", "inconsistent"):
            shown = ledger[ledger["claim"].isin(equation.members)]
            assert shown["verdict"].isin(["conditional", "inconsistent"]).all()
            assert all(set(verdict.clash) <= set(names.split()) for names in shown["clash"])


def test_what_is_contradicted_from_outside_shows_source_grade_and_date(ledger):
    against = ledger[ledger["outside"] == "contradicted"]
    assert len(against)
    for column in ("said", "source", "grade", "dated"):
        assert (against[column] != "").all()
    assert against["grade"].isin(GRADED).all()


def test_what_does_not_hold_and_decides_a_sentence_has_the_most_innocent_explanation(ledger):
    grave = ledger[(ledger["status"] == "does not hold") & (ledger["severity"] == "conclusion")]
    assert (grave["explanation"] != "").all()


def test_what_can_be_checked_says_what_its_verdict_hangs_on(ledger):
    checked = ledger["verdict"] != "not checkable"
    assert (ledger.loc[checked, "robust"] != "").all()
    assert (ledger.loc[~checked, "robust"] == "").all()


@pytest.mark.parametrize(
    ("claim", "verdict", "said"),
    [
        ("zhakyanova-partners", "conditional", "87 % of 103 people is 90 people"),
        ("zhakyanova-partners", "conditional", "13 people too many"),
        ("zhakyanova-figure-1-again", "inconsistent", "printed is 1"),
        ("zhakyanova-band-30-40", "inconsistent", "they share 40"),
        ("zhakyanova-band-40-over", "inconsistent", "they share 40"),
        ("zhakyanova-representative", "consistent", "0.051 to 0.080"),
        ("zhakyanova-goal-education", "not checkable", "63 people"),
        ("zhakyanova-men", "reproduced", "20 % is 21 people"),
        ("zhakyanova-reason-pandemic", "conditional", "8 people too many"),
        ("zhakyanova-prospects-virtual", "conditional", "1 person without an answer"),
        ("rustemova-jf-2017-share", "not checkable", "48 to 53"),
        ("rustemova-jf-2017-year", "conditional", "2017 lies after 2016"),
        ("zharylkap-georgia-difference", "conditional", "2.75 % of the second"),
        ("zharylkap-credit-technology", "conditional", "2.75 % of the second"),
        ("zharylkap-credit-rules", "conditional", "elsewhere as 2010"),
        ("zharylkap-ects-start", "conditional", "elsewhere as 2011-04"),
        ("nched-tokyo-countries", "conditional", "11 things named"),
    ],
)
def test_well_known_findings(ledger, claim, verdict, said):
    found = row(ledger, claim)
    assert found.verdict == verdict and said in found.arithmetic


def test_a_value_with_a_year_of_its_own_does_not_clash_with_one_of_today(ledger):
    for claim in ("zharylkap-azerbaijan-tiers", "zharylkap-azerbaijan-cycles"):
        assert row(ledger, claim).verdict == "not checkable"


def test_severity_grades_what_does_not_hold(ledger):
    wrong = ledger["status"] == "does not hold"
    assert ((ledger["severity"] != "") == wrong).all()
    ranked = findings(ledger)
    assert len(ranked) == wrong.sum()
    assert ranked["severity"].is_monotonic_increasing  # conclusion before detail


def test_the_counts_add_up(ledger):
    for counts, values in ((verdict_counts(ledger), VERDICTS), (status_counts(ledger), STATUSES)):
        assert list(counts.index) == [*dict.fromkeys(ledger["paper"]), "all"]
        assert (counts[list(values)].sum(axis=1) == counts["claims"]).all()
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
    place = {"question": "gender", "option": "women"}
    change(folder / "zhakyanova" / "tallies.csv", place, printed="70")
    problems = claim_problems(folder)  # the words that are quoted do not hold it
    assert problems and all("holds a number, but not 70 of tallies:" in each for each in problems)
    words = {"anchor": "and 70 per cent were women"}
    change(folder / "zhakyanova" / "tallies.csv", place, **words)
    assert not claim_problems(folder)
    changed = ledger_table(folder)
    differs = changed["verdict"] != ledger["verdict"]
    assert set(changed.loc[differs, "claim"]) == {"zhakyanova-men", "zhakyanova-women"}
    assert set(changed.loc[differs, "verdict"]) == {"conditional"}


def test_most_changes_of_a_number_that_agrees_change_a_verdict_and_the_rest_have_a_reason(
    mutations, ledger
):
    flips = mutations["flips"] != ""
    agreeing = ledger.loc[ledger["verdict"].isin(["reproduced", "consistent"]), "claim"]
    assert flips[mutations["claim"].isin(agreeing)].mean() > 0.85
    assert (mutations.loc[~flips, "reason"] != "").all()
    assert (mutations.loc[flips, "reason"] == "").all()


def test_every_number_with_a_verdict_is_mutated_and_no_kind_of_check_is_blind(mutations, ledger):
    checked = ledger[(ledger["verdict"] != "not checkable") & (ledger["printed"] != "")]
    assert set(mutations["claim"]) == set(checked["claim"])
    assert (mutations["printed"] != mutations["changed_to"]).all()
    flips = mutations.assign(flips=mutations["flips"] != "").groupby("kind")["flips"].any()
    claims = read_claims()
    for kind in flips.index[~flips]:  # no small change flips it; a larger one has to
        names = [claim.claim for claim in claims.values() if claim.kind == kind and claim.printed]
        found = {
            outcome_if(claims, name, number, name)
            for name in names
            for number in (claims[name].printed, *wrong_numbers(claims, claims[name]))
        }
        assert len(found - {""}) > 1, kind


def test_the_multiverse_is_of_all_that_can_be_checked_and_its_usual_point_is_the_verdict(ledger):
    table = multiverse_table()
    assert set(table["claim"]) == set(ledger.loc[ledger["robust"] != "", "claim"])
    usual = table.drop_duplicates("claim").set_index("claim")["outcome"]
    shown = ledger.set_index("claim")["verdict"].reindex(usual.index)
    wanted = {"conditional": "only if", "inconsistent": "fails"}
    assert (shown.map(lambda verdict: wanted.get(verdict, "agrees")) == usual).all()


def test_an_assumption_shows_what_it_changes_and_nothing_else(ledger):
    table = changes(["zhakyanova-respondents=72"])
    assert set(table["claim"]) < set(ledger["claim"])
    differs = [table[name] != table[f"{name} assumed"] for name in ("printed", "verdict", "status")]
    assert (sum(differs) > 0).all()
    assert "zhakyanova-men" in set(table["claim"]) and "nched-korea" not in set(table["claim"])
    assert changes(["rounding=half-any"]).empty


def test_who_rests_on_a_claim_is_found_through_others():
    resting = users(read_claims())
    assert "zhakyanova-partners" in resting["zhakyanova-respondents"]  # through those abroad
    assert "zhakyanova-partners" not in resting["zhakyanova-partners"]


def test_outside_facts_are_about_claims_and_their_numbers_decide_as_those_who_looked(ledger):
    facts = outside_table()
    given = facts[facts["verdict"] != "context"]
    assert (given["outcome"] == given["verdict"]).all()
    assert set(given["claim"]) <= set(ledger["claim"])


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


def test_a_claim_is_explained_in_sentences(ledger):
    text = explain("zhakyanova-partners")
    assert "Printed: 87 %" in text and "- 103 people:" in text
    assert text.index("1. As the text states it") < text.index("2. ") < text.index("Verdict: cond")
    assert "It is right only if" in text and text.endswith("Status: holds only if.")


def test_no_explanation_shows_names_of_tables_roles_or_programs(ledger):
    inner = re.compile(r"[a-z]+/[a-z_]+:|\b(part1|whole2|shares=|others=|None|nan)\b|do not fit")
    for column in ("arithmetic", "readings", "condition", "strength"):
        assert not [text for text in ledger[column] if inner.search(text)]


def test_the_command_filters_and_prints_csv_and_json(capsys, ledger):
    assert command.main(["ledger", "--paper", "nched", "--verdict", "conditional"]) == 0
    number = ((ledger["paper"] == "nched") & (ledger["verdict"] == "conditional")).sum()
    assert f"{number} claims, " in capsys.readouterr().out.splitlines()[-1]
    command.main(["ledger", "--paper", "nched", "--csv"])
    table = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(table) == (ledger["paper"] == "nched").sum() and list(table[0]) == COLUMNS
    command.main(["ledger", "--text", "Georgia", "--json"])
    records = json.loads(capsys.readouterr().out)
    assert {record["claim"] for record in records} >= {"zharylkap-georgia"}
    command.main(["ledger", "--text", "no such words"])
    assert capsys.readouterr().out == "no claim fits\n"
    assert command.main(["ledger", "--assume", "zhakyanova-men=21"]) == 0
    assert "zhakyanova-women" in capsys.readouterr().out
    assert command.main(["ledger", "--assume", "zhakyanova-man=21"]) == 2
    assert "did you mean zhakyanova-men" in capsys.readouterr().err
