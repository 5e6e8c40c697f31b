"""Of a claim there is one judgement: the ledger's. Notebooks, pages and explanations repeat it."""

import ast
import json
import re

import pytest

from analysis import paths
from analysis.language.prose import blocks
from analysis.ledger.explain import explain
from analysis.report.notebook import notebook_key
from tests.judgements import differences, differences_of_lines, html_of, printed_of

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
# Words that say whether a claim is right. In a notebook that treats claims only what `status_of`
# returns may use them, or a sentence that says who judges so: the ledger, its condition, a source.
JUDGING = re.compile(
    r"\b(?:(?:in)?consistent|reproduced|conditional|not checkable|contradict\w*|clash\w*|"
    r"does not hold|holds only|may hold|impossible|cannot be (?:everybody|right|true|so)|"
    r"rule[sd] out|(?:any|some|no|at least \w+|\w+) readings? (?:fits?|agrees?|is ruled)|"
    r"(?:does not |do not )?agrees? with the printed|(?:does|do) not agree with|"
    r"(?:does|do) not fit|wrong|false(?! alarm)|untrue|mistaken?|(?<!standard )errors?|really|"
    r"of one mind|more than one value|"
    r"(?:(?<!drawn )by|than) chance|chance (?:can )?explains?)\b",
    re.IGNORECASE,
)
SAID_BY = re.compile(r"\bledger\b|\bsources?\b|\bcondition\b|\?$")  # a question judges nothing
each_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


def cells(file):
    return json.loads(file.read_text("utf-8"))["cells"]


def outputs(file):
    return [output for cell in cells(file) for output in cell.get("outputs", [])]


def sentences(cell):
    """Return the prose of a cell, or the sentences in its code, piece by piece."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return [block.text for block in blocks(source)]
    constants = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    texts = [each.value for each in constants if isinstance(each.value, str)]
    return [text for text in texts if re.search("[A-Z{]", text) and " " in text]


def judging(source_cells):
    """Return the sentences of a notebook that judge by themselves."""
    found = [each for cell in source_cells for each in sentences(cell)]
    bare = {each: re.sub("`[^`]*`", "", each) for each in found}
    return [
        each for each, text in bare.items() if JUDGING.search(text) and not SAID_BY.search(text)
    ]


def treats_claims(file, ledger):
    return notebook_key(file.stem) in set(ledger["notebook"])


@each_notebook
def test_what_a_notebook_shows_of_a_claim_is_what_the_ledger_says(file, ledger):
    found = [each for output in outputs(file) for each in differences(html_of(output), ledger)]
    found += [e for o in outputs(file) for e in differences_of_lines(printed_of(o), ledger)]
    assert not found


@each_notebook
def test_no_notebook_that_treats_claims_judges_them_in_words_of_its_own(file, ledger):
    assert not treats_claims(file, ledger) or not judging(cells(file))


@pytest.mark.parametrize(
    "sentence",
    [
        "The base of the last share is not printed, so no reading is ruled out.",
        "At least two readings fit: the report looks ahead, or the sentence means its year.",
        "A span that does not fit is no contradiction.",
        "A list that stops short is no contradiction.",
        "survey and report differ by no more than chance can explain",
        "cannot be everybody: no head-counts that print so add up",
        "Impossible",
        "does the hostel really have one bed more",
        "number of tiers printed with more than one value",
        "the difference agrees with the printed one",
        "No admissible reading agrees.",
    ],
)
def test_sentences_that_once_stood_beside_the_ledger_would_be_found(sentence):
    assert judging([{"cell_type": "markdown", "source": sentence}])


def test_a_table_or_sentence_that_says_otherwise_is_found(ledger):
    row = ledger[ledger["verdict"] == "conditional"].iloc[0]
    table = "<table><tr><th>0</th><td>{}</td><td>{}</td></tr></table>"
    assert differences(table.format(row["claim"], "inconsistent"), ledger)
    assert differences(table.format(row["claim"], "right only if the moon is full"), ledger)
    assert not differences(table.format(row["claim"], row["condition"]), ledger)
    said = '<p data-claims="{}" data-verdict="{}" data-status="{}">right only if {}</p>'
    assert differences(said.format(row["claim"], "reproduced", row["status"], ""), ledger)
    assert differences('<p data-claims="a-claim" data-status="holds">text</p>', ledger) == []
    assert differences_of_lines(f"{row['claim']}: reproduced", ledger)


def test_an_explanation_ends_with_the_verdict_and_the_status_of_the_ledger(ledger):
    for row in ledger.drop_duplicates(["verdict", "reason", "status"]).itertuples():
        said = explain(row.claim)
        assert f"Verdict: {row.verdict}" in said and f"Status: {row.status}." in said
        assert not row.condition or row.condition in said
