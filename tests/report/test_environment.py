"""The three files that name the packages agree, and the set-up complains in one line."""

import re
import subprocess
import sys
import tomllib

import pytest

import install
from analysis import paths

NAMED = [
    "jupyterlab",
    "pandas",
    "matplotlib",
    "seaborn",
    "statsmodels",
    "scipy",
    "papermill",
    "nbval",
]
LOCK = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
SPARK = (paths.ROOT / "requirements-spark.lock").read_text(encoding="utf-8")  # of one extra
PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA = (paths.ROOT / "environment.yml").read_text(encoding="utf-8")


def wanted() -> set[str]:
    """Return the packages that pyproject.toml asks for, in all extras and groups."""
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    groups += PROJECT["dependency-groups"].values()
    names = {re.match(r"[\w-]+", line)[0] for group in groups for line in group}
    return {name.replace("_", "-") for name in names - {project["name"]}}


def test_the_packages_named_for_the_project_are_asked_for_locked_and_in_the_conda_file():
    pinned = set(re.findall(r"^([\w.-]+)==", LOCK + SPARK, re.MULTILINE))
    assert set(NAMED) <= wanted() <= {name.replace("_", "-") for name in pinned}
    assert "- -r requirements.lock" in CONDA and all(name in CONDA for name in NAMED)


@pytest.mark.parametrize("lock", [LOCK, SPARK], ids=["all", "spark"])
def test_every_pinned_package_has_a_hash_and_the_lock_holds_no_address(lock):
    blocks = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])
    assert "://" not in lock and "file:" not in lock and "index" not in lock.split("==")[0]


def test_the_conda_file_and_the_project_promise_the_same_python():
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert "- python=3.11" in CONDA and install.OLDEST == (3, 11)


@pytest.mark.parametrize(
    ("version", "has_venv", "expected"),
    [
        ((3, 10, 4), True, "Python 3.11 or newer is needed, this is Python 3.10"),
        ((3, 9, 0), False, "Python 3.11 or newer is needed, this is Python 3.9"),
        ((3, 12, 0), False, "Python 3.12 has no venv; install it"),
    ],
)
def test_what_is_missing_is_said_in_one_line_with_what_to_install(version, has_venv, expected):
    said = install.complaint(version, has_venv)
    assert expected in said and "apt install" in said and "\n" not in said


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2)])
def test_a_python_that_will_do_is_not_complained_of(version):
    assert install.complaint(version, has_venv=True) == ""


def test_the_pin_of_one_package_is_taken_with_its_hashes_and_nothing_else(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    uv = "uv==1 \\\n    --hash=sha256:2\n    # via x\n"
    lock.write_text("tqdm==4 \\\n    --hash=sha256:1\n" + uv + "yy==3\n")
    monkeypatch.setattr(install, "LOCK", lock)
    assert install.pin("uv") == uv


def test_bare_make_lists_every_target_with_a_line():
    shown = subprocess.run(
        ["make"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ["reports", "data", "test", "check", "bench", "lab", "lint", "clean"]:
        assert re.search(rf"^  make {target} +\S.*$", shown, re.MULTILINE), target


def test_help_of_the_command_line_comes_without_loading_the_scientific_stack():
    code = "import sys, analysis.__main__; print({'pandas', 'matplotlib'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
