"""Make `.venv` with the versions of `requirements.lock`, unless that is done already.

    python3 install.py          (Windows: py install.py)
    python3 install.py --check  (look whether this Python has all that is needed; change nothing)

COMPENDIUM_VENV names another folder for the environment; `make VENV=...` sets it. Only the
standard library; `make` calls it before every target. The environment is built in a folder
beside `.venv`, tried, and swapped in by rename, one set-up at a time: whatever happens on the
way, the old one goes on working. No file that Python reads when it starts holds letters outside
ASCII, so that any letters in the path will do.

Written so that an old Python, 2.7 included, gets to the line that says it is too old: nothing
new in the grammar, and nothing new imported before that line.
"""

from __future__ import print_function

import sys

OLDEST = (3, 11)


def complaint(version=sys.version_info, has_venv=None):
    """Return one line that says what is missing on this machine, or an empty string."""
    found = ".".join(str(part) for part in version[:2])
    if tuple(version[:2]) < OLDEST:
        return (
            "error: Python 3.11 or newer is needed, this is Python {0}; install one "
            "(Debian, Ubuntu: apt install python3.11 python3.11-venv) and name it: "
            "make PYTHON=python3.11 reports"
        ).format(found)
    if has_venv is None:
        import importlib.util

        has_venv = importlib.util.find_spec("ensurepip") is not None
    if not has_venv:
        return (
            "error: Python {0} has no venv; install it (Debian, Ubuntu: apt install python{0}-venv)"
        ).format(found)
    return ""


if __name__ == "__main__" and complaint():
    sys.exit(complaint())

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
VENV = HERE / (os.environ.get("COMPENDIUM_VENV") or ".venv")
MARK = "installed"
LINK = "compendium.pth"
USUAL = (  # what stands at the top of an environment, on any system
    "bin", "include", "lib", "lib64", "share", "etc", "man", "Include", "Lib", "Scripts",
    "pyvenv.cfg", "uv.txt", "installed", ".lock", ".gitignore", "CACHEDIR.TAG", ".DS_Store",
)  # fmt: skip
PACKAGES = ("lib/python*/site-packages", "Lib/site-packages")
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONINSPECT", "PYTHONSTARTUP")
TRIED = "import analysis.__main__, numpy, pandas, scipy, matplotlib"
# Of what steers pip and uv, a set-up obeys what says how to reach packages; what says which are
# installed, or where, is for other environments.
REACHING = re.compile(
    "(PIP|UV)_((EXTRA_|DEFAULT_|NO_)?INDEX(_.*)?|FIND_LINKS|(ALL_|HTTPS?_|NO_)?PROXY|CERT|"
    "CLIENT_CERT|SSL_CERT.*|TRUSTED_HOST|INSECURE_HOST|KEYRING_PROVIDER|CACHE_DIR|NO_CACHE_DIR|"
    "NO_CACHE|CONFIG_FILE|NATIVE_TLS|SYSTEM_CERTS|HTTP_TIMEOUT|OFFLINE|CONCURRENT_.*|LINK_MODE)"
)
NETWORK = re.compile(
    "retrying|connection|error sending request|dns error|proxy|timed out|network timeout|"
    "certificate",
    re.I,
)
FULL = re.compile("no space left on device|disk quota exceeded|os error 28|errno 28", re.I)
ROOM = "about 2 GB are needed: make room, then type the same again"
PAUSE = 10  # seconds of silence before a line says what goes on


class SetupError(Exception):
    """Why the environment could not be set up, in one line."""


