"""A document for Word: headings, paragraphs, tables in APA style, figures; by python-docx."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.language.current import speaking, tr
from analysis.outputs.whole import write_whole
from analysis.responses.extras import need
from analysis.writing.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Paragraph,
    Table,
    numbered,
    shown,
    spanned,
    title_of,
)
from analysis.writing.packages import moment, repacked
from analysis.writing.pictures import picture_of

FACE = "Times New Roman"  # has every Kazakh letter, and stands on every computer
TAGS = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}
PAGE, MARGIN = (21.0, 29.7), 2.5  # centimetres
WIDTH = PAGE[0] - 2 * MARGIN
HIGHEST = 20.0  # of a figure, in centimetres: its caption and its note stand on the same page
BODY, SMALL = 11, 9.5  # points
LETTER, PADDING = 0.185, 0.36  # centimetres: a letter of a table, the blank beside a column
NARROWEST, WIDEST = 1.1, 3.0  # of a column of numbers
NAMES = 3.2  # centimetres that a column of texts is left at least, if it wants them
TOGETHER = 16  # rows of a table that stay on one page


def write_docx(blocks: Iterable[Block], file: str | Path, language: str = "en") -> Path:
    """Write a document for Word and return where it is.

    blocks : iterable of Heading, Paragraph, Table, Figure
        In their order; tables and figures are numbered.
    file : str or Path
    language : str
        One of "en", "ru", "kk": of the numbers, of captions, and of what Word checks.

    The same blocks give the same bytes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_docx([Heading("Orchards", 1)], f"{folder}/orchards.docx").name
    'orchards.docx'
    """
    with speaking(language):
        content = _document(list(blocks), language)
    write_whole(Path(file), content)
    return Path(file)


def _document(blocks: list[Block], language: str) -> bytes:
    document, out = need("docx").Document(), io.BytesIO()
    _set_up(document, language, title_of(blocks))
    for block, number in numbered(blocks):
        WRITERS[type(block)](document, block, number)
    document.save(out)
    return repacked(out.getvalue())


def _set_up(document: Any, language: str, title: str) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(MARGIN))
    _styles(document.styles, TAGS[language])
    _page_number(section.header)
    about = document.core_properties
    about.title, about.language, about.author, about.comments = title[:255], TAGS[language], "", ""
    about.created = about.modified = moment()
    document.settings.element.xpath("w:themeFontLang")[0].set(_name("w:val"), TAGS[language])


def _styles(styles: Any, tag: str) -> None:
    from docx.shared import Pt, RGBColor

    for style in styles.element.xpath("//w:rPr/w:lang"):
        style.set(_name("w:val"), tag)
    sizes = {"Normal": BODY, "Title": 18, "Heading 1": 16, "Heading 2": 13, "Heading 3": BODY}
    for name, size in {**sizes, "Header": SMALL, "Caption": BODY}.items():
        style = styles[name]
        _face(style)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.bold = name.startswith(("Heading", "Title"))
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Caption"].paragraph_format.space_after = Pt(3)
    for line in styles["Title"].element.xpath("w:pPr/w:pBdr"):
        line.getparent().remove(line)


def _face(style: Any) -> None:
    """Give a style the typeface in all scripts, in place of that of the theme."""
    style.font.name = FACE
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.attrib.pop(_name(f"w:{script}Theme"), None)
        fonts.set(_name(f"w:{script}"), FACE)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)


def _element(tag: str, **attributes: Any) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(_name(f"w:{name}"), str(value))
    return made


def _page_number(header: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(header.paragraphs[0], "PAGE", "1")


def _field(paragraph: Any, code: str, shown_as: str) -> Any:
    """Add a number that Word keeps up to date."""
    field = _element("fldSimple", instr=code)
    run = paragraph.add_run(shown_as)
    field.append(run._r)
    paragraph._p.append(field)
    return run


def _heading(document: Any, heading: Heading, number: int) -> None:
    document.add_heading(shown(heading.text), max(heading.level - 1, 0))


def _paragraph(document: Any, paragraph: Paragraph, number: int) -> None:
    document.add_paragraph(shown(paragraph.text))


def _caption(document: Any, caption: str, kind: str, number: int, title: str) -> None:
    """Add the number of a table or figure in bold, and below it the title in italics."""
    line = document.add_paragraph(style="Caption")
    before, _, after = caption.partition("{number}")
    runs = [line.add_run(before), _field(line, f"SEQ {kind} \\* ARABIC", str(number))]
    for run in [*runs, line.add_run(after)]:
        run.bold = True
    below = document.add_paragraph(style="Caption")
    below.add_run(title).italic = True
    for each in (line, below):
        each.paragraph_format.keep_with_next = True


def _notes(document: Any, notes: Sequence[str]) -> None:
    from docx.shared import Pt

    line = document.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(3), Pt(14)
    if notes:
        line.add_run(tr("Note.")).italic = True
        line.add_run(" " + " ".join(map(shown, notes)))
    for run in line.runs:
        run.font.size = Pt(SMALL)


def _figure(document: Any, figure: Figure, number: int) -> None:
    from docx.shared import Cm

    picture = picture_of(figure)
    _caption(document, figure.caption, "Figure", number, picture.title)
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    inline = line.add_run().add_picture(io.BytesIO(picture.content), width=Cm(WIDTH))
    if inline.height > Cm(HIGHEST):
        inline.width, inline.height = round(inline.width * Cm(HIGHEST) / inline.height), Cm(HIGHEST)
    described = inline._inline.docPr
    described.set("descr", picture.alt)
    described.set("title", picture.title)
    _notes(document, [picture.note] if picture.note else [])


def _table(document: Any, table: Table, number: int) -> None:
    title, parts = shown(table.title), list(parted(table.columns))
    _caption(document, table.caption, "Table", number, title)
    for place, columns in enumerate(parts):
        if place:
            _continued(document, table.caption.replace("{number}", str(number)))
        _grid(document, columns)
    _notes(document, table.notes)


def _continued(document: Any, name: str) -> None:
    from docx.shared import Pt

    line = document.add_paragraph(style="Caption")
    line.paragraph_format.space_before = Pt(8)
    line.paragraph_format.keep_with_next = True
    line.add_run(tr("{table}, continued", table=name)).bold = True


def parted(columns: list[Column]) -> Iterator[list[Column]]:
    """Yield the columns of a table in parts that fit the page, the first column in each.

    >>> numbers = [Column(f"group {n}", ["4"], [4], True, 0) for n in range(20)]
    >>> [len(part) for part in parted([Column("answer", ["yes"], ["yes"], False, 0), *numbers])]
    [11, 11]
    """
    first, rest = columns[:1], spanned(columns[1:])
    while rest:
        part, room = [], WIDTH - _least(first[0])
        while rest and (not part or sum(map(_least, rest[0])) <= room):
            room -= sum(map(_least, rest[0]))
            part += rest.pop(0)
        yield first + part
    if len(columns) < 2:
        yield columns


def _least(column: Column) -> float:
    """Return the width that a column needs, in centimetres; texts may break into lines."""
    if column.right:
        return _wanted(column)
    words = [word for text in [*column.texts, column.below] for word in text.split()]
    longest = LETTER * max(map(len, words), default=1) + PADDING
    return min(NAMES, max(2.0, 0.6 * _wanted(column), longest))


def _wanted(column: Column) -> float:
    """Return the width in which no text of a column breaks, of numbers between two limits."""
    heads = column.below.split() if column.right else [column.below]
    wanted = LETTER * max(map(len, [*column.texts, *heads]), default=1) + PADDING
    return min(max(wanted, NARROWEST), WIDEST) if column.right else wanted


def _widths(columns: list[Column]) -> list[float]:
    """Return the width of each column; what is left goes to the texts."""
    least = [_least(column) for column in columns]
    missing = [
        max(_wanted(column) - width, 0) for column, width in zip(columns, least, strict=True)
    ]
    share = min(max(WIDTH - sum(least), 0) / (sum(missing) or 1), 1)
    return [width + share * more for width, more in zip(least, missing, strict=True)]


def _grid(document: Any, columns: list[Column]) -> None:
    rows = len(columns[0].texts) if columns else 0
    above = [""] if any(column.over for column in columns) else []
    grid = document.add_table(rows=rows + 1 + len(above), cols=len(columns))
    grid.autofit = False
    _lines(grid._tbl.tblPr)
    widths = _widths(columns)
    for width, column in zip(widths, grid.columns, strict=True):
        column._gridCol.set(_name("w:w"), str(_twentieths(width)))
    for place, row in enumerate(grid.rows, start=-len(above) - 1):
        _row(row, columns, widths, place, place + 1 < rows <= TOGETHER)
    for row in grid.rows[: len(above)]:
        _span(row, columns)


def _span(row: Any, columns: list[Column]) -> None:
    """Write the headings that span several columns, with a rule below each."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    place, cells = 0, row.cells
    for group in spanned(columns):
        last = place + len(group) - 1
        if group[0].over:
            wide = sum(each.width.cm for each in cells[place : last + 1])
            cell = cells[place].merge(cells[last])
            for line in cell.paragraphs[1:]:
                line._p.getparent().remove(line._p)
            _cell(cell, group[0].over, False, wide)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _head(cell)
        place = last + 1


