"""The guides of `docs/` as pages: Markdown for GitHub becomes what Sphinx reads.

A guide is in the language of the page where `docs` has it in that language, else in English.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.current import LANGUAGES, current_language, tr

ORDER = (
    *("your-own-survey", "contesting-a-verdict", "adding-a-paper", "coding-claims"),
    *("figures-for-a-journal", "sweeps-and-clusters", "translating"),
)
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)(`{3,})(\w*).*$")
HIGHLIGHTED = {"python", "sh", "yaml"}  # other blocks are shown as they are
COMMENT = re.compile(r"^<!--.*-->$")
OUTSIDE = re.compile(r"https?:|mailto:|#")


def guide_files(language: str = "en") -> dict[str, Path]:
    """Return the guides that `docs` has in a language, by name, in reading order.

    Those that the order does not name come last. An installed copy has none.
    """
    ending = ".md" if language == "en" else f".{language}.md"
    names = [file.name.removesuffix(ending) for file in sorted(paths.DOCS.glob(f"*{ending}"))]
    known = [name for name in names if NAME.fullmatch(name)]
    place = {name: number for number, name in enumerate(ORDER)}
    known.sort(key=lambda name: place.get(name, len(place)))
    return {name: paths.DOCS / f"{name}{ending}" for name in known}


def purposes() -> dict[str, str]:
    """Return what somebody takes a guide for, in the language in use."""
    return {
        "your-own-survey": tr(
            "You have answers from Google Forms or another program, and want tables, figures and "
            "a report."
        ),
        "contesting-a-verdict": tr(
            "You think that a verdict is wrong, or are an author and want to reply."
        ),
        "adding-a-paper": tr("You want to check another document in the same way."),
        "coding-claims": tr("How it is decided what a claim is, and what it says."),
        "figures-for-a-journal": tr("You want a figure in the size and format of a journal."),
        "sweeps-and-clusters": tr("You want to run a notebook over a grid of settings."),
        "translating": tr("You want to mend a translation, or add a language."),
    }


def guides(repository: str = "") -> list[dict[str, Any]]:
    """Return the guides for the pages, in the language in use.

    repository : str
        The address of the repository, if there is one.

    Entries of each: name, title, purpose, translated (whether the text is in this language), text
    (MyST, see `page_text`).
    """
    own = guide_files(current_language())
    found, said = [], purposes()
    for name, file in guide_files().items():
        text = own.get(name, file).read_text("utf-8")
        entry = {
            "name": name,
            "title": text.splitlines()[0].removeprefix("# "),
            "purpose": said.get(name, ""),
            "translated": name in own,
            "text": page_text(text, name, repository),
        }
        found.append(entry)
    return found


def page_text(text: str, name: str, repository: str = "") -> str:
    r"""Return a guide in MyST: its links lead to other guides, to the repository, or nowhere.

    text : str
        The guide in Markdown.
    name : str
        Its name. A line that only leads to the guide in other languages is left out: every page
        has such links already.
    repository : str
        An address, or nothing: then a file of the repository is named and not linked.

    >>> page_text("See [the rules](../data/rules.yml), [rules.yml](../data/rules.yml).", "made")
    'See the rules (`data/rules.yml`), `data/rules.yml`.\n'
    """
    return "".join(f"{line}\n" for line in _lines(text, name, repository))


def _lines(text: str, name: str, repository: str) -> Iterator[str]:
    fence = ""
    for line in text.splitlines():
        found = FENCE.match(line)
        if found and (not fence or found[2] == fence):
            fence = "" if fence else found[2]
            language = found[3] if found[3] in HIGHLIGHTED else "text"
            yield f"{found[1]}{found[2]}{language if fence else ''}"
        elif fence:
            yield line
        elif not COMMENT.match(line) and not _only_languages(line, name):
            yield LINK.sub(lambda link: _linked(link, repository), line)


def _only_languages(line: str, name: str) -> bool:
    """Say whether a line leads to the same guide in other languages, and nowhere else."""
    own = re.compile(rf"{name}(\.({'|'.join(LANGUAGES)}))?\.md")
    targets = [target for _, target in LINK.findall(line)]
    return bool(targets) and all(map(own.fullmatch, targets))


def _linked(link: re.Match[str], repository: str) -> str:
    words, target = link.groups()
    if OUTSIDE.match(target):
        return link[0]
    if "/" not in target and target.removesuffix(".md") in guide_files():
        return link[0]
    place = target.removeprefix("../") if target.startswith("../") else f"docs/{target}"
    if repository:
        return f"[{words}]({repository.rstrip('/')}/blob/main/{place})"
    return f"`{place}`" if words in place.split("/") else f"{words} (`{place}`)"
