"""Words that change with their number: Russian nouns, Kazakh endings, qualifiers with units."""

import pytest

from analysis import tr, with_unit
from analysis.language import current
from analysis.language.current import speaking
from analysis.language.forms import noun_form, with_ending


@pytest.fixture
def said(monkeypatch):
    """Return a function that says a message in a language that translates it so."""

    def say(language, translation, **values):
        class Only:
            def gettext(self, text):
                return translation

        with monkeypatch.context() as patch, speaking(language):
            patch.setattr(current, "catalogue", lambda name: Only())
            return tr("a message", **values)

    return say


@pytest.mark.parametrize(
    ("number", "form"),
    [
        *(("1", "человек"), ("2", "человека"), ("5", "человек"), ("11", "человек")),
        *(("24", "человека"), ("82", "человека"), ("93", "человека"), ("203", "человека")),
        *(("112", "человек"), ("1\xa0001", "человек"), ("4\xa0000", "человек")),
        *(("0,94", "человека"), ("48–53", "человека"), ("от 3 до 6", "человек")),
    ],
)
def test_a_russian_noun_has_the_form_that_its_number_asks_for(number, form):
    assert noun_form(number, "человек|человека|человек") == form


def test_a_russian_phrase_may_have_a_form_of_its_own_behind_a_fraction():
    problems = "названная проблема|названные проблемы|названных проблем|названной проблемы"
    assert [noun_form(n, problems) for n in ("1,19", "2", "7")] == [
        *("названной проблемы", "названные проблемы", "названных проблем")
    ]


def test_a_translation_asks_for_the_noun_behind_a_number(said):
    translation = "{n:,;человек|человека|человек} из {all}"
    assert said("ru", translation, n=203, all=5) == "203 человека из 5"
    assert said("ru", "{gap:.2f;пункт|пункта|пунктов}", gap=0.94) == "0,94 пункта"


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        *(("0", "0-ден"), ("1", "1-ден"), ("2", "2-ден"), ("3", "3-тен"), ("4", "4-тен")),
        *(("5", "5-тен"), ("6", "6-дан"), ("7", "7-ден"), ("8", "8-ден"), ("9", "9-дан")),
        *(("10", "10-нан"), ("20", "20-дан"), ("30", "30-дан"), ("40", "40-тан")),
        *(("50", "50-ден"), ("60", "60-тан"), ("70", "70-тен"), ("80", "80-нен")),
        *(("90", "90-нан"), ("200", "200-ден"), ("4\xa0000", "4\xa0000-нан")),
        *(("5\xa0000\xa0000", "5\xa0000\xa0000-нан"), ("2\xa0000\xa0000\xa0000",) * 2),
        *(("0,94", "0,94-тен"), ("25,2", "25,2-ден"), ("24\xa0%", "24\xa0%-дан")),
        *(("5 студент", "5 студенттен"), ("12 жоба", "12 жобадан"), ("3 жүйе", "3 жүйеден")),
    ],
)
def test_a_kazakh_numeral_takes_the_ending_of_its_last_spoken_word(number, spoken):
    wanted = spoken + "-тан" if spoken == number else spoken  # миллиардтан
    assert with_ending(number, "дан") == wanted


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("ға", "1-ге 3-ке 6-ға 10-ға 40-қа 100-ге 30\xa0%-ға"),
        ("ның", "1-дің 3-тің 6-ның 10-ның 40-тың 100-дің 30\xa0%-дың"),
        ("да", "1-де 3-те 6-да 10-да 40-та 100-де 30\xa0%-да"),
    ],
)
def test_every_kazakh_case_follows_the_last_spoken_word(ending, expected):
    numbers = ("1", "3", "6", "10", "40", "100", "30\xa0%")
    assert " ".join(with_ending(number, ending) for number in numbers) == expected


def test_a_translation_asks_for_the_ending_of_a_number(said):
    assert said("kk", "{n:-дан} кейін {m} келеді", n=1, m=2) == "1-ден кейін 2 келеді"
    assert said("kk", "{n:,-ға} дейін", n=4000) == "4\xa0000-ға дейін"


LIMITED = {
    "en": "more than 5000 students; only 24 %; about 42 %; up to 5 students; 12 or over",
    "ru": "более 5000 студентов; только 24 %; около 42 %; до 5 студентов; 12 и более",
    "kk": "5000-нан астам студент; тек 24 %; шамамен 42 %; 5-ке дейін студент; 12 және одан көп",
}


@pytest.mark.parametrize(("language", "expected"), LIMITED.items())
def test_what_limits_a_number_stands_where_the_language_has_it(language, expected):
    with speaking(language):
        said = [
            with_unit("5000", "students", "more than"),
            with_unit("24", "percent", "only"),
            with_unit("42", "percent", "about"),
            with_unit("5", "students", "up to"),
            with_unit("12", "", "or over"),
        ]
    assert "; ".join(said).replace("\xa0", " ") == expected


@pytest.mark.parametrize("language", current.LANGUAGES)
@pytest.mark.parametrize("qualifier", ["", *current.QUALIFIERS])
def test_no_number_is_followed_by_empty_brackets(language, qualifier):
    with speaking(language):
        said = with_unit("132000", "", qualifier)
    assert "132" in said and "(" not in said and said == said.strip()


@pytest.mark.parametrize(
    ("number", "qualifier", "expected"),
    [
        *(("21", "", "21 год"), ("22", "", "22 года"), ("22", "more than", "более 22 лет")),
        *(("21", "about", "около 21 года"), ("22", "only", "только 22 года")),
        *(("1.5", "", "1,5 года"), ("3-5", "", "3-5 лет")),
    ],
)
def test_a_russian_word_of_limit_puts_the_noun_in_the_genitive(number, qualifier, expected):
    with speaking("ru"):
        assert with_unit(number, "years", qualifier) == expected


@pytest.mark.parametrize("language", current.LANGUAGES)
@pytest.mark.parametrize("name", ["Ash et al.", "Ясень и др.", "Шаған т.б."])
def test_an_abbreviation_at_the_end_of_a_sentence_has_one_full_stop(language, name):
    with speaking(language):
        assert (
            tr("Counted by {name}. And so on ...", name=name) == f"Counted by {name} And so on ..."
        )
        assert tr("Counted by {name}", name=f"{name}.") == f"Counted by {name}"
