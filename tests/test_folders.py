"""Every function that takes a folder takes it as text too, and help names no place of a machine."""

import importlib
import inspect
import pkgutil
import shutil
from pathlib import Path

import pytest

import analysis
from analysis import paths, read_table


def modules():
    """Return every module of the library; those of Sphinx's settings are none of it."""
    names = [each.name for each in pkgutil.walk_packages(analysis.__path__, "analysis.")]
    return [importlib.import_module(name) for name in names if ".pages" not in name]


def public_functions():
    """Return every public function of the library once, by its full name."""
    return {
        f"{module.__name__}.{name}": function
        for module in modules()
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
    }


FUNCTIONS = public_functions()
AT_THE_EDGE = {
    name: function
    for name, function in FUNCTIONS.items()
    for parameter in [inspect.signature(function).parameters.get("folder")]
    if parameter and parameter.default is not parameter.empty
}


def arguments(function):
    """Return something for each argument that a function must have, besides the folder."""
    claims = read_table("claims")
    known = {
        "claim": claims["claim"].iloc[0],
        "paper": claims["paper"].iloc[0],
        "notebook": read_table("figures")["notebook"].iloc[0],
        "name": "claims",
        "only": ["no-such-notebook"],
        "question": "no-such-question",
        "reference": {},
        "population": 9,
        "n": 5,
        "text": "7 of 9",
    }
    wanted = inspect.signature(function).parameters.values()
    needed = [each.name for each in wanted if each.default is each.empty or each.name == "only"]
    return {name: known[name] for name in needed if name != "folder"}


def outcome(function, folder):
    """Return what a function gives for a copy of the data, or which error, as text."""
    shutil.rmtree("copy", ignore_errors=True)
    shutil.copytree(paths.RAW, "copy")
    try:
        return str(function(**arguments(function), folder=folder))
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize("name", AT_THE_EDGE)
def test_a_folder_may_be_text_or_a_path(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    function = AT_THE_EDGE[name]
    assert outcome(function, "copy") == outcome(function, Path("copy"))


def test_a_table_is_read_from_a_folder_given_as_text():
    assert len(read_table("claims", str(paths.RAW))) == len(read_table("claims")) > 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_help_shows_no_place_of_this_machine(name):
    assert str(paths.ROOT) not in str(inspect.signature(FUNCTIONS[name]))
