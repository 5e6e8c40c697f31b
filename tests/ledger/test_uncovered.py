"""Numbers of made-up texts: listed where a claim is missing, excused only where they look it."""

import json

import pytest

from analysis import __main__ as command
from analysis.ledger.number_words import values_in
from analysis.ledger.problems import claim_problems
from analysis.ledger.uncovered import uncovered_numbers


def listed(text, anchors=(), words=False):
    """Return the numbers of a text that neither an anchor nor a reason accounts for."""
    found = uncovered_numbers(text, anchors, words=words)
    return found.loc[found["reason"] == "", "number"].to_list()


def reasons(text):
    """Return the reason of every number of a text."""
    return dict(uncovered_numbers(text, [])[["number", "reason"]].to_numpy().tolist())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The jars were 12. All of them broke.", ["12"]),
        ("The jars, we counted, were\n31. Of these none broke.", ["31"]),
        ("In the cellar (N=31; 12 open) it was cold.", ["31", "12"]),
        ("The shelf (31) was full.", ["31"]),
        ("It sank (by 12 points to 31 in 2020).", ["12", "31", "2020"]),
        ("(Stocks fell in 2018) and (May 2019)", ["2018", "2019"]),
        ("The level (2019) of jam", ["2019"]),
        ("a mean with 95% CI [61, 68]", ["95", "61", "68"]),
        ("64% [61; 68] of jars", ["64", "61", "68"]),
        ("[0.61, 0.68]", ["0.61", "0.68"]),
        ("jars of [18, 25] years", ["18", "25"]),
        ("Table 45% of", ["45"]),
        ("Total 64\nJars\nTotal 64", ["64", "64"]),
        ("Very cold\n64\nCold\n65", ["64", "65"]),
        ("Very cold 64\nother\nVery cold 65", ["64", "65"]),
        ("Half: ½ of 1½, and 2/3.", ["½", "1½", "2/3"]),
        ("We saw 12 345 and 1 234 567 jars of 2019.", ["12 345", "1 234 567", "2019"]),
        ("In 2019 345 jars", ["2019", "345"]),
    ],
)  # fmt: skip
def test_a_number_that_only_stands_like_an_excuse_is_listed(text, numbers):
    assert listed(text) == numbers


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Known (Jam Office, 2018; Plum and Pear, 2019a, p. 31) by Lee et al. (2020).", "citation"),
        ("Известно (Сливин и др., 2019, с. 5), как пишет Грушин (2018).", "citation"),
        ("( Report on jam for 2016, 2017, p. 97)", "citation"),
        ("As was said [3, 4], and [5-7, p. 12], and [2].", "citation"),
        ("It needs:\n1. jars\n2. lids\n3) sugar", "list marker"),
        ("It needs (1) jars, (2) lids.", "list marker"),
        ("1. Jars\nMany.\n2. Lids\nFew.\n2.1 Round lids\nNone.\n2.2 Flat lids", "list marker"),
        ("See Figure 2.1, tables 3 and Рисунок 4, and 5-кесте.", "mention of a figure"),
        ("https://jam.org/12 doi: 10.5555/jam.3 ORCID 0000-0002-1825-0097", "address"),
        ("ISSN 2079-5912, ISBN 978-5-04-12345-6, УДК 378.014.25, МРНТИ 14.35", "address"),
        ("Jars.\n\n31\nThey broke.\n\n32\nAll.", "page number"),
        ("Jars.\nPage 3\nLids\n- 4 -\nx\nстр. 7\ny\n9-бет", "page number"),
        ("Jam Report 2020 31\nx\nJam Report 2020 32", "running head"),
        ("Jam Bulletin. Vol. 5, No 3\nx\nJam Bulletin. Vol. 5, No 3", "running head"),
    ],
)
def test_what_looks_like_an_excuse_has_its_reason(text, reason):
    assert set(reasons(text).values()) == {reason}


def test_no_citation_is_higher_than_the_last_entry_of_a_numbered_list():
    text = "Said [2] and [9].\nReferences\n1. Lee A. Jam.\n2. Plum B. Jars."
    assert listed(text) == ["9"]


