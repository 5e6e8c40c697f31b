"""The drawing of one's own shares against those of a published survey."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.arguments import check_choice, check_table, check_text
from analysis.figures.percentages import draw_interval, share_chart
from analysis.figures.statuses import draw_mark, filled, said_status
from analysis.figures.style import (
    PLAIN,
    REFERENCE,
    SKY,
    STATUS,
    VALUE,
    Mark,
    describe,
    drawing,
    layout,
)
from analysis.language.current import label, localized_text, message, tr

DECISIONS = {
    message("differs"): Mark(REFERENCE, REFERENCE, "D"),
    "does not differ": PLAIN,
    "depends on rounding": STATUS["holds only if"],
    message("cannot be tested"): STATUS["unknown"],
}
BAND = {"facecolor": SKY, "edgecolor": VALUE, "linewidth": 1.0}
TEXTS = ["label", "text", "decision", "printed", "note", "group"]
NUMBERS = ["share", "low", "high", "other_least", "other_most"]


@drawing
def plot_against(
    table: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    *,
    mine: str = "",
    other: str = "",
) -> Axes:
    """Draw one's own shares as dots with intervals, and published ones as what their print allows.

    table : DataFrame
        One row an option: `label`, `share` (percent: one's own), `other_least`, `other_most`
        (percent: the shares that the published number can stand for; missing where there is none);
        optional `low`, `high` (percent: the interval of one's own share), `text` (such as the
        difference; else the share), `decision` ("differs", "does not differ", "depends on
        rounding", "cannot be tested", or empty: the mark of the dot), `printed` (as on the page,
        for the alternative text), `note` and `group`.
    mine, other : str
        Names of the two surveys; "own survey" and "published survey" without.

    Raises TypeError or ValueError that names the argument, the column and the row.

    >>> table = pd.DataFrame(
    ...     {"label": ["money"], "share": [46], "other_least": [30.5], "other_most": [31.4]}
    ... )
    >>> axes = plot_against(table, "More lack money", "Obstacles; n = 40", "Source: own survey")
    >>> axes.figure.get_label()
    'More lack money. Obstacles; n = 40. money: own survey 46 %, published survey 30.5 to 31.4 %.'
    """
    table = _table(table)
    mine = check_text(mine, "mine") or tr("own survey")
    other = check_text(other, "other") or tr("published survey")
    exact = not (table["other_least"] < table["other_most"]).any()
    key = [*_key(table["decision"], mine), _band_entry(other, exact)]
    whole = table.assign(high=table[["high", "other_most"]].max(axis=1))
    chart = share_chart(whole, key, (title, subtitle, source))
    for place, row in zip(chart.rows.marks, table.itertuples(), strict=True):
        _draw_band(chart.axes, place, row)
        draw_interval(chart.axes, place, row.low, row.high)
        draw_mark(chart.axes, row.share, place, DECISIONS.get(row.decision, PLAIN))
    chart.axes.figure.drawn = filled(table)
    describe(chart.axes, [_said(row, mine, other) for row in table.itertuples()])
    return chart.axes


def _table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table checked, with the share as text where no text is given."""
    told = isinstance(table, pd.DataFrame) and "text" in table
    table = check_table(table, "table", TEXTS, NUMBERS, [*TEXTS[1:], "low", "high"])
    for row, decision in enumerate(table["decision"]):
        check_choice(decision, f"table, column decision, row {row}", ["", *DECISIONS])
    for column in NUMBERS:
        if (table[column] < 0).any():
            got = f"{table[column].min():g}"
            raise ValueError(f"table, column {column}: wanted percent, 0 or more; got {got}")
    for low, high in (("low", "high"), ("other_least", "other_most")):
        _check_ends(table, low, high)
    shown = [_percent(share) for share in table["share"]]
    return table if told else table.assign(text=shown)


def _check_ends(table: pd.DataFrame, low: str, high: str) -> None:
    """Raise ValueError unless both ends of a range are there, or none, and stand in order."""
    for row, ends in enumerate(table[[low, high]].to_numpy()):
        if np.isnan(ends).sum() == 1 or ends[0] > ends[1]:
            wanted = f"table, row {row}: wanted {low} up to {high}, or neither"
            raise ValueError(f"{wanted}; got {ends[0]:g}, {ends[1]:g}")


def _percent(share: float) -> str:
    return "" if pd.isna(share) else f"{share:.12g} %"


def _key(decisions: Iterable[str], mine: str) -> list[tuple[str, Mark]]:
    """Return what the key says of the dots: whose they are, and what each mark says."""
    found = set(decisions)
    if found == {""}:
        return [(localized_text(mine), PLAIN)]
    marks = {decision: mark for decision, mark in DECISIONS.items() if decision in found}
    said = [f"{localized_text(mine)}: {label(decision)}" for decision in marks]
    return list(zip(said, marks.values(), strict=True))


def _band_entry(other: str, exact: bool) -> tuple[str, dict]:
    said = localized_text(other)
    name = said if exact else tr("{survey}: what its print can stand for", survey=other)
    return name, {"facecolor": SKY, "edgecolor": VALUE}


def _draw_band(axes: Axes, place: float, row) -> None:
    """Draw the shares that a published number can stand for, where there is one."""
    if pd.isna(row.other_least):
        return
    tall, wide = 0.95 * layout().line, row.other_most - row.other_least
    ends = (row.other_least, place - tall / 2)
    axes.add_patch(Rectangle(ends, wide, tall, zorder=2, gid="range", clip_on=False, **BAND))


def _said(row, mine: str, other: str) -> str:
    """Return what one row says in the alternative text."""
    said = [_said_own(row, mine)] if not pd.isna(row.share) else []
    said += [_said_other(row, other)] if not pd.isna(row.other_least) else []
    shown = "" if row.text == _percent(row.share) else localized_text(row.text)
    parts = [*said, *filter(None, [shown, label(row.decision)])]
    return f"{localized_text(row.label)}: {', '.join(parts)}" + said_status("", row.note)


def _said_own(row, mine: str) -> str:
    said = f"{localized_text(mine)} {localized_text(f'{row.share:.3g} %')}"
    if pd.isna(row.low):
        return said
    return said + ", " + tr("interval {low:.0f} to {high:.0f} %", low=row.low, high=row.high)


def _said_other(row, other: str) -> str:
    if row.printed:
        return f"{localized_text(other)} {localized_text(row.printed)}"
    if row.other_least == row.other_most:
        return f"{localized_text(other)} {localized_text(f'{row.other_least:.3g} %')}"
    ends = {"low": row.other_least, "high": row.other_most}
    return tr("{survey} {low:.1f} to {high:.1f} %", survey=other, **ends)
