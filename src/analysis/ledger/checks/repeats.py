"""Checks of what is said more than once: repeated numbers, lists, numbering, age bands."""

import itertools
import math

from analysis.counts.qualifiers import BOUNDS, ROUGH, meaning
from analysis.failures import quoted
from analysis.language.current import localized_text, tr
from analysis.language.sentences import counted, in_quotes, listed
from analysis.ledger import units
from analysis.ledger.cells import is_cell
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Claim, ClaimError, Claims


@check("same", required="as", equal="as")
def same(claims: Claims, claim: Claim) -> list[Reading]:
    """Is a quantity that is printed more than once the same each time?

    As far as all are printed: 66.7 and 67 are, nearly 70 and 67, a year and a month of it. All that
    are linked are compared. A number that is only repeated is not reproduced by it.
    """
    places = repeated(claims, claim.claim)
    for other in (each for each in places if not claims.printed(each)):
        raise ClaimError(f"{other} prints no number")
    different = {_print_of(claims, each): each for each in places}.values()
    fits = all(alike(claims, *pair) for pair in itertools.combinations(different, 2))
    others = [each for each in places if each != claim.claim]
    elsewhere = listed(
        tr("{printed} ({what})", printed=claims.amount(each), what=claims.name(each))
        for each in others
    )
    text = tr(
        "printed here as {printed}, elsewhere as {places}",
        printed=claim.amount,
        places=elsewhere,
    )
    values = list(dict.fromkeys(localized_text(claims.printed(each)) for each in others))
    numbers = [float(v) for v in map(claims.printed, others) if v.replace(".", "", 1).isdigit()]
    ends = min(numbers, default=None), max(numbers, default=None)
    return [Reading("", fits, listed(values), text, *ends)]


def repeated(claims: Claims, start: str) -> list[str]:
    """Return all claims and cells that say one number again, each linked to some other by `as`."""
    links: dict[str, set[str]] = {}
    for claim in claims.values():
        for other in claim.inputs.get("as", ()) if claim.kind == "same" else ():
            links.setdefault(claim.claim, set()).add(other)
            links.setdefault(other, set()).add(claim.claim)
    found, fresh = {start}, [start]
    while fresh:
        fresh = [each for name in fresh for each in links.get(name, ()) if each not in found]
        found |= set(fresh)
    return sorted(found, key=lambda name: claims.place(name) if name in claims else -1)


def _print_of(claims: Claims, place: str) -> tuple[str, ...]:
    """Return all that `alike` looks at."""
    own = (claims[place].unit, claims[place].qualifier) if place in claims else ()
    return (claims.printed(place), *own)


def alike(claims: Claims, first: str, second: str) -> bool:
    """Say whether two printed numbers can be of one quantity, their qualifiers included."""
    words = [meaning(claims[each].qualifier) for each in (first, second) if each in claims]
    limits = {*ROUGH, *BOUNDS}
    texts = claims.printed(first), claims.printed(second)
    if not limits & set(words) and "/" not in "".join(texts):
        return units.same_number(*texts, claims.settings.rounding)
    shares = [each in claims and claims[each].is_share for each in (first, second)]
    values = [
        claims.percent(each) if all(shares) else claims.interval(each) for each in (first, second)
    ]
    return units.meet(*values)


WORDS = {
    "none": (0, 0),
    "one": (1, 1),
    "both": (2, 2),
    "several": (2, None),
    "some": (1, None),
}  # things they allow


@check("list", required="items", optional="before word", words="before word", instead="word")
def listing(claims: Claims, claim: Claim) -> list[Reading]:
    """Are as many things named as are stated? A rank counts those named `before` it, and itself.

    `word` stands for a number that is said in words: none, one, both or several. A list may stop
    short, if the text does not say that it is whole: that is allowed.
    """
    items = claim.inputs["items"]
    if items[0] == "table":
        number, names = claims.cells.length(" ".join(items[1:])), ""
    else:
        number, names = len(items), listed(map(in_quotes, items))
    if "word" in claim.inputs and not claim.printed:
        return _in_a_word(claim.inputs.one("word"), number, _named(names, number))
    ranked = "before" in claim.inputs
    wanted = number + ranked
    claims.whole_number(claim.claim)
    stated = claims.interval(claim.claim)
    text = _before(names, number) if ranked else _named(names, number)
    text = tr("{printed} stated; {named}", printed=claim.amount, named=text)
    reading = Reading("", wanted in stated, str(wanted), text, wanted, wanted)
    least = math.ceil(stated.low)
    if least <= wanted:
        return [reading]
    way = tr("the list leaves {things} out", things=counted(least - wanted, "thing"))
    return [reading, Reading(way, True, str(least), text, least, least, "allowed")]


