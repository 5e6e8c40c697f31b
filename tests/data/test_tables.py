"""A table is read exactly as written, or refused with a line that says where and what to write."""

import json
import os
import shutil
import threading
import unicodedata

import frictionless
import pandas as pd
import pytest

from analysis import paths
from analysis.data.csvfile import CELL_LIMIT, FILE_LIMIT, quoted
from analysis.data.tables import TableError, check_folder, read_descriptor, read_table
from analysis.outputs import write_table

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
NUMBER = r"[0-9]+(\.[0-9]+)?"
DAY = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


def field(name, kind="string", **rules):
    return {"name": name, "type": kind, "description": f"the {name}", "constraints": rules}


QUESTIONS = {
    "name": "questions",
    "path": "survey/questions.csv",
    "schema": {"fields": [field("question", pattern=SLUG, required=True)]},
}
TALLIES = {
    "name": "tallies",
    "path": "survey/tallies.csv",
    "schema": {
        "fields": [
            field("question", pattern=SLUG, required=True),
            field("option", pattern=SLUG, required=True),
            field("label", required=True),
            field("printed", pattern=NUMBER),
            field("unit", enum=["percent", "respondents"]),
            field("n", "integer", minimum=1, maximum=1000),
            field("start", pattern=DAY),
            field("country", pattern="[A-Z]{3}"),
            field("anchor", pattern=r"\S+( \S+){1,7}"),
            field("note"),
        ],
        "primaryKey": ["question", "option"],
        "foreignKeys": [
            {"fields": ["question"], "reference": {"resource": "questions", "fields": ["question"]}}
        ],
    },
}
HEADER = "question,option,label,printed,unit,n,start,country,anchor,note"
FIRST = "purpose,science,Наука,33,percent,113,2021-03-15,NZL,33 per cent of them,"
SECOND = "purpose,money,Money,33.0,percent,,2021,,all of them,as the page says"
THIRD = "aims,culture,Мәдениет,,,126,,PER,the culture of others,"
GOOD = "\n".join([HEADER, FIRST, SECOND, THIRD, ""])
FILE = "survey/tallies.csv"


