"""A site is made anew only as far as something changed, and is then the same as a new one."""

import json
import os
import subprocess
import sys

import pytest

from analysis import paths
from analysis.language.current import speaking
from analysis.report import store
from analysis.report.site import build, current, search_index, sites, sources
from analysis.report.site.workplace import Workplace, replace_changed
from tests.shared import in_a_process

INDEX = "# Made\n\n```{toctree}\nnotebooks\n```\n\n{include}"
LIST = "# Notebooks\n\n```{{toctree}}\n{}\n```\n"
PART = "```{raw} html\n:file: index.html\n```\n"
CITATION = {"authors": ["Ash, A."], "date": "2020-05-01", "title": "Orchards", "doi": ""}
FOOT = dict.fromkeys(
    [
        *("authors", "title", "version", "licence", "data", "cite", "contest", "repository"),
        *("source", "certificate", "guides"),
    ],
    "",
)


def notebook(title, *words):
    """Return an executed notebook with a section and an output of text for each word."""
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"# {title}"}]
    for place, word in enumerate(words):
        section = {"cell_type": "markdown", "id": f"m{place}", "metadata": {}}
        cells.append(section | {"source": f"## About {word}"})
        output = {"output_type": "stream", "name": "stdout", "text": f"{word}\n"}
        cell = {"cell_type": "code", "id": f"c{place}", "metadata": {}, "outputs": [output]}
        cells.append(cell | {"execution_count": 1, "source": f"print({word!r})"})
    metadata = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def write(monkeypatch, tmp_path):
    """Return a function that writes a site of these notebooks to a folder; return its files."""
    said = {}
    monkeypatch.setattr(build, "everything", lambda folder, given: dict(said))
    monkeypatch.setattr(build, "data_files", dict)
    monkeypatch.setattr(build, "write_records", lambda *given: None)
    monkeypatch.setattr(search_index, "entries", lambda _: [])
    monkeypatch.setattr(build, "write_pdfs", lambda place, *given: place.mkdir())
    monkeypatch.setattr(sources, "pages", lambda _: said["pages"])
    monkeypatch.setattr(sources, "what_if_script", lambda _: "")
    monkeypatch.setattr(sources, "collected_pages", lambda _: {"collected.json": "[]"})
    read = []

    def pages(folder):
        before = {file: file.stat().st_mtime_ns for file in folder.rglob("*.doctree")}
        failed = in_a_process("write_html", folder)
        after = {file: file.stat().st_mtime_ns for file in folder.rglob("*.doctree")}
        read[:] = sorted(file.stem for file in after if before.get(file) != after[file])
        return lambda: failed

    def made(folder, notebooks, front="Front."):
        (folder / "notebooks").mkdir(parents=True, exist_ok=True)
        section = {"executed": True, "claims": [], "figures": [], "tables": []}
        said.update(
            banner=None,
            guides=[],
            what_if={},
            claims=[],
            gallery=[],
            documents=[],
            statuses=[],
            foot=FOOT,
            citation=CITATION,
            sections=[section | {"slug": s} for s in notebooks],
        )
        for slug, text in notebooks.items():
            (folder / "notebooks" / f"{slug}.ipynb").write_text(text)
        names = "\n".join(f"notebooks/{slug}" for slug in notebooks)
        page = INDEX.replace("{include}", PART)
        said["pages"] = {"index.md": page, "index.html": front, "notebooks.md": LIST.format(names)}
        build.write_site(folder, {}, ["en"], pages)
        return site_of(folder)

    made.read = read
    return made


def site_of(folder):
    files = json.loads((folder / current.SEALED).read_text())["files"]
    return {name: (folder / name).read_bytes() for name in files}


def test_a_site_made_anew_in_part_has_the_bytes_of_a_new_one(write, tmp_path):
    first = {"1-ash": notebook("Ash", "oak"), "2-elm": notebook("Elm", "pine", "birch")}
    steps = {
        "an output": first | {"1-ash": notebook("Ash", "yew")},
        "a title and a section": first | {"2-elm": notebook("Lime", "pine")},
        "one more": first | {"3-fir": notebook("Fir", "willow")},
        "one less": {"2-elm": first["2-elm"]},
    }
    live = tmp_path / "live"
    start = write(live, first)
    for place, (step, notebooks) in enumerate(steps.items()):
        assert write(live, notebooks) == write(tmp_path / f"new-{place}", notebooks), step
    assert write(live, first) == start
    index = start["_static/search-index.js"]
    assert b"willow" not in index and b"pine" in index


def test_only_pages_of_which_a_file_changed_are_read_again(write, tmp_path):
    notebooks = {"1-ash": notebook("Ash", "oak"), "2-elm": notebook("Elm", "pine")}
    write(tmp_path, notebooks)
    assert write.read == ["1-ash", "2-elm", "index", "notebooks"]
    write(tmp_path, notebooks)
    assert write.read == []
    write(tmp_path, notebooks | {"2-elm": notebook("Elm", "yew")})
    assert write.read == ["2-elm"]
    write(tmp_path, notebooks, front="Another front.")  # in the HTML that the page includes
    assert write.read == ["2-elm", "index"]
    assert b"Another front." in site_of(tmp_path)["index.html"]


