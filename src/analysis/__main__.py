"""The command line: `python -m analysis COMMAND`. Imports late, so that help comes at once."""

import argparse
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NoReturn, TextIO

from analysis import failures, paths
from analysis.language.current import LANGUAGES
from analysis.language.signs import Shown

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "auto"]
ORDER = ["--dist", "loadfile", "--no-loadscope-reorder"]  # as tests/conftest.py sorts them
NBVAL = ["-p", "analysis.report.nbval_ipc", "-p", "tests.replay", "--nbval"]
QUICK = "not browser and not translated and not elsewhere and not kernels and not cluster"
CHECKS = [
    *(["readme"], ["lint"], ["validate"], ["data"]),
    *(["reports", "--language", "all"], ["verify"], ["test", "--all", "--report", "reports"]),
]

REPAIR = {
    True: "delete .venv and call make again",
    False: "pip install 'kazakhstan-higher-education-compendium[report]' brings all there is",
}


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Print the line, cut where it repeats what has no end, and leave with status 2."""
        self.exit(2, f"error: {failures.cut(message)} (python -m analysis --help)\n")


def reports(args: argparse.Namespace) -> int:
    """Run what changed and write reports/."""
    from analysis.report.build import write_reports
    from analysis.report.elsewhere import scheduler

    params = pairs(args.param, "param")
    how = {"jobs": args.jobs, "language": args.language, "folder": args.output}
    with scheduler(args.scheduler) as executor:
        return write_reports(
            args.only, params, **how, **({"executor": executor} if executor else {})
        )


def sweep(args: argparse.Namespace) -> int:
    """Run a notebook at every point of a grid; write its tables as one, and how they move."""
    from analysis.report.elsewhere import scheduler
    from analysis.report.sweep import write_sweep

    how = {"jobs": args.jobs, "language": args.language, "limit": args.limit, "show": args.show}
    with scheduler(args.scheduler) as executor:
        return write_sweep(args.notebook, args.param, args.output, executor=executor, **how)


def whole(text: str) -> int:
    """Return a whole number of at most 15 digits, or raise ArgumentTypeError."""
    if not re.fullmatch("[+-]?[0-9]{1,15}", text, re.ASCII):
        wanted = f"wanted a whole number of at most 15 digits; got {text[:40]!a}"
        raise argparse.ArgumentTypeError(f"{wanted}; the nearest is {nearest_whole(text)}")
    return int(text)


def nearest_whole(text: str) -> int:
    """Return the whole number of at most 15 digits that a text comes nearest to, at least 1.

    >>> nearest_whole("9" * 40), nearest_whole("12.6"), nearest_whole("1O3"), nearest_whole("x")
    (999999999999999, 13, 1, 1)
    """
    found = re.match("[0-9]{1,300}([.,][0-9]{1,20})?", text, re.ASCII)
    number = float(found[0].replace(",", ".")) if found else 1
    return min(max(round(number), 1), 10**15 - 1)


def positive(text: str) -> int:
    """Return a whole number of at least 1; ArgumentTypeError with the nearest for another."""
    if not re.fullmatch("[+-]?[0-9]{1,9}", text, re.ASCII) or int(text) < 1:
        wanted = f"wanted a whole number, 1 or more; got {text[:40]!a}; the nearest is 1"
        raise argparse.ArgumentTypeError(wanted)
    return int(text)


def pairs(items: Sequence[str] | None, option: str) -> dict[str, str]:
    """Return name and value of each NAME=VALUE of an option, or raise ValueError."""
    found = {}
    for item in items or []:
        name, equals, value = item.partition("=")
        if not (name and equals):
            raise ValueError(f"--{option} {item[:40]!a}: write NAME=VALUE")
        found[name] = value
    return found


def survey(args: argparse.Namespace) -> int:
    """Write up a survey of your own: codebook (then stops), tallies, notebook, report."""
    from analysis.report.own_survey import check_settable, write_own_survey

    given = pairs(args.set, "set")
    check_settable(given)
    choices = {"language": args.language, "small": args.small, **given}
    print(*write_own_survey(args.file, args.codebook, args.output, **choices), sep="\n")
    return 0


def figure(args: argparse.Namespace) -> int:
    """Write one figure as a journal wants it: width, type, format, language, parameters."""
    from analysis.report.journal import export_figure, millimetres

    given = {
        "width_mm": millimetres(args.width) if args.width else None,
        "font_size": args.font_size,
        "titles": not args.no_titles,
        "dpi": args.dpi,
    }
    made = export_figure(
        args.name, given, args.format, pairs(args.set, "set"), args.language, args.output
    )
    print(*made, sep="\n")
    return 0


def store(args: argparse.Namespace) -> int:
    """Run notebooks and keep their outputs in them, for `test` to compare."""
    from analysis.report.stored import store_outputs

    return store_outputs(args.notebooks)


def data(args: argparse.Namespace) -> int:
    """Write data/processed/ from data/raw/."""
    from analysis.report.processed import write_processed

    write_processed()
    return 0


def validate(args: argparse.Namespace) -> int:
    """Check every table of a data folder; print one line an error, write nothing."""
    from analysis.data.tables import check_folder
    from analysis.ledger.problems import claim_problems

    named = args.within or args.folder
    folder = Path(named) if named else paths.RAW
    problems = check_folder(folder) or claim_problems(folder)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def readme(args: argparse.Namespace) -> int:
    """Bring computed files up to date: parts of the READMEs, CITATION.cff, codecheck.yml."""
    from analysis.outputs import write_whole
    from analysis.report.codecheck import FILE, codecheck_text
    from analysis.report.readme import updated_files

    texts = updated_files() | {FILE: codecheck_text()}  # all of them before one is written
    for file, text in texts.items():
        if not file.exists() or file.read_text("utf-8") != text:
            write_whole(file, text.encode("utf-8"))
            print(f"brought up to date: {os.path.relpath(file, paths.ROOT)}")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Compare a report with codecheck.sha256, file by file; --update makes that list anew."""
    from analysis.report import verify

    if args.update:
        print(f"written: {os.path.relpath(verify.update(args.folder), paths.ROOT)}")
        return 0
    return verify.tell(paths.as_folder(args.folder, paths.REPORTS), args.record)


