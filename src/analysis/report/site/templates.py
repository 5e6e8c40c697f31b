"""The templates of the pages, with the texts of the language in use.

Text from data goes into HTML only, and there it is escaped. A page of MyST gets names that
`page_name` has let through, and prose that `translated_block` has: what stands in it is ours.
"""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis.data.schema import ADDRESS
from analysis.failures import quoted
from analysis.language.current import label, localized_text, ntr, tr
from analysis.language.prose import translated_block
from analysis.report.site.shown.claims import as_sentence

PAGES = Path(__file__).parent / "pages"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TYPST = {"\\": r"\\", '"': r"\"", "\n": " "}  # in a string of Typst


def page_templates() -> Environment:
    """Return the templates of pages in HTML; every text is escaped, data and translations alike."""
    environment = _templates(autoescape=True)
    environment.install_gettext_callables(
        lambda message: escape(tr(message)),
        lambda one, many, n: escape(ntr(one, many, n)),
        newstyle=True,
    )
    environment.filters.update(label=label, shown=localized_text, link=link, sentence=as_sentence)
    return environment


def prose_templates() -> Environment:
    """Return the templates of pages in MyST; a text that is neither prose nor a name is refused."""
    environment = _templates(finalize=_prose_or_name)
    environment.install_gettext_callables(lambda text: Prose(translated_block(text)), ntr)
    return environment


def typst_templates() -> Environment:
    """Return the templates of Typst, where every text stands between quotation marks."""
    environment = _templates(finalize=typst_text)
    environment.install_gettext_callables(tr, ntr)
    environment.filters.update(label=label)
    return environment


class Prose(str):
    """A translated block of MyST with no marks but those of the template."""

    __slots__ = ()


def link(address: str) -> Markup:
    """Return an address of the data as a link; anything but http, https and doi as text.

    >>> print(link("doi:10.1000/182"), link("javascript:alert(1)"))
    <a href="https://doi.org/10.1000/182">doi:10.1000/182</a> javascript:alert(1)
    """
    if not ADDRESS.fullmatch(address):
        return escape(address)
    target = re.sub("^doi:", "https://doi.org/", address)
    return Markup('<a href="{}">{}</a>').format(target, address)


def page_name(text: str) -> str:
    """Return a name that may stand in a path, or raise ValueError for any other.

    >>> page_name("../secret")
    Traceback (most recent call last):
    ValueError: '../secret' cannot name a page; write a to z, 0 to 9 and -
    """
    if not NAME.fullmatch(text):
        raise ValueError(f"{quoted(text)} cannot name a page; write a to z, 0 to 9 and -")
    return text


def typst_text(text: str) -> str:
    """Return a text as it stands within the quotation marks of Typst."""
    return re.sub(r'[\\"\n]', lambda found: TYPST[found[0]], str(text))


def _prose_or_name(text: str) -> str:
    return text if isinstance(text, Prose) else page_name(text)


def _templates(**options) -> Environment:
    return Environment(
        loader=FileSystemLoader(PAGES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        **options,
    )
