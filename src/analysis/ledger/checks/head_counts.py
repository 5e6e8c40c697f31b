"""Checks of percentages and head-counts: what can stand for them, and what they add up to."""

from analysis.counts.bases import possible_bases, possible_totals
from analysis.counts.head_counts import possible_counts
from analysis.inference.share_bounds import goodness_of_fit_bounds
from analysis.language.current import tr
from analysis.language.sentences import counted, listed, span
from analysis.ledger.checks.kinds import check
from analysis.ledger.checks.reading import Reading
from analysis.ledger.claims import Book, Claim, share_counts


def people(number: int) -> str:
    """Return a number of people as a sentence shows it."""
    return counted(number, "person", "people")


def head_counts(counts: list[int]) -> str:
    """Return possible head-counts in words.

    >>> head_counts([17, 18]), head_counts([])
    ('17 to 18 people', 'no whole number of people')
    """
    if not counts:
        return tr("no whole number of people")
    if counts[0] == counts[-1]:
        return people(counts[0])
    return tr("{least:,} to {most:,} people", least=counts[0], most=counts[-1])


def ends(counts: list[int]) -> tuple[float | None, float | None]:
    """Return the least and the greatest of possible counts, or two None."""
    return (min(counts), max(counts)) if counts else (None, None)


@check("share")
def share(book: Book, claim: Claim) -> list[Reading]:
    """Is there a head-count that prints as this share of the base? (GRIM)

    Source: Brown & Heathers 2017, doi:10.1177/1948550616673876.
    """
    found = []
    for base, sizes in book.bases(claim):
        counts = sorted({count for n in sizes for count in share_counts(claim, n)})
        fits = [n for n in sizes if share_counts(claim, n)]
        out_of = span(min(sizes), max(sizes))
        text = tr(
            "{printed} % of {out_of} ({base}) is {people}",
            printed=claim.printed,
            out_of=out_of,
            base=base,
            people=head_counts(counts),
        )
        if fits and len(fits) < len(sizes):
            text += tr(
                ", for {fitting} of the {all} possible bases", fitting=len(fits), all=len(sizes)
            )
        found.append(
            Reading(
                f"base: {base}",
                bool(counts),
                head_counts(counts),
                *ends(counts),
                text,
            )
        )
    return found


@check("sum", required="others", optional="open", words="open")
def options_sum(book: Book, claim: Claim) -> list[Reading]:
    """Do the options of a question add up to the whole?

    First as if every option were printed (the share follows from the others), then with room
    for options or people who are not printed. With `open` only the second is admissible.
    """
    others = [book[reference] for reference in claim.inputs["others"]]
    if not claim.base:
        return [_percent_sum(claim, others)]
    found = []
    for base, sizes in book.bases(claim):
        for n in sizes:
            found += _people_sum(book, claim, others, base, n)
    strict = [reading for reading in found if reading.name.startswith("every")]
    return strict + [reading for reading in found if reading not in strict]


def _people_sum(book: Book, claim: Claim, others: list[Claim], base: str, n: int) -> list[Reading]:
    own, *rest = [
        [int(each.printed)] if each.unit != "percent" else share_counts(each, n)
        for each in (claim, *others)
    ]
    parts = " + ".join(each.amount for each in others)
    if not own or not all(rest):
        pairs = zip((claim, *others), (own, *rest), strict=True)
        wrong = [each.amount for each, counts in pairs if not counts]
        text = tr(
            "of {n} ({base}): no whole number of people is {shares}",
            n=n,
            base=base,
            shares=tr(" or ").join(wrong),
        )
        return [Reading(f"base: {base}", False, tr("no whole number of people"), None, None, text)]
    low = n - sum(counts[-1] for counts in rest)
    high = n - sum(counts[0] for counts in rest)
    left = tr("{range} people", range=span(low, high))
    mine = head_counts(own)
    start = tr(
        "{n} people ({base}) without {parts} are {left}; {claim} is {mine}",
        n=n,
        base=base,
        parts=parts,
        left=left,
        claim=claim.amount,
        mine=mine,
    )
    found = []
    if "open" not in claim.inputs:
        fits = own[0] <= high and low <= own[-1]
        gap = "" if fits else tr(": {people} do not fit", people=max(low - own[-1], own[0] - high))
        found.append(
            Reading(
                f"every option is printed, base: {base}",
                fits,
                left,
                low,
                high,
                start + gap,
            )
        )
    fits = own[0] <= high
    room = tr("{range} people", range=span(0, high))
    gap = tr("for other answers or none: {range}", range=span(max(0, low - own[-1]), high - own[0]))
    over = tr(": {people} too many", people=own[0] - high) if not fits else f"; {gap}"
    name = f"other answers are possible, base: {base}"
    found.append(Reading(name, fits, room, 0, high, start + over))
    return found


