"""What there is to translate, and the gettext catalogues that hold the translations.

Every domain is a file below `locale/LANGUAGE/LC_MESSAGES/`: the notebooks, the library, the pages
of the site, the texts of `data/raw`, and the short labels listed in `locale/labels.txt`.
"""

import ast
import csv
import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from analysis import paths
from analysis.language.current import LANGUAGES
from analysis.language.prose import blocks

CALLS = {"tr", "Sentence", "say", "translated_block"}
TEXTS = {"statement", "note", "found", "reason"}  # columns of sentences in English only
DATE = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)  # the same bytes on another day
Message = tuple[str | tuple[str, str], str, str | None]  # text, where, context


def notebook_messages() -> Iterator[Message]:
    """Yield the prose of the notebooks and the sentences that their code computes."""
    for file in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield from ((block.text, file.name, None) for block in blocks(source))
            else:
                yield from ((text, file.name, None) for text in called(source))


def library_messages() -> Iterator[Message]:
    """Yield the sentences that the library computes."""
    for file in sorted(paths.CODE.rglob("*.py")):
        where = file.relative_to(paths.CODE).as_posix()
        yield from ((text, where, None) for text in called(file.read_text("utf-8")))


def site_messages() -> Iterator[Message]:
    """Yield the texts of the pages."""
    from jinja2.ext import babel_extract

    options = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
    for file in sorted((paths.CODE / "report" / "site" / "pages").glob("*.*")):
        if file.suffix in {".html", ".md", ".typ"}:
            with file.open("rb") as lines:
                for _, _, found, _ in babel_extract(lines, ("_", "gettext"), (), options):
                    text = found if isinstance(found, str) else (found or [""])[0]
                    yield from [(text, file.name, None)] if text else ()


def data_messages() -> Iterator[Message]:
    """Yield the sentences of the tables, their codebook, and the units of their numbers."""
    package = json.loads((paths.RAW / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        for text in (resource.get("title"), resource.get("description")):
            yield from [(text, resource["path"], None)] if text else ()
        for field in resource["schema"]["fields"]:
            yield field["description"], resource["path"], None
        if resource["path"].startswith("double-entry"):
            continue
        with (paths.RAW / resource["path"]).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in TEXTS & row.keys():
                    yield from [(row[column], resource["path"], None)] if row[column] else ()
                if row.get("unit") and row["unit"] != "percent":
                    yield (row["unit"], row["unit"]), resource["path"], "unit"


def label_messages() -> Iterator[Message]:
    """Yield the short texts of figures and tables: headings, verdicts, methods, names."""
    for line in (paths.LOCALE / "labels.txt").read_text("utf-8").splitlines():
        yield line, "labels.txt", "label"


DOMAINS = {
    "notebooks": notebook_messages,
    "library": library_messages,
    "site": site_messages,
    "data": data_messages,
    "labels": label_messages,
}


def called(code: str) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of Python code: first arguments of `tr`, nouns of `counted`.

    >>> list(called('tr("{n} of {all}", n=n, all=m); counted(n, "person", "people")'))
    ['{n} of {all}', ('person', 'people')]
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if node.func.id in CALLS and texts and isinstance(texts[0], str):
                yield texts[0]
            elif node.func.id == "counted" and texts:
                noun, *plural = (text for text in texts if isinstance(text, str))
                yield noun, (plural or [noun + "s"])[0]


def template(domain: str, language: str | None = None) -> Catalog:
    """Return all messages of a domain, untranslated."""
    together: dict[tuple, tuple[str | tuple[str, str], list[str]]] = {}
    for text, where, context in DOMAINS[domain]():
        entry = together.setdefault((text, context), (text, []))
        if where not in entry[1]:
            entry[1].append(where)
    made = Catalog(language)
    for (_, context), (text, places) in together.items():
        made.add(text, locations=[(place, None) for place in places], context=context)
    return made


def catalogue_file(domain: str, language: str) -> Path:
    """Return where the translations of a domain are kept."""
    return paths.LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(domain: str, language: str) -> Catalog:
    """Return the translations of a domain; an empty catalogue where there are none yet."""
    file = catalogue_file(domain, language)
    if not file.exists():
        return Catalog(language)
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale=language)
    for message in catalogue if domain != "site" else ():
        message.flags.discard("python-format")  # a percent sign is a percent sign
    return catalogue


def write_catalogue(catalogue: Catalog, domain: str, language: str) -> None:
    """Write the translations of a domain, the same way every time."""
    catalogue.project, catalogue.version = "Kazakhstan in international higher education", ""
    catalogue.msgid_bugs_address = ""
    catalogue.header_comment = f"# {LANGUAGES[language]}: {domain}"
    catalogue.creation_date = catalogue.revision_date = DATE
    catalogue.last_translator = catalogue.language_team = LANGUAGES[language]
    catalogue.fuzzy = False
    for message in catalogue if domain != "site" else ():
        message.flags.discard("python-format")
    file = catalogue_file(domain, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as lines:
        write_po(lines, catalogue, width=100)


def update_catalogues() -> list[str]:
    """Bring the catalogues up to date with what there is to translate; return a line a file.

    A message that changed keeps its translation, marked as fuzzy; one that is gone is dropped.
    """
    said = []
    for language in (name for name in LANGUAGES if name != "en"):
        for domain in DOMAINS:
            kept = read_catalogue(domain, language)
            kept.update(template(domain))
            kept.obsolete.clear()
            write_catalogue(kept, domain, language)
            waiting = sum(not done(message) for message in kept if message.id)
            said.append(f"{language} {domain}: {len(kept)} messages, {waiting} to translate")
    return said


def done(message) -> bool:
    """Say whether a message has a translation in all its forms, not marked as fuzzy."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy
