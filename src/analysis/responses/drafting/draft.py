"""A first codebook from the answers alone: what each column seems to be, and how sure that is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.responses.answers import Responses
from analysis.responses.codebook import TAKEN, Codebook, Entry, number_of, short_name
from analysis.responses.drafting.bases import with_bases
from analysis.responses.drafting.grids import Part, parts
from analysis.responses.drafting.ordering import (
    bands_order,
    is_other,
    is_outside,
    leading_number,
    scale_order,
    yes_or_no,
)
from analysis.responses.drafting.platforms import is_date, reason_to_ignore
from analysis.responses.drafting.separating import Separated, separated
from analysis.responses.drafting.spelling import spellings
from analysis.responses.options import plain
from analysis.responses.personal import personal, redacted
from analysis.responses.seen import ROWS, Seen, sample, seen
from analysis.responses.words import one_of

SURE, LIKELY, CHECK = "sure", "likely", "please check"
OPTION_CODE = re.compile(r"[A-Za-z]{1,3}[0-9]{1,4}")
CODE = re.compile(r"0[0-9]+")  # such as a postal code
LOOKS = str.maketrans("аеорсухкмнвтіһԁԛԝѕј", "aeopcyxkmhbtihdqwsj")  # Cyrillic as Latin
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}([.][0-9]{3})+")  # 1.250 may be 1250
FEW = 20  # respondents; below it a draft is never sure
MOST_OPTIONS = 60
LONGEST = 500  # letters of an option
WRITTEN_IN = {"en": "Other", "ru": "Другое", "kk": "Басқа"}


@dataclass(frozen=True)
class Guess:
    """What one question seems to be: the values of its entry, how sure, and why."""

    kind: str
    why: tuple[str, ...] = ()
    sure: str = SURE
    more: Mapping[str, object] = field(default_factory=dict)

    def but(self, *why: str, sure: str = "", **more: object) -> "Guess":
        """Return the same guess with more reasons and values, and at most as sure."""
        order = (CHECK, LIKELY, SURE)
        least = min((self.sure, sure or SURE), key=order.index)
        return replace(self, why=(*self.why, *why), sure=least, more={**self.more, **more})


def draft(responses: Responses) -> Codebook:
    """Return a codebook drafted from answers, to be read and edited by a person.

    responses : Responses
        Of any engine; the first ROWS respondents are looked at.

    Every entry says how sure it is (`sure`) and what it rests on (`guess`). Columns that look
    personal get the kind ignore, and none of their answers stands in the codebook. An option that
    nobody chose cannot be seen in a file: add it to `options`.

    >>> import pandas as pd
    >>> book = draft(Responses(pd.DataFrame({"Crop": ["apples", "pears"] * 20})))
    >>> [(entry.kind, entry.options) for entry in book]
    [('single', ('apples', 'pears'))]
    """
    table = sample(responses.frame, rows=ROWS)
    columns = [*seen(table)]
    headers = [_header(responses, each.column) for each in columns]
    groups = parts(columns, headers)
    names = _unique([_name(group) for group in groups])
    entries = [_entry(name, group, responses) for name, group in zip(names, groups, strict=True)]
    return Codebook(tuple(_looked_at(with_bases(entries, table), len(table))))


def _looked_at(entries: Sequence[Entry], rows: int) -> Iterator[Entry]:
    said = tr("looked at the first {rows:,} respondents", rows=rows) if rows == ROWS else ""
    for entry in entries:
        yield replace(entry, guess=f"{entry.guess}; {said}") if said else entry


def _header(responses: Responses, column: str) -> str:
    return responses.labels.get(column, {}).get("") or column


def _name(group: Sequence[Part]) -> str:
    """Return the short name of a question, from its header."""
    part = group[0]
    if len(group) == 1 and part.stem:
        return f"{short_name(part.stem, 24)}-{short_name(part.option, 24)}".strip("-")
    return short_name(redacted(part.stem or part.header), 40)


def _unique(names: Sequence[str]) -> list[str]:
    """Return names made different: by a number where one is taken, or is empty."""
    found: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        name, number = name or f"question-{place}", 2
        fresh = name
        while fresh in TAKEN or fresh in found:
            fresh, number = f"{name}-{number}", number + 1
        found[fresh] = None
    return [*found]


def _entry(name: str, group: Sequence[Part], responses: Responses) -> Entry:
    asked = " ".join((group[0].stem if len(group) > 1 else group[0].header).split())
    language = language_of(asked)
    guess = _several(group) if len(group) > 1 else _one(group[0], responses)
    topics = {language: redacted(asked)} if language and asked else {}
    why = [*guess.why, _topic_said(language if asked else "", guess.kind)]
    return Entry(
        name,
        tuple(part.seen.column for part in group),
        guess.kind,
        topics=topics,
        sure=guess.sure,
        guess="; ".join(filter(None, why)),
        **guess.more,
    )


def language_of(text: str) -> str:
    """Return the language that a text seems to be in: "en", "ru", "kk", or "".

    >>> [language_of(text) for text in ("Жасыңыз неше?", "Ваш возраст", "Age", "年")]
    ['kk', 'ru', 'en', '']
    """
    letters = text.casefold()
    if re.search("[әғқңөұүһі]", letters):
        return "kk"
    if re.search("[а-яё]", letters):
        return "ru"
    return "en" if re.search("[a-z]", letters) else ""


def _topic_said(language: str, kind: str) -> str:
    if kind in ("ignore", "text"):
        return ""
    others = [each for each in ("en", "ru", "kk") if each != language]
    return tr("no topic and labels yet in: {languages}", languages=" ".join(others))


def _several(group: Sequence[Part]) -> Guess:
    """Return the guess for columns that are one question, an option each."""
    labels = _distinct([redacted(part.label) for part in group])
    other = next(
        (label for label, part in zip(labels, group, strict=True) if is_other(part.label)), ""
    )
    outside = tuple(_outside(labels))
    blank = tr("{columns} columns, an option each", columns=len(group))
    guess = Guess("multiple", (blank,), SURE if group[0].header.endswith("]") else LIKELY)
    guess = guess.but(options=tuple(labels), other=other, not_counted=outside)
    if not group[0].stem:
        guess = guess.but(tr("what was asked stands in no header"), sure=CHECK)
    if all(part.denied for part in group) and not all(
        part.seen.cells.keys() <= {"0", "1"} for part in group
    ):
        guess = guess.but(tr("or a yes-no question each"), sure=LIKELY)
    guess = _saying_codes(guess, labels)
    if never := [label for label, part in zip(labels, group, strict=True) if not part.ticks]:
        guess = guess.but(tr("chosen by nobody: {options}", options=", ".join(never)))
    return guess


def _saying_codes(guess: Guess, labels: Sequence[str]) -> Guess:
    """Return the guess with a word on options that are codes, such as SQ001 or A2."""
    if not any(OPTION_CODE.fullmatch(label) for label in labels):
        return guess
    return guess.but(tr("options are codes; write what they mean into the labels"), sure=CHECK)


def _distinct(labels: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for label in labels:
        fresh, number = label, 2
        while plain(fresh) in found:
            fresh, number = f"{label} ({number})", number + 1
        found[plain(fresh)] = fresh
    return [*found.values()]


def _one(part: Part, responses: Responses) -> Guess:
    """Return the guess for a column that is a question by itself."""
    column, header = part.seen, part.header
    if not column.people:
        return Guess("ignore", (tr("nobody answered"),))
    if why := personal(column.cells, header) or personal(column.cells, column.column):
        return Guess("ignore", (tr("withheld: {why}", why=why),), LIKELY)
    if coded := _labelled(column, responses.labels.get(column.column, {})):
        return coded
    if why := reason_to_ignore(column, header):
        return Guess("ignore", (why,), LIKELY)
    counted = tr(
        "{different} different answers of {all}; {blank} blank",
        different=len(column.counts),
        all=column.people,
        blank=column.blank,
    )
    guess = _kind(column, header)
    if part.is_marked:
        guess = guess.but(tr("are these ticks of one option?"), sure=CHECK)
    guess = replace(guess, why=(counted, *guess.why))
    return guess.but(sure=LIKELY) if column.people < FEW and guess.kind != "ignore" else guess


def _labelled(column: Seen, labels: Mapping[str, str]) -> Guess | None:
    """Return the guess for a column whose values the file itself names, such as of SPSS."""
    named = {value: meaning for value, meaning in labels.items() if value}
    known = {plain(value): value for value in named} | {
        plain(each): each for each in named.values()
    }
    answers = [text for text in column.counts if plain(text) in known]
    if len(named) < 2 or sum(column.counts[text] for text in answers) < 0.9 * column.people:
        return None
    by_value = sum(plain(text) in {plain(value) for value in named} for text in answers)
    options = _distinct([*(named if by_value > len(answers) / 2 else named.values())])
    meanings = _distinct([*named.values()])
    guess = _choice(meanings, [], tr("options and their order are those of the file"))
    renamed = dict(zip(meanings, options, strict=True))
    labels_of = (
        {language_of(" ".join(meanings)) or "en": tuple(meanings)} if options != meanings else {}
    )
    outside = tuple(renamed[each] for each in guess.more["not_counted"])
    other = renamed.get(str(guess.more["other"]), "")
    return guess.but(options=tuple(options), labels=labels_of, not_counted=outside, other=other)


def _kind(column: Seen, header: str) -> Guess:
    counts = column.counts
    if len(counts) == 1 and column.people > 1:
        said = tr("everybody gave the same answer; to keep it write kind single and its options")
        return Guess("ignore", (said,), CHECK)
    numbers = sum(people for text, people in counts.items() if number_of(text) is not None)
    if numbers >= 0.9 * column.people and not any(map(CODE.fullmatch, counts)):
        return _numbers(column, header, numbers)
    if len(counts) > FEW and all(map(str.isdecimal, counts)):
        return Guess("text", (tr("numbers that begin with 0 are codes"),), LIKELY)
    merge = spellings(counts)
    clean = _merged(counts, merge)
    single = _single(clean, column.people, header)
    apart = separated(_cells(column, merge)) if single.kind in ("single", "text") else None
    guess = _multiple(apart, column.people, header) if apart else single
    if apart and not apart.ended and len(clean) <= len(apart.options):
        guess = guess.but(tr("as many different cells as options, or fewer"), sure=CHECK)
    return _saying_merged(guess, merge) if guess.more.get("options") else guess


def _cells(column: Seen, merge: Mapping[str, str]) -> dict[str, int]:
    return {text: people for text, people in column.cells.items() if text not in merge}


def _merged(counts: Mapping[str, int], merge: Mapping[str, str]) -> dict[str, int]:
    found = {text: people for text, people in counts.items() if text not in merge}
    for said, option in merge.items():
        found[option] += counts[said]
    return found


def _saying_merged(guess: Guess, merge: Mapping[str, str]) -> Guess:
    options = guess.more["options"]
    kept = {said: option for said, option in merge.items() if option in options}
    if not kept:
        return guess
    told = ", ".join(f"{said} -> {option}" for said, option in kept.items())
    said = tr("taken as other spellings: {spellings}", spellings=redacted(told))
    return guess.but(said, sure=CHECK, merge=kept)


def _numbers(column: Seen, header: str, numbers: int) -> Guess:
    """Return the guess for a column of numbers: points of a scale, codes, or amounts."""
    found = {number_of(text) for text in column.counts} - {None}
    rest = column.people - numbers
    guess = Guess(
        "number", (tr("numbers from {low:g} to {high:g}", low=min(found), high=max(found)),)
    )
    if one_of("weight").search(header.casefold()) and _averages_one(column):
        said = tr("looks like weights; if so: tally --weights {column}", column=column.column)
        return Guess("ignore", (said,), CHECK)
    if (pointed := [text for text in column.counts if "." in text]) and all(
        map(THOUSANDS.fullmatch, pointed)
    ):
        said = tr("thousands or decimals: {numbers}", numbers=", ".join(pointed[:3]))
        guess = guess.but(said, sure=CHECK)
    if rest:
        guess = guess.but(tr("no number: {people}", people=rest), sure=CHECK)
    whole = all(number == int(number) for number in found) and not rest
    counted = one_of("counted").search(header.casefold())
    if whole and found == {0, 1}:
        options, merge = _as_written(column, (1, 0))
        return replace(guess, kind="yes-no").but(sure=CHECK, options=options, merge=merge)
    if whole and not counted and min(found) >= 0 and max(found) <= 10 and len(found) > 2:
        return _points(guess, found, column)
    if len(found) == 2 and whole and column.people >= FEW and not counted:
        said = tr("options are codes; write what they mean into the labels")
        codes, merge = _as_written(column, sorted(found))
        return replace(guess, kind="single").but(said, sure=CHECK, options=codes, merge=merge)
    return guess.but(sure=LIKELY if counted or len(found) > 10 else CHECK)


def _as_written(column: Seen, numbers: Iterable[float]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return whole numbers as the file has them, such as 1.0, and other spellings of each."""
    spelt: dict[float | None, list[str]] = {}
    for text in column.counts:
        spelt.setdefault(number_of(text), []).append(text)
    tail = ".0" if all(text.endswith(".0") for text in column.counts) else ""
    options = {number: spelt.get(number, [f"{number:.0f}{tail}"]) for number in numbers}
    merge = {text: texts[0] for texts in options.values() for text in texts[1:]}
    return tuple(texts[0] for texts in options.values()), merge


