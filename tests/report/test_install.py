"""One set-up at a time, beside the environment in use: nothing that works is ever taken away."""

import ast
import errno
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest

import install
from analysis import paths

pytestmark = pytest.mark.elsewhere
SOURCE = (paths.ROOT / "install.py").read_text(encoding="utf-8")
# The same set-up without the packages: an environment with nothing but the project in it.
DRIVER = """
import subprocess, sys, time
import install
def run(step, command, lock):
    time.sleep(float(sys.argv[1]))
    command = [str(word) for word in command] + ["--without-pip"]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""
install.run, install.TRIED = run, "import rain"
install.install_packages = lambda folder, lock: None
sys.exit(install.main())
"""
CAN_MOUNT = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None
DESCRIBED = """[project]
name = "rain-gauge"
version = "1.0"
[project.entry-points."papermill.engine"]
fast = "rain:Engine"
"""


@pytest.fixture
def project(tmp_path):
    """Return a folder with letters outside ASCII, and in it all that a set-up looks at."""
    folder = tmp_path / "Қазақ тест"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "rain.py").write_text("", encoding="utf-8")
    (folder / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    (folder / "driver.py").write_text(DRIVER, encoding="utf-8")
    (folder / "pyproject.toml").write_text(DESCRIBED, encoding="utf-8")
    shutil.copy(paths.ROOT / "install.py", folder)
    return folder


def start(project, seconds=0, **variables):
    """Start a set-up that takes some seconds longer than it would."""
    command = [sys.executable, "driver.py", str(seconds)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=project, env={**os.environ, **variables}, **pipes)


def set_up(project, **variables):
    """Return exit status, what a set-up printed and what it complained of."""
    process = start(project, **variables)
    said, wrong = process.communicate(timeout=120)
    return process.returncode, said.strip(), wrong.strip()


def works(project, **variables):
    command = [str(install.python_of(project / ".venv")), "-c", "import rain; print(rain.__file__)"]
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True)
    return done.returncode == 0 and done.stdout.strip() != b""


def beside(project):
    return sorted(file.name for file in project.glob(".venv*"))


def change(project):
    (project / "requirements.lock").write_text(f"a=={time.monotonic_ns()}\n", encoding="utf-8")


