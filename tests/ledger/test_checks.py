"""Each check of the ledger on made-up claims: what agrees, what does not, and the arithmetic."""

import re

import pytest

from analysis.data.tables import TableError
from analysis.ledger.checks import CHECKS, Check, Reading, check
from analysis.ledger.problems import claim_problems
from analysis.ledger.read import read_claims
from analysis.ledger.table import judge, ledger_table
from analysis.ledger.verdicts import REASONS


def n(claim, printed, unit="people", **more):
    """Return a claim that prints a number and has no check of its own."""
    return {"claim": claim, "printed": str(printed), "unit": unit, "kind": "alone"} | more


def percent(claim, printed, base="n", **more):
    return n(claim, printed, "percent", base=base, **more)


def year(claim, printed, **more):
    return n(claim, printed, "year", **more)


WORDS_OF_PYTHON = re.compile(r"\barg|literal|NoneType|Traceback|object|unpack|index|Fraction|int\(")
SIZE = n("n", 107)
FACT = {"paper": "made", "topic": "who", "printed": "nobody", "verdict": "context"}
CASES = {
    "share: no head-count of 10 prints as 33": (
        [n("n", 10), percent("x", 33, kind="share")],
        ("inconsistent", None),
    ),
    "share: 3 of 10": ([n("n", 10), percent("x", 30, kind="share")], ("consistent", "3 people")),
    "share: every percentage of 107 is possible": (
        [SIZE, percent("x", 33, kind="share")],
        ("not checkable", "35 people"),
    ),
    "share: no base": ([percent("x", 33, base="", kind="share")], ("not checkable", None)),
    "sum: 80 follows from 20": (
        [SIZE, percent("x", 80, kind="sum", inputs="others=y"), percent("y", 20)],
        ("reproduced", "86 people"),
    ),
    "sum: one person is missing": (
        [SIZE, percent("x", 79, kind="sum", inputs="others=y"), percent("y", 20)],
        ("conditional", "86 people"),
    ),
    "sum: too many": (
        [SIZE, percent("x", 81, kind="sum", inputs="others=y"), percent("y", 20)],
        ("inconsistent", "86 people"),
    ),
    "sum: room for other answers only": (
        [SIZE, percent("x", 70, kind="sum", inputs="others=y; open=yes"), percent("y", 20)],
        ("not checkable", "0 to 86 people"),
    ),
    "sum: head-counts": (
        [SIZE, n("x", 90, base="n", kind="sum", inputs="others=y; open=yes"), n("y", 20)],
        ("inconsistent", "0 to 87 people"),
    ),
    "sum: no base, only rounding": (
        [percent("x", 71, base="", kind="sum", inputs="others=y"), percent("y", 29, base="")],
        ("consistent", "70.5 to 71.5 %"),
    ),
    "sum: no base, two points short": (
        [percent("x", 69, base="", kind="sum", inputs="others=y"), percent("y", 29, base="")],
        ("inconsistent", None),
    ),
    "sum: no base, 50.5 and 49.5 print as 51 and 50": (
        [percent("x", 51, base="", kind="sum", inputs="others=y"), percent("y", 50, base="")],
        ("consistent", "49.5 to 50.5 %"),
    ),
    "sum: no base, one decimal leaves room for 0.15": (
        [
            *(percent("y", "25.0", base=""), percent("z", "25.0", base="")),
            percent("x", "49.8", base="", kind="sum", inputs="others=y z"),
        ],
        ("conditional", "49.9 to 50.1 %"),
    ),
    "sum: no base, other answers are possible": (
        [
            *(percent("x", 37, base="", kind="sum", inputs="others=y; open=yes"),),
            percent("y", 13, base=""),
        ],
        ("not checkable", "0 to 87.5 %"),
    ),
    "sum: no base, other answers take no more than is left": (
        [
            *(percent("x", 89, base="", kind="sum", inputs="others=y; open=yes"),),
            percent("y", 13, base=""),
        ],
        ("inconsistent", "0 to 87.5 %"),
    ),
    "sum: no base, a per mille is a tenth of a percent": (
        [
            *(percent("x", "99.7", base="", kind="sum", inputs="others=y"),),
            n("y", 3, "per mille"),
        ],
        ("reproduced", "99.65 to 99.75 %"),
    ),
    "share: 3 per mille of 40 people is nobody": (
        [n("n", 40), n("x", 3, "per mille", base="n", kind="share")],
        ("inconsistent", "no whole number of people"),
    ),
    "share: of a base that is nobody": (
        [n("n", 10), percent("m", 33), percent("x", 50, "m", kind="share")],
        ("inconsistent", "no whole number of people"),
    ),
    "base detection: a base of 31 allows both": (
        [
            *(SIZE, percent("few", 34), percent("y", 10)),
            percent("x", 32, kind="base-detection", inputs="with=y; up-to=few"),
        ],
        ("conditional", "45 people"),
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
        ("not checkable", "a total of 48 to 53"),
    ),
    "implied total: 4 are 70 % of nothing": (
        [n("k", 4), percent("x", 70, base="", kind="implied-total", inputs="count=k")],
        ("inconsistent", None),
    ),
    "implied total: 3 are 0.4 % of 667 to 857": (
        [n("k", 3), percent("x", "0.4", base="", kind="implied-total", inputs="count=k")],
        ("not checkable", "a total of 667 to 857"),
    ),
    "implied total: 3 are 0 % of any 600": (
        [n("k", 3), percent("x", 0, base="", kind="implied-total", inputs="count=k")],
        ("not checkable", "a total of at least 600"),
    ),
    "part: 47th of 49": (
        [n("w", 49), n("x", 47, kind="part", inputs="whole=w")],
        ("not checkable", "at most 49 people"),
    ),
    "part: 50 of 49": (
        [n("w", 49), n("x", 50, kind="part", inputs="whole=w")],
        ("inconsistent", "at most 49 people"),
    ),
    "part: people of a share": (
        [SIZE, percent("w", 70), percent("x", 87, kind="part", inputs="whole=w; shares=yes")],
        ("inconsistent", "93 people of at most 75"),
    ),
    "part: some 70 percent can be 80 people": (
        [
            *(SIZE, percent("w", 70, qualifier="about")),
            percent("x", 74, kind="part", inputs="whole=w; shares=yes"),
        ],
        ("not checkable", "79 people of at most 80"),
    ),
    "part: 80 % of 100 people among 60 % of 200": (
        [
            *(n("n", 200), n("m", 100), percent("w", 60)),
            percent("x", 80, "m", kind="part", inputs="whole=w"),
        ],
        ("not checkable", "80 people of at most 121"),
    ),
    "part: 90 % of 100 people are not among 30 % of 200": (
        [
            *(n("n", 200), n("m", 100), percent("w", 30)),
            percent("x", 90, "m", kind="part", inputs="whole=w"),
        ],
        ("inconsistent", "90 people of at most 61"),
    ),
    "part: 49.8 is at least 50 as far as both are printed": (
        [
            *(percent("w", 50, ""),),
            percent("x", "49.8", "", kind="part", inputs="least=w"),
        ],
        ("not checkable", "at least 50 %"),
    ),
    "part: at least": (
        [n("w", 45), n("x", 40, kind="part", inputs="least=w")],
        ("inconsistent", "at least 45 people"),
    ),
    "coverage: 20 against 27 percent": (
        [
            *(SIZE, n("p", 2700), percent("s", 20), percent("r", 27, base="")),
            {
                "claim": "x",
                "kind": "coverage",
                "inputs": "sample=s; n=n; population=p; reference=r",
            },
        ],
        ("consistent", "p = 0.082 to 0.125"),
    ),
    "coverage: 20 against 40 percent": (
        [
            *(SIZE, n("p", 2700), percent("s", 20), percent("r", 40, base="")),
            {
                "claim": "x",
                "kind": "coverage",
                "inputs": "sample=s; n=n; population=p; reference=r",
            },
        ],
        ("inconsistent", None),
    ),
    "coverage: decimals": (
        [
            *(n("n", 200), n("p", 2000), percent("s", "41.5"), percent("r", "45.2", base="p")),
            {
                "claim": "x",
                "kind": "coverage",
                "inputs": "sample=s; n=n; population=p; reference=r",
            },
        ],
        ("consistent", "p = 0.320 to 0.320"),
    ),
    "difference: 35 to 43 can be 7 points": (
        [
            *(percent("a", 43, ""), percent("b", 35, ""), percent("h", 100, "")),
            n("x", 7, "points", kind="difference", inputs="part1=a; whole1=h; part2=b; whole2=h"),
        ],
        ("consistent", "7.00 to 9.00 points"),
    ),
    "difference: 45 less 40 of 100 people are not 5.4 points": (
        [
            *(n("a", 45), n("b", 40), n("h", 100)),
            n(
                *("x", "5.4", "points"),
                kind="difference",
                inputs="part1=a; whole1=h; part2=b; whole2=h",
            ),
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
        ("conditional", "2.75 % of the second"),
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
        ("consistent", "2.75 % of the second"),
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
        ("reproduced", "more than 32 %"),
    ),
    "comparison: not the most": (
        [
            *(SIZE, percent("a", 32), percent("b", 32)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=most; left=a; right=b"},
        ],
        ("inconsistent", "more than 32 %"),
    ),
    "comparison: 50 may be a majority: 54 of 107": (
        [
            *(SIZE, percent("a", 50)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=majority; left=a"},
        ],
        ("consistent", "more than 50 %"),
    ),
    "sum: no base, three rough numbers": (
        [
            *(percent("y", 30, "", qualifier="about"), percent("z", 35, "", qualifier="about")),
            percent("x", 30, "", qualifier="about", kind="sum", inputs="others=y z"),
        ],
        ("not checkable", None),
    ),
    "share: more than 90 % can be 40 of 43": (
        [n("n", 43), percent("x", 90, qualifier="more than", kind="share")],
        ("not checkable", "39 to 43 people"),
    ),
    "share: less than 1 % of 40 is nobody": (
        [n("n", 40), percent("x", 1, qualifier="under", kind="share")],
        ("not checkable", "0 people"),
    ),
    "share: 10-15 % of 5 people is nobody": (
        [n("n", 5), percent("x", "10-15", kind="share")],
        ("inconsistent", "no whole number of people"),
    ),
    "share: a third of 2 people is nobody, as rough as a word is": (
        [n("n", 2), percent("x", "1/3", kind="share")],
        ("inconsistent", "no whole number of people"),
    ),
    "same: nearly 70 and 67": (
        [
            percent("y", 67, ""),
            percent("x", 70, "", qualifier="nearly", kind="same", inputs="as=y"),
        ],
        ("not checkable", "67"),
    ),
    "same: three places, two of them apart": (
        [
            *(year("y", 2010), year("z", 2011, kind="same", inputs="as=y")),
            year("x", 2010, kind="same", inputs="as=y"),
        ],
        ("inconsistent", "2010 and 2011"),
    ),
    "list: more are named than are stated": (
        [n("x", 2, "areas", kind="list", inputs="items=one / two / three")],
        ("inconsistent", "3"),
    ),
    "difference: of two shares, without a whole": (
        [
            *(percent("a", 43, ""), percent("b", 35, "")),
            n("x", 4, "points", kind="difference", inputs="part1=a; part2=b"),
        ],
        ("inconsistent", "7.00 to 9.00 points"),
    ),
    "comparison: 45 of 100 is a minority": (
        [
            *(n("n", 100), percent("a", 45)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=minority; left=a"},
        ],
        ("reproduced", "less than 50 %"),
    ),
    "comparison: 45 is no third": (
        [
            *(SIZE, percent("a", 45)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=a-third; left=a"},
        ],
        ("inconsistent", "28.3 to 38.3 %"),
    ),
    "comparison: 41 is twice 20": (
        [
            *(SIZE, percent("a", 41), percent("b", 20)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=twice; left=a; right=b"},
        ],
        ("reproduced", "twice 20 %"),
    ),
    "comparison: 41 is not the smallest": (
        [
            *(SIZE, percent("a", 41), percent("b", 20)),
            {"claim": "x", "kind": "comparison", "inputs": "relation=smallest; left=a; right=b"},
        ],
        ("inconsistent", "less than 20 %"),
    ),
    "duration: any of two beginnings": (
        [
            *(year("a", 2002), year("b", 2012), year("c", 1990)),
            n("x", 10, "years", qualifier="almost", kind="duration", inputs="from=a c; to=b"),
        ],
        ("conditional", "21 to 23 years"),
    ),
    "comparison: 60 of 200 people are no majority": (
        [
            *(n("n", 200), n("a", 60, base="n")),
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
        ("reproduced", "2 apart"),
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
        ("inconsistent", "25.2 points"),
    ),
    "same: printed twice": (
        [year("y", 2010), year("x", 2010, kind="same", inputs="as=y")],
        ("not checkable", "2010"),
    ),
    "same: printed differently": (
        [year("y", 2011), year("x", 2010, kind="same", inputs="as=y")],
        ("inconsistent", "2011"),
    ),
    "same: 66.7 prints as 67": (
        [percent("y", "66.7", ""), percent("x", 67, "", kind="same", inputs="as=y")],
        ("not checkable", "66.7"),
    ),
    "same: a month of the year": (
        [n("y", "2015-05", "date"), year("x", 2015, kind="same", inputs="as=y")],
        ("not checkable", "2015-05"),
    ),
    "list: three named": (
        [n("x", 3, "areas", kind="list", inputs="items=one / two / three")],
        ("reproduced", "3"),
    ),
    "list: rows of a table": (
        [n("x", 2, "papers", kind="list", inputs="items=table papers paper=made")],
        ("conditional", "1"),
    ),
    "list: third after two": (
        [n("x", 3, "place", kind="list", inputs="items=India / Iran; before=1")],
        ("reproduced", "3"),
    ),
    "naming: as the reference list has it": (
        [
            n("y", 3, anchor="of the Board of Trade"),
            {"claim": "x", "kind": "naming", "inputs": "name=Board of Trade; as=y"},
        ],
        ("reproduced", None),
    ),
    "naming: otherwise": (
        [
            n("y", 3, anchor="of the Board of Trade"),
            {"claim": "x", "kind": "naming", "inputs": "name=Board of Health; as=y"},
        ],
        ("inconsistent", "“of the Board of Trade”"),
    ),
    "list: both, and one is named": (
        [{"claim": "x", "kind": "list", "inputs": "items=the first; word=both"}],
        ("conditional", "two are spoken of"),
    ),
    "list: none, and one is named": (
        [{"claim": "x", "kind": "list", "inputs": "items=the first; word=none"}],
        ("inconsistent", "none is said to be there"),
    ),
    "comparison: one of one rows is a majority": (
        [
            {
                "claim": "x",
                "kind": "comparison",
                "inputs": "relation=majority; left=table papers year>=2020; left-of=table papers",
            },
        ],
        ("reproduced", "more than 50 %"),
    ),
    "comparison: what 60 and 20 leave for two is almost 10": (
        [
            *(percent("a", 60, ""), percent("b", 20, ""), percent("c", 10, "")),
            {
                "claim": "x",
                "kind": "comparison",
                "inputs": "relation=rest-alike; left=a b; things=2; right=c",
            },
        ],
        ("reproduced", "almost 10 %"),
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
        ("not checkable", "from 2004"),
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
        ("not checkable", "from 1994"),
    ),
    "duration: ten years are almost ten": (
        [
            *(year("a", 2002), year("b", 2012)),
            n("x", 10, "years", qualifier="almost", kind="duration", inputs="from=a; to=b"),
        ],
        ("consistent", "9 to 11 years"),
    ),
    "duration: twelve are not": (
        [
            *(year("a", 2000), year("b", 2012)),
            n("x", 10, "years", qualifier="almost", kind="duration", inputs="from=a; to=b"),
        ],
        ("inconsistent", "11 to 13 years"),
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
        ("inconsistent", "6 to 8 years"),
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
    verdict = judge(read_claims(claims_folder(*rows)), "x")
    assert verdict.verdict == wanted
    if recomputed:
        assert verdict.deciding.recomputed == recomputed
    assert (verdict.reason in REASONS) == (wanted == "not checkable")


def test_every_check_has_a_case():
    kinds = {row["kind"] for rows, _ in CASES.values() for row in rows if row["claim"] == "x"}
    assert kinds == set(CHECKS)


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
        ([percent("x", "2010-05", "")], "column printed: '2010-05' is not a percentage"),
        ([percent("x", 33, "size", kind="share")], "there is no claim 'size'"),
        (
            [percent("x", 33, "", kind="part", inputs="whole=y; shares=yes"), n("y", 9)],
            "column base: part cannot be computed: x is a share without a base",
        ),
        (
            [n("x", 3, "weeks", kind="conversion", inputs="at-most=y"), n("y", 9, "years old")],
            "conversion cannot be computed: y: wanted a length in weeks or months or years",
        ),
        (
            [n("x", 3, kind="conversion")],
            "wanted one of the roles year, national, at-most, at-least",
        ),
        (
            [n("x", 3, "weeks", kind="duration", inputs="from=y; to=y"), year("y", 2001)],
            "column unit: duration cannot be computed: wanted a length in years or decades",
        ),
        (
            [{"claim": "x", "kind": "comparison", "inputs": "relation=many; left=y"}, n("y", 9)],
            "there is no relation 'many'; there are most, largest, more-than, smallest, less-than",
        ),
        (
            [{"claim": "x", "kind": "comparison", "inputs": "relation=most; left=y"}, n("y", 9)],
            "most needs the role 'right'",
        ),
        (
            [n("x", 3, kind="same", inputs="as=y"), n("y", "")],
            "same cannot be computed: y prints no number",
        ),
        (
            [n("x", 3, kind="part", inputs="whole=y"), n("y", "2010-05", "date")],
            "y prints '2010-05', which is not one number",
        ),
        (
            [n("x", 3, "age band", kind="bands", inputs="next=y"), n("y", "")],
            "y prints no number",
        ),
        (
            [year("x", 2010, kind="chronology", inputs="before=y"), n("y", "2010-13", "date")],
            "y prints 2010-13, which is no date",
        ),
        ([n("x", 4, kind="numbers")], "there is no check 'numbers'; there are alone, bands"),
        ([percent("x", 51, "y"), year("y", 2019)], "column base: y prints 2019, which is not"),
        (
            [percent("x", 51, "y"), n("y", "1.5", "million people")],
            "column base: y prints 1.5 million people, which is not a whole number of people",
        ),
        ([percent("x", 51, "y"), n("y", "")], "column base: y prints no number, which is not"),
        (
            [percent("x", 51, "y"), percent("y", 49, "x")],
            "column base: x rests on itself: x, y, x",
        ),
        (
            [percent("x", 51, "n y"), n("n", 9), percent("y", 49, "z"), percent("z", 30, "x")],
            "column base: x rests on itself: x, y, z, x",
        ),
    ],
)
def test_a_claim_that_cannot_be_followed_is_named(rows, said, claims_folder):
    with pytest.raises(TableError, match=r"claims\.csv, row 2") as caught:
        read_claims(claims_folder(*rows))
    assert said in caught.value.problems[0]
    assert not WORDS_OF_PYTHON.search(str(caught.value))


def test_what_the_computation_of_a_claim_stumbles_over_is_told_in_words_of_the_claim(
    claims_folder, monkeypatch
):
    def stumble(claims, claim):
        return max(())

    monkeypatch.setitem(CHECKS, "same", Check(stumble, frozenset({"as"})))
    rows = [year("y", 2010), year("x", 2010, kind="same", inputs="as=y")]
    (problem,) = claim_problems(claims_folder(*rows))
    said = "made/claims.csv, row 3, column inputs: same cannot be computed: the claim prints 2010"
    assert problem == f"{said}; y prints 2010"


def test_the_ledger_refuses_what_validate_refuses_and_in_the_same_words(claims_folder):
    folder = claims_folder(
        year("y", 2010),
        n("x", "20.5", "year", kind="chronology", inputs="after=y"),
        external_facts=[FACT],
    )
    (problem,) = claim_problems(folder)
    assert problem.startswith("made/claims.csv, row 3, column inputs: chronology cannot be")
    with pytest.raises(TableError) as caught:
        ledger_table(folder)
    assert caught.value.problems == [problem]


def test_a_check_of_ones_own_is_one_function_with_its_decorator(claims_folder):
    @check("even")
    def even(claims, claim):
        left = claims.whole_number(claim.claim) % 2
        return [Reading("", left == 0, f"{left} left", f"{left} of {claim.printed}")]

    try:
        rows = [n("x", 3, kind="even"), n("y", 4, kind="even")]
        folder = claims_folder(*rows, external_facts=[FACT])
        assert list(ledger_table(folder)["verdict"]) == ["inconsistent", "not checkable"]
    finally:
        del CHECKS["even"]


def test_a_number_that_only_one_value_could_have_does_not_end_in_an_error(claims_folder):
    rows = [n("y", 0, "obstacles"), n("x", 0, "obstacles", kind="same", inputs="as=y")]
    folder = claims_folder(*rows, external_facts=[FACT])
    assert not claim_problems(folder)
    verdict = judge(read_claims(folder), "x")
    assert (verdict.verdict, verdict.reason) == ("not checkable", "only repeated")


def test_a_check_that_no_number_could_fail_is_no_evidence(claims_folder):
    rows = [n("w", 1000), n("x", 5, kind="part", inputs="whole=w")]
    verdict = judge(read_claims(claims_folder(*rows)), "x")
    assert (verdict.verdict, verdict.reason) == ("not checkable", "check too weak")
    assert verdict.power < 0.01


@pytest.mark.parametrize(
    "rows",
    [
        [percent("x", 60, kind="share")],
        [percent("x", 60, kind="sum", inputs="others=y"), percent("y", 39)],
        [percent("x", 60, "", kind="base-detection", inputs="up-to=n; with=y"), percent("y", 40)],
        [percent("x", 60, kind="part", inputs="whole=y"), percent("y", 40)],
        [percent("x", 30, "y", kind="share"), percent("y", 60)],
        [
            {"claim": "x", "kind": "comparison", "inputs": "relation=majority; left=z"},
            percent("z", 50, "y"),
            percent("y", 60),
        ],
    ],
    ids=lambda rows: rows[0]["kind"],
)
@pytest.mark.parametrize("qualifier", ["", "about"])
def test_a_base_of_millions_is_judged_as_one_of_thousands_is(rows, qualifier, claims_folder):
    def judged_of(size):
        base = n("n", size, qualifier=qualifier)
        return judge(read_claims(claims_folder(*rows, base)), "x").verdict

    assert judged_of(700_000_000) == judged_of(70_000)


def test_of_many_sizes_of_a_base_those_are_tried_that_fit_exactly(claims_folder):
    # 49.5 and 50.5 % are all people only of a multiple of 200: 2,800 to 3,200 of 2,700 to 3,300.
    rows = [percent("x", 49, kind="sum", inputs="others=y"), percent("y", 50)]
    base = n("n", 3_000, qualifier="about")
    claims = read_claims(claims_folder(*rows, base))
    assert any(each.agrees for each in judge(claims, "x").readings if not each.conditions)
