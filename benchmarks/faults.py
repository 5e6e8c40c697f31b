"""Planted faults, each of which the tests must find.

    python benchmarks/faults.py            # all of them
    python benchmarks/faults.py unit link  # those

Each is planted in a copy of the project that is thrown away, and a selection of the tests is run
there, which passes without the fault. One line a fault says which test has caught it; the exit
status is 1 if any was not caught, has no place any more, or its tests fail without it too.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT = shutil.ignore_patterns(
    *(".git", ".venv*", "processed", "__pycache__", ".*_cache", ".cache", ".hypothesis")
)
DRAWN = "is_drawn_by or manifest_is_up"
SITE = ["-k", "judges or leads_somewhere or list_what"]
DOT = (  # a picture of one point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BUILT = "tests/report/test_stored_outputs.py"

Change = Callable[[str], str]


@dataclass(frozen=True)
class Fault:
    """What is planted, where, and what must find it.

    name : str
        What is wrong, in a word or two.
    files : str
        A pattern below the project; the fault is planted in the first file that has the place.
    change : callable
        Returns the text of the file with the fault; LookupError if the place is not there.
    tests : tuple of str
        What pytest is called with.
    """

    name: str
    files: str
    change: Change
    tests: tuple[str, ...]


def swapped(old: str, new: str) -> Change:
    """Return a change of the first match of a pattern; `new` as `re.sub` takes it."""

    def change(text: str) -> str:
        changed = re.sub(old, new, text, count=1, flags=re.MULTILINE)
        if changed == text:
            raise LookupError(f"{old!r} is not there, or the change changes nothing")
        return changed

    return change


def next_digit(pattern: str) -> Change:
    """Return a change of the digit that is the group of a pattern's first match."""

    def change(text: str) -> str:
        found = re.search(pattern, text, re.MULTILINE)
        if not found:
            raise LookupError(f"{pattern!r} is not there")
        digit = str((int(found[1]) + 1) % 10)
        return text[: found.start(1)] + digit + text[found.end(1) :]

    return change


def in_output(kind: str, spoil: Callable[[dict, dict], None]) -> Change:
    """Return a change of the last stored output of a notebook that has a kind of data."""

    def change(text: str) -> str:
        notebook = json.loads(text)
        places = [
            (cell, output)
            for cell in notebook["cells"]
            for output in cell.get("outputs", [])
            if kind in output.get("data", output)
        ]
        if not places:
            raise LookupError(f"no output has {kind}")
        spoil(*places[-1])
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    return change


