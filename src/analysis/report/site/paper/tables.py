"""A table of a page as a table of Typst: no cell is cut, headings return on the next page."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from analysis.language.tables import POINT_WIDE
from analysis.report.site.templates import typst_text

TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
ENDS_RIGHT = re.compile(r"text-align: ?right")
NUMBER = re.compile(r"[^\w]*[0-9].*")
LEAST, LONG = 5, 24  # letters: what the narrowest column has, what a column may be as wide as
NARROW, WIDE = 90, 108  # characters of a row that fit with larger and with smaller type
MANY = 9  # columns of a table that is turned if it has few rows
POINT = "#h(.249em)"  # as wide as a point: the typeface has no blank of this width
TAGS = {
    "holds": "005a8f",
    "may-hold": "2c6f97",
    "holds-only-if": "7a5b00",
    "does-not-hold": "a63c00",
    "unknown": "4a5560",
}


@dataclass
class Cell:
    """One cell: its text, whether it stands at the right, whether it is a heading, its tag."""

    text: str = ""
    right: bool = False
    head: bool = False
    tag: str = ""


@dataclass
class Rows(HTMLParser):
    """Collects the rows of a table: those of its head, and those of its body."""

    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)
    inside: str = "body"

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part, a row or a cell; note a colour of a status."""
        given = {name: value or "" for name, value in attrs}
        if tag in {"thead", "tbody"}:
            self.inside = {"thead": "head", "tbody": "body"}[tag]
        elif tag == "tr":
            self._rows().append([])
        elif tag in {"td", "th"} and self._rows():
            right = bool(ENDS_RIGHT.search(given.get("style", "")))
            self._rows()[-1].append(Cell(right=right, head=tag == "th"))
        elif tag == "br":
            self.handle_data(" ")
        for name in given.get("class", "").split():
            if name in TAGS and self._cell():
                self._cell().tag = name

    def handle_endtag(self, tag: str) -> None:
        """End the head of the table."""
        self.inside = "body" if tag == "thead" else self.inside

    def handle_data(self, data: str) -> None:
        """Add to the text of a cell."""
        if self._cell():
            self._cell().text += data

    def _rows(self) -> list[list[Cell]]:
        return getattr(self, self.inside)

    def _cell(self) -> Cell | None:
        rows = self._rows()
        return rows[-1][-1] if rows and rows[-1] else None


def typst_table(page: str) -> str:
    """Return a table of HTML in the markup of Typst.

    page : str
        The table; what stands in its cells is shown as text, whatever it is.

    Words stand at the left and numbers at the right, on their decimal. A table with many columns
    and few rows is turned; one that is still too wide is set in several parts, each with the
    first column.

    >>> print(typst_table("<table><tr><th>crop</th></tr><tr><td>#pears</td></tr></table>"))
    #block(width: 100%)[#set text(size: 8.5pt)
    #table(columns: (auto), align: (left),
    table.header([#strong[#"crop"]]),
    [#"#pears"],
    )]
    """
    read = Rows()
    read.feed(page)
    read.close()
    rows = [[_plain(cell) for cell in row] for row in (*read.head, *read.body) if row]
    if not rows:
        return ""
    heads = len([row for row in read.head if row]) or int(all(cell.head for cell in rows[0]))
    wide = max(map(len, rows))
    rows = [[*row, *(Cell() for _ in range(wide - len(row)))] for row in rows]
    if wide > MANY and heads == 1 and len(rows) <= wide // 2:
        rows = [[replace(row[0], head=True), *row[1:]] for row in zip(*rows, strict=True)]
    return "\n".join(_part(part, heads) for part in _parts(rows))


def _plain(cell: Cell) -> Cell:
    return replace(cell, text=re.sub("[ \t\r\n]+", " ", cell.text).strip(" "))


def _parts(rows: list[list[Cell]]) -> list[list[list[Cell]]]:
    """Return a table in as many parts as it takes for no word to be wider than its column."""
    least = [least_width([row[place] for row in rows]) for place in range(len(rows[0]))]
    groups: list[list[int]] = [[0]]
    for place in range(1, len(least)):
        if len(groups[-1]) > 1 and sum(least[k] for k in groups[-1]) + least[place] > WIDE:
            groups.append([0])
        groups[-1].append(place)
    return [[[row[place] for place in group] for row in rows] for group in groups]


def least_width(cells: list[Cell]) -> int:
    """Return how many letters a column needs: those of its longest number, or of its longest word.

    >>> least_width([Cell("ripe pears"), Cell("figs")])
    8
    """
    numbers = all(cell.right for cell in cells if not cell.head)
    said = [[cell.text] if numbers and not cell.head else cell.text.split() for cell in cells]
    return max([len(word) for words in said for word in words] + [LEAST]) + 3


def _part(rows: list[list[Cell]], heads: int) -> str:
    """Return the rows of a part as a table whose headings return on each page."""
    columns = [[row[place] for row in rows] for place in range(len(rows[0]))]
    size = "8.5pt" if sum(map(least_width, columns)) <= NARROW else "7.5pt"
    right = [all(cell.right for cell in column[heads:] if cell.text) for column in columns]
    align = ["right" if each else "left" for each in right]
    lines = [
        f"#block(width: 100%)[#set text(size: {size})",
        f"#table(columns: ({', '.join(_tracks(columns))}), align: ({', '.join(align)}),",
    ]
    if heads:
        lines.append(f"table.header({', '.join(_cell(c) for row in rows[:heads] for c in row)}),")
    lines += [", ".join(map(_cell, row)) + "," for row in rows[heads:]]
    return "\n".join([*lines, ")]"])


def _tracks(columns: list[list[Cell]]) -> list[str]:
    """Return how wide columns are: as their text, or where that is too much shares by its length.

    The share grows with the root of the length, so that a column of sentences leaves room.
    """
    longest = [max(len(cell.text) for cell in column) for column in columns]
    if sum(longest) + 3 * len(columns) <= NARROW:
        return ["auto"] * len(columns)
    said = [sum(len(cell.text) for cell in column) / len(column) for column in columns]
    shares = [f"{max(1.0, mean**0.5):.1f}fr" for mean in said]
    most = LONG if sum(long + 3 for long in longest if long <= LONG) <= NARROW / 2 else LONG / 2
    return ["auto" if long <= most else share for long, share in zip(longest, shares, strict=True)]


def _cell(cell: Cell) -> str:
    said = POINT.join(f'#"{typst_text(part)}"' for part in cell.text.split(POINT_WIDE))
    if cell.tag:
        return f'[#tag("{TAGS[cell.tag]}")[{said}]]'
    return f"[#strong[{said}]]" if cell.head else f"[{said}]"
