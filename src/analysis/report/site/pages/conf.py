"""How Sphinx writes the report; the pages beside this file were made by `analysis.report.site`."""

import json
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path

from docutils import nodes
from sphinx.search import languages

HERE = Path(__file__).parent
said = json.loads((HERE / "conf.json").read_text("utf-8"))

project = said["project"]
author = copyright = ""
language = said["language"]
html_search_language = language if language in languages else "en"
locale_dirs = [str(HERE / "_locale")]
templates_path = ["_templates"]
extensions = ["myst_nb"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath", "colon_fence", "attrs_inline"]
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]
nb_execution_mode = "off"
nb_output_stderr = "remove"
nb_merge_streams = True
# Outputs that would be parsed or run; the plain text beside them is shown.
nb_mime_priority_overrides = [
    ("html", kind, None)
    for kind in (
        "text/markdown",
        "text/latex",
        "application/javascript",
        "application/vnd.jupyter.widget-view+json",
    )
]
nb_number_source_lines = False
nb_code_prompt_show = said["show"]
nb_code_prompt_hide = said["hide"]

html_theme = "pydata_sphinx_theme"
html_title = said["title"]
html_static_path = ["_static"]
html_css_files = sorted(file.name for file in (HERE / "_static").glob("*.css"))
html_js_files = ["languages.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False
html_math_renderer = "mathml"
html_context = {
    "default_mode": "auto",
    "languages": said["languages"],
    "language_label": said["language_label"],
    "foot": said["foot"],
    "banner": said["banner"],
}
html_sidebars = {
    "index": [],
    "figures": [],
    "ledger": [],
    "method": [],
    "data": [],
    "documents": [],
    "guides": [],
    "certificate": [],
    "notebooks": [],
    "documents/*": [],
    "claims/*": [],
    "figures/*": [],
    "notebooks/*": ["sidebar-nav-bs"],
    "guides/*": ["sidebar-nav-bs"],
}
html_theme_options = {
    "secondary_sidebar_items": {"**": ["page-toc"], "index": [], "ledger": []},
    "navbar_align": "left",
    "navbar_persistent": ["search-button"],
    "navbar_end": ["languages", "theme-switcher"],
    "header_links_before_dropdown": 6,
    "footer_start": ["foot"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "back_to_top_button": False,
    "search_bar_text": said["search"],
}


def page_title(name, rawtext, text, lineno, inliner, options=None, content=None):
    """Return the title of a page as text: it comes from data, so no parser ever sees it."""
    title = " ".join(said["titles"][inliner.document.settings.env.docname].split())
    return [nodes.inline(title, title, support_smartquotes=False)], []


def mathml(tex: str, display: str) -> str:
    """Return a formula as MathML, which needs no script."""
    import latex2mathml.converter

    return latex2mathml.converter.convert(tex, display=display)


def inline_math(self, node):
    """Write a formula of a line."""
    self.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def display_math(self, node):
    """Write a formula of its own."""
    self.body.append(f'<div class="formula">{mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def remember_stems(app):
    """Let the search cut each word to its stem once, and not once a page."""
    found = languages[app.config.html_search_language]
    if isinstance(found, str):
        module, name = found.rsplit(".", 1)
        found = getattr(import_module(module), name)
    stem = cache(found({}).stem)
    app.add_search_language(type(found.__name__, (found,), {"stem": lambda _, word: stem(word)}))


def outdated(app, env, added, changed, removed):
    """Return the pages of which a file changed, whatever the time of that file."""
    file = HERE.with_name("changed.json")
    names = set(json.loads(file.read_text("utf-8"))) if file.exists() else set()
    return [page for page in env.all_docs if names & files_of(env, page)]


def files_of(env, page):
    """Return the names of the source of a page and of the files that it includes."""
    return {str(env.doc2path(page, base=False)), *map(str, env.dependencies[page])}


def collected(app):
    """Yield the pages of data: name, context, template of the theme; no parser has seen them."""
    for each in json.loads((HERE / "collected.json").read_text("utf-8")):
        body = (HERE / "collected" / f"{each['name']}.html").read_text("utf-8")
        about = {"title": each["title"], "parents": each["parents"], "body": body, "meta": {}}
        yield each["name"], about | {"display_toc": False, "metatags": ""}, "page.html"


def in_english(app, name, template, context, doctree):
    """Mark the text of a page that is not in the language of the report, and say so above it."""
    if name in said["english"]:
        notice = f'<p class="untranslated">{escape(said["untranslated"])}</p>'
        context["body"] = f'{notice}<div lang="en">{context["body"]}</div>'


def setup(app):
    """Add the renderer of formulas, the titles that come from data, and the pages of data."""
    app.connect("env-get-outdated", outdated)
    app.connect("html-collect-pages", collected)
    app.connect("html-page-context", in_english)
    app.connect("config-inited", lambda app, config: remember_stems(app))
    app.add_role("page-title", page_title)
    app.add_html_math_renderer("mathml", (inline_math, None), (display_math, None))
