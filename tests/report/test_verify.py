"""A report is compared with the published list, file by file, by anybody on any machine."""

import hashlib
import json
import shutil
import subprocess

import pytest
import yaml

from analysis.__main__ import main
from analysis.report import codecheck, verify
from analysis.report.settings import SETTINGS

PAGE = '<html lang="en"><body>\n<p>12</p>\n</body></html>'
LINKS = """
      
        <div class="navbar-item">
<nav class="languages" aria-label="Language">
<a lang="ru" href="ru/index.html">x</a>
</nav>
</div>"""
FILES = {
    "index.html": PAGE,
    "claims/rain.html": PAGE,
    "figures/rain.svg": "<svg/>",
    "figures/rain@2x.png": "dots",
    "tables/rain.csv": "day\n1\n",
}
BESIDE = ["_static/site.css", "_images/a.png", ".state/a.json", ".site.json", "ru/index.html"]


def put(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Return a report that is published: both lists have just its files."""
    monkeypatch.setattr(codecheck, "FILE", tmp_path / "codecheck.yml")
    monkeypatch.setattr(codecheck, "DIGESTS", tmp_path / "codecheck.sha256")
    entries = [{"file": f"reports/{name}", "comment": "x"} for name in FILES]
    codecheck.FILE.write_text(yaml.safe_dump({"manifest": entries}), encoding="utf-8")
    folder = tmp_path / "reports"
    put(folder, FILES)
    assert main(["verify", str(folder), "--update"]) == 0
    return folder


def test_a_report_as_published_is_equal_whatever_else_the_folder_holds(report, capsys):
    put(report, dict.fromkeys(BESIDE, "x"))
    put(report / "variants" / "level=0.9", FILES)
    capsys.readouterr()
    assert main(["verify", str(report)]) == 0
    assert capsys.readouterr().out.startswith("5 of 5 files equal (Python ")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_changed_or_unlisted_is_named_and_the_status_is_1(
    report, name, capsys
):
    capsys.readouterr()
    (report / name).write_text(PAGE + "changed", encoding="utf-8")
    assert main(["verify", str(report)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"differs: {name}\n4 of 5 files equal") and verify.UPDATE in said
    (report / name).rename(report / f"other-{report.name}.txt")
    if name != "index.html":
        found = verify.compare(report)
        assert found.problems == [
            f"missing: {name}",
            "not in codecheck.sha256: other-reports.txt",
        ]


def test_a_folder_without_a_report_is_no_equal_report(report, tmp_path, capsys):
    assert main(["verify", str(tmp_path / "nothing")]) == 2
    assert "no report; make it with make reports" in capsys.readouterr().err


def test_pages_are_compared_without_their_links_to_other_languages(report):
    linked = PAGE.replace("<body>", f"<body>{LINKS}")
    put(report, dict.fromkeys(["index.html", "claims/rain.html"], linked))
    assert verify.compare(report).problems == []
    put(report, {"index.html": linked.replace("12", "13")})
    assert verify.compare(report).problems == ["differs: index.html"]


def test_the_list_of_a_report_in_three_languages_is_that_of_one_in_english(report):
    before = codecheck.DIGESTS.read_text()
    put(report, {"index.html": PAGE.replace("<body>", f"<body>{LINKS}")})
    verify.update(report)
    assert codecheck.DIGESTS.read_text() == before


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum")
def test_sha256sum_reads_the_list_and_agrees(report):
    words = ["sha256sum", "--check", "--quiet", "codecheck.sha256"]
    assert subprocess.run(words, cwd=report.parent).returncode == 0
    put(report, {"tables/rain.csv": "day\n2\n"})
    done = subprocess.run(words, cwd=report.parent, capture_output=True, text=True)
    assert done.returncode == 1 and "reports/tables/rain.csv" in done.stdout


def test_a_report_of_other_settings_or_language_says_so_instead_of_every_difference(report, capsys):
    put(report, {SETTINGS: json.dumps({"level": 0.9}), "index.html": PAGE + " "})
    capsys.readouterr()
    assert main(["verify", str(report)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("this report was made with other settings: level = 0.9\n4 of 5")
    assert "differs" not in said and verify.UPDATE not in said
    (report / SETTINGS).unlink()
    put(report, {"index.html": PAGE.replace('"en"', '"kk"')})
    assert "in another language" in verify.compare(report).notes[0]


@pytest.mark.parametrize("changed", ["settings", "language", "files"])
def test_only_the_published_report_can_be_published(report, changed, capsys):
    before = codecheck.DIGESTS.read_text()
    more = {
        "settings": {SETTINGS: json.dumps({"level": 0.9})},
        "language": {"index.html": PAGE.replace('"en"', '"ru"')},
        "files": {"tables/snow.csv": "day\n"},
    }
    put(report, more[changed])
    assert main(["verify", str(report), "--update"]) == 2
    assert codecheck.DIGESTS.read_text() == before
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize("line", ["abc  reports/index.html", "no sum", "g" * 64 + "  x"])
def test_a_line_that_is_no_sum_is_named(report, line):
    comment, fine = "# made for 1.2", f"{hashlib.sha256(b'').hexdigest()}  reports/x"
    codecheck.DIGESTS.write_text(f"{comment}\n{fine}\n{line}\n")
    with pytest.raises(ValueError, match=r"codecheck\.sha256, row 3: wanted a SHA-256"):
        verify.compare(report)


def test_a_project_that_has_published_nothing_says_how(report):
    codecheck.DIGESTS.unlink()
    with pytest.raises(ValueError, match="there is no such list; make it with python -m analysis"):
        verify.compare(report)


def test_what_is_of_this_machine_and_day_goes_to_a_file_of_ones_own_only(report, tmp_path):
    before = {file: file.read_bytes() for file in report.rglob("*") if file.is_file()}
    kept = tmp_path / "checked.txt"
    assert main(["verify", str(report), "--record", str(kept)]) == 0
    said = kept.read_text("utf-8")
    assert "checked: 20" in said and "on: Python 3." in said and "5 of 5 files equal" in said
    assert {file: file.read_bytes() for file in report.rglob("*") if file.is_file()} == before