def catalogues(args: argparse.Namespace) -> int:
    """Bring the gettext catalogues up to date with what there is to translate."""
    from analysis.report.catalogues import update_catalogues

    print(*update_catalogues(), sep="\n")
    return 0


def lab(args: argparse.Namespace) -> int:
    """Open JupyterLab on the notebooks."""
    return _run([sys.executable, "-m", "jupyterlab", str(paths.NOTEBOOKS)])


def lint(args: argparse.Namespace) -> int:
    """Check the style of code and notebooks."""
    names = ("install.py", "src", "tests", "notebooks", "benchmarks")
    places = [name for name in names if (paths.ROOT / name).exists()]
    ruff = [sys.executable, "-m", "ruff"]
    checks = [[*ruff, "check", *places], [*ruff, "format", "--check", *places]]
    return max([_run(check) for check in checks])


def test(args: argparse.Namespace) -> int:
    """Run unit tests, docstring examples and the notebooks against their outputs, side by side."""
    from analysis.report.environment import fixed_environment

    which = [] if args.all else ["-m", QUICK]
    report = ["--report", args.report] if args.report else []
    places = [str(paths.NOTEBOOKS), "src", "tests"]
    return _run([*PYTEST, *ORDER, *NBVAL, *which, *report, *places], fixed_environment())


def check(args: argparse.Namespace) -> int:
    """Do all that CI runs, also after a failure; the tests read the report that was built."""
    failed = []
    for words in CHECKS:
        print(f"-- {' '.join(words)}", flush=True)
        if main(words):
            failed.append(words[0])
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def clean(args: argparse.Namespace) -> int:
    """Remove data/processed/ and reports/."""
    for folder in (paths.PROCESSED, paths.REPORTS):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def counts(args: argparse.Namespace) -> int:
    """Print the head-counts behind a percentage."""
    from analysis.calculator import counts_table, show

    nothing = f"no whole number of {args.n} people prints as {args.printed}"
    table = counts_table(args.printed, args.n, args.rounding)
    show(table, nothing, args.json)
    if not args.json and len(table) and not table["power"].any():
        print("power 0: out of so many people every such percentage is possible; no evidence")
    return 0


