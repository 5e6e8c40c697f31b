"""A figure as a journal wants it: width, type, format, language; whole, and the same each time."""

import base64
import inspect
import io
import itertools
import json
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from PIL import Image

from analysis import figures
from analysis.figures import plot_matrix, plot_shares
from analysis.figures.style import house_style, laid_out, layout, line_width
from analysis.figures.typeface import FONTS, TYPEFACES
from analysis.language.current import speaking, with_unit
from analysis.language.sentences import Phrase, Sentence, retold
from analysis.outputs import labels_of, write_figure, write_table
from analysis.outputs.fonts import with_letters
from analysis.outputs.formats import rendered
from analysis.outputs.pictures import ASKED, shown_texts
from analysis.report.site.policy import policy_for
from tests.test_arguments import good_arguments

JOURNAL = {"width_mm": 84, "font_size": 8}
WORDS = ("A finding", "What is drawn; n = 40", "Document, section")
LONG = {
    "en": "mutual recognition of qualifications and of periods of study",
    "ru": "взаимное признание квалификаций и периодов обучения",
    "kk": "біліктіліктер мен оқу кезеңдерін өзара тану, ғылымды әлемде ілгерілету",
}
PLOTS = [
    function
    for name, function in inspect.getmembers(figures, inspect.isfunction)
    if name.startswith("plot_")
]


@pytest.fixture
def axes():
    shares = pd.DataFrame({"label": ["men", "женщины", "→ әйелдер"], "share": [20, 50, 30]})
    return plot_shares(shares, *WORDS)


@pytest.fixture(autouse=True)
def no_report(monkeypatch):
    monkeypatch.delenv("ANALYSIS_OUTPUT", raising=False)


def lengthened(value, label):
    """Return an argument with a long label in place of every short one."""
    if isinstance(value, pd.DataFrame):
        if "label" in value:
            return value.assign(label=[f"{label} {n}" for n in range(1, len(value) + 1)])
        return value.set_axis([f"{label} {n}" for n in range(1, len(value) + 1)])
    if isinstance(value, list):
        return [f"{label} {n}" for n in range(1, len(value) + 1)]
    if isinstance(value, dict):
        return {
            f"{label[:30]} {n}": lengthened(each, label) for n, each in enumerate(value.values())
        }
    return value


def long_arguments(plot, label):
    """Return arguments of a drawing with labels, title, subtitle and source that are long."""
    given = good_arguments(plot)
    kept = {"people", "total", "unit"} & set(given)
    long = {name: lengthened(value, label) for name, value in given.items() if name not in kept}
    said = dict.fromkeys(("title", "subtitle", "source"), f"{label}: {label}; n = 40")
    return given | long | said


def overlapping(figure):
    """Return pairs of texts of a figure that stand on each other."""
    boxes = [(text.get_text(), text.get_window_extent().padded(-2)) for text in shown_texts(figure)]
    return [(a, b) for (a, one), (b, two) in itertools.combinations(boxes, 2) if one.overlaps(two)]


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_nothing_is_cut_and_no_text_stands_on_another_in_a_column_of_a_journal(plot, language):
    with speaking(language), laid_out(width=84 / 25.4, size=8):
        figure = plot(**long_arguments(plot, LONG[language])).figure
        assert figure.get_figwidth() == pytest.approx(84 / 25.4)
        assert labels_of(figure)["clipped"] == []
        assert overlapping(figure) == []


