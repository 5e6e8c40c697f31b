"""What the project is built from: a bill of materials of the locked libraries, with licences.

The bill is made from `requirements.lock` and `licences.csv` alone, so it is the same on every
machine. In the format of CycloneDX 1.6 (ECMA-424).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.outputs import csv_text, write_whole

LOCK = paths.ROOT / "requirements.lock"
SPARK = paths.ROOT / "requirements-spark.lock"
LICENCES = paths.ROOT / "licences.csv"
FILE = "sbom.cdx.json"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+))?", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
VIA = re.compile(r"^ +#(?: via)? +([A-Za-z0-9._-]+)", re.MULTILINE)
JOINED = re.compile(r" AND | OR |[()]")
# Each may be used by code under MIT and given on beside it: none asks the same of the whole.
COMPATIBLE = {
    **dict.fromkeys(("0BSD", "CC0-1.0", "LicenseRef-Public-Domain", "MIT-0"), "asks for nothing"),
    **dict.fromkeys(("BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"), "asks for the notice"),
    **dict.fromkeys(("MIT-CMU", "PSF-2.0", "Unicode-3.0", "Zlib"), "asks for the notice"),
    **dict.fromkeys(("Apache-2.0", "Artistic-1.0-Perl"), "asks for the notice and for changes"),
    "MPL-2.0": "asks for changed files of the library itself, and none is changed",
    "GPL-3.0-or-later WITH GCC-exception-3.1": "the run-time library of a compiler, free to use",
}
APART = {"pypandoc-binary": {"GPL-2.0-or-later": "pandoc is started as a program of its own"}}


@dataclass(frozen=True)
class Package:
    """A locked library.

    name, version : str
    marker : str
        For which machines and versions of Python it is; nothing if for all.
    hashes : tuple of str
        The SHA-256 of each of its files.
    via : tuple of str
        The libraries that ask for it.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    via: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Return the address of the package in the way of package URLs."""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: str) -> list[Package]:
    """Return what a lock pins, in its order.

    lock : str
        Requirements as `uv pip compile --generate-hashes` writes them.

    >>> packages("oak==1.2 ; python_version < '4' \\\\\\n    # via elm\\n")[0].via
    ('elm',)
    """
    starts = [*PINNED.finditer(lock)]
    ends = [start.start() for start in starts[1:]] + [len(lock)]
    return [
        _package(start, lock[start.end() : end]) for start, end in zip(starts, ends, strict=True)
    ]


def _package(start: re.Match[str], rest: str) -> Package:
    name, version, marker = start.groups(default="")
    return Package(
        name, version, marker.strip(), tuple(HASH.findall(rest)), tuple(VIA.findall(rest))
    )


def read_licences(file: Path | None = None) -> dict[str, str]:
    """Return the licence of each library as an SPDX expression, by name; none without a file."""
    file = file or LICENCES
    if not file.is_file():
        return {}
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    return dict(zip(table["package"], table["licence"], strict=True))


def refused(licences: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Return a line for each library whose licence is not known or not compatible.

    >>> refused({"oak": "MIT OR Beer", "elm": "Beer"}, ["oak", "elm", "fir"])
    ['elm: Beer', 'fir: no licence']
    """
    return [
        f"{name}: {licences.get(name) or 'no licence'}"
        for name in names
        if not is_compatible(licences.get(name, ""), APART.get(name, {}))
    ]


def is_compatible(expression: str, apart: Iterable[str] = ()) -> bool:
    """Return whether a licence, as an SPDX expression, can be used beside MIT.

    expression : str
        Of alternatives one is enough; of licences joined by AND each must do. Where there are
        brackets, every licence in it must do.
    apart : iterable of str
        Licences that do for this library alone.

    >>> is_compatible("MIT AND (Apache-2.0 OR BSD-2-Clause)"), is_compatible("Beer")
    (True, False)
    """
    ways = [expression] if "(" in expression else expression.split(" OR ")
    return any(named and named <= {*COMPATIBLE, *apart} for named in map(licences_in, ways))


def licences_in(expression: str) -> set[str]:
    """Return the licences that an SPDX expression names.

    >>> sorted(licences_in("MIT AND (Beer WITH Lemon OR ISC)"))
    ['Beer WITH Lemon', 'ISC', 'MIT']
    """
    return {each.strip() for each in JOINED.split(expression) if each.strip()}


def bill(lock: str, licences: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the bill of materials of a lock, as CycloneDX 1.6 has it.

    lock : str
        The pinned requirements.
    licences : mapping
        SPDX expressions by the name of a library.
    about : mapping
        The project's part of `pyproject.toml`.

    It has no serial number and no time, so equal inputs give equal bytes.
    """
    found = packages(lock)
    own = {
        "type": "application",
        "bom-ref": about["name"],
        "name": about["name"],
        "version": about["version"],
        "licenses": [{"expression": about["license"]}],
    }
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [_component(package, licences.get(package.name, "")) for package in found],
        "dependencies": _dependencies(found, about["name"]),
    }


def _component(package: Package, licence: str) -> dict[str, Any]:
    marker = {"properties": [{"name": "marker", "value": package.marker}]} if package.marker else {}
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
        **({"licenses": [{"expression": licence}]} if licence else {}),
        **marker,
    }


def _dependencies(found: Iterable[Package], own: str) -> list[dict[str, Any]]:
    found = list(found)
    needs = [(own, own), *((package.name, package.purl) for package in found)]
    return [
        {"ref": ref, "dependsOn": sorted(each.purl for each in found if name in each.via)}
        for name, ref in needs
    ]


def declared(name: str) -> str:
    """Return the SPDX expression that an installed library declares; nothing if it has none."""
    try:
        return metadata(name).get("License-Expression") or ""
    except PackageNotFoundError:
        return ""


def update() -> Path:
    """Bring `licences.csv` up to date with the locks, and return the file.

    What is known is kept. Of another library the SPDX expression that it declares is taken; where
    it declares none the place stays empty, for somebody to look up.
    """
    known = read_licences()
    locks = [file.read_text("utf-8") for file in (LOCK, SPARK)]
    names = sorted({package.name for lock in locks for package in packages(lock)})
    rows = [(name, known.get(name) or declared(name)) for name in names]
    table = pd.DataFrame(rows, columns=["package", "licence"])
    write_whole(LICENCES, csv_text(table).encode())
    return LICENCES


if __name__ == "__main__":
    update()