def test_a_change_is_seen_whatever_the_clock_says(write, tmp_path):
    write(tmp_path, {"1-ash": notebook("Ash", "oak")})
    environment = tmp_path / ".build" / "site" / "doctrees" / "environment.pickle"
    for file in (environment, *environment.parent.rglob("*.doctree")):
        os.utime(file, (4e9, 4e9))
    real = sources.replace_changed

    def long_ago(folder, files):
        changed = real(folder, files)
        for file in folder.rglob("*.*"):
            os.utime(file, (0, 0))
        return changed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "replace_changed", long_ago)
        made = write(tmp_path, {"1-ash": notebook("Ash", "yew")})
    assert b"yew" in made["notebooks/1-ash.html"] and b"oak" not in made["notebooks/1-ash.html"]


@pytest.mark.parametrize("language", ["kk"])
def test_what_sphinx_cannot_see_makes_all_pages_new(write, tmp_path, language):
    notebooks = {"1-ash": notebook("Ash", "oak")}
    write(tmp_path, notebooks)
    with speaking(language):
        made = write(tmp_path, notebooks)
    assert write.read == ["1-ash", "index", "notebooks"]
    assert f'<html lang="{language}"'.encode() in made["notebooks/1-ash.html"]


def test_a_build_that_was_cut_off_is_not_built_upon(write, tmp_path, monkeypatch):
    notebooks = {"1-ash": notebook("Ash", "oak")}
    first = write(tmp_path, notebooks)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(build, "_move_in", interrupted)
        write(tmp_path, notebooks | {"1-ash": notebook("Ash", "yew")})
    assert site_of(tmp_path) == first
    assert write(tmp_path, notebooks) == first and write.read == ["1-ash", "index", "notebooks"]


def interrupted(*_):
    raise KeyboardInterrupt


def test_a_damaged_environment_is_made_anew(write, tmp_path):
    notebooks = {"1-ash": notebook("Ash", "oak")}
    first = write(tmp_path, notebooks)
    for file in (tmp_path / ".build" / "site" / "doctrees").rglob("*.doctree"):
        file.write_bytes(b"damaged")
    assert write(tmp_path, notebooks) == first and write.read


def test_a_page_that_sphinx_warns_of_leaves_the_old_site_and_its_words(write, tmp_path):
    good = {"1-ash": notebook("Ash", "oak")}
    first = write(tmp_path, good)
    for _ in range(2):  # again: the warning is not forgotten
        with pytest.raises(OSError, match=r"(?s)the site was not built: .*1-ash.*nowhere"):
            write(tmp_path, {"1-ash": notebook("[Ash](nowhere.md)", "oak")})
        assert site_of(tmp_path) == first
    assert write(tmp_path, good) == first


def test_pages_of_an_earlier_site_and_their_pictures_are_removed(write, tmp_path):
    made = write(tmp_path, {"1-ash": notebook("Ash", "oak"), "2-elm": notebook("Elm", "pine")})
    assert "notebooks/2-elm.html" in made
    write(tmp_path, {"1-ash": notebook("Ash", "oak")})
    assert not (tmp_path / "notebooks" / "2-elm.html").exists()


def test_only_files_with_another_content_are_written(tmp_path):
    assert replace_changed(tmp_path, {"a": b"1", "b/c": b"2", "d": b"3"}) == {"a", "b/c", "d"}
    os.utime(tmp_path / "a", (7, 7))
    assert replace_changed(tmp_path, {"a": b"1", "b/c": b"4"}) == {"b/c", "d"}
    assert (tmp_path / "a").stat().st_mtime == 7 and not (tmp_path / "d").exists()
    assert (tmp_path / "b" / "c").read_bytes() == b"4"


