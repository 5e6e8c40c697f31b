"""The engine that papermill finds under the name "warm": notebooks run in warm kernels."""

import functools
from typing import Any

from analysis.report.watch import LARGEST

NAME = "warm"
EACH = 1000  # what an output takes beside its letters


@functools.cache
def _watching_client() -> type:
    """Return the class; taken late, as that of the engine."""
    from nbclient.exceptions import CellExecutionComplete
    from papermill.clientwrap import PapermillNotebookClient

    class WatchingClient(PapermillNotebookClient):
        """Papermill's own client, which stops a notebook that puts out without an end.

        size : int
            Of all that has come so far; at most `LARGEST`.
        complaints : dict of int to str
            What cells wrote to stderr, by their place; kept though a cell clears its output.
        """

        size = 0

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.complaints: dict[int, str] = {}

        def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
            """Take what a cell puts out, as long as there is room for it."""
            content = msg["content"]
            self.size += _size(content)
            if content.get("name") == "stderr":
                before = self.complaints.get(cell_index, "")
                self.complaints[cell_index] = before + content.get("text", "")
            if self.is_too_large:
                self.task_poll_for_reply.cancel()
                raise CellExecutionComplete  # to read on would leave no turn to who is cancelled
            return super().process_message(msg, cell, cell_index)

        @property
        def is_too_large(self) -> bool:
            return self.size > LARGEST

    return WatchingClient


def _size(content: Any) -> int:
    data = content.get("data")
    values = data.values() if isinstance(data, dict) else []
    return EACH + len(content.get("text", "")) + sum(len(str(value)) for value in values)


@functools.cache
def _warm_engine() -> type:
    """Return the class; papermill asks for it while it is imported, so its own is taken late."""
    from papermill.engines import NBClientEngine

    class WarmEngine(NBClientEngine):
        """Papermill's own engine with a warm kernel: `papermill --engine warm IN OUT`."""

        @classmethod
        def execute_managed_notebook(
            cls, nb_man: Any, kernel_name: str, session: Any = None, **options: Any
        ) -> Any:
            """Execute a notebook in the kernel of a session, or in one of its own."""
            from nbclient.exceptions import CellTimeoutError, DeadKernelError

            from analysis.report.kernels import Session
            from analysis.report.notebook import NotebookError

            if session is None:
                with Session() as session:
                    return cls.execute_managed_notebook(nb_man, kernel_name, session, **options)
            unused = ("input_path", "kernel_name", "start_timeout")
            kept = {name: value for name, value in options.items() if name not in unused}
            kept["timeout"] = kept.pop("execution_timeout", None)
            client = _watching_client()(nb_man, km=session.manager, **kept)
            client.kc, session.complaints = session.client, client.complaints
            try:
                return client.execute()
            except (DeadKernelError, CellTimeoutError):
                if client.is_too_large:
                    most = f"{LARGEST // 1_000_000} MB"
                    raise NotebookError(f"its output is larger than {most}") from None
                raise

    return WarmEngine


def __getattr__(name: str) -> Any:
    if name == "WarmEngine":
        return _warm_engine()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def register() -> None:
    """Make the engine known to papermill, also where its entry point is not installed."""
    from papermill.engines import papermill_engines

    papermill_engines.register(NAME, _warm_engine())
