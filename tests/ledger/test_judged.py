"""The ledger of a document is judged once for one state of what it rests on."""

import contextlib
import subprocess
import sys

import pytest

from analysis import claim_statuses, ledger_table, paths, row_statuses, status_of
from analysis.data import kept
from analysis.data.collection import documents, judged_together
from analysis.ledger import duration_table, judged, multiverse_table, mutation_table, outcomes_under
from analysis.ledger.read import read_claims
from analysis.ledger.verdicts import Audit, refused_share

ORCHARD = [
    {"claim": "orchard-growers", "printed": "40", "unit": "people", "kind": "alone"},
    {"claim": "orchard-men", "printed": "20", "unit": "percent", "base": "orchard-growers"},
]
MILL = [
    {"claim": "mill-workers", "printed": "12", "unit": "people", "kind": "alone"},
    {"claim": "mill-women", "printed": "30", "unit": "percent", "base": "mill-workers"},
]
PAPERS = [{"paper": "orchard"}, {"paper": "mill"}]


@pytest.fixture
def ours(claims_folder, tmp_path, monkeypatch):
    """Return a function that makes documents ours, from their claims; nothing is kept of them."""

    def make(*claims):
        rows = [{"paper": row["claim"].split("-")[0], "kind": "share"} | row for row in claims]
        folder = claims_folder(*rows, papers=PAPERS)
        monkeypatch.setattr(paths, "RAW", folder)
        monkeypatch.setattr(paths, "CACHE", tmp_path / ".cache")
        kept.forget()
        return folder

    yield make
    kept.forget()


@pytest.fixture
def audits(monkeypatch):
    """Return a list that grows with every audit that is made: the documents of its claims."""
    made = []

    class Counted(Audit):
        def __init__(self, claims):
            made.append(sorted({claim.paper for claim in claims.values()}))
            super().__init__(claims)

    monkeypatch.setattr(judged, "Audit", Counted)
    return made


def changed(file, before, after):
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def test_a_ledger_is_judged_once_and_then_read(ours, audits):
    ours(*ORCHARD, *MILL)
    first = ledger_table()
    assert sorted(audits) == [["mill"], ["orchard"]]
    kept.forget()
    assert ledger_table().equals(first)
    assert claim_statuses(["mill-women"]).to_list() == ["does not hold"]
    verdict = first.set_index("claim").loc["orchard-men", "verdict"]
    assert status_of("orchard-men")[0].verdict == verdict
    assert len(audits) == 2


def test_a_changed_cell_makes_its_document_anew_and_leaves_the_entry_of_the_other(ours, audits):
    folder = ours(*ORCHARD, *MILL)
    ledger_table()
    other = {file: file.stat().st_mtime_ns for file in paths.CACHE.glob("*orchard*/*")}
    changed(folder / "mill" / "claims.csv", ",30,", ",25,")
    assert claim_statuses(["mill-women"]).to_list() != ["does not hold"]
    assert audits[2:] == [["mill"]]
    kept.forget()
    ledger_table()
    assert audits[2:] == [["mill"]]
    assert other and other == {file: file.stat().st_mtime_ns for file in other}


def test_a_document_is_judged_without_opening_the_tables_of_another(ours):
    folder = ours(*ORCHARD, *MILL)
    code = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "from pathlib import Path; from analysis import claim_statuses, paths\n"
        f"paths.RAW, paths.CACHE = Path({str(folder)!r}), Path({str(folder.parent / 'c')!r})\n"
        "claim_statuses(['mill-women'])\n"
        "print(*[each for each in opened if each.startswith(str(paths.RAW))], sep='\\n')"
    )
    for _ in ("computed", "found"):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        names = {tuple(line.split("/")[-2:]) for line in run.stdout.split()}
        assert ("mill", "claims.csv") in names and ("orchard", "document.yml") in names
        assert not [name for place, name in names if place == "orchard" and name[-3:] == "csv"]


