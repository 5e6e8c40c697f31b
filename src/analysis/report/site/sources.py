"""What Sphinx reads: pages from the templates, the executed notebooks, the settings."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from markupsafe import escape

from analysis import paths
from analysis.language.current import LANGUAGES, current_language, label, tr
from analysis.report.site.current import HERE
from analysis.report.site.search_index import STEMS, stems_script
from analysis.report.site.shown.citation import citation_tags
from analysis.report.site.shown.notebooks import claims_table, prepared
from analysis.report.site.shown.what_if import script as what_if_script
from analysis.report.site.templates import PAGES as TEMPLATES
from analysis.report.site.templates import page_name, page_templates, prose_templates
from analysis.report.site.workplace import replace_changed

PAGES = ("index", "figures", "ledger", "what-if", "documents", "method", "data", "search")
PROSE = ("notebooks",)  # pages that are lists of pages
SINGLE = ("guides", "certificate")  # of which there is one each, made in ways of their own
INCLUDED = ("cite",)  # data that a page includes beside its own
COLLECTED = "collected"  # pages of data, which no parser reads; see `pages/conf.py`
WHAT_IF = "_static/whatif/data.js"  # what the scripts of the page "What if" read


def write_sources(place: Path, folder: Path, content: Mapping[str, Any]) -> set[str]:
    """Write what Sphinx reads to a folder; return the names of the files that changed there.

    place : Path
        The folder; it is left with nothing else.
    folder : Path
        The report, with executed notebooks, figures and tables.
    content : mapping
        What `everything.everything` returned, with the languages of the report.
    """
    texts = settings(content) | pages(content) | notebook_pages(folder, content)
    texts |= collected_pages(content) | guide_pages(content)
    texts |= {WHAT_IF: what_if_script(content["what_if"])}
    static = (file for file in (HERE / "static").rglob("*.*") if file.is_file())
    made = {f"_{file.relative_to(HERE).as_posix()}": file.read_bytes() for file in static}
    made |= interface(current_language()) | {STEMS: stems_script().encode()}
    return replace_changed(place, made | {name: text.encode() for name, text in texts.items()})


def is_setting(name: str) -> bool:
    """Say whether a file of the sources is of every page, and not a page or a part of one."""
    return name.startswith(("_", "conf."))


def settings(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the settings of Sphinx and its templates, by name of file."""
    told = {
        "project": tr("Kazakhstan in international higher education"),
        "title": tr("Documents, audited"),
        "language": current_language(),
        "languages": [(code, LANGUAGES[code].name) for code in content["languages"]],
        "language_label": tr("Language"),
        "foot": content["foot"],
        "citation_tags": citation_tags(content["citation"]),
        "banner": content["banner"],
        "english": untranslated(content),
        "untranslated": tr("This guide has not been translated yet; it is in English."),
        "search": tr("Search the report"),
        "show": tr("Show the code"),
        "hide": tr("Hide the code"),
        "titles": {
            f"documents/{document['slug']}": label(document["short"])
            for document in content["documents"]
        },
    }
    parts = {"conf.py": "conf.py"}
    parts |= {f"_templates/{name}": name for name in ("languages.html", "foot.html")}
    theme = TEMPLATES / "theme"  # what replaces templates of the theme, by the same names
    names = {file: file.relative_to(theme).as_posix() for file in theme.rglob("*.html")}
    parts |= {f"_templates/{name}": file for file, name in names.items()}
    parts["_templates/sections/announcement.html"] = "banner.html"
    copied = {name: (TEMPLATES / file).read_text("utf-8") for name, file in parts.items()}
    return copied | {"conf.json": json.dumps(told)}


def pages(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the pages: in MyST what is ours, in the HTML that they include what is data."""
    slugs = [page_name(document["slug"]) for document in content["documents"]]
    notebooks = [section["slug"] for section in content["sections"] if section["executed"]]
    guides = [guide["name"] for guide in content["guides"]]
    names = {"documents": slugs, "notebooks": notebooks, "guides": guides}
    ours, data = prose_templates(), page_templates()
    made = {
        f"{name}.md": ours.get_template(f"{name}.md").render(names) for name in (*PAGES, *PROSE)
    }
    for name in (*PAGES, *INCLUDED):
        made[f"{name}.html"] = data.get_template(f"{name}.html").render(content)
    about, page = ours.get_template("document.md"), data.get_template("document.html")
    for slug, document in zip(slugs, content["documents"], strict=True):
        made[f"documents/{slug}.md"] = about.render(slug=slug)
        made[f"documents/{slug}.html"] = page.render(content, document=document)
    return made


def collected_pages(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the page of every claim and of every figure, and the list of them for Sphinx.

    Each is HTML below the folder COLLECTED, by the path of the page; the list has its path, its
    title as HTML, and the pages above it.
    """
    shown = {
        "claims": ("claim", "claim", tr("Ledger"), "../ledger.html"),
        "gallery": ("figure", "figure", tr("Figures"), "../figures.html"),
    }
    made, listed = single_page(content)
    for kind, (name, key, above, link) in shown.items():
        template = page_templates().get_template(f"{name}.html")
        for each in content[kind]:
            place = f"{name}s/{page_name(each[key])}"
            title = each["statement"] if name == "claim" else each["finding"]
            made[f"{COLLECTED}/{place}.html"] = template.render(content, **{name: each})
            parents = [{"title": str(escape(above)), "link": link}]
            listed.append({"name": place, "title": str(escape(title)), "parents": parents})
    return made | {f"{COLLECTED}.json": json.dumps(listed)}


def single_page(content: Mapping[str, Any]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the certificate, and its place in the list of the pages that no parser reads."""
    text = page_templates().get_template("certificate.html").render(content)
    listed = {"name": "certificate", "title": str(escape(tr("Certificate"))), "parents": []}
    return {f"{COLLECTED}/certificate.html": text}, [listed]


def guide_pages(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the guides as they are, and the list of them; nothing where there is none."""
    if not content["guides"]:
        return {}
    names = [guide["name"] for guide in content["guides"]]
    made = {f"guides/{guide['name']}.md": guide["text"] for guide in content["guides"]}
    made["guides.md"] = prose_templates().get_template("guides.md").render(guides=names)
    made["guides.html"] = page_templates().get_template("guides.html").render(content)
    return made


def untranslated(content: Mapping[str, Any]) -> list[str]:
    """Return the pages whose text is in English, whatever the language of the report."""
    return [f"guides/{each['name']}" for each in content["guides"] if not each["translated"]]


def notebook_pages(folder: Path, content: Mapping[str, Any]) -> dict[str, str]:
    """Return the executed notebooks as pages, each with the table of its claims."""
    made = {}
    for section in content["sections"]:
        if section["executed"]:
            slug = page_name(section["slug"])
            text = (folder / "notebooks" / f"{slug}.ipynb").read_text("utf-8")
            notebook = prepared(json.loads(text), section, folder / "figures")
            made[f"notebooks/{slug}.ipynb"] = json.dumps(notebook, ensure_ascii=False)
            made[f"notebooks/{slug}.claims.html"] = claims_table(section, linked=True)
    return made


def interface(language: str) -> dict[str, bytes]:
    """Return what Sphinx and its theme say in a language that they do not speak themselves."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = {}
    for file in (paths.LOCALE / language).glob("LC_MESSAGES/sphinx.po"):
        with file.open("rb") as lines:
            messages = read_po(lines)
        compiled = BytesIO()
        write_mo(compiled, messages)
        made[f"_locale/{language}/LC_MESSAGES/sphinx.mo"] = compiled.getvalue()
    return made
