"""A notebook's page: the lesson is open, answers unfold, its claims stand there as judged."""

import copy

import pytest

from analysis.language.current import label, speaking
from analysis.ledger.table import STATUSES
from analysis.report.site.paper.notebook import notebook_html
from analysis.report.site.shown.claims import claim_records
from analysis.report.site.shown.notebooks import claims_table, prepared, replaced, with_tags
from analysis.report.site.shown.sections import claims_of_notebook
from tests.judgements import differences, judgements

SECTION = {"slug": "07-made", "claims": [], "figures": [], "tables": []}


def code(source, *tags, **data):
    outputs = [{"data": data}] if data else []
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": outputs,
    }


MADE = [
    {"cell_type": "markdown", "metadata": {}, "source": "# Rain\n\n**Question.** How much?"},
    code('n = 40\nlanguage = "en"', "parameters"),
    code('# Parameters\nlanguage = "ru"', "injected-parameters"),
    code("sum([1, 2])", "by-hand", **{"text/plain": "3"}),
    code("total", "by-library", **{"text/plain": "3"}),
    code("hidden()", **{"text/plain": "4"}),
    code("solved()", "solution", "nbval-check-output", **{"text/plain": "five"}),
]


@pytest.fixture
def page(tmp_path):
    return prepared({"cells": copy.deepcopy(MADE)}, SECTION, tmp_path)["cells"]


def tags_of(page, source):
    (cell,) = [cell for cell in page if cell["source"] == source]
    return set(cell["metadata"]["tags"])


def test_the_title_has_the_number_of_the_notebook(page):
    assert page[0]["source"].startswith("# 07 Rain\n")


def test_the_parameters_stand_there_once_with_the_values_of_the_run(page):
    assert tags_of(page, 'n = 40\nlanguage = "ru"') == {"parameters"}
    assert not [c for c in page if "injected-parameters" in c["metadata"].get("tags", [])]
    assert replaced("a = [\n    1,\n]\nb = 2  # two", "a = [3]") == "a = [3]\nb = 2  # two"


def test_code_of_the_lesson_is_open_other_code_folded_and_a_solution_with_its_output(page):
    folding = {"hide-input", "hide-cell"}
    assert not folding & (tags_of(page, "sum([1, 2])") | tags_of(page, "total"))
    assert tags_of(page, "hidden()") & folding == {"hide-input"}
    assert tags_of(page, "solved()") & folding == {"hide-cell"}


def test_on_paper_lessons_have_their_code_and_answers_stand_at_the_end():
    shown = notebook_html({"cells": MADE}, SECTION, {})
    assert "sum([1, 2])" in shown and "language = &quot;ru&quot;" in shown
    assert "hidden()" not in shown and "solved()" not in shown
    assert shown.index("five") > shown.index("Answers to the exercises") > shown.index("4")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_status_that_fills_a_cell_of_a_table_has_its_colours(language):
    with speaking(language):
        for word in STATUSES:
            shown = with_tags(f"<td>{label(word)}</td>")
            assert shown.startswith(f'<td><span class="tag {word.replace(" ", "-")}">')
        assert with_tags("<td>something else</td>") == "<td>something else</td>"


def test_the_pages_of_the_notebooks_show_every_claim_that_is_theirs_as_the_ledger_judges(ledger):
    records = claim_records(ledger)
    for notebook in set(ledger["notebook"]) - {""}:
        mine = claims_of_notebook(records, f"99-{notebook}")
        for linked in (True, False):
            table = claims_table({"claims": mine}, linked)
            shown = {claim for named, _, _ in judgements(table, ledger) for claim in named}
            expected = ledger.loc[ledger["notebook"] == notebook, "claim"]
            assert shown == set(expected) and not differences(table, ledger)


def test_a_claim_that_is_judged_otherwise_on_such_a_page_is_found(ledger):
    records = claim_records(ledger)[:3]
    records[1]["verdict"] = "inconsistent" if records[1]["verdict"] != "inconsistent" else "holds"
    assert differences(claims_table({"claims": records}, True), ledger)


def test_hostile_words_of_a_claim_stay_words(ledger):
    (record,) = claim_records(ledger.head(1))
    record |= {"statement": "<script>alert(1)</script>", "why": '"><b>'}
    shown = claims_table({"claims": [record]}, True)
    assert "<script" not in shown and "<b>" not in shown


def test_the_answer_stands_behind_the_question_and_quiet_code_in_one_fold(tmp_path):
    prose = {"cell_type": "markdown", "metadata": {}}
    cells = [
        MADE[0],
        {**prose, "source": "## Parameters"},
        code("n = 40", "parameters"),
        code("import math"),
        {**prose, "source": "## Answer"},
        code("rain = 3"),
        code("Sentence()", "answer", **{"text/plain": "Three."}),
        {**prose, "source": "## Evidence"},
        code("a = 1"),
        code("a", **{"text/plain": "1"}),
    ]
    page = prepared({"cells": copy.deepcopy(cells)}, SECTION, tmp_path)["cells"]
    assert [cell["source"] for cell in page[1:-1]] == [
        "## Answer",
        "Sentence()",
        "## Parameters",
        "n = 40",
        "import math\n\nrain = 3",
        "## Evidence",
        "a = 1\n\na",
    ]
