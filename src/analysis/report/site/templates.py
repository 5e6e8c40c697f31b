"""The templates of the pages, with the texts of the language in use."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.language.current import label, localized_text, ntr, tr

PAGES = Path(__file__).parent / "pages"


def page_templates() -> Environment:
    """Return the templates; text that comes from data is escaped in HTML, never rendered."""
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(tr, ntr, newstyle=True)
    environment.filters.update(label=label, shown=localized_text)
    return environment
