"""The site written with Sphinx from what the notebooks have left, and moved in whole."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.cache import library_digest, write_whole
from analysis.run import run_environment

from .content import everything
from .pdf import write_pdfs
from .policy import with_policy
from .records import write_records

HERE = Path(__file__).parent
PAGES = ("index", "figures", "ledger", "data")
PROSE = ("method", "documents", "notebooks")  # pages without text from data
NEVER = re.compile(r"\.buildinfo|objects\.inv|_sources/.*|.*\.map|_static/webpack-macros\.html")
SEALED = ".site.json"  # which inputs the site was made from, and which files it has


def write_site(folder: Path, sources: Mapping[str, Path]) -> bool:
    """Write the pages of the report, if anything they show has changed; return whether it had.

    folder : Path
        The report, as `reports.write_reports` leaves it: `notebooks/`, `figures/`, `tables/`.
    sources : mapping
        Path of each notebook by name, in reading order.

    The pages are made in `folder/.build` and then moved in; pages of an earlier site that are no
    longer made are removed. Raises OSError with Sphinx's own words if it fails.
    """
    inputs = site_inputs(folder, sources)
    if _sealed(folder).get("inputs") == inputs and _whole(folder):
        return False
    build = folder / ".build"
    build.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="site-", dir=build))
    try:
        said = everything(folder, sources)
        write_sources(staging / "source", folder, said)
        run_sphinx(staging / "source", staging / "html", build / "matplotlib")
        write_pdfs(staging / "html", folder, said)
        write_records(staging / "html", said)
        _move_in(staging / "html", folder, inputs)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return True


def site_inputs(folder: Path, sources: Mapping[str, Path]) -> str:
    """Return a digest of all that the site shows."""
    total = hashlib.sha256(library_digest().encode())
    states = sorted((folder / ".state").glob("*.json"))
    files = [*states, *sorted(HERE.rglob("*.*")), *sources.values()]
    for file in (file for file in files if file.is_file() and file.suffix != ".pyc"):
        total.update(f"{file.name} ".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def write_sources(place: Path, folder: Path, content: Mapping[str, Any]) -> None:
    """Write what Sphinx reads: pages from the templates, and the executed notebooks."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    (place / "notebooks").mkdir(parents=True)
    (place / "documents").mkdir()
    shutil.copytree(HERE / "static", place / "_static")
    shutil.copy(HERE / "templates" / "conf.py", place / "conf.py")
    for section in content["sections"]:
        if section["executed"]:
            text = (folder / "notebooks" / f"{section['slug']}.ipynb").read_text("utf-8")
            notebook = prepared(json.loads(text), section)
            file = place / "notebooks" / f"{section['slug']}.ipynb"
            file.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    for name in PAGES:
        for kind in ("html", "md"):  # the page, and the part of it that holds text from data
            page = environment.get_template(f"{name}.{kind}").render(content)
            (place / f"{name}.{kind}").write_text(page, encoding="utf-8")
    for name in PROSE:
        page = environment.get_template(f"{name}.md").render(content)
        (place / f"{name}.md").write_text(page, encoding="utf-8")
    for document in content["documents"]:
        for kind in ("html", "md"):
            template = environment.get_template(f"document.{kind}")
            page = template.render(content, document=document)
            file = place / "documents" / f"{document['slug']}.{kind}"
            file.write_text(page, encoding="utf-8")


def prepared(notebook: dict[str, Any], section: Mapping[str, Any]) -> dict[str, Any]:
    """Return an executed notebook for the site: code folded, pictures with alternative text."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            tags = cell["metadata"].setdefault("tags", [])
            if not {"parameters", "injected-parameters"} & set(tags):
                tags.append("hide-input")
            for output in cell["outputs"]:
                alt = output.get("metadata", {}).get("image/png", {}).get("alt")
                if alt:
                    cell["metadata"]["mystnb"] = {"image": {"alt": alt}}
    notebook["cells"].append(
        {
            "cell_type": "markdown",
            "id": "files",
            "metadata": {},
            "source": f"---\n\nThis page as a notebook: "
            f'<a href="{section["slug"]}.ipynb" download>{section["slug"]}.ipynb</a>.',
        }
    )
    return notebook


def run_sphinx(source: Path, html: Path, matplotlib: Path) -> None:
    """Run Sphinx in a process of its own; a warning is an error."""
    words = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    words += ["-d", str(source.parent / "doctrees"), str(source), str(html)]
    environment = run_environment(source.parent, source.parent, matplotlib)
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.replace(str(source), "").strip()
        raise OSError(f"the site was not built: {said[-2000:]}")


def _move_in(html: Path, folder: Path, inputs: str) -> None:
    before = _sealed(folder).get("files", {})
    write_whole(folder / SEALED, json.dumps({"inputs": "", "files": before}).encode())
    made = {}
    for file in sorted(file for file in html.rglob("*") if file.is_file()):
        name = file.relative_to(html).as_posix()
        if NEVER.fullmatch(name):  # of no use to a reader
            continue
        content = file.read_bytes()
        if file.suffix == ".html":
            content = with_policy(content.decode("utf-8")).encode("utf-8")
        write_whole(folder / name, content)
        made[name] = hashlib.sha256(content).hexdigest()
    for resource in sorted(paths.RAW.rglob("*")):
        relative = resource.relative_to(paths.RAW)
        if resource.is_file() and relative.parts[0] != "double-entry":
            name = f"data/{relative.as_posix()}"
            write_whole(folder / name, resource.read_bytes())
            made[name] = hashlib.sha256(resource.read_bytes()).hexdigest()
    for name in before.keys() - made.keys():
        (folder / name).unlink(missing_ok=True)
    write_whole(folder / SEALED, json.dumps({"inputs": inputs, "files": made}).encode())


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
