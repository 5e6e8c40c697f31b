"""The order of options: scales in three languages, numbers, bands of numbers; and what is none."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from analysis.responses.options import plain

# Words of both sides of a scale: what denies, what affirms. The first that fits counts.
SIDES: Mapping[str, tuple[str, str]] = {
    "agreement": (
        r"disagree|don'?t agree|do not agree|not agree|не соглас|несоглас|келіспе",
        r"agree|соглас|келіс",
    ),
    "satisfaction": (
        r"(dis|un)satisfied|not (at all |very |fully |completely )?satisfied|unhappy"
        r"|не(\w* )*удовлетвор|неудовлетвор|не(\w* )*довол|недовол"
        r"|қанағаттанба|көңілім толмайды|риза емес",
        r"satisfied|happy|удовлетвор|довол|қанағаттан|көңілім толады|риза",
    ),
    "importance": (
        r"unimportant|not (at all |very |so )?important|не\s?важ|не (\w+ )?важ|маңызды емес|маңызсыз",
        r"important|essential|важ|маңызды",
    ),
    "likelihood": (
        r"unlikely|improbable|not likely|маловероят|невероят|не вероят|екіталай|ықтимал емес",
        r"likely|probable|вероят|ықтимал",
    ),
    "difficulty": (r"difficult|hard|сложн|трудн|қиын", r"eas(y|ier)|легк|прост|оңай|жеңіл"),
    "decision": (
        r"(definitely|certainly|probably|rather|likely|surely) (not|no)\b|^no\b"
        r"|(определ\w+|точно|скорее|конечно|однозначно)( всего)?,? нет|^нет\b"
        r"|^(мүлдем |әрине )?жоқ\b|(көбінесе|көбіне) жоқ",
        r"definitely|certainly|probably|rather yes|^yes\b"
        r"|(определ\w+|точно|скорее|конечно|однозначно)( всего)?,? да|^да\b"
        r"|^(әрине |толық )?иә\b|(көбінесе|көбіне) иә",
    ),
}
MIDDLE = (
    r"^neutral|neither|undecided|^mixed|nor\b|нейтрал|ни да,? ни нет|и да,? и нет|ни то,? ни"
    r"|отчасти да,? отчасти нет|бейтарап|ортасында|иә де,? жоқ та|^50 ?/ ?50|^средне|^орташа"
)
STRENGTHS = (  # the first that fits counts
    (3.5, r"extremely|absolut|абсолют|чрезвычайно|аса|өте-өте"),
    (
        3.0,
        r"strong|complete|total|fully|entirely|very|at all|definite|certain"
        r"|полностью|совершенно|совсем не|очень|крайне|категорически|вообще не|точно|определ|однозначно"
        r"|толық|мүлдем|мүлде|өте|әбден|әрине",
    ),
    (
        1.5,
        r"mostly|generally|moderate|fairly|quite|в основном|в целом|довольно|достаточно|негізінен",
    ),
    (
        1.0,
        r"somewhat|slight|rather|partly|partial|tend|a little|probabl|not (very|so|quite|fully)"
        r"|скорее|отчасти|частично|не (совсем|очень|вполне|полностью)|немного|слегка|более[- ]менее"
        r"|ішінара|жартылай|біршама|аздап|көбінесе|көбіне|онша",
    ),
)
WEAK_DENIAL = re.compile(
    r"не (совсем|очень|вполне|полностью)|not (very|so|quite|fully|completely)|онша"
)
# Words that each have a place of their own, from one end to the other.
STEPS: Mapping[str, tuple[str, ...]] = {
    "frequency": (
        r"never|not once|никогда|ни разу|ешқашан|еш уақытта",
        r"(almost|hardly|practically) (n?ever)|почти никогда|практически никогда|ешқашан дерлік",
        r"less (often )?than once a year|реже,? чем раз в год|жылына бір реттен аз",
        r"very rarely|очень редко|өте сирек",
        r"once a year|yearly|annually|раз в год|ежегодно|жылына бір рет|жыл сайын",
        r"rarely|seldom|редко|сирек",
        r"(several|few) times a year|несколько раз в год|жылына бірнеше рет",
        r"occasionally|from time to time|now and then|время от времени|изредка|анда-санда",
        r"sometimes|иногда|кейде",
        r"(once a|every|each) month|monthly|раз в месяц|ежемесячно|каждый месяц"
        r"|айына бір рет|ай сайын",
        r"times a month|раза? в месяц|айына бірнеше рет",
        r"(once a|every|each) week|weekly|раз в неделю|еженедельно|каждую неделю"
        r"|аптасына бір рет|апта сайын",
        r"times a week|раза? в неделю|аптасына бірнеше рет",
        r"often|frequent|regular|часто|регулярно|жиі|тұрақты",
        r"very often|very frequent|очень часто|өте жиі",
        r"usually|mostly|most of the time|обычно|чаще всего|как правило|әдетте|көбінесе",
        r"(almost|nearly) (always|every day)|почти (всегда|каждый день)|үнемі дерлік|күн сайын дерлік",
        r"every ?day|daily|once a day|ежедневно|каждый день|раз в день|күн сайын|күнделікті|күніне бір рет",
        r"times a day|раз в день|күніне бірнеше рет",
        r"always|constantly|всегда|постоянно|үнемі|әрқашан|әрдайым",
    ),
    "quality": (
        r"terribl|awful|ужасн|сұмдық",
        r"very (poor|bad)|очень плох|өте (нашар|жаман)",
        r"\b(poor|bad)|плох|нашар|жаман",
        r"fair|average|satisfactory|acceptable|\bok\b|удовлетворительн|средн|нормальн|орташа|қанағаттанарлық",
        r"\bgood|хорош|жақсы",
        r"very good|очень хорош|өте жақсы",
        r"excellent|outstanding|отличн|превосходн|тамаша|үздік",
    ),
    "extent": (
        r"not at all|none at all|to no extent|совсем не|вообще не|совсем нет|нисколько|мүлдем|тіпті",
        r"a little|slight|small extent|немного|слегка|в малой степени|аздап|аз дәрежеде",
        r"somewhat|moderate|some extent|отчасти|умеренно|в некоторой степени|в средней степени|біршама"
        r"|орташа дәрежеде",
        r"quite a (bit|lot)|a lot|\bmuch|large extent|значительно|в значительной степени|айтарлықтай",
        r"very much|a great deal|extremely|great extent|очень сильно|в большой степени|полностью|өте|толық",
    ),
    "level": (
        r"(very|extremely) low|очень низк|өте төмен",
        r"(?<!very )\blow|низк|төмен",
        r"medium|middle|moderate|average|средн|орташа|орта\b",
        r"\bhigh|высок|жоғары",
        r"(very|extremely) high|очень высок|өте жоғары",
    ),
}
OUTSIDE = re.compile(
    r"(i('| a)?m )?(not|un)[ -]?sure|(it'?s |it is )?hard to say|difficult to (say|answer)"
    r"|(i )?(do not|don'?t|dont) know( yet)?|dk|no (opinion|answer)|can'?t say|cannot say"
    r"|(i )?(would )?(prefer|rather) not( to)? (say|answer)|n/a|not applicable|(does|do) not apply"
    r"|не (могу|хочу|желаю|буду) (сказать|отвечать|ответить|указывать)"
    r"|(мне )?(за)?трудн(яюсь|о)( (от|с)\w+)?( ответ\w*)?|не знаю|сложно (сказать|ответить)"
    r"|нет (ответа|мнения)|не (применимо|уверена?|уверен\(а\)|определил(ся|ась))"
    r"|отказ(ываюсь)?( от(вечать| ответа))?|без ответа|предпочитаю не (отвечать|указывать|говорить)"
    r"|(жауап беруге |айтуға )?қиналамын|(айту|жауап беру) қиын|білмеймін|сенімді емеспін"
    r"|жауап(ым)? жоқ|жауап бергім келмейді|айтқым келмейді|қолданылмайды"
)
OTHER = re.compile(
    r"(an)?other( \(?(please )?(specify|write|write in|state).*)?|something else|другое.*|другой|другая"
    r"|иное|прочее|свой вариант.*|басқа(сы|лар)?( \(.*)?|өзге(сі)?|(other|другое|басқа)[ :,(–-].*"
)
YES = re.compile(r"(yes|y|true|да|иә|ия|ійә|иа)")
NO = re.compile(r"(no|n|false|нет|жоқ)")
RANGE = re.compile(
    r"([0-9][0-9 .,]*?)\s*(?:-|–|—|to|до|until|и до|ден|дан|тан|тен)+\s*([0-9][0-9 .,]*)"
)
BELOW = re.compile(
    r"under|below|less|younger|up to|fewer|моложе|младше|менее|меньше|^до|дейін|төмен|аз\b|кіші|<"
)
ABOVE = re.compile(
    r"over|above|more|older|and (over|older|above|up)|старше|более|больше|свыше|от\b|жоғары|асқан|көп|үлкен|кейін|\+|>"
)
LEADING = re.compile(r"\(?([0-9]{1,3})\s*(?:[.):=–—-]|\s)\s*\D")
WORDS_OF_BANDS = re.compile(
    r"years?|old|лет|года?|жас\w*|жыл\w*|under|below|less|than|younger|up|to|fewer|over|above|more|older|and"
    r"|моложе|младше|менее|меньше|до|старше|более|больше|свыше|от|и|чем|дейін\w*|төмен|аз|кіші|жоғары"
    r"|асқан|көп|үлкен|кейін|тг|тенге|теңге|тыс|тысяч|мың|мыңнан|kzt|usd|руб\w*|hours?|часов|часа?|сағат\w*|дан|ден|тан|тен"
)


def _bare(text: str) -> str:
    return re.sub(r"[’ʼ`]", "'", plain(text)).replace("ё", "е").strip(" .!?*:;")


def is_outside(text: str) -> bool:
    """Say whether an answer tells nothing about the question: not sure, hard to say, no answer.

    >>> is_outside("Not sure"), is_outside("Затрудняюсь ответить"), is_outside("Never")
    (True, True, False)
    """
    return bool(OUTSIDE.fullmatch(_bare(text)))


def is_other(text: str) -> bool:
    """Say whether an option stands for answers in one's own words.

    >>> is_other("Other (please specify)"), is_other("Басқа"), is_other("Others say so")
    (True, True, False)
    """
    return bool(OTHER.fullmatch(_bare(text)))


def yes_or_no(text: str) -> str:
    """Return "yes", "no" or "" for an answer in one of three languages.

    >>> yes_or_no("Иә"), yes_or_no("Нет."), yes_or_no("often")
    ('yes', 'no', '')
    """
    bare = _bare(text)
    return "yes" if YES.fullmatch(bare) else "no" if NO.fullmatch(bare) else ""


def scale_order(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Return the name of the scale that all of the texts belong to, and them in its order.

    The order is from what denies most to what affirms most, from seldom to often, from poor to
    good; ("", []) for texts of no scale.

    >>> scale_order(["Agree", "Strongly disagree", "Neutral", "Disagree"])
    ('agreement', ['Strongly disagree', 'Disagree', 'Neutral', 'Agree'])
    >>> scale_order(["Жиі", "Ешқашан", "Кейде"])
    ('frequency', ['Ешқашан', 'Кейде', 'Жиі'])
    """
    ways: dict[str, Callable[[str], float | None]] = {}
    ways |= {name: lambda text, name=name: _side(text, name) for name in SIDES}
    ways |= {name: lambda text, name=name: _step(text, name) for name in STEPS}
    for name, score in ways.items():
        scores = {text: score(_bare(text)) for text in texts}
        if None not in scores.values() and len(set(scores.values())) == len(texts) > 2:
            return name, sorted(texts, key=scores.__getitem__)
    return "", []