def other_number(cell: dict, output: dict) -> None:
    """Change the digits of what a cell shows."""
    given = "".join(output["data"]["text/plain"])
    shown = re.sub(r"[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), given)
    assert shown != given
    output["data"]["text/plain"] = shown


def other_picture(cell: dict, output: dict) -> None:
    """Put a picture of one point in the place of one."""
    output["data"]["image/png"] = DOT


FAULTS = [
    # what a person types in
    Fault(
        "a digit in a table",
        "data/raw/*/tallies.csv",
        next_digit(r"^(?:[^,\n]*,){3}[0-9]([0-9]),"),
        ("tests/report/test_readme.py",),
    ),
    Fault(
        "a unit in a table",
        "data/raw/*/tallies.csv",
        swapped(r",percent,", ",people,"),
        ("tests/report/test_readme.py", "tests/documents/test_figures_of_questions.py"),
    ),
    Fault(
        "what an outside source says",
        "data/raw/*/external_facts.csv",
        swapped(r",contradicted,", ",confirmed,"),
        ("tests/documents/test_ledger_of_documents.py", "-k", "outside"),
    ),
    Fault(
        "a figure that no notebook draws",
        "notebooks/*.ipynb",
        swapped(r"write_figure\((.*)\\\"([a-z0-9-]+)\\\"\)", r"write_figure(\1\"\2-b\")"),
        ("tests/report/test_notebooks.py", "tests/report/test_codecheck.py", "-k", DRAWN),
    ),
    Fault(
        "a field of CITATION.cff",
        "CITATION.cff",
        next_digit(r"^  year: [0-9]{3}([0-9])$"),
        ("tests/report/test_readme.py",),
    ),
    Fault(
        "the version of CITATION.cff",
        "CITATION.cff",
        swapped(r"^version: .*$", "version: 99.0"),
        ("tests/report/test_codecheck.py",),
    ),
    Fault(
        "a number of the README",
        "README.md",
        next_digit(r"^\| [a-z]+ \| [0-9]*([0-9]) \|"),
        ("tests/report/test_readme.py",),
    ),
    Fault(
        "an output that codecheck.yml does not list",
        "codecheck.yml",
        swapped(r"^- file: reports/figures/.*\n  comment: .*\n", ""),
        ("tests/report/test_codecheck.py",),
    ),
    # what is stored with the notebooks
    Fault(
        "a stored output",
        "notebooks/*9-*.ipynb",
        in_output("text/html", lambda cell, output: output["data"].update({"text/html": "<b>"})),
        (BUILT,),
    ),
    Fault(
        "a deleted output",
        "notebooks/*9-*.ipynb",
        in_output("text/html", lambda cell, output: cell["outputs"].remove(output)),
        (BUILT,),
    ),
    Fault(
        "a replaced picture",
        "notebooks/*9-*.ipynb",
        in_output("image/png", other_picture),
        (BUILT,),
    ),
    Fault(
        "the description of a picture",
        "notebooks/*9-*.ipynb",
        in_output(
            "image/png", lambda cell, output: output["metadata"]["image/png"].update(alt="None.")
        ),
        (BUILT,),
    ),
    Fault(
        "a stored number, by nbval",
        "notebooks/*9-*.ipynb",
        in_output("text/html", other_number),
        ("--nbval", "notebooks"),
    ),
    # translations
    Fault(
        "a number in a translation",
        "notebooks/locale/*.po",
        next_digit(r'^msgstr ".*[^0-9{.:][0-9]([0-9])[^0-9}]'),
        ("tests/language/test_language.py", "-k", "has_the_numbers"),
    ),
    Fault(
        "a placeholder in a translation",
        "src/analysis/language/locale/*/LC_MESSAGES/library.po",
        swapped(r'^(msgstr ".*)\{[a-z]+\}', r"\1…"),
        ("tests/language/test_language.py", "-k", "keeps"),
    ),
    Fault(
        "a translation that is missing",
        "src/analysis/language/locale/*/LC_MESSAGES/site.po",
        swapped(r'^msgstr "[^"\n]+"$', 'msgstr ""'),
        ("tests/language/test_language.py", "-k", "missing"),
    ),
    # the library
    Fault(
        "a rounding rule",
        "src/analysis/counts/rounding.py",
        swapped(r'"half-up": \(True, False\)', '"half-up": (True, True)'),
        ("tests/counts/test_rounding.py",),
    ),
    Fault(
        "a head-count at the end of a range",
        "src/analysis/counts/ranges.py",
        swapped(r"scaled // whole \+ 1", "scaled // whole"),
        ("tests/counts/test_head_counts.py",),
    ),
    Fault(
        "a threshold",
        "src/analysis/counts/granularity.py",
        swapped(r"^FLOOR = 0\.75", "FLOOR = 0.5"),
        ("tests/counts", "tests/ledger", "tests/survey"),
    ),
    Fault(
        "a check that says yes always",
        "src/analysis/ledger/checks/shares.py",
        swapped(r'Reading\("", bool\(counts\),', 'Reading("", True,'),
        ("tests/ledger/test_checks.py",),
    ),
    Fault(
        "a verdict that is too mild",
        "src/analysis/ledger/verdicts.py",
        swapped(r'found\("inconsistent"', 'found("conditional"'),
        ("tests/ledger/test_checks.py",),
    ),
    Fault(
        "a verdict that is too sure",
        "src/analysis/ledger/verdicts.py",
        swapped(r"^    sure = power == 1", "    sure = power >= 0.5"),
        ("tests/ledger",),
    ),
    Fault(
        "the correction of an interval",
        "src/analysis/inference/intervals.py",
        swapped(r"effective = \(n - 1\) \* population", "effective = n * population"),
        ("tests/inference/test_intervals.py",),
    ),
    Fault(
        "a decision that depends on rounding",
        "src/analysis/inference/bounds.py",
        swapped(r"return self\.decisions\[0\] if self\.robust", "return self.decisions[0] if True"),
        ("tests/inference/test_bounds.py", "tests/inference/test_bounds_shown.py"),
    ),
    Fault(
        "a digest that misses an input",
        "src/analysis/report/inputs.py",
        swapped(r'"lock": digests\[name_of\(str\(LOCK\)\)\],', '"lock": "",'),
        ("tests/report/test_build.py", "-k", "rests_on"),
    ),
    Fault(
        "a kept result that forgets its data",
        "src/analysis/data/kept.py",
        swapped(r"^    parts = \[read, ", "    parts = ["),
        ("tests/data/test_kept.py",),
    ),
    # figures
    Fault(
        "a figure's value",
        "src/analysis/figures/percentages.py",
        swapped(r"draw_mark\(chart\.axes, row\.share,", "draw_mark(chart.axes, row.share + 1,"),
        ("tests/figures/test_figures.py", "tests/documents/test_figures_of_questions.py"),
    ),
    Fault(
        "the label of an axis",
        "src/analysis/figures/quantities.py",
        swapped(r"chart\.axes\.set_xlabel\(axis,", 'chart.axes.set_xlabel("",'),
        ("tests/figures/test_figures.py", "tests/figures/test_drawings.py"),
    ),
    Fault(
        "an alternative text",
        "src/analysis/figures/style.py",
        swapped(r'parts = \[said\["title"\], said\["subtitle"\], .*\]', 'parts = [said["title"]]'),
        ("tests/figures/test_figures.py", "-k", "alternative"),
    ),
    Fault(
        "the colour of a status",
        "src/analysis/figures/style.py",
        swapped(r'"holds": Mark\("#005a8f", "#005a8f"', '"holds": Mark("#a63c00", "#a63c00"'),
        ("tests/figures/test_figures.py", "-k", "colours"),
    ),
    # the site
    Fault(
        "a template without the verdicts",
        "src/analysis/report/site/pages/ledger.html",
        swapped(
            r'data-status="\{\{ claim\.status \}\}" data-verdict="\{\{ claim\.verdict \}\}"', ""
        ),
        ("tests/site/test_judgements.py", "tests/site/test_site.py", *SITE),
    ),
    Fault(
        "a link",
        "src/analysis/report/site/pages/index.html",
        swapped(r'<a href="ledger\.html">', '<a href="ledgers.html">'),
        ("tests/site/test_judgements.py", "tests/site/test_site.py", *SITE),
    ),
    Fault(
        "a list that is shorter than its number",
        "src/analysis/report/site/pages/document.html",
        swapped(r'<ul class="wrong">', '<ul class="right">'),
        ("tests/site/test_judgements.py", "tests/site/test_site.py", *SITE),
    ),
    Fault(
        "a text that is not escaped",
        "src/analysis/report/site/templates.py",
        swapped(r"_templates\(autoescape=True\)", "_templates(autoescape=False)"),
        ("tests/report/test_hostile.py", "-k", "escaped_on_a_page"),
    ),
    Fault(
        "a hash of the policy",
        "src/analysis/report/site/policy.py",
        swapped(r"'sha256-\{base64", "'sha256-x{base64"),
        ("tests/report/test_hostile.py", "-k", "the_policy or unknown_script"),
    ),
    Fault(
        "a policy that lets scripts run",
        "src/analysis/report/site/policy.py",
        swapped(r"\"'self' file: \{' '\.join", "\"'self' file: 'unsafe-inline' {' '.join"),
        ("tests/report/test_hostile.py", "-k", "the_policy or unknown_script"),
    ),
    # a survey of one's own
    Fault(
        "an answer of the example",
        "data/examples/*/invented-*.csv",
        swapped(r'"Woman"', '"Man"'),
        ("tests/responses/test_example.py",),
    ),
    Fault(
        "small cells that an earlier run left",
        "src/analysis/report/own_survey.py",
        swapped(r"remove_orphans\(folder, set\(\)\)", "[]"),
        ("tests/test_your_own_survey.py", "-k", "earlier_run"),
    ),
    Fault(
        "a kind of question that a notebook needs without saying so",
        "notebooks/*-your-survey.ipynb",
        swapped(r"if together else None", "if True else None"),
        ("tests/report/test_your_survey.py",),
    ),
]


def copied(folder: Path) -> Path:
    """Copy the project; the report that pytest keeps comes along, so that little is to be run."""
    shutil.copytree(ROOT, folder, ignore=LEFT)
    kept = ROOT / ".pytest_cache" / "d" / "report"
    if kept.is_dir() and not (folder / "reports").exists():
        shutil.copytree(kept, folder / "reports")
    return folder


def run(project: Path, tests: tuple[str, ...], *options: str) -> tuple[int, str]:
    """Return pytest's exit status in the copy, and the first test that failed with its reason."""
    words = ["-q", "-x", "-p", "tests.replay", "--report", "reports", *options, *tests]
    environment = os.environ | {
        **{"PYTHONPATH": str(project / "src"), "PYTHONHASHSEED": "0", "TZ": "UTC"},
        **{"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )
    failed = re.findall(r"^(?:FAILED|ERROR) (.*)$", done.stdout, re.MULTILINE)
    if done.returncode not in (0, 1, 2) or (done.returncode and not failed):
        raise RuntimeError(f"pytest {' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode, failed[0] if failed else ""


@contextmanager
def planted(project: Path, fault: Fault) -> Iterator[Path]:
    """Plant a fault, in the first file that has the place, and take it out again.

    Raises LookupError if no file has it.
    """
    wrong = [f"no file {fault.files}"]
    for file in sorted(project.glob(fault.files)):
        original = file.read_text("utf-8")
        try:
            changed = fault.change(original)
        except LookupError as error:
            wrong.append(f"{file.relative_to(project)}: {error}")
            continue
        file.write_text(changed, "utf-8")
        try:
            yield file.relative_to(project)
        finally:
            file.write_text(original, "utf-8")
        return
    raise LookupError(wrong[-1])


def failing(project: Path, faults: list[Fault]) -> dict[tuple[str, ...], str]:
    """Return the selections that fail where nothing is planted, each with its first failure."""
    selections = list(dict.fromkeys(fault.tests for fault in faults))
    found = {}
    for place, tests in enumerate(selections, 1):
        print(f"without a fault: {place} of {len(selections)}", file=sys.stderr)
        status, said = run(project, tests)
        if status:
            found[tests] = said
    return found


def outcome(project: Path, fault: Fault) -> tuple[bool, str]:
    """Return whether a fault was caught, and by what; where it has no place, that it has none."""
    try:
        with planted(project, fault) as file:
            status, said = run(project, fault.tests)
    except LookupError as error:
        return False, f"CANNOT BE PLANTED: {error}"
    return bool(status), f"({file}) {said or 'NOT CAUGHT'}"


def main(names: list[str]) -> int:
    """Plant the faults whose names hold one of the words given; return 1 if one is not caught."""
    faults = [f for f in FAULTS if not names or any(name in f.name for name in names)]
    caught = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        project = copied(Path(folder) / "project")
        wrong = failing(project, faults)
        for fault in faults:
            if fault.tests in wrong:
                found, said = False, f"FAILS WITHOUT IT TOO: {wrong[fault.tests]}"
            else:
                found, said = outcome(project, fault)
            caught += found
            print(f"{fault.name}: {said}"[:200], flush=True)
    print(f"{caught} of {len(faults)} planted faults were caught")
    return int(caught < len(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