def swap(old, new):
    """Return the good table with one piece of text replaced."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new).encode("utf-8")


def printed(cell):
    """Return the good table with another number in row 2."""
    return swap("Наука,33,", f"Наука,{cell},")


def label(cell):
    return swap("Наука", cell)


@pytest.fixture
def folder(tmp_path):
    """A valid data folder of two tables, written out in full."""
    (tmp_path / "survey").mkdir()
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"name": "tiny", "resources": [QUESTIONS, TALLIES]}), encoding="utf-8"
    )
    (tmp_path / "survey/questions.csv").write_text("question\npurpose\naims\n", encoding="utf-8")
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
    ("date of Kazakhstan", swap("2021-03-15", "15.03.2021"), "'15.03.2021' is not a date"),
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
    ("header alone", HEADER.encode(), "tallies.csv: has a header and no rows"),
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
        "tallies.csv: is UTF-16 text, not CSV; save it as CSV, UTF-8",
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
        read_table("survey/tallies", folder)
    text = str(caught.value)
    assert message in text
    assert all(line.startswith((folder / FILE).as_posix()) for line in caught.value.problems)
    assert text.replace("\n", "").isprintable() and max(map(len, text.split("\n"))) < 600


def test_at_least_sixty_kinds_of_broken_table_are_tried():
    assert len({name for name, _, _ in BROKEN}) == len(BROKEN) >= 60


def test_a_good_table_is_read_as_written(folder):
    frame = read_table("survey/tallies", folder)
    assert list(frame["printed"]) == ["33", "33.0", ""]
    assert list(frame["label"]) == ["Наука", "Money", "Мәдениет"]
    assert frame["n"].dtype == "Int64" and list(frame["n"].fillna(0)) == [113, 0, 126]
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
    expected = read_table("survey/tallies", folder)
    (folder / FILE).write_bytes(content)
    pd.testing.assert_frame_equal(read_table("survey/tallies", folder), expected)


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
    assert read_table("survey/tallies", folder)[column][0] == expected


def test_options_that_add_up_to_150_percent_are_data(folder):
    (folder / FILE).write_bytes(swap("33.0", "117"))
    assert list(read_table("survey/tallies", folder)["printed"]) == ["33", "117", ""]


def test_the_row_of_a_problem_is_its_line_in_the_file_also_below_a_line_break(folder):
    (folder / FILE).write_bytes(label('"Нау\nка"').replace(b"33.0", b"33x0"))
    with pytest.raises(TableError, match=r"row 4, column printed: '33x0' is not a number"):
        read_table("survey/tallies", folder)


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
    for name in (FILE, "datapackage.json"):
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
        read_table("survey/tallies", folder)
    lines = str(caught.value).split("\n")
    assert len(lines) == 21 and lines[-1] == "... and 5 more problems"
    assert "row 5, column printed: 'l0'" in lines[0] and "row 24" in lines[19]
    assert len(caught.value.problems) == 25


def test_every_problem_of_a_row_is_told_at_once(folder):
    (folder / FILE).write_bytes(swap(THIRD, "Aims,,<b>,1O3,euro,0,99,kz,one,@x"))
    columns = [line.split("column ")[1].split(":")[0] for line in check_folder(folder)]
    assert sorted(columns) == sorted([*HEADER.split(","), "question"])  # pattern and foreign key


def test_a_key_cannot_be_followed_into_a_broken_table(folder):
    (folder / "survey/questions.csv").write_text("name\npurpose\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"column question: cannot be compared with survey/quest"):
        read_table("survey/tallies", folder)


def test_a_folder_is_checked_whole(folder):
    (folder / "survey/old.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "EXTRA.CSV").write_text("a\n1\n", encoding="utf-8")
    for ignored in ("double-entry/first", ".ipynb_checkpoints"):
        (folder / ignored).mkdir(parents=True)
        (folder / ignored / "tallies.csv").write_text("a\n", encoding="utf-8")
    (folder / "survey/questions.csv").unlink()
    problems = check_folder(folder)
    assert [line.split(": ", 1)[1].split(";")[0] for line in problems] == [
        "there is no such file",
        "cannot be compared with survey/questions.csv, which is broken",
        "is not described in datapackage.json",
        "is not described in datapackage.json",
    ]


def test_a_place_inside_the_project_is_shown_from_its_root():
    with pytest.raises(TableError, match=r"^data/raw/nowhere/datapackage.json: there is no such"):
        read_table("figures", paths.RAW / "nowhere")


def changed(**schema):
    """Return a descriptor whose only table has another schema."""
    return {"resources": [{**QUESTIONS, "schema": {**QUESTIONS["schema"], **schema}}]}


@pytest.mark.parametrize(
    ("descriptor", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("", "is not JSON"),
        ("[]", "is not a Data Package"),
        ('{"resources": []}', "describes no table"),
        ('{"resources": [{"path": "a.csv"}]}', "is not a Data Package"),
        ({"resources": [{**QUESTIONS, "path": "../secret.csv"}]}, "is not a path such as"),
        ({"resources": [TALLIES]}, "is not a Data Package"),
        (changed(fields=[field("a", "geopoint")]), "a: only string, integer"),
        (changed(fields=[field("a", maxLength=3)]), "a: only string, integer"),
        (changed(fields=[field("a", pattern="(")]), "is not a Data Package"),
        (changed(fields=[field("a", pattern=r"\d+")]), r"a: \d is also a digit of other scripts"),
        (changed(fields=[field("a"), field("a")]), "a field is described twice"),
        (changed(primaryKey=["nowhere"]), "a key is not a list of fields: "),
        (changed(missingValues=["", "NA"]), "only the empty cell may stand for a missing value"),
    ],
)
def test_a_broken_descriptor_is_one_clear_error(folder, descriptor, message):
    text = descriptor if isinstance(descriptor, str) else json.dumps(descriptor)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    problems = check_folder(folder)
    assert len(problems) == 1 and "datapackage.json: " in problems[0] and message in problems[0]
    with pytest.raises(TableError):
        read_table("survey/tallies", folder)


@pytest.mark.parametrize(
    "name", ["survey/talies", "../../etc/passwd", "survey/tallies.csv", "a\0b"]
)
def test_an_unknown_table_is_refused_by_name(folder, name):
    with pytest.raises(TableError, match=r"datapackage.json: there is no table '"):
        read_table(name, folder)


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
    lines += ['"\'\rx",1', "-5.2,2", "-1/3,3", '"a, ""b""",4', ",5"]
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


def test_a_wrong_number_in_a_copy_of_the_real_data_is_found(tmp_path):
    copy = shutil.copytree(paths.RAW, tmp_path / "raw")
    file = copy / "figures.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    lines[4] = lines[4].replace("Figure 2", "Figure II", 1)
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(TableError, match=r"row 5, column number: 'Figure II' does not fit"):
        read_table("figures", copy)


def test_the_real_data_folder_has_no_problem():
    assert check_folder(paths.RAW) == []


def test_the_real_labels_are_written_in_one_unicode_form():
    for file in sorted(paths.RAW.rglob("*.csv")):
        assert unicodedata.is_normalized("NFC", file.read_text(encoding="utf-8")), file.name


def test_frictionless_agrees_that_the_descriptor_is_valid():
    descriptor = read_descriptor(paths.RAW)
    frictionless.Package.from_descriptor(descriptor, basepath=str(paths.RAW))
    assert list(frictionless.Package.metadata_validate(descriptor)) == []


def test_frictionless_agrees_that_the_tables_are_valid():
    report = frictionless.validate(str(paths.RAW / "datapackage.json"))
    assert report.flatten(["path", "rowNumber", "fieldName", "note"]) == []
