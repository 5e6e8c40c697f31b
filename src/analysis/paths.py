"""Where things are; no other module knows."""

from pathlib import Path

CODE = Path(__file__).resolve().parent
ROOT = CODE.parents[1]
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
LOCALE = CODE / "language" / "locale"