def until(condition):
    """Wait until a condition holds; a minute is enough."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_of_two_at_once_one_waits_says_so_and_finds_it_done(project):
    first = start(project, 1)
    until(
        lambda: any(
            name.startswith(".venv.new") or name == ".venv.lock" for name in beside(project)
        )
    )
    time.sleep(0.2)
    status, said, wrong = set_up(project)
    assert first.communicate()[0].startswith("setting up .venv") and first.returncode == 0
    assert (status, wrong) == (0, "")
    assert "waiting for it" in said and "has done it" in said and "setting up" not in said
    assert works(project) and beside(project) == [".venv", ".venv.lock"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "xx_XX"])
def test_any_letters_in_the_path_will_do_under_any_locale(project, locale):
    assert set_up(project, LC_ALL=locale)[0] == 0
    assert works(project, LC_ALL=locale) and works(project, LC_ALL="C")
    assert set_up(project, LC_ALL="C") == (0, "", "")


def test_an_environment_can_lie_elsewhere_and_the_checkout_is_left_alone(project, tmp_path):
    place = tmp_path / "орын бөлек" / "env"
    before = sorted(file.name for file in project.iterdir())
    assert set_up(project, COMPENDIUM_VENV=str(place))[0] == 0
    command = [str(install.python_of(place)), "-c", "import rain; print(rain.__file__)"]
    assert subprocess.run(command, capture_output=True).returncode == 0
    after = {file.name for file in project.iterdir()}
    assert after - set(before) <= {"__pycache__"}
    assert set_up(project, COMPENDIUM_VENV=str(place)) == (0, "", "")


@pytest.mark.parametrize("kind", ["folder", "file", "environment"])
def test_what_somebody_else_made_is_never_taken_for_an_environment(project, tmp_path, kind):
    place = tmp_path / "theirs"
    if kind == "file":
        place.write_text("precious", encoding="utf-8")
    else:
        place.mkdir()
        name = "pyvenv.cfg" if kind == "environment" else "thesis.txt"
        (place / name).write_text("precious", encoding="utf-8")
    status, _, wrong = set_up(project, COMPENDIUM_VENV=str(place))
    assert status == 1 and "was not made by this set-up" in wrong and "VENV=" in wrong
    assert len(wrong.splitlines()) == 1
    kept = place if kind == "file" else next(place.iterdir())
    assert kept.read_text("utf-8") == "precious"


THEIRS = {
    "a file": lambda place: place.write_text("/home/me/envs/rain", encoding="utf-8"),
    "a pipe": os.mkfifo,
    "a file in it": lambda place: (place.mkdir(), (place / "thesis").write_text("precious")),
    "a plain environment": lambda place: venv.create(place, with_pip=False),
    "an empty mark beside a file": lambda place: (
        (place.mkdir(), (place / install.MARK).write_text("{}"), (place / "z").write_text("x"))
    ),
}


@pytest.mark.parametrize("kind", THEIRS)
@pytest.mark.parametrize("name", [".venv", "m"])
def test_what_this_set_up_did_not_make_is_left_as_it_is_and_named(project, kind, name):
    place = project / name
    THEIRS[kind](place)
    before = sorted(place.rglob("*")) if place.is_dir() else place.lstat()
    status, _, wrong = set_up(project, COMPENDIUM_VENV=name)
    assert status == 1 and wrong.count("\n") == 0 and "was not made by this set-up" in wrong
    assert "VENV=" in wrong and [file.name for file in project.glob(name + "*")] == [name]
    assert (sorted(place.rglob("*")) if place.is_dir() else place.lstat()) == before


def test_a_file_of_ones_own_in_an_environment_of_ours_is_never_removed(project):
    set_up(project)
    (project / ".venv" / "thesis").write_text("precious", encoding="utf-8")
    assert set_up(project) == (0, "", "")
    change(project)
    status, _, wrong = set_up(project)
    assert status == 1 and "it holds 'thesis'" in wrong and works(project)
    (project / ".venv" / "thesis").unlink()
    assert set_up(project)[0] == 0 and works(project)


@pytest.mark.parametrize("lost", ["mark", "end of the mark", "packages", "python", "both"])
def test_an_environment_of_ours_is_repaired_whatever_it_lost(project, lost):
    set_up(project)
    mark = project / ".venv" / install.MARK
    if lost in ("mark", "both"):
        mark.unlink()
    if lost == "end of the mark":
        mark.write_text(mark.read_text()[:20], encoding="ascii")
    if lost in ("packages", "both"):
        shutil.rmtree(install.packages_of(project / ".venv"))
    if lost == "python":
        shutil.rmtree(project / ".venv" / "bin")
    assert set_up(project)[0] == 0 and works(project)
    assert beside(project) == [".venv", ".venv.lock"]


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda place: place.symlink_to("none")])
def test_where_nothing_stands_in_the_way_an_environment_is_made(project, make):
    make(project / ".venv")
    assert set_up(project)[0] == 0 and works(project)
    assert beside(project) == [".venv", ".venv.lock"]


@pytest.mark.parametrize(
    "make", [Path.mkdir, os.mkfifo, lambda place: place.symlink_to("nowhere/lock")]
)
def test_what_stands_where_the_lock_is_to_be_is_named(project, make):
    make(project / ".venv.lock")
    status, _, wrong = set_up(project)
    assert status == 1 and wrong.count("\n") == 0 and ".venv.lock" in wrong
    assert beside(project) == [".venv.lock"]


BOTH = {
    "No such file": None,
    "it is empty": b"",
    "line 1 is left of a merge conflict": b"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n",
    "its text is not UTF-8": b"\xff\xfe[\0",
}
UNUSABLE = [
    (file, *each) for file in ("pyproject.toml", "requirements.lock") for each in BOTH.items()
]
UNUSABLE += [
    ("pyproject.toml", "it has no [project] with a name and a version", b"[tool.rain]\n"),
    ("pyproject.toml", "it has no [project] with a name and a version", b"project = 3\n"),
    ("pyproject.toml", "line 1", b"[project\n"),
]


@pytest.mark.parametrize(("file", "said", "content"), UNUSABLE)
def test_a_file_of_the_project_that_cannot_be_used_is_named_before_anything_is_done(
    project, file, said, content
):
    (project / file).unlink()
    if content is not None:
        (project / file).write_bytes(content)
    status, out, wrong = set_up(project)
    assert (status, out) == (1, "") and wrong.count("\n") == 0
    assert wrong.startswith(f"error: {file} cannot be used: ") and said in wrong
    assert beside(project) == []


SENT_ELSEWHERE = ("PIP_PREFIX", "PIP_TARGET", "PIP_DRY_RUN", "PIP_ROOT", "PIP_NO_DEPS")
SENT_ELSEWHERE += ("PIP_REQUIRE_VIRTUALENV", "PIP_PYTHON", "PIP_USER", "PIP_TIMEOUT", "UV_PYTHON")
SENT_ELSEWHERE += ("PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONUSERBASE", "PYTHONWARNINGS")
OBEYED = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CERT", "PIP_PROXY", "PIP_CONFIG_FILE")
OBEYED += ("PIP_CACHE_DIR", "UV_INDEX_RAIN_PASSWORD", "UV_DEFAULT_INDEX", "HTTPS_PROXY")


def test_variables_say_where_packages_come_from_and_not_where_they_go(monkeypatch):
    for name in (*SENT_ELSEWHERE, *OBEYED):
        monkeypatch.setenv(name, "x")
    seen = install.tools_environment()
    assert not [name for name in SENT_ELSEWHERE if name in seen]
    assert [name for name in OBEYED if name in seen] == list(OBEYED)


def test_a_setting_that_pip_cannot_take_is_not_put_down_to_the_network(capsys):
    with pytest.raises(install.SetupError, match="see above"):
        install.refuse("fetching", "invalid value 'abc' for --timeout: not a number")


def test_an_environment_of_somebody_else_is_looked_at_and_not_changed():
    code = "import sys, install; sys.argv[1:] = ['--check']; install.TRIED = 'import no_such'"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; sys.exit(install.main())"],
        cwd=paths.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1
    assert "No module named 'no_such'" in done.stderr and "pip install" in done.stderr
    good = subprocess.run(
        [sys.executable, str(paths.ROOT / "install.py"), "--check"], capture_output=True, text=True
    )
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")


def test_nothing_is_done_and_nothing_said_where_all_is_as_it_was(project):
    set_up(project)
    before = (project / ".venv").stat()
    assert set_up(project) == (0, "", "")
    assert (project / ".venv").stat() == before


def test_a_killed_set_up_leaves_the_old_environment_and_the_next_one_sweeps(project):
    set_up(project)
    change(project)
    killed = start(project, 60)
    until(lambda: killed.stdout.readline())
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (project / f".venv.new-{killed.pid}").mkdir(exist_ok=True)
    assert works(project)
    status, said, _ = set_up(project)
    assert status == 0 and "requirements.lock changed" in said
    assert works(project) and beside(project) == [".venv", ".venv.lock"]


STEP = """
import subprocess, sys, install
sleep = "import tempfile, time; tempfile.mkdtemp(); time.sleep(60)"
sleeper = [sys.executable, "-c", sleep]
with open("lock", "ab") as lock:
    print("started", flush=True)
    install.run("a step", sleeper, lock)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can do it")
