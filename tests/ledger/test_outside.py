"""What outside sources say, made up, beside made-up claims; and the rules on the project's own."""

import pytest

from analysis.data.tables import Collection
from analysis.ledger.outside import GRADED, Evidence, compare, evidence, outside_table
from analysis.ledger.problems import claim_problems
from analysis.ledger.read import read_claims
from analysis.ledger.table import ledger_table

APPLES = {"claim": "apples", "printed": "12", "unit": "tons", "kind": "alone"}
PAPER = {"source": "https://a.example", "grade": "press", "dated": "2019-05"}


def fact(value, verdict="context", **more):
    """Return a row of the outside facts about the apples."""
    known = {"paper": "made", "topic": "harvest", "claim": "apples", "printed": "12"}
    return known | {"value": value, "verdict": verdict} | more


NUMBERS = {  # printed, qualifier, value, unit: outcome
    "another number": ("17", "", "31", "", "contradicted"),
    "the next number": ("12", "", "13", "tons", "contradicted"),
    "a finer number cut short": ("28.56", "", "28.5", "", "contradicted"),
    "half-way down": ("2.5", "", "2", "", "confirmed"),  # either way of rounding is a right
    "half-way up": ("2.5", "", "3", "", "confirmed"),
    "half-way with decimals": ("0.125", "", "0.13", "", "confirmed"),
    "inside a range of the source": ("100", "", "90..120", "", "confirmed"),
    "below a range of the source": ("11.9", "", "12..17", "", "contradicted"),
    "rounded into a range of the source": ("11.9", "", "11.94..17", "", "confirmed"),
    "a month of the day": ("2015-01-22", "", "2015-01", "date", "confirmed"),
    "a month of the year": ("2015", "", "2015-05", "year", "confirmed"),
    "a day of another year": ("1998", "", "1997-12-13", "year", "contradicted"),
    "a year of the decade": ("1990", "early", "1993", "decade", "confirmed"),
    "a year of another decade": ("1990", "", "2003", "decade", "contradicted"),
    "a year is never about": ("1990", "about", "1993", "year", "contradicted"),
    "a year within years": ("1993", "", "1991..1994", "year", "confirmed"),
    "about, within 5 points": ("70", "about", "66", "percent", "confirmed"),
    "about, beyond 5 points": ("70", "some", "64", "percent", "contradicted"),
    "about, within a tenth": ("40", "about", "44", "pears", "confirmed"),
    "about, beyond a tenth": ("40", "about", "45", "pears", "contradicted"),
    "about, of per mille": ("70", "about", "30", "per mille", "confirmed"),
    "almost, below": ("70", "almost", "67", "percent", "confirmed"),
    "almost, above": ("70", "nearly", "71", "percent", "contradicted"),
    "almost, near a range": ("20", "almost", "10..18.5", "years", "confirmed"),
    "more than": ("100000", "more than", "102111", "", "confirmed"),
    "more than, not reached": ("100000", "more than", "99999", "", "contradicted"),
    "over, just reached": ("40", "over", "40", "pears", "contradicted"),
    "at least, just reached": ("40", "at least", "40", "pears", "confirmed"),
    "up to, reached": ("10", "up to", "10", "percent", "confirmed"),
    "at most, passed": ("10", "at most", "12", "percent", "contradicted"),
    "less than": ("10", "less than", "9", "percent", "confirmed"),
    "under, just reached": ("10", "under", "10", "percent", "contradicted"),
    "another word limits nothing": ("12", "only", "12", "tons", "confirmed"),
    "in a printed range": ("10-15", "", "12", "people", "confirmed"),
    "beside a printed range": ("10-15", "", "16", "people", "contradicted"),
    "a wider range of the source": ("30-40", "", "30..49", "age band", "contradicted"),
    "a narrower range of the source": ("30-40", "", "31..39", "age band", "confirmed"),
    "a third": ("1/3", "", "33.3", "percent", "confirmed"),
    "roughly a third": ("1/3", "", "36", "percent", "confirmed"),
    "no third": ("1/3", "", "40", "percent", "contradicted"),
    "more than a third": ("1/3", "more than", "40", "percent", "confirmed"),
}


@pytest.mark.parametrize("case", NUMBERS.values(), ids=NUMBERS)
def test_a_number_from_outside_confirms_or_contradicts(case):
    printed, qualifier, value, unit, outcome = case
    assert compare(printed, qualifier, value, unit) == outcome