def _side(text: str, name: str) -> float | None:
    denies, affirms = SIDES[name]
    if re.search(MIDDLE, text):
        return 0
    denied = re.search(denies, text) or re.search(affirms, text) and WEAK_DENIAL.search(text)
    if not denied and not re.search(affirms, text):
        return None
    if WEAK_DENIAL.search(text):
        return -1.0
    strength = next((value for value, words in STRENGTHS if re.search(words, text)), 2.0)
    return -strength if denied else strength


def _step(text: str, name: str) -> float | None:
    """Return the place of the longest words of a scale that a text holds."""
    found = [
        (len(match[0]), place)
        for place, words in enumerate(STEPS[name])
        if (match := re.search(words, text))
    ]
    return max(found)[1] if found else None


def leading_number(text: str) -> int | None:
    """Return the number that an option begins with, such as 4 of "4 - agree".

    >>> leading_number("4 - agree"), leading_number("1) never"), leading_number("20-29")
    (4, 1, None)
    """
    found = LEADING.match(_bare(text))
    return int(found[1]) if found else None


def band(text: str) -> tuple[float, float] | None:
    """Return the ends of a band of numbers, such as an age; None for any other text.

    >>> band("18–24 years"), band("under 18"), band("65+"), band("45 лет и старше")
    ((18.0, 24.0), (-inf, 18.0), (65.0, inf), (45.0, inf))
    """
    bare = _bare(text)
    if WORDS_OF_BANDS.sub("", re.sub(r"[0-9 .,+<>–—=$-]", " ", bare)).strip():
        return None
    if found := RANGE.search(bare):
        return _amount(found[1]), _amount(found[2])
    numbers = re.findall(r"[0-9][0-9 .,]*", bare)
    if len(numbers) != 1:
        return None
    number = _amount(numbers[0])
    if BELOW.search(bare):
        return float("-inf"), number
    return (number, float("inf")) if ABOVE.search(bare) else (number, number)


def _amount(text: str) -> float:
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))
    return float(digits or 0)


def bands_order(texts: Sequence[str]) -> list[str]:
    """Return bands of numbers in ascending order; nothing where one of the texts is no band.

    >>> bands_order(["25-34", "55 and over", "under 25", "35-54"])
    ['under 25', '25-34', '35-54', '55 and over']
    """
    bands = {text: band(text) for text in texts}
    wide = sum(ends is not None and ends[0] != ends[1] for ends in bands.values())
    if None in bands.values() or wide < 2:
        return []
    return sorted(texts, key=lambda text: bands[text])