def test_what_a_killed_set_up_has_started_ends_with_it_and_its_files_are_swept(project):
    (project / "step.py").write_text(STEP, encoding="utf-8")
    words = [sys.executable, "step.py"]
    with subprocess.Popen(words, cwd=project, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        until(lambda: children.read_text().strip())
        (child,) = children.read_text().split()
        place = project / f".venv.tmp-{process.pid}"
        until(lambda: any(each.is_dir() for each in place.glob("*")))
        process.kill()
    until(lambda: not Path(f"/proc/{child}").exists())
    assert set_up(project)[0] == 0 and not place.exists()


def test_leftovers_are_swept_also_where_there_is_nothing_else_to_do(project):
    set_up(project)
    (project / ".venv.old-1" / "lib").mkdir(parents=True)
    assert set_up(project) == (0, "", "")
    assert beside(project) == [".venv", ".venv.lock"]


def test_an_environment_that_was_moved_aside_when_the_set_up_was_killed_comes_back(project):
    set_up(project)
    (project / ".venv").rename(project / ".venv.old-1")
    assert set_up(project) == (0, "", "")
    assert works(project) and beside(project) == [".venv", ".venv.lock"]


def test_a_failed_set_up_leaves_the_old_environment(project):
    set_up(project)
    change(project)
    (project / "src" / "rain.py").write_text("raise OSError('no rain')", encoding="utf-8")
    status, _, wrong = set_up(project)
    assert status == 1 and "the new environment does not work here" in wrong
    (project / "src" / "rain.py").write_text("", encoding="utf-8")
    assert works(project) and beside(project) == [".venv", ".venv.lock"]


@pytest.mark.skipif(not Path("/proc/self/exe").exists(), reason="the system does not tell")
def test_an_environment_in_use_is_left_as_it_is_and_the_user_is_named(project):
    set_up(project)
    change(project)
    python = install.python_of(project / ".venv")
    user = subprocess.Popen([str(python), "-c", "input()"], stdin=subprocess.PIPE)
    try:
        before = sorted((project / ".venv").rglob("*"))
        status, _, wrong = set_up(project)
        assert status == 1 and wrong.count("\n") == 0 and str(user.pid) in wrong
        assert user.poll() is None and sorted((project / ".venv").rglob("*")) == before
    finally:
        user.communicate(b"\n")
    assert set_up(project)[0] == 0 and works(project)


def test_another_python_says_from_which_to_which(project):
    set_up(project)
    mark = project / ".venv" / install.MARK
    said = json.loads(mark.read_text("ascii"))
    said["fingerprint"]["python"] = "3.99.1 (made up)"
    mark.write_text(json.dumps(said), encoding="ascii")
    now = sys.version.split()[0]
    assert set_up(project)[1] == f"Python changed from 3.99.1 to {now}, setting up again"


@pytest.mark.parametrize("part", ["rain_gauge", "rain_gauge/deep"])
def test_a_damaged_environment_is_seen_and_repaired(project, part):
    set_up(project)
    packages = install.packages_of(project / ".venv")
    (packages / "rain_gauge" / "deep").mkdir(parents=True)
    mark = project / ".venv" / install.MARK
    said = json.loads(mark.read_text("ascii"))
    said["contents"] = install.contents(project / ".venv")
    mark.write_text(json.dumps(said), encoding="ascii")
    assert set_up(project) == (0, "", "")
    shutil.rmtree(packages / part)
    expected = ".venv is damaged (rain_gauge is not whole), setting up again"
    assert set_up(project) == (0, expected, "")


def test_no_file_of_an_environment_names_the_folder_that_it_was_built_in(project):
    set_up(project)
    files = [file for file in (project / ".venv").rglob("*") if file.is_file()]
    assert not [file for file in files if b".venv.new" in file.read_bytes()]


@pytest.mark.parametrize(
    ("number", "way_out"), [(errno.EACCES, True), (errno.EROFS, True), (errno.ENOSPC, False)]
)
def test_a_folder_that_cannot_be_written_is_one_line_with_a_way_out(
    monkeypatch, capsys, number, way_out
):
    def refused():
        raise OSError(number, os.strerror(number), "x")

    monkeypatch.setattr(install, "reason", lambda: "why")
    monkeypatch.setattr(install, "set_up", refused)
    assert install.main() == 1
    said = capsys.readouterr().err
    assert said.startswith(f"error: {os.strerror(number)}") and said.count("\n") == 1
    assert ("copy the folder to where you may write" in said) is way_out


@pytest.mark.parametrize(
    "text",
    [
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError",
        "error: Failed to fetch: `x`\n  Caused by: error sending request for url (x)",
        "ERROR: Could not install packages due to an OSError: ProxyError('Cannot connect')",
    ],
)
def test_without_network_one_line_names_network_and_proxy(capsys, text):
    with pytest.raises(install.SetupError, match=r"network.*proxy"):
        install.refuse("the packages could not be fetched", text)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "error: failed to copy file from /a to /b: No space left on device (os error 28)",
        "Retrying ...\nOSError: [Errno 122] Disk quota exceeded: '/a'",
    ],
)
def test_a_full_disk_is_one_line_that_says_how_much_room_is_needed(capsys, text):
    with pytest.raises(install.SetupError, match=r"the disk is full; about 2 GB .*the same again"):
        install.refuse("the packages could not be installed", text)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not CAN_MOUNT, reason="asks for a file system of its own")