def python_of(folder):
    """Return the interpreter of an environment."""
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def packages_of(folder):
    """Return the folder of an environment that holds its packages."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))


def fingerprint():
    """Return what an environment depends on: Python, the lock, the place, what it registers."""
    return {
        "python": sys.version,
        "lock": hashlib.sha256(read_text(LOCK).encode("utf-8")).hexdigest(),
        "place": hashlib.sha256(os.fsencode(HERE)).hexdigest(),
        "entry points": described_project().get("entry-points", {}),
    }


def contents(folder):
    """Return what the packages of an environment consist of, two levels deep."""
    with os.scandir(packages_of(folder)) as entries:
        found = [entry for entry in entries if entry.name != "__pycache__"]
    return {entry.name: sorted(os.listdir(entry.path)) if entry.is_dir() else [] for entry in found}


def missing(folder, recorded):
    """Return the first thing that an environment once had and has no more, or an empty string."""
    if not python_of(folder).exists():
        return "python"
    there = contents(folder)
    for name in recorded:
        lost = set(recorded[name]) - set(there.get(name, ()))
        if name not in there or lost - {"__pycache__"}:
            return name
    return ""


def reason():
    """Return a line that says why `.venv` has to be set up, or an empty string."""
    now = fingerprint()
    try:
        if not (VENV / MARK).is_file():
            raise ValueError(MARK)
        mark = json.loads((VENV / MARK).read_text("ascii"))
        before, recorded = mark["fingerprint"], mark["contents"]
        old, new = before["python"], sys.version
        if old != new:
            if old.split()[0] != new.split()[0]:
                old, new = old.split()[0], new.split()[0]
            return "Python changed from {0} to {1}, setting up again".format(old, new)
        if before["lock"] != now["lock"]:
            return "requirements.lock changed, setting up again"
        if before["place"] != now["place"]:
            return "the folder was moved or renamed, setting up again"
        if before["entry points"] != now["entry points"]:
            return "what the project registers changed, setting up again"
        lost = missing(VENV, recorded)
        return lost and ".venv is damaged ({0} is not whole), setting up again".format(lost)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "setting up .venv from requirements.lock (once; about a minute)"


def users(folder):
    """Return a line for every other process that runs from an environment, where that shows."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = [os.fsdecode(word) for word in (process / "cmdline").read_bytes().split(b"\0")]
            try:
                program = os.readlink(str(process / "exe"))
            except PermissionError:  # of another person
                program = words[0]
            if program.startswith(str(folder) + os.sep) and process.name != str(os.getpid()):
                found.append("{0}: {1}".format(process.name, " ".join(words).strip()[:60]))
    return found


def leftovers():
    """Return the folders beside `.venv` that a set-up makes, and leaves if it is killed."""
    known = re.compile(re.escape(VENV.name) + r"\.(new|old|tmp)-[0-9]+")
    there = os.listdir(str(VENV.parent)) if VENV.parent.is_dir() else []
    return [VENV.parent / name for name in there if known.fullmatch(name)]


def beside(kind):
    """Return the folder beside `.venv` in which this process builds, or to which it moves."""
    return VENV.with_name("{0}.{1}-{2}".format(VENV.name, kind, os.getpid()))


def made_here(folder):
    """Return whether a set-up made this folder: by its mark, its link to a project, or its name."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        if (folder / MARK).is_file():
            mark = json.loads((folder / MARK).read_text("ascii"))
            if isinstance(mark, dict) and "fingerprint" in mark:
                return True
    if any(next(folder.glob(way + "/" + LINK), None) for way in PACKAGES):
        return True
    with contextlib.suppress(OSError, ValueError):
        about = (folder / "pyvenv.cfg").read_text("utf-8")
        return " --copies " in about and "prompt = {0!r}\n".format(folder.name) in about
    return False


def foreign(folder):
    """Return what in a folder, if anything, says that it is not a set-up's to remove."""
    if not os.path.lexists(str(folder)) or (folder.is_symlink() and not folder.exists()):
        return ""
    if not folder.is_dir():
        empty = folder.is_file() and not folder.stat().st_size
        return "" if empty else "it is no folder"
    names = sorted(os.listdir(str(folder)))
    others = strangers(folder) or ([] if made_here(folder) else names)
    return "it holds " + ascii(others[0]) if others else ""


def strangers(folder):
    """Return the names at the top of a folder that no environment has there."""
    return sorted(set(os.listdir(str(folder))) - set(USUAL)) if folder.is_dir() else []


