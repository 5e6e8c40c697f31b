"""What there is to translate, and the gettext catalogues that hold the translations.

A catalogue lies beside what it translates: the library, the pages of the site and the codebook in
`language/locale/`, the notebooks in `notebooks/locale/`, a document in the folder `locale` of its
own folder. A document without that folder stays in English.
"""

import ast
import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from analysis import paths
from analysis.data.codebook import standard_tables
from analysis.data.collection import Document, documents, own_tables
from analysis.data.tables import read_table
from analysis.language.current import LANGUAGES
from analysis.language.messages import read_messages
from analysis.language.prose import blocks
from analysis.problems import naming

CALLS = {"tr", "Sentence", "say", "translated_block", "message"}
TEXTS = {"statement", "note", "found", "reason"}  # columns of sentences, translated where shown
DATE = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)  # the same bytes on another day
Message = tuple[str | tuple[str, str], str, str | None]  # text, where, context


@dataclass(frozen=True)
class Domain:
    """A catalogue in every language: its name, where it lies, and what belongs into it."""

    name: str
    folder: Path
    messages: Callable[[], Iterator[Message]]
    packaged: bool = False  # in the layout of gettext, several domains in one folder

    def file(self, language: str) -> Path:
        """Return where the translations into a language are kept."""
        if self.packaged:
            return self.folder / language / "LC_MESSAGES" / f"{self.name}.po"
        return self.folder / f"{language}.po"


def notebook_messages() -> Iterator[Message]:
    """Yield the prose of the notebooks and the sentences that their code computes."""
    for file in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield from ((block.text, file.name, None) for block in blocks(source))
            else:
                yield from ((text, file.name, None) for text in called(source))
    yield from label_messages(paths.NOTEBOOKS / "locale")


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


def codebook_messages() -> Iterator[Message]:
    """Yield what the codebook says of the tables that any document may have."""
    yield from described(standard_tables(), "codebook.yml")


def described(tables: Mapping[str, Mapping[str, Any]], where: str) -> Iterator[Message]:
    """Yield titles and descriptions of tables and of their columns."""
    for table in tables.values():
        yield from ((table[name], where, None) for name in ("title", "description"))
        for field in table["schema"]["fields"]:
            yield field["description"], where, None


def document_messages(document: Document) -> Iterator[Message]:
    """Yield the texts of a document: sentences, labels, units, and its own codebook."""
    own = {name: each for name, each in document.tables.items() if name not in standard_tables()}
    yield from described(own, f"{document.slug}/tables.yml")
    yield document.dated, f"{document.slug}/document.yml", "label"
    if document.about.get("note"):
        yield document.about["note"], f"{document.slug}/document.yml", None
    for name, table in document.tables.items():
        rows = read_table(name, document.folder).astype("string").fillna("")
        yield from table_messages(rows, table, f"{document.slug}/{name}.csv")
    yield from label_messages(document.folder / "locale")


def table_messages(rows: Any, table: Mapping[str, Any], where: str) -> Iterator[Message]:
    """Yield the texts of a table: its labels, its sentences, and the units of its numbers."""
    labels = {field["name"] for field in table["schema"]["fields"] if field.get("translated")}
    for row in rows.to_dict("records"):
        for column, text in row.items():
            if text and column in labels:
                yield text, where, "label"
            elif text and column in TEXTS:
                yield text, where, None
            elif text and column == "unit" and text != "percent":
                yield (text, text), where, "unit"


def collection_messages() -> Iterator[Message]:
    """Yield what is said of the tables that belong to no document."""
    yield from described(own_tables(paths.RAW), "tables.yml")


def label_messages(folder: Path) -> Iterator[Message]:
    """Yield the short texts listed in `labels.txt`: headings, verdicts, names, codes."""
    file = folder / "labels.txt"
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        yield line, "labels.txt", "label"


