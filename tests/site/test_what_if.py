"""The scripts of the page "What if" in a browser, case by case beside the library."""

import json
import math
import random

import pytest

from analysis import ledger_table, paths
from analysis.counts.bases import possible_bases
from analysis.counts.head_counts import number_of_vectors, possible_counts
from analysis.counts.ranges import count_ranges
from analysis.inference import proportion_bounds
from analysis.ledger.assumptions import assume
from analysis.ledger.outside import evidence, outside_facts
from analysis.ledger.read import read_claims
from analysis.ledger.table import evidence_on, status
from analysis.ledger.verdicts import Audit
from analysis.report.site.shown.what_if import script, surveys
from analysis.report.site.shown.what_if_words import words
from tests.site.what_if_cases import SEED, as_texts, one_share, questions, settings

SCRIPTS = paths.CODE / "report" / "site" / "static" / "whatif"
ENGINE = ("exact", "counts", "units", "claims", "checks", "verdicts")
REFUSED = "refused"
JUDGED = """([survey, all]) => all.map((assumed) => {
  const audit = new whatIf.verdicts.Audit(survey, assumed);
  return survey.mine.map((name) => {
    const found = audit.of(name);
    return found.unsure ? null : [found.verdict, found.reason, found.power, found.status];
  });
})"""


@pytest.fixture(scope="module")
def engine(browser):
    """Return a function that evaluates JavaScript beside the page's scripts."""
    page = browser.new_page()
    for name in ENGINE:
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page.evaluate
    page.close()


@pytest.fixture(scope="module")
def survey():
    """Return the first survey of the data, as the page gets it."""
    return as_json(surveys()[0])


def as_json(found):
    return json.loads(json.dumps(found))


def refused(function, *given):
    try:
        return function(*given)
    except ValueError:
        return REFUSED


def compare(cases, expected, found):
    """Assert that both lists are the same, and name the first cases that are not."""
    both = zip(cases, expected, found, strict=True)
    wrong = [each for each in both if each[1] != each[2]]
    assert not wrong, f"{len(wrong)} of {len(cases)} (case, library, page): {wrong[:5]}"


def ends(printed, n, rule):
    counts = possible_counts(printed, n, rule)
    return [counts[0], counts[-1]] if counts else None


def test_a_share_stands_for_the_same_head_counts_in_the_browser(engine):
    cases = list(one_share())
    found = engine(
        """all => all.map(([printed, n, rule]) => {
          try { return whatIf.counts.possibleCounts(printed, n, rule); } catch { return "refused"; }
        })""",
        cases,
    )
    expected = [refused(ends, *case) for case in cases]
    assert {REFUSED, None} < {each if not isinstance(each, list) else "" for each in expected}
    compare(cases, expected, found)


def test_shares_can_be_everybody_in_the_browser_where_the_library_finds_a_joint_solution(engine):
    cases = list(questions())
    found = engine(
        """all => all.map((case_) => {
          const { counts, everybody, atMost, least, most } = whatIf.counts.together(...case_);
          return [counts, everybody, atMost, least, most];
        })""",
        cases,
    )
    compare(cases, [together(*case) for case in cases], found)


def together(printed, n, rule):
    ranges = [[r[0], r[-1]] if r else None for r in count_ranges(printed, n, rule)]
    sums = [sum(each) for each in zip(*ranges, strict=True)] if all(ranges) else [None, None]
    solved = [number_of_vectors(printed, n, whole, rule) > 0 for whole in (True, False)]
    return [ranges, *solved, *sums]


@pytest.mark.parametrize("exhaustive", [True, False])
def test_the_same_bases_are_possible_in_the_browser(engine, exhaustive):
    cases = [(printed, 200, exhaustive, rule) for printed, _, rule in questions(150)]
    found = engine("all => all.map((each) => whatIf.counts.possibleBases(...each))", cases)
    compare(cases, [list(possible_bases(*case)) for case in cases], found)


def test_intervals_are_those_of_the_library(engine):
    cases = [
        (*case, level)
        for place, case in enumerate(one_share(1500))
        for level in [(0.9, 0.95, 0.99)[place % 3]]
        if refused(ends, *case) not in (REFUSED, None)
    ]
    found = engine(
        """all => all.map(([printed, n, rule, level]) =>
          whatIf.counts.wilsonBounds(whatIf.counts.possibleCounts(printed, n, rule), n, level))""",
        cases,
    )
    for (printed, n, rule, level), limits in zip(cases, found, strict=True):
        bounds = proportion_bounds(printed, n, level, rounding=rule)
        assert limits == pytest.approx([bounds.low, bounds.high], abs=1e-12), (printed, n, rule)


