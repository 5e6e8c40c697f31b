"""Print how much of each notebook is prose, how short its cells are, how much code only words it.

Run: python benchmarks/notebooks.py [FILE ...]. `tests/report/test_notebooks.py` holds all
notebooks together to the limits below.
"""

import ast
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis import paths

WORDING = {
    *("tr", "say", "Sentence", "localized", "use_language", "label"),
    *("counted", "listed", "span", "number", "with_unit", "with_qualifier"),
}
SHORT = 6  # lines of a short cell
LIMITS = {"plumbing": 0.20, "short": 0.85, "words": 8.0, "longest": 12}


@dataclass(frozen=True)
class Measures:
    """Counts of one or more notebooks.

    plumbing : int
        Lines within calls that only put numbers into words.
    short : int
        Code cells of at most SHORT lines; longest: lines of the longest one.
    words : int
        Words of the prose, without addresses.
    """

    lines: int = 0
    plumbing: int = 0
    cells: int = 0
    short: int = 0
    longest: int = 0
    words: int = 0

    def __add__(self, other: "Measures") -> "Measures":
        """Return the counts of both together."""
        longest = max(self.longest, other.longest)
        names = ("lines", "plumbing", "cells", "short", "words")
        sums = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Measures(**sums, longest=longest)

    def shares(self) -> dict[str, float]:
        """Return what LIMITS speaks of: two shares, words a line of code, and the longest cell."""
        lines, cells = max(self.lines, 1), max(self.cells, 1)
        return {
            "plumbing": self.plumbing / lines,
            "short": self.short / cells,
            "words": self.words / lines,
            "longest": self.longest,
        }


def code_lines(source: str) -> list[int]:
    """Return the numbers of the lines that are not blank, from 1."""
    return [number for number, line in enumerate(source.splitlines(), 1) if line.strip()]


def wording_lines(source: str) -> set[int]:
    """Return the numbers of the lines within calls that only put something into words."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in WORDING:
                found |= set(range(node.lineno, node.end_lineno + 1))
    return found & set(code_lines(source))


def measures(notebook: dict) -> Measures:
    """Return the counts of a notebook."""
    total = Measures()
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            lines = len(code_lines(source))
            short = int(lines <= SHORT)
            total += Measures(lines, len(wording_lines(source)), 1, short, lines)
        elif cell["cell_type"] == "markdown":
            total += Measures(words=words(source))
    return total


def words(markdown: str) -> int:
    """Return how many words a text has, without the addresses of its links."""
    return len(re.findall(r"\w[\w'’-]*", re.sub(r"\(https?[^)]*\)", "", markdown)))


def measures_of(files: Iterable[Path]) -> dict[str, Measures]:
    """Return the counts of each notebook by its name, and those of all together."""
    found = {file.stem: measures(json.loads(file.read_text("utf-8"))) for file in files}
    return found | {"all": sum(found.values(), Measures())}


def table(found: dict[str, Measures]) -> str:
    """Return the measures as lines of text."""
    head = f"{'notebook':40} {'cells':>5} {'lines':>5} {'plumbing':>8} {'short':>6} {'words':>6} "
    lines = [head + f"{'longest':>7}"]
    for name, each in found.items():
        shares = each.shares()
        lines.append(
            f"{name:40} {each.cells:5} {each.lines:5} {shares['plumbing']:8.1%} "
            f"{shares['short']:6.0%} {shares['words']:6.1f} {each.longest:7}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    print(table(measures_of(given or sorted(paths.NOTEBOOKS.glob("*.ipynb")))))
