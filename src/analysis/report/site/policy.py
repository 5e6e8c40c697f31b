"""A Content-Security-Policy in every page: nothing from outside, no script but files of ours.

Which scripts may run is known before any text of the data is on a page. A page that holds another
one, or anything else that acts, is not published.
"""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
HEAD = re.compile(r"<head>\s*", re.IGNORECASE)
OLD = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\s*')
FILE = re.compile(r"(\.\./)*_static/[\w./-]+\.js(\?[\w=.&-]*)?")
SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-\s]*):")
SCHEMES = {"http", "https", "mailto"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "background"}
FOREIGN = {"base", "iframe", "frame", "object", "embed", "applet", "portal"}


def known_scripts(name: str) -> set[str]:
    """Return the inline scripts that a page may have.

    name : str
        Path of the page below the report without its ending, such as "documents/made".
    """
    own = f"DOCUMENTATION_OPTIONS.pagename = '{name}';"
    return {own, "DOCUMENTATION_OPTIONS.search_as_you_type = false;"}


class Live(HTMLParser):
    """Collects what acts on a page: inline scripts, and whatever no page of ours needs."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.faults: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script, and what is wrong with an element."""
        given = dict(attrs)
        if tag == "script" and "src" not in given:
            self.inside = True
            self.scripts.append("")
        elif tag == "script" and not FILE.fullmatch(given["src"] or ""):
            self.faults.append(f"a script from {given['src']!a}")
        if tag in FOREIGN or (tag == "meta" and given.get("http-equiv") == "refresh"):
            self.faults.append(f"an element <{tag}>")
        for name, value in attrs:
            self._note(tag, name, value or "")

    def _note(self, tag: str, name: str, value: str) -> None:
        scheme = SCHEME.match(value) if name in ADDRESSES else None
        known = SCHEMES | ({"data"} if tag == "img" else set())
        if name.startswith("on") or name == "srcdoc":
            self.faults.append(f"an attribute {name} of <{tag}>")
        if scheme and scheme[1].lower() not in known:
            self.faults.append(f"an address {value[:60]!a} in {name} of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        """End a script."""
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        """Keep the text of a script."""
        if self.inside:
            self.scripts[-1] += data


def check_page(page: str, name: str) -> None:
    """Raise ValueError, with the name of the page, for anything on it that acts and is not ours.

    page : str
        The whole page as HTML.
    name : str
        Its path below the report without its ending.

    >>> check_page("<p onclick='x()'>", "index")
    Traceback (most recent call last):
    ValueError: index.html is not published, it holds an attribute onclick of <p>
    """
    live = Live()
    live.feed(page)
    live.close()
    known = known_scripts(name)
    unknown = [f"a script {each[:60]!a}" for each in live.scripts if each not in known]
    if unknown or live.faults:
        raise ValueError(f"{name}.html is not published, it holds {(live.faults + unknown)[0]}")


def policy_for(name: str) -> str:
    """Return the policy of one page: scripts from disk, and the known inline ones by their hash.

    name : str
        Path of the page below the report without its ending.

    >>> "connect-src 'none'" in policy_for("index")
    True
    """
    digests = [hashlib.sha256(each.encode()).digest() for each in sorted(known_scripts(name))]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' file: {' '.join(hashes)}",
        "style-src": "'self' file: 'unsafe-inline'",
        "img-src": "'self' file: data:",
        "font-src": "'self' file:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self' file:",
        "object-src": "'none'",
        "frame-src": "'none'",
    }
    return "; ".join(f"{key} {value}" for key, value in rules.items())


def lock_pages(html: Path) -> None:
    """Put the policy into every page; raise ValueError for a page with a script that is not ours.

    html : Path
        What Sphinx has written. Templates of the theme, below `_static`, are no pages.
    """
    for file in sorted(html.rglob("*.html")):
        name = file.relative_to(html).as_posix()
        if not name.startswith("_static/"):
            page = file.read_text("utf-8").replace(' aria-label="Toggle hidden content"', "")
            page = with_policy(page, name.removesuffix(".html"))
            file.write_bytes(page.encode())


def with_policy(page: str, name: str) -> str:
    """Return a page with its policy as the first thing in the head.

    page : str
        The whole page as HTML.
    name : str
        Its path below the report without its ending.

    Raises ValueError for a page with a script that is not known, see `check_page`.

    >>> with_policy("<html><head><title>x</title></head>", "index").count("Security-Policy")
    1
    """
    page = OLD.sub("", page)
    check_page(page, name)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy_for(name)}">'
    return HEAD.sub(lambda _: f"<head>\n{meta}\n", page, count=1)
