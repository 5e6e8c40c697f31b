"""Each check of the ledger on made-up claims: what agrees, what does not, and the arithmetic."""

import pytest

from analysis.data.tables import TableError, read_descriptor
from analysis.ledger.checks import CHECKS, NO_CHECK
from analysis.ledger.read import read_book
from analysis.ledger.verdicts import REASONS, judge


def n(claim, printed, unit="people", **more):
    """Return a claim that prints a number and has no check of its own."""
    return {"claim": claim, "printed": str(printed), "unit": unit, "kind": "alone"} | more


def percent(claim, printed, base="n", **more):
    return n(claim, printed, "percent", base=base, **more)


def year(claim, printed, **more):
    return n(claim, printed, "year", **more)


SIZE = n("n", 103)
CASES = {
    "share: no head-count of 10 prints as 33": (
        [n("n", 10), percent("x", 33, kind="share")],
        ("inconsistent", None),
    ),
    "share: 3 of 10": ([n("n", 10), percent("x", 30, kind="share")], ("consistent", "3 people")),
    "share: every percentage of 103 is possible": (
        [SIZE, percent("x", 33, kind="share")],
        ("not checkable", "34 people"),
    ),
    "share: no base": ([percent("x", 33, base="", kind="share")], ("not checkable", None)),
    "sum: 80 follows from 20": (
        [SIZE, percent("x", 80, kind="sum", inputs="others=y"), percent("y", 20)],
        ("reproduced", "82 people"),
    ),
    "sum: one person is missing": (
        [SIZE, percent("x", 79, kind="sum", inputs="others=y"), percent("y", 20)],
        ("consistent", "0 to 82 people"),
    ),
    "sum: too many": (
        [SIZE, percent("x", 81, kind="sum", inputs="others=y"), percent("y", 20)],
        ("inconsistent", "82 people"),
    ),
    "sum: room for other answers only": (
        [SIZE, percent("x", 70, kind="sum", inputs="others=y; open=yes"), percent("y", 20)],
        ("consistent", "0 to 82 people"),
    ),
    "sum: head-counts": (
        [SIZE, n("x", 90, base="n", kind="sum", inputs="others=y; open=yes"), n("y", 20)],
        ("inconsistent", "0 to 83 people"),
    ),
    "sum: no base, only rounding": (
        [percent("x", 71, base="", kind="sum", inputs="others=y"), percent("y", 29, base="")],
        ("reproduced", "70.5 to 71.5 %"),
    ),
    "sum: no base, two points short": (
        [percent("x", 69, base="", kind="sum", inputs="others=y"), percent("y", 29, base="")],
        ("inconsistent", None),
    ),
    "base detection: a base of 31 allows both": (
        [
            *(SIZE, percent("few", 34), percent("y", 10)),
            percent("x", 32, kind="base-detection", inputs="with=y; up-to=few"),
        ],
        ("consistent", "a base of 31"),
    ),
    "base detection: none does": (
        [
            *(SIZE, percent("few", 6), percent("y", 10)),
            percent("x", 32, kind="base-detection", inputs="with=y; up-to=few"),
        ],
        ("inconsistent", None),
    ),
    "implied total: 4 are 8 % of 48 to 53": (
        [n("k", 4), percent("x", 8, base="", kind="implied-total", inputs="count=k")],
        ("consistent", "a total of 48 to 53"),
    ),
    "implied total: 4 are 70 % of nothing": (
        [n("k", 4), percent("x", 70, base="", kind="implied-total", inputs="count=k")],
        ("inconsistent", None),
    ),
    "part: 47th of 49": (
        [n("w", 49), n("x", 47, kind="part", inputs="whole=w")],
        ("consistent", "95.9 %"),
    ),
    "part: 50 of 49": (
        [n("w", 49), n("x", 50, kind="part", inputs="whole=w")],
        ("inconsistent", "102.0 %"),
    ),
    "part: people of a share": (
        [SIZE, percent("w", 70), percent("x", 87, kind="part", inputs="whole=w; shares=yes")],
        ("inconsistent", "90 people of at most 72"),
    ),
    "part: some 70 percent can be 77 people": (
        [
            *(SIZE, percent("w", 70, qualifier="about")),
            percent("x", 74, kind="part", inputs="whole=w; shares=yes"),
        ],
        ("consistent", "76 people of at most 77"),
    ),
    "part: at least": (
        [n("w", 45), n("x", 40, kind="part", inputs="least=w")],
        ("inconsistent", "at least 45"),
    ),
    "coverage: 20 against 29 percent": (
        [
            *(SIZE, n("p", 2694), percent("s", 20), percent("r", 29, base="")),
            {
                "claim": "x",
                "kind": "coverage",
                "inputs": "sample=s; n=n; population=p; reference=r",
            },
        ],
        ("reproduced", "p = 0.051 to 0.080"),
    ),
    "coverage: 20 against 40 percent": (
        [
            *(SIZE, n("p", 2694), percent("s", 20), percent("r", 40, base="")),
            {
                "claim": "x",
                "kind": "coverage",
                "inputs": "sample=s; n=n; population=p; reference=r",
            },
        ],
        ("inconsistent", None),
    ),
    "difference: one point more": (
        [
            *(n("a", 6), n("b", 17), n("c", 45), n("d", 131)),
            percent(
                *("x", 1, ""),
                kind="difference",
                inputs="part1=a; whole1=b; part2=c; whole2=d",
            ),
        ],
        ("reproduced", "0.94 points"),
    ),
    "difference: three percent more": (
        [
            *(n("a", 6), n("b", 17), n("c", 45), n("d", 131)),
            percent(
                *("x", 3, ""),
                kind="difference",
                inputs="part1=a; whole1=b; part2=c; whole2=d",
            ),
        ],
        ("consistent", "2.75 %"),
    ),
    "difference: the whole that makes it right": (
        [
            *(n("a", 6), n("b", 17), n("c", 45), percent("v", 1, "")),
            n("x", 200, kind="difference", inputs="part1=a; whole1=b; part2=c; value=v"),
        ],
        ("inconsistent", None),
    ),
    "comparison: most": (
        [
            *(SIZE, percent("a", 33), percent("b", 32)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=most; left=a; right=b"},
        ],
        ("reproduced", "more than 32"),
    ),
    "comparison: not the most": (
        [
            *(SIZE, percent("a", 32), percent("b", 32)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=most; left=a; right=b"},
        ],
        ("inconsistent", "more than 32"),
    ),
    "comparison: 50 is no majority": (
        [
            *(SIZE, percent("a", 50)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=majority; left=a"},
        ],
        ("inconsistent", "more than 50 %"),
    ),
    "comparison: 45 is almost half": (
        [
            *(SIZE, percent("a", 45)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=almost-half; left=a"},
        ],
        ("reproduced", "45 to 50 %"),
    ),
    "comparison: almost the same as one of two": (
        [
            *(n("a", 20), n("b", 18), n("c", 48)),
            {
                "claim": "x",
                "kind": "comparison",
                "inputs": "relation=almost-same; left=a; right=b c",
            },
        ],
        ("consistent", "2 apart"),
    ),
    "comparison: not stable": (
        [
            *(n("a", 58), n("b", 60), n("c", 75), n("d", 105)),
            {
                "claim": "x",
                "kind": "comparison",
                "inputs": "relation=stable; left=a; left-of=b; right=c; right-of=d",
            },
        ],
        ("inconsistent", "25 points"),
    ),
    "same: printed twice": (
        [year("y", 2010), year("x", 2010, kind="same", inputs="as=y")],
        ("reproduced", "2010"),
    ),
    "same: printed differently": (
        [year("y", 2011), year("x", 2010, kind="same", inputs="as=y")],
        ("inconsistent", "2011"),
    ),
    "list: three named": (
        [n("x", 3, "areas", kind="list", inputs="items=one / two / three")],
        ("reproduced", "3"),
    ),
    "list: rows of a table": (
        [n("x", 2, "papers", kind="list", inputs="items=table papers paper=made")],
        ("inconsistent", "1"),
    ),
    "list: third after two": (
        [n("x", 3, "place", kind="list", inputs="items=India / Iran; before=1")],
        ("reproduced", "3"),
    ),
    "numbering: the first": ([n("x", 1, "figure", kind="numbering")], ("reproduced", "1")),
    "numbering: one twice": (
        [n("y", 1, "figure"), n("x", 1, "figure", kind="numbering", inputs="previous=y")],
        ("inconsistent", "2"),
    ),
    "bands: contiguous": (
        [n("y", "30-40", "age band"), n("x", "25-29", "age band", kind="bands", inputs="next=y")],
        ("reproduced", "29"),
    ),
    "bands: overlapping": (
        [n("y", 40, "age band"), n("x", "30-40", "age band", kind="bands", inputs="next=y")],
        ("inconsistent", "39"),
    ),
    "chronology: ratified after it was signed": (
        [
            year("y", 2004),
            n("x", "2005-06-20", "date", kind="chronology", inputs="after=y"),
        ],
        ("consistent", "from 2004"),
    ),
    "chronology: data younger than its document": (
        [year("x", 2022, kind="chronology", inputs="before=papers:made:year")],
        ("inconsistent", "to 2021"),
    ),
    "chronology: early 1990s reach 1994": (
        [
            n("y", "1994-04-06", "date"),
            n("x", 1990, "decade", qualifier="early", kind="chronology", inputs="after=y"),
        ],
        ("consistent", "from 1994"),
    ),
    "duration: ten years are almost ten": (
        [
            *(year("a", 2002), year("b", 2012)),
            n("x", 10, "years", qualifier="almost", kind="duration", inputs="from=a; to=b"),
        ],
        ("consistent", "10 years"),
    ),
    "duration: twelve are not": (
        [
            *(year("a", 2000), year("b", 2012)),
            n("x", 10, "years", qualifier="almost", kind="duration", inputs="from=a; to=b"),
        ],
        ("inconsistent", "12 years"),
    ),
    "duration: seven years are not the last five": (
        [
            year("a", 2014),
            n(
                *("x", 5, "years"),
                qualifier="last",
                kind="duration",
                inputs="from=a; to=papers:made:year",
            ),
        ],
        ("inconsistent", "7 years"),
    ),
    "conversion: the century of a year": (
        [
            year("y", 1991),
            n("x", 20, "century", kind="conversion", inputs="year=y"),
        ],
        ("reproduced", "20"),
    ),
    "conversion: 2000 lies in the twentieth": (
        [
            year("y", 2000),
            n("x", 21, "century", kind="conversion", inputs="year=y"),
        ],
        ("inconsistent", "20"),
    ),
    "conversion: six weeks are at most six months": (
        [
            n("y", 6, "months"),
            n("x", 30, "weeks", kind="conversion", inputs="at-most=y"),
        ],
        ("inconsistent", "at most 26.1 weeks"),
    ),
    "conversion: national hours differ": (
        [
            *(n("a", 45, "hours"), n("l", 25, "hours"), n("h", 30, "hours")),
            {"claim": "x", "kind": "conversion", "inputs": "national=a; low=l; high=h"},
        ],
        ("reproduced", "1.50 to 1.80"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_check_gives_its_verdict_and_what_it_recomputed(case, claims_folder):
    rows, (wanted, recomputed) = CASES[case]
    verdict = judge(read_book(claims_folder(*rows)), "x")
    assert verdict.verdict == wanted
    if recomputed:
        assert verdict.deciding.recomputed == recomputed
    assert (verdict.reason in REASONS) == (wanted == "not checkable")


def test_every_check_has_a_case():
    kinds = {row["kind"] for rows, _ in CASES.values() for row in rows if row["claim"] == "x"}
    assert kinds == set(CHECKS)


def test_every_kind_of_the_codebook_has_a_check_or_a_reason():
    (claims,) = [each for each in read_descriptor()["resources"] if each["path"] == "claims.csv"]
    (kind,) = [field for field in claims["schema"]["fields"] if field["name"] == "kind"]
    assert set(kind["constraints"]["enum"]) == set(CHECKS) | set(NO_CHECK)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([year("x", 2010, kind="same", inputs="as=x")], "x would be checked against itself"),
        ([year("x", 2010, kind="same", inputs="as=y")], "there is no claim 'y'"),
        ([year("x", 2010, kind="same")], "same needs the role 'as'"),
        ([year("x", 2010, kind="same", inputs="as=x; of=x")], "same has no role 'of'"),
        ([year("x", 2010, kind="same", inputs="x")], "'x' is not role=reference"),
        (
            [year("x", 2010, kind="chronology", inputs="after=papers:none:year")],
            "there is no cell 'papers:none:year'",
        ),
        ([{"claim": "x", "kind": "numbering"}], "numbering needs a number"),
        ([percent("x", "25-29", "")], "'25-29' is not a percentage"),
        ([percent("x", 33, "size", kind="share")], "there is no claim 'size'"),
        (
            [percent("x", 33, "", kind="part", inputs="whole=y; shares=yes"), n("y", 9)],
            "part cannot be computed; is a role or a base missing?",
        ),
        (
            [n("x", 3, "weeks", kind="conversion", inputs="at-most=y"), n("y", 9, "years old")],
            "conversion cannot be computed",
        ),
    ],
)
def test_a_claim_that_cannot_be_followed_is_named(rows, said, claims_folder):
    with pytest.raises(TableError, match=r"claims\.csv, row 2") as caught:
        read_book(claims_folder(*rows))
    assert said in str(caught.value)


def test_a_check_that_no_number_could_fail_is_no_evidence(claims_folder):
    rows = [n("w", 1000), n("x", 5, kind="part", inputs="whole=w")]
    verdict = judge(read_book(claims_folder(*rows)), "x")
    assert (verdict.verdict, verdict.reason) == ("not checkable", "check has no power")
    assert verdict.power == 0
