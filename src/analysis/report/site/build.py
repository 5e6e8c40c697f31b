"""The site written with Sphinx from what the notebooks have left, and moved in whole."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data.tables import published_descriptor
from analysis.language.current import LANGUAGES, current_language, label, tr
from analysis.outputs import write_whole
from analysis.report.environment import run_environment
from analysis.report.site.content import everything
from analysis.report.site.notebooks import claims_table, prepared
from analysis.report.site.pdf import write_pdfs
from analysis.report.site.policy import with_policy
from analysis.report.site.records import write_records
from analysis.report.site.templates import PAGES as TEMPLATES
from analysis.report.site.templates import page_name, page_templates, prose_templates
from analysis.report.store import library_digest, replace_files

HERE = Path(__file__).parent
PAGES = ("index", "figures", "ledger", "method", "data")
PROSE = ("documents", "notebooks")  # pages that are lists of pages
INCLUDED = ("cite",)  # data that a page includes beside its own
NEVER = re.compile(r"\.buildinfo|objects\.inv|_sources/.*|.*\.map|_static/webpack-macros\.html")
PLURAL = re.compile(r"[n0-9\s()?:%=!<>&|]+")
SEALED = ".site.json"  # which inputs the site was made from, and which files it has


def write_site(
    folder: Path, sources: Mapping[str, Path], languages: Sequence[str] = ("en",)
) -> bool:
    """Write the pages of the report, if anything they show has changed; return whether it had.

    folder : Path
        The report, as `reports.write_reports` leaves it: `notebooks/`, `figures/`, `tables/`.
    sources : mapping
        Path of each notebook by name, in reading order.
    languages : sequence of str
        In which languages there is a report, this one included: every page links to the others.

    The language is the one in use. The pages are made in `folder/.build` and then moved in; pages
    of an earlier site that are no longer made are removed. Raises OSError with Sphinx's own words
    if it fails.
    """
    inputs = site_inputs(folder, sources, languages)
    if _sealed(folder).get("inputs") == inputs and _whole(folder):
        return False
    build = folder / ".build"
    build.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="site-", dir=build))
    try:
        said = everything(folder, sources) | {"languages": languages}
        write_sources(staging / "source", folder, said)
        run_sphinx(staging / "source", staging / "html")
        write_pdfs(staging / "html", folder, said)
        write_records(staging / "html", said)
        _move_in(staging / "html", folder, inputs)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return True


def site_inputs(folder: Path, sources: Mapping[str, Path], languages: Sequence[str]) -> str:
    """Return a digest of all that the site shows."""
    spoken = f"{current_language()} of {' '.join(languages)} "
    total = hashlib.sha256(spoken.encode() + library_digest().encode())
    states = sorted((folder / ".state").glob("*.json"))
    files = [*states, *sorted(HERE.rglob("*.*")), *sources.values()]
    for file in (file for file in files if file.is_file() and file.suffix != ".pyc"):
        total.update(f"{file.name} ".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def write_sources(place: Path, folder: Path, content: Mapping[str, Any]) -> None:
    """Write what Sphinx reads: pages from the templates, and the executed notebooks."""
    (place / "notebooks").mkdir(parents=True)
    (place / "documents").mkdir()
    shutil.copytree(HERE / "static", place / "_static")
    (place / "_templates").mkdir()
    for name in ("languages.html", "foot.html"):
        shutil.copy(TEMPLATES / name, place / "_templates")
    shutil.copy(TEMPLATES / "conf.py", place)
    settings = {
        "project": tr("Kazakhstan in international higher education"),
        "title": tr("Documents, audited"),
        "language": current_language(),
        "languages": [(code, LANGUAGES[code].name) for code in content["languages"]],
        "language_label": tr("Language"),
        "foot": content["foot"],
        "search": tr("Search the report"),
        "show": tr("Show the code"),
        "hide": tr("Hide the code"),
        "titles": {
            f"documents/{document['slug']}": label(document["short"])
            for document in content["documents"]
        },
    }
    (place / "conf.json").write_text(json.dumps(settings), encoding="utf-8")
    write_interface(place / "_locale")
    for section in content["sections"]:
        if section["executed"]:
            slug = page_name(section["slug"])
            text = (folder / "notebooks" / f"{slug}.ipynb").read_text("utf-8")
            notebook = prepared(json.loads(text), section, folder / "figures")
            file = place / "notebooks" / f"{slug}.ipynb"
            file.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
            table = claims_table(section, linked=True)
            file.with_suffix(".claims.html").write_text(table, encoding="utf-8")
    write_pages(place, content)


def write_pages(place: Path, content: Mapping[str, Any]) -> None:
    """Write the pages: in MyST what is ours, in the HTML that they include what is data."""
    slugs = [page_name(document["slug"]) for document in content["documents"]]
    notebooks = [section["slug"] for section in content["sections"] if section["executed"]]
    names = {"documents": slugs, "notebooks": notebooks}
    ours, data = prose_templates(), page_templates()
    for name in (*PAGES, *PROSE):
        page = ours.get_template(f"{name}.md").render(names)
        (place / f"{name}.md").write_text(page, encoding="utf-8")
    for name in (*PAGES, *INCLUDED):
        page = data.get_template(f"{name}.html").render(content)
        (place / f"{name}.html").write_text(page, encoding="utf-8")
    for slug, document in zip(slugs, content["documents"], strict=True):
        file = place / "documents" / f"{slug}.md"
        file.write_text(ours.get_template("document.md").render(slug=slug), encoding="utf-8")
        page = data.get_template("document.html").render(content, document=document)
        file.with_suffix(".html").write_text(page, encoding="utf-8")


def write_interface(place: Path) -> None:
    """Write what Sphinx and its theme say in a language that they do not speak themselves."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for file in paths.LOCALE.glob("*/LC_MESSAGES/sphinx.po"):
        target = place / file.relative_to(paths.LOCALE)
        target.parent.mkdir(parents=True)
        with file.open("rb") as lines, target.with_suffix(".mo").open("wb") as compiled:
            messages = read_po(lines)
            write_mo(compiled, messages)
        said = {
            message.id if isinstance(message.id, str) else message.id[0]: message.string
            for message in messages
            if message.id
        }
        plural = messages.plural_expr
        if not PLURAL.fullmatch(plural):
            raise ValueError(f"{file.name}: not the rule of a plural: {plural!a}")
        # Sphinx's own `addTranslations` makes a function from text, which the policy forbids.
        script = f"""Object.assign(Documentation.TRANSLATIONS, {json.dumps(said)});
Documentation.PLURAL_EXPR = (n) => Number({plural});
Documentation.LOCALE = {json.dumps(file.parts[-3])};
"""
        target.with_suffix(".js").write_text(script, encoding="utf-8")


