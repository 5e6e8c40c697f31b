"""The index of the search: the prose of the pages as Sphinx wrote them, and what is made from data.

It is a script that gives one name its value, because a page that is opened from disk can load
nothing else. Only the page of the search loads it.
"""

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from importlib.metadata import files as files_of
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis.language.current import label
from analysis.language.stems import TABLE
from analysis.report.site.shown.search import Entry, entries, entry, kinds, other_words

INDEX = "_static/search-index.js"
STEMS = "_static/stems-data.js"
LISTS = {"index", "figures", "ledger", "documents", "notebooks", "data", "search", "guides"}
FOLDERS = {"claims", "figures", "documents", "data"} | {"_static", "_images"}  # found otherwise
KINDS = {"notebooks": "notebook", "guides": "guide", "method.html": "method"}
BLOCKS = {"p", "li", "tr", "dt", "dd", "figcaption", "summary", "pre", "div", "section"}
HEADINGS = {"h1", "h2", "h3"}
SILENT = {"script", "style", "svg", "nav", "form", "button", "noscript", "template"}
QUIET = {"headerlink", "cell_input", "result", "glossary", "admonition-title", "hide"}
STEMMERS = ("base", "english", "russian")


def write_index(place: Path, content: Mapping[str, Any]) -> None:
    """Write the index of a site.

    place : Path
        The pages, as Sphinx has written them.
    content : mapping
        What `everything.everything` returned.
    """
    made = with_other_words([*page_entries(place), *entries(content)], content["foot"])
    told = {"kinds": kinds(), "statuses": {word: label(word) for word in content["statuses"]}}
    (place / INDEX).write_text(script("SEARCH", told | {"entries": made}), encoding="utf-8")


def script(name: str, value: Any) -> str:
    """Return a script that gives a name its value.

    >>> script("RAIN", [1, "snow"])
    '"use strict";\\nconst RAIN = [1,"snow"];\\n'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\nconst {name} = {text};\n'


def with_other_words(made: list[Entry], foot: Mapping[str, str]) -> list[Entry]:
    """Return entries with the words that people use for them; who cites finds licence and version.

    foot : mapping
        What stands at the foot of every page.
    """
    names = other_words()
    for each in made:
        if each["url"] in names:
            each["names"] = names[each["url"]]
        if each["url"] == "method.html#cite":
            each["said"] = [*each.get("said", []), foot["version"], foot["licence"], foot["data"]]
    return made


def page_entries(place: Path) -> list[Entry]:
    """Return the sections of the pages that are prose, in the order of their paths."""
    found = []
    for file in sorted(place.rglob("*.html")):
        name = file.relative_to(place)
        if name.parts[0] not in FOLDERS and name.with_suffix("").as_posix() not in LISTS:
            found += sections(file.read_text("utf-8"), name.as_posix())
    return found


def sections(page: str, name: str) -> list[Entry]:
    """Return one entry a section of a page, with its sentences.

    page, name : str
        The page as HTML, and its path below the site.

    >>> page = '<article><section id="rain"><h2>Rain</h2><p>It <b>rains</b>.</p></article>'
    >>> [(each["url"], each["title"], each["said"]) for each in sections(page, "method.html")]
    [('method.html#rain', 'Rain', ['It rains.'])]
    """
    reader = Sections()
    reader.feed(page)
    reader.close()
    kind = KINDS.get(name, KINDS.get(name.partition("/")[0], "page"))
    top = next((each["title"] for each in reader.found if each["level"] == "h1"), "")
    return [
        entry(
            kind,
            name if each["level"] == "h1" or not each["id"] else f"{name}#{each['id']}",
            each["title"],
            where="" if each["level"] == "h1" else top,
            said=each["said"],
        )
        for each in reader.found
        if each["said"] or each["level"] == "h1"
    ]


class Sections(HTMLParser):
    """Collects the sections of the article of a page: level, id, title, texts block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self._ids: list[str] = []
        self._inside = self._depth = 0
        self._silent = self._heading = ""
        self._offers = False  # a block with a link to a file is no prose
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a heading, or something that is not read."""
        given = {name: value or "" for name, value in attrs}
        if tag == self._silent:
            self._depth += 1
        elif not self._silent and self._inside and _is_silent(tag, given):
            self._silent, self._depth = tag, 1
        if tag == "article":
            self._inside += 1
        if not self._silent:
            self._open(tag, given)

    def _open(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in BLOCKS | HEADINGS:
            self._end_block()
        self._offers = self._offers or "download" in given
        if tag == "section":
            self._ids.append(given.get("id", ""))
        if tag in HEADINGS and self._inside:
            self._heading = tag
            name = given.get("id") or next(reversed(self._ids), "")
            self.found.append({"level": tag, "id": name, "title": "", "said": []})

    def handle_endtag(self, tag: str) -> None:
        """End a block, a heading, or what is not read."""
        if tag == self._silent:
            self._depth -= 1
            self._silent = tag if self._depth else ""
        elif not self._silent:
            self._close(tag)

    def _close(self, tag: str) -> None:
        if tag in BLOCKS | HEADINGS | {"article"}:
            self._end_block()
        if tag in {"td", "th", "br"}:
            self._text.append(" ")
        if tag == "section" and self._ids:
            self._ids.pop()
        self._inside -= tag == "article"
        self._heading = "" if tag == self._heading else self._heading

    def handle_data(self, data: str) -> None:
        """Keep a text of the article."""
        if self._inside and not self._silent:
            self._text.append(data)

    def _end_block(self) -> None:
        text = " ".join("".join(self._text).split())
        offers, self._offers = self._offers, False
        self._text.clear()
        if text and self.found and not offers:
            if self._heading:
                self.found[-1]["title"] = f"{self.found[-1]['title']} {text}".strip()
            else:
                self.found[-1]["said"].append(text)


def _is_silent(tag: str, given: Mapping[str, str]) -> bool:
    return tag in SILENT or bool(QUIET & set(given.get("class", "").split()))


def stems_script() -> str:
    """Return the table of `analysis.language.stems` and the stemmers of Snowball as a script."""
    place = files("sphinx.search") / "minified-js"
    code = [(place / f"{name}-stemmer.js").read_text("utf-8") for name in STEMMERS]
    licence = snowball_licence().replace("*/", "* /")
    head = (
        f"/* Stemmers of Snowball, https://snowballstem.org/, as Sphinx brings them.\n\n{licence}*/"
    )
    return "\n".join([head, *code, script("STEM_TABLE", TABLE)])


def snowball_licence() -> str:
    """Return the licence of Snowball, which its code has to bring along."""
    (found,) = [each for each in files_of("snowballstemmer") or () if each.name == "COPYING"]
    return found.read_text("utf-8")
