"""What a notebook gets when its kernel loads the library: its language, and tables to be read."""

import sys
from typing import Any

from analysis.language.current import localized, use_language


class Follower:
    """Keeps the language in use that the variable `language` of a notebook names."""

    def __init__(self, shell: Any) -> None:
        self.shell, self.seen = shell, None

    def __call__(self, *_: Any) -> None:
        """Use the language, if the variable has changed: somebody may have chosen another since."""
        wanted = self.shell.user_ns.get("language")
        if isinstance(wanted, str) and wanted != self.seen:
            self.seen = wanted
            use_language(wanted)


def running_shell() -> Any:
    """Return the shell of IPython that runs this, with a `kernel` in a notebook; else None."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def prepare() -> None:
    """Set up the kernel of a notebook, once; elsewhere nothing is done."""
    shell = running_shell()
    if shell is None or hasattr(shell, "analysis_language"):
        return
    shell.analysis_language = Follower(shell)
    shell.events.register("pre_run_cell", shell.analysis_language)
    show_tables(shell)
    shell.analysis_language()


def show_tables(shell: Any) -> None:
    """Show tables in the language in use."""
    import pandas as pd

    pd.set_option("display.max_colwidth", None, "display.max_rows", None)
    forms = shell.display_formatter.formatters
    for kind in (pd.DataFrame, pd.Series):
        forms["text/plain"].for_type(kind, lambda it, page, _: page.text(repr(localized(it))))
    forms["text/html"].for_type(pd.DataFrame, lambda it: localized(it)._repr_html_())
