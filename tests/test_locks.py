"""The lock files pin every package with a hash, and name no place to fetch it from."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
LOCKS = sorted(path.name for path in HERE.glob("requirements*.lock"))
PIN = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==[^\s;]+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PLACE = re.compile(r"://|^\s*-(?!-hash=)| @ |(?<![\w.])[~.]{0,2}/\w|[A-Za-z]:\\", re.MULTILINE)


def faults(text):
    """Return what a lock holds besides pins with hashes: one line each."""
    lines = [line for line in text.splitlines() if not re.match(r"\s*(#|$)", line)]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    found = [f"place: {line}" for line in lines if PLACE.search(line)]
    for line in joined:
        pin, *hashes = re.split(r"\s+(?=--)", line.strip())
        if not PIN.fullmatch(pin.strip()):
            found.append(f"no pin: {pin}")
        if not hashes or not all(HASH.fullmatch(each.strip()) for each in hashes):
            found.append(f"no hash: {pin}")
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_its_hashes(name):
    text = (HERE / name).read_text("utf-8")
    assert "==" in text
    assert faults(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "rain==1.0",
        "rain>=1.0 \\\n    --hash=sha256:" + "0" * 64,
        "rain==1.0 \\\n    --hash=md5:" + "0" * 32,
        "--index-url https://packages.invalid/simple",
        "rain @ file:///home/somebody/rain-1.0.tar.gz",
        "-e ../rain",
        "/home/somebody/rain.whl",
    ],
)
def test_a_line_without_version_or_hash_or_with_a_place_is_refused(line):
    assert faults(line)
