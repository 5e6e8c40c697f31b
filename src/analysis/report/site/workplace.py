"""Where a site is made: a folder that lives on between builds, so that little is made anew."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path


class Workplace:
    """The folder of one site in the making; it is trusted only if its last build ended well.

    folder : Path
        Its place. What it holds is thrown away if it is not marked as whole.
    key : str
        What all in it rests on. What was made with another key is thrown away.

    The mark is taken away here, and put back by `close`: a build that was killed, or that failed,
    leaves none.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key = folder, key
        self.source, self.doctrees = folder / "source", folder / "doctrees"
        self.html, self.pictures = folder / "html", folder / "jupyter_execute"
        self.paper = folder / "paper"
        self._mark, self._parts = folder / "whole", folder / "parts"
        self._asked: set[str] = set()
        self.lived_on = self._mark.is_file() and self._mark.read_text("utf-8") == key
        self._mark.unlink(missing_ok=True)
        if not self.lived_on:
            self.start_anew()

    def start_anew(self) -> None:
        """Throw away all that is here."""
        self.lived_on = False
        self._asked.clear()
        if self.folder.is_dir():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)

    def part(self, made_from: bytes) -> Path:
        """Return the file for what is made from something; it is there if it was made before."""
        name = hashlib.sha256(made_from).hexdigest()
        self._asked.add(name)
        self._parts.mkdir(exist_ok=True)
        return self._parts / name

    def close(self) -> None:
        """Throw away the parts that nobody asked for, and mark the rest as whole."""
        for file in self._parts.glob("*"):
            if file.name not in self._asked:
                file.unlink()
        self._mark.write_text(self.key, encoding="utf-8")


def replace_changed(folder: Path, files: Mapping[str, bytes]) -> set[str]:
    """Bring a folder to hold these files and no other; return the names of what changed.

    folder : Path
        It may be missing.
    files : mapping
        Content by path below the folder. A file that has its content already is not touched.
    """
    there = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
    there = {name: file for name, file in there.items() if file.is_file()}
    gone = there.keys() - files.keys()
    for name in gone:
        there[name].unlink()
    changed = {name for name in files if name not in there}
    changed |= {name for name in there.keys() - gone if there[name].read_bytes() != files[name]}
    for name in changed:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(files[name])
    return gone | changed