@pytest.mark.parametrize(
    "heading",
    [
        *("References", "REFERENCES:", "7. References", "VII. Bibliography", "**Works Cited**"),
        *("## 4 Sources", "Литература", "Список литературы:", "5. Использованная литература"),
        *("Әдебиеттер", "Cited literature", "ПАЙДАЛАНЫЛҒАН ӘДЕБИЕТТЕР ТІЗІМІ"),
        "Использованные источники:",
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", ["Appendix B", "TABLE 2. Lids", "Приложение А", "1-қосымша"])
def test_a_reference_list_is_no_text_and_what_follows_it_is(heading, after):
    text = f"Of 31 jars\n\n{heading}\n1. Lee A. (2018). Jam. 12 pp.\n\n{after}\nOf 64 lids"
    assert listed(text) == ["31", "64"]


def test_a_list_may_begin_on_the_line_of_its_heading():
    assert listed("Of 31 jars\nЛитература: 1. Иванов И. (2018). 12 с.\n2. Грушин А. 15 с.") == [
        "31"
    ]
    assert listed("Sources: 31 jars and 2 lids.") == ["31", "2"]


def test_a_number_alone_beside_the_break_of_a_page_is_its_page_number():
    assert listed("Of 31 jars\n\n17\n\fNone broke.") == ["31"]


def test_a_section_on_sources_is_text():
    assert "31" in listed("Sources\nWe used 31 of them in all.\nResults\nNone.")


@pytest.mark.parametrize("text", ["one out of 0", "0/0 jars", "0 in 10", "1 in 0 of them", "1/00"])
def test_a_ratio_of_nothing_is_no_share(text):
    assert all(value.is_finite() for value in values_in(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A third of them broke, one in ten leaked, nineteen held.", ["third", "one", "ten"]),
        ("Two-thirds, dozens, most of it; the third shelf.", ["Two-thirds", "dozens", "most"]),
        ("Две трети, каждый десятый; сто банок, полтора; он и она.", ["Две", "трети", "сто"]),
        ("Үштен бірі, он құмыра, жартысы; жүзеге асыру үшін.", ["Үштен", "он", "жартысы"]),
    ],
)  # fmt: skip
def test_number_words_are_found_in_three_languages(text, words):
    found = listed(text, words=True)
    assert set(words) <= set(found)
    assert not {"third shelf", "он и", "жүзеге", "үшін"} & set(found)


def test_a_russian_pronoun_is_no_kazakh_ten():
    assert listed("Он сказал, и она ушла.", words=True) == []


@pytest.mark.parametrize("text", ["Ein Drittel der Gläser war leer und alt.", "წიგნი ორი"])
def test_number_words_of_another_language_are_refused_with_those_that_are_known(text):
    with pytest.raises(ValueError, match="English, Russian and Kazakh only"):
        listed(text, words=True)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("of the con\xadtents 45", "of the contents 45"),
        ("of the con-\ntents 45", "of the contents 45"),
        ("a two-\nstep jar 45", "a two-step jar 45"),
        ("a two\u2013step\xa0jar\n 45", "a two-step jar 45"),
        ("и\u0306од 45", "йод 45"),
        ("the \ufb01rst o\ufb03ce 45", "the first office 45"),
        ("\u201cjam\u201d isn\u2019t 45", "\"jam\" isn't 45"),
        ("said 'jam' 45", "said \u2018jam\u2019 45"),
        ("of 12\u202f345 jars", "of 12 345 jars"),
        ("the jars\n\n7\nbroke 45.\n\n8\nEnd.", "the jars broke 45."),
    ],
)  # fmt: skip
def test_text_from_elsewhere_matches_an_anchor_as_it_is_typed(text, anchor):
    assert listed(text, [anchor]) == []


def test_an_anchor_covers_no_part_of_a_longer_number():
    assert listed("We kept 145 in all.", ["45 in all."]) == ["145"]
    assert listed("It was 45.5 then.", ["It was 45"]) == ["45.5"]
    assert listed("There were 12 345 jars", ["There were 12"]) == ["345"]


def claim(printed, anchor, unit="percent"):
    return {"claim": "jam", "printed": printed, "unit": unit, "kind": "alone", "anchor": anchor}


