"""A table is read exactly as written, or refused with a line that says where and what to write."""

import json
import os
import shutil
import threading
import unicodedata

import frictionless
import pandas as pd
import pytest
import yaml

from analysis import paths
from analysis.data.csvfile import CELL_LIMIT
from analysis.data.tables import check_folder, published_descriptor, read_descriptor, read_table
from analysis.failures import quoted
from analysis.outputs import write_table
from analysis.problems import TableError
from analysis.textfile import FILE_LIMIT

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
NUMBER = r"[0-9]+(\.[0-9]+)?"
DAY = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


def column(name, **said):
    return {name: {"description": f"the {name}", **said}}


TOPICS = {
    "title": "Topics",
    "description": "One row a topic.",
    "key": ["question"],
    "columns": [column("question", pattern=SLUG, required=True)],
}
ANSWERS = {
    "title": "Answers",
    "description": "One row an answer.",
    "key": ["question", "option"],
    "links": {"question": "topics.question"},
    "columns": [
        column("question", pattern=SLUG, required=True),
        column("option", pattern=SLUG, required=True),
        column("label", required=True),
        column("printed", pattern=NUMBER),
        column("unit", enum=["percent", "respondents"]),
        column("n", type="integer", minimum=1, maximum=1000),
        column("start", pattern=DAY),
        column("country", pattern="[A-Z]{3}"),
        column("anchor", pattern=r"\S+( \S+){1,7}"),
        column("note"),
    ],
}
HEADER = "question,option,label,printed,unit,n,start,country,anchor,note"
FIRST = "purpose,science,Наука,33,percent,113,2021-03-15,NZL,33 per cent of them,"
SECOND = "purpose,money,Money,33.0,percent,,2021,,all of them,as the page says"
THIRD = "aims,culture,Мәдениет,,,126,,PER,the culture of others,"
GOOD = "\n".join([HEADER, FIRST, SECOND, THIRD, ""])
FILE = "survey/answers.csv"


def swap(old, new):
    """Return the good table with one piece of text replaced."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new).encode("utf-8")


def printed(cell):
    """Return the good table with another number in row 2."""
    return swap("Наука,33,", f"Наука,{cell},")


def label(cell):
    return swap("Наука", cell)


def say(file, said):
    """Write a text, or what it is the YAML of."""
    text = (
        said if isinstance(said, str) else yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    )
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A collection of one document with two tables of its own, written out in full."""
    (tmp_path / "survey").mkdir()
    say(tmp_path / "survey/document.yml", {"citation": "Survey 2020"})
    say(tmp_path / "survey/tables.yml", {"tables": {"topics": TOPICS, "answers": ANSWERS}})
    say(tmp_path / "survey/topics.csv", "question\npurpose\naims\n")
    (tmp_path / FILE).write_text(GOOD, encoding="utf-8", newline="")
    return tmp_path


