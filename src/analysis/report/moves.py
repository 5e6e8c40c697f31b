"""What moves over the grid of a sweep, and the figure of it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.failures import quoted
from analysis.language.current import label, number, tr
from analysis.report.recorded import as_number
from analysis.report.rules import OneOf

COLUMNS = 2  # of the tables, that are drawn unless somebody asks for others
PANELS = 6
LINES = 8
KEY = ["table", "row", "column"]
FILES = ("svg", "png", "csv")


def moving(table: pd.DataFrame, axis: str) -> pd.DataFrame:
    """Return how far each number moves over the grid, the one that moves most first.

    table : DataFrame
        As `recorded.recorded` returns it.
    axis : str
        The parameter along which the figure runs: what moves with it comes before all that moves
        with others only.

    Columns: table, row, column, and in units of the greatest number of the column `along`, the
    distance along the axis, and `move`, that over the whole grid.

    >>> rain = pd.DataFrame({"n": [1, 2], "table": "rain", "row": "May", "column": "mm"})
    >>> moving(rain.assign(value=["3", "4"]), "n")[["row", "along", "move"]].values.tolist()
    [['May', 0.25, 0.25]]
    """
    numbers = table.assign(value=[as_number(cell) for cell in table["value"]])
    numbers = numbers[numbers["value"].abs() < float("inf")]
    scale = numbers["value"].abs().groupby([numbers["table"], numbers["column"]]).transform("max")
    numbers["value"] = (numbers["value"] / scale).where(scale > 0, 0.0)
    others = [name for name in table.columns[:-4] if name != axis]
    ends = numbers.groupby(KEY, sort=False)["value"].agg(["min", "max"])
    along = numbers.groupby([*others, *KEY], sort=False)["value"].agg(["min", "max"])
    along = (along["max"] - along["min"]).groupby(KEY, sort=False).max()
    moved = pd.DataFrame({"along": along, "move": ends["max"] - ends["min"]}).reset_index()
    moved = moved[moved["move"] > 0]
    order = {"by": ["along", "move"], "ascending": False, "kind": "stable"}
    return moved.sort_values(**order).reset_index(drop=True)


def chosen_columns(moved: pd.DataFrame, table: pd.DataFrame, show: Sequence[str]) -> list[str]:
    """Return which columns are drawn, as TABLE:COLUMN: those asked for, or those that move most.

    Raises ValueError for one that no table has.
    """
    check_shown(table, show)
    by = "along" if moved["along"].any() else "move"
    means = moved.groupby(["table", "column"], sort=False)[by].mean()
    means = means.sort_values(ascending=False, kind="stable")
    most = [":".join(name) for name, mean in means.items() if mean > means.iloc[0] / 4]
    return list(dict.fromkeys(show)) or most[:COLUMNS]


def check_shown(table: pd.DataFrame, show: Sequence[str]) -> None:
    """Raise ValueError for a TABLE:COLUMN that holds no number in any row."""
    names = table["table"] + ":" + table["column"]
    numeric = names[[as_number(cell) == as_number(cell) for cell in table["value"]]].unique()
    for wanted in show:
        if wanted not in numeric:
            known = ", ".join(numeric) or "none"
            near = OneOf([*numeric]).nearest(wanted) if len(numeric) else "none"
            near = f"; the nearest is {near}"
            raise ValueError(f"--show {quoted(wanted)}: no such numbers (there are {known}){near}")


def write_moves(
    table: pd.DataFrame, params: Sequence[str], source: Path, folder: Path, show: Sequence[str]
) -> None:
    """Draw how numbers move over a grid, and say what is left out.

    table : DataFrame
        As `recorded.recorded` returns it.
    params : sequence of str
        Its parameters; the first that has several values is the axis.
    source : Path
        The notebook.
    folder : Path
        Where `figure.svg`, `figure.png` and `figure.csv` go.
    show : sequence of str
        TABLE:COLUMN, or nothing.
    """
    several = [name for name in params if table[name].astype(str).nunique() > 1]
    moved = moving(table, several[0] if several else "")
    columns = chosen_columns(moved, table, show)
    if not several or not columns:
        for kind in FILES:
            (folder / f"figure.{kind}").unlink(missing_ok=True)
        print("no number moves over the grid; there is no figure")
        return
    from analysis.figures.sweeps import plot_sweep
    from analysis.outputs import write_figure

    points, left = _drawn(table, moved, columns, several)
    words = _title(points), _subtitle(table, params, columns), _source(source)
    axes = plot_sweep(points, *words, axis=several[0])
    write_figure(axes, "figure", folder=folder)
    others = moved["table"] + ":" + moved["column"]
    left += [name for name in others.unique() if name not in columns]
    if left:
        print(f"not in the figure: {'; '.join(left)} (--show TABLE:COLUMN chooses)")


def _drawn(
    table: pd.DataFrame, moved: pd.DataFrame, columns: Sequence[str], several: Sequence[str]
) -> tuple[pd.DataFrame, list[str]]:
    """Return the points that are drawn, as `plot_sweep` takes them, and what is left out."""
    points = pd.DataFrame(
        {
            "x": table[several[0]],
            "setting": [_setting(several[1:], row) for row in table[[*several[1:]]].values],
            "name": table["table"] + ":" + table["column"],
            "label": table["row"],
            "value": [as_number(cell) for cell in table["value"]],
        }
    )
    points = points[points["name"].isin(columns) & (points["value"].abs() < float("inf"))]
    settings = points["setting"].unique()
    kept = settings[: max(1, PANELS // len(columns))]
    rows = moved[(moved["table"] + ":" + moved["column"]).isin(columns)]["row"].unique()
    rows = [*rows, *(row for row in points["label"].unique() if row not in rows)]
    points = points[points["setting"].isin(kept) & points["label"].isin(rows[:LINES])]
    points["group"] = [_heading(name, columns) for name in points["name"]]
    left = [f"the rows {'; '.join(rows[LINES:])}"] if rows[LINES:] else []
    if len(kept) < len(settings):
        left.append(f"{len(settings) - len(kept)} of {len(settings)} settings of the others")
    order = points["name"].map(list(columns).index)
    points = points.iloc[order.argsort(kind="stable")]
    return points[["group", "setting", "label", "x", "value"]].reset_index(drop=True), left


def _setting(names: Sequence[str], values: Sequence[Any]) -> str:
    return ", ".join(f"{name} {_shown(value)}" for name, value in zip(names, values, strict=True))


def _heading(name: str, columns: Sequence[str]) -> str:
    """Return how a column is called, with its table where others are drawn."""
    table, _, column = name.partition(":")
    several = len({each.partition(":")[0] for each in columns}) > 1
    return f"{table}: {label(column)}" if several else label(column)


def _shown(value: Any) -> str:
    return number(value, ".6g") if isinstance(value, float) else str(value)


def _title(points: pd.DataFrame) -> str:
    """Return the finding: what moves most, and between which numbers."""
    lines = points.groupby(["group", "label"], sort=False)["value"].agg(["min", "max"])
    group, row = (lines["max"] - lines["min"]).idxmax()
    least, most = (number(end, ".6g") for end in lines.loc[(group, row)])
    if points["label"].nunique() == 1:
        return tr("{column}: between {least} and {most}", column=group, least=least, most=most)
    return tr(
        "“{row}” moves most: {column} between {least} and {most}",
        **{"row": row, "column": group, "least": least, "most": most},
    )


def _subtitle(table: pd.DataFrame, params: Sequence[str], columns: Sequence[str]) -> str:
    """Return what is drawn: the table, and the values of each parameter."""
    tables = ", ".join(dict.fromkeys(f"{name.partition(':')[0]}.csv" for name in columns))
    said = [tr("Table {table}", table=tables)]
    for name in params:
        values = list(dict.fromkeys(table[name]))
        shown = list(map(_shown, values))
        many = f"{shown[0]}, {shown[1]} … {shown[-1]}" if len(shown) > 4 else ", ".join(shown)
        said.append(f"{name} {many}")
    return "; ".join(said)


def _source(source: Path) -> str:
    """Return number and title of the notebook."""
    cells = json.loads(source.read_text("utf-8"))["cells"]
    first = "".join(next((c["source"] for c in cells if c["cell_type"] == "markdown"), ""))
    heading = first.strip().splitlines()[0].lstrip("# ") if first.strip() else ""
    name = tr("Notebook {name}", name=source.stem)
    return f"{name}: {label(heading)}" if heading else name
