"""A catalogue of translations is read, or refused with the row and what is wrong."""

import gettext
import io

import pytest

from analysis.data.tables import check_folder
from analysis.language.current import LANGUAGES, catalogue_files, in_language, speaking
from analysis.language.messages import compiled, read_messages
from analysis.problems import BrokenFileError, TableError

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
"n%100>=20) ? 1 : 2);\\n"

"""
FILES = [(name, file) for name in LANGUAGES for file in catalogue_files(name) if file.exists()]


def catalogue(tmp_path, message="", text="", head=HEAD, **plural):
    """Return a catalogue of one message."""
    lines = [f'msgid "{message}"'] if message else []
    lines += [f'{key} "{each}"' for key, each in plural.items() if key == "msgid_plural"]
    lines += [f'msgstr[{key[4:]}] "{each}"' for key, each in plural.items() if key[:4] == "form"]
    lines += [f'msgstr "{text}"'] if message and not plural else []
    file = tmp_path / "locale" / "ru.po"
    file.parent.mkdir(exist_ok=True)
    file.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(("language", "file"), FILES, ids=str)
def test_the_catalogues_of_the_project_are_as_they_should_be(language, file):
    read_messages(file, language)


@pytest.mark.parametrize(
    ("message", "text", "said"),
    [
        ("{n} pears", "{m} груш", "{n}"),
        ("{n} pears", "груши", "{n}"),
        ("{n:,} pears", "{n:.1f} груш", "{n:,}"),
        ("pears", "{n} груш", "nothing"),
        ("{n} pears", "{n груш", "brace"),
        ("{n} pears", "{n} груш}", "brace"),
        ("{n} pears", "{n:;груша|груши}", "form"),
        ("{n} pears", "{n:;}", "form"),
        ("{n} pears", "{n!r} груш", "form"),
        ("%(n)s pears", "%(m)s груш", "%(n)s"),
        ("%(n)s pears, 5 %%", "%(n)s груш, 5 %", "percent sign"),
    ],
)
def test_a_translation_that_cannot_be_filled_is_refused(tmp_path, message, text, said):
    with pytest.raises(BrokenFileError) as error:
        read_messages(catalogue(tmp_path, message, text), "ru")
    (problem,) = error.value.problems
    assert problem.row == 7 and said in problem.text and "\n" not in problem.text


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("{n:,} pears", "{n:,;груша|груши|груш}"),
        ("{n} pears of {all}", "из {all} груш {n:-дан}"),
        ("5 % of pears", "5 % груш"),
        ("a set {1, 2", "множество {1, 2"),
        ("%(n)s pears, 5 %%", "%(n)s груш, 5 %%"),
    ],
)
def test_a_translation_that_says_it_another_way_is_taken(tmp_path, message, text):
    found = gettext.GNUTranslations(
        io.BytesIO(compiled(read_messages(catalogue(tmp_path, message, text), "ru")))
    )
    assert found.gettext(message) == text


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=3; plural=(n/0);",
        "nplurals=2; plural=(n);",
        "nplurals=3; plural=(n==1 ? 0",
        "nplurals=3; plural=__import__;",
    ],
)
def test_a_rule_of_the_plural_that_does_not_work_is_refused(tmp_path, rule):
    head = f'msgid ""\nmsgstr ""\n"Plural-Forms: {rule}\\n"\n\n'
    with pytest.raises(BrokenFileError, match="is no catalogue of translations"):
        read_messages(catalogue(tmp_path, head=head), "ru")


def test_too_few_forms_of_the_plural_are_refused(tmp_path):
    file = catalogue(tmp_path, "pear", msgid_plural="pears", form0="груша", form1="груши")
    with pytest.raises(BrokenFileError, match="plural"):
        read_messages(file, "ru")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"msgid \x00", 'msgid "a"\nmsgstr "\u200bб"'.encode(), b"\xd0", b"nonsense"],
)
def test_another_kind_of_file_names_file_and_row_wherever_it_is_read(tmp_path, content):
    file = catalogue(tmp_path)
    file.write_bytes(content)
    (tmp_path / "document.yml").write_text("citation: Wren 2020\n", encoding="utf-8")
    (line,) = check_folder(tmp_path)
    assert "locale/ru.po" in line and "\n" not in line
    with speaking("ru"), pytest.raises(TableError, match=r"locale/ru\.po"):
        in_language("a text", file.parent)


def test_a_folder_in_the_place_of_a_catalogue_is_refused(tmp_path):
    (tmp_path / "ru.po").mkdir()
    with speaking("ru"), pytest.raises(TableError, match=r"ru\.po: is no regular file"):
        in_language("a text", tmp_path)


@pytest.mark.parametrize(
    ("body", "row", "said"),
    [
        ('msgid abc\nmsgstr "x"', 7, "is no line of a catalogue"),
        ('msgid "abc"\nmsgstr "x\\q"', 8, "is no line of a catalogue"),
        ('msgid "abc"\nmsgstr[x] "x"', 8, "is no line of a catalogue"),
        ('msgstr "x"\nmsgstr "y"\nmsgid_plural "z"', 9, "msgid_plural has no place behind msgstr"),
        ('msgid "abc"\nmsgid "x"', 8, "msgid has no place behind msgid"),
        ('msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"', 11, "'a' stands twice"),
    ],
)
def test_a_line_that_is_none_of_a_catalogue_is_named(tmp_path, body, row, said):
    file = catalogue(tmp_path)
    file.write_text(HEAD + body + "\n", encoding="utf-8")
    with pytest.raises(BrokenFileError) as error:
        read_messages(file, "ru")
    (problem,) = error.value.problems
    assert problem.row == row and said in problem.text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nplurals=3", "nplurals=999999999", "nplurals is '999999999'; wanted 1 to 6"),
        ("nplurals=3", "nplurals=0", "nplurals is '0'; wanted 1 to 6"),
        ("charset=utf-8", 'charset=utf-8\\n"\n"Language: kk', "Language: kk; wanted ru"),
    ],
)
def test_a_head_that_fits_no_language_or_another_is_refused(tmp_path, old, new, said):
    file = catalogue(tmp_path, "pears", "груши", HEAD.replace(old, new))
    with pytest.raises(BrokenFileError, match=said):
        read_messages(file, "ru")
