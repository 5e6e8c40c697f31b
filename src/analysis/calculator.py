"""The calculator of the command line: what one printed percentage allows, as a small table."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd


def counts_table(printed: str, n: int, rounding: str = "half-any") -> pd.DataFrame:
    """Return every head-count behind a printed percentage, with its exact share.

    printed, n, rounding
        As for `counts.possible_counts`.

    One row a count: count, n, percent (exact, four decimals), power (the chance that a
    random percentage of this precision would fail the check). No row if none fits.

    >>> counts_table("17", 205)["count"].tolist()
    [34, 35]
    """
    from analysis.counts.granularity import granularity_power
    from analysis.counts.head_counts import possible_counts

    counts = possible_counts(printed, n, rounding)
    return pd.DataFrame(
        {
            "count": pd.Series(counts, dtype="int64"),
            "n": n,
            "percent": [round(100 * count / n, 4) for count in counts],
            "power": round(granularity_power(printed, n), 4) if counts else 0.0,
        }
    )


def bases_table(
    printed: Sequence[str], n_max: int, exhaustive: bool = False, rounding: str = "half-any"
) -> pd.DataFrame:
    """Return the bases that make all printed percentages possible, one row an unbroken run.

    printed, n_max, exhaustive, rounding
        As for `bases.possible_bases`.

    Columns: first and last base of the run, and how many bases it has.

    >>> bases_table(["33", "67"], 6).to_numpy().tolist()
    [[3, 3, 1], [6, 6, 1]]
    """
    from analysis.counts.bases import possible_bases

    bases = pd.Series(possible_bases(printed, n_max, exhaustive, rounding), dtype="int64")
    runs = bases.groupby((bases.diff() != 1).cumsum())
    return runs.agg(first="min", last="max", bases="size").reset_index(drop=True)


def interval_table(
    printed: str, n: int, rounding: str = "half-any", **choices: Any
) -> pd.DataFrame:
    """Return the confidence interval of each possible count, and their bounds in a last row.

    printed, n, rounding
        As for `inference.proportion_bounds`.
    choices
        Its level, method and population.

    Columns: count (text; "any of them" in the last row), n, method, low and high in percent.
    No row if no count fits.

    >>> table = interval_table("50", 10)
    >>> table["count"].tolist(), table["low"].round(1).tolist()
    (['5', 'any of them'], [23.7, 23.7])
    """
    from analysis.counts.head_counts import possible_counts
    from analysis.inference.intervals import proportion_interval
    from analysis.inference.share_bounds import proportion_bounds

    bounds = proportion_bounds(printed, n, rounding=rounding, **choices)
    counts = possible_counts(printed, n, rounding)
    rows = [(str(count), *proportion_interval(count, n, **choices)) for count in counts]
    if rows:
        rows.append(("any of them", bounds.low, bounds.high))
    table = pd.DataFrame(rows, columns=["count", "low", "high"])
    table.insert(1, "n", n)
    table.insert(2, "method", bounds.method)
    percent = (100 * table[["low", "high"]].astype(float)).round(4)
    return table.assign(low=percent["low"], high=percent["high"])


def show(table: pd.DataFrame, nothing: str, as_json: bool) -> None:
    """Print a table as text or as JSON records; where it has no row, say what that means."""
    if as_json:
        print(json.dumps(json.loads(table.to_json(orient="records")), indent=1))
    elif table.empty:
        print(nothing)
    else:
        print(table.to_string(index=False))