@pytest.mark.parametrize(("how", "way_out"), [("size=64k", "make room"), ("ro", "VENV=... OUT=")])
def test_on_a_disk_that_is_full_or_read_only_one_line_says_how_to_go_on(
    project, tmp_path, how, way_out
):
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(project, disk / "rain")
        subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)
        status, _, wrong = set_up(disk / "rain")
        assert status == 1 and wrong.count("\n") == 0 and way_out in wrong, wrong
        assert not list((disk / "rain").glob(".venv.new*"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_another_fault_is_shown_as_the_tool_said_it(capsys):
    with pytest.raises(install.SetupError, match="see above"):
        install.refuse("the packages could not be installed", "hashes do not match")
    assert "hashes do not match" in capsys.readouterr().err


def test_a_long_step_says_that_it_is_still_at_work(monkeypatch, capsys):
    monkeypatch.setattr(install, "PAUSE", 0.05)
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.5)"])
    assert install.patiently(process, "measuring rain") == 0
    assert "  measuring rain: 0 s" in capsys.readouterr().out.splitlines()


NEW_GRAMMAR = (
    *(ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.AsyncFunctionDef),
    *(ast.Match, ast.TryStar, ast.YieldFrom, ast.MatMult),
)


def test_an_old_python_can_read_the_set_up():
    tree = list(ast.walk(ast.parse(SOURCE)))
    assert SOURCE.isascii() and not [node for node in tree if isinstance(node, NEW_GRAMMAR)]
    for node in tree:
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.args, node.args.vararg, node.args.kwarg]
            assert not node.returns and not node.args.kwonlyargs and not node.args.posonlyargs
            assert not [each for each in arguments if each and each.annotation]
        assert not (isinstance(node, ast.Raise) and node.cause)
        assert not (isinstance(node, ast.List | ast.Tuple | ast.Set) and has_star(node.elts))
        assert not (isinstance(node, ast.Dict) and None in node.keys)
        assert not (isinstance(node, ast.Call) and has_star(node.args))