def _in_a_word(word: str, number: int, named: str) -> list[Reading]:
    if word not in WORDS:
        raise ClaimError(f"there is no word {quoted(word)}; there are {', '.join(WORDS)}")
    least, most = WORDS[word]
    said = {
        "none": tr("none is said to be there"),
        "one": tr("one is spoken of"),
        "both": tr("two are spoken of"),
        "several": tr("several are spoken of"),
        "some": tr("one or more are spoken of"),
    }
    text = tr("{said}; {named}", said=said[word], named=named)
    fits = least <= number and (most is None or number <= most)
    reading = Reading("", fits, said[word], text, least, most)
    if number >= least:
        return [reading]
    way = tr("not all of them are named")
    return [reading, Reading(way, True, said[word], text, least, most, "allowed")]


def _before(names: str, number: int) -> str:
    things = counted(number, "thing")
    return tr("{things} before it: {names}", things=things, names=names or tr("see the table"))


def _named(names: str, number: int) -> str:
    things = counted(number, "thing")
    if not names:
        return tr("{things} named, see the table", things=things)
    return tr("{things} named: {names}", things=things, names=names)


@check("naming", required="name as", words="name", instead="name")
def naming(claims: Claims, claim: Claim) -> list[Reading]:
    """Does a name stand as the text has it in another place (`as`: cells, or anchors of claims)?"""
    words = [word.casefold() for word in claim.inputs["name"]]
    places = {each: _words_of(claims, each) for each in claim.inputs["as"]}
    fits = any(all(word in text.casefold() for word in words) for text in places.values())
    text = tr(
        "{name} is said; elsewhere it is {others}",
        name=in_quotes(" ".join(claim.inputs["name"])),
        others=listed(
            tr("{text} ({what})", text=in_quotes(text), what=claims.name(each))
            for each, text in places.items()
        ),
    )
    quoted = listed(map(in_quotes, places.values()))
    return [Reading("", fits, quoted, text)]


def _words_of(claims: Claims, reference: str) -> str:
    return claims.cells.text(reference) if is_cell(reference) else claims[reference].anchor


@check("numbering", optional="previous", equal="previous")
def numbering(claims: Claims, claim: Claim) -> list[Reading]:
    """Does the number of a figure follow that of the figure before it? The first is 1."""
    wanted, after = 1, tr("the first is 1")
    if "previous" in claim.inputs:
        previous = claim.inputs.one("previous")
        wanted = claims.whole_number(previous) + 1
        after = tr(
            "after {previous} comes {wanted}", previous=claims.printed(previous), wanted=wanted
        )
    fits = claims.whole_number(claim.claim) == wanted
    text = tr("{after}; printed is {printed}", after=after, printed=claim.printed)
    return [Reading("", fits, str(wanted), text, wanted, wanted)]


@check("bands", optional="next previous", equal="next previous", partly=True)
def bands(claims: Claims, claim: Claim) -> list[Reading]:
    """Does an age band begin where the one before it ends, neither overlapping nor with a gap?"""
    is_lower = "next" in claim.inputs
    other = claim.inputs.one("next" if is_lower else "previous")
    lower, upper = (claim.claim, other) if is_lower else (other, claim.claim)
    end, start = _ages(claims, lower)[-1], _ages(claims, upper)[0]
    wanted = start - 1 if is_lower else end + 1
    text = tr("one band ends with {end}, the next begins with {start}", end=end, start=start)
    text += _misfit(end, start)
    return [Reading("", start == end + 1, str(wanted), text, wanted, wanted)]


def _ages(claims: Claims, reference: str) -> list[int]:
    printed = claims.printed(reference)
    word = meaning(claims[reference].qualifier) if reference in claims else ""
    try:
        ages = [int(age) for age in printed.split("-")]
        ages[0] += word == "more than"  # "over 40" begins with 41
        ages[-1] -= word == "less than"
        return ages
    except ValueError:
        said = f"prints {printed}, which is no age band" if printed else "prints no number"
        raise ClaimError(f"{reference} {said}") from None


def _misfit(end: int, start: int) -> str:
    if start == end + 1:
        return ""
    if start <= end:
        return tr(": they share {years}", years=abs(start - end) or end)
    return tr(": a gap of {years}", years=abs(start - end))
