"""Sphinx with all that it imports, for a process that runs it and ends afterwards.

Other processes are forked from one that has imported this module: so it is imported once.
"""

import contextlib
import importlib
import io
import shutil
import sys
from pathlib import Path

from analysis.report.site.policy import lock_pages
from analysis.report.site.styles import write_styles
from analysis.report.temporary import lent_folder, temporary_files_in

# jsonschema imports this if it is there, for a kind of address that notebooks have not; its grammar
# takes longer to build than all else that Sphinx imports.
sys.modules["rfc3987_syntax"] = None
for needed in (  # which Sphinx imports when it comes to them
    *("sphinx.cmd.build", "sphinx.builders.html"),
    *("myst_nb.sphinx_ext", "pydata_sphinx_theme", "latex2mathml.converter"),
    *("pygments.lexers.python", "pygments.formatters.html", "IPython.lib.lexers"),
):
    importlib.import_module(needed)


def write_html(folder: Path) -> str:
    """Run Sphinx in a workplace, cut the styles, lock the pages; return what went wrong.

    folder : Path
        The folder of a `Workplace`; pages that it has read before are not read again.
    """
    html = folder / "html"
    if html.is_dir():
        shutil.rmtree(html)
    failed = run_sphinx(folder / "source", html)
    if not failed:
        write_styles(html, folder / "styles")
        lock_pages(html)
        _drop_pictures(folder / "jupyter_execute", html / "_images")
    return failed


def run_sphinx(source: Path, html: Path) -> str:
    """Run Sphinx in this process; return its words if it failed: a warning is an error.

    What it notes of an error of its own goes where the next run sweeps, if this one is killed.
    """
    from sphinx.cmd.build import build_main

    words = ["-b", "html", "-q", "-W", "--keep-going", "--no-color"]
    words += ["-d", str(source.parent / "doctrees"), str(source), str(html)]
    with (
        lent_folder() as place,
        temporary_files_in(place),
        contextlib.redirect_stderr(io.StringIO()) as said,
        contextlib.redirect_stdout(io.StringIO()),
    ):
        status = build_main(words)
    return said.getvalue().replace(str(source), "").strip()[-2000:] or "?" if status else ""


def _drop_pictures(made: Path, used: Path) -> None:
    """Remove pictures that notebooks left here and that no page shows any longer."""
    for file in made.rglob("*.*"):
        if not (used / file.name).is_file():
            file.unlink()