def test_a_workplace_lives_on_only_after_a_good_end_with_the_same_key(tmp_path):
    place = tmp_path / "site"
    first = Workplace(place, "key")
    first.part(b"kept").write_text("a part")
    assert not first.lived_on and not Workplace(place, "key").lived_on  # nobody closed it
    second = Workplace(place, "key")
    second.part(b"kept").write_text("a part")
    second.part(b"old").write_text("an old part")
    second.close()
    third = Workplace(place, "key")
    assert third.lived_on and third.part(b"kept").read_text() == "a part"
    third.close()
    assert not third.part(b"old").exists()
    assert not Workplace(place, "another key").lived_on
    assert not list(place.iterdir())


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a small folder with one file of each kind that a site is made from."""
    code = tmp_path / "src" / "analysis"
    names = {
        **dict.fromkeys(["data/raw/made/claims.csv", "data/raw/made/locale/kk.po"], "1"),
        **dict.fromkeys(["data/raw/made/locale/ru.po", "notebooks/locale/kk.po"], "1"),
        **dict.fromkeys(["requirements.lock", "licences.csv", "CITATION.cff", "LICENSE"], "1"),
        **dict.fromkeys(["src/analysis/a.py", "src/analysis/b/b.yml"], "1"),
        "src/analysis/locale/kk/LC_MESSAGES/site.po": "1",
        "src/analysis/locale/ru/LC_MESSAGES/site.po": "1",
        "src/analysis/report/build.py": "1",
        "src/analysis/report/site/pages/index.md": "1",
        "src/analysis/report/site/build.py": "1",
    }
    for name, text in names.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    places = {"CODE": code, "ROOT": tmp_path, "RAW": tmp_path / "data" / "raw"}
    places |= {"LOCALE": code / "locale", "NOTEBOOKS": tmp_path / "notebooks"}
    for name, place in places.items():
        monkeypatch.setattr(paths, name, place)
    monkeypatch.setattr(current, "HERE", code / "report" / "site")
    return tmp_path, names


def test_every_file_that_a_site_shows_makes_it_new_and_no_other(project):
    folder, names = project
    others = {name for name in names if "ru" in name.replace("/", ".").split(".")}
    others.add("src/analysis/report/build.py")
    for name in names:
        before = current.site_inputs(folder, {}, ["en"], "kk")
        (folder / name).write_text("2")
        changed = current.site_inputs(folder, {}, ["en"], "kk") != before
        assert changed == (name not in others), name
    before = current.site_inputs(folder, {}, ["en"], "kk")
    assert current.site_inputs(folder, {}, ["en", "kk"], "kk") != before
    assert current.site_inputs(folder, {}, ["en"], "en") != before


def test_a_site_is_new_with_the_outputs_of_its_notebooks(project):
    folder, _ = project
    sources = {"1-made": folder / "1-made.ipynb"}
    seen = {current.site_inputs(folder, sources, ["en"], "en")}
    for outputs, failed in (({"a": "1"}, ""), ({"a": "2"}, ""), ({"a": "2"}, "cell 3")):
        store.write_state(folder, "1-made", store.State({"digest": "1"}, outputs, failed))
        seen.add(current.site_inputs(folder, sources, ["en"], "en"))
    assert len(seen) == 4
    store.write_state(folder, "1-made", store.State({"digest": "2"}, {"a": "2"}, "cell 3"))
    assert current.site_inputs(folder, sources, ["en"], "en") in seen


def sealed_site(folder):
    """Seal a site of one page as it would be sealed now."""
    (folder / "index.html").write_text("the page")
    inputs = current.site_inputs(folder, {}, ["en"], "en")
    files = current.digests([folder / "index.html"])
    (folder / current.SEALED).write_text(json.dumps({"inputs": inputs, "files": files}))


def test_a_site_that_is_current_is_left_alone_and_a_damaged_one_is_made(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(sites, "_make", lambda task: made.append(list(task["homes"])))
    sealed_site(tmp_path)

    def write():
        return sites.write_sites({"en": tmp_path, "kk": tmp_path / "kk"}, {}, ["en"], 1)

    assert write() == ["kk"] and made == [["kk"]]
    (tmp_path / "index.html").write_text("damaged")
    assert write() == ["en", "kk"]
    (tmp_path / "index.html").unlink()
    assert write() == ["en", "kk"]
    (tmp_path / current.SEALED).write_text("[]")
    assert write() == ["en", "kk"]


def test_to_see_that_a_site_is_current_nothing_heavy_is_imported(tmp_path):
    sealed_site(tmp_path)
    program = (
        "import sys\nfrom pathlib import Path\nfrom analysis.report.site.sites import write_sites\n"
        "assert write_sites({'en': Path(sys.argv[1])}, {}, ['en'], 1) == []\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    words = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    heavy = {"babel", "jinja2", "matplotlib", "numpy", "pandas", "scipy", "sphinx", "yaml"}
    assert not heavy & set(done.stdout.split())


def test_the_modules_that_a_site_is_made_with_are_among_what_it_is_made_from():
    program = "import sys, analysis.report.site.worker\nprint(*sys.modules)"
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    names = [name for name in done.stdout.split() if name.partition(".")[0] == "analysis"]
    files = [paths.CODE.parent / name.replace(".", "/") for name in names]
    known = set(current.read_files("en"))
    missing = {f for f in files if not {f.with_suffix(".py"), f / "__init__.py"} & known}
    assert not missing


def test_a_process_that_fails_says_what_went_wrong(tmp_path):
    homes = {"no-language": str(tmp_path)}
    task = {"homes": homes, "sources": {}, "linked": ["en"], "jobs": 1}
    with pytest.raises(ValueError, match="got 'no-language'"):
        sites._make(task | {"parent": os.getpid()})