def _averages_one(column: Seen) -> bool:
    """Say whether numbers are as weights are: above 0, about 1 on average, not all whole."""
    known = [(number_of(text), people) for text, people in column.counts.items()]
    numbers = [(number, people) for number, people in known if number is not None]
    mean = sum(number * people for number, people in numbers) / sum(p for _, p in numbers)
    broken = any(number != int(number) for number, _ in numbers)
    return 0.5 < mean < 2 and broken and min(numbers)[0] > 0


def _points(guess: Guess, found: set[float], column: Seen) -> Guess:
    """Return the guess for whole numbers that are points of a scale."""
    least, most = min(0 if 0 in found else 1, int(min(found))), int(max(found))
    points, merge = _as_written(column, range(least, most + 1))
    sure = LIKELY if most in (5, 7, 10) else CHECK
    guess = replace(guess, kind="scale").but(sure=sure, options=points, merge=merge)
    if never := [point for point in points if number_of(point) not in found]:
        said = tr("chosen by nobody: {options}", options=", ".join(never))
        guess = guess.but(said, sure=CHECK)
    return guess.but(tr("if the scale goes further, add its points"))


def _single(counts: Mapping[str, int], people: int, header: str) -> Guess:
    """Return the guess for a question with one answer a person: its options, or free text."""
    returning = [text for text, number in counts.items() if number > 1]
    repeated = sum(counts[text] for text in returning)
    if len(counts) == people > 2 and not scale_order([*counts])[0]:
        sure = LIKELY if people >= FEW else CHECK
        return Guess("text", (tr("all answers are different"),), sure)
    written = _written_in(counts, people)
    options = [text for text in counts if text not in written]
    if len(options) > MOST_OPTIONS and repeated >= 0.5 * people:
        said = tr("more than {most} different answers", most=MOST_OPTIONS)
        return Guess("text", (said,), CHECK)
    if (
        len(options) > MOST_OPTIONS
        or any(len(text) > LONGEST for text in options)
        or (repeated < 0.5 * people and not _known(options))
    ):
        sure = LIKELY if repeated < 0.2 * people else CHECK
        return Guess("text", (tr("most answers are different"),), sure)
    guess = _choice(options, written, "", language_of(header))
    guess = _saying_dates(_saying_alike(_saying_codes(guess, options), options), options)
    return guess if repeated >= 0.8 * people else guess.but(sure=LIKELY)


