"""Text from data stays text: on no page, in no language and no format does it act."""

import base64
import copy
import hashlib
import html
import json
import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import paths
from analysis.data import tables
from analysis.data.csvfile import Sheet
from analysis.data.schema import complaint, descriptor_faults
from analysis.figures.style import house_style
from analysis.language.current import LANGUAGES, speaking
from analysis.language.prose import live_marks, translated_block, translated_notebook
from analysis.language.sentences import Sentence
from analysis.language.signs import ACTING
from analysis.language.tables import html_table, plain_table
from analysis.outputs import write_figure
from analysis.report import readme, store
from analysis.report.catalogues import domains, read_catalogue
from analysis.report.site import build, policy, records, sources, templates
from analysis.report.site.paper import write
from analysis.report.site.shown import documents, everything, figures, printed
from analysis.report.site.shown import tables as codebook
from tests.shared import in_a_process

SECRET = "the-canary-sings"
PRODUCT = "60481729"  # what {{ 7777*7777 }} comes to
SHOWN = (
    "<script>hacked()</script><img src=x onerror=hacked()><iframe src=x></iframe>"
    "<a href='javascript:hacked()'>a</a> \"' &amp; {{ 7777*7777 }} {% raw %} "
    '[x](javascript:hacked) ![y](/etc/hostname) # | cell | `{raw}` $\\frac{$ #panic("live") '
    '#read("/CANARY") "); #panic("live") // */ --> ]]> </details></script> '
    "[m](JaVaScRiPt:hacked()) [t](<java&Tab;script:hacked()>) <JAVASCRIPT:hacked()> "
    "[d](data:text/html,<script>hacked()</script>) <a href=java&#x09;script:hacked()>h</a> "
    "[v](vbscript:x) %s %(name)s {0} {name} ${HOME} <!ENTITY x SYSTEM 'file:///etc/passwd'> &x; "
    '\\href{javascript:x}{y} \\input{/etc/hostname} $x^{$ =HYPERLINK("x") '
    + "word" * 90
    + " \u202egnp"
)
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href")
LIVE = re.compile("(javascript|vbscript|file|data:(?!image/)):?", re.IGNORECASE)
PLAIN_KEYS = {"slug", "language", "claim", "figure"}  # names of pages, refused if they are none
WORDS = {"verdicts", "statuses", "wrong_first"}  # by which numbers are looked up
LOOKED_UP = {"source", "paper", "stance", "bearing", "verdict", "status"}  # keys of words


def hostile(canary):
    """Return text that would show a file, run a script or stop Typst, if anything read it."""
    fence = f"```{{raw}} html\n:file: {canary}\n```\n\n:::{{include}} {canary}\n:::\n"
    return (
        f" {SHOWN}\n\n{fence}\n{{download}}`{canary}`\n# Heading\n\n+++\n<script>hacked()</script>"
    )


def free_columns(resource, resources):
    """Return the places of the columns that hold words, which no computation reads."""
    schema = resource["schema"]
    keys = {name for key in schema.get("foreignKeys", []) for name in key["fields"]}
    keys |= set(schema.get("primaryKey", []))
    return [
        place
        for place, field in enumerate(schema["fields"])
        if field["type"] == "string"
        and field["name"] not in keys
        and not {"enum", "pattern"} & set(field.get("constraints", {}))
        and field["name"] not in {"inputs", "cell", "prints", "unit", "qualifier", "value"}
    ]


def spoiled_text(value, text, keep=PLAIN_KEYS, known=None):
    """Return a copy of nested values with the text at the end of every string.

    known : dict
        The copies so far, since claims and figures name each other.
    """
    known = {} if known is None else known
    if isinstance(value, str):
        return value + text
    if not isinstance(value, dict | list):
        return value
    if id(value) not in known:
        made = known[id(value)] = {} if isinstance(value, dict) else []
        if isinstance(value, dict):
            spoiled = {
                k: v if k in keep else spoiled_text(v, text, keep, known) for k, v in value.items()
            }
            made.update(spoiled)
        else:
            made.extend(spoiled_text(each, text, keep, known) for each in value)
    return known[id(value)]


