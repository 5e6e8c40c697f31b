"""Every text has a translation, in ordinary catalogues, and nothing is lost in it."""

import json
import re
import string

import pandas as pd
import pytest

from analysis import counted, listed, paths, read_table, span, tr
from analysis.data.collection import documents
from analysis.language import current as language
from analysis.language.forms import asked
from analysis.language.prose import blocks, translated_markdown, translated_notebook
from analysis.ledger.table import ledger_table
from analysis.report.catalogues import called, domains, done, read_catalogue, template
from analysis.report.notebook import read_notebook

OTHERS = [name for name in language.LANGUAGES if name != "en"]
each_language = pytest.mark.parametrize("name", OTHERS)
DOMAINS = domains()
TRANSLATED = [each.slug for each in documents(paths.RAW) if each.slug in DOMAINS]
SENTENCES = ["notebooks", "library", "site", "codebook", *TRANSLATED]
each_domain = pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)


def forms(text):
    """Return the forms of a message, of its text or of its translation."""
    return list(text) if isinstance(text, list | tuple) else [text]


def placeholders(text, domain):
    """Return what a program fills in, with its format."""
    if domain.name == "site":
        return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))
    fields = string.Formatter().parse(text)
    return sorted((name, own_format(spec)) for _, name, spec, _ in fields if name is not None)


def own_format(spec):
    """Return a format without the form of a word that a translation asks for behind it."""
    return asked(spec)[0].removesuffix("genitive")


# Numbers that one language writes in digits and another in words, as each says it.
IN_WORDS = {"2": "twice", "5": "пят|бес", "30": "thirtieth", "50": "one half"}


def numbers(text):
    """Return the numbers of a text that no program fills in, without the signs between digits.

    Of a date the month, which is a word in other languages, is left out.
    """
    text = re.sub(r"\{[^}]*\}|%\(\w+\)s|`[^`]*`|https?://\S+", "", text)
    text = re.sub(r"\b(\d{4})-\d\d-(\d\d)\b", r"\1 \2", text)
    text = re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", text)
    return set(re.findall(r"\d+", text))


def lost_numbers(source, text):
    """Return the numbers that stand in one of two texts and not in the other, not even in words."""
    return {
        number
        for here, there in ((source, text), (text, source))
        for number in numbers(here) - numbers(there)
        if not re.search(IN_WORDS.get(number, "(?!)"), there)
    }


def marks(text):
    """Return what a translation keeps letter by letter: code, formulas, addresses."""
    return sorted(re.findall(r"`[^`]+`|\$[^$]+\$|https?://[^\s)>]+|10\.\d{4}/[^\s)>]+", text))


@each_language
@each_domain
def test_no_translation_is_missing_or_stale(name, domain):
    wanted = {(str(m.id), m.context) for m in template(domain) if m.id}
    gone = {(str(m.id), m.context) for m in read_catalogue(domain, name) if of_no_notebook(m)}
    there = {(str(tuple(forms(m.id)) if len(forms(m.id)) > 1 else m.id), m.context): m
             for m in read_catalogue(domain, name) if m.id}  # fmt: skip
    assert wanted == set(there) - gone, "run `python -m analysis catalogues`, then translate"
    assert not [key for key, message in there.items() if not done(message)]


@each_language
@each_domain
def test_a_translation_keeps_placeholders_code_and_addresses(name, domain):
    for message in read_catalogue(domain, name):
        if message.id:
            for text in forms(message.string):
                source = forms(message.id)[0]
                assert placeholders(text, domain) == placeholders(source, domain), source
                assert marks(text) == marks(source), source
                assert (text[:1] == " ") == (source[:1] == " "), source


@each_language
@each_domain
def test_a_translation_has_the_numbers_of_its_text(name, domain):
    for message in read_catalogue(domain, name):
        if message.id:
            for text in forms(message.string):
                assert not lost_numbers(forms(message.id)[0], text), (message.id, text)


def test_a_number_is_found_in_a_translation_however_it_is_written():
    assert not lost_numbers(
        "2,694 of 12000 on 2026-11-26", "2694 из 12\u00a0000, 26 ноября 2026 г."
    )
    assert not lost_numbers("twice {n}; 3.5 %", "{n} × 2; 3,5 %")
    assert lost_numbers("28 of 40", "27 из 40") == {"27", "28"}
    assert lost_numbers("95 % of {n}", "{n}") == {"95"}


@each_language
@each_domain
def test_gettext_finds_nothing_wrong_with_a_catalogue(name, domain):
    catalogue = read_catalogue(domain, name)
    assert not [str(error) for _, errors in catalogue.check() for error in errors]
    assert not catalogue.fuzzy and catalogue.charset == "utf-8"