def _saying_alike(guess: Guess, options: Sequence[str]) -> Guess:
    """Return the guess, to be checked where options differ by a full stop or another sign alone.

    Letters of two alphabets that look alike, such as a Cyrillic and a Latin A, are such signs.
    """
    words = {text: " ".join(re.findall(r"\w+", plain(text).translate(LOOKS))) for text in options}
    times = Counter(words.values())
    alike = [text for text, said in words.items() if said and times[said] > 1]
    alike = [text for text in alike if not re.search(r"[0-9]", text)]
    if not alike:
        return guess
    said = tr("look alike but for signs: {options}", options=", ".join(map(quoted, alike)))
    return guess.but(said, sure=CHECK)


def _saying_dates(guess: Guess, options: Sequence[str]) -> Guess:
    """Return the guess, to be checked where a spreadsheet may have made dates of answers."""
    if not (dates := [text for text in options if is_date(text)]):
        return guess
    said = tr("dates, such as a spreadsheet makes of 1-2: {options}", options=", ".join(dates))
    return guess.but(said, sure=CHECK)


def _known(options: Sequence[str]) -> bool:
    """Say whether options are points of a scale, bands of numbers, or yes and no."""
    inside = [text for text in options if not is_outside(text)]
    return bool(
        scale_order(inside)[0] or bands_order(inside) or (all(map(yes_or_no, inside)) and inside)
    )


