"""What people look for in these documents is among the first three results, in each language."""

import re

import pytest

from tests.site.searching import found, search_page

SURVEY = "(notebooks|guides)/(15-your-survey|your-own-survey).*"  # the example, or the guide
WANTED = {
    "en": [
        ("28", "claims/zhakyanova-prospects-transformed.html"),
        ("28 per cent", "claims/zhakyanova-seru-finish.html"),
        ("28 percent", "claims/zhakyanova-seru-finish.html"),
        ("103", "claims/zhakyanova-respondents.html"),
        ("28.56", "claims/zhakyanova-innovation-score.html"),
        ("28,56", "claims/zhakyanova-innovation-score.html"),
        ("132 000", "claims/nched-vietnam.html"),
        ("Figure 4", "figures/figure-4-prospects.html"),
        ("own survey", SURVEY),
        ("licence", "method.html#cite"),
        ("license", "method.html#cite"),
        ("cite", "method.html#cite"),
        ("consistent", "method.html#verdicts"),
        ("soft power", "method.html#term-soft-power"),
        ("Nye", "claims/zhakyanova-soft-power-proposed.html"),
        ("Goodman", "method.html#sources-of-the-methods"),
        ("Georgian universities", "claims/zharylkap-georgia.html"),
        ("Tokyo Convention", "claims/nched-tokyo-adopted.html"),
        ("President's visit to Japan", "claims/rustemova-visit.html"),
    ],
    "ru": [
        ("28", "claims/zhakyanova-prospects-transformed.html"),
        ("103", "claims/zhakyanova-respondents.html"),
        ("28,56", "claims/zhakyanova-innovation-score.html"),
        ("28.56", "claims/zhakyanova-innovation-score.html"),
        ("132 000", "claims/nched-vietnam.html"),
        ("рисунок 4", "figures/figure-4-prospects.html"),
        ("рисунка 4", "figures/figure-4-prospects.html"),
        ("собственный опрос", SURVEY),
        ("лицензия", "method.html#cite"),
        ("лицензии", "method.html#cite"),
        ("как ссылаться", "method.html#cite"),
        ("согласуется", "method.html#verdicts"),
        ("мягкой силой", "method.html#term-soft-power"),
        ("soft power", "method.html#term-soft-power"),
        ("академической мобильностью", "method.html#term-academic-mobility"),
        ("университеты Грузии", "claims/zharylkap-georgia.html"),
        ("визит президента", "claims/rustemova-visit.html"),
        ("Рустемова", "documents/rustemova.html"),
    ],
    "kk": [
        ("28", "claims/zhakyanova-prospects-transformed.html"),
        ("103", "claims/zhakyanova-respondents.html"),
        ("28,56", "claims/zhakyanova-innovation-score.html"),
        ("28 пайыз", "claims/zhakyanova-prospects-transformed.html"),
        ("132 000", "claims/nched-vietnam.html"),
        ("4-сурет", "figures/figure-4-prospects.html"),
        ("өз сауалнамаңыз", SURVEY),
        ("лицензия", "method.html#cite"),
        ("лицензиясы", "method.html#cite"),
        ("сілтеме жасау", "method.html#cite"),
        ("сауалнаманың", "method.html#term-survey"),
        ("академиялық ұтқырлығы", "method.html#term-academic-mobility"),
        ("академиялық ұтқырлықтың", "method.html#term-academic-mobility"),
        ("жұмсақ күштің", "method.html#term-soft-power"),
        ("soft power", "method.html#term-soft-power"),
        ("Болон процесіне қосылған жыл", "claims/zharylkap-join-year.html"),
        ("Грузиядағы университеттердің", "claims/zharylkap-georgia.html"),
        ("президенттің Жапонияға сапары", "claims/rustemova-visit.html"),
        ("Рүстемованың", "documents/rustemova.html"),
    ],
}


@pytest.mark.parametrize("language", WANTED)
def test_what_people_look_for_is_among_the_first_three(translated_report, opened, language):
    page, missed = search_page(translated_report, language, opened), {}
    for query, url in WANTED[language]:
        first = found(page, query)[:3]
        if not any(re.fullmatch(url, each) for each in first):
            missed[query] = (url, first)
    assert not missed, missed
