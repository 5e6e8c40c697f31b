"""The pages say of a claim what the ledger says."""

from tests.judgements import differences, judgements


def test_no_page_judges_a_claim_otherwise_than_the_ledger(report, ledger):
    pages = sorted(report.rglob("*.html"))
    found = {page.name: differences(page.read_text("utf-8"), ledger) for page in pages}
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_the_page_of_the_ledger_judges_every_claim(report, ledger):
    shown = judgements((report / "ledger.html").read_text("utf-8"), ledger)
    named = {claim for names, words, _ in shown for claim in names if words}
    assert named == set(ledger["claim"])