def written(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*.*"))}


def test_every_format_is_what_its_name_says_and_has_the_same_bytes_each_time(axes, tmp_path):
    kinds = ["svg", "png", "pdf", "eps", "tiff"]
    for folder in (tmp_path / "a", tmp_path / "b"):
        write_figure(axes, "fig", **JOURNAL, formats=kinds, dpi=300, folder=folder)
    first = written(tmp_path / "a")
    assert first == written(tmp_path / "b")
    assert set(first) == {"fig.csv", *(f"fig.{kind}" for kind in kinds)}
    starts = {
        "svg": b"<?xml",
        "png": b"\x89PNG",
        "pdf": b"%PDF-",
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0",
    }
    assert all(first[f"fig.{kind}"].startswith(start) for kind, start in starts.items())
    assert not any(b"CreationDate" in content for content in first.values())


def test_a_tiff_has_its_dots_an_inch_and_no_transparency(axes, tmp_path):
    write_figure(axes, "fig", **JOURNAL, formats=["tiff"], dpi=600, folder=tmp_path)
    with Image.open(tmp_path / "fig.tiff") as picture:
        assert picture.mode == "RGB" and picture.info["compression"] == "tiff_lzw"
        assert picture.info["dpi"] == (600, 600)
        assert picture.width == pytest.approx(84 / 25.4 * 600, abs=1)


def test_a_pdf_and_an_eps_embed_the_typeface_as_type_42(axes, tmp_path):
    write_figure(axes, "fig", formats=["pdf", "eps"], folder=tmp_path)
    pdf, eps = (tmp_path / "fig.pdf").read_bytes(), (tmp_path / "fig.eps").read_bytes()
    assert b"SourceSans3-Regular" in pdf and b"/FontFile2" in pdf and b"/Type3" not in pdf
    assert b"SourceSans3-Regular" in eps
    assert set(re.findall(rb"/FontType ([0-9]+)", eps)) == {b"42"}


def test_a_figure_without_titles_is_lower_and_says_the_same_to_those_who_cannot_see(axes, tmp_path):
    write_figure(axes, "full", formats=["svg"], folder=tmp_path)
    picture = write_figure(axes, "bare", titles=False, formats=["svg"], folder=tmp_path)
    full, bare = (ET.parse(tmp_path / f"{name}.svg").getroot() for name in ("full", "bare"))
    height = [float(root.attrib["height"].removesuffix("pt")) for root in (full, bare)]
    assert height[1] < height[0]
    assert "A finding" in shown_letters(full) and "A finding" not in shown_letters(bare)
    assert picture.alt.startswith("A finding. What is drawn; n = 40.")


def shown_letters(root):
    """Return what the texts of an SVG show, one after another."""
    texts = root.iter("{http://www.w3.org/2000/svg}text")
    return " ".join("".join(text.itertext()) for text in texts)


def test_text_of_an_svg_is_text_and_every_letter_of_it_is_embedded(axes, tmp_path):
    write_figure(axes, "fig", formats=["svg"], folder=tmp_path)
    svg = (tmp_path / "fig.svg").read_text("utf-8")
    shown = shown_letters(ET.fromstring(svg))
    assert "A finding" in shown and "женщины" in shown and "→ әйелдер" in shown
    faces = re.findall(
        r"font-family:'([^']*)';font-weight:(\d+);src:url\(data:font/woff;base64,([^)]*)", svg
    )
    letters = {letter for _, _, data in faces for letter in embedded_letters(data)}
    assert set(shown) <= letters
    assert {(family, weight) for family, weight, _ in faces} >= {
        (TYPEFACES[0], "400"),
        (TYPEFACES[0], "700"),
    }
    assert "http" not in re.sub(
        r"xmlns(:\w+)?=\"[^\"]*\"|rdf:\w+=\"[^\"]*\"", "", svg.split("</metadata>")[1]
    )


def embedded_letters(data):
    """Return the letters of an embedded font."""
    with TTFont(io.BytesIO(base64.b64decode(data))) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_a_sign_that_the_typeface_lacks_comes_from_the_second_one(tmp_path):
    shares = pd.DataFrame({"label": ["✕ none"], "share": [20]})
    write_figure(plot_shares(shares, *WORDS), "fig", formats=["svg"], folder=tmp_path)
    assert f"font-family:'{TYPEFACES[1]}'" in (tmp_path / "fig.svg").read_text("utf-8")


def test_the_typeface_has_every_letter_of_the_three_languages():
    wanted = set(
        "AZaz09 %–—“”«»№абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіӘҒҚҢӨҰҮҺІ→≥≤±×\N{NO-BREAK SPACE}"
    )
    for file in FONTS.glob("*.ttf"):
        with TTFont(file) as font:
            assert wanted <= {chr(code) for code in font.getBestCmap()}, file.name
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")


def picture_of(content):
    """Return the picture of a PNG."""
    with Image.open(io.BytesIO(content)) as picture:
        return picture.copy()


def seen_in_a_browser(browser, file, size):
    """Return an SVG as a page of the report shows it: as a picture, under its policy."""
    policy = policy_for("index").replace('"', "&quot;")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    file.with_name("page.html").write_text(
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<body style="margin:0"><img src="{file.name}" width="{size[0]}">'
    )
    page.goto(file.with_name("page.html").as_uri())
    page.wait_for_timeout(300)
    seen = picture_of(page.screenshot())
    page.close()
    return seen.convert("L")


def test_an_svg_looks_as_its_png_without_a_network(axes, tmp_path, browser):
    write_figure(axes, "fig", formats=["svg", "png"], dpi=96, folder=tmp_path)
    drawn, svg = picture_of((tmp_path / "fig.png").read_bytes()).convert("L"), tmp_path / "fig.svg"
    apart = ink_apart(seen_in_a_browser(browser, svg, drawn.size), drawn)
    svg.write_text(re.sub("@font-face{[^}]*}", "", svg.read_text("utf-8")), "utf-8")
    without = ink_apart(seen_in_a_browser(browser, svg, drawn.size), drawn)
    assert apart < 0.001 < without, (apart, without)


def ink_apart(one, two):
    """Return the share of dots that are light in one picture and dark in the other, blurred."""
    size = (two.width // 4, two.height // 4)
    pairs = zip(one.resize(size).tobytes(), two.resize(size).tobytes(), strict=True)
    return sum(abs(a - b) > 80 for a, b in pairs) / (size[0] * size[1])


def test_the_table_of_a_figure_is_what_it_draws_in_the_language(axes, tmp_path):
    with speaking("ru"):
        write_figure(axes, "fig", formats=["svg"], folder=tmp_path)
    lines = (tmp_path / "fig.csv").read_text("utf-8").splitlines()
    assert len(lines) == 4 and "женщины" in lines[2] and "50" in lines[2]


def test_a_figure_is_told_again_in_another_language(tmp_path, capsys):
    told = [
        Phrase(with_unit, "20", "percent", "about"),
        Phrase(with_unit, "80", "percent", "about"),
    ]
    shares = pd.DataFrame({"label": ["men", "women"], "share": [20, 80]})
    shares["text"] = pd.Series(told, dtype=object)
    title = Sentence("{names} and {last}", names="a", last="b")
    axes = plot_shares(shares, title, "Made-up words", "Quelle")
    alt = write_figure(axes, "fig", formats=["svg"], language="ru", folder=tmp_path).alt
    assert alt.startswith("a и b. Made-up words. мужчины: около 20 %")
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2 and "Made-up words" in said[0] and "Quelle" in said[0]
    assert write_figure(axes, "fig", folder=tmp_path).alt.startswith("a and b.")


def test_a_table_with_sentences_is_told_again_and_the_rest_stays():
    frame = pd.DataFrame(
        {
            "n": [1],
            "text": pd.Series([Sentence("{names} and {last}", names=1, last=2)], dtype=object),
        }
    )
    with speaking("ru"):
        again = retold({"a": (frame, "x")})["a"]
    assert again[0]["text"][0] == "1 и 2" and again[0]["n"][0] == 1 and again[1] == "x"
    assert frame["text"][0] == "1 and 2"


def test_what_was_not_drawn_by_the_library_cannot_be_drawn_in_another_way(tmp_path):
    axes = Figure().add_subplot()
    assert write_figure(axes, "own", folder=tmp_path).alt == ""
    with pytest.raises(TypeError, match=r"^axes: only what a plot_\* function returned"):
        write_figure(axes, "own", width_mm=84, folder=tmp_path)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"width_mm": 5}, "width_mm: wanted 40 to 1000 millimetres; got 5"),
        ({"font_size": 0}, "font_size: wanted a number of points above 0; got 0"),
        ({"formats": ["gif"]}, "formats: wanted one of svg, png, pdf, eps, tiff; got 'gif'"),
        ({"language": "de"}, "language: wanted one of en, ru, kk; got 'de'"),
    ],
)
def test_a_setting_that_cannot_be_is_named(axes, setting, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        write_figure(axes, "fig", **setting)


def test_settings_of_a_journal_hold(axes):
    mine = {"font.size": 7, "font.sans-serif": ["DejaVu Sans"], "figure.figsize": [3.3, 2.0]}
    with mpl.rc_context({**mine, "axes.spines.top": True, "axes.grid": True}):
        figure = plot_matrix(pd.DataFrame({"yes": [4]}, index=["a"]), *WORDS).figure
        assert (layout().size, layout().width, figure.get_figwidth()) == (7, 3.3, 3.3)
        assert "font.family" not in house_style() and "axes.grid" not in house_style()
        wide = line_width("a wide line", 10)
        fonts = {text.get_fontname() for text in shown_texts(figure)}
    assert fonts == {"DejaVu Sans"} and wide > line_width("a wide line", 10)


@pytest.mark.parametrize("name", [None, "kernel"])
def test_in_a_notebook_files_go_to_outputs_and_a_line_says_where(
    axes, name, tmp_path, monkeypatch, capsys
):
    shell = type("Shell", (), {name: True} if name else {})()
    monkeypatch.setattr("analysis.outputs.files.running_shell", lambda: shell)
    monkeypatch.chdir(tmp_path)
    write_figure(axes, "fig")
    write_table(pd.DataFrame({"a": [1]}), "rain")
    made = {"fig.csv", "fig.png", "fig.svg", "rain.csv"} if name else set()
    assert set(written(tmp_path)) == made
    said = capsys.readouterr().out.splitlines()
    wanted = [
        "Written to outputs/figures: fig.svg, fig.png, fig.csv",
        "Written to outputs/tables: rain.csv",
    ]
    assert said == (wanted if name else [])


def test_nothing_is_said_where_a_report_is_made(axes, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    write_figure(axes, "fig")
    assert capsys.readouterr().out == "" and (tmp_path / "figures" / "fig@2x.png").exists()


def test_a_png_of_twice_the_dots_stands_beside_and_the_notebook_shows_it_at_its_size(
    axes, tmp_path, monkeypatch
):
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    picture = write_figure(axes, "fig")
    made = written(tmp_path)
    sizes = [picture_of(made[name]).size for name in ("fig.png", "fig@2x.png")]
    assert [2 * side for side in sizes[0]] == list(sizes[1])
    shown = picture_of(picture.data)
    assert shown.size == sizes[1] and (picture.width, picture.height) == sizes[0]
    assert len(picture.data) < 0.6 * len(made["fig@2x.png"])


def test_a_figure_that_is_asked_for_is_written_as_asked_and_no_other(axes, tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    asked = {"name": "fig", "width_mm": 84, "titles": False, "formats": ["eps"]}
    monkeypatch.setenv(ASKED, json.dumps(asked))
    write_figure(axes, "fig", titles=True)
    write_figure(axes, "other")
    names = set(written(tmp_path))
    assert {"fig.eps", "fig.csv", "fig.json"} == {name for name in names if name.startswith("fig")}
    assert "other.svg" in names
    assert (
        "A finding"
        not in json.loads((tmp_path / "figures" / "fig.json").read_text("utf-8"))["texts"]
    )


def test_a_typeface_that_may_not_be_embedded_is_only_named():
    svg = "<style></style><text style=\"font-size: 9px; font-family: 'No Such Face'\">a</text>"
    assert with_letters(svg) == svg


def test_an_index_with_the_name_of_a_column_is_written_too(tmp_path):
    rows = pd.DataFrame({"rain": [1]}, index=pd.Index(["May"], name="rain"))
    write_table(rows, "rain", tmp_path)
    assert (tmp_path / "rain.csv").read_text("utf-8") == "rain,rain\nMay,1\n"


def test_an_svg_does_not_hang_on_the_last_digit_of_a_length():
    made = set()
    for shift in (0, 2e-13):
        figure = Figure(figsize=(3, 2))
        axes = figure.add_axes((0.1 + shift, 0.1, 0.8, 0.8))
        axes.plot([0, 1], [0, 1 / 3])
        made.add(rendered(figure, "svg", "rain", 72))
    assert len(made) == 1 and b"url(#rain-p" in made.pop()
