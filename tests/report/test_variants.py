"""A report of other settings lies apart, says so, and leaves the published one as it was."""

import json
import re

import pytest

from analysis import outputs, paths
from analysis.language.current import speaking
from analysis.report import build as reporting
from analysis.report import settings as naming
from analysis.report.choice import settings_of
from analysis.report.site.records import values
from analysis.report.site.shown.banner import banner
from analysis.report.store import read_state, write_state
from tests.report.test_build import DRAWS, contents, write

SLUGS = ["00-first", "01-second", "02-third"]


def settings_page(homes, sources, *rest):
    """Stand in for the site: say what a page would say of its settings."""
    for language, folder in homes.items():
        with speaking(language):
            outputs.write_whole(folder / "index.html", json.dumps(banner(folder)).encode())


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Return a function that makes the report of three notebooks: two have n, one has m only."""
    (tmp_path / "raw").mkdir()
    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    monkeypatch.setattr(reporting, "write_pages", settings_page)
    ran = []
    run = reporting.run_notebook
    monkeypatch.setattr(
        reporting, "run_notebook", lambda task: (ran.append(task.source), run(task))[1]
    )
    for slug, given in zip(SLUGS, ["n = 5", "n = 7\nlevel = 0.5", "m = 1\nn_ = 2"], strict=True):
        name = slug.partition("-")[2]
        write(tmp_path, slug, DRAWS.format(name).replace("{n}", "0"), "1", parameters=given)

    def made(**given):
        ran.clear()
        status = reporting.write_reports(folder=tmp_path / "reports", notebooks=tmp_path, **given)
        assert status == 0
        return sorted(re.sub(r".*/|\.ipynb", "", each) for each in ran)

    return made


def published(tmp_path):
    found = contents(tmp_path / "reports")
    return {name: text for name, text in found.items() if not name.startswith("variants/")}


def test_other_settings_make_a_report_apart_and_the_published_one_stays(build, tmp_path):
    assert build() == SLUGS
    before = published(tmp_path)
    assert build(params={"n": "5"}) == ["01-second"]  # the first has 5 anyway
    assert published(tmp_path) == before
    place = tmp_path / "reports" / "variants" / "n=5"
    assert read_state(place, "01-second").inputs["parameters"] == {"n": 5}
    assert not read_state(place, "00-first").inputs["parameters"]
    same = [f"notebooks/{slug}.ipynb" for slug in ("00-first", "02-third")]
    assert all((place / name).read_bytes() == before[name] for name in same)
    said = json.loads((place / "index.html").read_text())
    assert "other settings: n = 5." in said["text"] and said["published"] == "../../"
    assert json.loads(before["index.html"]) is None
    assert build(params={"n": "5"}) == [] and build() == []


def test_values_that_are_the_defaults_anyway_are_the_published_report(build, tmp_path):
    assert build(only=["01-second"], params={"n": "7", "level": "0.5"}) == ["01-second"]
    assert not (tmp_path / "reports" / "variants").exists()
    assert build() == ["00-first", "02-third"]


def test_the_order_of_settings_and_a_part_of_the_notebooks_make_no_other_report(build, tmp_path):
    build()
    assert build(params={"level": "0.9", "n": "9"}) == ["00-first", "01-second"]
    assert build(only=["01-second"], params={"n": "9", "level": "0.9"}) == []
    names = [each.name for each in (tmp_path / "reports" / "variants").iterdir()]
    assert names == ["level=0.9,n=9"]


def test_what_is_not_chosen_is_copied_where_it_takes_no_setting_and_never_mixed_in(build, tmp_path):
    build()
    assert build(only=["01-second"], params={"n": "9"}) == ["01-second"]
    place = tmp_path / "reports" / "variants" / "n=9"
    assert (place / "notebooks" / "02-third.ipynb").is_file()
    assert not (place / "notebooks" / "00-first.ipynb").exists()  # it would have n = 5


def test_without_a_published_report_all_is_run_and_nothing_is_linked(build, tmp_path):
    assert build(params={"n": "9"}) == SLUGS
    home = tmp_path / "reports" / "variants" / "n=9"
    assert json.loads((home / "index.html").read_text())["published"] == ""


def test_a_result_that_is_out_of_date_or_damaged_is_not_copied(build, tmp_path):
    build()
    (tmp_path / "reports" / "tables" / "third.csv").write_text("damaged")
    assert build(params={"n": "9"}) == SLUGS


def test_each_language_takes_from_its_own_and_leads_to_its_own(build, tmp_path):
    build(language="all")
    assert build(params={"n": "9"}, language="kk") == ["00-first", "01-second"]
    place = tmp_path / "reports" / "variants" / "n=9" / "kk"
    said = json.loads((place / "index.html").read_text("utf-8"))
    assert said["published"] == "../../../kk/"
    assert (place / said["published"] / "index.html").is_file()


def test_a_report_that_was_mixed_before_is_mended_whatever_is_asked_for(build, tmp_path, capsys):
    build()
    folder, before = tmp_path / "reports", published(tmp_path)
    mixed = read_state(folder, "01-second")
    mixed.inputs["parameters"] = {"n": 9}
    write_state(folder, "01-second", mixed)
    assert build(only=["00-first"]) == ["01-second"]
    assert "01-second reruns: the parameter n changed" in capsys.readouterr().out
    assert published(tmp_path) == before


def test_a_notebook_that_cannot_be_read_stops_only_those_who_ask_for_it(tmp_path):
    write(tmp_path, "00-fine", "n")
    (tmp_path / "01-broken.ipynb").write_text("{")
    sources = {file.stem: file for file in sorted(tmp_path.glob("*.ipynb"))}
    settings, given = settings_of(sources, ["00-fine"], {"n": "9"})
    assert settings == {"n": 9} and given == {"00-fine": {"n": 9}, "01-broken": {}}
    with pytest.raises(ValueError, match="not a notebook"):
        settings_of(sources, ["00-fine", "01-broken"], {"n": "9"})


@pytest.mark.parametrize(
    "settings",
    [
        {"region": "A B"},
        {"region": "../../etc"},
        {"region": "қала"},
        {"region": "con."},
        {"region": ""},
        {"kinds": ["a", "b"]},
        {"region": "x" * 300},
        {f"name_{number}": 0.123456789 for number in range(40)},
    ],
)
def test_a_folder_has_a_name_that_every_file_system_takes(settings):
    name = naming.variant_name(settings)
    assert re.fullmatch(r"[a-z0-9_=,+-]+-[0-9a-f]{8}", name) and len(name) <= naming.LONGEST


def test_settings_that_differ_have_folders_that_differ_on_every_file_system():
    settings = [{"x": text} for text in ("a", "A", "a b", "a-b", "a/b", "ab", "", "a.", "y=a,x=a")]
    names = {naming.variant_name(each).lower() for each in settings}
    assert len(names) == len(settings)
    assert naming.variant_name({"n": 5.0}) == naming.variant_name({"n": 5})


def test_a_machine_reads_the_settings_of_a_variant_and_none_of_the_published_one():
    content = {key: [] for key in ("counts", "status_counts", "documents", "claims")}
    assert next(iter(values(content | {"settings": {"n": 9}}).items())) == ("settings", {"n": 9})
    assert "settings" not in values(content | {"settings": {}})
