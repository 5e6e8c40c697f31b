"""The calculator of the command line: what one printed percentage allows, as a small table."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from analysis.counts.runs import Runs

MOST_ROWS = 1000  # of more counts, a table has the least and the greatest only
MOST_RUNS = 100_000


def counts_table(printed: str, n: int, rounding: str = "half-any") -> pd.DataFrame:
    """Return every head-count behind a printed percentage, with its exact share.

    printed, n, rounding
        As for `counts.possible_counts`.

    One row a count: count, n, percent (exact, four decimals), power (the chance that a
    random percentage of this precision would fail the check). No row if none fits; of more than
    1,000 counts the least and the greatest, and `attrs["left_out"]` says how many lie between.

    >>> counts_table("17", 205)["count"].tolist()
    [34, 35]
    """
    from analysis.counts.granularity import granularity_power
    from analysis.counts.head_counts import possible_counts

    counts, left_out = _few(possible_counts(printed, n, rounding))
    table = pd.DataFrame(
        {
            "count": pd.Series(counts, dtype="int64" if n < 2**63 else object),
            "n": n,
            "percent": [round(100 * count / n, 4) for count in counts],
            "power": round(granularity_power(printed, n), 4) if counts else 0.0,
        }
    )
    table.attrs["left_out"] = left_out
    return table


def _few(counts: "Runs") -> tuple[list[int], int]:
    """Return counts, of many those at both ends, and how many are left out."""
    if counts.size <= MOST_ROWS:
        return list(counts), 0
    return [counts[0], counts[-1]], counts.size - 2


def bases_table(
    printed: Sequence[str], n_max: int, exhaustive: bool = False, rounding: str = "half-any"
) -> pd.DataFrame:
    """Return the bases that make all printed percentages possible, one row an unbroken run.

    printed, n_max, exhaustive, rounding
        As for `bases.possible_bases`.

    Columns: first and last base of the run, and how many bases it has. Raises ValueError for more
    than 100,000 runs.

    >>> bases_table(["33", "67"], 6).to_numpy().tolist()
    [[3, 3, 1], [6, 6, 1]]
    """
    from analysis.counts.bases import possible_bases

    found = possible_bases(printed, n_max, exhaustive, rounding)
    alone = [each for each in found.ranges if each.step > 1]
    number = len(found.ranges) + sum(map(len, alone))
    if number > MOST_RUNS:
        raise ValueError(f"n_max: wanted at most {MOST_RUNS:,} runs of bases; got {number:,}")
    runs = [
        (first, last, last - first + 1)
        for each in found.ranges
        for first, last in (
            zip(each, each, strict=True) if each.step > 1 else [(each[0], each[-1])]
        )
    ]
    return pd.DataFrame(runs, columns=["first", "last", "bases"], dtype="int64")


def interval_table(
    printed: str, n: int, rounding: str = "half-any", **choices: Any
) -> pd.DataFrame:
    """Return the confidence interval of each possible count, and their bounds in a last row.

    printed, n, rounding
        As for `inference.proportion_bounds`.
    choices
        Its level, method and population.

    Columns: count (text; "any of them" in the last row), n, method, low and high in percent.
    No row if no count fits; of more than 1,000 counts the least and the greatest, and
    `attrs["left_out"]` says how many lie between.

    >>> table = interval_table("50", 10)
    >>> table["count"].tolist(), table["low"].round(1).tolist()
    (['5', 'any of them'], [23.7, 23.7])
    """
    from analysis.counts.head_counts import possible_counts
    from analysis.inference.intervals import proportion_interval
    from analysis.inference.share_bounds import proportion_bounds

    bounds = proportion_bounds(printed, n, rounding=rounding, **choices)
    counts, left_out = _few(possible_counts(printed, n, rounding))
    rows = [(str(count), *proportion_interval(count, n, **choices)) for count in counts]
    if rows:
        rows.append(("any of them", bounds.low, bounds.high))
    table = pd.DataFrame(rows, columns=["count", "low", "high"])
    table.insert(1, "n", n)
    table.insert(2, "method", bounds.method)
    percent = (100 * table[["low", "high"]].astype(float)).round(4)
    table = table.assign(low=percent["low"], high=percent["high"])
    table.attrs["left_out"] = left_out
    return table


def show(table: pd.DataFrame, nothing: str, as_json: bool) -> None:
    """Print a table as text or as JSON records; where it has no row, say what that means."""
    if as_json:
        print(json.dumps(json.loads(table.to_json(orient="records")), indent=1))
    elif table.empty:
        print(nothing)
    else:
        print(table.to_string(index=False))
    if table.attrs.get("left_out"):
        between = f"{table.attrs['left_out']:,} more head-counts between the least and the greatest"
        print(between, file=sys.stderr if as_json else sys.stdout)
