"""What is kept on disk is found in the state that it was made in, and in no other."""

import multiprocessing
import os
import shutil
import time

import pytest

from analysis import paths
from analysis.data import kept
from analysis.language import current


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a made-up project, with code, catalogues and a folder for what is kept."""
    for name, place in {
        "ROOT": tmp_path,
        "CODE": tmp_path / "src" / "analysis",
        "RAW": tmp_path / "raw",
        "NOTEBOOKS": tmp_path / "notebooks",
        "LOCALE": tmp_path / "locale",
        "CACHE": tmp_path / ".cache",
    }.items():
        monkeypatch.setattr(paths, name, place)
    written(tmp_path / "src" / "analysis" / "data" / "cells.py", "ONE = 1\n")
    written(tmp_path / "raw" / "orchard" / "locale" / "kk.po", 'msgid "a"\nmsgstr "b"\n')
    written(tmp_path / "raw" / "orchard" / "pears.csv", "pears\n3\n")
    kept.forget()
    yield tmp_path
    kept.forget()


def written(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def asked(project, result="found", **more):
    """Ask for a result as a fresh process does; return it, and whether it was computed."""
    computed = []
    kept.forget()
    state = kept.state_of([project / "raw" / "orchard" / "pears.csv"], **more)
    return kept.kept("pears", state, lambda: computed.append(1) or result), bool(computed)


def entries(project):
    return sorted((project / ".cache" / "pears").iterdir())


def test_a_result_is_computed_once_and_found_by_another_process(project):
    assert asked(project, {"pears": [3, 0.1]}) == ({"pears": [3, 0.1]}, True)
    assert asked(project, "another") == ({"pears": [3, 0.1]}, False)


@pytest.mark.parametrize(
    "changed",
    ["raw/orchard/pears.csv", "src/analysis/data/cells.py", "requirements.lock"],
)
def test_a_change_of_data_code_or_lock_is_noticed_and_the_old_state_is_found_again(
    project, changed
):
    file = project / changed
    before = file.read_text("utf-8") if file.exists() else None
    asked(project, "before")
    written(file, "changed\n")
    assert asked(project, "after") == ("after", True)
    if before is not None:
        written(file, before)
        assert asked(project) == ("before", False)


def test_a_change_that_leaves_time_and_length_alone_is_noticed_by_a_fresh_process(project):
    file = project / "raw" / "orchard" / "pears.csv"
    asked(project, "before")
    about = file.stat()
    written(file, "pears\n4\n")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert asked(project, "after") == ("after", True)


def test_a_changed_catalogue_makes_its_own_language_anew_and_no_other(project):
    catalogue = project / "raw" / "orchard" / "locale" / "kk.po"
    asked(project, "in English")
    with current.speaking("kk"):
        assert asked(project, "in Kazakh") == ("in Kazakh", True)
        assert asked(project) == ("in Kazakh", False)
    written(catalogue, 'msgid "a"\nmsgstr "c"\n')
    assert asked(project) == ("in English", False)
    with current.speaking("kk"):
        assert asked(project, "anew") == ("anew", True)


def test_what_holds_no_text_is_the_same_in_every_language(project):
    asked(project, 3, spoken=False)
    with current.speaking("kk"):
        assert asked(project, 4, spoken=False) == (3, False)


@pytest.mark.parametrize(
    "damage",
    {
        "cut": lambda content: content[:-3],
        "empty": lambda content: b"",
        "another number": lambda content: content.replace(b"found", b"wrong"),
        "no text": lambda content: b"\xff\xfe" + content,
    }.items(),
    ids=lambda damage: damage[0],
)
def test_a_damaged_entry_is_computed_anew_and_mended(project, damage):
    asked(project)
    (file,) = entries(project)
    file.write_bytes(damage[1](file.read_bytes()))
    assert asked(project) == ("found", True)
    assert asked(project, "another") == ("found", False)


def test_where_nothing_can_be_written_the_result_is_given_all_the_same(project):
    written(project / ".cache", "a file where the folder would be")
    assert asked(project) == ("found", True)
    assert asked(project) == ("found", True)


def test_an_installed_copy_keeps_nothing(project, monkeypatch):
    monkeypatch.setattr(paths, "CACHE", None)
    assert asked(project) == ("found", True)
    assert not (project / ".cache").exists()


def test_old_entries_go(project):
    for number in range(kept.MOST + 3):
        written(project / "raw" / "orchard" / "pears.csv", f"{number}\n")
        asked(project, number)
        os.utime(max(entries(project), key=lambda file: file.stat().st_mtime_ns))
        time.sleep(0.01)
    assert len(entries(project)) == kept.MOST
    assert asked(project) == (kept.MOST + 2, False)


def _made_by_another(project, barrier, answers):
    kept.forget()
    state = kept.state_of([project / "raw" / "orchard" / "pears.csv"])
    barrier.wait(30)
    answers.put(kept.kept("pears", state, lambda: ["pear"] * 20_000))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_processes_that_make_the_same_at_once_leave_one_whole_entry(project):
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(4), context.Queue()
    given = (project, barrier, answers)
    processes = [context.Process(target=_made_by_another, args=given) for _ in range(4)]
    for process in processes:
        process.start()
    assert all(answers.get(timeout=30) == ["pear"] * 20_000 for _ in processes)
    for process in processes:
        process.join(30)
    assert [file.suffix for file in entries(project)] == [".json"]
    assert asked(project) == (["pear"] * 20_000, False)


def test_messages_of_an_entry_are_looked_up_again_where_it_is_found(project, monkeypatch):
    again, said = [], [["", "gettext", "pears", "алмұрт"]]
    monkeypatch.setattr(current, "looked_up", lambda: said)
    monkeypatch.setattr(current, "look_up_again", again.extend)
    with current.speaking("kk"):
        asked(project)
        assert again == []
        asked(project)
    assert again == said


def test_a_copy_of_a_project_in_another_place_finds_what_was_kept(project, monkeypatch):
    asked(project)
    there = project.with_name("there")
    shutil.copytree(project, there)
    for name in ("ROOT", "CODE", "RAW", "NOTEBOOKS", "LOCALE", "CACHE"):
        place = there / getattr(paths, name).relative_to(project)
        monkeypatch.setattr(paths, name, place)
    assert asked(there) == ("found", False)