@pytest.fixture
def nothing_kept(monkeypatch):
    """Let nothing be remembered that is computed meanwhile, nor anything from before be used."""
    monkeypatch.setattr(paths, "CACHE", None, raising=False)
    if kept := sys.modules.get("analysis.data.kept"):
        monkeypatch.setattr(kept, "_found", {})


@pytest.fixture
def spoiled_data(monkeypatch, tmp_path, nothing_kept):
    """Put hostile text into every cell of words and into the codebook; no check looks at it."""
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    text = hostile(canary)
    descriptor = tables.read_descriptor()
    places = {
        paths.RAW / each["path"]: free_columns(each, descriptor["resources"])
        for each in descriptor["resources"]
    }
    real = tables.read_sheet

    def sheet(file):
        header, rows, lines = real(file)
        free = places.get(file, [])
        rows = [[c + text if i in free else c for i, c in enumerate(row)] for row in rows]
        return Sheet(header, rows, lines)

    told = copy.deepcopy(descriptor)
    for part in (told, *told["resources"]):
        for key in {"title", "description", "sources", "licenses"} & part.keys():
            part[key] = spoiled_text(part[key], text)
    for resource in told["resources"]:
        for field in resource["schema"]["fields"]:
            field["description"] += text
        for source in resource.get("sources", []):
            source["path"] = "javascript:hacked()"
    monkeypatch.setattr(tables, "read_sheet", sheet)
    monkeypatch.setattr(tables, "check_sheet", lambda *_: [])
    monkeypatch.setattr(tables, "link_problems", lambda *_: [])
    for module in (tables, printed, codebook):
        monkeypatch.setattr(module, "read_descriptor", lambda *_: told)
    known = [spoiled_document(each, text) for each in documents.documents(paths.RAW)]
    for module in (documents, figures, codebook):
        monkeypatch.setattr(module, "documents", lambda _: known)
    return text


def spoiled_document(document, text):
    """Return a document whose `document.yml` and codebook hold the text everywhere."""
    about = spoiled_text(dict(document.about), text, {*PLAIN_KEYS, "year", "order"})
    listed = {table: spoiled_text(said, text, {"path"}) for table, said in document.tables.items()}
    return replace(document, about={"doi": "10.1000/1"} | about, tables=listed)


def drawn(name, text, monkeypatch, staging):
    """Draw hostile text as title, label and alternative text; return the alternative text."""
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(staging))
    with plt.rc_context(house_style()):
        figure, axes = plt.subplots()
        figure.suptitle(text)
        figure.set_label(text)
        axes.set_xlabel(text)
        write_figure(axes, name)
    plt.close(figure)
    return text


def made_notebook(text, alt):
    """Return an executed notebook whose outputs repeat hostile text in every way there is."""
    sentence = Sentence("{text}", text=text)
    frame = pd.DataFrame({text: [text]}, index=pd.Index([text], name=text))
    picture = {"image/png": base64.b64encode(b"\x89PNG").decode()}
    bundles = [
        {"text/plain": repr(sentence), "text/html": sentence._repr_html_()},
        {"text/plain": plain_table(frame), "text/html": html_table(frame)},
        {"text/plain": text},
        {"text/plain": text, "text/markdown": text},
        {"text/plain": text, "text/latex": text, "application/javascript": text},
    ]
    outputs = [new_output("execute_result", each, execution_count=1) for each in bundles]
    outputs.append(new_output("stream", text=text))
    outputs.append(new_output("display_data", picture, metadata={"image/png": {"alt": alt}}))
    cells = [new_markdown_cell("# Made\n\nProse.")]
    cells += [
        new_code_cell("1", outputs=[each], execution_count=1, metadata={"tags": ["answer"]})
        for each in outputs
    ]
    language = {"name": "python", "pygments_lexer": "ipython3"}
    return nbformat.writes(new_notebook(cells=cells, metadata={"language_info": language})).encode()