def domains() -> dict[str, Domain]:
    """Return every catalogue by name: those of the library, the notebooks, and the documents."""
    messages = {
        "library": library_messages,
        "site": site_messages,
        "codebook": codebook_messages,
        "labels": partial(label_messages, paths.LOCALE),
    }
    found = [Domain(name, paths.LOCALE, each, True) for name, each in messages.items()]
    found.append(Domain("notebooks", paths.NOTEBOOKS / "locale", notebook_messages))
    found.append(Domain("collection", paths.RAW / "locale", collection_messages))
    found += [
        Domain(each.slug, each.folder / "locale", partial(document_messages, each))
        for each in documents(paths.RAW)
        if (each.folder / "locale").is_dir()
    ]
    return {domain.name: domain for domain in found}


def called(code: str) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of Python code: first arguments of `tr`, nouns of `counted` and `ntr`.

    >>> list(called('tr("{n} of {all}", n=n, all=m); counted(n, "person", "people")'))
    ['{n} of {all}', ('person', 'people')]
    >>> list(called('language.say("Here")'))
    ['Here']
    >>> list(called('ntr("falls", "fall", n)'))
    [('falls', 'fall')]
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            called_as = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = _constants(node.args)
            if called_as in CALLS and texts and isinstance(texts[0], str):
                yield texts[0]
            elif called_as == "ntr" and len(_constants(node.args[:2])) == 2:
                yield texts[0], texts[1]
            elif called_as == "counted" and texts:
                noun, *plural = (text for text in texts if isinstance(text, str))
                yield noun, (plural or [noun + "s"])[0]


def _constants(nodes: Iterable[ast.expr]) -> list[Any]:
    return [node.value for node in nodes if isinstance(node, ast.Constant)]


def template(domain: Domain, language: str | None = None) -> Catalog:
    """Return all messages of a domain, untranslated."""
    together: dict[tuple, tuple[str | tuple[str, str], list[str]]] = {}
    for text, where, context in domain.messages():
        entry = together.setdefault((text, context), (text, []))
        if where not in entry[1]:
            entry[1].append(where)
    made = Catalog(language)
    for (_, context), (text, places) in together.items():
        made.add(text, locations=[(place, None) for place in places], context=context)
    return made


def read_catalogue(domain: Domain, language: str) -> Catalog:
    """Return the translations of a domain; an empty catalogue where there are none yet.

    Raises TableError for a file that `read_messages` refuses.
    """
    file = domain.file(language)
    if not file.exists():
        return Catalog(language)
    with naming(file):
        catalogue = read_messages(file, language)
    for message in catalogue if domain.name != "site" else ():
        message.flags.discard("python-format")  # a percent sign is a percent sign
    return catalogue


def write_catalogue(catalogue: Catalog, domain: Domain, language: str) -> None:
    """Write the translations of a domain, the same way every time."""
    catalogue.project, catalogue.version = "Kazakhstan in international higher education", ""
    catalogue.msgid_bugs_address = ""
    catalogue.header_comment = f"# {LANGUAGES[language].name}: {domain.name}"
    catalogue.creation_date = catalogue.revision_date = DATE
    catalogue.last_translator = catalogue.language_team = LANGUAGES[language].name
    catalogue.fuzzy = False
    for message in catalogue if domain.name != "site" else ():
        message.flags.discard("python-format")
    file = domain.file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as lines:
        write_po(lines, catalogue, width=100)


def update_catalogues() -> list[str]:
    """Bring the catalogues up to date with what there is to translate; return a line a file.

    A message that changed keeps its translation, marked as fuzzy; one that is gone is dropped.
    """
    said = []
    for language in (name for name in LANGUAGES if name != "en"):
        for domain in domains().values():
            kept = read_catalogue(domain, language)
            kept.update(template(domain))
            kept.obsolete.clear()
            write_catalogue(kept, domain, language)
            waiting = sum(not done(message) for message in kept if message.id)
            said.append(f"{language} {domain.name}: {len(kept)} messages, {waiting} to translate")
    return said


def done(message) -> bool:
    """Say whether a message has a translation in all its forms, not marked as fuzzy."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy
