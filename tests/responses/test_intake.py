"""Files as people have them are read right, or refused with one message."""

import codecs
import gzip
import os
import re

import pytest

from analysis.problems import TableError
from analysis.responses.files.intake import read_file

KAZAKH = (
    "Уақыты;Жынысы;Шетелде оқуға не кедергі болады?\n"
    "1;Әйел;Оқу ақысының қымбаттығы\n2;Ер;Тілді жеткілікті білмеуім\n"
    "3;Әйел;Үйден алыс болғым келмейді\n"
)
KAZAKH_ROWS = [line.split(";") for line in KAZAKH.splitlines()[1:]]
RUSSIAN = "Пол,Возраст\nЖенский,20\nМужской,21\nЖенский,19\n"
RUSSIAN_ROWS = [["Женский", "20"], ["Мужской", "21"], ["Женский", "19"]]
UKRAINIAN = (
    "стать,відповідь\nжінка,Навчання за кордоном є надто дорогим для моєї родини\n"
    "чоловік,Їжа та житло коштують більше ніж удома\nжінка,Немає підтримки університету\n"
)
WIDE = "crop,age,town,year\n"
BODY = "apples,20,Almaty,2020\npears,21,Astana,2021\napples,22,Almaty,2022\nfigs,25,Almaty,2020\n"
ROWS = [line.split(",") for line in BODY.splitlines()]

# name: (content, rows, what the notes say)
READ = {
    "utf-8": (RUSSIAN, RUSSIAN_ROWS, ["respondents read: 3, columns: 2"]),
    "utf-8 with a mark": (RUSSIAN.encode("utf-8-sig"), RUSSIAN_ROWS, []),
    "utf-8 with two marks": ("\ufeff\ufeff" + RUSSIAN, RUSSIAN_ROWS, []),
    "utf-16 little": (codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"), RUSSIAN_ROWS, ["UTF-16"]),
    "utf-16 big": (codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"), RUSSIAN_ROWS, ["UTF-16"]),
    "utf-16 little, no mark": (RUSSIAN.encode("utf-16-le"), RUSSIAN_ROWS, ["UTF-16"]),
    "utf-16 big, no mark": (RUSSIAN.encode("utf-16-be"), RUSSIAN_ROWS, ["UTF-16"]),
    "utf-32": (RUSSIAN.encode("utf-32"), RUSSIAN_ROWS, ["UTF-32"]),
    "cp1251": (RUSSIAN.encode("cp1251"), RUSSIAN_ROWS, ["Windows-1251"]),
    "koi8-r": (RUSSIAN.encode("koi8_r"), RUSSIAN_ROWS, ["KOI8-R"]),
    "dos": (RUSSIAN.encode("cp866"), RUSSIAN_ROWS, ["cp866"]),
    "kazakh": (KAZAKH, KAZAKH_ROWS, ["separator found: ';'"]),
    "kz-1048": (KAZAKH.encode("kz1048"), KAZAKH_ROWS, ["KZ-1048"]),
    "kz-1048, one word": ("a,b\n1,Иә\n2,Жоқ\n".encode("kz1048"), [["1", "Иә"], ["2", "Жоқ"]], []),
    "kz-1048, repeated": (
        ("a,b\n" + "1,Иә\n2,Жоқ\n" * 200).encode("kz1048"),
        [["1", "Иә"], ["2", "Жоқ"]] * 200,
        ["KZ-1048"],
    ),
    "ukrainian cp1251": (
        UKRAINIAN.encode("cp1251"),
        [line.split(",") for line in UKRAINIAN.splitlines()[1:]],
        ["Windows-1251"],
    ),
    "western": ("name,âge\né,20\nRené,21\n".encode("cp1252"), [["é", "20"], ["René", "21"]], []),
    "decimal commas": (
        "a;h\n20;1,75\n21;1,80\n",
        [["20", "1,75"], ["21", "1,80"]],
        ["separator found: ';'"],
    ),
    "decimal commas everywhere": (
        "Height, m;Weight, kg\n1,75;60,5\n1,80;71,0\n",
        [["1,75", "60,5"], ["1,80", "71,0"]],
        ["separator found: ';'"],
    ),
    "each row in quotes": (
        '"id,""q, r"""\n"1,""x, y"""\n"2,z"\n',
        [["1", "x, y"], ["2", "z"]],
        ["parted once more"],
    ),
    "blanks before quotes": (
        'id, "q, r"\n1, "x, y"\n2, z\n',
        [["1", "x, y"], ["2", "z"]],
        ["blanks behind separators"],
    ),
    "years for names": ("town,2019,2020\nA,5,6\nB,7,8\n", [["A", "5", "6"], ["B", "7", "8"]], []),
    "tabs": ("a\tb\n1\tx, y\n2\tz\n", [["1", "x, y"], ["2", "z"]], ["separator found: '\\t'"]),
    "bars": ("a|b\n1|x, y\n2|z\n", [["1", "x, y"], ["2", "z"]], ["separator found: '|'"]),
    "told separator": (
        "sep=;\na;b\n1;x\n2;y\n",
        [["1", "x"], ["2", "y"]],
        ["separator found: ';'"],
    ),
    "choices by semicolon": (
        "Timestamp,Which?\n2024/03/01 9:12:45 am GMT+5,a;b\n2024/03/01 9:15:00 am GMT+5,b;c\n",
        [["2024/03/01 9:12:45 am GMT+5", "a;b"], ["2024/03/01 9:15:00 am GMT+5", "b;c"]],
        [],
    ),
    "choices by comma": (
        'Timestamp,Which?\n01.03.2024 09:12:45,"a, b"\n01.03.2024 09:15:00,"Costs, fees, b"\n',
        [["01.03.2024 09:12:45", "a, b"], ["01.03.2024 09:15:00", "Costs, fees, b"]],
        [],
    ),
    "quoted line break": ('a,b\n1,"x\ny"\n2,z\n', [["1", "x\ny"], ["2", "z"]], []),
    "crlf": ("a,b\r\n1,x\r\n2,y\r\n", [["1", "x"], ["2", "y"]], []),
    "crlf twice": ("a,b\r\r\n1,x\r\r\n2,y\r\r\n", [["1", "x"], ["2", "y"]], []),
    "lone cr": ("a,b\r1,x\r2,y\r", [["1", "x"], ["2", "y"]], []),
    "lone cr, lf in a cell": ('a,b\r1,"x\nz"\r2,y\r', [["1", "x\nz"], ["2", "y"]], []),
    "no end of line": ("a,b\n1,x\n2,y", [["1", "x"], ["2", "y"]], []),
    "one column": ("opinion\ngood\nbad\n", [["good"], ["bad"]], ["columns: 1"]),
    "one column, commas": (
        "opinion\ngood, but slow\nbad\nfine\n",
        [["good, but slow"], ["bad"], ["fine"]],
        [],
    ),
    "words that mean nothing to a machine": (
        "id,q\n1,None\n2,NA\n3,N/A\n4,null\n5,NaN\n6,\n7,007\n8,1.0\n9,TRUE\n",
        [
            *(["1", "None"], ["2", "NA"], ["3", "N/A"], ["4", "null"], ["5", "NaN"], ["6", ""]),
            *(["7", "007"], ["8", "1.0"], ["9", "TRUE"]),
        ],
        [],
    ),
    "formula text": ("id,q\n1,=1+1\n2,@SUM(A1)\n", [["1", "=1+1"], ["2", "@SUM(A1)"]], []),
    "formula text in the last row": ("q\nx\n=SUM(A1)\n", [["x"], ["=SUM(A1)"]], []),
    "markup": (
        "id,<b>q</b>\n1,<script>x</script>\n2,y\n",
        [["1", "<script>x</script>"], ["2", "y"]],
        [],
    ),
    "control characters in a cell": ("id,q\n1,a\x07b\n2,c\n", [["1", "a\x07b"], ["2", "c"]], []),
    "line separators of Unicode": (
        "id,q\n1,a\u2028b\n2,c\x0bd\n",
        [["1", "a\u2028b"], ["2", "c\x0bd"]],
        [],
    ),
    "full-width digits": ("id,q\n1,２０\n2,21\n", [["1", "２０"], ["2", "21"]], []),
    "japanese and emoji": (
        "id,質問\n1,はい👍🏽\n2,いいえ\n",
        [["1", "はい👍🏽"], ["2", "いいえ"]],
        [],
    ),
    "trailing blanks and case": ("id,q\n1,Yes \n2, yes\n", [["1", "Yes "], ["2", " yes"]], []),
    "surplus empty cells": ("a,b\n1,x,,\n2,y,,\n", [["1", "x"], ["2", "y"]], []),
    "empty columns at the end": ("a,b,,\n1,x,,\n2,y,,\n", [["1", "x"], ["2", "y"]], ["column 3"]),
    "empty columns, short rows": ("a,b,,\n1,x\n2,y\n", [["1", "x"], ["2", "y"]], ["column 3"]),
    "blank rows": (
        "a,b\n1,x\n\n , \n2,y\n",
        [["1", "x"], ["2", "y"]],
        ["rows 3–4: left out: blank"],
    ),
    "blank rows above and below": (
        "\n\na,b\n1,x\n2,y\n\n\n",
        [["1", "x"], ["2", "y"]],
        ["rows 1–2, 6–7"],
    ),
    "a title above": ("My survey\n\n" + WIDE + BODY, ROWS, ["row 1: left out: a title"]),
    "a title with commas": (
        "My survey,,,\n,,,\n" + WIDE + BODY,
        ROWS,
        ["row 1: left out: a title"],
    ),
    "ctrl-z at the end": ("a,b\n1,x\n2,y\n\x1a", [["1", "x"], ["2", "y"]], []),
    "the header again": (
        WIDE + BODY + WIDE + BODY,
        ROWS * 2,
        ["row 6: left out: the header again", "respondents read: 8"],
    ),
    "the header again with a mark": (
        WIDE + BODY + "\ufeff" + WIDE + BODY,
        ROWS * 2,
        ["row 6: left out: the header again"],
    ),
    "signs of a wrong conversion": (
        "id,q\n1,a\n2,\u00d0\u009c\n",
        [["1", "a"], ["2", "\u00d0\u009c"]],
        ["row 3: letters lost"],
    ),
    "lost letters": (
        "id,q\n1,a\ufffdb\n2,c\n",
        [["1", "a\ufffdb"], ["2", "c"]],
        ["row 2: letters lost"],
    ),
}
BELOW = {
    "total": "Total,,,4\n",
    "total without the other cells": "Total: 4\n",
    "total after a blank row": "\nTotal,88,,\n",
    "average": "Average,22,,\n",
    "average in Russian": "Среднее,22.0,,\n",
    "average in Kazakh, decimal": "Орташа,22.0,,2020.75\n",
    "sum": "Итого,88,,\n",
    "sum in Kazakh": "Барлығы:,88,,8083\n",
    "counts without a word": ",4,4,4\n",
    "formulas": "=COUNTA(A2:A5),=AVERAGE(B2:B5),,\n",
    "a word and formulas": "Total,=SUM(B2:B5),,\n",
    "several": "Total,88,,\nAverage,22,,\nMin,20,,\nMax,25,,\n",
    "several, parted": "\nTotal,88,,\n\nMean,22,,\n",
    "a footnote after a blank row": ",,,\nCollected in May,,,\n",
    "a table of counts after a blank row": "\napples,2,,\npears,1,,\nfigs,1,,\n",
    "deviation and percent": "St. dev.,1.87,,\n%,25%,,\n",
    "number of respondents": "Number of respondents,4,,\n",
    "n equals": "n = 4,,,\n",
    "count in Russian": "Всего ответов,4,4,4\n",
}
ROWS_THAT_STAY = {  # the last row is a respondent, whatever it looks like
    "an answer that is a word of summaries": "marks,age\ngood,20\naverage,21\nbad,22\naverage,25\n",
    "only one said average": "marks,age,town\ngood,20,A\nbad,22,B\naverage,24,A\n",
    "the name of a column for an answer": "q,town\nq,A\n,B\nq,A\n,B\nq,C\n,D\n,E\nq,F\n",
    "one column": "marks\ngood\nbad\naverage\n",
    "who left early": "id,age,town,crop\n1,20,A,x\n2,21,B,y\n\n3,,,\n",
    "who left early, by time": (
        "time,age,town,crop\n2024-01-02 10:00,20,A,x\n2024-01-02 10:05,21,B,y\n\n"
        "2024-01-02 11:00,,,\n"
    ),
    "numbers only": "a,b,c\n1,2,3\n2,3,4\n5,5,5\n",
    "means by chance": "a,b\n1,2\n3,4\n2,3\n",
    "everything ticked": "id,apples,pears\n1,apples,\n2,,pears\n3,apples,pears\n",
    "like the first respondent": "town,crop\nAlmaty,pears\nAstana,figs\nAlmaty,pears\n",
    "known answers after a blank row": (
        "sex,town,q,r,s\nm,A,1,2,3\nf,B,1,2,4\nm,A,2,2,4\n\nf,A,,,\n"
    ),
}
# name: (content, columns, rows)
NAMED = {
    "repeated": ("Age,Age,Age (2)\n1,2,3\n", ["Age", "Age (3)", "Age (2)"]),
    "repeated but for case": ("Age,age\n1,2\n", ["Age", "age (2)"]),
    "unnamed": ("a,,c\n1,2,3\n", ["a", "column 2", "c"]),
    "unnamed and taken": ("column 2,,c\n1,2,3\n", ["column 2", "column 2 (2)", "c"]),
    "control characters": ("a\x07,b\u200b\tc,d\n1,2,3\n", ["a", "b c", "d"]),
    "line break": ('"How old\nare you?",b\n1,2\n', ["How old are you?", "b"]),
    "LimeSurvey": (
        '"id","submitdate","Q7 [a]","Q7 [b]","Q7 [other]"\n'
        '"1","2024-03-01 10:00:00","Y","N","N/A"\n"2","","N","Y",""\n',
        ["id", "submitdate", "Q7 [a]", "Q7 [b]", "Q7 [other]"],
    ),
    "second header": (
        "Respondent ID,Start Date,What do you grow?,,,How old are you?\n"
        ",,Apples,Pears,Other (please specify),Response\n"
        "118,03/01/2024 10:00:00 AM,Apples,,,20\n119,03/01/2024 10:05:00 AM,,Pears,figs,21\n",
        [
            *("Respondent ID", "Start Date", "What do you grow? [Apples]"),
            *("What do you grow? [Pears]", "What do you grow? [Other (please specify)]"),
            "How old are you?",
        ],
    ),
    "second header, 0 and 1": (
        "ID,Crop,,\n,Apples,Pears,Figs\n1,1,0,0\n2,0,1,1\n",
        ["ID", "Crop [Apples]", "Crop [Pears]", "Crop [Figs]"],
    ),
    "second header, question repeated": (
        "ID,Crop,Crop,Crop\n,Apples,Pears,Figs\n1,Yes,,\n2,,Yes,Yes\n",
        ["ID", "Crop [Apples]", "Crop [Pears]", "Crop [Figs]"],
    ),
    "second header, one question": (
        "Crop?,,\nApples,Pears,Figs\nApples,,\n,Pears,Figs\n",
        ["Crop? [Apples]", "Crop? [Pears]", "Crop? [Figs]"],
    ),
    "second header, scale": (
        "ID,How do you rate,,\n,Price,Taste,Colour\n"
        "1,good,bad,good\n2,bad,bad,good\n3,good,bad,bad\n",
        ["ID", "How do you rate [Price]", "How do you rate [Taste]", "How do you rate [Colour]"],
    ),
}
WITHOUT_HEADER = {
    "answers": "Female,20,Almaty\nMale,21,Astana\nFemale,22,Almaty\nMale,20,Almaty\n",
    "the first left early": "Female,,\nMale,1,x\nFemale,2,y\nMale,1,x\n",
    "numbers": "1,5,3\n2,4,4\n3,5,1\n",
    "times": "2024-01-02 10:00:00,yes\n2024-01-02 10:05:00,no\n2024-01-02 10:09:00,yes\n",
    "one column": "yes\nno\nyes\nyes\nno\n",
    "addresses": "a@x.kz,yes\nb@x.kz,no\nc@x.kz,yes\n",
}
CODED = {
    "Qualtrics": (
        'StartDate,Q1,Q2_1\nStart Date,How old?,Which? - Apples\n"{""ImportId"":""s""}",'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        "2024-01-02 10:00,20,Apples\n2024-01-02 10:10,21,\n"
    ),
    "LimeSurvey": (
        "Start Date,How old?,Which? - Apples\nStartDate,Q1,Q2_1\n"
        "2024-01-02 10:00,20,Apples\n2024-01-02 10:10,21,\n"
    ),
}
# name: (content, what the message says)
REFUSED = {
    "empty": (b"", "is empty"),
    "blanks alone": (b" \n\n\r\n", "is empty"),
    "a mark alone": (codecs.BOM_UTF8, "is empty"),
    "separators alone": (b",,,\n,,,\n", "is empty"),
    "a header alone": ("crop,age\n", "no respondents"),
    "two header rows alone": ("crop,,\napples,pears,figs\n", "respondents|"),
    "a web page": ("<!DOCTYPE html><html><table><tr><td>a</td></tr></table></html>", "web page"),
    "a web page in UTF-16": ("<html><body>a</body></html>".encode("utf-16"), "web page"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "gzip": (gzip.compress(RUSSIAN.encode()), "gzip"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook"),
    "JSON": ('[{"crop": "apples"}, {"crop": "pears"}]', "JSON"),
    "a NUL": (b"a,b\n1,x\n2,y\0z\n", "row 3: has a NUL"),
    "binary": (bytes(range(256)) * 20, "NUL|UTF-8"),
    "binary without NUL": (bytes(range(128, 256)) * 20, "UTF-8"),
    "cut inside a letter": ("a,b\n1,да\n2,нет".encode()[:-1], "row 3: .*middle of a letter"),
    "cut UTF-16": (RUSSIAN.encode("utf-16")[:-1], "middle of a letter"),
    "one damaged byte": (
        "a,b\n1,да\n2,нет да нет\n".encode().replace("т д".encode(), b"\xff"),
        "row 3: .*0xFF",
    ),
    "two encodings joined": (RUSSIAN.encode() + RUSSIAN.encode("cp1251"), "UTF-8"),
    "Japanese in Shift-JIS": ("質問,年齢\nはい,20\nいいえ,30\n".encode("cp932"), "UTF-8"),
    "a quote never closed": ('a,b\n1,x\n2,"y\n3,z\n4,x\n', "row 3: .*never closed"),
    "text behind a quote": ('a,b\n1,x\n2,"y" z\n3,z\n', "row 3: text follows"),
    "a short last row": (
        "a,b,c\n1,2,3\n4,5,6\n7,8\n",
        "row 4: has 2 cells where the header has 3.*cut off",
    ),
    "a short row": ("a,b,c\n1,2,3\n4,5\n7,8,9\n", "row 3: has 2 cells where the header has 3"),
    "a long row": ("a,b\n1,2\n3,4,5\n", "row 3: has 3 cells where the header has 2"),
    "rows longer than the header": (
        "a,b\n1,2,3\n3,4,5\n",
        "row 2: has 3 cells where the header has 2",
    ),
    "columns parted by another sign": ("a^b\n1^x\n2^y\n", "columns seem parted by"),
    "columns parted by blanks": ("a   b\n1   x\n2   y\n", "columns seem parted by"),
    "a lone CR in a cell": ("a,b\n1,x\ry\n2,z\n", "row 2: a carriage return"),
    "another header": ("a,b,c\n1,2,3\nc,a,b\n1,2,3\n", "row 3: names the columns once more"),
    "another header, more columns": ("a,b\n1,2\na,b,c\n1,2,3\n", "row 3: "),
}


def written(folder, content, name="responses.csv"):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def rows(responses):
    return responses.frame.to_numpy().tolist()


def said(responses):
    return "\n".join(map(str, responses.notes))


@pytest.mark.parametrize("case", READ)
def test_a_file_is_read_as_it_stands(case, tmp_path):
    content, wanted, notes = READ[case]
    read = read_file(written(tmp_path, content))
    assert rows(read) == wanted
    assert all(note in said(read) for note in notes), said(read)


@pytest.mark.parametrize("case", BELOW)
def test_what_is_pasted_below_the_answers_is_no_respondent(case, tmp_path):
    read = read_file(written(tmp_path, WIDE + BODY + BELOW[case]))
    assert rows(read) == ROWS
    assert "left out: a summary or a note, no respondent" in said(read)


@pytest.mark.parametrize("case", ROWS_THAT_STAY)
def test_a_respondent_is_never_taken_for_a_summary(case, tmp_path):
    read = read_file(written(tmp_path, ROWS_THAT_STAY[case]))
    assert rows(read)[-1] == ROWS_THAT_STAY[case].splitlines()[-1].split(",")
    assert "no respondent" not in said(read)


@pytest.mark.parametrize("case", NAMED)
def test_columns_get_names_of_their_own(case, tmp_path):
    content, columns = NAMED[case]
    read = read_file(written(tmp_path, content))
    assert read.columns == columns
    first = content.splitlines()[-len(read.frame)].replace('"', "").split(",")
    assert rows(read)[0] == first


@pytest.mark.parametrize("case", CODED)
def test_short_names_and_questions_in_two_rows_are_both_kept(case, tmp_path):
    read = read_file(written(tmp_path, CODED[case]))
    assert rows(read) == [["2024-01-02 10:00", "20", "Apples"], ["2024-01-02 10:10", "21", ""]]
    assert read.columns == ["StartDate", "Q1", "Q2_1"]
    assert read.labels["Q1"] == {"": "How old?"}


@pytest.mark.parametrize("case", WITHOUT_HEADER)
def test_the_first_respondent_is_no_header(case, tmp_path):
    lines = [line.split(",") for line in WITHOUT_HEADER[case].splitlines()]
    read = read_file(written(tmp_path, WITHOUT_HEADER[case]))
    assert rows(read) == lines
    assert read.columns == [f"column {at}" for at in range(1, len(lines[0]) + 1)]
    assert "row 1: looks like answers" in said(read)


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_right_is_refused_with_its_row(case, tmp_path):
    content, message = REFUSED[case]
    with pytest.raises(TableError, match=r"responses\.csv") as error:
        read_file(written(tmp_path, content))
    assert re.search(message, str(error.value)), str(error.value)
    assert "\n" not in str(error.value) or "row" in str(error.value)


def test_a_cell_of_a_megabyte_is_read(tmp_path):
    cell = "x, " * 350_000
    read = read_file(written(tmp_path, f'id,q\n1,"{cell}"\n2,y\n'))
    assert rows(read) == [["1", cell], ["2", "y"]]


def test_rows_are_numbered_as_in_the_file(tmp_path):
    read = read_file(written(tmp_path, 'a,b\n1,"x\ny"\n\n2,z\n3,w\n'))
    assert list(read.frame.index) == [2, 5, 6]


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name, message in {
        "pipe": "folder or a pipe",
        "folder": "folder or a pipe",
        "no": "no such",
    }.items():
        with pytest.raises(TableError, match=message):
            read_file(tmp_path / f"{name}.csv")


def test_a_sheet_is_asked_of_workbooks_alone(tmp_path):
    with pytest.raises(TableError, match="no workbook"):
        read_file(written(tmp_path, RUSSIAN), sheet="Answers")


def test_the_name_of_a_file_says_nothing(tmp_path):
    assert rows(read_file(written(tmp_path, "a;b\n1;x\n2;y\n", "answers.tsv"))) == [
        ["1", "x"],
        ["2", "y"],
    ]