def _written_in(counts: Mapping[str, int], people: int) -> Mapping[str, int]:
    """Return the answers that are somebody's own words: one person each, beside real options."""
    own = {text: number for text, number in counts.items() if number == 1}
    once = {text: 1 for text in own if not is_outside(text) and not is_other(text)}
    wanted = 1 if any(is_other(text) for text in counts) else 3
    if len(once) < wanted or people < FEW or max(counts.values()) < 5 or _known([*counts]):
        return {}
    return once


def _outside(options: Sequence[str]) -> list[str]:
    """Return the options outside the base; none where all would be, for then nothing is left."""
    outside = [text for text in options if is_outside(text)]
    return outside if len(outside) < len(options) else []


def _choice(options: Sequence[str], written: Sized, why: str, language: str = "") -> Guess:
    """Return the guess for options: their order, what stands outside the base, write-ins.

    why : str
        What the order rests on, where it is given; then it stays.
    """
    outside = _outside(options)
    others = [text for text in options if is_other(text) and text not in outside]
    inside = [text for text in options if text not in (*outside, *others)]
    kind, ordered, said, sure = _ordered(inside)
    if why:
        ordered, said, sure = inside, why, SURE
    listed = [*options] if why else [*ordered, *others, *outside]
    guess = Guess(kind, (said,), sure)
    if written and not others:
        others = [WRITTEN_IN.get(language, WRITTEN_IN["en"])]
        listed = [*ordered, *others, *outside]
    if written:
        count = tr(
            "{n} answers of one person each count for “{other}”; one of them may be an option",
            n=len(written),
            other=others[0],
        )
        guess = guess.but(count, sure=CHECK)
    if outside:
        guess = guess.but(tr("outside the base: {options}", options=", ".join(outside)))
    told = [text for text in listed if text not in others and redacted(text) != text]
    if len(told) < len(listed):
        listed = [text for text in listed if text not in told]
    listed = [redacted(text) for text in listed]
    other = redacted(others[0]) if others else ""
    return guess.but(options=tuple(_distinct(listed)), other=other, not_counted=tuple(outside))