@pytest.fixture
def pages(spoiled_data, monkeypatch, tmp_path, request):
    """Return the site made of hostile data: name and content of every file, in a language."""
    monkeypatch.setattr(policy, "check_page", lambda *_: None)  # the pages are looked at below
    report, staging = tmp_path / "report", tmp_path / "staging"
    with speaking(request.param):
        name = figures.figure_gallery(report, [], [])[0]["figure"]
        alt = drawn(name, SHOWN[:-4], monkeypatch, staging)
        notebook = made_notebook(spoiled_data, alt)
        files = {
            file.relative_to(staging).as_posix(): file.read_bytes() for file in staging.rglob("*.*")
        }
        store.move_in(report, "00-made", files, notebook, {})
        given = {"00-made": report / "notebooks" / "00-made.ipynb"}
        said = everything.everything(report, given)
        ours = {name: said.pop(name) for name in ("sections", "guides")}  # no data
        said = spoiled_text(said, spoiled_data, {*PLAIN_KEYS, *WORDS, *LOOKED_UP})
        said |= ours | {"languages": [request.param]}
        sources.write_sources(tmp_path / "source", report, said)
        html = tmp_path / "html"
        assert in_a_process("run_sphinx", tmp_path / "source", html) == ""
        policy.lock_pages(html)
        some = said | {"documents": said["documents"][:1]}
        write.write_pdfs(html, report, some)  # Typst would stop at a live `#panic`
        records.write_records(html, said)
        return build.site_files(html)


class Seen(HTMLParser):
    """Collects the text of a page, and what is alive on it."""

    def __init__(self, page):
        super().__init__()
        self.text, self.tags, self.quiet = [], [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.quiet = tag in {"script", "style", "title"}

    def handle_endtag(self, tag):
        self.quiet = False

    def handle_data(self, data):
        self.text.append("" if self.quiet else data)


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    "pages",
    ["en", *(pytest.param(name, marks=pytest.mark.translated) for name in ("ru", "kk"))],
    indirect=True,
)
def test_hostile_text_in_every_column_and_description_is_shown_as_text(pages):
    found = {name: text.decode() for name, text in pages.items() if name.endswith(".html")}
    own = {name: text for name, text in found.items() if not name.startswith("_static")}
    assert {"index.html", "notebooks/00-made.html", "data.html"} <= set(own)
    for name, page in own.items():
        seen = Seen(page)
        policy_faults(page, name.removesuffix(".html"))
        assert ("img", "x") not in {(tag, given.get("src")) for tag, given in seen.tags}, name
        links = [str(given.get(key)) for _, given in seen.tags for key in ADDRESSES]
        assert not [link for link in links if LIVE.match("".join(re.split(r"[\0-\40]+", link)))], (
            name
        )
        if name not in {"genindex.html", "search.html", "notebooks.html"}:
            assert flat(SHOWN) in flat("".join(seen.text)), name
    ledger = flat("".join(Seen(found["ledger.html"]).text))
    assert ledger.count(flat(SHOWN)) >= len(tables.read_table("claims"))  # each is spoiled
    for name, text in pages.items():
        if not name.startswith("data/"):
            assert SECRET.encode() not in text and PRODUCT.encode() not in text, name
    assert not [name for name in pages if "canary" in name or "hostname" in name]
    graph = json.loads(pages["ro-crate-metadata.json"])["@graph"]
    assert not [each for each in graph if each["@id"].startswith("javascript:")]


def policy_faults(page, name):
    live = policy.Live()
    live.feed(page)
    assert not live.faults, name
    assert set(live.scripts) <= policy.known_scripts(name), name


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("text", [SHOWN, "a\x00b\x1b]0;c\x07\x0b\x85d", "e\u202ef\u2066g\u2028h"])
def test_hostile_text_in_a_figure_is_text_in_its_svg(tmp_path, monkeypatch, text):
    drawn("made", text, monkeypatch, tmp_path)
    tree = ET.fromstring((tmp_path / "figures" / "made.svg").read_text("utf-8"))
    names = {element.tag.split("}")[1] for element in tree.iter()}
    assert not names & {"script", "image", "foreignObject", "a", "iframe", "img"}
    attributes = [key for element in tree.iter() for key in element.attrib]
    assert not [key for key in attributes if key.startswith("on")]
    assert not ACTING.search("".join(tree.itertext()))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<script>let x = 1</script>", r"documents/made\.html .* a script 'let x = 1'"),
        ("<p onclick='x()'>", "an attribute onclick of <p>"),
        ("<a href=' javascript:x()'>", "an address ' javascript:x"),
        ("<a href='java\tscript:x()'>", "an address 'java"),
        ("<script src='https://example.org/x.js'></script>", "a script from 'https:"),
        ("<script src='data/x.js'></script>", "a script from 'data/x.js'"),
        ("<iframe srcdoc='x'></iframe>", "an element <iframe>"),
        ("<script>DOCUMENTATION_OPTIONS.pagename = 'other';</script>", 'a script "DOCUMENTATION'),
    ],
)
def test_a_page_with_an_unknown_script_is_not_published(page, said):
    with pytest.raises(ValueError, match=said):
        policy.with_policy(f"<html><head></head><body>{page}</body></html>", "documents/made")


