"""A pytest plugin for nbval: sockets and a folder of its own, outputs of the documents there are.

Kernels that start side by side may take each other's TCP ports; sockets in a folder each cannot.
Stored outputs that count or list the documents hold for the documents they were stored with: where
there are others, the cells are run, and what they print is not compared.
"""

import functools
import os
import tempfile
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data.collection import documents

ADVICE = "stored with other documents: run, not compared; store them with `analysis store`"


def pytest_configure(config: Any) -> None:
    """Let nbval start its kernels so that they write to a folder that is removed in the end."""
    import nbval.kernel

    folder = tempfile.TemporaryDirectory(prefix="nbval-")
    config.add_cleanup(folder.cleanup)
    manager = nbval.kernel.KernelManager

    @functools.wraps(manager)
    def prepared(**options: Any) -> Any:
        place = tempfile.mkdtemp(dir=folder.name)
        sockets = {"transport": "ipc", "ip": str(Path(place) / "k")} if os.name == "posix" else {}
        made = manager(**options, **sockets)
        environment = os.environ | {"ANALYSIS_OUTPUT": place}
        made.start_kernel = functools.partial(made.start_kernel, env=environment)
        return made

    nbval.kernel.KernelManager = prepared


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Do not compare the outputs of a notebook that was stored with other documents."""
    there = [document.slug for document in documents(paths.RAW)]
    for item in items:
        notebook = getattr(item.parent, "nb", None)
        if notebook is not None and hasattr(item, "options"):
            stored = notebook.metadata.get("documents", there)
            if stored != there:
                item.options["check"] = False
                item.add_report_section("call", "outputs", ADVICE)
