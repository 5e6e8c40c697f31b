"""Where things are; no other module knows.

In a checkout the data, the notebooks and the reports lie beside `src`. An installed copy has the
documents' data and the examples in the package, and neither notebooks nor reports.
"""

from pathlib import Path

CODE = Path(__file__).resolve().parent
ROOT = CODE.parents[1]
CHECKOUT = (ROOT / "data" / "raw").is_dir()
RAW = ROOT / "data" / "raw" if CHECKOUT else CODE / "raw"
EXAMPLES = ROOT / "data" / "examples" if CHECKOUT else CODE / "examples"
PROCESSED = ROOT / "data" / "processed"
NOTEBOOKS = ROOT / "notebooks"
DOCS = ROOT / "docs"
REPORTS = ROOT / "reports"
LOCALE = CODE / "language" / "locale"
CACHE = ROOT / ".cache" if CHECKOUT else None  # what is kept between runs


def as_folder(folder: str | Path | None, usual: Path | None = None) -> Path:
    """Return a folder as a Path; where none is given, the usual one, or else the documents' data.

    folder : str, Path or None
        As an argument `folder` takes it.

    >>> as_folder("my-survey").name, as_folder(None) == RAW
    ('my-survey', True)
    """
    return Path(folder) if folder is not None else usual or RAW
