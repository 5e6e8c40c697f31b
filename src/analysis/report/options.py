"""What the options of the command line may be, told before anything runs with what is nearest."""

import math
import re
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.failures import quoted
from analysis.language.current import LANGUAGES
from analysis.problems import TableError
from analysis.report.rules import NUMBER, Between, OneOf, Rule, number_in

MOST_DOTS = 2400  # an inch: more than any press, and a page of them is half a gigabyte
MOST_WITHHELD = 1000  # people of a cell
MOST_ASSUMED = 10**11
PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
DATE_OR_RANGE = re.compile(r"[0-9]{1,7}(-[0-9]{1,7}){1,2}")


def _rounding(args: Namespace) -> Rule:
    from analysis.counts.rounding import RULES

    return OneOf(RULES)


def _method(args: Namespace) -> Rule:
    from analysis.inference.intervals import METHODS

    return OneOf((*METHODS, "hypergeometric"))


def _verdict(args: Namespace) -> Rule:
    from analysis.ledger.verdicts import VERDICTS

    return OneOf(VERDICTS)


def _status(args: Namespace) -> Rule:
    from analysis.ledger.table import STATUSES

    return OneOf(STATUSES)


def _paper(args: Namespace) -> Rule:
    from analysis.data.collection import document_folders

    names = [each.name for each in document_folders(paths.as_folder(args.folder or None))]
    return OneOf(names or [args.paper])


def _engine(args: Namespace) -> Rule:
    from analysis.responses.engines.moved import ENGINES

    return OneOf(ENGINES)


def _format(args: Namespace) -> Rule:
    from analysis.report.journal import KINDS

    return OneOf(KINDS, lead="")


def _language(args: Namespace) -> Rule:
    return OneOf((*LANGUAGES, *(["all"] if args.command == "reports" else [])), lead="")


def _font_size(args: Namespace) -> Rule:
    from analysis.outputs.pictures import LIMITS

    unit, least, most = LIMITS["font_size"]
    return Between(least, most, unit=unit)


def _width(args: Namespace) -> Rule:
    from analysis.outputs.pictures import LIMITS

    unit, least, most = LIMITS["width_mm"]
    return Between(least, most, unit=unit)


def _population(args: Namespace) -> Rule:
    return Between(getattr(args, "n", 1), math.inf, whole=True)


def _whole(least: int, most: float = math.inf) -> Callable[[Namespace], Rule]:
    return lambda args: Between(least, most, whole=True)


OPTIONS: dict[str, Callable[[Namespace], Rule]] = {
    "n": _whole(1),
    "population": _population,
    "up_to": _whole(1),
    "limit": _whole(1),
    "small": _whole(0, MOST_WITHHELD),
    "dpi": _whole(1, MOST_DOTS),
    "font_size": _font_size,
    "width": _width,
    "level": lambda args: Between(0, 1, is_open=True),
    "rounding": _rounding,
    "method": _method,
    "language": _language,
    "format": _format,
    "engine": _engine,
    "verdict": _verdict,
    "status": _status,
    "paper": _paper,
}
NUMBERS = ("level", "font_size")  # which the parser leaves as text
MANY_FILES = ("reports", "sweep", "survey", "tally")  # commands that fill a folder
SOURCES = (".ci", ".git", "benchmarks", "data", "docs", "notebooks", "src", "tests")


def check_options(args: Namespace) -> None:
    """Raise ValueError for an option that cannot be as it is; make numbers of text.

    args : Namespace
        What the parser returned: `command`, and the options of that command.

    >>> check_options(Namespace(command="counts", n=0))
    Traceback (most recent call last):
    ValueError: --n: wanted a whole number, 1 or more; got 0; the nearest is 1
    """
    if args.command in MANY_FILES and args.output:
        check_folder(args.output, args.command == "tally")
    for name, rule_of in OPTIONS.items():
        value = getattr(args, name, None)
        if value is None or (value == "" and name == "engine"):
            continue
        if args.command == "numbers" and name == "paper":
            continue  # no option
        for each in value if isinstance(value, list) else [value]:
            _check(name, each, rule_of(args))
        if name in NUMBERS:
            setattr(args, name, float(value))


def check_folder(output: str, is_document: bool = False) -> None:
    """Raise ValueError for a folder that holds the sources of the project, or lies among them.

    output : str
        Where many files are to be written.
    is_document : bool
        Whether they make a document, which may stand among those of the project.
    """
    folder, root = Path(output).resolve(), paths.ROOT.resolve()
    top = folder.relative_to(root).parts[:1] if folder.is_relative_to(root) else None
    fits = is_document and folder.parent == paths.RAW.resolve()
    if paths.CHECKOUT and top is not None and (not top or top[0] in SOURCES) and not fits:
        raise ValueError(
            f"--output {quoted(output)}: the project's own files are there; name a folder for what "
            "is written alone, such as made"
        )


def _check(name: str, value: Any, rule: Rule) -> None:
    """Raise ValueError for a value that a rule does not allow."""
    meant = value
    if name == "width":
        from analysis.report.journal import millimetres

        meant = millimetres(value)
    elif name in NUMBERS and NUMBER.fullmatch(str(value)) and "," not in str(value):
        meant = number_in(value)
    nearest = rule.nearest(meant)
    if nearest is not None:
        said = f"--{name.replace('_', '-')}: wanted {rule}; got {quoted(value)}"
        shown = f"{nearest:.12g}" if isinstance(nearest, float) else nearest
        raise ValueError(f"{said}; the nearest is {shown}{'mm' if name == 'width' else ''}")


def check_assumptions(texts: Sequence[str]) -> None:
    """Raise ValueError for a number that no document could print, assumed of a claim.

    texts : sequence of str
        Each `claim=number` or `setting=value`, see `ledger.changes`.

    >>> check_assumptions(["orchard-growers=38", "harvest=2010-03", "rounding=truncate"])
    >>> check_assumptions(["orchard-growers=-5"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: --assume orchard-growers: wanted a number ... got '-5'; the nearest is 0
    """
    from analysis.ledger.settings import parse_assumptions

    rule = Between(0, MOST_ASSUMED)
    for name, value in parse_assumptions(texts)[1].items():
        number = number_in(value) if PLAIN.fullmatch(value) else value
        nearest = None if DATE_OR_RANGE.fullmatch(value) else rule.nearest(number)
        if nearest is not None:
            said = f"wanted {rule}, or a range or date such as 25-29 or 2010-03"
            found = number_in(value)
            near = "" if found is None or math.isnan(found) else f"; the nearest is {nearest:.12g}"
            raise ValueError(f"--assume {quoted(name)[1:-1]}: {said}; got {quoted(value)}{near}")


@contextmanager
def assuming(texts: Sequence[str]) -> Iterator[None]:
    """Make what cannot be computed under assumptions within a `with` block one line."""
    try:
        yield
    except TableError as error:
        if not texts:
            raise
        many = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        said = f"--assume {' '.join(texts)}: then not everything can be computed"
        raise ValueError(f"{said}; {error.problems[0]}{many}") from error