def test_the_policy_does_not_depend_on_what_stands_on_a_page():
    allowed = policy.policy_for("index")
    page = "<html><head></head></html>"
    assert allowed in policy.with_policy(page, "index")


def test_the_policy_lets_run_each_known_script_by_its_hash_and_no_other():
    (rule,) = re.findall("script-src ([^;]+)", policy.policy_for("index"))
    digests = [hashlib.sha256(script.encode()).digest() for script in policy.known_scripts("index")]
    hashes = {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
    assert set(rule.split()) == {"'self'", "file:"} | hashes


@pytest.mark.parametrize("name", ["../secret", "a/b", "a\n```{raw} html", "A", ""])
def test_a_name_that_is_no_name_makes_no_page(name):
    said = {"documents": [{"slug": name, "short": "Made"}], "sections": []}
    with pytest.raises(ValueError, match="cannot name a page"):
        sources.pages(said)


def test_a_page_of_prose_takes_no_text_from_data():
    page = templates.prose_templates().from_string("# {{ text }}")
    with pytest.raises(ValueError, match="cannot name a page"):
        page.render(text="Made 2021")


@pytest.mark.parametrize(
    "translation",
    [
        "```{include} /etc/hostname",
        ":::{include} /etc/hostname",
        "text {download}`/etc/hostname`",
        "![x](/etc/hostname)",
        "[x](https://example.org)",
        "# heading",
        "- item",
        "<script>hacked()</script>",
        "<https://example.org>",
        "`code`",
        "$x$",
        "text\n\n```{raw} html\n:file: /etc/hostname\n```",
        "+++",
        "| a |\n|---|\n| b |",
    ],
)
def test_a_translation_with_a_mark_of_its_own_is_refused(translation):
    if "\n" in translation and not live_marks(" ".join(translation.split())):
        assert "\n" not in translated_block("*Plain* text", lambda _: translation)
        return
    with pytest.raises(ValueError, match=r"the translation of '\*Plain\* text' has a mark"):
        translated_block("*Plain* text", lambda _: translation)


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_every_translation_of_prose_keeps_to_the_marks_of_its_message(language):
    for message in read_catalogue(domains()["notebooks"], language):
        if isinstance(message.id, str) and message.id:
            said = translated_block(message.id, lambda _, message=message: message.string)
            assert said == " ".join(message.string.split())


def test_the_prose_of_a_notebook_is_translated_within_its_marks(monkeypatch):
    class Spoiled:
        def gettext(self, text):
            return text + " {download}`/etc/hostname`"

    monkeypatch.setattr("analysis.language.prose.catalogue", lambda _: Spoiled())
    notebook = {"cells": [{"cell_type": "markdown", "source": "Prose"}]}
    with pytest.raises(ValueError, match="the translation of 'Prose'"):
        translated_notebook(notebook, "kk")


def test_a_text_of_the_data_is_escaped_on_a_page():
    text = page_of("{{ text }}<b title='{{ text }}'>", text=SHOWN)
    assert [tag for tag, _ in Seen(text).tags] == ["b"] and flat(SHOWN) in flat(html.unescape(text))


def page_of(template, **given):
    return templates.page_templates().from_string(template).render(**given)


def test_a_translation_is_escaped_on_a_page_and_in_typst(monkeypatch):
    said = SHOWN.replace("%", "%%") + '\n"; #panic("live")'
    monkeypatch.setattr(templates, "tr", lambda *_, **__: said)
    text = templates.page_templates().from_string('<b title="{{ _("x") }}">{{ _("x") }}</b>')
    seen = Seen(text.render())
    assert [tag for tag, _ in seen.tags] == ["b"] and flat(SHOWN) in flat("".join(seen.text))
    told = {"language": "en", "authors": [said], "about": said, "foot": said}
    head = templates.typst_templates().get_template("report.typ").render(told)
    (title,) = re.findall(r'(?m)^#set document\(title: "((?:[^"\\]|\\.)*)", author', head)
    assert json.loads(f'"{title}"').startswith("<script>")


@pytest.mark.parametrize(
    "address", ["javascript:x()", "data:text/html,x", "JAVASCRIPT:x", "//x.org", ""]
)
def test_only_addresses_become_links(address):
    assert templates.link(address) == html.escape(address)
    assert list(descriptor_faults({"licenses": [{"path": address}]}))
    assert complaint(address or "x", {"type": "string", "format": "uri"})


def test_an_address_becomes_a_link():
    assert templates.link("https://example.org/a?b=1&c").startswith(
        '<a href="https://example.org/a?b=1&amp;c">'
    )
    assert 'href="https://doi.org/10.1/x"' in templates.link("doi:10.1/x")
    assert not list(descriptor_faults({"sources": [{"path": "doi:10.1/x", "title": "Made"}]}))
    assert not complaint("https://example.org", {"type": "string", "format": "uri"})


@pytest.mark.parametrize("text", ["one\ntwo", "a\x07b", "a\u202eb", "=1+1", "@x y", "-a b", "+1 x"])
@pytest.mark.parametrize("rules", [{}, {"pattern": r"[\s\S]*"}, {"enum": None}])
def test_a_cell_of_any_column_holds_one_plain_line(text, rules):
    rules = {"enum": [text]} if "enum" in rules else rules
    assert complaint(text, {"type": "string", "constraints": rules})
    assert not complaint("plain text", {"type": "string"})


def test_a_field_may_have_several_lines_if_it_says_so():
    assert not complaint("one\ntwo", {"type": "string", "multiline": True})
    assert complaint("one\n\x07", {"type": "string", "multiline": True})


def test_the_descriptor_holds_plain_text():
    for text in ("a\nb", "<script>", "a\u202eb", "=1+1"):
        fields = [{"name": "a", "description": text, "constraints": {"pattern": "<b>"}}]
        assert len(list(descriptor_faults({"resources": [{"schema": {"fields": fields}}]}))) == 1


def test_hostile_text_in_a_table_of_a_readme_is_shown_as_text():
    from markdown_it import MarkdownIt

    canary = hostile("/etc/hostname")
    frame = pd.DataFrame(
        {"a": [canary, SHOWN], "b": [readme.code("x`y"), readme.notebook_link("a)")]}
    )
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(readme.markdown(frame))
    seen = Seen(page)
    assert {tag for tag, _ in seen.tags} <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.count("<tr>") == 3 and flat(SHOWN) in flat("".join(seen.text))


def test_a_file_of_the_data_that_leads_outside_is_not_published(claims_folder, monkeypatch):
    folder = claims_folder({"claim": "x", "kind": "wording"})
    real = folder / "made" / "claims.csv"
    outside = real.rename(folder.parent / "claims.csv")
    real.symlink_to(outside)
    monkeypatch.setattr(paths, "RAW", folder)
    with pytest.raises(ValueError, match=r"data/raw/made/claims\.csv leads outside"):
        build.site_files(folder / "html")


def test_a_site_whose_moving_in_was_cut_off_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "data_files", dict)
    page, report = tmp_path / "html", tmp_path / "report"
    page.mkdir()
    (page / "a.png").write_bytes(b"a")
    (page / "z.png").write_bytes(b"z")
    real = store.write_whole

    def cut(file, data):
        if file.name == "z.png":
            raise OSError("killed")
        real(file, data)

    monkeypatch.setattr(store, "write_whole", cut)
    with pytest.raises(OSError, match="killed"):
        build._move_in(page, report, "digest")
    monkeypatch.setattr(store, "write_whole", real)
    assert (report / "a.png").exists()
    (page / "a.png").unlink()
    build._move_in(page, report, "digest")
    assert not (report / "a.png").exists() and (report / "z.png").exists()
