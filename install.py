"""Make `.venv` with the versions of `requirements.lock`, unless that is done already.

    python3 install.py          (Windows: py install.py)

Only the standard library; `make` calls it before every target. Written so that an
old Python still gets to the line that says it is too old.
"""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
MARK = VENV / "installed"
OLDEST = (3, 11)


def complaint(version=sys.version_info, has_venv=None):
    """Return one line that says what is missing on this machine, or an empty string."""
    if has_venv is None:
        has_venv = importlib.util.find_spec("ensurepip") is not None
    found = ".".join(str(part) for part in version[:2])
    if tuple(version[:2]) < OLDEST:
        return (
            f"error: Python 3.11 or newer is needed, this is Python {found}; install one "
            "(Debian, Ubuntu: apt install python3.11 python3.11-venv) and name it: "
            "make PYTHON=python3.11 reports"
        )
    if not has_venv:
        return (
            f"error: Python {found} has no venv; install it "
            f"(Debian, Ubuntu: apt install python{found}-venv)"
        )
    return ""


def fingerprint():
    """Return what the environment depends on: the lock, the project file, this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (LOCK, HERE / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest() + " " + str(HERE)


def locked(name):
    """Return the lines of `requirements.lock` that pin one package, hashes included."""
    found = re.search(
        rf"^{re.escape(name)}==.*?(?=^\S)",
        LOCK.read_text(encoding="utf-8") + "\n#",
        re.MULTILINE | re.DOTALL,
    )
    return found.group(0)


def run(*command):
    """Run a command without what a shell may hold for another environment; True if it worked."""
    environment = dict(os.environ, PIP_USER="0", UV_SYSTEM_CERTS="1", UV_NO_PROGRESS="1")
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"):
        environment.pop(name, None)
    return subprocess.run([str(part) for part in command], env=environment).returncode == 0


def install():
    """Fill `.venv` from the lock, by uv where it can be had and by pip where not."""
    print("setting up .venv from requirements.lock (once; about a minute)", flush=True)
    venv.EnvBuilder(clear=True, with_pip=True).create(str(VENV))
    python = BIN / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    uv = [python, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode"]
    with tempfile.TemporaryDirectory() as folder:
        pin = Path(folder) / "uv.txt"
        pin.write_text(locked("uv"), encoding="utf-8")
        have_uv = run(*pip, "--require-hashes", "-r", pin)
    if not (have_uv and run(*uv, "--python", python, "--require-hashes", "-r", LOCK)) and not run(
        *pip, "--require-hashes", "-r", LOCK
    ):
        return "error: the packages of requirements.lock could not be installed; see above"
    if not run(*pip, "--no-deps", "--no-build-isolation", "--editable", HERE):
        return "error: the project itself could not be installed; see above"
    MARK.write_text(fingerprint(), encoding="utf-8")
    return ""


def main():
    """Install if the lock, the project file or the Python changed; 0 if all is well."""
    error = complaint()
    if not error and not (MARK.exists() and MARK.read_text(encoding="utf-8") == fingerprint()):
        error = install()
    if error:
        print(error, file=sys.stderr)
    return 1 if error else 0


if __name__ == "__main__":
    sys.exit(main())