def _twentieths(width: float) -> int:
    return round(width / 2.54 * 1440)


def _lines(settings: Any) -> None:
    """Draw the rules above and below a table, and none else."""
    borders = _element("tblBorders")
    for side in ("top", "bottom"):
        borders.append(_element(side, val="single", sz=8, space=0, color="000000"))
    settings.append(borders)
    margins = _element("tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w=85, type="dxa"))
    settings.append(margins)


def _row(row: Any, columns: list[Column], widths: list[float], place: int, keep: bool) -> None:
    settings = row._tr.get_or_add_trPr()
    settings.append(_element("cantSplit"))
    if place < 0:
        settings.append(_element("tblHeader"))
    for cell, column, width in zip(row.cells, columns, widths, strict=True):
        text = {-2: "", -1: column.below}.get(place) if place < 0 else column.texts[place]
        _cell(cell, text, column.right, width)
        cell.paragraphs[0].paragraph_format.keep_with_next = keep or place < 0
        if place == -1:
            _head(cell)


def _cell(cell: Any, text: str, right: bool, width: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    cell.width = Cm(width)
    line = cell.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(1.5)
    line.add_run(text).font.size = Pt(SMALL)


def _head(cell: Any) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    borders = _element("tcBorders")
    borders.append(_element("bottom", val="single", sz=4, space=0, color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)


WRITERS = {Heading: _heading, Paragraph: _paragraph, Table: _table, Figure: _figure}
