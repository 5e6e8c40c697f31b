"""Claims as a mapping, and what is looked up in them, on made-up claims."""

from collections.abc import Mapping

import pytest

from analysis import paths
from analysis.ledger import references, uncovered
from analysis.ledger.claims import ClaimError, Inputs
from analysis.ledger.explain import explain
from analysis.ledger.mutation import mutation_table, users
from analysis.ledger.read import read_claims, row_places
from analysis.ledger.references import FINDINGS, audit_summary, reference_audit
from analysis.ledger.summaries import clashes, findings, first_of_clashes, verdict_counts
from analysis.ledger.table import COLUMNS, ledger_table
from analysis.ledger.uncovered import uncovered_in_paper
from analysis.problems import TableError

FACT = {"paper": "made", "topic": "who", "printed": "nobody", "verdict": "context"}


def n(claim, printed, unit="people", **more):
    return {"claim": claim, "printed": str(printed), "unit": unit, "kind": "alone"} | more


@pytest.fixture
def orchard(claims_folder):
    """Return the claims of 200 people, 60 % of whom pick, half of those pears."""
    return read_claims(
        claims_folder(
            n("people", 200),
            n("pickers", 60, "percent", base="people", qualifier="about"),
            n("pears", 50, "percent", base="pickers", kind="share"),
            n("pears-again", 50, "percent", kind="same", inputs="as=pears"),
        )
    )


def test_claims_are_a_mapping_from_names(orchard):
    assert isinstance(orchard, Mapping)
    assert "pears" in orchard and "plums" not in orchard and orchard.get("plums") is None
    assert list(orchard) == ["people", "pickers", "pears", "pears-again"]
    assert [claim.claim for claim in orchard.values()] == list(orchard)
    assert len(orchard) == 4


def test_another_printed_number_leaves_the_claims_as_they_were(orchard):
    changed = orchard.with_printed("people", "100")
    assert (changed["people"].printed, orchard["people"].printed) == ("100", "200")
    assert list(changed) == list(orchard)


def test_people_are_counted_through_every_base(orchard):
    assert orchard.whole_of("pears") == ["pears", "pickers", "people"]
    assert orchard.people("people") == [200]
    assert orchard.people("pickers") == list(range(110, 131))  # about 60 %: 55 to 65
    assert orchard.people("pears") == list(range(55, 66))


def test_a_share_that_rests_on_itself_is_named_where_it_is_looked_up(orchard):
    from dataclasses import replace

    circle = replace(orchard["pickers"], base=("pears",))
    claims = replace(orchard, by_name={**orchard, "pickers": circle})
    with pytest.raises(ClaimError, match="pears rests on itself: pears, pickers, pears"):
        claims.people("pears")


def test_inputs_keep_their_text_and_say_which_role_is_not_one():
    inputs = Inputs("from=a b;  to=c")
    assert inputs.text == "from=a b;  to=c" and dict(inputs) == {"from": ("a", "b"), "to": ("c",)}
    with pytest.raises(ClaimError, match="wanted one from; got 2"):
        inputs.one("from")
    with pytest.raises(ClaimError, match="wanted one of; got 0"):
        inputs.one("of")


def test_the_ledger_shows_inputs_as_they_were_written(claims_folder):
    rows = n("x", 1, "papers", kind="list", inputs="items=table papers paper=made")
    table = ledger_table(claims_folder(rows, external_facts=[FACT]))
    assert list(table["inputs"]) == ["items=table papers paper=made"]


def test_cells_and_rows_are_looked_up_in_the_tables(orchard):
    assert orchard.printed("papers:made:year") == "2021"
    assert orchard.cells.length("papers paper=made") == 1
    assert orchard.cells.length("papers paper=other") == 0
    for reference in ("papers:other:year", "papers:made", "none:made:year", "papers:made:colour"):
        with pytest.raises(LookupError, match="there is no cell"):
            orchard.cells.text(reference)


def test_who_rests_on_a_claim_is_found_through_others(orchard):
    resting = users(orchard)
    assert resting["pickers"] == {"pears", "pears-again"}
    assert resting["pears-again"] == resting["people"] == set()  # pickers have no check


