"""One table for all questions of a survey: what each number allows, and what speaks against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import pandas as pd

from analysis.arguments import check_fraction
from analysis.counts.granularity import FLOOR
from analysis.counts.reasons import NoSolution, no_solution
from analysis.counts.rounding import check_rule, parse_printed
from analysis.language.current import label, number, tr
from analysis.language.sentences import counted
from analysis.survey.asked import Asked, Printed, questions_of

COLUMNS = [
    *("question", "option", "printed", "n", "counts", "adds up", "power", "verdict"),
    *("reason", "off", "nearest"),
]
CUT = "truncate"  # the last charitable reading: numbers were cut, not rounded


def audit(
    frame: pd.DataFrame, n: int | None = None, rounding: str = "half-any", floor: float = FLOOR
) -> pd.DataFrame:
    """Return one row an option: what its number allows, whether it can be right, what would be.

    frame : DataFrame
        One row an option. `printed`: the number as on the page, as text ("" without one).
        If there: `question` (one question without it), `option`, `n` (the base, in people),
        `kind` ("single", one answer a person, without it; "yes-no"; "multiple"; "unclear"),
        `unit` ("percent" without it, or "people") and `qualifier` (such as "about").
    n : int
        The base of the questions for which the table has none. At least 1.
    rounding : str
        How the shares were rounded, one of `counts.rounding.RULES`.
    floor : float
        The least power of a check that says something.

    Columns: question, option, printed, n, counts (the people behind the number), adds up ("yes"
    or "no" where each person had one answer and two options or more have a number; "for some
    bases"), power (the share of wrong numbers of the same precision that the check refuses; a
    number with a qualifier has none), verdict, reason, off (by how many people it fails at
    least), nearest (what would do: head-counts, one number changed, other bases, other rules).

    Verdicts: "reproduced" (the other numbers leave only this one), "consistent", "conditional"
    (right only if what `reason` says, which the numbers do not exclude: another of the bases,
    people who chose none of the options, several options a person where the kind is unclear,
    numbers cut instead of rounded), "inconsistent", and "not checkable" (no number, or a power
    below the floor). Of a published survey see `Survey.audit`.

    Raises TypeError or ValueError that names the argument, its column and row.

    >>> table = pd.DataFrame({"option": ["yes", "no", "both"], "printed": ["45", "28", "26"]})
    >>> found = audit(table, n=109)
    >>> found[["option", "counts", "adds up", "verdict", "off"]]
      option counts adds up      verdict  off
    0    yes     49      no  conditional  1.0
    1     no  30–31      no  conditional  1.0
    2   both     28      no  conditional  1.0
    >>> found.loc[0, "reason"]
    'right only if 1–2 people chose none of these options'
    """
    check_rule(rounding)
    floor = check_fraction(floor, "floor", "0.5")
    return audit_table(questions_of(frame, n), rounding, floor)


def audit_table(questions: Iterable[Asked], rounding: str, floor: float) -> pd.DataFrame:
    """Return the table of `audit`.

    >>> numbers = [Printed("apples", "45"), Printed("pears", "55")]
    >>> question = Asked("crop", "single", numbers, [40])
    >>> audit_table([question], "half-any", 0.5)["verdict"].tolist()
    ['reproduced', 'reproduced']
    """
    rows = [row for question in questions for row in _rows(question, rounding, floor)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"power": float, "off": float})


def _rows(question: Asked, rounding: str, floor: float) -> Iterator[list]:
    sums = {n: _sum_fails(question, n, rounding) for n in question.bases}
    for own in question.numbers:
        fails = {n: _fails(own, n, rounding) or sums[n] for n in question.bases}
        power = _power(question, own, rounding)
        verdict, reason = _verdict(question, own, fails, power, floor)
        worst = min(filter(None, fails.values()), key=lambda why: why.off, default=None)
        yield [
            *(question.name, own.option, own.text, _listed(question.bases)),
            _counts(question, own, rounding),
            _adds_up(question, sums, rounding) if own.text else "",
            *(power, verdict, reason),
            *((worst.off, worst.nearest) if own.text and worst else (0, "")),
        ]


def _fails(own: Printed, n: int, rounding: str) -> NoSolution | None:
    """Return why no head-count gives a number, whatever the others are."""
    if own.counts(n, rounding):
        return None
    if own.plain:
        return no_solution(own.text, n, rounding=rounding)
    beyond = max(n + 1, int(own.interval(n, rounding).low * n / 100))
    return NoSolution("share", n, (), beyond, beyond)


def _sum_fails(question: Asked, n: int, rounding: str) -> NoSolution | None:
    """Return why the numbers cannot make up the base; None if they can, or need not.

    A number without a head-count speaks against itself, but where there are several bases it
    speaks against this one.
    """
    if question.whole is None:
        return None
    ranges = [each.counts(n, rounding) for each in question.given]
    if not all(ranges):
        alone = (_fails(each, n, rounding) for each in question.given)
        return next(filter(None, alone)) if len(question.bases) > 1 else None
    if all(each.plain for each in question.given):
        return no_solution([each.text for each in question.given], n, question.whole, rounding)
    least, most = sum(r[0] for r in ranges), sum(r[-1] for r in ranges)
    if least <= n and (n <= most or not question.whole):
        return None
    return NoSolution("too many" if least > n else "too few", n, (), least, most)


def _verdict(
    question: Asked, own: Printed, fails: Mapping[int, NoSolution | None], power: float, floor
) -> tuple[str, str]:
    """Return verdict and reason of one number from what fails at each base."""
    if not own.text:
        return "not checkable", label("no number printed")
    fitting = [n for n, why in fails.items() if why is None]
    if 0 < len(fitting) < len(fails):
        sizes = _listed(fitting)
        return "conditional", tr("right only if {sizes} people were asked", sizes=sizes)
    if not fitting:
        reasons = sorted(fails.values(), key=lambda why: why.off)
        condition = _charity(question, own, reasons)
        return ("conditional", condition) if condition else ("inconsistent", reasons[0].why)
    if power < floor:
        return "not checkable", label("check too weak")
    return ("reproduced" if power == 1 else "consistent"), ""


def _charity(question: Asked, own: Printed, reasons: list[NoSolution]) -> str:
    """Return under which condition a number that fails would be right; nothing if under none."""
    short = next((why for why in reasons if why.reason == "too few"), None)
    if short:
        return _rest_in_words(short, len(reasons) > 1)
    if question.kind == "unclear" and any(why.reason == "too many" for why in reasons):
        return tr("right only if people could choose several options")
    cut = [_fails(own, n, CUT) or _sum_fails(question, n, CUT) for n in question.bases]
    return "" if all(cut) else tr("right only if the numbers were cut, not rounded")


def _rest_in_words(short: NoSolution, several_bases: bool) -> str:
    least, most = short.n - short.greatest, short.n - short.least
    people = counted(most, "person", "people")
    people = people if least == most else f"{number(least)}–{people}"
    if several_bases:
        return tr(
            "right only if {n:,} people were asked and {people} chose none of these options",
            n=short.n,
            people=people,
        )
    return tr("right only if {people} chose none of these options", people=people)


def _power(question: Asked, own: Printed, rounding: str) -> float:
    """Return the share of wrong numbers that no base allows beside the other numbers."""
    if not own.text:
        return float("nan")
    if own.widened:
        return 0.0
    allowed = [(n, _room(question, own, n, rounding)) for n in question.bases]
    if own.unit == "people":
        return _wrong_people(int(own.text), allowed)
    digits, decimals = parse_printed(own.text)
    steps = 100 * 10**decimals
    accepted = {v for n, room in allowed for v in _prints(room, n, steps, rounding)}
    return 1 - len(accepted - {digits}) / steps


def _room(question: Asked, own: Printed, n: int, rounding: str) -> range:
    """Return the counts that the other numbers of a question leave to one of them."""
    others = [each.counts(n, rounding) for each in question.given if each is not own]
    if question.whole is None or not all(others):
        return range(n + 1)
    least = n - sum(r[-1] for r in others) if question.whole else 0
    return range(max(0, least), max(0, n - sum(r[0] for r in others) + 1))


def _prints(counts: range, n: int, steps: int, rounding: str) -> set[int]:
    """Return what counts out of `n` print as, in units of the last digit."""
    if n < steps:
        return {v for count in counts for v in _digits(steps * count, n, rounding)}
    if not counts:
        return set()
    ends = _digits(steps * counts[0], n, rounding) + _digits(steps * counts[-1], n, rounding)
    return set(range(min(ends), max(ends) + 1))


def _digits(scaled: int, n: int, rounding: str) -> list[int]:
    """Return the whole numbers that scaled/n is rounded to: two of a half under "half-any"."""
    down, over = divmod(scaled, n)
    up = {
        "truncate": [False],
        "ceiling": [over > 0],
        "half-up": [2 * over >= n],
        "half-down": [2 * over > n],
        "half-even": [2 * over > n or (2 * over == n and down % 2 == 1)],
        "half-any": [2 * over > n, 2 * over >= n],
    }[rounding]
    return [down + each for each in up]


def _wrong_people(people: int, allowed: list[tuple[int, range]]) -> float:
    """Return the share of wrong head-counts up to the largest base that are refused."""
    rooms = [room for _, room in allowed if room]
    accepted = range(min((r[0] for r in rooms), default=0), max((r.stop for r in rooms), default=0))
    return 1 - (len(accepted) - (people in accepted)) / max(n for n, _ in allowed)


def _counts(question: Asked, own: Printed, rounding: str) -> str:
    """Return the possible people as text; with several bases, of each."""
    texts = {n: _listed(own.counts(n, rounding)) for n in question.bases}
    if not own.text:
        return ""
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "; ".join(f"{number(n)}: {text}" for n, text in texts.items())


def _adds_up(question: Asked, sums: Mapping[int, NoSolution | None], rounding: str) -> str:
    countable = [n for n in sums if all(each.counts(n, rounding) for each in question.given)]
    if question.whole is None or not countable:
        return ""
    found = {sums[n] is None for n in countable}
    return "for some bases" if len(found) == 2 else "yes" if True in found else "no"


def _listed(numbers: Sequence[int]) -> str:
    """Return whole numbers as text, unbroken runs by their ends.

    >>> _listed([31, 32, 33, 40])
    '31–33, 40'
    """
    if not numbers:
        return tr("none")
    if isinstance(numbers, range):
        runs = [numbers]
    else:
        gaps = [i for i in range(1, len(numbers)) if numbers[i] != numbers[i - 1] + 1]
        cuts = [0, *gaps, len(numbers)]
        runs = [numbers[a:b] for a, b in pairwise(cuts)]
    return ", ".join("–".join(number(e) for e in dict.fromkeys((r[0], r[-1]))) for r in runs)