def bases(args: argparse.Namespace) -> int:
    """Print the bases that make percentages possible together."""
    from analysis.calculator import bases_table, show

    nothing = f"no base up to {args.up_to} makes all of them possible"
    table = bases_table(args.printed, args.up_to, args.exhaustive, args.rounding)
    show(table, nothing, args.json)
    return 0


def interval(args: argparse.Namespace) -> int:
    """Print the confidence interval of a percentage, in percent."""
    from analysis.calculator import interval_table, show

    nothing = f"no whole number of {args.n} people prints as {args.printed}"
    choices = {"level": args.level, "method": args.method, "population": args.population}
    show(interval_table(args.printed, args.n, args.rounding, **choices), nothing, args.json)
    return 0


def ledger(args: argparse.Namespace) -> int:
    """Print the claims of the documents with their verdicts, or what an assumption changes."""
    from analysis.ledger.explain import explain
    from analysis.ledger.summaries import changes, chosen, show_changes, show_ledger
    from analysis.ledger.table import ledger_table
    from analysis.report.options import assuming, check_assumptions

    folder = Path(args.folder) if args.folder else paths.RAW
    check_assumptions(args.assume)
    if args.explain or args.assume:
        with assuming(args.assume):
            if args.explain:
                print(explain(args.explain, folder, args.assume))
            else:
                show_changes(changes(args.assume, folder), args.csv)
    else:
        rows = chosen(
            ledger_table(folder),
            args.text,
            paper=args.paper,
            verdict=args.verdict,
            status=args.status,
        )
        show_ledger(rows, "csv" if args.csv else "json" if args.json else "text")
    return 0


def numbers(args: argparse.Namespace) -> int:
    """List the numbers of a document's text that no claim covers, with the reason."""
    from analysis.calculator import show
    from analysis.ledger.text import read_text
    from analysis.ledger.uncovered import anchor_problems, uncovered_in_paper

    folder = Path(args.folder) if args.folder else paths.RAW
    text = read_text(args.file)
    table = uncovered_in_paper(args.paper, text, args.words, folder)
    problems = anchor_problems(args.paper, text, folder)
    print(*(f"{line}\n" for line, _ in problems), sep="", end="", file=sys.stderr)
    show(table, "every number is covered by a claim", args.json)
    return 1 if (table["reason"] == "").any() or any(counts for _, counts in problems) else 0


def codebook(args: argparse.Namespace) -> int:
    """Draft the codebook of a file of answers, to be edited; say what was guessed, how sure."""
    from analysis.survey.commands import write_codebook

    print(*write_codebook(args.file, args.output, args.sheet, args.force), sep="\n")
    return 0


def tally(args: argparse.Namespace) -> int:
    """Count a file of answers by its codebook; write the folder of a document."""
    from analysis.survey.commands import write_tally

    names = ("weights", "population", "small", "engine", "sheet", "master")
    choices = {name: getattr(args, name) for name in names}
    print(*write_tally(args.file, args.codebook, args.output, **choices), sep="\n")
    return 0


COMMANDS = {
    command.__name__: command
    for command in (
        *(reports, sweep, figure, survey, data, test, check, lab, lint, clean),
        *(validate, verify, store, catalogues, readme),
        *(ledger, numbers, counts, bases, interval, codebook, tally),
    )
}


UNCHECKED = {"data", "test", "check", "lab", "lint", "clean", "validate", "readme"}  # no values
ANYWHERE = {
    *("validate", "ledger", "numbers", "counts", "bases", "interval"),
    *("codebook", "tally"),
}


def elsewhere(command: str) -> str:
    """Return a line if a command needs a checkout and this is an installed copy, or nothing."""
    if paths.CHECKOUT or command in ANYWHERE:
        return ""
    return (
        f"{command}: this is an installed copy, without notebooks; clone the repository "
        f"and run it there (here: {', '.join(sorted(ANYWHERE))})"
    )


