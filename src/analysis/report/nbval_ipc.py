"""A pytest plugin: nbval's kernels talk over sockets of their own instead of TCP ports.

Kernels that start side by side may take each other's ports; sockets in a folder each cannot.
"""

import functools
import os
import tempfile
from pathlib import Path
from typing import Any


def pytest_configure(config: Any) -> None:
    """Let nbval start its kernels so, where the system has such sockets."""
    if os.name != "posix":
        return
    import nbval.kernel

    folder = tempfile.TemporaryDirectory(prefix="nbval-")
    config.add_cleanup(folder.cleanup)
    manager = nbval.kernel.KernelManager

    @functools.wraps(manager)
    def over_sockets(**options: Any) -> Any:
        ip = Path(tempfile.mkdtemp(dir=folder.name)) / "k"
        return manager(transport="ipc", ip=str(ip), **options)

    nbval.kernel.KernelManager = over_sockets
