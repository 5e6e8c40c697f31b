"""Documents for Word, read back."""

import io
import zipfile

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn

from analysis.figures import plot_shares
from analysis.language.current import current_language
from analysis.writing import Figure, Heading, Paragraph, Table, shown, write_docx
from tests.writing.hostile import TEXTS, blocks


@pytest.fixture
def written(tmp_path):
    """Return a function that writes blocks and reads the document back."""

    def write(content, language="en"):
        return docx.Document(str(write_docx(content, tmp_path / "made.docx", language)))

    return write


def table(rows=3, **more):
    frame = pd.DataFrame({"answer": [f"option {n}" for n in range(rows)], "people": range(rows)})
    return Table(frame, "Crop", **more)


def test_hostile_texts_stand_in_the_document_as_texts(written):
    document = written(blocks())
    column = [row.cells[0].text for row in document.tables[0].rows][1:]
    assert column == [shown(text) for text in TEXTS]
    assert document.paragraphs[0].text == "<b>Survey</b> =1+1"


def test_number_and_title_stand_above_a_table_and_its_note_below(written):
    document = written([table(notes=["Method: Wilson.", "More."])])
    number, title, note = [
        each for each in document.paragraphs if each.text or each._p.xpath(".//w:t")
    ][:3]
    assert "".join(t.text for t in number._p.iter(qn("w:t"))) == "Table 1"
    assert (title.text, title.runs[0].italic) == ("Crop", True)
    assert note.text == "Note. Method: Wilson. More."


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("ru", "ru-RU"), ("kk", "kk-KZ")])
def test_the_document_names_its_language_and_the_one_in_use_stays(written, language, tag):
    document = written([table()], language)
    (named,) = document.styles.element.xpath("w:docDefaults//w:lang")
    assert named.get(qn("w:val")) == tag
    assert document.core_properties.language == tag
    assert current_language() == "en"


def test_every_style_has_a_typeface_with_kazakh_letters_and_none_of_the_theme(written):
    document = written([Heading("Жауаптар"), Paragraph("Қазақша")])
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "cs")} == {
            "Times New Roman"
        }
        assert not [key for key in fonts.attrib if key.endswith("Theme")]


def test_the_first_row_is_repeated_over_pages_and_no_row_is_split(written):
    (made,) = written([table(80)]).tables
    rows = [row._tr for row in made.rows]
    assert [bool(row.xpath("w:trPr/w:tblHeader")) for row in rows] == [True] + [False] * 80
    assert all(row.xpath("w:trPr/w:cantSplit") for row in rows)


def test_a_table_has_no_vertical_rules(written):
    (made,) = written([table()]).tables
    borders = made._tbl.xpath(".//w:tblBorders/* | .//w:tcBorders/*")
    assert {border.tag.rpartition("}")[2] for border in borders} == {"top", "bottom"}


def test_a_heading_spans_its_columns_and_both_rows_of_headings_are_repeated(written):
    frame = pd.DataFrame({"answer": ["yes"], "men, n": [4], "men, share": [40.0]})
    spans = {"men, n": ("men", "n"), "men, share": ("men", "share")}
    (made,) = written([Table(frame, "Crop", spans=spans)]).tables
    assert [cell.text for cell in made.rows[0].cells] == ["", "men", "men"]
    assert [cell.text for cell in made.rows[1].cells] == ["answer", "n", "share"]
    assert all(row._tr.xpath("w:trPr/w:tblHeader") for row in made.rows[:2])


def test_a_wide_table_is_parted_and_every_column_stands_in_one_part(written):
    wide = pd.DataFrame({"answer": ["yes"], **{f"region {n}": [n] for n in range(30)}})
    document = written([Table(wide, "Regions")])
    heads = [[cell.text for cell in made.rows[0].cells] for made in document.tables]
    assert len(heads) > 1
    assert all(head[0] == "answer" for head in heads)
    assert [name for head in heads for name in head[1:]] == list(wide.columns[1:])
    assert "Table 1, continued" in [each.text for each in document.paragraphs]


def test_a_figure_has_its_alternative_text_and_is_drawn_without_the_titles_beside_it(written):
    shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    axes = plot_shares(shares, "Most are women", "Gender; n = 40", "Source: own survey")
    document = written([Figure(axes)])
    (described,) = document.element.body.xpath(".//wp:docPr")
    assert described.get("descr") == axes.figure.get_label()
    texts = [each.text for each in document.paragraphs]
    assert "Most are women" in texts
    assert "Note. Gender; n = 40. Source: own survey." in texts


def test_a_high_figure_fits_a_page(written):
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (10, 400), "white").save(content, format="PNG")
    (shape,) = written([Figure(content.getvalue(), "High", "High")]).inline_shapes
    assert shape.height.cm <= 20.01
    assert shape.width / shape.height == pytest.approx(10 / 400, rel=0.01)


def test_a_table_without_rows_has_its_headings(written):
    (made,) = written([Table(pd.DataFrame({"a": [], "b": []}), "Nothing")]).tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["a", "b"]]


def test_the_same_blocks_give_the_same_bytes_at_another_time(tmp_path, monkeypatch):
    first = write_docx(blocks(), tmp_path / "a.docx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write_docx(blocks(), tmp_path / "b.docx").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {each.date_time[0] for each in package.infolist()} == {1980}


def test_the_date_of_a_document_is_that_of_source_date_epoch(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    made = docx.Document(str(write_docx([table()], tmp_path / "a.docx")))
    assert made.core_properties.created.year == 2020