def refuse_foreign():
    """Raise SetupError if there is something else where the environment is to be."""
    found = foreign(VENV)
    if not found and VENV != HERE / ".venv" and os.path.lexists(str(VENV)) and not VENV.is_dir():
        found = "it is no folder"
    if found:
        raise SetupError(
            "{0} was not made by this set-up ({1}), it is left as it is; move that away, or name "
            "a folder that does not exist yet: make VENV=...".format(ascii(str(VENV)), found)
        )


def remove(folder):
    """Remove an environment, unless a process runs from it."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif not users(folder):
        shutil.rmtree(str(folder), ignore_errors=True)


def sweep():
    """Take back the environment that a killed set-up moved aside; remove what else it left."""
    for left in leftovers():
        if left.name.startswith(VENV.name + ".old-") and not VENV.exists():
            left.rename(VENV)
        elif not (left.name.startswith(VENV.name + ".old-") and strangers(left)):
            remove(left)


def opened_lock():
    """Open the file whose lock a set-up holds; raise SetupError if there is something else."""
    place = VENV.with_name(VENV.name + ".lock")
    if os.path.lexists(str(place)) and not place.is_file():
        raise SetupError(
            "{0} is no file (a folder, a pipe, or a link to nowhere); move it away, then type the "
            "same again".format(ascii(str(place)))
        )
    return place.open("ab")


def locked(file):
    """Take the lock if it is free and say whether; a system without locks has it always free."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def pin(name):
    """Return the lines of `requirements.lock` that pin one package, hashes included."""
    found = re.search(
        r"^" + re.escape(name) + r"==.*?(?=^\S)",
        read_text(LOCK) + "\n#",
        re.MULTILINE | re.DOTALL,
    )
    if not found:
        raise unusable(LOCK, "it pins no " + name)
    return found.group(0)


def own_environment():
    """Return the variables of this person without those that name another environment."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def tools_environment():
    """Return the variables for pip and uv: nothing in them sends packages elsewhere."""
    return {
        name: value
        for name, value in own_environment().items()
        if REACHING.fullmatch(name) or not name.startswith(("PIP_", "UV_", "PYTHON"))
    }


def die_with_parent():
    """Return what a child does before it starts, so that Linux ends it if its parent is killed."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        import ctypes

        libc, parent = ctypes.CDLL(None), os.getpid()
    except (ImportError, OSError):
        return None

    def ask():
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask


@contextlib.contextmanager
def scratch():
    """Lend a folder beside `.venv` for temporary files."""
    place = beside("tmp")
    place.mkdir(exist_ok=True)
    try:
        yield str(place)
    finally:
        shutil.rmtree(str(place), ignore_errors=True)