def _percent_sum(claim: Claim, others: list[Claim]) -> Reading:
    low = 100 - sum(float(each.printed) + 0.5 for each in others)
    high = 100 - sum(float(each.printed) - 0.5 for each in others)
    value = float(claim.printed)
    fits = low <= value <= high
    parts = " + ".join(each.amount for each in others)
    text = tr(
        "100 % without {parts} is {low:g} to {high:g} %; printed is {printed} %",
        parts=parts,
        low=low,
        high=high,
        printed=claim.printed,
    )
    name = "every option is printed, base not stated"
    return Reading(name, fits, tr("{low:g} to {high:g} %", low=low, high=high), low, high, text)


@check("base-detection", required="with up-to")
def base_detection(book: Book, claim: Claim) -> list[Reading]:
    """Of how many people can shares be, if they answered a question asked of some only?

    First of the printed base: then those who answered cannot be more than the limit. Then of an
    unstated number of people up to the limit, which both shares must allow.
    """
    (limit,) = claim.inputs["up-to"]
    most = max(book.people(limit))
    others = [book[reference] for reference in claim.inputs["with"]]
    found = []
    for base, sizes in book.bases(claim):
        n = sizes[0]
        counts = [share_counts(each, n) for each in (claim, *others)]
        least = sum(each[0] for each in counts if each) if all(counts) else 0
        fits = all(counts) and least <= most
        sums = " + ".join(str(each[0]) if each else "?" for each in counts)
        text = tr(
            "of {n} ({base}): {sums} = {least} people; {limit}: {most_people}",
            n=n,
            base=base,
            sums=sums,
            least=least,
            limit=book.name(limit),
            most_people=people(most),
        )
        text += "" if fits else tr(": {people} too many", people=least - most)
        found.append(Reading(f"base: {base}", fits, people(least), least, least, text))
    bases = possible_bases([each.printed for each in (claim, *others)], most)
    shares = listed(each.amount for each in (claim, *others))
    sizes = ", ".join(map(str, bases)) or tr("none")
    text = tr(
        "bases up to {most} ({limit}) that allow {shares}: {sizes}",
        most=most,
        limit=book.name(limit),
        shares=shares,
        sizes=sizes,
    )
    name = "base not stated, at most those asked"
    found.append(
        Reading(name, bool(bases), tr("a base of {sizes}", sizes=sizes), *ends(bases), text)
    )
    return found


@check("implied-total", optional="count share")
def implied_total(book: Book, claim: Claim) -> list[Reading]:
    """Is there a whole of which the printed count is the printed share?"""
    counts = claim if "share" in claim.inputs else book[claim.inputs["count"][0]]
    shares = book[claim.inputs["share"][0]] if "share" in claim.inputs else claim
    count = int(counts.printed)
    possible = float(shares.printed) > 0.5 and count > 0
    totals = possible_totals(count, shares.printed) if possible else []
    whole = span(totals[0], totals[-1]) if totals else tr("no whole")
    text = tr(
        "{count} are {share} of {whole} {unit}",
        count=counts.amount,
        share=shares.amount,
        whole=whole,
        unit=counts.unit,
    )
    name = "count and share are of the same whole"
    return [Reading(name, bool(totals), tr("a total of {whole}", whole=whole), *ends(totals), text)]