FIRST = fact("12", source="https://a.example")
SHOWN = {  # rows about one claim: outcome, source, grade and date of what is shown
    "the gravest": ([FIRST, fact("13", **PAPER)], ("contradicted", *PAPER.values())),
    "the gravest, whatever its place": (
        [fact("13", **PAPER), FIRST],
        ("contradicted", *PAPER.values()),
    ),
    "what is out of date before what fits": (
        [FIRST, fact("", "superseded")],
        ("superseded", "", "", ""),
    ),
    "the better grade": ([FIRST, fact("12", **PAPER)], ("confirmed", *PAPER.values())),
    "the first of equals": (
        [FIRST, fact("12", source="https://b.example")],
        ("confirmed", "https://a.example", "", ""),
    ),
    "nothing of context": ([fact("", found="more of it")], ("", "", "", "")),
    "the number of another date is not compared": (
        [fact("13", "not found", dated="2021")],
        ("not found", "", "", "2021"),
    ),
    "the number of an older series is not compared": (
        [fact("13", "superseded", **PAPER)],
        ("superseded", *PAPER.values()),
    ),
}


@pytest.mark.parametrize(("rows", "shown"), SHOWN.values(), ids=SHOWN)
def test_of_several_sources_one_is_shown_everywhere(rows, shown, claims_folder):
    rows = [row | {"topic": f"harvest {place}"} for place, row in enumerate(rows)]
    folder = claims_folder(APPLES, external_facts=rows)
    found = evidence(outside_table(folder)).get("apples", Evidence())
    assert (found.outcome, found.source, found.grade, found.dated) == shown
    assert list(ledger_table(folder)["outside"]) == [shown[0]]


def test_what_the_source_says_travels_with_the_outcome(claims_folder):
    folder = claims_folder(APPLES, external_facts=[fact("13", found="13 tons", **PAPER)])
    found = evidence(outside_table(folder)).get("apples", Evidence())
    assert found == Evidence("contradicted", "13 tons", *PAPER.values())


WRONG = {  # a row that cannot stand beside its claim: what is said of it
    "no number to compare with": (
        fact("13", claim="pears"),
        "column value: pears prints no number, which '13' cannot be compared with",
    ),
    "a number contradicts from a hobby page": (
        fact("13", **PAPER | {"grade": "other"}),
        "column grade: a source that contradicts is official, scholarly or press; got other",
    ),
    "a judgement contradicts without a grade": (
        fact("", "contradicted", **PAPER | {"grade": ""}),
        "column grade: a source that contradicts is official, scholarly or press; got nothing",
    ),
    "a contradiction of no date": (
        fact("13", **PAPER | {"dated": ""}),
        "column dated: a source that contradicts says of when it speaks; got nothing",
    ),
    "the number does not bear out the judgement": (
        fact("13", "confirmed", **PAPER),
        "column verdict: confirmed, but by its number 13 apples is contradicted",
    ),
    "the number contradicts nothing": (
        fact("12", "contradicted", **PAPER),
        "column verdict: contradicted, but by its number 12 apples is confirmed",
    ),
}


@pytest.mark.parametrize(("row", "said"), WRONG.values(), ids=WRONG)
def test_a_row_that_cannot_stand_is_named_with_file_row_column_and_rule(row, said, claims_folder):
    pears = APPLES | {"claim": "pears", "printed": ""}
    rows = [fact("12", topic="before"), row]
    (problem,) = claim_problems(claims_folder(APPLES, pears, external_facts=rows))
    assert problem == f"made/external_facts.csv, row 3, {said}"


@pytest.mark.parametrize("grade", GRADED)
@pytest.mark.parametrize("dated", ["2019", "2019-05", "2019-05-04"])
def test_a_graded_and_dated_source_may_contradict(grade, dated, claims_folder):
    folder = claims_folder(APPLES, external_facts=[fact("13", grade=grade, dated=dated)])
    assert not claim_problems(folder)
    assert list(outside_table(folder)["outcome"]) == ["contradicted"]


def test_a_source_that_confirms_needs_no_grade(claims_folder):
    assert not claim_problems(claims_folder(APPLES, external_facts=[fact("12", "confirmed")]))


def test_without_outside_facts_no_claim_has_an_outcome(claims_folder, monkeypatch):
    folder = claims_folder(APPLES, external_facts=[fact("12")])
    read = Collection.table

    def without_rows(collection, name):
        return read(collection, name).head(0 if name == "external_facts" else None)

    monkeypatch.setattr(Collection, "table", without_rows)
    assert not claim_problems(folder)
    assert list(ledger_table(folder)["outside"]) == [""]
    assert outside_table(folder).empty


def test_every_outcome_of_the_documents_names_its_source_and_the_grade_of_it():
    facts = outside_table()
    said = facts[facts["outcome"].isin({"confirmed", "contradicted", "superseded"})]
    lacking = said[(said["source"] == "") | (said["grade"] == "") | (said["found"] == "")]
    assert not list(lacking["claim"])
    assert not list(said.loc[said["grade"] == "other", "claim"])


def test_every_outside_fact_of_the_documents_is_about_a_claim_that_there_is():
    claims, facts = read_claims(), outside_table()
    assert set(facts["claim"]) - {""} <= set(claims)