@pytest.fixture
def numbers(claims_folder, tmp_path, capsys):
    """Return a function that runs `numbers` on a claim and a text: status, numbers, messages."""

    def run(row, text, *options, paper="made"):
        file = tmp_path / "jam.txt"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        words = ["numbers", paper, str(file), *options, "--folder", str(claims_folder(row))]
        status = command.main([*words, "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out or "[]"), said.err

    return run


@pytest.mark.parametrize(
    ("row", "text", "said"),
    [
        (claim("70", "70% of jars"), "Up 70% of jars, down 70% of jars.", "stands 2 times"),
        (claim("54", "the share is 45%"), "So the share is 45% now.", "prints 54, which"),
        (
            claim("45", "the shere is 45%"),
            "So the share is 45% now.",
            "there is 'the share is 45%'",
        ),
        (claim("45", "45 in all."), "We kept 145 in all.", "inside a longer number"),
        (claim("", "most jars leak"), "No jar leaks.", "is not in the text"),
    ],
)
def test_an_anchor_that_fails_is_named_with_its_claim_and_the_status_is_1(numbers, row, text, said):
    status, _, err = numbers(row, text)
    assert status == 1 and err.startswith("jam: ") and said in err


def test_a_claim_of_another_part_of_the_paper_is_named_and_does_not_count(numbers):
    status, left, err = numbers(claim("64", "a share of 64"), "No jar leaks.")
    assert (status, left) == (0, []) and "jam: " in err and "nor is 64" in err


def test_an_anchor_may_stand_in_the_reference_list(numbers):
    row = claim("12", "Jars. 12 pp.", "pages")
    text = "Jars.\nReferences\n1. Lee A. (2018). Jars. 12 pp."
    assert numbers(row, text) == (0, [], "")


def test_a_paper_that_is_not_there_is_answered_with_those_that_are(numbers):
    status, _, err = numbers(claim("45", "45 jars"), "45 jars", paper="mode")
    assert status == 2 and "no paper 'mode'; did you mean made? there are made" in err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Банки 45".encode("cp1251"), "Windows-1251 (cp1251)"),
        ("Jars 45".encode("utf-16"), "UTF-16"),
        ("Jars 45".encode("utf-16-le"), "UTF-16"),
        (b"%PDF-1.7\n\xe2\xe3", "is a PDF and not plain text; take the text out"),
        (b"PK\x03\x04 word", "a workbook or a zip archive"),
        (b"{\\rtf1 Jars", "rich text"),
        (b"<!doctype html><p>Jars", "a web page"),
        (b" \n", "holds no text"),
    ],
)
def test_a_file_that_is_no_text_in_utf8_is_one_line_with_what_to_do(numbers, data, said):
    status, _, err = numbers(claim("45", "45 jars"), data)
    assert status == 2 and "jam.txt" in err and said in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("printed", "anchor"),
    [
        ("1100", "more than 1,100 jars"), ("12345", "all 12 345 jars"),
        ("28.5", "with 28, 5 points"), ("27", "Twenty-seven per cent"),
        ("205", "two hundred and five jars"), ("20", "the 20th jar"), ("3", "the third shelf"),
        ("2", "a dual lid"), ("21", "in the XXI century"), ("1", "первый раз"),
        ("25", "one in four jars"), ("33", "a third of jars"), ("50", "половина банок"),
        ("67", "две трети"), ("1500000", "some 1.5 million jars"), ("65000", "65 тыс. банок"),
        ("4", "төрт құмыра"), ("2010-04-05", "on April 5, 2010"), ("2010-04", "since 04.2010"),
        ("2015-01-22", "от 22 января 2015"), ("25-29", "aged 25 to 29"), ("50", "½ of the jars"),
        ("12", "only jars and lids"),
    ],
)  # fmt: skip
def test_validate_knows_a_printed_number_in_its_anchor(claims_folder, printed, anchor):
    assert claim_problems(claims_folder(claim(printed, anchor, "things"))) == []


@pytest.mark.parametrize(
    ("printed", "anchor"),
    [("54", "the share is 45%"), ("45", "all 145 jars"), ("45", "some 45.5 jars"),
     ("6", "seven jars"), ("2010-05-05", "on April 5, 2010"), ("25-29", "aged 25 to 34")],
)  # fmt: skip
def test_validate_names_a_claim_whose_anchor_holds_other_numbers_only(
    claims_folder, printed, anchor
):
    (line,) = claim_problems(claims_folder(claim(printed, anchor, "things")))
    assert line.startswith("made/claims.csv, row 2, column anchor: ")
    assert f"holds a number, but not {printed}" in line