def _ordered(options: Sequence[str]) -> tuple[str, list[str], str, str]:
    """Return kind, options in a sensible order, what the order rests on, and how sure it is."""
    if len(options) == 2 and {yes_or_no(text) for text in options} == {"yes", "no"}:
        return "yes-no", sorted(options, key=yes_or_no, reverse=True), "", SURE
    if set(map(yes_or_no, options)) <= {"yes", "no"} and options:
        return "yes-no", [*options], tr("only one of yes and no was chosen; add the other"), CHECK
    if len(options) > 2 and None not in map(leading_number, options):
        return (
            "scale",
            sorted(options, key=leading_number),
            tr("in the order of their numbers"),
            LIKELY,
        )
    name, ordered = scale_order(options)
    if name:
        return "scale", ordered, tr("a scale, from one end to the other; is a point missing?"), SURE
    if ordered := bands_order(options):
        return "single", ordered, tr("bands of numbers, ascending"), SURE
    return "single", [*options], tr("in the order of their frequency"), SURE


def _multiple(apart: Separated, people: int, header: str) -> Guess:
    """Return the guess for a question with several answers in one cell."""
    counts = dict(sorted(apart.options.items(), key=lambda item: (-item[1], item[0])))
    written = _written_in(counts, people)
    options = [text for text in counts if text not in written]
    guess = replace(_choice(options, written, "", language_of(header)), kind="multiple")
    told = tr("{people} chose several", people=apart.several)
    guess = guess.but(told, separator=apart.sign, sure=SURE if apart.ended else LIKELY)
    if apart.joined:
        said = tr("{n} options hold the separator themselves", n=apart.joined)
        guess = guess.but(said, sure=CHECK)
    return guess
