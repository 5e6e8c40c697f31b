"""One style sheet for all pages: what Sphinx and its theme bring, cut to what a page can use.

A rule of theirs stays if each class, id, element and attribute that it asks for stands on a page or
in a script. Their fonts go: icons are drawn in `static/icons.css`. Our own rules stay as they are.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tinycss2

from analysis.report.site.current import HERE

SHEET = "_static/styles.css"
LINK = re.compile(r'\s*<link(?=[^>]*rel="stylesheet")[^>]*href="(?:\.\./)*(_static/[^"?]+)[^>]*>')
TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s+[^\s\"'>/=]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)")
ATTRIBUTE = re.compile(r"([^\s\"'=]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")
WORD = re.compile(r"[A-Za-z_][\w-]*")
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
NAMED = re.compile(r'"(?:\.\./)*(_static/[^"?]+)')
NOTICE = re.compile(r"/\*!.*?\*/", re.DOTALL)  # of a licence
ASSIGNED = re.compile(r"\.(\w+)\s*=(?!=)")
KEPT = re.compile(r"\bdataset\.(\w+)")
IMPORT = re.compile(r'@import "([^"]+)";')
ALTERNATIVES = {"is", "where", "has", "matches", "-webkit-any", "-moz-any"}
BLOCKS = {"media", "supports", "layer", "container"}  # at-rules that hold rules
NEVER = {"font-face", "charset", "page"}


def write_styles(html: Path, kept: Path) -> None:
    """Give all pages one style sheet, and drop the files that nothing names any longer.

    html : Path
        What Sphinx has written.
    kept : Path
        A file for the sheet and what it was made from, so that it is made once.
    """
    pages = {file: file.read_text("utf-8") for file in sorted(html.rglob("*.html"))}
    pages = {file: text for file, text in pages.items() if html / "_static" not in file.parents}
    named = {name for text in pages.values() for name in NAMED.findall(text)}
    files = [html / name for name in sorted(named) if name.endswith(".js")]
    scripts = [file.read_text("utf-8") for file in files if file.is_file()]  # data may come later
    names = names_of(pages.values()) | words_of(scripts)
    sheets = [html / name for name in dict.fromkeys(sheets_of(pages.values()))]
    whole = made_once(kept, sheets, names)
    (html / SHEET).write_bytes(whole.encode())
    for file, text in pages.items():
        file.write_bytes(with_sheet(text, whole).encode())
    told = "\n".join([*named, SHEET, *scripts, whole])
    _drop_unnamed(html / "_static", set(re.findall(r"[\w.-]+\.\w+", told)))


def _drop_unnamed(folder: Path, names: set[str]) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and file.name not in names:
            file.unlink()


def sheets_of(pages: Iterable[str]) -> Iterator[str]:
    """Yield the style sheets that pages load, as their places below the report."""
    for page in pages:
        yield from LINK.findall(page.partition("</head>")[0])


def made_once(kept: Path, sheets: Sequence[Path], names: set[str]) -> str:
    """Return the sheets as one, cut to some names; as the file has it, if made from the same."""
    texts = [sheet.read_text("utf-8") for sheet in sheets]
    key = hashlib.sha256("\n".join([*texts, *sorted(names)]).encode()).hexdigest()
    before = kept.read_text("utf-8") if kept.is_file() else ""
    if before.startswith(key):
        return before.removeprefix(key)
    whole = "\n".join(_sheet(sheet, names) for sheet in sheets)
    kept.write_bytes((key + whole).encode())
    return whole


def with_sheet(page: str, sheet: str) -> str:
    """Return a page with one link to the style sheet in place of all that it had.

    >>> old = '<link href="../_static/a.css" rel="stylesheet" /><link rel="icon" href="b" />'
    >>> print(with_sheet(old, "p { margin: 0 }").strip())
    <link rel="stylesheet" href="../_static/styles.css?v=ec85a183" /><link rel="icon" href="b" />
    """
    head, end, body = page.partition("</head>")
    first = LINK.search(head)
    if not first:
        return page
    version = hashlib.sha256(sheet.encode()).hexdigest()[:8]
    up = "../" * first[0].count("../")
    link = f'\n<link rel="stylesheet" href="{up}{SHEET}?v={version}" />'
    rest = LINK.sub("", head[first.end() :])
    return f"{head[: first.start()]}{link}{rest}{end}{body}"


def _sheet(file: Path, names: set[str]) -> str:
    text = file.read_text("utf-8")
    if (HERE / "static" / file.name).is_file():
        return text
    imported = [_sheet(file.parent / name, names) for name in IMPORT.findall(text)]
    return "\n".join([*imported, *NOTICE.findall(text), cut(IMPORT.sub("", text), names)])


def names_of(pages: Iterable[str]) -> set[str]:
    """Return the names that a rule can ask for on pages: ".class", "#id", "element", "[attribute".

    >>> sorted(names_of(['<p class="lead big" id="a" hidden>']))
    ['#a', '.big', '.lead', '[class', '[hidden', '[id', '[open', 'p']
    """
    found = {"[open"}  # which the browser gives to a dialog
    tags = {tag for page in pages for tag in TAG.findall(page)}
    for tag, attributes in tags:
        found.add(tag)
        for name, value, other in ATTRIBUTE.findall(attributes):
            found.add(f"[{name.lower()}")
            sign = {"class": ".", "id": "#"}.get(name.lower())
            found |= {sign + word for word in (value or other).split()} if sign else set()
    return found


def words_of(scripts: Iterable[str]) -> set[str]:
    """Return the names that scripts may give to what they add or change.

    Each word of a string may be any of them, and what is assigned to may be an attribute.

    >>> sorted(words_of(["box.classList.add('on'); box.hidden = box.dataset.isOpen = true"]))
    ['#on', '.on', '[data-is-open', '[hidden', '[isopen', '[on', 'on']
    """
    found: set[str] = set()
    for script in scripts:
        words = {word for string in STRING.findall(script) for word in WORD.findall(string)}
        found |= {sign + word for word in words for sign in ("", ".", "#", "[")}
        found |= {f"[{name.lower()}" for name in ASSIGNED.findall(script)}
        kept = (re.sub("[A-Z]", r"-\g<0>", name).lower() for name in KEPT.findall(script))
        found |= {f"[data-{name}" for name in kept}
    return found


def cut(sheet: str, names: set[str]) -> str:
    """Return a style sheet without the rules that no page can use, and without fonts.

    names : set of str
        What pages and scripts have, as `names_of` and `words_of` return it.

    >>> cut("p.lead, .gone { margin: 0 } .gone > p { color: red }", {"p", ".lead"})
    'p.lead{ margin: 0 }'
    """
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(_kept(rules, names))


def _kept(rules: Iterable[Any], names: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [each for each in _split(rule.prelude) if can_match(each, names)]
            said = ",".join(tinycss2.serialize(each).strip() for each in selectors)
            if selectors:
                yield f"{said}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in BLOCKS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            kept = "\n".join(_kept(inner, names))
            if kept:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword not in NEVER:
            yield rule.serialize()


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    """Return the selectors of a list that stands between commas."""
    selectors: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def can_match(selector: Iterable[Any], names: set[str]) -> bool:
    """Say whether a selector can match anything that has no other names than these.

    selector : iterable
        Its tokens, as tinycss2 parses them. What stands in `:not(...)` is no condition; of
        `:is(...)` and the like one alternative must be possible.
    """
    before = ""
    for token in selector:
        if not _possible(token, before, names):
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _possible(token: Any, before: str, names: set[str]) -> bool:
    if token.type == "hash":
        return f"#{token.value}" in names
    if token.type == "ident" and before in ("", ".", ">", "+", "~"):
        return (f".{token.value}" if before == "." else token.lower_value) in names
    if token.type == "[] block":
        asked = next((each.lower_value for each in token.content if each.type == "ident"), "")
        return f"[{asked}" in names
    if token.type == "function" and token.lower_name in ALTERNATIVES:
        return any(can_match(each, names) for each in _split(token.arguments))
    return True