PRINTED = "row 2, column printed: "
BROKEN = [
    # numbers
    ("letter O for zero", printed("1O3"), PRINTED + "'1O3' is not a number; write digits, such"),
    (
        "Cyrillic O for zero",
        printed("1О3"),
        PRINTED + r"'1\u041e3' is not a number; use the digits",
    ),
    ("letter l for one", printed("l0"), PRINTED + "'l0' is not a number"),
    ("decimal comma", printed('"12,5"'), "'12,5' is not a number; write a point for the decimal"),
    ("negative number", printed("-33"), "'-33' is not a number; write it without a sign"),
    ("true minus sign", printed("−33"), r"'\u221233' is not a number; write it without a sign"),
    ("leading plus", printed("+33"), "'+33' is not a number; write it without a sign"),
    ("full-width digits", printed("３３"), r"'\uff13\uff13' is not a number; use the digits"),
    ("Arabic digits", printed("٣٣"), r"'\u0663\u0663' is not a number; use the digits 0 to 9"),
    ("superscript digit", printed("3²"), r"'3\xb2' is not a number"),
    ("not a number", printed("NaN"), "'NaN' is not a number; leave it empty if none is printed"),
    ("not available", printed("NA"), "'NA' is not a number; leave it empty"),
    ("infinity", printed("inf"), "'inf' is not a number"),
    ("exponent", printed("1e1"), "'1e1' is not a number; write it out in digits"),
    ("underscore in a number", printed("1_000"), "'1_000' is not a number"),
    ("percent sign", printed("33 %"), "'33 %' is not a number; leave out the percent sign"),
    ("thousands comma", printed('"1,100"'), "'1,100' is not a number; leave out the thousands"),
    ("thousands space", printed("1 100"), "'1 100' is not a number; leave out the thousands"),
    ("space before", printed(" 33"), "' 33' has spaces around it; delete them"),
    ("no-break space after", printed("33\xa0"), r"'33\xa0' has spaces around it; delete them"),
    ("point without digits", printed("33."), "'33.' is not a number"),
    ("hexadecimal", printed("0x21"), "'0x21' is not a number"),
    ("a range", printed("25-30"), "'25-30' is not a number"),
    ("formula for a number", printed("=1+1"), "'=1+1' is not a number"),
    ("line break in a number", printed('"3\n3"'), r"column printed: '3\n3' is not a number"),
    ("decimal integer", swap(",113,", ",113.0,"), "column n: '113.0' is not a whole number; write"),
    ("integer with leading zero", swap(",113,", ",0113,"), "'0113' is not a whole number"),
    ("integer of 20 digits", swap(",113,", f",{10**19},"), "is not a whole number"),
    ("integer below minimum", swap(",113,", ",0,"), "'0' is below 1, the smallest value allowed"),
    ("integer above maximum", swap(",113,", ",1001,"), "'1001' is above 1000, the largest"),
    ("negative integer", swap(",113,", ",-5,"), "'-5' is below 1, the smallest value allowed"),
    # keys, names, words
    ("empty key", swap("purpose,science", "purpose,"), "row 2, column option: is empty; every row"),
    ("empty label", label(""), "row 2, column label: is empty; every row needs a value here"),
    (
        "unknown question",
        swap("aims,", "goals,"),
        "'goals' is not in the column question of survey",
    ),
    ("duplicated option", swap("money", "science"), "'purpose', 'science' stands already in row 2"),
    ("capitals in a name", swap("money", "Money!"), "'Money!' is not a short name; write a to z"),
    ("look-alike in a name", swap("science", "sсience"), r"'s\u0441ience' is not a short name"),
    ("unit in capitals", swap("33,percent", "33,Percent"), "'Percent' is not one of the allowed"),
    ("misspelt unit", swap("33,percent", "33,precent"), "values; did you mean percent?"),
    ("unknown unit", swap("33,percent", "33,tenge"), "allowed values: percent, respondents"),
    ("month 13", swap("2021-03-15", "2021-13"), "'2021-13' is not a date; write a year, month"),
    ("date with points", swap("2021-03-15", "15.03.2021"), "'15.03.2021' is not a date"),
    ("small country code", swap("NZL", "nzl"), "'nzl' is not a country code; write three"),
    ("anchor of one word", swap("all of them", "all"), "'all' is not 2 to 8 words"),
    ("anchor of nine words", swap("all of them", "a b c d e f g h i"), "is not 2 to 8 words"),
    ("two spaces in an anchor", swap("all of them", "all  of"), "'all  of' is not 2 to 8 words"),
    # text that would run elsewhere
    ("formula", label("=HYPERLINK(1)"), "column label: '=HYPERLINK(1)' begins with =, which a"),
    ("formula with plus", label("+7 701"), "'+7 701' begins with +, which a spreadsheet would"),
    ("formula with minus", label("-2+3"), "'-2+3' begins with -, which a spreadsheet would run"),
    ("formula with at", label("@SUM(1)"), "'@SUM(1)' begins with @, which a spreadsheet would run"),
    ("formula in a note", swap("as the page says", "=1+1"), "row 3, column note: '=1+1' begins"),
    ("formula in a name", swap("science", "=science"), "'=science' is not a short name"),
    ("placeholder", label("-"), "'-' is a placeholder; write the text"),
    ("script", label("<script>x</script>"), "'<script>x</script>' holds markup; write plain text"),
    ("bold", label("<b>Money</b>"), "'<b>Money</b>' holds markup"),
    (
        "markup in a note",
        swap("as the page says", "see <a href=x>"),
        "column note: 'see <a href=x>'",
    ),
    ("entity", label("R &amp; D"), "'R &amp; D' holds markup"),
    # columns and rows
    ("missing column", swap(",note", ""), "row 2: 10 fields where the header has 9"),
    (
        "renamed column",
        swap("label", "lable"),
        "row 1: 'lable' is not a column; did you mean label?",
    ),
    (
        "extra column",
        "\n".join([HEADER + ",extra", FIRST + ",", SECOND + ","]).encode(),
        "row 1: 'extra' is not a column; the table has no such column",
    ),
    ("column in capitals", swap("unit", "Unit"), "'Unit' is not a column; did you mean unit?"),
    ("duplicated column", swap("label", "option"), "row 1: the column option stands 2 times"),
    ("columns swapped", swap("question,option", "option,question"), "the columns are not in order"),
    ("space in the header", swap(",unit", ", unit"), "' unit' is not a column; did you mean unit?"),
    ("no header", GOOD.split("\n", 1)[1].encode(), "'purpose' is not a column"),
    ("a field short", swap(",PER", ""), "row 4: 9 fields where the header has 10"),
    ("a field long", swap(",PER", ",PER,"), "row 4: 11 fields where the header has 10"),
    ("comma without quotes", label("Science, too"), "row 2: 11 fields where the header has 10"),
    (
        "semicolons",
        GOOD.replace(",", ";").encode(),
        "row 1: the columns are separated by semicolons",
    ),
    ("tabs", GOOD.replace(",", "\t").encode(), "U+0009 (control character), 36 times in the file"),
    (
        "two files joined",
        (GOOD + GOOD).encode(),
        "row 5: repeats the header; were two files joined?",
    ),
    ("blank line inside", swap(SECOND, "\n" + SECOND), "row 3: the line is empty; delete it"),
    ("unclosed quote", label('"Science'), 'row 2: a quote (") is opened here and never closed'),
    ("text after a quote", label('"Sci" ence'), "row 2: text follows a closing quote"),
    # bytes
    (
        "UTF-16",
        GOOD.encode("utf-16"),
        "answers.csv: is UTF-16 text, not CSV; save it as UTF-8",
    ),
    ("UTF-16 without mark", GOOD.encode("utf-16-le"), "is not UTF-8"),
    (
        "ASCII as UTF-16",
        GOOD.encode("ascii", "ignore").decode().encode("utf-16-le"),
        "is it UTF-16?",
    ),
    (
        "cp1251",
        label("Наука").replace("Мәдениет".encode(), b"x").decode().encode("cp1251"),
        "cp1251",
    ),
    ("Latin-1", label("Année").decode().replace("Мәдениет", "x").encode("latin-1"), "byte 0xE9 is"),
    (
        "cut letter",
        GOOD.split("ә")[0].encode() + b"\xd3",
        "row 4: the file ends in the middle of a",
    ),
    ("overlong UTF-8", swap("money", "mon#y").replace(b"#", b"\xc0\xaf"), "byte 0xC0 is not UTF-8"),
    ("surrogate", swap("money", "mon#y").replace(b"#", b"\xed\xa0\x80"), "byte 0xED is not UTF-8"),
    ("NUL", label("Нау\x00ка"), "row 2: letter 20 of the line is U+0000 (control character)"),
    ("bell", label("Нау\x07ка"), "U+0007 (control character); delete it"),
    ("tab in a label", label("\tНаука"), "U+0009 (control character); separate columns by commas"),
    ("next line", label("Нау\x85ка"), "U+0085 (control character)"),
    (
        "lone CR",
        swap(SECOND + "\n", SECOND + "\r"),
        "U+000D (control character); end lines with LF",
    ),
    ("old Mac line ends", GOOD.replace("\n", "\r").encode(), "U+000D (control character), 4 times"),
    ("CR CR LF", GOOD.replace("\n", "\r\r\n").encode(), "U+000D (control character), 4 times"),
    ("lone CR in quotes", label('"Нау\rка"'), "U+000D (control character)"),
    ("zero width space", label("Нау\u200bка"), "U+200B (ZERO WIDTH SPACE); delete it"),
    (
        "byte order mark inside",
        swap("33.0", "\ufeff33.0"),
        "row 3: letter 21 of the line is U+FEFF",
    ),
    (
        "two byte order marks",
        b"\xef\xbb\xbf" * 2 + GOOD.encode(),
        "row 1: letter 1 of the line is U+FEFF",
    ),
    ("line separator", label("Нау\u2028ка"), "U+2028 (LINE SEPARATOR); delete it"),
    ("right-to-left override", label("Нау\u202eка"), "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    ("bidi isolate", label("Нау\u2066ка"), "U+2066 (LEFT-TO-RIGHT ISOLATE)"),
    ("soft hyphen", label("Нау\u00adка"), "U+00AD (SOFT HYPHEN)"),
    ("Hangul filler", label("\u3164"), "U+3164 (HANGUL FILLER)"),
    ("replacement character", label("Нау\ufffd"), "letters were lost in an earlier conversion"),
    ("private use", label("Нау\ue000"), "U+E000 (no name)"),
    (
        "letter of two signs",
        label("и\u0306од"),
        r"'purpose,science,\u0438\u0306\u043e\u0434,33,percent",
    ),
    ("web page", b"\n<!DOCTYPE html><title>404</title>", "is a web page, not CSV"),
    ("workbook", b"PK\x03\x04\x14\x00\x06\x00", "is a workbook or a zip archive, not CSV"),
    ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old workbook (.xls), not CSV"),
    ("gzip", b"\x1f\x8b\x08\x00", "is compressed with gzip, not CSV"),
    ("PDF", b"%PDF-1.7", "is a PDF, not CSV"),
    ("empty file", b"", "is empty; the first line names the columns"),
    ("blank lines alone", b"\r\n\n", "is empty; the first line names the columns"),
    ("mark alone", b"\xef\xbb\xbf\n", "is empty; the first line names the columns"),
    ("cell of 10 MB", label("x" * 10_000_000), "row 2: a cell is too long; is a quote"),
    ("cell above the limit", label("x" * (CELL_LIMIT + 1)), "row 2: a cell has more than 10,000"),
    ("file above the limit", b"x" * (FILE_LIMIT + 1), "is larger than 20,000,000 bytes"),
]


@pytest.mark.parametrize(
    ("content", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_table_is_refused_with_its_place_and_what_to_write(folder, content, message):
    (folder / FILE).write_bytes(content)
    with pytest.raises(TableError) as caught:
        read_table("survey/answers", folder)
    text = str(caught.value)
    assert message in text
    assert all(line.startswith((folder / FILE).as_posix()) for line in caught.value.problems)
    assert text.replace("\n", "").isprintable() and max(map(len, text.split("\n"))) < 600


def test_no_two_cases_have_one_name():
    assert len({name for name, _, _ in BROKEN}) == len(BROKEN)


def test_a_good_table_is_read_as_written(folder):
    frame = read_table("survey/answers", folder)
    assert list(frame["printed"]) == ["33", "33.0", ""]
    assert list(frame["label"]) == ["Наука", "Money", "Мәдениет"]
    assert frame["n"].dtype == "Int64" and list(frame["n"].fillna(0)) == [113, 0, 126]
    assert check_folder(folder) == []


def test_a_header_alone_is_a_table_without_rows(folder):
    (folder / FILE).write_text(HEADER + "\n", encoding="utf-8")
    frame = read_table("survey/answers", folder)
    assert list(frame) == HEADER.split(",") and len(frame) == 0 and frame["n"].dtype == "Int64"
    assert check_folder(folder) == []


RIGHT = {
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "CR LF": GOOD.replace("\n", "\r\n").encode(),
    "blank lines at the end": (GOOD + "\n\r\n\n").encode(),
    "no line end at the end": GOOD.rstrip("\n").encode(),
    "every cell in quotes": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in GOOD.split("\n")[:-1]
    ).encode(),
}


@pytest.mark.parametrize("content", RIGHT.values(), ids=RIGHT.keys())
def test_another_way_to_save_the_same_table_gives_the_same_table(folder, content):
    expected = read_table("survey/answers", folder)
    (folder / FILE).write_bytes(content)
    pd.testing.assert_frame_equal(read_table("survey/answers", folder), expected)


@pytest.mark.parametrize(
    ("content", "column", "expected"),
    [
        (label('"Наука, ""новая"""'), "label", 'Наука, "новая"'),
        (label("None"), "label", "None"),
        (label("p < 0.05 & more"), "label", "p < 0.05 & more"),
        (label("Ұлттық – 100 ₸"), "label", "Ұлттық – 100 ₸"),
        (printed("101"), "printed", "101"),
        (printed("0"), "printed", "0"),
        (printed("99999999999999999999.10"), "printed", "99999999999999999999.10"),
        (swap("33 per cent of them", "33 <b> of"), "anchor", "33 <b> of"),
    ],
)
def test_what_a_page_may_really_hold_is_data(folder, content, column, expected):
    (folder / FILE).write_bytes(content)
    assert read_table("survey/answers", folder)[column][0] == expected


def test_options_that_add_up_to_150_percent_are_data(folder):
    (folder / FILE).write_bytes(swap("33.0", "117"))
    assert list(read_table("survey/answers", folder)["printed"]) == ["33", "117", ""]


def test_the_row_of_a_problem_is_its_line_in_the_file_also_below_a_line_break(folder):
    (folder / FILE).write_bytes(label('"Нау\nка"').replace(b"33.0", b"33x0"))
    with pytest.raises(TableError, match=r"row 4, column printed: '33x0' is not a number"):
        read_table("survey/answers", folder)


def test_a_table_can_be_missing_a_folder_a_pipe_or_a_device(folder):
    file = folder / FILE
    file.unlink()
    assert "there is no such file" in check_folder(folder)[0]
    file.mkdir()
    assert "is no regular file" in check_folder(folder)[0]
    file.rmdir()
    file.symlink_to("/dev/zero")
    assert "is no regular file" in check_folder(folder)[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_does_not_hang(folder):
    for name in (FILE, "survey/tables.yml", "survey/document.yml"):
        (folder / name).unlink()
        os.mkfifo(folder / name)
        found = []
        work = threading.Thread(target=lambda: found.extend(check_folder(folder)), daemon=True)  # noqa: B023
        work.start()
        work.join(timeout=10)
        assert len(found) == 1 and "is no regular file" in found[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_is_one_clear_line(folder):
    (folder / FILE).chmod(0)
    assert "cannot be read: " in check_folder(folder)[0]


def test_the_first_twenty_problems_are_shown_and_the_rest_counted(folder):
    rows = [f"aims,option-{number},Label,l{number},,,,,,\n" for number in range(25)]
    (folder / FILE).write_text(GOOD + "".join(rows), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_table("survey/answers", folder)
    lines = str(caught.value).split("\n")
    assert len(lines) == 21 and lines[-1] == "... and 5 more problems"
    assert "row 5, column printed: 'l0'" in lines[0] and "row 24" in lines[19]
    assert len(caught.value.problems) == 25


def test_every_problem_of_a_row_is_told_at_once(folder):
    (folder / FILE).write_bytes(swap(THIRD, "Aims,,<b>,1O3,euro,0,99,kz,one,@x"))
    columns = [line.split("column ")[1].split(":")[0] for line in check_folder(folder)]
    assert sorted(columns) == sorted([*HEADER.split(","), "question"])  # pattern and foreign key


def test_a_key_cannot_be_followed_into_a_broken_table(folder):
    (folder / "survey/topics.csv").write_text("name\npurpose\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"column question: cannot be compared with survey/topics"):
        read_table("survey/answers", folder)


def test_a_folder_is_checked_whole(folder):
    (folder / "survey/old.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "EXTRA.CSV").write_text("a\n1\n", encoding="utf-8")
    for ignored in ("double-entry/first", ".ipynb_checkpoints"):
        (folder / ignored).mkdir(parents=True)
        (folder / ignored / "answers.csv").write_text("a\n", encoding="utf-8")
    (folder / "survey/topics.csv").unlink()
    problems = check_folder(folder)
    assert [line.split(": ", 1)[1].split(";")[0] for line in problems] == [
        "there is no such file",
        "cannot be compared with survey/topics.csv, which is broken",
        "is not described in tables.yml",
        "is not described in tables.yml",
    ]


def test_a_place_inside_the_project_is_shown_from_its_root():
    with pytest.raises(TableError, match=r"^data/raw/nowhere: holds no document; a doc"):
        read_table("figures", paths.RAW / "nowhere")


def table(**changes):
    """Return a codebook whose first table differs; what is None is left out."""
    said = {key: value for key, value in (TOPICS | changes).items() if value is not None}
    return {"tables": {"topics": said, "answers": ANSWERS}}


def columns(*listed):
    return table(columns=[column("question"), *listed])


SCRIPT = "javascript:alert(1)"
BROKEN_CODEBOOKS = [
    ("no YAML", "tables: {", "row 1: is not YAML: did not find expected node content"),
    ("a tab", "tables:\n\ttopics: 1", "row 2: letter 1 of the line is U+0009 (control character)"),
    ("lists without end", "[" * 100_000, "row 1: is not YAML: write it out; it is too deep"),
    ("mappings without end", "{a: " * 100_000, "is not YAML: write it out; it is too deep"),
    ("a reference", "a: &a [b]\nc: *a", "row 2: is not YAML: write it out; * is no reference"),
    ("a program", "a: !!python/name:os.system", "row 1: is not YAML: 'tag:yaml.org,2002:python/"),
    ("a kind", "a: b\nc: !!bool maybe", "row 2: is not YAML: 'tag:yaml.org,2002:bool' is no kind"),
    ("a number", "a: !!int x", "row 1: is not YAML: 'tag:yaml.org,2002:int' is no kind"),
    ("a list as name", "[a]: b", "row 1: is not YAML: a name is a word, no list and no mapping"),
    ("two documents", "a: 1\n---\nb: 2", "row 2: is not YAML: but found another document"),
    ("empty", "", "holds no names with values, such as `title: ...`"),
    ("a list", "- a", "holds no names with values"),
    ("a letter nobody sees", "tables: to\u200bpics", "row 1: letter 11 of the line is U+200B"),
    ("a duplicate key", "tables: {}\ntables: {}", "row 2: is not YAML: 'tables' stands twice"),
    (
        "a duplicate table",
        "tables:\n  a: 1\n  b: 2\n  a: 3",
        "row 4: is not YAML: 'a' stands twice",
    ),
    ("no table", {"columns": {"wind": {"description": "in knots"}}}, "tables is missing"),
    ("tables in a list", {"tables": ["topics"]}, "tables is \"['topics']\"; wanted names with val"),
    ("an unknown key", {"resources": []}, "'resources' is no property; there are tables, columns"),
    ("a key that is no text", {"tables": {"a": 1}, 3: 4}, "'3' is no property; there are tables"),
    ("a table of one word", {"tables": {"topics": "all"}}, "topics: 'all' is no mapping, such as"),
    ("a table without a description", {"tables": {"topics": None}}, "topics: 'None' is no mapping"),
    ("an unknown property", table(path="../a.csv"), "topics: 'path' is no property; there are ti"),
    ("no title", table(title=None), "topics: title is missing"),
    ("an empty title", table(title=""), "topics: title is missing"),
    ("no description", table(description=None), "topics: description is missing"),
    ("no key", table(key=None), "topics: key is missing"),
    ("no columns", table(columns=[]), "topics: columns is missing"),
    ("a title that is a number", table(title=3), "topics: title is '3'; wanted text"),
    ("a key that is a word", table(key="question"), "key is 'question'; wanted a list"),
    (
        "columns in a mapping",
        table(columns={"question": "x"}),
        "columns is \"{'question': 'x'}\"; w",
    ),
    ("a word for yes or no", table(rows_chosen="no"), "rows_chosen is 'no'; wanted true or false"),
    (
        "markup in a title",
        table(title="<b>Topics</b>"),
        "'<b>Topics</b>' holds markup; write plain",
    ),
    ("a formula for a title", table(title="=1+1"), "'=1+1' begins with =, which a spreadsheet"),
    ("a line break in a title", table(title="a\nb"), r"'a\nb' has a line break"),
    ("a script for an address", table(sources=[{"path": SCRIPT}]), f"'{SCRIPT}' is not an address"),
    (
        "a source of one word",
        table(sources=["page"]),
        "topics: 'page' is no mapping, such as `titl",
    ),
    (
        "an unknown property of a source",
        table(sources=[{"url": "x"}]),
        "'url' is no property; there",
    ),
    ("an address that is a number", table(sources=[{"path": 3}]), "path is '3'; wanted text"),
    (
        "a table in capitals",
        {"tables": {"Topics": TOPICS}},
        "'Topics' is no name of a table; write",
    ),
    ("a table in a folder", {"tables": {"../topics": TOPICS}}, "'../topics' is no name of a table"),
    (
        "a standard table",
        {"tables": {"claims": TOPICS}},
        "claims is described already, for all doc",
    ),
    (
        "the table of documents",
        {"tables": {"papers": TOPICS}},
        "papers is described already, for a",
    ),
    ("an unknown shared column", columns("colour"), "topics: 'colour' is no column that codebooks"),
    ("a number for a column", columns(3), "topics: '3' is no column; write `name: description`"),
    (
        "two columns in one",
        columns(column("a") | column("b")),
        "is no column; write `name: descript",
    ),
    (
        "a space in a name",
        columns({"wind speed": "x"}),
        "'wind speed' is no name of a column; write",
    ),
    ("a column without a word", columns({"wind": None}), "topics: wind: description is missing"),
    (
        "a column without description",
        columns({"wind": {"type": "integer"}}),
        "wind: description is",
    ),
    ("an empty description", columns({"wind": ""}), "topics: wind: description is missing"),
    ("markup in a description", columns({"wind": "in <b>"}), "'in <b>' holds markup"),
    ("an unknown rule", columns(column("a", maxLength=3)), "a: 'maxLength' is no property; there"),
    ("an unknown type", columns(column("a", type="geopoint")), "a: only string, integer"),
    (
        "a type in a list",
        columns(column("a", type=["string"])),
        "a: type is \"['string']\"; wanted te",
    ),
    ("a broken pattern", columns(column("a", pattern="(")), "a: the pattern '(' cannot be read"),
    (
        "digits of all scripts",
        columns(column("a", pattern=r"\d+")),
        r"a: \d is also a digit of other",
    ),
    ("a number for a pattern", columns(column("a", pattern=3)), "a: pattern is '3'; wanted text"),
    (
        "a word for a number",
        columns(column("a", type="integer", minimum="x")),
        "a: minimum is 'x'; w",
    ),
    ("a lowest text", columns(column("a", minimum=1)), "a: minimum says nothing of type string"),
    (
        "a pattern of numbers",
        columns(column("a", type="integer", pattern="1")),
        "pattern says nothing",
    ),
    (
        "one value in a word",
        columns(column("a", enum="percent")),
        "enum is 'percent'; wanted a list",
    ),
    (
        "numbers for values",
        columns(column("a", enum=[1, 2])),
        "a: every value of enum is text; put",
    ),
    ("markup in a value", columns(column("a", enum=["<b>"])), "'<b>' holds markup"),
    ("a column twice", columns(column("question")), "topics: a field is described twice"),
    ("a key of no column", table(key=["nowhere"]), "topics: a key is not a list of fields: \"['no"),
    (
        "a link to no table",
        table(links={"question": "no.x"}),
        "topics: question links to the table no",
    ),
    (
        "a link to no column",
        table(links={"question": "answers.x"}),
        "links to answers, which has no col",
    ),
    (
        "a link of no column",
        table(links={"x": "answers.option"}),
        "a key is not a list of fields: \"['x",
    ),
    (
        "a link without column",
        table(links={"question": "answers"}),
        "'answers'; write table.column",
    ),
    (
        "links in a list",
        table(links=["question"]),
        "links is \"['question']\"; wanted names with val",
    ),
    (
        "shared columns in a list",
        {"tables": {"topics": TOPICS}, "columns": ["wind"]},
        "columns is \"['wind']\"; wanted names with values",
    ),
    (
        "a shared column of one word",
        {"tables": {"topics": TOPICS | {"columns": ["wind"]}}, "columns": {"wind": 3}},
        "topics: wind: '3' is no mapping",
    ),
]
BROKEN_DOCUMENTS = [
    ("no YAML", "citation: [", "row 1: is not YAML"),
    ("no text", "", "holds no names with values"),
    ("a list", "- citation", "holds no names with values"),
    ("a duplicate key", "citation: A 2020\ncitation: B", "row 2: is not YAML: 'citation' stands"),
    ("no citation", "year: 2020", "column citation: is missing; a document needs it"),
    ("an empty citation", {"citation": None}, "column citation: is missing; a document needs it"),
    ("an unknown entry", {"publisher": "A"}, "column 'publisher': is no entry; there are citation"),
    ("an entry that deceives", {"a\u0430": "A"}, r"column 'a\u0430': is no entry"),
    (
        "a word for a place",
        {"order": "first"},
        "column order: 'first' is not a whole number; write",
    ),
    ("half a place", {"order": 1.5}, "column order: '1.5' is not a whole number"),
    ("place 0", {"order": 0}, "column order: '0' is below 1, the smallest value allowed"),
    ("two places", {"order": [1, 2]}, "column order: holds several values; wanted one"),
    ("true for a year", {"year": True}, "column year: 'True' is not a whole number"),
    ("a year to come", {"year": 3021}, "column year: '3021' is above 2100, the largest value"),
    (
        "a day for a year",
        "citation: A\nyear: 2021-03-15",
        "column year: '2021-03-15' is not a whole",
    ),
    (
        "an address for a DOI",
        {"doi": "https://doi.org/10.1000/182"},
        "column doi: 'https://doi.org",
    ),
    (
        "an unknown kind",
        {"kind": "artcle"},
        "column kind: 'artcle' is not one of the allowed values",
    ),
    ("a name of the folder", {"slug": "Survey!"}, "column slug: 'Survey!' is not a short name"),
    (
        "markup in a title",
        {"title": "<script>x</script>"},
        "column title: '<script>x</script>' holds",
    ),
    (
        "a script in a title",
        {"title": "=HYPERLINK(1)"},
        "column title: '=HYPERLINK(1)' begins with",
    ),
    ("a title of two lines", {"title": "a\nb"}, r"column title: 'a\nb' has a line break"),
    ("a title of parts", {"title": {"en": "a"}}, "column title: holds several values; wanted one"),
    (
        "one language",
        {"languages": "en"},
        "column languages: 'en' is no list; begin each item with",
    ),
    ("a language in words", {"languages": ["English"]}, "column languages: 'English' does not fit"),
    ("no author", {"authors": []}, "column authors: '[]' is no list"),
    (
        "an author of one word",
        {"authors": ["A. Smith"]},
        "'A. Smith' is no author; write family and",
    ),
    (
        "half an author",
        {"authors": [{"family": "A"}]},
        "is no author; write family and given, or na",
    ),
    ("an author who is a number", {"authors": [{"name": 3}]}, "column authors: '3' is no text"),
    (
        "markup in an author",
        {"authors": [{"name": "<i>A</i>"}]},
        "column authors: '<i>A</i>' holds",
    ),
]


def refused(folder, name, said, message):
    """Assert that a file which describes others is refused in one line, however it is read."""
    say(folder / name, said)
    problems = check_folder(folder)
    assert len(problems) == 1 and problems[0].startswith((folder / name).as_posix())
    assert message in problems[0]
    assert problems[0].isprintable() and len(problems[0]) < 600
    with pytest.raises(TableError):
        read_table("survey/answers", folder)


@pytest.mark.parametrize(
    ("said", "message"),
    [case[1:] for case in BROKEN_CODEBOOKS],
    ids=[case[0] for case in BROKEN_CODEBOOKS],
)
def test_a_broken_codebook_is_one_clear_error(folder, said, message):
    refused(folder, "survey/tables.yml", said, message)


@pytest.mark.parametrize(
    ("said", "message"),
    [case[1:] for case in BROKEN_DOCUMENTS],
    ids=[case[0] for case in BROKEN_DOCUMENTS],
)
def test_a_broken_document_is_one_clear_error(folder, said, message):
    whole = said if isinstance(said, str) else {"citation": "Survey 2020"} | said
    refused(folder, "survey/document.yml", whole, message)


def test_a_table_of_a_collection_is_refused_in_the_same_words(folder):
    say(folder / "tables.yml", {"tables": {"words": TOPICS | {"title": None}}})
    (line,) = check_folder(folder)
    assert line == f"{(folder / 'tables.yml').as_posix()}: words: title is missing"


def test_words_that_yaml_takes_for_more_are_text(folder):
    words = ["no", "on", "12:30", "2021-03-15", "1.50", "007", "1_000"]
    listed = f"  columns: [{{word: {{description: a word, enum: [{', '.join(words)}]}}}}]"
    lines = ["tables:", " words:", "  title: Words", "  description: Some", "  key: [word]", listed]
    say(folder / "survey/tables.yml", "\n".join(lines))
    say(folder / "survey/words.csv", "\n".join(["word", *words]))
    assert list(read_table("survey/words", folder)["word"]) == words


@pytest.mark.parametrize(
    "name", ["survey/anwers", "../../etc/passwd", "survey/answers.csv", "a\0b", "survey/papers"]
)
def test_an_unknown_table_is_refused_by_name(folder, name):
    with pytest.raises(TableError, match=r": there is no table '") as caught:
        read_table(name, folder)
    assert str(caught.value).isprintable()


def test_text_that_may_deceive_is_shown_as_code_points():
    assert quoted("Наука") == "'Наука'" and quoted("a" * 50) == "'" + "a" * 40 + "...'"
    assert quoted("а\u0301b") == r"'\u0430\u0301b'" and quoted("x\x1b[2J") == r"'x\x1b[2J'"


def write(monkeypatch, tmp_path, frame, name="shares"):
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    assert write_table(frame, name) is frame
    assert [file.name for file in (tmp_path / "tables").iterdir()] == [f"{name}.csv"]
    return (tmp_path / "tables" / f"{name}.csv").read_bytes().decode("utf-8")


def test_a_written_table_runs_nowhere_and_keeps_its_numbers(monkeypatch, tmp_path):
    texts = ["=1+1", "+a", "-a", "@x", "\tx", "\rx", "-5.2", "-1/3", 'a, "b"', None]
    numbers = [-1, 0.1 + 0.2, 33.0, -1e-7, float("nan"), 1, 2, 3, 4, 5]
    text = write(monkeypatch, tmp_path, pd.DataFrame({"=label": texts, "number": numbers}))
    lines = ["'=label,number", "'=1+1,-1", "'+a,0.3", "'-a,33", "'@x,-1e-07", "'\tx,"]
    lines += ['"\'\nx",1', "-5.2,2", "-1/3,3", '"a, ""b""",4', ",5"]
    assert text == "\n".join([*lines, ""])


def test_an_index_that_says_something_is_written(monkeypatch, tmp_path):
    frame = pd.DataFrame({"n": [45]}, index=pd.Index(["NZL"], name="country"))
    assert write(monkeypatch, tmp_path, frame) == "country,n\nNZL,45\n"
    assert write(monkeypatch, tmp_path, frame.reset_index()[:1]) == "country,n\nNZL,45\n"


def test_a_head_of_two_levels_is_written_as_one(monkeypatch, tmp_path):
    frame = pd.DataFrame([["a", 1]], columns=pd.MultiIndex.from_tuples([("p", ""), ("n", "men")]))
    assert write(monkeypatch, tmp_path, frame) == "p,n men\na,1\n"


def test_a_failed_write_leaves_the_table_of_before(monkeypatch, tmp_path):
    before = write(monkeypatch, tmp_path, pd.DataFrame({"a": [1]}))
    with pytest.raises(UnicodeEncodeError):
        write_table(pd.DataFrame({"a": ["\ud800"]}), "shares")
    assert write(monkeypatch, tmp_path, pd.DataFrame({"a": [1]})) == before


def test_nothing_is_written_outside_a_report(monkeypatch, tmp_path):
    monkeypatch.delenv("ANALYSIS_OUTPUT", raising=False)
    monkeypatch.chdir(tmp_path)
    write_table(pd.DataFrame({"a": [1]}), "shares")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="is not a file name"):
        write_table(pd.DataFrame({"a": [1]}), "../shares")


def test_the_real_data_folder_has_no_problem():
    assert check_folder(paths.RAW) == []


def test_the_real_labels_are_written_in_one_unicode_form():
    for file in sorted(paths.RAW.rglob("*.csv")):
        assert unicodedata.is_normalized("NFC", file.read_text(encoding="utf-8")), file.name


def other_reader(folder, place):
    """Return what frictionless finds wrong with a folder, copied to `place`: path, row, column."""
    descriptor = published_descriptor(folder)
    for resource in descriptor["resources"]:
        copy = place / resource["path"]
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / resource["path"], copy)
    assert list(frictionless.Package.metadata_validate(descriptor)) == []
    (place / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = frictionless.validate(str(place / "datapackage.json"))
    assert len(report.tasks) == len(descriptor["resources"])
    return {
        (task.place, error.row_number, getattr(error, "field_name", ""))
        for task in report.tasks
        for error in task.errors
    }


def test_frictionless_agrees_that_the_tables_are_valid(tmp_path):
    assert other_reader(paths.RAW, tmp_path) == set()


def test_frictionless_finds_the_same_rows_wrong(folder, tmp_path_factory):
    rows = ["purpose,thrift,Thrift,3x3,percent,1,2021,NZL,all of them,"]  # a number
    rows += ["purpose,science,Again,3,percent,1,2021,NZL,all of them,"]  # a key
    rows += ["purpose,fame,,3,percent,1,2021,NZL,all of them,"]  # an empty cell
    rows += ["purpose,fun,Fun,3,percent,1001,2021,NZL,all of them,"]  # above the maximum
    rows += ["purpose,food,Food,3,parts,1,2021,NZL,all of them,"]  # no such unit
    rows += ["goals,food,Food,3,percent,1,2021,NZL,all of them,"]  # a link
    rows += ["aims,food,Food,3,percent,1,2021,nzl,all of them,"]  # right but for one cell
    (folder / FILE).write_text(GOOD + "\n".join([*rows, ""]), encoding="utf-8")
    ours = {int(line.split("row ")[1].split(",")[0]) for line in check_folder(folder)}
    theirs = other_reader(folder, tmp_path_factory.mktemp("copy"))
    assert ours == {row for _, row, _ in theirs} == set(range(5, 12))
    assert {name for name, _, _ in theirs} == {FILE}


def test_a_row_that_stands_twice_in_each_real_table_is_found_by_both(tmp_path):
    copy = shutil.copytree(paths.RAW, tmp_path / "raw")
    broken = set()
    for resource in read_descriptor(copy)["resources"]:
        file = copy / resource["path"]
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        pd.concat([frame, frame.head(1)]).to_csv(file, index=False, lineterminator="\n")
        broken.add((resource["path"], file.read_text(encoding="utf-8").count("\n")))
    pairs = {
        (path, row)
        for path, row in broken
        for line in check_folder(copy)
        if f"/raw/{path}, row {row}, " in line and "stands already in row 2" in line
    }
    theirs = {(path, row) for path, row, _ in other_reader(copy, tmp_path / "copy")}
    assert pairs == theirs == broken
