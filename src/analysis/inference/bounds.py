"""The ends of a statistic over all head-counts that a rounded print allows, as one answer."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.arguments import check_flag, check_whole
from analysis.counts.ranges import count_ranges
from analysis.counts.reasons import NoSolution
from analysis.language.current import label, localized_text, number, tr
from analysis.language.sentences import NO_FORMULAS

# p-values that differ only by the rounding of the machine count as equal.
EQUAL = 1 + 1e-9
_SMALLEST = 1e-300  # below it floats lose their digits, and soon everything


@dataclass(frozen=True)
class Bounds:
    """The lowest and highest value of a statistic over all possible counts.

    quantity : str
        What is bounded: "p-value", "interval", "simultaneous interval", "interval of the
        difference" or "Cramer's V". The same in every language, as are all codes here.
    level : float
        The level at which decisions were taken.
    low, high : float or None
        The ends; None if no head-counts give the printed percentages.
    counts_low, counts_high : tuple of int or None
        Counts of people that give each end, in the order of the percentages.
    decisions : tuple of str
        The code of every decision that some possible counts lead to: "differs", "does not
        differ", "below", "includes", "above", "first is higher", "second is higher".
    interval : tuple of float or None
        For a test of a difference: lowest and highest limit of the interval as well.
    method : str
        The test or the kind of interval, such as "pearson".
    reference : float or None
        The share that "below", "includes" and "above" are about.
    least_expected : float or None
        The least expected count, where it is too small for the test.
    interval_disagrees : bool
        Whether at some of these counts test and interval decide differently.
    reason : NoSolution or None
        Why no head-counts give the printed percentages.
    option : str
        The name of the option, if it has one.
    robust : bool or None
        Whether all possible counts lead to the same decision; None if there are none.

    In a notebook it shows itself as a table; `verdict`, `note` and the text are in the
    language in use.

    >>> decisions = ("differs", "does not differ")
    >>> Bounds("p-value", 0.95, 0.01, 0.2, (3,), (4,), decisions, method="pearson")
    Bounds(p-value (pearson): 0.01 to 0.2; depends on rounding)
    """

    quantity: str
    level: float
    low: float | None = None
    high: float | None = None
    counts_low: tuple[int, ...] | None = None
    counts_high: tuple[int, ...] | None = None
    decisions: tuple[str, ...] = ()
    interval: tuple[float, float] | None = None
    method: str = ""
    reference: float | None = None
    least_expected: float | None = None
    interval_disagrees: bool = False
    reason: NoSolution | None = None
    option: str = ""
    robust: bool | None = field(init=False)

    def __post_init__(self):
        robust = len(self.decisions) == 1 if self.decisions else None
        object.__setattr__(self, "robust", robust)

    @property
    def code(self) -> str:
        """Return the decision as a code, "depends on rounding", "no solution" or nothing."""
        if self.low is None:
            return "no solution"
        if not self.decisions:
            return ""
        return self.decisions[0] if self.robust else "depends on rounding"

    @property
    def title(self) -> str:
        """Return what is bounded and by which method, in the language in use."""
        level, method = 100 * self.level, label(self.method)
        titles = {
            "p-value": tr("p-value ({test})", test=method) if method else tr("p-value"),
            "interval": tr("{level:g} % interval ({method})", level=level, method=method),
            "simultaneous interval": tr(
                "simultaneous {level:g} % interval ({method})", level=level, method=method
            ),
            "interval of the difference": tr(
                "{level:g} % interval of the difference ({method})", level=level, method=method
            ),
        }
        return titles.get(self.quantity, label(self.quantity))

    @property
    def verdict(self) -> str:
        """Return the decision in the language in use, or why there is none."""
        if self.low is None:
            return self.reason.why if self.reason else tr("no head-count gives this")
        return self._words(self.code)

    @property
    def note(self) -> str:
        """Return what speaks against the method at these counts, in the language in use."""
        notes = []
        if self.least_expected is not None:
            notes.append(tr("rough: least expected count {least:.2g}", least=self.least_expected))
        if self.interval_disagrees:
            notes.append(tr("test and interval decide differently"))
        return "; ".join(notes)

    @property
    def remark(self) -> str:
        """Return the note, or what would have a solution, in the language in use."""
        return self.reason.nearest if self.reason else self.note

    @property
    def ends(self) -> str:
        """Return both ends as text, one where they are equal; nothing without a solution."""
        if self.low is None:
            return ""
        low, high = self._number(self.low), self._number(self.high)
        return low if low == high else tr("{low} to {high}", low=low, high=high)

    def to_frame(self) -> pd.DataFrame:
        """Return one row: what is bounded, its ends, their counts, decision and note.

        >>> Bounds("p-value", 0.95, 0.01, 0.2, (3,), (4,), ("differs",)).to_frame()["decision"][0]
        'differs'
        """
        row = {name: getattr(self, name) for name in _COLUMNS}
        return pd.DataFrame([row | {"decision": self.code, "note": self.remark}])

    def _number(self, value: float) -> str:
        if self.quantity == "p-value" and value < _SMALLEST:
            return f"< {_SMALLEST:g}"
        return number(value, ".4g")

    def _words(self, code: str) -> str:
        level, reference = 100 * self.level, self.reference or 0
        words = {
            "depends on rounding": label("depends on rounding"),
            "differs": tr("differs at {level:g} %", level=level),
            "does not differ": tr("does not differ at {level:g} %", level=level)
            if self.quantity == "p-value"
            else tr("does not differ"),
            "below": tr("below {reference:g}", reference=reference),
            "includes": tr("includes {reference:g}", reference=reference),
            "above": tr("above {reference:g}", reference=reference),
            "first is higher": label("first is higher"),
            "second is higher": label("second is higher"),
        }
        return words.get(code, code)

    def __str__(self) -> str:
        name = f"{localized_text(self.option)}: " if self.option else ""
        said = "; ".join(filter(None, [self.ends, self.verdict]))
        note = f" ({self.note})" if self.note else ""
        return f"{name}{self.title}: {said}{note}"

    def __repr__(self) -> str:
        return f"Bounds({self})"

    def _repr_html_(self) -> str:
        return table_of([self])


_COLUMNS = ("option", "quantity", "method", "level", "low", "high", "counts_low", "counts_high")


class BoundsList(list):
    """The bounds of several options; a notebook shows them as one table, a row an option."""

    def to_frame(self) -> pd.DataFrame:
        """Return the bounds as a table, one row an option, see `Bounds.to_frame`."""
        return pd.concat([bounds.to_frame() for bounds in self], ignore_index=True)

    def _repr_html_(self) -> str:
        return table_of(self)


def table_of(many: Sequence[Bounds]) -> str:
    """Return bounds as a table in HTML, in the language in use, every text escaped.

    >>> shown = table_of([Bounds("p-value", 0.95, 0.01, 0.2, (3,), (4,), option="<b>")])
    >>> "<td>&lt;b&gt;</td><td>p-value</td><td>0.01</td><td>0.2</td>" in shown
    True
    """
    columns = {
        label("option"): [localized_text(each.option) for each in many],
        label("quantity"): [each.title for each in many],
        label("lowest"): [_end(each, each.low) for each in many],
        label("highest"): [_end(each, each.high) for each in many],
        label("people at the lowest"): [_people(each.counts_low) for each in many],
        label("people at the highest"): [_people(each.counts_high) for each in many],
        label("limits of the difference"): [_limits(each) for each in many],
        label("decision"): [each.verdict for each in many],
        label("note"): [each.remark for each in many],
    }
    filled = {name: cells for name, cells in columns.items() if any(cells)}
    rows = zip(*filled.values(), strict=True)
    body = "".join(_row(row, "td") for row in rows)
    head = f"<thead>{_row(filled, 'th')}</thead>"
    return f'<table class="{NO_FORMULAS}">{head}<tbody>{body}</tbody></table>'


def _row(cells, tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{html.escape(cell)}</{tag}>' for cell in cells)}</tr>"


def _end(bounds: Bounds, value: float | None) -> str:
    return "" if value is None else bounds._number(value)


def _people(counts: tuple[int, ...] | None) -> str:
    return "; ".join(number(count) for count in counts or ())


def _limits(bounds: Bounds) -> str:
    if bounds.interval is None:
        return ""
    low, high = (number(limit, ".4g") for limit in bounds.interval)
    return tr("{low} to {high}", low=low, high=high)


def solution_box(
    printed: Sequence[str], n: int, exhaustive: bool, rounding: str
) -> tuple[list[int], list[int]] | None:
    """Return the least and greatest count of each option over all joint solutions.

    printed, n, exhaustive, rounding
        As for `multinomial_bounds`; if not exhaustive, the rest is one more option at the end.

    Each end belongs to a joint solution. None if there is none.

    >>> solution_box(["45", "28", "22", "4"], 109, exhaustive=False, rounding="half-any")
    ([49, 30, 24, 4, 1], [49, 31, 24, 4, 2])
    """
    n = check_whole(n, "n", 1)
    exhaustive = check_flag(exhaustive, "exhaustive")
    ranges = [*count_ranges(printed, n, rounding), *([] if exhaustive else [range(n + 1)])]
    if not all(ranges):
        return None
    lows, highs = np.array([(r[0], r[-1]) for r in ranges]).T
    if not lows.sum() <= n <= highs.sum():
        return None
    # An option takes no more than the others can leave, and no less than they must.
    least = np.maximum(lows, n - highs.sum() + highs)
    greatest = np.minimum(highs, n - lows.sum() + lows)
    return least.tolist(), greatest.tolist()


def p_value_bounds(level: float, low: tuple, high: tuple, method: str, **about) -> Bounds:
    """Return the bounds of a p-value, with the decisions whether there is a difference.

    low, high : tuple
        The lowest and the highest p-value, each with the counts that give it.
    about
        Further fields of `Bounds`.

    >>> p_value_bounds(0.95, (0.01, (3,)), (0.04, (4,)), "pearson").robust
    True
    """
    differs = [p_value <= (1 - level) * EQUAL for p_value, _ in (low, high)]
    words = {True: "differs", False: "does not differ"}
    decisions = tuple(words[d] for d in dict.fromkeys(differs))
    ends = (low[0], high[0], low[1], high[1])
    return Bounds("p-value", level, *ends, decisions, method=method, **about)