def run_sphinx(source: Path, html: Path) -> None:
    """Run Sphinx in a process of its own; a warning is an error."""
    words = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    words += ["-d", str(source.parent / "doctrees"), str(source), str(html)]
    environment = run_environment(source.parent, source.parent)
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.replace(str(source), "").strip()
        raise OSError(f"the site was not built: {said[-2000:]}")


def _move_in(html: Path, folder: Path, inputs: str) -> None:
    def note(files: dict[str, str], whole: bool) -> None:
        sealed = {"inputs": inputs if whole else "", "files": files}
        write_whole(folder / SEALED, json.dumps(sealed).encode())

    replace_files(folder, _sealed(folder).get("files", {}), site_files(html), note)


def site_files(html: Path) -> dict[str, bytes]:
    """Return the content of every file of the site by name, pages with their policy, and the data.

    html : Path
        What Sphinx has written.

    Raises ValueError for a page with a script that is not ours, before anything is moved, and for
    a file of the data that is a link to a place outside.
    """
    made = {}
    for file in sorted(file for file in html.rglob("*") if file.is_file()):
        name = file.relative_to(html).as_posix()
        if NEVER.fullmatch(name):  # of no use to a reader
            continue
        made[name] = file.read_bytes()
        if file.suffix == ".html":
            page = made[name].decode("utf-8").replace(' aria-label="Toggle hidden content"', "")
            made[name] = with_policy(page, name.removesuffix(".html")).encode("utf-8")
    return made | data_files()


def data_files() -> dict[str, bytes]:
    """Return the tables of the documents, and their description, as the report offers them."""
    package = published_descriptor()
    made = {"data/datapackage.json": json.dumps(package, ensure_ascii=False, indent=1).encode()}
    for resource in package["resources"]:
        file = paths.RAW / resource["path"]
        if not file.resolve().is_relative_to(paths.RAW.resolve()):
            raise ValueError(f"data/raw/{resource['path']} leads outside of data/raw")
        made[f"data/{resource['path']}"] = file.read_bytes()
    return made


def _sealed(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / SEALED).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _whole(folder: Path) -> bool:
    return all(
        (folder / name).is_file()
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        for name, digest in _sealed(folder)["files"].items()
    )