def test_every_claim_has_the_verdict_of_the_ledger_under_every_setting(engine, survey):
    cases = list(settings(survey, 20))
    assert len(cases) * len(survey["mine"]) > 4000
    found = engine(JUDGED, [survey, cases])
    claims = read_claims(paths.RAW, [survey["paper"]])
    for assumed, rows in zip(cases, found, strict=True):
        compare(survey["mine"], judged(claims, survey["mine"], as_texts(assumed)), rows)


def judged(claims, names, assumed):
    """Return verdict, reason, power and status of claims; None for one that cannot be computed."""
    audit = Audit(assume(claims, assumed))
    facts = evidence(outside_facts(audit.claims))
    return [judgement(audit, facts, name) for name in names]


def judgement(audit, facts, name):
    try:
        found = audit[name]
    except (ArithmeticError, LookupError, ValueError):
        return None
    outcome = status(found.verdict, evidence_on(audit, facts, name).outcome)
    return [found.verdict, found.reason, found.power, outcome]


def test_the_page_begins_with_the_rows_of_the_ledger(ledger, survey):
    mine = ledger[ledger["paper"] == survey["paper"]]
    rows = [[name, survey["claims"][name]] for name in survey["mine"]]
    assert [[name, row["verdict"], row["status"]] for name, row in rows] == mine[
        ["claim", "verdict", "status"]
    ].to_numpy().tolist()


def test_what_is_judged_claim_by_claim_is_the_ledger_as_the_command_line_makes_it(survey):
    claims = read_claims(paths.RAW, [survey["paper"]])
    for assumed in list(settings(survey, 0))[1:4]:
        texts = as_texts(assumed)
        table = ledger_table(paper=survey["paper"], assumed=texts)
        rows = [[v, s] for v, _, _, s in judged(claims, survey["mine"], texts)]
        assert table[["verdict", "status"]].to_numpy().tolist() == rows


BASE = {"claim": "all", "kind": "alone", "printed": "60", "unit": "people", "anchor": "some words"}


def made_up(claims_folder):
    """Return the folder of a survey some of whose checks the page does not compute."""
    share = {"unit": "percent", "base": "all"}
    return claims_folder(
        BASE,
        share | {"claim": "red", "kind": "sum", "printed": "40", "inputs": "others=blue"},
        share | {"claim": "blue", "kind": "sum", "printed": "60", "inputs": "others=red"},
        share | {"claim": "again", "kind": "same", "printed": "40", "inputs": "as=red"},
        share | {"claim": "half", "kind": "share", "printed": "50", "qualifier": "about"},
        {
            "claim": "apart",
            "kind": "difference",
            "printed": "20",
            "unit": "points",
            "inputs": "part1=blue; part2=red",
        },
        {
            "claim": "named",
            "kind": "list",
            "printed": "2",
            "unit": "colours",
            "inputs": "items=scarlet / azure",
        },
        external_facts=[
            {
                "paper": "made",
                "claim": "half",
                "value": "49",
                "topic": "colours",
                "verdict": "confirmed",
                "found": "49 percent",
                "source": "https://example.org",
                "grade": "official",
                "dated": "2021",
            }
        ],
    )


CHANGES = [
    {"numbers": {"red": "41"}},
    {"numbers": {"blue": "59"}},
    {"numbers": {"half": "30"}},
    {"numbers": {"all": "59"}},
    {"rounding": "truncate"},
    {"tolerance": "0", "numbers": {"half": "49"}},
]


def test_where_the_page_does_not_compute_a_check_it_is_silent_and_never_wrong(
    engine, claims_folder
):
    folder = made_up(claims_folder)
    (survey,) = as_json(surveys(folder))
    found = engine(JUDGED, [survey, CHANGES])
    claims = read_claims(folder, ["made"])
    silent = []
    for assumed, rows in zip(CHANGES, found, strict=True):
        expected = judged(claims, survey["mine"], as_texts(assumed))
        said = dict(zip(survey["mine"], zip(expected, rows, strict=True), strict=True))
        silent.append({name for name, (_, row) in said.items() if row is None})
        assert not {name: both for name, both in said.items() if both[1] not in (None, both[0])}
    assert "apart" in silent[0] and "apart" in silent[1] and "half" in silent[2]
    assert all("named" not in names for names in silent)


def test_a_document_without_shares_of_people_is_no_survey(claims_folder):
    assert surveys(claims_folder(BASE)) == []


def test_texts_of_the_scripts_are_data_and_every_form_has_its_number():
    assert script({"a": "</script>"}).startswith("globalThis.whatIfData = ")
    for key, text in words().items():
        if isinstance(text, dict) and key not in {"labels", "rules"}:
            assert all("{n}" in form for form in text.values()), key


def test_floats_are_summed_as_python_sums_them(engine):
    chance = random.Random(SEED)
    cases = [[chance.random() ** 3 for _ in range(chance.randint(1, 9))] for _ in range(4000)]
    found = engine("all => all.map(whatIf.verdicts.exactSum)", cases)
    compare(cases, list(map(math.fsum, cases)), found)