@each_language
def test_a_translation_is_written_in_its_alphabet(name):
    for domain in SENTENCES:
        for message in read_catalogue(DOMAINS[domain], name):
            text = re.sub(r"\{[^}]*\}|`[^`]*`|%\(\w+\)s", "", " ".join(forms(message.string)))
            if message.id and re.search("[A-Za-z]{4}", str(message.id)) and len(text.split()) > 4:
                assert re.search("[а-яё]", text), message.id


@each_language
def test_a_percent_sign_does_not_stand_alone_on_a_line(name):
    for domain in DOMAINS.values():
        for message in read_catalogue(domain, name):
            for text in forms(message.string):
                assert not re.search(r"[0-9}] %", text), text


def test_kazakh_is_not_russian():
    for domain in (DOMAINS[each] for each in SENTENCES if each != "site"):
        russian = {m.id: m.string for m in read_catalogue(domain, "ru") if isinstance(m.id, str)}
        for message in read_catalogue(domain, "kk"):
            if isinstance(message.id, str) and len(str(message.string).split()) > 5:
                assert message.string != russian[message.id]


def of_no_notebook(message):
    """Say whether a message is of notebooks that are not in this copy of the project."""
    named = [place for place, _ in message.locations if place.endswith(".ipynb")]
    only = len(named) == len(message.locations)
    return bool(named) and only and not any((paths.NOTEBOOKS / each).exists() for each in named)


def label_files():
    """Return the lists of labels: of the library, of the notebooks, of each document."""
    folders = [paths.LOCALE, paths.NOTEBOOKS / "locale", *paths.RAW.glob("*/locale")]
    return [each / "labels.txt" for each in folders if (each / "labels.txt").exists()]


def test_every_label_is_a_text_of_the_project():
    labels = [line for file in label_files() for line in file.read_text("utf-8").splitlines()]
    assert len(labels) == len(set(labels))
    folders = [*paths.RAW.rglob("*.csv"), *paths.RAW.rglob("*.yml")]
    sources = [file for kind in ("*.py", "*.html", "*.yml") for file in paths.CODE.rglob(kind)]
    together = "\n".join(file.read_text("utf-8") for file in (*folders, *sources))
    code = "\n".join(
        "".join(cell["source"])
        for file in paths.NOTEBOOKS.glob("*.ipynb")
        for cell in json.loads(file.read_text("utf-8"))["cells"]
    )
    spoken = (together + code).lower().replace("_", " ")
    own = (paths.LOCALE / "labels.txt").read_text("utf-8").splitlines()
    assert not [label for label in own if label.lower() not in spoken]


@pytest.mark.parametrize(
    ("name", "number", "share", "date", "counts"),
    [
        ("en", "2,694", "44.7 %", "2010-04-05", ["1 person", "3 people", "153 people"]),
        ("ru", "2\xa0694", "44,7\xa0%", "05.04.2010", ["1 человек", "3 человека", "153 человека"]),
        ("kk", "2\xa0694", "44,7\xa0%", "05.04.2010", ["1 адам", "3 адам", "153 адам"]),
    ],
)
def test_numbers_dates_and_percent_signs_follow_the_language(name, number, share, date, counts):
    with language.speaking(name):
        assert language.number(2694) == number and tr("{n:,}", n=2694) == number
        assert language.with_unit("44.7", "percent") == language.localized_text("44.7 %") == share
        assert language.date("2010-04-05") == language.localized_text("2010-04-05") == date
        assert [counted(n, "person", "people") for n in (1, 3, 153)] == counts


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ru", ["1 год", "2 года", "5 лет", "11 лет", "21 год", "1,5 года"]),
        ("kk", ["1 жыл", "2 жыл", "5 жыл", "11 жыл", "21 жыл", "1,5 жыл"]),
    ],
)
def test_a_unit_takes_the_form_that_its_number_asks_for(name, expected):
    with language.speaking(name):
        numbers = ("1", "2", "5", "11", "21", "1.5")
        assert [language.with_unit(number, "years") for number in numbers] == expected


@each_language
def test_lists_and_ranges_follow_the_language(name):
    with language.speaking(name):
        assert (
            listed(["men", "women"])
            == {"ru": "мужчины и женщины", "kk": "ерлер және әйелдер"}[name]
        )
        assert span(17, 18) == "17–18" and span(1.5, 1.8, 1) == "1,5–1,8"


def test_an_unknown_language_is_refused_and_the_old_one_comes_back():
    with pytest.raises(ValueError, match="language: wanted one of en, ru, kk; got 'de'"):
        language.use_language("de")
    with pytest.raises(ZeroDivisionError), language.speaking("ru"):
        raise ZeroDivisionError
    assert language.current_language() == "en"


