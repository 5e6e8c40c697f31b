"""How Sphinx writes the report; the pages beside this file were made by `analysis.report.site`."""

import html
import json
import re
import textwrap
from pathlib import Path

from docutils import nodes

HERE = Path(__file__).parent
said = json.loads((HERE / "conf.json").read_text("utf-8"))

project = said["project"]
author = copyright = ""
language = said["language"]
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
html_favicon = "_static/icon.svg"
html_use_index = False
html_css_files = sorted(file.name for file in (HERE / "_static").glob("*.css"))
html_js_files = ["languages.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_math_renderer = "mathml"
html_context = {
    "default_mode": "light",  # where no script runs; `_static/mode.js` chooses
    "citation_tags": said["citation_tags"],
    "languages": said["languages"],
    "language_label": said["language_label"],
    "foot": said["foot"],
    "banner": said["banner"],
}
html_sidebars = {
    "index": [],
    "figures": [],
    "ledger": [],
    "what-if": [],
    "search": [],
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
    "secondary_sidebar_items": {
        "**": ["page-toc"],
        "index": [],
        "ledger": [],
        "what-if": [],
        "search": [],
    },
    "navbar_align": "left",
    "navbar_persistent": ["search-button"],
    "navbar_end": ["languages", "theme-switcher"],
    "header_links_before_dropdown": 7,
    "footer_start": ["foot"],
    "footer_end": [],
    "primary_sidebar_end": [],
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


def without_search(app):
    """Keep Sphinx from making its index: the search of the report has one of its own."""
    app.builder.search = False


def without_translations(app, pagename, templatename, context, doctree):
    """Leave out the words of Sphinx's search in other languages, which are run as code."""
    scripts = context["script_files"]
    context["script_files"] = [each for each in scripts if "translations.js" not in str(each)]


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


def described(app, name, template, context, doctree):
    """Let the head of a page say what is on it, and how wide it is only once."""
    body = context.get("body", "").partition("</h1>")[2]
    words = html.unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", body))
    context["description"] = textwrap.shorten(words, 160, placeholder=" …") or said["project"]
    context["metatags"] = re.sub(r'<meta name="viewport"[^>]*>', "", context.get("metatags", ""))


def in_english(app, name, template, context, doctree):
    """Mark the text of a page that is not in the language of the report, and say so above it."""
    if name in said["english"]:
        notice = f'<p class="untranslated">{html.escape(said["untranslated"])}</p>'
        context["body"] = f'{notice}<div lang="en">{context["body"]}</div>'


def setup(app):
    """Add the renderer of formulas, what heads say, titles that come from data, pages of data."""
    app.connect("html-page-context", described)
    app.connect("env-get-outdated", outdated)
    app.connect("html-collect-pages", collected)
    app.connect("builder-inited", without_search)
    app.connect("html-page-context", without_translations)
    app.connect("html-page-context", in_english)
    app.add_role("page-title", page_title)
    app.add_html_math_renderer("mathml", (inline_math, None), (display_math, None))