def test_documents_whose_claims_name_those_of_another_are_judged_together(ours, audits):
    again = {"claim": "mill-growers", "printed": "41", "unit": "people", "kind": "same"}
    folder = ours(*ORCHARD, *MILL, again | {"inputs": "as=orchard-growers"})
    (folder / "mill" / "document.yml").write_text("citation: mill\ncompared_with: [orchard]\n")
    assert [len(group) for group in judged_together(documents(folder))] == [2]
    assert claim_statuses(["orchard-growers"]).to_list() == ["does not hold"]
    assert audits == [["mill", "orchard"]]
    assert set(read_claims(papers=["orchard"])) == set(read_claims())


def test_a_claim_of_another_document_that_no_entry_names_is_missed(ours):
    again = {"claim": "mill-growers", "printed": "41", "unit": "people", "kind": "same"}
    ours(*ORCHARD, *MILL, again | {"inputs": "as=orchard-growers"})
    with pytest.raises(ValueError, match="column inputs: there is no claim 'orchard-growers'"):
        ledger_table()


def test_what_is_wrong_in_several_documents_is_all_told(ours):
    wrong = [{**ORCHARD[1], "base": "plums"}, {**MILL[1], "base": "flour"}]
    ours(ORCHARD[0], MILL[0], *wrong)
    with pytest.raises(ValueError, match=r"'plums'(.|\n)*'flour'|'flour'(.|\n)*'plums'"):
        ledger_table()


def test_whatever_is_kept_is_what_would_be_computed(ours):
    folder = ours(*ORCHARD, *MILL)
    mine = folder.with_name("mine")
    folder.rename(mine)
    computed = [each(folder=mine) for each in (ledger_table, multiverse_table, mutation_table)] + [
        outcomes_under("as stated", folder=mine)
    ]
    mine.rename(folder)
    for _ in ("computed", "found"):
        kept.forget()
        found = [ledger_table(), multiverse_table(), mutation_table(), outcomes_under("as stated")]
        assert all(a.equals(b) for a, b in zip(found, computed, strict=True))


def test_assumed_settings_are_kept_apart_and_assumed_numbers_are_not_kept(ours, audits):
    ours(*ORCHARD, *MILL)
    usual, cut = ledger_table(), ledger_table(assumed=["rounding=truncate"])
    assert ledger_table(assumed=["rounding=half-any"]).equals(usual)
    entries = len(list(paths.CACHE.rglob("*.json")))
    assert len(audits) == 4 and not cut.equals(usual)
    assumed = ledger_table(assumed=["mill-women=25"]).set_index("claim")
    assert assumed.loc["mill-women", "printed"] == "25"
    assert entries == len(list(paths.CACHE.rglob("*.json")))


def test_a_claim_whose_name_begins_otherwise_than_its_document_is_found(ours):
    ours(*ORCHARD, *MILL, {"claim": "mill-orchard-hands", "printed": "9", "kind": "alone"})
    assert list(claim_statuses(["mill-orchard-hands"])) == ["unknown"]
    assert judged.papers_of(["mill-orchard-hands", "plums"]) == {"mill"}
    with pytest.raises(ValueError, match="there is no duration 'plums'"):
        duration_table(["plums"])
    with pytest.raises(ValueError, match="nothing is claimed of rows 'pears:' of plums"):
        row_statuses("plums/pears")


def test_without_text_a_check_refuses_the_same_numbers(monkeypatch):
    claims = read_claims()
    checked = [name for name in claims if claims[name].printed and claims[name].kind == "sum"]
    quiet = [refused_share(claims, name, name) for name in checked]
    monkeypatch.setattr("analysis.ledger.verdicts.quiet", contextlib.nullcontext)
    assert quiet == [refused_share(claims, name, name) for name in checked]


def test_the_ledger_rests_on_no_other_code_than_its_state_covers():
    code = (
        "import sys; from analysis import ledger_table, multiverse_table, mutation_table\n"
        "from analysis import paths; paths.CACHE = None\n"
        "ledger_table(), multiverse_table(), mutation_table()\n"
        "print(*{each.split('.')[1] for each in sys.modules if each.startswith('analysis.')})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {*kept.PARTS, *kept.FILES}
