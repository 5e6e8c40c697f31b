"""What can be wrong with a file of the data, said one way: file, row, column, value, rule."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from analysis import paths

REPORTED = 20


class Problem(NamedTuple):
    """What is wrong in one place; row 0 is the whole file, column "" the whole row."""

    row: int
    column: str
    text: str


class BrokenFileError(ValueError):
    """A file that is no table; `problems` holds one `Problem` a fault."""

    def __init__(self, *problems: Problem):
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = list(problems)


class TableError(ValueError):
    """What is wrong with a table, a line a problem: the first twenty, then a count."""

    def __init__(self, problems: list[str]):
        more = [f"... and {len(problems) - REPORTED} more problems"]
        super().__init__("\n".join(problems[:REPORTED] + more * (len(problems) > REPORTED)))
        self.problems = problems


def problem_line(file: Path, problem: Problem) -> str:
    """Return one line: file, row, column, what is wrong."""
    absolute = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
    below = absolute.is_relative_to(paths.ROOT)
    place = (absolute.relative_to(paths.ROOT) if below else file).as_posix()
    place = place if place.isprintable() else ascii(place)
    row = f", row {problem.row}" if problem.row else ""
    column = f", column {problem.column}" if problem.column else ""
    return f"{place}{row}{column}: {problem.text}"


def table_error(file: Path, problems: Iterable[Problem]) -> TableError:
    """Return the error that says what is wrong with one file."""
    return TableError([problem_line(file, problem) for problem in problems])


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Make what goes wrong within a `with` block a TableError that names a file."""
    try:
        yield
    except TableError:
        raise
    except BrokenFileError as error:
        raise table_error(file, error.problems) from None
    except ValueError as error:
        raise table_error(file, [Problem(0, "", str(error))]) from None
