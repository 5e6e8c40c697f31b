"""What a notebook gets when its kernel loads the library: its language, and tables to be read."""

from typing import Any

from analysis.language.current import use_language
from analysis.language.shell import running_shell


def refusal(text: str) -> Exception:
    """Return the error of a cell whose `language` names none: one line, without a traceback."""
    from IPython.core.error import InputRejected

    class LanguageError(InputRejected, ValueError):
        def _render_traceback_(self) -> list[str]:
            return [f"{type(self).__name__}: {self}"]

    return LanguageError(text)


class Follower:
    """Keeps the language in use that the variable `language` of a notebook names."""

    def __init__(self, shell: Any) -> None:
        self.shell, self.seen = shell, None

    def visit(self, cell: Any) -> Any:
        """Follow the variable before a cell runs; IPython hands every cell to its transformers."""
        self.follow()
        return cell

    def follow(self) -> None:
        """Use the language, if the variable has changed: somebody may have chosen another since.

        Raises LanguageError, once for each value that names no language.
        """
        wanted = self.shell.user_ns.get("language", self.seen)
        if wanted != self.seen:
            self.seen = wanted
            try:
                use_language(wanted)
            except (ValueError, TypeError) as error:
                raise refusal(str(error)) from None


def prepare() -> None:
    """Set up the kernel of a notebook, once; elsewhere nothing is done.

    Raises LanguageError if the notebook has named a language already, and there is no such.
    """
    shell = running_shell()
    if shell is None:
        return
    if not hasattr(shell, "analysis_language"):
        shell.analysis_language = Follower(shell)
        shell.ast_transformers.append(shell.analysis_language)
        show_tables(shell)
    shell.analysis_language.follow()


def show_tables(shell: Any) -> None:
    """Show a table, a series or a dictionary that a cell ends with as a table to be read."""
    import pandas as pd

    from analysis.language.tables import html_table, is_plain, plain_table

    forms = shell.display_formatter.formatters
    for kind in (pd.DataFrame, pd.Series, dict):
        usual = forms["text/plain"].lookup_by_type(kind) if kind is dict else None

        def show(it: Any, page: Any, cycle: bool, usual: Any = usual) -> None:
            if len(page.stack) == 1 and is_plain(it):
                page.text(plain_table(it))
            elif usual:  # within a list, or a dictionary of others
                usual(it, page, cycle)
            else:
                page.text(repr(it))

        forms["text/plain"].for_type(kind, show)
        forms["text/html"].for_type(kind, html_table)


def forget() -> None:
    """Follow no language any more: the notebook that comes next has named none yet."""
    use_language("en")
    follower = getattr(running_shell(), "analysis_language", None)
    if follower is not None:
        follower.seen = None