def test_a_table_is_saved_with_words_of_the_language_and_numbers_for_programs():
    table = pd.DataFrame({"verdict": ["reproduced"], "share": [44.7], "start": ["2010-04"]})
    with language.speaking("ru"):
        kept = language.labelled(table)
        assert kept["вердикт"].tolist() == ["воспроизводится"]
        assert kept["доля"].tolist() == [44.7] and kept["начало"].tolist() == ["2010-04"]
    assert language.labelled(table) is table


@each_language
@pytest.mark.parametrize("slug", TRANSLATED)
def test_a_table_has_its_labels_in_the_language(name, slug):
    labels = {m.id: m.string for m in read_catalogue(DOMAINS[slug], name) if m.context == "label"}
    (document,) = [each for each in documents(paths.RAW) if each.slug == slug]
    for table in document.tables:
        plain = read_table(f"{slug}/{table}")
        with language.speaking(name):
            spoken = read_table(f"{slug}/{table}")
        fields = document.tables[table]["schema"]["fields"]
        for column in [field["name"] for field in fields if field.get("translated")]:
            assert spoken[column].to_list() == [labels.get(each, each) for each in plain[column]]


@each_language
def test_the_ledger_speaks_and_judges_the_same(name, ledger):
    with language.speaking(name):
        spoken = ledger_table()
    same = ["claim", "printed", "verdict", "reason", "severity", "low", "high", "power"]
    assert spoken[same].equals(ledger[same])
    translated = spoken[spoken["paper"].isin(TRANSLATED)]
    for column in ("statement", "arithmetic"):
        said = translated.loc[translated[column] != "", column]
        assert said.str.contains("[а-я]").all() and not said.str.contains("people").any()


def test_the_prose_of_a_notebook_is_taken_piece_by_piece():
    text = "# A *title*\n\nOne\nparagraph.\n\n- first\n- second\n\n1. third"
    assert [block.text for block in blocks(text)] == [
        *("A *title*", "One paragraph.", "first", "second", "third")
    ]
    loud = translated_markdown(text, str.upper)
    assert loud == "# A *TITLE*\n\nONE PARAGRAPH.\n\n- FIRST\n- SECOND\n\n1. THIRD"


@each_language
@pytest.mark.parametrize("file", sorted(paths.NOTEBOOKS.glob("*.ipynb")), ids=lambda f: f.stem)
def test_a_notebook_is_translated_before_it_runs_and_its_code_stays(name, file):
    source = read_notebook(file)
    translated = translated_notebook(source, name)
    for before, after in zip(source.cells, translated.cells, strict=True):
        if before.cell_type == "code":
            assert after.source == before.source
        else:
            assert len(list(blocks(after.source))) == len(list(blocks(before.source)))
            words = re.sub(r"`[^`]*`|\([^)]*\)|\*[^*]*\*", "", after.source)
            assert re.search("[а-я]", words), before.source


def test_a_table_and_an_exercise_are_translated_cell_by_cell_and_stay_what_they_are():
    text = "**Try it.** Set `n`\nlower.\n\n| a | b \\| c |\n|---|--:|\n| 4 % | d |\n\n> said\n> so"
    assert [b.text for b in blocks(text)] == [
        "**Try it.** Set `n` lower.",
        "a",
        "b | c",
        "d",
        "said so",
    ]
    loud = translated_markdown(text, str.upper)
    assert loud.splitlines() == [
        *("**TRY IT.** SET `N` LOWER.", "", "| A | B \\| C |", "|---|--:|", "| 4 % | D |"),
        *("", "> SAID SO"),
    ]
    code = "```\nnot prose\n```"
    assert translated_markdown(code, str.upper) == code


def test_the_messages_of_code_are_found_however_it_is_called():
    code = 'analysis.language.say("a"); sentences.Sentence("b"); texts.counted(n, "c")'
    assert list(map(str, called(code))) == ["a", "b", "('c', 'cs')"]


def test_the_messages_of_code_are_its_templates():
    code = 'tr("a {n}", n=f("b")); Sentence("c " "d"); say("e"); counted(x["f"], "man", "men")'
    assert sorted(map(str, called(code))) == ["('man', 'men')", "a {n}", "c d", "e"]


@each_language
def test_the_glossary_is_used(name):
    """A term of the glossary that stands in a message stands in its translation, by its stem."""
    stems = {}
    for term in read_table("glossary").to_dict("records"):
        words = term[f"label_{name}"].split("(")[0].split()
        stems[term["label_en"].split(" (")[0].lower()] = [word[:5].lower() for word in words]
    missed = []
    watched = ("soft power", "academic mobility", "bologna process", "confidence interval")
    for message in read_catalogue(DOMAINS["notebooks"], name):
        for term in watched:
            if not isinstance(message.id, str) or "doi:" in message.id:
                continue
            if re.search(rf"\b{term}\b", message.id.lower()):
                said = message.string.lower()
                missed += [(term, message.string)] * (not all(s[:4] in said for s in stems[term]))
    assert not missed