def test_of_claims_in_one_clash_the_first_is_shown(claims_folder):
    folder = claims_folder(
        n("pear", 3, kind="same", inputs="as=pear-again"),
        n("pear-again", 4, kind="same", inputs="as=pear"),
        n("plum", 9, kind="part", inputs="whole=few"),
        n("few", 5),
        external_facts=[FACT],
    )
    found = findings(ledger_table(folder))
    assert list(found["claim"]) == ["pear", "pear-again", "plum", "few"]
    assert list(first_of_clashes(found)["claim"]) == ["pear", "plum"]
    assert list(clashes(ledger_table(folder))["claims"]) == ["pear pear-again", "plum few"]


def test_rows_are_counted_in_the_file_in_which_they_stand(claims_folder):
    folder = claims_folder(n("x", 1), papers=[{"paper": "made"}, {"paper": "more"}])
    places = ["made/claims.csv, row 2", "made/claims.csv, row 3", "more/claims.csv, row 2"]
    assert row_places(["made", "made", "more"], folder) == places
    assert row_places(["made"], folder / "made") == ["claims.csv, row 2"]


def test_a_mutation_counts_where_a_verdict_changes(claims_folder):
    folder = claims_folder(
        n("x", 2, "areas", kind="list", inputs="items=one / two"),
        n("all", 100),
        n("y", 60, "percent", base="all", kind="sum", inputs="others=z"),
        n("z", 40, "percent", base="all"),
        n("loose", 7, kind="part", inputs="whole=all"),
    )
    table = mutation_table(folder).set_index(["claim", "change"])
    assert set(table.index.get_level_values(0)) == {"x", "y", "z"}  # the part has no verdict
    assert table.loc[("x", "one unit up"), "flips"] == "x"
    assert (table.loc["z", "flips"] == "y").all()
    assert (table["reason"] == "").all()


def test_a_change_that_changes_no_verdict_says_why(claims_folder):
    folder = claims_folder(n("x", 3, kind="same", inputs="as=y"), n("y", 5))
    table = mutation_table(folder).set_index(["claim", "change"])
    assert table.loc[("x", "one unit down"), "reason"].startswith("neither number agrees")


def test_a_document_that_cuts_its_numbers_can_say_so(claims_folder):
    # 12, 4 and 1 of 17 are 70.6, 23.5 and 5.9 %.
    rows = [
        n("all", 17),
        n("a", 70, "percent", base="all", kind="sum", inputs="others=b c"),
        n("b", 23, "percent", base="all"),
        n("c", 5, "percent", base="all"),
    ]
    cut = {"claim": "a", "reading": "cut", "takes": "rounding", "value": "truncate"}
    said = cut | {"stance": "stated", "condition": "numbers are cut", "anchor": "we cut decimals"}
    folder = claims_folder(*rows, readings=[said | {"paper": "made"}])
    assert set(ledger_table(folder)["verdict"][1:]) == {"consistent"}
    (first, *_) = ledger_table(claims_folder(*rows))["condition"][1:]
    assert first == "right only if the numbers were cut, not rounded"


def test_a_weighted_number_is_not_held_against_head_counts(claims_folder):
    table = ledger_table(claims_folder(n("w", 61, "percent", kind="weighted")))
    assert table.loc[0, ["verdict", "reason"]].tolist() == ["not checkable", "weighted"]


def test_a_reading_is_stated_allowed_or_excluded_and_that_decides(claims_folder):
    rows = [n("all", 50), n("few", 20), n("x", 30, kind="part", inputs="whole=few")]
    reading = {"claim": "x", "reading": "of-all", "takes": "inputs", "value": "whole=all"}
    verdicts = {}
    for stance in ("stated", "allowed", "excluded"):
        row = reading | {"stance": stance, "condition": "all were asked", "paper": "made"}
        table = ledger_table(claims_folder(*rows, readings=[row])).set_index("claim")
        verdicts[stance] = table.loc["x", "verdict"], table.loc["x", "condition"]
    assert verdicts == {
        "stated": ("not checkable", ""),  # it agrees, and too little is refused
        "allowed": ("conditional", "right only if all were asked"),
        "excluded": ("inconsistent", ""),
    }