def parser() -> Parser:
    """Return the parser of the command line."""
    top = Parser(prog="python -m analysis", description="Reproduce and audit the documents.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    sub = {
        name: commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        for name, command in COMMANDS.items()
    }
    said = "show where a failure comes from: its traceback; before or after COMMAND"
    for each in (top, *sub.values()):
        each.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=said)
    for name, metavar in (("only", "SLUG"), ("param", "NAME=VALUE")):
        sub["reports"].add_argument(f"--{name}", nargs="+", action="extend", metavar=metavar)
    sub["sweep"].add_argument("notebook", metavar="SLUG")
    values = {"nargs": 2, "action": "append", "default": [], "metavar": ("NAME", "VALUES")}
    ways = "START:END:STEP, A,B,C or one value"
    sub["sweep"].add_argument("-p", "--param", help=ways, **values)
    sub["sweep"].add_argument("--limit", type=whole, default=1000, metavar="POINTS")
    sub["sweep"].add_argument(
        "--show", nargs="+", action="extend", default=[], metavar="TABLE:COLUMN"
    )
    sub["sweep"].add_argument("-o", "--output", metavar="FOLDER")
    sub["sweep"].add_argument("--language", default="en", metavar="|".join(LANGUAGES))
    for name in ("reports", "sweep"):
        sub[name].add_argument("--jobs", type=positive, metavar="N")
        sub[name].add_argument("--scheduler", metavar="tcp://HOST:PORT")
    sub["reports"].add_argument("--language", default="en", metavar="|".join([*LANGUAGES, "all"]))
    sub["reports"].add_argument("-o", "--output", metavar="FOLDER", help="instead of reports")
    sub["survey"].add_argument("file", metavar="FILE")
    sub["survey"].add_argument("--codebook", default="codebook.csv", metavar="FILE")
    sub["survey"].add_argument("--language", default="en", metavar="|".join(LANGUAGES))
    sub["survey"].add_argument("--set", nargs="+", action="extend", metavar="NAME=VALUE")
    sub["survey"].add_argument("--small", type=whole, default=0, metavar="5")
    sub["survey"].add_argument("-o", "--output", default="mine", metavar="FOLDER")
    sub["figure"].add_argument("name", metavar="NAME")
    sub["figure"].add_argument("--width", metavar="84mm")
    sub["figure"].add_argument("--font-size", metavar="POINTS")
    sub["figure"].add_argument("--no-titles", action="store_true")
    sub["figure"].add_argument("--format", nargs="+", default=["pdf"], metavar="pdf|eps|tiff|...")
    sub["figure"].add_argument("--dpi", type=whole, default=600, metavar="DOTS")
    sub["figure"].add_argument("--language", default="en", metavar="|".join(LANGUAGES))
    sub["figure"].add_argument("--set", nargs="+", action="extend", metavar="NAME=VALUE")
    sub["figure"].add_argument("-o", "--output", default=".", metavar="FOLDER")
    sub["test"].add_argument("--all", action="store_true", help="what takes minutes, too")
    sub["test"].add_argument("--report", metavar="FOLDER", help="the report that the tests read")
    sub["store"].add_argument("notebooks", nargs="*", metavar="SLUG")
    for name in ("validate", "verify"):
        sub[name].add_argument("folder", nargs="?", metavar="FOLDER")
    sub["verify"].add_argument("--update", action="store_true", help="write codecheck.sha256")
    sub["verify"].add_argument("--record", metavar="FILE", help="where to keep what was found")
    sub["validate"].add_argument("--folder", dest="within", metavar="FOLDER")
    for name in ("paper", "verdict", "status", "text"):
        sub["ledger"].add_argument(f"--{name}", metavar=name.upper())
    sub["ledger"].add_argument("--explain", metavar="CLAIM")
    sub["ledger"].add_argument("--csv", action="store_true")
    sub["ledger"].add_argument(
        "--assume", action="append", default=[], metavar="CLAIM=NUMBER|SETTING=VALUE"
    )
    sub["numbers"].add_argument("paper", metavar="PAPER")
    sub["numbers"].add_argument("file", metavar="FILE")
    sub["numbers"].add_argument("--words", action="store_true")
    for name in ("ledger", "numbers"):
        sub[name].add_argument("--folder", metavar="FOLDER", help="instead of data/raw")
    sub["counts"].add_argument("printed", metavar="PRINTED")
    sub["bases"].add_argument("printed", nargs="+", metavar="PRINTED")
    sub["bases"].add_argument("--up-to", type=whole, required=True, metavar="N")
    sub["bases"].add_argument("--exhaustive", action="store_true")
    sub["interval"].add_argument("printed", metavar="PRINTED")
    sub["interval"].add_argument("--population", type=whole, metavar="N")
    sub["interval"].add_argument("--level", default="0.95")
    sub["interval"].add_argument("--method", default="wilson")
    for name in ("counts", "interval"):
        sub[name].add_argument("--n", type=whole, required=True, metavar="N")
    for name in ("counts", "bases", "interval"):
        sub[name].add_argument("--rounding", default="half-any")
    for name in ("counts", "bases", "interval", "ledger", "numbers"):
        sub[name].add_argument("--json", action="store_true")
    for name in ("codebook", "tally"):
        sub[name].add_argument("file", metavar="FILE")
        sub[name].add_argument("--sheet", default="", metavar="NAME", help="of a workbook")
    sub["codebook"].add_argument("-o", "--output", default="codebook.csv", metavar="CODEBOOK")
    sub["codebook"].add_argument("--force", action="store_true", help="also over an edited one")
    sub["tally"].add_argument("--codebook", required=True, metavar="CODEBOOK")
    sub["tally"].add_argument("-o", "--output", required=True, metavar="FOLDER")
    sub["tally"].add_argument("--weights", default="", metavar="COLUMN")
    sub["tally"].add_argument("--population", type=whole, metavar="N")
    withheld = "withhold cells of fewer people"
    sub["tally"].add_argument("--small", type=whole, default=0, metavar="5", help=withheld)
    sub["tally"].add_argument("--engine", default="", metavar="duckdb|pandas|polars|spark")
    sub["tally"].add_argument("--master", default="", metavar="URL", help="of a Spark cluster")
    return top


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=paths.ROOT, env=environment).returncode