def has_star(nodes):
    return any(isinstance(node, ast.Starred) for node in nodes)


def runs(python):
    return subprocess.run([python, "-c", "1"], capture_output=True).returncode == 0


OLD = ["python2.7", "python3.6", "python3.8", "python3.10"]


@pytest.mark.parametrize("name", OLD)
def test_a_real_old_python_gets_the_line(name):
    beside_this = Path(sys.base_prefix).parent.glob(f"*/bin/{name}")
    there = [each for each in (shutil.which(name), *beside_this) if each and runs(each)]
    if not there:
        pytest.skip(f"there is no {name} here")
    done = subprocess.run([there[0], "install.py"], cwd=paths.ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    expected = (
        f"error: Python 3.11 or newer is needed, this is Python {name.removeprefix('python')}"
    )
    assert done.stderr.startswith(expected)


def made_by(*words, **variables):
    """Return what a target of the Makefile would run."""
    command = ["make", "-n", "-C", str(paths.ROOT), *words]
    environment = {**os.environ, **variables}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    lines = done.stdout.replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if "install.py" not in line and "make" not in line]


@pytest.mark.parametrize("target", ["reports", "survey", "data", "test", "lab", "lint", "verify"])
def test_a_target_starts_an_environment_with_a_blank_in_its_name(target):
    (words,) = made_by(target, "VENV=a b")
    assert words[:4] == ["a b/bin/python", "-m", "analysis", target]


@pytest.mark.parametrize("target", ["bench", "spark", "lock", "audit"])
def test_so_does_a_target_for_developers(target):
    lines = made_by(target, "VENV=a b")
    assert lines and not [line for line in lines if "a" in line]


@pytest.mark.parametrize("name", ["RESPONSES", "CODEBOOK", "OUT", "LANGUAGE", "RECORD", "ONLY"])
@pytest.mark.parametrize(
    "typed", ["`touch no`", "$(shell touch no)", "a';touch${IFS}no;#", '"$x,&']
)
def test_nothing_that_is_typed_as_a_name_is_run(name, typed):
    target = {"RECORD": "verify", "ONLY": "reports"}.get(name, "survey")
    (words,) = made_by(target, f"{name}={typed}")
    assert " ".join(words[4:]).replace("--only ", "").endswith(typed)
    assert not (paths.ROOT / "no").exists()


def test_a_parameter_may_hold_a_blank_and_a_desktop_chooses_no_language():
    (words,) = made_by("reports", "PARAMS=shown='a b' level=0.9", "ONLY=x y", LANGUAGE="ru_RU:ru")
    assert words[4:] == ["--only", "x", "--only", "y", "--param", "shown=a b", "level=0.9"]
    assert "kk" in made_by("reports", "LANGUAGE=kk", LANGUAGE="ru_RU:ru")[0]
