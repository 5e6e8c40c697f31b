"""The engine that papermill finds under the name "warm": notebooks run in warm kernels."""

import functools
from typing import Any

NAME = "warm"


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
            from papermill.clientwrap import PapermillNotebookClient

            from analysis.report.kernels import Session

            if session is None:
                with Session() as session:
                    return cls.execute_managed_notebook(nb_man, kernel_name, session, **options)
            unused = ("input_path", "kernel_name", "start_timeout")
            kept = {name: value for name, value in options.items() if name not in unused}
            kept["timeout"] = kept.pop("execution_timeout", None)
            client = PapermillNotebookClient(nb_man, km=session.manager, **kept)
            client.kc = session.client
            return client.execute()

    return WarmEngine


def __getattr__(name: str) -> Any:
    if name == "WarmEngine":
        return _warm_engine()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def register() -> None:
    """Make the engine known to papermill, also where its entry point is not installed."""
    from papermill.engines import papermill_engines

    papermill_engines.register(NAME, _warm_engine())