def main(argv: Sequence[str] | None = None) -> int:
    """Do one command; return its exit status. Nothing acts on the terminal that it prints."""
    out, err = _writable(sys.stdout), _writable(sys.stderr)
    with redirect_stdout(Shown(out)), redirect_stderr(Shown(err)), warnings.catch_warnings():
        return _done(argv)


def _writable(stream: TextIO | None) -> TextIO:
    """Return a stream that takes any letter; nowhere if there is none, as after `>&-`."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper) and "utf" not in stream.encoding.lower():
        stream.reconfigure(errors="backslashreplace")
    return stream


def warn_briefly() -> None:
    """Let a warning be one line, and be told once, unless all that is known was asked for."""
    told: set[str] = set()

    def tell(message: Warning | str, *_: Any) -> None:
        if (line := f"warning: {' '.join(str(message).split())}") not in told:
            told.add(line)
            print(line, file=sys.stderr)

    warnings.showwarning = tell


def _done(argv: Sequence[str] | None) -> int:
    """Do one command; return its exit status, 2 with one line where it cannot be done."""
    args = parser().parse_args(argv)
    failures.show_all("debug" in args)
    if args.command in ANYWHERE and "debug" not in args:
        warn_briefly()
    if said := elsewhere(args.command):
        print(f"error: {said}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` is reached
    # jsonschema imports this if it is there, for a kind of address that notebooks have not; to
    # build its grammar takes more than a second.
    sys.modules.setdefault("rfc3987_syntax", None)
    try:
        if args.command not in UNCHECKED:
            from analysis.report.options import check_options

            check_options(args)
        status = COMMANDS[args.command](args)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read the output has had enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except ModuleNotFoundError as error:
        failures.tell(error, f"; {REPAIR[paths.CHECKOUT]}")
    except (ValueError, TypeError, OSError) as error:
        failures.tell(error)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except Exception as error:
        failures.tell(error, expected=False)
    return 2


if __name__ == "__main__":
    sys.exit(main())