def run(step, command, lock):
    """Run a command; return an empty string, or what it said if it failed.

    A line tells every ten seconds that it is still at work. The child ends with a killed set-up;
    where it cannot be made to, it holds the lock too: while it is still writing, no other starts.
    What it makes for a while stands beside `.venv`, where the next set-up finds it.
    """
    environment = tools_environment()
    settings = {"PIP_USER": "0", "UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1", "PYTHONUTF8": "1"}
    environment.update(settings)
    holding = () if os.name == "nt" else (lock.fileno(),)
    with scratch() as place, tempfile.TemporaryFile(dir=place) as said:
        environment.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), place))
        process = subprocess.Popen(
            [str(word) for word in command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            pass_fds=holding,
            preexec_fn=die_with_parent(),
        )
        try:
            failed = patiently(process, step)
        finally:
            process.kill()
        said.seek(0)
        text = said.read().decode("utf-8", "replace").strip()
    return (text or "exit status {0}".format(failed)) if failed else ""


def patiently(process, step):
    """Wait for a process and tell now and then; return its exit status."""
    started = time.monotonic()
    while True:
        try:
            return process.wait(PAUSE)
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - started
            print("  {0}: {1:.0f} s".format(step, seconds), flush=True)


def refuse(what, text):
    """Raise SetupError: one line if disk or network is to blame, else after what the tool said."""
    if FULL.search(text):
        raise SetupError(what + ": the disk is full; " + ROOM)
    if NETWORK.search(text):
        raise SetupError(
            what + ": the package index does not answer; look at the network and at the proxy "
            "(HTTPS_PROXY, `pip config list`)"
        )
    print(text[-2000:], file=sys.stderr)
    raise SetupError(what + "; see above")


def install_packages(folder, lock):
    """Fill an environment from the lock, by uv where it can be had and by pip where not."""
    python = python_of(folder)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--retries", "1", "--timeout", "30"]
    pip += ["install", "--quiet", "--require-hashes", "-r"]
    uv = [python, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", python]
    uv += ["--require-hashes", "-r"]
    wanted = folder / "uv.txt"
    wanted.write_text(pin("uv"), encoding="utf-8")
    failed = run("fetching uv", pip + [wanted], lock)
    if FULL.search(failed) or NETWORK.search(failed):
        refuse("the packages could not be fetched", failed)
    step = "fetching and installing packages"
    if failed or run(step, uv + [LOCK], lock):  # uv does not read pip's settings
        failed = run(step, pip + [LOCK], lock)
        if failed:
            refuse("the packages of requirements.lock could not be installed", failed)


def link_project(folder):
    """Put `src` on the path of an environment, as seen from its packages, and its entry points."""
    packages = packages_of(folder)
    (packages / LINK).write_text(path_line(packages) + "\n", encoding="ascii")
    project = described_project()
    info = packages / "{0}-{1}.dist-info".format(
        project["name"].replace("-", "_"), project["version"]
    )
    info.mkdir(exist_ok=True)
    about = "Metadata-Version: 2.1\nName: {0}\nVersion: {1}\n"
    about = about.format(project["name"], project["version"])
    (info / "METADATA").write_text(about, encoding="utf-8")
    lines = []
    for group, points in project.get("entry-points", {}).items():
        lines.append("[{0}]".format(group))
        lines += ["{0} = {1}".format(name, points[name]) for name in points]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def path_line(packages):
    """Return the line that puts `src` on the path, in ASCII whatever the names of folders are."""
    try:
        below = os.path.relpath(str(HERE / "src"), str(packages))
        below.encode("ascii")
        return below
    except ValueError:  # other letters, or another drive
        return "import sys; sys.path.append({0})".format(ascii(str(HERE / "src")))


def unusable(file, why):
    """Return what to raise for a file of the project that will not do."""
    said = "{0} cannot be used: {1}; mend it, or take it anew from the repository"
    return SetupError(said.format(file.name, why))


def read_text(file):
    """Return the text of a file of the project; raise SetupError that names it if it has none."""
    text, why = "", ""
    try:
        text = file.read_bytes().decode("utf-8") if file.is_file() or not file.exists() else ""
        why = "" if text else "it is empty, or no file"
    except OSError as error:
        why = error.strerror or str(error)
    except ValueError:
        why = "its text is not UTF-8"
    conflict = re.search("^(<{7}|={7}|>{7})( |$)", text, re.MULTILINE)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        why = "line {0} is left of a merge conflict".format(line)
    if why:
        raise unusable(file, why)
    return text


def described_project():
    """Return the part of `pyproject.toml` that describes the project."""
    import tomllib

    file = HERE / "pyproject.toml"
    text, project, why = read_text(file), {}, "it has no [project] with a name and a version"
    try:
        project = tomllib.loads(text).get("project")
    except ValueError as error:
        why, project = str(error), {}
    project = project if isinstance(project, dict) else {}
    if not all(isinstance(project.get(name), str) for name in ("name", "version")):
        raise unusable(file, why)
    groups = project.get("entry-points", {})
    if not isinstance(groups, dict) or not all(isinstance(each, dict) for each in groups.values()):
        raise unusable(file, "[project.entry-points] holds no groups")
    return project


def settle(folder):
    """Write the final place into the files of an environment that name the one it was built in."""
    built, final = os.fsencode(str(folder)), os.fsencode(str(VENV))
    for file in [folder / "pyvenv.cfg"] + sorted(python_of(folder).parent.iterdir()):
        if file.is_file() and file.stat().st_size < 100000 and file.suffix != ".exe":
            content = file.read_bytes()
            if built in content:
                file.write_bytes(content.replace(built, final))


def try_out(folder):
    """Import the project in an environment, under this person's own settings."""
    done = subprocess.run(
        [str(python_of(folder)), "-c", TRIED],
        env=own_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=die_with_parent(),
    )
    if done.returncode:
        refuse("the new environment does not work here", done.stderr.decode("utf-8", "replace"))


def refuse_if_used():
    """Raise SetupError if a process runs from `.venv`: it has files of it yet to read."""
    used = users(VENV)
    if used:
        raise SetupError(
            "a process runs from .venv, which is left as it is; end it and try again ({0})".format(
                used[0]
            )
        )


def swap_in(folder):
    """Move the old environment aside, the new one in its place, and remove the old one."""
    refuse_if_used()
    refuse_foreign()  # a minute ago it may not have been there
    old = beside("old")
    if VENV.exists() or VENV.is_symlink():
        VENV.rename(old)
    folder.rename(VENV)
    remove(old)


def build(lock):
    """Build an environment beside `.venv` and swap it in."""
    folder = beside("new")
    try:
        command = [sys.executable, "-m", "venv", "--copies", "--prompt", VENV.name, folder]
        failed = run("making the environment", command, lock)
        if failed:
            refuse("Python could not make an environment", failed)
        install_packages(folder, lock)
        link_project(folder)
        settle(folder)
        try_out(folder)
        mark = {"fingerprint": fingerprint(), "contents": contents(folder)}
        (folder / MARK).write_text(json.dumps(mark), encoding="ascii")
        swap_in(folder)
    finally:
        if folder.exists():
            remove(folder)


def set_up():
    """Bring `.venv` up to date under the lock, if it is not; wait for another set-up."""
    refuse_foreign()
    VENV.parent.mkdir(parents=True, exist_ok=True)
    with opened_lock() as lock:
        waited = False
        while not locked(lock):
            if not reason():
                return
            if not waited:
                print("another set-up of .venv is at work, waiting for it", flush=True)
            waited = True
            time.sleep(0.2)
        sweep()
        why = reason()
        if why:
            refuse_foreign()
            print(why, flush=True)
            refuse_if_used()
            build(lock)
        elif waited:
            print("the other set-up has done it", flush=True)


def check():
    """Return 0 if this Python has what the project needs, 1 after a line that says what it lacks.

    For an environment that somebody else made, such as one of conda: nothing of it is changed.
    """
    done = subprocess.run(
        [sys.executable, "-c", TRIED], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if done.returncode == 0:
        return 0
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it does not start"]
    said = (
        "error: {0} cannot run the project ({1}); install the locked packages and the project: "
        "pip install -r requirements.lock && pip install --no-deps --no-build-isolation -e ."
    )
    print(said.format(ascii(sys.executable), lines[-1]), file=sys.stderr)
    return 1


def main():
    """Set up `.venv` if its Python, the lock or the place changed; 0 if all is well."""
    if sys.argv[1:] == ["--check"]:
        return check()
    try:
        if reason() or leftovers():
            set_up()
        return 0
    except SetupError as error:
        said = str(error)
    except OSError as error:
        place = ascii(str(VENV.parent))
        said = "{0}: {1} cannot be set up in {2}".format(error.strerror or error, VENV.name, place)
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            said += (
                "; copy the folder to where you may write and work there, or name places where "
                "you may: make reports VENV=... OUT=..."
            )
        elif error.errno == errno.ENOSPC:
            said += "; " + ROOM
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    print("error: " + said, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