def test_an_unknown_claim_is_answered_with_the_closest(claims_folder):
    with pytest.raises(ValueError, match="did you mean orchard-apples"):
        explain("orchard-apple", claims_folder(n("orchard-apples", 3)))


def test_a_claim_is_explained_with_the_outcome_that_the_ledger_shows(claims_folder):
    source = {"source": "https://a.example", "grade": "official", "dated": "2020"}
    fact = FACT | {"claim": "apples", "value": "4", "found": "4 of them"} | source
    folder = claims_folder(n("apples", 3, bearing="conclusion"), external_facts=[fact])
    text = explain("apples", folder)
    assert "Outside, contradicted: 4 of them (https://a.example, official, 2020)." in text
    assert "The point of its sentence rests on it." in text and "Status: does not hold." in text
    assert list(ledger_table(folder)["severity"]) == ["conclusion"]


def test_a_ledger_of_no_claims_counts_none(claims_folder, monkeypatch):
    empty = ledger_table(claims_folder(n("x", 1), external_facts=[FACT])).head(0)
    assert list(empty) == COLUMNS
    assert verdict_counts(empty).loc["all", "claims"] == 0
    assert findings(empty).empty and first_of_clashes(empty).empty


def test_without_references_and_citations_there_is_nothing_to_audit(claims_folder, monkeypatch):
    folder = claims_folder(n("x", 45, anchor="some 45 words"))
    for module in (references, uncovered):
        monkeypatch.setattr(module, "read_table", without_rows(module.read_table))
    audit = reference_audit(folder)
    assert audit.empty and list(audit_summary(audit).columns) == list(FINDINGS)
    found = uncovered_in_paper("made", "There are some 45 words and 7 more.", folder=folder)
    assert found.to_dict("records") == [
        {"number": "7", "context": "There are some 45 words and 7 more.", "reason": ""}
    ]


def without_rows(read):
    """Return a reader of tables that leaves the optional ones empty."""
    kept = {"claims", "papers"}
    return lambda name, folder: (
        read(name, folder) if name in kept else read(name, paths.RAW).head(0)
    )


@pytest.mark.parametrize(
    ("takes", "value", "said"),
    [
        ("base", "trees", "there is no claim 'trees'"),
        ("inputs", "whole=trees", "there is no claim 'trees'"),
        ("inputs", "whole", "'whole' is not role=reference"),
        ("inputs", "halves=all", "part has no role 'halves'"),
        ("inputs", "whole=", "part cannot be computed: wanted one whole; got 0"),
        (
            "inputs",
            "whole=none",
            "part cannot be computed: none prints '2010-05', which is not one",
        ),
        ("rounding", "upwards", "there is no rounding 'upwards'; wanted one of half-up"),
        ("qualifier", "roughly", "there is no qualifier 'roughly'; wanted one of about, some"),
    ],
)
def test_a_reading_that_cannot_be_followed_is_named(takes, value, said, claims_folder):
    rows = [n("all", 50), n("none", "2010-05", "date"), n("x", 30, kind="part", inputs="whole=all")]
    reading = {"claim": "x", "reading": "of-all", "takes": takes, "value": value}
    row = reading | {"stance": "allowed", "condition": "all were asked", "paper": "made"}
    with pytest.raises(TableError, match=r"readings\.csv, row 2, column value: ") as caught:
        read_claims(claims_folder(*rows, readings=[row]))
    assert said in str(caught.value)


def test_a_number_that_stops_a_check_is_named_with_the_cell_that_it_stands_in(claims_folder):
    weeks = n("x", 3, "weeks", kind="conversion", inputs="at-most=made-asked")
    base = {"base": "asked", "printed": "9", "unit": "people", "anchor": "9 growers were asked"}
    folder = claims_folder(weeks, bases=[base | {"paper": "made", "label": "growers"}])
    with pytest.raises(TableError, match=r"\(made-asked stands in bases:asked\)$"):
        read_claims(folder)
