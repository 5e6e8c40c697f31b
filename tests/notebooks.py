"""The notebooks as the tests read them, and what their cells show under other parameters."""

import ast
import contextlib
import io
from dataclasses import dataclass, field

import nbformat

from analysis import paths
from analysis.language.current import speaking
from analysis.language.tables import html_table, is_plain, plain_table
from analysis.report.parameters import checked_parameters, parameter_defaults

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
FEWEST = 3  # settings that are tried


def read(file):
    return nbformat.read(file, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return set(cell.metadata.get("tags", []))


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in tags(cell)]


def shown_text(cell):
    """Return the text that each output of a cell shows, stored with it."""
    return [output.get("data", {}).get("text/plain", output.get("text")) for output in cell.outputs]


def settings_of(notebook):
    """Return the settings that a notebook is tried with: those it names, else those of all.

    A notebook names them in its metadata, `analysis: {"settings": [{...}, {...}, {...}]}`.
    """
    named = notebook.metadata.get("analysis", {}).get("settings")
    defaults = parameter_defaults(notebook)
    found = named or [each for each in usual(defaults) if set(each) <= set(defaults)][:FEWEST]
    assert len(found) >= FEWEST, "name three in the metadata: analysis: {settings: [{...}, ...]}"
    return [checked_parameters(defaults, each) for each in found]


def usual(defaults):
    """Yield another value for each parameter that means the same in every notebook."""
    yield {"rounding": "truncate" if defaults.get("rounding") != "truncate" else "half-up"}
    if isinstance(defaults.get("n"), int):
        yield {"n": defaults["n"] - 1}
    yield {"level": 0.8}
    yield {"method": "jeffreys" if defaults.get("method") != "jeffreys" else "wilson"}


@dataclass
class Shown:
    """What the cells of a notebook have shown: answer, tables, what figures draw, sentences."""

    answer: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    said: list = field(default_factory=list, compare=False)  # every other sentence

    def take(self, value, cell):
        """Keep what a cell ends with."""
        if "answer" in tags(cell):
            self.answer.append(str(value))
        elif is_plain(value):
            self.tables.append(plain_table(value))
            html_table(value)  # as the page shows it: no error there either
        elif isinstance(value, str):
            self.said.append(str(value))

    def draw(self, axes, name, *given, **named):
        """Keep the table that a figure draws; this takes the place of `write_figure`."""
        from matplotlib import pyplot as plt

        drawn = getattr(axes.figure, "drawn", None)
        self.figures.append((name, str(axes.figure.get_label() if drawn is None else drawn)))
        plt.close(axes.figure)


def run_cells(notebook, setting, monkeypatch, write=False):
    """Return what a notebook shows with a setting; an assertion names the cell that fails.

    Its code runs in this process, without a kernel; figures are drawn, and only if `write` written.
    """
    shown, there = Shown(), {"__name__": "__main__", "display": lambda *values: None}
    for place in ("analysis", "analysis.outputs") if not write else ():
        monkeypatch.setattr(f"{place}.write_figure", shown.draw)
    with speaking("en"), contextlib.redirect_stdout(io.StringIO()):
        for number, cell in enumerate(notebook.cells, 1):
            if cell.cell_type == "code":
                try:
                    shown.take(value_of(cell.source, there), cell)
                except Exception as error:
                    raise AssertionError(f"cell {number} with {setting}: {error!r}") from error
            if "parameters" in tags(cell):
                there |= setting
    return shown


def value_of(source, there):
    """Run the code of a cell in a namespace and return what it ends with."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), there)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), there)
