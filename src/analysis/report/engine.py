"""The engine that papermill finds under the name "warm": notebooks run in warm kernels.

Papermill loads it while it is imported itself; whoever wants it here imports papermill first.
"""

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

NAME = "warm"


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


papermill_engines.register(NAME, WarmEngine)  # where the entry point is not installed