@check("part", optional="whole least shares", words="shares")
def part(book: Book, claim: Claim) -> list[Reading]:
    """Is a part no larger than its whole (`whole`), or a number at least as large as `least`?"""
    if "least" in claim.inputs:
        (least,) = claim.inputs["least"]
        bound, value = book.number(least), book.number(claim.claim)
        text = tr(
            "{claim}; at least {least} ({what})",
            claim=claim.amount,
            least=book[least].amount,
            what=book.name(least),
        )
        fits = value >= bound
        return [
            Reading("at least", fits, tr("at least {bound}", bound=bound), float(bound), None, text)
        ]
    (whole,) = claim.inputs["whole"]
    if "shares" not in claim.inputs:
        bound, value = book.number(whole), book.number(claim.claim)
        fits = value <= bound
        text = tr("{claim} of {whole}", claim=claim.amount, whole=book[whole].amount)
        if value and bound:
            text += tr(", {share:.1f} %", share=float(100 * value / bound))
        text += "" if fits else tr(": {surplus:g} too many", surplus=float(value - bound))
        share_text = (
            tr("{share:.1f} %", share=float(100 * value / bound)) if bound else tr("no whole")
        )
        return [Reading("part of a whole", fits, share_text, 0.0, float(bound), text)]
    found = []
    own = book.people(claim.claim)
    readings = [("as printed", book.people(whole))]
    if book[whole].qualifier:
        readings.append(
            (
                f"{book[whole].qualifier} taken roughly",
                book.people(whole, loose=True),
            )
        )
    for name, counts in readings:
        fits = bool(own) and own[0] <= max(counts)
        base = tr(" of {base}", base=span(*ends(book.people(claim.base[0])))) if claim.base else ""
        first = (
            tr("{claim}{base} is {people}", claim=claim.amount, base=base, people=head_counts(own))
            if claim.unit == "percent"
            else claim.amount
        )
        text = tr(
            "{first}; {people} can be among them ({whole})",
            first=first,
            people=head_counts(counts),
            whole=book.name(whole),
        )
        text += "" if fits or not own else tr(": {people} too many", people=own[0] - max(counts))
        given = tr("{people} of at most {most}", people=head_counts(own), most=max(counts))
        found.append(Reading(name, fits, given, 0, max(counts), text))
    return found


@check("coverage", required="sample n population reference", varied="sample")
def coverage(book: Book, claim: Claim) -> list[Reading]:
    """Does a share of the sample agree with that of the population? (exact test, level 0.95)

    The p-values are taken over every head-count that the printed shares allow.
    """
    names = {role: references[0] for role, references in claim.inputs.items()}
    n, population = int(book.number(names["n"])), int(book.number(names["population"]))
    sample, reference = book[names["sample"]], book[names["reference"]]
    rest = str(100 - int(sample.printed))
    lows, highs = [], []
    counts = possible_counts(reference.printed, population)
    for count in {*counts[:1], *counts[-1:]} - {0, population}:
        expected = [count / population, 1 - count / population]
        bounds = goodness_of_fit_bounds([sample.printed, rest], n, expected)
        if bounds.low is not None:
            lows.append(bounds.low)
            highs.append(bounds.high)
    fits = bool(lows) and min(lows) > 0.05
    values = (
        tr("{low:.3f} to {high:.3f}", low=min(lows), high=max(highs)) if lows else tr("not defined")
    )
    text = tr(
        "{n:,} of {population:,} is {share:.1f} %; {sample} in the sample, {reference} in "
        "the population: exact p = {value}",
        n=n,
        population=population,
        share=100 * n / population,
        sample=sample.amount,
        reference=reference.amount,
        value=values,
    )
    limits = (min(lows), max(highs)) if lows else (None, None)
    return [Reading("the printed share only", fits, f"p = {values}", *limits, text)]
